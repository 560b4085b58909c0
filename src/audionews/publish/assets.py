"""The files the pages load: style sheet, scripts, icon; small, and named by what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from audionews.files import hashed_name
from audionews.publish.cover import ink
from audionews.publish.render import environment, source
from audionews.station import Station


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of what the pages load, relative to the site; each name holds a hash of the content."""

    style: str
    player: str
    keep: str  # keeps bulletins on the listener's device
    search: str
    icon: str
    feed_style: str  # of the feeds, for who opens one in a browser
    cover: str


def assets(station: Station, cover: str) -> tuple[Assets, dict[str, bytes]]:
    """Make the files the pages load.

    Args:
        station: whose templates, if any, come first.
        cover: name of the picture in the site.

    Returns:
        Their addresses, and their contents by address. The picture is not among them.
    """
    from rcssmin import cssmin
    from rjsmin import jsmin

    made = environment(station)
    texts = {
        "style.css": cssmin(source(made, "site/style.css")),
        "player.js": jsmin(source(made, "site/player.js")),
        "keep.js": jsmin(source(made, "site/keep.js")),
        "search.js": jsmin(source(made, "site/search.js")),
        "icon.svg": made.get_template("site/icon.svg.j2").render(
            station=station.identity, ink="#{:02x}{:02x}{:02x}".format(*ink(station.identity))
        ),
        "feed.css": cssmin(source(made, "site/feed.css")),
    }
    files = {f"assets/{hashed_name(name, text.encode())}": text.encode() for name, text in texts.items()}
    style, player, keep, search, icon, feed_style = files
    return Assets(style, player, keep, search, icon, feed_style, cover), files
