"""The screen about one person or tag: how often it is used, its follow-ups, and its passages."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from journal_tui.app.commands import PaletteCommand, bindings, key_of, palette_commands
from journal_tui.app.people.name_list import latest_years, trend, year_range
from journal_tui.app.people.renaming_screen import RenamingScreen
from journal_tui.app.people.subject_list import SubjectList
from journal_tui.app.widgets.humanize import counted, short_day
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import PlainName, Said, Subject
    from journal_tui.renames import Renames

PAGE = 100
"""How many passages are read at once."""
_BAR = 20
_MAX_YEARS, _MAX_NUMBERS = 12, 3
_WIDE = 100
"""The width from which the facts are beside the list."""
_GIVES_WAY = ("undo", "rename")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class ChosenLine(NamedTuple):
    """A line of an entry to open, and the folded name on whose screen it was chosen."""

    day: date
    path: str
    line: int
    term: str


class SubjectScreen(RenamingScreen["ChosenLine | None"]):
    """A screen of everything about a folded tag or person; it returns the line to open, or None.

    `find(words)` opens Find above this screen to search whole days. The cursor begins on the line of
    `opening`, which was chosen here before.
    """

    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("subject")]

    def __init__(
        self,
        renames: "Renames",
        term: str,
        changed: Callable[[], None],
        find: Callable[[str], object] = lambda words: None,
        opening: "ChosenLine | None" = None,
    ) -> None:
        super().__init__(renames, changed)
        self._term, self._find, self._opening = term, find, opening
        self._plain: PlainName | None = None
        self.list = SubjectList(self.journal.today)
        self._subject: Subject | None = None
        self._said: Iterator[Said] = iter(())
        self._is_reading = False

    @property
    def term(self) -> str:
        """The folded tag or person, under its new name if it has been renamed here."""
        return self._term

    def compose(self) -> ComposeResult:
        """Yield the name, the facts, the list and the keys."""
        yield Static(classes="heading")
        with Container(classes="both"):
            with VerticalScroll(classes="side", can_focus=False):
                yield Static(classes="facts")
            yield self.list
        yield Static(classes="empty")
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """Look up the person or tag."""
        self.list.focus()
        self.reload(self._term)

    def on_resize(self) -> None:
        """Fit the facts to the width; the footer fits itself."""
        self.show_heading()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("subject",), self)

    def reload(self, term: str = "") -> None:
        """Look up the person or tag again, under the folded name `term` if it has been renamed."""
        self._term = term or self._term
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        term = self._term

        def read() -> "tuple[Subject | None, Iterator[Said], list[Said]]":
            found = self.journal.subjects.about(term)
            said = self.journal.subjects.said(term)
            return found, said, list(islice(said, PAGE)) if found else []

        try:
            found, said, first = await asyncio.to_thread(read)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        if not self.is_mounted:
            return
        self._subject, self._said, self._plain = found, said, None
        self.set_class(found is None, "-empty")
        if found is None:
            self.query_one(".heading", Static).update(Content.assemble((one_line(term), "bold")))
            self.query_one(".empty", Static).update(
                Content(one_line(f"No entry mentions {term}. Press esc to go back."))
            )
            return
        self.show_heading()
        self.list.show(found.follow_ups())
        self.list.add(first)
        if (opening := self._opening) is not None:
            self._opening = None
            self.list.select(lambda one: (one.path, one.line) == (opening.path, opening.line))
        self._count_without_sign(found)

    @work(exclusive=True, group="plain")
    async def _count_without_sign(self, subject: "Subject") -> None:
        """Count the days that have the name without its sign; this may have to read many entries."""
        try:
            plain = await asyncio.to_thread(self.journal.subjects.plain, subject.name)
        except (JournalError, OSError):
            return
        if self.is_mounted and subject is self._subject:
            self._plain = plain
            self.show_heading()

    def show_heading(self) -> None:
        """Show the name with its days, and the facts about it."""
        subject = self._subject
        if subject is None:
            return
        name, today = subject.name, self.journal.today()
        span = "only in period notes"
        if name.days:
            first, last = short_day(name.first, today), short_day(name.last, today)
            span = counted(name.days, "day") + (
                f", {first}" if first == last else f", {first} – {last}"
            )
        self.query_one(".heading", Static).update(
            Content.assemble((one_line(subject.shown), "bold"), "   ", span)
        )
        rated = [*filter(None, [subject.rated(self.journal.scale.shown)]), subject.learned()]
        if self._plain:
            key = key_of("find", {}, ("subject",))
            rated.append(f"{one_line(self._plain.said())}: {key}")
        if self.size.width >= _WIDE:
            text = "\n\n".join([f"Days a year\n{_bars(subject.years)}", *rated])
        else:
            text = "   ".join(filter(None, [_trend_line(subject.years), " ".join(rated)]))
        self.query_one(".facts", Static).update(Content(text))

    def on_subject_list_near_end(self) -> None:
        """Read the next passages."""
        if not self._is_reading:
            self._is_reading = True
            self._read_more()

    @work(group="more")
    async def _read_more(self) -> None:
        said = self._said
        try:
            found = await asyncio.to_thread(lambda: list(islice(said, PAGE)))
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            found = []
        finally:
            self._is_reading = False
        if self.is_mounted and said is self._said and found:
            self.list.add(found)

    def action_open(self) -> None:
        """Answer with the selected line, to be opened in its entry."""
        if (one := self.list.chosen) is not None:
            self.dismiss(ChosenLine(one.day, one.path, one.line, self._term))

    def on_row_list_opened(self) -> None:
        """Open the selected row when it is clicked."""
        self.action_open()

    def action_find(self) -> None:
        """Search for the name without its sign if an entry has that, or else for the tag or person."""
        if self._subject:
            self._find(self._plain.query if self._plain else self._subject.shown)

    def action_rename(self) -> None:
        """Rename the tag or person, or merge it with another."""
        if self._subject:
            self.ask_to_rename(self._subject.name)

    def action_help(self) -> None:
        """Show the page about people and tags, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("people-and-tags"))


def _trend_line(years: dict[int, int]) -> str:
    """Return the number of days by year: in words for a few years, otherwise as bars; "" for one year."""
    if len(years) < 2:
        return ""
    if len(years) <= _MAX_NUMBERS:
        return ", ".join(f"{counted(days, 'day')} in {year}" for year, days in years.items()) + "."
    latest = latest_years(min(years), max(years), _MAX_YEARS)
    return f"Days a year: {trend(years, latest)} {year_range(latest)}"


def _bars(years: dict[int, int]) -> str:
    """Return a line with a bar for each of the latest years, newest first; older years share a line."""
    best = max(years.values(), default=0)
    latest = sorted(years, reverse=True)
    lines = [
        f"{year}  {'▇' * -(-years[year] * _BAR // best) if years[year] else ''} {years[year] or '·'}"
        for year in latest[:_MAX_YEARS]
    ]
    if older := latest[_MAX_YEARS:]:
        total = sum(years[year] for year in older)
        lines.append(f"{older[-1]}–{older[0]}: {counted(total, 'day')}")
    return "\n".join(lines)
