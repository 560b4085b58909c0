"""Serve the site as podcast apps need it: byte ranges, validators, right types, shared captions."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audionews.errors import AudionewsError

if TYPE_CHECKING:
    from starlette.applications import Starlette

TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "chapters.json": "application/json+chapters",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg; codecs=opus",
    ".ogg": "audio/ogg; codecs=opus",
    ".wav": "audio/wav",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
}
SHARED = (".mp3", ".opus", ".ogg", ".vtt", ".srt", ".json")  # read by players of other sites
HASHED = re.compile(r"-[0-9a-f]{8}\.[a-z0-9]+$")
FOREVER, SHORT = "public, max-age=31536000, immutable", "public, max-age=60"


def create_app(site: Path) -> Starlette:
    """Make the ASGI application that serves `site`.

    Starlette has byte ranges, HEAD, ETag and Last-Modified; types, caching and sharing are added here.
    """
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    class Site(StaticFiles):
        async def get_response(self, path: str, scope: Any) -> Any:
            if "\0" in path or any(part.startswith(".") and part != "." for part in path.split("/")):
                raise HTTPException(status_code=404)
            return await super().get_response(path, scope)

        def file_response(self, full_path: Any, *args: Any, **more: Any) -> Any:
            response = super().file_response(full_path, *args, **more)
            for name, value in headers(str(full_path)).items():
                if response.status_code != 304 or name != "Content-Type":
                    response.headers[name] = value
            return response

    return Starlette(routes=[Mount("/", Site(directory=site, html=True, check_dir=False))])


def headers(path: str) -> dict[str, str]:
    """Give the headers that a file of the site needs, by its name."""
    name = path.rpartition("/")[2]
    made = {"Cache-Control": FOREVER if HASHED.search(name) else SHORT, "X-Content-Type-Options": "nosniff"}
    kind = next((value for ending, value in TYPES.items() if name.endswith(ending)), None)
    if kind:
        made["Content-Type"] = kind
    if name.endswith(SHARED):
        made["Access-Control-Allow-Origin"] = "*"
        made["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Length, Content-Range"
    return made


def serve(site: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the site until interrupted.

    Raises:
        AudionewsError: there is no site in this folder, or the port is taken.
    """
    import uvicorn

    if not (site / "index.html").is_file():
        raise AudionewsError(f"Il n’y a pas encore de site dans {site}", "Fabriquez un journal d’abord")
    listening = _listen(host, port)
    config = uvicorn.Config(create_app(site), log_level="warning", server_header=False)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the server starts, so that a taken one is told in one line."""
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise AudionewsError(
            f"L’adresse {host}:{port} ne peut pas être ouverte ({error.strerror or error})",
            f"Choisissez un autre port, par exemple {port + 1}",
        ) from error
