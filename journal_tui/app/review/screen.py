"""The review screen: a period in pictures and numbers, each of which opens the days that it is about."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from journal_tui.app.commands import PaletteCommand, bindings, palette_commands
from journal_tui.app.navigation import AppScreen, is_gone
from journal_tui.app.review.enjoyment_chart import EnjoymentChart
from journal_tui.app.review.heat_grid import around
from journal_tui.app.review.heat_map import HeatMap
from journal_tui.app.review.picture import Picture
from journal_tui.app.review.review_list import DaysDialog, ReviewList
from journal_tui.app.review.rows import DISTRIBUTION, Target, groups, rows_of_days
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.screens.save_dialog import SaveDialog
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.entry.model import shown
from journal_tui.errors import JournalError
from journal_tui.period import KINDS, CalendarPeriod, Period, containing, shift_day
from journal_tui.review.review import Review
from journal_tui.review.span import ALL, DAY, EXAMPLES, LATEST, RANGE, Span, span_around

if TYPE_CHECKING:
    from journal_tui.journal import Journal

POLL_SECONDS = 0.5
"""Seconds between reads of the period while files are read into the index."""
_GIVES_WAY = ("note", "panel", "period", "document")
"""The commands whose keys a narrow footer leaves out, the least needed first."""
_KINDS = (DAY, "week", "month", "quarter", "year", LATEST, ALL)
_KIND_NAMES = (
    ("Day", "Week", "Month", "Quarter", "Year", "Last 90", "All"),
    ("Day", "Wk", "Mth", "Qtr", "Year", "Last", "All"),
    ("d", "w", "m", "q", "y", "l", "a"),
)
"""The names of the kinds of periods, and shorter ones for narrower windows."""
_ONE_COLUMN, _LOW, _WIDE_HEADING = 72, 15, 110
"""Limits of the window's size.

