"""A target → the place of its kind; what its kind needs is loaded here and nowhere else."""

from __future__ import annotations

from audionews.errors import MissingExtraError
from audionews.targets.choice import Target
from audionews.targets.place import Folder, Place
from audionews.targets.secrets import Secrets


def open_place(target: Target, secrets: Secrets) -> Place:
    """Give the place of a target; the connection is made by the first call.

    Raises:
        MissingExtraError: its kind needs a package that is not installed.
        UsageError: an option is unknown to it.
    """
    if target.kind == "folder":
        return Folder(target)
    try:
        if target.kind == "sftp":
            from audionews.targets.sftp import Sftp

            return Sftp(target, secrets)
        if target.kind == "webdav":
            from audionews.targets.webdav import Webdav

            return Webdav(target, secrets)
        from audionews.targets.store import open_store

        return open_store(target, secrets)
    except ImportError as error:
        needed = f"'audionews[{target.extra}]'" if target.extra else f"fsspec, et ce qu’il veut pour {target.kind}://"
        raise MissingExtraError(
            f"La cible « {target.name} » ({target.kind}) demande une partie qui n’est pas installée",
            f"Tapez : pip install {needed}",
        ) from error
