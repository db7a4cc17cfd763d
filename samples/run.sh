#!/usr/bin/env bash
# samples/run.sh MODEL PHOTOS: runs every sample (built before: dotnet build samples/Samples.slnx -c Release) and looks at what it says. PHOTOS is a folder of class folders.
set -eu
cd "$(dirname "$0")/.."
model="$1"
photos="$2"
work="$(mktemp -d)"
servers=()
trap '[ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2> /dev/null; rm -rf "$work"' EXIT
picture="$(find "$photos" -name '*.png' | sort | head -n 1)"

sample() { local name="$1"; shift; dotnet "samples/$name/bin/Release/net10.0/$name.dll" "$@"; }

# serves NAME ARGUMENT...: the same in the background until the end of this script; what it says goes to a file of its name.
serves() {
    local name="$1"
    shift
    dotnet "samples/$name/bin/Release/net10.0/$name.dll" "$@" > "$work/$name.txt" 2>&1 &
    servers+=($!)
}

# says TEXT COMMAND...: its output holds the text.
says() {
    local text="$1" output
    shift
    output="$("$@")" || { echo "$output"; return 1; }
    echo "$output"
    grep -qE "$text" <<< "$output" || { echo "this was to say: $text"; return 1; }
}

says '%' sample Console "$model" "$picture" "$picture"
says 'images right' sample Training "$photos" "$work/own.safetensors"
says '(9[0-9]|100) ?% of 100 other paths right' sample TimeSeries
says '(9[0-9]|100) ?% of 200 other quadruples right' sample OwnLayer
says 'area 0.5' dotnet fsi samples/Script/signature.fsx

mkdir "$work/inbox"
serves Worker "$model" "$work/inbox"
cp "$picture" "$work/inbox/late.png"
for _ in $(seq 100); do grep -q 'late.png: ' "$work/Worker.txt" && break; sleep 0.3; done
grep -E 'late.png: .*%' "$work/Worker.txt"

# A thousand requests; the memory afterwards is that of before, within 30 MB.
serves Web "$model" --urls http://127.0.0.1:0
for _ in $(seq 100); do address="$(grep -oE 'http://127.0.0.1:[0-9]+' "$work/Web.txt" | head -n 1)" && [ -n "$address" ] && break; sleep 0.3; done
# How much the server takes.
memory() { curl -s "$address/memory" | grep -oE '[0-9]+'; }
# asks N: sends the picture N times over one connection; every answer must be one.
asks() {
    {
        printf 'data-binary = "@%s"\nwrite-out = "%%{http_code}\\n"\n' "$picture"
        for _ in $(seq "$1"); do printf 'url = "%s/predict"\noutput = "/dev/null"\n' "$address"; done
    } > "$work/requests"
    [ "$(curl -s -K "$work/requests" | grep -c '^200$')" -eq "$1" ]
}
says '"confidence":' curl -s --data-binary "@$picture" "$address/predict"
says 'not an image' curl -s --data-binary "no image" "$address/predict"
asks 300
before="$(memory)"
asks 700
after="$(memory)"
echo "memory after 300 requests $((before / 1000000)) MB, after 1,000 $((after / 1000000)) MB"
[ "$((after - before))" -lt 30000000 ]
