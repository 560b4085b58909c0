"""Does a sentence stand alone? What refers to words that were not said leaves the listener in the air."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from audionews.condense.tables import data, word_set


def _any(texts: Iterable[str]) -> str:
    """Give an alternation of texts, longest first."""
    return "|".join(map(re.escape, sorted(texts, key=lambda text: (-len(text), text))))


def _words(key: str) -> str:
    return _any(word_set("alone", key))


def _groups(key: str) -> str:
    return _any(data("alone")[key])


_NUMERAL = rf"(?:{_words('numerals')}|\d+)"
_UNITS = rf"(?:{_words('units')})"
_LAST = rf"(?:{_NUMERAL} )?derni(?:ers|ères) {_UNITS}|{_NUMERAL} (?:derniers|dernières|prochains|prochaines)"
_BEFORE_NOUN = re.compile(rf"(?:{_words('before_noun')}|\d+)$")
_DEMONSTRATIVE = re.compile(
    rf"\b(?:ce|cet|cette|ces) (?!(?:{_words('times')})s?(?!\w)|\d|{_LAST}|"
    r"qu[ie’]|que\b|dont\b|à quoi|n’|sont\b|ne\b|fut\b|sera)"
    r"([\w’-]+(?: [\w’-]+){0,2})",
    re.IGNORECASE,
)
# Anywhere in a sentence these point to what was said before it.
_POINTER = re.compile(
    rf"\b(?:celui|celle|ceux|celles)-(?:ci|là)\b|\bce(?:tte|s)? derni(?:ers?|ères?)\b(?! {_UNITS})|"
    rf"\b(?:le|la|les|du|au|aux|des) même(?:s)?(?: [a-zà-ÿ]+)? (?:{_words('same')})\b|"
    rf"\b(?:{_words('aforesaid')}|{_groups('aforesaid_groups')})\b|"
    r"^(?:selon|d’après|pour|chez|avec|à|contre|sans) (?:lui|elle|eux|elles)\b(?!-même)|"
    r"^(?:selon|d’après) (?:son|sa|ses|leurs?)\b",
    re.IGNORECASE,
)
# Outside quotation marks these name a speaker only by a pronoun.
_SPEAKER = re.compile(
    r"\b(?:selon|d’après) (?:lui|elle|eux|elles)\b(?!-même)|-(?:t-| t-)?(?:il|elle|ils|elles)\b(?! (?:y a|faut))",
    re.IGNORECASE,
)
# « Et de citer l’exemple… »: who cites?
_NARRATED = re.compile(r"(?:de |d’)(?:(?:se |s’|en |y )?)\w{2,}(?:er|ir|re)(?!\w)(?![^,]*, )", re.IGNORECASE)
_QUANTIFIED = r"(?:certain|tou|chacun|aucun)(?:e|s|es|te|tes)? (?:ont|sont|étaient|avaient|se|a|est|n’)"
OPENER = re.compile(
    rf"(?:c’|s’y |n’en |d’où |en (?:{_groups('opening_verbs')}) )|"
    rf"(?:{_groups('openers')}|à (?:son|leur|sa|ses|leurs) (?:{_words('possessed')})|"
    rf"{_QUANTIFIED}|plus \w+(?: encore)?,)(?![\w’-])",
    re.IGNORECASE,
)
# "un décès qui…", "de quoi…": a noun phrase that comments what came before.
_COMMENT = re.compile(
    r"(?:une?|des) [\w’-]+(?: [\w’-]+)? (?:qui|que|dont|faite?s?|à laquelle|auquel)\b(?![^,]*, )", re.IGNORECASE
)
IMPERSONAL = re.compile(
    r"il (?:n’)?(?:y (?:a|avait|aura)|(?:en )?existe|faut|faudra|faudrait|s’agit (?:d’|de )une? |"
    r"est (?:prévu|interdit|rappelé|possible|probable))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(rf"\b(?:il|elle|ils|elles|son|sa|ses|leurs?)\b(?! (?:{_groups('nobody')}))", re.IGNORECASE)
_FRONTED = re.compile(
    rf"(?:{_words('fronting')}|[A-ZÉÈ][a-zà-ÿ]+(?:ée?s?|ie?s?|ue?s?|ant|ite?s?))\b",
    re.IGNORECASE,
)
_VERB = rf"(?:{_words('verbs')}|se sont)"
_OWNED = re.compile(r"(?:selon|d’après) [^,«»]{1,120}, ", re.IGNORECASE)  # « Selon le maire, la réunion a … »
_BARE = re.compile(
    r"(?:(?:l’|le |la |les )(?:[\w-]+ ){1,4}(?:du |de la |de l’|des ))?(?:l’|le |la |les |)(?P<noun>[\w-]+)"
    rf"(?: (?:{_NUMERAL}))? (?:(?:lui|elle)-même |y |en |l’|lui |leur )*{_VERB}\b",
    re.IGNORECASE,
)
# « Le bilan provisoire est de … »: of what?
_TOLL = re.compile(
    r"(?:selon [^,]+, )?(?:le|un)(?: (?:dernier|premier|nouveau))? bilan\b(?!(?: [\w-]+)? (?:du|de la|des) [a-zà-ÿ]"
    r"|(?: [\w-]+)? (?:de|d’)(?: |(?<=’))(?:l’|cet|cette|une? )?[a-zà-ÿ])",
    re.IGNORECASE,
)
_ADDED = re.compile(rf"(?:[\w’-]+,? ){{1,10}}?(?:{_groups('added')})\b(?! (?:que|bien|long|grande?)\b)", re.IGNORECASE)
_TITLED = re.compile(r"(?:M\.|MM\.|Mme|Mlle|Me|Dr|Pr|Monsieur|Madame)\s(?P<name>[A-ZÀ-Ý][\w’-]+)(?![\w’-]|\s[A-ZÀ-Ý])")
# « Awa a », « Moustapha lâche »: somebody called by one name alone; bodies and places do not confide.
_GIVEN = re.compile(rf"(?:{_words('given')})\s{_VERB}\b|[A-ZÀ-Ý][a-zà-ÿ]+ (?:a |s’est )?(?:{_words('confides')})\b")
# A sentence cannot end on one of these: it was cut.
_CUT_END = re.compile(rf"[a-zà-ÿ]|{_words('cut_end')}")
_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# A heading that runs into the sentence under it; « le journal Le Monde » goes on with a capital.
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ»] )(?:La|Le|Les|L’|Un|Une|Des|Il|Elle|Ils|Elles|Ce|Cette|Ces|Selon|Dans) ?(?<=[ ’])[a-zà-ÿ]{3}"
    r"|(?<![\w’])[a-zà-ÿ]{3,}[A-ZÀ-Ý][a-zà-ÿ’]"
    r"|[a-zà-ÿ]{3}(?:Les?|La|L’|Une?|Des|Ils?|Elles?|Cet|Cette|Ces|Selon|Dans|Mais|Pour) ?(?<=[ ’])[a-zà-ÿ]"
)
# « S’y est rendu »: somewhere that was named before; not « il y a », « y compris ».
_THERE = re.compile(r"(?<![\w-])(?:[sml]’|n’)?y (?!(?:a|avait|aura|aurait|ait|eut|compris)\b)", re.IGNORECASE)
OPENS_QUOTED = re.compile(r"[«“\"‘—–•-]")


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence is complete: it begins, ends, and closes what it opens.

    Args:
        sentence: as printed, typography repaired.

    Returns:
        False for what was cut, ends without a mark, has a quotation mark or bracket without its fellow, or begins
        with a heading that lost its line ("La réforme La ministre doit…").
    """
    text = sentence.strip()
    if not re.search(r"[.!?…][\s»”\"’)]*$", text) or re.search(r"(?:\.\.|…|\s\.)[\s»”\"]*$|…\s?»?\.?$", text):
        return False
    if any(text.count(left) != text.count(right) for left, right in ("«»", "“”", "()", "[]")) or text.count('"') % 2:
        return False
    if text.find("»") < text.find("«") and "»" in text:
        return False
    if _GLUED.search(text):
        return False
    first, last = re.search(r"\w", text), re.search(r"([\w/-]+)\W*$", text)
    if not first or not last or _CUT_END.fullmatch(last[1]):
        return False
    return text[first.start()].isupper() or text[first.start()].isdigit()


