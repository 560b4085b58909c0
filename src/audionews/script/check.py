"""Hold the script against the articles: nothing may be said that they do not say."""

from __future__ import annotations

import re

from audionews.french.typography import clean
from audionews.model import Article, Remark, Role, Rundown, Script, Segment
from audionews.script.themes import fold

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)
CLAIM = re.compile(r"\d[\d.,\s]*\d|\d|\b[A-ZÀ-Ý][\w’'-]+")


def unsupported(script: Script, rundown: Rundown, articles: tuple[Article, ...]) -> tuple[Remark, ...]:
    """Name the figures and proper names in the stories' segments that their articles do not hold.

    A capital word at the head of a sentence counts only if the article holds it nowhere in any case. Sentences
    that stand in the article word for word hold nothing new and are passed over.
    """
    by_id = {article.id: article for article in articles}
    source = {item.story.slug: by_id.get(item.story.article_id) for item in rundown.items}
    found = []
    for segment in script.segments:
        article = source.get(segment.story)
        if segment.role in TOLD and article is not None:
            missing = _missing(segment, article)
            if missing:
                words = ", ".join(f"« {one} »" for one in missing)
                found.append(Remark(segment.id, f"{words} : absent de l’article {article.origin}"))
    return tuple(found)


def _missing(segment: Segment, article: Article) -> list[str]:
    printed = " ".join((article.title, *article.body, article.author))
    known = fold(clean(printed))
    if fold(segment.text) in known:
        return []
    return [
        claim for claim in CLAIM.findall(segment.text) if fold(claim) not in known and _telling(claim, segment.text)
    ]


def _telling(claim: str, text: str) -> bool:
    """Tell whether a word can be a claim: a figure, or a capital that is not just the head of the sentence."""
    return claim[0].isdigit() or not text.startswith(claim)
