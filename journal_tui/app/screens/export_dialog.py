"""The dialog to export entries: it asks for the file, whose ending decides the format, and for a search."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.navigation import is_gone
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.screens.save_dialog import place_of, replace_dialog
from journal_tui.app.widgets.humanize import counted
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import DocumentExists, JournalError, UsageError
from journal_tui.exports import (
    CSV,
    DAY_ONE,
    ENDINGS,
    HTML,
    JRNL,
    JSON,
    MARKDOWN,
    ExportResult,
    Exports,
)

_POLL_SECONDS = 0.1
_FORMS = {ending: form for form, ending in ENDINGS.items()} | {".markdown": MARKDOWN, ".htm": HTML}
_MEANINGS = {
    MARKDOWN: "one Markdown document",
    HTML: "one page to print or send",
    JSON: "everything, for importing it again",
    CSV: "a table of entries, learning points and ratings",
    JRNL: "text for jrnl",
    DAY_ONE: "for Day One",
}
_ABOUT = (
    "The ending of the name decides the format: .html one page to print, .md one document, .json everything, .csv a table, "
    ".txt for jrnl, .zip for Day One. A name without an ending makes a folder with copies of the files."
)


class _Target(NamedTuple):
    place: Path
    form: str

    @property
    def words(self) -> str:
        is_folder = self.form == MARKDOWN and not self.place.suffix
        return f"→ {'a folder of files' if is_folder else _MEANINGS[self.form]}: {self.place}"


def parse_target(words: str) -> tuple[Path, str]:
    """Return the file or folder that words name, and the form. Raise UsageError for an unknown ending."""
    place = place_of(words)
    form = _FORMS.get(place.suffix.lower(), "" if place.suffix else MARKDOWN)
    if not form:
        known = ", ".join(ENDINGS.values())
        raise UsageError(f"End the name with {known}, or with none of them for a folder.")
    return place, form


class ExportDialog(Dialog[ExportResult | None]):
    """A dialog that asks which entries to export and to which file; returns the result, or None."""

    def __init__(self, exports: Exports) -> None:
        self._usual_keys = [("enter", "Write it"), ("tab", "Next"), ("esc", "Cancel")]
        super().__init__("Export", self._usual_keys)
        self._exports = exports
        self._is_busy, self._done = False, 0

    def body(self) -> Sequence[Widget]:
        """Return the inputs for the file and the search, with the meaning of the first and a note."""
        place = SingleLineInput("~/journal.html", id="place")
        place.border_title = Content("File or folder")
        query = SingleLineInput(placeholder="all entries", id="query")
        query.border_title = Content("Only those that this search finds")
        return [place, Static(classes="meaning"), query, Static(Content(_ABOUT), classes="quiet")]

    def on_mount(self) -> None:
        """Ask for the file."""
        self.query_one("#place", SingleLineInput).focus()
        self._check()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the inputs."""
        if not self._is_busy:
            self._check()

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        meaning = self.query_one(".meaning", Static)
        meaning.set_class(is_wrong, "-wrong")
        meaning.update(Content(one_line(sentence)))

    def _check(self) -> _Target | None:
        """Show the meaning of the inputs and return the target; if one is wrong, show why and return None."""
        try:
            if query := self.query_one("#query", SingleLineInput).value.strip():
                self._exports.journal.query(query)
            found = _Target(*parse_target(self.query_one("#place", SingleLineInput).value))
        except JournalError as error:
            self._say(str(error), is_wrong=True)
            return None
        self._say(found.words)
        return found

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the entries, unless an input is wrong."""
        if not self._is_busy and (found := self._check()):
            self._write(found)

    @work(exclusive=True, group="export", exit_on_error=False)
    async def _write(self, found: _Target, *, replace: bool = False) -> None:
        self._is_busy, self._done = True, 0
        self.query_one(KeyLine).show([])
        query = self.query_one("#query", SingleLineInput).value

        def progress(done: int, _: int) -> None:
            self._done = done

        def write() -> ExportResult:
            if query.strip():
                self._exports.journal.refresh()
            selected = self._exports.select(query)
            if not selected:
                raise UsageError("No entry was found, so nothing was written.")
            args = (found.form, selected, found.place)
            return self._exports.write(*args, replace=replace, progress=progress)

        writing = asyncio.create_task(asyncio.to_thread(write))
        while not writing.done():
            await asyncio.wait([writing], timeout=_POLL_SECONDS)
            if not is_gone(self) and not writing.done():
                self._say(f"{counted(self._done, 'entry')} written …")
        self._is_busy = False
        if is_gone(self):
            # An exception that is never retrieved would be logged.
            writing.exception()
            return
        self.query_one(KeyLine).show(self._usual_keys)
        try:
            self.dismiss(writing.result())
        except DocumentExists as error:
            if found.place.is_file():
                self._ask_to_replace(found)
            else:
                self._say(str(error), is_wrong=True)
        except (JournalError, OSError) as error:
            self._say(str(error), is_wrong=True)

    def _ask_to_replace(self, found: _Target) -> None:
        def answered(value: str | None) -> None:
            if value:
                self._write(found, replace=True)

        self._say(found.words)
        self.app.push_screen(replace_dialog(found.place), answered)

    def action_cancel(self) -> None:
        """Close, unless the file is being written."""
        if not self._is_busy:
            self.dismiss(None)


def result_message(exported: ExportResult) -> tuple[str, str]:
    """Return a message about the result of an export, and its severity."""
    said = f"{counted(exported.entries, 'entry')} written to {exported.place}."
    if exported.unreadable:
        left = counted(len(exported.unreadable), "file")
        return one_line(
            f"{said} {left} couldn't be read, such as {exported.unreadable[0]}."
        ), "warning"
    return one_line(said), "information"
