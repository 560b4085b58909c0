"""robots.txt (RFC 9309): may we ask for this page, and how long to wait between two.

The standard library's reader knows no wildcards and takes the first rule instead of the longest; patterns are
matched here without regular expressions, so that no robots.txt can make it slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_RULES = 2000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    rules: tuple[tuple[str, bool], ...] = ()  # pattern of a path, whether it may be asked
    delay: float = 0.0  # seconds between two pages

    def allows(self, target: str) -> bool:
        """Tell whether a page may be asked: the longest pattern decides, and permission wins a tie."""
        target = _plain(target)
        best = max(
            ((len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, target)),
            default=(0, True),
        )
        return best[1]


EVERYTHING = Robots()
NOTHING = Robots((("/", False),))


def parse(text: str, agent: str) -> Robots:
    """Read the rules meant for `agent`, or else for everyone.

    Args:
        text: the robots.txt.
        agent: our product name, in small letters.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    listed = False  # a rule has been read since the last name
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if listed:
                names, listed = [], False
            names.append(value.lower().partition("/")[0].strip())
            groups.setdefault(names[-1], [])
        elif key in {"allow", "disallow", "crawl-delay"}:
            listed = True
            for name in names:
                groups[name].append((key, value))
    lines = groups.get(agent, groups.get("*", []))[:MAX_RULES]
    delays = [_seconds(value) for key, value in lines if key == "crawl-delay"]
    rules = tuple((_plain(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    return Robots(rules, max(delays, default=0.0))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < 1e6 else 0.0


def _plain(path: str) -> str:
    """Write a path in one way, so that %C3%A9 and é are the same."""
    return quote(unquote(path), safe="/%:@!$&'()*+,;=~-._?")


def _matches(pattern: str, target: str) -> bool:
    """Match from the start; ``*`` stands for anything, a last ``$`` for the end. Each part is looked for once."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(parts, 1):
        if whole and number == len(parts):
            return target.endswith(part) and len(target) - len(part) >= at
        at = target.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not whole or at == len(target)