def stands_alone(sentence: str, before: tuple[str, ...] = ()) -> bool:
    """Tell whether a sentence can be understood after these sentences, with nothing else said.

    Args:
        sentence: as printed, typography repaired.
        before: the sentences said before it in the same story.

    Returns:
        False when it opens on a pronoun or a link word, begins inside a quotation, is cut, or names "cette
        rencontre", "la cérémonie", "M. Diallo" that `before` has not named (radio-writing, rule S15).
    """
    text = " ".join(sentence.split())
    return is_whole(text) and not _leans(text, first=not before) and _unnamed(text) <= nouns(before)


def _leans(text: str, first: bool) -> bool:
    """Tell whether a sentence leans on the one before it, whatever that one says."""
    if (OPENER.match(text) and not IMPERSONAL.match(text)) or _NARRATED.match(text):
        return True
    return bool(
        OPENS_QUOTED.match(text)
        or (first and _TOLL.match(text))
        or _COMMENT.match(text)
        or _POINTER.search(text)
        or _SPEAKER.search(without_quotations(text))
        or has_free_pronoun(text)
        or (first and (_ADDED.match(text) or _THERE.search(without_quotations(text))))
    )


def _unnamed(text: str) -> frozenset[str]:
    """Give the nouns a sentence speaks of as known ("cette rencontre", "la cérémonie a…", "M. Diallo")."""
    found = {_demonstrated(one, text) for one in _DEMONSTRATIVE.finditer(text)}
    owned = _OWNED.match(text)
    told = text[owned.end() :] if owned else text
    bare, titled, given = _BARE.match(told), _TITLED.match(told), _GIVEN.match(told)
    if bare and stem(bare["noun"]) in word_set("alone", "events"):
        found.add(stem(bare["noun"]))
    if titled:
        found.add(stem(titled["name"]))
    if given:
        found.add(stem(given[0].split()[0]))
    return frozenset(found - {""})


