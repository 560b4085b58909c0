"""Script and clips → Timeline: when each voice, jingle, sting and bed starts, and how long it lasts. Pure.

The pauses are those of a radio script (French newsroom practice): they are part of the writing, not padding. A format
and a slot may make them all a little shorter or longer, and a slot the voices a little faster or slower: a `Pace`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from audionews.errors import AudionewsError
from audionews.model import Chapter, Clip, Cue, Role, Script, Segment, Timeline, Track

# Silence before a segment, in ms. Inside a story, an opening, a closing, from the shortest:
HANDOVER_MS = 300  # to the other voice: that itself tells the ear that something begins; more sounds like a missed cue
QUOTE_MS = 300  # before a quotation, or after a colon: what was announced comes at once
SENTENCE_MS = 400  # a full stop
QUESTION_MS = 500  # after a question, or a sentence left open: the listener is given time to think of it
QUOTED_MS = 500  # after a quotation: the voice is the house's again
PARAGRAPH_MS = 600  # the article turned to another matter: a breath, but less than between two briefs
# Elsewhere:
HEADLINE_MS = 500  # before each headline
CREDIT_MS = 500  # before the source of a story
BRIEF_MS = 800  # between two briefs
STORY_MS = 1000  # before a story, and before the closing
GRAVE_MS = 1800  # after a story or a headline of gravity 3
STING_MS = 400  # on each side of a sting
OUTRO_MS = 300  # between the last word and the outro
# Whatever a format or a slot asks for:
LEAST_MS = 200  # less, and two sentences run into one
GRAVE_LEAST_MS, GRAVE_MOST_MS = 1500, 2000  # less is heartless, more sounds like a failure

OPENS_QUOTATION = re.compile(r"[«“\"]")
ENDS_QUOTATION = re.compile(r"[»”\"]\s*[.!?…]*$")
ENDS_OPEN = re.compile(r"[?…]\s*[»”\")]*$")

GRAVE = 3
STING_APART_MS = 12_000  # two stings closer than this, or a sting this close to the jingle, wear the ear out
JINGLE_TAIL_MS = 2000  # the greeting starts under the end of the jingle, which the mixer lowers under speech
JINGLE_FADE_MS = 1500
BED_IN_MS = 1000
BED_OUT_MS = 1500
BED_CLEAR_MS = 1000  # the bed is gone this long before the first story
CROSS_MS = 800  # the outro takes over from the bed
CHAPTER_LEAD_MS = 200  # a player that jumps to a chapter may lose an MP3 frame or two

HEAD = (Role.OPENING, Role.HEADLINE)
LEAD = (*HEAD, Role.CORRECTION)
# Chapters that are no story's, after the opening.
PARTS = {
    Role.CORRECTION: "Rectificatif",
    Role.HEADLINE: "Rappel des titres",
    Role.RECAP: "Rappel des titres",
    Role.CLOSING: "Fermeture",
}
_Spoken = tuple[Segment, Cue]


@dataclass(frozen=True, slots=True)
class Pace:
    """How a script is read, against the house's own way."""

    breath: float = 1.0  # of the format: a factor on every pause
    pauses: float = 1.0  # of the slot: another one
    tempo: float = 1.0  # of the voices; above 1 is faster
    fill_ms: int = 0  # the bed alone, between the last words and the outro

    def pause(self, house_ms: int) -> int:
        """Give how long, in ms, a pause of the house is at this pace."""
        length = round(house_ms * self.breath * self.pauses)
        return min(max(length, GRAVE_LEAST_MS), GRAVE_MOST_MS) if house_ms >= GRAVE_MS else max(length, LEAST_MS)

    def speech(self, clip_ms: int) -> int:
        """Give how long, in ms, a clip lasts at this pace."""
        return max(1, round(clip_ms / self.tempo))


HOUSE = Pace()


