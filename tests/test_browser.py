"""The pages in a real Chromium, from a server on loopback: what listeners see, hear and press."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audionews.publish.serve import create_app
from audionews.publish.site import publish
from tests.publish_samples import former_episodes, sample_episode, sample_station, tones

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LIMIT = 10_000  # ms; no wait is longer
PAGES = {"index": "index.html", "bulletin": "episodes/2025-06-07-matin/index.html"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Publish a bulletin in a sub-folder of a real server, and give its address."""
    import uvicorn

    top = tmp_path_factory.mktemp("browser")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/lac"
    station = sample_station(url=url)
    sound = tones(top / "bulletin.mp3", sample_episode().duration_ms / 1000)
    episode = sample_episode(sound=sound, at=station)
    episodes = [episode, *former_episodes(8, station)]
    publish(episode, top / "bulletin.mp3", episodes, station, top / "public" / "lac", is_latest=True)
    server = uvicorn.Server(uvicorn.Config(create_app(top / "public"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield url
    server.should_exit = True
    thread.join(10)
    listening.close()


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

    @property
    def time(self) -> float:
        return self.number("document.querySelector('audio').currentTime")

    @property
    def paused(self) -> bool:
        return bool(self.page.evaluate("document.querySelector('audio').paused"))

    def wait(self, expression: str) -> None:
        # Not wait_for_function: it evaluates a string inside the page, which the page's policy forbids.
        end = time.monotonic() + LIMIT / 1000
        while not self.page.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(40)

    def settle(self) -> None:
        """Wait until the page has stood still for a while: half under the player, a button is no target."""
        seen, still = -1.0, 0
        end = time.monotonic() + LIMIT / 1000
        while still < 8:
            now = self.number("window.scrollY")
            still = still + 1 if now == seen else 0
            seen = now
            assert time.monotonic() < end, "the page never stands still"
            self.page.wait_for_timeout(40)


@contextlib.contextmanager
def _visit(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 360, "height": 640}, **options})
    page = context.new_page()
    page.set_default_timeout(LIMIT)
    visit = Visit(page, [], [])
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    try:
        page.goto(url, wait_until="load")
        yield visit
    finally:
        context.close()


@pytest.fixture
def bulletin(browser: Browser, address: str) -> Iterator[Visit]:
    with _visit(browser, f"{address}/{PAGES['bulletin']}") as visit:
        visit.wait("document.querySelector('.ready')")
        yield visit
        assert not visit.complaints


@pytest.fixture(scope="module")
def axe() -> str:
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_that_axe_can_find(
    browser: Browser, address: str, axe: str, name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 700}
    with _visit(browser, f"{address}/{PAGES[name]}#t=20", viewport=size, color_scheme=scheme, bypass_csp=True) as visit:
        visit.wait("document.querySelector('.ready')")
        visit.settle()
        visit.page.add_script_tag(content=axe)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = visit.page.evaluate("tags => axe.run({runOnly: tags})", tags)
        assert found["passes"]
        shown = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert not shown, json.dumps(shown, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_loading_is_small_quiet_and_still(browser: Browser, address: str, name: str, width: int) -> None:
    """No overflow, no sound before Play, no other origin, no complaint, few requests, no layout shift."""
    with _visit(browser, f"{address}/{PAGES[name]}", viewport={"width": width, "height": 640}) as visit:
        visit.wait("document.querySelector('.ready')")
        shift = visit.number(
            "new Promise(done => { let sum = 0;"
            " new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))"
            ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 400); })"
        )
        assert shift <= 0.02
        assert visit.number("document.documentElement.scrollWidth") <= width
        assert visit.number("document.querySelectorAll('*').length") <= 1000
        assert not [url for url in visit.requests if ".mp3" in url]
        assert all(url.startswith(address) for url in visit.requests)
        assert len(visit.requests) <= 5
        assert not visit.complaints
        assert "58\u00a0s · 0,5\u00a0Mo" in visit.page.inner_text("main"), "length and size stand before Play"


