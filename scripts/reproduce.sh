#!/usr/bin/env bash
# The same sources give the same bytes: builds them again from a copy in another folder, and compares.
#   scripts/reproduce.sh packages FOLDER                   the libraries' packages in FOLDER were made here (dotnet pack -c Release -o FOLDER)
#   scripts/reproduce.sh program FILE RUNTIME [OPTION...]  FILE was published here for RUNTIME with these options of dotnet publish
set -euo pipefail
kind="$1" made="$(realpath "$2")"
shift 2
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

sources="$work/other/place/sources"
mkdir -p "$sources"
tar --exclude=./.git --exclude=bin --exclude=obj --exclude=artifacts --exclude=TestResults -c . | tar -x -C "$sources"
# The commit stands in packages, where there is one.
[ ! -e .git ] || ln -s "$PWD/.git" "$sources/.git"
cd "$sources"

case "$kind" in
    packages)
        dotnet pack scripts/packages.slnf -c Release -p:RunAnalyzers=false -v q -clp:NoSummary -o "$work/again"
        count=0
        for again in "$work"/again/*; do
            cmp "$made/$(basename "$again")" "$again"
            count=$((count + 1))
        done
        [ "$count" -gt 0 ]
        echo "$count packages, equal byte for byte" ;;
    program)
        runtime="$1"
        shift
        dotnet publish ImageSig.Cli -c Release -r "$runtime" --artifacts-path "$work/artifacts" -v q "$@"
        cmp "$made" "$work/artifacts/publish/ImageSig.Cli/release_$runtime/imagesig"
        echo "$(basename "$made"): equal byte for byte" ;;
    *) echo "there is no kind '$kind': packages, program" >&2; exit 2 ;;
esac
