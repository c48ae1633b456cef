"""The line above the text: the day, the days next to it, and its number."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from journal_tui.app.widgets.cells import cut
from journal_tui.app.widgets.humanize import WEEKDAYS, counted, date_with_year
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.period import CalendarPeriod
    from journal_tui.session import EditSession

MANY = 200
"""Number of files from which progress is shown."""
# The parts of the line that can be clicked, each with the command that it runs.
_PLACES = (
    (re.compile(r"◂ \w+(?:[ -]\w+)?"), "previous_day"),
    (re.compile(r"\w+(?:[ -]\w+)? ▸"), "next_day"),
    (re.compile(r"[\d,]+ late(?: follow-ups?)?(?: \(?[\w+]+\)?)?"), "follow_ups"),
)
LONGEST_TITLE = 24
"""The most cells of a note's title if there is no room for all titles in full."""
MIN_NAME = 8
"""The fewest cells in which the name of the journal is shown."""
_PADDING, _GAP = 2, 3
_UNKNOWN_WIDTH = 1000
Parts = list[tuple[str, str | Style]]


class DayHeader(Static):
    """A line with the date, the days next to it, the day's number, and the index's progress."""

    DEFAULT_CSS = """
    DayHeader {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        link-style: italic;
        link-color: $foreground;
        link-background: $panel;
        &:ansi { background: ansi_default; text-style: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._parts: tuple[date, date, str, str, str] | None = None
        self._period: CalendarPeriod | None = None
        self._busy = ""
        self._late, self._late_key = 0, ""
        self._notes: tuple[tuple[str, bool], ...] = ()
        self._notes_key = ""

    class Clicked(Message):
        """Posted when a part of the line that runs a command is clicked, such as the next day."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def on_click(self, event: events.Click) -> None:
        """Post the command that was clicked, if any."""
        offset = event.get_content_offset(self)
        if offset is None or "@click" in event.style.meta:
            # A note's title has an action of its own.
            return
        line = str(self.content)
        for place, command in _PLACES:
            found = place.search(line)
            if found and cell_len(line[: found.start()]) <= offset.x < cell_len(
                line[: found.end()]
            ):
                self.post_message(self.Clicked(command))
                return

    def show_session(self, session: "EditSession") -> None:
        """Show the day or period of an entry, the number in its title, and for a note its title."""
        journal, day = session.journal, session.day
        name = session.path.rpartition("/")[2].removesuffix(".md")
        if journal.entries.is_note(session.path):
            name = title_of(session.shown, name)
        period = self._period = session.period
        found = journal.vocabulary.day_number.search(session.shown.partition("\n")[0])
        self._parts = (
            day,
            journal.today(),
            _numbered(journal, day, int(found.group(1))) if found and not period else "",
            "" if name == (period.name if period else str(day)) else one_line(name),
            one_line(journal.name),
        )
        self._draw()

    def show_notes(self, notes: Iterable[tuple[str, bool]], key: str) -> None:
        """Show the day's notes, each as (title, whether it is open), and the key that lists them."""
        self._notes, self._notes_key = tuple(notes), key
        self._draw()

    def on_resize(self) -> None:
        """Show as many titles as there is room for."""
        self._draw()

    def show_progress(self, done: int, total: int) -> None:
        """Show the index's progress in files; show nothing for few files or at the end."""
        is_long = total >= MANY and done < total
        self._busy = f"reading {done:,} of {total:,} entries" if is_long else ""
        self._draw()

    def show_late(self, count: int, key: str) -> None:
        """Show how many follow-ups are late, and the key that lists them; nothing for none."""
        if (count, key) != (self._late, self._late_key):
            self._late, self._late_key = count, key
            self._draw()

    def _draw(self) -> None:
        if self._parts is None:
            return
        day, today, number, note, name = self._parts
        parts: Parts = [(_short(day), "bold")]
        muted, period = "$text-muted", self._period
        before = f"◂ {_brief(day - timedelta(1))}" if day > date.min else ""
        after = f"{_brief(day + timedelta(1))} ▸" if day < date.max else ""
        if period:
            parts = [(period.title, "bold")]
            earlier, later = period.step(-1), period.step(1)
            before = f"◂ {earlier.name}" if earlier else ""
            after = f"{later.name} ▸" if later else ""
        if period.days.contains(today) if period else day == today:
            now = f" this {period.kind}" if period else " today"
            parts.append((now, "bold $text-accent"))
        beside: Parts = [(f"   {before}  {after}", muted)]
        numbered: Parts = [(f"   {number}", "")] if number else []
        # Before the first layout, the width isn't known.
        width = (self.size.width or _UNKNOWN_WIDTH) - _PADDING
        if self._late and _cells([*parts, *self._late_in(width, ""), *beside, *numbered]) > width:
            # The page's title has the number as well.
            numbered = []
        parts += self._late_in(width - _cells([*parts, *beside, *numbered]), note)
        for optional in ([*beside, *numbered], beside, []):
            shown = self._notes_in(width - _cells([*parts, *optional]), note)
            if shown is not None:
                break
        else:
            optional, shown = [*beside, *numbered], self._shortest(note)
        parts += [*optional, *shown]
        last = self._busy or name
        if self._busy or width - _cells(parts) >= _GAP + min(MIN_NAME, cell_len(name)):
            parts.append((f"   {last}", muted))
        self.update(Content.assemble(*parts))

    def _late_in(self, room: int, note: str) -> Parts:
        """Return the number of late follow-ups, abbreviated if the notes would not fit beside it."""
        if not self._late:
            return []
        noun = "follow-up" if self._late == 1 else "follow-ups"
        full: Parts = [
            (f"   {self._late:,} late {noun}", "bold $text-error"),
            (f" {self._late_key}", "$text-muted"),
        ]
        titles = [title for title, _ in self._notes] or [note] * bool(note)
        notes = sum(cell_len(title) + 3 for title in titles) + cell_len(self._notes_key) + 1
        if _cells(full) + (notes if titles else 0) <= room:
            return full
        return [
            (f"   {self._late:,} late", "bold $text-error"),
            (f" ({self._late_key})", "$text-muted"),
        ]

    def _notes_in(self, room: int, note: str) -> Parts | None:
        """Return the titles of the notes, fewer if there is little room, or None if not even one fits.

        `note` is the title of the open file if it isn't the day's own.
        """
        titles = list(self._notes) or ([(note, True)] if note else [])
        if not titles:
            return []
        key: Parts = [(f" {self._notes_key}", "$text-muted")] if self._notes else []
        # The open note is always among those that are shown.
        order = sorted(range(len(titles)), key=lambda number: not titles[number][1])
        whole = max(len(title) for title, _ in titles)
        tries = [(len(titles), whole)]
        tries += [(count, LONGEST_TITLE) for count in range(len(titles), 0, -1)]
        for count, longest in tries:
            shown: Parts = []
            for number in sorted(order[:count]):
                title, is_open = titles[number]
                shown.append((" · " if shown else "   ", "$text-muted"))
                style = Style(italic=True, bold=is_open)
                if self._notes:
                    style += Style.from_meta({"@click": f"screen.open_note({number})"})
                shown.append((cut(title, longest), style))
            if count < len(titles):
                shown.append((f" +{len(titles) - count}", "$text-muted"))
            shown += key
            if _cells(shown) <= room:
                return shown
        shortest = self._shortest(note)
        return shortest if _cells(shortest) <= room else None

    def _shortest(self, note: str) -> Parts:
        """Return the number of notes, or the title of the open file if there is no other."""
        if not self._notes:
            return [(f"   {note}", "italic")] if note else []
        return [(f"   {counted(len(self._notes), 'note')} {self._notes_key}", "italic")]


def _numbered(journal: "Journal", day: date, number: int) -> str:
    """Return the number of a day with what is counted: `workday 385`, or `day 385` for another count."""
    is_workday = journal.config.counting == "workdays" and journal.number(day) == number
    return f"{'workday' if is_workday else 'day'} {number}"


def _cells(parts: Parts) -> int:
    return cell_len("".join(text for text, _ in parts))


def title_of(text: str, name: str) -> str:
    """Return the title of a note: the first line with text, without heading signs, or else `name`."""
    first = next((line for line in text.split("\n") if line.strip("# \t")), "")
    return one_line(first.strip("# \t")) or one_line(name)


def _short(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {date_with_year(day)}"


def _brief(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
