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
    app.run()
    return app.return_code or 0
