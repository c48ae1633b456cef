"""Guards against faults of Textual 8.2.8 that end or freeze an app; each names its fault.

Take a guard out when its test passes without it. `install` is called once, before the app runs.
"""

import asyncio
from collections.abc import Generator
from typing import Any, Literal, TypeVar

from textual import app as textual_app
from textual import events
from textual._callback import invoke
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

Result = TypeVar("Result")


class _Removal(AwaitRemove):
    """Wait for widgets to be gone, and cancel nothing when the waiting is cancelled.

    Textual gathers the tasks of the widgets: a cancelled worker that awaits `remove()` cancels them,
    the app awaits the same tasks, gets the CancelledError, and ends without a word and with code 0.
    """

    def __await__(self) -> Generator[None, None, None]:
        current = asyncio.current_task()
        tasks = [task for task in self._tasks if task is not current]

        async def wait() -> None:
            if tasks:
                await asyncio.wait(tasks)
            if self._post_remove is not None:
                await invoke(self._post_remove)

        return wait().__await__()


_get_component_styles = DOMNode.get_component_styles


def _component_styles(node: DOMNode, *names: str) -> RenderStyles:
    """Give a widget that has no styles yet, or no more, the plain ones.

    A widget that was removed is painted once more before the screen is laid out without it, and its
    component styles are gone by then: KeyError.
    """
    if not node._component_styles:
        names = ()
    return _get_component_styles(node, *names)


def install() -> None:
    """Put the guards in place that replace a part of Textual."""
    setattr(textual_app, "AwaitRemove", _Removal)  # noqa: B010
    setattr(DOMNode, "get_component_styles", _component_styles)  # noqa: B010


def is_outdated(screen: Screen[Any], message: Message) -> bool:
    """Say whether a message tells a screen of a size that the app doesn't have any more.

    A screen lays itself out for each size it is told and, when that changed anything, tells itself
    the size again. Two sizes in its queue at once go round for ever: the app is busy and hears nothing.
    """
    return isinstance(message, events.Resize) and message.size != screen.app.size


def is_stray_cancellation() -> bool:
    """Say whether a CancelledError isn't meant for the task that it was raised in.

    Awaiting something that was cancelled raises it too, and Textual's loops take it for their own end.
    """
    task = asyncio.current_task()
    return task is not None and not task.cancelling()


class GuardedOptionList(OptionList):
    """An option list that takes a click or a page key at any moment.

    A click is handled after the options have changed under it: IndexError. A page key comes while
    the list has no room, and therefore no lines: KeyError.
    """

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that isn't there any more."""
        option = event.style.meta.get("option")
        if option is not None and option >= len(self.options):
            event.prevent_default()

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if (self.highlighted or 0) in self._index_to_line:
            super()._move_page(direction)


class GuardedApp(App[Result]):
    """An app with the guards that are methods of an app."""

    async def _flush_next_callbacks(self) -> None:
        try:
            await super()._flush_next_callbacks()
        except asyncio.CancelledError:
            if not is_stray_cancellation():
                raise

    def _print_error_renderables(self) -> None:
        """Print the first of several sentences; Textual adds advice for programmers to it."""
        del self._exit_renderables[1:]
        super()._print_error_renderables()
