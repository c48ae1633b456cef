"""The queries that search is measured with, and what they are measured by: as many as said, all read."""

import sqlite3
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.bench import fts, generate
from tests.bench.emulated import Screen
from tests.bench.queries import COUNT, counted, queries, shuffled

FEW = 120
ROWS = 1_000


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    folder = tmp_path_factory.mktemp("bench")
    generate.make(FEW, folder / "journal")
    places = Places(*(folder / name for name in ("config", "cache", "state")))
    clock = datetime(generate.END.year, generate.END.month, generate.END.day, 18)
    made = Journal(folder / "journal", places, lambda: clock)
    made.refresh()
    return made


def test_two_hundred_different_queries_of_every_kind(journal: Journal) -> None:
    asked = queries()
    assert len({query.text for query in asked}) == len(asked) == COUNT
    assert asked == queries()
    kinds = counted(asked)
    assert kinds["stop-word phrase"] >= 24
    assert min(kinds.values()) >= 10
    for query in asked:
        journal.query(query.text)


def test_a_round_asks_everything_and_nothing_twice_soon() -> None:
    asked = queries()
    random = Random(1)
    rounds = [shuffled(asked, random) for _ in range(2)]
    assert rounds[0] != rounds[1]
    for order in rounds:
        assert sorted(order) == sorted(asked)
        assert set(order[: COUNT // 2]) == set(asked[: COUNT // 2])
    first, second = (
        sum(query.kind == "stop-word phrase" for query in half)
        for half in (asked[: COUNT // 2], asked[COUNT // 2 :])
    )
    assert abs(first - second) <= 2


def test_sqlite_gives_the_same_days(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "fts.sqlite"
    try:
        fts.build(journal, file)
    except sqlite3.OperationalError as error:
        pytest.skip(f"this Python's SQLite: {error}")
    database = fts.Fts(file)
    compared = 0
    for query in queries():
        for learning in (False, True):
            read = journal.query(query.text)
            try:
                asked = fts.statement(read, ROWS, learning, texts=False, best=False)
            except fts.Inexpressible:
                continue
            rows = "mixed" if read.is_scoped else "learning" if learning else "entries"
            days = [str(hit.day) for hit in journal.find(read, rows)]
            assert days[:ROWS] == [row[1] for row in database.rows(asked)], (query.text, rows)
            compared += bool(days)
    assert compared > COUNT


def test_a_screen_is_what_was_written_to_it() -> None:
    screen = Screen(10, 3)
    screen.feed(b"\x1b[?25l\x1b[2J\x1b[1;1Hone\x1b[2;3H\x1b[1;31mtw\x1b[0mo \xe2\x82")
    screen.feed(b"\xac\x1b[3;1H\x1b]0;title\x07abc\x1b[3;2")
    screen.feed(b"Hxy\x1b[K")
    assert screen.text == "one\n  two €\naxy"
    assert screen.region(1, 2, 2, 5) == (("t", "1;31"), ("w", "1;31"), ("o", ""))
    screen.feed("\x1b[1;1H漢!".encode())
    assert screen.line(0) == "漢!" + " " * 7
