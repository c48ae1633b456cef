"""Many rows are freed a few at a time, after others have taken their place."""

import weakref
from datetime import date

import pytest

from journal_tui.app.widgets import result_list
from journal_tui.app.widgets.result_list import ResultList
from journal_tui.app.widgets.search_panel import SearchPanel
from tests.app.app_fixture import Desk, settle

pytestmark = pytest.mark.painted


class Held:
    """Something of which it is seen when it is gone."""


async def test_long_lists_are_emptied_gradually(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_list, "FREE_SECONDS", 0.001)
    monkeypatch.setattr(result_list, "AT_ONCE", 2)
    async with desk.open() as (pilot, _):
        going = result_list.DeferredFree(pilot.app.screen)
        short, long = [Held() for _ in range(2)], [Held() for _ in range(7)]
        gone = [weakref.ref(held) for held in long]
        going.free(short)
        going.free(long)
        assert len(short) == 2 and all(there() for there in gone)
        while long:
            await pilot.pause()
        assert not any(there() for there in gone) and len(short) == 2


async def test_the_rows_shown_are_never_emptied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(2, 9):
        desk.put(f"# Day\n\n## Learning points\n\n- it grows {day}\n", date(2014, 10, day))
    monkeypatch.setattr(result_list, "FREE_SECONDS", 0.001)
    monkeypatch.setattr(result_list, "AT_ONCE", 0)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        finder = pilot.app.screen.query_one(SearchPanel)
        results = finder.query_one(ResultList)
        for words in ("grows", "grow", "grows", ""):
            finder.search_for(words)
            await settle(pilot)
            count = len(results.rows)
            finder.update_search()
            await settle(pilot)
            assert len(results.rows) == count > 0
