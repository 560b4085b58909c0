"""The only door to the parser (spaCy, fr_core_news_sm): sentences in, trees out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from audionews.errors import AudionewsError
from audionews.french.syntax import Token, Tree

# The parser learnt on typewriter marks: with ’ it takes « l’ » for a noun, with « for a name (measured: half of the
# wrong heads of a press sentence come from them). One character stands for one, so that places stay true.
_TYPEWRITER = str.maketrans({"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


@lru_cache(maxsize=4096)
def parse(sentence: str) -> Tree:
    """Parse one sentence.

    Args:
        sentence: as printed, typography repaired, not empty.

    Returns:
        Its tree; a text the parser takes for several sentences hangs on the root of the first.

    Raises:
        AudionewsError: the parser's model is not installed.
    """
    return parse_all([sentence])[0]


def parse_all(sentences: Sequence[str]) -> tuple[Tree, ...]:
    """Parse several sentences; each gives the tree it would give alone. Same errors as `parse`."""
    # One at a time: in batches the padding costs more than it saves on two cores (40 against 32 ms an article).
    return tuple(_tree(text, _parsed(text.translate(_TYPEWRITER))) for text in sentences)


def _parsed(text: str) -> Any:
    """Parse one sentence as one: left free, the parser takes a name before a verb for a sentence of its own."""
    tokens = _parser().make_doc(text)
    for one in tokens[1:]:
        one.is_sent_start = False
    return _parser()(tokens)


def _tree(text: str, parsed: Any) -> Tree:
    first = next((one.i for one in parsed if one.head.i == one.i), 0)
    tokens = [
        Token(
            at=one.i,
            text=text[one.idx : one.idx + len(one.text)],
            start=one.idx,
            end=one.idx + len(one.text),
            space=bool(one.whitespace_),
            lemma=one.lemma_,
            pos=one.pos_,
            dep="root" if one.i == first else ("parataxis" if one.head.i == one.i else one.dep_),
            head=first if one.head.i == one.i else one.head.i,
            morph=tuple(one.morph.to_dict().items()),
        )
        for one in parsed
    ]
    return Tree(text, tuple(tokens))


@cache
def _parser() -> Any:
    try:
        import spacy

        loaded = spacy.load("fr_core_news_sm", exclude=["ner"])
    except (ImportError, OSError) as error:
        raise AudionewsError(
            f"L’analyseur du français ne se charge pas ({error})",
            "Réinstallez audionews : pip install --upgrade audionews",
        ) from error
    # The lemmatizer asks lists of ten thousand words whether they hold a form: as sets they halve the time of a parse.
    lemmatizer: Any = loaded.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for key in list(index):
        index[key] = frozenset(index[key])
    return loaded
