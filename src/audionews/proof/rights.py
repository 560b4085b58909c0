"""What a station may take of a source's words (radio-writing, section 5): runs of words, counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from audionews.model import Article, Rights, Sentence

SHORTEST = 3  # words in a row: fewer belong to the language, not to the article
LONGEST_QUOTED = 15  # words in a row that a citation may take
BRIEF = 1  # sentences told of an article whose rights are not known

_WORD = re.compile(r"[a-z0-9]+(?:[’'-][a-z0-9]+)*")
_REASONS = {
    Rights.LICENCE: "licence : l’article peut être repris",
    Rights.ACCORD: "accord avec la source : l’article peut être repris",
    Rights.CITATION: f"droit de citation : {LONGEST_QUOTED} mots de suite au plus",
    Rights.UNKNOWN: "droits inconnus : une brève d’une phrase, avec sa source",
}


def taken(sentences: Iterable[Sentence], article: Article) -> int:
    """Count the words that are the article's own.

    Args:
        sentences: what is told of it.
        article: where it comes from.

    Returns:
        The words that stand in runs of three or more in the article, in the same order.
    """
    return sum(_taken(one.text, article) for one in sentences)


def longest_run(sentence: Sentence, article: Article) -> int:
    """Count the words of a sentence's longest run that the article holds in the same order."""
    words, printed = _words(sentence.text), _printed(article.title, article.text)
    longest = start = 0
    for end in range(1, len(words) + 1):
        while start < end and not _holds(printed, words[start:end]):
            start += 1
        longest = max(longest, end - start)
    return longest


def allowed(sentence: Sentence, article: Article) -> bool:
    """Tell whether the article's rights let a sentence be told as it stands.

    Args:
        sentence: what would be told.
        article: where it comes from, with its rights.

    Returns:
        False only under the right of citation, for more than 15 words in a row of the article's own.
    """
    return article.rights is not Rights.CITATION or longest_run(sentence, article) <= LONGEST_QUOTED


def most(rights: Rights) -> int | None:
    """Give the most sentences that may be told of an article; None when there is no limit."""
    return BRIEF if rights is Rights.UNKNOWN else None


def reason(rights: Rights) -> str:
    """Say in French what the rights allow, for the rundown."""
    return _REASONS[rights]


def _taken(text: str, article: Article) -> int:
    words, printed = _words(text), _printed(article.title, article.text)
    found: set[int] = set()
    for start in range(len(words) - SHORTEST + 1):
        if _holds(printed, words[start : start + SHORTEST]):
            found.update(range(start, start + SHORTEST))
    return len(found)


def _holds(printed: str, run: list[str]) -> bool:
    return f" {' '.join(run)} " in printed


@lru_cache(maxsize=64)
def _printed(title: str, text: str) -> str:
    return f" {' '.join(_words(title))} | {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return _WORD.findall("".join(char for char in bare if not unicodedata.combining(char)).replace("'", "’"))
