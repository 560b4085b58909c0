"""Words that espeak-ng's French voice would read with its English rules, written in French sounds.

It turns to English by the look of a word: « John », but also « Coulibaly », « rythme » and « dos ». A newsreader
does neither: names keep a French reading, English words the sounds a French mouth has for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from audionews import tables
from audionews.french.lexicon import ipa
from audionews.voices import espeakng

_SWITCH = re.compile(r"\(\^?[a-z][a-z^-]*\)")  # « (^e^n) » where the English rules begin, « (^f^r) » where they end
_TOKEN = re.compile(
    r"/[^/\s]+/|(?:(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)’)?[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE
)
_GLUED = re.compile(r"(?<=\w)([?!])(?=[^\W\d_])")  # « fini?Les » is read « question mark »
_CHUNK = re.compile(r"[^\s.,;:!?…«»()“”\"]+")
_ELIDED = {
    "c": "s", "d": "d", "j": "ʒ", "l": "l", "m": "m", "n": "n", "s": "s", "t": "t", "qu": "k",
    "jusqu": "ʒysk", "lorsqu": "lɔʁsk", "puisqu": "pɥisk",
}  # fmt: skip
_ENGLISH = "en-gb-scotland"  # the nearest to a French mouth: its r sounds, and « game », « show » have one vowel
_V = "aeiouyàâäéèêëîïôöùûü"


def _compiled(changes: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), written) for pattern, written in changes)


# English sounds as a French newsreader says them, in order.
_MOUTH = _compiled((
    ("ʌʉ|aʊ", "aw"),
    ("aɪ", "aj"),
    ("ɔɪ", "ɔj"),
    ("[ʌə][ɹr]|ɜː?[ɹr]?", "œʁ"),
    ("[ɹr]", "ʁ"),
    ("ɔː(?=l)", "o"),
    ("eː", "ɛ"),
    ("e", "i"),
    ("ɒ", "ɔ"),
    ("ʉ", "u"),
    ("ʌ", "œ"),
    ("əl", "œl"),
    ("[hʔ]", ""),
))  # fmt: skip
# A name's letters as a French reader takes them, in spellings that espeak does not turn to English for.
_LETTERS = _compiled((
    (f"thi(?=[{_V}])", "tï"),
    ("th", "t"),
    ("rh", "r"),
    (f"(?<=[{_V}])y(?=[{_V}])|(?<=o)y$", "ï"),
    (f"(?<=[^{_V}])y|y(?![{_V}])", "i"),
    ("ill$", "il"),
    ("ow$", "o"),
    ("aw$", "ao"),
    ("er$", "ère"),
    (f"(?<=[{_V}])([bdfgkptz])$", r"\1\1e"),
))  # fmt: skip
_MORE_LETTERS = _compiled((
    ("sh", "ch"),
    ("kh|ck", "k"),
    ("gh(?=[eiéè])", "gu"),
    ("gh", "g"),
    ("oo", "ou"),
    ("ee", "i"),
    ("(?<=ou)w", ""),
    (f"w(?=[{_V}])", "ou"),
    (f"(?<=[{_V}])h(?=[{_V}m]|$)", ""),
    ("ou([mn])s", r"ou\1eç"),
    ("ou([mn])(?=[bcdfgjkpqtvz])", r"ou\1e"),
    (f"(?<![{_V}gs])$", "e"),
))  # fmt: skip
# What only English spells.
_LOOKS_ENGLISH = re.compile(
    "oo|ee.|igh|ough|wh|dge|sh$|ck|ght|ing|ea[dklmnrst]|oa[cdknrst]|[^aeiouy]le$|^(?:kn|wr|mc|will)|ies$"
    "|(?:son|ton|man|men|ham|ford|land|wood|well|worth|ness|day|way|field|ey|ew)s?$"
)
_LOOKS_FRENCH = re.compile("[àâéèêëîïôùûç]|(?:is[tm]|iqu|ienn|eus|tion|ité|t)e?s?$")


def french_sounds(text: str) -> str:
    """Replace the words that espeak-ng would read with its English rules by French sounds between slashes.

    Args:
        text: a spoken form for an engine of phonemes; what stands between slashes is left alone.

    Returns:
        The same text: « un /mitiŋ/ à /budʒa/ »; an article that lost its vowel goes inside, « /dapœl/ ».
    """
    if not _switches(text):
        return text
    text = _TOKEN.sub(lambda found: _mended(found.group()), _GLUED.sub(r"\1 ", text))
    return _CHUNK.sub(lambda found: _whole(found.group()), text) if _switches(text) else text


def _switches(text: str) -> bool:
    return bool(_SWITCH.search(espeakng.phonemes(text)))


@lru_cache(maxsize=16384)
def _mended(token: str) -> str:
    """Mend a word, or those parts of a compound that are read in English."""
    if token[0] == "/" or not _switches(token):
        return token
    article, _, word = token.rpartition("’")
    sounds = _known(word.lower())
    if not sounds and "-" in word:
        return "-".join(_mended(part) for part in token.split("-"))
    sounds = sounds or _sounds(word)
    if article:
        return f"/{_ELIDED[article.lower()]}{sounds}/"
    apart = sounds[:1] in ("j", "w") or word[0] in "hH"  # no liaison: « les week-ends », « les halls »
    return f"/ʔ{sounds}/" if apart else f"/{sounds}/"


@lru_cache(maxsize=4096)
def _whole(chunk: str) -> str:
    """Mend what is read in English only as a whole."""
    return f"/{_plain(espeakng.phonemes(chunk))}/" if _switches(chunk) else chunk


def _sounds(word: str) -> str:
    """Give a word's sounds as a French reader takes its letters, else made of its English sounds."""
    for written in _spellings(word):
        if not _switches(written):
            return _plain(espeakng.phonemes(written)).replace("unə", "un")
    return _adapted(word)


