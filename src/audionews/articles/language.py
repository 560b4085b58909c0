"""Is this text French? A cheap test by function words first; the language model only when in doubt."""

from __future__ import annotations

import re

# Function words French does not share with Spanish, Italian, Catalan, Portuguese or English.
_FUNCTION = (
    "le les des du une est dans pour qui sur au aux avec et il elle ils elles ne pas plus ont été sont cette ces "
    "leur leurs nous vous je mais où qu par"
)
FUNCTION = frozenset(_FUNCTION.split())
ENOUGH = 20  # words below which function words prove little
CLEAR = 0.16  # share of function words that settles it; French press has 0.2 to 0.35


def is_french(text: str, declared: str = "") -> bool:
    """Tell whether a text is French.

    Args:
        text: the body.
        declared: the language its file declares ("fr", "fr-FR", "français", "en"…), believed when known.

    Returns:
        True for French, and for texts too short to be told apart that show nothing foreign.
    """
    if declared.strip():
        return bool(re.match(r"fr(a|e|$|[-_])|français|french", declared.strip().lower()))
    words = re.findall(r"[^\W\d_]+", text.lower())
    share = sum(word in FUNCTION for word in words) / max(1, len(words))
    if share >= CLEAR:
        return True
    if len(words) < ENOUGH:
        return share > 0 or len(words) < ENOUGH // 2 or _model_says_french(text)
    return _model_says_french(text)


def _model_says_french(text: str) -> bool:
    import py3langid

    language, _ = py3langid.classify(text[:4000])
    return bool(language == "fr")
