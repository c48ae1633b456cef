"""One index, several processes and threads."""

import multiprocessing
import shutil
import threading
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from places import Place, contents, found

from journal_tui.entry.entry import Entry
from journal_tui.errors import IndexBusy
from journal_tui.index import turn
from journal_tui.index.index import Index
from journal_tui.library.library import Library


def test_an_index_busy_for_too_long_says_so(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr(turn, "LOCK_SECONDS", 0.05)
    filled.put("2014/2014-10-03.md", "kite")
    with FileLock(filled.folder / "cache" / "lock"):
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


def test_who_asks_for_phrases_meanwhile_is_told_of_one_state(filled: Place) -> None:
    """A save may come between two looks at the words: their numbers are then those of before."""
    index = filled.index()
    phrases = index.phrases("2014")
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
    assert index.phrases("2014").days("entry", ("new", "words"), True, None) == {"J1", "J2", "J3"}
    assert index.phrases("2014").days("learning", ("fire", "drill"), False, {"J1"}) == set()


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


def test_one_may_ask_while_a_year_is_being_read(filled: Place) -> None:
    """The first build is not waited for: what is known already is answered meanwhile."""
    reading, go_on = threading.Event(), threading.Event()

    class Slow(Library):
        def load(self, path: str):  # type: ignore[no-untyped-def]
            if path.startswith("2014") and threading.current_thread() is worker:
                reading.set()
                assert go_on.wait(30)
            return super().load(path)

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


def test_newest_and_counts(filled: Place) -> None:
    filled.put("2015/2015-03-02.md", "#plan #plan/q3 @jo #Plan")
    filled.put("2014/2014-10-02.md", "#planning @jo")
    index = filled.index()
    index.refresh()
    newest = [record["path"] for _, record in index.newest()]
    assert newest[:3] == ["2015/2015-03-02.md", "2015/2015-03-01.md", "2015/2015-03-01-note.md"]
    assert newest[-1] == "2014/2014-10-01.md"
    assert index.counts("#pl", index.years()) == {"#plan": 1, "#plan/q3": 1, "#planning": 1}
    assert index.counts("@", index.years()) == {"@jo": 2}
    assert index.counts("@", ["2015"]) == {"@jo": 1}
    assert index.postings("2014", False).lookup("@jo") == "J2"


def test_whoever_asks_is_not_made_to_wait_for_what_is_worked_out(filled: Place) -> None:
    index, answers = filled.index(), list[int]()
    assert len(found(index, filled, "fire")) == 7
    for path in filled.root.glob("2014/*.md"):
        path.write_text("# Other\n\nfire again\n", "utf-8")

    def rest() -> None:
        asking = threading.Thread(target=lambda: answers.append(len(found(index, filled, "fire"))))
        asking.start()
        asking.join(20)
        assert not asking.is_alive()

    index.refresh(rest=rest)
    assert len(answers) > 7
    assert set(answers) == {7}


def test_a_year_that_is_damaged_is_not_made_anew_by_whoever_warms(filled: Place) -> None:
    filled.index().refresh()
    damaged = filled.folder / "cache" / "2015.words.table"
    damaged.write_bytes(b"nothing")
    index = filled.index()
    index.warm(lambda: False)
    assert damaged.read_bytes() == b"nothing"
    assert "2014" in index._years and index._year("2014")._phrases is not None
    again = filled.index()
    again.warm(lambda: True)
    assert not again._years
