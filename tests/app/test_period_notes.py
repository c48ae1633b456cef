"""The notes of weeks, months, quarters and years in the app: opened, stepped through, marked, saved."""

from datetime import date

import pytest
from textual.widgets import Static

from journal_tui.app.app import JournalApp
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.month import NOTE_MARK, Month
from journal_tui.app.write.rating_chart import RatingChart
from journal_tui.app.write.side_panel import SidePanel
from journal_tui.library.locks import EditLock
from tests.app.app_fixture import Desk, painted, settle, told, write_screen

DAY = "# A day\n\n## Learning points\n\n- a day's point\n\nEnjoyment: 3/10\n"
WEEK = "# The week\n\n## Learning points\n\n- a week's point\n\nEnjoyment: 9/10\n"
TODAY = date(2026, 11, 20)


def put(desk: Desk, name: str, text: str = WEEK) -> None:
    (desk.root / "2026").mkdir(exist_ok=True)
    (desk.root / "2026" / f"{name}.md").write_text(text)


@pytest.fixture
def weeks(desk: Desk) -> Desk:
    """Notes of three weeks, of a month and of the year, and two days; today is in week 47."""
    for name in ("2026-W40", "2026-W46", "2026-W47", "2026-11", "2026"):
        put(desk, name)
    for day in (date(2026, 11, 16), date(2026, 11, 19)):
        desk.put(DAY, day)
    return desk


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("last week", "2026/2026-W46.md"),
        ("2026-W40", "2026/2026-W40.md"),
        ("this month", "2026/2026-11.md"),
        ("2026", "2026/2026.md"),
        ("2026-Q4", "2026/2026-Q4.md"),
    ],
)
@pytest.mark.one_in(2)
async def test_a_period_in_words_opens_its_note(weeks: Desk, words: str, path: str) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+g", *words)
        meaning = str(pilot.app.screen.query_one(".meaning", Static).content)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.path == path
        assert write.session.is_written is (path != "2026/2026-Q4.md")
        assert meaning.startswith(f"→ {write.session.name}, ")
        assert write.session.name in str(write.query_one(DayHeader).content)


async def test_words_for_other_periods_stay_with_a_sentence(weeks: Desk) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+g", *"last 5 days", "enter")
        assert "has no note" in str(pilot.app.screen.query_one(".meaning", Static).content)
        await pilot.press("escape")
        assert write.session.day == TODAY


async def test_keys_step_from_week_to_week_and_from_day_to_day(weeks: Desk) -> None:
    async with weeks.open() as (pilot, write):
        seen = []
        for key in ("alt+up", "alt+up"):
            await pilot.press(key)
            seen.append(write.session.path)
        assert seen == ["2026/2026-11-19.md", "2026/2026-11-16.md"]
        await pilot.press("ctrl+g", *"last week", "enter")
        seen = []
        for key in ("alt+right", "alt+right", "alt+up", "alt+up", "alt+up", "alt+left", "ctrl+t"):
            await pilot.press(key)
            seen.append(write.session.path.removeprefix("2026/2026-").removesuffix(".md"))
        assert seen == ["W47", "W48", "W47", "W46", "W40", "W39", "11-20"]
        await pilot.press("ctrl+g", *"2026-W40", "enter", "alt+up")
        assert "There is no earlier note of a week." in told(pilot)
    assert len(list(weeks.root.rglob("*.md"))) == 7


@pytest.mark.parametrize(
    ("key", "path"),
    [("w", "2026-W47"), ("m", "2026-11"), ("q", "2026-Q4"), ("y", "2026")],
)
@pytest.mark.one_in(2)
async def test_the_calendar_opens_the_notes_of_a_day_by_key(
    weeks: Desk, key: str, path: str
) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("n", key)
        await settle(pilot)
        assert pilot.app.screen is write
        assert write.session.path == f"2026/{path}.md"


async def test_the_calendar_marks_the_weeks_and_tells_which_notes_there_are(weeks: Desk) -> None:
    async with weeks.open() as (pilot, _):
        await pilot.press("f9")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert f"46{NOTE_MARK}" in shown and f"47{NOTE_MARK}" in shown
        assert f"45{NOTE_MARK}" not in shown
        line = f"2026-W47{NOTE_MARK} 2026-11{NOTE_MARK} 2026-Q4 2026{NOTE_MARK}"
        assert line in shown
        await pilot.press("up", "up")
        assert f"2026-W45 2026-11{NOTE_MARK}" in "\n".join(painted(pilot.app))
        await pilot.press("pageup")
        await settle(pilot)
        assert "2026-W41 2026-10 2026-Q4" in "\n".join(painted(pilot.app))


async def test_the_side_panel_has_the_days_alone_and_marks_the_weeks(weeks: Desk) -> None:
    async with weeks.open(size=(120, 40)) as (pilot, write):
        panel = write.query_one(SidePanel)
        month = panel.query_one(Month)
        assert set(month.marks) == {date(2026, 11, 16), date(2026, 11, 19)}
        assert {note.name for note in month.notes} == {"2026-11", "2026-W46", "2026-W47"}
        assert "3 rated" not in str(panel.query_one(RatingChart).render())
        await pilot.press("ctrl+g", *"last week", "enter")
        await settle(pilot)
        assert month.day == date(2026, 11, 9)


