"""Whatever is typed or pasted as a search: an answer or a sentence, and never much work for it."""

from typing import Any

import pytest

from journal_tui.entry.sanitize import one_line
from journal_tui.errors import QueryError
from journal_tui.query import parser
from journal_tui.query.nodes import And, Not, Or, Words
from journal_tui.query.parser import DEEPEST, LONGEST, Query, condition_spans, parse, parse_partial
from tests.effort import within_a_minute
from tests.query.query_fixtures import TODAY, answer

REGEX = r"^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9]+)*|\"(?:[\x01-\x08\\])*\")@(?:[a-z]\.)+$"
BAD = {
    "10,000 characters": "plan " * 2_000,
    "one word of 10,000 characters": "a" * 10_000,
    "one word as long as may be": "a" * LONGEST,
    "nested 500 deep": "(" * 500 + "plan" + ")" * 500,
    "nested as deep as may be": "(" * DEEPEST + "plan" + ")" * DEEPEST,
    "opened only": "(" * LONGEST,
    "opened behind words": "plan " * 390 + "(" * DEEPEST,
    "opened with OR": "(plan OR " * 220,
    "closed only": ")" * LONGEST,
    "quotes": '"' * LONGEST,
    "an odd number of quotes": '"' * (LONGEST - 1),
    "quotes and words": 'a"' * 999,
    "dashes": "-" * LONGEST,
    "dashes apart": "- " * 999,
    "negated often": "-" * (LONGEST - 4) + "plan",
    "OR often": "OR " * 600,
    "OR between": "plan OR " * 249 + "plan",
    "blanks": " " * LONGEST,
    "blanks behind": "plan" + " " * 1_990,
    "tag of tags": "#" + "a/" * 900,
    "people": "@a" * 900,
    "dots": "#a." * 600,
    "a regex": REGEX,
    "a greedy regex": "(a+)+$" * 300,
    "control characters": "".join(map(chr, range(32))) * 60,
    "escape sequences": "\x1b[2J\x1b]0;title\x07 plan rating:\x1b[31m",
    "bidirectional": "in:\u202elerning\u202c",
    "surrogates": "\ud800\udfff" * 900,
    "combining signs": "e" + "\u0301" * 1_900,
    "one character that is many": "\ufdfa" * 1_900,
    "CJK": "漢字" * 999,
    "rating of bananas": "rating:>=banana",
    "backwards": "date:2015..2014",
    "fields without end": "in:" * 600,
    "faults without end": "plan foo: " * 199,
    "lists without end": "in:" + "title," * 330,
    "periods without end": "date:" + ".." * 900,
    "a long period": 'date:"' + "last week " * 190 + '"',
    "digits": "9" * LONGEST,
    "a long number": "rating:" + "9" * 1_900,
    "an address": "http://" * 280,
    "nothing": "",
    "a null": "\0",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_input_is_answered_or_refused_in_a_sentence(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Count how often a query is read: how long that takes depends on the machine."""
    read = 0

    def counted(text: str, *rest: Any) -> Query:
        nonlocal read
        read += 1
        return parse(text, *rest)

    found = answer(text)
    if isinstance(found, QueryError):
        said = str(found)
        assert one_line(said) == said
        assert 10 < len(said) < 300
        assert 0 <= found.column <= len(text)
    monkeypatch.setattr(parser, "parse", counted)
    query, error = parse_partial(text, TODAY)
    assert query or error or not text.strip()
    assert read <= 2 * DEEPEST + 3 and (read or not text.strip())
    if query:
        assert all(one_line(line) == line.strip() for line in query.explain())


def test_a_search_has_an_end() -> None:
    assert parse("a" * LONGEST, TODAY)
    found = answer("word " * 2_000)
    assert isinstance(found, QueryError)
    assert found.column == LONGEST
    assert "at most 2000 characters" in str(found)


def test_each_token_is_read_a_limited_number_of_times() -> None:
    """A pattern that goes back over what it has read would take minutes for these."""
    for text in (
        "-" * 1_999 + ":",
        "a" * 1_999 + ":",
        " " * 1_999 + "a",
        'in:"' + "a" * 1_990,
        '-"' * 999,
    ):
        parse_partial(text, TODAY)


@pytest.mark.parametrize("text", ["plan" + " " * 1_990, " " * 50_000, "plan \n" * 20_000])
def test_long_runs_of_blanks_are_read_quickly(text: str) -> None:
    with within_a_minute():
        parse_partial(text, TODAY)
        assert all(end <= LONGEST for _, end, _ in condition_spans(text))


def test_a_word_that_cannot_be_searched_for_is_not_a_condition() -> None:
    assert condition_spans("plan *..9 *a") == [(0, 4, True)]


def test_nesting_is_limited_by_the_query_not_by_python() -> None:
    matcher = parse("(-" * (DEEPEST - 1) + "(a b OR c)" + ")" * (DEEPEST - 1), TODAY).matcher
    depth = 0
    while isinstance(matcher, Not):
        matcher, depth = matcher.part, depth + 1
    assert isinstance(matcher, Or) and depth == DEEPEST - 1
    first, last = matcher.parts
    assert isinstance(first, And) and last == Words(("c",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plan  depot", [(0, 4, True), (6, 11, True)]),
        ("plan -depot", [(0, 4, True)]),
        ("plan OR depot", [(0, 4, True), (8, 13, True)]),
        ('  "old machines"', [(2, 16, False)]),
        ('plan  -"old machines"', [(0, 4, True)]),
        ("plan  in:title", [(0, 4, True), (6, 14, False)]),
        ("plan -in:title", [(0, 4, True)]),
    ],
)
def test_conditions_that_must_be_met_are_where_the_parser_says(
    text: str, found: list[tuple[int, int, bool]]
) -> None:
    assert condition_spans(text) == found
