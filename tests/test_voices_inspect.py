"""What must not reach the air is seen."""

import numpy
import pytest

from audionews.voices.base import Sound
from audionews.voices.finish import RATE, to_wav
from audionews.voices.inspect import fault_of_clip, fault_of_sound


def tone(seconds: float, amplitude: float = 6000, hertz: float = 200) -> bytes:
    values = amplitude * numpy.sin(2 * numpy.pi * hertz * numpy.arange(round(seconds * RATE)) / RATE)
    return values.clip(-32768, 32767).astype("<i2").tobytes()


def test_a_good_sound_has_no_fault() -> None:
    assert fault_of_sound(Sound(tone(1), RATE)) == ""
    assert fault_of_clip(to_wav(Sound(tone(1.5), RATE)), "Deux morts à Gao.") == ""


@pytest.mark.parametrize(
    ("pcm", "fault"),
    [
        (b"", "vide"),
        (b"\1", "vide"),
        (tone(1) + b"\1", "PCM"),
        (bytes(48_000), "muet"),
        (tone(1, 60_000), "saturé"),
    ],
)
def test_bad_sounds(pcm: bytes, fault: str) -> None:
    assert fault in fault_of_sound(Sound(pcm, RATE))


def test_one_lone_sample_at_full_scale_is_no_fault() -> None:
    assert fault_of_sound(Sound(tone(1) + b"\xff\x7f" + tone(1), RATE)) == ""


def test_silence_is_no_fault_when_it_is_wanted() -> None:
    assert fault_of_sound(Sound(bytes(48_000), RATE), silent=True) == ""
    assert fault_of_clip(to_wav(Sound(bytes(72_000), RATE)), "Deux morts à Gao.", silent=True) == ""
    assert "vide" in fault_of_sound(Sound(b"", RATE), silent=True)


@pytest.mark.parametrize(
    ("wav", "text", "fault"),
    [
        (b"", "Oui.", "illisible"),
        (b"RIFF\0\0\0\0WAVE", "Oui.", "illisible"),
        (b"\xff\xfb\x90\x00" * 50, "Oui.", "illisible"),
        (to_wav(Sound(tone(1), 22_050)), "Oui.", "forme"),
        (to_wav(Sound(b"", RATE)), "Oui.", "vraisemblable"),
        (to_wav(Sound(tone(0.5), RATE)), "Le ministre a reçu mardi une délégation", "vraisemblable"),
        (to_wav(Sound(tone(4), RATE)), "Oui !", "vraisemblable"),
        (to_wav(Sound(tone(1, 40), RATE)), "Oui, bien sûr.", "muet"),
        (to_wav(Sound(tone(1, 32_700), RATE)), "Oui, bien sûr.", "saturé"),
    ],
)
def test_bad_clips(wav: bytes, text: str, fault: str) -> None:
    assert fault in fault_of_clip(wav, text)


def test_a_faster_voice_is_judged_by_its_speed() -> None:
    clip = to_wav(Sound(tone(1), RATE))
    text = "un deux trois quatre cinq six sept huit neuf dix"
    assert "vraisemblable" in fault_of_clip(clip, text)
    assert fault_of_clip(clip, text, speed=1.3) == ""


def test_punctuation_and_elisions_are_no_words() -> None:
    clip = to_wav(Sound(tone(0.4), RATE))
    assert fault_of_clip(clip, "« C’est-à-dire » ? — l’été !") == ""
