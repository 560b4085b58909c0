"""A programme of exactly so long: what is left out, how pauses, bed and tempo take up the rest. Pure.

In this order, and no further than it takes: whole stories and single sentences, those that matter least; the pauses,
and a little of the bed; at most 3 % of tempo; the bed alone, for what the day cannot fill. What is left out once it is
voiced must not show: a link, a reminder, a list of sources leaves with what it was said for.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from audionews.errors import AudionewsError
from audionews.french.typography import typeset
from audionews.model import Clip, Fit, Place, Role, Rundown, Script, Segment, Story, Timeline
from audionews.sound.timeline import GRAVE, Pace, Step, end_ms, laid, matched, steps

TIGHT, EASY, WIDE = 800, 1150, 1350  # thousandths of the house's pauses; beyond the second the bed comes first
FAST, SLOW = 10_300, 9_700  # ten thousandths of the voices' tempo
BED_MS = 3000  # of the bed alone: more is a lack of news
CUTS_TRIED = 4  # fewer sentences left out than would make the programme short enough at the house's pace
# What each of these costs; the way to fill the slot that costs least is taken.
DROPPED = {Place.STORY: 8.0, Place.BRIEF: 3.0}
SENTENCE = 1.0
JARRING = 4.0  # a grave story that now runs into sport or culture
TEMPO, PAUSES = 3.0, 1.5  # at their limits; less than in proportion below them
BED = 0.25  # a second of the bed alone

TOLD = (Role.STORY, Role.BRIEF)
_Block = tuple[Role, str, list[Segment]]  # segments of one role and story that follow each other


@dataclass(frozen=True, slots=True)
class _Cut:
    """What leaves together: stories, or one sentence of a story."""

    told: tuple[str, ...]  # French
    cost: float
    stories: frozenset[str] = frozenset()  # slugs
    sentence: frozenset[str] = frozenset()  # ids of its segments
    of: str = ""  # slug of the story that loses it


class _Way(NamedTuple):
    """A way to fill the slot."""

    cost: float
    cuts: tuple[_Cut, ...]
    read: tuple[Step, ...]
    pace: Pace


def fit(
    script: Script,
    clips: tuple[Clip, ...],
    rundown: Rundown,
    lengths: Mapping[str, int],
    asked_ms: int,
    *,
    short: str = "tapis",
    breath: float = 1.0,
) -> Timeline:
    """Place a programme so that it lasts as long as its slot.

    Args:
        script: the segments in the order they are read.
        clips: one for each segment with words.
        rundown: the stories: which of them matter least, and in which order their sentences may leave.
        lengths: of ``jingle``, ``sting``, ``bed`` and ``outro``, in ms.
        asked_ms: the slot.
        short: what is done when the day does not fill it: ``"tapis"``, the bed carries the end; ``"dire"``, the
            programme stays as long as it is, and `Fit.short_ms` says what lacks.
        breath: of the format: a factor on the house's pauses.

    Returns:
        The timeline, `asked_ms` long to the millisecond unless it is said to be short; its `fit` says how.

    Raises:
        AudionewsError: the least that can be read is longer than the slot; or as `arrange`.
    """
    voiced, house = matched(script, clips), Pace(breath)
    tight = Pace(breath, TIGHT / 1000, FAST / 10_000)

    def read(cuts: Sequence[_Cut]) -> tuple[Step, ...]:
        return steps(_without(script, rundown, cuts), voiced, lengths, tight)

    whole = read(())
    least, best = sys.maxsize, _Way(math.inf, (), whole, house)
    for cuts in _choices(script, rundown, lambda some: end_ms(read(some), lengths, house) <= asked_ms):
        lost = sum(one.cost for one in cuts)
        if lost >= best.cost:
            continue
        said = read(cuts)
        least = min(least, end_ms(said, lengths, tight))
        pace = _pace(said, lengths, asked_ms, house, endless=short == "tapis")
        if pace:
            lack = asked_ms - end_ms(said, lengths, replace(pace, fill_ms=0))
            jars = max(0, _jars(said) - _jars(whole))
            cost = lost + JARRING * jars + _strain(pace) + BED * lack / 1000
            best = min(best, _Way(cost, cuts, said, pace), key=lambda one: one.cost)
    if best.cost == math.inf:
        raise AudionewsError(
            f"Le moins qui puisse être lu dure {clock(least + 999)}, et le créneau est de {clock(asked_ms)}",
            "Donnez un créneau plus long (--slot), ou un format plus court (--format titres, --format flash)",
        )
    titles = {item.story.slug: item.story.title for item in rundown.items}
    urls = {item.story.slug: item.story.url for item in rundown.items if item.story.url}
    made = laid(best.read, lengths, titles, urls, best.pace)
    how = Fit(
        asked_ms=asked_ms,
        natural_ms=end_ms(steps(script, voiced, lengths, house), lengths, house),
        left_out=tuple(name for one in best.cuts for name in one.told),
        pauses=best.pace.pauses,
        tempo=best.pace.tempo,
        bed_ms=best.pace.fill_ms,
        short_ms=asked_ms - made.duration_ms,
    )
    return replace(made, fit=how)


def clock(ms: int) -> str:
    """Write a length as minutes and seconds: 180000 → "3:00"."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02d}"


