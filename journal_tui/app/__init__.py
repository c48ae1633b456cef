"""The screen: the only place that knows Textual."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_tui.journal import Journal


def run(journal: "Journal | None", day: date | None, here: Path) -> int:
    """Open the app on a day of the journal (None: the welcome screen); gives the exit code."""
    import gc

    # Importing makes many objects that all stay: no need to look for garbage among them.
    gc.disable()
    from journal_tui.app.app import JournalApp

    app = JournalApp(journal, day, here)
    try:
        app.run()
    except OSError:
        # What was to be said at the end had no terminal to be said on.
        if app.return_code is None:
            raise
    _let_go_of_a_closed_terminal()
    return app.return_code or 0


def _let_go_of_a_closed_terminal() -> None:
    """What is still to be written to a terminal that is gone would spoil the exit code."""
    import os
    import sys

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
