"""Events → Rundown: which stories are read, how long, in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audionews.files import slugify
from audionews.french.sentences import words
from audionews.model import Event, Item, Place, Remark, Rundown, Sentence, Story
from audionews.script import formats
from audionews.script.choice import Ranked, rank, varied
from audionews.script.formats import Format
from audionews.script.headline import adds, headline, short_title
from audionews.script.themes import gravity
from audionews.station import Ranking

ENOUGH = 0.6  # of a full story's words; less is a brief
RECAP_WORDS = 14
LONGER = 1.3  # sentences kept ready beyond a story's place, to fill the slot
UNTOLD = "aucune phrase de cet article ne peut être dite seule à l’antenne"
RESERVE = 0.9  # of the bulletin's words, counted as briefs: then the longer places fill it surely
MOST_TRIED = 4  # articles condensed for one that is read, before the day counts as thin

# An event, words at most, the day of the bulletin → its sentences, and why others were refused.
Condenser = Callable[[Event, int, date], tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the newsroom: a bulletin of this format, for this day."""

    form: Format
    name: str  # of the format
    rate: float  # spoken words a minute
    day: date
    edition: str
    title: str  # of the edition, as printed
    ranking: Ranking

    def words(self, seconds: float) -> int:
        """Give how many words fit into some seconds."""
        return formats.words(seconds, self.rate)


def plan(events: Sequence[Event], order: Order, condense: Condenser, left_out: Iterable[Remark] = ()) -> Rundown:
    """Plan the bulletin of a day.

    Args:
        events: the day's events, already sifted by date and by what was told before.
        order: what is asked for.
        condense: chooses the sentences of an event.
        left_out: what was left out before.

    Returns:
        A rundown whose stories hold some more sentences than there is room for, and some more briefs: `fit` trims
        it. Without items when no event can be told. What was tried and left out is told in `dropped`.
    """
    form, dropped = order.form, list(left_out)
    wanted = len(form.stories) + form.briefs + bool(form.light)
    most = wanted + form.most_briefs - form.briefs
    longest = order.words(LONGER * max([*form.stories, form.light, form.brief]))
    pool: list[tuple[Ranked, Story]] = []
    tried = 0
    ranked = rank(events, order.day, order.ranking)
    for one in varied(ranked):
        full = len(pool) >= wanted and sum(_useful(story, order) for _, story in pool) >= RESERVE * order.words(
            form.speech
        )
        if full or len(pool) >= most or tried >= MOST_TRIED * most:
            dropped.append(Remark(one.article.origin, f"pas de place dans ce format ({one.why})"))
            continue
        tried += 1
        story = _story(one, longest, order.day, condense)
        if story is None:
            dropped.append(Remark(one.article.origin, UNTOLD))
        elif form.headlines_only and not story.headline:
            dropped.append(Remark(one.article.origin, "pas de titre qui puisse se dire"))
        else:
            pool.append((one, story))
    items = _headlined(_unique_slugs(_placed(pool, order)), order, condense, {s.article_id: r for r, s in pool})
    return Rundown(
        bulletin_id=f"{order.day.isoformat()}-{order.edition}",
        date=order.day,
        edition=order.edition,
        format=order.name,
        title=order.title,
        items=items,
        dropped=tuple(dropped),
    )


def _useful(story: Story, order: Order) -> int:
    """Count the words of a story that its place may hold; most are told as briefs."""
    return min(story_words(story), order.words(order.form.brief)) if not order.form.headlines_only else 0


def _story(one: Ranked, budget: int, day: date, condense: Condenser) -> Story | None:
    article = one.article
    sentences = condense(one.event, budget, day)
    if not sentences:
        return None
    first = sentences[0].text
    others = dict.fromkeys(other.source for other in one.event.articles[1:] if other.source)
    return Story(
        slug=slugify(article.title or first, 5),
        article_id=article.id,
        title=short_title(article.title, first),
        headline=headline(article.title),
        sentences=sentences,
        theme=one.theme,
        gravity=max(one.gravity, gravity((article.title, *(told.text for told in sentences)), one.theme)),
        score=one.score,
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published,
        others=tuple(other for other in others if other != article.source),
        also=tuple(other.id for other in one.event.articles[1:]),
        aired=one.event.aired,
        place=one.place,
        rights=article.rights,
        why=one.why,
    )


