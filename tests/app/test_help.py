"""Help: every key in sight, two columns where there is room, never markup."""

import pytest
from textual.app import App

from journal_tui.app.screens.help import HelpScreen, halves

GROUPS = [
    ("Writing", [("ctrl+s", "Save"), ("ctrl+r", "Rate the [day]"), ("ctrl+o", "Your own editor")]),
    ("Days", [("ctrl+t", "Today"), ("alt+← alt+→", "Previous, next day")]),
    ("App", [("F1", "This help")]),
]


class Host(App[None]):
    """An app that shows the help."""

    def on_mount(self) -> None:
        self.push_screen(HelpScreen(GROUPS, "Just write.\x1b[31m"))


@pytest.mark.parametrize(("width", "beside"), [(80, False), (99, False), (100, True), (140, True)])
async def test_two_columns_from_a_hundred(width: int, beside: bool) -> None:
    app = Host()
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        left, right = app.screen.query(".column")
        assert (left.region.y == right.region.y) == beside
        assert (left.region.x == right.region.x) != beside


async def test_all_keys_are_there_and_escape_closes() -> None:
    app = Host()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        picture = app.export_screenshot().replace("&#160;", " ")
        for _, keys in GROUPS:
            for key, what in keys:
                assert key in picture
                assert what in picture
        assert "\x1b" not in picture
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


async def test_a_small_screen_scrolls_and_keeps_the_line_of_keys() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        keys = app.screen.query_one(".keys").region
        assert keys.bottom <= 11
        pane = app.screen.query_one("VerticalScroll")
        assert pane.max_scroll_y > 0
        assert pane.region.bottom <= keys.y


def test_halves_keep_the_order_and_balance() -> None:
    left, right = halves(GROUPS)
    assert [*left, *right] == GROUPS
    assert [title for title, _ in left] == ["Writing"]
    assert halves([]) == ([], [])
