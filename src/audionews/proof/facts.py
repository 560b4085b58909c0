"""Hold the script against the articles: nothing may be said that they do not say."""

from __future__ import annotations

import re
import unicodedata

from audionews.french.expansion import without_full_names
from audionews.french.typography import clean
from audionews.model import Article, Remark, Role, Rundown, Script, Segment

TOLD = (Role.HEADLINE, Role.STORY, Role.BRIEF)
GROUPED = re.compile(r"(?<=\d)[.\s]{1,2}(?=\d{3}(?!\d))")  # the point or blank of 12.450, 12 450, 10. 000
FIGURE = re.compile(r"\d+(?:,\d+)?")
NAME = re.compile(r"\b[A-ZÀ-Ý][\w’'-]+")


def unsupported(script: Script, rundown: Rundown, articles: tuple[Article, ...]) -> tuple[Remark, ...]:
    """Name the figures and proper names in the stories' segments that their articles do not hold.

    Figures are compared whole: 200 is not in 1.200. The first word of a sentence is passed over, for its capital
    tells nothing. Sentences that stand in the article word for word hold nothing new. The full name of a sigle that
    the article holds is no new name.
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
    printed = clean(" ".join((article.title, *article.body, article.author)))
    known = fold(printed)
    if fold(segment.text) in known:
        return []
    figures = set(_figures(printed))
    told = without_full_names(segment.text, printed)
    names = [name for name in NAME.findall(told) if not told.startswith(name)]
    return [
        *(figure for figure in _figures(segment.text) if figure not in figures),
        *(name for name in names if fold(name) not in known),
    ]


def _figures(text: str) -> list[str]:
    return FIGURE.findall(GROUPED.sub("", text))


def fold(text: str) -> str:
    """Lower-case, strip accents and punctuation, so that words can be compared: " l armee a tenu "."""
    bare = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return f" {' '.join(re.findall(r'[a-z0-9]+', ''.join(c for c in bare if not unicodedata.combining(c))))} "
