"""Which figures may be rounded on air, and how (radio-writing, 2.1)."""

from __future__ import annotations

from decimal import Decimal

from audionews.proof.facts.numbers import Number
from audionews.proof.facts.reading import Reading
from audionews.proof.facts.words import words

_SMALLEST = 100  # never rounded below
_NEAR = Decimal("0.1")  # a rounded figure is within a tenth
_MONEY = frozenset(["fcfa", "franc", "euro", "dollar", "livre", "yen", "naira", "cedi", "dirham"])
_MEASURES = frozenset(["hectare", "tonne", "metre", "kilometre", "kilogramme", "litre", "megawatt", "kilowatt", "%"])


def allowed(said: Number, printed: Number, reading: Reading) -> bool:
    """Tell whether one figure is an honest rounding of another.

    Args:
        said: the figure of the sentence, with its « plus de », « près de » or « environ ».
        printed: that of the article.
        reading: the sentence of the article that holds it.

    Returns:
        True for money, measures and crowds from 100 up, two digits kept (three from 1,000 up), when the word goes
        the right way; never for the dead, scores, votes, prices, years, ordinals.
    """
    if said.loose or printed.loose or said.ordinal or printed.ordinal or printed.hedge or said.unit != printed.unit:
        return False
    if printed.value < _SMALLEST or abs(said.value - printed.value) > _NEAR * printed.value or _digits(said) > 3:
        return False
    if said.hedge not in _ways(said.value, printed.value):
        return False
    near = reading.tokens[max(0, printed.at - 8) : printed.end + 8]
    if any(one.fold in words("exact") for one in near):
        return False
    counted = {one.fold for one in reading.tokens[printed.end : printed.end + 4]}
    return printed.unit in _MONEY | _MEASURES or bool(counted & words("crowds"))


def _ways(said: Decimal, printed: Decimal) -> frozenset[str]:
    if said < printed:
        return frozenset({"over", "about"})
    return frozenset({"near", "about"}) if said > printed else frozenset()


def _digits(number: Number) -> int:
    return len(str(int(number.value)).rstrip("0"))
