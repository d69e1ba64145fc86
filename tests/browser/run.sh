#!/usr/bin/env bash
# The HTML report in a real browser: run.sh PLANCHECK, the binary. Needs chromium, node and npm.
set -eu
binary=$(realpath "$1")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp ./*.mjs package.json "$work"
cd "$work"
npm install --no-package-lock --no-audit --no-fund --silent
node make.mjs .
for name in 5 5000 hostile.jsonl; do
  # Most of these proposals have a breach: exit code 1.
  code=0
  "$binary" check --lang en --as-of 2026-11-24 --format "html=${name%.jsonl}.html" "$name" || code=$?
  [ "$code" -le 1 ] || exit "$code"
done
node test.mjs .
