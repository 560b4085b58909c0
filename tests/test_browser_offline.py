"""Bulletins kept for when there is no connection: assertions 31 to 35 of the design of the pages, in a real Chromium.

Without a connection means both: the browser is told that there is none, and the server is stopped.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audionews.model import Correction, Episode, Withdrawal
from audionews.publish.serve import make_server
from audionews.station import Station
from tests.browser_site import Visit, visit
from tests.publish_samples import former_episodes, publish, sample_episode, sample_station, tones

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.browser_site"]
pytestmark = pytest.mark.browser

KEY = "2025-06-07-matin"
PAGE = f"episodes/{KEY}/index.html"
NOON = datetime(2025, 6, 7, 12, 0, tzinfo=UTC)


@dataclass
class Place:
    """A site on a server that can be stopped and started again at the same address."""

    folder: Path
    url: str
    station: Station
    sound: Path
    episodes: list[Episode]
    port: int
    server: Any = None
    thread: threading.Thread | None = None

    def start(self) -> None:
        listening = socket.create_server(("127.0.0.1", self.port))
        self.server = make_server(self.folder)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.should_exit = True
        assert self.thread
        self.thread.join(10)

    def show(self, latest: Episode) -> None:
        """Publish the latest bulletin as it is now."""
        publish(latest, self.sound, [latest, *self.episodes[1:]], self.station, self.folder / "lac")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    top = tmp_path_factory.mktemp("offline")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/lac"
    station = sample_station(url=url)
    sound = tones(top / "bulletin.mp3", sample_episode().duration_ms / 1000)
    latest = sample_episode(sound=sound, at=station)
    former = [replace(one, bytes=len(sound), sha256=latest.sha256) for one in former_episodes(6, station)]
    place = Place(top / "public", url, station, top / "bulletin.mp3", [latest, *former], port)
    for one in reversed(place.episodes):
        publish(one, place.sound, place.episodes, station, place.folder / "lac")
    shutil.copytree(place.folder, top / "kept")
    return place


@pytest.fixture
def place(published: Place) -> Iterator[Place]:
    """Give the site as it was first published, served."""
    shutil.rmtree(published.folder)
    shutil.copytree(published.folder.parent / "kept", published.folder)
    published.start()
    yield published
    published.stop()


def keep(made: Visit) -> None:
    """Press the button that keeps the bulletin, and wait until it is."""
    made.page.click(".keep")
    made.wait("document.querySelector('.keep').textContent === 'Gardé. Supprimer'")


@contextlib.contextmanager
def without(made: Visit, place: Place) -> Iterator[None]:
    """Take the connection away: the server stops, too."""
    place.stop()
    made.page.context.set_offline(True)
    yield
    made.page.context.set_offline(False)
    place.start()


def ask(made: Visit, sought: str) -> dict[str, Any]:
    """Ask for a range of the kept sound from the page."""
    return dict(
        made.page.evaluate(
            """async (range) => {
              const url = document.querySelector('[data-player]').dataset.kept;
              const answer = await fetch(url, {headers: {Range: range}});
              const told = (name) => answer.headers.get(name);
              return {status: answer.status, range: told('Content-Range'), length: told('Content-Length'),
                accepts: told('Accept-Ranges'), body: (await answer.arrayBuffer()).byteLength};
            }""",
            sought,
        )
    )


def sizes(made: Visit) -> int:
    return int(made.number("(async () => (await caches.keys()).length)()"))


def workers(made: Visit) -> int:
    return int(made.number("navigator.serviceWorker.getRegistrations().then(all => all.length)"))


def test_who_keeps_nothing_has_no_worker_and_no_cache(browser: Browser, place: Place) -> None:
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        assert made.page.inner_text(".keep").startswith("Garder hors ligne (")
        assert (workers(made), sizes(made)) == (0, 0)
        assert not [one for one in made.requests if one.endswith(("keeping.js", "sw.js", "latest.json"))]
        assert not made.complaints


def test_a_kept_bulletin_is_read_and_heard_without_a_connection(browser: Browser, place: Place) -> None:
    """31 and 33: page, text, chapters and sound; a seek to nine tenths plays on."""
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        keep(made)
        assert made.page.inner_text("[data-kept-status]") == "Gardé sur ce téléphone"
        with without(made, place):
            made.page.goto(f"{place.url}/{PAGE}")
            made.ready()
            assert "régulateurs" in made.page.inner_text(".text")
            assert made.page.locator(".chapters a").count() > 3
            made.play()
            made.wait("document.querySelector('audio').currentTime > 0.2")
            made.page.evaluate(
                "document.querySelector('audio').currentTime = document.querySelector('audio').duration * .9"
            )
            length = made.number("document.querySelector('audio').duration")
            made.wait(f"document.querySelector('audio').currentTime > {length * 0.9 + 0.3}")
            made.page.goto(f"{place.url}/index.html")
            assert made.page.is_visible("#hors-ligne >> text=Journal du matin")


def test_a_bulletin_that_is_not_kept_says_so(browser: Browser, place: Place) -> None:
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        with without(made, place):
            made.page.click(".play")
            made.wait(
                "document.querySelector('.alarm, .status') && document.body.innerText.includes('n’est pas gardé ici')"
            )
            said = made.page.inner_text(".says").replace("\u00a0", " ")
            assert "Pas de connexion : ce journal n’est pas gardé ici. Le texte reste lisible." in said


def test_ranges_of_a_kept_sound_are_exact(browser: Browser, place: Place) -> None:
    """32: Safari refuses a plain 200; Chromium does not tell."""
    size = place.sound.stat().st_size
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        keep(made)
        made.page.reload()
        made.wait("navigator.serviceWorker.controller && document.querySelector('[data-kept]')")
        with without(made, place):
            for sought, first, last in (
                ("bytes=0-1", 0, 1),
                ("bytes=1000-1999", 1000, 1999),
                (f"bytes={size - 10}-", size - 10, size - 1),
                ("bytes=-100", size - 100, size - 1),
                (f"bytes={size - 5}-{size + 500}", size - 5, size - 1),
            ):
                assert ask(made, sought) == {
                    "status": 206,
                    "range": f"bytes {first}-{last}/{size}",
                    "length": str(last - first + 1),
                    "accepts": "bytes",
                    "body": last - first + 1,
                }
            past = ask(made, f"bytes={size}-")
            assert (past["status"], past["range"]) == (416, f"bytes */{size}")


def test_what_is_deleted_leaves_nothing_behind(browser: Browser, place: Place) -> None:
    """34, first half."""
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        keep(made)
        assert (workers(made), sizes(made) > 0) == (1, True)
        made.page.click(".keep")
        made.wait("document.querySelector('.keep').textContent.startsWith('Garder')")
        made.wait("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
        assert sizes(made) == 0


def test_a_sixth_asks_before_it_replaces_the_oldest(browser: Browser, place: Place) -> None:
    """34, second half."""
    with visit(browser, f"{place.url}/{PAGE}") as made:
        for one in place.episodes[:5]:
            made.page.goto(f"{place.url}/episodes/{one.id}/index.html")
            made.ready()
            keep(made)
        made.page.goto(f"{place.url}/episodes/{place.episodes[5].id}/index.html")
        made.ready()
        made.page.click(".keep")
        made.wait("document.querySelector('[data-kept-status] button')")
        assert "Vous gardez déjà 5 journaux" in made.page.inner_text("[data-kept-status]").replace("\u00a0", " ")
        made.page.click("[data-kept-status] button")
        made.wait("document.querySelector('.keep').textContent === 'Gardé. Supprimer'")
        made.page.goto(f"{place.url}/index.html")
        made.wait("document.querySelectorAll('#hors-ligne li').length === 5")
        assert "samedi 7 juin" not in made.page.inner_text("#hors-ligne").replace("\u00a0", " ")


def test_a_withdrawn_bulletin_leaves_the_caches_at_the_next_visit(browser: Browser, place: Place) -> None:
    """35."""
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        keep(made)
        gone = Withdrawal(NOON, "Une information n’était pas confirmée.")
        place.show(replace(place.episodes[0], withdrawn=gone))
        made.page.goto(f"{place.url}/index.html")
        made.wait("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
        assert sizes(made) == 0
        made.page.goto(f"{place.url}/{PAGE}")
        made.page.reload()  # a page may come from the browser's own cache for a minute
        assert "Ce journal a été retiré" in made.page.inner_text("main")
        assert made.page.locator("audio").count() == 0


def test_a_corrected_bulletin_is_told_and_its_old_sound_dropped(browser: Browser, place: Place) -> None:
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        keep(made)
        first = place.episodes[0]
        fixed = Correction(NOON + timedelta(hours=1), "Le budget est de 14 millions, non de 41.")
        sound = place.sound.read_bytes()
        path = place.sound.with_name("corrected.mp3")
        path.write_bytes(sound[: len(sound) // 2])
        again = sample_episode(sound=path.read_bytes(), at=place.station)
        corrected = replace(again, guid=first.guid, corrections=(fixed,))
        publish(corrected, path, [corrected, *place.episodes[1:]], place.station, place.folder / "lac")
        made.page.goto(f"{place.url}/{PAGE}")
        made.page.reload()  # a page may come from the browser's own cache for a minute
        made.wait("document.querySelector('[data-kept-status]').textContent.includes('Corrigé depuis')")
        cached = made.page.evaluate(
            "(async () => { const all = []; for (const name of await caches.keys())"
            " for (const one of await (await caches.open(name)).keys()) all.push(one.url); return all; })()"
        )
        assert not [one for one in cached if one.endswith(first.audio)]
        keep(made)
        with without(made, place):
            made.page.goto(f"{place.url}/{PAGE}")
            made.wait("document.body.innerText.includes('14')")


def test_no_room_is_told(browser: Browser, place: Place) -> None:
    with visit(browser, f"{place.url}/{PAGE}") as made:
        made.ready()
        session = made.page.context.new_cdp_session(made.page)
        origin = place.url.removesuffix("/lac")
        session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 50_000})
        made.page.click(".keep")
        made.wait("document.querySelector('[data-kept-status]').textContent.includes('Pas assez de place')")
        said = made.page.inner_text("[data-kept-status]").replace("\u00a0", " ")
        assert said == "Pas assez de place.", "there is no former one to delete"
        assert json.loads(str(made.page.evaluate("JSON.stringify(Object.values(localStorage))"))) in ([], ["[]"])
