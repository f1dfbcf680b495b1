#!/bin/sh
# Makes .venv in the checkout and installs ringkas into it, with the extras named as arguments.
# Sourced by quickstart.sh and test.sh; needs Python 3.11 or newer with pip, and nothing else.
set -eu
cd "$(dirname "$0")/.."

find_python() {
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    [ -n "$name" ] || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$name"
      return 0
    fi
  done
  echo "ringkas needs Python 3.11 or newer; install it, or name it: PYTHON=/path/to/python" >&2
  return 2
}

if [ ! -x .venv/bin/python ]; then
  python=$(find_python)
  "$python" -m venv .venv || { echo "python -m venv failed; is the venv module installed?" >&2; exit 2; }
fi
extras=${1:-}
stamp=$(cat pyproject.toml constraints.txt toolkit/__init__.py | cksum)
wanted="$extras $stamp"
if [ "$(cat .venv/.ringkas-setup 2>/dev/null || true)" != "$wanted" ]; then
  echo "Installing ringkas and what it needs into .venv (about 1.6 GB, a few minutes) ..." >&2
  .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    -c constraints.txt -e ".${extras:+[$extras]}"
  echo "$wanted" > .venv/.ringkas-setup
fi
