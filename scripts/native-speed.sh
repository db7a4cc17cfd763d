#!/usr/bin/env bash
# Times ImageSig compiled ahead of time beside the same source under the JIT, both with registers of 256 bits, on one thread: docs/benchmarks.md has the table. Some six minutes; x64.
#   scripts/native-speed.sh [FOLDER [PROCESSOR [TURNS]]]    writes PROCESSOR-256-native.json and .md into FOLDER, docs/benchmarks unless it is named; of 3 turns the least counts
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish ImageSig.Benchmarks/Native -c Release -r linux-x64 -o "$work" --nologo -v q
dotnet build ImageSig.Benchmarks/Native -c Release --nologo -v q
DOTNET_EnableAVX512=0 dotnet run -c Release --no-build --project ImageSig.Benchmarks/Native -- "$work/ImageSig.Benchmarks" "${1:-docs/benchmarks}" "${@:2}"
