"""The screen of people and tags: how often each is used, which look alike, and everything about each."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from journal_tui.app.commands import PaletteCommand, bindings, palette_commands
from journal_tui.app.people.name_list import NameList, NameRow, year_range
from journal_tui.app.people.renaming_screen import RenamingScreen
from journal_tui.app.people.subject_screen import ChosenLine, SubjectScreen
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.entry.tokenizer import fold_name
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.renames import Renames

_EMPTY = {
    "@": """\
No entry mentions anyone yet.

Write a name with an @ in any entry:

  Walked the depot with @colm.
  - [ ] Plan of the depot waiting:@ann

Each person is then listed here: on how many days, since when, what you owe each other, and what \
you wrote. Press tab for tags.""",
    "#": """\
No entry has a tag yet.

Write a word with a # in any entry:

  Two good talks today #hiring
  - Ask who owns the old machines #customer/depot

Each tag is then listed here: on how many days, in which years, and what you wrote. Press tab for \
people.""",
}
_NO_MATCH = "No name contains that. Press esc to see all names."
_WIDE = 72
"""The width from which the heading has a longer explanation of the bars."""
_GIVES_WAY = ("undo", "sort", "rename", "filter", "switch")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class PeopleScreen(RenamingScreen[ChosenLine | None]):
    """A screen that lists people or tags and returns the line of an entry to open, or None.

    `is_indexing()` returns whether the index is being updated, and `changed()` is called after
    entries are changed here. `find(words)` opens Find above this screen to search whole days. The cursor
    begins on the folded name `term`, if there is one.
    """

    opened_by = "people"
    types_to_filter = True
    # Focus the list, not the hidden filter, so that the first key already reaches it.
    AUTO_FOCUS = "NameList"
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("people"),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(
        self,
        renames: "Renames",
        is_indexing: Callable[[], bool] = lambda: False,
        changed: Callable[[], None] = lambda: None,
        term: str = "",
        find: Callable[[str], object] = lambda words: None,
    ) -> None:
        super().__init__(renames, changed, is_indexing, "Part of a name")
        self._term, self._find = term, find
        self.sign = "#" if term.startswith("#") else "@"
        self._by_name = False
        self.list = NameList(self._years, self.journal.today)
        self._listed: list[NameRow] = []
        self._others = 0

    def compose(self) -> ComposeResult:
        """Yield the counts, the filter, the list and the keys."""
        yield Static(classes="heading")
        yield self.filter
        yield self.list
        yield Static(classes="empty")
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_resize(self) -> None:
        """Fit the first line to the width; the footer fits itself."""
        self.show_heading()

    def on_mount(self) -> None:
        """List the names, and again when the index is up to date."""
        self.list.focus()
        self.show_heading()
        self.reload(self._term)
        self.list_after_refresh()
        self._look_for_stopped()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("people",), self)

    def _years(self, term: str) -> Mapping[int, int]:
        try:
            return self.journal.subjects.years(term)
        except JournalError:
            return {}

    def show_heading(self) -> None:
        """Show whether people or tags are listed, and how many."""
        people, tags = ("bold", "$text-muted") if self.sign == "@" else ("$text-muted", "bold")
        counts = {self.sign: len(self._listed), "#" if self.sign == "@" else "@": self._others}
        said = {sign: f" {number:,}" if number else "" for sign, number in counts.items()}
        bars = ""
        if years := self.list.years:
            unit = "days a year" if self.size.width >= _WIDE else "days"
            bars = f"   ▃█ {unit}, {year_range(years)}"
        self.query_one(".heading", Static).update(
            Content.assemble(
                ("People", people), (said["@"], people), "   ",
                ("Tags", tags), (said["#"], tags), "   ",
                ("by name" if self._by_name else "most used first", "$text-muted"),
                (bars, "$text-muted"),
            )
        )  # fmt: skip

    def reload(self, term: str = "") -> None:
        """List the names again, with the cursor on the folded name `term` or, if that is "", on the same name."""
        chosen = self.list.chosen
        if term[:1] and term[:1] != self.sign:
            self.sign = term[:1]
        self._load(term or (chosen.name.term if chosen else ""))

    @work(exclusive=True, group="load")
    async def _load(self, keep: str) -> None:
        sign, by_name, mentions = self.sign, self._by_name, self.journal.mentions

        def read() -> tuple[list[NameRow], int]:
            found = mentions.all(sign, by_name)
            others = len(mentions.all("#" if sign == "@" else "@", by_name))
            alike: dict[str, list[str]] = {}
            for one, other in mentions.similar(found):
                alike.setdefault(one.term, []).append(sign + other.spelled)
                alike.setdefault(other.term, []).append(sign + one.spelled)
            return [NameRow(name, alike.get(name.term, ())) for name in found], others

        try:
            found, others = await asyncio.to_thread(read)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        if self.is_mounted:
            self._listed, self._others = found, others
            self._show(keep)

    def _show(self, keep: str = "") -> None:
        """Show the names that match the filter."""
        typed = fold_name(self.filter_words.lstrip("#@"))
        found = [row for row in self._listed if typed in row.name.term]
        if any(row.name.term == self._term for row in found):
            # The cursor begins there once; after that it stays where the person moves it.
            self._term = ""
        self.set_class(not found, "-empty")
        if not found:
            said = _NO_MATCH if self._listed else _EMPTY[self.sign]
            self.query_one(".empty", Static).update(Content(said))
        self.list.show(found, keep)
        self.show_heading()

    def reload_list(self) -> None:
        """Read the list again."""
        self.reload(self._term)

    @work(group="stopped")
    async def _look_for_stopped(self) -> None:
        """Show a warning if the latest renaming stopped halfway."""
        try:
            stopped = await asyncio.to_thread(self.renames.stopped)
        except (JournalError, OSError):
            return
        if stopped and self.is_mounted:
            self.tell(f"{stopped} To finish it, rename again; ctrl+z undoes it.", "warning")

    def action_switch(self, back: str = "") -> None:
        """Switch between the people and the tags."""
        self.sign = "@" if self.sign == "#" else "#"
        self._term = ""
        self._listed = []
        self._load("")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key that switches with the name of the other list: people or tags."""
        if action == "switch":
            return bool(parameters) == (self.sign == "#")
        return super().check_action(action, parameters)

    def action_sort(self) -> None:
        """Switch between sorting by name and by number of days."""
        self._by_name = not self._by_name
        self.reload()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the names that match the filter."""
        event.stop()
        self._show()

    def action_open(self) -> None:
        """Show everything about the selected name."""
        row = self.list.chosen
        if row is None:
            return

        def answered(opening: ChosenLine | None) -> None:
            if opening:
                self.dismiss(opening)
            else:
                # The name may have been changed on that screen.
                self.reload()

        screen = SubjectScreen(self.renames, row.name.term, self._changed, self._find)
        self.app.push_screen(screen, answered)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show everything about the selected name, as enter in the list does."""
        event.stop()
        # `ListScreen` would only move the focus to the list.
        event.prevent_default()
        self.action_open()

    def on_row_list_opened(self) -> None:
        """Show everything about the selected name when it is clicked."""
        self.action_open()

    def action_rename(self) -> None:
        """Rename the selected name, or merge it with another."""
        if row := self.list.chosen:
            self.ask_to_rename(row.name)

    def show_all(self) -> None:
        """Show all names again, with the cursor on the same one."""
        chosen = self.list.chosen
        self._show(chosen.name.term if chosen else "")

    def action_help(self) -> None:
        """Show the page about people and tags, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("people-and-tags"))
