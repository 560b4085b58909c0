"""The source ``folder``: articles lie as files in a folder beside the station file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audionews.articles.collect import fingerprint, from_paths
from audionews.errors import UsageError
from audionews.model import Collection


class Folder:
    """Reads every article file of a folder."""

    name = "folder"

    @dataclass(frozen=True, slots=True)
    class Options:
        """The source's own keys in ``[[source]]``."""

        path: str  # relative to the station's folder
        recursive: bool = True
        glob: str = "*"  # which file names are read

    def __init__(self, options: Options, station_folder: Path, source_name: str, *, cache: Path | None = None) -> None:  # noqa: ARG002
        """Keep what `collect` needs.

        Args:
            options: the table of the source.
            station_folder: where a relative path starts.
            source_name: as said on air: "le quotidien L’Essor"; "" when unknown.
            cache: not needed: files are at hand.
        """
        self.options = options
        self.station_folder = station_folder
        self.source_name = source_name

    def fingerprint(self) -> str:
        """Hash all that `collect` would read: the same fingerprint means the same collection."""
        return fingerprint([self._folder()], recursive=self.options.recursive, glob=self.options.glob)

    def collect(self) -> Collection:
        """Read the folder, in the order of the file names.

        Raises:
            UsageError: the folder is not there.
        """
        return from_paths(
            [self._folder()],
            self.source_name,
            recursive=self.options.recursive,
            glob=self.options.glob,
            base=self.station_folder,
        )

    def _folder(self) -> Path:
        folder = self.station_folder / self.options.path
        if not folder.exists():
            raise UsageError(f"{folder} n’existe pas", "Créez ce dossier d’articles, ou corrigez son chemin")
        return folder
