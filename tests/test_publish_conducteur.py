from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from audionews import settings
from audionews.model import (
    Bulletin,
    Cue,
    Fit,
    Item,
    Place,
    Recording,
    Role,
    Rundown,
    Script,
    Segment,
    Sentence,
    Story,
    Timeline,
    Track,
)
from audionews.publish.conducteur import conducteur_page, conducteur_text
from audionews.publish.sheet import Row, Sheet, sheet
from audionews.station import Station

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = date(2025, 6, 7)
STORIES = (
    ("eau", "Panne d'eau : 3 quartiers attendent", Place.STORY, "https://presse.example/eau?a=1&b=2"),
    ("mais", "Le prix du maïs <baisse> de 12 %", Place.STORY, "javascript:alert(1)"),
    ("lutte", "Lutte : une finale sans surprise ?", Place.BRIEF, ""),
)
STING, T, L, S, B, C = Role.STING, Role.HEADLINE, Role.LINK, Role.STORY, Role.BRIEF, Role.CREDIT
# Role, story, presenter, words.
SAID: tuple[tuple[Role, str, int, str], ...] = (
    (Role.OPENING, "", 1, "Bonjour, vous écoutez Radio du Lac."),
    (T, "eau", 2, "Les titres de ce samedi."),
    (T, "mais", 1, "Le maïs est moins cher."),
    (Role.OPENING, "", 1, "Le détail de ces informations."),
    (STING, "", 1, ""),
    (L, "", 1, "Société, maintenant."),
    (S, "eau", 2, "L’eau manque depuis jeudi dans trois quartiers."),
    (S, "eau", 2, "La société des eaux promet « un retour à la normale »."),
    (C, "eau", 2, "C’est à lire dans L’Essor."),
    (Role.OPENING, "", 1, "Vous êtes sur Radio du Lac."),
    (L, "mais", 1, "Économie."),
    (S, "mais", 2, "Le sac se vend 18 500 francs."),
    (STING, "", 1, ""),
    (B, "lutte", 1, "Le champion garde son titre."),
    (C, "lutte", 1, "D’après Le Sillon."),
    (S, "eau", 2, "Un mot encore de l’eau."),
    (STING, "", 1, ""),
    (Role.RECAP, "eau", 2, "Rappel de nos titres."),
    (Role.RECAP, "mais", 1, "Le maïs baisse."),
    (Role.CLOSING, "", 1, "C’était le journal. Merci de votre attention."),
)


def _set(text: str) -> str:
    """Put the blanks of French typography for the plain ones of a test."""
    narrow = re.sub(r"(?<=«) | (?=[»;!?%])|(?<=\d) (?=\d{3}\b)", "\u202f", text)
    units = r"LUFS|dBTP|s\b|h\b|juin|mars|francs"
    return re.sub(rf" (?=:)|(?<=\d) (?={units})|(?<=h) (?=\d)|(?<=SHA-256) ", "\u00a0", narrow)


def _station(**tables: Any) -> Station:
    known = {"name": "Radio du Lac", "email": "redaction@radio.example", **tables.pop("station", {})}
    table = {"station": known, "presenter": [{"name": "Awa"}, {"name": "Moussa"}], **tables}
    return settings.parse(table, Path("/nowhere"))


def _rundown(day: date = DAY) -> Rundown:
    items = tuple(
        Item(place, Story(slug, f"a-{slug}", name, name, (Sentence(name),), source="le quotidien L'Essor", url=url))
        for slug, name, place, url in STORIES
    )
    return Rundown("2025-06-07-matin", day, "matin", "journal", "Journal du matin", items)


def _spoken(said: tuple[tuple[Role, str, int, str], ...] = SAID) -> tuple[Script, Timeline]:
    """Read a sentence of 4 s every 4.5 s from 2.5 s on, and play what is around it."""
    segments, cues, at = [], [Cue(Track.JINGLE, 0, 4000, "jingle")], 2500
    for number, (role, story, presenter, words) in enumerate(said):
        segments.append(Segment(f"s-{number}", role, words, story, presenter=presenter))
        if role is STING:
            cues.append(Cue(Track.STING, at, 1000, "sting"))
            at += 1300
        else:
            cues.append(Cue(Track.VOICE, at, 4000, f"4-clips/s-{number}.wav", f"s-{number}"))
            at += 4500
    cues += [Cue(Track.BED, at - 4500, 6000, "bed"), Cue(Track.OUTRO, at, 3000, "outro")]
    return Script("2025-06-07-matin", "Journal du matin", DAY, tuple(segments)), Timeline(tuple(cues), at + 3000, ())


