#!/usr/bin/env bash
# The accuracy tables of docs/results.md: trains models on data sets and measures them on the test splits, one line each as it is done.
# Usage: ImageSig.Benchmarks/accuracy.sh DATA SET...    DATA holds SET/train/CLASS/* and SET/test/CLASS/*.
# SEEDS (default "1 2 3") are averaged. RUNS is a list of options for train, with semicolons between them; the default is every
# model with its default recipe, and the paper's three with --recipe paper (fc and conv with 30 of its 300 epochs).
# IMAGESIG names the program if it need not be built; THREADS (default 1) changes the seconds, never the accuracies.
set -euo pipefail
data=$1
shift
: "${SEEDS:=1 2 3}" "${THREADS:=1}"
: "${RUNS:=--model grid; --model grid --window 8; --model conv; --model fc; --model attention; --model cnn; --model vit; --recipe paper --model fc --epochs 30; --recipe paper --model conv --epochs 30}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${IMAGESIG:-}" ]; then
  cd "$(dirname "$0")/.."
  dotnet build -c Release ImageSig.Cli -v quiet >&2
  IMAGESIG="dotnet ImageSig.Cli/bin/Release/net10.0/imagesig.dll"
fi

# figure NAME FILE: a number of a line of JSON.
figure() { grep -o "\"$1\": *[0-9.]*" "$2" | head -1 | grep -o '[0-9.]*$'; }
mean() { tr ' ' '\n' <<<"$1" | awk 'NF { sum += $1; n++ } END { printf "%.3f", sum / n }'; }

echo "| set | options | accuracy | balanced | each seed | parameters | bytes | multiply-adds | seconds per training |"
echo "|---|---|---|---|---|---|---|---|---|"
for set in "$@"; do
  while read -r -d ';' options; do
    accuracies="" balanced="" start=$SECONDS seeds=0
    for seed in $SEEDS; do
      # shellcheck disable=SC2086
      $IMAGESIG train "$data/$set/train" -o "$work/model.safetensors" $options --seed "$seed" --threads "$THREADS" --quiet >/dev/null
      seeds=$((seeds + 1))
      seconds=$(((SECONDS - start) / seeds))
      $IMAGESIG evaluate "$work/model.safetensors" "$data/$set/test" --threads "$THREADS" --json --quiet >"$work/answer.json"
      accuracies+=" $(figure accuracy "$work/answer.json")"
      balanced+=" $(figure balancedAccuracy "$work/answer.json")"
    done
    $IMAGESIG inspect "$work/model.safetensors" --json >"$work/model.json"
    each=$(tr ' ' '\n' <<<"$accuracies" | awk 'NF { printf "%s%.3f", sep, $1; sep = " " }')
    echo "| $set | $options | $(mean "$accuracies") | $(mean "$balanced") | $each | $(figure parameters "$work/model.json") | $(figure bytes "$work/model.json") | $(figure multiplyAdds "$work/model.json") | $seconds |"
  done <<<"$RUNS;"
done
