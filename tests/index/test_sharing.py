"""One index, several processes and threads."""

import multiprocessing
import shutil
import threading
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.entry.entry import Entry
from journal_tui.errors import IndexBusy
from journal_tui.index.index import Index
from journal_tui.library import locks
from journal_tui.library.library import Library
from tests.index.index_fixture import Place, contents, found


def test_an_index_busy_for_too_long_says_so(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
    filled.put("2014/2014-10-03.md", "kite")
    with locks.lock_file(filled.folder / "cache" / "lock", 0):
        with pytest.raises(IndexBusy, match="Try again"):
            filled.index().refresh()
        assert len(found(filled.index(), filled, "fire")) == 7


def test_what_another_process_wrote_is_seen(filled: Place) -> None:
    mine, other = filled.index(), filled.index()
    assert len(found(mine, filled, "fire")) == 7
    filled.put("2014/2014-10-03.md", "kite")
    other.refresh()
    assert mine.refresh().read == 0
    assert found(mine, filled, "kite") == ["2014/2014-10-03.md"]
    assert contents(mine) == contents(filled.rebuilt())


def test_a_phrase_search_during_a_refresh_sees_one_state(filled: Place) -> None:
    """A save may come between two looks at the words: their numbers are then old."""
    index = filled.index()
    phrases = index.segment("2014").phrases()
    before = phrases.days("entry", ("prose", "number3"), False, None)
    for day in (1, 2, 3):
        filled.put(
            f"2014/2014-10-0{day}.md", "# Other\n\nnew words\n\n## Learning points\n\n- fire\n"
        )
    shutil.rmtree(filled.root / "2015")
    index.refresh()
    assert phrases.days("entry", ("prose", "number3"), False, None) == before == {"J3"}
    assert phrases.days("learning", ("fire", "drill"), False, {"J1", "J3"}) == {"J1", "J3"}
    assert phrases.days("entry", ("new", "words"), False, None) == set()
    assert index.segment("2014").phrases().days("entry", ("new", "words"), True, None) == {
        "J1",
        "J2",
        "J3",
    }
    assert (
        index.segment("2014").phrases().days("learning", ("fire", "drill"), False, {"J1"}) == set()
    )


def _write_days(folder: str, month: int) -> None:
    place = Place.__new__(Place)
    place.folder, place.root = Path(folder), Path(folder) / "journal"
    library = Library(place.root, place.folder / "state")
    index = Index(place.folder / "cache", library)
    for day in range(1, 21):
        path = f"2014/2014-{month:02d}-{day:02d}.md"
        text = f"month{month} day{day}"
        saved = library.save(path, text, None, "", datetime(2026, 1, 1))
        index.saved(path, Entry(date(2014, month, day), text), saved.stamp)


def test_two_processes_write_at_once(filled: Place) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_days, args=(str(filled.folder), m)) for m in (3, 4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    index = filled.index()
    assert index.refresh().read == 0
    assert len(found(index, filled, "month")) == 40
    assert contents(index) == contents(filled.rebuilt())


def test_a_search_works_while_a_year_is_being_read(filled: Place) -> None:
    """The first build is not waited for: what is known already is answered meanwhile."""
    reading, go_on = threading.Event(), threading.Event()

    class Slow(Library):
        def stamped_text(self, path: str):  # type: ignore[no-untyped-def]
            if path.startswith("2014") and threading.current_thread() is worker:
                reading.set()
                assert go_on.wait(30)
            return super().stamped_text(path)

    shutil.rmtree(filled.folder / "cache")
    library = Slow(filled.root, filled.folder / "state")
    index = Index(filled.folder / "cache", library)
    worker = threading.Thread(target=index.refresh)
    worker.start()
    try:
        assert reading.wait(30)
        begin = time.monotonic()
        assert found(index, filled, "spring") == ["2015/2015-03-01-note.md"]
        assert index.years() == ["2015"]
        assert time.monotonic() - begin < 5
    finally:
        go_on.set()
        worker.join(30)
    assert len(found(index, filled, "fire")) == 7


def test_newest_records_come_first(filled: Place) -> None:
    filled.put("2015/2015-03-02.md", "#plan #plan/q3 @jo #Plan")
    filled.put("2014/2014-10-02.md", "#planning @jo")
    index = filled.index()
    index.refresh()
    newest = [record["path"] for _, record in index.newest()]
    assert newest[:3] == ["2015/2015-03-02.md", "2015/2015-03-01.md", "2015/2015-03-01-note.md"]
    assert newest[-1] == "2014/2014-10-01.md"
    assert index.segment("2014").postings().lookup("@jo") == "J2"


def test_a_search_does_not_wait_for_background_work(filled: Place) -> None:
    index, answers = filled.index(), list[int]()
    assert len(found(index, filled, "fire")) == 7
    for path in filled.root.glob("2014/*.md"):
        path.write_text("# Other\n\nfire again\n", "utf-8")

    def rest() -> None:
        asking = threading.Thread(target=lambda: answers.append(len(found(index, filled, "fire"))))
        asking.start()
        asking.join(20)
        assert not asking.is_alive()

    index.refresh(yield_cpu=rest)
    assert len(answers) > 7
    assert set(answers) == {7}


def test_warming_does_not_rebuild_a_damaged_year(filled: Place) -> None:
    filled.index().refresh()
    damaged = filled.folder / "cache" / "2015.postings.table"
    damaged.write_bytes(b"nothing")
    index = filled.index()
    index.warm(lambda: False)
    assert damaged.read_bytes() == b"nothing"
    assert index.segment("2014").is_warm
    again = filled.index()
    again.warm(lambda: True)
    assert not again.segment("2014").is_warm
