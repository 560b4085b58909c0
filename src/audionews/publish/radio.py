"""The files that radios fetch: dated copies, and ``latest.*``, which are those of the bulletin to be aired now.

What a JSON tells of is there, with that SHA-256, at every moment and after every failure: it leaves before the first of
its sounds changes and comes back after the last one. Files are only ever replaced, never changed in place, so that
``latest.wav`` may be the dated copy itself under another name (a hard link).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError
from audionews.files import sync, write
from audionews.publish.copies import BULLETIN, FOLDER, VERSION, Copies, renamed

LATEST = "latest"
ABSENCE = "absence"  # of the edition built last; each slot has one of its own too
ENDINGS = ("wav", "mp3", "html", "txt")  # all but the JSON
DATED = re.compile(r"(?P<slug>.+?)-(?P<id>\d{4}-\d{2}-\d{2}-[^.]+)\.(?:wav|mp3|html|txt|json)")
PIECE = 1 << 20


def keep(site: Path, copies: Copies, *, link: bool = False) -> bool:
    """Put the files of one name where radios find them. Files whose bytes do not change are not touched.

    Args:
        site: folder of the public files.
        copies: what is put there.
        link: its sounds are files of ours that are never changed in place: no second copy of them is needed.

    Returns:
        Whether anything changed.

    Raises:
        AudionewsError: a sound is not the one that was measured, or a file cannot be written. Nothing has changed if
            a sound was at fault or the disk is full; else at most the JSON is not there.
    """
    texts = {ending: text.encode() for ending, text in copies.texts.items()}
    return _put(site / FOLDER, copies.name, {**copies.sounds, **texts}, copies.told.encode(), link=link)


def air(site: Path, name: str, under: str = LATEST) -> bool:
    """Make ``latest.*`` the files of a name; the others of ``latest.*`` leave.

    Args:
        site: folder of the public files.
        name: of files that are there.
        under: another name for ``latest``.

    Returns:
        Whether anything changed.

    Raises:
        AudionewsError: these files are not whole, or cannot be written: then ``latest.*`` are what they were, or there
            is no ``latest.json``.
    """
    folder = site / FOLDER
    told = record(site, name)
    if told is None:
        raise AudionewsError(f"{folder / name}.json n’est pas là, ou n’est pas lisible", "Refaites ce journal")
    listed = [one["kind"] for one in told["files"]]
    endings = [one for one in ENDINGS if one in listed or (one in {"html", "txt"} and "conducteur" in told)]
    parts = {ending: folder / f"{name}.{ending}" for ending in endings}
    return _put(folder, under, parts, renamed(told, under).encode(), link=True)


def clear(site: Path) -> bool:
    """Remove ``latest.*``, the JSON first. When one cannot be removed, the others are all the same.

    Returns:
        Whether there was anything.

    Raises:
        AudionewsError: a file cannot be removed.
    """
    folder = site / FOLDER
    return _removed([folder / f"{LATEST}.{ending}" for ending in ("json", *ENDINGS)])


def remove(site: Path, key: str) -> bool:
    """Remove the dated copies of a bulletin, the JSON first; ``latest.*`` stay what they are.

    Returns:
        Whether there was anything.

    Raises:
        AudionewsError: a file cannot be removed; the others are.
    """
    found = [path for one, path in _dated(site) if one == key]
    return _removed(sorted(found, key=lambda path: path.suffix != ".json"))


def dated(site: Path) -> tuple[str, ...]:
    """Give the ids of the bulletins of which any dated copy is there, oldest day first."""
    return tuple(sorted({key for key, _ in _dated(site)}))


def absences(site: Path) -> dict[int, str]:
    """Give what may be aired when there is no bulletin: length of the slot in ms, 0 for none → name of the files."""
    names = [path.stem for path in (site / FOLDER).glob(f"{ABSENCE}-*.json")]
    told = {name: one for name in names if (one := record(site, name))}
    return {one["slot_ms"]: name for name, one in told.items()}


def forget_absences(site: Path) -> bool:
    """Remove what may be aired when there is no bulletin; give whether there was anything.

    Raises:
        AudionewsError: a file cannot be removed; the others are.
    """
    return _removed(sorted((site / FOLDER).glob(f"{ABSENCE}[-.]*"), key=lambda path: path.suffix != ".json"))


def record(site: Path, name: str = LATEST) -> dict[str, Any] | None:
    """Read the JSON of a name; None where there is none, or none that this version has written."""
    try:
        told = json.loads((site / FOLDER / f"{name}.json").read_bytes())
        return told if _readable(told) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _readable(told: Any) -> bool:
    """Tell whether a JSON is one of ours; it may also raise what a reader of another one meets."""
    if told["state"] == BULLETIN:
        datetime.fromisoformat(told["expires"])
    listed = all(one[part] for one in told["files"] for part in ("kind", "sha256", "url", "path"))
    known = {"name", "title", "slot_ms", *(("id",) if told["state"] == BULLETIN else ())}
    return told["version"] == VERSION and listed and known <= told.keys()


def whole(site: Path, name: str = LATEST) -> bool:
    """Tell whether the JSON of a name is there, and every sound it tells of, byte for byte."""
    told = record(site, name)
    files = {one["kind"]: one["sha256"] for one in told["files"]} if told else {}
    return bool(files) and all(_digest(site / FOLDER / f"{name}.{kind}") == one for kind, one in files.items())


def _put(folder: Path, name: str, parts: Mapping[str, Path | bytes], told: bytes, *, link: bool) -> bool:
    """Make the files of a name those parts: all is made ready beside them first, then takes the names at once.

    Args:
        folder: where they go.
        name: of them.
        parts: ending → file or content; what stands there with another ending leaves.
        told: their JSON, with the digest of each sound.
        link: files need not be copied.
    """
    places = {ending: folder / f"{name}.{ending}" for ending in ENDINGS}
    sums = {one["kind"]: one["sha256"] for one in json.loads(told)["files"]}
    fresh = {ending: part for ending, part in parts.items() if not _same(places[ending], part)}
    gone = [path for ending, path in places.items() if ending not in parts and path.exists()]
    listed = folder / f"{name}.json"
    ready = {ending: folder / f".{name}.{ending}.tmp" for ending in fresh}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, part in fresh.items():
            _make_ready(part, ready[ending], sums.get(ending, ""), link=link)
        if fresh or gone:
            listed.unlink(missing_ok=True)
            sync(folder)
        for path in gone:
            path.unlink()
        for ending, path in ready.items():
            path.replace(places[ending])
        sync(folder)
    except OSError as error:
        raise AudionewsError(
            f"{folder / name}.* ne peuvent pas être écrits ({error.strerror or error})",
            "Vérifiez la place libre et les droits du dossier, puis relancez la commande",
        ) from error
    finally:
        for path in ready.values():  # also after a rename: one onto another name of the same file leaves both
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return write(listed, told) or bool(fresh or gone)


def _make_ready(part: Path | bytes, target: Path, sha256: str, *, link: bool) -> None:
    """Put a part on the disk under a name of its own; a sound is read, and has to be the one that was measured."""
    target.unlink(missing_ok=True)
    if isinstance(part, bytes):
        _copied(iter([part]), target)
        return
    again = "Refaites ce journal : audionews build --from bulletin"
    if not part.is_file():
        raise AudionewsError(f"Le fichier {part} n’est pas là", again)
    digest = _digest(target) if link and _link(part, target) else _copied(_pieces(part), target)
    if sha256 and digest != sha256:
        raise AudionewsError(f"Le son {part} a changé depuis qu’il a été mesuré", again)


def _copied(pieces: Iterator[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as stream:
        for piece in pieces:
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:  # a WAV of two hours is 2 GB: never held whole
        while piece := stream.read(PIECE):
            yield piece


def _link(path: Path, target: Path) -> bool:
    """Give a file a second name; False where its file system has no such thing."""
    try:
        os.link(path, target)
    except OSError:
        return False
    return True


def _same(path: Path, part: Path | bytes) -> bool:
    if not path.is_file():
        return False
    if isinstance(part, bytes):
        return path.stat().st_size == len(part) and path.read_bytes() == part
    if not part.is_file():
        return False
    if path.samefile(part):
        return True
    return path.stat().st_size == part.stat().st_size and _digest(path) == _digest(part)


def _digest(path: Path) -> str:
    """Hash a file; "" when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _dated(site: Path) -> Iterator[tuple[str, Path]]:
    for path in (site / FOLDER).glob("[!.]*"):
        if found := DATED.fullmatch(path.name):
            yield found["id"], path


def _removed(paths: list[Path]) -> bool:
    there = [path for path in paths if path.exists()]
    failed: list[tuple[Path, OSError]] = []
    for path in there:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            failed.append((path, error))
    for folder in {path.parent for path in there}:
        with contextlib.suppress(OSError):
            sync(folder)
    if failed:
        path, why = failed[0]
        raise AudionewsError(
            f"{path} ne peut pas être retiré ({why.strerror or why})",
            "Vérifiez les droits du dossier, puis relancez la commande",
        ) from why
    return bool(there)
