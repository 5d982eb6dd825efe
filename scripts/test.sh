#!/bin/sh
# All tests, on two cores; the journeys among them where there is a browser. A file of tests stays on
# one core: a site is started once, and a world made once.
set -eu

PATH="$PWD/.local/node/bin:$PATH" # html-validate is run by Node
command -v chromium >/dev/null || set -- -m "not e2e" "$@"

exec .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
