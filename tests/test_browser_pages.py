"""Every kind of page in a real Chromium: what it weighs, how it stands, who can use it."""

from __future__ import annotations

import itertools
import json
import re
import time
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser_site import LATEST, MORE, PAGES, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.browser_site"]

ALL = {**PAGES, **MORE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Relative luminance and contrast: WCAG 2.2.
CONTRAST = """(a, b) => {
  const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}"""


# Assertion 1 of the pages' plan.
@pytest.mark.parametrize("name", ALL)
def test_no_barrier_that_axe_can_find(browser: Browser, address: str, axe: str, name: str) -> None:
    moment = "#t=20" if name == "bulletin" else ""
    with visit(browser, f"{address}/{ALL[name]}{moment}", bypass_csp=True) as made:
        made.ready()
        made.page.add_script_tag(content=axe)
        every = list(itertools.product((320, 360, 1200), SCHEMES))
        for width, scheme in every if name in PAGES else (every[0], every[-1]):
            made.page.set_viewport_size({"width": width, "height": 700})
            made.page.emulate_media(color_scheme=scheme)
            made.settle()
            found = made.page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", RULES)
            assert found["passes"]
            shown = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
            assert not shown, f"{width} {scheme} {json.dumps(shown, ensure_ascii=False, indent=1)}"


# 2, 5, 6, 7, 8, 9
@pytest.mark.parametrize("name", ALL)
def test_loading_is_small_quiet_and_still(browser: Browser, address: str, name: str) -> None:
    """No overflow, no sound before Play, no other origin, no complaint, few requests, no layout shift."""
    for width in (320, 360, 1200) if name in PAGES else (320,):
        with visit(browser, f"{address}/{ALL[name]}", viewport={"width": width, "height": 640}) as made:
            made.ready()
            shift = made.number(
                "new Promise(done => { let sum = 0;"
                " new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))"
                ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300); })"
            )
            assert shift <= 0.02
            assert made.number("document.documentElement.scrollWidth") <= width
            assert made.number("document.querySelectorAll('*').length") <= 1000
            assert not made.heard
            assert all(url.startswith(address) for url in made.requests)
            assert len(made.requests) <= 5
            assert not made.complaints
            if name in {"index", "bulletin"}:
                assert re.search(r"58\u00a0s · 0,\d\u00a0Mo", made.page.inner_text("main"))
                assert re.fullmatch(r"0,\d\u00a0Mo", made.page.inner_text(".play small"))


# 10
@pytest.mark.parametrize("name", ALL)
def test_headings_go_down_one_by_one_under_one_title(browser: Browser, address: str, name: str) -> None:
    with visit(browser, f"{address}/{ALL[name]}") as made:
        made.ready()
        assert made.page.evaluate("document.documentElement.lang") == "fr"
        levels = [
            int(one[1])
            for one in made.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)")
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


# 4
def test_all_that_a_page_needs_is_within_its_budget(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['long']}") as made:
        made.ready()
        sizes = made.page.evaluate(
            "Object.fromEntries([...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')].map(one => [one.name, one.decodedBodySize]))"
        )
    parts = {url.rpartition(".")[2]: 0 for url in sizes}
    for url, size in sizes.items():
        parts[url.rpartition(".")[2]] += size
    assert 0 < parts["html"] <= 45_000
    assert 0 < parts["css"] <= 12_000
    assert 0 < parts["js"] <= 14_000
    assert sum(parts.values()) <= 82_000


# 3
@pytest.mark.parametrize("name", PAGES)
def test_text_of_twice_the_size_is_all_there(browser: Browser, address: str, name: str) -> None:
    with visit(browser, f"{address}/{ALL[name]}", viewport={"width": 1200, "height": 800}) as made:
        made.ready()
        for width, share in ((1200, 2), (360, 1.5)):
            made.page.set_viewport_size({"width": width, "height": 800})
            made.page.evaluate(f"document.documentElement.style.fontSize = '{16 * share}px'")
            assert made.number("document.documentElement.scrollWidth") <= width
            cut = made.page.evaluate(
                "[...document.querySelectorAll('main *')].filter(one => getComputedStyle(one).overflowX === 'hidden'"
                " && !one.closest('.ear') && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"
            )
            assert name == "embed" or not cut, cut


