"""The questions that the Write screen asks: each opens a dialog and does what was answered."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from journal_tui.app.screens import bringing, days, dialogs
from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.ago import long_ago
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write
    from journal_tui.app.widgets.results import Row
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.index.similar import Alike

RECENT_RATINGS = 30
TOO_LARGE = (
    "This entry is too large for that. Type it into the text, "
    "or use journal learn, journal rate or journal todo in a shell."
)
TOO_LARGE_TO_CHECK = "This entry is too large to check here. Run journal check in a shell instead."


def _may_change(screen: "Write") -> bool:
    """Whether the text may be changed and is soon read; a sentence tells why not."""
    if screen.page.locked:
        screen.tell(screen.page.locked, "warning")
    elif screen.editor.is_large:
        # To read all of it takes seconds, which each key in a dialog would wait for.
        screen.tell(TOO_LARGE, "warning")
    else:
        return True
    return False


def change(screen: "Write", make: "Callable[[Entry], list[TextEdit]]") -> None:
    """Change the text as one step that can be undone."""
    if not _may_change(screen):
        return
    try:
        screen.editor.apply_edits(make(screen.entry))
    except JournalError as error:
        screen.tell(str(error), "error")


def for_point(screen: "Write") -> None:
    """Ask for a learning point and add it to the text."""
    from journal_tui.entry.changes import add_point

    def answered(text: str | None) -> None:
        if text:
            screen.change(lambda entry: add_point(entry, text))
        screen.keeping.hold(None)

    def typed(text: str) -> None:
        screen.keeping.hold(lambda entry: add_point(entry, text))

    if not _may_change(screen):
        return

    def read(point: "Alike") -> None:
        title = f"{long_date(point.day)}, {long_ago(point.day, day)}"
        try:
            text = journal.library.load(point.path).text
        except (JournalError, FileNotFoundError):
            screen.tell(f"{point.path} can no longer be read.", "warning")
            return
        screen.app.push_screen(dialogs.TextDialog(title, text))

    journal, day = screen.journal, screen.page.day
    recall = lambda text: screen.recall.ask(text, day)  # noqa: E731
    dialog = dialogs.PointDialog("", recall, read, day=day, typed=typed)
    screen.app.push_screen(dialog, answered)


def for_rating(screen: "Write") -> None:
    """Ask for the rating, beside the recent ones, and write it into the text."""
    from journal_tui.entry.changes import rate

    def answered(result: tuple[float, str] | None) -> None:
        if result:
            screen.change(lambda entry: rate(entry, *result))
        screen.keeping.hold(None)

    def typed(result: tuple[float, str] | None) -> None:
        screen.keeping.hold((lambda entry: rate(entry, *result)) if result else None)

    if not _may_change(screen):
        return
    rating = screen.entry.rating
    value, remark = (rating.value, rating.remark) if rating else (None, "")
    recent = screen.journal.latest_ratings(RECENT_RATINGS)
    title = f"Enjoyment on {long_date(screen.page.day)}"
    dialog = dialogs.RatingDialog(value, remark, recent, title=title, typed=typed)
    screen.app.push_screen(dialog, answered)


def for_day(screen: "Write") -> None:
    """Ask for a day in words and go there."""

    def answered(day: date | None) -> None:
        if day:
            screen.go(day)

    screen.app.push_screen(dialogs.GoToDialog(screen.journal.day), answered)


def for_day_in_calendar(screen: "Write") -> None:
    """Let the person pick a day in the month and go there."""
    from journal_tui.app.screens.calendar import CalendarScreen
    from journal_tui.app.widgets.month_grid import shift_days

    journal = screen.journal

    def marks(year: int, month: int) -> dict[date, float | None]:
        first = date(year, month, 1)
        return journal.marks(shift_days(first, -7), shift_days(first, 42))

    def answered(day: date | None) -> None:
        if day:
            screen.go(day)

    calendar = CalendarScreen(screen.page.day, journal.today(), marks, journal.describe)
    screen.app.push_screen(calendar, answered)


def find(screen: "Write", words: str = "") -> None:
    """Save what is written, search (for these words), and open what was chosen at its line."""
    from journal_tui.app.screens.find import Find

    def answered(row: "Row | None") -> None:
        if row:
            screen.go(row.day, row.path, row.line)

    screen.save()
    screen.warm_index()
    screen.app.push_screen(Find(screen.journal, words), answered)


def for_file(screen: "Write") -> None:
    """Offer the files of this day, and a new note beside them."""
    journal, day = screen.journal, screen.page.day
    known = [record["path"] for record in journal.index.of_day(day)]
    own = journal.path_of(day) or journal.library.new_path(day)
    # The day's own page comes first, and can be gone back to before it is written.
    paths = list(dict.fromkeys([own, screen.page.path, *known]))
    choices = [
        (str(number) if number < 10 else "·", path, path) for number, path in enumerate(paths, 1)
    ]
    choices.append(("n", "New note…", ""))

    def named(title: str | None) -> None:
        if title:
            days.new_note(screen, title)

    def answered(path: str | None) -> None:
        if path:
            screen.go(day, path)
        elif path == "":
            dialog = dialogs.PointDialog(
                title="New note", placeholder="A title, such as Service review"
            )
            screen.app.push_screen(dialog, named)

    text = f"Files for {long_date(day)}"
    screen.app.push_screen(dialogs.ChoiceDialog("Notes", text, choices), answered)


def tick(screen: "Write") -> None:
    """Tick the follow-up on the cursor's line, or take its tick away."""
    from journal_tui.entry.changes import toggle_task

    line = screen.editor.cursor_location[0] + 1
    screen.change(lambda entry: toggle_task(entry, line))


