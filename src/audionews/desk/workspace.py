"""The folder of one run: what each stage left, whether it is still good, whether a hand has corrected it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from audionews.desk import codec
from audionews.model import Fit, Service


@dataclass(slots=True)
class Record:
    """What run.json keeps of one stage."""

    key: str = ""  # hash of its settings, its code and its inputs
    status: str = ""  # "done" or "failed"
    seconds: float = 0.0
    error: str = ""
    files: dict[str, str] = field(default_factory=dict)  # path in the run folder → SHA-256
    edited: list[str] = field(default_factory=list)  # files an editor has corrected by hand


@dataclass(slots=True)
class Run:
    """run.json: how the bulletin came about."""

    bulletin_id: str = ""
    version: str = ""
    station: str = ""
    format: str = ""
    grade: str = ""  # of service: "full", or "degraded" when an engine had to take over
    voices: list[Service] = field(default_factory=list)  # who has read
    slot: Fit | None = None  # how the programme came to the length of its slot, when it has one
    stages: dict[str, Record] = field(default_factory=dict)


class Workspace:
    """The run folder of one bulletin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / "run.json"
        self.run = codec.load(path, Run) if path.exists() else Run()

    def path(self, name: str) -> Path:
        """Give the path of a file of the run."""
        return self.folder / name

    def record(self, stage: str) -> Record:
        """Give what is known of a stage; empty before its first run."""
        return self.run.stages.setdefault(stage, Record())

    def save(self) -> None:
        """Write run.json."""
        codec.save(self.folder / "run.json", self.run)

    def hashes(self, outputs: tuple[str, ...]) -> dict[str, str]:
        """Hash what stands of a stage's outputs; an output that ends in / is a folder, taken file by file."""
        found: dict[str, str] = {}
        for name in outputs:
            path = self.folder / name
            files = sorted(path.glob("*")) if name.endswith("/") else [path]
            for one in files:
                if one.is_file() and not one.name.startswith("."):
                    with one.open("rb") as stream:
                        digest = hashlib.file_digest(stream, "sha256")
                    found[one.relative_to(self.folder).as_posix()] = digest.hexdigest()
        return found
