"""The terminal app, the only package that imports Textual."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_tui.entry.note_kinds import NoteRequest
    from journal_tui.journal import Journal
    from journal_tui.period import CalendarPeriod


def run(
    journal: "Journal | None",
    day: date | None,
    working_folder: Path,
    path: str | None = None,
    note: "NoteRequest | None" = None,
    period_to_close: "CalendarPeriod | None" = None,
) -> int:
    """Run the app on a day of the journal, the entry at a path or a note; return its exit code.

    Without a journal, show the welcome screen, which offers a sample near `working_folder`; without
    a day, open today. With `period_to_close`, begin with the screen that closes that period.
    """
    import gc

    # Importing creates many objects that stay, so collecting garbage would be wasted time. The app
    # enables collection again after its first paint.
    gc.disable()
    _import_asyncio()
    from journal_tui.app.app import JournalApp

    app = JournalApp(
        journal, day, working_folder, path=path, note=note, period_to_close=period_to_close
    )
    try:
        app.run()
    except OSError:
        # The terminal was closed, so the last message can't be printed.
        if app.return_code is None:
            raise
    _silence_closed_terminal()
    return app.return_code or 0


def _import_asyncio() -> None:
    """Import asyncio without OpenSSL, unless OpenSSL was imported before.

    Loading OpenSSL takes a good part of the time to the first paint, and the app uses no network.
    """
    import sys

    if "ssl" in sys.modules:
        return
    # The import of asyncio allows for a Python that was built without OpenSSL.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _silence_closed_terminal() -> None:
    """Redirect output to the null device if its terminal is gone.

    Flushing it at exit would otherwise fail and change the exit code.
    """
    import os
    import sys

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
