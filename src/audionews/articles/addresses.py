"""Which machines a source may be fetched from: public ones only, unless the station says otherwise."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, NamedTuple

from audionews.articles.errors import FetchError

NAT64 = ipaddress.ip_network("64:ff9b::/96")  # holds an IPv4 address in its last 32 bits


class Place(NamedTuple):
    """One address of a host, as `socket.connect` takes it."""

    family: socket.AddressFamily
    address: tuple[Any, ...]


def places(host: str, port: int, allow_private: bool = False) -> tuple[Place, ...]:
    """Look a host up and keep the addresses that may be connected to.

    The caller connects to one of these, never to the name again: a name that answers otherwise the second
    time (DNS rebinding) gains nothing.

    Args:
        host: a name or an address.
        port: of the service.
        allow_private: whether this machine and the local network may be reached too.

    Raises:
        FetchError: the name is unknown, or none of its addresses may be reached.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"l’hôte « {host} » est introuvable", passing=True) from None
    kept = tuple(
        Place(family, address)
        for family, _, _, _, address in found
        if isinstance(address[0], str) and (allow_private or is_public(address[0]))
    )
    if not kept:
        raise FetchError(f"« {host} » est une adresse privée ou locale, refusée (allow_private l’autorise)")
    return kept


def is_public(text: str) -> bool:
    """Tell whether an address lies on the public network; the IPv4 address inside an IPv6 one counts."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            address = inner
    return address.is_global and not address.is_multicast
