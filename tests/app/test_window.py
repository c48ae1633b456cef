"""The size of the window, told at odd moments."""

from textual import events
from textual.geometry import Size

from journal_tui.app.app import JournalApp
from tests.app.app_fixture import Desk


def test_a_resize_before_the_first_screen_does_no_harm(desk: Desk) -> None:
    app = JournalApp(desk.journal())
    app.supports_smooth_scrolling = True
    app.on_resize(events.Resize(Size(20, 5), Size(20, 5)))
