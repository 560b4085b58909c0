"""Words taken out, moved and put in come back as a printed sentence that knows where it stands in its article."""

from __future__ import annotations

import pytest

from audionews.condense import draft
from audionews.condense.draft import Word
from audionews.condense.source import Source
from audionews.french.parse import parse


def words(*texts: str) -> draft.Draft:
    return tuple(Word(text) for text in texts)


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (("le", "agent", "parle"), "L’agent parle."),
        (("il", "dit", "que", "il", "pleut"), "Il dit qu’il pleut."),
        (("le", "Haut", "Conseil", "siège"), "Le Haut Conseil siège."),
        (("le", "marché", ",", "rouvre", ",", "."), "Le marché, rouvre."),
        ((",", "le", "marché", "rouvre", ";"), "Le marché rouvre."),
    ],
)
def test_a_draft_is_printed_as_a_sentence(parts: tuple[str, ...], printed: str) -> None:
    assert draft.printed(words(*parts)) == printed


def test_words_that_did_not_stand_together_are_parted_by_a_blank() -> None:
    tree = parse("Le marché, rénové en 2020, rouvre.")
    kept = draft.without(draft.draft(tree), range(2, 7))
    assert draft.printed(kept) == "Le marché rouvre."


def test_an_untouched_draft_is_the_printed_sentence() -> None:
    text = "« L’eau est revenue », a-t-il dit à l’agence, jeudi à 14 h 30."
    assert draft.printed(draft.draft(parse(text))) == text


def test_spans_cover_the_words_taken_and_no_others() -> None:
    text = "Le marché, rénové en 2020, rouvre."
    source = Source(text, 0, 0, tuple(range(100, 100 + len(text))))
    tree = parse(text)
    one = draft.sentence(draft.without(draft.draft(tree), range(2, 7)), tree, source)
    assert [text[span.start - 100 : span.end - 100] for span in one.spans] == ["Le marché", "rouvre"]


def test_words_put_in_belong_to_no_stretch_of_the_article() -> None:
    text = "Le marché rouvre."
    tree = parse(text)
    source = Source(text, 0, 0, tuple(range(len(text))))
    one = draft.sentence((*words("selon", "elle", ","), *draft.draft(tree)), tree, source)
    assert one.text == "Selon elle, Le marché rouvre."
    assert [(span.start, span.end) for span in one.spans] == [(0, 16)]
