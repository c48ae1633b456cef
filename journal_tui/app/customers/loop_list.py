"""The list of loops, with the stage of each, and of other passages that mention a customer."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from journal_tui.app.widgets.cells import cut, flat, scale_of, strip
from journal_tui.app.widgets.humanize import short_day
from journal_tui.app.widgets.row_list import GROUP_KEYS, MARKER, Line, RowList
from journal_tui.customers import words
from journal_tui.customers.loop import REOPENED, SAID, Loop, Place
from journal_tui.customers.overview import OpenPromise
from journal_tui.customers.visit import CONFIRMED, TOLD
from journal_tui.entry.model import VALUES

if TYPE_CHECKING:
    from journal_tui.journal import Said

    Row: TypeAlias = Loop | OpenPromise | Said

_STAGE, _MAX_LINES = 12, 8
_CLOSED = (TOLD, CONFIRMED)


class LoopList(RowList["Row"]):
    """Loops, open promises and passages in groups; the selected row is shown whole, with its promises."""

    BINDINGS: ClassVar[list[BindingType]] = [*GROUP_KEYS]

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show(self, groups: "Sequence[tuple[str, Sequence[Row]]]") -> None:
        """Show groups; of an empty group, show only the title."""
        lines: list[Line[Row]] = []
        for title, listed in groups:
            lines.append(Line(title, None, len(listed)))
            lines += [Line(title, one) for one in listed]
            lines.append(Line(""))
        self.show_lines(lines[:-1])

    @property
    def place(self) -> Place | None:
        """The file and line of the selected row, or None in an empty list."""
        value = self.chosen
        if value is None:
            return None
        if isinstance(value, Loop):
            return value.place
        if isinstance(value, OpenPromise):
            return value.made.place
        return Place(value.day, value.path, value.line)

    def _lead(self, value: "Row", base: tuple[str, ...]) -> tuple[str, Style]:
        """Return the stage of a loop, the age of a promise, or the day of an entry."""
        if isinstance(value, Loop):
            part = "late" if value.awaits_telling or value.stage == REOPENED else "date"
            part = "closed" if value.stage in _CLOSED or value.section == VALUES else part
            return short_stage(value), self.style(*base, part)
        if isinstance(value, OpenPromise):
            part = "late" if value.is_late(self._today()) else "date"
            # Colour is never the only signal.
            return "late" if part == "late" else f"{value.age:,} d old", self.style(*base, part)
        when = value.period or short_day(value.day, self._today())
        return when, self.style(*base, "date")

    @staticmethod
    def _text(value: "Row") -> str:
        return value.made.promise.text if isinstance(value, OpenPromise) else value.text

    def row(self, line: "Line[Row]", value: "Row", width: int) -> Strip:
        """Return a row as one line."""
        lead, style = self._lead(value, ())
        parts = [(f"  {lead:{_STAGE + 1}}  ", style)]
        room = max(1, width - cell_len(parts[0][0]) - 1)
        parts.append((cut(flat(self._text(value)), room), self.style()))
        return strip(parts, width, self.style())

    def selected(self, line: "Line[Row]", value: "Row", width: int) -> list[Strip]:
        """Return the whole text of a row, and below it the promises, the dates and the path."""
        base = ("cursor",)
        lead, style = self._lead(value, base)
        first = f" {lead:{_STAGE + 1}}  "
        parts = [(MARKER, self.style(*base, "marker")), (first, style)]
        found = self.whole(parts, self._text(value), width, _MAX_LINES)
        for about in self._about(value):
            found += self.below(about, 1 + cell_len(first), width, 3)
        return found

    def _about(self, value: "Row") -> list[str]:
        """Return the facts that the selected row itself doesn't show."""
        today = self._today()
        if isinstance(value, Loop):
            found = [words.promise_shown(made) for made in value.promises if value.is_feedback]
            if value.again:
                found.append(f"said again {short_day(value.again.day, today)}")
            if value.earlier:
                found.append(f"said before, {short_day(value.earlier.day, today)}")
            for word, day in (("told", value.told), ("confirmed", value.confirmed)):
                found += [f"{word} {short_day(day, today)}"] if day else []
            where = [words.SECTION_NAMES[value.section], words.stage_shown(value)]
            return [*found, " · ".join([*where, ", ".join(value.customers), value.place.path])]
        if isinstance(value, OpenPromise):
            about = [words.promised(value, today).removeprefix(f"{value.made.promise.text} – ")]
            if value.loop.is_feedback:
                about.append(f"for “{value.loop.text}”")
            return [*about, value.made.place.path]
        rated = "" if value.rating is None else f"rated {scale_of(self).shown(value.rating)}"
        return [" · ".join(filter(None, (rated, value.path)))]


def short_stage(loop: Loop) -> str:
    """Return the stage of a loop in at most twelve characters."""
    if loop.section == VALUES and loop.stage == SAID:
        return "valued"
    if loop.stage == REOPENED:
        return "said again"
    return words.NOT_TOLD if loop.awaits_telling else loop.stage
