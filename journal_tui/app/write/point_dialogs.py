"""The dialogs about learning points: add one, and list earlier ones like it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.humanize import counted
from journal_tui.app.widgets.inputs import Paragraph
from journal_tui.app.widgets.key_line import Hint, KeyLine
from journal_tui.app.write.similar_list import SimilarList, SimilarResult
from journal_tui.entry.relative_time import repeat_message
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.journal import SimilarPoint

PAUSE_SECONDS = 0.2
"""Seconds without a key after which similar points are looked up."""


_READ_EARLIER = ("↓ enter", "Read an earlier one")


class PointDialog(Dialog[str | None]):
    """A dialog that returns a point of `day` as one line, or None.

    If a list was pasted, `typed`, `add` and the answer get a line for each of its items.

    `find_similar(text)` is called in another thread and returns the earlier points to list, or
    None; `read(point)` shows the entry of one of them; `typed(text)` is called with each change.
    With `add(text)`, which adds a point, `next_key` adds this one and begins the next. It is the
    key of the command that opens the dialog.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]
    # The command that opens the dialog has the same id, so the settings change both keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next", "Add, and begin the next", show=False, id="point")
    ]

    def __init__(
        self,
        text: str = "",
        find_similar: Callable[[str], SimilarResult | None] | None = None,
        read: Callable[["SimilarPoint"], object] | None = None,
        *,
        day: date = date.max,
        title: str = "Learning point",
        placeholder: str = "What did today teach you?",
        typed: Callable[[str], object] = lambda text: None,
        add: Callable[[str], object] | None = None,
        next_key: str = "ctrl+n",
    ) -> None:
        self._add, self._next_key, self._added = add, next_key, 0
        self._items: Sequence[str] = ()
        super().__init__(title, self._keys())
        self._text = text
        self._placeholder = placeholder
        self._typed = typed
        self._find_similar, self._read, self._day = find_similar, read, day
        self._asked = ""
        self._pause: Timer | None = None

    def body(self) -> Sequence[Widget]:
        """Return the input and, if `find_similar` is given, the list of earlier points."""
        paragraph = Paragraph(self._text, placeholder=self._placeholder, takes_lists=True)
        if self._find_similar is None:
            return [paragraph]
        earlier = SimilarList(self._day)
        earlier.display = False
        return [paragraph, earlier]

    def _keys(self, *more: Hint) -> list[Hint]:
        """Return the keys that work now; once a point was added, esc closes instead of cancelling."""
        count = len(self._items)
        keys: list[Hint] = [("enter", f"Add {count} points" if count > 1 else "Add")]
        if self._add:
            keys.append((self._next_key, "Add and write another"))
        return [*keys, *more, ("esc", "Close" if self._added else "Cancel")]

    def action_next(self) -> None:
        """Add the point and begin the next one; do nothing while it is empty."""
        paragraph = self.query_one(Paragraph)
        items = paragraph.items
        if not self._add or not items:
            return
        self._add("\n".join(items))
        self._added += len(items)
        frame = self.query_one(".frame")
        frame.border_subtitle = Content(f"{counted(self._added, 'point')} added")
        paragraph.text = ""
        paragraph.focus()
        self.query_one(KeyLine).show(self._keys())

    def on_mount(self) -> None:
        """Look up points similar to the initial text."""
        self._look()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass on the text, and look up similar points when the typing pauses."""
        items = self.query_one(Paragraph).items
        self._typed("\n".join(items))
        if max(1, len(items)) != max(1, len(self._items)):
            self._items = items
            self.query_one(KeyLine).show(self._keys())
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self._look)

    def _look(self) -> None:
        items = self.query_one(Paragraph).items
        # Each item of a list would have similar points of its own.
        text = items[0] if len(items) == 1 else ""
        if self._find_similar and text != self._asked:
            self._asked = text
            self._ask(self._find_similar, text)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def _ask(self, find_similar: Callable[[str], SimilarResult | None], text: str) -> None:
        result = await asyncio.to_thread(find_similar, text)
        # The thread for an earlier text can't be stopped, but its cancelled worker ends above.
        earlier = self.query_one(SimilarList)
        if earlier.has_focus and not result:
            self.query_one(Paragraph).focus()
        # Without similar points, the list stays hidden.
        earlier.display = result is not None
        earlier.show_similar(result, self._day)
        self.query_one(KeyLine).show(self._keys(_READ_EARLIER) if result else self._keys())

    def on_paragraph_left_below(self, event: Paragraph.LeftBelow) -> None:
        """Move the focus to the earlier points."""
        for earlier in self.query(SimilarList):
            if earlier.chosen:
                earlier.focus()

    def on_similar_list_left_above(self, event: SimilarList.LeftAbove) -> None:
        """Move the focus back to the text."""
        self.query_one(Paragraph).focus()

    def on_similar_list_chosen(self, event: SimilarList.Chosen) -> None:
        """Show the entry of the earlier point, keeping the typed text."""
        if self._read:
            self._read(event.point)

    def on_paragraph_submitted(self, event: Paragraph.Submitted) -> None:
        """Answer with the point; stay open if it is empty."""
        if event.text:
            self.dismiss(event.text)


class SimilarDialog(Dialog["SimilarPoint | None"]):
    """Earlier points similar to `text`, a point of `day`; returns the one to open, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "dialogs.tcss"]

    def __init__(self, text: str, result: SimilarResult, day: date) -> None:
        super().__init__("Learned before?", [("↑↓", "Move"), ("enter", "Open"), ("esc", "Back")])
        self._text, self._result, self._day = text, result, day

    def body(self) -> Sequence[Widget]:
        """Return the point, how often it was learned before, and the earlier points."""
        parts = [Static(Content(one_line(self._text)), classes="point quiet")]
        if again := repeat_message(self._result.days):
            parts.append(Static(Content(again), classes="again"))
        return [*parts, SimilarList(self._day, title="Closest first")]

    def on_mount(self) -> None:
        """Show the earlier points, with the cursor on the closest."""
        earlier = self.query_one(SimilarList)
        earlier.show_similar(self._result, self._day)
        earlier.focus()

    def on_similar_list_chosen(self, event: SimilarList.Chosen) -> None:
        """Answer with the selected point."""
        self.dismiss(event.point)
