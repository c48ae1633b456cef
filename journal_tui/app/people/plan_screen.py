"""The plan of a renaming: show each line before and after it, and carry it out on request."""

import asyncio
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.cells import cut, flat, strip
from journal_tui.app.widgets.humanize import counted
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.app.widgets.row_list import GROUP_KEYS, Line, RowList
from journal_tui.entry.edit import smallest_edit
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.renames import RenameResult

if TYPE_CHECKING:
    from journal_tui.renames import RenamePlan, Renames

_POLL_SECONDS = 0.1
_NUMBER = 5
"""Columns of a line's number."""
_MAX_LINES = 6
_AFTER = 20
"""The fewest columns of a line that are shown after the beginning of its change."""


class PlanRow(NamedTuple):
    """A line before (-) or after (+) the renaming, or an entry that can't be changed (!).

    `at` is the offset of the first change in the line.
    """

    number: int
    sign: str
    text: str
    at: int = 0

    def around_change(self, room: int) -> str:
        """Return as much of the line as there is room for, with the change in it."""
        first = max(0, self.at - room // 3)
        # A line is recognised by its beginning, so show that if there is room for the change, too.
        if self.at < room - _AFTER or not first:
            return cut(flat(self.text), room)
        return cut(f"…{flat(self.text[first:])}", room)


class PlanList(RowList[PlanRow]):
    """The lines that change, by entry; the selected line is shown whole."""

    BINDINGS: ClassVar[list[BindingType]] = [*GROUP_KEYS]

    def _parts(
        self, value: PlanRow, base: tuple[str, ...]
    ) -> tuple[list[tuple[str, Style]], Style]:
        number = str(value.number) if value.number and value.sign == "-" else ""
        part = {"-": "closed", "+": "date"}.get(value.sign, "late")
        style = self.style(*base, part)
        parts = [
            ("▌" if base else " ", self.style(*base, "marker")),
            (f"{number:>{_NUMBER}} ", self.style(*base, "quiet")),
            (f"{value.sign} ", style),
        ]
        return parts, style

    def row(self, line: Line[PlanRow], value: PlanRow, width: int) -> Strip:
        """Return a line, cut to the width."""
        parts, style = self._parts(value, ())
        text = value.around_change(max(1, width - _NUMBER - 5))
        return strip([*parts, (text, style)], width, self.style())

    def selected(self, line: Line[PlanRow], value: PlanRow, width: int) -> list[Strip]:
        """Return the whole line."""
        parts, style = self._parts(value, ("cursor",))
        return self.whole(parts, value.text, width, _MAX_LINES, style)


def plan_lines(plan: "RenamePlan") -> list[Line[PlanRow]]:
    """Return the lines of the list for a plan, with a title for each entry."""
    lines: list[Line[PlanRow]] = []
    for entry in plan.entries:
        lines.append(Line(entry.path))
        for change in entry.lines:
            at = next((edit.start for edit in smallest_edit(change.before, change.after)), 0)
            lines.append(Line(entry.path, PlanRow(change.line, "-", change.before, at)))
            lines.append(Line(entry.path, PlanRow(change.line, "+", change.after, at)))
    if plan.skipped:
        title = "Can't be changed"
        lines.append(Line(title, None, len(plan.skipped)))
        lines += [Line(title, PlanRow(0, "!", f"{one.path}: {one.why}")) for one in plan.skipped]
    return lines


class PlanScreen(Dialog[RenameResult | None]):
    """A dialog that shows a plan and carries it out on request; returns the result, or None if cancelled.

    Escape stops a renaming after the entry that is being changed.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "people.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "rename", "Rename", show=False)]

    def __init__(self, renames: "Renames", plan: "RenamePlan") -> None:
        what = "Merge" if plan.is_merge else "Rename"
        self._can_rename = bool(plan.entries)
        hints = [("enter", what), ("↑↓", "Move"), ("tab", "Next entry"), ("esc", "Cancel")]
        into = "into" if plan.is_merge else "to"
        super().__init__(
            f"{what} {plan.old} {into} {plan.new}", hints if self._can_rename else hints[1:]
        )
        self._renames, self._rename_plan = renames, plan
        self._is_stopped, self._done = False, 0
        self._is_renaming = False

    def body(self) -> Sequence[Widget]:
        """Return the summary of the plan, and the lines."""
        return [Static(classes="notes"), PlanList()]

    def on_mount(self) -> None:
        """List the lines."""
        plan = self._rename_plan
        self.query_one(PlanList).focus()
        said = [*plan.notes(), plan.summary()]
        if not plan.entries and not plan.skipped:
            said = ["It is already spelled like this everywhere, so no line changes."]
        self.query_one(".notes", Static).update(Content(one_line(" ".join(said))))
        self._list()

    @work(exclusive=True, group="list")
    async def _list(self) -> None:
        lines = await asyncio.to_thread(plan_lines, self._rename_plan)
        if self.is_mounted:
            self.query_one(PlanList).show_lines(lines)

    def action_rename(self) -> None:
        """Carry out the plan."""
        if self._can_rename and not self._is_renaming:
            self._is_renaming = True
            self.query_one(KeyLine).show([("esc", "Stop")])
            self._rename()

    @work(exclusive=True, group="apply")
    async def _rename(self) -> None:
        total = len(self._rename_plan.entries)

        def progress(done: int, _: int) -> None:
            self._done = done

        renaming = asyncio.create_task(
            asyncio.to_thread(
                self._renames.apply, self._rename_plan, progress, lambda: self._is_stopped
            )
        )
        while not renaming.done():
            await asyncio.wait([renaming], timeout=_POLL_SECONDS)
            if self.is_mounted and not renaming.done():
                said = f"{self._done:,} of {counted(total, 'entry')} changed …"
                self.query_one(".notes", Static).update(Content(said))
        try:
            done = renaming.result()
        except (JournalError, OSError) as error:
            self._is_renaming = False
            if self.is_mounted:
                self.query_one(".notes", Static).update(Content(one_line(str(error))))
                self.query_one(KeyLine).show([("esc", "Close")])
                self._can_rename = False
            return
        if self.is_mounted:
            self.dismiss(done)

    def action_cancel(self) -> None:
        """Close, or stop a renaming that is under way."""
        if self._is_renaming:
            self._is_stopped = True
        else:
            self.dismiss(None)
