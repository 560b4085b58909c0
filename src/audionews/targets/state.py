"""What a target has of us, in ``output/sent/NAME.json``: saved as the transfer goes on, so that it can resume."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from audionews.files import write
from audionews.targets.choice import Target

UNSURE = ""  # in place of a SHA-256: a transfer has begun, and nobody has written down how it ended


@dataclass(slots=True)
class Sent:
    """The files of ours that a target holds."""

    path: Path
    address: str
    files: dict[str, str] = field(default_factory=dict)  # path → SHA-256, or `UNSURE`

    def save(self) -> None:
        """Write it down, whole or not at all.

        Raises:
            AudionewsError: the output folder cannot be written.
        """
        whole = {"target": self.address, "files": dict(sorted(self.files.items()))}
        write(self.path, json.dumps(whole, ensure_ascii=False, indent=0).encode() + b"\n")


def load(target: Target, states: Path) -> Sent:
    """Give what a target has of us.

    It is nothing when the name now means another address, or when the file cannot be read: then everything is
    sent anew, and nothing that may be there is deleted.
    """
    path = states / f"{target.name}.json"
    address = target.path if target.kind == "folder" else target.url
    try:
        whole = json.loads(path.read_bytes())
        files = whole["files"] if whole["target"] == address else {}
    except (OSError, ValueError, KeyError, TypeError):
        files = {}
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in files.values()):
        files = {}
    return Sent(path, address, files)
