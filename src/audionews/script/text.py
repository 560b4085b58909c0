"""The script as a text an editor can read and correct: templates write this format, editors change it.

A line ``[role]`` or ``[role slug]`` opens a block; the lines below it are read as they stand; ``# `` opens
a comment::

    [titre eau-potable]
    Bandoula : la nouvelle station d’eau potable entre en service.

    [virgule]

With two presenters a mark says who reads its block, ``[titre eau-potable : Awa]``; without a name, the format says it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import replace

from audionews.errors import UsageError, nearest
from audionews.french.dates import spell
from audionews.french.sentences import split
from audionews.french.typography import typeset
from audionews.model import Role, Rundown, Script, Segment, Sentence, Story
from audionews.script.cast import TOLD, USUAL, Cast, assign
from audionews.settings import NAME

MARK = re.compile(rf"\[\s*(?P<role>\w+)(?:\s+(?P<slug>[a-z0-9-]+))?(?:\s*:\s*(?P<name>{NAME.pattern}))?\s*\]")
MEANT = re.compile(r"\[\s*(?P<role>\w+)")  # for a mark, however it goes on
UNCLOSED = re.compile(r"\[[^\]]*$")
MOST_ROUNDS = 4  # of splitting, typesetting and making harmless; two are enough as a rule
COMMENT = re.compile(r"#(?:\s|$)")  # "#Mali" is a word of the text
ADVICE = """\
# {title}, {day} — texte d’antenne
# Corrigez les phrases, enregistrez ce fichier, puis relancez « audionews build » : votre texte sera lu.
# Les lignes entre crochets disent à quel sujet appartient un bloc ; ôtez un bloc entier pour ne pas le lire.
"""
READ_BY = (
    "# Le nom qui suit « : » est celui de qui lit le bloc : {names} ; changez-le pour confier le bloc à l’autre.\n"
)


def parse(
    text: str,
    rundown: Rundown,
    patterns: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    cast: Cast = USUAL,
) -> Script:
    """Read a script text.

    Args:
        text: what a template gave, or an editor's correction of it.
        rundown: the bulletin it belongs to; its stories' slugs are those the marks may name.
        patterns: ids of the phrases used.
        names: of the station's presenters, those a mark may name; with fewer than two, what it names is not looked at.
        cast: of the format, for the blocks whose mark names nobody.

    Raises:
        UsageError: an unknown role, slug or presenter, words before the first mark, or no words; the line is named.
    """
    gravities = {item.story.slug: item.story.gravity for item in rundown.items}
    tied = {item.story.slug: _tied(item.story) for item in rundown.items}
    segments: list[Segment] = []
    role, slug, presenter, stings = None, "", 0, 0
    counts: dict[str, int] = {}
    paragraphs: dict[str, int] = {}  # story → that of the last sentence found in its article
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or COMMENT.match(line):
            continue
        if _is_mark(line):
            role, slug, presenter = _mark(line, number, gravities, names)
            if role is Role.STING:
                stings += 1
                segments.append(Segment(id=f"virgule-{stings}", role=role))
            continue
        if role is None or role is Role.STING:
            raise UsageError(
                f"Script, ligne {number} : ces mots n’appartiennent à aucun bloc (« {line[:40]} »)",
                "Écrivez au-dessus une ligne comme [ouverture] ou [sujet nom-du-sujet]",
            )
        for printed in _sentences(line):
            stem = _ascii(f"{role.value}-{slug}" if slug else role.value)
            counts[stem] = counts.get(stem, 0) + 1
            source = next((one for one in tied.get(slug, ()) if printed in one.text), None)
            made = Segment(
                id=f"{stem}-{counts[stem]}",
                role=role,
                text=printed,
                story=slug,
                gravity=gravities.get(slug, 1),
                spans=source.spans if source else (),
                presenter=presenter,
            )
            if source and role in TOLD:
                follows = bool(segments) and (segments[-1].role, segments[-1].story) == (role, slug)
                turned = paragraphs.get(slug, source.paragraph) != source.paragraph
                paragraphs[slug] = source.paragraph
                made = replace(made, paragraph=follows and turned)
            segments.append(made)
    if not any(segment.text for segment in segments):
        raise UsageError("Le script ne contient aucun mot", "Relancez avec --from script pour l’écrire de nouveau")
    whole = assign(tuple(segments), cast, len(names))
    return Script(rundown.bulletin_id, rundown.title, rundown.date, whole, patterns)


def render(script: Script, names: tuple[str, ...] = ()) -> str:
    """Write a script as text; `parse` reads the same segments back.

    Args:
        script: what is read.
        names: of the station's presenters; where there are two, each mark says who reads.
    """
    parts = [ADVICE.format(title=script.title, day=spell(script.date))]
    if len(names) > 1:
        parts[0] += READ_BY.format(names=" ou ".join(names))
    before: tuple[Role, str, int] | None = None
    for segment in script.segments:
        here = (segment.role, segment.story, segment.presenter)
        if here != before or segment.role is Role.STING:
            mark = " ".join(filter(None, (segment.role.value, segment.story)))
            reader = f" : {names[segment.presenter - 1]}" if len(names) > 1 and segment.text else ""
            parts.append(f"\n[{mark}{reader}]")
        if segment.text:
            parts.append(segment.text)
        before = here
    return "\n".join(parts) + "\n"


def harmless(sentence: str) -> str:
    """Take off what would make a mark or a comment of a sentence, alone on its line or with others after it."""
    bare = re.sub(r"^(?:#(?:\s+|$))+", "", " ".join(sentence.splitlines()).strip())
    if UNCLOSED.match(bare):  # the next sentence may close it
        return re.sub(r"^[\[#\s]+", "", bare)
    return re.sub(r"^\[\s*([^\]]*)\]\s*", r"\1 ", bare).strip() if _is_mark(bare) else bare


def _sentences(line: str) -> list[str]:
    """Split a line into sentences, typeset and harmless; again until they rest, for one step may uncover another's."""
    found = [line]
    for _ in range(MOST_ROUNDS):
        before, found = found, [harmless(typeset(one)) for part in found for one in split(part)]
        if found == before:
            break
    return [one for one in found if one]