def _bulletin(length: int, *recordings: Recording) -> Bulletin:
    return Bulletin("6-bulletin.mp3", 10, "0123456789abcdef" * 4, length, -16.02, -1.44, (), recordings)


AIR = Recording("broadcast", "9/antenne-du-7-juin.wav", "audio/wav", 9, "fedcba9876543210" * 4, 90_000, -23.04, -3.1)
STEM = Recording("story", "9/eau.wav", "audio/wav", 9, "a" * 64, 9000, -23.0, -3.1, story="eau")


def _sheet(
    station: Station | None = None, fit: Fit | None = None, rundown: Rundown | None = None, **changes: Any
) -> Sheet:
    script, timeline = _spoken(changes.pop("said", SAID))
    made = sheet(
        *(rundown or _rundown(), script, replace(timeline, fit=fit)),
        *(_bulletin(timeline.duration_ms, AIR, STEM), station or _station(), "episodes/x/lac-01234567.mp3"),
    )
    return replace(made, **changes)


def _many(count: int, silent: int = 0) -> Sheet:
    """Give a sheet of so many rows, every so-manieth without words."""
    long = Row(
        *(1, 0, 9000, _set("Rougeole : 12 450 enfants à vacciner dans le district"), "texte", ("Awa", "Moussa")),
        *("Nous poursuivons cette", "Gazette de Bandoula."),
    )
    short = Row(1, 0, 1500, "Virgule", "virgule")
    rows = [replace(short if silent and at % silent == 1 else long, number=at + 1) for at in range(count)]
    return _sheet(rows=tuple(rows))


def test_one_row_for_each_element() -> None:
    water = "Panne d’eau : 3 quartiers attendent"
    expected = [
        ("jingle", "Jingle et ouverture", "« Bonjour, vous écoutez Radio du Lac. »", "Awa"),
        ("titres", "Titres", "« Les titres de … de ces informations. »", "Moussa, Awa"),
        ("virgule", "Virgule", "", ""),
        ("texte", water, "« Société, maintenant. L’eau … lire dans L’Essor. »", "Awa, Moussa"),
        ("texte", "Relance", "« Vous êtes sur Radio du Lac. »", "Awa"),
        ("texte", "Le prix du maïs <baisse> de 12 %", "« Économie. Le sac se vend 18 500 francs. »", "Awa, Moussa"),
        ("virgule", "Virgule", "", ""),
        ("brève", "Lutte : une finale sans surprise ?", "« Le champion garde … D’après Le Sillon. »", "Awa"),
        ("texte", f"{water} (suite)", "« Un mot encore de l’eau. »", "Moussa"),
        ("virgule", "Virgule", "", ""),
        ("rappel", "Rappel des titres", "« Rappel de nos … Le maïs baisse. »", "Moussa, Awa"),
        ("texte", "Fermeture", "« C’était le journal. … de votre attention. »", "Awa"),
        ("jingle", "Jingle de fin", "", ""),
    ]  # fmt: skip
    for row, (nature, title, words, voices) in zip(_sheet().rows, expected, strict=True):
        assert (row.nature, row.title, row.words) == (nature, _set(title), _set(words))
        assert ", ".join(row.voices) == voices


def test_rows_follow_each_other_and_add_up_to_the_whole() -> None:
    made = _sheet()
    assert [row.number for row in made.rows] == list(range(1, len(made.rows) + 1))
    assert made.rows[0].start_ms == 0
    for row, following in zip(made.rows, made.rows[1:], strict=False):
        assert row.end_ms == following.start_ms
        assert row.start_ms // 1000 * 1000 + row.shown_ms == following.start_ms // 1000 * 1000
    assert sum(row.duration_ms for row in made.rows) == made.duration_ms
    assert sum(row.shown_ms for row in made.rows) == made.duration_ms // 1000 * 1000
    assert made.rows[-1].end_ms == made.duration_ms


def test_quotation_marks_of_the_text_do_not_stand_inside_ours() -> None:
    said = ((S, "eau", 1, "« Tout va bien », dit le maire de la commune. « Merci à tous »."),)
    [_, row, _] = _sheet(said=said).rows
    assert row.words == "«\u202fTout va bien, … Merci à tous.\u202f»"


