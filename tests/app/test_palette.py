"""The command palette: names as they are, keys in any order, one answer."""

import pytest
from desk import Desk, settle
from textual import events
from textual.widgets import OptionList

from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.screens.palette import Palette
from journal_tui.app.screens.pointdialog import PointDialog

NAME = "a [/] [red]name[/red] [@click=app.bell]x"


@pytest.mark.parametrize("typed", ["", "find: a"])
async def test_the_name_of_a_search_is_no_markup(desk: Desk, typed: str) -> None:
    with (desk.root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[queries]\n"{NAME}" = "[/] rice"\n')
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        await pilot.press(*typed)
        rows = pilot.app.screen.query_one(OptionList).options
        said = [str(row.prompt) for row in rows]
        assert f"Find: {NAME}"[:29] + "… [/] rice" in said


async def test_a_few_letters_find_a_command_and_enter_does_it(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+p", *"help", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape", "ctrl+p", *"qzqz")
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        assert palette.query_one(".none").display and not palette.query_one(OptionList).display
        await pilot.press("enter", "down", "pageup")
        assert pilot.app.screen is palette
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_a_theme_is_chosen_among_all(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+p", *"theme", "enter")
        await settle(pilot)
        assert pilot.app.screen.query_one(OptionList).option_count == len(
            pilot.app.available_themes
        )
        await pilot.press(*"nord", "enter")
        await settle(pilot)
        assert pilot.app.theme == "nord" and pilot.app.screen is write


async def test_no_command_saves_a_picture_of_the_entry(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p", *"screenshot")
        assert not pilot.app.screen.query_one(OptionList).option_count


@pytest.mark.parametrize(
    "keys",
    [
        ["ctrl+p", "pageup"],
        ["ctrl+p", "pagedown", "enter", "enter"],
        ["ctrl+p", "ctrl+p", "escape", "ctrl+p", "escape"],
        ["ctrl+p", "escape", "ctrl+p", "down", "escape", "escape"],
        ["ctrl+p", "t", "h", "e", "m", "e", "enter", "enter", "enter"],
        ["ctrl+n", "ctrl+p", "enter", "escape", "escape"],
        ["ctrl+p", "enter", "ctrl+p", "enter", "ctrl+p"],
    ],
)
async def test_keys_that_come_at_once_end_nothing(desk: Desk, keys: list[str]) -> None:
    async with desk.open() as (pilot, write):
        for key in keys:
            pilot.app.simulate_key(key)
        await settle(pilot)
        for _ in range(4):
            await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and pilot.app.return_code is None


async def test_two_clicks_beside_it_close_it_once(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+l", "ctrl+p")
        find = pilot.app.screen_stack[1]
        for _ in range(2):
            for kind in (events.MouseDown, events.MouseUp):
                where = {"x": 0, "y": 23, "screen_x": 0, "screen_y": 23}
                keys = {"shift": False, "meta": False, "ctrl": False}
                pilot.app.post_message(kind(None, delta_x=0, delta_y=0, button=1, **where, **keys))
        await settle(pilot)
        assert pilot.app.screen is find
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_a_dialog_has_no_palette(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+n", "ctrl+p")
        assert isinstance(pilot.app.screen, PointDialog)
