"""The times of words: what an engine has read, carried back to the text as printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews.french.lexicon import entry
from audionews.french.typography import typeset
from audionews.language import Entry, language
from audionews.model import Word
from audionews.voices.base import Engine, NoOptions, Sound
from audionews.voices.espeak import Espeak
from audionews.voices.reading import read
from audionews.voices.silence import Silence
from audionews.voices.words import Stretch, laid, printed
from tests.helpers import ROOT

FRENCH = language("fr")
STEP, SOUNDING = 100, 90  # ms from word to word of what is read, and how long each lasts


class Respelling(Engine):
    """Reads respellings, as engines do unless they say otherwise; nothing here is spoken."""

    name = "respelling"

    @classmethod
    def voices(cls) -> tuple[str, ...]:
        return ("une",)

    def speak(self, text: str) -> Sound:
        raise AssertionError(text)


SOUNDS, RESPELLINGS, PLAIN = Espeak(Espeak.Options()), Respelling(NoOptions()), Silence(NoOptions())
ENGINES: list[Engine] = [SOUNDS, RESPELLINGS, PLAIN]
STATION: dict[str, Entry] = {
    "Koro Toro": entry("Coro Toro /koʁo toʁo/"),
    "Toto": entry("To to tou"),  # more words than are printed
    "Bamako": entry("Ba ma co /bamako/"),
}


def given_to(text: str, engine: Engine) -> tuple[str, str]:
    """Give the spoken form of a text, and what an engine is given to read."""
    said = FRENCH.spoken(text)
    return said, read(said, engine, STATION, FRENCH)


def timed(text: str, engine: Engine = PLAIN) -> tuple[Word, ...]:
    said, read_out = given_to(text, engine)
    times = [(at * STEP, at * STEP + SOUNDING) for at in range(len(read_out.split()))]
    return printed(text, said, read_out, times, FRENCH.spoken)


def heard(text: str, engine: Engine = PLAIN) -> list[tuple[str, int, int]]:
    """Give each printed word with the first word it is heard as and the one after the last; −1 when it is not heard."""
    words = []
    for one in timed(typeset(text), engine):
        first, after = one.start_ms // STEP, -(-one.end_ms // STEP)
        words.append((re.sub(r"\s", " ", one.text), first, after) if one.end_ms > one.start_ms else (one.text, -1, -1))
    return words


def test_words_that_are_said_as_they_stand_have_their_own_times() -> None:
    assert timed("Le maire est venu.") == (
        Word("Le", 0, 90),
        Word("maire", 100, 190),
        Word("est", 200, 290),
        Word("venu.", 300, 390),
    )


@pytest.mark.parametrize(
    ("text", "word", "first", "after"),
    [
        ("Il a payé 1.200 euros hier.", "1.200 euros", 3, 7),  # mille deux cents euros
        ("Ils sont 2.314 candidats.", "2.314", 2, 7),
        ("Le prix reste fixé à 10 FCFA.", "10 FCFA.", 5, 10),  # dix francs C F A
        ("Le prix en FCFA, hier.", "FCFA,", 3, 7),
        ("Ils ont coûté 85 millions de Fcfa, dit-il.", "85 millions", 3, 5),
        ("Le 1er juin 2025 à Gao.", "1er juin", 1, 3),
        ("Le 1er juin 2025 à Gao.", "2025", 3, 6),
        ("Rendez-vous à 9 h 30, dit-elle.", "9 h", 2, 4),
        ("Rendez-vous à 9 h 30, dit-elle.", "30,", 4, 5),
        ("Rendez-vous à 14h ou après.", "14h", 2, 4),
        ("C’est l’AMRTP qui le dit.", "l’AMRTP", 1, 6),  # l’A M R T P
        ("C’est l’EDM-SA qui le dit.", "l’EDM-SA", 1, 6),
        ("Le taux est de 3,5 % hier.", "3,5 %", 4, 9),
        ("Vingt-cinq ans, est-ce peu ?", "est-ce", 2, 3),
        ("« C’est l’eau », dit-elle.", "l’eau »,", 2, 4),  # the mark stands alone between blanks
        ("« C’est l’eau », dit-elle.", "dit-elle.", 4, 5),
        ("M. Keïta, 2e du nom.", "M. Keïta,", 0, 2),
        ("Score : 2-1.", "2-1.", 2, 5),
        ("L’article (page 4) le dit.", "4)", 2, 3),
        ("Sur www.maliweb.net hier.", "www.maliweb.net", 1, 4),
    ],
)
def test_what_is_written_in_short_is_heard_in_full(text: str, word: str, first: int, after: int) -> None:
    found = {one: (start, end) for one, start, end in heard(text)}
    assert found[word] == (first, after)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_mark_that_is_not_heard_lasts_nothing_and_stands_in_its_place(engine: Engine) -> None:
    words = timed("Le maire — hier — est venu.", engine)
    assert [(one.text, one.start_ms, one.end_ms) for one in words] == [
        ("Le", 0, 90),
        ("maire", 100, 190),
        ("—", 190, 190),
        ("hier", 200, 290),
        ("—", 290, 290),
        ("est", 300, 390),
        ("venu.", 400, 490),
    ]


def test_sounds_in_the_place_of_words_have_the_times_of_these() -> None:
    text = "Il part d’Abuja pour N’Djamena, à Koro Toro."
    assert given_to(text, SOUNDS)[1] == "Il part /dabudʒa/ pour /ndʒamena/, à /koʁo/ /toʁo/."
    assert heard(text, SOUNDS) == [(one, at, at + 1) for at, one in enumerate(text.split())]


def test_a_respelling_of_more_words_than_are_printed_is_one_word() -> None:
    text = "Hier Toto est venu à Bamako."
    assert given_to(text, RESPELLINGS)[1] == "Hier To to tou est venu à Ba ma co."
    assert heard(text, RESPELLINGS) == [
        ("Hier", 0, 1),
        ("Toto", 1, 4),
        ("est", 4, 5),
        ("venu", 5, 6),
        ("à", 6, 7),
        ("Bamako.", 7, 10),
    ]


def test_a_sound_that_parts_two_words_belongs_to_a_neighbour() -> None:
    assert given_to("Score : 2-1.", SOUNDS)[1] == "Score : deux /ʔ/ à un."  # five words, of which one is no word
    words = timed("Score : 2-1.", SOUNDS)
    assert [(one.text, one.start_ms, one.end_ms) for one in words][-1] == ("2-1.", 200, 590)


def test_a_word_of_several_that_are_said_as_one_gets_its_share() -> None:
    words = printed("Koro Toro dort", "Koro Toro dort", "/koʁotoʁo/ dort", [(0, 800), (900, 1000)], FRENCH.spoken)
    assert words == (Word("Koro", 0, 400), Word("Toro", 400, 800), Word("dort", 900, 1000))


@pytest.mark.parametrize(
    ("text", "given_text", "times"),
    [
        ("Le maire.", "Le maire.", []),
        ("Le maire.", "Le maire.", [(0, 10)]),  # not one for each word: they cannot be trusted
        ("Le maire.", "Le maire.", [(0, 10), (10, 20), (20, 30)]),
        ("", "", []),
        ("   ", "", []),
        ("—", "", []),
    ],
)
def test_without_times_there_are_none(text: str, given_text: str, times: list[tuple[int, int]]) -> None:
    assert printed(text, FRENCH.spoken(text), given_text, times, FRENCH.spoken) == ()


def test_a_text_of_marks_alone_lasts_nothing() -> None:
    assert printed("— …", "bruit", "bruit", [(5, 9)], lambda _word: "") == (Word("—", 5, 5), Word("…", 5, 5))


def test_a_row_is_laid_along_another() -> None:
    assert laid(["a", "b"], ["a", "b"]) == [Stretch(0, 1), Stretch(1, 2)]
    assert laid(["Été,"], ["ete"]) == [Stretch(0, 1)]  # accents, capitals and marks do not count
    assert laid(["a", "x", "b"], ["a", "y", "b"])[1] == Stretch(1, 2)
    assert laid(["a", "xxxx", "b"], ["a", "yy", "zz", "b"])[1] == Stretch(1, 3)
    assert laid(["a", "x", "yyy", "b"], ["a", "zzzz", "b"])[1:3] == [Stretch(1, 1.25), Stretch(1.25, 2)]
    assert laid(["a", "x", "b"], ["a", "b"])[1] == Stretch(1, 1)
    assert laid(["a", "b"], ["a", "more", "b"]) == [Stretch(0, 1), Stretch(2, 3)]
    assert laid([], ["a"]) == [] and laid(["a"], []) == [Stretch(0, 0)]


TOKENS = [
    *("le", "de", "de", "la", "les", "l’eau", "d’Abuja", "est-il", "trois", "cents", "20", "1.200", "10 FCFA", "et"),
    *("85 millions de FCFA", "9 h 30", "14h", "1er juin", "7 juin 2025", "AMRTP", "l’AMRTP", "EDM-SA", "« Oui »"),
    *("« C’est", "fini »,", "—", "(40)", "3,5 %", "2-1", "M. Choguel", "Maïga", "Bamako", "IIIe", "n° 4", "ou", "un"),
    *("deux", "mille", "cent", "/", "www.a.ml", "N’Djamena", "Koro Toro", "Toto", ":", "?", "!", ";", ",", ".", "…"),
]
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=14).map(lambda tokens: typeset(" ".join(tokens)))


def sound(text: str, engine: Engine) -> tuple[Word, ...]:
    """Assert what holds for any text, and give its words."""
    words, read_out = timed(text, engine), given_to(text, engine)[1].split()
    written = [one for one in text.split(" ") if one]
    assert [one.text for one in words] == (written if read_out else [])
    moments = [moment for one in words for moment in (one.start_ms, one.end_ms)]
    assert moments == sorted(moments)
    assert not words or (moments[0] >= 0 and moments[-1] <= (len(read_out) - 1) * STEP + SOUNDING)
    return words


@given(TEXTS, st.sampled_from(ENGINES))
def test_whatever_is_printed_each_word_has_a_time_after_the_one_before(text: str, engine: Engine) -> None:
    sound(text, engine)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(ENGINES))
def test_not_even_nonsense_breaks_a_clip(text: str, engine: Engine) -> None:
    sound(text, engine)


@given(TEXTS)
def test_a_word_said_as_it_stands_has_exactly_its_own_time(text: str) -> None:
    said = [bare(one) for one in FRENCH.spoken(text).split()]
    alone = [bare(part) for one in text.split(" ") for part in FRENCH.spoken(one).split()]
    for word in sound(text, PLAIN):
        one = bare(word.text)
        unchanged = FRENCH.spoken(word.text) == word.text == "".join(word.text.split())
        if one.isalpha() and unchanged and said.count(one) == alone.count(one) == 1:
            at = said.index(one) * STEP
            assert (word.start_ms, word.end_ms) == (at, at + SOUNDING)


@given(TEXTS)
def test_where_each_word_is_said_as_if_alone_the_times_are_exact(text: str) -> None:
    said = FRENCH.spoken(text).split()
    alone = [FRENCH.spoken(one).split() for one in text.split(" ") if one]
    if [bare(part) for parts in alone for part in parts] == [bare(one) for one in said]:
        at = 0
        for word, parts in zip(sound(text, PLAIN), alone, strict=False):
            if parts:
                assert (word.start_ms, word.end_ms) == (at * STEP, (at + len(parts) - 1) * STEP + SOUNDING)
            at += len(parts)


def bare(word: str) -> str:
    return re.sub(r"\W", "", word.lower()) or word[:1]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_words_of_real_articles_are_timed_to_the_sample(engine: Engine) -> None:
    paragraphs = [
        line
        for path in sorted((ROOT / "examples" / "articles").rglob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if len(line.split()) > 4
    ]
    assert len(paragraphs) > 20
    whole, shared, unheard = 0, list[str](), list[str]()
    for text in (typeset(one) for line in paragraphs for one in FRENCH.sentences(line)):
        words = sound(text, engine)
        whole += len(words)
        unheard += (one.text for one in words if one.start_ms == one.end_ms)
        shared += (
            one.text
            for one in words
            if one.start_ms < one.end_ms and (one.start_ms % STEP, one.end_ms % STEP) != (0, SOUNDING)
        )
    assert whole > 900
    assert all(re.fullmatch(r"\(\w+\)[.,]?", one) for one in unheard)  # a sigle after its full name is not said
    assert shared == ["de", "1,2\xa0milliard"]  # « d’un virgule deux milliard »: the first word is of both
