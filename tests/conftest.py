"""Fixtures for every test: nothing is written outside tmp, no clock, no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import audionews  # noqa: F401 - before numpy, which reads once how many threads to use
from tests.clients import Radio, found, radio
from tests.newspaper import Newspaper, newspaper

# The same examples at each run, and no verdict by the clock: a red test is a fault, never chance or a busy machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True, scope="session")
def user_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Redirect the user's cache, so that no test finds or leaves anything there."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def newspaper_server() -> Iterator[Newspaper]:
    """Run a newspaper's web server on loopback."""
    with newspaper() as paper:
        yield paper


@pytest.fixture
def paper(newspaper_server: Newspaper) -> Newspaper:
    """Give that newspaper, with no page yet."""
    newspaper_server.pages.clear()
    newspaper_server.asked.clear()
    return newspaper_server


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Give the system's Chromium."""
    names = (os.environ.get("AUDIONEWS_CHROMIUM") or "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "no Chromium: install one, or deselect these tests with -m 'not browser'"
    return found


@pytest.fixture(scope="session", name="radio")
def radio_on_the_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radio]:
    """Build a small radio, and serve its site to podcast clients."""
    with radio(tmp_path_factory.mktemp("radio")) as made:
        yield made


# What scripts/test could not install: tests that need any of it are left out, and that is said. Anywhere else a program
# that is missing is a failure.
WITHOUT = frozenset(os.environ.get("AUDIONEWS_WITHOUT", "").split())


def _needed(item: pytest.Item) -> set[str]:
    named = {name for marker in item.iter_markers("needs") for name in marker.args}
    return named | ({"chromium"} if item.get_closest_marker("browser") else set())


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that tells which programs of others a test runs."""
    config.addinivalue_line("markers", "needs(*names): runs programs of others, which scripts/test installs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here."""
    out = [item for item in items if _needed(item) & WITHOUT]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not _needed(item) & WITHOUT]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail at once, and say how to get it, when a program is missing."""
    missing = sorted(name for name in _needed(item) - {"chromium"} if not found(name))
    assert not missing, f"no {', '.join(missing)}: run scripts/test, which installs it, or add -m 'not needs'"


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly which tests could not run."""
    if WITHOUT:
        names = ", ".join(sorted(WITHOUT))
        terminalreporter.section(f"TESTS THAT NEED {names.upper()} DID NOT RUN: not on this machine", red=True)
