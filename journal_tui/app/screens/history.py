"""The history dialog: earlier versions of an entry, and the changes that restoring one would make."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.humanize import counted, moment, moments_ago
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.app.widgets.text_view import TextView
from journal_tui.entry.diff import comparison, count_changes
from journal_tui.entry.entry import Entry

if TYPE_CHECKING:
    from journal_tui.journal import Journal, Version

_EMPTY = (
    "No earlier versions yet. Each save adds one; the last 20 are kept, and up to 10 older ones."
)
_SAME = "This version is the same as the current text."
_WORD_COUNT_COLUMNS, _SIDE_BY_SIDE_COLUMNS = 76, 100
"""Widths from which a row shows the number of words, and from which the text is beside the list."""


class ListedVersion(NamedTuple):
    """An earlier version as the list shows it.

    `read_only_reason` says why its text can't be edited, and `fault` why it can't be read; "" if it can.
    """

    when: datetime
    text: str
    words: int
    version: "Version"
    read_only_reason: str = ""
    fault: str = ""


def load_versions(journal: "Journal", path: str, day: date) -> list[ListedVersion]:
    """Return the earlier versions of an entry, newest first."""
    found = []
    for version in journal.history.versions(path):
        try:
            text, read_only_reason = version.load()
        except FileNotFoundError:
            # A save has removed it in the meantime, because only some versions are kept.
            continue
        except OSError as error:
            fault = f"This version cannot be read ({error.strerror or error})."
            found.append(ListedVersion(version.when, "", 0, version, fault=fault))
            continue
        words = Entry(day, text, journal.vocabulary).words
        found.append(ListedVersion(version.when, text, words, version, read_only_reason))
    return found


class HistoryScreen(Dialog[ListedVersion | None]):
    """A dialog that lists versions and returns the one to restore, or None.

    `read` is called in another thread and returns the versions, newest first; `text` is the current
    text on the page.
    """

    # Its messages are the results of its own commands, so they are shown at once.
    holds_messages = False
    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "history.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "Restore", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("w", "whole", "Whole text", show=False),
    ]

    def __init__(
        self, title: str, text: str, now: datetime, read: Callable[[], Sequence[ListedVersion]]
    ) -> None:
        hints = [
            ("enter", "Restore"), ("w", "All text"), ("c", "Copy"),
            ("tab", "Scroll"), ("esc", "Back"),
        ]  # fmt: skip
        super().__init__(title, hints)
        self._now_text, self._now, self._read = text, now, read
        self._versions: Sequence[ListedVersion] = ()
        self._changes: list[tuple[int, int] | None] = []
        self._shows_whole = False

    def body(self) -> Sequence[Widget]:
        """Return the list of versions and the view of the selected one."""
        return [
            Container(GuardedOptionList(markup=False, classes="versions"), _pane(), classes="both")
        ]

    def on_mount(self) -> None:
        """Focus the list and load the versions."""
        self.query_one(OptionList).focus()
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        def read() -> tuple[Sequence[ListedVersion], list[tuple[int, int] | None]]:
            kept = self._read()
            pairs = pairwise(kept)
            return kept, [*(count_changes(older.text, newer.text) for newer, older in pairs), None]

        self._versions, self._changes = await asyncio.to_thread(read)
        if not self.is_mounted:
            return
        if self._versions:
            self._fill()
        else:
            await self.query_one(".both").remove()
            await self.query_one(".frame").mount(Static(_EMPTY, classes="none"), before=0)
            # Without a version, the other keys do nothing.
            self.query_one(KeyLine).show([("esc", "Back")])

    def on_resize(self, event: events.Resize) -> None:
        """Adapt the rows to the new width."""
        if self._versions:
            self._fill()

    def _fill(self) -> None:
        versions = self.query_one(OptionList)
        at = versions.highlighted or 0
        versions.clear_options()
        versions.add_options([Option(self._row(number)) for number in range(len(self._versions))])
        versions.highlighted = at

    def _row(self, number: int) -> Content:
        kept, change = self._versions[number], self._changes[number]
        ago = moments_ago(kept.when, self._now)
        words = counted(kept.words, "word")
        said = _changes_in_words(*change) if change else "oldest"
        when = Content(f"{moment(kept.when):>17}:{kept.when:%S}")
        if self.app.size.width >= _SIDE_BY_SIDE_COLUMNS:
            rest = "damaged" if kept.fault else f"{said}, {words}"
            return Content.assemble(when, f"  {ago}\n", (f"  {rest}", "dim"))
        if self.app.size.width < _WORD_COUNT_COLUMNS:
            words = ""
        if kept.fault:
            said, words = "damaged", ""
        return Content.assemble(when, f"  {ago:<14}  ", f"{said:<20} ", (words, "dim"))

    @property
    def _chosen(self) -> ListedVersion | None:
        at = self.query_one(OptionList).highlighted if self._versions else None
        return None if at is None else self._versions[at]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the selected version."""
        self._show()

    @work(exclusive=True, group="show")
    async def _show(self) -> None:
        kept = self._chosen
        if kept is None:
            return
        pane = self.query_one(TextView)
        if kept.fault:
            pane.show_text(kept.fault)
            return
        if self._shows_whole:
            pane.border_title = "The whole version"
            pane.show_text(kept.text)
            return
        names = ("on the page now", f"as saved {moment(kept.when)}")
        text = await asyncio.to_thread(comparison, self._now_text, kept.text, *names)
        pane.border_title = "What restoring it would change"
        pane.show_text(text or _SAME, diff=bool(text))

    def action_whole(self) -> None:
        """Switch between the whole version and the changes that restoring it would make."""
        self._shows_whole = not self._shows_whole
        self._show()

    def action_copy(self) -> None:
        """Copy the text of the version to the clipboard."""
        if kept := self._chosen:
            self.app.copy_to_clipboard(kept.text)
            self.notify(f"Copied the version of {moment(kept.when)}.", markup=False)

    def action_restore(self) -> None:
        """Answer with the selected version, unless it is damaged or the same as the page."""
        kept = self._chosen
        if kept is None:
            return
        if kept.fault:
            self.notify(kept.fault, severity="warning", markup=False)
        elif not comparison(self._now_text, kept.text, "", ""):
            self.notify(_SAME, markup=False)
        else:
            self.dismiss(kept)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Restore the version on Enter."""
        event.stop()
        self.action_restore()


def _changes_in_words(added: int, removed: int) -> str:
    """Return how many lines a save changed: `2 lines added`, `3 added, 1 removed`."""
    if added and removed:
        return f"{added:,} added, {removed:,} removed"
    if added or removed:
        return f"{counted(added or removed, 'line')} {'added' if added else 'removed'}"
    return "no line changed"


def _pane() -> TextView:
    pane = TextView("", classes="text")
    pane.border_title = "What restoring it would change"
    return pane
