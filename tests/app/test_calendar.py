"""The calendar, which is the review's month: days described, months turned, days and notes opened."""

from datetime import date

import pytest

from journal_tui.app.index_worker import IndexWorker
from journal_tui.app.review import screen as review_screen
from journal_tui.app.review.heat_map import HeatMap
from journal_tui.app.review.screen import ReviewScreen
from journal_tui.app.write.month import Month
from journal_tui.period import parse_name
from tests.app import idle
from tests.app.app_fixture import Desk, painted, settle

SIZES = [(60, 20), (80, 24), (140, 40)]


@pytest.fixture
def marked(desk: Desk) -> Desk:
    desk.put("# The [planning]\n\nEnjoyment: 8/10 – dry\n", date(2026, 11, 5))
    desk.put("# Before\n\nEnjoyment: 4/10\n", date(2026, 10, 5))
    return desk


@pytest.mark.parametrize("size", SIZES)
async def test_days_are_described_and_months_turned(marked: Desk, size: tuple[int, int]) -> None:
    async with marked.open(size=size) as (pilot, write):
        await pilot.press("f9")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        shown = "\n".join(painted(pilot.app))
        assert "Friday 20 November 2026 · today" in shown and "not written" in shown
        await pilot.press("up", "up", "left")
        shown = "\n".join(painted(pilot.app))
        assert "Thursday 5 November 2026" in shown and "8/10 – dry" in shown
        await pilot.press("pageup")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "Monday 5 October 2026" in shown and "4/10" in shown
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == date(2026, 10, 5)


async def test_the_cursor_goes_on_into_the_next_month(marked: Desk) -> None:
    async with marked.open(size=(60, 20)) as (pilot, write):
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("down", "down")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "Friday 4 December 2026" in shown and "still to come" in shown
        await pilot.press("end", "right")
        await settle(pilot)
        assert "January 2027" in painted(pilot.app)[0]
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == date(2027, 1, 1)


async def test_a_click_opens_a_day_turns_the_month_or_opens_a_week(marked: Desk) -> None:
    async with marked.open() as (pilot, write):
        await pilot.press("f9")
        await settle(pilot)
        await pilot.click(".heading", offset=(1, 0))
        await settle(pilot)
        assert "October 2026" in painted(pilot.app)[0]
        # Border and heads, then the second week; the number of the week and then Monday.
        await pilot.click(HeatMap, offset=(1 + 3, 3))
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == date(2026, 10, 5)
        await pilot.press("f9")
        await settle(pilot)
        await pilot.click(HeatMap, offset=(1, 3))
        await settle(pilot)
        assert write.session.period == parse_name("2026-W41")


async def test_a_workday_before_the_first_day_is_called_that(desk: Desk) -> None:
    async with desk.open(date(2026, 10, 30)) as (pilot, _):
        await pilot.press("f9")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "not written (before day 1)" in shown and "not a workday" not in shown


async def test_the_marks_have_a_legend_at_every_size(marked: Desk) -> None:
    for size in ((80, 24), (140, 40)):
        async with marked.open(size=size) as (pilot, _):
            await pilot.press("f9")
            await settle(pilot)
            shown = "\n".join(painted(pilot.app))
            assert "▁█ 0–10 ·unrated -missing" in shown
            assert "esc Back" in shown


async def test_a_click_on_a_week_number_in_the_panel_opens_its_note(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        assert any("◦ low • ● high ·none" in row for row in painted(pilot.app))
        await pilot.click(Month, offset=(1, 3))
        await settle(pilot)
        assert write.session.period == parse_name("2026-W45")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("held_worker")
async def test_while_files_are_read_no_day_is_called_unwritten(
    desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_screen, "POLL_SECONDS", 0.01)
    # It looks again and again, so the app isn't idle.
    monkeypatch.setattr(idle, "MAX_SECONDS", 0.5)
    is_indexing = True
    monkeypatch.setattr(IndexWorker, "is_indexing", property(lambda _: is_indexing))
    async with desk.open(size=size) as (pilot, write):
        await pilot.press("f9")
        await pilot.pause(0.1)
        assert "still reading files" in "\n".join(painted(pilot.app))
        path = desk.put("# Then\n\nEnjoyment: 8/10 – dry\n")
        await write.index_worker.refresh(lambda done, total: None)
        assert path.exists()
        is_indexing = False
        await settle(pilot)
        rows = "\n".join(painted(pilot.app))
        assert "8/10 – dry" in rows and "still reading" not in rows
        await pilot.press("left")
        assert "not written" in "\n".join(painted(pilot.app))
