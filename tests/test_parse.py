"""Sentences in, trees out; the marks of the page do not mislead the parser."""

from __future__ import annotations

import spacy

from audionews.french.parse import parse, parse_all


def test_a_tree_holds_the_printed_words_with_their_places() -> None:
    text = "« L’eau n’est pas revenue », a dit l’agent."
    tree = parse(text)
    assert all(text[one.start : one.end] == one.text for one in tree.tokens)
    assert "’" in "".join(one.text for one in tree.tokens)


def test_typographic_apostrophes_are_read_like_typewritten_ones() -> None:
    tree = parse("L’agence n’a pas donné l’heure.")
    kinds = {one.text: one.pos for one in tree.tokens}
    assert kinds["L’"] == "DET"
    assert kinds["n’"] == "ADV"
    assert tree.root.text == "donné"


def test_a_name_before_the_verb_belongs_to_the_same_sentence() -> None:
    tree = parse("Moussa Diarra indique que le marché rouvre.")
    assert tree.root.text == "indique"
    assert [one.text for one in tree.tokens if one.head == one.at] == ["indique"]


def test_several_sentences_give_the_trees_they_give_alone() -> None:
    texts = ["Le marché rouvre.", "Il pleut à Bandoula."]
    assert parse_all(texts) == tuple(parse(text) for text in texts)


def test_a_stretch_reaches_from_the_first_to_the_last_word_of_a_group() -> None:
    tree = parse("Le grand marché de Bandoula a rouvert.")
    noun = next(one for one in tree.tokens if one.text == "marché")
    assert [tree.tokens[at].text for at in tree.stretch(noun)] == ["Le", "grand", "marché", "de", "Bandoula"]


def test_the_model_loaded_the_quick_way_is_the_model() -> None:
    usual = spacy.load("fr_core_news_sm", exclude=["ner"])
    for text in (
        "L'arc-en-ciel s'est levé au-dessus du sous-sol, a-t-on dit.",
        "Les sapeurs-pompiers abritaient vingt-deux rescapés; aujourd'hui, ils repartent par-delà le fleuve.",
        "Un porte-parole de l'ex-ministre précise qu'il n'a pas été entendu, dit-elle.",
        "Le chef-lieu, Bandoula-Plateau, accueille jusqu'à 3.500 spectateurs à 17h30, M. Keïta l'avait promis.",
        "Les Nations-Unies évoquent quelque 12.450 enfants que l'on vaccinerait, voire plus.",
    ):
        parsed = usual.make_doc(text)
        for token in parsed[1:]:
            token.is_sent_start = False
        wanted, got = usual(parsed), parse(text).tokens
        assert [one.text for one in got] == [one.text for one in wanted]
        assert [(one.pos, one.morph) for one in got] == [(one.pos_, (*one.morph.to_dict().items(),)) for one in wanted]
        assert [one.head for one in got if one.dep == "nsubj"] == [one.head.i for one in wanted if one.dep_ == "nsubj"]
        verbs = [one for one in got if one.pos in {"VERB", "AUX"}]
        assert [one.lemma for one in verbs] == [wanted[one.at].lemma_ for one in verbs]
