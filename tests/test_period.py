"""Days in words, seen from Monday 6 October 2014."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.errors import WhenError
from journal_tui.period import (
    DUE_EXAMPLES,
    EXAMPLES,
    MONTHS,
    WEEKDAYS,
    iso_day,
    long_date,
    parse_day,
    parse_due,
    shift_day,
)
from tests.extent import examples

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
    "2012-2-29": "2012-02-29", "2014-10-6": "2014-10-06", "20120229": "2012-02-29", "20141006": "2014-10-06", "29.2.2012": "2012-02-29", "29-2-2012": "2012-02-29",
    "29. 2. 2012": "2012-02-29", "29.2.": "2012-02-29", "29.2": "2012-02-29", "29. 2.": "2012-02-29", "29/2": "2012-02-29", "2/29": "2012-02-29",
    "25.12.": "2013-12-25", "10/10": "2013-10-10", "29-feb-2012": "2012-02-29", "29feb2012": "2012-02-29", "3. march": "2014-03-03", "2014 mar 3": "2014-03-03",
    "2014, march 3rd": "2014-03-03", "march 3rd, 2014": "2014-03-03", "29. Februar 2012": "2012-02-29",
    "2014-10-06 Monday": "2014-10-06", "2014-10-06-monday": "2014-10-06", "mon 2014-10-06": "2014-10-06", "2014-10-06 (Mon)": "2014-10-06", "Mon, 13.10.2014": "2014-10-13",
    "the 3rd": "2014-10-03", "3rd": "2014-10-03", "on the 3rd": "2014-10-03", "the 6th": "2014-10-06", "the 7th": "2014-09-07", "the 31st": "2014-08-31", "1st": "2014-10-01",
    "friday the 13th": "2014-06-13", "friday 3rd": "2014-10-03", "the 3rd of last month": "2014-09-03", "3rd of next month": "2014-11-03", "the 31st of this month": "2014-10-31",
    "a week ago yesterday": "2014-09-28", "a week ago tuesday": "2014-09-23", "a week ago today": "2014-09-29", "two weeks before 3 march": "2014-02-17",
    "3 days before 2014-03-01": "2014-02-26", "a couple of days ago": "2014-10-04", "a quarter ago": "2014-07-06", "yesterday week": "2014-09-28",
    "a week last tuesday": "2014-09-23", "a year ago yesterday": "2013-10-05", "3 days earlier": "2014-10-03",
    "tuesday week": "2014-10-14", "monday week": "2014-10-13", "friday fortnight": "2014-10-24", "tomorrow week": "2014-10-14", "today week": "2014-10-13", "on tuesday week": "2014-10-14",
    "a week on tuesday": "2014-10-14", "a week tomorrow": "2014-10-14", "two weeks from friday": "2014-10-24", "3 days from now": "2014-10-09", "2 weeks from today": "2014-10-20",
    "in 3 days": "2014-10-09", "in a week": "2014-10-13", "in 3 days' time": "2014-10-09", "in three weeks’ time": "2014-10-27", "in a fortnight's time": "2014-10-20",
    "in 2 months": "2014-12-06", "a year later": "2015-10-06", "+7 days": "2014-10-13", "the day after tomorrow": "2014-10-08", "the day before yesterday": "2014-10-04",
    "tonight": "2014-10-06", "this morning": "2014-10-06", "last night": "2014-10-05", "yesterday evening": "2014-10-05", "tomorrow morning": "2014-10-07", "friday night": "2014-10-03",
    "end of the month": "2014-10-31", "the end of the month": "2014-10-31", "end of month": "2014-10-31", "end of next month": "2014-11-30", "end of last month": "2014-09-30",
    "end of the week": "2014-10-12", "start of the week": "2014-10-06", "end of the quarter": "2014-12-31", "end of last year": "2013-12-31", "first day of the month": "2014-10-01",
    "end of february": "2014-02-28", "last day of february 2012": "2012-02-29", "end of december": "2013-12-31", "eom": "2014-10-31", "eow": "2014-10-12", "eoq": "2014-12-31", "eoy": "2014-12-31",
    "friday next week": "2014-10-17", "tuesday of last week": "2014-09-30", "next week on monday": "2014-10-13", "this week friday": "2014-10-10",
    "previous friday": "2014-10-03", "coming friday": "2014-10-10", "coming monday": "2014-10-06", "last-friday": "2014-10-03",
}  # fmt: skip

ERRORS = {
    "": "isn't a date", "   ": "isn't a date", "2014-02-30": "February 2014 has 28 days", "2013-02-29": "February 2013 has 28 days", "2014-13-01": "months go from 1 to 12",
    "0000-01-01": "outside the calendar", "30 feb": "February has at most 29 days", "29 feb 2013": "February 2013 has 28 days", "31 june": "June has 30 days", "0 mar": "days are counted from 1",
    "3/4/2026": "2026-04-03 or 2026-03-04", "4/3/2026": "2026-03-04 or 2026-04-03", "3.4.2026": "could be", "13/13/2014": "months go from 1 to 12", "3/4": "3/4 could be 2014-04-03 or 2014-03-04", "3.4.": "2014-04-03 or 2014-03-04", "11.12.": "2013-12-11 or 2013-11-12",
    "32/1": "January has 31 days", "30.2.": "at most 29 days", "13.13.": "months go from 1 to 12", "0/3": "0/3 could be|counted from 1", "32nd": "at most 31 days", "the 0th": "counted from 1",
    "31st of last month": "September 2014 has 30 days", "20140230": "February 2014 has 28 days", "12345678": "months go from 1 to 12", "29.2.12": "year of two digits",
    "friday 2014-10-06": "2014-10-06 is a Monday, not a Friday", "3rd week": "isn't a date", "in 3 days ago": "isn't a date", "3 days before": "isn't a date", "a week later yesterday": "isn't a date",
    "end of soon": "isn't a date", "5 days time": "isn't a date", "next week": "isn't a date",
    "29/2/2013": "February 2013 has 28 days", "2014/2/30": "February 2014 has 28 days", "-99999 days": "1740-12-22", "+99999": "2288-07-20", "-999999": "isn't a date",
    "99999 years ago": "outside the calendar", "99999 days ago": "1740-12-22", "3000 years ago": "outside the calendar", "soon": "isn't a date",
    "２014-10-06": "isn't a date", "٣ mar": "isn't a date", "-٧": "isn't a date", "2014-10-06\x00": "isn't a date",
    "m": "isn't a date", "ma 3": "isn't a date", "3 foo": "isn't a date", "march": "isn't a date", "last": "isn't a date",
    "last week": "isn't a date", "thirteen days ago": "isn't a date", "ten days ago": "2014-09-26", "days ago": "isn't a date",
    "tuesday 6 october 2014": "2014-10-06 is a Monday, not a Tuesday", "14-10-06": "year of two digits", "7": "isn't a date",
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
    with pytest.raises(WhenError, match="outside the calendar"):
        parse_day(words, today)


def test_a_date_that_does_not_exist_is_refused_with_the_reason() -> None:
    with pytest.raises(WhenError) as error:
        parse_day("2024-02-30", TODAY)
    assert str(error.value) == "“2024-02-30” doesn't exist: February 2024 has 29 days."


def test_what_is_shown_as_an_example_is_understood() -> None:
    for words in EXAMPLES.split(", "):
        parse_day(words, TODAY)
    for words in DUE_EXAMPLES.split(", "):
        parse_due(words, TODAY)


DUE = {
    "2014-10-13": "2014-10-13", "2014-09-01": "2014-09-01", "friday": "2014-10-10", "monday": "2014-10-06", "fri": "2014-10-10", "this friday": "2014-10-10",
    "next monday": "2014-10-13", "last friday": "2014-10-03", "tomorrow": "2014-10-07", "today": "2014-10-06", "yesterday": "2014-10-05", "+7": "2014-10-13",
    "in 3 days": "2014-10-09", "in two weeks": "2014-10-20", "3 mar": "2015-03-03", "6 oct": "2014-10-06", "5 oct": "2015-10-05", "29 feb": "2016-02-29",
    "29.2.": "2016-02-29", "the 3rd": "2014-11-03", "the 6th": "2014-10-06", "the 31st": "2014-10-31", "friday the 13th": "2015-02-13", "25/12": "2014-12-25",
    "2014-W50": "2014-12-14", "week 50": "2014-12-14", "w40": "2015-10-04", "w41": "2014-10-12", "2014-10": "2014-10-31", "october": "2014-10-31", "september": "2015-09-30",
    "in october": "2014-10-31", "q4": "2014-12-31", "q3": "2015-09-30", "2014-Q4": "2014-12-31", "2014": "2014-12-31", "this week": "2014-10-12", "next week": "2014-10-19",
    "end of the month": "2014-10-31", "end of march": "2015-03-31", "weekend": "2014-10-12", "by friday": "2014-10-10", "tuesday week": "2014-10-14", "w53": "2016-01-03",
    "2014-10-13 14:00": "2014-10-13", "2014-10-13T14:00": "2014-10-13", "2014-10-13T14:00:00.000Z": "2014-10-13", "2014-10-13T14:00+02:00": "2014-10-13",
    "friday after next": "2014-10-17", "the monday after next": "2014-10-20", "fri. after next": "2014-10-17", "week after next": "2014-10-26",
    "the month after next": "2014-12-31", "friday of next week": "2014-10-17",
    "friday 14:00": "2014-10-10", "friday at 2pm": "2014-10-10", "friday, 2 pm": "2014-10-10", "tomorrow@9:30": "2014-10-07", "9999-12-31": "9999-12-31",
}  # fmt: skip


@pytest.mark.parametrize(("words", "day"), DUE.items(), ids=repr)
def test_what_is_due_lies_ahead_and_ends_a_period(words: str, day: str) -> None:
    assert parse_due(words, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("soon", "“soon” isn't a date. Try one of: friday"),
        ("", "isn't a date"),
        ("2014..2015", "isn't a date"),
        ("2014..", "isn't a date"),
        ("14:00", "isn't a date"),
        ("2014-02-30", "February 2014 has 28 days"),
        ("2014-W53", "2014 has no week 53"),
        ("3/4", "3/4 could be 2015-04-03 or 2015-03-04"),
        ("x" * 100_000, "isn't a date"),
    ],
)
def test_what_is_not_due_on_any_day(words: str, says: str) -> None:
    with pytest.raises(WhenError, match=says):
        parse_due(words, TODAY)


@given(st.dates(), st.dates())
def test_iso_days_come_back(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == iso_day(day.isoformat()) == day
    spelt = f"{day.day} {day.strftime('%B')} {day.year:04d}"
    assert parse_day(f"{day.strftime('%A')} {spelt}", today) == parse_day(spelt, today) == day


def _forms(day: date) -> list[str]:
    """All the unambiguous ways to write a date with its year."""
    month, name = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    year = f"{day.year:04d}"
    forms = [
        f"{year}-{day.month}-{day.day}", f"{year}{day.month:02d}{day.day:02d}", f"{year}/{day.month}/{day.day}", f"{year}.{day.month:02d}.{day.day:02d}",
        f"{day.day} {month} {year}", f"{day.day}th of {month}, {year}", f"{month} {day.day}, {year}", f"{month[:3]} {day.day}th, {year}", f"{day.day}-{month[:3]}-{year}",
        f"{day.day}{month[:3]}{year}", f"{year} {month} {day.day}", f"{day.isoformat()} {name}", f"{name[:3]}, {day.day}. {month} {year}",
    ]  # fmt: skip
    if day.day > 12 or day.day == day.month:
        forms += [f"{day.day}{sign}{day.month}{sign}{year}" for sign in "/.-"]
        forms += [f"{day.month}/{day.day}/{year}", f"{day.day:02d}. {day.month:02d}. {year}"]
    return forms


@given(st.dates(), st.dates())
def test_every_form_of_a_date_means_that_date(day: date, today: date) -> None:
    for words in _forms(day):
        assert parse_day(words, today) == parse_day(words.upper(), today) == day, words
        assert parse_due(words, today) == day, words


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.dates(date(1000, 1, 1), date(9000, 1, 1)))
def test_without_a_year_a_day_is_the_nearest_one_behind_or_ahead(day: date, today: date) -> None:
    for words in (
        f"{day.day} {MONTHS[day.month - 1]}",
        f"the {day.day}th",
        WEEKDAYS[day.weekday()],
    ):
        past, future = parse_day(words, today), parse_due(words, today)
        assert past <= today <= future
        assert (past == today) == (future == today)
        for found in (past, future):
            assert found.day == day.day or found.weekday() == day.weekday()


@given(st.integers(-5000, 5000))
def test_offsets(days: int) -> None:
    assert parse_day(f"{days:+d}", TODAY) == TODAY + timedelta(days)


pieces = st.lists(
    st.sampled_from(["last", "next", "friday", "mar", "week", "end of", "the", "from", "on", "in", "3rd", "14:00", "w", "q", "3", "29", "feb", "ago", "days", "a", "2014", "-", "+", "/", ".", " ", ",", "of", "99999", "years", "0", "\ud800", "\x1b"]),
    max_size=6,
)  # fmt: skip


@given(st.one_of(pieces.map(" ".join), pieces.map("".join), st.text(st.characters(exclude_categories=()), max_size=30)), st.dates())  # fmt: skip
@settings(max_examples=examples(500))
def test_any_text_is_a_day_or_a_sentence(words: str, today: date) -> None:
    for read in (parse_day, parse_due):
        try:
            said = read(words, today).isoformat()
        except WhenError as error:
            said = str(error)
        assert said.isprintable()
        said.encode()


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_days_are_shifted_within_the_calendar(day: date, count: int) -> None:
    to = shift_day(day, count)
    assert to == (day + timedelta(count) if 1 <= day.toordinal() + count <= 3_652_059 else None)
    to = shift_day(day, count % 1_200, "month")
    if to:
        months = (to.year - day.year) * 12 + to.month - day.month
        assert months == count % 1_200 and to.day <= day.day
        assert to.day == day.day or (to + timedelta(1)).day == 1
    else:
        assert day.year >= 9_900
    assert shift_day(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert shift_day(date(9999, 12, 5), 1, "month") is None
    assert shift_day(date(1, 1, 5), -1, "month") is None


@given(st.text())
def test_iso_days_are_strict(text: str) -> None:
    day = iso_day(text)
    assert day is None or day.isoformat() == text


@given(st.dates())
def test_long_dates_name_the_day(day: date) -> None:
    weekday, number, month, year = long_date(day).split()
    assert (int(number), int(year)) == (day.day, day.year)
    assert (weekday, month) == (day.strftime("%A"), day.strftime("%B"))


def test_a_long_date() -> None:
    assert long_date(date(2014, 10, 6)) == "Monday 6 October 2014"
