"""Who makes the clips: threads of this process, or the workers of a cluster."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import lru_cache

from audionews.desk import registry
from audionews.errors import AudionewsError
from audionews.station import Workers as Choice
from audionews.voices.base import Engine
from audionews.voices.work import HINT, Order, Threads, Workers

MOST = 4  # threads, when the station does not say: each takes about 100 MB for its sentence


def hire(choice: Choice, say: Callable[[str], None]) -> Workers:
    """Give the workers a station has chosen.

    Args:
        choice: its table ``[workers]``.
        say: told what the operator should know, in French, one line.

    Raises:
        MissingExtraError: a cluster is asked for, and its package is not installed.
    """
    local = Threads(choice.threads or min(MOST, len(os.sched_getaffinity(0))), engine_of)
    if not choice.dask:
        return local
    from audionews.desk.dask import Dask

    return Dask(choice.dask, local, say)


@lru_cache(maxsize=64)
def _engine(name: str, options: str, voice: str, speed: float) -> Engine:
    engine: Engine = registry.voice(name, json.loads(options), voice, speed)
    return engine


def engine_of(order: Order) -> Engine:
    """Build the engine an order names, once in this process.

    Raises:
        AudionewsError: this machine does not have it, or it cannot be built.
    """
    try:
        return _engine(order.engine, order.options, order.voice, order.speed)
    except AudionewsError:
        raise
    except Exception as error:  # a foreign engine may fail in any way
        raise AudionewsError(
            f"Le moteur {order.engine} n’a pas pu être préparé ({type(error).__name__} : {error})", HINT
        ) from error