def test_what_a_script_may_leave_out() -> None:
    """No opening, no story's name on a source, a headline after the news, a single presenter."""
    said = (
        *((T, "eau", 1, "Un titre."), (C, "", 1, "Dans la presse.")),
        *((S, "eau", 2, "L’eau manque."), (C, "", 1, "Dans L’Essor."), (T, "mais", 1, "Encore un titre.")),
    )
    alone = _station(presenter=[{"name": "Awa"}])
    rows = _sheet(alone, said=said).rows
    assert [(row.nature, row.title, row.voices) for row in rows] == [
        ("jingle", "Jingle", ()),
        ("titres", "Titres", ("Awa",)),
        ("texte", "Panne d’eau\u00a0: 3 quartiers attendent", ("Awa",)),
        ("rappel", "Rappel des titres", ("Awa",)),
        ("jingle", "Jingle de fin", ()),
    ]
    assert [row.title for row in _sheet(said=((C, "", 1, "Dans la presse."),)).rows] == [
        *("Jingle", "Texte", "Jingle de fin"),
    ]
    assert [row.title for row in _sheet(said=()).rows] == ["Jingle", "Jingle de fin"]


def test_the_bed_alone_has_a_row() -> None:
    script, timeline = _spoken()
    outro = timeline.cues[-1]
    later = replace(outro, start_ms=outro.start_ms + 3000)
    stretched = Timeline(
        (*timeline.cues[:-1], later), timeline.duration_ms + 3000, (), Fit(99_000, 90_000, bed_ms=3000)
    )
    made = sheet(_rundown(), script, stretched, _bulletin(99_000), _station())
    assert [(row.title, row.nature, row.start_ms, row.duration_ms) for row in made.rows[-2:]] == [
        ("Tapis seul", "tapis", made.last_ms, later.start_ms - made.last_ms),
        ("Jingle de fin", "jingle", later.start_ms, 3000),
    ]


def test_times_are_those_of_the_studio() -> None:
    made = _sheet()
    assert (made.at(0), made.at(78_999)) == ("07:00:00", "07:01:18")
    evening = _station(editions={"matin": {"title": "Journal", "time": "23:59"}})
    assert _sheet(evening).at(61_000) == "00:00:01"


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2025, 3, 29), "30 mars 2025 à 8 h 00"), (date(2025, 6, 7), "8 juin 2025 à 7 h 00")]
)
def test_a_day_of_validity_has_24_hours_even_when_clocks_change(day: date, expected: str) -> None:
    paris = _station(station={"timezone": "Europe/Paris"})
    page = _facts(conducteur_page(_sheet(paris, rundown=_rundown(day)), paris))
    assert page["Valable jusqu’au"] == _set(f"{expected} ; ne plus diffuser ensuite")


@pytest.mark.parametrize(
    ("fit", "expected"),
    [
        (None, ""),
        (Fit(180_000, 180_000), "Créneau 3:00, tenu"),
        (Fit(180_000, 187_000, (), 0.92, 1.0132), "Créneau 3:00, tenu\u00a0: pauses × 0,92, voix × 1,01"),
        (
            Fit(180_000, 187_000, ("Lutte", "Une phrase"), 0.8, 1.0, 3000),
            "Créneau 3:00, tenu\u00a0: 2 passages non lus, pauses × 0,8, tapis seul 3\u00a0s",
        ),
        (Fit(180_000, 160_000, short_ms=19_400), "Créneau 3:00, il manque 20\u00a0s"),
    ],
)
def test_the_slot_is_told_in_words(fit: Fit | None, expected: str) -> None:
    made = _sheet(fit=fit)
    assert made.slot == expected
    page = html.fromstring(conducteur_page(made, _station()))
    assert page.findtext(".//p[@class='when']") == " · ".join(
        filter(None, ["Antenne de 07:00:00 à 07:01:25", expected])
    )
    assert ("Non lu" in _facts(conducteur_page(made, _station()))) == bool(fit and fit.left_out)


def _facts(page: str) -> dict[str, str]:
    found = html.fromstring(page).find(".//dl[@class='facts']")
    assert found is not None
    texts = [one.text_content() for one in found]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def test_what_stands_below_the_table() -> None:
    station = _station()
    facts = _facts(conducteur_page(_sheet(fit=Fit(86_000, 90_000, ("Lutte : la finale", "Foot"))), station))
    assert facts == {
        "Premiers mots": _set("« Bonjour, vous écoutez … » à 07:00:02"),
        "Derniers mots": _set("« … de votre attention. » à 07:01:22, fin du son à 07:01:25"),
        "Antenne": _set("antenne-du-7-juin.wav · 1:30 · −23,0 LUFS, crête −3,1 dBTP · SHA-256 fedcba987654"),
        "Podcast": _set("lac-01234567.mp3 · 1:25 · −16,0 LUFS, crête −1,4 dBTP · SHA-256 0123456789ab"),
        "Non lu": _set("Lutte : la finale ; Foot"),
        "Valable jusqu’au": _set("8 juin 2025 à 7 h 00 ; ne plus diffuser ensuite"),
        "Contact": "redaction@radio.example",
    }


