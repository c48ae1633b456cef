"""The line above the text: which day this is, its neighbours, its number."""

from datetime import date, timedelta

from textual.content import Content
from textual.widgets import Static

from journal_tui.app.widgets.wording import MONTHS, WEEKDAYS
from journal_tui.entry.visible import one_line

MANY = 200


class DayHeader(Static):
    """One line: weekday and date, the days beside it, the day's number, and what is going on."""

    DEFAULT_CSS = """
    DayHeader {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:ansi { background: ansi_default; text-style: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._parts: tuple[date, date, int | None, str, str] | None = None
        self._busy = ""

    def show_day(self, day: date, today: date, number: int | None, note: str, name: str) -> None:
        """Show a day; `note` is the file's name when it is not the day entry, `name` the journal's."""
        self._parts = (day, today, number, one_line(note), one_line(name))
        self._draw()

    def show_reading(self, done: int, total: int) -> None:
        """Say how far the index is with its files; nothing for few, or when all are read."""
        is_long = total >= MANY and done < total
        self._busy = f"reading {done:,} of {total:,} entries" if is_long else ""
        self._draw()

    def _draw(self) -> None:
        if self._parts is None:
            return
        day, today, number, note, name = self._parts
        parts: list[tuple[str, str]] = [(_short(day), "bold")]
        if day == today:
            parts.append((" today", "bold $text-accent"))
        muted = "$text-muted"
        before = f"◂ {_brief(day - timedelta(1))}" if day > date.min else ""
        after = f"{_brief(day + timedelta(1))} ▸" if day < date.max else ""
        parts.append((f"   {before}  {after}", muted))
        if number is not None:
            parts.append((f"   day {number}", ""))
        if note:
            parts.append((f"   {note}", "italic"))
        parts.append((f"   {self._busy}" if self._busy else f"   {name}", muted))
        self.update(Content.assemble(*parts))


def _short(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _brief(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
