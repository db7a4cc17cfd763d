#!/usr/bin/env bash
# Fuzzing by coverage: scripts/fuzz.sh TARGET SECONDS [FOLDER]; "all" takes one target after the other. AFL++ (Debian's afl++) changes small files that
# ImageSig.Fuzz draws, keeps the changes that reach new code (SharpFuzz notes in our assemblies which branches are taken) and changes those further.
# Prints one line a target; exits with 1 where something was thrown that is not documented, more than 1 GB of memory was asked for, or a file took 10
# seconds. What did it stays in FOLDER (artifacts/fuzz), under TARGET/default/crashes and hangs:
#   dotnet FOLDER/program/ImageSig.Fuzz.dll TARGET < FILE   says what is wrong with it.
set -euo pipefail
cd "$(dirname "$0")/.."
target="$1" seconds="$2" folder="${3:-artifacts/fuzz}"
program="$folder/program"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
command -v afl-fuzz > /dev/null || { echo "afl-fuzz is not installed: apt-get install afl++" >&2; exit 2; }

rm -rf "$program"
mkdir -p "$program"
dotnet build ImageSig.Fuzz -c Release -v q -clp:NoSummary -o "$program" > "$folder/build.txt" || { cat "$folder/build.txt"; exit 2; }
[ "$target" = all ] && targets="$(dotnet "$program/ImageSig.Fuzz.dll" targets)" || targets="$target"
for each in $targets; do
    rm -rf "$folder/$each" "$folder/$each-seeds"
    dotnet "$program/ImageSig.Fuzz.dll" seeds "$each" "$folder/$each-seeds" || exit 2
    # Progressive files and other kinds that no encoder here writes.
    [ "$each" != jpeg ] || cp ImageSig.Tests/Imaging/Samples/*.jpg "$folder/jpeg-seeds"
done
dotnet "$program/ImageSig.Fuzz.dll" instrument "$program"/{ImageSig.{Tensors,Signature,NN,Imaging,Pipeline,ImageSharp},SixLabors.ImageSharp}.dll

export AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CRASHES=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1

# fuzz TARGET
fuzz() {
    local found="$folder/$1" crashes hangs
    DOTNET_GCHeapHardLimit=0x40000000 afl-fuzz -i "$folder/$1-seeds" -o "$found" -V "$seconds" -t 10000 -m none \
        -- dotnet "$program/ImageSig.Fuzz.dll" "$1" > "$folder/$1.txt" 2>&1 || { tail -20 "$folder/$1.txt"; exit 2; }
    crashes="$(stat "$found" saved_crashes)" hangs="$(stat "$found" saved_hangs)"
    echo "$1: $(stat "$found" run_time) s, $(stat "$found" execs_done) executions, $(stat "$found" edges_found) edges, $(stat "$found" corpus_count) files kept, $crashes crashes, $hangs hangs"
    [ "$crashes" -eq 0 ] && [ "$hangs" -eq 0 ]
}
stat() { sed -n "s/^$2 *: //p" "$1/default/fuzzer_stats"; }

failures=0
for each in $targets; do
    fuzz "$each" || failures=$((failures + 1))
done
[ "$failures" -eq 0 ]
