"""A journal in a temporary folder, the app opened on it, and helpers for both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer

from journal_tui import journal as journals
from journal_tui.app.app import JournalApp
from journal_tui.app.write.screen import WriteScreen
from journal_tui.journal import Journal
from journal_tui.library import drafts
from journal_tui.settings import Places
from tests.app.idle import wait_until_settled


class Desk:
    """A journal in a temporary folder, with the user's own folders beside it, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 11, 20, 18, 5)
        self.root = folder / "journal"
        self.places = Places(*(folder / name for name in ("config", "cache", "state")))
        journals.create(self.root, date(2026, 11, 2), "Desk")

    @property
    def today(self) -> date:
        return self.now.date()

    def file(self, day: date | None = None, rest: str = "") -> Path:
        day = day or self.today
        return self.root / str(day.year) / f"{day}{rest}.md"

    def put(self, text: str | bytes, day: date | None = None, rest: str = "") -> Path:
        """Write an entry as another program would."""
        path = self.file(day, rest)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def settings(self, source: str) -> None:
        self.places.config.mkdir(exist_ok=True)
        (self.places.config / "settings.toml").write_text(source)

    def journal(self) -> Journal:
        return Journal(self.root, self.places, lambda: self.now)

    @property
    def state(self) -> Path:
        return self.journal().state

    def drafts(self) -> list[str]:
        """Return the texts of all drafts, in use by an app or left behind by one."""
        found = [drafts.read(file) for file in sorted((self.state / "drafts").glob("*.log"))]
        return [draft.text for draft in found if draft]

    def leave_draft(self, text: str, base: str = "", day: date | None = None) -> None:
        """Leave the draft of a session that changed `base`, the file's text, and was then killed."""
        opened = self.journal().open(day or self.today)
        digest = opened.loaded.digest if opened.loaded else None
        log = drafts.DraftLog(self.state / "drafts", opened.entry.day, opened.path, digest, base)
        log.record(text)
        log.close()

    @asynccontextmanager
    async def open(
        self, day: date | None = None, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[tuple[Pilot[None], WriteScreen]]:
        """Open the app on a day; yield it when it is painted and its index is up to date."""
        app = JournalApp(self.journal(), day)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot, write_screen(pilot)


def write_screen(pilot: Pilot[None]) -> WriteScreen:
    """Return the writing screen, even if other screens cover it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, WriteScreen))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until workers, messages, painting and short timers are done."""
    await wait_until_settled(pilot.app)
    # A footer creates its keys only after the screen was first drawn.
    for _ in range(500):
        if all(footer.children for footer in pilot.app.screen.query(Footer)):
            break
        await pilot.pause(0.01)
    await wait_until_settled(pilot.app)


def strips(app: App[Any]) -> list[Strip]:
    """Return the lines that the screen shows, as they are painted."""
    return app.screen._compositor.render_strips()


def painted(app: App[Any]) -> list[str]:
    """Return the lines that the screen shows, as text."""
    return [strip.text for strip in strips(app)]


def paint(widget: Widget) -> None:
    """Paint a widget, whether or not the screen is laid out with it yet."""
    widget.screen._compositor.update_widgets({widget})


def messages(app: App[Any]) -> list[Notification]:
    """Return the messages that the screen shows at the moment, in order."""
    return list(app._notifications)


def set_size(app: App[Any], size: Size) -> None:
    """Change the size that the terminal has, without waiting for the app to see it."""
    assert app._driver
    app._driver._size = size
    app.post_message(events.Resize(size, size))


def written_to_terminal(app: App[Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that collects what the app writes to its terminal from now on."""
    written: list[str] = []
    assert app._driver
    monkeypatch.setattr(app._driver, "write", written.append)
    return written


def layouts(app: App[Any], monkeypatch: pytest.MonkeyPatch) -> list[Size]:
    """Return a list that collects the sizes for which the screen is laid out from now on."""
    sizes: list[Size] = []
    lay_out = app.screen._screen_resized

    def note(size: Size) -> None:
        sizes.append(size)
        lay_out(size)

    monkeypatch.setattr(app.screen, "_screen_resized", note)
    return sizes


def told(pilot: Pilot[None]) -> str:
    """Return the messages that the screen shows at the moment, one a line."""
    return "\n".join(note.message for note in messages(pilot.app))
