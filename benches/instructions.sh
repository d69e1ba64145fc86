#!/usr/bin/env bash
# instructions.sh [COMMIT [COMMIT]]: how many instructions a proposal costs, of one commit (the present one) or of two, with ratios.
# Instead of a commit the file of a built command may be given.
#
# Counts do not hang on what else the machine does, so that a difference of one in a hundred is a difference. Each workload is run
# with few and with many proposals, and the difference is divided by theirs, so that start-up does not count; start-up has a row of
# its own. Needs valgrind. Builds in target/instructions, each commit in a worktree of its own there.
set -eu
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is not installed: apt-get install valgrind" >&2; exit 2; }
home=$PWD/target/instructions few=200 many=1200
mkdir -p "$home"

# The corpora are made by the present checkout, so that both commits read the same bytes; by a test build, which is there sooner.
for size in $few $many; do
  for breaches in 0 30; do
    cargo test --quiet --bench goals -- --corpus "$home/$breaches-$size.jsonl" "$size" "$breaches" > /dev/null
  done
done

# count BINARY ARGUMENT…: the instructions of one run.
count() {
  valgrind --tool=callgrind --callgrind-out-file="$home/profile" "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}

# measure BINARY: a line a workload, its name and its instructions.
measure() {
  local binary=$1 pack=$PWD/benches/pack breaches format name low high
  local check="--as-of 2026-01-01 --jobs 1"
  for row in "0 json" "30 json" "30 human"; do
    read -r breaches format <<< "$row"
    low=$(count "$binary" check --rules "$pack" $check --format "$format=$home/report" "$home/$breaches-$few.jsonl")
    high=$(count "$binary" check --rules "$pack" $check --format "$format=$home/report" "$home/$breaches-$many.jsonl")
    name="a proposal, $breaches% with a breach, $format"
    printf '%s\t%s\n' "$name" $(((high - low) / (many - few)))
  done
  printf '%s\t%s\n' "one file, Henan pack, start to finish" \
    "$(count "$binary" check $check --format "json=$home/report" examples/proposals/anyang/inland-port.json)"
}

# build COMMIT: the path of its command; of a file, the file.
build() {
  local commit tree
  [ -f "$1" ] && { echo "$1"; return; }
  commit=$(git rev-parse --verify --quiet "$1^{commit}") || { echo "there is no commit $1" >&2; exit 2; }
  tree=$home/$commit
  [ -d "$tree" ] || git worktree add --quiet --detach "$tree" "$commit"
  (cd "$tree" && CARGO_TARGET_DIR=$home/build cargo build --release --quiet)
  cp "$home/build/release/plancheck" "$home/plancheck-$commit"
  git worktree remove --force "$tree"
  echo "$home/plancheck-$commit"
}

one=$(build "${1:-HEAD}")
measure "$one" > "$home/one"
if [ $# -lt 2 ]; then
  awk -F'\t' '{ printf "%-45s %14d\n", $1, $2 }' "$home/one"
  exit
fi
other=$(build "$2")
measure "$other" > "$home/other"
printf '%-45s %14s %14s %7s\n' instructions "$1" "$2" ratio
paste "$home/one" "$home/other" | awk -F'\t' '{ printf "%-45s %14d %14d %7.3f\n", $1, $2, $4, $4 / $2 }'
