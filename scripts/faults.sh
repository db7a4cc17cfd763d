#!/usr/bin/env bash
# faults.sh PROGRAM PICTURES [all]: every call by which a training, one that goes on from a checkpoint, a training's cache, a run folder and a sorting of
# pictures touch a file is made to fail in turn.
# What must hold: one line says what is wrong; no file is lost, half written or left over; and the same command with --resume ends as one that nothing
# happened to. PICTURES has folders of classes and is not written to. Without "all" of each kind of call on each kind of file only the first and the last
# fail. Needs strace, which tampers with system calls; counts are of one thread, so that the program has to be the one compiled ahead of time.
set -u
program="$(realpath "$1")"
pictures="$(realpath "$2")"
every="${3:-}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
here="$work/here"
calls=openat,getdents64,pread64,write,pwrite64,ftruncate,fsync,rename,link,unlink,mkdir
small=(--model fc --image-size 16 --depth 2 --epochs 3 --validation 0.25 --threads 1 --quiet --checkpoint-every 1)
failures=0

# What each job does, from what is there before it to what goes on with it.
prepare() {
    rm -rf "$here"
    mkdir "$here"
    case "$1" in
        train | cache) cp "$work/old" "$here/m" ;;
        again) cp "$work/old" "$here/m" && cp "$work/checkpoint" "$here/m.checkpoint" ;;
        sort) cp -r "$pictures" "$here/in" ;;
    esac
}
job() {
    case "$1" in
        train) run train "$pictures" -o "$here/m" "${small[@]}" ;;
        again) run train "$pictures" -o "$here/m" "${small[@]}" --resume ;;
        cache) run train "$pictures" -o "$here/m" "${small[@]}" --cache "$here/cache" ;;
        folder) run train "$pictures" --run "$here/run" "${small[@]}" ;;
        sort) run predict -m "$work/old" "$here/in" --move-to "$here/out" --threads 1 ;;
    esac > /dev/null
}
resume() {
    case "$1" in
        again) job again ;;
        folder) if [ -e "$here/run/settings.json" ]; then run train --run "$here/run" --resume > /dev/null; else job folder; fi ;;
        sort) [ -z "$(find "$here/in" -name '*.png')" ] || job sort ;;
        *)
            small+=(--resume)
            job "$1"
            local code=$?
            unset 'small[-1]'
            return $code ;;
    esac
}
# What must be there in the end: models, tables, pictures, by content.
result() {
    case "$1" in
        train | again | cache) cksum < "$here/m" ;;
        folder) (cd "$here/run" && cksum best.safetensors last.safetensors results.csv) ;;
        sort) (cd "$here/out" && find . -name '*.png' | sort | xargs cksum) ;;
    esac
}

traced=()
run() { "${traced[@]}" "$program" "$@"; }
# failing INJECTION COMMAND...
failing() {
    traced=(strace -f -y --seccomp-bpf -s 0 -o "$work/log" -e "trace=$calls" ${1:+-e "inject=$1"})
    shift
    "$@" 2> "$work/err"
    local code=$?
    traced=()
    return $code
}