# How long


def _choices(script: Script, rundown: Rundown, fits: Callable[[Sequence[_Cut]], bool]) -> Iterator[tuple[_Cut, ...]]:
    """Give what may be left out: so many whole stories, and about as many sentences as it then takes; the least last.

    Args:
        script: what is read.
        rundown: its stories.
        fits: whether the programme without these is short enough at the house's pace.
    """
    stories, sentences = _stories(script, rundown), _sentences(script, rundown)
    for number in range(len(stories) + 1):
        whole = tuple(stories[:number])
        gone = frozenset[str]().union(*(one.stories for one in whole))
        spare = [one for one in sentences if one.of not in gone]
        tried = [(*whole, *spare[:some]) for some in range(len(spare) + 1)]
        at = min(bisect_left(tried, True, key=fits), len(spare))
        for some in range(max(0, at - CUTS_TRIED), at + 1):
            yield tried[some]
            # Another story's next sentence in place of the last one may be of a better length.
            others = {one.of: one for one in reversed(spare[some:])} if some else {}
            yield from ((*tried[some - 1], one) for slug, one in others.items() if slug != spare[some - 1].of)
        if at == 0 and fits(whole):
            return


def _pace(read: Sequence[Step], lengths: Mapping[str, int], asked: int, house: Pace, *, endless: bool) -> Pace | None:
    """Give the pace at which a programme ends with its slot; None when it is too long at any.

    Where no pace is slow enough, it is the house's: the bed carries the end when it is `endless`, or the end lacks.
    """

    def at(pauses: int, tempo: int = 10_000) -> Pace:
        return replace(house, pauses=pauses / 1000, tempo=tempo / 10_000)

    def end(pauses: int, tempo: int = 10_000) -> int:
        return end_ms(read, lengths, at(pauses, tempo))

    def filled(pace: Pace) -> Pace:
        return replace(pace, fill_ms=asked - end_ms(read, lengths, pace))

    if end(TIGHT, FAST) > asked:
        return None
    if end(TIGHT) > asked:
        enough = bisect_left(range(10_000, FAST), True, key=lambda one: end(TIGHT, one) <= asked)
        return filled(at(TIGHT, 10_000 + enough))
    if end(WIDE, SLOW) + BED_MS < asked:
        return filled(house) if endless else house
    if end(WIDE) + BED_MS < asked:
        enough = bisect_left(range(SLOW, 10_000), True, key=lambda one: end(WIDE, one) + BED_MS < asked)
        return filled(at(WIDE, SLOW + enough - 1))
    most = TIGHT - 1 + bisect_right(range(TIGHT, WIDE + 1), asked, key=end)
    needed = TIGHT + bisect_left(range(TIGHT, most), asked - BED_MS, key=end)
    return filled(at(min(most, max(needed, EASY))))


def _strain(pace: Pace) -> float:
    """Weigh how far a pace is from the house's."""
    limit = 1 - TIGHT / 1000 if pace.pauses < 1 else WIDE / 1000 - 1
    return TEMPO * ((pace.tempo - 1) / (FAST / 10_000 - 1)) ** 2 + PAUSES * ((pace.pauses - 1) / limit) ** 2


def _jars(read: Sequence[Step]) -> int:
    """Count the grave stories that run into sport or culture."""
    told = (step.segment for step in read if step.segment.role in TOLD)
    return sum(one.gravity >= GRAVE and other.gravity == 0 for one, other in pairwise(told))


# What leaves


def _stories(script: Script, rundown: Rundown) -> list[_Cut]:
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
        _Cut(
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


def _sentences(script: Script, rundown: Rundown) -> list[_Cut]:
    """Give the sentences in the order they may leave: of each story in turn, the same share of each."""
    found = []
    for item in rundown.items:
        spare = _spare(item.story, script)
        for at, (text, ids) in enumerate(spare, 1):
            cut = _Cut((f"phrase « {text} »",), SENTENCE, sentence=ids, of=item.story.slug)
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


def _without(script: Script, rundown: Rundown, cuts: Sequence[_Cut]) -> Script:
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
        after_titles = next((one[0] for one in reversed(blocks[:at]) if one[0] is not Role.STING), role)
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
