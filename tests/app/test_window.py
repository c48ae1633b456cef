"""The size of the window, told at odd moments."""

from textual import events
from textual.geometry import Size

from journal_tui.app.window import WindowApp


def test_a_size_that_comes_before_any_screen_is_no_fault() -> None:
    app: WindowApp[None] = WindowApp()
    app.supports_smooth_scrolling = True
    app.on_resize(events.Resize(Size(20, 5), Size(20, 5)))
