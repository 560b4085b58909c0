"""Sentences in, trees out; the marks of the page do not mislead the parser."""

from __future__ import annotations

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
