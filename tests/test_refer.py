"""What hangs in the air is named from the article's own words, or the sentence is given up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audionews.articles.collect import from_paths
from audionews.condense import moments, speech
from audionews.condense.context import Context
from audionews.condense.draft import draft, printed
from audionews.condense.people import meant, named, people
from audionews.condense.refer import repaired
from audionews.condense.source import Source, body
from audionews.french.parse import parse
from audionews.model import Article, Label, Line

EXAMPLE = Path(__file__).parent.parent / "examples" / "articles" / "lessor"
MINISTER = "Le ministre de la Santé, Moussa Keïta, a ouvert la clinique de Bandoula."


def sources(*texts: str) -> tuple[Source, ...]:
    return body(Article("0", tuple(Line(text, Label.BODY) for text in texts)))


def mended(*texts: str) -> str | None:
    """Repair the last of these sentences."""
    every = sources(*texts)
    tree = parse(every[-1].text)
    found = repaired(draft(tree), tree, every[-1], Context(every))
    return None if found is None else printed(found)


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (MINISTER, "Par ailleurs, la ville aura un puits.", "La ville aura un puits."),
        (MINISTER, "La mairie a également promis un puits à la ville.", "La mairie a promis un puits à la ville."),
        (
            MINISTER,
            "Le ministre a promis un puits à la ville.",
            "Le ministre de la Santé, Moussa Keïta, a promis un puits à la ville.",
        ),
        (
            MINISTER,
            "Il a ajouté que la ville aura un puits.",
            "Le ministre de la Santé, Moussa Keïta, a ajouté que la ville aura un puits.",
        ),
        (
            MINISTER,
            "Selon lui, la ville aura un puits.",
            "Selon le ministre de la Santé, Moussa Keïta, la ville aura un puits.",
        ),
        (
            MINISTER,
            "M. Keïta a promis un puits à la ville.",
            "Le ministre de la Santé, Moussa Keïta, a promis un puits à la ville.",
        ),
        (
            "La réunion des maires de la région a duré deux jours.",
            "Cette réunion a coûté un million de francs à la ville.",
            "La réunion des maires de la région a coûté un million de francs à la ville.",
        ),
    ],
)
def test_a_reference_is_named_from_the_article(before: str, text: str, expected: str) -> None:
    assert mended(before, text) == expected


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (MINISTER, "Cette situation inquiète les habitants de la ville."),  # sums up: no group names it
        (MINISTER, "Il a duré trois jours à Bandoula."),  # a pronoun that does not speak
        (MINISTER, "Elle a ajouté que la ville aura un puits."),
        (f"{MINISTER} Le préfet, Ali Diarra, l’a accueilli.", "Il a ajouté que la ville aura un puits."),
        ("La réunion des maires et la réunion des préfets ont duré.", "Cette réunion a coûté un million à la ville."),
        ("Le marché a rouvert.", "Cette délégation a visité la ville de Bandoula."),
        ("Le marché a rouvert.", "L’annonce a été faite par le ministre."),
    ],
)
def test_what_the_article_does_not_tell_is_not_guessed(before: str, text: str) -> None:
    assert mended(before, text) is None


def test_an_event_the_article_never_names_is_but_one_of_its_kind() -> None:
    text = "Des élèves de la ville ont participé à ce forum."
    assert mended("Le marché a rouvert.", text) == "Des élèves de la ville ont participé à un forum."
    denied = "Les élèves de la ville n’ont pas participé à ce forum."
    assert mended("Le marché a rouvert.", denied) is None


def test_a_sentence_that_stands_alone_is_left_as_it_is() -> None:
    text = "Le marché de Bandoula a rouvert."
    assert mended(text) == text


def test_the_latter_are_named_when_one_noun_can_be_meant() -> None:
    before = "La mairie dit que des ouvrières ont travaillé sur le pont."
    assert mended(before, "Ces dernières ont été payées par la ville.") == "Ces ouvrières ont été payées par la ville."


def test_people_are_known_by_function_and_name() -> None:
    (person,) = people(sources(MINISTER))
    assert (person.noun, person.text) == ("ministre", "le ministre de la Santé, Moussa Keïta")
    assert named("Le train de Bandoula part à l’heure.") == ()


def test_the_real_article_says_who_informs_without_a_word_of_its_own() -> None:
    (lessor,) = from_paths([EXAMPLE]).articles
    every = body(lessor)
    context = Context(every, "", None, date(2025, 6, 7))
    tree = parse(every[0].text)
    dated = moments.resolved(draft(tree), tree, context)
    assert dated is not None
    spoken = speech.spoken(dated, tree)
    assert spoken is not None
    found = repaired(spoken, tree, every[0], context)
    assert found is not None
    assert printed(found).startswith(
        "Le chef de Cabinet du département en charge de la Communication, Mohamed Ag Albachar, précise que la "
        "délégation officielle est exclusivement composée de cadres techniques"
    )


@pytest.mark.parametrize(
    ("printed_name", "told"),
    [
        ("Brigitte Macron visite l’école de Bandoula.", ""),
        ("M. Emmanuel Macron visite l’école de Bandoula.", "Emmanuel Macron a salué les élèves."),
    ],
)
def test_a_surname_with_a_title_is_somebody_only_when_the_article_says_so(printed_name: str, told: str) -> None:
    person = meant(sources(printed_name, "M. Macron a salué les élèves."), "M.", "Macron")
    assert (f"{person.text} a salué les élèves." if person else "") == told
