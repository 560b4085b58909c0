"""robots.txt: groups, the longest rule, wildcards, and nothing that takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.robots import EVERYTHING, NOTHING, parse

TEXT = """
# du bruit
User-agent: *
User-agent: autre
Disallow: /prive
Allow: /prive/ouvert
Crawl-delay: 3

User-agent: AudioNews/1.0
Disallow: /*.pdf$
Disallow: /agenda/*/imprimer
Disallow: /march%C3%A9
Disallow:
Crawl-delay: 1.5
Sitemap: https://exemple.org/plan.xml
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/prive/a", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/agenda/juin/imprimer", False),
        ("/agenda/imprimer", True),
        ("/marché/a", False),
    ],
)
def test_our_own_group_goes_before_everyones(target: str, allowed: bool) -> None:
    assert parse(TEXT, "audionews").allows(target) is allowed


def test_the_longest_rule_wins() -> None:
    rules = parse(TEXT, "inconnu")
    assert not rules.allows("/prive/a")
    assert rules.allows("/prive/ouvert/a")
    assert rules.delay == 3


def test_nothing_said_is_everything_allowed() -> None:
    for text in (
        "",
        "<html>Accueil</html>",
        "User-agent: *\nDisallow:",
        "Disallow: /",
        "User-agent: autre\nDisallow: /",
    ):
        assert parse(text, "audionews").allows("/a")
    assert EVERYTHING.allows("/a")
    assert not NOTHING.allows("/a")


def test_a_pattern_made_to_be_slow_is_not() -> None:
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 1000 + "b\n", "audionews")
    start = time.perf_counter()
    assert rules.allows("/" + "a" * 100_000)
    assert time.perf_counter() - start < 1


@settings(max_examples=60)
@given(st.text(alphabet="uUser-agent: *\n/Allowdis#$.é", max_size=200), st.text(alphabet="/a*$é%", max_size=20))
def test_any_text_is_read(text: str, target: str) -> None:
    assert parse(text, "audionews").allows(target) in {True, False}
