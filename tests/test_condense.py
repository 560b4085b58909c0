"""Articles → the sentences read on air."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.collect import from_paths
from audionews.condense import choose
from audionews.condense.alone import is_whole
from audionews.condense.choose import rank, stands_alone
from audionews.condense.features import PAIRS, WORDS, pair_rows, tokens, word_rows
from audionews.condense.forest import forest
from audionews.condense.rank import ranker
from audionews.french.sentences import words
from audionews.model import Article, Label, Line

DAY = date(2025, 6, 7)
EXAMPLE = Path(__file__).parent.parent / "examples" / "articles" / "lessor"
MARKET = (
    "Le marché central de Bandoula a rouvert après deux ans de travaux.",
    "Cette réouverture a réuni les commerçants et la mairie.",
    "Elle a coûté trois milliards de francs à la ville.",
    "Les commerçants du marché paieront une taxe de 500 francs par jour.",
    "Hier, la mairie a promis un second marché près du fleuve.",
    "« Nous sommes heureux », a-t-il ajouté.",
)


def article(*paragraphs: str, title: str = "", published: date | None = None) -> Article:
    return Article("0", tuple(Line(text, Label.BODY) for text in paragraphs), title, published)


def condense(one: Article, budget: int, day: date | None = None) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in choose.condense(one, budget, day))


@pytest.mark.parametrize(
    ("budget", "opening"),
    [
        (25, "Le chef de Cabinet du département en charge de la Communication, Mohamed Ag Albachar, précise que"),
        (60, "Le ministère en charge de la Communication tient à préciser que"),
        (90, "Le ministère en charge de la Communication tient à préciser que"),
        (130, "Le chef de Cabinet du département en charge de la Communication, Mohamed Ag Albachar, précise que"),
    ],
)
def test_the_real_article_is_told_from_its_self_contained_sentences(budget: int, opening: str) -> None:
    (lessor,) = from_paths([EXAMPLE]).articles
    found = condense(lessor, budget, DAY)
    assert found[0].startswith(opening)
    assert "délégation officielle" in found[0]
    assert stands_alone(found[0])
    assert sum(map(words, found)) <= budget


def test_sentences_keep_the_order_of_the_article() -> None:
    found = choose.condense(article(*MARKET, title="Le marché central rouvre"), 60, DAY)
    assert found[0].text == MARKET[0]
    places = [one.spans[0].start for one in found]
    assert places == sorted(places)
    assert MARKET[5] not in [one.text for one in found]


def test_what_leaves_first_leaves_a_story_that_is_understood() -> None:
    found = choose.condense(article(*MARKET, title="Le marché central rouvre"), 60, DAY)
    assert sorted(one.rank for one in found) == [*range(len(found))]
    assert found[0].rank == 0
    for size in range(1, len(found) + 1):
        left = [one.text for one in found if one.rank < size]
        assert stands_alone(left[0])
        assert MARKET[2] not in left or MARKET[1] in left


def test_a_budget_is_filled_or_left_where_more_adds_little() -> None:
    one = article(*MARKET, title="Le marché central rouvre")
    short, long = choose.condense(one, 60, DAY, fill=False), choose.condense(one, 60, DAY)
    assert short
    assert {sentence.spans for sentence in short} <= {sentence.spans for sentence in long}
    for found in (short, long):
        assert sum(words(sentence.text) for sentence in found) <= 60


def test_what_is_not_allowed_is_not_said() -> None:
    one = article(*MARKET, title="Le marché central rouvre")
    found = choose.condense(one, 60, DAY, allow=lambda sentence: "taxe" not in sentence.text)
    assert found
    assert not any("taxe" in sentence.text for sentence in found)
    assert choose.condense(one, 60, DAY, allow=lambda _: False) == ()


def test_an_update_says_what_is_new_or_nothing() -> None:
    one = article(*MARKET, title="Le marché central rouvre")
    found = choose.condense(one, 60, DAY, said=[MARKET[0]])
    assert found
    assert MARKET[0] not in [sentence.text for sentence in found]
    assert choose.condense(article(MARKET[0]), 60, DAY, said=[MARKET[0]]) == ()


def test_nothing_is_said_twice() -> None:
    again = "Le marché central de Bandoula a enfin rouvert après deux ans de travaux."
    found = condense(article(MARKET[0], again, MARKET[3]), 60)
    assert len({MARKET[0], again} & set(found)) == 1


def test_a_budget_too_small_still_gives_the_shortest_usable_sentence() -> None:
    short = "Le riz coûte 400 francs à Bandoula."
    assert condense(article(MARKET[0], short, MARKET[3]), 2) == (short,)


@pytest.mark.parametrize(
    "text",
    [
        "Une semaine après la signature d.",
        "Le marché rouvre et",
        "Le maire a dit : « Le marché rouvre.",
        "Nous avons retrouvé nos étals ce matin au marché.",
        "Le marché de Bandoula va-t-il enfin rouvrir ses portes ?",
        "Quelle belle journée pour le marché de Bandoula !",
        "Rien à dire.",
        "",
    ],
)
def test_what_cannot_be_read_gives_nothing(text: str) -> None:
    assert condense(article(text, published=DAY), 60, DAY) == ()


def test_a_quotation_over_several_sentences_is_left_out() -> None:
    parts = (
        "Le maire a parlé du marché : « Les étals sont prêts.",
        "Les allées sont larges et propres.",
        "Voilà », a-t-il dit.",
    )
    assert condense(article(*parts), 60) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Le prix du riz a baissé de 12 % à Sikasso.",
        "Mohamed Ag Albachar indique que le ministère reste engagé.",
        "Le marché rouvre ce samedi à Bamako.",
        "Le budget augmente cette année de 3 %.",
        "Il n’y a plus de longues files dans les stations-service de la capitale.",
        "La cérémonie de remise des prix a eu lieu à Ségou.",
        "Le forum de Bamako s’est ouvert samedi ; ce forum dure trois jours.",
        "Le maire, Awa Keïta, a dit qu’elle ouvrirait le marché.",
        "En plein hivernage, Bandoula manque d’eau potable.",
        "Tous les magasins de Bandoula ouvriront dimanche.",
        "Le train roule désormais à 130 km/h.",
        "M. Moussa Diallo a salué la mesure.",
    ],
)
def test_what_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ces dernières ont été invitées par le ministère.",
        "S’y ajoutent la Cellule d’appui et la Société de diffusion.",
        "Il a ouvert la séance.",
        "C’était avec les ministres de la Culture.",
        "Celle-ci a rappelé les missions de l’Omap.",
        "L’information a été donnée ce samedi 7 juin par le chef de Cabinet.",
        "L’annonce a été faite par le ministre.",
        "La cérémonie était présidée par le maire.",
        "La signature officielle du document est prévue pour vendredi.",
        "Cette rencontre a réuni dix pays.",
        "Le gouvernement a adopté un décret sur ce sujet.",
        "Selon lui, la crise est passée.",
        "La crise est passée, selon lui.",
        "La crise est passée, a-t-il affirmé.",
        "De son côté, le maire a promis une route.",
        "Par ailleurs, le prix du riz baisse.",
        "Cependant, les files d’attente restent longues.",
        "Ainsi, le marché rouvre.",
        "Son arrivée a surpris la ville.",
        "À son arrivée, le maire a été accueilli par la foule.",
        "Arrivé à Bamako, il a rencontré le ministre.",
        "« Nous sortons de la crise », a affirmé le ministre.",
        "Le ministre a présidé la fête, « un grand jour.",
        "Souleymane a expliqué la mesure.",
        "M. Diallo a salué la mesure.",
        "Une décision qui surprend les habitants.",
        "Le maire a également promis une route.",
        "Le ministre a reçu ledit rapport.",
    ],
)
def test_what_hangs_in_the_air(sentence: str) -> None:
    assert not stands_alone(sentence)


def test_what_was_said_before_can_be_spoken_of() -> None:
    before = ("La rencontre de Bamako réunit dix pays.", "Le ministre Moussa Diallo préside les débats.")
    assert stands_alone("Cette rencontre dure trois jours.", before)
    assert stands_alone("Cette dernière rencontre dure trois jours.", before) is False
    assert stands_alone("La rencontre a été suivie par mille personnes.", before)
    assert stands_alone("M. Diallo a salué le public.", before)
    assert not stands_alone("Ce forum dure trois jours.", before)
    assert not stands_alone("Il a salué le public.", before)


def test_a_sentence_is_whole_or_cut() -> None:
    assert is_whole("Le maire a dit : « Le marché rouvre. »")
    assert not is_whole("Le marché rouvre…")
    assert not is_whole("et le marché rouvre.")
    assert not is_whole("Le marché (enfin rouvre.")


def test_the_ranker_prefers_the_news_to_the_rest() -> None:
    scores = rank(MARKET, "Le marché central de Bandoula rouvre")
    assert max(scores) == scores[0]
    assert rank(()) == ()


def test_the_rows_have_the_columns_that_were_learned() -> None:
    learned = ranker()
    worth = learned.weigh(MARKET, "Le marché rouvre")
    cut = [tokens(one) for one in MARKET]
    rows = word_rows(cut, ["Le", "marché"], learned.known)
    assert {len(row) for row in rows.values()} == {len(WORDS)}
    assert {len(row) for row in pair_rows(cut, [], worth.words, rows).values()} == {len(PAIRS)}
    assert set(rows) == set(worth.words)


def test_a_forest_answers_as_its_trees_read() -> None:
    trees = [[1, 0.5, [0, 2.0, 1.0, 2.0], 4.0], 0.25]
    assert forest(trees).answers([(1, 0), (3, 0.5), (0, 1)]) == [1.25, 2.25, 4.25]
    assert forest(trees).answers([]) == []
    assert forest([0.5]).answers([(7,)]) == [0.5]


PIECES = [
    *MARKET,
    "Awa Keïta dirige la mairie depuis 2020.",
    "Ce",
    "(oui",
    "«",
    "M. Diallo est venu. Il est reparti.",
    "…",
]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=5).map(" ".join), max_size=5),
    st.integers(-5, 200),
    st.sampled_from([None, DAY]),
)
def test_stories_are_within_budget_and_always_the_same(paragraphs: list[str], budget: int, day: date | None) -> None:
    one = article(*paragraphs, published=DAY)
    found = choose.condense(one, budget, day)
    assert found == choose.condense(one, budget, day)
    assert len(found) < 2 or sum(words(sentence.text) for sentence in found) <= budget
    assert not found or stands_alone(found[0].text)
    assert sorted(sentence.rank for sentence in found) == [*range(len(found))]
    assert all(0 <= span.start < span.end <= len(one.text) for sentence in found for span in sentence.spans)
