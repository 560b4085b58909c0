# Sourced after scripts/setup.sh by benchmarks/condense, spoken, names and voices: the peers, once, in a folder of their own
# that only these look into.
# shellcheck shell=bash
peers="$venv/peers"
wanted=$(cksum < "$root/benchmarks/peers.txt")
if [ "$(cat "$peers/.wanted" 2> /dev/null)" != "$wanted" ]; then
  echo "Installing the peers of benchmarks/peers.txt into $peers…" >&2
  rm -rf "$peers"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$peers" --requirement "$root/benchmarks/peers.txt" ||
    fail "The installation failed: see the lines above. Check the network, then run $0 again."
  printf '%s' "$wanted" > "$peers/.wanted"
fi
export PYTHONPATH="$peers"
