"""Dates as people and programs write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange.dates import is_ambiguous, order_of, parse_leading_date, parse_moment

DAY = date(2014, 10, 6)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2014-10-06", ""),
        ("2014-10-06 20:15", "20:15"),
        ("2014-10-06T20:15:00+01:00", "20:15"),
        ("2014/10/6 8:15 PM", "20:15"),
        ("6 October 2014", ""),
        ("6th of October 2014", ""),
        ("October 6, 2014 at 8:15 pm", "20:15"),
        ("Monday 6 October 2014", ""),
        ("Mon, 06 Oct 2014 20:15:00 +0000", "20:15"),
        ("06.10.2014 20:15", "20:15"),
        ("6. Oktober 2014", ""),
        ("lundi 6 octobre 2014", ""),
        ("2014年10月6日", ""),
        ("10月 6, 2014", ""),
        ("20141006", ""),
        ("06-Oct-2014 12:05 AM", "00:05"),
    ],
)
def test_a_written_date_is_read(text: str, time: str) -> None:
    found = parse_moment(text)
    assert found
    assert (found.day, found.time) == (DAY, time)


@pytest.mark.parametrize(
    "text", ["", "October", "2014-10", "31 June 2014", "2014-13-01", "6 October 2014 was fine", "1"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_moment(text) is None


def test_day_and_month_are_told_apart_by_the_other_dates_of_a_file() -> None:
    assert parse_moment("03/04/2019") is None
    assert is_ambiguous("03/04/2019")
    assert order_of(["03/04/2019", "13/04/2019"]) == "dmy"
    assert order_of(["03/04/2019", "04/13/2019"]) == "mdy"
    assert order_of(["03/04/2019"]) == ""
    assert order_of(["13/04/2019", "04/13/2019"]) == ""
    assert parse_moment("03/04/2019", "dmy") == (date(2019, 4, 3), "")
    assert parse_moment("03/04/2019", "mdy") == (date(2019, 3, 4), "")
    assert parse_moment("04/04/2019") == (date(2019, 4, 4), "")


@given(st.text(max_size=60))
def test_any_text_is_read_or_is_none(text: str) -> None:
    for order in ("", "dmy", "mdy"):
        parse_moment(text, order)
        parse_leading_date(text, order)


@given(st.dates())
def test_iso_dates_are_read_back(day: date) -> None:
    assert parse_moment(day.isoformat()) == (day, "")