# 11
def test_the_first_tab_stop_leads_to_the_content(bulletin: Visit) -> None:
    bulletin.page.keyboard.press("Tab")
    assert bulletin.page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    bulletin.page.keyboard.press("Enter")
    assert bulletin.page.evaluate("document.activeElement.id") == "contenu"


# 12, 13
@pytest.mark.parametrize(
    ("name", "scheme"),
    [("index", "light"), ("index", "dark"), ("bulletin", "dark"), ("subscribe", "light"), ("embed", "dark")],
)
def test_tab_goes_down_the_page_and_where_it_is_can_be_seen(
    browser: Browser, address: str, name: str, scheme: str
) -> None:
    url = f"{address}/{PAGES[name]}"
    with visit(browser, url, color_scheme=scheme, reduced_motion="reduce") as made:
        made.ready()
        made.page.evaluate(
            "document.querySelectorAll('a, button, input, select, summary').forEach((one, n) => { one.dataset.n = n; })"
        )
        for key, sign in (("Tab", 1), ("Shift+Tab", -1)):
            stops: list[int] = []
            for _ in range(80):
                made.page.keyboard.press(key)
                seen = made.page.evaluate(
                    f"""(() => {{
                      const one = document.activeElement;
                      if (!('n' in one.dataset)) return null;
                      const style = getComputedStyle(one), box = one.getBoundingClientRect();
                      const bar = document.querySelector('.bar');
                      const under = bar && !bar.contains(one) && getComputedStyle(bar).position === 'sticky'
                        && box.top < bar.getBoundingClientRect().bottom - 1
                        && box.bottom > bar.getBoundingClientRect().top;
                      // The ring stands outside of the element, on the ground of what is around it.
                      const clear = (node) => getComputedStyle(node).backgroundColor === 'rgba(0, 0, 0, 0)';
                      let around = one.parentElement;
                      while (around.parentElement && clear(around)) around = around.parentElement;
                      const ground = getComputedStyle(around).backgroundColor;
                      return {{n: +one.dataset.n, html: one.outerHTML.slice(0, 200), under: Boolean(under),
                        inside: box.bottom > 0 && box.top < innerHeight, width: style.outlineWidth,
                        line: style.outlineStyle, contrast: ({CONTRAST})(style.outlineColor, ground)}};
                    }})()"""
                )
                if seen is None or sign * seen["n"] in stops:
                    break
                assert not seen["under"], seen
                assert seen["inside"], seen
                assert (seen["width"], seen["line"]) == ("3px", "solid"), seen
                assert seen["contrast"] >= 3, seen
                stops.append(sign * seen["n"])
            assert len(stops) > 3
            assert stops == sorted(stops)


# 14, 15
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_large_and_named_by_what_they_show(browser: Browser, address: str, name: str) -> None:
    large = "button, select, .chapters a, .rows a, .apps a, summary"
    with visit(browser, f"{address}/{ALL[name]}") as made:
        made.ready()
        boxes = made.page.evaluate(
            "large => [...document.querySelectorAll('a, button, select, summary')].filter(one => one.checkVisibility())"
            ".map(one => [one.outerHTML, one.getBoundingClientRect().height, one.matches(large),"
            " getComputedStyle(one).display === 'inline'])",
            large,
        )
        for html, height, control, inline in boxes:
            if control and "says" not in html:
                assert height >= (48 if name != "embed" else 40), html
            elif not inline:
                assert height >= 24, html
        for one in made.page.query_selector_all("[aria-label]:is(a, button)"):
            shown = str(one.evaluate("one => one.cloneNode(true).textContent")).replace("↗", "").strip()
            assert (one.get_attribute("aria-label") or "").startswith(shown)


# 24
@pytest.mark.parametrize("name", ["index", "bulletin", "embed"])
def test_without_javascript_all_can_be_read_and_played(browser: Browser, address: str, name: str) -> None:
    with visit(browser, f"{address}/{PAGES[name]}", java_script_enabled=False) as made:
        assert made.page.is_visible("audio[controls]")
        assert made.page.get_attribute("audio source >> nth=0", "data-kind") == "opus", "the lightest first"
        for custom in (".play", ".seek", ".extras", ".status", ".keep", ".follow", ".embed details"):
            for one in made.page.query_selector_all(custom):
                assert not one.is_visible(), custom
        assert name == "embed" or made.page.query_selector_all(".chapters a[href*='#t=']")
        assert not made.heard


