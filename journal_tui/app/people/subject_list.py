"""The list of everything about a person or a tag: the follow-ups, then the passages by date."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from journal_tui.app.widgets.cells import cut, flat, scale_of, strip
from journal_tui.app.widgets.humanize import box_of, short_day
from journal_tui.app.widgets.row_list import GROUP_KEYS, Line, RowList
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import CLOSED, FOLLOW_UP, WAITING

if TYPE_CHECKING:
    from journal_tui.journal import Said

    Row: TypeAlias = FollowUp | Said

BY_DATE = "By date"
_DAY, _KIND, _RATING = 11, 8, 7
_MAX_LINES = 8
_WITH_KIND = 76
"""Width from which a row also shows the kind and the rating."""
_NEAR_END = 40
"""How many lines before the end of the list the next passages are read."""


class SubjectList(RowList["Row"]):
    """Follow-ups in groups, then passages; the selected row is shown whole.

    Passages are added in pages: `NearEnd` is posted when the next page is needed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*GROUP_KEYS]

    class NearEnd(Message):
        """Posted when the end of the list is near the cursor or in view."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show(self, groups: Sequence[tuple[str, Sequence[FollowUp]]]) -> None:
        """Show groups of follow-ups, and below them the title of the passages, which `add` fills."""
        lines: list[Line[Row]] = []
        for title, listed in groups:
            lines.append(Line(title, None, len(listed)))
            lines += [Line(title, one) for one in listed]
            lines.append(Line(""))
        lines.append(Line(BY_DATE))
        self.show_lines(lines)

    def add(self, said: "Sequence[Said]") -> None:
        """Add passages at the end."""
        self.add_lines([Line(BY_DATE, one) for one in said])

    @property
    def is_near_end(self) -> bool:
        """Whether the end is near the cursor or in view."""
        return self.lines_left < _NEAR_END

    def moved(self) -> None:
        """Ask for more passages if the end is near."""
        if self.is_near_end:
            self.post_message(self.NearEnd())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for more passages if the end is near."""
        super().watch_scroll_y(old_value, new_value)
        self.moved()

    def _parts(self, value: "Row", width: int, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        today, plain = self._today(), self.style(*base)
        parts = [("▌" if base else " ", self.style(*base, "marker"))]
        if isinstance(value, FollowUp):
            is_late = value.is_late(today)
            day = value.due if value.due and not value.is_closed else value.since_when
            part = "closed" if value.is_closed else "late" if is_late else "date"
            lead = (
                short_day(day, today)
                if value.due or value.state == WAITING or value.is_closed
                else ""
            )
            return [
                *parts,
                (
                    f" {box_of(value.state)}  ",
                    self.style(*base, "closed") if value.is_closed else plain,
                ),
                (f"{lead:{_DAY}}  ", self.style(*base, part)),
            ]
        when = value.period or short_day(value.day, today)
        parts.append((f" {when:{_DAY}}  ", self.style(*base, "date")))
        if width >= _WITH_KIND:
            rating = "" if value.rating is None else scale_of(self).shown(value.rating)
            parts.append((f"{rating:>{_RATING}}  ", self.style(*base, "quiet")))
            parts.append((f"{value.kind:{_KIND}}  ", self.style(*base, "quiet")))
        elif value.part == FOLLOW_UP:
            parts.append((f"{box_of(value.state)} ", plain))
        return parts

    def _text_style(self, value: "Row", base: tuple[str, ...]) -> Style:
        return self.style(*base, "closed") if value.state in CLOSED else self.style(*base)

    def row(self, line: "Line[Row]", value: "Row", width: int) -> Strip:
        """Return a follow-up or passage as one line."""
        parts = self._parts(value, width, ())
        room = max(1, width - sum(cell_len(text) for text, _ in parts) - 1)
        parts.append((cut(flat(value.text), room), self._text_style(value, ())))
        return strip(parts, width, self.style())

    def selected(self, line: "Line[Row]", value: "Row", width: int) -> list[Strip]:
        """Return the whole text of a row, and below it a line of facts."""
        base = ("cursor",)
        parts, style = self._parts(value, width, base), self._text_style(value, base)
        return [
            *self.whole(parts, value.text, width, _MAX_LINES, style),
            *self.below(self._about(value), 2, width, 2),
        ]

    def _about(self, value: "Row") -> str:
        """Return the facts that the selected row itself doesn't show."""
        today = self._today()
        if isinstance(value, FollowUp):
            said = [f"due {short_day(value.due, today)}"] if value.due else []
            if value.is_late(today):
                said.append("late")
            if value.waiting and not value.is_closed:
                said.append(
                    f"waiting for {value.people} since {short_day(value.since_when, today)}"
                )
            if value.is_closed:
                said.append(f"{value.state} {short_day(value.since_when, today)}")
            return " · ".join([*said, f"written {value.period or short_day(value.day, today)}"])
        said = ["learning point" if value.kind == "point" else value.kind or "prose"]
        if value.rating is not None:
            said.append(f"the day was rated {scale_of(self).shown(value.rating)}")
        return " · ".join([*said, value.path])
