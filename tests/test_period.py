"""Days in words, seen from Monday 6 October 2014."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.errors import WhenError
from journal_tui.period import iso_day, parse_day

TODAY = date(2014, 10, 6)

DAYS = {
    "2014-10-06": "2014-10-06", " 1999-12-31 ": "1999-12-31", "2012-02-29": "2012-02-29", "0001-01-01": "0001-01-01",
    "today": "2014-10-06", "Today": "2014-10-06", "now": "2014-10-06", "yesterday": "2014-10-05", "TOMORROW": "2014-10-07",
    "day before  yesterday": "2014-10-04", "-7": "2014-09-29", "\u22127": "2014-09-29", "+1": "2014-10-07", "-0": "2014-10-06",
    "-365": "2013-10-06", "1 day ago": "2014-10-05", "3 days ago": "2014-10-03", "a week ago": "2014-09-29",
    "two weeks ago": "2014-09-22", "a fortnight ago": "2014-09-22", "one month ago": "2014-09-06", "12 months ago": "2013-10-06",
    "10 months ago": "2013-12-06", "3 years ago": "2011-10-06", "a year ago": "2013-10-06",
    "monday": "2014-10-06", "last monday": "2014-09-29", "next monday": "2014-10-13", "this monday": "2014-10-06",
    "friday": "2014-10-03", "Fri": "2014-10-03", "last friday": "2014-10-03", "next friday": "2014-10-10", "on friday": "2014-10-03",
    "tues": "2014-09-30", "sunday": "2014-10-05", "next sun": "2014-10-12",
    "3 mar": "2014-03-03", "3 March": "2014-03-03", "mar 3": "2014-03-03", "3rd of march": "2014-03-03", "march 3rd": "2014-03-03",
    "6 oct": "2014-10-06", "7 oct": "2013-10-07", "31 dec": "2013-12-31", "1 jan": "2014-01-01", "29 feb": "2012-02-29",
    "3 sept. 2013": "2013-09-03", "3 march 2014": "2014-03-03", "march 3, 2014": "2014-03-03", "29 feb 2012": "2012-02-29",
    "1 jan 2030": "2030-01-01", "monday 6 october 2014": "2014-10-06", "Monday, 6 October 2014": "2014-10-06",
    "mon 3 mar": "2014-03-03", "3/3/2014": "2014-03-03", "25/12/2013": "2013-12-25", "12/25/2013": "2013-12-25",
    "31.1.2014": "2014-01-31", "2014/10/06": "2014-10-06", "2014.1.31": "2014-01-31",
}  # fmt: skip

ERRORS = {
    "": "isn't a date", "   ": "isn't a date", "2014-02-30": "no such day", "2013-02-29": "no such day", "2014-13-01": "no such day",
    "0000-01-01": "no such day", "30 feb": "no such day", "29 feb 2013": "no such day", "31 june": "no such day", "0 mar": "no such day",
    "3/4/2026": "2026-04-03 or 2026-03-04", "4/3/2026": "2026-03-04 or 2026-04-03", "3.4.2026": "could be", "13/13/2014": "no such day",
    "29/2/2013": "no such day", "2014/2/30": "no such day", "-99999 days": "isn't a date", "+99999": "2288-07-20", "-999999": "isn't a date",
    "99999 years ago": "no such day", "99999 days ago": "1740-12-22", "3000 years ago": "no such day", "soon": "isn't a date",
    "2014-1-1": "isn't a date", "２014-10-06": "isn't a date", "٣ mar": "isn't a date", "-٧": "isn't a date", "2014-10-06\x00": "isn't a date",
    "m": "isn't a date", "ma 3": "isn't a date", "3 foo": "isn't a date", "march": "isn't a date", "last": "isn't a date",
    "last week": "isn't a date", "previous friday": "isn't a date", "thirteen days ago": "isn't a date", "ten days ago": "2014-09-26", "days ago": "isn't a date",
    "tuesday 6 october 2014": "2014-10-06 is a Monday, not a Tuesday", "14-10-06": "isn't a date", "20141006": "isn't a date", "7": "isn't a date",
}  # fmt: skip


@pytest.mark.parametrize(("words", "day"), DAYS.items(), ids=repr)
def test_days(words: str, day: str) -> None:
    assert parse_day(words, TODAY).isoformat() == day


@pytest.mark.parametrize(("words", "says"), ERRORS.items(), ids=repr)
def test_what_names_no_day(words: str, says: str) -> None:
    if iso_day(says):
        assert parse_day(words, TODAY).isoformat() == says
        return
    with pytest.raises(WhenError, match=says) as error:
        parse_day(words, TODAY)
    assert str(error.value).endswith(".") or str(error.value).endswith("…")


@pytest.mark.parametrize(
    ("today", "words", "day"),
    [
        ("2012-02-29", "a year ago", "2011-02-28"),
        ("2012-02-29", "4 years ago", "2008-02-29"),
        ("2014-03-31", "1 month ago", "2014-02-28"),
        ("2014-03-31", "13 months ago", "2013-02-28"),
        ("2014-12-31", "tomorrow", "2015-01-01"),
        ("2014-01-01", "yesterday", "2013-12-31"),
        ("2014-01-01", "31 dec", "2013-12-31"),
        ("2014-01-31", "1 month ago", "2013-12-31"),
        ("1904-02-28", "29 feb", "1896-02-29"),
        ("2014-10-05", "sunday", "2014-10-05"),
        ("2014-10-05", "last sunday", "2014-09-28"),
        ("2014-10-05", "next sunday", "2014-10-12"),
    ],
)
def test_ends_of_months_and_years(today: str, words: str, day: str) -> None:
    assert parse_day(words, date.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    ("today", "words"),
    [(date.min, "yesterday"), (date.max, "tomorrow"), (date.min, "a month ago"), (date.min, "3 mar"), (date.max, "next friday"), (date.min, "-1")],
)  # fmt: skip
def test_the_ends_of_time(today: date, words: str) -> None:
    with pytest.raises(WhenError, match="no such day"):
        parse_day(words, today)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("2014-02-30", "The last day of that month is 2014-02-28."),
        ("2012-02-30", "The last day of that month is 2012-02-29."),
        ("2014-12-32", "The last day of that month is 2014-12-31."),
        ("9999-12-32", "The last day of that month is 9999-12-31."),
        ("2014-02-00", "Write a date like 2014-03-31."),
        ("2014-13-01", "Write a date like 2014-03-31."),
        ("0000-01-01", "Write a date like 2014-03-31."),
        ("30 feb", "Write a date like 2014-03-31."),
    ],
)
def test_a_day_that_is_none_comes_with_a_way_out(words: str, way: str) -> None:
    with pytest.raises(WhenError) as error:
        parse_day(words, TODAY)
    assert str(error.value) == f"There is no such day: “{words}”. {way}"


@given(st.dates(), st.dates())
def test_iso_days_come_back(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == iso_day(day.isoformat()) == day
    spelt = f"{day.day} {day.strftime('%B')} {day.year:04d}"
    assert parse_day(f"{day.strftime('%A')} {spelt}", today) == parse_day(spelt, today) == day


@given(st.integers(-5000, 5000))
def test_offsets(days: int) -> None:
    assert parse_day(f"{days:+d}", TODAY) == TODAY + timedelta(days)


pieces = st.lists(
    st.sampled_from(["last", "next", "friday", "mar", "3", "29", "feb", "ago", "days", "a", "2014", "-", "+", "/", ".", " ", ",", "of", "99999", "years", "0", "\ud800", "\x1b"]),
    max_size=6,
)  # fmt: skip


@given(st.one_of(pieces.map(" ".join), pieces.map("".join), st.text(st.characters(exclude_categories=()), max_size=30)), st.dates())  # fmt: skip
@settings(max_examples=500)
def test_any_text_is_a_day_or_a_sentence(words: str, today: date) -> None:
    try:
        said = parse_day(words, today).isoformat()
    except WhenError as error:
        said = str(error)
    assert said.isprintable()
    said.encode()


@given(st.text())
def test_iso_days_are_strict(text: str) -> None:
    day = iso_day(text)
    assert day is None or day.isoformat() == text
