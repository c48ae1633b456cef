"""Faults of Textual that end or freeze an app, each guarded against."""

import asyncio

import pytest
from desk import Desk, settle
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from journal_tui.app.widgets.results import Results


async def handled_sizes(pilot: Pilot[None], turns: int) -> list[Size]:
    """The sizes that the screen lays itself out for in so many turns of the loop."""
    screen, sizes = pilot.app.screen, list[Size]()
    lay_out = screen._screen_resized

    def note(size: Size) -> None:
        sizes.append(size)
        lay_out(size)

    screen._screen_resized = note  # type: ignore[method-assign]
    for _ in range(turns):
        await asyncio.sleep(0)
    return sizes


async def test_two_sizes_at_once_do_not_go_round_for_ever(desk: Desk) -> None:
    async with desk.open(size=(120, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        for size in (Size(80, 24), Size(120, 40)):
            pilot.app.screen.post_message(events.Resize(size, size))
            pilot.app.screen.post_message(events.Idle())
        sizes = await handled_sizes(pilot, 400)
        assert set(sizes) <= {Size(120, 40)} and len(sizes) < 5


async def test_a_cancelled_worker_that_waits_for_a_removal_cancels_nothing_else(
    desk: Desk,
) -> None:
    async with desk.open() as (pilot, write):
        for _ in range(10):
            child = Static("x")
            await write.mount(child)

            async def remove(child: Static = child) -> None:
                await child.remove()

            worker = write.run_worker(remove())
            await asyncio.sleep(0)
            worker.cancel()
            await pilot.pause()
        await pilot.press("z")
        assert "z" in write.editor.text
        assert pilot.app.is_running and pilot.app.return_code is None


async def test_typing_and_resizing_at_once_end_nothing(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        for number in range(40):
            columns = (80, 99, 100, 131, 140, 150)[number * 7 % 6]
            size = Size(columns, 30)
            assert pilot.app._driver
            pilot.app._driver._size = size
            pilot.app.post_message(events.Resize(size, size))
            pilot.app.simulate_key("abcdefghij"[number % 10])
            for _ in range(number % 4 * 10):
                await asyncio.sleep(0)
        await settle(pilot)
        assert "abcdefghij" * 4 in write.editor.text
        assert pilot.app.is_running


async def test_a_widget_that_is_gone_may_be_painted_once_more(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        results = write.query_one(Results)
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert not write.query(Results)
        results._painter.forget()
        assert results.get_component_rich_style("results--cursor") is not None


async def test_a_press_on_a_widget_that_is_gone_selects_nothing(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        child = Static("words to select")
        await write.mount(child)
        await pilot.pause()
        at = child.region.offset
        # Still where it was on the screen, since that is not laid out again before the press.
        pilot.app._begin_batch()
        await child.remove()
        keys = {"shift": False, "meta": False, "ctrl": False}
        for kind in (events.MouseDown, events.MouseMove, events.MouseUp):
            place = {"x": at.x, "y": at.y, "screen_x": at.x, "screen_y": at.y}
            await pilot.app.on_event(kind(None, delta_x=0, delta_y=0, button=1, **place, **keys))
        pilot.app._end_batch()
        await pilot.press("z")
        assert "z" in write.editor.text


async def test_a_click_on_a_command_that_is_no_longer_in_the_palette_does_nothing(
    desk: Desk,
) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        await settle(pilot)
        palette = pilot.app.screen
        commands = palette.query_one(OptionList)
        last = Style(meta={"option": commands.option_count - 1})
        x, y = commands.region.offset.x + 1, commands.region.offset.y + 1
        commands.clear_options()
        commands.post_message(
            events.Click(commands, 1, 1, 0, 0, 1, False, False, False, x, y, style=last)
        )
        await settle(pilot)
        assert pilot.app.screen is palette
        assert commands.is_attached


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_key_in_a_list_without_room_does_nothing(desk: Desk, key: str) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+p")
        await settle(pilot)
        palette = pilot.app.screen
        commands = palette.query_one(OptionList)
        commands.styles.height = 0
        await settle(pilot)
        commands.clear_options()
        commands.add_options(["one", "two"])
        commands.highlighted = 1
        await pilot.press(key)
        await settle(pilot)
        assert pilot.app.screen is palette
        assert commands.is_attached
