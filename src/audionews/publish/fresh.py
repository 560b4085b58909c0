"""Never yesterday's bulletin as today's: what ``broadcast/latest.*`` answer once its time is over.

The file says itself until when it holds: ``broadcast/latest.json`` has ``"state": "bulletin"`` and ``"expires"``, ISO
8601 with zone. `audionews tidy` takes the files away at that moment; here is what happens when nobody ran it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audionews.french.dates import spell
from audionews.french.typography import typeset

SOUNDS = ("latest.wav", "latest.mp3")
DATA = "latest.json"
LATEST = (*SOUNDS, DATA, "latest.html", "latest.txt")


@dataclass(frozen=True, slots=True)
class Instead:
    """What is answered in place of a bulletin that is no longer valid."""

    since: datetime  # aware: when it ceased to be
    sound: str = ""  # of the same folder: the station's spoken word of absence; none when empty
    text: str = ""  # otherwise what is said, plain or JSON
    gone: bool = True  # 410; otherwise 200


def instead(folder: Path, name: str, now: datetime) -> Instead | None:
    """Tell what takes the place of a file of ``broadcast/``.

    Args:
        folder: the ``broadcast`` folder.
        name: of the file asked for.
        now: aware.

    Returns:
        None when the file may be served as it stands.
    """
    if name not in LATEST:
        return None
    since = _expired(folder / DATA, now)
    if since is None:
        return None
    if name in SOUNDS:
        sound = name.replace("latest", "absence")
        if (folder / sound).is_file():
            return Instead(since, sound=sound, gone=False)
    if name == DATA:
        spoken = any((folder / one.replace("latest", "absence")).is_file() for one in SOUNDS)
        whole = {"version": 1, "state": "absent", "expired": since.isoformat()}
        return Instead(since, text=json.dumps(whole, indent=1) + "\n", gone=not spoken)
    moment = f"{typeset(spell(since.date()))} à {since.hour}\u00a0h\u00a0{since.minute:02d}"
    return Instead(since, text=f"Pas de bulletin\u00a0: le dernier n’est plus valable depuis le {moment}.\n")


def _expired(path: Path, now: datetime) -> datetime | None:
    """Give since when the bulletin is over; a description that cannot be read promises nothing."""
    try:
        told = json.loads(path.read_bytes())
        if told.get("state", "bulletin") != "bulletin" or "expires" not in told:
            return None
        expires = datetime.fromisoformat(told["expires"])
        return expires if expires <= now else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError):
        return now
