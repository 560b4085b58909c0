"""The source ``jsonl``: articles as JSON objects, one a line, in a file, a folder of them, or at an address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audionews.articles.collect import fingerprint, from_paths
from audionews.articles.network import Networked, text_of, told
from audionews.articles.read import Reading, read_jsonl
from audionews.articles.visit import Options as Network
from audionews.errors import UsageError
from audionews.model import Collection, Remark

GLOB = "*.json*"


class Jsonl(Networked):
    """Reads lines of JSON."""

    name = "jsonl"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Options(Network):
        """The source's own keys in ``[[source]]``, besides those of the network."""

        path: str  # a file, a folder or an http address
        max_bytes: int = 50_000_000

    def __init__(self, options: Options, station_folder: Path, source_name: str, *, cache: Path | None = None) -> None:
        """See `Networked`."""
        super().__init__(options, station_folder, source_name, cache=cache)
        self.options = options

    def fingerprint(self) -> str:
        """Hash the files, byte for byte, or what the address gives."""
        return super().fingerprint() if self._is_remote() else fingerprint([self._path()], glob=GLOB)

    def collect(self) -> Collection:
        """Read the lines.

        Raises:
            UsageError: the file or the folder is not there.
        """
        if self._is_remote():
            return super().collect()
        return from_paths([self._path()], self.source_name, glob=GLOB, base=self.station_folder)

    def readings(self) -> list[Reading]:
        """Read the lines at the address."""
        url = self.options.path
        found = self.visit(url, "application/x-ndjson, application/jsonl, application/json;q=0.9, text/plain;q=0.8")
        text = found if isinstance(found, Remark) else text_of(found)
        if isinstance(found, Remark) or isinstance(text, Remark):
            return [Reading((), (text,) if isinstance(text, Remark) else ())]
        reading = read_jsonl(text, url)
        return [reading._replace(remarks=told(url, found) + reading.remarks)]

    def _is_remote(self) -> bool:
        return self.options.path.startswith(("http://", "https://"))

    def _path(self) -> Path:
        path = self.station_folder / self.options.path
        if not path.exists():
            raise UsageError(f"{path} n’existe pas", "Corrigez « path » dans la table [[source]]")
        return path
