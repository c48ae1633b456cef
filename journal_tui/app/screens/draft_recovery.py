"""What an earlier session left unsaved, and the questions about it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.differing import comparison
from journal_tui.errors import JournalError
from journal_tui.library import drafts

if TYPE_CHECKING:
    from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
    from journal_tui.journal import Journal
    from journal_tui.library.drafts import Draft

_CHOICES = [
    ("r", "Restore it", "restore"),
    ("c", "Compare with the file", "compare"),
    ("d", "Discard it (kept in the trash for 30 days)", "discard"),
]
_ENDS_ONLY = "The lines are the same; only the line endings differ."


class Unsaved(NamedTuple):
    """A draft that an earlier session left, and the text of its entry's file ("" for none)."""

    draft: "Draft"
    there: str

    @property
    def is_in_file(self) -> bool:
        """Whether the file says what the draft says."""
        return self.there == self.draft.text


def left_behind(journal: "Journal", later: frozenset[Path]) -> list[Unsaved]:
    """The drafts that earlier sessions left, the oldest first, without the files of `later`."""
    return [
        Unsaved(draft, _text_of_file(journal, draft))
        for draft in drafts.left_behind(journal.state / "drafts")
        if draft.file not in later
    ]


def _text_of_file(journal: "Journal", draft: "Draft") -> str:
    try:
        return journal.open(draft.day, draft.path).entry.text
    except JournalError:
        return ""


def question(unsaved: Unsaved, count: int) -> "ChoiceDialog":
    """Ask what becomes of the first of `count` drafts: "restore", "compare" or "discard"."""
    from journal_tui.app.screens.dialog import ChoiceDialog

    draft = unsaved.draft
    text = (
        f"An earlier session ended before it could save {long_date(draft.day)}. "
        "What you typed has been kept."
    )
    if unsaved.there != draft.base and draft.opened:
        text += " The file has changed since; restoring keeps those changes too."
    title = "Unsaved text found" if count == 1 else f"Unsaved text found for {count} entries"
    return ChoiceDialog(title, text, _CHOICES)


def differences(unsaved: Unsaved) -> "TextDialog":
    """Show how a draft differs from the file."""
    from journal_tui.app.screens.dialog import TextDialog

    text = comparison(unsaved.there, unsaved.draft.text, "in the file", "typed but not saved")
    return TextDialog("Unsaved text", text or _ENDS_ONLY, diff=bool(text))
