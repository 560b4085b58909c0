"""``[[target]]`` as written → a target whose address can be read and that holds no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from audionews.errors import UsageError
from audionews.files import slugify
from audionews.station import TargetChoice

# As station people write an address → how it is opened. Any other scheme is looked up among fsspec's file systems.
KINDS = {
    **dict.fromkeys(("", "file", "local"), "folder"),
    **dict.fromkeys(("s3", "s3a"), "s3"),
    **dict.fromkeys(("sftp", "ssh"), "sftp"),
    **dict.fromkeys(("webdav", "dav", "webdavs", "davs"), "webdav"),
}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+", re.IGNORECASE)
# Whoever holds a value of such a name may write in the station's stead.
SECRET = {
    *("key", "keys", "accesskey", "apikey", "secretkey", "secret", "secrets", "password", "passwd", "pass", "pwd"),
    *("passphrase", "token", "tokens", "credential", "credentials", "auth", "authorization", "connection", "cookie"),
}
# Names of that look which hold no secret: files, and yes or no.
HARMLESS = {"key_filename", "look_for_keys", "known_hosts", "token_file", "requires_auth"}
WITHIN = re.compile(r"://[^/\s]*:[^/\s]*@")  # an address with a password in it


@dataclass(frozen=True, slots=True)
class Target:
    """A place the site is sent to."""

    name: str  # in messages, of its state file and of its secrets: letters, digits, hyphens
    kind: str  # "folder", "s3", "sftp", "webdav", or another protocol of fsspec
    url: str  # as written; never a secret
    scheme: str = ""  # as written, small letters
    host: str = ""  # bucket or server; with its brackets when it is an IPv6 address
    port: int = 0  # the protocol's own when 0
    user: str = ""
    path: str = ""  # on the target, without a final slash: "/var/www"; of a folder: absolute
    options: dict[str, Any] = field(default_factory=dict)  # of the file system
    folder: Path = Path()  # where relative paths of the options start

    @property
    def stem(self) -> str:
        """Give what the names of its secrets begin with: ``"AUDIONEWS_WWW"``."""
        return "AUDIONEWS_" + re.sub(r"[^A-Z0-9]", "_", self.name.upper())

    @property
    def extra(self) -> str:
        """Give the optional part of the program it needs; empty when it needs none of ours."""
        return self.kind if self.kind in {"s3", "sftp", "webdav"} else ""


def read(choices: Sequence[TargetChoice], folder: Path, site: Path) -> tuple[Target, ...]:
    """Read the tables ``[[target]]``.

    Args:
        choices: as written.
        folder: of the station; relative paths start there.
        site: the local site, which is no target of itself.

    Raises:
        UsageError: an address cannot be read, a secret is written into the file, or two targets have one name.
    """
    made: dict[str, Target] = {}
    for choice in choices:
        one = _target(choice, folder)
        if one.name in made:
            raise UsageError(
                f"[[target]] : deux cibles se nomment « {one.name} »", 'Donnez à chacune un name = "…" à elle'
            )
        if one.kind == "folder" and _overlap(Path(one.path), site):
            raise UsageError(
                f"[[target]] « {one.name} » : {one.path} et le site lui-même sont l’un dans l’autre",
                "Choisissez un dossier hors du dossier de sortie",
            )
        made[one.name] = one
    return tuple(made.values())


def _target(choice: TargetChoice, folder: Path) -> Target:
    parts = _split(choice.url)
    shown = choice.name or _bare(parts)
    name = slugify(shown, words=8)
    place = f"[[target]] « {name} »"
    found = next(_secrets(choice.options), "")
    if parts.password is not None or parts.query or parts.fragment or ":" in unquote(parts.username or ""):
        raise UsageError(
            f"{place} : url ne doit porter ni mot de passe, ni « ? », ni « # »", _where_secrets_go(name, parts.scheme)
        )
    if found:
        raise UsageError(
            f"{place} : l’option « {found} » paraît contenir un secret, qui n’a pas sa place dans ce fichier",
            _where_secrets_go(name, parts.scheme),
        )
    scheme = parts.scheme.lower()
    kind = KINDS.get(scheme, scheme)
    if kind == "folder":
        if parts.netloc not in {"", "localhost"}:
            raise UsageError(f"{place} : file:// veut un chemin absolu", 'Écrivez par exemple "file:///var/www/radio"')
        path = Path(unquote(parts.path) if scheme else choice.url).expanduser()
        return Target(name, kind, choice.url, scheme, path=str((folder / path).resolve()), folder=folder)
    if not parts.hostname:
        raise UsageError(f"{place} : l’adresse ne nomme ni serveur ni dépôt", 'Écrivez par exemple "s3://depot/radio"')
    path_on = unquote(parts.path).rstrip("/")
    if any(part in {".", ".."} for part in path_on.split("/")) or re.search(r"[\x00-\x1f\x7f\\]", path_on):
        raise UsageError(f"{place} : le chemin « {path_on} » n’est pas permis", "Écrivez-le sans « .. »")
    # A bucket's name keeps its letters; urlsplit's hostname does not.
    host = parts.netloc.rpartition("@")[2] if kind == "s3" else _host(parts)
    return Target(
        *(name, kind, choice.url, scheme, host, parts.port or 0, unquote(parts.username or "")),
        *(path_on, dict(choice.options), folder),
    )


def _split(url: str) -> SplitResult:
    """Take an address apart; without a scheme it is a folder's path, in which much may stand.

    Neither ``user:password@host`` nor ``host:/path`` is one: other programs read those as servers.
    """
    head, mark, _rest = url.partition("://")
    if url.strip() and not mark and not re.match(r"[^/]*[:@]", url):
        return SplitResult("", "", url, "", "")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not (url.strip() and SCHEME.fullmatch(head) and parts.scheme):
        # Not shown: what cannot be read may hold a password.
        raise UsageError(
            "[[target]] : l’url d’une cible ne se lit pas",
            'Écrivez par exemple url = "sftp://utilisateur@serveur/dossier"',
        )
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def _bare(parts: SplitResult) -> str:
    """Give what a target without a name is named after: server and path, neither user nor port."""
    return f"{parts.hostname or ''} {unquote(parts.path)}".replace(".", " ")


def _overlap(one: Path, other: Path) -> bool:
    one, other = one.resolve(), other.resolve()
    return one == other or one in other.parents or other in one.parents


def _secrets(options: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Give the names of options that look like secrets, or hold an address with a password."""
    for name, value in options.items():
        whole = f"{above}{name}"
        words = set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()))
        named = bool(words & SECRET) and name not in HARMLESS and not isinstance(value, bool)
        if isinstance(value, Mapping):
            yield from _secrets(value, f"{whole}.")
        elif named or WITHIN.search(str(value)):
            yield whole


def _where_secrets_go(name: str, scheme: str) -> str:
    stem = Target(name, "", "").stem
    if KINDS.get(scheme.lower()) == "s3":
        return f"Posez-le dans l’environnement : {stem}_KEY et {stem}_SECRET"
    return f"Écrivez-le sans mot de passe, et posez celui-ci dans l’environnement : {stem}_PASSWORD"