In fewer than `_ONE_COLUMN` columns, only the days or the list is shown; in fewer than `_LOW` rows, the
chart is hidden. From `_WIDE_HEADING` columns on, the heading also shows the coverage and the median."""
_MIN_LEFT, _MAX_LEFT, _MIN_RIGHT = 38, 68, 52
_DISTRIBUTION_COLUMNS, _DISTRIBUTION_ROWS = 110, 36
"""The size of the window from which the distribution of ratings has a panel."""
_HEAT_ROWS = 15
"""The height of the heat map above that panel."""
_MAX_NEARBY = 62
"""The longest period, in days, that is shown with the days around it."""
_HIGH, _CHART_ROWS, _HIGH_CHART_ROWS = 46, 8, 13
"""The rows from which a window is high, and those of the chart in a lower and in a high window."""
_FORMS = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json"}


class ReviewScreen(AppScreen["Target | CalendarPeriod | None"]):
    """A screen that shows the review of a period; returns the entry or the period note to open, or None.

    It opens on `span`, with the focus on its days if `on_days`. `find(words, in_days)` opens Find
    above this screen. `is_indexing()` returns whether the index is being updated, and `moved(span)`
    is called with each period that is shown.
    """

    opened_by = "review"
    replaces_messages = True
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]

    def __init__(
        self,
        journal: "Journal",
        span: Span,
        find: Callable[[str, bool], object],
        *,
        on_days: bool = False,
        is_indexing: Callable[[], bool] = lambda: False,
        moved: Callable[[Span], object] = lambda span: None,
    ) -> None:
        super().__init__()
        self.journal, self._find = journal, find
        self.span, self._moved, self._is_indexing = span, moved, is_indexing
        self._shows_days = on_days
        # The day at the cursor: the keys for a week, a month and so on show the one around it.
        self.day = span.anchor
        # The periods from which narrower ones were opened.
        self._wider: list[Span] = []
        self._notes: frozenset[CalendarPeriod] = frozenset()
        self.review: Review | None = None
        self.chart, self.heat = EnjoymentChart("chart"), HeatMap("days", is_indexing)
        self.facts = ReviewList("Overview", "facts")
        self.distribution = ReviewList("Ratings", "distribution")
        self.distribution.display = False
        self._arranged = Size()

    def compose(self) -> ComposeResult:
        """Yield the period, the chart, the days beside the list, and the footer."""
        yield Static(classes="heading")
        yield self.chart
        with Container(classes="both"):
            with Container(classes="left"):
                yield self.heat
                yield self.distribution
            yield self.facts
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """Read the period, and again when the index is up to date."""
        self._arrange()
        self.set_focus(self.heat if self._shows_days else self.facts)
        self.reload()
        self._follow_index()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("review",), self)

    # Reading

    def reload(self) -> None:
        """Read the period again."""
        self._show_heading()
        self._load()

    @work(exclusive=True, group="review", exit_on_error=False)
    async def _load(self) -> None:
        span = self.span
        try:
            found, context, notes = await asyncio.to_thread(self._read, span)
        except (JournalError, OSError) as error:
            if not is_gone(self):
                self.tell(str(error), "error")
            return
        if is_gone(self) or span.days != self.span.days or span.kind != self.span.kind:
            return
        self.review, self._notes = found, notes
        self._moved(self.span)
        self._show_heading()
        day = self.day
        self.chart.show(found, context, day)
        self.heat.show(found, context, notes, day)
        self._show_lists()

    def _read(
        self, span: Span
    ) -> tuple[Review, dict[date, float | None], frozenset[CalendarPeriod]]:
        """Return the review of a span, the written days around a short one, and its year's period notes."""
        journal = self.journal
        found = journal.review(span)
        first, last = around(found.days, span.kind, span.anchor)
        context: dict[date, float | None] = {}
        if (last - first).days <= _MAX_NEARBY:
            week = span_around("week", span.anchor).days
            context = journal.ratings(min(first, week.start), max(last, week.last))
        year = span_around("year", span.anchor).days
        # The first week of a year may begin in the previous one.
        before = date.fromordinal(max(1, year.start.toordinal() - 7))
        notes = journal.period_notes(before, year.last)
        return found, context, frozenset(notes)

    @work(group="index", exit_on_error=False)
    async def _follow_index(self) -> None:
        """Read the period again while files are read into the index, and once after that."""
        waited = False
        while self._is_indexing():
            waited = True
            await asyncio.sleep(POLL_SECONDS)
            if is_gone(self):
                return
            self._load()
        if waited:
            self.reload()

    def index_changed(self) -> None:
        """Read the period again."""
        self.reload()

    # Showing

    def _show_heading(self) -> None:
        span, review = self.span, self.review
        is_read = review is not None and review.span.days == span.days
        said: list[str] = []
        if not is_read or review is None:
            said.append("Reading …")
        elif review.days.start > review.today:
            said.append("still to come")
        elif self.app.size.width >= _WIDE_HEADING and review.written:
            said.append(f"{review.coverage.words} written")
            if review.enjoyment.median is not None:
                said.append(f"median {shown(review.enjoyment.median)}")
        if self._is_indexing():
            said = ["still reading files"]
        title = Content.assemble(
            ("◂", "bold @click=screen.previous()"),
            " ",
            (span.title, "bold"),
            " ",
            ("▸", "bold @click=screen.next()"),
            "   ",
            (" · ".join(said), "$text-muted"),
        )
        heading = title
        for names in _KIND_NAMES:
            kinds = self._kinds(names)
            gap = self.app.size.width - 2 - title.cell_length - kinds.cell_length
            if gap > 0:
                heading = Content.assemble(title, " " * gap, kinds)
                break
        self.query_one(".heading", Static).update(heading, layout=False)

    def _kinds(self, names: Sequence[str]) -> Content:
        """Return the kinds of periods, whose first letters are their keys; the current kind is marked."""
        parts: list[Any] = []
        for kind, text in zip(_KINDS, names, strict=True):
            parts.append(" " if parts else "")
            now = "reverse " if kind == self.span.kind else ""
            click = f"@click=screen.{kind}()"
            parts += [(text[0], f"{now}bold $text-accent {click}"), (text[1:], f"{now}{click}")]
        return Content.assemble(*parts)

    def _show_lists(self) -> None:
        if self.review is None:
            return
        found = groups(self.review)
        ratings = [group for group in found if group.title == DISTRIBUTION]
        has_ratings = self._has_distribution and bool(ratings)
        if self.distribution.display != has_ratings:
            self.distribution.display = has_ratings
            self.heat.styles.height = _HEAT_ROWS if has_ratings else "1fr"
        if self.distribution.display:
            found = [group for group in found if group.title != DISTRIBUTION]
            self.distribution.show(ratings)
        elif self.distribution.has_focus:
            self.facts.focus()
        self.facts.show(found)

    @property
    def _has_distribution(self) -> bool:
        width, height = self.app.size
        return width >= _DISTRIBUTION_COLUMNS and height >= _DISTRIBUTION_ROWS

    @property
    def shows_days(self) -> bool:
        """Whether the days were focused last; a narrow window shows them then, and otherwise the list."""
        return self._shows_days

    @property
    def _is_one_column(self) -> bool:
        return self.app.size.width < _ONE_COLUMN

    def _arrange(self) -> None:
        """Arrange the panels for the size of the window."""
        if self.app.size == self._arranged:
            # Each change of a style would lay out the screen again.
            return
        self._arranged = self.app.size
        width, height = self.app.size
        self.chart.display = height >= _LOW
        self.chart.styles.height = _HIGH_CHART_ROWS if height >= _HIGH else _CHART_ROWS
        left = self.query_one(".left")
        if self._is_one_column:
            self._show_one()
            left.styles.width = "1fr"
        else:
            left.display = self.facts.display = True
            left.styles.width = min(_MAX_LEFT, max(_MIN_LEFT, width - _MIN_RIGHT))

    def _show_one(self) -> None:
        """In a narrow window, show the days or the list."""
        self.query_one(".left").display = self._shows_days
        self.facts.display = not self._shows_days

    def on_resize(self) -> None:
        """Arrange the panels for another size."""
        if self.app.size == self._arranged:
            return
        self._arrange()
        self._show_heading()
        self._show_lists()
        for footer in self.query(ModeFooter):
            footer.fit(self.size.width)

    # Periods

    def show_span(self, span: Span, *, is_narrower: bool = False) -> None:
        """Show another period; if it `is_narrower`, escape leads back from it to the period shown before."""
        if is_narrower:
            self._wider.append(self.span)
        self.span, self.day = span, span.anchor
        self.reload()

    def _step(self, count: int) -> None:
        kind, days = self.span.kind, self.span.days
        how = "Press w, m, q or y for a week, month, quarter or year."
        if span := self.span.step(count):
            self.show_span(span)
        elif kind == ALL:
            self.tell(f"These are all the days. {how}")
        elif kind in (RANGE, LATEST) and (days.is_open or days.start == date.min):
            what = "end" if days.is_open else "beginning"
            self.tell(f"This period has no {what}, so none is before or after it. {how}")
        else:
            self.tell("The calendar ends here.")

    def action_previous(self) -> None:
        """Show the period before this one."""
        self._step(-1)

    def action_next(self) -> None:
        """Show the period after this one."""
        self._step(1)

    def action_year_before(self) -> None:
        """Show the same period a year earlier."""
        self._step_year(-12)

    def action_year_after(self) -> None:
        """Show the same period a year later."""
        self._step_year(12)

    def _step_year(self, months: int) -> None:
        anchor = shift_day(self.day, months, "month")
        if self.span.kind == ALL or anchor is None:
            self._step(months)
            return
        if self.span.kind not in (RANGE, LATEST):
            self.show_span(span_around(self.span.kind, anchor))
            return
        days = self.span.days
        first, last = (shift_day(day, months, "month") for day in (days.start, days.last))
        if first and last and last < date.max:
            if self.span.kind == LATEST:
                # Keep the number of days, also in a leap year.
                first = date.fromordinal(max(1, last.toordinal() - (days.last - days.start).days))
            end = date.fromordinal(last.toordinal() + 1)
            self.show_span(Span(self.span.kind, Period(first, end), anchor))
        else:
            self._step(months)

    def _show_kind(self, kind: str) -> None:
        """Show the period of a kind with the day at the cursor."""
        self._wider.clear()
        self.show_span(span_around(kind, self.day))

    def action_day(self) -> None:
        """Show the day at the cursor."""
        self._show_kind(DAY)

    def action_week(self) -> None:
        """Show the week around the cursor."""
        self._show_kind("week")

    def action_month(self) -> None:
        """Show the month around the cursor."""
        self._show_kind("month")

    def action_quarter(self) -> None:
        """Show the quarter around the cursor."""
        self._show_kind("quarter")

    def action_year(self) -> None:
        """Show the year around the cursor."""
        self._show_kind("year")

    def action_latest(self) -> None:
        """Show the 90 days up to the day at the cursor."""
        self._show_kind(LATEST)

    def action_all(self) -> None:
        """Show all days."""
        self._show_kind(ALL)

    def action_today(self) -> None:
        """Show the period of this kind that contains today."""
        kind = self.span.kind if self.span.kind in _KINDS else "month"
        self._wider.clear()
        self.show_span(span_around(kind, self.journal.today()))

    def action_period(self) -> None:
        """Ask for a period in words, and show it."""
        anchor = self.day

        def answered(words: str | None) -> None:
            if words:
                self._wider.clear()
                self.show_span(self.journal.span(words, anchor))

        dialog = LineDialog(
            "Period",
            "",
            "Show",
            lambda words: f"→ {self.journal.span(words, anchor).title}",
            about=EXAMPLES,
            placeholder="last month",
        )
        self.app.push_screen(dialog, answered)

    # Panels

    @property
    def _panels(self) -> list[Widget]:
        panels: list[Widget] = [self.facts, self.chart, self.heat, self.distribution]
        return [
            panel
            for panel in panels
            if panel.display or (self._is_one_column and panel is self.facts)
        ]

    def action_panel(self, by: int = 1) -> None:
        """Go to the next (1) or the previous (-1) panel."""
        panels = self._panels
        at = panels.index(self.focused) if self.focused in panels else -by
        panel = panels[(at + by) % len(panels)]
        if panel is not self.chart:
            self._shows_days = panel is self.heat
            if self._is_one_column:
                self._show_one()
        # `Widget.focus` takes effect later, but the next key is meant for the panel.
        self.set_focus(panel)

    def action_panel_back(self) -> None:
        """Go to the previous panel."""
        self.action_panel(-1)

    def on_picture_moved(self, event: Picture.Moved) -> None:
        """Make the day the one that keys act on, and move the other picture's cursor to it."""
        self._anchor(event.day)
        other: Picture = self.heat if event.picture is self.chart else self.chart
        other.select(event.day)

    def on_enjoyment_chart_moved_beyond(self, event: EnjoymentChart.MovedBeyond) -> None:
        """Show the period before or after this one."""
        self._step(event.by)

    def on_heat_map_moved_beyond(self, event: HeatMap.MovedBeyond) -> None:
        """Show the period with the day to which the cursor moves; from a range, the next or previous range."""
        kind = self.span.kind
        if kind in (DAY, "week", "month", "quarter", "year"):
            self.show_span(span_around(kind, event.day))
        elif kind != ALL:
            self._step(1 if event.day >= self.span.days.end else -1)

    def _anchor(self, day: date) -> None:
        self.day = day
        if self.span.kind != LATEST and self.span.days.contains(day):
            self.span = self.span._replace(anchor=day)

    # Opening

    def action_open(self) -> None:
        """Open the bar, the cell or the row at the cursor."""
        self.open_target(self._target())

    def _target(self) -> Target:
        focused = self.focused
        if focused is self.chart and (chosen := self.chart.chosen):
            if chosen.span.kind != DAY:
                return Target(span=chosen.span)
            return self._of_day(chosen.span.days.start)
        if focused is self.heat and (cell := self.heat.chosen):
            if cell.first != cell.last:
                return Target(span=span_around("month", cell.first))
            return self._of_day(cell.first)
        if isinstance(focused, ReviewList) and (row := focused.chosen):
            return row.target
        return Target()

    def _of_day(self, day: date) -> Target:
        written = self.review.written.get(day) if self.review else None
        if written is None:
            return Target((day,))
        return Target((day,), path=written.path, line=written.line)

    def open_target(self, target: Target) -> None:
        """Open the shorter period, the entry or the search of a target, or list its days to choose from."""
        if target.span:
            self.show_span(target.span, is_narrower=True)
        elif target.path or (len(target.days) == 1 and not target.query):
            self.dismiss(target)
        elif target.query:
            self._find(target.query, not target.in_points)
        elif target.days:
            self._choose(target)

    def _choose(self, target: Target) -> None:
        """List days, and open the chosen one."""

        def answered(chosen: Target | None) -> None:
            if chosen:
                self.open_target(chosen)

        rows = rows_of_days(target.days, self.review)
        self.app.push_screen(DaysDialog(target.title or self.span.title, rows), answered)

    def on_picture_opened(self) -> None:
        """Open the bar or the cell that is clicked."""
        self.open_target(self._target())

    def on_heat_map_week_chosen(self, event: HeatMap.WeekChosen) -> None:
        """Open the note of the week whose number is clicked."""
        self.dismiss(event.week)

    def on_review_list_opened(self) -> None:
        """Open the row that is clicked."""
        self.open_target(self._target())

    def action_note(self) -> None:
        """Ask for the week, month, quarter or year of the day at the cursor, and open its note."""
        found = {period.name: period for kind in KINDS if (period := containing(kind, self.day))}

        def answered(name: str | None) -> None:
            if name:
                self.dismiss(found[name])

        choices = [
            (
                period.kind[0],
                f"{period.title}{' – written' if period in self._notes else ''}",
                name,
            )
            for name, period in found.items()
        ]
        self.app.push_screen(ChoiceDialog("Note", "The note of", choices), answered)

    def action_document(self) -> None:
        """Ask for a file, and write the review of the period to it as a document."""
        journal, span = self.journal, self.span

        def write(file: Path, form: str, replace: bool) -> Path:
            text = journal.review_document(span, form, file.parent)
            return journal.write_document(file, text, replace=replace)

        def written(path: str | None) -> None:
            if path:
                self.tell(f"{span.title} is in {path}.")

        name = f"~/review-{span.name}.html"
        dialog = SaveDialog("Save as a document", span.title, name, _FORMS, write)
        self.app.push_screen(dialog, written)

    def action_find(self) -> None:
        """Open Find with this period in the search."""
        self._find(f"{self.span.query} " if self.span.query else "", False)

    def action_back(self) -> None:
        """Show the wider period again, or go back to the page."""
        if not self._wider:
            self.leave()
            return
        self.show_span(self._wider.pop())

    def action_help(self) -> None:
        """Show the page about looking back, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("looking-back"))
