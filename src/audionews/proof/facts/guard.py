"""Hold a script against the articles: nothing may be said that they do not say."""

from __future__ import annotations

from collections.abc import Sequence

from audionews.model import Article, Remark, Role, Rundown, Script
from audionews.proof.facts.checker import check
from audionews.proof.facts.fault import ABSENT, Fault

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)


def unsupported(script: Script, rundown: Rundown, articles: tuple[Article, ...]) -> tuple[Remark, ...]:
    """Name what the stories’ segments say that their articles do not.

    Args:
        script: what is read; only titles, stories and briefs are told from articles.
        rundown: which story comes from which article; its date is the day of the broadcast.
        articles: those of the rundown.

    Returns:
        One remark for each segment with a fault; its origin is the segment’s id.
    """
    by_id = {article.id: article for article in articles}
    source = {item.story.slug: by_id.get(item.story.article_id) for item in rundown.items}
    found = []
    for segment in script.segments:
        article = source.get(segment.story)
        if segment.role in TOLD and article is not None:
            faults = check(segment.text, article, spans=segment.spans, day=rundown.date)
            if faults:
                found.append(Remark(segment.id, told(faults, article.origin)))
    return tuple(found)


def told(faults: Sequence[Fault], origin: str) -> str:
    """Write the faults of one sentence on one line.

    Args:
        faults: one or more.
        origin: where the article comes from.
    """
    absent = ", ".join(f"« {one.words} »" for one in faults if one.reason == ABSENT)
    parts = [f"{absent} : {ABSENT} {origin}".rstrip()] if absent else []
    parts += [f"« {one.words} » : {one.reason}" for one in faults if one.reason != ABSENT]
    return " ; ".join(parts)
