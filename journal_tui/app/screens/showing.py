"""What the lines above and below the text say about it."""

from typing import TYPE_CHECKING

from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.statusline import Saved, Status, StatusLine
from journal_tui.entry.entry import Entry

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write

TOO_LARGE = "Too large for colours and counts; it is saved as usual"


def header(screen: "Write") -> None:
    """Say which day this is; its number is the one that its title says."""
    page, journal = screen.page, screen.journal
    name = page.path.rpartition("/")[2].removesuffix(".md")
    note = "" if name == str(page.day) else name
    first = page.shown.partition("\n")[0]
    said = journal.library.vocabulary.day_number.search(first)
    number = int(said.group(1)) if said else None
    screen.query_one(DayHeader).show_day(page.day, screen.today, number, note, journal.name)


def status(screen: "Write") -> None:
    """Say how the text stands to its file, what it holds, and what is off."""
    page = screen.page
    row, column = screen.editor.cursor_location
    if screen.editor.is_large:
        # To read all of it takes seconds, which each key would wait for.
        now = Status(
            saved=screen.keeping.state,
            at=page.saved_at.time() if page.saved_at else None,
            problems=(page.draft_fault,) if page.draft_fault else (),
            line=row + 1,
            column=column + 1,
            note=TOO_LARGE,
        )
        screen.query_one(StatusLine).show_status(now)
        screen.recall.follow(Entry(page.day, "", page.journal.library.vocabulary))
        return
    entry = screen.entry
    rating = entry.rating
    problems = tuple(f"line {p.line}: {p.text}" if p.line else p.text for p in entry.problems)
    if page.draft_fault:
        problems = (page.draft_fault, *problems)
    now = Status(
        saved=screen.keeping.state,
        at=page.saved_at.time() if page.saved_at else None,
        # A template's own words are not the person's.
        words=0 if screen.keeping.state is Saved.NEW else entry.words,
        points=len(entry.points),
        rating=rating.value if rating else None,
        problems=problems,
        line=row + 1,
        column=column + 1,
        learned=screen.recall.hint,
    )
    screen.query_one(StatusLine).show_status(now)
    screen.recall.follow(entry)


def cursor(screen: "Write", row: int, column: int) -> None:
    """Say where the cursor is, and what was learned before like the point that it is in."""
    screen.query_one(StatusLine).move_cursor(row + 1, column + 1)
    screen.recall.look(row)
