"""A journal in a temporary folder, the app on it, and what one does with both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Footer

from journal_tui import journal as journals
from journal_tui.app.app import JournalApp
from journal_tui.app.screens.write import Write
from journal_tui.journal import Journal
from journal_tui.library import drafts
from journal_tui.settings import Places


class Desk:
    """A journal in a temporary folder, the person's own folders beside it, and a clock."""

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
        """The texts of all drafts, held by an app or left behind."""
        found = [drafts.read(file) for file in sorted((self.state / "drafts").glob("*.log"))]
        return [draft.text for draft in found if draft]

    def leave_draft(self, text: str, base: str = "", day: date | None = None) -> None:
        """What a session leaves that was killed while it changed `base`, the file's text, so."""
        opened = self.journal().open(day or self.today)
        digest = opened.loaded.digest if opened.loaded else None
        log = drafts.DraftLog(self.state / "drafts", opened.entry.day, opened.path, digest, base)
        log.record(text)
        log.close()

    @asynccontextmanager
    async def open(
        self, day: date | None = None, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[tuple[Pilot[None], Write]]:
        """The app on a day, painted and with its index up to date."""
        app = JournalApp(self.journal(), day)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot, write_of(pilot)


def write_of(pilot: Pilot[None]) -> Write:
    """The screen that one writes on, under whatever lies on it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, Write))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is going on."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    # A footer makes its keys after the screen was drawn once.
    for _ in range(500):
        if all(footer.children for footer in pilot.app.screen.query(Footer)):
            break
        await pilot.pause(0.01)


def told(pilot: Pilot[None]) -> str:
    """All sentences on the screen at the moment."""
    return "\n".join(note.message for note in pilot.app._notifications)
