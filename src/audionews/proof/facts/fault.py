"""What the checker finds."""

from __future__ import annotations

from dataclasses import dataclass

ABSENT = "absent de l’article"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a sentence says that its article does not."""

    kind: str  # "nombre", "date", "nom", "citation", "négation", "attribution", "modalité", "passage"
    words: str  # as the sentence has them
    reason: str  # French, one line
