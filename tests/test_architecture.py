"""The house keeps its plan: imports go one way, heavy libraries load late, modules stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "audionews"
FLOOR = {
    "model",
    "rules",
    "language",
    "errors",
    "settings",
    "station",
    "ffmpeg",
    "files",
    "riff",
    "tables",
    "__init__",
    "templates",
}
ROOMS = {"articles", "condense", "script", "proof", "voices", "sound", "publish", "targets"}
ALLOWED = {
    "french": FLOOR,
    **{room: FLOOR | {"french"} for room in ROOMS},
    "desk": FLOOR | ROOMS | {"french"},
    "cli": FLOOR | ROOMS | {"french", "desk"},
    "__main__": {"cli"},
}
HEAVY = {
    "numpy",
    "onnxruntime",
    "pydub",
    "feedgen",
    "lxml",
    "PIL",
    "trafilatura",
    "feedparser",
    "certifi",
    "rensa",
    "requests",
    "rcssmin",
    "rjsmin",
    "markupsafe",
    "uvicorn",
    "jinja2",
    "mutagen",
    "gtts",
    "py3langid",
    "spacy",
    "imageio_ffmpeg",
    "espeakng_loader",
    "msgspec",
    "fsspec",
    "s3fs",
    "botocore",
    "paramiko",
    "webdav4",
    "keyring",
    "sqlite3",
}
MODULES = sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "audionews"}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    allowed = ALLOWED.get(room, FLOOR) | {room}
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("audionews.")}
    known = FLOOR | ROOMS | {"french", "desk", "cli"}
    assert (rooms & known) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_libraries_load_late(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported(path, top_level_only=True)}
    assert not (tops & HEAVY) - ({"sqlite3"} if path.name == "ledger.py" else set())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 360


def test_only_the_pipeline_knows_the_order() -> None:
    names = ("stages.py", "voicing.py", "sounding.py", "publishing.py")
    files = [ast.parse((SOURCE / "desk" / name).read_text("utf-8")) for name in names]
    functions = {node.name for one in files for node in one.body if isinstance(node, ast.FunctionDef)}
    work = {"articles", "rundown", "script", "clips", "timeline", "bulletin", "episode"}
    assert work <= functions
    called = {
        node.func.id
        for one in files
        for node in ast.walk(one)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not work & called


def test_importing_the_program_loads_nothing_heavy() -> None:
    code = (
        "import sys, audionews, audionews.cli.main, audionews.desk.pipeline;"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & (HEAVY - {"sqlite3"})
