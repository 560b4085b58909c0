"""One mix → its masters: read once by the meter, planned from its curves, encoded, heard again, corrected once.

Never loudnorm: on speech that needs gain it turns into a compressor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audionews.errors import AudionewsError
from audionews.sound import loudness
from audionews.sound.ears import Report, Words
from audionews.sound.grid import RATE, REFERENCE_LUFS
from audionews.sound.limit import planned
from audionews.sound.meter import Meter
from audionews.sound.mix import Mix, between
from audionews.sound.takes import active
from audionews.sound.targets import Target, faults, level_faults, number

if TYPE_CHECKING:
    from audionews.sound.grid import Block, Curve

STEREO = (1.0, 1.0)
ROOM_DB = 2.0  # of level, beyond what is expected, for which true peaks are still exact
SPARE_DB = 0.3  # under the ceiling, where peaks were above it the first time
OVER_MUSIC_LU = 15.0  # speech above the music under it, at least


@dataclass(frozen=True, slots=True)
class Survey:
    """What the meter reads of a mix, step by step of 10 ms."""

    energies: Curve
    peaks: Any  # linear; exact where a limiter may have to act
    over_music: float  # LU: speech above the music that sounds under it; inf when none does


def survey(mix: Mix, loudest: float, ceiling_db: float, mixed: float = REFERENCE_LUFS) -> Survey:
    """Render a mix once, for the meter alone.

    Args:
        mix: the programme.
        loudest: LUFS of the loudest master that will be made of it, and
        ceiling_db: dBTP, its ceiling: below what the limiter can touch, peaks are not looked for.
        mixed: LUFS that the mix is expected to have.
    """
    import numpy as np

    most = loudest - mixed + ROOM_DB  # the level is known only afterwards
    whole = Meter(RATE, STEREO, 10 ** ((ceiling_db - most) / 20))
    under = Meter(RATE, STEREO, None)
    music: list[Any] = []
    for layers in mix.layers():
        whole.feed(layers.sum)
        if layers.music is not None:
            under.feed(layers.music)
        music.append(np.full(-(-layers.voice.shape[1] // under.step), layers.music is not None))
    whole.end()
    under.end()
    found = loudness.integrated(whole.energies)
    if math.isfinite(found) and loudest - found > most:  # a mix much softer than a voice is: look closer
        return survey(mix, loudest, ceiling_db, found)
    return Survey(whole.energies, whole.peaks, _over_music(mix, under.energies, np.concatenate(music)))


def _over_music(mix: Mix, music: Curve, where: Any) -> float:
    """Compare speech with the music under it, over all steps where both sound."""
    import numpy as np

    sounding = np.zeros(len(where))
    sounding[where] = music[: int(where.sum())]
    both = active(mix.takes)[: len(sounding)] & (sounding > loudness.energy(loudness.SILENT))
    if not both.any():
        return math.inf
    return loudness.lufs(float(mix.takes.energies[: len(both)][both].mean())) - loudness.lufs(
        float(sounding[both].mean())
    )


def blocks(mix: Mix, curve: Curve, gain: float = 1.0) -> Iterator[Block]:
    """Render a mix with a gain that changes from step to step, and another one."""
    import numpy as np

    start = 0
    for layers in mix.layers():
        end = start + layers.voice.shape[1]
        yield layers.sum * (between(curve, start, end) * np.float32(gain))
        start = end


def words(mix: Mix, curve: Curve) -> Words:
    """Give where which words should be heard in a master with these gains."""
    spans = tuple((cue.start_ms, cue.start_ms + cue.duration_ms) for cue in mix.takes.cues)
    steps = min(len(curve), len(mix.takes.energies))
    return Words(spans, mix.takes.energies[:steps] * curve[:steps] ** 2)


def mastered(
    read: Survey, target: Target, room_db: float, make: Callable[[Curve], Report], what: str
) -> tuple[Curve, Report]:
    """Make a file that meets its target; if it is out, correct the level once.

    Args:
        read: the mix.
        target: what is asked of the file.
        room_db: dB under the ceiling that coding may take.
        make: encodes with these gains, and listens to the file.
        what: the file, for the message: "Le MP3".

    Returns:
        The gains, and what was heard.

    Raises:
        AudionewsError: the mix is silent; the file misses its target even after the correction, or is flawed.
    """
    if not math.isfinite(loudness.integrated(read.energies)):
        raise AudionewsError("Le montage est silencieux", "Écoutez les sons du dossier 4-clips et ceux de la station")
    asked, ceiling = target.loudness, target.true_peak - room_db
    for _ in range(2):
        curve = planned(read.energies, read.peaks, asked, ceiling)
        report = make(curve)
        if not level_faults(report, target):
            break
        asked += target.loudness - report.two_speakers
        over = report.loudness.true_peak - target.true_peak
        ceiling -= over + SPARE_DB if over > 0 else 0.0  # coding does not move peaks the same way twice
    wrong = faults(report, target)
    if read.over_music < OVER_MUSIC_LU:
        wrong += (f"la parole n’est qu’à {number(read.over_music)} LU au-dessus de la musique",)
    if wrong:
        raise AudionewsError(
            f"{what} est refusé : {' ; '.join(wrong)}",
            "Vérifiez les sons de la station et les niveaux des tables [sound] et [broadcast] de station.toml",
        )
    return curve, report