# The calls on files of the job, as "kind number file": their numbers are those of one thread.
points() {
    awk -v here="$here/" -v pictures="$pictures/" -v every="$every" '
        match($2, /^[a-z0-9]+\(/) {
            kind = substr($2, 1, RLENGTH - 1)
            number = ++count[$1, kind]
            if (!match($0, "(" here "|" pictures ")[^\">]*")) next
            file = substr($0, RSTART, RLENGTH)
            sub(/\.[0-9]+-[0-9a-f]+\.tmp$/, ".tmp", file); sub(/\.imagesig-[0-9a-f]+/, ".probe", file); sub(/\/\.[a-z0-9]+\.[a-z0-9][a-z0-9][a-z0-9]$/, "/.moving", file); sub(/[^\/]*\.png$/, "*.png", file)
            key = kind " " file
            if (every || !(key in first)) { first[key] = 1; print kind, number, file } else last[key] = kind " " number " " file
        }
        END { for (key in last) print last[key] }' "$work/log"
}

fault() {
    echo "$*: $(head -c 500 "$work/err")"
    failures=$((failures + 1))
}

check() {
    local name="$1" kind="$2" number="$3" file="$4" error=EIO code lines
    case "$kind" in write | pwrite64 | ftruncate) error=ENOSPC ;; openat | mkdir | rename | link) error=EACCES ;; esac
    prepare "$name"
    failing "$kind:error=$error:when=$number" job "$name"
    code=$?
    grep -q INJECTED "$work/log" || { fault "$name: $kind $number of $file was not reached"; return; }
    # That the checkpoint stays, where there is one, is told in another line.
    lines="$(grep -vc ' keeps what was learned; the same command with --resume goes on from there\.$' "$work/err")"
    if [ "$name" != sort ] && [[ "$file" = *.png ]]; then
        # A picture that cannot be read is named and left out; the page about a run needs it, and a checkpoint is of a training with it.
        [[ "$code $lines" =~ ^(0 2|1 1)$ ]] && grep -qE '\.png|m\.checkpoint: .*with other images' "$work/err" || fault "$name: $error in $kind of $file: exit code $code, $lines lines"
        [ "$name" = again ] || return
    fi
    [[ "$code $lines" =~ ^(0 .*|1 1)$ ]] || fault "$name: $error in $kind of $file: exit code $code, $lines lines"
    grep -qE 'bug|^   at ' "$work/err" && fault "$name: $error in $kind of $file: not our words"
    case "$name" in
        train | again | cache) cmp -s "$here/m" "$work/old" || [ "$(result "$name")" = "$whole" ] || fault "$name: $error in $kind of $file: the model is neither the old nor the new one" ;;
        sort) [ "$(find "$here" -name '*.png' -exec cksum {} + | cut -d ' ' -f 1 | sort | uniq | wc -l)" = "$(find "$pictures" -name '*.png' | wc -l)" ] || fault "$name: $error in $kind of $file: a picture is lost" ;;
    esac
    # What cannot be deleted stays.
    [ "$kind" != unlink ] || return
    [ -z "$(find "$here" -name '*.tmp')" ] || fault "$name: $error in $kind of $file: $(find "$here" -name '*.tmp') was left"
    # A picture that cannot be read is named and stays where it is, which is no failure.
    [ "$code" -eq 0 ] && [ "$name" != sort ] || resume "$name" 2> "$work/err" || fault "$name: $error in $kind of $file: does not go on"
    [ "$(result "$name" 2> /dev/null)" = "$whole" ] || fault "$name: $error in $kind of $file: ends otherwise than one that nothing happened to"
}

"$program" train "$pictures" -o "$work/old" --seed 2 "${small[@]}" > /dev/null || exit 1
# What a training leaves that is killed when it writes the checkpoint of its second epoch.
prepare train
traced=(strace -f -o "$work/log" -e trace=rename -e inject=rename:signal=KILL:when=2)
{ job train; } 2> /dev/null
traced=()
mv "$here/m.checkpoint" "$work/checkpoint" || exit 1
for name in train again cache folder sort; do
    prepare "$name"
    failing "" job "$name" || { cat "$work/err"; exit 1; }
    whole="$(result "$name")"
    points > "$work/points"
    case "$name" in
        train) grep -q '^rename .*m\.checkpoint' "$work/points" || fault "$name: no checkpoint was written" ;;
        again) grep -q '^pread64 .*m\.checkpoint$' "$work/points" || fault "$name: the checkpoint was not read" ;;
    esac
    while read -r kind number file; do
        check "$name" "$kind" "$number" "$file"
    done < "$work/points"
    echo "$name: $(wc -l < "$work/points") calls failed in turn"
done
[ "$failures" -eq 0 ]
