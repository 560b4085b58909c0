"""The full name of a sigle at its first mention in a story, as a newsreader gives it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from audionews.french.grammar import a, de
from audionews.french.sentences import words
from audionews.french.spoken.capitals.names import UPPER, fold
from audionews.french.spoken.capitals.sigles import full_names, key, lexicon, pronounceable
from audionews.french.tables import word_set

MOST = 2  # names given in a story: more are not remembered
LONGEST = 45  # words of a sentence; beyond this it is lost at first hearing, and a long name makes it worse
SAID = 0.75  # of a name's telling words in one sentence: it has been said

_SIGLE = re.compile(rf"(?<![\w.-])[{UPPER}]\w{{1,11}}(?!\w)")
_ARTICLE = re.compile(
    r"(?<![\w’-])(?:(?:de|à) (?:l’|la )|(?:du|des|aux?|les?|la|de) |[ld]’)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
# What may stand after « la Banque nationale de développement agricole, la BNDA, » without making a list of it.
_NO_GLOSS_BEFORE = re.compile(r"(?! [a-zà-ÿ]|[.;:!?…]| [;:!?])|(?: (?:et|ou|ni|de|du|des|d’\w+|à|aux?|en)(?!\w))")
_GENDERS = {"le": "le ", "du": "le ", "au": "le ", "la": "la ", "les": "les ", "des": "les ", "aux": "les "}


def first_mention(sentences: Sequence[str], said: str = "") -> tuple[str, ...]:
    """Give in full the sigles a story names for the first time.

    Only the sigles of the list ``expand`` of data/sigles.toml; only after an article that agrees with the name, not
    in quotations, brackets or compounds; at most two in a story.

    Args:
        sentences: the story's sentences, in order, as printed.
        said: what the listener has heard before them.

    Returns:
        The same sentences, « la BNDA finance » turned to « la Banque nationale de développement agricole finance »;
        when the sigle comes again the name keeps it: « la Banque nationale…, la BNDA, finance ». A name that the
        story says itself is not added.
    """
    printed = [text.replace("'", "’") for text in sentences]
    told = list(printed)
    mentions = [(place, found) for place, text in enumerate(told) for found in _mentions(text)]
    counts = Counter(key(found.group()) for _, found in mentions)
    given = 0
    met: set[str] = set()
    for place, found in mentions:
        sigle = key(found.group())
        first = sigle not in met
        met.add(sigle)
        # One name a sentence: two would be too much, and the second match would no longer stand where it stood.
        if not first or given == MOST or told[place] != printed[place] or _is_said(sigle, (said, *sentences)):
            continue
        told[place] = _given(found, full_names()[sigle], again=counts[sigle] > 1)
        given += told[place] != printed[place]
    return tuple(text if new == old else new for text, old, new in zip(sentences, printed, told, strict=True))


def without_full_names(text: str, source: str) -> str:
    """Take out of a text the full names of the sigles that another text holds.

    Args:
        text: what is told.
        source: what it is told from.

    Returns:
        The text without these names; all others are left.
    """
    sigles = {key(found.group()) for found in _SIGLE.finditer(source)} & full_names().keys()
    bare = sorted((re.sub(r"^(?:l’|la |les? )", "", full_names()[sigle]) for sigle in sigles), key=len, reverse=True)
    for name in bare:
        text = text.replace(name, " ")
    return text


@cache
def _expanded() -> frozenset[str]:
    return frozenset(map(key, word_set("sigles", "expand")))


def _mentions(text: str) -> list[re.Match[str]]:
    """Find the sigles of the list; « Ier » is not the I E R."""
    return [
        found
        for found in _SIGLE.finditer(text)
        if key(found.group()) in _expanded()
        and (
            found.group() == found.group().upper()
            or key(found.group()) in lexicon().words
            or not pronounceable(found.group())
        )
    ]


def _is_said(sigle: str, texts: Sequence[str]) -> bool:
    """Tell whether one of the texts says the full name of a sigle, or nearly."""
    telling = {fold(word) for word in _WORD.findall(full_names()[sigle])}
    return any(len(telling & {fold(word) for word in _WORD.findall(text)}) >= SAID * len(telling) for text in texts)


def _given(found: re.Match[str], name: str, again: bool) -> str:
    """Write a sentence with the full name of a sigle in it; the sentence as it was where that cannot be."""
    text, sigle = found.string, found.group()
    before, after = text[: found.start()], text[found.end() :]
    article = _ARTICLE.search(before)
    if not article or (after[:1] in {"-", "/", "’", "."} and after[1:2].isalnum()) or _is_enclosed(before):
        return text
    written = article.group().lower().strip()
    own = _article(written, name)
    if own is None:
        return text
    group = name
    if written.startswith("d"):
        group = de(name)
    elif written.startswith(("à", "au")):
        group = a(name)
    if article.group()[0].isupper():
        group = group[0].upper() + group[1:]
    gloss = f", {own}{sigle}" if again and own and not _NO_GLOSS_BEFORE.match(after) else ""
    closing = "," if gloss and after.startswith(" ") and after[1:2].isalpha() else ""
    told = f"{before[: article.start()]}{group}{gloss}{closing}{after}"
    return told if words(told) <= LONGEST else text


def _article(written: str, name: str) -> str | None:
    """Give the article that stands before the sigle itself, "" when unknown, None when it does not agree."""
    full = re.match(r"l’|la |les? ", name)
    last = written.rpartition(" ")[2]
    of_name = full.group() if full else ""
    if last in {"l’", "d’", "de"}:
        elided = "" if last == "de" else "l’"
        return None if of_name == "les " else (elided or of_name.replace("l’", ""))
    of_sigle = _GENDERS[last]
    agrees = of_name == of_sigle or (of_name == "l’" and of_sigle != "les ")
    return of_sigle if agrees else None


def _is_enclosed(before: str) -> bool:
    """Tell whether a quotation or a bracket is open."""
    return any(before.count(left) > before.count(right) for left, right in ("«»", "“”", "()", "[]")) or bool(
        before.count('"') % 2
    )
