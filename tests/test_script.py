"""The words: templates, phrases, the editor's text, the check against the articles."""

from __future__ import annotations

import itertools
import re
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.articles.collect import each
from audionews.desk import collecting, newsroom
from audionews.desk.job import Job
from audionews.errors import UsageError
from audionews.french.sentences import words
from audionews.language import language
from audionews.model import Article, Item, Label, Line, Place, Rights, Role, Rundown, Sentence, Story
from audionews.proof.facts import unsupported
from audionews.proof.style import proofread
from audionews.script import formats, text
from audionews.script.headline import adds, headline, short_title
from audionews.script.themes import fold, gravity, theme
from audionews.script.write import named, presenters, write
from audionews.settings import load
from audionews.station import Station
from tests.helpers import DAY, EXAMPLE, NOON, ROOT

GOLDEN = ROOT / "tests" / "data" / "golden"


def story(slug: str = "eau", **changes: object) -> Story:
    made = Story(
        slug,
        "id",
        "L’eau",
        "L’eau revient.",
        (Sentence("L’eau est revenue."), Sentence("Elle est claire.")),
        source="le journal L’Essai",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def rundown(*stories: Story) -> Rundown:
    items = tuple(Item(Place.STORY, one, headlined=True) for one in stories)
    return Rundown("2025-06-07-matin", DAY, "matin", "journal", "Journal du matin", items)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(folder=tmp_path)


@lru_cache(maxsize=8)
def example(form: str = "journal", titled: bool = True) -> tuple[Rundown, Job, tuple[Article, ...]]:
    """Plan the bulletin of the bundled example as a run does, without publishing."""
    with tempfile.TemporaryDirectory() as scratch:
        job = Job(load(EXAMPLE), DAY, "matin", form, Path(scratch), NOON)
        articles = collecting.collected(job, each(collecting.sources(job))).articles
        if not titled:
            articles = tuple(replace(one, title="") if "football" not in one.origin else one for one in articles)
        return newsroom.planned(job, articles, frozenset()), job, articles


@pytest.mark.parametrize("form", ["journal", "flash", "titres", "magazine"])
def test_golden_scripts_of_the_example(form: str) -> None:
    """Compare with tests/data/golden; after a wanted change, write the new text there and read it aloud."""
    planned, job, articles = example(form)
    script = newsroom.written(job, planned, frozenset())
    assert text.render(script, presenters(job.station)) == (GOLDEN / f"{form}.txt").read_text("utf-8")
    assert unsupported(script, planned, articles) == ()
    assert not [one for one in proofread(script, planned, spoken=language("fr").spoken) if one.blocking]


def test_the_example_has_what_a_bulletin_needs() -> None:
    planned, job, _articles = example()
    script = newsroom.written(job, planned, frozenset())
    roles = [segment.role for segment in script.segments]
    assert {*Role} - {Role.RECAP, Role.CORRECTION} <= set(roles)
    assert 2 <= sum(item.place is Place.STORY for item in planned.items) <= 4
    assert sum(item.place is Place.BRIEF for item in planned.items) >= 2
    spoken = " ".join(segment.text for segment in script.segments)
    assert "voix de synthèse" in spoken or "produite par ordinateur" in spoken
    assert "samedi 7 juin" in spoken.replace("\u00a0", " ")
    assert "L’Essor" in spoken


def test_every_told_sentence_is_tied_to_its_article() -> None:
    planned, _job, articles = example()
    by_id = {article.id: article.text for article in articles}
    for item in planned.items:
        printed = by_id[item.story.article_id]
        for sentence in item.story.sentences:
            tied = fold(" ".join(printed[span.start : span.end] for span in sentence.spans)).split()
            said = fold(sentence.text).split()
            assert len(set(said) & set(tied)) >= 0.6 * len(set(said))


def test_a_sigle_is_given_in_full_at_first_mention_and_in_the_story_only(station: Station) -> None:
    told = story(
        "eau", headline="La BNDA prête.", sentences=(Sentence("La BNDA a prêté."), Sentence("La BNDA est à Bamako."))
    )
    planned = rundown(told, story("b"), story("c"))
    script = write(named(planned), station)
    said = [(segment.role, segment.text) for segment in script.segments if segment.story == "eau"]
    assert (Role.STORY, "La Banque nationale de développement agricole, la BNDA, a prêté.") in said
    assert (Role.STORY, "La BNDA est à Bamako.") in said
    assert (Role.HEADLINE, "La BNDA prête.") in said
    assert planned.items[0].story.sentences == told.sentences
    article = Article("id", tuple(Line(one.text, Label.BODY) for one in told.sentences), "La BNDA prête")
    assert unsupported(script, planned, (article,)) == ()


def test_a_full_name_is_refused_without_its_sigle() -> None:
    planned = rundown(story("eau"))
    script = text.parse("[sujet eau]\nSelon l’Organisation pour la mise en valeur du fleuve Sénégal, oui.", planned)
    article = Article("id", (Line("Oui, dit le journal.", Label.BODY),), "L’eau revient")
    (remark,) = unsupported(script, planned, (article,))
    assert "« Organisation », « Sénégal »" in remark.message


def test_another_name_beside_the_full_name_is_still_refused(station: Station) -> None:
    planned = rundown(story("eau"))
    said = "Selon l’Organisation pour la mise en valeur du fleuve Sénégal et Ibrahima Wxyz, tout va bien."
    script = text.parse(f"[sujet eau]\n{said}", planned)
    article = Article("id", (Line("Tout va bien, selon l’OMVS.", Label.BODY),), "L’eau revient")
    (remark,) = unsupported(script, planned, (article,))
    assert "« Ibrahima Wxyz »" in remark.message
    assert "Organisation" not in remark.message
    assert "Sénégal" not in remark.message


def test_no_teaser_is_ever_told() -> None:
    planned, job, articles = example()
    told = " ".join(segment.text for segment in newsroom.written(job, planned, frozenset()).segments)
    teasers = [line.text for article in articles for line in article.lines if line.label is Label.TEASER]
    assert len(teasers) >= 12
    assert not [one for one in teasers if one[:40] in told]


def test_titles_are_not_announced_when_the_main_stories_have_none() -> None:
    planned, _job, _articles = example()
    again, _job, _articles = example(titled=False)
    assert any(item.headlined for item in planned.items)
    assert not any(item.headlined for item in again.items)


def test_no_phrase_twice_in_a_bulletin() -> None:
    planned, job, _articles = example()
    patterns = newsroom.written(job, planned, frozenset()).patterns
    assert len(patterns) == len(set(patterns)) > 12


def test_a_source_is_never_left_out(station: Station) -> None:
    briefs = [story(f"s{number}", author="Awa Keïta", rights=Rights.CITATION) for number in range(20)]
    planned = replace(rundown(), items=tuple(Item(Place.BRIEF, one) for one in briefs))
    script = write(planned, station)
    credited = [segment for segment in script.segments if segment.role is Role.CREDIT]
    assert [segment.story for segment in credited] == [one.slug for one in briefs]
    assert all(before.text != after.text for before, after in itertools.pairwise(credited))


def test_links_beside_a_grave_story_are_plain(station: Station) -> None:
    stories = [story("a", gravity=1), story("b", gravity=3, theme="politique"), story("c", gravity=2, theme="sante")]
    script = write(rundown(*stories), station)
    links = [pattern for pattern in script.patterns if re.fullmatch(r"(?:P|H|X)\d+", pattern)]
    assert len(links) == 2
    assert all(one.startswith("X") for one in links)


def test_no_light_words_after_a_grave_story(station: Station) -> None:
    grave = story("a", gravity=3, theme="faits-divers")
    light = story("b", gravity=0, theme="sport")
    script = write(rundown(grave, light), station)
    assert not {"SP1", "TL1", "TL2", "C1"} & set(script.patterns)


def test_the_same_day_gives_the_same_words(station: Station) -> None:
    planned = rundown(story("a"), story("b"))
    assert write(planned, station) == write(planned, station)
    other = write(planned, station, frozenset(write(planned, station).patterns))
    assert other.patterns != write(planned, station).patterns


def test_a_station_overrides_words_and_templates(tmp_path: Path) -> None:
    (tmp_path / "templates" / "bulletin").mkdir(parents=True)
    (tmp_path / "templates" / "bulletin" / "journal.txt.j2").write_text(
        "[ouverture]\nIci {{ rundown.title }}.\n", "utf-8"
    )
    script = write(rundown(story()), Station(folder=tmp_path))
    assert [segment.text for segment in script.segments] == ["Ici Journal du matin."]


@pytest.mark.parametrize("fault", ["{{ unknown }}", "{% if %}", "{{ phrase('greeting' }}"])
def test_a_broken_template_is_named(tmp_path: Path, fault: str) -> None:
    (tmp_path / "templates" / "bulletin").mkdir(parents=True)
    (tmp_path / "templates" / "bulletin" / "journal.txt.j2").write_text(f"[ouverture]\n{fault}\n", "utf-8")
    with pytest.raises(UsageError, match=r"journal\.txt\.j2"):
        write(rundown(story()), Station(folder=tmp_path))


def test_an_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="flash, journal, magazine, titres"):
        formats.load("jornal", tmp_path)


