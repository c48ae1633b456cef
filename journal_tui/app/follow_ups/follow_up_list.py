"""The list of follow-ups in groups: how a row is drawn, and what a click on it does."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from journal_tui.app.follow_ups import rows
from journal_tui.app.widgets.cells import cut, flat, strip
from journal_tui.app.widgets.humanize import box_of, short_day
from journal_tui.app.widgets.row_list import GROUP_KEYS, Line, RowList
from journal_tui.entry.follow_ups import LATE, UNDATED, FollowUp, Group

_MAX_LINES = 8
_INDENT = 5
"""Columns of the marker, the box and the blanks after them."""
_WIDE = 100
"""Width from which a row ends with the day on which it was written."""


class RowPlace(NamedTuple):
    """A follow-up's file and line, to find its row again, and its text if that must match, too."""

    path: str
    line: int
    said: str | None = None

    def matches(self, follow_up: FollowUp | None) -> bool:
        """Return whether this is the place of a follow-up."""
        return (
            follow_up is not None
            and (follow_up.path, follow_up.line) == (self.path, self.line)
            and self.said in (None, follow_up.said)
        )


class FollowUpList(RowList[FollowUp]):
    """Follow-ups in groups with a cursor; the selected one is shown whole, with a line about it."""

    BINDINGS: ClassVar[list[BindingType]] = [*GROUP_KEYS]

    class Ticked(Message):
        """Posted when the box of the selected follow-up is clicked."""

    class Opened(RowList.Opened):
        """Posted when the selected follow-up is clicked again."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show(self, groups: list[Group], keep: RowPlace | None = None) -> None:
        """Show groups; select the follow-up at `keep`, or else the one where the cursor was."""
        lines: list[Line[FollowUp]] = []
        for number, group in enumerate(groups):
            if number:
                lines.append(Line(""))
            lines.append(Line(group.title, None, len(group.follow_ups)))
            lines += [Line(group.title, one) for one in group.follow_ups]
        self.show_lines(lines, keep.matches if keep else None)

    def title(self, line: Line[FollowUp], width: int) -> Strip:
        """Return the title of a group; that of late follow-ups has the colour of late dates."""
        style = self.style("late" if line.title == LATE else "title")
        parts = [(f" {line.title}", style), (f"  {line.number:,}", self.style("quiet"))]
        return strip(parts, width, self.style())

    def _parts(
        self, line: Line[FollowUp], one: FollowUp, base: tuple[str, ...]
    ) -> list[tuple[str, Style]]:
        """Return the marker, the box, the date and the people of a row."""
        plain, today = self.style(*base), self._today()
        quiet = "closed" if one.is_closed else "late" if line.title == LATE else "date"
        lead = rows.lead(line.title, one, today)
        parts = [
            ("▌" if base else " ", self.style(*base, "marker")),
            (f" {box_of(one.state)}  ", self.style(*base, "closed") if one.is_closed else plain),
        ]
        if line.title != UNDATED:
            parts.append((f"{lead:{rows.LEAD}}  ", self.style(*base, quiet)))
        if one.waiting and not one.is_closed:
            parts.append((f"{flat(one.people)} ", self.style(*base, "person")))
        return parts

    def row(self, line: Line[FollowUp], value: FollowUp, width: int) -> Strip:
        """Return a follow-up as one line; in a wide list, it ends with the day on which it was written."""
        parts = self._parts(line, value, ())
        used = sum(cell_len(text) for text, _ in parts)
        end = self._end(value, width)
        room = max(1, width - used - cell_len(end) - 1)
        text = cut(flat(value.text), room)
        parts.append((text, self.style("closed") if value.is_closed else self.style()))
        if end:
            parts.append((" " * (room - cell_len(text)), self.style()))
            parts.append((end, self.style("quiet")))
        return strip(parts, width, self.style())

    def _end(self, one: FollowUp, width: int) -> str:
        """Return the day on which a follow-up was written, or "" without room for it."""
        if width < _WIDE:
            return ""
        said = f"written {one.period or short_day(one.day, self._today())}"
        return f"  {said:>{rows.LEAD + len('written ')}}"

    def selected(self, line: Line[FollowUp], value: FollowUp, width: int) -> list[Strip]:
        """Return the whole text of a follow-up, and below it a line of facts."""
        base = ("cursor",)
        style = self.style(*base, "closed") if value.is_closed else None
        parts, about = self._parts(line, value, base), rows.about(line.title, value, self._today())
        return [
            *self.whole(parts, value.text, width, _MAX_LINES, style),
            *self.below(about, _INDENT, width, 3),
        ]

    def clicked(self, column: int, was_selected: bool) -> None:
        """Tick a follow-up if its box is clicked; open it if it was selected."""
        if 1 <= column < _INDENT - 1:
            self.post_message(self.Ticked())
        elif was_selected:
            self.post_message(self.Opened())