def _demonstrated(found: re.Match[str], text: str) -> str:
    """Give the noun after a demonstrative, "" when the sentence itself named it before."""
    words = found[1].split()
    while len(words) > 1 and _BEFORE_NOUN.match(words[0].lower()):
        words.pop(0)
    noun = stem(words[0].split("’")[-1])
    return "" if noun in nouns([text[: found.start()]]) else noun


def without_quotations(sentence: str) -> str:
    """Give what a sentence says outside quotation marks."""
    return _QUOTATION.sub(" ", sentence)


def nouns(sentences: Iterable[str]) -> frozenset[str]:
    """Give the words of sentences, folded, singular."""
    return frozenset(stem(word) for sentence in sentences for word in re.findall(r"[\w-]+", sentence))


def has_free_pronoun(text: str) -> bool:
    """Tell whether the subject is a pronoun after a fronted group: "Arrivé à Bamako, il a rencontré…"."""
    for pronoun in _PRONOUN.finditer(text):
        ahead = text[: pronoun.start()].rstrip()
        if ahead.endswith(",") and _FRONTED.match(ahead) and ahead.count(",") == 1:
            return True
    return False


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Give a word folded, without a plural mark."""
    folded = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"(?:aux$)", "al", plain) if len(plain) > 5 and plain.endswith("aux") else plain.rstrip("sx") or plain