def test_the_table_says_what_the_rows_say() -> None:
    made = _sheet()
    page = html.fromstring(conducteur_page(made, _station()))
    assert page.xpath("//thead//th[@scope='col']/text()") == [
        *("N°", "Heure", "Élément", "Nature", "Voix", "Durée", "Cumul", "Fait")
    ]
    lines = [[cell.text_content().strip() for cell in row] for row in page.xpath("//tbody/tr")]
    assert len(lines) == len(made.rows)
    element = "Panne d’eau : 3 quartiers attendent « Société, maintenant. L’eau … lire dans L’Essor. »"
    assert lines[3] == ["4", "07:00:21", _set(element), "texte", "Awa, Moussa", "0:18", "0:39", ""]
    assert [line[2] for line in lines if line[3] == "virgule"] == ["Virgule"] * 3
    assert page.xpath("//tbody/tr/th/@scope") == ["row"] * len(lines)
    assert page.xpath("//tbody//a/@href") == ["https://presse.example/eau?a=1&b=2"] * 2, "no other scheme in a link"


class _Nesting(HTMLParser):
    """Fails when an element is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        if tag not in {"meta", "link", "img", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("made", [_sheet(), _sheet(fit=Fit(1, 2, ("a", "b"))), _many(30, 3), _many(60)])
def test_the_page_stands_alone_and_is_well_formed(made: Sheet) -> None:
    text = conducteur_page(made, _station(), "mixage.png", "index.html")
    _Nesting(text)
    page = html.fromstring(text)
    assert page.get("lang") == "fr"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main//h1")
    assert not page.xpath("//script | //iframe | //link[@rel='stylesheet'] | //*[@*[starts-with(name(), 'on')]]")
    assert not page.xpath("//*[starts-with(@src, 'http')]")
    assert "@import" not in text
    assert "url(" not in text
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    [region] = page.xpath("//*[@role='region']")
    assert region.get("tabindex") == "0"
    assert page.xpath(f"//*[@id='{region.get('aria-labelledby')}']/text()")
    for said in [*page.xpath("//body//text()"), *page.xpath("//@alt"), *page.xpath("//title/text()")]:
        assert not re.search(r" [;:!?»%]|« |\d (?:s|min|Mo|h|LUFS|dBTP)\b|'", said), said


def test_the_picture_is_told_in_words_and_leaves_when_rows_need_its_room() -> None:
    def pictures(made: Sheet, name: str = "mixage.png") -> list[str]:
        found: list[str] = html.fromstring(conducteur_page(made, _station(), name)).xpath("//img/@src")
        return found

    assert [len(pictures(_many(count))) for count in (1, 15, 24, 25, 30, 45)] == [1, 1, 1, 1, 1, 0]
    assert pictures(_sheet()) == ["mixage.png"]
    assert pictures(_sheet(), "") == []
    [alt] = html.fromstring(conducteur_page(_sheet(), _station(), "mixage.png")).xpath("//img/@alt")
    assert alt.startswith("Image du son, long de 1\u00a0min\u00a025\u00a0s\u00a0: l’onde,")


@pytest.mark.parametrize(("count", "points"), [(15, 10), (24, 10), (25, 9), (30, 9), (60, 9)])
def test_type_is_never_below_nine_points(count: int, points: int) -> None:
    text = conducteur_page(_many(count), _station(), "mixage.png")
    assert re.findall(r"[\d.]+pt", text) == [f"{points}pt"]
    assert set(re.findall(r"font-size: ([^;]+);", text)) == {f"{points}pt", "1.5em", "calc(1em / 1.5)"}


def test_a_stations_own_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "conducteur.html.j2").write_text("{{ sheet.title }}", "utf-8")
    own = replace(_station(), folder=tmp_path)
    assert conducteur_page(_sheet(), own) == "Journal du matin, samedi 7\u00a0juin 2025"


def test_a_silent_bulletin_has_a_level_in_words() -> None:
    script, timeline = _spoken()
    silent = replace(_bulletin(90_000), loudness=float("-inf"), true_peak=float("-inf"))
    [sound] = sheet(_rundown(), script, timeline, silent, _station()).sounds
    assert (sound.name, sound.level) == ("6-bulletin.mp3", "−∞\u00a0LUFS, crête −∞\u00a0dBTP")


def test_as_text() -> None:
    lines = conducteur_text(_sheet(fit=Fit(86_000, 86_000))).splitlines()
    assert lines[:3] == [
        "CONDUCTEUR\u00a0: Journal du matin, samedi 7\u00a0juin 2025 (Radio du Lac)",
        "Antenne à 07:00:00, durée 1:25",
        "Créneau 1:26, tenu",
    ]
    assert lines[4] == " N°  Heure       Durée    Cumul  Nature         Voix              Élément"
    assert lines[7] == "  3  07:00:20     0:01     0:21  virgule                          Virgule"
    assert len(lines) == 5 + 13 + 3


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def _open(browser: Browser, folder: Path, made: Sheet, **options: Any) -> tuple[Page, list[str]]:
    """Show a page from a folder, with a picture beside it; give it, and what it asked for and complained of."""
    from PIL import Image

    Image.new("P", (1600, 560), 1).save(folder / "mixage.png")
    (folder / "conducteur.html").write_text(conducteur_page(made, _station(), "mixage.png", "index.html"), "utf-8")
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(10_000)
    noted: list[str] = []
    page.on("request", lambda request: noted.append(request.url.rpartition("/")[2]))
    page.on("console", lambda message: noted.append(message.text))
    page.goto((folder / "conducteur.html").as_uri(), wait_until="load")
    return page, noted


def _worst() -> Sheet:
    """Give a sheet of 30 rows where everything that may be long is."""
    made = _many(30)
    names = ("Marie-Françoise Bérénice", "Abdoulaye Ould Mohamed")
    return replace(
        made,
        station="Radio communautaire de la rive droite du fleuve " * 3,
        title="Journal de la mi-journée et de l’après-midi, mercredi 24 septembre 2025",
        slot=_set("Créneau 3:00, il manque 20 s : 12 passages non lus, pauses × 1,35, voix × 0,97, tapis seul 3 s"),
        left_out=("Une phrase de plusieurs mots qui n’a pas été lue",) * 12,
        rows=tuple(replace(row, title=row.title * 3, voices=names) for row in made.rows),
        sounds=tuple(replace(one, name="tres-long-nom-" * 6 + one.name) for one in made.sounds),
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("made", "pages"),
    [
        (_sheet(fit=Fit(86_000, 86_000, ("Lutte",))), 1),
        (_many(15), 1),
        (_many(18, 2), 1),
        (_many(24), 1),
        (_many(30, 3), 1),
        (_many(30), 1),
        (_worst(), 1),
        (_many(40), 1),
        (_many(60), 3),
    ],
)
@pytest.mark.parametrize("font", ["", "DejaVu Sans"])
def test_it_prints_on_one_sheet(browser: Browser, tmp_path: Path, made: Sheet, pages: int, font: str) -> None:
    page, _ = _open(browser, tmp_path, made)
    page.evaluate("font => { document.documentElement.style.fontFamily = font }", font)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == pages
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    page.context.close()


@pytest.mark.browser
def test_in_print_the_out_cue_is_whole_and_rows_are_as_high_as_planned(browser: Browser, tmp_path: Path) -> None:
    page, _ = _open(browser, tmp_path, _worst(), viewport={"width": 703, "height": 1000})
    page.emulate_media(media="print")
    for cue in page.query_selector_all("tbody .out"):
        assert cue.evaluate(
            "cue => cue.getBoundingClientRect().right <= cue.closest('th').getBoundingClientRect().right"
        )
    heights = page.evaluate("[...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect().height)")
    assert max(heights) <= (9 * 0.425 + 1.1) * 96 / 25.4
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(12)  # 9 pt
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1200])
def test_on_a_screen_the_table_scrolls_by_itself(browser: Browser, tmp_path: Path, width: int) -> None:
    page, noted = _open(browser, tmp_path, _worst(), viewport={"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert noted == ["conducteur.html", "mixage.png"], "nothing else is asked for, nothing complained of"
    assert page.evaluate("document.querySelector('img').naturalWidth") == 1600
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    if width == 320:
        page.keyboard.press("ArrowRight")
        end = "new Promise(done => setTimeout(() => done(document.activeElement.scrollLeft), 400))"
        assert page.evaluate(end) > 0
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1200])
def test_no_barrier_that_axe_can_find(browser: Browser, tmp_path: Path, width: int) -> None:
    import axe_playwright_python

    axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    size = {"width": width, "height": 700}
    page, _ = _open(browser, tmp_path, _sheet(fit=Fit(1, 2, ("Lutte",))), viewport=size, bypass_csp=True)
    page.add_script_tag(content=axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    assert found["passes"]
    shown = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
    assert not shown, json.dumps(shown, ensure_ascii=False, indent=1)
    page.context.close()
