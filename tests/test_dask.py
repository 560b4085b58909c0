"""Clips made by a Dask cluster: the same as here, whatever happens to the cluster."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from audionews.desk import registry
from audionews.desk.dask import LIMITS, Dask, Limits
from audionews.desk.workers import engine_of, hire
from audionews.errors import MissingExtraError
from audionews.station import Workers as Choice
from audionews.voices import work
from audionews.voices.work import Failure, Order, Result, Threads
from tests.dask_helpers import Cluster, freeze, install, until

SHORT = Limits(answer=1.0, worker=1.0, clip=2.0)


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = install(tmp_path_factory.mktemp("plugins"))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        registry._entries.cache_clear()
        yield folder
    registry._entries.cache_clear()


@pytest.fixture
def cluster(tmp_path: Path, plugins: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path / "cluster", plugins) as made:
        yield made


def orders(count: int, pause: float = 0.0, what: str = "La phrase") -> list[Order]:
    engine = registry.voice("cloche", {"pause": pause}, "", 1.0)
    return [work.order(engine, f"{what}, {'vraiment ' * (at % 5)}{at}.") for at in range(count)]


def never(_order: Order) -> bool:
    return False


class Recorder:
    """Workers of this process that remember what they were asked."""

    def __init__(self) -> None:
        self.asked: list[Order] = []
        self.said: list[str] = []
        self.threads = Threads(2, engine_of)

    def run(self, orders: Sequence[Order], unwanted: object = None) -> Iterator[tuple[Order, Result]]:
        self.asked += orders
        return self.threads.run(orders, never)


def here(asked: Sequence[Order]) -> dict[Order, Result]:
    return dict(Threads(2, engine_of).run(asked, never))


def dask(address: str, local: Recorder, limits: Limits = LIMITS) -> Dask:
    return Dask(address, local, local.said.append, limits)


def test_clips_of_a_cluster_are_those_made_here_byte_for_byte(cluster: Cluster) -> None:
    asked, local = orders(30), Recorder()
    for _ in range(2):  # with one worker, then with two
        cluster.worker()
        found = list(dask(cluster.address.replace("tcp://", "dask://"), local).run(asked, never))
        assert len(found) == len(asked)
        assert dict(found) == here(asked)
    assert (local.asked, local.said) == ([], [])


@pytest.mark.neural
def test_the_neural_voice_sounds_the_same_on_a_cluster(cluster: Cluster) -> None:
    engine = registry.voice("kokoro", {}, "", 1.0)
    asked = [work.order(engine, text) for text in ("Le marché ouvre demain.", "La pluie est attendue ce soir.")]
    cluster.worker()
    local = Recorder()
    assert dict(dask(cluster.address, local).run(asked, never)) == here(asked)
    assert (local.asked, local.said) == ([], [])


def test_the_work_of_a_killed_worker_is_done_by_the_others(cluster: Cluster) -> None:
    asked, local = orders(24, pause=0.1), Recorder()
    first, _ = cluster.worker(), cluster.worker()
    running = dask(cluster.address, local).run(asked, never)
    found = [next(running)]
    until(lambda: len(cluster.read()) == 2)
    first.kill()
    found += running
    assert len(found) == len(asked)
    assert dict(found) == here(asked)
    assert (local.asked, local.said) == ([], [])


def test_a_worker_that_joins_late_takes_its_share(cluster: Cluster) -> None:
    asked, local = orders(80, pause=0.05), Recorder()
    cluster.worker()
    running = dask(cluster.address, local).run(asked, never)
    found = [next(running)]
    cluster.worker()
    found += running
    shares = sorted(len(texts) for texts in cluster.read().values())
    assert len(shares) == 2 and shares[0] >= 5
    assert dict(found) == here(asked)


def test_what_all_dead_workers_had_begun_is_given_to_those_that_come(cluster: Cluster) -> None:
    asked, local = orders(12, pause=0.1), Recorder()
    first = cluster.worker()
    running = dask(cluster.address, local).run(asked, never)
    found = [next(running)]
    first.kill()
    cluster.worker()
    found += running
    assert len(found) == len(asked)
    assert (local.asked, local.said) == ([], [])


def test_without_any_worker_everything_is_made_here(cluster: Cluster) -> None:
    asked, local = orders(5), Recorder()
    start = time.monotonic()
    assert dict(dask(cluster.address, local, SHORT).run(asked, never)) == here(asked)
    assert time.monotonic() - start < 5
    assert len(local.asked) == 5
    assert local.said == [
        f"La grappe {cluster.address} n’a aucun poste au travail : ce qui manque est lu ici (phrases : 5)."
    ]


def test_a_worker_that_hangs_does_not_hold_up_the_bulletin(cluster: Cluster) -> None:
    asked, local = orders(12, pause=0.1), Recorder()
    worker = cluster.worker()
    running = dask(cluster.address, local, SHORT._replace(worker=30)).run(asked, never)
    found = [next(running)]
    freeze(worker)
    found += running
    assert dict(found) == here(asked)
    assert len(found) == len(asked)
    assert "n’a rien rendu en 2 s" in local.said[0]


@pytest.mark.parametrize("fate", ["dies", "hangs"])
def test_a_scheduler_lost_in_the_middle_costs_one_remark(
    cluster: Cluster, fate: str, capfd: pytest.CaptureFixture[str]
) -> None:
    asked, local = orders(12, pause=0.1), Recorder()
    cluster.worker()
    before = set(threading.enumerate())
    workers = dask(cluster.address, local, SHORT._replace(answer=3, worker=30))
    running = workers.run(asked, never)
    found = [next(running) for _ in range(3)]
    assert not local.asked  # a busy machine's cluster may be slow to answer; then there is nothing to lose
    start = time.monotonic()
    if fate == "dies":
        cluster.scheduler.kill()
    else:
        freeze(cluster.scheduler)
    found += running
    assert time.monotonic() - start < 20
    assert dict(found) == here(asked)
    assert len(found) == len(asked)
    assert len(local.asked) <= 9  # what came back is kept
    assert local.said == [
        f"La grappe {cluster.address} ne répond plus : ce qui manque est lu ici (phrases : {len(local.asked)})."
    ]
    assert len(list(workers.run(asked, never))) == len(asked)  # it is not waited for a second time
    assert len(local.said) == 1
    until(lambda: not {one for one in threading.enumerate() if one.name != "speak"} - before)
    assert capfd.readouterr() == ("", "")


def test_a_scheduler_that_is_not_there_costs_one_remark(plugins: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = orders(3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call and says nothing
        for address in ("tcp://127.0.0.1:9", f"tcp://127.0.0.1:{silent.getsockname()[1]}"):
            local, start = Recorder(), time.monotonic()
            assert dict(dask(address, local, SHORT).run(asked, never)) == here(asked)
            assert time.monotonic() - start < 5
            assert local.said == [f"La grappe {address} ne répond pas : ce qui manque est lu ici (phrases : 3)."]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"CLOCHE_STRANGER": "9.9"}, "audionews 9.9 y est installé, et"),
        ({"CLOCHE_STRANGER": "absent"}, "audionews n’y est pas installé"),
        ({"CLOCHE_VERSION": "2"}, "cloche:grave y est en version 2+"),
        ({"CLOCHE_FAULT": "absent"}, "La cloche n’est pas installée. pip install cloche"),
    ],
)
def test_a_worker_that_could_sound_otherwise_is_named_and_left_out(
    cluster: Cluster, environment: dict[str, str], why: str
) -> None:
    asked, local = orders(20, pause=0.02), Recorder()
    stranger = cluster.worker(**environment)
    running = dask(cluster.address, local, SHORT._replace(worker=30)).run(asked, never)
    alone = dict(running)  # no other worker is there: made here at once
    assert alone == here(asked)
    assert len(local.asked) == 20
    assert why in local.said[0] and "Le poste tcp://127.0.0.1:" in local.said[0]
    assert "n’a aucun poste qui convienne" in local.said[1]
    cluster.worker()
    until(lambda: _workers(cluster) == 2)
    local = Recorder()
    assert dict(dask(cluster.address, local).run(asked, never)) == here(asked)
    assert local.asked == [] and len(local.said) == 1
    assert stranger.pid not in cluster.read()


def test_a_scheduler_without_the_program_is_told_plainly(tmp_path: Path, plugins: Path) -> None:
    asked, local = orders(3), Recorder()
    with Cluster(tmp_path / "cluster", plugins, scheduler={"CLOCHE_STRANGER": "absent"}) as cluster:
        cluster.worker()
        assert dict(dask(cluster.address, local, SHORT._replace(worker=30)).run(asked, never)) == here(asked)
    assert local.said == [
        f"La grappe {cluster.address} n’a pas audionews sur son ordonnanceur : ce qui manque est lu ici (phrases : 3)."
    ]


def test_what_a_worker_cannot_read_is_tried_once_more_here(cluster: Cluster) -> None:
    asked, local = orders(4), Recorder()
    cluster.worker(CLOCHE_FAULT="panne")
    assert dict(dask(cluster.address, local).run(asked, never)) == here(asked)
    assert len(local.asked) == 4
    assert local.said == [f"Ce que la grappe {cluster.address} n’a pas su lire est relu ici (La cloche est fêlée)."]


def test_what_nobody_can_read_is_a_failure_with_its_reason(cluster: Cluster) -> None:
    asked = orders(1, what="illisible")
    cluster.worker()
    assert dict(dask(cluster.address, Recorder()).run(asked, never)) == {
        asked[0]: Failure("La cloche est fêlée", "Changez de cloche")
    }


def test_orders_no_longer_wanted_are_not_begun(cluster: Cluster) -> None:
    asked, local, found = orders(40, pause=0.05), Recorder(), list[Order]()
    cluster.worker()
    for one, _ in dask(cluster.address, local).run(asked, lambda _one: len(found) >= 3):
        found.append(one)
    assert len(found) < 8
    assert sum(map(len, cluster.read().values())) < 10
    assert local.asked == []


def test_orders_of_two_bulletins_at_once_are_made_once(cluster: Cluster) -> None:
    asked = orders(12, pause=0.1)
    cluster.worker()
    until(lambda: _workers(cluster) == 1)
    found: list[dict[Order, Result]] = []

    def build() -> None:
        found.append(dict(dask(cluster.address, Recorder()).run(asked, never)))

    both = [threading.Thread(target=build) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert found == [here(asked)] * 2
    assert sum(map(len, cluster.read().values())) <= 16  # one of the two may be a little ahead


def test_a_run_that_is_broken_off_leaves_nothing_behind(cluster: Cluster) -> None:
    asked, local = orders(40, pause=0.05), Recorder()
    cluster.worker()
    before = set(threading.enumerate())
    running = dask(cluster.address, local).run(asked, never)
    next(running)
    running.close()  # type: ignore[attr-defined]
    until(lambda: not set(threading.enumerate()) - before)
    time.sleep(0.3)
    assert sum(map(len, cluster.read().values())) < 10
    assert local.asked == []


def test_nothing_is_asked_of_a_cluster_when_there_is_nothing_to_make() -> None:
    local = Recorder()
    assert list(dask("tcp://127.0.0.1:9", local).run([], never)) == []
    assert local.said == []


def test_a_station_hires_the_cluster_it_names(plugins: Path) -> None:
    assert isinstance(hire(Choice(dask="dask://127.0.0.1:8786/"), print), Dask)
    assert isinstance(hire(Choice(), print), Threads)


def test_without_dask_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("audionews.desk.dask.find_spec", lambda name: None if name == "distributed" else find(name))
    with pytest.raises(MissingExtraError, match=r"audionews\[cluster\]"):
        Dask("dask://127.0.0.1:8786", Recorder(), print)


def test_dask_is_loaded_only_when_it_works() -> None:
    code = (
        "import sys; from audionews.desk.workers import hire; from audionews.station import Workers;"
        "hire(Workers(dask='dask://127.0.0.1:8786'), print); print('distributed' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "False\n"


def _workers(cluster: Cluster) -> int:
    """Count the workers the scheduler knows, by its own log."""
    return (cluster.folder / "scheduler.log").read_text("utf-8", "replace").count("Register worker")
