#!/usr/bin/env bash
# The program as it is given to others: scripts/publish.sh [FOLDER [PROGRAM...]]
# The version is that of the git tag, where there is one. Writes stripped binaries, Debian packages of the first and the last (where dpkg-deb is), SHA256SUMS and a
# bill of materials (CycloneDX, if its tool restores) into FOLDER (artifacts/release), by scripts/bill.sh. PROGRAM is any of
#   linux-x64       processors from 2013 on (x86-64-v3); on an older one it says so and ends
#   linux-x64-v2    older processors; its results are close to those of the others, not the same bits
#   linux-x64-plain without ImageSharp: the smallest
#   linux-arm64     Raspberry Pi 3 and later, 64-bit system; from x64 it is linked across by clang and lld
# and without one all four.
set -eu
cd "$(dirname "$0")/.."
target="${1:-artifacts/release}"
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- linux-x64 linux-x64-v2 linux-x64-plain linux-arm64
mkdir -p "$target"
target="$(cd "$target" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# publish NAME RUNTIME OPTION...: one program.
publish() {
    local name="$1" runtime="$2"
    shift 2
    dotnet publish ImageSig.Cli -c Release -r "$runtime" --artifacts-path "$work" -p:VersionFromTag=true "$@"
    mv "$work/publish/ImageSig.Cli/release_$runtime/imagesig" "$target/imagesig-$name"
}

# Of this run, for this machine.
native=""

# debian NAME ARCHITECTURE: the Debian package of a program; one that does not run here is described by the one for this machine.
debian() {
    local runner="$target/imagesig-$1"
    "$runner" --version > "$work/version.txt" 2>&1 || runner="$native"
    if command -v dpkg-deb > /dev/null && [ -n "$runner" ]; then
        scripts/debian.sh "$target/imagesig-$1" "$2" "$target" "$runner"
    else
        echo "no Debian package of $1: name linux-x64 before it, whose program writes the manual page, or install dpkg-deb" >&2
    fi
}

for name in "$@"; do
    case "$name" in
        linux-x64)
            publish "$name" linux-x64
            native="$target/imagesig-$name"
            debian "$name" amd64 ;;
        linux-x64-v2) publish "$name" linux-x64 -p:IlcInstructionSet=x86-64-v2 ;;
        linux-x64-plain) publish "$name" linux-x64 -p:ImageSharp=false ;;
        linux-arm64)
            if [ "$(uname -m)" = aarch64 ]; then
                publish "$name" linux-arm64
            else
                publish "$name" linux-arm64 -p:LinkerFlavor=lld -p:StripSymbols=false
                llvm-strip "$target/imagesig-$name"
            fi
            debian "$name" arm64 ;;
        *) echo "there is no program '$name': linux-x64, linux-x64-v2, linux-x64-plain, linux-arm64" >&2; exit 2 ;;
    esac
done

# The version as a program says it that runs here.
version=""
for program in "$target"/imagesig-linux-*; do
    [ -n "$version" ] || version="$("$program" --version 2> "$work/version.txt" | cut -d ' ' -f 2)"
done
scripts/bill.sh "$target" "$version"
ls -l "$target"
