"""What an earlier session left unsaved: restore it, look at it, or put it away."""

from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.app.page import Page
from journal_tui.app.screens import dialogs
from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.differing import comparison
from journal_tui.errors import JournalError
from journal_tui.library import drafts, thrown

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write
    from journal_tui.library.drafts import Draft

_CHOICES = [
    ("r", "Restore it", "restore"),
    ("c", "Compare with the file", "compare"),
    ("d", "Discard it (kept in the trash for 30 days)", "discard"),
]
_ENDS_ONLY = "The lines are the same; only the line endings differ."


def offer(screen: "Write", later: frozenset[Path] = frozenset()) -> None:
    """Ask about the drafts, the oldest first; one that says what its file says needs no question.

    Those of `later` were asked about: they wait for the next start.
    """
    found = []
    for draft in drafts.left_behind(screen.journal.state / "drafts"):
        if draft.file in later:
            continue
        there = _there(screen, draft)
        if there == draft.text:
            _put_away(screen, draft)
        else:
            found.append((draft, there))
    if found:
        _ask(screen, *found[0], len(found), later)


def _there(screen: "Write", draft: "Draft") -> str:
    try:
        return screen.journal.open(draft.day, draft.path).entry.text
    except JournalError:
        return ""


def _ask(screen: "Write", draft: "Draft", there: str, count: int, later: frozenset[Path]) -> None:
    def answered(value: str | None) -> None:
        if value == "compare":
            text = comparison(there, draft.text, "in the file", "typed but not saved")
            dialog = dialogs.TextDialog("Unsaved text", text or _ENDS_ONLY, diff=bool(text))
            screen.app.push_screen(dialog, lambda _: offer(screen, later))
        elif value == "discard" or (value == "restore" and _restore(screen, draft)):
            _put_away(screen, draft)
            offer(screen, later)
        else:
            offer(screen, later | {draft.file})

    text = (
        f"An earlier session ended before it could save {long_date(draft.day)}. "
        "What you typed has been kept."
    )
    if there != draft.base and draft.opened:
        text += " The file has changed since; restoring keeps those changes too."
    title = "Unsaved text found" if count == 1 else f"Unsaved text found for {count} entries"
    screen.app.push_screen(dialogs.ChoiceDialog(title, text, _CHOICES), answered)


def _restore(screen: "Write", draft: "Draft") -> bool:
    """Save the draft as that session would have: what changed since is merged or kept beside it."""
    if not screen.save():
        return False
    journal = screen.journal
    try:
        saved = thrown.restore(journal.library, draft, journal.clock())
    except JournalError as error:
        screen.tell(f"{error} The unsaved text is kept.", "error")
        return False
    screen.tell(saved.warning, "warning")
    if saved.beside:
        screen.tell(
            f"The file has changed since, so it was left as it is. The text is in {saved.beside}.",
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
