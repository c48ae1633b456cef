"""Many rows are let go of a few at a time, when others have taken their place."""

import weakref
from datetime import date

import pytest
from desk import Desk, settle

from journal_tui.app.widgets import lettinggo
from journal_tui.app.widgets.finder import Finder
from journal_tui.app.widgets.results import Results


class Held:
    """Something of which it is seen when it is gone."""


async def test_long_lists_are_emptied_by_and_by(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lettinggo, "REST_SECONDS", 0.001)
    monkeypatch.setattr(lettinggo, "AT_ONCE", 2)
    async with desk.open() as (pilot, _):
        going = lettinggo.LettingGo(pilot.app.screen)
        short, long = [Held() for _ in range(2)], [Held() for _ in range(7)]
        gone = [weakref.ref(held) for held in long]
        going.take(short)
        going.take(long)
        assert len(short) == 2 and all(there() for there in gone)
        while long:
            await pilot.pause()
        assert not any(there() for there in gone) and len(short) == 2


async def test_the_rows_shown_are_never_emptied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(2, 9):
        desk.put(f"# Day\n\n## Learning points\n\n- it grows {day}\n", date(2014, 10, day))
    monkeypatch.setattr(lettinggo, "REST_SECONDS", 0.001)
    monkeypatch.setattr(lettinggo, "AT_ONCE", 0)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        finder = pilot.app.screen.query_one(Finder)
        results = finder.query_one(Results)
        for words in ("grows", "grow", "grows", ""):
            finder.ask(words)
            await settle(pilot)
            count = len(results.rows)
            finder.search_again()
            await settle(pilot)
            assert len(results.rows) == count > 0
