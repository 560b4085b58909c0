"""The espeak-ng library in this process: text to phonemes, text to samples.

Its state belongs to the whole process and to one thread at a time, hence the lock round every call.
Constants and signatures come from espeak-ng's ``speak_lib.h`` (1.52).
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

from audionews.errors import AudionewsError
from audionews.voices.mnemonics import marked

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: nothing is played, samples come by the callback before the return
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_UTF8 = 1  # espeakCHARS_UTF8
_MNEMONICS = 0x100  # espeakPHONEMES: what stands between [[ ]] is sounds
_IPA_TIED = 0x02 | 0x80 | (ord("^") << 8)  # IPA names, "^" between the letters of one phoneme
_RATE, _PITCH = 1, 3  # espeak_PARAMETER
_LONGEST = 50  # seconds for one sentence, which takes some hundredths

_lock = threading.Lock()
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
_deaf = _Callback(lambda _wave, _count, _events: 0)  # kept for as long as the library may call it


@cache
def data_folder() -> Path:
    """Give the folder of espeak-ng's dictionaries and voices."""
    import espeakng_loader

    return Path(espeakng_loader.get_data_path())


def phonemes(text: str, voice: str = "fr") -> str:
    """Give the IPA phonemes of a text without punctuation, clauses joined by blanks, ties written ``^``.

    Args:
        text: spoken French; sounds may stand between slashes in place of a word, ``"à /abudʒa/"``.
        voice: espeak's name of the language or accent.
    """
    with _lock:
        library, _ = _loaded(voice)
        pointer = ctypes.c_char_p(marked(text).encode("utf-8"))
        clauses = []
        while pointer.value is not None:  # each call reads one clause and moves the pointer; NULL at the end
            clause = library.espeak_TextToPhonemes(ctypes.byref(pointer), _UTF8, _IPA_TIED)
            clauses.append((clause or b"").decode("utf-8", "replace"))
    return " ".join(clause.strip() for clause in clauses if clause.strip())


def samples(text: str, voice: str, words_per_minute: int, pitch: int) -> tuple[bytes, int]:
    """Speak a text.

    Args:
        text: what to say; sounds may stand between slashes, as for `phonemes`.
        voice: an espeak voice: ``"fr"``, ``"fr+f3"``.
        words_per_minute: espeak's own measure of pace, 80 to 450.
        pitch: 0 to 99.

    Returns:
        Mono 16-bit PCM and its rate in Hz.

    Raises:
        AudionewsError: espeak-ng refused the text, or took too long.
    """
    # The library's sound depends on all that it has said before: only a new process gives the same bytes each time.
    command = [sys.executable, "-P", "-m", __name__, voice, str(words_per_minute), str(pitch)]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_LONGEST, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise AudionewsError("espeak-ng n’a pas lu une phrase", "Essayez une autre voix : --voice kokoro") from error
    return done.stdout[4:], int.from_bytes(done.stdout[:4], "little")


def _spoken_here(text: str, voice: str, words_per_minute: int, pitch: int) -> tuple[bytes, int]:
    received: list[bytes] = []

    def receive(wave: Any, count: int, _events: Any) -> int:
        if wave and count > 0:
            received.append(ctypes.string_at(wave, count * 2))
        return 0

    callback = _Callback(receive)
    spoken = marked(text).encode("utf-8")
    with _lock:
        library, rate = _loaded(voice)
        library.espeak_ng_SetRandSeed(ctypes.c_long(1))  # of the breath in some voices
        library.espeak_SetSynthCallback(callback)
        library.espeak_SetParameter(_RATE, words_per_minute, 0)
        library.espeak_SetParameter(_PITCH, pitch, 0)
        status = _synth(library, spoken)
        library.espeak_SetSynthCallback(_deaf)  # ours is about to be freed
    if status != 0:
        raise AudionewsError(
            f"espeak-ng a refusé une phrase (code {status})", "Essayez une autre voix : --voice kokoro"
        )
    return b"".join(received), rate


def _synth(library: Any, text: bytes) -> int:
    return int(library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 0, 0, _UTF8 | _MNEMONICS, None, None))


def _loaded(voice: str) -> tuple[Any, int]:
    library, rate = _library()
    if library.espeak_SetVoiceByName(voice.encode("utf-8")) != 0:
        raise AudionewsError(f"espeak-ng ne connaît pas la voix « {voice} »", "Essayez fr, fr-be ou fr-ch")
    return library, rate


@cache
def _library() -> tuple[Any, int]:
    import espeakng_loader

    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise AudionewsError(
            f"espeak-ng ne se charge pas ({error})",
            "Réinstallez-le : pip install --force-reinstall espeakng-loader",
        ) from error
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rate = library.espeak_Initialize(_SYNCHRONOUS, 1, str(data_folder()).encode("utf-8"), _DONT_EXIT)
    if rate <= 0:
        raise AudionewsError(
            "espeak-ng n’a pas trouvé ses dictionnaires",
            "Réinstallez-le : pip install --force-reinstall espeakng-loader",
        )
    # espeak_TextToPhonemes has no flag for mnemonics: it goes by that of the last espeak_Synth of the process.
    library.espeak_SetSynthCallback(_deaf)
    _synth(library, b"")
    return library, int(rate)


if __name__ == "__main__":
    _sound, _hertz = _spoken_here(sys.stdin.buffer.read().decode(), sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(_hertz.to_bytes(4, "little") + _sound)
