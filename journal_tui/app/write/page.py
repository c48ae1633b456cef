"""The page, to write or to read, with the panels beside it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from journal_tui.app.editor.editor import Editor
from journal_tui.app.navigation import is_gone

if TYPE_CHECKING:
    from journal_tui.app.widgets.search_panel import SearchPanel
    from journal_tui.app.write.brief_list import BriefList
    from journal_tui.app.write.read_view import ReadView
    from journal_tui.app.write.side_panel import SidePanel
    from journal_tui.app.write.similar_list import SimilarResult
    from journal_tui.entry.vocabulary import Vocabulary
    from journal_tui.journal import BriefLine, Journal, SimilarPoint
    from journal_tui.period import CalendarPeriod


MIN_BRIEF_ROWS = 3
"""Rows, without the frame, from which a brief is shown below an unwritten page."""
_FRAME = 2
_PADDING_AND_FRAME = 1 + _FRAME


class Page(Vertical):
    """Show an editor or, after `start_reading`, its text rendered for reading.

    `on_link(target)` is called when a link is followed. `instead_of_empty()` returns the text to
    show if the editor's is empty, and `about()` a sentence to show with the text, or "". `empty()`
    returns what to say where nothing is written, by the kind of section. `vocabulary` has the labels by which a rating is recognised.
    """

    def __init__(
        self,
        editor: Editor,
        on_link: Callable[[str], object],
        instead_of_empty: Callable[[], str],
        vocabulary: "Vocabulary | None" = None,
        about: Callable[[], str] = lambda: "",
        empty: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(id="page")
        self._about = about
        self._empty = empty
        self._editor = editor
        self._on_link = on_link
        self._instead_of_empty = instead_of_empty
        self._vocabulary = vocabulary
        self._view: ReadView | None = None
        self._brief: BriefList | None = None
        self._brief_lines: Sequence[BriefLine] = ()

    def compose(self) -> ComposeResult:
        """Yield the editor; the reading view is created when it is first needed."""
        yield self._editor

    @property
    def view(self) -> "ReadView | None":
        """The reading view while it is shown, else None."""
        return self._view if self._view and self._view.display else None

    @property
    def brief(self) -> "BriefList | None":
        """The brief below an unwritten page while it is shown, else None."""
        return self._brief if self._brief and self._brief.display else None

    @property
    def text(self) -> str:
        """The text to read."""
        return self._editor.text or self._instead_of_empty()

    def focus_text(self) -> None:
        """Move the focus to the text, to write or to read."""
        (self.view or self._editor).focus()

    async def start_reading(self) -> None:
        """Show the reading view."""
        if self._view is None:
            from journal_tui.app.write.read_view import ReadView

            self._view = ReadView(self._on_link, self._vocabulary)
            self._view.display = False
            await self.mount(self._view)
        self._view.display = True
        self._editor.display = False
        await self.update_view()

    async def update_view(self) -> None:
        """Update the reading view from the text, if it is shown."""
        if view := self.view:
            await view.show_text(_with_sentence(self.text, self._about()), self._empty())

    def start_writing(self) -> None:
        """Show the editor."""
        if self._view:
            self._view.display = False
        self._editor.display = True

    async def show_brief(self, lines: "Sequence[BriefLine]") -> None:
        """Show a brief below the text if there is room; without lines, hide it."""
        self._brief_lines = lines
        if lines and self._brief is None:
            from journal_tui.app.write.brief_list import BriefList

            self._brief = BriefList(classes="-below")
            self._brief.display = False
            await self.mount(self._brief)
        self._fit_brief()

    def on_mount(self) -> None:
        """Fit the brief again whenever the height of the text changes."""
        self.watch(self._editor, "virtual_size", self._fit_brief, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the brief to the room below the text."""
        self._fit_brief()

    def _fit_brief(self) -> None:
        if not (brief := self._brief):
            return
        rows = self.size.height - self._editor.wrapped_document.height - _PADDING_AND_FRAME
        if self._brief_lines and rows >= MIN_BRIEF_ROWS and not self.view:
            brief.display = True
            brief.styles.max_height = rows + _FRAME
            brief.show_brief(self._brief_lines)
        elif brief.display:
            was_focused = brief.has_focus
            brief.display = False
            if was_focused:
                self.focus_text()

    def show_line(self, line: int) -> None:
        """Put the editor's cursor on a line, counted from 1."""
        self.start_writing()
        self._editor.move_cursor(self._editor.clamp_visitable((line - 1, 0)), center=True)


