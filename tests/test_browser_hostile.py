"""A bulletin whose every text is hostile, in a real Chromium: no script runs, and the text is read as it stands."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audionews.model import Correction, Credit, Episode
from audionews.publish.episode import printed
from tests.browser_site import visit
from tests.publish_samples import PUBLISHED, publish, sample_episode, sample_station
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.browser_site"]
pytestmark = pytest.mark.browser

EVIL = (
    "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"'><svg onload=window.pwned=1> ]]> </title>"
    "</textarea> \u202eadroit 👩\u200d👧 مرحبا javascript:alert(1)"
)
KEY = "2025-06-07-matin"
PAGES = (
    *("index.html", "embed.html", "abonner.html", "archives/2025-06.html", "recherche.html?q=script"),
    *(f"episodes/{KEY}/{name}.html" for name in ("index", "embed", "transcript")),
)


def evil(episode: Episode) -> Episode:
    said = printed(EVIL)
    return replace(
        episode,
        title=said,
        summary=said,
        captions=tuple(replace(one, text=said, words=(), beats="", speaker=said) for one in episode.captions),
        chapters=tuple(replace(one, title=said) for one in episode.chapters),
        credits=(Credit("telecoms", said, said, said, 'https://presse.example/"><script>x</script>'),),
        corrections=(Correction(PUBLISHED + timedelta(hours=1), said),),
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    top: Path = tmp_path_factory.mktemp("hostile")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    plain = sample_station(url=url)
    station = replace(plain, identity=replace(plain.identity, description=EVIL, copyright=EVIL))
    (top / "bulletin.mp3").write_bytes(b"ID3 sound")
    latest = evil(sample_episode(sound=b"ID3 sound", at=station))
    publish(latest, top / "bulletin.mp3", [latest], station, top / "public")
    with serving(top / "public", listening=listening):
        yield url


@pytest.mark.parametrize("page", PAGES)
def test_no_script_runs_and_the_text_is_read_as_it_stands(browser: Browser, site: str, page: str) -> None:
    with visit(browser, f"{site}/{page}") as made:
        opened: list[str] = []
        made.page.on("dialog", lambda dialog: opened.append(dialog.message))
        if "q=" in page:
            made.wait("document.querySelector('.results mark')")
        made.page.wait_for_timeout(100)
        assert not made.true("window.pwned")
        assert not opened
        assert not made.complaints, "nothing was injected for the policy to stop"
        assert {one.partition("/")[0] + "//" + one.split("/")[2] for one in made.requests} == {site}
        if "abonner" not in page:
            assert "<script>window.pwned=1</script>" in made.page.inner_text("body")
        for link in made.page.locator("a").evaluate_all("all => all.map(one => one.protocol)"):
            assert link in {"http:", "https:", "mailto:", "podcast:", "pktc:", "overcast:"}
