"""What an earlier session left unsaved: restore it, look at it, or put it away."""

import difflib
from typing import TYPE_CHECKING

from journal_tui.app.page import Page
from journal_tui.app.screens import dialogs
from journal_tui.app.widgets.wording import long_date
from journal_tui.errors import JournalError
from journal_tui.library import drafts
from journal_tui.library.reading import Loaded

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write
    from journal_tui.library.drafts import Draft

_CHOICES = [
    ("r", "Restore it", "restore"),
    ("c", "Compare with the file", "compare"),
    ("d", "Discard it (to the trash, for 30 days)", "discard"),
]


def offer(screen: "Write") -> None:
    """Ask about the drafts, the oldest first; one that says what its file says needs no question."""
    for draft in drafts.left_behind(screen.journal.state / "drafts"):
        there = _there(screen, draft)
        if there != draft.text:
            _ask(screen, draft, there)
            return
        _put_away(screen, draft)


def _there(screen: "Write", draft: "Draft") -> str:
    try:
        return screen.journal.open(draft.day, draft.path).entry.text
    except JournalError:
        return ""


def _ask(screen: "Write", draft: "Draft", there: str) -> None:
    def answered(value: str | None) -> None:
        if value == "compare":
            lines = difflib.unified_diff(
                there.splitlines(), draft.text.splitlines(), "in the file", "unsaved", lineterm=""
            )
            dialog = dialogs.TextDialog("What was not saved", "\n".join(lines), diff=True)
            screen.app.push_screen(dialog, lambda _: offer(screen))
        elif value == "discard" or (value == "restore" and _restore(screen, draft)):
            _put_away(screen, draft)
            offer(screen)

    text = (
        f"An earlier session ended before it could save {long_date(draft.day)}. "
        "What was typed is still there."
    )
    screen.app.push_screen(dialogs.ChoiceDialog("Unsaved text found", text, _CHOICES), answered)


def _restore(screen: "Write", draft: "Draft") -> bool:
    """Save the draft as that session would have: what changed since is merged or kept beside it."""
    if not screen.save():
        return False
    journal = screen.journal
    opened = Loaded(draft.base, draft.opened, "") if draft.opened else None
    try:
        saved = journal.library.save(draft.path, draft.text, opened, draft.base, journal.clock())
    except JournalError as error:
        screen.tell(f"{error} The unsaved text is kept.", "error")
        return False
    screen.tell(saved.warning, "warning")
    if saved.beside:
        screen.tell(
            f"The file has changed since. It stays as it is; the unsaved text is in {saved.beside}.",
            "warning",
        )
    screen.turn_to(Page(journal, draft.day, draft.path))
    screen.focus_text()
    screen.catch_up()
    return True


def _put_away(screen: "Write", draft: "Draft") -> None:
    try:
        drafts.discard(draft, screen.journal.state / "trash")
    except OSError as error:
        screen.tell(f"The draft cannot be moved to the trash: {error.strerror}.", "warning")
