"""The three families of sounds the program makes, and what a choice of the station is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from audionews.errors import UsageError, nearest
from audionews.sound import family_clair, family_kora, family_sobre
from audionews.sound.theme import Style, Theme, theme

if TYPE_CHECKING:
    from audionews.sound.synth import Wave
    from audionews.station import SoundChoice


class Family(NamedTuple):
    """A style and what makes its four sounds, each a stereo wave (2, n) that peaks at −3 dBFS."""

    style: Style
    make: Mapping[str, Callable[[Theme], Wave]]


FAMILIES: Mapping[str, Family] = {
    name: Family(one.STYLE, {"jingle": one.jingle, "sting": one.sting, "bed": one.bed, "outro": one.outro})
    for name, one in (("sobre", family_sobre), ("clair", family_clair), ("kora", family_kora))
}


def family(name: str) -> Family:
    """Give a family by its name.

    Raises:
        UsageError: there is none of that name; the nearest one is named.
    """
    if name not in FAMILIES:
        raise UsageError(
            f"La famille de sons « {name} » est inconnue", nearest(name, FAMILIES, "l’une de " + ", ".join(FAMILIES))
        )
    return FAMILIES[name]


def themed(choice: SoundChoice) -> Theme:
    """Give the theme of a choice.

    Raises:
        UsageError: the family, the key or the tempo cannot be.
    """
    return theme(family(choice.family).style, choice)


def compose(name: str, choice: SoundChoice) -> Wave:
    """Make one of the four sounds, ``"jingle"``, ``"sting"``, ``"bed"`` or ``"outro"``.

    Returns:
        Stereo wave (2, n) at 48 kHz, n a whole number of 10 ms; the same for the same choice.

    Raises:
        UsageError: the family, the key or the tempo cannot be.
    """
    return family(choice.family).make[name](themed(choice))


def label(choice: SoundChoice) -> str:
    """Name a choice by what it comes to: « ré » and "D" are the same sounds, and have the same name.

    Raises:
        UsageError: the family, the key or the tempo cannot be.
    """
    one = themed(choice)
    return f"{choice.family}-{one.tonic}-{round(60 / one.beat)}-{one.seed}"
