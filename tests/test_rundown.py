"""Which stories are read, in which order, and how they fill their slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.errors import UsageError
from audionews.french.sentences import words
from audionews.model import Article, Event, Item, Label, Line, Place, Role, Rundown, Script, Segment, Sentence, Story
from audionews.script.choice import rank, varied
from audionews.script.fit import fit, fit_headlines
from audionews.script.formats import Format, for_slot, load
from audionews.script.rundown import Order, light_last, plan, view
from audionews.station import Ranking
from tests.helpers import DAY

TEXTS = {
    "eau": (
        "Bandoula : l’eau revient au quartier Plateau",
        "L’eau est revenue à Bandoula. Le maire de la commune l’annonce.",
    ),
    "accident": ("Deux morts sur la route", "Un accident a fait deux morts près de Toula. Une enquête est ouverte."),
    "marche": ("Le marché central rouvre", "Le marché a rouvert. Les commerçants sont revenus."),
    "prix": ("Le prix du riz monte", "Le prix du sac de riz a monté au marché. Les commerçants expliquent la hausse."),
    "match": ("Football : l’AS Toula gagne", "L’AS Toula a gagné le match de football. Le tournoi continue."),
    "ecole": ("Les examens commencent", "Les examens commencent dans les écoles. Les élèves sont prêts."),
}


def article(name: str, published: date | None = DAY, source: str = "le journal L’Essai") -> Article:
    title, text = TEXTS[name]
    return Article(name, (Line(text, Label.BODY),), title, published, source=source, origin=f"{name}.txt")


def event(name: str, *others: str) -> Event:
    return Event((article(name), *(article(name, source=source) for source in others)))


def sentences(one: Event, budget: int, _day: date) -> tuple[Sentence, ...]:
    """Stand for the condenser: as many sentences of ten words as the budget holds, the first the most needed."""
    text = "{} phrase de dix mots qui dit une chose simple."
    return tuple(Sentence(text.format(f"{one.articles[0].id} {at}"), rank=at) for at in range(max(1, budget // 10)))


def order(**changes: object) -> Order:
    form = Format("bulletin/journal.txt.j2", 120, titles=3, stories=(30, 20), briefs=2, most_briefs=4, brief=10)
    return replace(Order(form, "journal", 165, DAY, "matin", "Journal du matin", Ranking()), **changes)  # type: ignore[arg-type]


def planned(*names: str, **changes: object) -> Rundown:
    return plan([event(name) for name in names], order(**changes), sentences)


def test_death_comes_first_and_sport_last() -> None:
    names = [item.story.slug for item in planned(*TEXTS).items]
    assert names[0].startswith("deux-morts")
    assert names[-1].startswith("football")


def test_nothing_light_follows_a_death_when_something_ordinary_can_stand_between() -> None:
    grave, light, plain = (
        Item(Place.BRIEF, Story(name, "id", name, "", (Sentence("x"),), gravity=gravity))
        for name, gravity in (("mort", 3), ("sport", 0), ("marché", 1))
    )
    assert light_last([plain, grave, light]) == [grave, plain, light]
    assert light_last([grave, light]) == [grave, light]


def test_subjects_vary_before_a_second_of_the_same_comes() -> None:
    events = [event("marche"), event("prix"), event("ecole")]
    first_two = [one.theme for one, _ in zip(varied(rank(events, DAY, Ranking())), range(2), strict=False)]
    assert len(set(first_two)) == 2


@pytest.mark.parametrize(
    ("ranking", "first"),
    [
        (Ranking(themes={"education": 4.0}), "ecole"),
        (Ranking(places={"Bandoula": 9.0}), "eau"),
        (Ranking(), "accident"),
    ],
)
def test_the_station_weighs_themes_and_places(ranking: Ranking, first: str) -> None:
    assert rank([event(name) for name in TEXTS], DAY, ranking)[0].article.id == first


def test_a_theme_of_no_weight_is_never_told() -> None:
    found = rank([event("match"), event("eau")], DAY, Ranking(themes={"sport": 0.0}))
    assert [one.article.id for one in found] == ["eau"]


def test_freshness_and_a_second_source_count_and_are_explained() -> None:
    (told,) = rank([event("eau", "le site Autre")], DAY, Ranking())
    old = rank([Event((article("eau", DAY - timedelta(days=2)),))], DAY, Ranking())[0]
    assert told.score > old.score
    assert "2 sources" in told.why
    assert "du jour" in told.why


def test_what_cannot_be_told_is_dropped_with_its_reason() -> None:
    made = plan(
        [event("eau"), event("prix")],
        order(),
        lambda one, n, day: () if one.articles[0].id == "eau" else sentences(one, n, day),
    )
    assert [one.origin for one in made.dropped] == ["eau.txt"]
    assert "eau.txt" in view(made)


def test_other_sources_and_an_update_reach_the_story() -> None:
    told = replace(event("eau", "le site Autre"), aired=date(2025, 6, 6))
    (item,) = plan([told], order(), sentences).items
    assert item.story.others == ("le site Autre",)
    assert item.story.aired == date(2025, 6, 6)


def script_of(rundown: Rundown) -> Script:
    """Stand for the templates: six words around each story, and thirty of the house."""
    segments = [Segment("o", Role.OPENING, " ".join(["mot"] * 30))]
    for item in rundown.items:
        segments.append(Segment("l", Role.LINK, "un lien de six mots simples", item.story.slug))
        segments += [Segment("s", Role.STORY, one.text, item.story.slug) for one in item.story.sentences]
    return Script("id", "t", DAY, tuple(segments))


def rundown(lengths: list[list[int]], place: Place = Place.BRIEF, room: int = 40) -> Rundown:
    items = tuple(
        Item(
            place,
            Story(
                f"s{at}",
                "id",
                f"S{at}",
                f"Titre {at}.",
                tuple(Sentence(f"p{at}-{k} " + "mot " * (n - 1), rank=k) for k, n in enumerate(one)),
            ),
            words=room,
        )
        for at, one in enumerate(lengths)
    )
    return Rundown("id", DAY, "matin", "flash", "Flash", items)


def spoken(made: Rundown) -> int:
    return sum(words(segment.text) for segment in script_of(made).segments)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(6, 20), min_size=1, max_size=8), min_size=12, max_size=16))
def test_the_slot_is_filled_within_three_per_cent_when_the_day_holds_enough(lengths: list[list[int]]) -> None:
    whole = rundown(lengths)
    made = fit(whole, 290, 5, script_of, words)
    total = spoken(made)
    enough = sum(min(52, sum(one)) + 6 for one in lengths) + 30
    if enough >= 330:
        assert abs(total - 290) <= 0.03 * 290
    for item in made.items:
        before = next(one for one in whole.items if one.story.slug == item.story.slug).story.sentences
        assert item.story.sentences == before[: len(item.story.sentences)]
        assert item.story.sentences


def test_a_thin_day_gives_a_short_bulletin_that_says_so() -> None:
    made = fit(rundown([[12, 10], [9]]), 750, 3, script_of, words)
    assert len(made.items) == 2
    assert "ne remplit pas" in made.dropped[-1].message


def test_where_nothing_fits_the_first_story_is_told_in_a_sentence() -> None:
    made = fit(rundown([[12, 10], [9], [8]]), 10, 3, script_of, words)
    assert [item.story.slug for item in made.items] == ["s0"]
    assert len(made.items[0].story.sentences) == 1
    assert not fit(rundown([]), 10, 3, script_of, words).items


def test_a_story_may_be_told_at_length_where_the_day_holds_few() -> None:
    day = rundown([[10] * 9], Place.STORY, room=40)
    usual, long = (spoken(fit(day, 110, 0, script_of, words, fullest)) for fullest in (1.35, 2.0))
    assert usual < long <= 110


def test_a_format_scales_to_its_slot() -> None:
    journal, flash, titres = (load(name, Path("/nowhere")) for name in ("journal", "flash", "titres"))
    usual = for_slot(journal, 300)
    assert (len(usual.stories), usual.briefs, usual.titles) == (4, 3, 4)
    short = for_slot(journal, 120)
    assert len(short.stories) == 2 and short.titles <= 2 and short.recap <= 2
    assert sum(short.stories) / short.speech <= sum(journal.stories) / journal.speech + 0.001
    minute = for_slot(journal, 60)
    assert len(minute.stories) == 1 and sum(minute.stories) < 40
    long = for_slot(flash, 600)
    assert len(long.stories) > 1 and set(long.stories) == set(flash.stories) and long.briefs > flash.briefs
    assert long.most_briefs > long.briefs and for_slot(flash, 60).most_briefs == flash.most_briefs
    assert for_slot(titres, 20).briefs == 2 and not for_slot(titres, 600).stories
    assert for_slot(load("magazine", Path("/nowhere")), 180).light == 0
    assert 0.95 < usual.speech / journal.speech < 1.1, "a slot as long as the format is hardly another format"


@given(st.integers(20, 3600), st.sampled_from(["journal", "flash", "titres", "magazine"]))
def test_a_slot_of_any_length_has_a_little_too_much_speech(seconds: int, name: str) -> None:
    form = for_slot(load(name, Path("/nowhere")), seconds)
    assert 0.8 * seconds - 10 <= form.speech <= 1.05 * seconds
    assert all(one > 0 for one in form.stories) and form.briefs >= 0 and form.most_briefs >= form.briefs


def test_a_format_says_how_long_its_pauses_are(tmp_path: Path) -> None:
    names = ("titres", "flash", "journal", "magazine")
    breaths = [load(name, tmp_path).breath for name in names]
    assert breaths == sorted(breaths) and breaths[2] == 1
    (tmp_path / "templates" / "formats").mkdir(parents=True)
    own = tmp_path / "templates" / "formats" / "court.toml"
    own.write_text('template = "bulletin/flash.txt.j2"\nspeech = 60\nbreath = 3.0\n', "utf-8")
    with pytest.raises(UsageError, match="breath"):
        load("court", tmp_path)


def test_a_long_slot_is_filled_with_headlines_from_the_first_on() -> None:
    items = tuple(
        Item(Place.BRIEF, Story(f"s{n}", "id", f"S{n}", "mot " * (8 + n % 5), (Sentence("x"),))) for n in range(40)
    )

    def write(made: Rundown) -> Script:
        return Script("id", "t", DAY, tuple(Segment("t", Role.HEADLINE, one.story.headline) for one in made.items))

    made = fit_headlines(Rundown("id", DAY, "m", "titres", "T", items), 250, 12, write, words)
    assert abs(sum(words(one.text) for one in write(made).segments) - 250) <= 5
    assert [item.story.slug for item in made.items[:12]] == [f"s{n}" for n in range(12)]


def test_headlines_are_chosen_to_fill_their_slot() -> None:
    items = tuple(
        Item(Place.BRIEF, Story(f"s{n}", "id", f"S{n}", "mot " * n, (Sentence("x"),)))
        for n in (9, 20, 14, 11, 18, 16, 13, 10)
    )

    def write(made: Rundown) -> Script:
        said = [
            Segment("o", Role.OPENING, "mot " * 20),
            *(Segment("t", Role.HEADLINE, one.story.headline) for one in made.items),
        ]
        return Script("id", "t", DAY, tuple(said))

    made = fit_headlines(Rundown("id", DAY, "m", "titres", "T", items), 110, 5, write, words)
    assert abs(sum(words(one.text) for one in write(made).segments) - 110) <= 3
    assert 4 <= len(made.items) <= 7
