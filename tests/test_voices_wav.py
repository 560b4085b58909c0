"""Clips as files: what is written is read back, by us and by others, and damage is seen."""

import io
import json
import re
import struct
import wave
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews import ffmpeg
from audionews.voices import wav
from audionews.voices.base import Sound

PCM = struct.pack("<2400h", *range(2400))
TIMED = wav.write(Sound(PCM, 24_000, ((10, 400), (400, 400), (1200, 2400))))


@st.composite
def sounds(draw: st.DrawFn) -> Sound:
    pcm = draw(st.binary(max_size=400)) * 2
    edges = sorted(draw(st.lists(st.integers(0, len(pcm) // 2), max_size=12)))
    words = tuple(zip(edges[::2], edges[1::2], strict=False))
    return Sound(pcm, draw(st.sampled_from((8_000, 22_050, 24_000, 48_000))), words)


@settings(deadline=None, max_examples=60)
@given(sounds())
def test_what_is_written_is_read_back(sound: Sound) -> None:
    assert wav.read(wav.write(sound)) == sound


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(TIMED) - 1))
def test_a_file_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(ValueError):
        wav.read(TIMED[:length])


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(TIMED) - 1), st.integers(0, 255))
def test_any_wrong_byte_gives_a_sound_or_a_value_error(place: int, value: int) -> None:
    try:
        read = wav.read(TIMED[:place] + bytes([value]) + TIMED[place + 1 :])
    except ValueError:
        return
    assert len(read.pcm) == len(PCM)


def test_without_words_it_is_the_plainest_of_wav_files() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 24_000, 0, "NONE", ""))
        out.writeframes(PCM)
    assert wav.write(Sound(PCM, 24_000)) == file.getvalue()
    assert wav.read(file.getvalue()) == Sound(PCM, 24_000)


def test_the_standard_library_opens_it() -> None:
    with wave.open(io.BytesIO(TIMED)) as file:
        assert file.getparams()[:4] == (1, 2, 24_000, 2400)
        assert file.readframes(9999) == PCM


def test_ffmpeg_opens_it_and_sees_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "clip.wav"
    path.write_bytes(TIMED)
    pcm, log = ffmpeg.run("-xerror", "-v", "error", "-i", str(path), "-f", "s16le", "pipe:1")
    assert pcm == PCM and not log.strip()


def test_words_stand_where_editors_look_for_them() -> None:
    assert TIMED.count(b"cue ") == TIMED.count(b"LIST") == 1
    cue = TIMED[TIMED.index(b"cue ") :]
    assert struct.unpack_from("<II", cue, 4) == (4 + 3 * 24, 3)
    assert struct.unpack_from("<II4sIII", cue, 12 + 48) == (3, 1200, b"data", 0, 0, 1200)
    assert [struct.unpack_from("<III4s", TIMED, m.end()) for m in re.finditer(b"ltxt", TIMED)] == [
        (20, 1, 390, b"rgn "),
        (20, 2, 0, b"rgn "),
        (20, 3, 1200, b"rgn "),
    ]


def test_other_chunks_are_passed_over() -> None:
    extra = b"LIST" + struct.pack("<I", 7) + b"INFOabc\0"
    body = extra + TIMED[12:] + extra
    data = b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body
    assert wav.read(data) == wav.read(TIMED)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        json.dumps({"error": "quota"}).encode(),
        b"RIFF\4\0\0\0WAVE",
        b"ID3\4\0" + bytes(500),
        TIMED + b"\0",
        TIMED.replace(b"RIFF", b"RIFX"),
        wav.write(Sound(PCM[:-1], 24_000)),
        wav.write(Sound(PCM, 0)),
        wav.write(Sound(PCM, 24_000, ((0, 9999),))),
        TIMED.replace(b"adtl", b"INFO"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        wav.read(data)


@pytest.mark.parametrize("params", [(2, 2, 24_000), (1, 1, 24_000), (1, 3, 24_000)])
def test_another_form_is_refused(params: tuple[int, int, int]) -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((*params, 0, "NONE", ""))
        out.writeframes(bytes(600))
    with pytest.raises(ValueError):
        wav.read(file.getvalue())
