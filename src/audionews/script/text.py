"""The script as a text an editor can read and correct: templates write this format, editors change it.

A line ``[role]`` or ``[role slug]`` opens a block; the lines below it are read as they stand; ``# `` opens
a comment::

    [titre eau-potable]
    Bandoula : la nouvelle station d’eau potable entre en service.

    [virgule]
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import replace

from audionews.errors import UsageError
from audionews.french.dates import spell
from audionews.french.sentences import split
from audionews.french.typography import typeset
from audionews.model import Role, Rundown, Script, Segment, Sentence, Span, Story

MARK = re.compile(r"\[\s*(?P<role>\w+)(?:\s+(?P<slug>[a-z0-9-]+))?\s*\]")
COMMENT = re.compile(r"#(?:\s|$)")  # "#Mali" is a word of the text
ADVICE = """\
# {title}, {day} — texte d’antenne
# Corrigez les phrases, enregistrez ce fichier, puis relancez « audionews build » : votre texte sera lu.
# Les lignes entre crochets disent à quel sujet appartient un bloc ; ôtez un bloc entier pour ne pas le lire.
"""


def parse(text: str, rundown: Rundown, patterns: tuple[str, ...] = ()) -> Script:
    """Read a script text.

    Args:
        text: what a template gave, or an editor's correction of it.
        rundown: the bulletin it belongs to; its stories' slugs are those the marks may name.
        patterns: ids of the phrases used.

    Raises:
        UsageError: an unknown role or slug, words before the first mark, or no words; the line is named.
    """
    gravities = {item.story.slug: item.story.gravity for item in rundown.items}
    tied = {item.story.slug: _tied(item.story) for item in rundown.items}
    segments: list[Segment] = []
    role, slug, stings = None, "", 0
    counts: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or COMMENT.match(line):
            continue
        mark = MARK.fullmatch(line)
        if mark:
            role, slug = _mark(mark, number, gravities)
            if role is Role.STING:
                stings += 1
                segments.append(Segment(id=f"virgule-{stings}", role=role))
            continue
        if role is None or role is Role.STING:
            raise UsageError(
                f"Script, ligne {number} : ces mots n’appartiennent à aucun bloc (« {line[:40]} »)",
                "Écrivez au-dessus une ligne comme [ouverture] ou [sujet nom-du-sujet]",
            )
        for sentence in filter(None, map(_harmless, split(line))):
            stem = _ascii(f"{role.value}-{slug}" if slug else role.value)
            counts[stem] = counts.get(stem, 0) + 1
            name = f"{stem}-{counts[stem]}"
            printed = typeset(sentence)
            segments.append(
                Segment(name, role, printed, slug, gravities.get(slug, 1), _spans(printed, tied.get(slug, ())))
            )
    if not any(segment.text for segment in segments):
        raise UsageError("Le script ne contient aucun mot", "Relancez avec --from script pour l’écrire de nouveau")
    return Script(rundown.bulletin_id, rundown.title, rundown.date, tuple(segments), patterns)


def render(script: Script) -> str:
    """Write a script as text; `parse` reads the same segments back."""
    parts = [ADVICE.format(title=script.title, day=spell(script.date))]
    before: tuple[Role, str] | None = None
    for segment in script.segments:
        here = (segment.role, segment.story)
        if here != before or segment.role is Role.STING:
            parts.append(f"\n[{' '.join(filter(None, (segment.role.value, segment.story)))}]")
        if segment.text:
            parts.append(segment.text)
        before = here
    return "\n".join(parts) + "\n"


def _mark(mark: re.Match[str], number: int, slugs: dict[str, int]) -> tuple[Role, str]:
    roles = {_ascii(role.value): role for role in Role}
    name, slug = _ascii(mark["role"].lower()), mark["slug"] or ""
    if name not in roles:
        known = ", ".join(role.value for role in Role)
        raise UsageError(
            f"Script, ligne {number} : [{mark['role']}] n’est pas un bloc connu", f"Écrivez l’un de : {known}"
        )
    if slug and slug not in slugs:
        near = difflib.get_close_matches(slug, slugs, 1, 0)
        hint = f"Vouliez-vous dire « {near[0]} » ?" if near else "Ce bulletin n’a pas de sujets"
        raise UsageError(f"Script, ligne {number} : le sujet « {slug} » n’est pas dans ce bulletin", hint)
    return roles[name], slug


def _tied(story: Story) -> tuple[Sentence, ...]:
    """Give what a story says with the stretches of the article it says, typeset."""
    every = (*story.sentences, *((story.recap,) if story.recap else ()))
    return tuple(replace(one, text=typeset(one.text)) for one in every)


def _spans(printed: str, tied: tuple[Sentence, ...]) -> tuple[Span, ...]:
    """Find what a sentence says of its article; () for the house's words and an editor's own."""
    return next((one.spans for one in tied if printed in one.text), ())


def _harmless(sentence: str) -> str:
    """Take off what would make a mark or a comment of a sentence that stands alone on its line."""
    bare = re.sub(r"^(?:#(?:\s+|$))+", "", sentence)
    return bare.strip("[] ") if MARK.fullmatch(bare) else bare


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
