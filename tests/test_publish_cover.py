from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from audionews import settings
from audionews.errors import UsageError
from audionews.publish.cover import cover, ink, small_cover
from audionews.station import Station


def _station(folder: Path = Path("/nowhere"), **identity: str) -> Station:
    return settings.parse({"station": identity}, folder)


def _open(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("name", "color"),
    [("Radio du Lac", "#0B5C6B"), ("Écoute à l’Œuvre, Ségou", "#FFD75E"), ("R", "#000000")],
)
def test_a_drawn_cover_keeps_the_rules_of_directories(name: str, color: str) -> None:
    data = cover(_station(name=name, color=color))
    image = _open(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(data) <= 512_000
    assert data == cover(_station(name=name, color=color)), "two drawings of one station must not differ"


def test_accents_are_drawn() -> None:
    """A font that lacks a letter draws the same box for each: every accented name must differ from the others."""
    names = [f"Radio {letter}" for letter in "éèêëàâçîïôùûüœŒÉÈÀÇŋɛɔɲ"]
    drawn = {cover(_station(name=name), 1400) for name in names}
    assert len(drawn) == len(names)


def test_the_name_changes_the_picture() -> None:
    assert cover(_station(name="Radio du Lac"), 1400) != cover(_station(name="Radio du Col"), 1400)


def test_the_small_one_fits_a_tag() -> None:
    data = small_cover(_station(name="Radio du Lac"))
    assert len(data) <= 100_000
    assert _open(data).size == (600, 600)


def test_ink_contrasts_with_the_colour() -> None:
    assert ink(_station(color="#0B5C6B").identity) == (255, 255, 255)
    assert ink(_station(color="#FFD75E").identity) == (20, 23, 26)


def test_a_colour_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="« bleuâtre »"):
        cover(_station(color="bleuâtre"))


def test_a_name_too_long_asks_for_an_image() -> None:
    with pytest.raises(UsageError, match="trop long"):
        cover(_station(name="a" * 400), 1400)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("JPEG", "L"), ("PNG", "P"), ("JPEG", "CMYK")])
def test_an_own_image_becomes_an_rgb_jpeg(tmp_path: Path, kind: str, mode: str) -> None:
    Image.new(mode, (1500, 1500)).save(tmp_path / "own", kind)
    image = _open(cover(_station(tmp_path, cover="own")))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1500, 1500))


def test_a_huge_noisy_image_is_brought_within_the_limits(tmp_path: Path) -> None:
    Image.effect_noise((3100, 3100), 60).save(tmp_path / "own.png", compress_level=1)
    data = cover(_station(tmp_path, cover="own.png"))
    assert 1400 <= _open(data).width <= 3000
    assert len(data) <= 512_000


@pytest.mark.parametrize(
    ("size", "kind", "words"),
    [
        ((1500, 1400), "PNG", "n’est pas carrée"),
        ((1399, 1399), "JPEG", "trop petite"),
        ((1500, 1500), "GIF", "au format GIF"),
    ],
)
def test_an_own_image_that_breaks_a_rule_is_refused(
    tmp_path: Path, size: tuple[int, int], kind: str, words: str
) -> None:
    Image.new("L", size).save(tmp_path / "own", kind)
    with pytest.raises(UsageError, match=words) as caught:
        cover(_station(tmp_path, cover="own"))
    assert "\n" not in str(caught.value)


def test_an_own_image_that_is_none_or_absent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("bonjour")
    with pytest.raises(UsageError, match="n’est pas une image"):
        cover(_station(tmp_path, cover="own"))
    with pytest.raises(UsageError, match="ne peut pas être lue"):
        cover(_station(tmp_path, cover="absent.png"))
