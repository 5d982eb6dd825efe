#!/bin/sh
# All tests. The journeys come last and one at a time: a browser, a worker and a server are enough
# for two cores. A file of tests stays on one core: the demo is seeded once, and a world made once.
set -eu

PATH="$PWD/.local/node/bin:$PATH" # html-validate is run by Node

.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not e2e" "$@"
if command -v chromium >/dev/null; then
    exec .venv/bin/python -m pytest -m e2e "$@"
fi
