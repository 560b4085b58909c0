"""What the newsroom decides between the articles and the script: which events, told how, held back why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from audionews.desk import ledger, registry
from audionews.desk.job import Job
from audionews.errors import AudionewsError
from audionews.language import language
from audionews.model import (
    Article,
    Event,
    Item,
    Rectification,
    Remark,
    Role,
    Rundown,
    Script,
    Segment,
    Sentence,
    Story,
)
from audionews.script.rundown import UNTOLD, Condenser, Order

# Words of a sentence as spoken. Where the news is told a few more are borne: nothing is worse than a story without it.
LONGEST, LONGEST_OPENING, OPENING = 19, 25, 2
ROUNDS = 4  # of fitting and proof-reading: each takes out what the one before found wrong


def order(job: Job) -> Order:
    """Say what bulletin is asked for."""
    from audionews.script import formats

    form, slot = formats.load(job.format, job.station.folder), job.station.slot_ms(job.edition)
    return Order(
        form=formats.for_slot(form, slot / 1000) if slot else form,
        name=job.format,
        rate=rate(job),
        day=job.day,
        edition=job.edition,
        title=job.station.edition(job.edition).title,
        ranking=job.station.ranking,
    )


def rate(job: Job) -> float:
    """Give the words a minute of the voices that read: the station's figure, or the engines' at their speeds."""
    said, presenters = job.station.programme.words_per_minute, job.station.presenters
    paces = [registry.load("audionews.voices", one.engine).words_per_minute * one.speed for one in presenters]
    return said or sum(paces) / len(paces)


def counter(job: Job) -> Callable[[str], int]:
    """Give what counts the words of a text as it is spoken."""
    tongue = language(job.station.identity.language)

    @lru_cache(maxsize=4096)
    def count(text: str) -> int:
        return sum(any(map(str.isalnum, word)) for word in tongue.spoken(text).split())

    return count


def events(job: Job, articles: Sequence[Article]) -> tuple[tuple[Event, ...], tuple[Remark, ...]]:
    """Put together the articles that tell one event, and leave out what was told already with nothing new."""
    from audionews.articles.events import against, group

    told = ledger.aired(job.ledger, job.air, job.station.programme.memory_days)
    shown = [_shown(job, article) for article in articles]
    known = [one for story in told for one in story.imprints]
    return against(group(shown, known), told)


def _shown(job: Job, article: Article) -> Article:
    """Take protected names out of a title: it is read, and stands on the page."""
    from audionews.proof.protection import protected_names, shielded

    title = shielded(article.title, protected_names(article, job.station.protection))
    return article if title == article.title else replace(article, title=title or "")


def condenser(job: Job, refused: dict[str, list[str]]) -> Condenser:
    """Give what condenses an event, each sentence held against the article, the house rules, law and rights.

    Args:
        job: the bulletin.
        refused: filled with, by article, why sentences were refused; French.
    """
    from audionews.condense.choose import condense
    from audionews.proof import rights

    def of_event(event: Event, words: int, day: date) -> tuple[Sentence, ...]:
        article = event.articles[0]
        vet = _vetting(job, article, refused.setdefault(article.id, []))
        chosen = condense(article, words, day, allow=lambda one: vet(one) is not None, said=event.said)
        told = tuple(passed for one in chosen if (passed := vet(one)) is not None)
        most = rights.most(article.rights)
        return told if most is None else tuple(one for one in told if one.rank < most)

    return of_event


def _vetting(job: Job, article: Article, refused: list[str]) -> Callable[[Sentence], Sentence | None]:
    """Give what lets a sentence of an article pass, changed where somebody is protected, or refuses it."""
    from audionews.condense.source import body
    from audionews.french.parse import parse
    from audionews.french.verbs import is_remnant
    from audionews.proof import facts, rights, style
    from audionews.proof.protection import protected_names, shield

    spoken, count = language(job.station.identity.language).spoken, counter(job)
    hidden = protected_names(article, job.station.protection)
    opening = [one.span().end for one in body(article)[:OPENING]]

    def faults(sentence: Sentence) -> Iterator[str]:
        rules = style.blocking(sentence.text, role=Role.STORY, first=False, spoken=spoken)
        yield from (f"{one.rule}, {one.mend}" for one in rules)
        opens = bool(sentence.spans and opening) and sentence.spans[0].start < opening[-1]
        if count(sentence.text) > (LONGEST_OPENING if opens else LONGEST):
            yield "phrase trop longue pour l’oreille, qu’on ne sait pas couper"
        if not rights.allowed(sentence, article):
            yield rights.reason(article.rights)
        yield from (one.reason for one in facts.check(sentence.text, article, spans=sentence.spans, day=job.day))
        if is_remnant(parse(sentence.text)):
            yield "phrase sans verbe"

    @lru_cache(maxsize=512)
    def vet(sentence: Sentence) -> Sentence | None:
        shown = shield(sentence, hidden)
        why = "nomme une personne protégée" if shown is None else next(faults(shown), "")
        if why:
            refused.append(why)
        return None if why else shown

    return vet


def planned(
    job: Job, articles: Sequence[Article], recent: frozenset[str], wrong: tuple[Rectification, ...] = ()
) -> Rundown:
    """Choose, condense, order and fit the stories of a bulletin; every one left out is told with its reason.

    Args:
        job: the bulletin.
        articles: the day's.
        recent: ids of the phrase patterns of the last editions.
        wrong: what earlier bulletins got wrong; the stories share the room that saying so leaves.
    """
    from audionews.script.rundown import plan

    asked, refused = order(job), dict[str, list[str]]()
    current, told_before = events(job, articles)
    full = plan(current, asked, condenser(job, refused), told_before)
    full = replace(rewritten(job, full, articles), rectifications=wrong)
    count = counter(job)
    for _ in range(ROUNDS):
        fitted = fitting(full, asked, lambda one: written(job, one, recent), count)
        script = written(job, fitted, recent)
        bad = blocking(job, script, fitted, articles)
        if not bad:
            break
        full = without(full, script, bad)
    return _explained(_counted(fitted, articles), refused, articles)


def written(job: Job, rundown: Rundown, recent: frozenset[str]) -> Script:
    """Write the script of a rundown."""
    from audionews.script.write import named, write

    return write(named(rundown), job.station, recent)


def fitting(full: Rundown, asked: Order, write: Callable[[Rundown], Script], count: Callable[[str], int]) -> Rundown:
    """Trim a rundown to its slot."""
    from audionews.script.fit import fit, fit_headlines

    form, budget = asked.form, asked.words(asked.form.speech)
    if form.headlines_only:
        return fit_headlines(full, budget, form.briefs, write, count)
    return fit(full, budget, form.briefs, write, count, form.fullest)


def blocking(job: Job, script: Script, rundown: Rundown, articles: Sequence[Article]) -> dict[str, str]:
    """Give the segments of stories that must not be read, with the reason: not in the article, or a blocking rule."""
    told = {segment.id for segment in script.segments if segment.story}
    return {name: reason for name, reason in faults(job, script, rundown, articles).items() if name in told}


def faults(job: Job, script: Script, rundown: Rundown, articles: Sequence[Article]) -> dict[str, str]:
    """Give the same with the segments of corrections: the editor is told, and answers for them; they are read."""
    from audionews.proof.corrections import unasked
    from audionews.proof.facts import unsupported
    from audionews.proof.style import proofread

    found = (*unsupported(script, rundown, tuple(articles)), *unasked(script, rundown))
    wrong = {one.origin: one.message for one in found}
    spoken = language(job.station.identity.language).spoken
    for one in proofread(script, rundown, spoken=spoken):
        if one.blocking:
            wrong.setdefault(one.segment, f"{one.rule} : {one.words}")
    told = {segment.id for segment in script.segments if segment.story or segment.role is Role.CORRECTION}
    return {name: reason for name, reason in wrong.items() if name in told}


def without(full: Rundown, script: Script, wrong: dict[str, str]) -> Rundown:
    """Take out of a rundown the sentences that must not be read, and those that were chosen after them.

    What was chosen before stands without them by construction; a story that loses its lead, headline or reminder
    loses only that, or leaves whole.
    """
    said = {segment.id: segment for segment in script.segments}
    items, dropped = [], list(full.dropped)
    for item in full.items:
        bad = [(said[name], why) for name, why in wrong.items() if said[name].story == item.story.slug]
        left: Item | None = item
        for segment, why in bad:
            left = left and _mended(left, segment)
            if left is None:
                dropped.append(Remark(item.story.title, f"ne peut pas être dit : {why}"))
        items += [left] if left else []
    return replace(full, items=tuple(items), dropped=tuple(dropped))


def _mended(item: Item, segment: Segment) -> Item | None:
    from audionews.french.typography import typeset

    story = item.story
    if segment.role is Role.HEADLINE:
        return replace(item, headlined=False, story=replace(story, headline="", recap=None))
    if segment.role is Role.RECAP:
        return replace(item, story=replace(story, recap=None))
    rank = min((one.rank for one in story.sentences if segment.text in typeset(one.text)), default=0)
    kept = tuple(one for one in story.sentences if one.rank < rank)
    return replace(item, story=replace(story, sentences=kept)) if kept else None


def rewritten(job: Job, full: Rundown, articles: Sequence[Article]) -> Rundown:
    """Let the station's language model put the stories in other words; what it gets wrong stays as extracted."""
    from audionews.condense.source import body

    if not job.station.condense.llm.base_url:
        return full
    by_id = {article.id: article for article in articles}
    items, told = [], []
    for item in full.items:
        article = by_id[item.story.article_id]
        try:
            sentences = _proposed(job, item.story, article, [one.text for one in body(article)])
            items.append(replace(item, story=replace(item.story, sentences=sentences)))
        except AudionewsError as error:
            told.append(Remark(item.story.title, f"texte extrait gardé : {error.message}"))
            items.append(item)
    return replace(full, items=tuple(items), dropped=(*full.dropped, *told))


