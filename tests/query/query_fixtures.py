"""Helpers for the tests of the query language: invented passages, parsed and rejected queries."""

from datetime import date
from typing import NamedTuple

from journal_tui.entry.mentions import mentions
from journal_tui.entry.spellings import plain, searchable_words
from journal_tui.entry.tokenizer import fold
from journal_tui.errors import QueryError
from journal_tui.index.analyzer import whole_record
from journal_tui.query.fields import FIELDS, Record
from journal_tui.query.nodes import Condition
from journal_tui.query.parser import Query, parse

TODAY = date(2014, 10, 6)
# What an entry may have, with the key of the record that holds it.
KEYS = {what: what for what in ("learning", "feedback", "remark", "tags", "people", "problems")} | {
    "follow-ups": "tasks"
}


class FileFacts(NamedTuple):
    """The facts of a file."""

    day: date
    rating: float | None
    number: int | None
    record: Record


class FakePassage:
    """An invented passage with a text."""

    def __init__(self, text: str, part: str, states: str, facts: FileFacts) -> None:
        self.part, self.states, self.facts = part, frozenset(states.split()), facts
        self.words, self.plain = searchable_words(text), plain(text)
        tags, people = mentions(text)
        self.mentions = ["#" + fold(tag) for tag in tags] + ["@" + fold(name) for name in people]

    def mentions_with(self, beginning: str) -> list[str]:
        """Return the tags and people that begin with this."""
        return [name for name in self.mentions if name.startswith(beginning)]


def saying(
    text: str = "",
    part: str = "entry",
    *,
    states: str = "",
    day: date = TODAY,
    rating: float | None = None,
    number: int | None = None,
    length: int = 0,
    has: str = "",
    kind: str = "",
    record: Record | None = None,
) -> FakePassage:
    """Return a passage of a part; `states` and `has` are words with blanks between them.

    `record` has values of its file's record that don't follow from the other arguments; all else in it is empty.
    """
    there = has.split()
    known = whole_record({key: [what] for what, key in KEYS.items() if what in there})
    known |= {"rating": 0.0 if "rating" in there else None}
    facts = FileFacts(
        day, rating, number, {**known, "words": length, "kind": kind, **(record or {})}
    )
    return FakePassage(text, part, states, facts)


def asks(field: str, value: object) -> Condition:
    """Return the condition of a field with a value."""
    return Condition(FIELDS[field], value)


def answer(text: str) -> Query | QueryError:
    """Parse a query; return it, or the error."""
    try:
        return parse(text, TODAY)
    except QueryError as error:
        return error
