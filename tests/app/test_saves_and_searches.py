"""A save searches for nothing that isn't shown, or that it doesn't change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from journal_tui.app.app import JournalApp
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.widgets import search_panel
from journal_tui.app.widgets.result_list import ResultList
from journal_tui.app.widgets.search_panel import SearchPanel
from journal_tui.journal import Journal
from tests.app.app_fixture import Desk, settle, write_screen

if TYPE_CHECKING:
    from journal_tui.index.search import Search

WIDE = (140, 40)


class CountingJournal(Journal):
    """Counts how often something is searched for."""

    searches = 0

    @property
    def search(self) -> "Search":
        self.searches += 1
        return super().search


@contextmanager
def no_search(journal: CountingJournal) -> Iterator[None]:
    before = journal.searches
    yield
    assert journal.searches == before


def opened(desk: Desk) -> tuple[CountingJournal, JournalApp]:
    desk.put("# Then\n\n## Learning points\n\n- rice is nice\n", date(2026, 11, 3))
    desk.put("# Now\n\nWords.\n\n## Learning points\n\n- one\n\nEnjoyment: 7/10\n")
    journal = CountingJournal(desk.root, desk.places, lambda: desk.now)
    return journal, JournalApp(journal)


def rows(pilot: Pilot[None]) -> list[str]:
    return [row.text for row in write_screen(pilot).query_one(ResultList).rows]


async def until_listed(pilot: Pilot[None], texts: list[str]) -> None:
    for _ in range(200):
        if rows(pilot) == texts:
            break
        await pilot.pause(0.02)
    assert rows(pilot) == texts


async def test_a_save_that_changes_no_point_searches_for_nothing(desk: Desk) -> None:
    journal, app = opened(desk)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await until_listed(pilot, ["one", "rice is nice"])
        await pilot.press("ctrl+home", "down", "down", "end", "m", "o", "r", "e")
        with no_search(journal):
            await pilot.press("ctrl+s")
            await settle(pilot)
        assert "Words.more" in desk.file().read_text("utf-8")


async def test_a_point_that_is_saved_is_listed_where_points_are_shown(desk: Desk) -> None:
    _, app = opened(desk)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await until_listed(pilot, ["one", "rice is nice"])
        write = write_screen(pilot)
        write.editor.text = write.editor.text.replace("- one", "- one\n- two")
        await pilot.press("ctrl+s")
        await settle(pilot)
        await until_listed(pilot, ["one", "two", "rice is nice"])


async def test_a_saved_point_is_in_view_if_the_cursor_was_not_moved(desk: Desk) -> None:
    desk.put("# Then\n\n## Learning points\n\n" + "- old\n" * 60, date(2026, 11, 2))
    async with desk.open(size=WIDE) as (pilot, write):
        await until_listed(pilot, ["old"] * 60)
        results = write.query_one(ResultList)
        write.editor.text = "# Now\n\n## Learning points\n\n- new\n"
        await pilot.press("ctrl+s")
        await settle(pilot)
        await until_listed(pilot, ["new"] + ["old"] * 60)
        assert results.scroll_y == 0 and results.chosen and results.chosen.text == "new"


async def test_a_cursor_that_was_moved_stays_on_its_row(desk: Desk) -> None:
    desk.put("# Then\n\n## Learning points\n\n" + "- old\n" * 60, date(2026, 11, 2))
    async with desk.open(size=WIDE) as (pilot, write):
        await until_listed(pilot, ["old"] * 60)
        results = write.query_one(ResultList)
        results.move_cursor(2)
        chosen = results.chosen
        write.editor.text = "# Now\n\n## Learning points\n\n- new\n"
        await pilot.press("ctrl+s")
        await settle(pilot)
        await until_listed(pilot, ["new"] + ["old"] * 60)
        assert chosen and results.chosen and results.chosen.is_same(chosen) and results.cursor == 3


async def test_a_save_while_the_points_are_hidden_searches_when_they_are_shown_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where nothing is found, what may be tried is searched for after a while.
    monkeypatch.setattr(search_panel, "SUGGEST_SECONDS", 3_600)
    journal, app = opened(desk)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await until_listed(pilot, ["one", "rice is nice"])
        await pilot.press("ctrl+l", *"nothing")
        await settle(pilot)
        assert isinstance(app.screen, FindScreen)
        write = write_screen(pilot)
        with no_search(journal):
            write.editor.text = write.editor.text.replace("- one", "- one\n- two")
            assert write.save()
            await settle(pilot)
        assert rows(pilot) == ["one", "rice is nice"]
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert app.screen is write
        await until_listed(pilot, ["one", "two", "rice is nice"])


async def test_a_save_without_the_panel_searches_for_nothing(desk: Desk) -> None:
    journal, app = opened(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        write = write_screen(pilot)
        assert not write.query(SearchPanel)
        with no_search(journal):
            write.editor.text = write.editor.text.replace("- one", "- one\n- two")
            await pilot.press("ctrl+s")
            await settle(pilot)
        assert "- two" in desk.file().read_text("utf-8")


async def test_another_day_searches_for_nothing(desk: Desk) -> None:
    journal, app = opened(desk)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await until_listed(pilot, ["one", "rice is nice"])
        with no_search(journal):
            await pilot.press("alt+left")
            await settle(pilot)
        assert write_screen(pilot).session.day == date(2026, 11, 19)
