#!/bin/sh
# Create the virtual environment $1 with Python 3.11 or newer.
#
# $PYTHON names the interpreter to use; without it the first of python3, python,
# python3.14 … python3.11 that is new enough is taken.
set -eu

venv=$1
oldest='3, 11'

new_enough() {
    "$1" -c "import sys; sys.exit(sys.version_info < ($oldest))" >/dev/null 2>&1
}

version() {
    "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo 'does not start'
}

find_python() {
    for candidate in python3 python python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

if [ -n "${PYTHON:-}" ]; then
    python=$PYTHON
    if ! new_enough "$python"; then
        echo "error: PYTHON=$python ($(version "$python")): Python 3.11 or newer is needed" >&2
        echo "hint: name another one: make PYTHON=/path/to/python3.12 …" >&2
        exit 2
    fi
elif ! python=$(find_python); then
    echo "error: no Python 3.11 or newer found (python3 here: $(version python3))" >&2
    echo "hint: install one (Debian, Ubuntu: apt install python3 python3-venv;" >&2
    echo "      macOS: brew install python), or name it: make PYTHON=/path/to/python3.12 …" >&2
    exit 2
fi

echo "Creating $venv with Python $(version "$python") …" >&2
rm -rf "$venv"
if "$python" -m venv "$venv" >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$venv"
# Debian and Ubuntu ship Python without ensurepip; virtualenv brings its own pip.
if "$python" -m virtualenv --quiet "$venv" >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$venv"
echo "error: $python cannot create a virtual environment in $venv" >&2
echo "hint: Debian, Ubuntu: apt install python3-venv; to see why: $python -m venv $venv" >&2
exit 2
