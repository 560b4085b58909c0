"""The parser's model, loaded in a third of the time spaCy takes; nothing but `parse.py` needs it.

Importing spaCy's French language compiles a pattern of 1.4 million characters (two seconds), which spells out all
letters of Unicode five hundred times: the model is loaded as of no language, and its pattern compiled with one mark for
« a letter ». Its lemmatizer looks words up in lists of ten thousand: the few verbs asked for are looked up in sets.
Tokens and trees are those of the model loaded the usual way, and so are the infinitives of verbs (test_parse).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from audionews.errors import AudionewsError

NAME = "fr_core_news_sm"
_LETTER = "\0"  # for spaCy's classes of letters


@dataclass(frozen=True)
class Parser:
    """The model: its pipeline, and the forms of verbs it knows."""

    pipeline: Any  # spaCy's
    verbs: Mapping[str, Mapping[str, Any]]  # "verb", "aux" → index, exceptions, rules
    others: Mapping[str, Any]  # forms that these do not know

    def infinitive(self, form: str, auxiliary: bool) -> str:
        """Give the infinitive of a form of a verb, the form itself when it is not known; as spaCy's lemmatizer does."""
        tables, low = self.verbs["aux" if auxiliary else "verb"], form.lower()
        if low in tables["index"]:
            return low
        if low in tables["exceptions"]:
            return str(tables["exceptions"][low][0])
        made = [low[: len(low) - len(old)] + new for old, new in tables["rules"] if low.endswith(old)]
        known = [one for one in made if one in tables["index"] or (one and not one.isalpha())]
        return next((one for one in (*known, *made) if one), str(self.others.get(low, [low])[0]))


@cache
def load() -> Parser:
    """Load the model.

    Raises:
        AudionewsError: it is not installed.
    """
    try:
        import spacy

        pipeline = spacy.load(NAME, exclude=["ner", "tokenizer"], disable=["lemmatizer"], config={"nlp.lang": "xx"})
        (stored,) = spacy.util.get_package_path(NAME).glob("*/tokenizer")
    except (ImportError, OSError) as error:
        raise AudionewsError(
            f"L’analyseur du français ne se charge pas ({error})",
            "Réinstallez audionews : pip install --upgrade audionews",
        ) from error
    tokenizer: Any = pipeline.tokenizer
    tokenizer.from_bytes(stored.read_bytes(), exclude=["vocab", "token_match"])
    tokenizer.token_match = _one_word(stored.read_bytes())
    lemmatizer: Any = pipeline.get_pipe("lemmatizer")
    table = {name: lemmatizer.lookups.get_table(f"lemma_{name}") for name in ("index", "exc", "rules")}
    verbs = {
        kind: {
            "index": frozenset(table["index"].get(kind, ())),
            "exceptions": table["exc"].get(kind, {}),
            "rules": table["rules"].get(kind, ()),
        }
        for kind in ("verb", "aux")
    }
    return Parser(pipeline, verbs, lemmatizer.lookups.get_table("lemma_lookup"))


def _one_word(stored: bytes) -> Callable[[str], Any]:
    """Give what tells words that stay one though they hold a hyphen or an apostrophe (« saut-de-ski »)."""
    import srsly
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    pattern = srsly.msgpack_loads(stored)["token_match"].replace(ALPHA, _LETTER).replace(ALPHA_LOWER, _LETTER)
    short = re.sub(
        rf"\[([^\]{_LETTER}]*){_LETTER}([^\]{_LETTER}]*)\]",
        lambda found: rf"(?:[^\W\d_]|[{found[1]}{found[2]}])" if found[1] + found[2] else r"[^\W\d_]",
        pattern,
    )
    return re.compile(short).match
