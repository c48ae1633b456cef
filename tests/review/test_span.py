"""The span of a review: words, steps, other sizes, and names that lead back to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.errors import WhenError
from journal_tui.period import KINDS, Period, parse_period
from journal_tui.review.span import (
    ALL,
    DAY,
    LATEST,
    RANGE,
    SPAN_KINDS,
    Span,
    parse_span,
    span_around,
    span_of_days,
)
from tests.review.review_fixtures import TODAY


@pytest.mark.parametrize(
    ("words", "kind", "title", "query"),
    [
        ("day", DAY, "Friday 20 November 2026", "date:2026-11-20"),
        ("week", "week", "Week 47 of 2026", "date:2026-W47"),
        ("month", "month", "November 2026", "date:2026-11"),
        ("Quarter", "quarter", "Q4 2026", "date:2026-Q4"),
        ("year", "year", "2026", "date:2026"),
        ("last month", "month", "October 2026", "date:2026-10"),
        ("1663", "year", "1663", "date:1663"),
        ("1663-W02", "week", "Week 2 of 1663", "date:1663-W02"),
        ("last 90 days", LATEST, "90 days to 20 November 2026", "date:2026-08-23..2026-11-20"),
        ("2014-09..2014-11", RANGE, "September to November 2014", "date:2014-09-01..2014-11-30"),
        ("2014-12..2015-01", RANGE, "December 2014 to January 2015", "date:2014-12-01..2015-01-31"),
        ("2014..2016", RANGE, "2014 to 2016", "date:2014-01-01..2016-12-31"),
        ("2014-09-02..2014-09-20", RANGE, "2 September 2014 to 20 September 2014", "date:2014-09-02..2014-09-20"),
        ("2026-01..", RANGE, "From 1 January 2026 on", "date:2026-01-01.."),
        ("..2014", RANGE, "All days to 31 December 2014", "date:..2014-12-31"),
        ("all", ALL, "All days", ""),
    ],
)  # fmt: skip
def test_words(words: str, kind: str, title: str, query: str) -> None:
    span = parse_span(words, TODAY)
    assert (span.kind, span.title, span.query) == (kind, title, query)


@pytest.mark.parametrize("words", ["hello", "2026-11-03..2026-11-01", "", "2026-13", "last 0 days"])
def test_other_words_are_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_span(words, TODAY)
    assert str(caught.value).endswith((".", "today."))


def test_a_unit_alone_is_around_the_anchor() -> None:
    assert parse_span("week", TODAY, anchor=date(2014, 10, 6)).name == "2014-W41"


@pytest.mark.parametrize(
    ("words", "count", "name"),
    [
        ("2026-11-20", -1, "2026-11-19"),
        ("2026-W01", -1, "2025-W52"),
        ("2026-01", -1, "2025-12"),
        ("2026-Q1", -5, "2024-Q4"),
        ("2026", 1, "2027"),
        ("last 90 days", -1, "2026-05-25..2026-08-22"),
        ("2014-09..2014-10", 1, "2014-11-01..2014-12-31"),
        ("2014-09-02..2014-09-20", 1, "2014-09-21..2014-10-09"),
    ],
)
def test_a_step_leads_to_the_days_next_to_these(words: str, count: int, name: str) -> None:
    span = parse_span(words, TODAY).step(count)
    assert span is not None and span.name == name


@pytest.mark.parametrize("words", ["all", "2026..", "..2014"])
def test_days_without_an_end_have_no_neighbours(words: str) -> None:
    assert parse_span(words, TODAY).step(1) is None


def test_the_calendar_ends() -> None:
    for kind in (DAY, *KINDS, LATEST):
        assert span_around(kind, date.min).step(-1) is None
        last = span_around(kind, date.max)
        assert last.days.contains(date.max)
        assert last.step(1) is None


def test_the_anchor_decides_what_a_wider_or_narrower_span_is() -> None:
    month = span_around("month", date(2026, 10, 31))
    september = month.step(-1)
    assert september is not None
    assert september.anchor == date(2026, 9, 30)
    assert september.resized("week").name == "2026-W40"
    assert september.resized("quarter").name == "2026-Q3"
    assert september.resized("year").resized(DAY).name == "2026-09-30"


DAYS = st.dates(date(1600, 1, 1), date(2400, 1, 1))


@given(DAYS, st.sampled_from([DAY, *KINDS, LATEST]), st.integers(-30, 30))
def test_steps_lead_back_to_the_same_days(day: date, kind: str, count: int) -> None:
    span = span_around(kind, day)
    assert span.days.contains(day)
    moved = span.step(count)
    assert moved is not None and moved.kind == kind and moved.days.contains(moved.anchor)
    back = moved.step(-count)
    assert back is not None and back.days == span.days


@given(DAYS, st.sampled_from([DAY, *KINDS]))
def test_neighbours_touch(day: date, kind: str) -> None:
    span = span_around(kind, day)
    following = span.step(1)
    assert following is not None and following.days.start == span.days.end


@given(DAYS, st.integers(0, 2000))
def test_the_name_is_read_as_the_same_days(day: date, length: int) -> None:
    span = span_of_days(Period(day, day + timedelta(length + 1)), TODAY)
    assert span.kind in SPAN_KINDS
    assert parse_period(span.name, TODAY) == span.days
    assert span.days.contains(span.anchor)


def test_an_open_end_is_that_of_the_journal() -> None:
    first, last = date(2025, 6, 2), TODAY
    assert parse_span("all", TODAY).within(first, last) == Period(first, date(2026, 11, 21))
    since = parse_span("2026-11..", TODAY).within(first, last)
    assert since == Period(date(2026, 11, 1), date(2026, 11, 21))
    # It begins after the last entry.
    future = parse_span("2031..", TODAY).within(first, last)
    assert future.start == date(2031, 1, 1) and future.start < future.end
    assert parse_span("2014", TODAY).within(first, last) == Period(
        date(2014, 1, 1), date(2015, 1, 1)
    )


def test_a_span_is_a_plain_value() -> None:
    assert Span(
        "month", Period(date(2014, 10, 1), date(2014, 11, 1)), date(2014, 10, 6)
    ) == span_around("month", date(2014, 10, 6))
