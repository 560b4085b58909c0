"""The lexicon's grammar, what it does to a text, and what espeak-ng then says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.french.lexicon import Entry, entry, house, ipa, pronounce, respelling, sounds, written
from audionews.french.lexicon.spelling import spelled
from audionews.voices.phonemes import phonemes

STATION = {
    "Bandoula": entry("/bandula/"),
    "ONU": entry("O N U"),
    "AMRTP": entry("/amɛʁtepe/"),
    "gari": entry("Garri /ɡaʁi/"),
    "Agadez": entry("Agadès"),  # otherwise than the house
    "Tour de l'Afrique": entry("/tuʁ dafʁik/"),
}


def heard(text: str) -> str:
    return re.sub("[ˈˌ]", "", phonemes(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aboudja /abudʒa/", Entry("Aboudja", "abudʒa")),
        ("  Koulibali ", Entry("Koulibali")),
        ("/kulibali/", Entry("", "kulibali")),
        ("O N U", Entry("O N U")),
        ("N'Djaména /ndʒamena/", Entry("N’Djaména", "ndʒamena")),
        ("San Salvador /sɑ̃  salvadɔʁ/", Entry("San Salvador", "sɑ̃ salvadɔʁ")),
        ("/ˈa.bu.d͡ʒaː/", Entry("", "abudʒa")),  # as in a dictionary
        ("/gari/".replace("r", "ʁ"), Entry("", "ɡaʁi")),  # the g of the keyboard
    ],
)
def test_an_entry_is_read(text: str, expected: Entry) -> None:
    assert entry(text) == expected
    assert entry(written(expected)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "rien à prononcer"),
        ("//", "rien à prononcer"),
        ("/traore/", "« r » n’est pas un son du français ; le plus proche est « ʁ »"),
        ("/a$/", "« $ » n’est pas un son du français"),
        ("Aboudja /abudʒa", "entre deux barres"),
        ("/abudʒa/ Aboudja", "entre deux barres"),
        ("F16", "lettres"),
        ("a [[b]]", "lettres"),
    ],
)
def test_an_entry_that_cannot_be_said_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        entry(text)


def test_what_each_engine_is_given() -> None:
    both, say, only = Entry("Aboudja", "abudʒa"), Entry("O N U"), Entry("", "sɑ̃ salvadɔʁ")
    assert [sounds(one) for one in (both, say, only)] == ["/abudʒa/", "O N U", "/sɑ̃/ /salvadɔʁ/"]
    assert [respelling(one) for one in (both, say, only)] == ["Aboudja", "O N U", "san salvadore"]


@pytest.mark.parametrize(
    ("transcription", "expected"),
    [
        ("kulibali", "koulibali"),
        ("abudʒa", "aboudja"),
        ("ɡeʁila", "guérila"),
        ("sala kase", "sala kassé"),
        ("tʃad", "tchade"),
        ("kaja", "kaïa"),
        ("zindɛʁ", "zinedère"),
        ("ɡulymɑ̃", "goulumant"),
        ("maʁkɔj", "markoï"),
        ("naif", "naïfe"),
        ("bɑ̃dʒul", "bandjoule"),
        ("bɔ̃nø", "bon-neu"),
    ],
)
def test_a_spelling_is_made_of_sounds(transcription: str, expected: str) -> None:
    assert spelled(transcription) == expected
    assert heard(expected) == transcription


def test_both_forms_of_a_text() -> None:
    text = "Le ministre Coulibaly est à Abuja."
    assert pronounce(text, {"Abuja": entry("Aboudja /abudʒa/")}, phonemes=True).endswith("est à /abudʒa/.")
    assert pronounce(text, {"Abuja": entry("Aboudja /abudʒa/")}).endswith("est à Aboudja.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à Bandoula, Bandoulais puis Grand-Bandoula", "à /bandula/, Bandoulais puis Grand-/bandula/"),
        ("l’O N U", "l’O N U"),  # what « ONU » becomes when it is spelled: no entry of ours
        ("L’Onu l’a dit", "l’O N U l’a dit"),  # « ONU » as the rules for the ear say it
        ("l’A M R T P d’A M R T P", "/lamɛʁtepe/ /damɛʁtepe/"),
        ("qu'A M R T P", "/kamɛʁtepe/"),
        ("jusqu’A M R T P", "/ʒyskamɛʁtepe/"),
        ("Gari et gari", "/ɡaʁi/ et /ɡaʁi/"),
        ("GARI", "GARI"),
        ("vers Agadez", "vers Agadès"),
        ("le Tour de l’Afrique", "le /tuʁ/ /dafʁik/"),
        ("le Tour de l’Afriquette", "le Tour de l’Afriquette"),
        ("l’/abudʒa/", "/labudʒa/"),
        ("/gari/ /bandoula/", "/gari/ /bandoula/"),
    ],
)
def test_the_words_of_a_station(text: str, expected: str) -> None:
    assert pronounce(text, STATION, phonemes=True) == expected
    assert pronounce(expected, STATION, phonemes=True) == expected


def test_a_station_wins_over_a_word_that_depends_on_its_context() -> None:
    assert pronounce("ses fils", {"fils": entry("/fil/")}, phonemes=True) == "ses /fil/"


def test_no_liaison_before_an_h() -> None:
    own = {"Haoussas": entry("/awsa/"), "Ibadan": entry("/ibadan/")}
    assert pronounce("les Haoussas d’Ibadan", own, True) == "les /ʔawsa/ /dibadan/"
    assert heard(pronounce("les Haoussas, les Ibadan", own, True)) == "le awsa, lez ibadan"


def test_an_apostrophe_of_either_kind() -> None:
    key = {"N'Djamena": entry("/ndʒamena/")}
    assert pronounce("à N’Djamena", key, True) == pronounce("à N'Djamena", key, True) == "à /ndʒamena/"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("vers l’est", "vɛʁ lɛst"),
        ("ses fils", "se fis"),
        ("L’A S Toula", "la ɛs tula"),
        ("quatre-vingt-sept", "katʁəvɛ̃sɛt"),
        ("quatre-vingts ans", "katʁəvɛ̃z ɑ̃"),
        ("quatre-vingt mille", "katʁəvɛ̃ mil"),
    ],
)
@pytest.mark.parametrize("in_sounds", [False, True])
def test_what_espeak_then_says(printed: str, expected: str, in_sounds: bool) -> None:
    assert heard(pronounce(printed, phonemes=in_sounds)).replace(" ", "") == expected.replace(" ", "")


def test_words_that_depend_on_their_neighbours() -> None:
    assert pronounce("il l’est") == "il l’est"
    assert pronounce("des fils barbelés") == "des fils barbelés"
    assert pronounce("l’Y T M") == "l’i grec T M"


@pytest.mark.parametrize("sigle", ["A M R T P", "C F A", "A E S", "F M I", "H C R", "X W Z"])
def test_spelled_letters_need_no_help(sigle: str) -> None:
    assert pronounce(f"la {sigle} du Mali") == f"la {sigle} du Mali"
    # One stressed sound group a letter: nothing is swallowed and nothing read as a word.
    assert len(phonemes(sigle).split()) == len(sigle.split())


@pytest.mark.parametrize("word", [word for word, one in house().items() if one.ipa])
def test_the_voice_says_what_an_entry_means(word: str) -> None:
    # By way of its context when it has one: « roulent » is given as « roule ».
    plain = str.maketrans({"ɥ": "y", " ": None, "ʔ": None})
    assert heard(pronounce(word, phonemes=True)).translate(plain) == house()[word].ipa.translate(plain)
    assert heard(sounds(house()[word])).translate(plain) == house()[word].ipa.translate(plain)


_WORDS = st.sampled_from([*list(house())[:80], *STATION, "Y", "A", "fils", "l’est", "/abudʒa/", "l’", "/"])


@settings(max_examples=100)
@given(st.one_of(st.text(max_size=40), st.lists(_WORDS, max_size=6).map(" ".join)), st.booleans())
def test_once_is_enough(text: str, in_sounds: bool) -> None:
    said = pronounce(text, {}, in_sounds)
    assert pronounce(said, {}, in_sounds) == said


@settings(max_examples=100)
@given(st.text("abdʒʁrɹθx̃ɑɔ ˈ.", max_size=12))
def test_any_transcription_is_brought_near_or_refused(text: str) -> None:
    try:
        near = ipa.checked(ipa.nearest(text))
    except ValueError:
        return
    assert "".join(ipa.split(near)) == near


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("deux à un", "dø a œ̃"),
        ("dix heures à Gao", "diz œʁ a ɡao"),
        ("les hommes et les femmes", "lez ɔm e le fam"),
        ("de plus en plus", "də plyz ɑ̃ ply"),
        ("les trois autres", "le tʁwaz otʁ"),
        ("l’A E S", "la ø ɛs"),
        ("le C F A pour tous", "lə se ɛf a puʁ tus"),
        ("à Saint-Étienne", "a sɛ̃tetjɛn"),
        ("les homologues", "lez omoloɡ"),
        ("la quatre-vingt-huitième minute", "la katʁəvɛ̃ yitjɛm minyt"),
        ("vers l'est, il n'y en a plus", "vɛʁ lɛst, il ni ɑ̃n a ply"),
    ],
)
def test_liaisons_and_letters_as_a_newsreader_says_them(printed: str, expected: str) -> None:
    assert heard(pronounce(printed, phonemes=True)) == expected


def test_engines_for_spellings_are_given_names_respelled_and_ordinary_words_as_they_are() -> None:
    text = "Le huitième match de football, à Abuja"
    assert pronounce(text) == "Le huitième match de football, à Aboudja"
    assert pronounce(text, phonemes=True).count("/") > 2
