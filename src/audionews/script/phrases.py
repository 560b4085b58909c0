"""Choose among the house's phrase patterns (templates/bulletin/phrases.toml), varied and repeatable."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from audionews.errors import UsageError

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(slots=True)
class Phrases:
    """The patterns one bulletin may still use.

    Attributes:
        source: text of phrases.toml.
        seed: of the choice; the bulletin's id, so that a run can be repeated.
        recent: ids used in the editions just before: taken only when nothing else is left.
        words: what every pattern may say (station, day).
        hour: of the edition, 0 to 23.
        used: ids used so far, in order.
    """

    source: str
    seed: str
    recent: frozenset[str]
    words: dict[str, str]
    hour: int
    used: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            self._table: dict[str, list[dict[str, Any]]] = tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                f"bulletin/phrases.toml n’est pas du TOML valide ({error})", "Corrigez la ligne"
            ) from error

    _table: dict[str, list[dict[str, Any]]] = field(init=False, repr=False)

    def choose(
        self,
        group: str,
        gravity: int = 0,
        theme: str = "",
        first: bool = False,
        last: bool = False,
        **words: str,
    ) -> str:
        """Give the next phrase of a group, or "" when none fits.

        Args:
            group: a table of phrases.toml.
            gravity: the highest around the place, 0 to 3.
            theme: of the story that follows.
            first, last: the place in its block.
            words: what the pattern may say here; an empty one makes the patterns that say it unfit.
        """
        here = {**self.words, **words}
        fit = [
            one
            for one in self._table.get(group, [])
            if gravity <= one.get("gravity", 3)
            and (theme in one["themes"] if "themes" in one else not theme or (one.get("any", False) and not first))
            and (first or not one.get("first", False))
            and (last or not one.get("last", False))
            and one.get("hours", [0, 24])[0] <= self.hour < one.get("hours", [0, 24])[1]
            and all(here.get(name) for name in _slots(one["text"]))
        ]
        unused = [one for one in fit if one["id"] not in self.used]
        left = unused or [one for one in fit if one.get("again", False) and one["id"] != self.used[-1]]
        if not left:
            return ""
        chosen = min(left, key=self._rank)
        self.used.append(chosen["id"])
        said = _fill(chosen["text"], here)
        return said[:1].upper() + said[1:]

    def _rank(self, one: dict[str, Any]) -> tuple[int, bool, bool, bool, str]:
        shuffled = hashlib.sha256(f"{self.seed} {one['id']}".encode()).hexdigest()
        special = bool(one.get("first") or one.get("last"))
        times = self.used.count(one["id"])
        return times, one["id"] in self.recent, not special, bool(one.get("any")), shuffled


@lru_cache(maxsize=1024)  # a rundown is written several times until it fits
def _slots(text: str) -> frozenset[str]:
    from jinja2 import Environment, meta

    return frozenset(meta.find_undeclared_variables(Environment(autoescape=False).parse(text)))  # noqa: S701 no HTML


def _fill(text: str, words: Mapping[str, str]) -> str:
    return str(_pattern(text).render(words))


@lru_cache(maxsize=1024)
def _pattern(text: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(undefined=StrictUndefined, autoescape=False).from_string(text)  # noqa: S701 no HTML
