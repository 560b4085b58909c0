"""How a programme came to the length of its slot, in words for whoever looks on."""

from __future__ import annotations

from collections import Counter

from audionews.model import Fit

HEARD_MS = 500  # of the bed alone: less is what rounding left


def slot(how: Fit | None) -> list[str]:
    """Say how the programme came to the length of its slot, then what was left out for it; nothing without a slot."""
    return [fitted(how), *(f"sans {one}" for one in how.left_out)] if how else []


def fitted(how: Fit) -> str:
    """Say in one line how a programme came to the length of its slot, or what lacks."""
    from audionews.sound.slot import clock

    if how.short_ms:
        return f"Il manque {round(how.short_ms / 1000)} s pour remplir le créneau de {clock(how.asked_ms)}"
    kinds = Counter(one.split()[0] for one in how.left_out)
    parts = [f"{number} {kind}{'s' * (number > 1)} de moins" for kind, number in kinds.items()] or ["tout est lu"]
    figures = (
        f"pauses × {how.pauses:.2f}" * (how.pauses != 1),
        f"voix × {how.tempo:.3f}" * (how.tempo != 1),
        f"tapis seul {how.bed_ms / 1000:.1f} s" * (how.bed_ms >= HEARD_MS),
    )
    return ", ".join([clock(how.asked_ms), *parts, *(one.replace(".", ",") for one in figures if one)])