@dataclass(frozen=True, slots=True)
class Step:
    """A segment that is read, and what stands before it."""

    segment: Segment
    clip: Clip
    pause_ms: int  # the house's own; 0 before the first
    sting: bool = False  # in place of the pause

    def before(self, pace: Pace, lengths: Mapping[str, int]) -> int:
        """Give the time in ms between the end of the words before and these."""
        if self.sting:
            return 2 * pace.pause(STING_MS) + lengths[Track.STING]
        return pace.pause(self.pause_ms) if self.pause_ms else 0


@dataclass(slots=True)
class _Table:
    """The cutting table during the one pass: what is placed so far."""

    cues: list[Cue] = field(default_factory=list)
    spoken: list[_Spoken] = field(default_factory=list)

    def sound(self, track: Track, start: int, end: int, fade_in: int = 0, fade_out: int = 0) -> None:
        half = (end - start) // 2
        if end > start:
            self.cues.append(
                Cue(track, start, end - start, track, fade_in_ms=min(fade_in, half), fade_out_ms=min(fade_out, half))
            )

    def say(self, step: Step, start: int, duration: int) -> None:
        cue = Cue(Track.VOICE, start, duration, step.clip.path, step.segment.id)
        self.cues.append(cue)
        self.spoken.append((step.segment, cue))


def arrange(
    script: Script,
    clips: tuple[Clip, ...],
    lengths: Mapping[str, int],
    titles: Mapping[str, str],
    urls: Mapping[str, str] | None = None,
    pace: Pace = HOUSE,
) -> Timeline:
    """Place each clip and each sound.

    Args:
        script: the segments in the order they are read; stings are segments without words.
        clips: one for each segment with words, in any order.
        lengths: of ``jingle``, ``sting``, ``bed`` and ``outro``, in ms.
        titles: story slug → title of its chapter.
        urls: story slug → address of the article, for the chapters.
        pace: how it is read.

    Returns:
        The cues by start time and the chapters, contiguous from 0 to the duration.

    Raises:
        AudionewsError: a segment has no clip, a clip no segment, or there is nothing to say.
    """
    return laid(steps(script, matched(script, clips), lengths, pace), lengths, titles, urls or {}, pace)


def matched(script: Script, clips: tuple[Clip, ...]) -> dict[str, Clip]:
    """Give the clip of each segment by its id; errors as `arrange`."""
    voiced = {clip.segment: clip for clip in clips}
    wanted = [segment.id for segment in script.segments if segment.role is not Role.STING]
    hint = "Refaites les voix : audionews build --from clips"
    if not wanted:
        raise AudionewsError("Le texte du journal ne contient aucune phrase à lire", "Relancez l’écriture du texte")
    for name in wanted:
        if name not in voiced:
            raise AudionewsError(f"La phrase « {name} » du texte n’a pas de son", hint)
    for name in voiced:
        if name not in wanted:
            raise AudionewsError(f"Le son « {name} » ne correspond à aucune phrase du texte", hint)
    return voiced


def steps(script: Script, voiced: Mapping[str, Clip], lengths: Mapping[str, int], pace: Pace) -> tuple[Step, ...]:
    """Give what is read and what stands before each segment.

    Args:
        script: the segments in the order they are read.
        voiced: the clip of each segment, by its id.
        lengths: of the sounds, in ms.
        pace: the fastest at which it may be read: no two stings stand too close at this one, nor at a slower one.
    """
    done: list[Step] = []
    clock, last_sting = first_words(lengths), lengths[Track.JINGLE]  # the jingle counts as a sting
    sting_asked = False
    for segment in _with_gravity_of_story(script.segments):
        if segment.role is Role.STING:
            sting_asked = True
            continue
        previous = done[-1].segment if done else None
        pause = pause_ms(previous, segment) if previous else 0
        apart = clock + pace.pause(STING_MS) >= last_sting + STING_APART_MS
        sting = bool(previous and sting_asked and previous.gravity < GRAVE and apart)
        step = Step(segment, voiced[segment.id], pause, sting)
        clock += step.before(pace, lengths)
        if sting:
            last_sting = clock - pace.pause(STING_MS)
        clock += pace.speech(step.clip.duration_ms)
        done.append(step)
        sting_asked = False
    return tuple(done)


