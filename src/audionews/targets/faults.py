"""What went wrong on a target, in one line: what it did, what to do next, and whether trying again may help."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from audionews.errors import AudionewsError
from audionews.targets.choice import Target

AGAIN = "ce qui est déjà arrivé ne repartira pas"
# Of a network that hiccups; a host that is not known or that refuses may be back in a few seconds too.
PASSING = {
    *(errno.ECONNRESET, errno.ECONNREFUSED, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT, errno.EAGAIN),
    *(errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.EBUSY, errno.EREMOTEIO, errno.EINTR),
}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something could not be done on a target."""

    what: str  # in French, to be read after the target's name: "ne répond pas"
    hint: str = ""
    passing: bool = False  # trying again may help

    def error(self, target: Target) -> AudionewsError:
        """Give it as the error the user sees."""
        return AudionewsError(f"La cible « {target.name} » {self.what}", self.hint)


def unreachable(target: Target) -> Fault:
    """Tell that the host does not answer."""
    where = f"{target.host}:{target.port}" if target.port else target.host
    if target.kind == "s3":
        where = str(target.options.get("endpoint_url", "Amazon S3"))
    return Fault(
        f"ne répond pas ({where})",
        f"Vérifiez son adresse et le réseau, puis relancez « audionews send {target.name} » : {AGAIN}",
        passing=True,
    )


def refused(target: Target) -> Fault:
    """Tell that who we say to be was not believed."""
    if target.kind == "s3":
        return Fault(
            "n’accepte pas la clé d’accès, ou n’en a pas reçu",
            f"Posez {target.stem}_KEY et {target.stem}_SECRET, ou celles d’AWS, dans l’environnement",
        )
    who = f" de « {target.user} »" if target.user else ""
    keys = ", ou donnez sa clé avec l’option key_filename" if target.kind == "sftp" else ""
    name = "" if target.user else " Nommez l’utilisateur dans url."
    return Fault(
        f"refuse le mot de passe ou la clé{who}",
        f"Posez le bon dans l’environnement, {target.stem}_PASSWORD{keys}.{name}",
    )


def readonly(target: Target, path: str) -> Fault:
    """Tell that we are known there but may not write."""
    whose = f" à « {target.user} »" if target.user else ""
    return Fault(f"ne laisse pas écrire « {path} »", f"Donnez{whose} le droit d’écrire dans {_root(target)}")


def missing(target: Target) -> Fault:
    """Tell that the folder or bucket itself is not there: making it is for whoever owns the place."""
    if target.kind == "s3":
        return Fault(f"n’a pas de dépôt (bucket) « {target.host} »", "Créez-le chez l’hébergeur, ou corrigez url")
    return Fault(f"n’a pas de dossier {_root(target)}", "Créez-le (est-il monté ?), ou corrigez url")


def full(target: Target) -> Fault:
    """Tell that there is no room left."""
    return Fault(
        "n’a plus de place", f"Libérez-y de la place, puis relancez « audionews send {target.name} » : {AGAIN}"
    )


def untrusted(_target: Target) -> Fault:
    """Tell that the server's certificate is not to be trusted."""
    return Fault(
        "présente un certificat qui n’est pas valable", "Vérifiez l’adresse ; l’hébergeur doit renouveler le certificat"
    )


def unknown(error: BaseException, text: str) -> Fault:
    """Tell of what nobody has foreseen; `text` is without secrets."""
    return Fault(f"a échoué ({type(error).__name__} : {text.strip()[:160] or 'sans autre précision'})", "", False)


def of_system(target: Target, error: BaseException, path: str) -> Fault | None:
    """Explain what the system itself says of a file or a connection; None when it says nothing."""
    for one in chain(error):
        number = one.errno if isinstance(one, OSError) else None
        rules = (
            (isinstance(one, ssl.SSLCertVerificationError), untrusted(target)),
            (isinstance(one, PermissionError) or number in {errno.EROFS, errno.EPERM}, readonly(target, path)),
            (isinstance(one, TimeoutError | ConnectionError | socket.gaierror | EOFError), unreachable(target)),
            (number in FULL, full(target)),
            (number in PASSING, unreachable(target)),
            (isinstance(one, FileNotFoundError | NotADirectoryError), missing(target)),
        )
        found = next((fault for holds, fault in rules if holds), None)
        if found:
            return found
    return None


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and what it came from, the last one raised first."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _root(target: Target) -> str:
    return target.path or "/"
