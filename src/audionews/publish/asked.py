"""What a request asks for, read from its headers: parts of a file, a newer version only, a packed text (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

MOST_PARTS = 8  # asked for at once; no player asks for more than two
SPAN = re.compile(r"\s*([0-9]{0,18})-([0-9]{0,18})\s*")
TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
QUALITY = re.compile(r"\s*(\*|[\w-]+)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one version of a file from another."""

    etag: str  # strong, with its quotation marks
    modified: datetime  # aware, whole seconds

    @property
    def last_modified(self) -> str:
        """The moment as HTTP writes it."""
        return http_date(self.modified)


def http_date(moment: datetime) -> str:
    """Write a moment as HTTP does: ``"Sat, 07 Jun 2025 06:30:00 GMT"``."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def spans(text: str, size: int) -> list[tuple[int, int]] | None:
    """Read a Range header.

    Args:
        text: the header's value.
        size: bytes of the file.

    Returns:
        Where each part starts and stops, ascending, overlapping parts joined, so that together they are never more
        than the file; ``[]`` when no part lies within the file (416); None when the header is to be ignored: another
        unit, not well-formed, or more than `MOST_PARTS` parts.
    """
    unit, mark, listed = text.partition("=")
    parts = listed.split(",")
    if unit.strip().lower() != "bytes" or not mark or len(parts) > MOST_PARTS:
        return None
    found = []
    for part in parts:
        read = SPAN.fullmatch(part)
        if not read or not (read[1] or read[2]):
            return None
        if not read[1]:
            start, stop = max(0, size - int(read[2])), size
        else:
            start, stop = int(read[1]), min(size, int(read[2]) + 1) if read[2] else size
            if read[2] and int(read[2]) < start:
                return None
        if start < stop:
            found.append((start, stop))
    return _joined(sorted(found))


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def unchanged(sent: Mapping[str, str], version: Version) -> bool:
    """Tell whether whoever asks has this version already (304).

    A date counts only when it is the very date of this version: a file that was put back, or copied with its date,
    may be older than the one it replaces.
    """
    if "if-none-match" in sent:
        return _listed(sent["if-none-match"], version.etag, weak=True)
    return "if-modified-since" in sent and _date(sent["if-modified-since"]) == version.modified


def refused(sent: Mapping[str, str], version: Version) -> bool:
    """Tell whether whoever asks wants another version than this, or nothing (412)."""
    if "if-match" in sent:
        return not _listed(sent["if-match"], version.etag, weak=False)
    if "if-unmodified-since" in sent:
        date = _date(sent["if-unmodified-since"])
        return date is not None and date < version.modified
    return False


def partial(sent: Mapping[str, str], version: Version) -> bool:
    """Tell whether parts are asked for, of this version or of any."""
    if "range" not in sent:
        return False
    known = sent.get("if-range")
    return known is None or known.strip() == version.etag or _date(known) == version.modified


@lru_cache(maxsize=256)
def packed(accepted: str) -> bool:
    """Read an Accept-Encoding header: may, and should, the text be packed by gzip?"""
    wanted: dict[str, float] = {}
    for part in accepted.lower().split(","):
        read = QUALITY.fullmatch(part)
        if read:
            wanted[read[1]] = float(read[2] or 1)
    best = wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0)))
    return best > 0 and best >= wanted.get("identity", 0.0)


def _listed(text: str, etag: str, weak: bool) -> bool:
    if text.strip() == "*":
        return True
    return any(tag == etag and (weak or not mark) for mark, tag in TAG.findall(text))


def _date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
