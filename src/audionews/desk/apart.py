"""Work done in a process of its own: what it has loaded is gone from memory when it ends.

The parser and the tables of the newsroom weigh 250 MB, and so does the network of a voice; whoever rents a small
machine pays for the larger of the two, not for both.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from typing import Any

from audionews.errors import AudionewsError


def apart(work: Callable[[], None]) -> None:
    """Do a work that leaves nothing but files, in a copy of this process; what it says is said as from here.

    Raises:
        AudionewsError: the process was killed.
        BaseException: what the work itself raised, its trace in the notes.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_done, args=(work, theirs))
    child.start()
    theirs.close()
    try:
        failure = ours.recv()
    except EOFError:
        failure = AudionewsError(
            "La préparation du texte a été arrêtée par le système", "Libérez de la mémoire, puis relancez la commande"
        )
    finally:
        child.join()
    if failure is not None:
        raise failure


def _done(work: Callable[[], None], pipe: Any) -> None:
    with suppress(OSError, AttributeError):  # Linux: whoever is killed takes it along (prctl(2), PR_SET_PDEATHSIG)
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    failure: BaseException | None = None
    try:
        work()
    except BaseException as error:
        error.add_note(traceback.format_exc())
        failure = error
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment ago
        except Exception:  # one that cannot travel, of a foreign package: its name and words do
            failure = RuntimeError(f"{type(error).__name__} : {error}")
    pipe.send(failure)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # nothing that is the parent's is closed or taken away here
