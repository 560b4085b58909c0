"""A work done in a process of its own leaves its files, and its failure is raised as here."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from audionews.desk.apart import apart
from audionews.errors import AudionewsError, UsageError


def failing(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_its_files_stay_and_what_it_has_loaded_goes(tmp_path: Path) -> None:
    loaded: list[int] = []

    def work() -> None:
        loaded.append(os.getpid())
        (tmp_path / "made").write_text(str(os.getpid()), "utf-8")

    apart(work)
    assert int((tmp_path / "made").read_text("utf-8")) != os.getpid()
    assert loaded == []


def test_a_failure_of_ours_keeps_its_kind_its_words_and_its_trace() -> None:
    with pytest.raises(UsageError, match="Le format manque") as caught:
        apart(failing(UsageError("Le format manque", "Écrivez journal")))
    assert (caught.value.message, caught.value.hint) == ("Le format manque", "Écrivez journal")
    assert any("failing.<locals>.work" in note or "in work" in note for note in caught.value.__notes__)


def test_other_failures_are_those_they_were() -> None:
    with pytest.raises(OSError, match="plus de place") as caught:
        apart(failing(OSError(errno.ENOSPC, "plus de place")))
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(KeyboardInterrupt):
        apart(failing(KeyboardInterrupt()))


def test_one_that_cannot_travel_is_told() -> None:
    class LocalError(Exception):
        pass

    with pytest.raises(RuntimeError, match="LocalError : ailleurs"):
        apart(failing(LocalError("ailleurs")))


def test_one_that_is_killed_is_told() -> None:
    with pytest.raises(AudionewsError, match="arrêtée par le système"):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL))
