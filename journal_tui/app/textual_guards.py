"""Guard against faults of Textual 8.2.8 that end, freeze or blank an app; each guard names its fault.

Remove a guard once its test passes without it. Call `install` once, before the app runs.
"""

import asyncio
from collections.abc import Generator
from typing import Literal, TypeVar

from textual import app as textual_app
from textual import events
from textual import screen as textual_screen
from textual._callback import invoke
from textual._compositor import Compositor, CompositorMap, ReflowResult
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList

Result = TypeVar("Result")


class _Removal(AwaitRemove):
    """Wait for widgets to be removed, without cancelling their tasks if the waiting is cancelled.

    Textual gathers the tasks of the widgets: a cancelled worker that awaits `remove()` cancels
    them, the app awaits the same tasks, gets the CancelledError, and ends silently with code 0.
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


class _Layout(Compositor):
    """Tell each new widget of a screen its size.

    Textual treats a widget as new if it isn't yet in the map of widgets. It also makes that map
    when something asks for a region between two layouts; a widget that gets into the map that way
    never receives its size, and stays blank.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: CompositorMap = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out the screen; return the widgets that are hidden, shown and resized since last time."""
        self._full_map = self._told
        result = super().reflow(parent, size)
        self._told = self._full_map
        return result

    def clear(self) -> None:
        """Forget all widgets."""
        super().clear()
        self._told.clear()


_get_component_styles = DOMNode.get_component_styles


def _component_styles(node: DOMNode, *names: str) -> RenderStyles:
    """Return the component styles of a widget, or plain ones while it has none.

    A removed widget may be painted once more before the screen is laid out without it. Its
    component styles are gone by then, and Textual would raise KeyError.
    """
    if not node._component_styles:
        names = ()
    return _get_component_styles(node, *names)


def install() -> None:
    """Install the guards that replace a part of Textual."""
    setattr(textual_app, "AwaitRemove", _Removal)  # noqa: B010
    setattr(textual_screen, "Compositor", _Layout)  # noqa: B010
    setattr(DOMNode, "get_component_styles", _component_styles)  # noqa: B010


def is_stray_cancellation() -> bool:
    """Return whether a CancelledError isn't meant for the task that it was raised in.

    Awaiting something that was cancelled raises it too, and would end Textual's message loops.
    """
    task = asyncio.current_task()
    return task is not None and not task.cancelling()


class GuardedOptionList(OptionList):
    """An option list that survives a click or a page key at any moment.

    A click that is handled after the options have changed would raise IndexError. A page key in a
    list without room, and therefore without lines, would raise KeyError.
    """

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that no longer exists."""
        option = event.style.meta.get("option")
        if option is not None and option >= len(self.options):
            event.prevent_default()

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if (self.highlighted or 0) in self._index_to_line:
            super()._move_page(direction)


class GuardedApp(App[Result]):
    """An app with the guards that override methods of an app."""

    async def _flush_next_callbacks(self) -> None:
        try:
            await super()._flush_next_callbacks()
        except asyncio.CancelledError:
            if not is_stray_cancellation():
                raise

    def _print_error_renderables(self) -> None:
        """Print only the first message; Textual adds advice for programmers after it."""
        del self._exit_renderables[1:]
        super()._print_error_renderables()
