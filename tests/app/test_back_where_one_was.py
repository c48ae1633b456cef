"""Escape leads from an opened page back to where it was opened, and the footer says so."""

from datetime import date

import pytest
from textual.pilot import Pilot

from journal_tui.app.customers.loop_screen import LoopScreen
from journal_tui.app.customers.screen import CustomersScreen
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.people.screen import PeopleScreen
from journal_tui.app.people.subject_screen import SubjectScreen
from journal_tui.app.review.screen import ReviewScreen
from journal_tui.app.widgets.search_results import ENTRIES
from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle

# The desk's today is Friday 20 November 2026.
THEN = date(2026, 11, 9)
BEFORE = date(2026, 11, 2)
LINKED = "# Then\n\nSee [[2026-11-02]]. #depot\n\n- [ ] Call @ann due:2026-11-10\n"


@pytest.fixture
def written(desk: Desk) -> Desk:
    desk.put(LINKED, THEN)
    desk.put("# Before\n\nRain, and [[2026-11-20]].\n\n## Learning points\n\n- rain\n", BEFORE)
    return desk


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def footer(pilot: Pilot[None]) -> str:
    return painted(pilot.app)[-1].strip()


async def test_from_a_result_to_its_search_with_the_cursor_on_it(written: Desk) -> None:
    written.put("# Later\n\nrain\n", date(2026, 11, 12))
    async with written.open() as (pilot, write):
        await press(pilot, "ctrl+l", *"rain", "f3", "down", "enter")
        assert pilot.app.screen is write and write.session.day == BEFORE
        assert footer(pilot).startswith("esc Back")
        await press(pilot, "escape")
        find = pilot.app.screen
        assert isinstance(find, FindScreen) and find.finder.words == "rain"
        chosen = find.finder.results.chosen
        assert chosen and chosen.day == BEFORE
        assert find.search_with(chosen).where == ENTRIES
        await press(pilot, "escape")
        assert pilot.app.screen is write and "esc" not in footer(pilot)


async def test_a_result_is_not_selected_again_after_another_search(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "ctrl+l", *"rain", "enter", "escape", "ctrl+u", *"call")
        find = pilot.app.screen
        assert isinstance(find, FindScreen) and find.finder.words == "call"
        chosen = find.finder.results.chosen
        assert chosen is None or chosen.day == THEN


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_from_a_line_of_the_brief_to_that_line(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, write):
        write.refresh_panels()
        await settle(pilot)
        brief = write.panels.brief
        assert brief and len(brief.lines) > 1
        is_below = size == (80, 24)
        assert ("tab: choose one" in str(brief.border_subtitle)) == is_below
        if is_below:
            await press(pilot, "tab")
        else:
            brief.focus()
            await settle(pilot)
        assert brief.has_focus and "tab" not in str(brief.border_subtitle)
        await press(pilot, "down")
        wanted = brief.chosen
        await press(pilot, "enter")
        assert write.session.day != written.today and footer(pilot).startswith("esc Back")
        await press(pilot, "escape")
        await settle(pilot)
        assert write.session.day == written.today
        again = write.panels.brief
        assert again and again.has_focus and again.chosen == wanted


async def test_over_several_links_and_back(written: Desk) -> None:
    async with written.open(THEN) as (pilot, write):
        write.follow_link("2026-11-02")
        await settle(pilot)
        write.follow_link("2026-11-20")
        await settle(pilot)
        # There is no entry of that day yet.
        await press(pilot, "w")
        assert write.session.day == written.today
        await press(pilot, "escape")
        assert write.session.day == BEFORE and footer(pilot).startswith("esc Back")
        await press(pilot, "escape")
        assert write.session.day == THEN and "esc" not in footer(pilot)


async def test_from_a_review_to_the_same_days_even_for_the_open_page(written: Desk) -> None:
    async with written.open(THEN) as (pilot, write):
        await press(pilot, "f5", "w", "tab", "tab", "enter")
        assert pilot.app.screen is write and write.session.day == THEN
        assert footer(pilot).startswith("esc Back")
        await press(pilot, "escape")
        review = pilot.app.screen
        assert isinstance(review, ReviewScreen)
        assert review.span.kind == "week" and review.span.days.contains(THEN)
        assert review.shows_days and review.heat.has_focus


async def test_from_a_person_to_the_list_of_people(written: Desk) -> None:
    async with written.open() as (pilot, write):
        write.action_people()
        await settle(pilot)
        await press(pilot, "enter", "enter", "escape")
        assert isinstance(pilot.app.screen, SubjectScreen)
        await press(pilot, "escape")
        people = pilot.app.screen
        assert isinstance(people, PeopleScreen)
        assert people.list.chosen and people.list.chosen.name.term == "@ann"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WriteScreen)


async def test_from_what_a_customer_said_to_that_customer(desk: Desk) -> None:
    for name in ("depot", "lab"):
        text = f"#customer/{name}\n\n## Feedback\n\n- Slow\n"
        desk.put(text, THEN, f"-service-review-{name}")
    async with desk.open() as (pilot, write):
        write.action_customers()
        await settle(pilot)
        await press(pilot, "down", "enter", "enter")
        assert write.session.path.endswith("-lab.md") and footer(pilot).startswith("esc Back")
        await press(pilot, "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LoopScreen)
        assert painted(pilot.app)[0].strip() == "lab"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CustomersScreen)
