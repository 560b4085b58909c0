"""The tags, read back by mutagen and by ffmpeg."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3

from audionews import ffmpeg
from audionews.errors import AudionewsError
from audionews.model import Chapter
from audionews.sound.tags import COVER_LIMIT, tag

CHAPTERS = (
    Chapter(0, 1500, "Les titres"),
    Chapter(1500, 2600, "À Ségou, l’école rouvre", "ecole", "https://example.org/école"),
    Chapter(2600, 3000, "Fermeture"),
)
COMMENT = "Sources : le quotidien L’Essor. Voix de synthèse."
LYRICS = "Bonjour.\n\nÀ Ségou, l’école rouvre\u202f: «\u00a0enfin\u00a0», dit la directrice.\nÀ demain\u00a0!"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mp3") / "bare.mp3"
    ffmpeg.run("-f", "lavfi", "-i", "sine=d=3", "-id3v2_version", "0", "-c:a", "libmp3lame", str(path))
    return path


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("jpeg") / "cover.jpg"
    ffmpeg.run("-f", "lavfi", "-i", "color=teal:s=64x64", "-frames:v", "1", str(path))
    return path.read_bytes()


def read_tags(path: Path) -> Any:
    module: Any = id3
    return module.ID3(path, translate=False)


def tagged(bare: Path, path: Path, cover: bytes, comment: str = COMMENT) -> Path:
    path.write_bytes(bare.read_bytes())
    tag(
        path,
        title="Journal du matin, samedi 7 juin 2025",
        station="Radio de démonstration",
        date=date(2025, 6, 7),
        cover=cover,
        chapters=CHAPTERS,
        comment=comment,
        lyrics=LYRICS,
    )
    return path


def test_the_tag_is_version_2_3_and_says_all(bare: Path, tmp_path: Path, cover: bytes) -> None:
    path = tagged(bare, tmp_path / "a.mp3", cover)
    assert path.read_bytes()[:5] == b"ID3\x03\x00"
    tags = read_tags(path)
    texts = {name: str(tags[name].text[0]) for name in ("TIT2", "TPE1", "TALB", "TCON", "TLAN", "TYER", "TDAT")}
    assert texts == {
        "TIT2": "Journal du matin, samedi 7 juin 2025",
        "TPE1": "Radio de démonstration",
        "TALB": "Radio de démonstration",
        "TCON": "News",
        "TLAN": "fra",
        "TYER": "2025",
        "TDAT": "0706",
    }
    assert tags["COMM::fra"].text == [COMMENT]
    assert (tags["APIC:"].mime, tags["APIC:"].data) == ("image/jpeg", cover)


def test_the_script_is_read_back_by_mutagen_and_by_ffmpeg(bare: Path, tmp_path: Path, cover: bytes) -> None:
    path = tagged(bare, tmp_path / "a.mp3", cover)
    (told,) = read_tags(path).getall("USLT")
    assert (told.lang, told.desc, told.text) == ("fra", "", LYRICS)
    listed, _ = ffmpeg.run("-i", str(path), "-f", "ffmetadata", "-")
    assert "lyrics-fra=" + LYRICS.replace("\n", "\\\n") in listed.decode()


def test_chapters_are_read_back_by_mutagen(bare: Path, tmp_path: Path, cover: bytes) -> None:
    tags = read_tags(tagged(bare, tmp_path / "a.mp3", cover))
    (contents,) = tags.getall("CTOC")
    assert contents.flags == 3
    chapters = [tags[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [(one.start_time, one.end_time, one.sub_frames["TIT2"].text[0]) for one in chapters] == [
        (one.start_ms, one.end_ms, one.title) for one in CHAPTERS
    ]
    assert chapters[1].sub_frames["WXXX:"].url == "https://example.org/école"
    assert "WXXX:" not in chapters[0].sub_frames


def test_chapters_are_read_back_by_ffmpeg(bare: Path, tmp_path: Path, cover: bytes) -> None:
    path = tagged(bare, tmp_path / "a.mp3", cover)
    listed, _ = ffmpeg.run("-i", str(path), "-f", "ffmetadata", "-")
    lines = listed.decode().splitlines()
    assert [line for line in lines if line.startswith("title=")] == [
        "title=Journal du matin, samedi 7 juin 2025",
        *("title=Les titres", "title=À Ségou, l’école rouvre", "title=Fermeture"),
    ]
    starts = [int(line.removeprefix("START=")) for line in lines if line.startswith("START=")]
    assert starts == pytest.approx([0, 1500, 2600], abs=26)  # it takes the encoder's delay off


def test_the_same_values_give_the_same_bytes_and_leave_the_sound_alone(
    bare: Path, tmp_path: Path, cover: bytes
) -> None:
    first = tagged(bare, tmp_path / "a.mp3", cover).read_bytes()
    assert tagged(bare, tmp_path / "b.mp3", cover).read_bytes() == first
    assert first.endswith(bare.read_bytes())


def test_without_cover_there_is_no_picture(bare: Path, tmp_path: Path) -> None:
    assert read_tags(tagged(bare, tmp_path / "a.mp3", b"")).getall("APIC") == []


@pytest.mark.parametrize("wrong", [b"\x89PNG\r\n", b"\xff\xd8\xff" + bytes(COVER_LIMIT)])
def test_a_cover_that_is_no_small_jpeg_is_refused(bare: Path, tmp_path: Path, wrong: bytes) -> None:
    with pytest.raises(AudionewsError, match="100 ko"):
        tagged(bare, tmp_path / "a.mp3", wrong)
