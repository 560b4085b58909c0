"""Sentences and words of a paragraph of the press, without losing a character."""

from __future__ import annotations

import re

from audionews.french.tables import word_set

_MARK = re.compile(r"[.!?…]+|[«»“”\"()\[\]]")
_CLOSERS = '»”")]'
_PAIRS = {"»": "«", "”": "“", ")": "(", "]": "["}
# Scanning back for the word before a point stops here, so that a text without a blank stays linear.
_LONGEST_WORD = 40

_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.-?)*[A-ZÀ-Ý]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def split(text: str) -> tuple[str, ...]:
    """Cut a paragraph into sentences; a closed quotation or bracket is never cut inside.

    Args:
        text: one paragraph.

    Returns:
        The sentences, stripped, in order. Joined with a blank they give the text again, white space apart.
    """
    parts: list[str] = []
    start = 0
    for end in _ends(text):
        sentence = text[start:end].strip()
        if sentence:
            parts.append(sentence)
        start = end
    last = text[start:].strip()
    return tuple([*parts, last] if last else parts)


def words(text: str) -> int:
    """Count the words the ear hears: tokens between blanks that hold a letter or a figure.

    Args:
        text: any text; « l’armée » counts one.

    Returns:
        The number of words.
    """
    return sum(any(map(str.isalnum, token)) for token in text.split())


def _ends(text: str) -> list[int]:
    """Give the positions after which a new sentence begins."""
    marks = list(_MARK.finditer(text))
    closed = _closed_pairs(marks)
    ends: list[int] = []
    depth = 0
    sentence_start = 0
    for mark in marks:
        if mark.start() in closed:
            depth += closed[mark.start()]
        if mark.group()[0] not in ".!?…":
            continue
        end, depth_after = _after_closers(text, mark.end(), depth, closed)
        if depth_after > 0 or not _opens_sentence(text, end):
            continue
        if mark.group() == "." and _is_abbreviation(text, mark.start(), end, sentence_start):
            continue
        ends.append(end)
        sentence_start = end
    return ends


def _closed_pairs(marks: list[re.Match[str]]) -> dict[int, int]:
    """Map the position of each paired quotation mark or bracket to +1 (opens) or -1 (closes)."""
    stacks: dict[str, list[int]] = {"«": [], "“": [], "(": [], "[": [], '"': []}
    closed: dict[int, int] = {}
    for mark in marks:
        char = mark.group()[0]
        opener = _PAIRS.get(char, '"' if char == '"' and stacks['"'] else "")
        if opener and stacks[opener]:
            closed[stacks[opener].pop()] = 1
            closed[mark.start()] = -1
        elif char in stacks:
            stacks[char].append(mark.start())
    return closed


def _after_closers(text: str, end: int, depth: int, closed: dict[int, int]) -> tuple[int, int]:
    """Step over the closing marks that belong to the sentence; give the new end and the depth there."""
    position = end
    while position < len(text):
        char = text[position]
        if char.isspace():
            position += 1
            continue
        if char not in _CLOSERS or closed.get(position, -1) > 0 or (char == '"' and position not in closed):
            break
        depth += closed.get(position, 0)
        position += 1
        end = position
    return end, depth


def _opens_sentence(text: str, end: int) -> bool:
    """Tell whether what stands after ``end`` is a blank and then the beginning of a sentence."""
    if end >= len(text) or not text[end].isspace():
        return False
    position = end
    while position < len(text) and text[position].isspace():
        position += 1
    if position >= len(text):
        return False
    char = text[position]
    return char.isupper() or char.istitle() or char.isdigit() or char in '«“"([—–-•'


def _is_abbreviation(text: str, point: int, end: int, sentence_start: int) -> bool:
    """Tell whether the single point at ``point`` belongs to an abbreviation, initials or a number."""
    if end > point + 1:
        return False  # a closing mark stands between
    floor = max(sentence_start, point - _LONGEST_WORD)
    word = (text[floor:point].rsplit(maxsplit=1) or [""])[-1]
    token = re.split(r"[’'«“(\[]", word)[-1]
    following = text[end : end + _LONGEST_WORD].lstrip()
    if token.isdigit():
        thousands = len(token) <= 3 and re.match(r"\d{3}(?!\d)", following) is not None
        numbering = len(token) <= 2 and text[sentence_start:point].strip() == token
        return thousands or numbering
    if token in word_set("sentences", "before_name"):
        return True
    if token in word_set("sentences", "before_number"):
        return following[:1].isdigit()
    return _are_initials(token, text[floor : point - len(token)], following)


def _are_initials(token: str, before: str, following: str) -> bool:
    """Tell whether a token is the initials of a name: « A. B. Touré », not « 500 F. Moussa »."""
    if not _INITIALS.fullmatch(token) or before.rstrip()[-1:].isdigit():
        return False
    first = _FIRST_WORD.match(following)
    return first is not None and first.group().lower() not in word_set("sentences", "starters")
