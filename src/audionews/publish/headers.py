"""What HTTP says of a file of the site, by its name alone: type, caching, sharing, safety.

The table is the same for every way the site reaches the public: our own server, a target that keeps headers beside
the files, and the nginx of docs/hosting.md.
"""

from __future__ import annotations

import re
from functools import lru_cache

FEED = re.compile(r"feed(-[a-z0-9-]+)?\.xml")  # also the archives of RFC 5005
TYPES = {
    "chapters.json": "application/json+chapters",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m3u": "audio/x-mpegurl",
    ".md": "text/markdown; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg; codecs=opus",
    ".opml": "text/x-opml; charset=utf-8",
    ".opus": "audio/ogg; codecs=opus",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".xsl": "application/xslt+xml; charset=utf-8",
}
TEXT = (".css", ".html", ".js", ".json", ".md", ".opml", ".srt", ".svg", ".txt", ".vtt", ".webmanifest", ".xml", ".xsl")
# Read by players of other sites.
SHARED = (".mp3", ".opus", ".ogg", ".wav", ".vtt", ".srt", ".json", ".xml", ".opml", ".txt", "transcript.html")
SHOWN = (".jpg", ".png", ".svg", ".webp", ".ico", "embed.html")  # by pages of other sites
HASHED = re.compile(r"-[0-9a-f]{8}\.[a-z0-9]+$")
# What automation fetches again and again under one name, and the script that decides what is kept offline: a cache
# has to ask each time whether it is still the same.
ASKED = re.compile(r"(^|/)(broadcast/latest\.[a-z0-9]+|latest\.json|sw\.js|worker\.js)$")
FOREVER, SHORT, ASK = "public, max-age=31536000, immutable", "public, max-age=60", "no-cache"
EXPOSED = "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified"
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_type(path: str) -> str:
    """Give the MIME type of a file of the site, with its encoding where it is a text."""
    name = path.rpartition("/")[2]
    if FEED.fullmatch(name):
        return "application/rss+xml; charset=utf-8"
    return next((value for ending, value in TYPES.items() if name.endswith(ending)), "application/octet-stream")


def headers(path: str) -> dict[str, str]:
    """Give the headers that a file of the site needs.

    Args:
        path: relative to the site, or its address.

    Returns:
        Content-Type, Cache-Control, the safety headers; for what other sites may read or show, the permission. A page
        carries its own Content-Security-Policy; the header says what an element of a page cannot: who may frame it.
    """
    return dict(_headers(path))


@lru_cache(maxsize=4096)
def _headers(path: str) -> tuple[tuple[str, str], ...]:
    name = path.rpartition("/")[2]
    cache = ASK if ASKED.search(path) else FOREVER if HASHED.search(name) else SHORT
    made = {"Content-Type": content_type(path), "Cache-Control": cache, **SAFE}
    made["Cross-Origin-Resource-Policy"] = "cross-origin" if name.endswith((*SHARED, *SHOWN)) else "same-origin"
    if name.endswith(SHARED):
        made["Access-Control-Allow-Origin"] = "*"
        made["Access-Control-Expose-Headers"] = EXPOSED
    if name.endswith(".html"):
        made["Content-Security-Policy"] = "frame-ancestors " + ("*" if name == "embed.html" else "'none'")
    return tuple(made.items())
