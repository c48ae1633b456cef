"""A page that is left open over midnight says that a new day has begun, and offers it."""

from datetime import date, datetime, timedelta

import pytest
from textual.pilot import Pilot

from journal_tui.app.write import screen as write_screen
from journal_tui.app.write.banners import NewDayBanner
from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle

TEXT = "# A day\n\nSeen.\n"
SIZES = [(60, 20), (80, 24), (140, 40)]


async def midnight(desk: Desk, pilot: Pilot[None], write: WriteScreen, days: int = 1) -> None:
    """Let the clock pass midnight, and the page look at it as it does every few seconds."""
    desk.now = datetime.combine(desk.today + timedelta(days), datetime.min.time())
    write.check_for_changes()
    await settle(pilot)


def said(pilot: Pilot[None]) -> list[str]:
    return [line.strip() for line in painted(pilot.app) if " now. " in line]


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_said_in_one_line_and_one_key_opens_today(
    desk: Desk, size: tuple[int, int]
) -> None:
    file = desk.put(TEXT)
    async with desk.open(size=size) as (pilot, write):
        assert not said(pilot)
        await midnight(desk, pilot, write)
        assert said(pilot) == ["It's Sat 21 Nov now. ctrl+t opens today, esc stays here."]
        assert write.editor.has_focus
        await pilot.press("ctrl+end", *"late ")
        write.check_for_changes()
        await settle(pilot)
        assert len(said(pilot)) == 1, "it is said once, and stays while one types"
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert write.session.day == date(2026, 11, 21) and not said(pilot)
        assert file.read_text().startswith(TEXT.rstrip("\n")) and "late" in file.read_text()
        assert not desk.file().exists()


async def test_escape_stays_and_it_is_not_said_again(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await midnight(desk, pilot, write)
        await pilot.press("escape")
        await settle(pilot)
        assert not said(pilot) and write.editor.has_focus
        write.check_for_changes()
        await settle(pilot)
        assert not said(pilot)
        await pilot.press("ctrl+home", *"xy", "ctrl+s")
        assert file.read_text() == "xy" + TEXT


async def test_days_later_it_says_the_day_that_it_is(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await midnight(desk, pilot, write)
        await midnight(desk, pilot, write, 2)
        assert said(pilot) == ["It's Mon 23 Nov now. ctrl+t opens today, esc stays here."]
        # The clock is set back, as after a journey.
        await midnight(desk, pilot, write, -3)
        assert not said(pilot)


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 11, 21)])
async def test_another_days_page_says_nothing(desk: Desk, day: date) -> None:
    desk.put(TEXT, day)
    async with desk.open(day) as (pilot, write):
        await midnight(desk, pilot, write)
        assert not said(pilot)


async def test_a_note_of_a_week_says_nothing(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        desk.now = datetime(2026, 11, 16, 23, 59)
        write.check_for_changes()
        await pilot.press("ctrl+g", *"2026-W47", "enter")
        await settle(pilot)
        assert write.session.period and write.session.day == desk.today
        await midnight(desk, pilot, write)
        assert not said(pilot)


async def test_it_is_said_while_one_reads_and_while_find_is_open(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("f2", "ctrl+l")
        await settle(pilot)
        await midnight(desk, pilot, write)
        await pilot.press("escape")
        await settle(pilot)
        assert len(said(pilot)) == 1 and write.read_view


async def test_its_words_can_be_clicked(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await midnight(desk, pilot, write)
        column = painted(pilot.app)[1].index("opens today")
        await pilot.click(NewDayBanner, offset=(column, 0))
        await settle(pilot)
        assert write.session.day == desk.today


async def test_the_key_is_the_one_of_the_settings(desk: Desk) -> None:
    desk.settings('[keys]\ntoday = "f11"\n')
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await midnight(desk, pilot, write)
        assert said(pilot) == ["It's Sat 21 Nov now. f11 opens today, esc stays here."]


async def test_the_page_looks_at_the_clock_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_screen, "POLL_SECONDS", 0.05)
    desk.put(TEXT)
    async with desk.open() as (pilot, _):
        desk.now += timedelta(1)
        for _ in range(500):
            if said(pilot):
                break
            await pilot.pause(0.02)
        assert said(pilot)


async def test_where_a_day_ends_at_four_it_is_said_at_four(desk: Desk) -> None:
    toml = desk.root / "journal.toml"
    toml.write_text(f'day-ends = "04:00"\n{toml.read_text("utf-8")}', "utf-8")
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await midnight(desk, pilot, write)
        assert not said(pilot) and write.session.day == date(2026, 11, 20)
        await pilot.press("ctrl+t")
        assert write.session.day == date(2026, 11, 20)
        desk.now += timedelta(hours=4)
        write.check_for_changes()
        await settle(pilot)
        assert said(pilot) == ["It's Sat 21 Nov now. ctrl+t opens today, esc stays here."]
