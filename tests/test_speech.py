"""Written style said aloud: the speaker first, quotations announced, no passé simple, no brackets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.condense import quotation, speaker
from audionews.condense.draft import draft, printed
from audionews.condense.speech import spoken
from audionews.french.parse import parse


def said(text: str) -> str | None:
    tree = parse(text)
    found = spoken(draft(tree), tree)
    return None if found is None else printed(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le prix du riz baisse de 12 %, selon la police.",
            "Selon la police, le prix du riz baisse de 12 %.",
        ),
        (
            "Le marché central a rouvert, a indiqué le maire de la ville, Awa Keïta.",
            "Selon le maire de la ville, Awa Keïta, le marché central a rouvert.",
        ),
        (
            "Le pont a cédé, a ajouté la mairie dans un communiqué.",
            "Selon la mairie, le pont a cédé.",
        ),
        (
            "Le pont sera réparé, a promis le ministre.",
            "Le ministre a promis que le pont sera réparé.",
        ),
        (
            "La route a été coupée, a-t-il affirmé.",
            "Il a affirmé que la route a été coupée.",
        ),
        (
            "« Nous avons réparé le pont », a déclaré le maire.",
            "Le maire a déclaré : « Nous avons réparé le pont ».",
        ),
        (
            "« Nous avons réparé le pont », ajoute-t-elle, citant le génie.",
            "Elle ajoute : « Nous avons réparé le pont ».",
        ),
        (
            "Le maire a dit : « Le marché rouvre. »",
            "Le maire a dit : « Le marché rouvre. »",
        ),
    ],
)
def test_who_speaks_comes_first(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_long_quotation_is_told_as_an_account_when_another_voice_may_say_it() -> None:
    long = "Le pont de Bandoula a été réparé en trois mois par cent ouvriers venus de toutes les villes du pays"
    lower = f"l{long[1:]}"
    assert said(f"« {long} », a déclaré le maire.") == f"Selon le maire, {lower}."
    assert said(f"« Nous disons que {lower} », a déclaré le maire.") is None
    account = said(f"Le maire a déclaré : « {long}. »")
    assert account == f"Le maire a déclaré que {lower}."


@pytest.mark.parametrize(
    "text",
    [
        "« Le marché est la joie de toute la ville. »",  # nobody says it
        "Le marché a rouvert, mais le maire parle de « notre marché ».",
        "Le marché a rouvert (enfin.",
        "Le maire s’est exprimé en ces termes.",
        "« Le marché rouvre », a dit le maire, mais le préfet le nie.",
        "Il avait peur de la foule, a assuré l’avocat.",
    ],
)
def test_what_cannot_be_said_is_refused(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le maire (58 ans) a ouvert la route.", "Le maire a ouvert la route."),
        ("La bataille eut lieu à Bandoula.", "La bataille a eu lieu à Bandoula."),
        ("Il arriva à Bandoula et visita le marché.", "Il est arrivé à Bandoula et a visité le marché."),
        ("Le train va de Bandoula à la mer.", "Le train va de Bandoula à la mer."),
        ("La route de la mer a été fermée.", "La route de la mer a été fermée."),
    ],
)
def test_brackets_and_the_written_past_leave(text: str, expected: str) -> None:
    assert said(text) == expected


def test_news_of_news_gives_way_to_who_tells_it() -> None:
    text = "L’information a été donnée ce samedi par le maire, Awa Keïta, qui précise que le pont est ouvert."
    assert said(text) == "Le maire, Awa Keïta, précise que le pont est ouvert."


def test_a_main_verb_is_not_taken_for_an_incise() -> None:
    text = "Le journal de Bandoula, pour lequel elle écrivait, a annoncé son départ."
    assert said(text) in {text, None}


def test_an_incise_knows_its_speaker() -> None:
    text = "a indiqué le ministre de la Santé, Awa Keïta, dans un communiqué."
    found = speaker.incise(text, 0)
    assert found is not None
    assert (found.verb, found.speaker, found.kind) == ("a indiqué", "le ministre de la Santé, Awa Keïta", "neutral")
    assert speaker.incise("a ouvert le marché.", 0) is None
    assert speaker.incise("est-il précisé.", 0) is None


def test_a_quotation_is_measured() -> None:
    assert quotation.is_short("le pont est ouvert")
    assert not quotation.is_short("un " * 16)
    assert quotation.is_personal("Nous partons")
    assert quotation.is_personal("Est-ce ouvert ?")
    assert not quotation.is_personal("le pont est ouvert")


PIECES = [
    "Le maire a dit",
    "« Nous partons »",
    ", a-t-il dit",
    ", selon la police",
    "(58 ans)",
    ".",
    "le marché rouvre",
    "que",
]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join))
def test_no_word_is_invented(text: str) -> None:
    found = said(text)
    if found is not None:
        known = {word.strip("«».,: ").lower() for word in text.replace("-t-", " ").replace("-", " ").split()}
        added = {word.strip("«».,: ").lower() for word in found.replace("qu’", "que ").split()} - known
        assert added <= {"", "que", "selon", "lui", "il"}