def show_problems(screen: "Write") -> None:
    """Show what could not be read as meant, with its lines."""
    if screen.editor.is_large:
        screen.tell(TOO_LARGE_TO_CHECK, "warning")
        return
    problems = screen.entry.problems
    text = "\n".join(f"Line {p.line}: {p.text}." if p.line else f"{p.text}." for p in problems)
    text = text or "There are no problems in this entry."
    screen.app.push_screen(dialogs.TextDialog("Problems", text))


def own_editor(screen: "Write") -> None:
    """Let the person write in another program, and take over what it wrote."""
    from journal_tui.app import external

    page, app = screen.page, screen.app
    if page.locked:
        screen.tell(page.locked, "warning")
        return
    try:
        words = external.command(screen.own_editor)
        folder = screen.journal.state / "editing"
        with app.suspend():
            # Nothing may be raised in here: the screen would stay handed over.
            ended = external.edit(words, folder, f"{page.day}.md", screen.editor.text)
        if ended.fault:
            screen.tell(ended.fault, "error")
        else:
            screen.editor.take_in(ended.text)
            screen.save()
    except JournalError as error:
        screen.tell(str(error), "error")
    except SuspendNotSupported:
        screen.tell("This terminal cannot open another editor.", "error")
    screen.refresh(layout=True)


async def whether_to_leave(screen: "Write") -> bool:
    """An entry cannot be saved: leave with its draft kept, or stay. Only within a worker."""
    leave = "Leave, and keep the text as a draft for next time"
    if screen.page.draft_fault:
        leave = "Leave, and lose what is not saved"
    choices = [
        ("s", "Stay and try again", "stay"),
        ("e", "Save this text elsewhere …", "elsewhere"),
        ("l", leave, "leave"),
    ]
    # The dialog says it; a notification of it, which may still be on its way, would cover the answers.
    screen.app.call_later(screen.app.clear_notifications)
    dialog = dialogs.ChoiceDialog("Not saved", screen.keeping.fault, choices)
    answer = await screen.app.push_screen_wait(dialog)
    if answer == "elsewhere":
        bringing.save_elsewhere(screen)
    return answer == "leave"
