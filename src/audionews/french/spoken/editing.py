"""What authors and editors put between the words: double forms, calls for notes, signs before a number."""

from __future__ import annotations

import re
from functools import cache

from audionews.rules import Rule, hinted, rule

_LETTER = r"[^\W\d_]"
_SMALL = "a-zß-öø-ÿœ"
# What is added to the masculine: « étudiant·e·s », « directeur/trice », « tou.te.s ».
_ADDED = "e|te|ne|le|se|sse|ve|fe|che|ale|elle|la|ère|ice|rice|trice|euse|resse"


def _one_form(found: re.Match[str]) -> str:
    """Keep the form before the mark, in the plural if the whole is."""
    last = found["last"]
    if not (found["plural"] or (found["added"] or "").endswith("s")) or last in {"s", "x", "z"}:
        return last
    return "aux" if last == "al" else f"{last}s"


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules for what is printed between words, before any figure is read."""
    return (
        # « élu(e)s », « le(s) », « député·e·s »: the ear hears one form.
        rule(
            "forme double",
            rf"\((?<={_LETTER}.)(?:{_ADDED}|x|n?t|ent|r|c|tm)?s?\)| \((?<={_LETTER}..)(?:e|s|es|x|ne|nes)\)(?!\w)",
            "",
            "(",
        ),
        # « (re)construire », « (s)on ».
        rule("parenthèse dans un mot", rf"\(([{_SMALL}]{{1,5}})\)(?=[{_SMALL}]{{2}})", r"\1", "("),
        hinted(
            "écriture inclusive",
            rf"[·•./-](?:{_ADDED})s?(?!\w)",
            rf"(?<=[{_SMALL}])(?P<last>al|[{_SMALL}])(?:[·•](?P<added>(?:{_ADDED})s?)(?:[·•-](?=s))?"
            rf"|(?P<mark>[./-])(?:{_ADDED})(?P=mark)(?=s)|[./](?:e|trice|euse)\b)(?P<plural>s)?(?![\w@/-])(?!\.\w)",
            _one_form,
        ),
        rule(
            "appel de note entre crochets",
            r" ?\[(?:(?<=[\w.,;:!?»”)’].)|(?<=[\w.,;:!?»”)’]..))\d{1,3}(?:[,–-] ?\d{1,3}){0,4}\]",
            "",
            "[",
        ),
        # « le traité(3) », « le traité (1) »; « Mali (2) » may be a score.
        rule("appel de note entre parenthèses", rf"\((?<={_LETTER}.)[1-9]\d?\)| \((?<=[{_SMALL}]..)1\)", "", "("),
        rule("environ", r"~ ?(?=\d)", "environ ", "~"),
        rule("plus ou moins", r"\+ ?/ ?- ?", "± ", "+"),
        rule("moins de", r"-(?<!\S.)(?= de \d)", "moins", "-"),
    )