async def test_beside_a_period_nothing_speaks_of_another_time(weeks: Desk) -> None:
    weeks.put("# T\n\nThe lift broke down again.\n\n- [ ] Ring Colm due:2026-11-16\n", TODAY)
    weeks.now = weeks.now.replace(day=16)
    async with weeks.open(size=(140, 40)) as (pilot, write):
        side = write.panels.side
        # Today is the first day of the week whose note is opened.
        assert side and side.brief and side.brief.lines
        await pilot.press("ctrl+g", *"this week", "enter")
        await settle(pilot)
        assert write.session.name == "Week 47 of 2026"
        assert side.brief is None
        shown = "\n".join(painted(pilot.app))
        assert "At a glance" not in shown and "╭─ Enjoyment" not in shown
        month = side.query_one(Month)
        assert month.region.height and month.period == write.session.period
        write.action_brief()
        await settle(pilot)
        assert "At a glance is about a day, not Week 47 of 2026." in told(pilot)
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert side.brief and side.brief.region.height and month.period is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_unwritten_note_of_a_period_has_no_brief(
    weeks: Desk, size: tuple[int, int]
) -> None:
    app = JournalApp(weeks.journal(), date(2026, 11, 16), path="2026/2026-W48.md")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert write_screen(pilot).page.brief is None
        assert "At a glance" not in "\n".join(painted(pilot.app))


async def test_a_new_note_is_saved_beside_the_others(weeks: Desk) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+g", *"2026-W48", "enter")
        await settle(pilot)
        assert not write.session.is_written
        await pilot.press(*"calm", "ctrl+s")
        await settle(pilot)
        assert (weeks.root / "2026/2026-W48.md").read_text().startswith("# Week 48 of 2026\n\ncalm")
        hits = list(write.journal.find("calm kind:week"))
        assert [hit.iso for hit in hits] == ["2026-W48"]
        assert write.journal.previous_entry(date(2026, 12, 31)) == date(2026, 11, 19)
    assert not list(weeks.root.rglob("2026-11-23*"))


async def test_the_draft_of_a_note_is_offered_and_restored_to_it(weeks: Desk) -> None:
    journal = weeks.journal()
    opened = journal.open(date(2026, 11, 16), "2026/2026-W47.md")
    assert opened.loaded
    log = journal.drafts.log(date(2026, 11, 16), opened.path, opened.loaded.digest, WEEK)
    log.record(WEEK + "\ntyped\n")
    log.close()
    async with weeks.open() as (pilot, write):
        assert "save Week 47 of 2026" in " ".join("\n".join(painted(pilot.app)).split())
        await pilot.press("r")
        await settle(pilot)
        assert write.session.path == "2026/2026-W47.md"
    assert (weeks.root / "2026/2026-W47.md").read_text().endswith("\ntyped\n")
    assert (weeks.root / "2026/2026-11-16.md").read_text() == DAY


async def test_a_deleted_note_leaves_its_empty_page_and_comes_back(weeks: Desk) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+g", *"last week", "enter")
        await settle(pilot)
        write.action_delete()
        await pilot.pause()
        await pilot.press("d")
        await settle(pilot)
        assert not (weeks.root / "2026/2026-W46.md").exists()
        assert write.session.path == "2026/2026-W46.md"
        assert write.session.text.startswith("# Week 46 of 2026")
        write.bring_back(write.journal.trash.items()[0])
        await settle(pilot)
        assert (write.session.path, write.session.text) == ("2026/2026-W46.md", WEEK)


async def test_two_windows_on_one_note_are_told_and_merged(weeks: Desk) -> None:
    lock = EditLock(weeks.state / "open", "2026/2026-W46.md", weeks.now)
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+g", *"last week", "enter")
        await settle(pilot)
        write.sync_draft()
        await settle(pilot)
        assert "Also open in another window" in painted(pilot.app)[1]
        assert write.session.path == "2026/2026-W46.md"
    lock.release()


async def test_the_app_starts_on_a_note(weeks: Desk) -> None:
    app = JournalApp(weeks.journal(), date(2026, 11, 9), path="2026/2026-W46.md")
    async with app.run_test() as pilot:
        await settle(pilot)
        write = write_screen(pilot)
        assert write.session.path == "2026/2026-W46.md"
        header = str(write.query_one(DayHeader).content)
        assert header.startswith("Week 46 of 2026   ◂ 2026-W45  2026-W47 ▸")
        await pilot.press("alt+right")
        assert "this week" in str(write.query_one(DayHeader).content)


async def test_find_shows_a_note_by_its_period_and_opens_it(weeks: Desk) -> None:
    async with weeks.open() as (pilot, write):
        await pilot.press("ctrl+l", *"week's")
        for _ in range(500):
            await settle(pilot)
            shown = "\n".join(painted(pilot.app))
            if "5 learning points" in shown:
                break
            await pilot.pause(0.01)
        assert "2026-W47" in shown and "2026-11   " in shown and "5 learning points" in shown
        assert "on 0 days" not in shown
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.path == "2026/2026-W47.md"
