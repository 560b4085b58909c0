"""What a file has to be, and what it is not: the faults of a report, each in one line of French."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from audionews.sound.ears import Report
from audionews.sound.loudness import DUAL_MONO

LONGEST_SILENCE_MS = 2500
MOST_DC_DB = -45.0  # of full scale
MOST_LOST_IN_MONO_DB = -6.0  # more than that, and the two channels are against each other
MOST_DRIFT_LU = 2.0


@dataclass(frozen=True, slots=True)
class Target:
    """A named target: what is asked of a file."""

    name: str
    loudness: float  # LUFS, as played on two loudspeakers
    tolerance: float  # LU
    true_peak: float  # dBTP, never above
    rates: tuple[int, ...] = ()  # Hz; any when empty
    duration_ms: int = 0  # any when 0
    duration_tolerance_ms: int = 20
    chapters: int | None = None  # how many the file has to hold; any when None
    longest_silence_ms: int = LONGEST_SILENCE_MS  # 0: any


LISTENABLE = Target("", 0.0, 0.0, 0.0)


def podcast(loudness: float = -16.0, true_peak: float = -1.0) -> Target:
    """Give the target of the MP3 for podcast apps."""
    return Target("podcast", loudness, 0.3, true_peak, (44_100, 48_000))


def broadcast(loudness: float = -23.0, true_peak: float = -3.0) -> Target:
    """Give the target of the master for the air (EBU R 128)."""
    return Target("broadcast", loudness, 0.2, true_peak, (48_000,))


def level_faults(report: Report, target: Target) -> tuple[str, ...]:
    """Give what is wrong with loudness and true peak: what another gain can mend."""
    found = []
    asked = target.loudness - (DUAL_MONO if report.channels == 1 else 0.0)
    heard = report.loudness
    if not math.isfinite(heard.integrated):
        found.append("aucun son ne s’entend")
    elif abs(heard.integrated - asked) > target.tolerance:
        mono = " (une voie, entendue sur deux haut-parleurs)" if report.channels == 1 else ""
        found.append(f"{number(heard.integrated)} LUFS au lieu de {number(asked)} ± {number(target.tolerance)}{mono}")
    if heard.true_peak > target.true_peak:
        found.append(f"crête de {number(heard.true_peak)} dBTP, au-dessus de {number(target.true_peak)}")
    return tuple(found)


def faults(report: Report, target: Target = LISTENABLE) -> tuple[str, ...]:
    """Give all for which a file is refused, in French.

    Args:
        report: what was heard.
        target: what is asked of it; by default only that it can be listened to.
    """
    levels = level_faults(report, target) if target is not LISTENABLE else ()
    return (*levels, *_shape(report, target), *_flaws(report))


def drifts(report: Report) -> tuple[str, ...]:
    """Give the items that are louder or softer than the rest, in French; that is no reason not to be on air."""
    return tuple(
        f"« {title} » est à {number(off)} LU du reste" for title, off in report.drifts if abs(off) > MOST_DRIFT_LU
    )


def _shape(report: Report, target: Target) -> Iterator[str]:
    if target.rates and report.rate not in target.rates:
        yield f"{report.rate} Hz au lieu de {' ou '.join(str(one) for one in target.rates)}"
    off = report.loudness.duration_ms - target.duration_ms
    if target.duration_ms and abs(off) > target.duration_tolerance_ms:
        yield f"dure {report.loudness.duration_ms / 1000:.3f} s au lieu de {target.duration_ms / 1000:.3f} s"
    if target.chapters is not None and len(report.file.chapters) != target.chapters:
        yield f"{len(report.file.chapters)} chapitres dans le fichier au lieu de {target.chapters}"
    if target.longest_silence_ms and report.silence_ms > target.longest_silence_ms:
        yield f"silence de {number(report.silence_ms / 1000)} s à {number(report.silence_at_ms / 1000)} s"


def _flaws(report: Report) -> Iterator[str]:
    if report.clipped:
        yield f"écrêté à {report.clipped} endroit{'s' if report.clipped > 1 else ''}"
    for place in report.cuts:
        yield f"mot coupé à {number(place / 1000, 2)} s"
    if report.dc_db > MOST_DC_DB:
        yield f"composante continue de {number(report.dc_db)} dB"
    if report.dead:
        yield "une des deux voies est muette"
    elif report.mono < MOST_LOST_IN_MONO_DB:
        yield f"perd {number(-report.mono)} dB en mono"
    if report.file.info is False:
        yield "MP3 sans en-tête Info : durée et raccords faux dans les lecteurs"


def number(value: float, digits: int = 1) -> str:
    """Write a figure as French does: ``-16.04`` → ``"−16,0"``."""
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")
