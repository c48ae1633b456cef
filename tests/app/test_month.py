"""The month: moves, marks, messages, clicks, and shapes that speak without colour."""

from datetime import date
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.message import Message

from journal_tui.app.write.month import Month

DAY = date(2026, 11, 17)
TODAY = date(2026, 11, 19)
MARKS: dict[date, float | None] = {
    date(2026, 11, 2): 9,
    date(2026, 11, 3): 5,
    date(2026, 11, 4): 1.5,
    date(2026, 11, 5): None,
}


class Host(App[None]):
    """A month alone."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Month(DAY, TODAY, MARKS)

    def on_month_moved(self, event: Month.Moved) -> None:
        self.heard.append(event)

    def on_month_highlighted(self, event: Month.Highlighted) -> None:
        self.heard.append(event)

    def on_month_chosen(self, event: Month.Chosen) -> None:
        self.heard.append(event)


def lines(month: Month) -> list[str]:
    return [month.render_line(y).text for y in range(month.size.height)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["left"], date(2026, 11, 16)),
        (["right"], date(2026, 11, 18)),
        (["up"], date(2026, 11, 10)),
        (["down", "down"], date(2026, 12, 1)),
        (["pageup"], date(2026, 10, 17)),
        (["pagedown"], date(2026, 12, 17)),
        (["shift+pageup"], date(2025, 11, 17)),
        (["greater_than_sign"], date(2027, 11, 17)),
        (["pagedown", "home"], TODAY),
    ],
)
async def test_keys_move_the_day(keys: list[str], expected: date) -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.query_one(Month).focus()
        await pilot.press(*keys)
        assert app.query_one(Month).day == expected


async def test_messages_report_day_month_and_choice() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        month = app.query_one(Month)
        month.focus()
        await pilot.press("left")
        assert [type(event) for event in app.heard] == [Month.Highlighted]
        app.heard.clear()
        await pilot.press("pagedown", "enter")
        moved = [event.first for event in app.heard if isinstance(event, Month.Moved)]
        assert moved == [date(2026, 12, 1)]
        last = app.heard[-1]
        assert type(last) is Month.Chosen
        assert last.day == date(2026, 12, 16)


async def test_small_month_shows_weeks_and_marks_by_shape() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        month = app.query_one(Month)
        assert str(month.border_title) == "November 2026"
        assert month.outer_size == (26, 9)
        shown = lines(month)
        assert shown[0].split() == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
        assert shown[1] == "44 " + " " * 18 + " 1 "
        assert shown[2] == "45  2● 3• 4◦ 5· 6  7  8 "
        assert shown[6].split() == ["49", "30"]


async def test_chosen_and_today_differ_from_other_days_without_colour() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.theme = "ansi-dark"
        await pilot.pause()
        row = app.query_one(Month).render_line(4)
        looks: dict[str, Any] = {piece.text.strip(): piece.style for piece in row}
        assert looks["17"].reverse
        assert looks["19"].underline
        assert not looks["18"].reverse
        assert not looks["18"].underline


async def test_a_click_chooses_the_day_under_it() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        month = app.query_one(Month)
        # Border, then heading and two weeks down; week number and two days across.
        await pilot.click(Month, offset=(1 + 3 + 2 * 3, 1 + 3))
        assert month.day == date(2026, 11, 11)
        assert type(app.heard[-1]) is Month.Chosen
        app.heard.clear()
        await pilot.click(Month, offset=(1 + 3, 1 + 1))
        assert app.heard == []


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_the_first_and_last_month_can_be_drawn(day: date) -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.query_one(Month).day = day
        await pilot.pause()
        assert str(day.day) in "".join(lines(app.query_one(Month)))
