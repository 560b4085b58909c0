"""Collection → Rundown: which stories are read, how long, in which order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from audionews.files import slugify
from audionews.french.sentences import words
from audionews.model import Article, Collection, Item, Place, Remark, Rundown, Sentence, Story
from audionews.script.formats import Format
from audionews.script.headline import headline, short_title
from audionews.script.themes import gravity, theme, weight

MIN_STORY_WORDS = 45  # less is a brief


Condenser = Callable[[Article, int, date], tuple[Sentence, ...]]  # an article, words at most, the day of the bulletin


def plan(
    collection: Collection, form: Format, name: str, day: date, edition: str, title: str, condense: Condenser
) -> Rundown:
    """Plan the bulletin of a day.

    Args:
        collection: the day's articles, already sifted by date.
        form: how much the format holds.
        name: of the format.
        day: of the broadcast.
        edition: key of the edition.
        title: of the edition, as printed.
        condense: chooses the sentences of an article.

    Returns:
        A rundown; without items when no article has a sentence that can be read. Every article left out is
        told in `dropped`.
    """
    longest = max([*form.story_words, form.brief_words])
    ranked: list[tuple[Article, Story]] = []
    dropped: list[Remark] = []
    for article in collection.articles:
        story = _story(article, longest, day, condense)
        if story is None:
            dropped.append(Remark(article.origin, "aucune phrase de cet article ne se comprend seule à l’oreille"))
        elif form.headlines_only and not story.headline:
            dropped.append(Remark(article.origin, "pas de titre qui puisse se dire"))
        else:
            ranked.append((article, story))
    ranked.sort(key=lambda pair: (-pair[1].score, pair[1].title))
    stories, rest = _fill_stories(ranked, form, day, condense)
    briefs = [story for article, long in rest if (story := _story(article, form.brief_words, day, condense) or long)]
    dropped += [Remark(one.title, "pas de place dans ce format") for one in briefs[form.briefs :]]
    items = [
        *(Item(Place.STORY, story) for story in _light_last(stories)),
        *(Item(Place.BRIEF, story) for story in _light_last(briefs[: form.briefs])),
    ]
    return Rundown(
        bulletin_id=f"{day.isoformat()}-{edition}",
        date=day,
        edition=edition,
        format=name,
        title=title,
        items=_headlined(_unique_slugs(items), form.headlines),
        dropped=tuple(dropped),
    )


def _story(article: Article, budget: int, day: date, condense: Condenser) -> Story | None:
    sentences = condense(article, budget, day)
    if not sentences:
        return None
    first = sentences[0].text
    name = theme(article.title, article.body, article.section)
    grave = gravity((article.title, *(one.text for one in sentences)), name)
    fresh = article.published == day
    return Story(
        slug=slugify(article.title or first, 5),
        article_id=article.id,
        title=short_title(article.title, first),
        headline=headline(article.title),
        sentences=sentences,
        theme=name,
        gravity=grave,
        score=2.0 * grave + weight(name) + (1.0 if article.title else 0.0) + (0.5 if fresh else 0.0),
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published,
    )


def _fill_stories(
    ranked: list[tuple[Article, Story]], form: Format, day: date, condense: Condenser
) -> tuple[list[Story], list[tuple[Article, Story]]]:
    """Give the first places to the stories with enough to tell; the others are left for the briefs."""
    stories: list[Story] = []
    rest: list[tuple[Article, Story]] = []
    for article, story in ranked:
        place = len(stories)
        told = _story(article, form.story_words[place], day, condense) if place < len(form.story_words) else None
        if told and len(told.sentences) > 1 and _words(told) >= MIN_STORY_WORDS:
            stories.append(told)
        else:
            rest.append((article, story))
    return stories, rest


def _words(story: Story) -> int:
    return sum(words(one.text) for one in story.sentences)


def _light_last(stories: list[Story]) -> list[Story]:
    """Order by weight, sport and culture last (radio-writing 1.2 and 3.3).

    The weight falls with gravity, so a grave story never meets a light one while an ordinary one is there.
    """
    return sorted(stories, key=lambda one: (one.gravity == 0, -one.score, one.title))


def _headlined(items: list[Item], most: int) -> tuple[Item, ...]:
    """Announce the first stories that have a headline; none when most full stories could not be announced."""
    stories = [item for item in items if item.place is Place.STORY]
    if 2 * sum(bool(item.story.headline) for item in stories) < len(stories):
        return tuple(items)
    chosen = [item for item in items if item.story.headline][:most]
    return tuple(replace(item, headlined=item in chosen) for item in items)


def _unique_slugs(items: list[Item]) -> list[Item]:
    seen: dict[str, int] = {}
    done = []
    for item in items:
        slug = item.story.slug
        seen[slug] = seen.get(slug, 0) + 1
        if seen[slug] > 1:
            slug = f"{slug}-{seen[slug]}"
        done.append(replace(item, story=replace(item.story, slug=slug)))
    return done


def view(rundown: Rundown) -> str:
    """Draw the rundown as Markdown, for reading."""
    rows = [f"# {rundown.title}, {rundown.date.isoformat()} ({rundown.format})", ""]
    rows += ["| n° | place | titre | thème | gravité | mots | source |", "|---|---|---|---|---|---|---|"]
    for number, item in enumerate(rundown.items, 1):
        story = item.story
        place = {Place.STORY: "sujet", Place.BRIEF: "brève"}[item.place] + (" + titre" if item.headlined else "")
        count = _words(story)
        name = re.sub(r"\|", "/", story.title)
        rows.append(f"| {number} | {place} | {name} | {story.theme} | {story.gravity} | {count} | {story.source} |")
    if rundown.dropped:
        rows += ["", "Laissés de côté :", *(f"- {one.origin} : {one.message}" for one in rundown.dropped)]
    return "\n".join(rows) + "\n"
