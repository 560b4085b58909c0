"""Bulletins kept for when there is no connection: the service worker, and the script that fills its caches."""

from __future__ import annotations

import json
from collections.abc import Iterable

from audionews.publish.render import environment, source
from audionews.station import Station

WORKER = "sw.js"  # at the root of the site: a worker serves the folder it stands in, and what is below
KEEPING = "keeping.js"  # keep.js, which every page loads, loads this one when something is kept
_PLACE = "__FILES__"


def files(station: Station, assets: Iterable[str]) -> dict[str, bytes]:
    """Make the two files at the root of the site, whose names never change: path → content.

    Args:
        station: whose templates, if any, come first.
        assets: addresses of what the pages load, relative to the site, in any order.
    """
    return {WORKER: worker(station, assets).encode(), KEEPING: keeping(station).encode()}


def worker(station: Station, assets: Iterable[str]) -> str:
    """Write the service worker, minified.

    A browser takes a worker for a new one when its bytes differ. The names of the assets hold the hashes of their
    contents, so the list of them is the version. The same assets give the same worker.

    Args:
        station: whose templates, if any, come first.
        assets: addresses of what the pages load, relative to the site, in any order.
    """
    from rjsmin import jsmin

    names = json.dumps(sorted(set(assets)), ensure_ascii=False, separators=(",", ":"))
    return f"{jsmin(source(environment(station), 'site/worker.js').replace(_PLACE, names))}\n"


def keeping(station: Station) -> str:
    """Write the module behind the button that keeps a bulletin, minified."""
    from rjsmin import jsmin

    return f"{jsmin(source(environment(station), 'site/keeping.js'))}\n"
