"""Screens and dialogs: opened in one way, answered once, and closed in one way."""

import asyncio
from collections.abc import Iterable
from typing import Any, TypeVar

from textual import events, messages
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from journal_tui.app.textual_guards import is_outdated

Result = TypeVar("Result")

_LAST_MESSAGES = (
    events.Unmount,
    events.ScreenSuspend,
    events.Hide,
    messages.CloseMessages,
    messages.Prune,
)
"""What a screen that was answered still has to hear, so that it goes."""


class AppScreen(Screen[Result]):
    """A screen that gives one answer; what comes for it afterwards is dropped."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._is_answered = False

    @property
    def is_open(self) -> bool:
        """Whether it is on the stack and hasn't been answered."""
        return not self._is_answered and self in self.app.screen_stack

    def palette_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers on this screen."""
        return ()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Give the answer and close, and with it what was opened on top; a second answer is dropped.

        A key that comes with the one that answers may have opened another screen meanwhile. Textual
        would close that one, and take the second answer.
        """
        if not self.is_open:
            return AwaitComplete()
        close_above(self)
        self._is_answered = True
        return super().dismiss(result)

    def close(self) -> AwaitComplete:
        """Close without an answer; a worker that waits for one gets None."""
        if not self.is_open:
            return AwaitComplete()
        close_above(self)
        self._is_answered = True
        for waiting in self._result_callbacks:
            if waiting.future is not None and not waiting.future.done():
                waiting.future.set_result(None)
        return self.app.pop_screen()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Find what lies at a place, for a selection; a widget that is gone has no place in one.

        Textual 8.2.8 asks such a widget's parent, which is None, for its region.
        """
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is not None and is_gone(widget):
            return None, None
        return widget, offset

    def _pop_result_callback(self) -> None:
        """Forget who asked; the first screen was asked for by none, which Textual does not expect."""
        if self._result_callbacks:
            super()._pop_result_callback()

    async def _dispatch_message(self, message: Message) -> None:
        if is_outdated(self, message):
            return
        if self._is_answered and not isinstance(message, _LAST_MESSAGES):
            return
        await super()._dispatch_message(message)

    async def _flush_next_callbacks(self) -> None:
        if self._is_answered:
            self._next_callbacks.clear()
            return
        await super()._flush_next_callbacks()


class NavigatingApp(App[Result]):
    """An app that opens no screen any more once it is ending: its widgets would not be mounted."""

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Open a screen, as Textual does."""
        if self._exit:
            return asyncio.get_running_loop().create_future()
        return super().push_screen(screen, *arguments, **options)


def close_above(screen: Screen[Any]) -> None:
    """Close all that lies on a screen, the topmost first."""
    app = screen.app
    while screen in app.screen_stack and (top := app.screen) is not screen:
        if isinstance(top, AppScreen):
            top.close()
        else:
            app.pop_screen()


def is_gone(pump: MessagePump) -> bool:
    """Say whether a widget is going or gone, or lies on a screen that is."""
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
    # It isn't connected with the app.
    return True