@pytest.mark.parametrize("name", PAGES)
def test_controls_are_large_and_named_by_what_they_show(browser: Browser, address: str, name: str) -> None:
    with _visit(browser, f"{address}/{PAGES[name]}") as visit:
        visit.wait("document.querySelector('.ready')")
        for control in visit.page.query_selector_all("button:visible, select:visible, .chapters a, .rows a"):
            box = control.bounding_box()
            assert box
            assert box["height"] >= 48, control.inner_text()
        for button in visit.page.query_selector_all("button[aria-label]"):
            assert (button.get_attribute("aria-label") or "").startswith(button.inner_text())


def test_play_toggles_by_mouse_and_keys(bulletin: Visit) -> None:
    page, label = bulletin.page, "document.querySelector('.play').innerText"
    assert page.inner_text(".play") == "Écouter"
    page.click(".play")
    bulletin.wait("document.querySelector('audio').currentTime > 0.3")
    assert page.inner_text(".play") == "Pause"
    page.keyboard.press("Enter")
    bulletin.wait(f"document.querySelector('audio').paused && {label} === 'Écouter'")
    page.keyboard.press("Space")
    bulletin.wait(f"!document.querySelector('audio').paused && {label} === 'Pause'")
    assert page.inner_text(".status") == ""


def test_letters_do_nothing_and_space_scrolls(bulletin: Visit) -> None:
    for key in "kjlmf0":
        bulletin.page.keyboard.press(key)
    assert bulletin.paused
    bulletin.page.keyboard.press("Space")
    bulletin.wait("scrollY > 100")
    assert bulletin.paused


def test_the_first_tab_stop_leads_to_the_content(bulletin: Visit) -> None:
    bulletin.page.keyboard.press("Tab")
    assert bulletin.page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    bulletin.page.keyboard.press("Enter")
    assert bulletin.page.evaluate("document.activeElement.id") == "contenu"


def test_a_chapter_plays_from_its_start(bulletin: Visit) -> None:
    bulletin.page.click(".chapters li:nth-child(3) a")
    bulletin.wait("document.querySelector('audio').currentTime > 34.4")
    assert bulletin.time < 38
    assert not bulletin.paused
    current = bulletin.page.query_selector_all("[aria-current]")
    assert [one.inner_text().split("\n")[0] for one in current] == ["Panne d’eau\u00a0: 3 quartiers attendent"]
    assert bulletin.page.url.endswith("#t=34")
    assert bulletin.page.inner_text(".now").startswith("L’eau manque")


def test_the_current_sentence_follows_and_is_brought_into_view(bulletin: Visit) -> None:
    bulletin.page.click(".chapters li:nth-child(4) a")
    bulletin.wait("document.querySelector('.now')?.textContent.startsWith('C’est 12')")
    bulletin.wait(
        "(box => box.top > 60 && box.bottom < innerHeight)(document.querySelector('.now').getBoundingClientRect())"
    )
    same = (
        "(([...document.querySelectorAll('[data-t]')]"
        ".findLast(one => one.dataset.t <= document.querySelector('audio').currentTime * 1000 + 50))"
        " === document.querySelector('.now'))"
    )
    right = 0
    for _ in range(20):
        right += bool(bulletin.page.evaluate(same))
        bulletin.page.wait_for_timeout(60)
    assert right >= 15, "the marked sentence is the one that is heard, but for the instant of a change"


def test_following_can_be_switched_off_and_stays_off(bulletin: Visit) -> None:
    page = bulletin.page
    assert page.get_attribute(".follow", "aria-pressed") == "true"
    page.click(".follow")
    page.reload()
    bulletin.wait("document.querySelector('.ready')")
    assert page.get_attribute(".follow", "aria-pressed") == "false"
    page.click(".text h3 a >> nth=1")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    bulletin.wait("document.querySelector('audio').currentTime > 18.6")
    assert page.query_selector(".now")
    assert bulletin.number("scrollY") == 0


