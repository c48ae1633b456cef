"""Work on the index in the background waits while a person types."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from journal_tui.app import index_worker
from journal_tui.app.index_worker import IndexWorker
from journal_tui.errors import IndexBusy
from journal_tui.index.index import Index
from tests.app.app_fixture import Desk


class Resting:
    """A journal whose refresh does nothing but rest, once for each of its files."""

    class index:
        failed = ""
        warmed = revision = 0

        @classmethod
        def warm(cls, stop: Callable[[], bool]) -> None:
            cls.warmed += not stop()

    class conflicts:
        @staticmethod
        def among(faults: Sequence[tuple[str, str]]) -> list[object]:
            return list(faults)

    class entries:
        @staticmethod
        def unread_conventions() -> str:
            return ""

    def __init__(self) -> None:
        self.files: list[float] = []

    def refresh(
        self,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> "Resting":
        for _ in range(3):
            rest()
            self.files.append(time.monotonic())
        return self

    faults = ()


async def test_a_refresh_waits_until_the_keys_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 0.3)
    journal = Resting()
    behind = IndexWorker(journal)  # type: ignore[arg-type]
    behind.on_keypress()
    pressed = time.monotonic()
    assert await behind.refresh(lambda done, total: None) == ""
    assert len(journal.files) == 3
    assert journal.files[0] - pressed >= index_worker.BUSY_SECONDS - 0.01
    behind.stop()


async def test_it_is_indexing_until_all_its_work_is_done() -> None:
    journal = Resting()
    behind = IndexWorker(journal)  # type: ignore[arg-type]
    assert not behind.is_indexing
    works = [asyncio.create_task(behind.refresh(lambda done, total: None)) for _ in range(2)]
    await asyncio.sleep(0)
    assert behind.is_indexing
    await asyncio.gather(*works)
    assert not behind.is_indexing
    behind.stop()


async def test_a_refresh_does_not_wait_for_a_key_when_the_app_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 3_600)
    journal = Resting()
    behind = IndexWorker(journal)  # type: ignore[arg-type]
    behind.on_keypress()
    refresh = asyncio.create_task(behind.refresh(lambda done, total: None))
    await asyncio.sleep(0.1)
    assert not refresh.done()
    behind.stop()
    assert await asyncio.wait_for(refresh, 10) == ""
    assert await behind.refresh(lambda done, total: None) == ""


async def test_the_index_is_warmed_during_a_refresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_worker, "PAINT_SECONDS", 0.0)
    journal = Resting()
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 3_600)
    behind = IndexWorker(journal)  # type: ignore[arg-type]
    behind.on_keypress()
    refresh = asyncio.create_task(behind.refresh(lambda done, total: None))
    await behind.warm()
    assert journal.index.warmed == 1 and not refresh.done()
    behind.stop()
    await behind.warm()
    assert journal.index.warmed == 1 and await refresh == ""


async def test_a_save_is_indexed_while_another_process_repairs_the_year(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = desk.journal()
    opened = journal.open(desk.now.date())
    saved = journal.save(opened, "# A day\n")
    updated: list[str] = []

    def refuse(self: Index, day: date) -> list[object]:
        raise IndexBusy("Another journal process is updating the index. Try again in a moment.")

    monkeypatch.setattr(Index, "records_of_day", refuse)
    monkeypatch.setattr(journal, "update_index", lambda opened, saved: updated.append(opened.path))
    worker = IndexWorker(journal)
    # What is listed may be out of date, so it is searched for again.
    assert await worker.add_saved(opened, saved) and len(updated) == 1
    worker.stop()


def put_earlier(desk: Desk, text: str, rest: str = "") -> None:
    """Write an entry whose time isn't so fresh that it is read again at the next refresh."""
    os.utime(desk.put(text, rest=rest), (1_412_600_000, 1_412_600_000))


async def test_what_other_programs_wrote_is_shown_although_the_first_call_was_cancelled(
    desk: Desk,
) -> None:
    put_earlier(desk, "# A day\n")
    journal = desk.journal()
    worker = IndexWorker(journal)
    await worker.refresh(lambda done, total: None)
    assert not await worker.catch_up()
    put_earlier(desk, "# Another\n\nWritten elsewhere.\n", rest=" note")
    first = asyncio.create_task(worker.catch_up())
    await asyncio.sleep(0)
    first.cancel()
    assert await worker.catch_up() and not await worker.catch_up()
    # What this window saves is shown without this.
    opened = journal.open(desk.today)
    await worker.add_saved(opened, journal.save(opened, "# A day\n\nMore.\n"))
    assert not await worker.catch_up()
    worker.stop()


async def test_what_another_process_wrote_to_the_index_is_shown(desk: Desk) -> None:
    put_earlier(desk, "# A day\n")
    journal = desk.journal()
    worker = IndexWorker(journal)
    await worker.refresh(lambda done, total: None)
    put_earlier(desk, "# Another\n", rest=" note")
    desk.journal().refresh()
    assert await worker.catch_up() and not await worker.catch_up()
    worker.stop()
