"""Bytes → text, or the reason in French why they are not text that can be read."""

from __future__ import annotations

import re

MAGIC = {
    b"%PDF": "c’est un PDF",
    b"PK\x03\x04": "c’est une archive ou un document bureautique (.docx, .odt)",
    b"{\\rtf": "c’est un document RTF",
    b"\xd0\xcf\x11\xe0": "c’est un ancien document Word",
    b"\x1f\x8b": "c’est un fichier compressé",
    b"\xff\xd8\xff": "c’est une image",
    b"\x89PNG": "c’est une image",
}
# What a French text may hold outside ASCII; anything else in a one-byte encoding betrays another encoding.
FRENCH = frozenset("àâäáãçéèêëîïíñôöóùûüúÿœæÀÂÄÁÇÉÈÊËÎÏÍÑÔÖÓÙÛÜÚŸŒÆ«»‹›‘’‚“”„–—…•·°€£§²³½¼¾©®™ª´\xa0\xad")
MOJIBAKE = re.compile("Ã[\xa0-\xbf]|â€|Â[«»\xa0°]")
# The declared encodings that are believed when the bytes are not UTF-8; browsers too read Latin-1 as Windows-1252.
BELIEVED = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-15", "latin-9", "latin9"), "iso-8859-15"),
    **dict.fromkeys(("macintosh", "mac-roman", "x-mac-roman"), "mac-roman"),
    **dict.fromkeys(("utf-16le", "utf-16-le"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be"), "utf-16-be"),
}
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)


class UndecodableError(ValueError):
    """These bytes are not a text; the message says why, in French."""


def declared(data: bytes, content_type: str = "") -> str:
    """Give the encoding that a server, a page or a feed says it is in; "" when none does.

    Args:
        data: the whole page or feed; its head is looked at.
        content_type: the server's header of that name, which goes before.
    """
    named = DECLARED.search(content_type.encode("ascii", "replace")) or DECLARED.search(data[:2048])
    return named[1].decode().lower() if named else ""


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Read bytes as text.

    Args:
        data: the whole file.
        encoding: the one it is said to be in; the bytes are believed first, for pages lie.

    Returns:
        The text with ``\\n`` line ends and no byte-order mark, and a remark in French ("" when all is well).

    Raises:
        UndecodableError: empty, binary, or in an encoding that cannot be told.
    """
    if not data.strip():
        raise UndecodableError("fichier vide")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise UndecodableError(f"{what}, pas un texte : enregistrez-le en texte UTF-8")
    text, remark = _to_text(data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    if MOJIBAKE.search(text):
        text, remark = _repair(text)
    controls = len(re.findall(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text))
    if controls * 100 > len(text) or "\x00" in text:
        raise UndecodableError("fichier binaire, pas un texte")
    if text.count("\ufffd") * 500 > len(text):
        raise UndecodableError("des lettres ont été perdues (�) : reprenez le texte à sa source")
    if not text.strip():
        raise UndecodableError("fichier vide")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "", text), remark


def _to_text(data: bytes, encoding: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "lu en UTF-16 ; UTF-8 est préférable"
        except UnicodeDecodeError:
            raise UndecodableError("encodage illisible : UTF-16 abîmé") from None
    believed = BELIEVED.get(encoding.lower(), "")
    if b"\x00" in data and not believed.startswith("utf-16"):
        raise UndecodableError("fichier binaire, ou UTF-16 sans marque d’ordre : enregistrez-le en UTF-8")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return _otherwise(data, believed, error)


def _otherwise(data: bytes, believed: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Read as the declared encoding or Windows-1252 (Latin-1 is a part of it), if what comes out looks like French."""
    for name in filter(None, (believed, "cp1252")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [letter for letter in text if not letter.isascii()]
        if foreign and sum(letter in FRENCH for letter in foreign) >= 0.9 * len(foreign):
            return text, "" if name == believed else "lu en Windows-1252 (Latin-1) ; UTF-8 est préférable"
    if error.start > 0 and (text := data.decode("utf-8", "replace")).count("\ufffd") * 500 <= len(text):
        return text, "quelques octets ne sont pas de l’UTF-8 : des lettres ont été perdues"
    raise UndecodableError("encodage illisible, ni UTF-8 ni Windows-1252 : enregistrez-le en UTF-8")


def _repair(text: str) -> tuple[str, str]:
    """Undo UTF-8 that was once read as Windows-1252 and saved so ("Ã©" for "é")."""
    try:
        return text.encode("cp1252").decode("utf-8"), "accents abîmés par un double encodage, réparés"
    except UnicodeError:
        if len(MOJIBAKE.findall(text)) * 500 > len(text):
            raise UndecodableError("accents abîmés par un double encodage : reprenez le texte à sa source") from None
        return text, "quelques accents sont abîmés par un double encodage"