def test_scrolling_by_hand_holds_the_following(bulletin: Visit) -> None:
    page = bulletin.page
    page.click(".chapters li:nth-child(2) a")
    bulletin.wait("document.querySelector('audio').currentTime > 16.5")
    page.mouse.wheel(0, -5000)
    bulletin.wait("scrollY === 0")
    bulletin.wait("document.querySelector('audio').currentTime > 19")
    assert bulletin.number("scrollY") == 0


@pytest.mark.parametrize(("hash_", "at"), [("t=20", 20), ("t=0:34", 34), ("t=0:00:12", 12), ("t=45,50", 45)])
def test_a_deep_link_cues_and_does_not_play(browser: Browser, address: str, hash_: str, at: int) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}#{hash_}") as visit:
        visit.wait("document.querySelector('.status').textContent.startsWith('Prêt')")
        assert visit.paused
        assert not [url for url in visit.requests if ".mp3" in url]
        assert visit.page.inner_text(".status") == f"Prêt à 0:{at}."
        assert visit.page.inner_text(".time .at") == f"0:{at}"
        visit.wait(
            "(box => box.top > 50 && box.top < innerHeight)(document.querySelector('.now').getBoundingClientRect())"
        )
        visit.page.click(".play")
        visit.wait("document.querySelector('audio').currentTime > 0")
        assert at - 0.5 <= visit.time <= at + 2


def test_a_deep_link_with_an_end_stops_there(browser: Browser, address: str) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}#t=50,52") as visit:
        visit.page.click(".play")
        visit.wait("document.querySelector('audio').currentTime > 51.8 && document.querySelector('audio').paused")
        assert visit.time < 53


@pytest.mark.parametrize("hash_", ["t=99999", "t=abc", "t=1:2:3:4", "%", "x"])
def test_a_strange_address_harms_nothing(browser: Browser, address: str, hash_: str) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}#{hash_}") as visit:
        visit.wait("document.querySelector('.ready')")
        assert visit.page.inner_text(".time .at") == "0:00"
        assert not visit.complaints


def test_the_position_speaks_in_words_and_moves_by_keys(bulletin: Visit) -> None:
    page = bulletin.page
    page.focus(".seek")
    assert page.get_attribute(".seek", "aria-valuetext") == "0\u00a0seconde sur 58\u00a0secondes"
    page.keyboard.press("ArrowRight")
    assert page.get_attribute(".seek", "aria-valuetext") == "5\u00a0secondes"
    page.keyboard.press("PageUp")
    assert page.inner_text(".time .at") == "0:35"
    page.keyboard.press("Home")
    assert page.inner_text(".time .at") == "0:00"
    page.click("[data-skip='30']")
    assert page.inner_text(".time .at") == "0:30"
    page.click("[data-skip='-10']")
    assert page.inner_text(".time .at") == "0:20"


def test_a_focused_position_stays_silent_while_playing(bulletin: Visit) -> None:
    bulletin.page.click(".play")
    bulletin.wait("document.querySelector('audio').currentTime > 0.2")
    bulletin.page.focus(".seek")
    said = bulletin.page.get_attribute(".seek", "aria-valuetext")
    bulletin.wait("document.querySelector('audio').currentTime > 2.5")
    assert bulletin.page.get_attribute(".seek", "aria-valuetext") == said


def test_speed_is_kept_for_the_next_visit(bulletin: Visit) -> None:
    bulletin.page.select_option(".speed", "1.5")
    bulletin.page.reload()
    bulletin.page.click(".play")
    bulletin.wait("document.querySelector('audio').playbackRate === 1.5")


def test_the_place_is_kept_for_the_next_visit(bulletin: Visit) -> None:
    page = bulletin.page
    page.click("[data-skip='30']")
    page.click(".play")
    bulletin.wait("document.querySelector('audio').currentTime > 30.2")
    page.click(".play")
    page.reload()
    bulletin.wait("document.querySelector('.status').textContent.startsWith('Reprendre')")
    assert re.fullmatch(r"Reprendre à 0:3\d\.", page.inner_text(".status"))
    page.click(".play")
    bulletin.wait("document.querySelector('audio').currentTime > 29.5")


