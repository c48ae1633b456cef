"""Closing a week in the app: four steps, a draft until the note is written, and what the brief asks."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from journal_tui.app.app import JournalApp
from journal_tui.app.review.closing_screen import DAYS, MOVED, POINTS, PROMISES, ClosingScreen
from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.dialogs import RatingDialog
from journal_tui.app.write.screen import WriteScreen
from journal_tui.period import parse_name
from tests.app.app_fixture import Desk, messages, painted, settle, told, write_screen

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
NOTE = "2026-W47.md"
DAY = (
    "# Monday\n\nThe lift broke down on the way to the depot.\n\n- [ ] Send the list due:2026-11-18\n"
    "- [ ] Ring Colm\n\n## Learning points\n\n- Ask first\n- Write less\n\nEnjoyment: 7/10 – rain\n"
)
THURSDAY = (
    "# T\n\nNobody came to the meeting.\n\n## Learning points\n\n- Count what rings\n- Wait\n"
)


@pytest.fixture
def week(desk: Desk) -> Desk:
    """A week with two days, four learning points and two promises, on Friday evening."""
    desk.put(DAY, MONDAY)
    desk.put(THURSDAY, FRIDAY - timedelta(1))
    return desk


def note(desk: Desk) -> str:
    return (desk.root / "2026" / NOTE).read_text("utf-8")


def screen(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


def closing_screen(pilot: Pilot[None]) -> ClosingScreen:
    found = pilot.app.screen
    assert isinstance(found, ClosingScreen)
    return found


async def begin(pilot: Pilot[None], write: WriteScreen) -> ClosingScreen:
    write.action_close_week()
    await settle(pilot)
    return closing_screen(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press("space" if key == " " else key)
        await settle(pilot)


async def test_the_four_steps(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        assert "The lift broke down on the way to the depot." in screen(pilot)
        assert "7/10" in screen(pilot) and "rain" in screen(pilot)
        await press(pilot, "tab", " ", "down", "down", " ")
        assert "2 Points 2 of 3" in screen(pilot)
        await press(pilot, "tab", " ")
        assert "- [x] Send the list due:2026-11-18 done:2026-11-20" in week.file(MONDAY).read_text()
        assert "3 Promises 1 open" in screen(pilot)
        assert "Ticked “Send the list”. To undo it, press ctrl+z." in told(pilot)
        await press(pilot, "tab", *"It moved.")
        assert closing.step == MOVED and "What moved: It moved." in screen(pilot)
        await press(pilot, "enter")
        assert write.session.path == f"2026/{NOTE}"
        # Another enter does no harm to the title.
        assert write.editor.cursor_location[0] > 0
        assert "closed: 2 points kept, 1 promise settled" in told(pilot)
    assert (
        note(week)
        == """\
# Week 47 of 2026

What moved: It moved.

## Kept points

- [2026-11-16](2026-11-16.md): “Ask first”
- [2026-11-19](2026-11-19.md): “Count what rings”

## Settled promises

