"""The command palette: what a person named is shown as it is named."""

import pytest
from desk import Desk, settle
from textual.widgets import OptionList

from journal_tui.app.palette import Palette

NAME = "a [/] [red]name[/red] [@click=app.bell]x"


@pytest.mark.parametrize("typed", ["", "find: a"])
async def test_the_name_of_a_search_is_no_markup(desk: Desk, typed: str) -> None:
    with (desk.root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[queries]\n"{NAME}" = "[/] rice"\n')
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        await settle(pilot)
        await pilot.press(*typed)
        await settle(pilot)
        rows = pilot.app.screen.query_one(OptionList).options
        said = [str(row.prompt) for row in rows]
        assert f"Find: {NAME}\n[/] rice" in said


async def test_a_page_key_before_the_first_command_is_nothing(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        pilot.app.action_command_palette()
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        for action in ("page_down", "page_up", "cursor_down", "select"):
            palette._action_command_list(action)
        pilot.app.action_command_palette()
        await settle(pilot)
        await pilot.press("pagedown", "pageup", "escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, Palette)
