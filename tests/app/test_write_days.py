"""From day to day: beside, written, in words, in the calendar, and the notes of one day."""

from datetime import date

import pytest
from desk import Desk, settle, told

from journal_tui.app.screens.calendar import CalendarScreen
from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.month import Month
from journal_tui.app.widgets.onthisday import OnThisDay
from journal_tui.app.widgets.sidepanel import SidePanel

TEXT = "# A day\n\nprose\n\n## Learning points\n\n- learned {}\n\nEnjoyment: {}/10\n"
WRITTEN = [date(2025, 11, 20), date(2026, 10, 20), date(2026, 11, 12), date(2026, 11, 20)]


@pytest.fixture
def written(desk: Desk) -> Desk:
    for number, day in enumerate(WRITTEN, 3):
        desk.put(TEXT.format(number, number), day)
    return desk


async def test_beside_and_written_days(written: Desk) -> None:
    async with written.open() as (pilot, write):
        seen = []
        for key in ("alt+left", "alt+up", "alt+up", "alt+up", "alt+right", "alt+down", "ctrl+t"):
            await pilot.press(key)
            seen.append(write.session.day.isoformat())
        assert seen == [
            "2026-11-19", "2026-11-12", "2026-10-20", "2025-11-20", "2025-11-21", "2026-10-20",
            "2026-11-20",
        ]  # fmt: skip
        assert write.editor.text == TEXT.format(6, 6)
        await pilot.press("alt+down")
        assert "There is no later entry." in told(pilot)
    assert {path.name for path in written.root.rglob("*.md")} == {f"{day}.md" for day in WRITTEN}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yesterday", date(2026, 11, 19)),
        ("3 mar", date(2026, 3, 3)),
        ("last friday", date(2026, 11, 13)),
        ("-7", date(2026, 11, 13)),
        ("2014-10-06", date(2014, 10, 6)),
        ("0001-01-01", date(1, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
async def test_a_day_in_words(desk: Desk, size: tuple[int, int], words: str, day: date) -> None:
    async with desk.open(size=size) as (pilot, write):
        await pilot.press("ctrl+g", *words, "enter")
        await settle(pilot)
        assert write.session.day == day
        await pilot.press("alt+left" if day.year == 1 else "alt+right")
        assert (write.session.day == day) is (day.year in (1, 9999))
        await pilot.press("f9", "escape")
        assert pilot.app.screen is write


async def test_the_end_of_the_calendar_says_so(desk: Desk) -> None:
    async with desk.open(date(9999, 12, 31)) as (pilot, write):
        await pilot.press("alt+right")
        assert "calendar ends" in told(pilot)
        assert "Thu 30" in str(write.query_one(DayHeader).content)


async def test_words_that_name_no_day_stay_with_a_sentence(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+g", *"blursday", "enter")
        assert pilot.app.screen is not write
        await pilot.press("escape")
        assert write.session.day == desk.today


async def test_the_calendar_marks_written_days_and_opens_one(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("f9")
        assert isinstance(pilot.app.screen, CalendarScreen)
        month = pilot.app.screen.query_one(Month)
        assert month.marks == {date(2026, 11, 12): 5.0, date(2026, 11, 20): 6.0}
        await pilot.press("pageup")
        await pilot.pause()
        assert month.marks[date(2026, 10, 20)] == 4.0
        await pilot.press("enter")
        assert write.session.day == date(2026, 10, 20)


async def test_the_side_shows_month_ratings_and_past_and_opens_them(written: Desk) -> None:
    async with written.open(size=(140, 40)) as (pilot, write):
        side = write.query_one(SidePanel)
        assert side.query_one(Month).marks == {date(2026, 11, 12): 5.0, date(2026, 11, 20): 6.0}
        side.query_one(OnThisDay).focus()
        await pilot.press("enter")
        assert write.session.day == date(2026, 10, 20) and write.editor.has_focus
        assert side.query_one(Month).day == date(2026, 10, 20)
        side.query_one(Month).focus()
        await pilot.press("right", "enter")
        assert write.session.day == date(2026, 10, 21)


async def test_a_rating_saved_is_a_mark_in_the_month(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        month = write.query_one(SidePanel).query_one(Month)
        assert desk.today not in month.marks
        await pilot.press("ctrl+r", "9", "enter", "ctrl+s")
        await settle(pilot)
        assert month.marks[desk.today] == 9.0


async def test_notes_of_the_day_and_a_new_one_and_the_way_back(written: Desk) -> None:
    written.put("# Lab\n\nAll well.\n", rest="-lab")
    async with written.open() as (pilot, write):
        await pilot.press("f8", "2")
        assert write.session.path == "2026/2026-11-20-lab.md"
        assert "2026-11-20-lab" in str(write.query_one(DayHeader).content)
        await pilot.press("ctrl+t")
        assert write.session.path == "2026/2026-11-20.md"
        await pilot.press("f8", "n", *"Service review: Depot", "enter")
        assert write.session.path == "2026/2026-11-20-service-review-depot.md"
        assert not written.file(rest="-service-review-depot").exists()
        await pilot.press(*"Good.", "ctrl+s")
        note = written.file(rest="-service-review-depot").read_text()
        assert note == "# Service review: Depot\n\nGood.\n"
        await settle(pilot)
        await pilot.press("f8", "1")
        assert write.session.path == "2026/2026-11-20.md"


async def test_a_title_without_letters_makes_no_note(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "n", *"?!", "enter")
        assert "letter or a digit" in told(pilot)
        assert write.session.path == "2026/2026-11-20.md"


async def test_paging_passes_days_that_cannot_be_read(desk: Desk) -> None:
    desk.file(date(2026, 11, 19)).mkdir(parents=True)
    async with desk.open() as (pilot, write):
        await pilot.press("alt+left")
        assert write.session.locked and "not a plain file" in told(pilot)
        await pilot.press("x", "alt+left")
        assert write.session.day == date(2026, 11, 18) and not write.session.locked
        assert not write.editor.read_only


async def test_a_row_whose_file_is_gone_is_told(written: Desk) -> None:
    async with written.open() as (pilot, write):
        written.file(WRITTEN[0]).unlink()
        assert not write.go(WRITTEN[0], f"2025/{WRITTEN[0]}.md", 7)
        await pilot.pause()
        assert "no longer exists" in told(pilot)
        assert write.session.day == written.today
