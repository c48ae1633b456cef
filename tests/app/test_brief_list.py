"""The brief in the app: beside the page, below an unwritten one, and its lines opened."""

import asyncio
from datetime import date, timedelta

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Footer

from journal_tui.app.app import JournalApp
from journal_tui.app.review.screen import ReviewScreen
from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.dialogs import BriefDialog
from journal_tui.app.write.month import Month
from journal_tui.app.write.rating_chart import RatingChart
from journal_tui.app.write.screen import WriteScreen
from journal_tui.brief import BriefLine
from tests.app.app_fixture import Desk, painted, settle

TODAY = date(2026, 11, 20)
LINES = [
    BriefLine("due", "Due today; 2 more", "Send Colm the list of the machines\x1b[0m", TODAY, "a.md", 3),
    BriefLine("last", "Yesterday", "A person, not a portal", TODAY, "b.md", 5, 6.5),
    BriefLine("week", "This week", "3 of 4 workdays written", query="date:2026-W47"),
]  # fmt: skip


class Host(App[None]):
    """A list alone."""

    def __init__(self, lines: list[BriefLine]) -> None:
        super().__init__()
        self.lines = lines
        self.picked: list[BriefLine] = []

    def compose(self) -> ComposeResult:
        yield BriefList(empty="Nothing yet, but there is room for it.")

    def on_mount(self) -> None:
        self.query_one(BriefList).show_brief(self.lines)

    def on_brief_list_chosen(self, event: BriefList.Chosen) -> None:
        self.picked.append(event.line)


def shown(panel: BriefList) -> list[str]:
    return [panel.render_line(y).text.rstrip().replace("▌", " ") for y in range(panel.size.height)]


async def test_a_wide_list_has_a_row_for_each_line() -> None:
    app = Host(LINES)
    async with app.run_test(size=(70, 20)):
        assert shown(app.query_one(BriefList))[:4] == [
            " Due today; 2 more  Send Colm the list of the machines␛[0m",
            " Yesterday          A person, not a portal                   6.5/10",
            " This week          3 of 4 workdays written",
            "",
        ]


async def test_the_frame_says_how_many_lines_are_below_and_what_the_ratings_are() -> None:
    app = Host(LINES)
    async with app.run_test(size=(70, 4)) as pilot:
        panel = app.query_one(BriefList)
        assert str(panel.border_subtitle) == "1 more · enjoyment"
        panel.focus()
        await pilot.press("end")
        await settle(pilot)
        assert str(panel.border_subtitle) == "enjoyment"
        panel.show_brief(LINES[:1])
        await settle(pilot)
        assert str(panel.border_subtitle) == ""


@pytest.mark.parametrize(
    ("height", "rows"),
    [
        (8, ["Due today; 2 more", "Send Colm the list of…", "Yesterday      6.5/10", "A person, not a portal",
             "This week", "3 of 4 workdays writt…"]),
        (9, ["Due today; 2 more", "Send Colm the list of", "the machines␛[0m", "Yesterday      6.5/10",
             "A person, not a portal", "This week", "3 of 4 workdays writt…"]),
        (12, ["Due today; 2 more", "Send Colm the list of", "the machines␛[0m", "", "Yesterday      6.5/10",
              "A person, not a portal", "", "This week", "3 of 4 workdays", "written"]),
    ],
)  # fmt: skip
async def test_a_narrow_list_shows_all_lines_first(height: int, rows: list[str]) -> None:
    app = Host(LINES)
    async with app.run_test(size=(25, height)):
        listed = shown(app.query_one(BriefList))
        assert [" ".join(row.split()) for row in listed] == [" ".join(row.split()) for row in rows]


async def test_enter_and_click_choose() -> None:
    app = Host(LINES)
    async with app.run_test(size=(70, 20)) as pilot:
        app.query_one(BriefList).focus()
        await pilot.press("down", "enter", "up", "enter", "end", "enter")
        assert app.picked == [LINES[1], LINES[0], LINES[2]]
        await pilot.click(BriefList, offset=(5, 2))
        assert app.picked[-1] == LINES[1]


async def test_the_empty_list_says_so_in_no_more_lines_than_it_needs() -> None:
    app = Host([])
    async with app.run_test(size=(30, 20)) as pilot:
        panel = app.query_one(BriefList)
        panel.focus()
        await pilot.press("enter", "down")
        assert app.picked == []
        assert " ".join("".join(shown(panel)).split()) == "Nothing yet, but there is room for it."
        assert panel.size.height == 2


@pytest.fixture
def written(desk: Desk) -> Desk:
    """Yesterday, with something that is due today, and a month ago; it isn't time to close the week."""
    desk.now = desk.now.replace(hour=11)
    yesterday = "# T\n\nNobody came to the meeting, so I left.\n\n- [ ] Ring Colm due:2026-11-20\n\nEnjoyment: 4\n"
    desk.put(yesterday, TODAY - timedelta(1))
    desk.put("# T\n\nThe lift broke down on the way to them.\n", date(2026, 10, 20))
    return desk


async def test_below_an_unwritten_page_until_one_types(written: Desk) -> None:
    async with written.open() as (pilot, write):
        assert write.page.brief
        rows = "\n".join(painted(pilot.app))
        assert "Due today" in rows and "Ring Colm" in rows and "4/10" in rows
        assert "1 of 4 workdays written" in rows
        await pilot.press("h")
        await settle(pilot)
        assert write.page.brief is None and "Ring Colm" not in "\n".join(painted(pilot.app))
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert write.page.brief and not write.session.is_dirty


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (99, 40)])
async def test_below_the_page_it_hides_no_line_of_it(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, write):
        rows = "\n".join(painted(pilot.app))
        assert "Enjoyment:" in rows and "At a glance" in rows and "Due today" in rows
        assert write.editor.max_scroll_y == 0


