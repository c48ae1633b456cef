"""The list of people or tags: how often each is used, since when, and in which years."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from journal_tui.app.widgets.cells import BAR_HEIGHTS, cut, fit, flat, strip
from journal_tui.app.widgets.humanize import counted, short_day
from journal_tui.app.widgets.row_list import Line, RowList

if TYPE_CHECKING:
    from journal_tui.journal import Name

YEARS = 10
"""The most years that a row has a bar for."""
_MIN_NAME, _MAX_NAME = 18, 30
"""The fewest and the most columns of the names."""
_DAYS, _DAY = 10, 11
"""Columns of the number of days, and of a day."""
_WITH_FIRST = 78
"""Width from which a row also shows the first day."""


class NameRow(NamedTuple):
    """A tag or person in the list, with the names that look like it, the most used first."""

    name: "Name"
    alike: Sequence[str] = ()

    @property
    def shown(self) -> str:
        """The name with its sign."""
        return self.name.term[0] + self.name.spelled


def trend(years: Mapping[int, int], shown: Sequence[int]) -> str:
    """Return a bar for each year in `shown`; `years` has the number of days by year.

    The year with the most days has the highest bar, and even a single day gives a low one. A year
    without any has a dot, and a year before the first of `years` a blank.
    """
    best = max((years.get(year, 0) for year in shown), default=0)
    first = min(years, default=0)
    return "".join(
        BAR_HEIGHTS[max(1, round(days * 8 / best))]
        if (days := years.get(year, 0))
        else "· "[year < first]
        for year in shown
    )


def latest_years(first: int, last: int, most: int = YEARS) -> range:
    """Return the years from `first` to `last`, or only the last `most` of them."""
    return range(max(first, last - most + 1), last + 1)


def year_range(years: Sequence[int]) -> str:
    """Return the first and the last of some years, in order: `2017–2026`."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"


class NameList(RowList[NameRow]):
    """Tags or people; below the selected one are the names that look like it.

    `years` returns the number of days by year for a folded name.
    """

    def __init__(
        self, years: Callable[[str], Mapping[int, int]], today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._years, self._today = years, today
        self._trends: dict[str, str] = {}
        self.years: Sequence[int] = ()
        """The years for which each row has a bar, the same in all rows."""

    def show(self, found: Sequence[NameRow], keep: str = "") -> None:
        """Show names; select the one with the folded name `keep`, if it is there."""
        self._trends.clear()
        used = [row.name for row in found if row.name.days]
        self.years = (
            latest_years(
                min(name.first.year for name in used), max(name.last.year for name in used)
            )
            if used
            else ()
        )
        lines = [Line("", row) for row in found]
        self.show_lines(lines, (lambda row: row.name.term == keep) if keep else None)

    def _trend(self, term: str) -> str:
        if term not in self._trends:
            self._trends[term] = trend(self._years(term), self.years)
        return self._trends[term]

    def _parts(self, value: NameRow, width: int, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        name, plain = value.name, self.style(*base)
        room = min(_MAX_NAME, max(_MIN_NAME, width - 2 * _DAY - _DAYS - YEARS - 10))
        shown = fit("  " * min(name.depth, 3) + flat(value.shown), room)
        days = counted(name.days, "day") if name.days else "no days"
        parts = [
            ("▌" if base else " ", self.style(*base, "marker")),
            (f" {shown}  ", self.style(*base, "person" if name.term[0] == "@" else "date")),
            (f"{days:>{_DAYS}}  ", plain),
            (f"{self._trend(name.term):>{YEARS}}  ", self.style(*base, "date")),
        ]
        last = short_day(name.last, self._today())
        if width >= _WITH_FIRST:
            first = short_day(name.first, self._today()) if name.first != name.last else ""
            parts.append((f"{first:>{_DAY}} {'–' if first else ' '} ", self.style(*base, "quiet")))
        parts.append((f"{last:<{_DAY}}", self.style(*base, "quiet")))
        return parts

    def row(self, line: Line[NameRow], value: NameRow, width: int) -> Strip:
        """Return a name with its days, the trend by year, and when it was used."""
        return self._drawn(value, width, ())

    def _drawn(self, value: NameRow, width: int, base: tuple[str, ...]) -> Strip:
        parts = self._parts(value, width, base)
        room = width - sum(cell_len(text) for text, _ in parts) - 2
        if value.alike and not base and room > 3:
            parts.append((f" {cut(f'≈ {flat(value.alike[0])}', room)}", self.style("late")))
        return strip(parts, width, self.style(*base))

    def selected(self, line: Line[NameRow], value: NameRow, width: int) -> list[Strip]:
        """Return the row, and below it the names that look like it."""
        found = [self._drawn(value, width, ("cursor",))]
        if value.alike:
            said = f"Looks like {', '.join(value.alike)}. Press f2 to merge them."
            found += self.below(said, 2, width, 2, "late")
        return found
