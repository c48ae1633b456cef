"""The screen of conflict copies: complete at 80x24, usable at 60x20, and nothing is lost."""

import pytest
from textual.widgets import OptionList

from journal_tui.app.screens.conflict import ConflictScreen
from journal_tui.app.widgets.text_view import TextView
from tests.app.app_fixture import Desk, settle, told, write_screen

ENTRY = "# Day\n\nprose\n\n- one\n- theirs\n"
COPY = "# Day\n\nprose\n\n- one\n- mine \x1b[31m\n"
SYNCED = ".sync-conflict-20261120-120000-ABCDEFG"


@pytest.fixture
def twice(desk: Desk) -> Desk:
    """Today, and two copies of it."""
    desk.put(ENTRY)
    desk.put(COPY, rest=SYNCED)
    desk.put(ENTRY, rest=" 2")
    return desk


async def test_conflict_copies_are_announced_once(twice: Desk) -> None:
    async with twice.open() as (pilot, write):
        assert (
            told(pilot).count(
                "2 conflict copies need attention: press ctrl+p and choose “Conflicts”."
            )
            == 1
        )
        write.refresh_index()
        await settle(pilot)
        assert told(pilot).count("attention") == 1
        assert "Conflicts" in [one.title for one in pilot.app.palette_commands(write)]


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_each_copy_is_ended(twice: Desk, size: tuple[int, int]) -> None:
    async with twice.open(size=size) as (pilot, write):
        write.action_conflicts()
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ConflictScreen)
        view = screen.query_one(TextView)
        assert view.size.height >= 4
        keys = screen.query_one(".keys")
        assert keys.region.bottom <= size[1]
        await pilot.press("down")
        await settle(pilot)
        shown = "\n".join(view.render_line(y).text for y in range(view.size.height))
        assert "+ - mine" in shown
        assert "\x1b" not in shown
        await pilot.press("m")
        await settle(pilot)
        assert twice.file().read_text() == ENTRY + "- mine \x1b[31m\n"
        assert not twice.file(rest=SYNCED).exists()
        assert screen.query_one(OptionList).option_count == 1
        await pilot.press("d")
        await settle(pilot)
        assert not twice.file(rest=" 2").exists()
        assert pilot.app.screen is write_screen(pilot)
        assert write.editor.text == ENTRY + "- mine \x1b[31m\n"


async def test_the_copy_is_kept_and_the_entry_opened(twice: Desk) -> None:
    async with twice.open() as (pilot, write):
        write.action_conflicts()
        await settle(pilot)
        await pilot.press("down", "k")
        await settle(pilot)
        assert twice.file().read_text() == COPY
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.path.endswith(f"{twice.today}.md")
        assert write.editor.text == COPY


async def test_without_copies_a_sentence(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_conflicts()
        await settle(pilot)
        assert "no conflict copies" in told(pilot)
