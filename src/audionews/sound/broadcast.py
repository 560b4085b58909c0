"""The head of a Broadcast Wave file: all that stands before the samples, for a station's machine to read. Pure.

Its chunks, in this order, each of an even size, so that a reader that forgets the pad byte finds the next one too:

``bext``  who made it and when, and how loud it is: EBU Tech 3285, version 2 (May 2011).
``fmt ``  plain PCM, 16 or 24 bits.
``cart``  title, dates on air, last words, moments of the programme, script: AES46-2002, version 0101; its fields are
          told on cartchunk.org.
``cue ``  and ``LIST`` of type ``adtl``: a point and a name for each item (see `audionews.riff`).
``data``  the samples follow.

The size does not depend on the loudness: the head is written first, and once more when the meter has read it all.

Where the standards do not settle a matter, what readers do decides:

- Texts of ``bext`` and ``cart`` are ASCII, folded from French, and always end in a zero.
- Days in ``cart`` are written 2025/06/07, as in the draft on cartchunk.org, in the files of public radio in the United
  States and in libsndfile's own. AES46 ended up with hyphens, but wave-chunk-parser 1.5 cannot open a file that has
  them; Rivendell takes any sign there.
- Names of points are UTF-8, as RIFF names no encoding: so ffprobe, ExifTool, wavefile, NAudio, ATL and BWF MetaEdit
  read them. wavinfo must be told (``info_encoding="utf-8"``).
- libsndfile, and all that is built on it, gives a name 255 bytes, and drops a ``cart`` with more than 16 383 of script.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from audionews import __version__, riff
from audionews.errors import AudionewsError
from audionews.sound.grid import RATE
from audionews.sound.meter import Loudness

_BEXT = struct.Struct("<256s32s32s10s8sQH64s5h180s")  # 602 bytes, then the coding history
_CART = struct.Struct("<4s64s64s64s64s64s64s64s10s8s10s8s64s64s64sI64s276s1024s")  # 2048 bytes, then the script
_TIMER = struct.Struct("<4sI")  # what, frames from the start
_UNKNOWN = 0x7FFF  # a level nobody has measured
_LIMIT = 9999  # hundredths: Tech 3285 lets levels go from −99.99 to 99.99
_NAME = 252  # bytes of a point's name
_SCRIPT = 16_000  # bytes of script
_URL = 1023  # bytes
_CUT = b" [...]"

_QUOTES = re.compile(r"«\s*|\s*»")
_LIGATURES = re.compile(r"[ŒÆ](?=[a-zà-ÿ])")  # a capital that only begins a word
_DOUBTS = re.compile(r"\?{2,}")
_LETTERS = "œ:oe Œ:OE æ:ae Æ:AE ß:ss ø:o Ø:O ł:l Ł:L đ:d Đ:D ð:d Ð:D þ:th Þ:Th ı:i ħ:h Ħ:H"
_AFRICAN = "ɛ:e Ɛ:E ɔ:o Ɔ:O ŋ:ng Ŋ:Ng ɲ:ny Ɲ:Ny ɓ:b Ɓ:B ɗ:d Ɗ:D ƙ:k Ƙ:K ƴ:y Ƴ:Y ə:e Ə:E"  # Bambara, Fula, Wolof
_SIGNS = str.maketrans(
    {
        **{pair[0]: pair[2:] for pair in f"{_LETTERS} {_AFRICAN} €:EUR £:GBP ×:x ÷:/ ⁄:/ °:o ·:. ©:(c) ®:(R)".split()},
        **dict.fromkeys("‘’‚‛′‵ʹʼ‹›`", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‒–—―−•‣⁃", "-"),
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the programme, and its name."""

    at_ms: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLabel:
    """What a station's machine is told of a programme, as on the label of a tape cartridge.

    Texts may hold anything: they are folded to ASCII and shortened to the bytes that are named, at a blank if there is
    one.
    """

    title: str  # 63
    artist: str  # 63: the station
    cut_id: str  # 63: number or name in the station's library
    start: datetime  # first day and hour on air, local; the sound is dated by it
    end: datetime  # the kill date: no longer on air from here
    speech_ms: tuple[int, int]  # the first word's start, the last one's end
    next_ms: int | None = None  # when the next event may start; None: once all is heard
    description: str = ""  # 255; many programs show only the first 64
    originator: str = ""  # 31: who made the file
    reference: str = ""  # 31: the maker's own number for it
    category: str = "NEWS"  # 63; NEWS is one of the names in AES46
    classification: str = ""  # 63
    client: str = ""  # 63: who pays, for advertising
    out_cue: str = ""  # 63: the last words
    user: str = ""  # 63: free
    url: str = ""  # 1023; left out when longer, as half an address is none
    text: str = ""  # 16 000: the script, its paragraphs kept
    app: str = "audionews"  # 63
    version: str = __version__  # 63


