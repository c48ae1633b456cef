"""Fixtures for the tests of the app: each test has a journal of its own."""

import gc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual import app as textual_app
from textual import constants
from textual import pilot as textual_pilot
from textual._compositor import Compositor, visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from journal_tui.app import app as app_module
from journal_tui.app import index_worker
from journal_tui.app.app import JournalApp
from journal_tui.app.write import screen as write_screen
from tests.app import idle
from tests.app.app_fixture import Desk
from tests.app.idle import wait_for_idle
from tests.extent import is_thorough

PARSED: dict[Any, list[RuleSet]] = {}
"""The rules of each stylesheet, by its text and the theme's variables."""


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refresh the index without a pause for further keys, because a test presses none meanwhile."""
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the page do nothing by itself in the middle of a test, however slow the machine is."""
    for name in ("AUTOSAVE_SECONDS", "SYNC_SECONDS", "POLL_SECONDS"):
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
def seldom_garbage_collection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have apps leave garbage to Python, which collects it less often than usual.

    An app collects garbage when it starts, which takes longer with each app in the process.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 10, 10)
    for_all_apps = SimpleNamespace(
        collect=lambda: 0, freeze=lambda: None, set_threshold=lambda *_: None, enable=gc.enable
    )
    monkeypatch.setattr(app_module, "gc", for_all_apps)
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each stylesheet once in a process, instead of at each start of an app."""
    parse = Stylesheet._parse_rules

    def parsed(sheet: Stylesheet, *arguments: Any, **options: Any) -> list[RuleSet]:
        key = arguments, tuple(options.items()), tuple(sheet._variables.items())
        if key not in PARSED:
            PARSED[key] = parse(sheet, *arguments, **options)
        return PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parsed)


@pytest.fixture(autouse=True)
def painted_when_looked_at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint what a test looks at, instead of the whole screen after each key.

    Painting takes a quarter of the time of all tests of the app. With --thorough, and in tests with
    the mark `painted`, the screen is painted as in a terminal.
    """
    if is_thorough(request.config) or request.node.get_closest_marker("painted"):
        return

    def leave_out(compositor: Compositor, screen_stack: Any = None, **_options: Any) -> None:
        visible_screen_stack.set(screen_stack or [])
        compositor._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", leave_out)


@pytest.fixture(autouse=True)
def whole_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pilot continue when the app has nothing left to do, neither earlier nor later."""
    for module in (textual_app, textual_pilot):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)


@pytest.fixture
def held_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pilot wait for workers for a moment only, because the test holds one up."""
    monkeypatch.setattr(idle, "worker_seconds", 0.05)
