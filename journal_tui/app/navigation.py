"""Open, answer and close screens and dialogs, so that each gives at most one answer."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, messages
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from journal_tui.entry.sanitize import visible

if TYPE_CHECKING:
    from journal_tui.app.commands import PaletteCommand

Result = TypeVar("Result")

_CLOSING_MESSAGES = (
    events.Unmount,
    events.ScreenSuspend,
    events.Hide,
    messages.CloseMessages,
    messages.Prune,
)
"""The messages that a screen still needs after its answer in order to close."""


class AppScreen(Screen[Result]):
    """A screen that gives one answer and ignores messages that come after it.

    If it `holds_messages`, notifications are held back until it is closed. If it
    `replaces_messages`, a notification replaces all earlier ones except warnings and errors.
    `opened_by` is the id of the page's command that opens it, which its own palette leaves out.
    With `types_to_filter`, letters are never commands: they go to the filter of its list.
    """

    holds_messages = False
    replaces_messages = False
    opened_by = ""
    types_to_filter = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._is_answered = False
        self._informed: set[str] = set()

    @property
    def cursor_row(self) -> int | None:
        """The row of the screen that has the cursor, or None."""
        place = getattr(self.focused, "cursor_screen_offset", None)
        return place.y if isinstance(place, Offset) else None

    @property
    def is_open(self) -> bool:
        """Whether the screen is on the stack and hasn't given its answer."""
        return not self._is_answered and self in self.app.screen_stack

    @property
    def is_shown(self) -> bool:
        """Whether the screen can be seen: only dialogs, if anything, are above it."""
        for screen in reversed(self.app.screen_stack):
            if screen is self or not screen.is_modal:
                return screen is self
        return False

    def notify(self, message: str, **options: Any) -> None:
        """Show a notification; one that only informs disappears when this screen is closed."""
        if options.get("severity", "information") == "information":
            self._informed.add(visible(message))
        super().notify(message, **options)

    def tell(self, sentence: str, severity: Any = "information") -> None:
        """Show a notification, unless the sentence is ""."""
        if sentence:
            self.notify(sentence, severity=severity, markup=False)

    def withdraw(self, *messages: str) -> None:
        """Remove the notifications with these messages if they are shown."""
        app = self.app
        found = [note for note in app._notifications if note.message in messages]
        for note in found:
            app._unnotify(note, refresh=False)
        if found:
            app._refresh_notifications()

    def action_copy_text(self) -> None:
        """Copy the text that is selected with the mouse, and say so."""
        super().action_copy_text()
        self.notify("Copied the selected text.", markup=False)

    def belongs_to_typing(self, event: events.Key) -> bool:
        """Return whether a key is part of words that are being typed, and so isn't a command.

        The app calls this with each key before the widget with the focus gets it.
        """
        return False

    def focus_for_letter(self) -> None:
        """Move the focus to where a letter that isn't a command is written.

        The app calls this before it sends the letter to the widget with the focus, unless that widget
        takes letters.
        """

    def index_changed(self) -> None:
        """Show what has changed in the index; the page calls this for each screen above it."""

    def palette_commands(self) -> "Iterable[PaletteCommand]":
        """Return the palette's commands for this screen."""
        return ()

    def leave(self) -> AwaitComplete:
        """Close with the same answer as if escape were pressed until the screen closes."""
        return self.dismiss(None)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Give the answer and close, with all screens above; ignore a second answer.

        A key that arrives together with the answering key may have opened another screen. Textual
        would close that screen instead, and accept a second answer.
        """
        if not self.is_open:
            return AwaitComplete()
        self.close_above()
        self._is_answered = True
        # A message about the answer itself is shown after this.
        self.withdraw(*self._informed)
        return super().dismiss(result)

    def close(self) -> AwaitComplete:
        """Close, with all screens above, without an answer; a worker that waits for one gets None."""
        if not self.is_open:
            return AwaitComplete()
        self.close_above()
        self._is_answered = True
        for waiting in self._result_callbacks:
            if waiting.future is not None and not waiting.future.done():
                waiting.future.set_result(None)
        return self.app.pop_screen()

    def close_above(self) -> None:
        """Close all screens above this one, the topmost first."""
        app = self.app
        while self in app.screen_stack and (top := app.screen) is not self:
            if isinstance(top, AppScreen):
                top.close()
            else:
                app.pop_screen()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a position, for a text selection, or None for one that was removed.

        Textual 8.2.8 would use the region of the removed widget's parent, which is None.
        """
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is not None and is_gone(widget):
            return None, None
        return widget, offset

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Move the focus to a widget, unless it has been removed in the meantime.

        Textual 8.2.8 would send keys to the removed widget, and no key would do anything.
        """
        if widget is None or not is_gone(widget):
            super().set_focus(widget, scroll_visible, from_app_focus)

    def _pop_result_callback(self) -> None:
        """Drop the callback for the answer; the first screen has none, and Textual would fail."""
        if self._result_callbacks:
            super()._pop_result_callback()

    async def _dispatch_message(self, message: Message) -> None:
        if isinstance(message, events.Resize) and message.size != self.app.size:
            # A screen lays itself out for each size it gets and, when that changed anything, sends
            # itself the size again: two sizes in its queue at once would follow each other
            # endlessly.
            return
        if self._is_answered and not isinstance(message, _CLOSING_MESSAGES):
            return
        await super()._dispatch_message(message)

    async def _flush_next_callbacks(self) -> None:
        if self._is_answered:
            self._next_callbacks.clear()
            return
        await super()._flush_next_callbacks()


class NavigatingApp(App[Result]):
    """An app that opens no more screens once it is ending: their widgets would not be mounted."""

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Open a screen, unless the app is ending."""
        if self._exit:
            return asyncio.get_running_loop().create_future()
        return super().push_screen(screen, *arguments, **options)


def is_gone(pump: MessagePump) -> bool:
    """Return whether a widget, or its screen, is being removed or was removed."""
    node: MessagePump | None = pump
    while node is not None:
        if node._closing or node._closed or (isinstance(node, DOMNode) and node._pruning):
            return True
        if isinstance(node, AppScreen) and node._is_answered:
            return True
        if node.is_dom_root:
            return False
        if isinstance(node, Screen) and node not in node.app.screen_stack:
            return True
        node = node._parent
    # The widget isn't connected to the app.
    return True
