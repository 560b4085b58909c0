"""espeak-ng really speaks, in this process."""

from concurrent.futures import ThreadPoolExecutor

import numpy
import pytest

from audionews.errors import UsageError
from audionews.voices.base import Sound
from audionews.voices.espeak import Espeak
from audionews.voices.inspect import fault_of_sound
from audionews.voices.phonemes import phonemes

TEXT = "Le ministre a reçu mardi une délégation venue de Ouagadougou."


def pitch(sound: Sound) -> float:
    """Median pitch in Hz by autocorrelation of 40 ms frames."""
    values = numpy.frombuffer(sound.pcm, "<i2").astype(float)
    size, found = sound.rate // 25, []
    for start in range(0, len(values) - size, size):
        frame = values[start : start + size] - values[start : start + size].mean()
        if frame.std() > 1500:
            score = numpy.correlate(frame, frame, "full")[size - 1 :]
            low, high = sound.rate // 350, sound.rate // 60
            found.append(sound.rate / (low + score[low:high].argmax()))
    return float(numpy.median(found))


def test_a_sentence_is_spoken() -> None:
    sound = Espeak(Espeak.Options()).speak(TEXT)
    assert sound.rate == 22_050
    assert 2.5 < sound.seconds < 5.5
    assert fault_of_sound(sound) == ""


def test_speed_and_pitch_are_heard() -> None:
    plain = Espeak(Espeak.Options()).speak(TEXT)
    assert Espeak(Espeak.Options(), speed=1.3).speak(TEXT).seconds < 0.9 * plain.seconds
    assert pitch(Espeak(Espeak.Options(pitch=90)).speak(TEXT)) > 1.2 * pitch(plain)
    assert pitch(Espeak(Espeak.Options(), "fr+f3").speak(TEXT)) > 1.3 * pitch(plain)


def test_voices() -> None:
    assert Espeak.has("fr-be") and Espeak.has("fr+f1")
    assert not any(Espeak.has(name) for name in ("de", "fr+", "fr+nobody", "fr+../fr", "+f3"))
    with pytest.raises(UsageError):
        Espeak(Espeak.Options(), "de")


def test_speaking_and_phonemes_do_not_disturb_each_other() -> None:
    voice, alone = Espeak(Espeak.Options(), "fr+f3"), phonemes(TEXT)
    with ThreadPoolExecutor(4) as pool:
        sounds = [pool.submit(voice.speak, TEXT) for _ in range(6)]
        read = [pool.submit(phonemes, TEXT) for _ in range(30)]
        assert {one.result() for one in read} == {alone}
        assert all(fault_of_sound(one.result()) == "" for one in sounds)
