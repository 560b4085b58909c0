"""What is to be sent and deleted, and in which order, so that no moment shows a list of what is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from audionews.targets.place import check_path

# Nobody links to these or keeps them, so that they need not wait for a page or feed to leave first.
LATEST = ("latest.", "broadcast/latest.")
FEED = "feed.xml"
PAGES = (".html", ".webmanifest", "sw.js", "sitemap.xml", "robots.txt")


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes a target the same as the local site.

    Each of `sends` may begin when all of the one before has arrived.
    """

    withdrawn: tuple[str, ...] = ()  # deleted before anything is sent: what was the latest, and is no more
    sends: tuple[tuple[str, ...], ...] = ()
    deletes: tuple[str, ...] = ()  # deleted at the end, when no page and no feed lists them

    @property
    def sent(self) -> tuple[str, ...]:
        """Give all that is sent, in order."""
        return tuple(path for phase in self.sends for path in phase)

    @property
    def deleted(self) -> tuple[str, ...]:
        """Give all that is deleted, in order."""
        return self.withdrawn + self.deletes

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.sends or self.deleted)


def plan(site: Mapping[str, str], sent: Mapping[str, str], heads: Collection[str] = ()) -> Plan:
    """Compare the local site with what a target has.

    Args:
        site: path → SHA-256 of each file.
        sent: the same of what was sent before; "" where a transfer broke off. What is not in it is somebody
            else's, and is left alone.
        heads: the feeds' first documents beside feed.xml, ``feed-matin.xml``; other XML is an archive of them.

    Raises:
        AudionewsError: a name is none that may be sent.
    """
    for path in (*site, *sent):
        check_path(path)
    changed = sorted(path for path, digest in site.items() if sent.get(path) != digest)
    gone = [path for path in sent if path not in site]
    # The JSON first: a radio that reads it and finds none does not take the sound.
    withdrawn = sorted((path for path in gone if path.startswith(LATEST)), key=_json_first)
    phases: dict[int, list[str]] = {}
    for path in changed:
        phases.setdefault(rank(path, heads), []).append(path)
    return Plan(
        tuple(withdrawn),
        tuple(tuple(phases[one]) for one in sorted(phases)),
        tuple(sorted(path for path in gone if path not in withdrawn)),
    )


def rank(path: str, heads: Iterable[str] = ()) -> int:
    """Give the place of a file in the order of sending: what names another file comes after it.

    0 sounds, transcripts, pictures and what pages load; 1 the dated files for radios; 2 pages; 3 the latest
    sounds; 4 what tells of them; 5 archives of the feeds; 6 feeds and their list; 7 the feed of all.
    """
    name = path.rpartition("/")[2]
    if path.startswith(LATEST):
        return 4 if name.endswith(".json") else 3
    if path == FEED:
        return 7
    if path in heads or path.endswith(".opml"):
        return 6
    if path.startswith("broadcast/"):
        return 1
    if name.endswith(PAGES):
        return 2
    return 5 if name.endswith(".xml") else 0


def _json_first(path: str) -> tuple[bool, str]:
    return not path.endswith(".json"), path
