"""The values that go through the house, from the article to the feed.

All are frozen. Times are integer milliseconds, levels are LUFS or dBTP, paths are POSIX strings relative
to the folder named in the field's comment. Only the standard library is imported here.

    Article → Story → Rundown → Script (Segment…) → Clip → Timeline (Cue…) → Bulletin → Episode → feed
"""

from audionews.model.news import (
    Article,
    Collection,
    Event,
    Item,
    Label,
    Line,
    Place,
    Rectification,
    Remark,
    Rights,
    Rundown,
    Sentence,
    Span,
    Story,
)
from audionews.model.public import (
    Alternate,
    Caption,
    Correction,
    Credit,
    Episode,
    Withdrawal,
)
from audionews.model.sound import (
    Bulletin,
    Chapter,
    Clip,
    Cue,
    Fit,
    Recording,
    Service,
    Timeline,
    Track,
)
from audionews.model.words import (
    Role,
    Script,
    Segment,
    Word,
)

__all__ = [
    "Alternate",
    "Article",
    "Bulletin",
    "Caption",
    "Chapter",
    "Clip",
    "Collection",
    "Correction",
    "Credit",
    "Cue",
    "Episode",
    "Event",
    "Fit",
    "Item",
    "Label",
    "Line",
    "Place",
    "Recording",
    "Rectification",
    "Remark",
    "Rights",
    "Role",
    "Rundown",
    "Script",
    "Segment",
    "Sentence",
    "Service",
    "Span",
    "Story",
    "Timeline",
    "Track",
    "Withdrawal",
    "Word",
]
