"""Faults of Textual that end or freeze an app, each guarded against."""

import asyncio

import pytest
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.widgets import Button, OptionList, Static

from journal_tui.app.widgets.result_list import ResultList
from tests.app.app_fixture import Desk, layouts, paint, set_size, settle

pytestmark = pytest.mark.painted


async def test_two_sizes_at_once_do_not_go_round_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.open(size=(120, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        for size in (Size(80, 24), Size(120, 40)):
            pilot.app.screen.post_message(events.Resize(size, size))
            pilot.app.screen.post_message(events.Idle())
        sizes = layouts(pilot.app, monkeypatch)
        for _ in range(400):
            await asyncio.sleep(0)
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
            set_size(pilot.app, size)
            pilot.app.simulate_key("abcdefghij"[number % 10])
            for _ in range(number % 4 * 10):
                await asyncio.sleep(0)
        await settle(pilot)
        assert "abcdefghij" * 4 in write.editor.text
        assert pilot.app.is_running


async def test_a_widget_is_told_its_size_though_its_region_was_asked_for_before(desk: Desk) -> None:
    class Listener(Static):
        told: Size | None = None

        def on_resize(self, event: events.Resize) -> None:
            self.told = event.size

    async with desk.open() as (pilot, write):
        listener = Listener("x")
        listener.display = False
        await write.mount(listener)
        await settle(pilot)
        assert listener.told is None
        listener.display = True
        # A key or a timer may paint between the two.
        paint(listener)
        assert listener.region
        await settle(pilot)
        assert listener.told == listener.size


async def test_a_widget_that_is_gone_may_be_painted_once_more(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        results = write.query_one(ResultList)
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert not write.query(ResultList)
        results.notify_style_update()
        assert results.get_component_rich_style("results--cursor") is not None


async def test_a_widget_that_is_gone_gets_no_keys(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        button = Button("x")
        await write.mount(button)
        await button.remove()
        # Textual sets the focus in a message of its own, which may come after the removal.
        write.set_focus(button)
        await pilot.press("z")
        assert "z" in write.editor.text


async def test_a_press_on_a_widget_that_is_gone_selects_nothing(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        child = Static("words to select")
        await write.mount(child)
        await pilot.pause()
        at = child.region.offset
        # Still where it was on the screen, since that is not laid out again before the press.
        with pilot.app.batch_update():
            await child.remove()
            keys = {"shift": False, "meta": False, "ctrl": False}
            for kind in (events.MouseDown, events.MouseMove, events.MouseUp):
                place = {"x": at.x, "y": at.y, "screen_x": at.x, "screen_y": at.y}
                event = kind(None, delta_x=0, delta_y=0, button=1, **place, **keys)
                await pilot.app.on_event(event)
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
