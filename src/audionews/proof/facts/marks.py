"""Where a sentence denies, and where it only reports or supposes: marks on its words."""

from __future__ import annotations

from collections.abc import Sequence

from audionews.proof.facts.tokens import Token
from audionews.proof.facts.words import words

_REACH = 9  # tokens from « ne » to the word it denies
_CLITICS = frozenset(
    ["me", "m’", "te", "t’", "se", "s’", "le", "la", "l’", "les", "lui", "leur", "y", "en", "nous", "vous"]
)
_STOPS = frozenset([",", ";", ":", ".", "!", "?", "(", ")", "que", "qu’", "qui", "car", "mais", "dont"])


def negations(found: Sequence[Token]) -> dict[int, str]:
    """Find what is denied.

    Args:
        found: the tokens of a sentence.

    Returns:
        For each denied word, by its token, how: "pas", "plus", "jamais", "aucun", "rien", "que" (only), "sans"…
    """
    marked: dict[int, str] = {}
    closed: set[int] = set()
    for at, token in enumerate(found):
        if token.fold in {"ne", "n’"} and token.kind in {"word", "elided"}:
            closer, closer_at, verb = _closer(found, at)
            if closer:
                closed.add(closer_at)
                marked[_denied(found, verb, closer_at)] = closer
    for at, token in enumerate(found):
        if at in closed or token.kind != "word":
            continue
        alone = token.fold in {"aucun", "aucune", "ni", "nul", "nulle"} or token.fold in words("negation.without")
        if alone or (token.fold == "pas" and _follows_no_noun(found, at)):
            after = _content(found, at + 1, at + 5)
            if after is not None and after not in marked:
                marked[after] = _kind(token.fold)
    return marked


def _follows_no_noun(found: Sequence[Token], at: int) -> bool:
    """Tell « pas de blessé », « pas encore prêt » from the steps « le pas », « un pas »."""
    return not (at and found[at - 1].fold in {"le", "un", "du", "au", "ses", "les", "des", "ce", "son", "premier"})


def _kind(word: str) -> str:
    kinds = {
        "aucune": "aucun",
        "nul": "aucun",
        "nulle": "aucun",
        "point": "pas",
        "nullement": "pas",
        "personne": "aucun",
    }
    return kinds.get(word, word)


def _closer(found: Sequence[Token], at: int) -> tuple[str, int, int]:
    """Find what closes « ne »: its kind ("" when nothing is denied), its place, and the place of the verb."""
    verb = at + 1
    while verb < len(found) and found[verb].fold in _CLITICS:
        verb += 1
    for place in range(at + 1, min(len(found), at + _REACH)):
        word = found[place].fold
        if word in words("negation.closers") and place != verb:
            return _kind(word), place, verb
        if place == verb and word in {"pas", "plus", "jamais", "rien", "point"}:  # « ne pas signer »
            return _kind(word), place, verb + 1
        if word in {"que", "qu’"} and place > verb:
            return "que", place, place + 1
        if word in {".", ";", "!", "?"}:
            break
    if verb < len(found) and found[verb].fold in words("negation.alone"):
        return "pas", verb, verb
    # « Aucun blessé n’est signalé »: « aucun » marks its own word.
    before = [one.fold for one in found[max(0, at - 8) : at] if one.fold in {"personne", "rien", "jamais"}]
    return (_kind(before[-1]) if before else "", at, verb)


def _denied(found: Sequence[Token], verb: int, closer: int) -> int:
    """Give the word that bears the denial: the verb, or what follows a light one (« n’a pas signé »)."""
    if verb < len(found) and found[verb].fold not in words("negation.light") and found[verb].kind == "word":
        return verb
    start = max(verb, closer) + 1 if closer < len(found) and closer - verb <= 3 else verb + 1
    after = _content(found, start, start + _REACH)
    return verb if after is None else after


def _content(found: Sequence[Token], start: int, end: int) -> int | None:
    """Give the first word that carries a fact."""
    for place in range(start, min(end, len(found))):
        token = found[place]
        if token.fold in _STOPS and token.fold not in {"que", "qu’"}:
            return None
        if token.kind in {"figure", "ordinal"}:
            return place
        if token.kind == "word" and token.fold not in words("function"):
            return place
    return None


def conditionals(found: Sequence[Token]) -> frozenset[int]:
    """Find the words that are said in the conditional: « aurait signé » marks « signé », « signerait » itself."""
    marked = set()
    for at, token in enumerate(found):
        if not _is_conditional(token):
            continue
        after = _content(found, at + 1, at + 6) if token.fold in words("negation.light") else None
        marked.add(at if after is None else after)
    return frozenset(marked)


def _is_conditional(token: Token) -> bool:
    word = token.fold
    return (
        token.kind == "word"
        and len(word) > 5
        and word.endswith(("rait", "raient"))
        and word not in words("doubt.plain")
        and word.replace("raient", "rait") not in words("doubt.plain")
        and not token.capital
    )


def doubts(found: Sequence[Token]) -> dict[int, str]:
    """Find the words beside which « présumé », « provisoire » stand: by their token, the word of doubt."""
    marked = {}
    for at, token in enumerate(found):
        word = token.fold
        if word == "peut" and at + 2 < len(found) and found[at + 1].fold == "-" and found[at + 2].fold == "etre":
            after = _content(found, at + 3, at + 6)
        elif token.kind == "word" and word in words("doubt.words"):
            before = [one for one in range(max(0, at - 3), at) if found[one].kind == "word"]
            nouns = [one for one in before if found[one].fold not in words("function")]
            after = nouns[-1] if nouns else _content(found, at + 1, at + 4)
        else:
            continue
        if after is not None:
            marked[after] = word
    return marked


def modals(found: Sequence[Token]) -> dict[int, str]:
    """Find the infinitives that are only due, wished or feared: by their token, the verb that says so."""
    marked = {}
    for at, token in enumerate(found):
        if token.kind != "word" or token.fold not in words("doubt.modal"):
            continue
        for place in range(at + 1, min(len(found), at + 6)):
            word = found[place].fold
            if found[place].kind == "word" and word.endswith(("er", "ir", "re", "oir")) and len(word) > 3:
                if word not in {"etre", "avoir", "pour", "leur", "sur", "encore", "faire"}:
                    marked[place] = token.fold
                    break
            elif word in _STOPS:
                break
    return marked
