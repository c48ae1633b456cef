"""What the tests of the language share: a passage made up, and a query read or refused."""

from datetime import date
from typing import NamedTuple

from journal_tui.entry.mentions import mentions
from journal_tui.entry.words import fold, plain, words
from journal_tui.errors import QueryError
from journal_tui.query.grammar import Query, parse

TODAY = date(2014, 10, 6)


class Facts(NamedTuple):
    """What is known of the file."""

    day: date
    rating: float | None
    number: int | None
    length: int
    has: frozenset[str]
    kind: str


class Saying:
    """A passage that says a text."""

    def __init__(self, text: str, kind: str, states: str, facts: Facts) -> None:
        self.kind, self.states, self.facts = kind, frozenset(states.split()), facts
        self.words, self.plain = words(text), plain(text)
        tags, people = mentions(text)
        self.mentions = frozenset(
            ["#" + fold(tag) for tag in tags] + ["@" + fold(name) for name in people]
        )


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
) -> Saying:
    """A passage of a part; `states` and `has` are words with blanks between them."""
    facts = Facts(day, rating, number, length, frozenset(has.split()), kind)
    return Saying(text, part, states, facts)


def answer(text: str) -> Query | QueryError:
    """The query, or what is wrong with it."""
    try:
        return parse(text, TODAY)
    except QueryError as error:
        return error
