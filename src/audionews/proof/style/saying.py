"""Who speaks: verbs of saying, and the words that name a source."""

from __future__ import annotations

import re
from functools import cache

from audionews.proof.style.tables import data, listed

_FIRST_GROUP = r"(?:e|ent|é|ée|és|ées|ait|aient|a|èrent)"
_HAVE = r"(?:(?:a|ont|avait|avaient|aurait)(?: (?:également|aussi|ensuite|notamment|par ailleurs|encore))? )"


@cache
def verb() -> str:
    """Give the pattern of a verb of saying, without its auxiliary."""
    stems, forms = "|".join(data("speech")["er"].split()), "|".join(data("speech")["forms"].split())
    return rf"(?:(?:{stems}){_FIRST_GROUP}|{forms}|fait savoir|laissé entendre|fait remarquer|tenu à \w+)"


@cache
def tail() -> re.Pattern[str]:
    """Find « …, a indiqué le maire » and « …, ajoute Awa Keïta » after what they report."""
    noun = r"(?:le |la |les |l’|un |une |des |ce |cet |cette |son |sa |ses |leur |M\. |MM\. |Mme |Me |Dr |Pr |[A-ZÀ-Ý])"
    # In the present a second verb of one subject looks alike: « … visite le site, explique le projet et repart ».
    alone = r"(?=[^,]{1,140}[.,»]*$)(?![^,]{1,140} et (?!de |du |des |d’|la |le |les |l’|à |au |aux ))"
    return re.compile(rf",? ?[»”]?(?:,| -) (?:{_HAVE}(?:-t-)?{verb()} {noun}|{verb()} {noun}{alone})")


@cache
def inverted() -> re.Pattern[str]:
    """Find « …, a-t-il ajouté », « …, dit-elle »."""
    return re.compile(
        rf"[,»”] (?:(?:l’)?(?:a-t-|ont-|avait-|avaient-)(?:il|elle|on|ils|elles)(?![\w-])"
        rf"|(?:s’|se )?(?:{verb()})-(?:t-)?(?:il|elle|on|ils|elles)(?![\w-]))"
    )


@cache
def owner() -> re.Pattern[str]:
    """Find a source named in a sentence: « selon … », « l’armée affirme », « que … qualifie »."""
    sources = listed("words", "sources").pattern
    return re.compile(
        rf"{sources}|(?<![\w-])(?:{_HAVE}?{verb()}|qualifi\w+|appel\w+ (?:des|un|une)|parle(?:nt)? de|fait état|"
        r"font état|accus\w+|dénomm\w+|désign\w+|aux yeux de|pour l’armée|un communiqué)(?![\w-])",
        re.IGNORECASE,
    )
