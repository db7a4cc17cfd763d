#!/usr/bin/env bash
# How much memory a training takes as its images grow in number: scripts/streaming.sh PROGRAM FOLDER [THOUSANDS...]
# Draws pictures of 64x64 below FOLDER (12 KB each, twice), fills a cache with them, and trains one epoch of grid and of conv from it alone.
set -euo pipefail
program=$(realpath "$1") folder=$2
shift 2
mkdir -p "$folder"
cd "$folder"

draw() {
    python3 - "$1" << 'PYTHON'
import math, os, random, sys
count, draw = int(sys.argv[1]), random.Random(1)
noise = draw.randbytes(1 << 16)
noises = [int.from_bytes(bytes(value >> 2 for value in noise[start:start + 12288]), 'little') for start in range(0, 50000, 37)]
waves = [[int.from_bytes(bytes(int(math.sin((x if kind else y) * step + phase) * 50 + 120) for y in range(64) for x in range(64) for _ in range(3)), 'little')
          for step, phase in [(draw.uniform(0.1, 0.6), draw.uniform(0, 6.28)) for _ in range(64)]] for kind in (0, 1)]
for number in range(count):
    kind, place = number & 1, f"pictures/{'ab'[number & 1]}/{number // 20000:03}"
    os.makedirs(place, exist_ok=True)
    pixels = (draw.choice(waves[kind]) + draw.choice(noises)).to_bytes(12289, 'little')[:12280] + number.to_bytes(8, 'little')
    with open(f"{place}/{number:07}.ppm", "wb") as file:
        file.write(b"P6 64 64 255\n" + pixels)
PYTHON
}

# Runs a command; prints the most memory it had, its own alone and with that of mapped files, and its time.
measure() {
    local begin=$SECONDS own=0 all=0 process name kilobytes rest
    "$@" > log.txt 2>&1 &
    process=$!
    while [ -e "/proc/$process/status" ] && kill -0 "$process" 2> /dev/null; do
        while read -r name kilobytes rest; do
            case $name in
                RssAnon:) [ "$kilobytes" -gt "$own" ] && own=$kilobytes ;;
                VmRSS:) [ "$kilobytes" -gt "$all" ] && all=$kilobytes ;;
            esac
        done < "/proc/$process/status" 2> /dev/null || true
        sleep 0.05
    done
    wait "$process" || { cat log.txt; return 1; }
    echo "own $((own / 1024)) MB, resident $((all / 1024)) MB, $((SECONDS - begin)) s"
}

for thousands in "${@:-10}"; do
    draw "${thousands}000"
    for model in grid conv; do
        cache="$model-$thousands.cache"
        "$program" features pictures --cache "$cache" --for "$model" --quiet > log.txt
        echo "$model, ${thousands},000 images: $(measure "$program" train "$cache" -o model.safetensors --model "$model" --epochs 1 --augment none --quiet)"
        rm -r "$cache"
    done
    rm -r pictures
done
