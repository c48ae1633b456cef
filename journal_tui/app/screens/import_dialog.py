"""The dialog to import entries of other programs: it asks for a file, shows a plan, and carries it out."""

import asyncio
import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import unquote

from rich.cells import cell_len
from rich.style import Style
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.navigation import is_gone
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.widgets.cells import cut, flat, strip
from journal_tui.app.widgets.humanize import counted
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.app.widgets.row_list import GROUP_KEYS, Line, RowList
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.imports import (
    APPEND,
    NEW,
    NOTE,
    SAME_DAY,
    SKIP,
    Choices,
    ImportResult,
    Imports,
    choices_of,
)

if TYPE_CHECKING:
    from journal_tui.imports import ImportPlan

_POLL_SECONDS = 0.1
_FILE_URL = "file://"
_MAX_LINES = 4
_ABOUT = (
    "A file or a folder: a saved blog page, a WordPress export, Day One's zip, jrnl's file, an Obsidian or "
    "Logseq folder, a table (.csv). Nothing is imported before you have seen a plan."
)
_TITLES = {NEW: "New entries", NOTE: "Notes of days that have an entry", APPEND: "Added to entries"}
_SAME_DAY_WORDS = {
    NOTE: "A day that has an entry gets a note.",
    APPEND: "What belongs to a day that has an entry is added to it.",
    SKIP: "Days that have an entry are left out.",
}


class ImportRow(NamedTuple):
    """A row of the plan: its day or a sign, its title, and its path or the reason why it is left out."""

    sign: str
    text: str
    place: str


