"""Carry a plan out: phase after phase, with patience for a network that comes and goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice

from audionews.errors import AudionewsError
from audionews.targets.local import Site
from audionews.targets.place import Place
from audionews.targets.plan import Plan
from audionews.targets.state import UNSURE, Sent

PAUSES = (1.0, 4.0, 15.0)  # seconds before each further try of a file
SAVED = 3.0  # seconds between two states on the disk

Headers = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transfer is."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int


def send(
    plan: Plan,
    site: Site,
    place: Place,
    sent: Sent,
    headers: Headers,
    *,
    tell: Callable[[Progress], None] = lambda _progress: None,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Send and delete what the plan says; `sent` is kept true, in memory and on the disk, however it ends.

    Args:
        plan: what is to be done.
        site: where the files are.
        place: where they go.
        sent: what is there; changed.
        headers: path → HTTP headers, for stores that keep them.
        tell: is told after each file.
        pause: waits as many seconds.
        clock: seconds that only go forward.

    Raises:
        AudionewsError: a file could not be sent or deleted, after some tries when trying again may help.
    """
    work = _Work(
        site, place, sent, headers, pause, clock, tell, len(plan.sent), sum(map(site.sizes.__getitem__, plan.sent))
    )
    # Written down before the first byte travels: were this process killed between a file and the next saving,
    # the state would tell of the former file, and a later return to it would never be sent.
    sent.files.update(dict.fromkeys((*plan.deleted, *plan.sent), UNSURE))
    sent.save()
    try:
        work.delete(plan.withdrawn)
        for phase in plan.sends:
            work.put(phase)
        work.delete(plan.deletes)
    finally:
        place.close()
        sent.save()


class _Work:
    """The two things that are done to a target, and what is kept of them."""

    def __init__(
        self,
        site: Site,
        place: Place,
        sent: Sent,
        headers: Headers,
        pause: Callable[[float], None],
        clock: Callable[[], float],
        tell: Callable[[Progress], None],
        files: int,
        size: int,
    ) -> None:
        self._site, self._place, self._sent, self._headers = site, place, sent, headers
        self._pause, self._clock, self._tell = pause, clock, tell
        self._files, self._bytes, self._of_files, self._of_bytes = 0, 0, files, size
        self._saved = clock()

    def put(self, paths: Iterable[str]) -> None:
        """Send files, as many at once as the place takes; the first failure stops all of them."""
        if self._place.parallel == 1:
            for path in paths:
                self._put(path)
                self._arrived(path)
            return
        rest = iter(paths)
        with ThreadPoolExecutor(self._place.parallel) as pool:
            running = {pool.submit(self._put, path): path for path in islice(rest, self._place.parallel)}
            while running:
                done, _others = wait(running, return_when=FIRST_COMPLETED)
                failed = None
                for one in done:
                    path = running.pop(one)
                    if one.exception() is None:
                        self._arrived(path)
                    failed = failed or one.exception()
                if failed:  # those under way are waited for by the pool, and stay unsure
                    raise failed
                running |= {pool.submit(self._put, path): path for path in islice(rest, len(done))}

    def delete(self, paths: Iterable[str]) -> None:
        """Delete files, one after another."""
        for path in paths:
            self._patiently(partial(self._place.delete, path), path)
            del self._sent.files[path]
            self._save()

    def _put(self, path: str) -> None:
        self._patiently(partial(self._place.put, self._site.folder / path, path, self._headers(path)), path)
        try:
            same = self._site.unchanged(path)
        except OSError:
            same = False
        if not same:
            raise _moved(path)

    def _patiently(self, act: Callable[[], None], path: str) -> None:
        """Do something, again and again while trying again may help."""
        for wait_s in (*PAUSES, None):
            try:
                act()
            except AudionewsError:
                raise
            except Exception as error:
                if not (self._site.folder / path).exists() and path in self._site.digests:
                    raise _moved(path) from error
                fault = self._place.explain(error, path)
                if wait_s is None or not fault.passing:
                    raise fault.error(self._place.target) from error
                if self._place.parallel == 1:  # where there are several, they share what reconnects by itself
                    self._place.close()
                self._pause(wait_s)
            else:
                return

    def _arrived(self, path: str) -> None:
        self._sent.files[path] = self._site.digests[path]
        self._files += 1
        self._bytes += self._site.sizes[path]
        self._tell(Progress(self._files, self._of_files, self._bytes, self._of_bytes))
        self._save()

    def _save(self) -> None:
        if self._clock() - self._saved >= SAVED:
            self._sent.save()
            self._saved = self._clock()


def _moved(path: str) -> AudionewsError:
    return AudionewsError(f"« {path} » a changé pendant l’envoi", "Relancez « audionews send »")
