"""What may leave a programme that is too long for its slot, and what then leaves with it. Pure.

What is left out once it is voiced must not show: a link, a reminder, a list of sources leaves with what it was said
for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from audionews.french.typography import typeset
from audionews.model import Place, Role, Rundown, Script, Segment, Story

# What it costs to leave it out.
DROPPED = {Place.STORY: 8.0, Place.BRIEF: 3.0}
SENTENCE = 1.0

TOLD = (Role.STORY, Role.BRIEF)
_Block = tuple[Role, str, list[Segment]]  # segments of one role and story that follow each other


@dataclass(frozen=True, slots=True)
class Cut:
    """What leaves together: stories, or one sentence of a story."""

    told: tuple[str, ...]  # French
    cost: float
    stories: frozenset[str] = frozenset()  # slugs
    sentence: frozenset[str] = frozenset()  # ids of its segments
    of: str = ""  # slug of the story that loses it


def story_cuts(script: Script, rundown: Rundown) -> list[Cut]:
    """Give the stories in the order they may leave. The first one never does.

    One whose words open a part (« En bref. », « Les titres. ») leaves after the others of that part. Briefs whose
    source is named once for all of them stay two at least, or leave: that source is never told of nothing, nor kept
    from those that are read.
    """
    items = {item.story.slug: item for item in rundown.items}
    whole = _of(script, *TOLD)
    said = [slug for slug in whole or _of(script, Role.HEADLINE) if slug in items]
    opens = {slug for role in (Role.BRIEF, Role.HEADLINE, Role.RECAP) for slug in _of(script, role)[:1]}

    def matters(slug: str) -> tuple[bool, bool, int, float, int]:
        story = items[slug].story
        return slug == said[0], slug in opens, story.gravity, story.score, -said.index(slug)

    units = {slug: frozenset({slug}) for slug in said}
    weights = {slug: matters(slug) for slug in said}
    for run in _runs(script):
        last = frozenset({max(run[:-1], key=matters), run[-1]})
        units |= dict.fromkeys(last, last)
        weights |= dict.fromkeys(last, max(map(matters, run)))
    order = sorted(said[1:], key=lambda slug: (items[slug].place is Place.STORY, *weights[slug]))
    kind = {Place.STORY: "sujet", Place.BRIEF: "brève" if whole else "titre"}
    return [
        Cut(
            tuple(f"{kind[items[slug].place]} « {items[slug].story.title} »" for slug in said if slug in unit),
            sum(DROPPED[items[slug].place] for slug in unit),
            unit,
        )
        for unit in dict.fromkeys(units[slug] for slug in order)
        if said[0] not in unit
    ]


def _runs(script: Script) -> Iterator[list[str]]:
    """Give the briefs whose source is named once, after the last of them."""
    run: list[str] = []
    for (role, slug), _ in groupby(script.segments, lambda one: (one.role, one.story)):
        if role is Role.BRIEF:
            run.append(slug)
        elif role is not Role.STING:
            if role is Role.CREDIT and len(run) > 1:
                yield run
            run = []


def sentence_cuts(script: Script, rundown: Rundown) -> list[Cut]:
    """Give the sentences in the order they may leave: of each story in turn, the same share of each."""
    found = []
    for item in rundown.items:
        spare = _spare(item.story, script)
        for at, (text, ids) in enumerate(spare, 1):
            cut = Cut((f"phrase « {text} »",), SENTENCE, sentence=ids, of=item.story.slug)
            found.append(((at / len(item.story.sentences), item.place is Place.STORY, item.story.gravity), cut))
    return [cut for _, cut in sorted(found, key=lambda one: one[0])]


def _spare(story: Story, script: Script) -> list[tuple[str, frozenset[str]]]:
    """Give the sentences that may leave a story, the first to leave first; what is left is whole by construction.

    None where an editor has changed it: nobody knows then what leans on what. A sentence that gives a sigle in full
    stays, and so do those that would leave after it.
    """
    typed = [typeset(one.text) for one in story.sentences]
    ids: list[list[str]] = [[] for _ in typed]
    fixed, at = set[int](), 0
    for one in (one for one in script.segments if one.story == story.slug and one.role in TOLD):
        same = [n for n in range(at, len(typed)) if one.text in typed[n]]
        if not same and one.spans:
            same = [n for n in range(at, len(typed)) if one.spans == story.sentences[n].spans][:1]
            fixed.update(same)
        if same:
            at = same[0]
            ids[at].append(one.id)
        elif any(ids):  # before the first one stand words of the house
            return []
    order = sorted(range(len(typed)), key=lambda n: -story.sentences[n].rank)
    free = takewhile(lambda n: n not in fixed, order[:-1])
    return [(typed[n], frozenset(ids[n])) for n in free] if all(ids) else []


def without(script: Script, rundown: Rundown, cuts: Sequence[Cut]) -> Script:
    """Take stories and sentences out of a script, with all that is said for them alone."""
    stories = frozenset[str]().union(*(one.stories for one in cuts))
    gone = {one.id for one in script.segments if one.story in stories}.union(*(one.sentence for one in cuts))
    whole = _of(script, *TOLD)
    for role in (Role.HEADLINE, Role.RECAP):  # what announces or recalls a single story is none
        part = [one for one in script.segments if one.role is role and one.story in whole]
        if len({one.story for one in part if one.id not in gone}) < 2 <= len({one.story for one in part}):
            gone |= {one.id for one in part}
    blocks = [(*key, list(some)) for key, some in groupby(script.segments, lambda one: (one.role, one.story))]
    for stings in (False, True):
        for at, (role, _, block) in enumerate(blocks):
            opened = [one.id for one in _opened(blocks, at)] if (role is Role.STING) is stings else []
            if opened and gone.issuperset(opened):
                gone |= {one.id for one in block}
    lost = [item.story for item in rundown.items if item.story.slug in stories]
    # A link must not go back to a place that was left, nor the closing name a source of which nothing is read any more;
    # where it is the only credit there is, it stays. It may say « du quotidien » of « le quotidien ».
    places = [story.place.casefold() for story in lost if story.place]
    kept = {name for item in rundown.items if item.story.slug not in stories for name in _sources(item.story)}
    names = [typeset(name).split(" ", 1)[-1] for story in lost for name in _sources(story) if name not in kept]
    for one in script.segments:
        back = one.role is Role.LINK and any(place in one.text.casefold() for place in places)
        if back or (one.role is Role.CLOSING and _of(script, Role.CREDIT) and any(name in one.text for name in names)):
            gone.add(one.id)
    return replace(script, segments=tuple(one for one in script.segments if one.id not in gone))


def _opened(blocks: Sequence[_Block], at: int) -> list[Segment]:
    """Give what a link, a word between two parts or a sting stands there for."""
    (role, slug, _), following = blocks[at], blocks[at + 1 :]
    chosen: Iterable[_Block] = ()
    if role is Role.STING:
        chosen = takewhile(lambda one: one[0] is not Role.STING, following)
    elif role is Role.LINK and slug:
        chosen = (one for one in following[:1] if one[0] in TOLD and one[1] == slug)
    elif role is Role.LINK:
        chosen = takewhile(lambda one: one[1] or one[0] is Role.STING, following)
    elif role is Role.OPENING and at:
        passed = (Role.STING, Role.CORRECTION)  # between the titles and the word that leads on to their stories
        after_titles = next((one[0] for one in reversed(blocks[:at]) if one[0] not in passed), role)
        if after_titles is Role.HEADLINE:
            chosen = (one for one in blocks if one[0] is Role.HEADLINE)
        else:
            chosen = (one for one in following if one[1])
    return [one for _, _, block in chosen for one in block if one.text]


def _sources(story: Story) -> list[str]:
    return [name for name in (story.source, *story.others) if name]


def _of(script: Script, *roles: Role) -> list[str]:
    """Give the stories that have segments of some roles, in the order they are read."""
    return list(dict.fromkeys(one.story for one in script.segments if one.role in roles))
