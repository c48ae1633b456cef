"""From day to day: beside, written, in words, in the calendar, and the notes of one day."""

from datetime import date

import pytest

from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.month import Month
from journal_tui.app.write.side_panel import SidePanel
from journal_tui.errors import IndexBusy
from journal_tui.lookups import written_days
from tests.app.app_fixture import Desk, painted, settle, told

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


async def test_days_are_shown_and_rated_while_the_index_cannot_be_read(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with written.open(size=(140, 40)) as (pilot, write):

        def refuse(*_: object) -> None:
            raise IndexBusy("Another journal process is updating the index.")

        with monkeypatch.context() as patched:
            for name in ("written_before", "written_after", "ratings_by_day", "latest_ratings"):
                patched.setattr(written_days, name, refuse)
            await pilot.press("alt+left")
            assert write.session.day == date(2026, 11, 19)
            assert write.query_one(SidePanel).query_one(Month).marks == {}
            for key in ("alt+up", "alt+down"):
                pilot.app.clear_notifications()
                await pilot.press(key)
                assert "is updating the index" in told(pilot)
            assert write.session.day == date(2026, 11, 19)
            await pilot.press("ctrl+r", "8", "enter")
            assert "Enjoyment: 8/10" in write.editor.text
        write.refresh_panels()
        assert date(2026, 11, 12) in write.query_one(SidePanel).query_one(Month).marks


@pytest.mark.parametrize(
    "size",
    [
        (80, 24),
        pytest.param((60, 20), marks=pytest.mark.thorough),
        pytest.param((140, 40), marks=pytest.mark.thorough),
    ],
)
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
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "12▅" in shown and "20▅" in shown and "19-" in shown
        await pilot.press("pageup")
        await settle(pilot)
        assert "20◦" in "\n".join(painted(pilot.app))
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == date(2026, 10, 20)


async def test_the_side_shows_month_ratings_and_brief_and_opens_them(written: Desk) -> None:
    async with written.open(size=(140, 40)) as (pilot, write):
        await settle(pilot)
        side = write.query_one(SidePanel)
        assert side.query_one(Month).marks == {date(2026, 11, 12): 5.0, date(2026, 11, 20): 6.0}
        brief = side.query_one(BriefList)
        assert [line.kind for line in brief.lines][:3] == ["close", "last", "earlier"]
        brief.focus()
        await pilot.press("down", "down", "enter")
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
        await pilot.press("f8")
        rows = "\n".join(painted(pilot.app))
        assert "1  A day" in rows and "2  Lab " in rows and "n  New note" in rows
        await pilot.press("2")
        assert write.session.path == "2026/2026-11-20-lab.md"
        assert "Lab" in str(write.query_one(DayHeader).content)
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


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_notes_are_listed_by_their_titles(desk: Desk, size: tuple[int, int]) -> None:
    desk.put("# Twin\n", rest="-a")
    desk.put("# Twin\n", rest="-b")
    desk.put("", rest="-empty")
    desk.put("# [red]Café\x1b[0m\n", rest="-c")
    async with desk.open(size=size) as (pilot, write):
        await pilot.press("f8")
        rows = "\n".join(painted(pilot.app))
        for name in ("Friday 20 November 2026 – nothing written yet", "Twin (2026-11-20-a)",
                     "Twin (2026-11-20-b)", "  2026-11-20-empty ", "[red]Café␛[0m "):  # fmt: skip
            assert name in rows
        await pilot.press("escape", *"Words.", "f8")
        await settle(pilot)
        rows = "\n".join(painted(pilot.app))
        assert "nothing written yet" not in rows and write.entry.title in rows
        await pilot.press("n", *"Lab visit", "enter", "f8")
        assert "Lab visit" in "\n".join(painted(pilot.app))


async def test_a_title_without_letters_makes_no_note(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f8", "n", *"?!", "enter")
        assert "letter or a digit" in "\n".join(painted(pilot.app))
        await pilot.press("escape")
        assert pilot.app.screen is write and write.session.path == "2026/2026-11-20.md"


async def test_paging_passes_days_that_cannot_be_read(desk: Desk) -> None:
    desk.file(date(2026, 11, 19)).mkdir(parents=True)
    async with desk.open() as (pilot, write):
        await pilot.press("alt+left")
        assert write.session.read_only_reason and "is a folder" in told(pilot)
        await pilot.press("x", "alt+left")
        assert write.session.day == date(2026, 11, 18) and not write.session.read_only_reason
        assert not write.editor.read_only


async def test_a_row_whose_file_is_gone_is_reported(written: Desk) -> None:
    async with written.open() as (pilot, write):
        written.file(WRITTEN[0]).unlink()
        assert not write.go(WRITTEN[0], f"2025/{WRITTEN[0]}.md", 7)
        await pilot.pause()
        assert "no longer exists" in told(pilot)
        assert write.session.day == written.today


async def test_the_header_of_a_note_shows_its_title(desk: Desk) -> None:
    desk.put("# Visit to the Northgate office\n\nWords.\n", rest="-visit-to-the-northgate-office")
    path = f"{desk.today.year}/{desk.today}-visit-to-the-northgate-office.md"
    async with desk.open(size=(100, 24)) as (pilot, write):
        write.go(desk.today, path)
        await settle(pilot)
        assert "Visit to the Northgate office" in painted(pilot.app)[0]
        assert "northgate-office" not in painted(pilot.app)[0]
