"""The earlier versions of an entry: what each save changed, and what it would bring back."""

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
from journal_tui.app.widgets.textview import TextView
from journal_tui.app.widgets.wording import counted, moment, moments_ago
from journal_tui.entry.differing import changed, comparison
from journal_tui.entry.entry import Entry
from journal_tui.library import reading
from journal_tui.library.history import read

if TYPE_CHECKING:
    from journal_tui.library.history import Version
    from journal_tui.library.library import Library

_EMPTY = "No earlier versions yet. Each save adds one, and the last 20 are kept."
_SAME = "This version is the same as the page."
# Narrower lists leave out the number of words; beside the text a version takes two rows.
_ROOM_FOR_WORDS, _BESIDE = 66, 100


class Kept(NamedTuple):
    """An earlier version as it is shown.

    `locked`: why it cannot be edited, `fault`: why it cannot even be read ("" when it can).
    """

    when: datetime
    text: str
    words: int
    version: "Version"
    locked: str = ""
    fault: str = ""


def versions(library: "Library", path: str, day: date) -> list[Kept]:
    """Read the earlier versions of an entry, the newest first."""
    found = []
    for version in library.history.versions(path):
        try:
            text, locked = reading.decode(read(version))
        except FileNotFoundError:
            # It has just made room for a newer one.
            continue
        except OSError as error:
            fault = f"This version cannot be read ({error.strerror or error})."
            found.append(Kept(version.when, "", 0, version, fault=fault))
            continue
        words = Entry(day, text, library.vocabulary).words
        found.append(Kept(version.when, text, words, version, locked))
    return found


class HistoryScreen(Dialog[Kept | None]):
    """Gives the version to restore, or None.

    `read` is called in another thread and gives the versions, newest first; `text` is what the
    page says at the moment.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss", "history.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "Restore", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("w", "whole", "Whole text", show=False),
    ]

    def __init__(
        self, title: str, text: str, now: datetime, read: Callable[[], Sequence[Kept]]
    ) -> None:
        hints = [
            ("enter", "Restore"), ("w", "Whole"), ("c", "Copy"),
            ("tab", "Scroll"), ("esc", "Back"),
        ]  # fmt: skip
        super().__init__(title, hints)
        self._now_text, self._now, self._read = text, now, read
        self._kept: Sequence[Kept] = ()
        self._changes: list[tuple[int, int] | None] = []
        self._whole = False

    def body(self) -> Sequence[Widget]:
        """The versions, and what is in the one under the cursor."""
        return [
            Container(GuardedOptionList(markup=False, classes="versions"), _pane(), classes="both")
        ]

    def on_mount(self) -> None:
        """Read the versions; the keys are for the list meanwhile."""
        self.query_one(OptionList).focus()
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        def read() -> tuple[Sequence[Kept], list[tuple[int, int] | None]]:
            kept = self._read()
            pairs = pairwise(kept)
            return kept, [*(changed(older.text, newer.text) for newer, older in pairs), None]

        self._kept, self._changes = await asyncio.to_thread(read)
        if not self.is_mounted:
            return
        if self._kept:
            self._fill()
        else:
            await self.query_one(".both").remove()
            await self.query_one(".frame").mount(Static(_EMPTY, classes="none"), before=0)

    def on_resize(self, event: events.Resize) -> None:
        """Rows as wide as there is room for."""
        if self._kept:
            self._fill()

    def _fill(self) -> None:
        versions = self.query_one(OptionList)
        at = versions.highlighted or 0
        versions.clear_options()
        versions.add_options([Option(self._row(number)) for number in range(len(self._kept))])
        versions.highlighted = at

    def _row(self, number: int) -> Content:
        kept, change = self._kept[number], self._changes[number]
        ago = moments_ago(kept.when, self._now)
        words = counted(kept.words, "word")
        said = f"+{change[0]} −{change[1]}" if change else "first kept"
        when = Content(f"{moment(kept.when):>17}")
        if self.app.size.width >= _BESIDE:
            lines = "" if not change else " lines"
            rest = "damaged" if kept.fault else f"{said + lines:<17}  {words}"
            return Content.assemble(when, f"  {ago}\n", (f"  {rest}", "dim"))
        if self.app.size.width < _ROOM_FOR_WORDS:
            words = ""
        if kept.fault:
            said, words = "damaged", ""
        return Content.assemble(when, f"  {ago:<14}  ", f"{said:<11}", (words, "dim"))

    @property
    def _chosen(self) -> Kept | None:
        at = self.query_one(OptionList).highlighted if self._kept else None
        return None if at is None else self._kept[at]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is in the version under the cursor."""
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
        if self._whole:
            pane.border_title = "The whole version"
            pane.show_text(kept.text)
            return
        names = ("on the page now", f"as saved {moment(kept.when)}")
        text = await asyncio.to_thread(comparison, self._now_text, kept.text, *names)
        pane.border_title = "What restoring it would change"
        pane.show_text(text or _SAME, diff=bool(text))

    def action_whole(self) -> None:
        """The whole version, or what restoring it changes."""
        self._whole = not self._whole
        self._show()

    def action_copy(self) -> None:
        """Copy the version, to paste from it."""
        if kept := self._chosen:
            self.app.copy_to_clipboard(kept.text)
            self.notify(f"Copied the version of {moment(kept.when)}.", markup=False)

    def action_restore(self) -> None:
        """Give the version; one that the page has already is none."""
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
        """Enter restores."""
        event.stop()
        self.action_restore()


def _pane() -> TextView:
    pane = TextView("", classes="text")
    pane.border_title = "What restoring it would change"
    return pane
