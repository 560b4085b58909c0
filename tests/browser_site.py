"""A site with every kind of page, served on loopback, and a Chromium that visits it: for the tests of the pages.

A test module takes the fixtures by ``pytest_plugins = ["tests.browser_site"]``. It also imports from here, and so
before pytest could rewrite the asserts: PYTEST_DONT_REWRITE.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from audionews import ffmpeg
from audionews.model import Alternate, Caption, Chapter, Correction, Credit, Episode, Role, Withdrawal, Word
from audionews.publish.assets import assets
from audionews.publish.cover import cover
from audionews.publish.episode import beats
from audionews.publish.listing import Row, Subscription, archive_page, index_page, subscribe_page
from audionews.publish.page import embed_page, episode_page, withdrawn_page
from audionews.publish.transcript import srt, transcript_json, vtt, words_vtt
from audionews.station import Station
from tests.publish_samples import DAY, former_episodes, sample_episode, sample_station
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LIMIT = 10_000  # ms; no wait is longer
LATEST, CORRECTED, WITHDRAWN, LONG = "2025-06-07-matin", "2025-06-06-soir", "2025-06-06-matin", "2025-06-05-soir"
PAGES = {
    "index": "index.html",
    "archive": "archives/2025-06.html",
    "bulletin": f"episodes/{LATEST}/index.html",
    "embed": f"episodes/{LATEST}/embed.html",
    "subscribe": "abonner.html",
}
MORE = {
    "corrected": f"episodes/{CORRECTED}/index.html",
    "withdrawn": f"episodes/{WITHDRAWN}/index.html",
    "long": f"episodes/{LONG}/index.html",
}
LONG_SECONDS = 575


@cache
def sounds(seconds: float) -> dict[str, bytes]:
    """Make a tone in the three sizes listeners choose from; a long one is one of a tenth, ten times."""
    times = 10 if seconds > 100 else 1
    tone = f"sine=frequency=440:sample_rate=24000:duration={seconds / times}"
    made = {
        "full": (".mp3", "libmp3lame", "64k"),
        "mp3": (".mp3", "libmp3lame", "48k"),
        "opus": (".opus", "libopus", "24k"),
    }
    with TemporaryDirectory() as folder:
        given = {}
        for kind, (ending, codec, rate) in made.items():
            path = Path(folder) / f"{kind}{ending}"
            once = path.with_stem(f"{kind}-once")
            ffmpeg.run("-f", "lavfi", "-i", tone, "-c:a", codec, "-b:a", rate, str(once), timeout=60)
            ffmpeg.run("-stream_loop", str(times - 1), "-i", str(once), "-c", "copy", str(path), timeout=60)
            given[kind] = path.read_bytes()
    return given


def with_sounds(episode: Episode, site: Path) -> Episode:
    """Give an episode its sounds in three sizes, written into the site."""
    made = sounds(episode.duration_ms / 1000)
    stem = episode.audio.removesuffix(".mp3")
    alternates = tuple(
        Alternate(kind, f"{stem}-{kbps}{ending}", mime, len(made[kind]), hashlib.sha256(made[kind]).hexdigest(), kbps)
        for kind, ending, mime, kbps in (("opus", ".opus", "audio/ogg", 24), ("mp3", ".mp3", "audio/mpeg", 48))
    )
    for path, kind in ((episode.audio, "full"), *((one.audio, one.kind) for one in alternates)):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(made[kind])
    full = made["full"]
    return replace(episode, alternates=alternates, bytes=len(full), sha256=hashlib.sha256(full).hexdigest())


STORIES = (
    ("budget", "Le conseil communal adopte un budget de 14 millions", "le quotidien L’Essor"),
    ("eau", "Panne d’eau\u00a0: trois quartiers de la rive droite attendent", "le journal Le Sillon"),
    ("mais", "Le prix du maïs baisse de 12\u202f% au marché", "le quotidien L’Essor"),
    ("route", "La route du barrage rouvre après deux mois de travaux", "le journal Le Sillon"),
    ("ecole", "La rentrée se prépare dans les 41 écoles du cercle", "le quotidien L’Essor"),
    ("sante", "Une campagne de vaccination commence lundi", "l’agence du Fleuve"),
    ("lutte", "Lutte\u00a0: le champion garde son titre", "le journal Le Sillon"),
)
SENTENCES = (
    "Le conseil communal s’est réuni jeudi 5 juin pour voter les dépenses de l’année, après trois semaines de débats.",
    "Le maire a rappelé que «\u202fl’école et l’eau passent avant tout le reste\u202f», et les élus l’ont suivi par "
    "18 voix contre 4.",
    "Les travaux commenceront à la fin de la saison des pluies, si les entreprises répondent à temps à l’appel "
    "d’offres.",
    "Sur place, les habitants disent attendre depuis longtemps\u202f; une commerçante du marché raconte que sa famille "
    "marche deux kilomètres chaque matin.",
    "La préfecture promet un premier bilan avant le 15 septembre.",
)


def long_episode(at: Station) -> Episode:
    """Give a magazine of 575 s and about 1,500 words, each of them timed."""
    texts = [(story, title, SENTENCES[n % len(SENTENCES)]) for story, title, _ in STORIES for n in range(11)]
    length = LONG_SECONDS * 1000
    total = sum(len(text) + 12 for _, _, text in texts)
    captions: list[Caption] = []
    starts: dict[str, int] = {}
    at_ms = 0
    for story, _title, text in texts:
        end = at_ms + (len(text) + 12) * length // total
        starts.setdefault(story, at_ms)
        step, words, place = (end - at_ms) / (len(text) + 12), [], 0
        for word in text.split(" "):
            words.append(Word(word, at_ms + round(place * step), at_ms + round((place + len(word)) * step)))
            place += len(word) + 1
        timed = Caption(at_ms, end, text, Role.STORY, story, words=tuple(words))
        captions.append(replace(timed, beats=beats(timed)))
        at_ms = end
    ends = [*list(starts.values())[1:], length]
    return replace(
        sample_episode(LONG, day=date(2025, 6, 5), title="Journal du soir", at=at),
        duration_ms=length,
        captions=tuple(captions),
        chapters=tuple(
            Chapter(start, end, title, story)
            for (story, title, _), start, end in zip(STORIES, starts.values(), ends, strict=True)
        ),
        credits=tuple(
            Credit(story, title, source, "Awa Sissoko", f"https://presse.example/{story}", date(2025, 6, 5))
            for story, title, source in STORIES
        ),
        summary=" ".join(f"{title}." for _, title, _ in STORIES),
    )


def build(site: Path, url: str) -> None:
    """Write a site: the latest bulletin, a corrected one, a withdrawn one, a long one, and the pages around them."""
    at = sample_station(url=url)
    picture = cover(at, 1400)
    names, files = assets(at, "cover-12345678.jpg")
    latest = with_sounds(sample_episode(at=at), site)
    former = former_episodes(8, at)
    made = {one.id: one for one in [latest, *former, with_sounds(long_episode(at), site)]}
    noon = latest.published + timedelta(hours=2, minutes=5)
    made[CORRECTED] = replace(
        made[CORRECTED], corrections=(Correction(noon, "Le budget est de 14 millions, non de 41."),)
    )
    made[WITHDRAWN] = replace(
        made[WITHDRAWN], withdrawn=Withdrawal(noon, "Une information n’était pas confirmée par sa source.")
    )
    pages: dict[str, str] = {}
    for one in made.values():
        page = withdrawn_page if one.withdrawn else episode_page
        pages[f"episodes/{one.id}/index.html"] = page(one, at, names)
        pages[f"episodes/{one.id}/embed.html"] = embed_page(one, at, names, "../../")
        if not one.withdrawn:
            written = {"vtt": vtt(one), "srt": srt(one), "words.vtt": words_vtt(one), "json": transcript_json(one)}
            pages |= {f"episodes/{one.id}/transcript.{ending}": text for ending, text in written.items()}
    rows = [
        Row(
            one.id,
            one.title.partition(",")[0],
            one.date,
            one.duration_ms,
            one.bytes,
            bool(one.corrections),
            bool(one.withdrawn),
        )
        for one in sorted(made.values(), key=lambda one: (one.date, one.edition), reverse=True)
    ]
    months = ["2025-06", "2025-05", "2024-12"]
    feeds = [
        Subscription(at.identity.name, "feed.xml", at.identity.description),
        Subscription(f"{at.identity.name}, le matin", "feed-matin.xml", "Le journal du matin seulement."),
    ]
    pages["embed.html"] = embed_page(latest, at, names, "")
    pages["index.html"] = index_page(latest, [one for one in rows if one.id != LATEST], months, feeds, at, names)
    for month in months:
        shown = rows if month == "2025-06" else [replace(one, date=DAY.replace(month=5)) for one in rows[:1]]
        pages[f"archives/{month}.html"] = archive_page(month, shown, months, at, names)
    pages["abonner.html"] = subscribe_page(feeds, at, names)
    for path, data in {**files, names.cover: picture, **{name: text.encode() for name, text in pages.items()}}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Build the site in a sub-folder of a real server; give its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/lac"
    build(folder / "lac", url)
    with serving(folder, listening=listening):
        yield url


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("browser")) as url:
        yield url


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path, args=[*FLAGS, "--autoplay-policy=no-user-gesture-required"]
        )
        yield started
        started.close()


@dataclass
class Visit:
    """A page, and what it asked for and complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]

    def number(self, expression: str) -> float:
        return float(self.page.evaluate(expression))

    def true(self, expression: str) -> bool:
        return bool(self.page.evaluate(f"(async () => Boolean(await ({expression})))()"))  # it may be a promise

    @property
    def time(self) -> float:
        return self.number("document.querySelector('audio').currentTime")

    @property
    def paused(self) -> bool:
        return self.true("document.querySelector('audio').paused")

    @property
    def heard(self) -> list[str]:
        """The sounds that were asked for."""
        return [url for url in self.requests if url.endswith((".mp3", ".opus"))]

    def wait(self, expression: str) -> None:
        # Not wait_for_function: it evaluates a string inside the page, which the page's policy forbids.
        end = time.monotonic() + LIMIT / 1000
        while not self.true(expression):
            if time.monotonic() > end:
                says = self.page.evaluate(
                    "(({readyState, networkState, paused, currentTime, src}) => [readyState, networkState, paused,"
                    " currentTime, src])(document.querySelector('audio') ?? {})"
                )
                raise AssertionError(f"never true: {expression}; {says} {self.complaints} {self.requests[-3:]}")
            self.page.wait_for_timeout(40)

    def ready(self) -> None:
        """Wait until the player is in the place of the browser's own."""
        self.wait("!document.querySelector('[data-player]') || document.querySelector('.ready')")

    def play(self) -> None:
        """Press Play where it stands still: a button that moves between press and release is not pressed."""
        self.ready()
        self.settle()
        self.page.click(".play")

    def settle(self) -> None:
        """Wait until the page has stood still for a while: half under the player, a button is no target."""
        seen, still = -1.0, 0
        end = time.monotonic() + LIMIT / 1000
        while still < 5:
            now = self.number("window.scrollY")
            still = still + 1 if now == seen else 0
            seen = now
            assert time.monotonic() < end, "the page never stands still"
            self.page.wait_for_timeout(40)


@contextlib.contextmanager
def visit(browser: Browser, url: str, script: str = "", **options: Any) -> Iterator[Visit]:
    """Open a page in a context of its own.

    Args:
        browser: where.
        url: of the page.
        script: that runs before those of the page.
        options: of the context: viewport, color_scheme, java_script_enabled …
    """
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 360, "height": 640}, **options})
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(LIMIT)
    made = Visit(page, [], [])
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("console", lambda message: made.complaints.append(message.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    try:
        page.goto(url, wait_until="load")
        yield made
    finally:
        context.close()


@pytest.fixture
def bulletin(browser: Browser, address: str) -> Iterator[Visit]:
    with visit(browser, f"{address}/{PAGES['bulletin']}") as made:
        made.ready()
        yield made
        assert not made.complaints


@pytest.fixture(scope="session")
def axe() -> str:
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