def _placed(pool: list[tuple[Ranked, Story]], order: Order) -> list[Item]:
    """Give the full places to the stories with enough to tell, in the order they are read; the rest are briefs."""
    form = order.form
    left = sorted(pool, key=lambda pair: (-pair[1].gravity, -pair[1].score, pair[1].title))
    closing = _longest(left, form.light, order, light=True)
    left = [pair for pair in left if pair is not closing]
    full: list[Item] = []
    for seconds in form.stories:
        room = order.words(seconds)
        best = next((pair for pair in left if not pair[0].light and _enough(pair[1], room)), None)
        if best is None:
            continue
        left.remove(best)
        full.append(Item(Place.STORY, best[1], words=room))
    briefs = [Item(Place.BRIEF, story, words=order.words(form.brief)) for _, story in left[: form.most_briefs]]
    last = [Item(Place.STORY, closing[1], words=order.words(form.light))] if closing else []
    return [*grouped(full), *light_last(grouped(briefs)), *last]


def _longest(
    pool: list[tuple[Ranked, Story]], seconds: float, order: Order, light: bool
) -> tuple[Ranked, Story] | None:
    room = order.words(seconds)
    return next((pair for pair in pool if seconds and pair[0].light is light and _enough(pair[1], room)), None)


def _enough(story: Story, room: int) -> bool:
    return len(story.sentences) > 1 and story_words(story) >= ENOUGH * room


def grouped(items: list[Item]) -> list[Item]:
    """Bring the stories of one theme together, each theme at the place of its first story."""
    themes = list(dict.fromkeys(item.story.theme for item in items))
    return sorted(items, key=lambda item: themes.index(item.story.theme))


def light_last(items: list[Item]) -> list[Item]:
    """Put sport and culture last, and an ordinary story between a grave one and them (radio-writing 3.3)."""
    heavy = [item for item in items if item.story.gravity > 0]
    light = [item for item in items if item.story.gravity == 0]
    if light and heavy and heavy[-1].story.gravity == 3:
        softer = next((item for item in reversed(heavy) if item.story.gravity < 3), None)
        if softer:
            heavy.remove(softer)
            heavy.append(softer)
    return [*heavy, *light]


def story_words(story: Story) -> int:
    """Count the words of a story as printed."""
    return sum(words(one.text) for one in story.sentences)


def _headlined(items: list[Item], order: Order, condense: Condenser, pool: dict[str, Ranked]) -> tuple[Item, ...]:
    """Announce the first stories that have a headline which says something else than their first sentence."""
    fit = [
        item.story.slug
        for item in items
        if item.place is Place.STORY and item.story.headline and adds(item.story.headline, item.story.sentences[0].text)
    ][: order.form.titles]
    if len(fit) < 2:
        return tuple(items)
    done: list[Item] = []
    for item in items:
        if item.story.slug in fit:
            again = None
            if len([one for one in done if one.story.recap]) < order.form.recap:
                short = condense(pool[item.story.article_id].event, RECAP_WORDS, order.day)
                again = short[0] if len(short) == 1 and _recalls(short[0], item.story) else None
            done.append(replace(item, headlined=True, story=replace(item.story, recap=again)))
        else:
            done.append(item)
    return tuple(done)


def _recalls(short: Sentence, story: Story) -> bool:
    """Tell whether a short sentence says the news again: it says words of the lead, and not all of them."""
    lead = story.sentences[0]
    shared = any(one.start < other.end and other.start < one.end for one in short.spans for other in lead.spans)
    return shared and short.text != lead.text and words(short.text) <= RECAP_WORDS


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
    wrong = [f"- {one.title}, {one.date.isoformat()} : {one.text}" for one in rundown.rectifications]
    rows += ["Rectificatif, avant le premier sujet :", *wrong, ""] if wrong else []
    rows += ["| n° | place | titre | thème | gravité | lieu | mots | pris | source | pourquoi |"]
    rows += ["|---|---|---|---|---|---|---|---|---|---|"]
    for number, item in enumerate(rundown.items, 1):
        story = item.story
        place = {Place.STORY: "sujet", Place.BRIEF: "brève"}[item.place] + (" + titre" if item.headlined else "")
        source = ", ".join(filter(None, (story.source, *story.others))) + f" ({story.rights.value})"
        cells = (number, place, story.title, story.theme, story.gravity, story.place, story_words(story), story.taken)
        rows.append("| " + " | ".join(re.sub(r"\|", "/", str(one)) for one in (*cells, source, story.why)) + " |")
    if rundown.dropped:
        rows += ["", "Laissés de côté :", *(f"- {one.origin} : {one.message}" for one in rundown.dropped)]
    return "\n".join(rows) + "\n"
