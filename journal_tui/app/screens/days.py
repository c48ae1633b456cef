"""From day to day: each way saves the entry that is left and opens another."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from journal_tui.app.page import Page

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write


def go(screen: "Write", day: date, path: str | None = None, line: int | None = None) -> bool:
    """Save this entry and open the day's, or the file at `path`, at a line; False if it cannot be."""
    if not screen.save():
        return False
    journal, library = screen.journal, screen.journal.library
    if path and path != screen.page.path and library.stamp(path) is None:
        screen.tell(f"{path} no longer exists.", "warning")
        # Else it would be found again and again.
        screen.catch_up()
        return False
    path = path or journal.path_of(day) or library.new_path(day)
    if path != screen.page.path:
        screen.turn_to(Page(journal, day, path))
    if line is not None:
        screen.show_line(line)
    screen.focus_text()
    return True


def new_note(screen: "Write", title: str) -> None:
    """Open a note of this day that is not written yet, or the one that has the title."""
    journal, day = screen.journal, screen.page.day
    if journal.library.new_path(day, title) == journal.library.new_path(day):
        screen.tell(
            "The title needs a letter or a digit, because the file is named after it.", "warning"
        )
    elif screen.save():
        screen.turn_to(Page(journal, day, title=title))
        screen.focus_text()


def today(screen: "Write") -> None:
    """Go to today."""
    go(screen, screen.journal.today())


def previous(screen: "Write") -> None:
    """Go to the day before."""
    _step(screen, -1)


def following(screen: "Write") -> None:
    """Go to the day after."""
    _step(screen, 1)


def _step(screen: "Write", days: int) -> None:
    try:
        day = screen.page.day + timedelta(days)
    except OverflowError:
        screen.tell("The calendar ends here.")
        return
    go(screen, day)


def previous_written(screen: "Write") -> None:
    """Go to the written day before."""
    _go_written(screen, forward=False)


def following_written(screen: "Write") -> None:
    """Go to the written day after."""
    _go_written(screen, forward=True)


def _go_written(screen: "Write", forward: bool) -> None:
    day = screen.journal.written(screen.page.day, forward)
    if day:
        go(screen, day)
    else:
        screen.tell("There is no later entry." if forward else "There is no earlier entry.")