def first_words(lengths: Mapping[str, int]) -> int:
    """Give the moment of the first words, in ms: under the end of the jingle."""
    return max(0, lengths[Track.JINGLE] - JINGLE_TAIL_MS)


def end_ms(read: Sequence[Step], lengths: Mapping[str, int], pace: Pace) -> int:
    """Give when the outro ends at some pace, in ms, without placing anything."""
    told = sum(step.before(pace, lengths) + pace.speech(step.clip.duration_ms) for step in read)
    return first_words(lengths) + told + pace.pause(OUTRO_MS) + pace.fill_ms + lengths[Track.OUTRO]


def laid(
    read: Sequence[Step],
    lengths: Mapping[str, int],
    titles: Mapping[str, str],
    urls: Mapping[str, str],
    pace: Pace = HOUSE,
) -> Timeline:
    """Place what is read, and the sounds around it; the arguments and the result are those of `arrange`."""
    table, clock = _Table(), first_words(lengths)
    table.sound(Track.JINGLE, 0, lengths[Track.JINGLE], fade_out=JINGLE_FADE_MS)
    for step in read:
        if step.sting:
            start = clock + pace.pause(STING_MS)
            table.sound(Track.STING, start, start + lengths[Track.STING])
        clock += step.before(pace, lengths)
        duration = pace.speech(step.clip.duration_ms)
        table.say(step, clock, duration)
        clock += duration
    outro = clock + pace.pause(OUTRO_MS) + pace.fill_ms
    _lay_opening_bed(table, outro)
    _lay_end(table, clock, outro, outro + lengths[Track.OUTRO], filled=pace.fill_ms > BED_IN_MS)
    duration = max(cue.start_ms + cue.duration_ms for cue in table.cues)
    return Timeline(
        cues=tuple(sorted(table.cues, key=lambda cue: (cue.start_ms, cue.track))),
        duration_ms=duration,
        chapters=_chapters(table.spoken, titles, urls, duration),
    )


