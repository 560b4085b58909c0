"""Measure the clips themselves: even loudness, hissing, questions that rise, and what the checks see and do not see.

usage: benchmarks/voices --clips      (or this file with the environment of benchmarks/voices) [--sentences 24]

The sentences are those of heard.py, read by both presenters of the example. Pitch is Praat's (praat-parselmouth).
"""

from __future__ import annotations

import argparse
import math
import random
import re
from typing import Any

import heard
import numpy
import parselmouth

from audionews import ffmpeg
from audionews.desk.voicing import engine
from audionews.language import language
from audionews.settings import load
from audionews.voices import finish, wav
from audionews.voices.base import Sound
from audionews.voices.inspect import fault_of_clip, fault_of_sound
from audionews.voices.loudness import loudness
from audionews.voices.reading import read
from audionews.voices.sibilance import softened

YES_OR_NO = (
    "Le ministre a visité le centre de santé",
    "La campagne de vaccination commence samedi",
    "Les habitants de Bandoula ont de l’eau",
    "Le match aura lieu à Mopti",
    "Le budget sera-t-il voté avant la fin de l’année",
    "Est-ce que les écoles rouvrent lundi",
)
OPEN = (
    "Pourquoi les prix augmentent",
    "Qui va payer les travaux",
    "Où en sont les négociations",
    "Combien coûte le sac de riz",
)


def values(sound: Sound) -> Any:
    return numpy.frombuffer(sound.pcm, "<i2") / 32768


def hissing(samples: Any, rate: int) -> float:
    """Give the share of the loudest 2 % of frames between 5 and 10 kHz, in dB from the whole sound's loudness."""
    size = rate // 50
    frames = samples[: len(samples) // size * size].reshape(-1, size) * numpy.hanning(size)
    power = numpy.abs(numpy.fft.rfft(frames)) ** 2
    hertz = numpy.fft.rfftfreq(size, 1 / rate)
    band = 2 * power[:, (hertz >= 5000) & (hertz <= 10000)].sum(axis=1) / size**2 / 0.375
    return float(10 * math.log10(numpy.percentile(band, 98) + 1e-12) - loudness(samples, rate))


def pitch_at_the_end(samples: Any, rate: int) -> float:
    """Give the pitch of the last voiced 50 ms over that of the whole sound, in semitones."""
    found = parselmouth.Sound(samples, rate).to_pitch_ac(0.01, 60.0, very_accurate=True, pitch_ceiling=600.0)
    hertz = found.selected_array["frequency"]
    voiced = hertz[hertz > 0]
    return float(12 * math.log2(numpy.median(voiced[-5:]) / numpy.median(voiced)))


def damaged(sound: Sound, dice: random.Random) -> dict[str, Sound]:
    """Damage a sound as networks, disks and engines do."""
    samples = numpy.frombuffer(sound.pcm, "<i2").copy()
    count, rate = len(samples), sound.rate
    cut = dice.randrange(count * 2 // 10, count * 8 // 10)
    hole = dice.randrange(count // 4, count // 2)
    holed = samples.copy()
    holed[hole : hole + round(1.2 * rate)] = 0
    wide = numpy.clip(samples.astype(int) * 12, -32768, 32767)
    noise = numpy.random.default_rng(dice.randrange(999)).normal(0, 3000, count)
    loop = numpy.resize(samples[count // 3 : count // 3 + rate // 3], count)
    made = {
        "cut at the end": samples[:cut],
        "a hole of 1.2 s": holed,
        "clipped": wide,
        "noise": noise,
        "a loop": loop,
        "silence": samples * 0,
        "said twice": numpy.concatenate([samples, samples]),
        "another text's, half as long": samples[: count // 2] * numpy.linspace(1, 0, count // 2),
    }
    return {name: Sound(numpy.asarray(one).astype("<i2").tobytes(), rate) for name, one in made.items()}


def fault(sound: Sound, text: str, speaker: Any) -> str:
    return fault_of_sound(sound, leads=speaker.leads) or fault_of_clip(
        finish.finish(sound), text.replace("\u0303", ""), speaker.speed, pace=speaker.words_per_minute
    )


def meter(clip: bytes) -> float:
    """Give ffmpeg's integrated loudness of a clip brought to 48 kHz; one channel counts as in ours."""
    _, told = ffmpeg.run(*("-i", "pipe:0", "-af", "aresample=48000,ebur128", "-f", "null", "-"), stdin=clip, timeout=60)
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told if isinstance(told, str) else told.decode())[-1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=24)
    options = parser.parse_args()
    french, station = language("fr"), load(heard.ROOT / "examples" / "station.toml")
    said = [french.spoken(one) for one in heard.spread(heard.chosen(), options.sentences)]
    dice, seen, levels, apart, wrong = random.Random(7), dict[str, list[bool]](), list[float](), list[float](), 0
    for number in (1, 2):
        speaker = engine(station, number)
        before, after = [], []
        for text in said:
            given = read(text, speaker, {}, french)
            sound = speaker.speak(given)
            wrong += bool(fault(sound, given, speaker))
            clip = finish.finish(sound)
            levels.append(loudness(values(wav.read(clip)), finish.RATE))
            apart.append(abs(levels[-1] - meter(clip)))
            before.append(hissing(values(sound), sound.rate))
            level = loudness(values(sound), sound.rate)
            after.append(hissing(softened(values(sound), sound.rate, level), sound.rate))
            for name, one in damaged(sound, dice).items():
                seen.setdefault(name, []).append(bool(fault(one, given, speaker)))
        print(f"presenter {number} ({speaker.label})")
        print(f"  hissing, dB from the loudness: {numpy.mean(before):.1f} before, {numpy.mean(after):.1f} after")
        for what, texts in (("yes or no", YES_OR_NO), ("an open question", OPEN)):
            ends = []
            for text in texts:
                both = (speaker.speak(read(french.spoken(text + mark), speaker, {}, french)) for mark in (".", " ?"))
                told, asked = (pitch_at_the_end(values(one), one.rate) for one in both)
                ends.append(f"{told:+.1f} → {asked:+.1f}")
            print(f"  last 50 ms over the whole, statement → {what}, semitones: {', '.join(ends)}")
    print(f"loudness of {len(levels)} clips: {min(levels):.2f} to {max(levels):.2f} LUFS")
    print(f"our meter against ffmpeg's: {max(apart):.2f} LU apart at most, {numpy.mean(apart):.2f} on the mean")
    print(f"good sounds refused: {wrong} of {len(levels)}")
    for name, found in seen.items():
        print(f"damaged sounds seen, {name}: {sum(found)} of {len(found)}")


if __name__ == "__main__":
    main()
