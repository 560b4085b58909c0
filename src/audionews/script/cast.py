"""Who reads what: each segment of a script gets its presenter, as the format's cast says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any, Literal

from audionews.errors import UsageError
from audionews.model import Role, Segment
from audionews.settings import convert

Reader = Literal[1, 2, "alternate"]
READERS = (1, 2, "alternate")
TOLD = (Role.STORY, Role.BRIEF)


@dataclass(frozen=True, slots=True)
class Cast:
    """Table ``[cast]`` of a format: who reads each role when a station has two presenters.

    ``"alternate"`` hands over: whoever did not speak just before reads the next story, headline or block of the role.
    The source of a story is read by whoever told it.
    """

    opening: Reader = 1
    headline: Reader = "alternate"
    link: Reader = 1
    story: Reader = "alternate"  # after a link read by 1 it is 2; a story without a link still changes the voice
    brief: Reader = "alternate"
    recap: Reader = "alternate"
    closing: Reader = 1
    correction: Reader = 1


USUAL = Cast()


def cast_of(table: Any, where: str) -> Cast:
    """Make the cast of a format of its table.

    Args:
        table: ``[cast]`` as parsed from TOML; {} for the usual cast.
        where: the format's file, for messages.

    Raises:
        UsageError: an unknown role (the nearest one is named), or a reader that is not 1, 2 or "alternate".
    """
    where = f"{where}, [cast]"
    if isinstance(table, dict):
        for role in (one.name for one in fields(Cast)):
            value = table.get(role, 1)
            if not (type(value) in (int, str) and value in READERS):
                raise UsageError(f"{where} : {role} ne peut pas valoir {value!r}", 'Écrivez 1, 2 ou "alternate"')
    return convert(table, Cast, where)


def assign(segments: tuple[Segment, ...], cast: Cast, presenters: int) -> tuple[Segment, ...]:
    """Give each segment its presenter.

    Args:
        segments: in the order they are read; those of presenter 0 get theirs here, the others keep it.
        cast: of the format.
        presenters: how many the station has; with one, all is read by 1.

    Returns:
        The same segments, each of presenter 1 or 2. A sting, which has no words, counts as 1.
    """
    if presenters < 2:
        return tuple(replace(one, presenter=1) for one in segments)
    return tuple(_assigned(segments, cast))


def _assigned(segments: tuple[Segment, ...], cast: Cast) -> Iterator[Segment]:
    readers: dict[tuple[Role, str], int] = {}  # of each story's headline, link, sentences, reminder
    last = 2  # so that 1 is the first to speak
    for (role, story), block in groupby(segments, lambda one: (one.role, one.story)):
        if role is Role.STING:
            yield from (replace(one, presenter=1) for one in block)
            continue
        part = Role.STORY if role in TOLD else role
        if role is Role.CREDIT:
            reader = readers.get((Role.STORY, story), last)
        elif story and (part, story) in readers:
            reader = readers[part, story]
        else:
            asked: Reader = getattr(cast, role.name.lower())
            reader = 3 - last if asked == "alternate" else asked
        for one in block:
            reader = one.presenter or reader
            yield replace(one, presenter=reader)
        readers[part, story] = last = reader