- [2026-11-16](2026-11-16.md): Send the list → done 2026-11-20
"""
    )
    assert week.drafts() == []


async def test_each_step_can_be_skipped_and_gone_back_to(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        steps = []
        for key in ("right", "tab", "tab", "tab", "shift+tab", "left", "shift+tab", "left"):
            await press(pilot, key)
            steps.append(closing.step)
        assert steps == [POINTS, PROMISES, MOVED, MOVED, PROMISES, POINTS, DAYS, DAYS]
        # Nothing was kept, settled or written.
        await press(pilot, "tab", "tab", "tab", "enter")
        assert pilot.app.screen is closing and "stays as it is" in told(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is write
    assert not (week.root / "2026" / NOTE).exists()


async def test_no_more_than_three_points(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        await press(pilot, "tab", " ", "down", " ", "down", " ", "down", " ")
        assert "3 points are kept already" in told(pilot)
        assert "3 of 3" in screen(pilot)
        await press(pilot, "up", " ", "down", " ")
        assert [point.text for point in closing.closing.kept] == ["Ask first", "Write less", "Wait"]


async def test_promises_can_be_postponed_handed_over_dropped_and_undone(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        await press(pilot, "tab", "tab", "d", *"2026-12-04", "enter")
        text = week.file(MONDAY).read_text()
        assert "Send the list due:2026-12-04" in text
        await press(pilot, "x", *"done by @ann", "enter")
        outcomes = [one.outcome for one in closing.closing.settled]
        assert outcomes == ["dropped 2026-11-20"]
        await press(pilot, "ctrl+z")
        assert [one.outcome for one in closing.closing.settled] == ["due 2026-12-04"]
        await press(pilot, "ctrl+z")
        assert week.file(MONDAY).read_text() == DAY and not closing.closing.settled
        await press(pilot, "w", *"@ann", "enter")
        assert "waiting:@ann" in week.file(MONDAY).read_text()
        assert [one.outcome for one in closing.closing.settled] == ["waiting for @ann"]
        await press(pilot, "ctrl+z", "ctrl+z")
        assert "There is nothing to undo." in told(pilot)


async def test_a_promise_that_was_postponed_stays_settled_when_the_week_is_read_again(
    week: Desk,
) -> None:
    week.put("# E\n\n- [ ] Order cables due:2026-11-19\n", date(2026, 10, 1))
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        await press(pilot, "tab", "tab", "down")
        assert closing.promises.chosen and closing.promises.chosen.text == "Order cables"
        await press(pilot, "d", *"2027-01-08", "enter")
        closing.reload_list()
        await settle(pilot)
        assert [one.outcome for one in closing.closing.settled] == ["due 2027-01-08"]
        assert "Order cables" in screen(pilot)


async def test_a_click_ticks_a_box_and_opens_a_promise(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        await press(pilot, "tab", "tab")
        assert await pilot.click(closing.promises, offset=(20, 1))
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextDialog)
        await press(pilot, "escape")
        assert await pilot.click(closing.promises, offset=(2, 1))
        await settle(pilot)
        assert "- [x] Send the list" in week.file(MONDAY).read_text()


async def test_enter_reads_the_entry_in_each_list(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        for _ in range(3):
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, TextDialog)
            assert "# Monday" in screen(pilot)
            await press(pilot, "escape", "tab")
        assert pilot.app.screen is closing


async def test_what_was_kept_is_a_draft_that_the_next_start_offers(week: Desk) -> None:
    async with week.open() as (pilot, write):
        await begin(pilot, write)
        await press(pilot, "tab", " ", "tab", " ", "tab", *"So far")
        assert ["What moved: So far" in text for text in week.drafts()] == [True]
        # As when the terminal is closed, or the process is killed: nothing is written.
        pilot.app.exit()
    assert not (week.root / "2026" / NOTE).exists()
    assert "- [x] Send the list" in week.file(MONDAY).read_text()
    (draft,) = week.drafts()
    assert "“Ask first”" in draft and "What moved: So far" in draft
    async with week.open() as (pilot, write):
        assert isinstance(pilot.app.screen, ChoiceDialog) and "Week 47 of 2026" in screen(pilot)
        await press(pilot, "r")
        assert "“Ask first”" in note(week)
        closing = await begin(pilot, write)
        assert closing.period == parse_name("2026-W47")
        await press(pilot, "tab")
        assert "✓" in screen(pilot) and "1 of 3" in screen(pilot)


async def test_leaving_asks_about_what_is_not_in_the_note(week: Desk) -> None:
    async with week.open() as (pilot, write):
        closing = await begin(pilot, write)
        await press(pilot, "tab", " ", "escape")
        assert isinstance(pilot.app.screen, ChoiceDialog)
        await press(pilot, "escape")
        assert pilot.app.screen is closing
        await press(pilot, "escape", "f")
        assert pilot.app.screen is write and week.drafts() == []
        await begin(pilot, write)
        await press(pilot, "tab", " ", "escape", "w")
        assert write.session.path == f"2026/{NOTE}"
    assert "“Ask first”" in note(week)


async def test_what_is_in_the_note_stays_and_only_the_rest_is_added(week: Desk) -> None:
    by_hand = "# My week\n\nMine.\n\n## Kept points\n\n- By hand\n\n## Mood\n\nFine.\n"
    (week.root / "2026" / NOTE).write_text(by_hand, "utf-8")
    async with week.open() as (pilot, write):
        await begin(pilot, write)
        await press(pilot, "tab")
        assert "1 of 3" in screen(pilot)
        await press(pilot, " ")
        assert "in the note already" in told(pilot)
        await press(pilot, "down", " ", "tab", "tab", "enter")
    assert note(week) == by_hand.replace(
        "- By hand\n", "- By hand\n- [2026-11-16](2026-11-16.md): “Ask first”\n"
    )


async def test_a_note_that_changes_meanwhile_keeps_that(week: Desk) -> None:
    async with week.open() as (pilot, write):
        await begin(pilot, write)
        await press(pilot, "tab", " ")
        (week.root / "2026" / NOTE).write_text("# W\n\nFrom elsewhere.\n", "utf-8")
        await press(pilot, "tab", "tab", "enter")
        assert "From elsewhere." in write.editor.text
    assert note(week).startswith("# W\n\nFrom elsewhere.\n\n## Kept points\n")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_it_fits(week: Desk, size: tuple[int, int]) -> None:
    async with week.open(size=size) as (pilot, write):
        closing = await begin(pilot, write)
        for step in (DAYS, POINTS, PROMISES, MOVED):
            rows = painted(pilot.app)
            assert closing.step == step
            assert "Close the week" in rows[0] and "Week 47 of 2026" in rows[0]
            assert f"▸{step + 1}" in "\n".join(rows[1:3])
            assert "Back" in rows[-1], "the footer has the way back"
            assert any(
                said in "\n".join(rows)
                for said in ("The lift", "Ask first", "Send the list", "# Week 47")
            )
            await press(pilot, "tab")


async def test_empty_steps_say_so(desk: Desk) -> None:
    desk.settings('[keys]\npoint = "f13"\n')
    async with desk.open() as (pilot, write):
        await begin(pilot, write)
        for said in (
            "No day of Week 47 of 2026 is written yet",
            "f13 adds one",
            "No open follow-up",
        ):
            assert said in " ".join(screen(pilot).split())
            await press(pilot, "tab")
        await press(pilot, *"Nothing much", "enter")
    assert "What moved: Nothing much" in note(desk)


async def test_the_brief_asks_on_friday_afternoon_and_on_monday(week: Desk) -> None:
    async def lines() -> list[str]:
        async with week.open(size=(140, 40)) as (_, write):
            return [line.lead for line in write.query_one(BriefList).lines if line.kind == "close"]

    week.now = datetime(2026, 11, 20, 11, 59)
    assert await lines() == []
    week.now = datetime(2026, 11, 20, 12, 0)
    assert await lines() == ["Close the week"]
    week.now = datetime(2026, 11, 21, 12, 0)
    assert await lines() == []
    week.now = datetime(2026, 11, 23, 8, 0)
    assert await lines() == ["Close last week"]
    (week.root / "2026" / NOTE).write_text("# W\n\nWhat moved: It.\n", "utf-8")
    assert await lines() == []


async def test_enter_on_the_line_begins_with_last_week(week: Desk) -> None:
    week.now = datetime(2026, 11, 23, 8, 0)
    async with week.open(size=(140, 40)) as (pilot, write):
        brief = write.query_one(BriefList)
        brief.focus()
        await press(pilot, "enter")
        assert closing_screen(pilot).period == parse_name("2026-W47")
        await press(pilot, "escape")
        # The command means the same week, and says so.
        await begin(pilot, write)
        assert "Week 47 of 2026, last week" in painted(pilot.app)[0]
        await press(pilot, "escape")
        write.go(MONDAY - timedelta(7))
        assert (await begin(pilot, write)).period == parse_name("2026-W46")


async def test_the_command_closes_the_period_whose_note_is_open(week: Desk) -> None:
    async with week.open() as (pilot, write):
        month = parse_name("2026-11")
        assert month and write.go_to_period(month)
        await settle(pilot)
        closing = await begin(pilot, write)
        assert closing.period == month and "Close the month" in screen(pilot)
        await press(pilot, "tab")
        assert "0 of 5" in screen(pilot)


async def test_a_period_in_the_future_is_refused(week: Desk) -> None:
    async with week.open(date(2026, 12, 1)) as (pilot, write):
        write.action_close_week()
        await settle(pilot)
        assert pilot.app.screen is write
        assert "hasn't begun" in told(pilot)


async def test_a_week_that_can_have_no_note_is_refused(week: Desk) -> None:
    async with week.open(date(1465, 5, 1)) as (pilot, write):
        write.action_close_week()
        await settle(pilot)
        assert pilot.app.screen is write
        assert "Week 18 of 1465 can't be closed" in told(pilot)


async def test_the_sample_is_not_written_to(week: Desk) -> None:
    settings = week.root / "journal.toml"
    settings.write_text("sample = true\n" + settings.read_text())
    async with week.open(FRIDAY) as (pilot, write):
        await begin(pilot, write)
        await press(pilot, "tab", " ", "tab", " ", "tab", "enter")
        assert isinstance(pilot.app.screen, ClosingScreen)
        assert messages(pilot.app) and week.drafts() == []
    assert week.file(MONDAY).read_text() == DAY and not (week.root / "2026" / NOTE).exists()


async def test_the_command_line_opens_it(week: Desk) -> None:
    app = JournalApp(week.journal(), period_to_close=parse_name("2026-W47"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ClosingScreen)
        await press(pilot, "escape")
        assert app.screen is write_screen(pilot)


async def rating_dialog(pilot: Pilot[None], write: WriteScreen) -> str:
    write.action_rate()
    await settle(pilot)
    assert isinstance(pilot.app.screen, RatingDialog)
    return str(pilot.app.screen.query_one(".calibration", Static).render())


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_while_rating_one_sees_what_was_rated_so_before(
    desk: Desk, size: tuple[int, int]
) -> None:
    for number in range(1, 46):
        rating = 7 if number <= 12 else number % 10
        remark = f"day {number} was a long one with many words in its remark, more than fit"
        desk.put(f"# D\n\nEnjoyment: {rating}/10 – {remark}\n", FRIDAY - timedelta(number))
    async with desk.open(size=size) as (pilot, write):
        said = await rating_dialog(pilot, write)
        assert "is 6, the median of 45 other ratings; half of them are from" in said
        assert "The last 12 rated days, since 8 November 2026, all have 7." in said
        await press(pilot, "7")
        rows = screen(pilot)
        assert "7 on 19 November 2026: day 1 was" in rows
        assert "enter" in rows and "Rate" in rows and "Your last 30 ratings" in rows
        await press(pilot, "escape")
        # It is pointed out once.
        assert "rated days" not in await rating_dialog(pilot, write)
        await press(pilot, "3")
        assert "3 on" in screen(pilot)
    state: Path = desk.state
    assert (state / "flat-stretch").read_text() == "2026-11-08\n"


async def test_before_there_are_enough_ratings_it_says_so(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        assert "No other day is rated" in await rating_dialog(pilot, write)
        await press(pilot, "escape")
    for number in range(1, 16):
        desk.put(f"# D\n\nEnjoyment: {number % 10}/10\n", FRIDAY - timedelta(number))
    async with desk.open() as (pilot, write):
        assert "It takes 42 ratings to say how far they spread" in await rating_dialog(pilot, write)
