"""Staying of the size that the terminal's window has, however quickly that changes."""

import shutil
from contextlib import suppress
from typing import TypeVar

from textual import events
from textual.app import App, ScreenStackError
from textual.geometry import Size

Result = TypeVar("Result")


class WindowApp(App[Result]):
    """An app that is never left with a size that its window does not have any more."""

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
                return
        # The first size may be told before there is a screen.
        with suppress(ScreenStackError):
            self.screen.refresh()
