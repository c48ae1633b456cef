"""The dialog that saves a document: it asks for a file, and asks again before it replaces one."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual import work
from textual.content import Content
from textual.widgets import Static

from journal_tui.app.navigation import is_gone
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.counts import join_words
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import DocumentExists, JournalError, UsageError

REPLACE = "replace"


def place_of(words: str) -> Path:
    """Return the absolute path of the file or folder that words name. Raise UsageError for an unknown `~`."""
    try:
        return Path(words.strip()).expanduser().absolute()
    except RuntimeError as error:
        raise UsageError(f"{error}") from None


def replace_dialog(file: Path) -> ChoiceDialog:
    """Return the dialog that asks whether to replace a file; it returns REPLACE if so, or else "" or None."""
    choices = [("k", "Keep it", ""), ("r", "Replace it", REPLACE)]
    return ChoiceDialog("Replace this file?", f"{file} exists already.", choices)


class SaveDialog(LineDialog):
    """A dialog that returns the path of the file that it wrote, or None.

    `forms` has the form of the document for each ending of a name; of the endings for one form, the
    usual one comes first. `write(file, form, replace)` is called in a thread and returns the path. If
    it fails, or an existing file is to be kept, the dialog stays open for another name.
    """

    def __init__(
        self,
        title: str,
        subject: str,
        text: str,
        forms: dict[str, str],
        write: Callable[[Path, str, bool], Path],
    ) -> None:
        usual = {form: ending for ending, form in reversed(forms.items())}
        self._endings = join_words([ending for ending in forms if ending in usual.values()], "or")
        self._forms, self._write, self._is_busy = forms, write, False
        super().__init__(
            title,
            subject,
            "Save",
            lambda words: f"→ {self._file_of(words)}",
            about=f"A file whose name ends with {self._endings}",
            text=text,
        )

    def _file_of(self, words: str) -> Path:
        """Return the file that words name. Raise UsageError for an ending that isn't in `forms`."""
        file = place_of(words)
        if file.suffix.casefold() not in self._forms:
            raise UsageError(f"End the name of the file with {self._endings}.")
        return file

    def accept(self, text: str) -> None:
        """Write the file."""
        if not self._is_busy:
            self._save(self._file_of(text))

    def action_cancel(self) -> None:
        """Close, unless the file is being written."""
        if not self._is_busy:
            super().action_cancel()

    @work(exclusive=True, group="save", exit_on_error=False)
    async def _save(self, file: Path, *, replace: bool = False) -> None:
        self._is_busy = True
        form = self._forms[file.suffix.casefold()]
        try:
            written = await asyncio.to_thread(self._write, file, form, replace)
        except DocumentExists:
            if not is_gone(self):
                self.app.push_screen(replace_dialog(file), lambda it: self._answered(file, it))
        except (JournalError, OSError) as error:
            if not is_gone(self):
                meaning = self.query_one(".meaning", Static)
                meaning.add_class("-wrong")
                meaning.update(Content(one_line(str(error))))
        else:
            if not is_gone(self):
                self.dismiss(str(written))
        finally:
            self._is_busy = False

    def _answered(self, file: Path, answer: str | None) -> None:
        if answer:
            self._save(file, replace=True)
