"""How far the voices are, for whoever waits."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """What is made and what is left."""

    done: int  # distinct sentences, those of the cache included
    total: int
    made_ms: int  # of sound, made since the start
    left_ms: int  # of sound still to be made, by the length of the texts
    voices: str  # "kokoro:ff_siwis, gtts:fr"
