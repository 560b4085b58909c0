"""Old texts that come in again without a date: what was seen long ago is not news."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from audionews.articles.copies import first_seen
from audionews.desk import ledger
from audionews.model import Collection, Remark


def not_old(path: Path, found: Collection, day: date, max_age_days: int) -> Collection:
    """Leave out undated articles that came in too long ago, and remember the day's.

    Args:
        path: the ledger.
        found: the day's collection, sifted by date.
        day: of the bulletin.
        max_age_days: the greatest age of an article.

    Returns:
        The collection; what was left out is among the refused. Articles seen for the first time stay.
    """
    since = first_seen(found.articles, ledger.seen(path, day))
    ledger.remember(path, found.articles, day)
    oldest = day - timedelta(days=min(max_age_days, day.toordinal() - 1))
    old = {one.id for one in found.articles if one.published is None and since.get(one.id, day) < oldest}
    refused = [
        Remark(one.origin, f"article sans date, déjà reçu le {since[one.id]:%d/%m/%Y}")
        for one in found.articles
        if one.id in old
    ]
    remarks = tuple(one for one in found.remarks if one.origin not in {remark.origin for remark in refused})
    return Collection(tuple(one for one in found.articles if one.id not in old), (*found.refused, *refused), remarks)