def _spellings(word: str) -> Iterator[str]:
    small = word.lower()
    if _LOOKS_ENGLISH.search(small):
        return
    first = _written(_LETTERS, small)
    if first != small or word != small:
        yield first
    if word != small or _LOOKS_FRENCH.search(small):
        yield _written(_MORE_LETTERS, first)


def _adapted(word: str) -> str:
    """Give the sounds of an English word as a French newsreader says them."""
    small = word.lower()
    said = re.sub("[ˈˌ^-]", "", espeakng.phonemes(small, _ENGLISH))
    if re.search("(?:e|i|u|ea)r[^aeiouy]", small):  # the Scottish vowel of « search »
        said = re.sub("e(?=[bdfgklmnpstvzʃθ])(?![sz]$)", "œʁ", said)
    said = _written(_MOUTH, said)
    ending = re.search("([aeio])ns?$", small)
    if ending:  # « Washington » as it is spelled
        said = re.sub("ən(?=z?$)", {"a": "a", "e": "ɛ", "i": "i", "o": "ɔ"}[ending[1]] + "n", said)
    if word == small and re.search("[^s]s$", small):  # a plural
        said = re.sub("[sz]$", "", said)
    return _plain(said)


def _written(changes: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
    for pattern, written in changes:
        text = pattern.sub(written, text)
    return text


def _plain(phonemes: str) -> str:
    """Give the French sounds of a transcription, without any mark; never nothing."""
    sounds = re.sub("[-^ ]", "", _SWITCH.sub("", phonemes))
    return "".join(ipa.split(ipa.nearest(sounds))) or "ə"


@cache
def _table() -> dict[str, str]:
    parts = tables.data("audionews.voices", "foreign").values()
    return {word: str(said) for part in parts for word, said in part.items()}


def _known(word: str) -> str:
    return _table().get(word) or (_table().get(word[:-1], "") if word[-1:] == "s" else "")
