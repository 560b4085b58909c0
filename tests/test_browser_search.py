"""The search in the text of all bulletins, in a real Chromium on a site that the program published."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audionews.publish import search as index
from tests.browser_site import Visit, visit
from tests.publish_samples import former_episodes, publish, sample_episode, sample_station
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.browser_site"]
pytestmark = pytest.mark.browser

SOUND = b"ID3 sound"
HOSTILE = 'Un <img src=x onerror="window.pwned=1"> et \u202eadroit, 🙂 l’œuvre à 11\u202f700 pas.'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Publish two months in a sub-folder of a real server; one sentence is hostile."""
    top = tmp_path_factory.mktemp("search")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/lac"
    station = sample_station(url=url)
    (top / "bulletin.mp3").write_bytes(SOUND)
    latest = sample_episode(sound=SOUND, at=station)
    captions = [replace(latest.captions[-1], text=HOSTILE), *latest.captions[1:]]
    latest = replace(latest, captions=tuple(captions))
    publish(latest, top / "bulletin.mp3", [latest, *former_episodes(16, station)], station, top / "public" / "lac")
    with serving(top / "public", listening=listening):
        yield url


@pytest.fixture
def search(browser: Browser, site: str) -> Iterator[Visit]:
    with visit(browser, f"{site}/recherche.html") as made:
        made.wait("!document.querySelector('fieldset').disabled")
        yield made
        assert not made.complaints
        assert not made.true("window.pwned")


def ask(made: Visit, words: str) -> str:
    """Type words and give what is said of the result."""
    made.page.fill("#mots", words)
    made.page.press("#mots", "Enter")
    made.wait("/^(Rien|\\d)/.test(document.querySelector('.found').textContent)")
    return made.page.inner_text(".found").replace("\u00a0", " ")


def asked(made: Visit) -> list[str]:
    return [url.rpartition("/")[2] for url in made.requests if "/search/" in url]


def test_nothing_is_loaded_before_somebody_asks_and_then_one_month_only(search: Visit) -> None:
    assert asked(search) == []
    assert "en juin 2025" in ask(search, "maïs")
    assert asked(search) == ["index.json", "2025-06.json"]
    button = search.page.locator("text=/^Chercher aussi en mai 2025 \\(/")
    button.click()
    search.wait("document.querySelector('.found').textContent.includes('depuis mai 2025')")
    assert asked(search) == ["index.json", "2025-06.json", "2025-05.json"]
    assert not search.page.is_visible("text=/^Chercher aussi/"), "there is no older month"


@pytest.mark.parametrize(
    "words", ["MAIS", "maïs", "sac mais", "Sikasso prix", "« sac de maïs »", "l'oeuvre", "11700 pas"]
)
def test_case_accents_ligatures_and_blanks_in_numbers_do_not_count(search: Visit, words: str) -> None:
    assert ask(search, words)[0].isdigit()
    assert search.page.locator(".results mark").count() > 0


@pytest.mark.parametrize("words", ["zanzibar", "maïs zanzibar", "« maïs de sac »", "aïs"])
def test_what_is_not_there_is_not_found(search: Visit, words: str) -> None:
    assert ask(search, words) == "Rien, en juin 2025."


def test_what_is_found_is_text_whatever_it_looks_like(search: Visit) -> None:
    ask(search, "onerror")
    assert "<img src=x onerror=" in search.page.inner_text(".results")
    assert search.page.locator(".results img").count() == 0


def test_a_result_leads_to_its_moment(search: Visit) -> None:
    ask(search, "Sikasso")
    link = search.page.locator(".results li li a").first
    second = int(str(link.get_attribute("href")).rpartition("=")[2])
    link.click()
    search.page.wait_for_url("**/episodes/**")
    search.wait("document.querySelector('.status').textContent.startsWith('Prêt')")
    assert search.page.inner_text(".time .at") == f"0:{second:02d}"


def test_the_address_keeps_the_question(browser: Browser, site: str) -> None:
    with visit(browser, f"{site}/recherche.html?q=ma%C3%AFs") as made:
        made.wait("document.querySelector('.results mark')")
        ask(made, "Sikasso")
        assert made.page.url.endswith("?q=Sikasso")


def test_without_javascript_the_months_are_named(browser: Browser, site: str) -> None:
    with visit(browser, f"{site}/recherche.html", java_script_enabled=False) as made:
        assert "La recherche a besoin de JavaScript." in made.page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_no_barrier_that_axe_can_find(browser: Browser, site: str, axe: str, width: int, scheme: str) -> None:
    size = {"width": width, "height": 700}
    with visit(browser, f"{site}/recherche.html?q=sac", viewport=size, color_scheme=scheme, bypass_csp=True) as made:
        made.wait("document.querySelector('.results mark')")
        assert made.number("document.documentElement.scrollWidth") <= width
        made.page.add_script_tag(content=axe)
        assert made.page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []


def test_the_page_goes_on_while_a_month_of_many_bulletins_is_searched(browser: Browser, site: str) -> None:
    """The work is done in small steps; how long they take is a matter of the machine, so the steps are counted."""
    with visit(browser, f"{site}/recherche.html") as made:
        lines = tuple((second, f"La phrase {second} parle du sac de maïs et de son prix.") for second in range(60))
        month = index.month([index.Entry(f"b{n}", f"Journal {n}", lines) for n in range(90)])
        made.page.route("**/search/2025-06.json", lambda route: route.fulfill(body=month))
        made.page.context.new_cdp_session(made.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        made.page.evaluate(
            "(window.turns = 0, setInterval(() => {"
            " turns += document.querySelector('.found').textContent.startsWith('Charg'); }, 0))"
        )
        ask(made, "sac")
        assert "90 bulletins" in made.page.inner_text(".found").replace("\u00a0", " ")
        assert made.number("turns") > 10
