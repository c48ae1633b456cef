"""The list of customers: the last visit, how much was said, is open and is not yet told; and of themes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from rich.style import Style
from textual.strip import Strip

from journal_tui.app.widgets.cells import fit, flat, strip
from journal_tui.app.widgets.row_list import Line, RowList
from journal_tui.customers import words
from journal_tui.customers.loop import Loop
from journal_tui.customers.overview import CustomerRow, Overview, PeriodCount, Repeat
from journal_tui.customers.spellings import OtherSpelling

CUSTOMERS, THEMES = "Customers", "Themes on several visits"
_MIN_NAME, _MAX_NAME = 12, 26
"""The fewest and the most columns of the customers' names."""
_VISITED, _SAID, _OPEN, _UNTOLD, _THEME = 14, 9, 5, 14, 11
"""The columns of the cells after a name."""
_BLANKS = 8
"""The columns of the marker and of the blanks between cells."""
_MAX_LINES = 6


class Alike(NamedTuple):
    """Two loops that were said in nearly the same words."""

    one: Loop
    other: Loop


Row: TypeAlias = CustomerRow | Repeat | Alike | OtherSpelling


class CustomerList(RowList["Row"]):
    """Customers with their themes, then themes of several visits, similar loops and other spellings.

    The selected row has more lines, with facts that its cells don't show.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._themes: Sequence[str] = ()
        self._names: Mapping[str, str] = {}

    def show(self, found: Overview, keep: str = "") -> None:
        """Show an overview, with the cursor on the customer with the key `keep`."""
        self._themes = found.themes
        self._names = found.names
        lines: list[Line[Row]] = [Line(CUSTOMERS)]
        lines += [Line(CUSTOMERS, row) for row in found.rows]
        for title, listed in (
            (THEMES, list(found.repeats)),
            (words.ALIKE, [Alike(*pair) for pair in found.alike]),
            (words.SPELLINGS, list(found.spellings)),
        ):
            if listed:
                lines += [Line(""), Line(title, None, len(listed))]
                lines += [Line(title, one) for one in listed]

        def is_kept(value: Row) -> bool:
            return isinstance(value, CustomerRow) and value.customer.key == keep

        self.show_lines(lines, is_kept if keep else None)

    def title(self, line: "Line[Row]", width: int) -> Strip:
        """Return the titles of the columns for the group of customers; for another group, its title."""
        if line.title != CUSTOMERS:
            return super().title(line, width)
        parts = [
            fit(f" {CUSTOMERS}", self._name_room(width) + 2),
            fit("last visit", _VISITED, True),
        ]
        parts += [
            fit("said", _SAID, True),
            fit("open", _OPEN, True),
            fit(words.NOT_TOLD, _UNTOLD, True),
        ]
        parts += [
            fit(flat(words.theme_shown(theme)), _THEME - 1, True) for theme in self._columns(width)
        ]
        return strip([(f"{part} ", self.style("title")) for part in parts], width, self.style())

    def _name_room(self, width: int) -> int:
        rest = _VISITED + _SAID + _OPEN + _UNTOLD + _BLANKS
        return max(_MIN_NAME, min(_MAX_NAME, width - rest))

    def _columns(self, width: int) -> Sequence[str]:
        """Return the themes for which there are columns."""
        used = self._name_room(width) + _VISITED + _SAID + _OPEN + _UNTOLD + _BLANKS
        return self._themes[: max(0, (width - used) // _THEME)]

    def _parts(self, value: Row, width: int, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        plain, quiet = self.style(*base), self.style(*base, "quiet")
        parts = [("▌" if base else " ", self.style(*base, "marker")), (" ", plain)]
        if isinstance(value, Repeat):
            said = flat(words.repeated(value, self._names))
            return [*parts, (fit(said, max(1, width - 3)), plain)]
        if isinstance(value, Alike):
            said = f"{flat(value.one.text)} ≈ {flat(value.other.text)}"
            return [*parts, (fit(said, max(1, width - 3)), plain)]
        if isinstance(value, OtherSpelling):
            said = flat(words.other_spelling(value))
            return [*parts, (fit(said, max(1, width - 3)), plain)]
        room = self._name_room(width)
        days = "never" if value.days is None else f"{value.days:,} d ago"
        days = "today" if value.days == 0 else days
        late = "late" if value.is_due else "quiet"
        # Colour is never the only signal.
        days = f"late, {days}" if value.is_due else days
        parts.append((f"{fit(flat(value.customer.shown), room)} ", self.style(*base, "person")))
        parts.append((f"{fit(days, _VISITED, True)} ", self.style(*base, late)))
        said = f"{value.said.now:,} new" if value.is_new else _short(value.said)
        parts.append((f"{fit(said, _SAID, True)} ", plain))
        for number, size in ((len(value.promises), _OPEN), (len(value.untold), _UNTOLD)):
            parts.append((f"{fit(f'{number:,}', size, True)} ", plain if number else quiet))
        for theme in self._columns(width):
            count = value.themes.get(theme)
            said = _short(count, value.is_new) if count else "0"
            parts.append((f"{fit(said, _THEME - 1, True)} ", plain if count else quiet))
        return parts

    def row(self, line: "Line[Row]", value: Row, width: int) -> Strip:
        """Return a row as one line."""
        return strip(self._parts(value, width, ()), width, self.style())

    def selected(self, line: "Line[Row]", value: Row, width: int) -> list[Strip]:
        """Return the row, and below it the facts that its cells don't show."""
        base = ("cursor",)
        found = [strip(self._parts(value, width, base), width, self.style(*base))]
        for text in self._about(value):
            found += self.below(text, 3, width, _MAX_LINES)
        return found

    def _about(self, value: Row) -> list[str]:
        if isinstance(value, CustomerRow):
            found = [words.visited(value), words.themes_of(value, self._themes)]
            if value.promises:
                found.append(f"oldest promise: {words.promised(value.promises[0], self._today())}")
            if value.reopened:
                found.append(words.said_again(len(value.reopened)))
            return found
        if isinstance(value, OtherSpelling):
            place = value.place
            return [words.other_spelling(value), f"first on {place.day} in {place.path}"]
        loops = value.loops if isinstance(value, Repeat) else value
        return [f"{loop.place.day} {', '.join(loop.customers)}: {loop.text}" for loop in loops[-4:]]


def _short(count: PeriodCount, is_new: bool = False) -> str:
    is_changed = count.change and not is_new
    return f"{count.now:,} {words.change(count)}" if is_changed else f"{count.now:,}"