def _is_mark(line: str) -> bool:
    """Tell a mark, or what was meant for one: it is never read aloud."""
    meant = MEANT.match(line)
    return bool(MARK.fullmatch(line) or (meant and _ascii(meant["role"].lower()) in ROLES))


def _mark(line: str, number: int, slugs: dict[str, int], names: tuple[str, ...]) -> tuple[Role, str, int]:
    """Give what a mark says: the role, the story or "", and the presenter or 0."""
    mark, where = MARK.fullmatch(line), f"Script, ligne {number}"
    if not mark:
        known = f"[sujet nom-du-sujet : {names[-1]}]" if names else "[sujet nom-du-sujet]"
        raise UsageError(f"{where} : « {line[:60]} » ne se lit pas", f"Écrivez seul sur sa ligne, par exemple, {known}")
    name, slug = _ascii(mark["role"].lower()), mark["slug"] or ""
    if name not in ROLES:
        known = ", ".join(role.value for role in Role)
        raise UsageError(f"{where} : [{mark['role']}] n’est pas un bloc connu", f"Écrivez l’un de : {known}")
    if slug and slug not in slugs:
        near = difflib.get_close_matches(slug, slugs, 1, 0)
        hint = f"Vouliez-vous dire « {near[0]} » ?" if near else "Ce bulletin n’a pas de sujets"
        raise UsageError(f"{where} : le sujet « {slug} » n’est pas dans ce bulletin", hint)
    return ROLES[name], slug, _presenter(mark["name"], where, names)


def _presenter(given: str | None, where: str, names: tuple[str, ...]) -> int:
    if not given or len(names) < 2:  # one reads everything: a corrected script is not refused for `--voice`
        return 0
    name = given.strip()
    if name not in names:
        hint = nearest(name, names, f"l’un de : {', '.join(names)}")
        raise UsageError(f"{where} : « {name} » ne présente pas sur cette station", hint)
    return names.index(name) + 1


def _tied(story: Story) -> tuple[Sentence, ...]:
    """Give what a story says with the stretches of the article it says, typeset."""
    every = (*story.sentences, *((story.recap,) if story.recap else ()))
    return tuple(replace(one, text=harmless(typeset(one.text))) for one in every)


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


ROLES = {_ascii(role.value): role for role in Role} | {"rectificatif": Role.CORRECTION}  # the word editors know
