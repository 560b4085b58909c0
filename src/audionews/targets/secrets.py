"""Passwords and keys of the targets: from the environment, else the system's keyring; never from a file of ours."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field

from audionews.targets.choice import Target

SERVICE = "audionews"  # in the keyring


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens a target; empty what is not known. Not shown by ``repr``."""

    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)  # S3: the access key's id
    secret: str = field(default="", repr=False)  # S3: the access key
    token: str = field(default="", repr=False)  # S3: of a session

    def mask(self, text: str) -> str:
        """Give a text without the secrets in it."""
        for one in sorted({self.password, self.key, self.secret, self.token} - {""}, key=len, reverse=True):
            text = text.replace(one, "***")
        return text


def find(target: Target, environ: Mapping[str, str]) -> Secrets:
    """Look up the secrets of a target.

    Args:
        target: ``AUDIONEWS_<NAME>_PASSWORD`` and so on are named after it; in the keyring the same names
            without the first word, of the service "audionews".
        environ: the environment.
    """
    if target.kind == "folder":
        return Secrets()
    if target.kind == "s3":
        key = environ.get(f"{target.stem}_KEY", "")
        if not key and _own_of_aws(environ):
            return Secrets()  # its own variables, which its library reads
        return Secrets(
            key=key or _kept(f"{target.stem}_KEY"),
            secret=environ.get(f"{target.stem}_SECRET", "") or _kept(f"{target.stem}_SECRET"),
            token=environ.get(f"{target.stem}_TOKEN", ""),
        )
    return Secrets(password=environ.get(f"{target.stem}_PASSWORD", "") or _kept(f"{target.stem}_PASSWORD"))


def kept_as(variable: str) -> str:
    """Give under which user name the keyring keeps what the environment would name so: ``"WWW_PASSWORD"``."""
    return variable.removeprefix("AUDIONEWS_")


def _own_of_aws(environ: Mapping[str, str]) -> bool:
    return any(environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE"))


def _kept(variable: str) -> str:
    """Ask the keyring, where there is one: a machine without a desktop often has the package and no keyring."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, kept_as(variable)) or ""
    except (KeyringError, RuntimeError):
        return ""
