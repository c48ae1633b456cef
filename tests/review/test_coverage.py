"""How many days that count are written, by the journal's own counting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.review.coverage import Counting, Coverage, possible_days

START = date(2026, 11, 4)


@given(
    st.sampled_from(["workdays", "calendar", "entries", "none"]),
    st.dates(date(2026, 10, 1), date(2026, 12, 31)),
    st.integers(0, 60),
)
def test_the_days_that_count_are_those_that_are_listed(how: str, first: date, length: int) -> None:
    counting, last = Counting(how, START), first + timedelta(length)
    every = [first + timedelta(n) for n in range(length + 1)]
    assert counting.days(first, last) == [day for day in every if counting.counts(day)]
    assert counting.is_known == (how in ("workdays", "calendar"))


def test_workdays_are_monday_to_friday_from_the_start_on() -> None:
    days = Counting("workdays", START).days(date(2026, 11, 2), date(2026, 11, 9))
    assert [day.day for day in days] == [4, 5, 6, 9]
    assert Counting("calendar", START).counts(date(2026, 11, 7))
    assert not Counting("workdays", None).counts(START)
    assert Counting("workdays").noun == "day"


def test_days_to_come_do_not_count_and_today_only_once_it_is_written() -> None:
    counting, today = Counting("workdays", START), date(2026, 11, 6)
    month = (date(2026, 11, 1), date(2026, 11, 30))
    assert [day.day for day in possible_days(*month, today, (), counting)] == [4, 5]
    assert [day.day for day in possible_days(*month, today, (today,), counting)] == [4, 5, 6]


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(START, 41, 47, "workday"), "41 of 47 workdays"),
        (Coverage(START, 1, 1, "workday"), "1 of 1 workday"),
        (Coverage(START, 1200, None), "1,200 days"),
    ],
)
def test_words(coverage: Coverage, words: str) -> None:
    assert coverage.words == words
