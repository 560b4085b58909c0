"""Fixtures for every test: nothing is written outside tmp, no clock, no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import audionews  # noqa: F401 - before numpy, which reads once how many threads to use
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


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly when the browser tests could not run."""
    if os.environ.get("AUDIONEWS_WITHOUT_BROWSER"):
        terminalreporter.section("BROWSER TESTS DID NOT RUN: there is no Chromium on this machine", red=True)
