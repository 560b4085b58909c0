"""The script's text where two present: the names in its marks, an editor's changes, words that look like marks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audionews import settings
from audionews.desk import codec, pipeline, stages
from audionews.desk.job import Job
from audionews.errors import UsageError
from audionews.model import Clip, Item, Place, Role, Rundown, Script, Sentence, Story
from audionews.script import formats, text
from audionews.script.cast import Cast
from audionews.script.phrases import Phrases
from audionews.script.write import VOICES, presenters, write
from audionews.station import Presenter, Station
from tests.helpers import DAY, make_job, make_station

TWO = ("Awa", "Jean-Paul N’Diaye")
SAID = "Les habitants du quartier ont retrouvé l’eau."
AGAIN = "Le maire l’a dit vendredi."


def story(slug: str, *sentences: str, headline: str = "L’eau revient.", paragraphs: tuple[int, ...] = ()) -> Story:
    told = tuple(
        Sentence(one, paragraph=paragraphs[at] if paragraphs else 0) for at, one in enumerate(sentences or (SAID,))
    )
    return Story(slug, "id", "L’eau", headline, told, source="le journal L’Essai")


def rundown(*stories: Story) -> Rundown:
    items = tuple(Item(Place.STORY, one, headlined=True) for one in stories)
    return Rundown("2025-06-07-matin", DAY, "matin", "journal", "Journal du matin", items)


def station(*names: str) -> Station:
    return Station(Path("/nowhere"), presenters=tuple(Presenter(name, "silence", "", 1.0) for name in names))


def parse(written: str, *names: str, cast: Cast | None = None) -> Script:
    return text.parse(written, rundown(story("a"), story("b")), (), names, cast or Cast())


def read(script: Script) -> list[int]:
    return [one.presenter for one in script.segments]


def test_a_mark_says_who_reads_its_block() -> None:
    script = parse(f"[titre a : Jean-Paul N’Diaye]\n{SAID}\n[virgule]\n[sujet a:Awa]\n{SAID}\n{AGAIN}\n", *TWO)
    assert read(script) == [2, 1, 1, 1]
    assert "[titre a : Jean-Paul N’Diaye]\n" in text.render(script, TWO)
    assert "[virgule]\n" in text.render(script, TWO)  # nobody reads a sting


@pytest.mark.parametrize(
    "mark", ["[titre a :Awa]", "[ titre a : Awa ]", "[TITRE a\u00a0: Awa\u202f]", "[titre  a:Awa]"]
)
def test_a_mark_typed_by_hand_is_read_whatever_its_blanks(mark: str) -> None:
    assert read(parse(f"{mark}\n{SAID}", *TWO)) == [1]


def test_a_block_without_a_name_goes_to_whom_the_format_gives_it() -> None:
    written = f"[ouverture]\n{SAID}\n[titre a]\n{SAID}\n[titre b]\n{SAID}\n[sujet a]\n{SAID}\n[sujet b]\n{SAID}"
    assert read(parse(written, *TWO)) == [1, 2, 1, 2, 1]
    assert read(parse(written, *TWO, cast=Cast(headline=1, story=2))) == [1, 1, 1, 2, 2]


def test_an_editor_hands_a_block_to_the_other_and_nothing_else_changes() -> None:
    planned = rundown(story("a", SAID, AGAIN), story("b"))
    script = write(planned, station(*TWO))
    written = text.render(script, TWO)
    assert "[sujet b : Awa]" in written
    corrected = text.parse(written.replace("[sujet b : Awa]", "[sujet b : Jean-Paul N’Diaye]"), planned, (), TWO)
    changed = [after.id for before, after in zip(script.segments, corrected.segments, strict=True) if before != after]
    assert changed == ["sujet-b-1"]
    assert [one.presenter for one in corrected.segments if one.id == "sujet-b-1"] == [2]


def test_a_block_may_be_taken_out_and_the_others_keep_their_voices() -> None:
    planned = rundown(story("a", SAID, AGAIN), story("b"))
    script = write(planned, station(*TWO))
    blocks = [list(one) for _, one in groupby(script.segments, lambda one: (one.role, one.story, one.presenter))]
    head, *written = text.render(script, TWO).split("\n[")
    assert len(written) == len(blocks) > 8
    for gone in range(len(blocks)):
        left = text.parse("\n[".join([head, *written[:gone], *written[gone + 1 :]]), planned, (), TWO).segments
        wanted = [one for at, block in enumerate(blocks) if at != gone for one in block]
        assert [(one.text, one.presenter) for one in left] == [(one.text, one.presenter) for one in wanted]


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("[sujet a : Jean-Paul Ndiaye]", "« Jean-Paul Ndiaye » ne présente pas .* dire « Jean-Paul N’Diaye »"),
        ("[sujet a : awa]", "« awa » ne présente pas sur cette station. Vouliez-vous dire « Awa »"),
        ("[sujet a : Zqx]", "« Zqx » ne présente pas sur cette station. Écrivez l’un de : Awa, Jean-Paul N’Diaye"),
        ("[virgule : Zqx]", "« Zqx » ne présente pas"),
        ("[sujet a : ]", "« .sujet a : . » ne se lit pas"),
        ("[sujet a : Awa : Awa]", "ne se lit pas"),
        ("[sujet a : Awa", "« .sujet a : Awa » ne se lit pas. Écrivez seul sur sa ligne"),
        ("[sujet a : Awa] Bonjour.", "ne se lit pas. Écrivez seul sur sa ligne"),
        ("[sujet a, Awa]", r"par exemple, \[sujet nom-du-sujet : Jean-Paul N’Diaye\]"),
        ("[sujt a : Awa]", r"\[sujt\] n’est pas un bloc connu"),
        ("[sujet c : Awa]", "le sujet « c » n’est pas dans ce bulletin"),
    ],
)
def test_a_slip_in_a_mark_is_named_and_never_read_aloud(mark: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        parse(f"# note\n{mark}\n{SAID}", *TWO)
    assert "ligne 2" in str(raised.value) and "\n" not in str(raised.value)


def test_where_one_presents_no_name_is_shown_and_all_is_theirs() -> None:
    planned = rundown(story("a"), story("b"))
    script = write(planned, station("Awa"))
    written = text.render(script, presenters(station("Awa")))
    assert set(read(script)) == {1} and "Awa" not in written and "confier le bloc" not in written
    assert text.parse(written, planned, script.patterns, ("Awa",)) == script
    assert written == text.render(script)
    assert read(parse(f"[titre a]\n{SAID}\n[titre b : Awa]\n{SAID}", "Awa")) == [1, 1]
    of_two = parse(f"[titre a : Awa]\n{SAID}\n[titre b : Jean-Paul N’Diaye]\n{SAID}", "Awa")
    assert read(of_two) == [1, 1], "a corrected script may be read with --voice, by one voice alone"


def test_where_two_present_the_text_says_how_to_change_it() -> None:
    written = text.render(write(rundown(story("a")), station(*TWO)), TWO)
    assert "# Le nom qui suit « : » est celui de qui lit le bloc : Awa ou Jean-Paul N’Diaye ;" in written
    marks = [line for line in written.splitlines() if line.startswith("[") and line != "[virgule]"]
    assert marks and all(line.endswith((" : Awa]", " : Jean-Paul N’Diaye]")) for line in marks)


@pytest.mark.parametrize("group", ["disclosure", "disclosure_titres"])
@pytest.mark.parametrize("several", [False, True])
def test_the_house_says_one_voice_or_several_whatever_the_phrase(group: str, several: bool) -> None:
    source = formats.read("bulletin/phrases.toml", Path("/nowhere"))
    phrases = Phrases(source, "2025-06-07-matin", frozenset(), dict(VOICES[several]), 7)
    said = list(iter(lambda: phrases.choose(group), ""))
    assert len(said) >= 3 and all("de synthèse" in one or "par ordinateur" in one for one in said)
    for one in said:
        assert bool(re.search(r"\b(?:une|la) voix\b", one.lower())) is not several, one
        assert ("des voix de synthèse" in one.lower()) is several, one
        assert not re.search(r"\bvous a lu\b" if several else r"\bont lu\b|\blus par des\b", one), one
        assert one[0].isupper()


def test_two_voices_are_announced_as_two() -> None:
    planned = rundown(story("a"), story("b"))
    for names in (("Awa",), TWO):
        said = " ".join(one.text for one in write(planned, station(*names)).segments).lower()
        assert ("des voix de synthèse" in said) is (len(names) == 2)


def test_a_sentence_without_words_opens_no_block() -> None:
    for sentences in ((SAID, "…"), ("…", SAID), ("…",)):
        script = write(rundown(story("a", *sentences)), station("Awa"))
        assert not [one for one in script.patterns if one.startswith("BL")]


def test_paragraphs_of_the_article_are_known_again_in_an_editors_text() -> None:
    planned = rundown(story("a", "Un premier fait.", "Un autre.", "Un troisième.", paragraphs=(1, 1, 4)))
    script = write(planned, station(*TWO))
    told = [one for one in script.segments if one.role is Role.STORY]
    assert [one.paragraph for one in told] == [False, False, True]
    corrected = text.render(script, TWO).replace("Un autre.\n", "Un autre.\nUn mot de la rédaction.\n")
    again = [one for one in text.parse(corrected, planned, (), TWO).segments if one.role is Role.STORY]
    assert [one.paragraph for one in again] == [False, False, False, True]


PIECES = [
    *("[sujet a]", "[sujet a : Awa]", "[sujet b:Jean-Paul N’Diaye]", "[titre b : Awa ]", "[ouverture]", "[virgule]"),
    *("[virgule : Awa]", "[brève b]", "[source a]", "[fermeture : Awa]", "[SUJET  a]", "[rappel a]", "[lancement]"),
    *("\n", "\n", "\n", "\n", " ", "# note", "#Mali", "Bonjour.", "[sic]", "[Source : AFP]", "[sujet", "a]", "[", "]"),
    *("# ", "#\u200b", "«", "»", "Oui !", "l'eau", "…", "[Bamako : la ville", "10 000 F", "\u00a0", "\u202f", "\u2028"),
    *(":", "M. Keïta.", "Il part."),
]


@given(st.lists(st.sampled_from(PIECES), max_size=16), st.sampled_from([(), ("Awa",), TWO]))
def test_any_text_is_read_back_as_it_was_read_or_refused_in_one_line(pieces: list[str], names: tuple[str, ...]) -> None:
    try:
        script = parse("[sujet a]\n" + " ".join(pieces), *names)
    except UsageError as error:
        assert "\n" not in str(error)
    else:
        assert parse(text.render(script, names), *names) == script


TEMPLATE = """[ouverture]
Bonjour.
{% for item in rundown.items %}
[titre {{ item.story.slug }}]
{{ item.story.headline }}
[sujet {{ item.story.slug }}]
{{ item.story.sentences | map(attribute="text") | join(" ") }}
{% endfor %}
[virgule]
[fermeture]
Fin.
"""
BLOCKS = [("ouverture", ""), ("titre", "a"), ("sujet", "a"), ("titre", "b"), ("sujet", "b"), ("virgule", "")]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """Give a station with a template of its own, so that a bulletin is written in no time."""
    folder = tmp_path_factory.mktemp("station")
    (folder / "templates" / "bulletin").mkdir(parents=True)
    (folder / "templates" / "bulletin" / "journal.txt.j2").write_text(TEMPLATE, "utf-8")
    (folder / "templates" / "bulletin" / "phrases.toml").write_text("", "utf-8")
    return replace(station(*TWO), folder=folder)


ODD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
)


@given(ODD, ODD, ODD)
def test_the_words_of_the_press_never_make_a_mark(small: Station, headline: str, first: str, second: str) -> None:
    _no_mark_of(small, headline, first, second)


@pytest.mark.parametrize(
    "sentences",
    [
        ("[sujet b]", "Ensuite."),
        ("[titre b : Awa]", "Ensuite."),
        ("[Source : AFP]", "Ensuite."),
        ("[Source : AFP] Le maire l’a dit.", "Ensuite."),
        ("[sujet un", "deux]"),
        ("[Bamako : la ville dort.", "Fin]"),
        ("# Le mot-dièse.", "Ensuite."),
        ("[# [sujet b]", "Ensuite."),
        ("Avant.\n[sujet b]\nAprès.", "Ensuite."),
        (" [sujet b]", "Ensuite."),
    ],
)
def test_press_text_is_never_taken_for_a_mark(small: Station, sentences: tuple[str, str]) -> None:
    said = _no_mark_of(small, sentences[0], *sentences)
    assert re.findall(r"\w+", said) == re.findall(r"\w+", " ".join([sentences[0], *sentences]))


def _no_mark_of(small: Station, headline: str, *sentences: str) -> str:
    """Write a bulletin where a story says this, see that its blocks are those of the template, give what it says."""
    planned = rundown(story("a", *sentences, SAID, headline=headline), story("b"))
    made = write(planned, small)
    found = dict.fromkeys((one.role.value, one.story) for one in made.segments)
    assert list(found) == [one for one in (*BLOCKS, ("fermeture", "")) if one != ("titre", "a") or one in found]
    assert text.parse(text.render(made, TWO), planned, (), TWO) == made
    return " ".join(one.text for one in made.segments if one.story == "a").replace(SAID, "")


# in a run


def job_of(folder: Path, *names: str) -> Job:
    table = {
        "voice": {"engine": "espeak", "ladder": []},
        "presenter": [{"name": name} for name in names],
        "source": [{"kind": "folder", "path": "articles", "name": "le journal L’Exemple"}],
    }
    return make_job(folder, station=settings.parse(table, folder))


def heard(job: Job) -> dict[str, str]:
    """Give the voice of each segment of a run."""
    clips = codec.load(job.run_folder / stages.CLIPS, tuple[Clip, ...])
    return {one.segment: one.voice for one in clips}


def test_a_block_that_an_editor_hands_over_is_read_by_the_other_voice(tmp_path: Path) -> None:
    job = job_of(make_station(tmp_path / "station"), *TWO)
    pipeline.build(job, last="clips")
    before = heard(job)
    path = job.run_folder / stages.SCRIPT_TEXT
    written = path.read_text("utf-8")
    mark = next(one for one in re.findall(r"\[brève [^\]]+\]", written) if one.endswith(" : Jean-Paul N’Diaye]"))
    path.write_text(written.replace(mark, mark.replace("Jean-Paul N’Diaye", "Awa")), "utf-8")
    assert pipeline.build(job, last="clips") == ["clips"]
    changed = {name for name, voice in heard(job).items() if voice != before[name]}
    assert changed == {name for name in before if name.startswith(f"breve-{mark.split()[1]}-")} != set()
    assert {heard(job)[name] for name in changed} == {"espeak:fr"} and path.read_text("utf-8") != written
    assert pipeline.build(job, last="clips") == []

    path.write_text(written.replace(mark, mark.replace("Jean-Paul N’Diaye", "Awaa")), "utf-8")
    with pytest.raises(UsageError, match=r"« Awaa » ne présente pas sur cette station\. Vouliez-vous dire « Awa »"):
        pipeline.build(job, last="clips")


def test_other_presenters_are_written_into_the_script(tmp_path: Path) -> None:
    folder = make_station(tmp_path / "station")
    pipeline.build(job_of(folder, "Awa"), last="clips")
    alone = job_of(folder, "Awa").run_folder / stages.SCRIPT_TEXT
    assert "Awa" not in alone.read_text("utf-8") and set(heard(job_of(folder, "Awa")).values()) == {"espeak:fr"}
    assert "script" in pipeline.build(job_of(folder, *TWO), last="clips")
    assert ": Jean-Paul N’Diaye]" in alone.read_text("utf-8")
    assert set(heard(job_of(folder, *TWO)).values()) == {"espeak:fr", "espeak:fr+f3"}
