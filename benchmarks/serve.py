"""How much `audionews serve` stands: range requests by wrk, its memory while they last, and listeners who read slowly.

usage: benchmarks/serve [--seconds 60]

The server is a process of its own on loopback; wrk (Debian's) and it share the machine's cores. Each request asks for
64 KiB from a random place of an MP3 of 3.5 MB, on 64 connections. Two hundred slow listeners then read a kilobyte a
second each, all at once, while others ask for pages.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SIZE, PART = 3_500_000, 65_536  # bytes
LEAST, SLOW, GROWTH_MB = 1000, 200, 10  # requests a second; listeners; megabytes
AUDIO = "episodes/x/son-1a2b3c4d.mp3"
LUA = f"""
math.randomseed(os.time())
request = function()
  local at = math.random(0, {SIZE - PART})
  return wrk.format("GET", "/{AUDIO}", {{ ["Range"] = "bytes=" .. at .. "-" .. at + {PART - 1} }})
end
wrong = 0
response = function(status) if status ~= 206 then wrong = wrong + 1 end end
"""


def row(what: str, figure: str, limit: str, good: bool) -> bool:
    """Print one line of the result."""
    print(f"{'ok' if good else 'FELL SHORT':10} {what:44} {figure:34} {limit}", flush=True)
    return good


@contextlib.contextmanager
def server(site: Path) -> Iterator[tuple[int, int]]:
    """Serve a site; give port and process number."""
    code = "import sys; from pathlib import Path; from audionews.publish.serve import serve; "
    code += "serve(Path(sys.argv[1]), port=0, ready=lambda port: print(port, flush=True))"
    with subprocess.Popen([sys.executable, "-c", code, str(site)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.terminate()


def memory(pid: int) -> float:
    """Give the megabytes a process holds."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000


def ranges(port: int, pid: int, seconds: int, folder: Path) -> bool:
    """Ask for ranges, as fast as they are answered."""
    wrk = shutil.which("wrk")
    if not wrk:
        raise SystemExit("wrk is missing: apt-get install wrk")
    (folder / "range.lua").write_text(LUA)
    command = [wrk, "-t1", "-c64", "-s", str(folder / "range.lua"), f"http://127.0.0.1:{port}/"]
    subprocess.run([*command, "-d5s"], capture_output=True, check=True)  # until its memory is what it will be
    before = memory(pid)
    said = subprocess.run([*command, f"-d{seconds}s"], capture_output=True, text=True, check=True).stdout
    after = memory(pid)
    speed = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    faults = "Non-2xx" in said or "Socket errors" in said
    good = row("range requests of 64 KiB", f"{speed:.0f} a second", f"≥ {LEAST}", speed >= LEAST and not faults)
    flat = after - before <= GROWTH_MB
    return row(f"memory over {seconds} s", f"{before:.0f} → {after:.0f} MB", f"+{GROWTH_MB} at most", flat) and good


def slow(port: int, pid: int) -> bool:
    """Have many listeners read slowly at once, and ask for pages meanwhile."""
    sockets = []
    for _ in range(SLOW):
        one = socket.create_connection(("127.0.0.1", port), timeout=10)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(f"GET /{AUDIO} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        sockets.append(one)
    answered, waits, refused = 0, [], 0
    got = [b""] * SLOW
    for _ in range(10):
        for at, one in enumerate(sockets):
            got[at] += one.recv(1024)
        start = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/index.html")
            answered += connection.getresponse().status == 200
            connection.close()
        except OSError:
            refused += 1
        waits.append(time.perf_counter() - start)
        time.sleep(max(0.0, 1 - (time.perf_counter() - start)))
    served = sum(one.startswith(b"HTTP/1.1 200") for one in got)
    held = memory(pid)
    for one in sockets:
        one.close()
    good = row(f"{SLOW} slow listeners", f"{served} served, {refused} refused", f"{SLOW}, none", served == SLOW)
    others = row("pages meanwhile", f"{answered} of 10, {max(waits) * 1000:.0f} ms at most", "all", answered == 10)
    print(f"{'':10} memory with them: {held:.0f} MB")
    return good and others


def main() -> None:
    """Run both, and print what they showed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        (site / AUDIO).parent.mkdir(parents=True)
        (site / AUDIO).write_bytes(os.urandom(SIZE))
        (site / "index.html").write_text("<p>La page</p>" * 1000, "utf-8")
        with server(site) as (port, pid):
            good = [ranges(port, pid, given.seconds, Path(folder)), slow(port, pid)]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
