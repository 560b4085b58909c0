"""Words that are written alike and said otherwise, read by what stands beside them.

Only what espeak-ng gets wrong is mended. Where the neighbours do not decide, a word is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from audionews.french.lexicon.entries import Render
from audionews.french.tables import data
from audionews.language import Entry
from audionews.rules import Rule, alternatives, rule

_NEAR = 90  # characters on either side among which a word's neighbours are looked for
_STOP = re.compile(r"[.,;:!?…«»()“”\"\n]| – ")
_TOKEN = re.compile(r"[^\W\d_]+’|\w+(?:-\w+)*")
_WORD_START = re.compile(r"[\w/-]*\Z")
_VOWEL = re.compile(
    "[aeiouyàâéèêëîïôœæ]|h(?:abit|ect|élico|émo|érit|eure|hist|ist|omm|omi|omo|onn|ôpi|ôte|ui[ls]|umai)"
)
_LETTERS = {"A": Entry("A", "a"), "E": Entry("E", "ø"), "Y": Entry("i grec", "i ɡʁɛk")}
_INFINITIVE = re.compile(r"\w{2,}(?:[ei]|oi)r")
_FINITE = re.compile(r"\w*(?:[^m]ent|ont)")
_OF_A_PLACE = re.compile(r"[A-ZÀ-Ý].*|\w{3,}(?:[iy]en|éen|ais|ois|ain)")  # « l’est libyen », « l’est de Kidal »


def rules(render: Render) -> tuple[Rule, ...]:
    """Give the rules, in order.

    Args:
        render: writes an entry as the engine takes it; what stands between slashes is left alone.

    Returns:
        One rule for each homograph or family of homographs.
    """

    def reading(name: str, words: str, choose: Callable[[re.Match[str]], Entry | None], needs: str = "") -> Rule:
        def say(found: re.Match[str]) -> str:
            chosen = choose(found)
            return render(chosen) if chosen else found.group()

        return rule(name, rf"(?<![\w/])(?:{words})(?![\w/])", say, needs)

    points = alternatives(_list("points", "est"))
    return (
        # Beside others espeak takes these letters for words: « il a », « le », « il y a ».
        reading(
            "lettre d’un sigle",
            r"(?<=\b[A-ZÀ-Ý] )[AEY]|[AEY](?= [A-ZÀ-Ý]\b)",
            lambda found: _LETTERS[found.group()],
            "AEY",
        ),
        # « L’A S » at the head of a sentence is read « elle apostrophe A S ».
        rule("élision d’un sigle", r"\b(?:[CDJLMNST]|Qu)(?=’[A-ZÀ-Ý] [A-ZÀ-Ý]\b)", lambda found: found[0].lower(), "’"),
        # espeak says [katʁvɛ̃tsɛt]; French has the schwa and no t: [katʁəvɛ̃sɛt].
        rule("quatre-vingt", r"\b([qQ]uatre)-vingt(?:(s)\b|\b)", r"\1vin\2", "-"),
        reading("l’est", r"[lL]’[eE]st(?!-)", _east, "’"),
        reading(
            "point cardinal",
            # « le Grand Est », « Jérusalem-Est » (espeak knows « sud-est »), « est-africain » but « est-elle »
            r"(?<=[^\W\d_] )Est(?!-)|(?<=[a-zà-ÿ]{3}-)(?<!nord-)(?<!Nord-)(?<!sud-)(?<!Sud-)[eE]st(?!-)"
            rf"|(?<!’)[eE]st(?=-(?:{points}|\w{{6}}))"
            rf"|(?<= )est(?= (?:du|des|de (?:la |l’)|(?:et|ou) (?:le |l’|du |de l’)?(?:{points})))",
            _side,
            "eE",
        ),
        reading("plus", "[pP]lus(?!-)", _more),
        reading("tous", "[tT]ous", _every),
        reading("verbe ou nom", alternatives(data("homographs")["verbs"]), _verb),
        reading("adjectif ou verbe", alternatives(data("homographs")["adjectives"]), _adjective),
        # After the verbs, which look for a subject in the plural among the words as they are written.
        reading("fils", "[fF]ils", _son),
        reading("verbe au pluriel", alternatives(_list("verbs", "plurals")), _plural_verb),
        rule(
            "famille de verbes au pluriel",
            r"(?:(?<=ou)|(?<=ul)|(?<=arr)|(?<=omm)|(?<=gn)|(?<=o[bdgjlnprtv])|(?<=och))ent(?![\w’/-])",
            _family,
        ),
        reading("nom en -er", f"(?:{alternatives(data('homographs')['nouns'])})s?", _noun),
        reading("je sens", "(?:res|pres)?sens", _feel),
        reading("verbe en -entir", "pressent|repent", _singular_verb),
        reading("os au pluriel", "os", _bones),
        reading("liaison de cent et vingt", "(?:[cC]ent|[vV]ingt)(?= )", _hundred),
        # espeak makes no liaison before these: « les [z]homologues ».
        # « deux à un », « dix heures à Gao », « les hommes et les femmes »: no newsreader links these.
        rule(
            "sans liaison",
            rf"(?<=[a-zà-ÿ]{{2}}[sxz]) (?=(?:{alternatives(_list('unlinked'))})\b)",
            lambda found: _unlinked(found, render),
        ),
        reading("h muet", rf"(?:{alternatives(_list('mute'))})\w*", _unheard, "hH"),
        reading("en fait", "[eE]n fait|[aA]u fait", _fact),
    )


@cache
def _list(name: str, table: str = "") -> frozenset[str]:
    values = data("homographs")
    return frozenset((values[table] if table else values)[name].split())


def _before(found: re.Match[str]) -> list[str]:
    """Give the words before a match in small letters, the nearest first, then empty ones; none beyond a mark.

    A word that lost its vowel is one with its apostrophe: « d’ ».
    """
    text = found.string[max(0, found.start() - _NEAR) : found.start()].lower()
    return [*reversed(_TOKEN.findall(_STOP.split(text)[-1])), *[""] * 10]


def _after(found: re.Match[str]) -> list[str]:
    """Give the words after a match, as they are written, then empty ones; none beyond a mark."""
    text = found.string[found.end() : found.end() + _NEAR]
    return [*_TOKEN.findall(_STOP.split(text, maxsplit=1)[0]), *[""] * 5]


def _east(found: re.Match[str]) -> Entry | None:
    """« vers l’est », « l’Est », « l’est et le nord », « frapper l’est du pays »; not « il l’est »."""
    one, two = _before(found)[:2]
    points, after = _list("points", "est"), _after(found)
    east = "E" in found.group() or one in _list("before", "est") or (one in ("et", "ou") and two in points)
    if not east and after[0] in ("et", "ou"):
        east = next((word for word in after[1:5] if word not in ("le", "l’", "du", "de", "au", "à")), "") in points
    if not east and one not in _list("subjects", "est") and after[2] != "même":
        inside = after[1] if after[0] in ("de", "d’") else after[0]
        of = after[0] in ("du", "des") and after[1] not in ("moins", "reste")
        east = of or inside in ("la", "l’") or bool(_OF_A_PLACE.fullmatch(inside))
    return Entry("l’èste", "lɛst") if east else None


def _side(found: re.Match[str]) -> Entry | None:
    """« le Grand Est », « est-africain », « la moitié est du pays »; not « la ville est de taille »."""
    beside = found.string[found.start() - 1] + found.string[found.end() : found.end() + 1]
    east = found.group() == "Est" or "-" in beside or _before(found)[0] in _list("sides", "est")
    return Entry("èste", "ɛst") if east else None


def _son(found: re.Match[str]) -> Entry | None:
    """A man’s, not threads."""
    after, of = _after(found)[:2]
    threads = after in _list("after", "fils") or (after in ("de", "d’") and of in _list("of", "fils"))
    return None if threads else Entry("fisse", "fis")


def _more(found: re.Match[str]) -> Entry | None:
    """More: [plys]; no more, and more before an adjective, stay [ply]; « plus ou moins » has its liaison."""
    before = _before(found)
    one, two = before[:2]
    after = _after(found)[0].lower()
    if after == "ou":
        return Entry("plus", "plyz")
    ends = not after or after in _list("linking")
    compared = after in ("que", "qu’")
    denied = not {"ne", "n’"}.isdisjoint(before[:5])
    numbers = _list("numbers")
    more = (
        (after in numbers and (one in ("à", *numbers) or (not one and after not in ("un", "une"))))
        or (one == "de" and ends)  # « une fois de plus »
        or (one == "en" and two not in ("plus", "n’") and (ends or after in ("de", "d’", "du", "des")))
        or (one == "le" and (not after or after in ("de", "d’")))  # « ce qui inquiète le plus »
        or (one == "au" and (not after or two == "tout"))
        or (one == "un" and (not after or after in ("pour", "dans")))
        or (one in _list("much", "plus") and not after)
        or (one in _list("many", "plus") and compared)
        or (two == "en" and ends and not denied)  # « en savoir plus sur »
        or (_is_infinitive(one) and (not after or compared or after == "pour") and not denied)
    )
    return Entry("plusse", "plys") if more else None


def _is_infinitive(word: str) -> bool:
    return bool(_INFINITIVE.fullmatch(word)) or word in _list("infinitives", "plus")


def _every(found: re.Match[str]) -> Entry | None:
    """Before « ceux », « deux » or a noun without its article: [tu]."""
    after = _after(found)[0]
    if after in ("ceux", "deux", "trois"):
        return Entry("tous", "tu")
    if after in _list("nouns", "tous") and _before(found)[0] in _list("before", "tous"):
        return Entry("tous", "tuz" if _VOWEL.match(after) else "tu")
    return None


def _verb(found: re.Match[str]) -> Entry | None:
    """« les pèlerins affluent », not « un affluent »."""
    follow = frozenset(data("homographs")["verbs"][found.group()].split())
    return _plural_verb(found) if _has_plural_subject(found, follow) else None


def _adjective(found: re.Match[str]) -> Entry | None:
    """« un pays émergent », not « des voix émergent »."""
    if _has_plural_subject(found, frozenset("*")) or "et" in _before(found)[:4]:
        return None
    return Entry(found.group(), data("homographs")["adjectives"][found.group()])


def _plural_verb(found: re.Match[str]) -> Entry:
    return Entry(found.group().removesuffix("nt"))  # « ils résident » sounds like « il réside »


def _family(found: re.Match[str]) -> str:
    """« jouent » is « joue »; names and adjectives of the same ending are left alone."""
    word = _WORD_START.findall(found.string[max(0, found.start() - 30) : found.start()])[0] + "ent"
    mended = word.islower() and "/" not in word and word.split("-")[-1] not in _list("others", "plurals")
    return "e" if mended else found.group()


def _has_plural_subject(found: re.Match[str], follow: frozenset[str]) -> bool:
    """Tell whether a form in -ent is the verb of a subject in the plural.

    Args:
        found: the form.
        follow: the words one of which must follow where the subject is a noun; « * » any.
    """
    after = _after(found)[0]
    before = _before(found)
    singular_too = found.group() == "convient"  # « il ne convient pas », « ce qui convient »
    clitics = 0
    while before[clitics] in ("ne", "n’", "se", "s’", "y", "en"):
        clitics += 1
    if not singular_too and any(word[0] in "nsy" for word in before[:clitics]):
        return True
    before = before[clitics:]
    if "ils" in before[:2] or "elles" in before[:2]:
        return before[0] in ("ils", "elles", "le", "la", "les", "l’", "leur", "lui", "nous", "vous")
    if not before[0]:
        return "*" in follow and after in ("la", "les", "leur", "leurs")  # « X et Y ferment la marche »
    if not singular_too and (before[0] == "qui" or ("*" in follow and before[0] in ("où", "qu’"))):
        return True
    if "*" not in follow and after not in follow:
        return False
    named = "et" in before[1:3] and after in ("la", "les", "leur", "leurs")  # « Kati et Kita ferment leurs portes »
    return named or _is_plural_group(before, near="*" not in follow)


def _is_plural_group(before: list[str], near: bool) -> bool:
    """Tell whether the words before end a subject in the plural: « les habitants de la ville ».

    Args:
        before: the words, the nearest first.
        near: the word next to the verb must be the plural itself, and the group open its clause.
    """
    last = before[0]
    others = ("no_noun", "singular", "plural", "prepositions", "openers")
    if _FINITE.fullmatch(last) or any(last in _list(name) for name in others) or (near and last[-1] not in "sxz"):
        return False
    for place, word in enumerate(before[1:9], 1):
        outer = before[place + 1]
        opens = not outer or outer in _list("openers")
        if outer in _list("plural"):
            continue
        if word in _list("plural") or (word == "des" and opens):
            return opens or (place < 3 and last[-1] in "sxz" and not near)
        if word in ("un", "une") or (word in _list("singular") and outer not in _list("prepositions")):
            return False
    return False


def _noun(found: re.Match[str]) -> Entry | None:
    """« un supporter », « les supporters », not « supporter la chaleur »."""
    word = found.group()
    one, two = _before(found)[:2]
    noun = word[-1] == "s" or one in _list("before", "noun")
    noun = noun or (one == "le" and (not two or two in _list("article", "noun")))
    return Entry(word, data("homographs")["nouns"][word.removesuffix("s")]) if noun else None


def _feel(found: re.Match[str]) -> Entry | None:
    """« je sens », not « le sens »."""
    word = found.group()
    one, two = _before(found)[:2]
    me = ("je", "tu", "j’", "me", "te", "m’", "t’", "ne")
    if word == "sens" and one not in me and not (one in ("le", "la", "les", "l’", "y", "en") and two in me):
        return None
    return Entry(word, {"sens": "sɑ̃", "ressens": "ʁəsɑ̃", "pressens": "pʁesɑ̃"}[word])


def _singular_verb(found: re.Match[str]) -> Entry | None:
    """« il pressent », not « ils pressent »."""
    one, two, three = _before(found)[:3]
    if found.group() == "repent":
        return Entry("repent", "ʁəpɑ̃") if one in ("se", "s’") else None
    singular = one in ("il", "elle", "on") or (two in _list("singular") and (not three or three in _list("openers")))
    return Entry("pressent", "pʁesɑ̃") if singular else None


def _bones(found: re.Match[str]) -> Entry | None:
    one = _before(found)[0]
    return Entry("eaux", "o") if one in _list("plural") or one in ("des", "aux") else None


def _hundred(found: re.Match[str]) -> Entry | None:
    """« cent euros », « vingt hectares »; not « cent un » nor « vingt pour cent à »."""
    word, after = found.group(), _after(found)[0].lower()
    if not _VOWEL.match(after) or after in _list("others", "cent") or _before(found)[0] == "pour":
        return None
    if word[0] in "vV":  # before a vowel espeak knows
        return Entry(word, "vɛ̃t") if after[0] == "h" else None
    return Entry(word, "sɑ̃t")


def _unheard(found: re.Match[str]) -> Entry:
    """Write a mute h away: « les omologues »."""
    return Entry(found.group()[1:])


def _unlinked(found: re.Match[str], render: Render) -> str:
    """Forbid a liaison, in an engine that reads sounds; « de plus en plus » keeps it."""
    mark = render(Entry(ipa="ʔ"))
    linked = _before(found)[0] in _list("linked")
    return " " if linked or not mark.startswith("/") else f" {mark} "


def _fact(found: re.Match[str]) -> Entry | None:
    """« en fait » for « in fact », not « il en fait partie »; « au fait, » but « quant au fait que »."""
    one, after = _before(found)[0], _after(found)[0]
    sure = not after or one in _list("being", "fait")
    if found.group()[0] in "aA":
        return Entry(found.group(), "o fɛt") if sure else None
    linked = one in _list("before", "fait") and after not in _list("not", "fait")
    return Entry(found.group(), "ɑ̃ fɛt") if linked or (sure and one not in _list("subjects", "est")) else None
