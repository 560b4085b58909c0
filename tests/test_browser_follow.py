"""The text follows the sound, word by word, and costs little: in a real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser_site import MORE, PAGES, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.browser_site"]

AUDIO = "document.querySelector('audio')"
# What is painted and what should be, in one step: [sentence, offset in it], for 100 ms around this moment.
SEEN = """(() => {
  const nodes = [...document.querySelectorAll('[data-t]')];
  const at = (ms) => {
    const s = nodes.findLastIndex((one) => parseInt(one.dataset.t, 10) <= ms);
    let [sum, ...steps] = nodes[s].dataset.t.split(' ').map(Number), offset = 0;
    const words = nodes[s].textContent.split(' ');
    for (const [n, step] of steps.entries()) {
      sum += step * 10;
      if (sum > ms) break;
      offset += words[n].length + 1;
    }
    return `${s} ${offset}`;
  };
  const now = document.querySelector('audio').currentTime * 1000;
  const [range] = CSS.highlights.get('mot');
  return {
    painted: range ? `${nodes.indexOf(range.startContainer.parentNode)} ${range.startOffset}` : '',
    word: range ? range.toString() : '',
    expected: [-100, -50, 0, 50, 100].map((shift) => at(now + shift)),
  };
})()"""


# Assertion 26 of the pages' plan.
@pytest.mark.parametrize("speed", ["1", "2"])
def test_the_painted_word_is_the_one_that_is_heard(browser: Browser, address: str, speed: str) -> None:
    with visit(browser, f"{address}/{MORE['long']}#t=100") as made:
        made.ready()
        made.page.select_option(".speed", speed)
        made.play()
        made.wait(f"{AUDIO}.currentTime > 100.3")
        words = set()
        for n in range(20):
            seen = made.page.evaluate(SEEN)
            assert seen["painted"] in seen["expected"], seen
            assert " " not in seen["word"]
            words.add(seen["word"])
            made.page.wait_for_timeout(70 + 13 * (n % 5))
        assert len(words) >= 4
        assert not made.complaints


def test_a_pause_and_a_jump_leave_the_right_word(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['long']}#t=100") as made:
        made.play()
        made.wait(f"{AUDIO}.currentTime > 100.2")
        made.page.click(".play")
        for at in (30, 300, 570.5):
            made.page.evaluate(f"{AUDIO}.currentTime = {at}")
            made.wait(f"(seen => seen.expected.includes(seen.painted))({SEEN})")


def test_the_current_sentence_is_brought_into_view(bulletin: Visit) -> None:
    bulletin.page.click(".chapters li:nth-child(4) a")
    bulletin.wait("document.querySelector('.now')?.textContent.startsWith('C’est 12')")
    bulletin.wait(
        "(box => box.top > 60 && box.bottom < innerHeight)(document.querySelector('.now').getBoundingClientRect())"
    )


def test_a_sentence_can_be_clicked_to_be_heard(bulletin: Visit) -> None:
    sentence = bulletin.page.locator("[data-t]").nth(7)
    start = int((sentence.get_attribute("data-t") or "").split()[0]) / 1000
    sentence.click()
    assert bulletin.paused, "a click in the text moves, it does not start a sound"
    bulletin.page.click(".play")
    bulletin.wait(f"{AUDIO}.currentTime > {start}")
    assert bulletin.time < start + 2


# 29
def test_following_can_be_switched_off_and_stays_off(bulletin: Visit) -> None:
    page = bulletin.page
    assert page.get_attribute(".follow", "aria-pressed") == "true"
    page.click(".follow")
    page.reload()
    bulletin.ready()
    assert page.get_attribute(".follow", "aria-pressed") == "false"
    page.click(".text h3 a >> nth=1")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    bulletin.wait(f"{AUDIO}.currentTime > 18.6")
    assert page.query_selector(".now")
    assert bulletin.number("scrollY") == 0


# 29
def test_scrolling_by_hand_holds_the_following_for_five_seconds(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['long']}#t=100") as made:
        made.play()
        made.wait(f"{AUDIO}.currentTime > 100.3")
        made.settle()
        made.page.evaluate("window.begun = Date.now()")
        made.page.mouse.wheel(0, -9000)
        made.wait("scrollY === 0")
        held: list[float] = []
        while made.number("Date.now() - begun") < 4500:
            held.append(made.number("scrollY"))
            made.page.wait_for_timeout(100)
        assert set(held) == {0}
        made.page.evaluate(f"{AUDIO}.currentTime += 6")  # past the end of a sentence
        made.page.wait_for_timeout(600)
        made.page.evaluate(f"{AUDIO}.currentTime += 8")
        made.wait("scrollY > 100")


# 30
def test_where_words_cannot_be_painted_the_sentence_is_marked(browser: Browser, address: str) -> None:
    old = (
        "delete window.Highlight; delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined});"
    )
    with visit(browser, f"{address}/{PAGES['bulletin']}", script=old) as made:
        made.page.click(".chapters li:nth-child(3) a")
        made.wait(f"{AUDIO}.currentTime > 34.4")
        assert made.page.inner_text(".now").startswith("L’eau manque")
        style = made.page.evaluate(
            "(({textDecorationLine, backgroundColor}) => [textDecorationLine, backgroundColor])"
            "(getComputedStyle(document.querySelector('.now')))"
        )
        assert style[0] == "underline", "never by colour alone"
        assert style[1] != "rgba(0, 0, 0, 0)"
        assert not made.complaints


# 27, 28: what following costs in milliseconds is measured by benchmarks/browser; here is what it is made of.
COUNTS = """
window.counts = {timers: 0, frames: 0, looks: 0, painted: 0, updates: 0};
for (const [name, kind] of [['setTimeout', 'timers'], ['setInterval', 'frames'], ['requestAnimationFrame', 'frames']]) {
  const act = window[name].bind(window);
  window[name] = (...given) => { counts[kind] += 1; return act(...given); };
}
for (const name of ['querySelector', 'querySelectorAll']) {
  for (const {prototype} of [Document, Element]) {
    const act = prototype[name];
    prototype[name] = function (...given) { counts.looks += 1; return act.apply(this, given); };
  }
}
window.Range = class extends Range { constructor() { super(); counts.painted += 1; } };
document.addEventListener('timeupdate', () => { counts.updates += 1; }, true);
"""
STARTS = """[...document.querySelectorAll('[data-t]')].map((one) => {
  let [sum, ...steps] = one.dataset.t.split(' ').map(Number);
  return [sum, ...steps.map((step) => (sum += step * 10))].map((ms) => ms / 1000);
})"""


def test_following_wakes_for_each_word_and_sleeps_between_them(browser: Browser, address: str) -> None:
    with visit(browser, f"{address}/{MORE['long']}#t=100", script=COUNTS) as made:
        made.play()
        made.wait(f"{AUDIO}.currentTime > 100.5")
        starts = made.page.evaluate(STARTS)
        start = made.page.evaluate(
            f"(Object.keys(counts).forEach(name => {{ counts[name] = 0; }}), {AUDIO}.currentTime)"
        )
        made.page.wait_for_timeout(8000)
        told = made.page.evaluate(f"({{...counts, time: {AUDIO}.currentTime}})")
        heard = [one for line in starts for one in line if start <= one <= told["time"]]
        begun = [line[0] for line in starts if start <= line[0] <= told["time"]]
        assert len(heard) > 10
        assert told["frames"] == 0, "nothing is done at each frame"
        assert len(heard) / 2 < told["painted"] <= len(heard) + 2
        assert told["timers"] <= len(heard) + told["updates"] + 2
        assert told["looks"] <= len(begun) + 2, "nothing is looked for but where a new sentence stands"
