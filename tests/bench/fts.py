"""SQLite's full text search over the same entries, and the same queries put to it.

A table of words for whole entries and one for each part of them, each with an index of prefixes, as
one would set it up for search while typing; rows are numbered in the order of their days, so that
the newest fifty are read off the end and nothing is sorted. Tags and people are words of a column
of their own. What FTS5 has no expression for is left out: the inside of words, a "not" by itself,
alternatives of words and facts.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from journal_tui.index.passages import File
from journal_tui.index.postings import day_of
from journal_tui.index.records import day_rating
from journal_tui.index.terms import has
from journal_tui.journal import Journal
from journal_tui.query.grammar import Query
from journal_tui.query.matchers import (
    ENTRY,
    LEARNING,
    OF_FILE,
    PARTS,
    And,
    Compare,
    During,
    Has,
    In,
    Kind,
    Matcher,
    Mention,
    Not,
    Or,
    State,
    Weekday,
    Words,
    leaves,
)

# Room in the numbers of rows for the files of a day, and for the points of a file.
_FILES, _POINTS = 100, 1_000
_DAY = _FILES * _POINTS
_FIELDS = {"rating": "files.rating", "day": "files.number", "words": "files.length"}
_SCHEMA = """
CREATE TABLE files (id INTEGER PRIMARY KEY, day TEXT, path TEXT, rating REAL, number INT, length INT,
    weekday INT, kind TEXT, has TEXT);
