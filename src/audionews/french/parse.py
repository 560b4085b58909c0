"""The only door to the parser (spaCy, fr_core_news_sm): sentences in, trees out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from audionews.french import model
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
    pipeline = model.load().pipeline
    tokens = pipeline.make_doc(text)
    for one in tokens[1:]:
        one.is_sent_start = False
    return pipeline(tokens)


def _tree(text: str, parsed: Any) -> Tree:
    first = next((one.i for one in parsed if one.head.i == one.i), 0)
    tokens = [
        Token(
            at=one.i,
            text=text[one.idx : one.idx + len(one.text)],
            start=one.idx,
            end=one.idx + len(one.text),
            space=bool(one.whitespace_),
            lemma=_lemma(one),
            pos=one.pos_,
            dep="root" if one.i == first else ("parataxis" if one.head.i == one.i else one.dep_),
            head=first if one.head.i == one.i else one.head.i,
            morph=tuple(one.morph.to_dict().items()),
        )
        for one in parsed
    ]
    return Tree(text, tuple(tokens))


def _lemma(token: Any) -> str:
    if token.pos_ in {"VERB", "AUX"}:
        return model.load().infinitive(token.text, token.pos_ == "AUX")
    return str(token.lower_)
