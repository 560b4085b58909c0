"""From a printed title to a headline for the ear."""

from __future__ import annotations

import re

from audionews.french.sentences import words
from audionews.french.typography import clean

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


def short_title(title: str, sentence: str) -> str:
    """Give the story's name for chapters and pages: its title, else the first words of its first sentence."""
    text = clean(title).strip(" .")
    if text:
        return text
    first = sentence.split()
    return " ".join(first) if len(first) <= 9 else f"{' '.join(first[:8]).rstrip(',;:')}…"
