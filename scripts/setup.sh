# Sourced by scripts/bulletin and scripts/test: makes .venv and installs the project into it, once.
#   setup EXTRAS   e.g. setup neural; sets $root and $venv
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv="$root/.venv"

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && command -v "$candidate" > /dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "audionews needs Python 3.11 or newer; this machine's python3 is $(python3 --version 2>&1 || echo missing). Install one, or name it: PYTHON=/path/to/python3 $0"
}

setup() {
  local python stamp wanted
  python=$(find_python)
  # Two set-ups at once in one checkout would spoil each other: the second waits.
  exec 9> "$root/.setup.lock"
  flock 9 2> /dev/null || true
  stamp="$venv/.audionews-$1"
  # An environment does not survive a move of its folder.
  if [ ! -x "$venv/bin/python" ] || [ "$(cat "$venv/.audionews-root" 2> /dev/null)" != "$root" ]; then
    "$python" -m venv --clear "$venv" > /dev/null 2>&1 ||
      fail "$python cannot make a virtual environment. On Debian and Ubuntu: sudo apt-get install python3-venv"
    printf '%s' "$root" > "$venv/.audionews-root"
  fi
  wanted=$(cksum < "$root/pyproject.toml")
  if [ "$(cat "$stamp" 2> /dev/null)" != "$wanted" ]; then
    echo "Installing audionews [$1] into $venv (some minutes the first time)…" >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$root[$1]" ||
      fail "The installation failed: see the lines above. Check the network, then run $0 again."
    printf '%s' "$wanted" > "$stamp"
  fi
  exec 9>&-
}
