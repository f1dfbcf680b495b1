#!/bin/sh
# README's first command: sets everything up and prints the summary of a sample article.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
echo "Summary of eval/samples/banjir-demak.txt:" >&2
.venv/bin/ringkas summarize "${1:-eval/samples/banjir-demak.txt}"
