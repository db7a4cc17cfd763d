#!/usr/bin/env bash
# The accuracy table of docs/results.md: trains every model with every recipe on every data set and measures on its test split.
# Usage: ImageSig.Benchmarks/accuracy.sh DATA [SET...]    DATA holds SET/train/CLASS/* and SET/test/CLASS/*.
# SEEDS (default "1 2 3") are averaged; PAPER_EPOCHS (default 30) replaces the paper's 300.
set -euo pipefail
data=$1
shift
sets=${*:-fire weather crack}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$(dirname "$0")/.."
dotnet build -c Release ImageSig.Cli -v quiet >&2
imagesig="dotnet ImageSig.Cli/bin/Release/net10.0/imagesig.dll"

figure() { grep -o "\"$1\": *[0-9.]*" "$work/answer.json" | head -1 | grep -o '[0-9.]*$'; }

echo "| set | model | recipe | accuracy | balanced | each seed | seconds per training |"
echo "|---|---|---|---|---|---|---|"
for set in $sets; do
  for model in fc conv; do
    for recipe in paper default; do
      epochs=$([ "$recipe" = paper ] && echo "--epochs ${PAPER_EPOCHS:-30}" || true)
      accuracies="" balanced="" start=$SECONDS seeds=0
      for seed in ${SEEDS:-1 2 3}; do
        # shellcheck disable=SC2086
        $imagesig train "$data/$set/train" -o "$work/model.safetensors" --model $model --recipe $recipe $epochs --seed "$seed" --quiet >/dev/null
        $imagesig evaluate "$work/model.safetensors" "$data/$set/test" --json --quiet >"$work/answer.json"
        accuracies+=" $(figure accuracy)"
        balanced+=" $(figure balancedAccuracy)"
        seeds=$((seeds + 1))
      done
      mean() { tr ' ' '\n' <<<"$1" | awk 'NF { sum += $1; n++ } END { printf "%.3f", sum / n }'; }
      each=$(tr ' ' '\n' <<<"$accuracies" | awk 'NF { printf "%s%.3f", sep, $1; sep = " " }')
      echo "| $set | $model | $recipe | $(mean "$accuracies") | $(mean "$balanced") | $each | $(((SECONDS - start) / seeds)) |"
    done
  done
done
