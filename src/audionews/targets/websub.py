"""Tell a WebSub hub that feeds have changed, so that apps need not ask (W3C WebSub; PubSubHubbub 0.4, section 7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from audionews.errors import AudionewsError, UsageError

SECONDS = 10.0


def check_hub(hub: str) -> None:
    """See whether an address may be a hub's.

    Raises:
        UsageError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(hub)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if not good:
        raise UsageError(
            "[podcast] hub n’est pas l’adresse d’un hub WebSub", 'Écrivez par exemple "https://hub.example/"'
        )


def ping(hub: str, address: str) -> None:
    """Tell a hub that the feed at `address` has changed.

    Raises:
        AudionewsError: it cannot be reached, or answers otherwise than with 2xx.
    """
    import requests

    told = {"hub.mode": "publish", "hub.url": address}
    host = urlsplit(hub).hostname
    try:
        answer = requests.post(hub, data=told, timeout=SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        raise AudionewsError(
            f"Le hub WebSub {host} ne répond pas ; les applications verront le flux à leur heure"
        ) from error
    if not 200 <= answer.status_code < 300:
        raise AudionewsError(f"Le hub WebSub {host} a refusé {address} (réponse HTTP {answer.status_code})")