async def test_a_written_page_has_none_below(written: Desk) -> None:
    async with written.open(TODAY - timedelta(1)) as (pilot, write):
        assert write.page.brief is None
        await pilot.press("alt+right")
        await settle(pilot)
        assert write.page.brief
        await pilot.press("f2")
        await settle(pilot)
        assert write.page.brief is None
        await pilot.press("f2")
        await settle(pilot)
        assert write.page.brief
        await pilot.press("alt+left")
        await settle(pilot)
        assert write.page.brief is None


async def test_it_may_be_hidden_while_it_is_being_made(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        assert write.page.brief is None
        await asyncio.gather(write.page.show_brief(LINES), write.page.show_brief(()))
        assert write.page.brief is None or write.page.brief.lines == LINES
        await write.page.show_brief(LINES)
        await settle(pilot)
        assert write.page.brief and "Send Colm" in "\n".join(painted(pilot.app))


async def test_a_resize_that_hides_it_leaves_the_keys_in_the_text(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("tab")
        assert write.page.brief and write.page.brief.has_focus
        await pilot.resize_terminal(80, 15)
        await settle(pilot)
        assert write.page.brief is None
        await pilot.press("h")
        assert "\n\nh\n" in write.editor.text


async def test_a_window_too_low_has_none(written: Desk) -> None:
    async with written.open(size=(80, 15)) as (pilot, write):
        assert write.page.brief is None
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert write.page.brief


async def test_tab_reaches_it_and_enter_opens_the_line(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("tab")
        assert write.page.brief and write.page.brief.has_focus
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == TODAY - timedelta(1)
        assert write.editor.cursor_location == (4, 0) and write.editor.has_focus


async def test_escape_goes_back_to_writing(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("tab", "escape", "a")
        assert write.editor.has_focus and "a" in write.editor.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_letters_that_are_no_commands_go_to_the_page(
    written: Desk, size: tuple[int, int]
) -> None:
    async with written.open(size=size) as (pilot, write):
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, BriefList)
        # All in one piece, as they arrive over a slow connection.
        for letter in "Hello":
            pilot.app.post_message(events.Key(letter, letter))
        await settle(pilot)
        assert write.editor.has_focus and "\nHello\n" in write.editor.text


async def test_a_line_about_the_week_opens_its_review_with_the_days_that_lack_an_entry(
    written: Desk,
) -> None:
    async with written.open(size=(80, 24)) as (pilot, write):
        await pilot.press("tab", "end", "enter")
        await settle(pilot)
        review = pilot.app.screen
        assert isinstance(review, ReviewScreen) and review.span.kind == "week"
        assert review.span.days.contains(TODAY)
        assert "without an entry" in "\n".join(painted(pilot.app))
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write


async def test_beside_the_page_with_the_month_if_there_is_room(written: Desk) -> None:
    for height in range(12, 30):
        written.put("# T\n\nFine.\n\nEnjoyment: 7\n", TODAY - timedelta(height))
    async with written.open(size=(100, 24)) as (pilot, write):
        side = write.panels.side
        assert side and side.brief and write.page.brief is None
        assert side.query_one(BriefList).region.height >= side.query_one(BriefList).min_height
        assert side.query_one(RatingChart).region.height == 0
        await pilot.resize_terminal(100, 40)
        await settle(pilot)
        assert side.query_one(Month).region.height and side.query_one(RatingChart).region.height
        assert side.query_one(BriefList).region.height >= side.query_one(BriefList).min_height
        await pilot.press("h", "e")
        await settle(pilot)
        assert side.brief and side.brief.lines


async def test_a_click_opens_a_line_beside_the_page(written: Desk) -> None:
    async with written.open(size=(140, 40)) as (pilot, write):
        await pilot.click(BriefList, offset=(4, 2))
        await settle(pilot)
        assert write.session.day == TODAY - timedelta(1)


async def test_the_command_opens_it_where_it_is_not_shown(written: Desk) -> None:
    async with written.open() as (pilot, write):
        write.action_brief()
        await settle(pilot)
        assert write.page.brief and write.page.brief.has_focus
        await pilot.press("escape", "h")
        write.action_brief()
        await settle(pilot)
        assert isinstance(pilot.app.screen, BriefDialog)
        assert "Ring Colm" in "\n".join(painted(pilot.app))
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == TODAY - timedelta(1)


async def test_on_another_day_nothing_is_said_of_what_is_due(written: Desk) -> None:
    async with written.open(size=(80, 24)) as (pilot, write):
        write.go(date(2001, 1, 1))
        await settle(pilot)
        write.action_brief()
        await settle(pilot)
        assert "Nothing was written before this day." in "\n".join(painted(pilot.app))


async def test_what_was_just_written_is_in_it(written: Desk) -> None:
    async with written.open(size=(100, 24)) as (pilot, write):
        side = write.panels.side
        assert side and side.brief
        await pilot.press(*"- [ ] Now due:2026-11-20", "ctrl+s")
        await settle(pilot)
        assert [line.text for line in side.brief.lines[:2]] == ["Now", "Ring Colm"]


async def test_the_first_paint_does_not_wait_for_it(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal_tui.journal import Journal

    asked: list[bool] = []

    def brief(self: Journal, day: date) -> list[BriefLine]:
        screens = [it for it in app.screen_stack if isinstance(it, WriteScreen)]
        asked.append(bool(screens and screens[0].query(Footer)))
        return []

    monkeypatch.setattr(Journal, "brief", brief)
    app = JournalApp(written.journal())
    async with app.run_test() as pilot:
        await settle(pilot)
    assert asked and all(asked)
