"""Spoken French → Kokoro's alphabet: nothing is dropped in silence."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audionews.voices.phonemes import phonemes, tokens, vocabulary

NEWS = [
    "Le président Assimi Goïta a reçu mardi une délégation venue de Ouagadougou.",
    "« C’est un succès », a dit le ministre – à voix basse (et sans rire) : quel pari !",
    "Au week-end, Ousmane Coulibaly a quitté N’Djamena… vers Tessalit ?",
    "Erdoğan, Sánchez, Kraków, Zürich, Thatcher, Łódź, Reykjavík, Nguyễn.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un bon pain blanc.", "œ̃ bˈɔ̃ pˈɛ̃ blˈɑ̃."),
        ("Les enfants.", "lez ɑ̃fˈɑ̃."),
        ("Le Tchad", "lə tʃˈad"),
        ("Oui, « non » ; si ?", "wˈi, “nˈɔ̃”; sˈi?"),
        ("Il part (hier).", "il pˈaʁ (jˈɛʁ)."),
        ("", ""),
    ],
)
def test_known_sentences(text: str, expected: str) -> None:
    assert phonemes(text) == expected


def test_punctuation_is_kept_for_the_melody() -> None:
    kept = [symbol for symbol in phonemes(NEWS[1]) if symbol in "“”,—():!"]
    assert "".join(kept) == "“”,—():!"


@pytest.mark.parametrize("text", NEWS)
def test_news_loses_no_sound(text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        symbols = phonemes(text)
    assert not caplog.records
    assert all(number == vocabulary()[symbol] for number, symbol in zip(tokens(symbols), symbols, strict=True))


def test_a_flag_of_another_language_is_no_sound() -> None:
    assert "en" not in phonemes("Le week-end.")
    assert "^" not in phonemes("Le week-end.")


def test_what_cannot_be_read_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        phonemes("Un = deux")
    assert "'=' dans « Un = deux »" in caplog.text


def test_a_sound_the_voice_does_not_know_is_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audionews.voices.phonemes.espeakng.phonemes", lambda _text, _voice: "aǃb")
    with caplog.at_level(logging.WARNING):
        assert phonemes("ici") == "ab"
    assert "U+01C3" in caplog.text


def test_espeak_is_used_by_one_thread_at_a_time() -> None:
    alone = [phonemes(text) for text in NEWS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(phonemes, NEWS * 10))
    assert together == alone * 10


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_text_gives_symbols_of_the_vocabulary(text: str) -> None:
    symbols = phonemes(text)
    assert len(tokens(symbols)) == len(symbols)
