"""Words that a speech engine reads wrong, respelled: the last step before the voice."""

from __future__ import annotations

from functools import cache

from audionews.french.tables import data
from audionews.rules import Rule, alternatives, apply, rule

_LETTER_BESIDE = r"(?<=\b[A-ZÀ-Ý] )Y\b|\bY(?= [A-ZÀ-Ý]\b)"


def respell(text: str) -> str:
    """Respell the words of a spoken form that espeak-ng reads wrong in French.

    Args:
        text: a spoken form, as ``spoken`` gives it.

    Returns:
        The same text for the voice only, « Koulibali » for « Coulibaly »; applied again it changes nothing.
    """
    return apply(_rules(), text)


@cache
def _rules() -> tuple[Rule, ...]:
    """Give the entries of data/lexicon.toml as one rule, and the words that depend on what stands beside them."""
    entries = {word: said for table in data("lexicon").values() for word, said in table.items()}
    return (
        rule("lexique", rf"(?<!\w)(?:{alternatives(entries)})(?!\w)", lambda found: entries[found.group()]),
        # A sigle spelled with a Y: alone in a sentence it is read « i ».
        rule("lettre Y", _LETTER_BESIDE, "i grec", "Y"),
        # « L’A S » at the head of a sentence is read « elle apostrophe A S ».
        rule(
            "élision d’un sigle",
            r"\b(?:[CDJLMNST]|Qu)(?=’[A-ZÀ-Ý] [A-ZÀ-Ý]\b)",
            lambda found: found.group().lower(),
            "’",
        ),
        # « vers l’est » is read as the verb.
        rule("point cardinal", r"\b((?:à|de|vers|dans) [lL]’)est\b|\b([lL]’)Est\b", r"\g<1>\g<2>èste", "’"),
        # espeak says [katʁvɛ̃tsɛt]; French has the schwa and no t: [katʁəvɛ̃sɛt]. The recogniser hears numbers
        # with it no better (9 of 20 right against 8).
        rule("quatre-vingt", r"\b([qQ]uatre)-vingt(?:(s)\b|\b)", r"\1vin\2", "-"),
        # Of a man, not of a thread; after an article espeak knows.
        rule("fils", r"\bfils\b(?! (?:barbelés|électriques|conducteurs|de (?:fer|coton|soie|pêche)))", "fisse", "f"),
    )
