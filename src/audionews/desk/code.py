"""The version of the program's parts: a hash of their source, so that a change of it has their work done again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from audionews import __version__

SHARED = ("french", "model", "rules.py", "language.py")  # what all parts lean on


@cache  # the program does not change while it runs
def code(rooms: tuple[str, ...]) -> str:
    """Hash the source of rooms or modules, of what all of them lean on, and of the templates of what is published."""
    digest = hashlib.sha256(__version__.encode())
    pending = [resources.files("audionews").joinpath(one) for one in (*rooms, *SHARED)]
    if "publish" in rooms:
        pending.append(resources.files("audionews.templates").joinpath("site"))
    while pending:
        one = pending.pop()
        if one.is_dir():
            if one.name != "__pycache__":
                pending += sorted(one.iterdir(), key=lambda entry: entry.name)
        elif not one.name.endswith(".bin"):
            digest.update(one.name.encode() + one.read_bytes())
    return digest.hexdigest()


def own_templates(folder: Path) -> str:
    """Hash the templates of pages and feeds that a station has put in place of ours."""
    digest = hashlib.sha256()
    for path in sorted((folder / "templates" / "site").glob("**/*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
