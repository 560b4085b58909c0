"""Radio automation of others, as stations have it, on the addresses that the program keeps for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.clients import Radio, run, tool

FRAME = 4  # bytes of a moment of 16 bits in stereo
RATE = 44_100  # Hz; Liquidsoap's own
SCRIPT = """
settings.init.allow_root.set(true)
settings.log.file.set(false)
settings.log.stdout.set(true)
def tell(metadata)
  list.iter(fun (one) -> print("TOLD #{fst(one)}=#{snd(one)}"), metadata)
end
played = source.on_metadata(once(single("%s")), tell)
clock.assign_new(sync="none", [played])
output.file(fallible=true, on_stop=shutdown, %%wav(header=false), "played.raw", played)
"""


def _play(address: str, folder: Path) -> tuple[dict[str, str], int]:
    """Let Liquidsoap play an address to its end, faster than time; give what it read of the tags, and ms of sound."""
    (folder / "play.liq").write_text(SCRIPT % address)
    said = run(tool("liquidsoap"), "play.liq", cwd=folder)
    told = dict(re.findall(r"^TOLD (\w+)=(.*)$", said, re.MULTILINE))
    return told, (folder / "played.raw").stat().st_size * 1000 // FRAME // RATE


@pytest.mark.needs("liquidsoap")
def test_liquidsoap_plays_the_latest_bulletin_whole_and_knows_what_it_is(radio: Radio, tmp_path: Path) -> None:
    site = radio.show("first")
    latest = json.loads((site / "broadcast" / "latest.json").read_text("utf-8"))
    told, length = _play(f"{radio.served.url}/broadcast/latest.mp3", tmp_path)
    assert (told["title"], told["artist"], told["album"]) == (latest["title"], "Radio Essai", "Radio Essai")
    assert told["comment"].startswith("Voix de synthèse.")
    assert abs(length - latest["duration_ms"]) < 100, "an MP3 ends with a frame, Liquidsoap with a block of 40 ms"
    assert {(one.path, one.status) for one in radio.served.asked} == {("/broadcast/latest.mp3", 200)}