def head(
    frames: int,
    bits: int,
    label: CartLabel,
    marks: Sequence[Mark],
    levels: Loudness | None,
    *,
    rate: int = RATE,
    channels: int = 2,
) -> bytes:
    """Give a file's first bytes, up to and with the 8 bytes that announce the samples.

    Args:
        frames: of the programme; a frame is one sample of each channel.
        bits: of a sample: 16 or 24, signed, little-endian.
        label: what the station is told.
        marks: the items, in order; one after the end is moved to the end.
        levels: measured; None before the meter has read the file. The size stays the same.
        rate: Hz.
        channels: 1 or 2.

    Raises:
        AudionewsError: the file would be longer than the 4 GB that RIFF can count.
        ValueError: neither 16 nor 24 bits.
    """
    if bits not in {16, 24}:
        raise ValueError(f"{bits} bits")
    size = frames * channels * bits // 8
    if size <= riff.LARGEST:
        parts = b"WAVE" + b"".join(
            (
                riff.chunk(b"bext", _bext(label, levels, rate, channels, bits)),
                riff.pcm(rate, channels, bits),
                riff.chunk(b"cart", _cart(label, frames, rate, bits)),
                _names(marks, frames, rate),
            )
        )
        total = len(parts) + 8 + size + len(tail(frames, bits, channels=channels))
        if total <= riff.LARGEST:
            return b"RIFF" + struct.pack("<I", total) + parts + b"data" + struct.pack("<I", size)
    hours, minutes = divmod(frames // rate // 60, 60)
    raise AudionewsError(
        f"Le programme, de {hours} h {minutes:02d}, est trop long pour un fichier WAV à {bits} bits, limité à 4 Go",
        "Raccourcissez le programme, ou découpez-le en plusieurs parties",
    )


def tail(frames: int, bits: int, *, channels: int = 2) -> bytes:
    """Give what follows the samples: a zero when they are odd in number of bytes, which two channels never are."""
    return bytes(frames * channels * bits // 8 % 2)


def _bext(label: CartLabel, levels: Loudness | None, rate: int, channels: int, bits: int) -> bytes:
    moment = label.start
    midnight = moment.hour * 3600 + moment.minute * 60 + moment.second  # by the clock on the wall, as the hour above
    if levels is None:
        values = [math.nan] * 5
    else:
        values = [levels.integrated, levels.range, levels.true_peak, levels.momentary, levels.short_term]
    program = f"{label.app} {label.version}".replace(",", " ")
    history = f"A=PCM,F={rate},W={bits},M={'mono' if channels == 1 else 'stereo'},T={program}"  # EBU R 98
    fields = _BEXT.pack(
        _field(label.description, 256),
        _field(label.originator, 32),
        _field(label.reference, 32),
        f"{moment.year:04d}-{moment:%m-%d}".encode(),
        f"{moment:%H:%M:%S}".encode(),
        midnight * rate + moment.microsecond * rate // 1_000_000,
        2,
        b"",
        *map(_hundredths, values),
        b"",
    )
    return _even(fields + _field(history, 256) + b"\r\n")


def _hundredths(value: float) -> int:
    """Round to hundredths, halves away from zero (−22.645 → −2265), as Tech 3285 has it."""
    if not math.isfinite(value):
        return _UNKNOWN
    rounded = int(Decimal(str(float(value))).scaleb(2).to_integral_value(ROUND_HALF_UP))
    return rounded if abs(rounded) <= _LIMIT else _UNKNOWN


def _cart(label: CartLabel, frames: int, rate: int, bits: int) -> bytes:
    zone = label.start.tzinfo
    end = label.end.astimezone(zone) if zone and label.end.tzinfo else label.end
    dates = [(f"{one.year:04d}/{one:%m/%d}".encode(), f"{one:%H:%M:%S}".encode()) for one in (label.start, end)]
    texts = (label.title, label.artist, label.cut_id, label.client, label.category, label.classification, label.out_cue)
    fields = _CART.pack(
        b"0101",
        *(_field(text, 64) for text in texts),
        *dates[0],
        *dates[1],
        *(_field(text, 64) for text in (label.app, label.version, label.user)),
        1 << bits - 1,  # the sample at 0 dB full scale: 32768 at 16 bits
        _timers(label, frames, rate),
        b"",
        _address(label.url),
    )
    return _even(fields + _script(label.text))


def _timers(label: CartLabel, frames: int, rate: int) -> bytes:
    """Say where what begins (s) and ends (e), in the names that most stations' machines know.

    AUD is what is heard, INT the music before the first word, which a presenter may speak over, OUT that after the
    last, SEG the time in which the next event may start. Rivendell reads all but OUT; it takes two equal SEG for none.
    """
    first, last = (_frame(at, frames, rate) for at in label.speech_ms)
    following = frames if label.next_ms is None else _frame(label.next_ms, frames, rate)
    timers = [(b"AUDs", 0)]
    if first:
        timers += [(b"INTs", 0), (b"INTe", first)]
    if first < last < frames:
        timers += [(b"OUTs", last), (b"OUTe", frames)]
    timers += [(b"SEGs", following), (b"SEGe", frames), (b"AUDe", frames)]
    return b"".join(_TIMER.pack(*timer) for timer in timers)


def _frame(at_ms: int, frames: int, rate: int) -> int:
    return min(max(at_ms, 0) * rate // 1000, frames)


def _names(marks: Sequence[Mark], frames: int, rate: int) -> bytes:
    if not marks:
        return b""
    names = (
        riff.chunk(b"labl", struct.pack("<I", number) + _even(_name(mark.label)))
        for number, mark in enumerate(marks, start=1)
    )
    points = [_frame(mark.at_ms, frames, rate) for mark in marks]
    return riff.cue(points) + riff.chunk(b"LIST", b"adtl" + b"".join(names))


def _name(text: str) -> bytes:
    """Give a point's name, without what no reader should have to draw: controls, turns of direction, half signs."""
    kept = (" " if sign.isspace() else sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return _shorten(unicodedata.normalize("NFC", " ".join("".join(kept).split())).encode(), _NAME)


def _script(text: str) -> bytes:
    """Give the script, its lines ended by CR and LF."""
    lines = "\n".join(plain(line) for line in text.splitlines()).strip("\n")
    whole = re.sub(r"\n{3,}", "\n\n", lines).replace("\n", "\r\n").encode()
    if len(whole) > _SCRIPT:
        whole = _shorten(whole, _SCRIPT - len(_CUT)) + _CUT
    return whole + b"\r\n" if whole else b""


def _address(url: str) -> bytes:
    printed = "".join(sign for sign in url if sign > " " and unicodedata.category(sign)[0] != "C")
    written = quote(printed, safe="%:/?#[]@!$&'()*+,;=~").encode()
    return written if len(written) <= _URL else b""


def _field(text: str, size: int) -> bytes:
    return _shorten(plain(text).encode(), size - 1)


def plain(text: str) -> str:
    """Write a line in ASCII as a French reader would: « L’œuvre » → "L'oeuvre"; what has no letters is left out.

    A word in another alphabet becomes a question mark.
    """
    straight = _QUOTES.sub('"', _LIGATURES.sub(lambda found: "Oe" if found[0] == "Œ" else "Ae", text))
    signs = unicodedata.normalize("NFKD", straight).translate(_SIGNS)
    return _DOUBTS.sub("?", " ".join("".join(map(_ascii, signs)).split()))


def _ascii(sign: str) -> str:
    if sign.isspace() or unicodedata.category(sign) == "Cc":
        return " "
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return "?" if sign.isalpha() else ""


def _shorten(text: bytes, size: int) -> bytes:
    """Shorten UTF-8 at a blank if one stands in the second half; a letter of several bytes is never left broken."""
    if len(text) <= size:
        return text
    blank = max(text.rfind(b" ", 0, size + 1), text.rfind(b"\n", 0, size + 1))
    return text[: blank if blank > size // 2 else size].decode("utf-8", "ignore").rstrip().encode()


def _even(content: bytes) -> bytes:
    """End in at least one zero, and on an even number of bytes."""
    return content + bytes(1 + (len(content) + 1) % 2)
