"""SQLite's full-text search (FTS5) on the same entries, with the same queries translated for it.

There is a table of words for whole entries and one for each part, each with a prefix index, as is
usual for search while typing. Rows are numbered in the order of their days, so that the newest
fifty are read from the end without sorting. Tags and people are words in a column of their own.
Queries that FTS5 can't express are left out: parts of words, a "not" by itself, alternatives of
words and facts.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from journal_tui.index.search import IndexedFile
from journal_tui.journal import Journal
from journal_tui.period import Period
from journal_tui.query.fields import ENTRY, FIELDS, LEARNING, PARTS, Bounds
from journal_tui.query.nodes import (
    And,
    Condition,
    Matcher,
    Mention,
    Not,
    Or,
    Words,
    is_of_entry,
    leaves,
)
from journal_tui.query.parser import Query

# The row numbers that each day has for its files, and each file for its points.
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
    """A query that FTS5 can't express."""


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
        facts = f" {' '.join(FIELDS['has'].terms(record))} "
        row = (
            *(number, record["date"], found.path, found.rating, found.number, record["words"]),
            *(found.day.weekday(), record["kind"], facts),
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


def _files(journal: Journal) -> Iterator[tuple[int, IndexedFile]]:
    """Yield the files with their row numbers, the oldest first."""
    for name in sorted(journal.index.years()):
        for _, found in sorted(journal.index.segment(name).days().items()):
            for place, record in enumerate(found.records):
                number = found.day.toordinal() * _DAY + place * _POINTS
                yield (
                    number,
                    IndexedFile(journal.entries, found.day, record, found.rating, journal.number),
                )


def _stretches(file: IndexedFile, part: str) -> list[str]:
    if part == ENTRY:
        return [file.text]
    return [file.text[start:end] for start, end in file.record["prose"]]


def _mention(term: str) -> str:
    """Encode a tag or a person as one word of letters and digits; prefixes stay prefixes."""
    return "".join(c if c.isalnum() else f"q{ord(c):x}q" for c in term)


class Fts:
    """The database, open for reading."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        # More than the size of the file, so that SQLite works in memory, too.
        self._database.execute("PRAGMA mmap_size = 4000000000")
        self._database.execute("PRAGMA cache_size = -200000")

    def rows(self, asked: Statement) -> list[tuple[object, ...]]:
        """Run a statement; return its rows."""
        return self._database.execute(*asked).fetchall()


def statement(query: Query, most: int, learning: bool, texts: bool, best: bool) -> Statement:
    """Return the SQL for a query's newest (or best) rows: path, day, rating, text around the match.

    The rows are learning points or entries, or the part that the query itself names. Raise
    Inexpressible.
    """
    parts = list(query.matcher.parts) if isinstance(query.matcher, And) else [query.matcher]
    named = [part for part in parts if isinstance(part, Condition) and part.field.name == "in"]
    is_state = any(_is_fact(leaf, "is") for leaf, _ in leaves(query.matcher))
    table = LEARNING if learning else ENTRY
    if named or is_state:
        if len(named) > 1 or any(len(part.value) > 1 for part in named):
            raise Inexpressible("several parts")
        table = named[0].value[0] if named else "follow-up"
    textual = [
        part for part in parts if all(isinstance(leaf, Words | Mention) for leaf, _ in leaves(part))
    ]
    factual = [
        part
        for part in parts
        if all(is_of_entry(leaf) or _is_fact(leaf, "is") for leaf, _ in leaves(part))
    ]
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


def _is_fact(matcher: Matcher, field: str) -> bool:
    return isinstance(matcher, Condition) and matcher.field.name == field


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
        case Condition(field, Bounds(low, high, open_low, open_high)):
            column = _FIELDS[field.name]
            signs = ">" + "=" * (not open_low), "<" + "=" * (not open_high)
            return f"({column} {signs[0]} ? AND {column} {signs[1]} ?)", [low, high]
        case Condition(_, Period() as period):
            bounds = [day.toordinal() * _DAY for day in (period.start, period.end)]
            return f"({number} >= ? AND {number} < ?)", [*bounds]
        case Condition(field, value) if field.name == "on":
            return f"files.weekday IN ({','.join('?' * len(value))})", [*value]
        case Condition(field, value) if field.name == "has":
            return "files.has LIKE ?", [f"% {value} %"]
        case Condition(field, value) if field.name == "kind":
            return "(files.kind = ? OR files.kind LIKE ?)", [value, f"{value}-%"]
        case Condition(field, value) if field.name == "is":
            return "points.states LIKE ?", [f"%{value}%"]
    raise Inexpressible(type(matcher).__name__)
