"""The index as it is used: what a refresh and a save read, write and answer."""

import os
import shutil
import zlib
from datetime import date, datetime

import pytest
from tinydb import TinyDB, where

from journal_tui.entry.entry import Entry
from journal_tui.index.index import READER
from journal_tui.index.table_storage import TableFiles
from tests.index.index_fixture import DAY, KINDS, TEXT, Place, contents, found, tables


def test_the_files_of_a_year_are_private(filled: Place) -> None:
    assert {file.name for file in tables(filled)} == {
        f"{year}{kind}.table" for year in (2014, 2015) for kind in KINDS
    }
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tables(filled))
    assert (filled.folder / "cache").stat().st_mode & 0o777 == 0o700
    leftovers = set(os.listdir(filled.folder / "cache")) - {file.name for file in tables(filled)}
    assert leftovers <= {"lock"}


def test_nothing_changed_reads_and_writes_nothing(filled: Place) -> None:
    before = {file: file.stat().st_mtime_ns for file in tables(filled)}
    index = filled.index()
    done = index.refresh(lambda done, total: pytest.fail("nothing to do"))
    assert (done.files, done.read, done.faults) == (8, 0, [])
    assert {file: file.stat().st_mtime_ns for file in tables(filled)} == before


def test_only_the_day_that_changed_is_read(filled: Place) -> None:
    filled.put("2014/2014-10-03.md", "other words")
    filled.put("2015/2015-03-01-note.md", "# A note\n\nautumn")
    untouched = (filled.folder / "cache" / "2015.table").stat().st_mtime_ns
    seen: list[tuple[int, int]] = []
    assert filled.index().refresh(lambda *at: seen.append(at)).read == 3
    assert seen == [(2, 8), (8, 8)]
    # The note's record says the same as before: that table is not written again.
    assert (filled.folder / "cache" / "2015.table").stat().st_mtime_ns == untouched


def test_many_changed_days_are_indexed_as_correctly_as_few(filled: Place) -> None:
    index = filled.index()
    for day in range(1, 8):
        filled.put(f"2014/2014-10-0{day}.md", f"changed{day} words")
    index.refresh()
    assert contents(index) == contents(filled.rebuilt())


def test_refresh_can_be_stopped_between_years(filled: Place) -> None:
    shutil.rmtree(filled.folder / "cache")
    index = filled.index()
    seen: list[tuple[int, int]] = []
    index.refresh(lambda *at: seen.append(at), lambda: bool(seen))
    assert seen == [(2, 8)]
    assert index.years() == ["2015"]
    index.refresh()
    assert index.years() == ["2015", "2014"]


def test_a_file_changed_just_now_is_read_again(place: Place) -> None:
    """Within one tick of the file system's clock a change may leave the same stamp."""
    file = place.root / "2014-10-06.md"
    file.write_text("first words")
    index = place.index()
    index.refresh()
    status = file.stat()
    file.write_text("other words")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    index.refresh()
    assert found(index, place, "other") == ["2014-10-06.md"]
    assert found(index, place, "first") == []


def test_a_save_updates_the_index_without_reading_other_files(filled: Place) -> None:
    index = filled.index()
    filled.put("2014/2014-10-01.md", "not looked at yet")
    path = "2014/2014-10-06.md"
    opened = filled.library.load(path)
    saved = filled.library.save(path, "kite words", opened, opened.text, datetime(2026, 1, 1))
    index.saved(path, Entry(DAY, saved.text), saved.stamp)
    assert found(index, filled, "kite") == [path]
    assert found(index, filled, "looked") == []
    assert index.refresh().read == 1
    assert found(index, filled, "looked") == ["2014/2014-10-01.md"]


def test_a_save_of_the_first_entry_of_a_year(filled: Place) -> None:
    index = filled.index()
    saved = filled.library.save("2016/2016-01-01.md", TEXT, None, "", datetime(2026, 1, 1))
    index.saved("2016/2016-01-01.md", Entry(date(2016, 1, 1), TEXT), saved.stamp)
    assert index.years() == ["2016", "2015", "2014"]
    assert index.refresh().read == 0
    assert [r["path"] for r in index.records_of_day(date(2016, 1, 1))] == ["2016/2016-01-01.md"]


def test_more_than_a_thousand_notes_of_one_day(place: Place) -> None:
    for number in range(1_005):
        place.put(f"2014/2014-10-06-n{number:04d}.md", f"note{number}")
    index = place.index()
    assert index.refresh().read == 1_005
    assert len(index.records_of_day(DAY)) == 1_005
    assert found(index, place, "note1004") == ["2014/2014-10-06-n1004.md"]