# 23
def test_without_javascript_a_deep_link_scrolls_to_its_story(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}#t=44", java_script_enabled=False) as made:
        story, end = made.page.locator("[id='t=44']"), time.monotonic() + 5
        while not 0 < (story.bounding_box() or {"y": -1})["y"] < 640:
            assert time.monotonic() < end, "the story never came into view"
            time.sleep(0.05)


def test_the_player_stays_small_while_the_text_scrolls(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{PAGES['bulletin']}", viewport={"width": 320, "height": 568}) as made:
        made.ready()
        made.page.evaluate("scrollTo({top: 1200, behavior: 'instant'})")
        box = made.page.locator(".bar").bounding_box()
        assert box
        assert box["y"] == 0
        assert box["height"] <= 96
        parts = [made.page.locator(one).bounding_box() for one in (".play", ".seek", ".time")]
        middles = [one["y"] + one["height"] / 2 for one in parts if one]
        assert len(middles) == 3
        assert max(middles) - min(middles) < 40, "one row"
        made.page.set_viewport_size({"width": 640, "height": 320})
        box = made.page.locator(".bar").bounding_box()
        assert box
        assert box["y"] < 0, "on a screen so low the text has all of it"


# 38
def test_the_small_player_fits_its_frame_and_leaves_nothing_behind(browser: Browser, address: str) -> None:
    frame = {"width": 280, "height": 180}
    with visit(browser, f"{address}/{PAGES['embed']}", viewport=frame) as made:
        made.ready()
        page = made.page
        fits = "(({scrollWidth, scrollHeight}) => scrollWidth <= 280 && scrollHeight <= 180)(document.documentElement)"
        assert made.true(fits)
        page.click("summary")
        assert made.true(fits)
        page.click(".chapters li:nth-child(2) a")
        made.wait("document.querySelector('audio').currentTime > 12.2")
        assert not page.evaluate("document.querySelector('details').open")
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        assert not [url for url in made.requests if "keep" in url]
        outward = page.query_selector_all("a:not([href^='#'])")
        assert [one.get_attribute("aria-label") for one in outward] == ["Lire le texte (nouvelle fenêtre)"]
        assert outward[0].get_attribute("target") == "_blank"
        with page.context.expect_page() as opened:
            outward[0].click()
        assert opened.value.url.endswith(f"/episodes/{LATEST}/index.html")
        assert not made.complaints


def test_the_small_player_of_the_latest_stands_at_the_root(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/embed.html", viewport={"width": 280, "height": 180}) as made:
        made.page.click(".play")
        made.wait("document.querySelector('audio').currentTime > 0.1")
        made.page.route("**/*.opus", lambda route: route.fulfill(status=404))
        made.page.reload()
        made.ready()
        made.page.click(".play")
        made.wait("document.querySelector('.alarm').textContent")
        assert made.page.inner_text(".alarm") == "Le son ne se charge pas. Réessayer, ou lire le texte sur sa page."
        assert made.true("document.documentElement.scrollHeight <= 180")


def test_the_code_for_other_sites_is_one_frame_with_a_title(browser: Browser, address: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with visit(browser, f"{address}/{PAGES['bulletin']}", permissions=permissions) as made:
        made.page.click("summary >> nth=1")
        made.page.click("details [data-copy]")
        made.wait("document.querySelector('details [data-copied]').textContent === 'Copié.'")
        code = str(made.page.evaluate("navigator.clipboard.readText()"))
        assert code == made.page.inner_text("details code")
    with visit(browser, f"{address}/{PAGES['subscribe']}", bypass_csp=True) as made:
        made.page.set_content(code)
        made.page.frame_locator("iframe").locator(".ready").wait_for()
        assert made.page.get_attribute("iframe", "title") == "Journal du matin, samedi 7\u00a0juin 2025 – Radio du Lac"
