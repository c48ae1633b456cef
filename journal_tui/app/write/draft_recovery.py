"""Find drafts that earlier sessions left unsaved, and ask what to do with them."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.diff import comparison
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
    from journal_tui.journal import Draft, Journal

_CHOICES = [
    ("r", "Restore it", "restore"),
    ("c", "Compare with the file", "compare"),
    ("d", "Discard it (kept in the trash for 30 days)", "discard"),
]
_ENDS_ONLY = "The lines are the same; only the line endings differ."


class Unsaved(NamedTuple):
    """An earlier session's draft, the text in the entry's file ("" if none), and the entry's name."""

    draft: "Draft"
    file_text: str
    name: str

    @property
    def is_in_file(self) -> bool:
        """Whether the file has the draft's text."""
        return self.file_text == self.draft.text


class DraftRecovery:
    """Find the drafts that earlier sessions left.

    A postponed draft is asked about again when its entry is opened, or at the next start.
    """

    def __init__(self, journal: "Journal") -> None:
        self._journal = journal
        self._postponed: set[Path] = set()

    def waiting(self) -> list[Unsaved]:
        """Return the drafts to ask about, the oldest first."""
        return [
            Unsaved(
                draft,
                _text_of_file(self._journal, draft),
                self._journal.entry_name(draft.day, draft.path),
            )
            for draft in self._journal.drafts.left_behind()
            if draft.file not in self._postponed
        ]

    def postpone(self, unsaved: Unsaved) -> str:
        """Postpone the question about a draft until its entry is opened; return a message that says so."""
        self._postponed.add(unsaved.draft.file)
        period = self._journal.entries.period_of(unsaved.draft.path)
        what = "note" if period else "day"
        return (
            f"The unsaved text of {unsaved.name} is kept. "
            f"journal asks again when you open that {what}."
        )

    def resume(self, path: str) -> bool:
        """End the postponement for the drafts of the entry at `path`; return whether there are any."""
        if not self._postponed:
            return False
        left = self._journal.drafts.left_behind()
        again = {draft.file for draft in left if draft.path == path} & self._postponed
        self._postponed -= again
        return bool(again)

    def discard(self, unsaved: Unsaved) -> str:
        """Move a draft to the trash; return why that failed, or ""."""
        try:
            self._journal.drafts.discard(unsaved.draft)
        except OSError as error:
            return f"The draft cannot be moved to the trash: {error.strerror}."
        return ""


def _text_of_file(journal: "Journal", draft: "Draft") -> str:
    try:
        return journal.open(draft.day, draft.path).entry.text
    except JournalError:
        return ""


def question(unsaved: Unsaved, count: int, editor_fault: str = "") -> "ChoiceDialog":
    """Return the dialog about the first of `count` drafts: "restore", "compare" or "discard".

    `editor_fault` is the message about an external editor that has just failed. If there is only one
    draft, it is what the person had saved in that editor.
    """
    from journal_tui.app.screens.dialog import ChoiceDialog

    draft = unsaved.draft
    text = (
        f"An earlier session ended before it could save {unsaved.name}. "
        "What you typed has been kept."
    )
    if editor_fault and count == 1:
        text = f"{editor_fault} What you saved in the editor has been kept."
    if unsaved.file_text != draft.base and draft.expected_digest:
        text += " The file has changed since; restoring keeps those changes too."
    title = "Unsaved text found" if count == 1 else f"Unsaved text found for {count} entries"
    return ChoiceDialog(title, text, _CHOICES, escape="Later")


def differences(unsaved: Unsaved) -> "TextDialog":
    """Return a dialog that shows how a draft differs from the file."""
    from journal_tui.app.screens.dialog import TextDialog

    text = comparison(unsaved.file_text, unsaved.draft.text, "in the file", "typed but not saved")
    return TextDialog("Unsaved text", text or _ENDS_ONLY, diff=bool(text))