def test_tags_of_front_matter_may_hold_anything(place: Place) -> None:
    front = "---\ntags: [two words, 'a!b', \"#x y\", 'UP', '&~ \"']\n---\n"
    place.put("2014-10-06.md", front + "body zebra #ﷺ")
    place.put("2014-10-07.md", "other zebra")
    index = place.index()
    index.refresh()
    assert found(index, place, "zebra") == ["2014-10-07.md", "2014-10-06.md"]
    assert found(index, place, "#two") == ["2014-10-06.md"]
    assert found(index, place, "#up") == ["2014-10-06.md"]
    assert contents(index) == contents(place.rebuilt())
    place.put("2014-10-06.md", "all gone")
    index.refresh()
    assert contents(index) == contents(place.rebuilt())


def test_folder_names_that_divide_lines_elsewhere(place: Place) -> None:
    place.put("a\u2028b\x85/2014-10-06.md", "zebra")
    index = place.index()
    index.refresh()
    assert index.refresh().read == 0
    assert found(index, place, "zebra") == ["a\u2028b\x85/2014-10-06.md"]


def test_what_was_saved_meanwhile_stays(filled: Place) -> None:
    """A year that is read for a refresh may be written by a save before that has ended."""
    shutil.rmtree(filled.folder / "cache")
    index, path = filled.index(), "2014/2014-10-02.md"

    def save_meanwhile(done: int, total: int) -> None:
        if done == 2:
            opened = filled.library.load(path)
            saved = filled.library.save(path, "kite", opened, opened.text, datetime(2026, 1, 1))
            index.saved(path, Entry(date(2014, 10, 2), saved.text), saved.stamp)

    index.refresh(save_meanwhile)
    assert found(index, filled, "kite") == [path]
    index.refresh()
    assert contents(index) == contents(filled.rebuilt())


def test_an_index_of_the_version_before_is_rebuilt(filled: Place) -> None:
    """Its tables go with it, those included that this version doesn't have."""
    wanted = contents(filled.rebuilt())
    cache = filled.folder / "cache"
    for file in tables(filled):
        body = file.read_bytes().partition(b"\n")[2]
        file.write_bytes(b"journal-index 3 %08x\n%s" % (zlib.crc32(body), body))
    for kind in ("words", "parts", "pairs", "triples", "forward"):
        (cache / f"2014.{kind}.table").write_bytes(b"journal-index 3 00000000\n{}")
    index = filled.index()
    assert index.refresh().read == 8
    assert contents(index) == wanted
    assert {file.name for file in tables(filled)} == {
        f"{year}{kind}.table" for year in (2014, 2015) for kind in KINDS
    }


def test_an_index_whose_words_were_folded_otherwise_is_rebuilt(
    filled: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables are whole, and no file has changed: only its terms are those of other rules."""
    filled.put("2014/2014-10-08.md", "Søren came from Łódź.\n")
    with monkeypatch.context() as patch:
        patch.setattr("journal_tui.index.index.READER", READER - 1)
        patch.setattr("journal_tui.index.analyzer.words", lambda text: text.lower().split())
        filled.index().refresh()
    index = filled.index()
    assert index.refresh().read == 9
    assert contents(index) == contents(filled.rebuilt())
    assert found(index, filled, "lodz soren") == ["2014/2014-10-08.md"]
    assert index.refresh().read == 0


def test_an_index_opens_with_tinydb(filled: Place) -> None:
    filled.put("2014/2014-10-07.md", "# Day 2\n\nno rating #plan\n")
    filled.put("2014/2014-10-08.md", "# A day without number\n\nEnjoyment: 3.5/10\n")
    filled.index().refresh()
    index = TinyDB(filled.index().folder, storage=TableFiles)
    assert {"2014", "2015"} <= index.tables()
    year = index.table("2014")
    rated = year.search(where("rating") >= 8)
    assert [record["date"] for record in rated] == [f"2014-10-0{day}" for day in range(1, 7)]
    assert [record["rating"] for record in year.search(where("rating") < 8)] == [3.5]
    assert year.count(~where("rating").exists()) == 1
    assert [record["title"] for record in year.search(where("number") > 1)] == ["Day 2"]
    assert [record["date"] for record in year.search(where("tags").any(["plan"]))] == ["2014-10-07"]
    assert year.count(where("learning").any(lambda point: point[0] == "fire drill")) == 6


def test_records_for_a_single_use_are_those_that_are_kept(filled: Place) -> None:
    filled.put("2014/2014-10-09-service-review-lab.md", b"# R\n\n## Feedback\n\n- Slow\n")
    filled.put("2014/2014-10-09.md", b"Cake.\n")
    index = filled.index()
    index.refresh()
    found = index.segment("2014").days()["J9"]
    assert found.records_once() == found.records and len(found.records) == 2


def test_what_is_made_of_several_years_is_made_again_after_a_change(filled: Place) -> None:
    index = filled.index()
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    first, second = object(), object()
    assert [index.cached("x", (first, second), make) for _ in range(2)] == [1, 1]
    assert index.cached("y", (first,), make) == 2
    assert index.cached("x", (first,), make) == 3
    assert index.cached("x", (second,), make) == 4
