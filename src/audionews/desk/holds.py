"""What a human must read first: articles on a topic, or of a source, that the station holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from audionews.articles.imprint import fold
from audionews.desk import ledger
from audionews.desk.ledger import Held, Waiting
from audionews.errors import UsageError
from audionews.model import Article, Remark
from audionews.station import Hold

_WORD = re.compile(r"[^\W_]+")


def held(article: Article, hold: Hold, source_held: bool) -> str:
    """Tell why an article must wait for a human.

    Args:
        article: its title, body and section are searched; capitals, accents and plurals do not count.
        hold: the topics the station holds; one of several words must stand word for word.
        source_held: whether its source is held.

    Returns:
        The reason, in French; "" when it need not wait.
    """
    if source_held:
        return "source retenue"
    text = _words(" ".join([article.title, article.section, *article.body]))
    topic = next((one for one in hold.topics if (words := _words(one).strip()) and f" {words} " in text), "")
    return f"sujet retenu : « {topic} »" if topic else ""


def sift(
    path: Path, articles: Sequence[Article], reasons: Sequence[str], day: date
) -> tuple[tuple[Article, ...], tuple[Remark, ...]]:
    """Keep back what must wait, and remember it for `audionews hold`.

    Args:
        path: the ledger.
        articles: the day's.
        reasons: of each, as `held` gives it.
        day: of the bulletin.

    Returns:
        The articles that may be read, those released by a human among them; a remark for each one kept back.
    """
    waiting = [
        Held(article.id, article.title or " ".join(article.body)[:80], article.source, why, day)
        for article, why in zip(articles, reasons, strict=True)
        if why
    ]
    ledger.hold(path, waiting)
    known = {one.article: one for one in ledger.held(path)}
    said = {Waiting.HELD: "retenu, à libérer par audionews hold", Waiting.REFUSED: "refusé par la rédaction"}
    kept: list[Article] = []
    remarks: list[Remark] = []
    for article, why in zip(articles, reasons, strict=True):
        state = known[article.id].state if article.id in known else Waiting.RELEASED
        if state is Waiting.REFUSED or (why and state is Waiting.HELD):
            told = why or known[article.id].why
            remarks.append(Remark(article.origin or article.title, f"{said[state]} ({told}, {article.id})"))
        else:
            kept.append(article)
    return tuple(kept), tuple(remarks)


def decide(path: Path, ids: Sequence[str], state: Waiting, now: datetime) -> tuple[Held, ...]:
    """Release or refuse held articles.

    Args:
        path: the ledger.
        ids: of the articles, or their first letters where no other begins so.
        state: what a human has decided.
        now: when.

    Returns:
        The articles, as they were.

    Raises:
        UsageError: an id is of no held article, or of several; then nothing is decided.
    """
    known = ledger.held(path)
    chosen = []
    for one in ids:
        found = [waiting for waiting in known if one and waiting.article.startswith(one)]
        if len(found) != 1:
            count = "plusieurs articles retenus commencent" if found else "aucun article retenu ne commence"
            raise UsageError(f"« {one} » : {count} ainsi", "Voyez la liste : audionews hold")
        chosen += found
    for waiting in chosen:
        ledger.decide(path, waiting.article, state, now)
    return tuple(chosen)


def _words(text: str) -> str:
    """Write the words of a text folded and without the mark of the plural, a blank around each."""
    return f" {' '.join(_singular(word) for word in _WORD.findall(fold(text)))} "


def _singular(word: str) -> str:
    """Take the mark of the plural off a folded word; « travail » and « travaux » both become « traval »."""
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    word = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return f"{word[:-3]}al" if word.endswith("ail") else word
