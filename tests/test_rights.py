from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.model import Article, Label, Line, Rights, Sentence
from audionews.proof.rights import allowed, longest_run, most, reason, taken

TEXT = (
    "Une pompe neuve alimente depuis vendredi 6 juin 1.200 habitants de Bandoula.",
    "Le maire Fanta SACKO l’a mise en service au quartier Plateau devant les chefs de village et les élèves.",
)
ARTICLE = Article("a", tuple(Line(line, Label.BODY) for line in TEXT), title="Une pompe neuve au Plateau")


def quoting(text: str, rights: Rights = Rights.CITATION) -> bool:
    return allowed(Sentence(text), replace(ARTICLE, rights=rights))


def test_words_in_a_row_are_counted_whatever_their_accents_and_marks() -> None:
    assert longest_run(Sentence("À Toula, « une pompe neuve, alimente » 300 foyers."), ARTICLE) == 4
    assert longest_run(Sentence("Le seau coûte dix francs."), ARTICLE) == 1
    assert longest_run(Sentence("Rien."), ARTICLE) == 0


def test_a_run_may_begin_inside_a_shorter_one() -> None:
    page = Article("a", (Line("Le maire ouvre. Maire ouvre une école à Toula.", Label.BODY),))
    assert longest_run(Sentence("Le maire ouvre une école à Toula."), page) == 6


def test_only_runs_of_three_words_are_taken() -> None:
    assert taken([Sentence("La pompe neuve du maire Fanta Sacko l’a mise en retard.")], ARTICLE) == 6
    assert taken([Sentence("Le maire parle."), Sentence("Une pompe sert.")], ARTICLE) == 0
    assert taken([Sentence(TEXT[0])], ARTICLE) == len(TEXT[0].replace("1.200", "1 200").split())


def test_a_citation_takes_fifteen_words_in_a_row_at_most() -> None:
    words = TEXT[1].rstrip(".").split()
    assert quoting(" ".join(words[:15]))
    assert not quoting(" ".join(words[:16]))


@pytest.mark.parametrize("rights", [Rights.LICENCE, Rights.ACCORD, Rights.UNKNOWN])
def test_other_rights_do_not_count_words(rights: Rights) -> None:
    assert quoting(" ".join(TEXT), rights)


def test_of_unknown_rights_one_sentence_is_told() -> None:
    assert most(Rights.UNKNOWN) == 1
    assert [most(one) for one in (Rights.LICENCE, Rights.ACCORD, Rights.CITATION)] == [None, None, None]


def test_each_right_says_its_reason() -> None:
    assert all(reason(rights) for rights in Rights)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(" ".join(TEXT).split()), max_size=20))
def test_no_more_is_taken_than_is_said(words: list[str]) -> None:
    sentence = Sentence(" ".join(words))
    assert 0 <= longest_run(sentence, ARTICLE) <= 2 * len(words)
    assert taken([sentence], ARTICLE) >= (longest_run(sentence, ARTICLE) >= 3) * 3
