"""Tell the lines of a page apart: the article's own, and what the page put around it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from audionews.articles.patterns import (
    CAPTION,
    LIST_OPENER,
    Signature,
    cut_marks,
    furniture,
    is_final,
    opens_in_the_air,
    signature,
)
from audionews.articles.read import Raw
from audionews.french import typography
from audionews.model import Article, Label, Line

# Words every press page holds: sharing them says nothing of the topic.
_COMMON = (
    "pour dans avec cette ceux celle celui leur leurs plus sont etait etre avoir fait faire entre apres avant "
    "depuis lors ainsi aussi selon mais tout tous toute toutes autre autres meme sous sans dont deux trois quatre "
    "notamment afin contre comme encore ministre minist ministere president premier premie general genera "
    "gouvernement gouver pays national nation nationale region regio etat etats mali malien malie malienne "
    "directeur direct annee annees jour jours mois semaine janvie fevrie mars avril juin juille aout septem "
    "octobr novemb decemb lundi mardi mercre jeudi vendre samedi dimanc cadre cours partie travai membre commun "
    "public presid monde personnes person nouvel grande grand plusie bamako afriqu africa franc france millio "
    "millia"
)
COMMON = frozenset(_COMMON.split())
ON_TOPIC = 0.25  # share of a line's content words that the article holds
ENOUGH_EVIDENCE = 2.0  # log odds before a line of an unsigned page is taken from the article
EXCERPT_LENGTH = 330  # characters: sites cut excerpts of other articles shorter than this
CAPTION_WORDS = 45
CHAPO_WORDS = 90


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
    body = [line.text for line in lines if line.label in {Label.CHAPO, Label.BODY}]
    signed = next((line.text for line in lines if line.label is Label.BYLINE), "")
    return Article(
        id=fingerprint(body),
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
    texts = [" ".join(line.replace("'", "’").split()) for line in lines if typography.clean(line).strip()]
    end, why = _end(texts, title)
    labelled = _own(texts[:end], title) + tuple(_foreign(text, why) for text in texts[end:])
    return tuple(replace(line, text=typography.clean(line.text)) for line in labelled)


def _own(texts: list[str], title: str) -> tuple[Line, ...]:
    """Label the lines of the article itself: what stands above the body, then the body."""
    first = next((at for at, text in enumerate(texts) if not _stands_above(texts, at, title)), len(texts))
    top = next((at for at, text in enumerate(texts) if at > first and signature(text)), 0)
    has_chapo = top == first + 1 < len(texts) - 1 and len(texts[first].split()) <= CHAPO_WORDS
    lines = []
    for at, text in enumerate(texts):
        reason = furniture(text)
        if _same(text, title):
            lines.append(Line(text, Label.CAPTION, "le titre de la page, répété"))
        elif reason:
            lines.append(Line(text, Label.BOILERPLATE, reason))
        elif signature(text):
            lines.append(Line(text, Label.BYLINE, "un nom ou une rédaction, seul sur sa ligne"))
        elif at < first:
            lines.append(Line(text, Label.CAPTION, "au-dessus du texte, sans point final : une légende"))
        elif at == first and has_chapo and not _is_list(texts, top):
            lines.append(Line(text, Label.CHAPO, "un paragraphe entre le titre et la signature : le chapô"))
        else:
            lines.append(Line(text, Label.BODY, "le texte de l’article"))
    return tuple(lines)


def _stands_above(texts: list[str], at: int, title: str) -> bool:
    """Tell whether a line belongs to what stands above the body; the last sentence of a text never does."""
    text = texts[at]
    if _same(text, title) or furniture(text) or signature(text):
        return True
    follows = any(is_final(other) and not furniture(other) for other in texts[at + 1 :])
    short = len(text.split()) <= CAPTION_WORDS and not re.search(r"[.!?…] [A-ZÀ-Ü«]", text)
    unfinished = not is_final(text) and not text.endswith(":")
    return follows and short and (unfinished or bool(CAPTION.match(text)))


def _foreign(text: str, why: str) -> Line:
    """Label a line after the end of the article."""
    if signature(text):
        return Line(text, Label.BYLINE, "un nom ou une rédaction, seul sur sa ligne")
    reason = furniture(text)
    if reason and re.search(r"\w", text):
        return Line(text, Label.BOILERPLATE, reason)
    return Line(text, Label.TEASER, why)


def _end(texts: list[str], title: str) -> tuple[int, str]:
    """Find where the article ends: the index of the first line that is not its own, and why."""
    for at, text in enumerate(texts):
        sure = signature(text)
        opener = bool(LIST_OPENER.fullmatch(text))
        body = [one for one in texts[:at] if not furniture(one) and not signature(one)]
        if not (sure or opener) or not any(is_final(one) or len(one.split()) > 12 for one in body):
            continue
        after = [one for one in texts[at + 1 :] if not furniture(one) and not signature(one)]
        if sure and _is_list(texts, at):
            continue
        if not _goes_on(body, after, title, sure is Signature.STRONG):
            return (
                at,
                "après la signature : l’annonce d’un autre article" if sure else "dans une liste d’autres articles",
            )
    start = _tail(texts, title)
    return start, "en fin de page, coupé et sans lien avec le texte : l’annonce d’un autre article"


def _is_list(texts: list[str], at: int) -> bool:
    """Tell whether a name stands among others, as in a list of appointments, and signs nothing."""
    near = [bool(signature(text)) for text in texts[max(0, at - 3) : at + 4]]
    return sum(near) > 3


def _goes_on(body: list[str], after: list[str], title: str, sure: bool) -> bool:
    """Tell whether the article goes on after a line that may end it (a signature set above the text)."""
    if not after:
        return False
    topic = stems(" ".join([title, *body]))
    own = [
        text
        for text in after
        if len(text) > EXCERPT_LENGTH
        or (cut_marks(text) < 2 and (share(text, topic) >= ON_TOPIC or opens_in_the_air(text)))
    ]
    if sure and (len(body) > 1 or len(body[0].split()) > CHAPO_WORDS):
        return len(own) > 2 and len(own) >= 0.8 * len(after)
    several = len(own) > 1 or any(len(text) > EXCERPT_LENGTH for text in own)
    return several and len(own) > 0.5 * len(after)


def _tail(texts: list[str], title: str) -> int:
    """Find the excerpts of other articles at the end of a page that no signature closes.

    Each cut of the page in two is weighed by the summed evidence of the lines after it; the heaviest one wins.
    """
    best, start = ENOUGH_EVIDENCE, len(texts)
    topic = stems(title)
    for at in range(1, len(texts)):
        topic |= stems(texts[at - 1])
        weight = sum(_evidence(text, topic) for text in texts[at:])
        if weight > best:
            best, start = weight, at
    return start


def _evidence(text: str, topic: frozenset[str]) -> float:
    """Weigh whether a line announces another article: natural log of the odds.

    Rounded from the shares counted on 600 pages made of OrangeSum articles (benchmarks/labels.py).
    """
    if furniture(text) or signature(text):
        return 0.0
    weight = (-1.5, 0.8, 3.5)[min(cut_marks(text), 2)]
    weight += max(-2.5, 1.5 - 10 * share(text, topic))
    weight -= 3.0 * (len(text) // EXCERPT_LENGTH)
    return weight - 1.0 * opens_in_the_air(text)


def stems(text: str) -> frozenset[str]:
    """Give the content words of a text, cut to six letters without accents."""
    folded = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    words = {word[:6] for word in re.findall(r"[a-z0-9]{4,}", folded)}
    return frozenset(words - COMMON)


def share(text: str, topic: frozenset[str]) -> float:
    """Give the share of a line's content words that a topic holds, 0 to 1."""
    own = stems(text)
    return len(own & topic) / len(own) if own else 0.0


def _same(text: str, title: str) -> bool:
    return bool(title) and text.rstrip(" .").casefold() == title.rstrip(" .").casefold()