def _with_sentence(text: str, sentence: str) -> str:
    """Return a text with a sentence in the blank lines below its title, or else at its end."""
    if not sentence:
        return text
    lines = text.split("\n")
    if len(lines) > 3 and not any(line.strip() for line in lines[1:4]):
        lines[2] = f"*{sentence}*"
        return "\n".join(lines)
    return f"{text.rstrip()}\n\n*{sentence}*\n"


SIDE_COLUMNS, SEARCH_COLUMNS = 100, 130
"""Columns of the screen from which the side panel, and the search on the right, are shown."""


class PageWithPanels(Horizontal):
    """Show a page, with the side panel on its left and the search on its right.

    The modules of the panels are imported only once there is room for them; until then `side` and
    `search` are None. `open_point` opens the entry of an earlier learning point.
    """

    def __init__(
        self, journal: "Journal", page: Page, open_point: Callable[["SimilarPoint"], object]
    ) -> None:
        super().__init__(id="middle")
        self._journal = journal
        self._page = page
        self._open_point = open_point
        self.side: SidePanel | None = None
        self.search: SearchPanel | None = None
        self._names: Mapping[str, str] = {}
        self._opened = ""

    def compose(self) -> ComposeResult:
        """Yield the page; `fit` adds the panels."""
        yield self._page

    async def fit(self, width: int, day: date, period: "CalendarPeriod | None" = None) -> None:
        """Add the panels for which a screen of this width has room, and remove the others.

        For a period's note, `period` is the period and `day` its first day.
        """
        journal = self._journal
        if width >= SIDE_COLUMNS and not self.side:
            from journal_tui.app.write.side_panel import SidePanel

            today = journal.today()
            self.side = SidePanel(
                day,
                today,
                journal.ratings,
                journal.period_notes,
                self._open_point,
                period,
            )
            self.side.show_notes(self._names, self._opened)
            await self.mount(self.side, before=0)
        elif width < SIDE_COLUMNS and self.side:
            side, self.side = self.side, None
            await side.remove()
        if is_gone(self):
            return
        if width >= SEARCH_COLUMNS and not self.search:
            from journal_tui.app.find.searches import alternatives
            from journal_tui.app.widgets.search_panel import SearchPanel
            from journal_tui.app.widgets.search_results import LEARNING, search

            self.search = SearchPanel(
                lambda words: search(journal, words),
                suggestions=lambda words: alternatives(journal, words, LEARNING),
            )
            await self.mount(self.search)
        elif width < SEARCH_COLUMNS and self.search:
            panel, self.search = self.search, None
            await panel.remove()

    def show_day(self, day: date, period: "CalendarPeriod | None" = None) -> None:
        """Show a day or a period in the side panel, as the index has it now."""
        if self.side:
            self.side.show_day(day, self._journal.today(), period)

    def show_notes(self, names: Mapping[str, str], opened: str) -> None:
        """Show the day's files in the side panel: their names by path, and the path of the open one."""
        self._names, self._opened = names, opened
        if self.side:
            self.side.show_notes(names, opened)

    async def show_brief(self, lines: "Sequence[BriefLine]", is_unwritten: bool) -> None:
        """Show a brief in the side panel or, without one, below an unwritten page."""
        if self.side:
            self.side.show_brief(lines)
        await self._page.show_brief(lines if is_unwritten and not self.side else ())

    @property
    def brief(self) -> "BriefList | None":
        """The brief, wherever it is shown."""
        if self.side:
            return self.side.brief
        return self._page.brief

    def mark_search_outdated(self) -> None:
        """Note that the index has changed; a search that the person has typed isn't updated."""
        if self.search and not self.search.words:
            self.search.mark_outdated()

    def search_if_outdated(self) -> None:
        """Update the search if the index has changed; call it only while the screen is shown."""
        if self.search:
            self.search.search_if_outdated()

    def show_similar(self, result: "SimilarResult | None") -> None:
        """Show similar earlier learning points in the side panel, if there is one."""
        if self.side:
            self.side.show_similar(result)
