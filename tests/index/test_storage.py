"""TinyDB on one file a table: its own operations work, and only what changed is written."""

import json
import os
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tinydb import Query, TinyDB

from journal_tui.index.table_storage import (
    MAGIC,
    Damaged,
    StoredDocument,
    TableFiles,
)


def opened(folder: Path) -> tuple[TinyDB, TableFiles]:
    folder.mkdir(exist_ok=True)
    database = TinyDB(str(folder), storage=TableFiles)
    storage = database.storage
    assert isinstance(storage, TableFiles)
    return database, storage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def test_queries_updates_and_removals_of_tinydb_work(folder: Path) -> None:
    database, _ = opened(folder)
    one = database.table("one", cache_size=0)
    assert one.insert_multiple([{"n": n} for n in range(5)]) == [1, 2, 3, 4, 5]
    assert [d["n"] for d in one.search(Query().n > 2)] == [3, 4]
    one.update({"n": 30}, Query().n == 3)
    one.upsert({"n": 9, "new": True}, Query().n == 9)
    one.remove(Query().n == 0)
    assert sorted(d["n"] for d in one.all()) == [1, 2, 4, 9, 30]
    assert one.get(doc_id=4) == {"n": 30}
    assert one.contains(Query().new == True) and len(one) == 5  # noqa: E712 - a query
    database.insert({"default": 1})
    assert database.tables() == {"one", "_default"}
    database.close()

    again, _ = opened(folder)
    assert again.tables() == {"one", "_default"}
    assert sorted(d["n"] for d in again.table("one").all()) == [1, 2, 4, 9, 30]
    again.drop_table("_default")
    again.drop_table("never there")
    assert again.tables() == {"one"}
    again.table("one").truncate()
    assert len(again.table("one")) == 0
    again.drop_tables()
    assert again.tables() == set()
    assert os.listdir(folder) == []


@pytest.mark.parametrize(
    "document",
    [
        {"text": "plain"},
        {"text": ""},
        {"text": 'a "quoted" \\ word'},
        {"n": 1, "text": "last"},
        {"text": "first", "n": 1},
        {"one": "a", "two": "b"},
        {"text": {"inner": "x"}},
        {"text": "a\nb\u2028c\x85\x7f\x00 é漢\ud800"},
        {"": "no name"},
        {'":"': "odd"},
        {"x" * 50: "long name"},
        {},
    ],
    ids=ascii,
)
def test_any_document_comes_back_from_its_file(folder: Path, document: dict[str, object]) -> None:
    """One long text is cut out of the file as it is, and nothing else with it."""
    database, _ = opened(folder)
    database.table("a").insert_multiple([document, {"beside": 1}])
    database.close()
    assert opened(folder)[0].table("a").all() == [document, {"beside": 1}]


def test_only_changed_tables_are_written_and_only_touched_ones_read(folder: Path) -> None:
    database, storage = opened(folder)
    for name in ("a", "b", "c"):
        database.table(name).insert({"of": name})
    database.close()
    before = {file: file.stat().st_ino for file in folder.iterdir()}
    (folder / "c.table").write_text("damaged")
    database, storage = opened(folder)
    database.table("a").insert({"more": 1})
    assert storage.changed == {"a"}
    assert set(dict.keys(storage)) == {"a"}
    database.close()
    after = {file: file.stat().st_ino for file in folder.iterdir()}
    assert [file.name for file in before if before[file] != after[file]] == ["a.table"]
    with pytest.raises(Damaged):
        database.table("c").all()


def test_nothing_is_on_the_disk_before_a_flush(folder: Path) -> None:
    database, storage = opened(folder)
    database.table("a").insert({"x": "é\ud800"})
    assert os.listdir(folder) == []
    check = storage.flush("a")
    head, _, body = (folder / "a.table").read_bytes().partition(b"\n")
    assert head == MAGIC + b" " + check.encode()
    assert int(check, 16) == zlib.crc32(body)
    said = json.loads(body.decode("utf-8", "surrogatepass"))
    assert said == {"1": {"x": "é\ud800"}}
    assert storage.flush("a") == check


def test_every_cut_and_every_flipped_byte_is_found(folder: Path) -> None:
    database, _storage = opened(folder)
    database.table("a").insert({"word": "text", "n": 1})
    database.close()
    file = folder / "a.table"
    whole = file.read_bytes()
    for place in range(len(whole)):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            file.write_bytes(data)
            with pytest.raises(Damaged):
                opened(folder)[1].load("a")
    file.write_bytes(whole)
    assert opened(folder)[1].load("a") == {"1": {"word": "text", "n": 1}}


@pytest.mark.parametrize("body", [b"[1]", b"null", b"{", b"[" * 50_000, b"\xff"])
def test_a_right_checksum_over_something_else_is_damage(folder: Path, body: bytes) -> None:
    _, storage = opened(folder)
    (folder / "a.table").write_bytes(b"%s %08x\n%s" % (MAGIC, zlib.crc32(body), body))
    with pytest.raises(Damaged):
        storage.load("a")


def test_what_another_process_replaced_is_forgotten(folder: Path) -> None:
    mine, storage = opened(folder)
    mine.table("a").insert({"n": 1})
    mine.table("b").insert({"n": 1})
    mine.close()
    assert not storage.revalidate(["a", "b", "none"])
    other, _ = opened(folder)
    other.table("a").insert({"n": 2})
    other.close()
    assert storage.revalidate(["a", "b"])
    assert set(dict.keys(storage)) == {"b"}
    assert len(mine.table("a")) == 2
    (folder / "b.table").unlink()
    assert storage.revalidate(["a", "b"])
    assert mine.tables() == {"a"}


def test_threads_that_read_one_document_read_the_same() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(10):
            lines = [b'{"a":%d,"t":"%s"}' % (number, b"x" * 300) for number in range(1_000)]
            stored = [StoredDocument(line) for line in lines]
            with ThreadPoolExecutor(2) as pool:
                read = [pool.submit(lambda: [each.value["a"] for each in stored]) for _ in "ab"]  # noqa: B023
            assert [future.result() for future in read] == [list(range(1_000))] * 2
    finally:
        sys.setswitchinterval(before)


def test_a_folder_of_any_time_is_listed(tmp_path: Path) -> None:
    storage = TableFiles(str(tmp_path))
    (tmp_path / "2014.table").touch()
    os.utime(tmp_path, (0, 0))
    assert storage.names() == {"2014"}
    (tmp_path / "2015.table").touch()
    assert storage.names() == {"2014", "2015"}
    os.utime(tmp_path, (1_000_000_000, 1_000_000_000))
    assert storage.names() == {"2014", "2015"}
    (tmp_path / "2014.table").unlink()
    assert storage.names() == {"2015"}


@pytest.mark.parametrize("line", [b"", b"\xff", b"[1]", b'{"a":1}x', b'{"a":1', b'{"a":1}{"b":2}'])
def test_a_document_is_one_whole_object(line: bytes) -> None:
    with pytest.raises(Damaged):
        StoredDocument(line).value["a"]
