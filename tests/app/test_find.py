"""Find: as one types, newest first, the match marked, Enter opens the entry at its line."""

from datetime import date

import pytest
from textual.pilot import Pilot

from journal_tui.app.find.screen import FindScreen
from journal_tui.app.widgets import search_panel
from journal_tui.app.widgets.result_list import ResultList
from journal_tui.app.widgets.result_summary import ResultSummary
from journal_tui.app.widgets.search_panel import SearchPanel
from journal_tui.app.widgets.search_results import search
from tests.app.app_fixture import Desk, painted, settle

DAYS = [date(2025, 3, 4), date(2026, 2, 6), date(2026, 11, 19)]
TEXT = (
    "# A day\n\nOf trust in prose.\n\n## Learning points\n\n- other\n- [b]trust[/b] {} grows "
    "\x1b]0;x\x07 slowly\n\nEnjoyment: 8/10\n"
)


@pytest.fixture
def written(desk: Desk) -> Desk:
    for number, day in enumerate(DAYS):
        desk.put(TEXT.format(number), day)
    return desk


def results(pilot: Pilot[None]) -> ResultList:
    return pilot.app.screen.query_one(ResultList)


def count(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(ResultSummary).text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize("key", ["ctrl+l", "f3"])
async def test_points_are_found_as_one_types_newest_first(
    written: Desk, size: tuple[int, int], key: str
) -> None:
    async with written.open(size=size) as (pilot, write):
        await pilot.press(key)
        await settle(pilot)
        assert len(results(pilot).rows) == 6
        await pilot.press(*"trus")
        await settle(pilot)
        found = results(pilot).rows
        assert [row.day for row in found] == sorted(DAYS, reverse=True)
        assert all(row.text[start:end] == "trus" for row in found for start, end in row.spans[:1])
        assert count(pilot).startswith("3 learning points")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.screen is write
        assert write.session.day == DAYS[1]
        assert write.editor.cursor_location == (7, 0)
        assert write.editor.has_focus


async def test_whole_days_are_found_too(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"prose")
        await settle(pilot)
        assert not results(pilot).rows
        assert "No learning point matches “prose”." in count(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert [row.day for row in results(pilot).rows] == sorted(DAYS, reverse=True)
        assert count(pilot).startswith("3 days")
        await pilot.press("f3")
        await settle(pilot)
        assert not results(pilot).rows


async def test_a_sign_that_is_ignored_is_named(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"trust!")
        await settle(pilot)
        assert len(results(pilot).rows) == 3
        assert count(pilot).startswith("“!” is ignored in a search · 3 learning points")
        await pilot.press("backspace")
        await settle(pilot)
        assert count(pilot).startswith("3 learning points")
        await pilot.press(*" C++")
        await settle(pilot)
        assert "ignored" not in count(pilot)


async def test_if_nothing_can_be_read_nothing_is_reported_as_missing(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"ratting:>=8 ")
        await settle(pilot)
        assert "matches" not in count(pilot)


async def test_a_mistake_is_explained_below_its_place_while_the_rest_is_searched(
    written: Desk,
) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l", *"trust raiting:8 x")
        await settle(pilot)
        assert len(results(pilot).rows) == 3
        said = count(pilot).splitlines()
        assert said[0].index("▲") == len("trust ") and "“rating:”" in said[0]
        assert said[1].startswith("3 learning points")
        await pilot.press("escape", "escape")
        assert pilot.app.screen is write and write.editor.has_focus


@pytest.mark.parametrize("words", ['"', "(", "-", "in:", "rating:", '"(((', "x" * 3_000, "[/red]"])
@pytest.mark.one_in(2)
async def test_no_search_is_ever_more_than_a_sentence(written: Desk, words: str) -> None:
    async with written.open(size=(60, 20)) as (pilot, _):
        await pilot.press("ctrl+l")
        finder = pilot.app.screen.query_one(SearchPanel)
        finder.search_for(words)
        await settle(pilot)
        assert count(pilot)
        finder.search_for("trust " + words)
        await settle(pilot)
        assert count(pilot)
        await pilot.press("enter", "ctrl+l", "escape", "escape")


async def test_a_condition_that_is_only_begun_hides_nothing(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"rating:")
        await settle(pilot)
        assert len(results(pilot).rows) == 6
        await pilot.press(*">9")
        await settle(pilot)
        assert not results(pilot).rows


async def test_finding_from_the_page_opens_the_line_to_write_at(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("f2", "slash", *"trust")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert write.read_view is None and write.editor.display
        assert write.editor.cursor_location == (7, 0)


async def test_what_was_just_typed_is_found(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+n", *"zebras cross", "enter")
        await pilot.press("ctrl+l")
        await settle(pilot)
        await pilot.press(*"zebra")
        await settle(pilot)
        assert [row.text for row in results(pilot).rows] == ["zebras cross"]


async def test_no_escape_of_a_point_reaches_the_screen(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"trust")
        await settle(pilot)
        shown = "".join(painted(pilot.app))
        assert "\x1b" not in shown and "\u241b]0;x\u2407" in shown and "[b]trust[/b]" in shown


async def test_the_panel_beside_the_text_finds_and_opens(written: Desk) -> None:
    async with written.open(size=(140, 40)) as (pilot, write):
        write.query_one(SearchPanel).focus_line()
        await pilot.press(*"trust 1")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == DAYS[1] and write.editor.cursor_location == (7, 0)


def test_without_words_all_points_come(written: Desk) -> None:
    journal = written.journal()
    journal.refresh()
    wanted = [day for day in reversed(DAYS) for _ in "ab"]
    assert [row.day for row in search(journal, " ").rows] == wanted
    days = list(search(journal, "", "entries").rows)
    assert [row.day for row in days] == wanted[::2] and days[0].part == "entry"


async def test_rows_are_there_when_the_key_is(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The machine may have other things to do meanwhile.
    monkeypatch.setattr(search_panel, "FIRST_SECONDS", 10.0)
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        finder = pilot.app.screen.query_one(SearchPanel)
        finder.line.insert_text_at_cursor("grows")
        assert len(finder.results.rows) == 3
        finder.line.insert_text_at_cursor("x")
        assert not finder.results.rows


async def test_find_opens_in_an_empty_journal(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FindScreen)
        assert "No learning points yet" in count(pilot)
        await pilot.press("enter", "down", "pagedown", "escape")
