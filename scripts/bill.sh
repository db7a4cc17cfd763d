#!/usr/bin/env bash
# What the programs in a folder are made of, and their checksums: scripts/bill.sh FOLDER [VERSION]
# Writes bom.json (CycloneDX, if its tool restores): packages, our own libraries, and the runtime, which is compiled in. Then SHA256SUMS of every file in FOLDER.
set -eu
target="$(cd "$1" && pwd)" version="${2:-}"
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

bill() {
    local bom="$target/bom.json" own dotnet runtime="Microsoft.NETCore.App.Runtime.NativeAOT" about plain
    own="$(dotnet msbuild ImageSig.Cli -getProperty:Version)"
    dotnet="$(dotnet msbuild ImageSig.Cli -getProperty:BundledNETCoreAppPackageVersion)"
    [ -n "$version" ] || version="$own"
    dotnet dotnet-CycloneDX ImageSig.Cli/ImageSig.Cli.csproj -ipr -ns -sn imagesig -sv "$version" -F Json -o "$target" -fn bom.json > "$work/bom.txt" || { cat "$work/bom.txt" >&2; return 1; }
    # The same tag gives the same bytes on another day; our libraries have the program's version.
    sed -i -e '/"timestamp":/d' -e "s|@$own\"|@$version\"|; s|\"version\": \"$own\"|\"version\": \"$version\"|" "$bom"
    # The tool knows what is restored, not what NativeAOT compiles in; and one file is of all programs.
    about='"description": "The .NET runtime and its base library, as far as the program uses them, compiled in by ILCompiler of the same version. Each processor has a package of it, whose name goes on with linux-x64 or linux-arm64."'
    plain='"properties": [ { "name": "imagesig:linux-x64-plain", "value": "without ImageSig.ImageSharp and SixLabors.ImageSharp" } ],'
    sed -i "s|^  \"components\": \[|  $plain\n&\n    { \"type\": \"framework\", \"bom-ref\": \"$runtime@$dotnet\", \"name\": \"$runtime\", \"version\": \"$dotnet\", \"scope\": \"required\", $about },|" "$bom"
}

if dotnet tool restore > "$work/tools.txt" 2>&1; then
    bill
else
    echo "no bill of materials: the tool CycloneDX could not be restored" >&2
fi
(cd "$target" && sha256sum $(ls | grep -v SHA256SUMS) > SHA256SUMS)
