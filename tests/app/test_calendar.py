"""The calendar screen: marks by month, the day described, the day given."""

from collections.abc import Mapping
from datetime import date

from textual.app import App
from textual.widgets import Static

from journal_tui.app.screens.calendar import CalendarScreen
from journal_tui.app.widgets.month import Month

TODAY = date(2026, 11, 19)


class Host(App[None]):
    """An app that shows the calendar and keeps what it gave."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, int]] = []
        self.given: list[date | None] = []

    def on_mount(self) -> None:
        screen = CalendarScreen(date(2026, 11, 17), TODAY, self.marks_for, self.describe)
        self.push_screen(screen, self.given.append)

    def marks_for(self, year: int, month: int) -> Mapping[date, float | None]:
        self.asked.append((year, month))
        return {date(year, month, 5): 8}

    def describe(self, day: date) -> str:
        return "The [planning] · 8/10" if day.day == 5 else ""


def said(app: Host) -> tuple[str, str]:
    return (
        str(app.screen.query_one(".day", Static).content),
        str(app.screen.query_one(".about", Static).content),
    )


async def test_days_are_described_and_months_marked() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert said(app) == ("Tuesday 17 November 2026", "Nothing written yet.")
        await pilot.press("right", "right")
        assert said(app)[0] == "Thursday 19 November 2026 · today"
        await pilot.press("pageup")
        assert app.asked == [(2026, 11), (2026, 10)]
        assert app.screen.query_one(Month).marks == {date(2026, 10, 5): 8}
        await pilot.press("up", "up")
        assert said(app) == ("Monday 5 October 2026", "The [planning] · 8/10")
        await pilot.press("enter")
        assert app.given == [date(2026, 10, 5)]


async def test_all_of_it_stands_in_sixty_by_twenty() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        for selector in ("Month", ".day", ".about", ".keys"):
            region = app.screen.query_one(selector).region
            assert region.height >= 1
            assert region.bottom < 20
        month = app.screen.query_one(Month)
        assert month.size.height == 14


async def test_the_heading_turns_the_month() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(Month, offset=(5, 0))
        assert app.screen.query_one(Month).day == date(2026, 10, 17)
        assert app.given == []