def test_text_reads_back_what_it_wrote(station: Station) -> None:
    planned = rundown(story("a"), story("b"))
    script = write(planned, station)
    assert text.parse(text.render(script), planned, script.patterns) == script


PLAIN = st.text(st.characters(categories=["L", "N", "Zs", "P", "Cc"]), max_size=300)


@given(PLAIN)
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_or_refused_in_one_line(given_text: str) -> None:
    planned = rundown(story("a"))
    try:
        script = text.parse(given_text, planned)
    except UsageError as error:
        assert "\n" not in str(error)
    else:
        assert text.parse(text.render(script), planned) == script


@pytest.mark.parametrize("said", ["#Mali avance.", "Mots. # Suite.", "Un mot. [virgule]", "# [virgule]\nMots."])
def test_words_are_never_taken_for_marks(said: str) -> None:
    planned = rundown(story("a"))
    script = text.parse(f"[sujet a]\n{said}", planned)
    assert {segment.role for segment in script.segments} == {Role.STORY}
    assert text.parse(text.render(script), planned) == script


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[sujt a]\nMots.", "pas un bloc connu"),
        ("[sujet b]\nMots.", "Vouliez-vous dire « a »"),
        ("Mots.", "aucun bloc"),
        ("[virgule]\nMots.", "aucun bloc"),
        ("# rien", "aucun mot"),
    ],
)
def test_slips_of_the_hand_are_named(written: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        text.parse(written, rundown(story("a")))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bandoula : l’eau revient", "Bandoula : l’eau revient."),
        ("l’eau revient .", "L’eau revient."),
        ("Qui paiera l’eau ?", ""),
        ("« Nous gagnerons »", ""),
        ("La station a coûté plus de deux milliards de fran…", ""),
        ("mot " * 30, ""),
        ("", ""),
    ],
)
def test_headlines(title: str, expected: str) -> None:
    assert headline(title).replace("\u00a0", " ") == expected