def _with_gravity_of_story(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Give each segment the gravity of its whole story, whichever of its sentences carries it."""
    grave = {one.story for one in segments if one.story and one.gravity >= GRAVE}
    for one in segments:
        yield replace(one, gravity=GRAVE) if one.story in grave else one


def pause_ms(previous: Segment, segment: Segment) -> int:
    """Give the silence in ms between two segments read one after the other; the first rule that fits wins."""
    same_story = previous.story == segment.story
    if segment.story:
        same_block = (previous.role is Role.HEADLINE) == (segment.role is Role.HEADLINE)
    else:
        same_block = previous.role is segment.role
    rules = (
        (segment.role is Role.CREDIT and same_story, CREDIT_MS),
        (segment.role is Role.HEADLINE and previous.role in HEAD, HEADLINE_MS),
        (segment.role is previous.role is Role.RECAP, HEADLINE_MS),
        (same_story and same_block, _breath_ms(previous, segment)),
        (previous.role is Role.LINK and not previous.story, _breath_ms(previous, segment)),
        (previous.gravity >= GRAVE, GRAVE_MS),
        (previous.role in {Role.BRIEF, Role.CREDIT} and segment.role is Role.BRIEF, BRIEF_MS),
    )
    return next((pause for fits, pause in rules if fits), STORY_MS)


def _breath_ms(previous: Segment, segment: Segment) -> int:
    """Give the silence between two sentences of one block; the first rule that fits wins."""
    rules = (
        (segment.presenter != previous.presenter, HANDOVER_MS),
        (previous.text.endswith(":"), QUOTE_MS),
        (segment.paragraph, PARAGRAPH_MS),
        (ENDS_QUOTATION.search(previous.text), QUOTED_MS),
        (ENDS_OPEN.search(previous.text), QUESTION_MS),
        (OPENS_QUOTATION.match(segment.text), QUOTE_MS),
    )
    return next((pause for fits, pause in rules if fits), SENTENCE_MS)


def _lay_opening_bed(table: _Table, outro: int) -> None:
    """Put the bed under the opening and the headlines; neither a correction nor a grave headline has one."""
    for at, part in _heads(table.spoken):
        grave = any(one.role is Role.HEADLINE and one.gravity >= GRAVE for one, _ in part)
        head = list(takewhile(lambda pair: pair[0].role is Role.OPENING, part)) if grave else part
        if head:
            following = at + len(head)
            after = table.spoken[following][1].start_ms if following < len(table.spoken) else outro
            last = head[-1][1]
            end = min(last.start_ms + last.duration_ms, after - BED_CLEAR_MS)
            table.sound(Track.BED, head[0][1].start_ms, end, BED_IN_MS, BED_OUT_MS)


def _lay_end(table: _Table, words_end: int, outro: int, end: int, *, filled: bool) -> None:
    """Put the bed under the closing and on into the outro; without a closing, only where the bed fills a slot."""
    closing = next((cue.start_ms for one, cue in table.spoken if one.role is Role.CLOSING), None)
    start = words_end if closing is None and filled else closing
    if start is not None:
        table.sound(Track.BED, start, min(outro + CROSS_MS, end), BED_IN_MS, CROSS_MS)
    table.sound(Track.OUTRO, outro, end, fade_in=0 if start is None else CROSS_MS)


def _head(spoken: list[_Spoken]) -> list[_Spoken]:
    return list(takewhile(lambda pair: pair[0].role in HEAD, spoken))


def _lead(spoken: list[_Spoken]) -> list[_Spoken]:
    """Give what is said before the first story."""
    return list(takewhile(lambda pair: pair[0].role in LEAD, spoken))


def _heads(spoken: list[_Spoken]) -> Iterator[tuple[int, list[_Spoken]]]:
    """Give the opening and headlines by where they begin: what comes first, and headlines after a correction."""
    at = 0
    for corrects, group in groupby(_lead(spoken), lambda pair: pair[0].role is Role.CORRECTION):
        part = list(group)
        if not corrects and (at == 0 or any(one.role is Role.HEADLINE for one, _ in part)):
            yield at, part
        at += len(part)


def _chapters(
    spoken: list[_Spoken], titles: Mapping[str, str], urls: Mapping[str, str], duration: int
) -> tuple[Chapter, ...]:
    """Cut the programme where the speaker turns to another story."""
    lead, head = _lead(spoken), _head(spoken)
    first = "Ouverture et titres" if any(one.role is Role.HEADLINE for one, _ in head) else "Ouverture"
    chapters: list[Chapter] = []
    part = ""
    for place, (segment, cue) in enumerate(spoken):
        if place < len(head):
            title, slug = first, ""
        elif place < len(lead) and segment.role is not Role.CORRECTION:  # after one: titles, or a word to what follows
            title, slug = "Titres" if any(one.role is Role.HEADLINE for one, _ in lead[place:]) else "", ""
        else:
            title, slug = _part(segment, spoken[place + 1 :])
        if slug:
            title = titles.get(slug) or segment.text
        elif not chapters:
            title = title or first
        if (slug or title) in {"", part}:
            continue
        part = slug or title
        start = cue.start_ms - CHAPTER_LEAD_MS if chapters else 0
        chapters.append(Chapter(start, duration, title, slug, urls.get(slug, "")))
    ends = [following.start_ms for following in chapters[1:]]
    return (*(replace(one, end_ms=end) for one, end in zip(chapters, ends, strict=False)), chapters[-1])


def _part(segment: Segment, following: list[_Spoken]) -> tuple[str, str]:
    """Give the fixed title or the story's slug of the part a segment opens; neither when it opens none."""
    if segment.role in PARTS:
        return PARTS[segment.role], ""
    if segment.role is Role.LINK and not segment.story:  # "En bref." opens the story that follows
        return "", next((one.story for one, _ in following if one.story), "")
    return "", segment.story
