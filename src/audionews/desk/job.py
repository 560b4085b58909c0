"""What is to be built: a job says all that may change the outcome of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audionews.station import Station
from audionews.voices.progress import Progress


def unheard(_told: object) -> None:
    """Tell nobody; a function with a name, so that a job can be sent to another process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One bulletin to build: all that may change its outcome; no stage reads the clock or the environment."""

    station: Station
    day: date
    edition: str
    format: str
    output: Path
    now: datetime  # aware
    note: str = ""  # what was wrong in the published bulletin and is put right now; "" for a bulletin as usual
    articles: tuple[Path, ...] = ()  # of the command line; the station's sources when empty
    say: Callable[[str], None] = unheard  # what the operator should know, French, one line
    progress: Callable[[Progress], None] = unheard  # how far the voices are

    @property
    def bulletin_id(self) -> str:
        """The bulletin's id: one per date and edition."""
        return f"{self.day.isoformat()}-{self.edition}"

    @property
    def run_folder(self) -> Path:
        """Where the run leaves its files."""
        return self.output / "runs" / self.bulletin_id

    @property
    def starts(self) -> datetime:
        """When the edition goes on air, in the station's zone."""
        hour, minute = self.station.edition(self.edition).time.split(":")
        zone = ZoneInfo(self.station.identity.timezone)
        return datetime(self.day.year, self.day.month, self.day.day, int(hour), int(minute), tzinfo=zone)

    @property
    def expires(self) -> datetime:
        """When it is old news."""
        return self.station.broadcast.until(self.starts)

    @property
    def ledger(self) -> Path:
        """The newsroom's memory."""
        return self.output / "audionews.db"

    @property
    def site(self) -> Path:
        """What the public sees."""
        return self.output / "site"

    @property
    def air(self) -> str:
        """The time of the broadcast, in the order of broadcasts: "2025-06-07 07:00"."""
        return f"{self.day.isoformat()} {self.station.edition(self.edition).time}"