def test_a_headline_is_not_said_twice() -> None:
    sentence = "L’AS Toula a remporté vendredi la Coupe du cercle de Bandoula."
    assert not adds("Football : l’AS Toula remporte la Coupe du cercle de Bandoula.", sentence)
    assert adds("Deux morts dans un accident de la route.", "Un minibus a heurté un camion jeudi soir.")
    assert not adds("", sentence)


def test_an_untitled_story_is_named_by_its_first_words() -> None:
    sentence = "Mohamed Ag Albachar indique que le ministère en charge de la Communication reste engagé."
    assert short_title("", sentence) == "Mohamed Ag Albachar indique que le ministère en…"
    assert words(short_title("", sentence)) <= 9


@pytest.mark.parametrize(
    ("said", "name", "level"),
    [
        ("Deux morts dans une collision.", "faits-divers", 3),
        ("Aucun décès n’a été enregistré, mais 41 cas de rougeole.", "sante", 2),
        ("Ni mort ni blessé dans cette affaire.", "societe", 1),
        ("L’équipe a gagné.", "sport", 0),
        ("Le film raconte la mort d’un roi.", "culture", 3),
    ],
)
def test_gravity(said: str, name: str, level: int) -> None:
    assert gravity((said,), name) == level


def test_theme_listens_to_the_section_first() -> None:
    body = ("Le ministre a assisté au match.",)
    assert theme("", body, "Sport") == "sport"
    assert theme("Examen du DEF : 2.314 candidats", ("Les épreuves commencent lundi.",)) == "education"
    assert theme("", ("Bla bla.",)) == "societe"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("Il y a 200 habitants.", ["200"]),
        ("Il y a 1 200 habitants.", []),
        ("Le prix est de 2 francs.", ["2"]),
        ("La facture est de 1,2 milliard.", []),
    ],
)
def test_figures_are_compared_whole(said: str, missing: list[str]) -> None:
    article = Article("id", (Line("Les 1.200 habitants paient 1,2 milliard.", Label.BODY),), origin="eau.txt")
    planned = rundown(story("eau"))
    script = text.parse(f"[sujet eau]\n{said}", planned)
    told = [one.message for one in unsupported(script, planned, (article,))]
    assert told == [f"« {one} » : absent de l’article eau.txt" for one in missing]


def test_the_check_finds_strange_figures_and_names() -> None:
    article = Article(
        "id", (Line("Le maire Fanta SACKO a payé 85 millions.", Label.BODY),), title="L’eau", origin="eau.txt"
    )
    planned = rundown(story("eau", headline="L’eau revient."))
    script = text.parse(
        "[sujet eau]\nLe maire Fanta SACKO a payé 95 millions.\nAwa Sidibé aussi.\nFanta Sacko a payé.", planned
    )
    found = unsupported(script, planned, (article,))
    assert [(one.origin, one.message.split(" : ")[0]) for one in found] == [
        ("sujet-eau-1", "« 95 millions »"),
        ("sujet-eau-2", "« Awa Sidibé »"),
    ]
