#!/bin/sh
# Makes .venv, or brings it in step with the lock: pip fetches uv, and uv the rest, all with hashes.
set -eu

find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else
        set -- python3.13 python3.12 python3.11 python3.14 python3
    fi
    new_enough=
    for candidate do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        new_enough=$candidate
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            python=$candidate
            return
        fi
    done
    if [ -n "$new_enough" ]; then
        echo "Python er her, men uten venv. Installer det først, på Debian og Ubuntu:" \
            "apt-get install python3-venv" >&2
    else
        echo "Trenger Python 3.11 eller nyere. Installer det, eller pek på det med" \
            "PYTHON=/sti/til/python3 make demo" >&2
    fi
    exit 1
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    find_python
    echo "Lager .venv med $("$python" --version) …"
    "$python" -m venv --clear .venv
fi
if ! [ -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes --requirement requirements/uv.txt
fi
echo "Installerer Python-pakkene …"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/development.txt
