#!/bin/sh
# Runs npm: the machine's own when its Node is new enough, else the one from PyPI in .local/node.
set -eu

export PATH="$PWD/.local/node/bin:$PATH" npm_config_update_notifier=false
new_enough='process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'

if ! { command -v npm && node --eval "$new_enough"; } >/dev/null 2>&1; then
    echo "Henter Node fra PyPI …"
    .venv/bin/uv venv --quiet --clear --python .venv/bin/python .local/node
    .venv/bin/uv pip sync --quiet --python .local/node/bin/python --require-hashes requirements/node.txt
fi
exec npm "$@"
