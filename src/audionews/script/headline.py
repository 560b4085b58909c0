"""From a printed title to a headline for the ear."""

from __future__ import annotations

import re

from audionews.french.sentences import words
from audionews.french.typography import clean
from audionews.script.themes import fold

MAX_WORDS = 24  # radio-writing S1: no title over 24 words


def headline(title: str) -> str:
    """Give the title as one sentence that can be read, or "" when it cannot stand for the story on air.

    Refused: a question or an exclamation, somebody's words (the listener cannot see who speaks), a title cut
    by the page, one too long to be heard.
    """
    text = clean(title).strip(" .")
    if not text or re.search(r"[?!«»“”\"]|…$|\.\.$", text) or words(text) > MAX_WORDS:
        return ""
    return f"{text[0].upper()}{text[1:]}."


def adds(title: str, sentence: str) -> bool:
    """Tell whether a headline may stand before a story's first sentence without saying it twice.

    True when at most 60 % of its words of four letters or more come again (radio-writing, section 1.2).
    """
    telling = [word for word in fold(title).split() if len(word) > 3]
    again = set(fold(sentence).split())
    return bool(telling) and sum(word in again for word in telling) <= 0.6 * len(telling)


def short_title(title: str, sentence: str) -> str:
    """Give the story's name for chapters and pages: its title, else the first words of its first sentence."""
    text = clean(title).strip(" .")
    if text:
        return text
    first = sentence.split()
    return " ".join(first) if len(first) <= 9 else f"{' '.join(first[:8]).rstrip(',;:')}…"
