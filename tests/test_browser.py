"""The player in a real Chromium, from a server on loopback: what listeners press, hear and are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser_site import LATEST, MORE, PAGES, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.browser_site"]

LABEL = "document.querySelector('.play b').textContent"
AUDIO = "document.querySelector('audio')"


# Assertion 16 of the pages' plan.
def test_play_toggles_by_mouse_and_keys(bulletin: Visit) -> None:
    page = bulletin.page
    assert page.inner_text(".play b") == "Écouter"
    page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 0.3")
    assert page.inner_text(".play") == "Pause"
    page.keyboard.press("Enter")
    bulletin.wait(f"{AUDIO}.paused && {LABEL} === 'Écouter'")
    page.keyboard.press("Space")
    bulletin.wait(f"!{AUDIO}.paused && {LABEL} === 'Pause'")
    assert page.inner_text(".status") == ""


# 17, 18
def test_letters_do_nothing_and_space_scrolls(bulletin: Visit) -> None:
    for key in "kjlmf0":
        bulletin.page.keyboard.press(key)
    assert bulletin.paused
    bulletin.page.keyboard.press("Space")
    bulletin.wait("scrollY > 100")
    assert bulletin.paused


# 25
def test_a_chapter_plays_from_its_start(bulletin: Visit) -> None:
    bulletin.page.click(".chapters li:nth-child(3) a")
    bulletin.wait(f"{AUDIO}.currentTime > 34.4")
    assert bulletin.time < 38
    assert not bulletin.paused
    current = bulletin.page.query_selector_all("[aria-current]")
    assert [one.inner_text().split("\n")[0] for one in current] == ["Panne d’eau\u00a0: 3 quartiers attendent"]
    assert bulletin.page.url.endswith("#t=34")
    assert bulletin.page.inner_text(".now").startswith("L’eau manque")


# 22
@pytest.mark.parametrize(
    ("hash_", "at"), [("t=78", 78), ("t=1:18", 78), ("t=0:01:18", 78), ("t=1%3A18", 78), ("t=78,120", 78)]
)
def test_a_deep_link_cues_and_does_not_play(browser: Browser, address: str, hash_: str, at: int) -> None:
    with visit(browser, f"{address}/{MORE['long']}#{hash_}") as made:
        made.wait("document.querySelector('.status').textContent.startsWith('Prêt')")
        assert made.paused
        assert not made.heard
        assert made.page.inner_text(".status").startswith("Prêt à 1:18.")
        assert made.page.inner_text(".time .at") == "1:18"
        made.wait(
            "(box => box.top > 50 && box.top < innerHeight)(document.querySelector('.now').getBoundingClientRect())"
        )
        made.play()
        made.wait(f"{AUDIO}.currentTime > 0")
        assert at - 0.5 <= made.time <= at + 2


def test_a_deep_link_with_an_end_stops_there(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}#t=50,52") as made:
        made.play()
        made.wait(f"{AUDIO}.currentTime > 51.8 && {AUDIO}.paused")
        assert made.time < 53


def test_a_strange_address_harms_nothing(bulletin: Visit) -> None:
    base = bulletin.page.url
    for hash_ in ("t=99999", "t=abc", "t=1:2:3:4", "t=1..2", "%", "x"):
        bulletin.page.goto("about:blank")
        bulletin.page.goto(f"{base}#{hash_}")
        bulletin.ready()
        assert bulletin.page.inner_text(".time .at") == "0:00"


# 19
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


# 20
def test_a_focused_position_stays_silent_while_playing(bulletin: Visit) -> None:
    bulletin.page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 0.2")
    bulletin.page.focus(".seek")
    said = bulletin.page.get_attribute(".seek", "aria-valuetext")
    bulletin.wait(f"{AUDIO}.currentTime > 5.3")
    assert bulletin.page.get_attribute(".seek", "aria-valuetext") == said
    assert bulletin.number("document.querySelector('.seek').value") >= 5, "the eye sees it move"


def test_speed_is_kept_for_the_next_visit(bulletin: Visit) -> None:
    bulletin.page.select_option(".speed", "1.5")
    bulletin.page.reload()
    bulletin.page.click(".play")
    bulletin.wait(f"{AUDIO}.playbackRate === 1.5")


def test_the_place_is_kept_for_the_next_visit(bulletin: Visit) -> None:
    page = bulletin.page
    page.click("[data-skip='30']")
    page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 30.2")
    page.click(".play")
    page.reload()
    bulletin.wait("document.querySelector('.status').textContent.startsWith('Reprendre')")
    assert re.match(r"Reprendre à 0:3\d\.", page.inner_text(".status"))
    page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 29.5")


def test_the_lightest_sound_is_played_unless_another_is_chosen_and_that_is_remembered(bulletin: Visit) -> None:
    page = bulletin.page
    assert [one.inner_text().split(",")[0] for one in page.query_selector_all(".size option")] == [
        "Léger",
        "Normal",
        "Complet",
    ]
    page.evaluate("document.addEventListener('audionews:size', (event) => { window.told = event.detail; })")
    page.click("[data-skip='30']")
    page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 30.3")
    assert bulletin.heard
    assert all(url.endswith(".opus") for url in bulletin.heard)
    page.select_option(".size", "full")
    bulletin.wait(f"{AUDIO}.src.endsWith('.mp3') && {AUDIO}.currentTime > 30.3 && !{AUDIO}.paused")
    assert bulletin.time < 34, "the place is kept"
    told = page.evaluate("window.told")
    assert told["id"] == LATEST
    assert told["url"] == page.evaluate(f"{AUDIO}.src")
    assert told["bytes"] == bulletin.number("document.querySelector('source[data-kind=full]').dataset.bytes")
    page.reload()
    bulletin.ready()
    assert page.input_value(".size") == "full"
    assert page.inner_text(".play small") == page.inner_text("span[data-weight]")
    assert page.inner_text(".play small") == page.get_attribute("source[data-kind=full]", "data-weight")


def test_a_browser_without_opus_takes_the_light_mp3(browser: Browser, address: str) -> None:
    deaf = "HTMLMediaElement.prototype.canPlayType = (type) => (type.includes('opus') ? '' : 'maybe')"
    with visit(browser, f"{address}/{PAGES['bulletin']}", script=deaf) as made:
        made.ready()
        assert [one.inner_text().split(",")[0] for one in made.page.query_selector_all(".size option")] == [
            "Normal",
            "Complet",
        ]
        made.page.click(".play")
        made.wait(f"{AUDIO}.currentTime > 0.2")
        assert made.heard
        assert all(url.endswith("-48.mp3") for url in made.heard)


def test_a_kept_sound_is_the_one_that_plays(bulletin: Visit) -> None:
    """What `keep.js` says it has on the device costs no data; when it is removed, the light one is back."""
    page = bulletin.page
    kept = "document.querySelector('source[data-kind=mp3]').src"
    event = "document.dispatchEvent(new CustomEvent('audionews:kept', {detail: {id: '%s', url: %s}}))"
    page.evaluate(f"document.querySelector('[data-player]').dataset.kept = {kept}; " + event % (LATEST, kept))
    page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > 0.2 && {AUDIO}.src === {kept}")
    page.click(".play")
    page.evaluate("document.querySelector('[data-player]').dataset.kept = ''; " + event % (LATEST, "''"))
    bulletin.wait(f"{AUDIO}.src.endsWith('.opus')")


# 21
def test_a_sound_that_does_not_come_is_told(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}") as made:
        page = made.page
        page.route("**/*.opus", lambda route: route.fulfill(status=404))
        page.click(".play")
        made.wait("document.querySelector('.alarm').textContent")
        assert page.inner_text(".alarm").startswith("Le son ne se charge pas. Réessayer, ou lire le texte ci-dessous.")
        assert page.get_attribute(".alarm", "role") == "alert"
        assert page.inner_text(".play b" if page.query_selector(".play b") else ".play") == "Écouter"
        page.unroute("**/*.opus")
        page.click(".alarm button")
        made.wait(f"{AUDIO}.currentTime > 0.2")
        assert page.inner_text(".status") == page.inner_text(".alarm") == ""


# 21
def test_a_slow_sound_says_that_it_is_loading_then_offers_the_light_one(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}") as made:
        page, status = made.page, "document.querySelector('.status').textContent"
        page.clock.install()
        page.reload()
        made.ready()
        page.route("**/*.mp3", lambda route: None)
        page.select_option(".size", "full")
        page.click(".play")
        page.clock.fast_forward(400)
        made.wait(f"{status} === 'Chargement du son…'")
        assert page.inner_text(".play") == "Pause"
        page.clock.fast_forward(8000)
        made.wait(f"{status}.startsWith('La connexion')")
        light = page.get_attribute("source[data-kind=opus]", "data-weight")
        assert page.evaluate(status) == f"La connexion est lente. Essayer le son léger ({light})\u202f?"
        page.click(".status button")
        made.wait(f"{AUDIO}.src.endsWith('.opus') && {AUDIO}.currentTime > 0.1")
        assert page.input_value(".size") == "opus"


def test_pause_gives_up_on_a_sound_that_is_loading(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}") as made:
        made.page.route("**/*.opus", lambda route: None)
        made.page.click(".play")
        made.wait("document.querySelector('.status').textContent === 'Chargement du son…'")
        made.page.click(".play")
        made.wait("document.querySelector('.status').textContent === ''")
        assert made.page.inner_text(".play b") == "Écouter"


def test_without_a_connection_a_bulletin_that_is_not_kept_says_so(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}") as made:
        made.page.context.set_offline(True)
        made.page.click(".play")
        made.wait("document.querySelector('.alarm').textContent")
        assert (
            made.page.inner_text(".alarm")
            == "Pas de connexion\u00a0: ce journal n’est pas gardé ici. Le texte reste lisible."
        )
        made.page.context.set_offline(False)
        made.page.click(".play")
        made.wait(f"{AUDIO}.currentTime > 0.2")


def test_an_old_bulletin_points_to_the_latest(bulletin: Visit) -> None:
    bulletin.wait("document.querySelector('.status a')")
    assert bulletin.page.inner_text(".status").strip() == (
        "Ce journal date du 7\u00a0juin. Écouter le dernier journal."
    )
    bulletin.page.click(".status a")
    bulletin.page.wait_for_url("**/lac/index.html")


def test_a_bulletin_of_today_is_not_old(browser: Browser, address: str) -> None:
    noon = "Date.now = () => Date.parse('2025-06-07T12:00:00Z')"
    with visit(browser, f"{address}/{PAGES['bulletin']}", script=noon) as made:
        made.ready()
        assert made.page.inner_text(".status") == ""


# 36
def test_a_corrected_bulletin_says_what_was_wrong(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['corrected']}") as made:
        assert made.page.inner_text(".banner").startswith(
            "Corrigé le 7\u00a0juin à 9\u00a0h\u00a010\u00a0: le budget est de 14\u00a0millions, non de 41."
        )
        made.page.click(".banner a")
        made.wait("location.hash === '#corrections'")
        assert made.page.inner_text(".corrections li") == (
            "Le 7\u00a0juin 2025 à 9\u00a0h\u00a010\u00a0: le budget est de 14\u00a0millions, non de 41."
        )


def test_a_withdrawn_bulletin_has_neither_sound_nor_text(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['withdrawn']}") as made:
        assert made.page.inner_text(".banner") == (
            "Ce journal a été retiré le 7\u00a0juin à 9\u00a0h\u00a010. "
            "Motif\u00a0: une information n’était pas confirmée par sa source."
        )
        assert not made.page.query_selector("audio, [data-t], .chapters, [data-keep]")
        assert not made.complaints


def test_the_first_page_plays_its_chapters_in_place(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['index']}") as made:
        made.page.click(".chapters li:nth-child(2) a")
        made.wait(f"{AUDIO}.currentTime > 12.5")
        assert made.page.url.endswith("index.html")
        assert made.page.get_attribute(".chapters li:nth-child(2) a", "aria-current") == "true"
        assert not made.complaints


def test_addresses_can_be_copied(browser: Browser, address: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with visit(browser, f"{address}/{PAGES['index']}", permissions=permissions) as made:
        made.page.click("[data-copy]")
        made.wait("document.querySelector('[data-copied]').textContent === 'Copié.'")
        assert made.page.evaluate("navigator.clipboard.readText()") == f"{address}/feed.xml"
        made.page.click("[data-skip='30']")
        made.page.click(".share")
        made.wait("document.querySelector('.status').textContent === 'Lien copié, à 0:30.'")
        assert made.page.evaluate("navigator.clipboard.readText()") == f"{address}/{PAGES['bulletin']}#t=30"
        made.page.goto(f"{address}/{PAGES['subscribe']}")
        made.page.click("[data-copy] >> nth=1")
        made.wait("document.querySelectorAll('[data-copied]')[1].textContent === 'Copié.'")
        assert made.page.evaluate("navigator.clipboard.readText()") == f"{address}/feed-matin.xml"


def test_sharing_is_the_devices_where_it_has_one(browser: Browser, address: str) -> None:
    share = "navigator.share = (what) => { window.shared = what; return Promise.reject(new Error('AbortError')); }"
    with visit(browser, f"{address}/{PAGES['bulletin']}", script=share) as made:
        made.page.click("[data-skip='30']")
        made.page.click(".share")
        made.wait("window.shared")
        assert made.page.evaluate("window.shared.url") == f"{address}/{PAGES['bulletin']}#t=30"
        assert made.page.evaluate("window.shared.title") == "Journal du matin, samedi 7\u00a0juin 2025"
        assert not made.complaints


def test_the_devices_own_keys_move_from_story_to_story(browser: Browser, address: str) -> None:
    spy = (
        "window.acts = {}; const own = MediaSession.prototype.setActionHandler;"
        "MediaSession.prototype.setActionHandler = function (name, act) {"
        " acts[name] = act; own.call(this, name, act); };"
    )
    with visit(browser, f"{address}/{PAGES['bulletin']}", script=spy) as made:
        made.ready()
        assert made.page.evaluate("navigator.mediaSession.metadata.artist") == "Radio du Lac"
        for act, at in (
            ("nexttrack", "0:12"),
            ("nexttrack", "0:34"),
            ("previoustrack", "0:12"),
            ("seekforward", "0:42"),
            ("seekbackward", "0:32"),
        ):
            made.page.evaluate(f"acts.{act}({{}})")
            assert made.page.inner_text(".time .at") == at
        made.page.evaluate("acts.seekto({seekTime: 20})")
        made.page.evaluate("acts.play()")
        made.wait(f"{AUDIO}.currentTime > 20.2")
        made.page.evaluate("acts.pause()")
        made.wait(f"{AUDIO}.paused")
        assert not made.complaints