CREATE TABLE points (id INTEGER PRIMARY KEY, line INT, states TEXT);
CREATE INDEX by_rating ON files (rating);
CREATE INDEX by_number ON files (number);
CREATE INDEX by_length ON files (length);
"""
_WORDS = """CREATE VIRTUAL TABLE "{}" USING fts5
    (text, mentions, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');"""


class Inexpressible(Exception):
    """A query that cannot be put to FTS5 in one expression."""


class Statement(NamedTuple):
    """SQL with the values for its question marks."""

    sql: str
    values: tuple[object, ...]


def build(journal: Journal, file: Path) -> None:
    """Put every entry of a journal, whose index is up to date, into a new database."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    database = sqlite3.connect(unfinished)
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        + _SCHEMA
        + "".join(map(_WORDS.format, (ENTRY, *PARTS)))
    )
    for number, found in _files(journal):
        record = found.record
        facts = f" {' '.join(has(record))} "
        row = (
            *(number, record["date"], found.path, found.rating, found.number, found.length),
            *(found.day.weekday(), found.kind, facts),
        )
        database.execute(f"INSERT INTO files VALUES ({','.join('?' * len(row))})", row)
        at = number
        for part in (ENTRY, *PARTS):
            for passage in found.passages(part, journal.today().isoformat()):
                if part != ENTRY:
                    at += 1
                    states = " ".join(passage.states)
                    database.execute(
                        "INSERT INTO points VALUES (?,?,?)", (at, passage.line, states)
                    )
                text = passage.text or "\n\n".join(_stretches(found, part))
                mentions = " ".join(map(_mention, sorted(passage.mentions)))
                database.execute(f'INSERT INTO "{part}" (rowid, text, mentions) VALUES (?,?,?)', (at, text, mentions))  # fmt: skip
    for table in (ENTRY, *PARTS):
        database.execute(f'INSERT INTO "{table}" ("{table}") VALUES (\'optimize\')')
    database.execute("ANALYZE")
    database.commit()
    database.close()
    unfinished.replace(file)


def _files(journal: Journal) -> Iterator[tuple[int, File]]:
    """The files with their numbers, the oldest first."""
    for name in sorted(journal.index.years()):
        for code, records in sorted(journal.index.records(name).items()):
            day, rating = day_of(int(name), code), day_rating(records)
            for place, record in enumerate(records):
                number = day.toordinal() * _DAY + place * _POINTS
                yield number, File(journal.library, day, record, rating, journal.number)


def _stretches(file: File, part: str) -> list[str]:
    if part == ENTRY:
        return [file.text]
    return [file.text[start:end] for start, end in file.record["prose"]]


def _mention(term: str) -> str:
    """A tag or a person as one word of letters and digits, which begins as it does."""
    return "".join(c if c.isalnum() else f"q{ord(c):x}q" for c in term)


class Fts:
    """The database, open for reading."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        # As much as its whole file, so that it too serves from memory.
        self._database.execute("PRAGMA mmap_size = 4000000000")
        self._database.execute("PRAGMA cache_size = -200000")

    def rows(self, asked: Statement) -> list[tuple[object, ...]]:
        """What it answers."""
        return self._database.execute(*asked).fetchall()


def statement(query: Query, most: int, learning: bool, texts: bool, best: bool) -> Statement:
    """The newest (or best) rows of a query: path, day, rating, and the text around the match.

    Of learning points or of entries; of the part that the query itself names. Raises Inexpressible.
    """
    parts = list(query.matcher.parts) if isinstance(query.matcher, And) else [query.matcher]
    named = [part for part in parts if isinstance(part, In)]
    is_state = any(isinstance(leaf, State) for leaf, _ in leaves(query.matcher))
    table = LEARNING if learning else ENTRY
    if named or is_state:
        if len(named) > 1 or any(len(part.kinds) > 1 for part in named):
            raise Inexpressible("several parts")
        table = named[0].kinds[0] if named else "follow-up"
    textual = [part for part in parts if _is(part, Words | Mention)]
    factual = [part for part in parts if _is(part, (*OF_FILE, State))]
    if len(textual) + len(factual) + len(named) < len(parts):
        raise Inexpressible("words and facts in one")
    if best and not textual:
        raise Inexpressible("nothing to rank by")
    joined = "" if table == ENTRY else "JOIN points ON points.id = {0}.rowid"
    conditions, values = [], list[object]()
    if textual:
        conditions.append(f'"{table}" MATCH ?')
        values.append(_match(And(tuple(textual)) if len(textual) > 1 else textual[0]))
    source = f'"{table}"' if textual or table != ENTRY else "files"
    for part in factual:
        condition, more = _condition(part, f"{source}.{'rowid' if source != 'files' else 'id'}")
        conditions.append(condition)
        values += more
    text = "''"
    if texts:
        shown = f"snippet(\"{table}\", 0, '[', ']', '…', 16)" if textual else f'"{table}".text'
        text = (
            shown if source != "files" else f'(SELECT text FROM "{ENTRY}" WHERE rowid = files.id)'
        )
    if source != "files":
        joined += f" JOIN files ON files.id = {source}.rowid / {_POINTS} * {_POINTS}"
    order = "rank" if best else f"{source}.{'rowid' if source != 'files' else 'id'} DESC"
    sql = (
        f"SELECT files.path, files.day, files.rating, {text} FROM {source} {joined.format(source)}"
        f" WHERE {' AND '.join(conditions) or '1'} ORDER BY {order} LIMIT {most}"
    )
    return Statement(sql, tuple(values))


def _is(matcher: Matcher, kinds: object) -> bool:
    return all(isinstance(leaf, kinds) for leaf, _ in leaves(matcher))  # type: ignore[arg-type]


def _match(matcher: Matcher) -> str:
    match matcher:
        case Words(words, last):
            if last == "inside":
                raise Inexpressible("the inside of words")
            return f'text : "{" ".join(words)}"' + " *" * (last == "begins")
        case Mention(name):
            return f'mentions : "{_mention(name)}" *'
        case Or(parts):
            return "(" + " OR ".join(map(_match, parts)) + ")"
        case And(parts):
            wanted = [_match(part) for part in parts if not isinstance(part, Not)]
            if not wanted:
                raise Inexpressible("a not by itself")
            found = "(" + " AND ".join(wanted) + ")"
            for part in parts:
                if isinstance(part, Not):
                    found = f"({found} NOT {_match(part.part)})"
            return found
    raise Inexpressible("a not by itself")


def _condition(matcher: Matcher, number: str) -> tuple[str, list[object]]:
    match matcher:
        case Not(part):
            condition, values = _condition(part, number)
            return f"NOT coalesce({condition}, 0)", values
        case And(parts) | Or(parts):
            both = [_condition(part, number) for part in parts]
            sign = " AND " if isinstance(matcher, And) else " OR "
            listed = [value for _, values in both for value in values]
            return "(" + sign.join(condition for condition, _ in both) + ")", listed
        case Compare(field, low, high, open_low, open_high):
            column = _FIELDS[field]
            signs = ">" + "=" * (not open_low), "<" + "=" * (not open_high)
            return f"({column} {signs[0]} ? AND {column} {signs[1]} ?)", [low, high]
        case During(period):
            bounds = [day.toordinal() * _DAY for day in (period.start, period.end)]
            return f"({number} >= ? AND {number} < ?)", [*bounds]
        case Weekday(days):
            return f"files.weekday IN ({','.join('?' * len(days))})", [*days]
        case Has(what):
            return "files.has LIKE ?", [f"% {what} %"]
        case Kind(name):
            return "(files.kind = ? OR files.kind LIKE ?)", [name, f"{name}-%"]
        case State(name):
            return "points.states LIKE ?", [f"%{name}%"]
    raise Inexpressible(type(matcher).__name__)
