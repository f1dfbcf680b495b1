#!/bin/sh
# README's second command: sets everything up, checks style and types, runs the tests.
# Arguments go to pytest, for example: sh scripts/test.sh tests/test_text_numbers.py
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh dev,semantic,ray
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
exec .venv/bin/python -m pytest "$@"
