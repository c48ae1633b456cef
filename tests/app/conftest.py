"""Fixtures for the tests of the app: each test has a journal of its own."""

from pathlib import Path

import pytest
from textual import app as textual_app
from textual import constants
from textual import pilot as textual_pilot

from journal_tui.app import app as app_module
from journal_tui.app import index_worker
from journal_tui.app.app import JournalApp
from journal_tui.app.write import screen as write_screen
from tests.app import idle
from tests.app.app_fixture import Desk
from tests.app.idle import wait_for_idle


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refresh the index without a pause for further keys, because a test presses none meanwhile."""
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the page do nothing by itself in the middle of a test, however slow the machine is."""
    for name in ("AUTOSAVE_SECONDS", "SYNC_SECONDS", "LOOK_SECONDS"):
        monkeypatch.setattr(write_screen, name, 3_600)
    monkeypatch.setattr(app_module, "SETTINGS_SECONDS", 3_600)


@pytest.fixture(autouse=True)
def faults_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test at an unexpected error, instead of letting the app recover."""
    monkeypatch.setattr(JournalApp, "recovers", False)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return an empty journal; environment variables that affect the app are removed."""
    for name in ("COLORFGBG", "NO_COLOR", "JOURNAL", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def no_animations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scroll at once, because each step of an animation is drawn."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def whole_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pilot continue when the app has nothing left to do, neither earlier nor later."""
    for module in (textual_app, textual_pilot):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)


@pytest.fixture
def held_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pilot wait for workers for a moment only, because the test holds one up."""
    monkeypatch.setattr(idle, "worker_seconds", 0.05)