def test_a_sound_that_does_not_come_is_told(browser: Browser, address: str) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}") as visit:
        visit.page.route("**/*.mp3", lambda route: route.fulfill(status=404))
        visit.page.click(".play")
        visit.wait("document.querySelector('.status').textContent.startsWith('Le son ne se charge pas')")
        assert visit.page.inner_text(".play") == "Écouter"
        visit.page.unroute("**/*.mp3")
        visit.page.click(".play")
        visit.wait("document.querySelector('audio').currentTime > 0.2")
        assert visit.page.inner_text(".status") == ""


def test_a_slow_sound_says_that_it_is_loading(browser: Browser, address: str) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}") as visit:
        visit.page.route("**/*.mp3", lambda route: None)
        visit.page.click(".play")
        visit.wait("document.querySelector('.status').textContent === 'Chargement du son…'")
        assert visit.page.inner_text(".play") == "Pause"
        visit.page.click(".play")
        visit.wait("document.querySelector('.status').textContent === ''")
        assert visit.page.inner_text(".play") == "Écouter"


def test_an_old_bulletin_points_to_the_latest(bulletin: Visit) -> None:
    bulletin.wait("document.querySelector('.status a')")
    assert bulletin.page.inner_text(".status") == "Ce journal a plus d’un jour. Écouter le dernier journal"
    bulletin.page.click(".status a")
    bulletin.page.wait_for_url("**/lac/index.html")


def test_the_first_page_plays_its_chapters_in_place(browser: Browser, address: str) -> None:
    with _visit(browser, f"{address}/{PAGES['index']}") as visit:
        visit.page.click(".chapters li:nth-child(2) a")
        visit.wait("document.querySelector('audio').currentTime > 12.5")
        assert visit.page.url.endswith("index.html")
        assert visit.page.get_attribute(".chapters li:nth-child(2) a", "aria-current") == "true"
        assert not visit.complaints


def test_addresses_can_be_copied(browser: Browser, address: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with _visit(browser, f"{address}/{PAGES['index']}", permissions=permissions) as visit:
        visit.page.click("[data-copy]")
        visit.wait("document.querySelector('[data-copied]').textContent === 'Adresse copiée.'")
        assert visit.page.evaluate("navigator.clipboard.readText()") == f"{address}/feed.xml"
        visit.page.click("[data-skip='30']")
        visit.page.click(".share")
        visit.wait("document.querySelector('.status').textContent === 'Lien copié, à 0:30.'")
        assert visit.page.evaluate("navigator.clipboard.readText()") == f"{address}/{PAGES['bulletin']}#t=30"


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_all_can_be_read_and_played(browser: Browser, address: str, name: str) -> None:
    with _visit(browser, f"{address}/{PAGES[name]}", java_script_enabled=False) as visit:
        assert visit.page.is_visible("audio[controls]")
        for custom in (".play", ".seek", ".extras", ".status >> nth=0"):
            assert not visit.page.is_visible(custom)
        assert visit.page.query_selector_all(".chapters a[href*='#t=']")


def test_without_javascript_a_deep_link_scrolls_to_its_story(browser: Browser, address: str) -> None:
    with _visit(browser, f"{address}/{PAGES['bulletin']}#t=44", java_script_enabled=False) as visit:
        story, end = visit.page.locator("[id='t=44']"), time.monotonic() + 5
        while not 0 < (story.bounding_box() or {"y": -1})["y"] < 640:
            assert time.monotonic() < end, "the story never came into view"
            time.sleep(0.05)


def test_the_player_stays_small_while_the_text_scrolls(browser: Browser, address: str) -> None:
    size = {"width": 320, "height": 568}
    with _visit(browser, f"{address}/{PAGES['bulletin']}", viewport=size) as visit:
        visit.page.evaluate("scrollTo({top: 1200, behavior: 'instant'})")
        box = visit.page.locator(".bar").bounding_box()
        assert box
        assert box["y"] == 0
        assert box["height"] <= 96
