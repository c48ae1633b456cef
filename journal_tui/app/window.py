"""The window's size: the one that it has, however quickly it changes, and none that is too small."""

import shutil
from contextlib import suppress
from typing import Any, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ScreenStackError
from textual.geometry import Size
from textual.screen import Screen

from journal_tui.app.recovery import RecoveringApp

Result = TypeVar("Result")

LEAST = Size(20, 6)
"""Smaller windows show a sentence; the screens are laid out for this size meanwhile."""


def too_small(window: Size, wide: str = "Make the window larger.") -> list[str]:
    """Return what is shown in a window that is too small: as much of a sentence as fits."""
    lines: list[str] = []
    line = ""
    for word in wide.split():
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > window.width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return [line[: window.width] for line in lines[: window.height]]


class WindowApp(RecoveringApp[Result]):
    """An app that is never left with a size that its window does not have any more."""

    _window: Size | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Take up what the terminal says now, and draw all of it.

        A signal that interrupts the handler of the one before makes Textual's driver tell the
        newer size first. A size that was another one meanwhile leaves a terminal half empty.
        """
        # A terminal that tells its size itself does so in order.
        if not self.is_headless and not self.supports_smooth_scrolling:
            there = Size(*shutil.get_terminal_size())
            if there != event.size:
                self.post_message(events.Resize(there, there))
                event.prevent_default()
                return
        self._window = event.size
        width, height = event.size
        event.size = Size(max(width, LEAST.width), max(height, LEAST.height))
        # The first size may be told before there is a screen.
        with suppress(ScreenStackError):
            self.screen.refresh()

    @property
    def is_too_small(self) -> bool:
        """Whether the window is smaller than any screen can be laid out for."""
        window = self._window
        return window is not None and (window.width < LEAST.width or window.height < LEAST.height)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Paint, or say that the window is too small to be painted in."""
        if not self.is_too_small or self._window is None or self._driver is None:
            super()._display(screen, renderable)
        elif renderable is not None and self._running and not self.is_headless:
            lines = "\r\n".join(too_small(self._window))
            self._driver.write(f"\x1b[0m\x1b[2J\x1b[H{lines}")