def _proposed(job: Job, story: Story, article: Article, printed: Sequence[str]) -> tuple[Sentence, ...]:
    """Ask for a story in other words and hold each sentence against the article.

    Raises:
        AudionewsError: no answer, or a sentence that the article does not support or the house does not read.
    """
    from audionews.condense.hostile import addresses_machine
    from audionews.condense.llm import rewrite
    from audionews.proof.novelty import is_free

    model = [one.text for one in story.sentences]
    refused: list[str] = []
    vet = _vetting(job, article, refused)
    done = []
    for rank, text in enumerate(
        rewrite(job.station.condense.llm, printed, model, sum(len(one.split()) for one in model))
    ):
        passed = None if addresses_machine(text) or is_free(text, article) else vet(Sentence(text, rank=rank))
        if passed is None:
            raise AudionewsError(f"« {text} » n’est pas soutenu ({', '.join(refused) or 'mots étrangers à l’article'})")
        done.append(passed)
    return tuple(done)


def _counted(rundown: Rundown, articles: Sequence[Article]) -> Rundown:
    """Write down how many words each story takes from its article."""
    from audionews.proof.rights import taken

    by_id = {article.id: article for article in articles}
    items = (
        replace(item, story=replace(item.story, taken=taken(item.story.sentences, by_id[item.story.article_id])))
        for item in rundown.items
    )
    return replace(rundown, items=tuple(items))


def _explained(rundown: Rundown, refused: dict[str, list[str]], articles: Sequence[Article]) -> Rundown:
    """Add to each article left out for want of sentences what its sentences were refused for."""
    why = {article.origin: Counter(refused.get(article.id, ())).most_common(2) for article in articles}
    dropped = (
        replace(one, message=f"{one.message} ({' ; '.join(reason for reason, _ in why[one.origin])})")
        if why.get(one.origin) and one.message == UNTOLD
        else one
        for one in rundown.dropped
    )
    return replace(rundown, dropped=tuple(dropped))
