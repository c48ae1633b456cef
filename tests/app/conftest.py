"""A journal of its own for each test."""

from pathlib import Path

import pytest
from desk import Desk

from journal_tui.app import background
from journal_tui.app.app import JournalApp


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody presses the keys of a test one after the other: the index need not wait for more."""
    monkeypatch.setattr(background, "BUSY_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def faults_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that the app would go on after is a failure of the test."""
    monkeypatch.setattr(JournalApp, "recovers", False)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A journal that nothing is written in yet; the environment says nothing about this machine."""
    for name in ("COLORFGBG", "NO_COLOR", "JOURNAL", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)