class ImportList(RowList[ImportRow]):
    """The pieces of an import, grouped by what becomes of them; the selected row is shown whole."""

    BINDINGS: ClassVar[list[BindingType]] = [*GROUP_KEYS]

    def _parts(self, value: ImportRow, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        part = "late" if value.sign == "!" else "date"
        return [
            ("▌" if base else " ", self.style(*base, "marker")),
            (f"{value.sign:<11}", self.style(*base, part)),
        ]

    def row(self, line: Line[ImportRow], value: ImportRow, width: int) -> Strip:
        """Return a row in one line, with its place if there is room for all of that."""
        room = max(1, width - 12)
        text = cut(flat(value.text), room)
        parts = [*self._parts(value, ()), (text, self.style())]
        if value.place and cell_len(text) + cell_len(value.place) + 2 <= room:
            parts.append((f"  {flat(value.place)}", self.style("quiet")))
        return strip(parts, width, self.style())

    def selected(self, line: Line[ImportRow], value: ImportRow, width: int) -> list[Strip]:
        """Return the whole row."""
        return [
            *self.whole(self._parts(value, ("cursor",)), value.text, width, _MAX_LINES),
            *self.below(value.place, 12, width, 3),
        ]


def plan_lines(plan: "ImportPlan") -> list[Line[ImportRow]]:
    """Return the lines of the list for a plan, grouped by what becomes of the pieces."""
    lines: list[Line[ImportRow]] = []
    for action, title in _TITLES.items():
        rows = [
            ImportRow(one.day.isoformat(), one_line(one.title), one_line(one.path))
            for one in plan.entries
            if one.action == action
        ]
        lines += _group(title, rows)
    for title, found in (("Unclear", plan.unclear), ("Left out", plan.skipped)):
        lines += _group(
            title, [ImportRow("!", one_line(it.title), one_line(it.why)) for it in found]
        )
    rows = [
        ImportRow(f"{it.number:,}", one_line(it.what), one_line(it.example)) for it in plan.left_out
    ]
    return lines + _group("Not imported", rows)


def _group(title: str, rows: list[ImportRow]) -> list[Line[ImportRow]]:
    return [Line(title, None, len(rows)), *(Line(title, row) for row in rows)] if rows else []


class ImportDialog(Dialog[ImportResult | None]):
    """A dialog that asks what to import, shows a plan, and carries it out; returns the result, or None.

    Escape leads from the plan back to the file's name, and stops an import after the entry that is
    being written.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        *Dialog.CSS_PATH,
        Path(__file__).with_name("import_dialog.tcss"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "import", "Import", show=False),
        Binding("s", "same_day", "Days that have an entry", show=False),
        Binding("d", "day", "Day for those without one", show=False),
    ]

    def __init__(self, imports: Imports) -> None:
        self._first_hints = [("enter", "Show the plan"), ("esc", "Cancel")]
        super().__init__("Import", self._first_hints)
        self._imports = imports
        self._import_plan: ImportPlan | None = None
        self._path = ""
        self._choices = choices_of("", NOTE, None, "", "", imports.journal.scale.high)
        self._is_stopped, self._is_busy, self._done = False, False, (0, 0)

    def body(self) -> Sequence[Widget]:
        """Return the input for the file's name, the notes about it, and the list of the plan."""
        line = SingleLineInput(placeholder="~/Downloads/blog.xml")
        line.border_title = Content("File or folder")
        return [line, Static(Content(_ABOUT), classes="notes"), ImportList()]

    def on_mount(self) -> None:
        """Ask for the file's name."""
        self.query_one(ImportList).display = False
        self.query_one(SingleLineInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show the plan for the file."""
        if event.value.strip() and not self._is_busy:
            self._path = typed_path(event.value)
            self._plan(self._choices)

    def _say(self, sentence: str, *, is_wrong: bool = False) -> None:
        said = self.query_one(".notes", Static)
        said.set_class(is_wrong, "-wrong")
        said.update(Content(one_line(sentence)))

    @work(exclusive=True, group="plan", exit_on_error=False)
    async def _plan(self, choices: Choices) -> None:
        """Make the plan in a thread, and show it."""
        self._is_busy, self._is_stopped, self._done = True, False, (0, 0)
        self.query_one(KeyLine).show([("esc", "Stop")])

        def progress(done: int, total: int) -> None:
            if self._is_stopped:
                raise JournalError("Nothing was imported.")
            self._done = (done, total)

        def make() -> "ImportPlan":
            with self._imports.source(Path(self._path)) as source:
                return self._imports.plan(source, choices, progress)

        planning = asyncio.create_task(asyncio.to_thread(make))
        while not planning.done():
            await asyncio.wait([planning], timeout=_POLL_SECONDS)
            if not is_gone(self) and not planning.done():
                self._say(f"Reading: {counted(self._done[0], 'entry')} …")
        self._is_busy = False
        if is_gone(self):
            # An exception that is never retrieved would be logged.
            planning.exception()
            return
        try:
            plan = planning.result()
        except (JournalError, OSError, RuntimeError) as error:
            self._forget()
            self._say(str(error), is_wrong=True)
            return
        self._choices, self._import_plan = choices, plan
        self._show_plan(plan)

    def _show_plan(self, plan: "ImportPlan") -> None:
        days = plan.days()
        when = f" {' to '.join(dict.fromkeys(map(plain_date, days)))}." if days else ""
        said = [f"{plan.format[:1].upper()}{plan.format[1:]}: {plan.summary()}{when}"]
        if any(one.action != NEW for one in plan.entries) or plan.skipped:
            said.append(_SAME_DAY_WORDS[self._choices.same_day])
        self._say(" ".join([*said, *plan.remarks]))
        found = self.query_one(ImportList)
        found.display = True
        found.show_lines(plan_lines(plan))
        found.focus()
        hints = [("enter", "Import")] if plan.entries else []
        if any(one.action != NEW for one in plan.entries) or plan.skipped:
            hints.append(("s", "Same day"))
        if plan.unclear:
            hints.append(("d", "Give a day"))
        self.query_one(KeyLine).show([*hints, ("↑↓", "Move"), ("esc", "Back")])

    def _forget(self) -> None:
        """Go back to the file's name."""
        self._import_plan = None
        found = self.query_one(ImportList)
        found.display = False
        self._say(_ABOUT)
        self.query_one(KeyLine).show(self._first_hints)
        self.query_one(SingleLineInput).focus()

    def action_same_day(self) -> None:
        """Plan again with the next choice for days that already have an entry."""
        if self._import_plan and not self._is_busy:
            following = SAME_DAY[(SAME_DAY.index(self._choices.same_day) + 1) % len(SAME_DAY)]
            self._plan(self._choices._replace(same_day=following))

    def action_day(self) -> None:
        """Ask for the day of the pieces that have none, and plan again."""
        if not self._import_plan or not self._import_plan.unclear or self._is_busy:
            return
        journal = self._imports.journal

        def answered(words: str | None) -> None:
            if words:
                self._plan(self._choices._replace(on=journal.day(words)))

        unclear = self._import_plan.unclear
        dialog = LineDialog(
            "Which day?",
            f"{counted(len(unclear), 'piece')} without a day, such as “{one_line(unclear[0].title)[:60]}”",
            "Use this day",
            lambda words: f"→ {plain_date(journal.day(words))}",
            about="The day for all of them: 2014-10-06, last friday …",
        )
        self.app.push_screen(dialog, answered)

    def action_import(self) -> None:
        """Carry out the plan."""
        if self._import_plan and self._import_plan.entries and not self._is_busy:
            self._apply(self._import_plan)

    @work(exclusive=True, group="apply", exit_on_error=False)
    async def _apply(self, plan: "ImportPlan") -> None:
        self._is_busy, self._is_stopped, self._done = True, False, (0, 0)
        self.query_one(KeyLine).show([("esc", "Stop")])

        def progress(done: int, total: int) -> None:
            self._done = (done, total)

        def write() -> ImportResult:
            with self._imports.source(Path(self._path)) as source:
                return self._imports.apply(source, plan, progress, lambda: self._is_stopped)

        writing = asyncio.create_task(asyncio.to_thread(write))
        while not writing.done():
            await asyncio.wait([writing], timeout=_POLL_SECONDS)
            if not is_gone(self) and not writing.done():
                total = counted(len(plan.entries), "entry")
                self._say(f"{self._done[0]:,} of {total} imported …")
        self._is_busy = False
        try:
            done = writing.result()
        except (JournalError, OSError) as error:
            if not is_gone(self):
                self._forget()
                self._say(str(error), is_wrong=True)
            return
        if not is_gone(self):
            self.dismiss(done)

    def action_cancel(self) -> None:
        """Stop reading or importing, go back from the plan to the file's name, or close."""
        if self._is_busy:
            self._is_stopped = True
        elif self._import_plan:
            self._forget()
        else:
            self.dismiss(None)


def typed_path(words: str) -> str:
    """Return the path that was typed or dropped.

    A terminal inserts a dropped file as its path in quotes, with backslashes, or as a `file:` URL.
    """
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        # A quote inside a quoted name is written as '\''.
        with suppress(ValueError):
            if len(parts := shlex.split(words)) == 1:
                return parts[0]
        return words[1:-1]
    if words.startswith(_FILE_URL):
        return unquote(words.removeprefix(_FILE_URL).removeprefix("localhost"))
    if "\\" in words and not Path(words).exists():
        return re.sub(r"\\(\W)", r"\1", words)
    return words


def result_message(done: ImportResult) -> tuple[str, str]:
    """Return a message about the result of an import, and its severity."""
    files = f", with {counted(done.files, 'file')}" if done.files else ""
    said = f"{counted(done.written, 'entry')} imported{files}."
    if done.failed:
        first = done.failed[0]
        said += f" {counted(len(done.failed), 'entry')} couldn't be imported, such as “{first.title}”: {first.why}."
    if done.untried:
        said += f" {done.untried:,} not tried yet. Import it again to continue."
    said += " To undo it: “Undo the latest import” in the list of commands." if done.written else ""
    return one_line(said), "warning" if done.failed or done.untried else "information"
