"""Tell the lines of a page apart: the article's own, and what the page put around it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from audionews.articles import boundary
from audionews.articles.boundary import Seen
from audionews.articles.patterns import Cut, Signature, cuts, is_final, pictures, signature
from audionews.articles.read import Raw
from audionews.french import typography
from audionews.model import Article, Label, Line

CAPTION_WORDS = 30
SECOND_WORDS = 12
CHAPO_WORDS = 90
LINK_WORDS = 20  # the longest title in a list of links
WHOLE = "annonce d’un autre article, entière"  # how the reason of a teaser begins that no site cut
SIGNED = "un nom ou une rédaction, seul sur sa ligne"
CUT = "annonce d’un autre article, coupée"

OWN = {Label.CHAPO, Label.BODY}


def to_article(raw: Raw, source: str = "") -> Article:
    """Make an article of what a file gave.

    Args:
        raw: fields and lines as read.
        source: the name of the source as said on air, when the file gives none.

    Returns:
        The article, its typography repaired; its body is empty when no line belongs to it.
    """
    title = typography.clean(raw.title)
    lines = label(raw.lines, title)
    signed = next((line.text for line in lines if line.label is Label.BYLINE), "")
    return Article(
        id=fingerprint([line.text for line in lines if line.label in OWN]),
        lines=lines,
        title=title,
        published=raw.published,
        author=raw.author or author_of(signed),
        url=raw.url,
        source=raw.source or source,
        section=raw.section,
        origin=raw.origin,
    )


def fingerprint(body: Sequence[str]) -> str:
    """Give the first 12 hex digits of the SHA-256 of a body, blanks and letter forms made equal."""
    normal = unicodedata.normalize("NFKC", " ".join(" ".join(body).split()))
    return hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()[:12]


def author_of(byline: str) -> str:
    """Take what is not the name off a signature: "Par Awa KEÏTA (Amap)" → "Awa KEÏTA"."""
    name = re.sub(
        r"^(?:par|texte|propos recueillis par|réalisée? par|rédigée? par|écrit par)\s*:?\s+",
        "",
        byline,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\s*(?:[(/,–—].*|[.\s]+)$", "", name) if signature(byline) else ""


def label(lines: Sequence[str], title: str = "") -> tuple[Line, ...]:
    """Label each non-empty line of a page and say why, in French.

    Args:
        lines: the lines in the page's order.
        title: the article's title, when known.

    Returns:
        The lines, their typography repaired, in the same order.
    """
    # Judged as printed: the repair of ".." and " ." would hide that a site cut the line.
    texts = [" ".join(line.replace("'", "’").split()) for line in lines if visible(line)]
    page = look(texts)
    first = begins(page, title)
    stop = boundary.end(page, title, first)
    while stop and page[stop - 1].wordless:  # "-.", all that a site cut out of an empty text
        stop -= 1
    labelled = _own(page[:stop], first, title) + _foreign(page, stop)
    return tuple(replace(line, text=typography.clean(line.text)) for line in labelled)


def visible(line: str) -> bool:
    """Tell whether something of a line can be seen."""
    return any(not char.isspace() and unicodedata.category(char) != "Cf" for char in line)


def look(texts: Sequence[str]) -> list[Seen]:
    """See each line of a page; a name among others, as in a list of appointments, signs nothing."""
    page = [boundary.see(text) for text in texts]
    names = [bool(line.signature) for line in page]
    return [
        replace(line, signature=Signature.NONE, listed=True)
        if names[at] and sum(names[max(0, at - 3) : at + 4]) > 3
        else line
        for at, line in enumerate(page)
    ]


def begins(page: Sequence[Seen], title: str) -> int:
    """Give the index of the first line of the text, below titles, captions and a signature."""
    return next((at for at in range(len(page)) if not _stands_above(page, at, title)), len(page))


def _own(page: Sequence[Seen], first: int, title: str) -> tuple[Line, ...]:
    """Label the lines of the article itself: what stands above the body, then the body."""
    top = next((at for at, line in enumerate(page) if at > first and line.signature), 0)
    short = top == first + 1 and len(page[first].text.split()) <= CHAPO_WORDS
    has_chapo = short and any(line.plain for line in page[top:])
    return tuple(_line(page, at, first, has_chapo, title) for at in range(len(page)))


def _line(page: Sequence[Seen], at: int, first: int, has_chapo: bool, title: str) -> Line:
    line = page[at]
    found = Label.BODY, "le texte de l’article"
    if _same(line.text, title):
        found = Label.CAPTION, "le titre de la page, répété"
    elif line.boilerplate:
        found = Label.BOILERPLATE, line.boilerplate
    elif _signs(page, at, first):
        found = Label.BYLINE, SIGNED
    elif at < first:
        found = Label.CAPTION, "au-dessus du texte : une légende ou un titre"
    elif _is_link(page, at):
        found = Label.TEASER, f"{CUT}, dans une liste de liens"
    elif at == first and has_chapo:
        found = Label.CHAPO, "un paragraphe entre le titre et la signature : le chapô"
    return Line(line.text, *found)


def _signs(page: Sequence[Seen], at: int, first: int) -> bool:
    """Tell whether a line signs the article; two words in capitals amid the text may be a heading."""
    if page[at].signature is not Signature.WEAK:
        return bool(page[at].signature)
    above = sum(line.plain for line in page[first:at])
    return above < 2 or not any(line.plain for line in page[at + 1 :])


def _is_link(page: Sequence[Seen], at: int) -> bool:
    """Tell whether a line is the title of another article, right below the head of a list of links."""
    while at > 0 and page[at].plain and not is_final(page[at].text) and len(page[at].text.split()) <= LINK_WORDS:
        at -= 1
        if page[at].opener:
            return True
    return False


def _stands_above(page: Sequence[Seen], at: int, title: str) -> bool:
    """Tell whether a line belongs to what stands above the body; the last sentence of a text never does."""
    line = page[at]
    if line.listed:
        return False
    if _same(line.text, title) or not line.plain:
        return True
    follows = any(
        other.plain and (is_final(other.text) or len(other.text) > len(line.text)) for other in page[at + 1 :]
    )
    if not follows or re.search(r"[.!?…] [A-ZÀ-Ü«]", line.text):
        return False
    unfinished = not is_final(line.text) and not line.text.endswith(":")
    words = len(line.text.split())
    # One caption or title stands above a text; a second long line without its full stop is the lead.
    longest = SECOND_WORDS if any(one.plain and not _same(one.text, title) for one in page[:at]) else CAPTION_WORDS
    return (unfinished and words <= longest) or (pictures(line.text) and words <= 2 * CAPTION_WORDS)


def _foreign(page: Sequence[Seen], stop: int) -> tuple[Line, ...]:
    """Label the lines after the end of the article."""
    signed = any(line.signature for line in page[max(0, stop - 3) : stop])
    where = "après la signature" if signed else "en fin de page, sans lien avec le texte"
    return tuple(_foreign_line(line, where) for line in page[stop:])


def _foreign_line(line: Seen, where: str) -> Line:
    if line.signature:
        return Line(line.text, Label.BYLINE, SIGNED)
    if line.boilerplate and not line.wordless:
        return Line(line.text, Label.BOILERPLATE, line.boilerplate)
    marks = cuts(line.text)
    whole = not (marks or line.wordless) or (Cut.TWO_POINTS in marks and not marks & {Cut.HANGING, Cut.BLANK_POINT})
    return Line(line.text, Label.TEASER, f"{WHOLE if whole else CUT}, {where}")


def _same(text: str, title: str) -> bool:
    return bool(title) and letters(text) == letters(title)


def letters(text: str) -> str:
    """Leave letters and figures only: what typing does not change."""
    return "".join(char for char in text.casefold() if char.isalnum())
