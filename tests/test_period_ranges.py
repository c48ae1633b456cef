"""Ranges of days in words, seen from Monday 6 October 2014."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.errors import WhenError
from journal_tui.period import MONTHS, PERIODS, Period, parse_day, parse_period
from tests.extent import examples

TODAY = date(2014, 10, 6)
ONE_DAY = timedelta(1)

# The words, and the first and the last day.
PERIODS_IN_WORDS = {
    "2014": "2014-01-01 2014-12-31", "2014-10": "2014-10-01 2014-10-31", "2012-2": "2012-02-01 2012-02-29",
    "2014/10": "2014-10-01 2014-10-31", "10/2014": "2014-10-01 2014-10-31", "10.2014": "2014-10-01 2014-10-31", "10-2014": "2014-10-01 2014-10-31", "w41-2014": "2014-10-06 2014-10-12",
    "october 2014": "2014-10-01 2014-10-31", "2014 October": "2014-10-01 2014-10-31", "Sept. 2013": "2013-09-01 2013-09-30",
    "October, 2014": "2014-10-01 2014-10-31", "october-2014": "2014-10-01 2014-10-31", "in october": "2014-10-01 2014-10-31",
    "oct": "2014-10-01 2014-10-31", "march": "2014-03-01 2014-03-31", "nov": "2013-11-01 2013-11-30", "may": "2014-05-01 2014-05-31",
    "2014-Q3": "2014-07-01 2014-09-30", "q3 2014": "2014-07-01 2014-09-30", "2014q4": "2014-10-01 2014-12-31",
    "Q3": "2014-07-01 2014-09-30", "q4": "2014-10-01 2014-12-31", "q 1": "2014-01-01 2014-03-31", "quarter 2 2013": "2013-04-01 2013-06-30",
    "2014-W41": "2014-10-06 2014-10-12", "2014w01": "2013-12-30 2014-01-05", "2009-W53": "2009-12-28 2010-01-03",
    "week 41": "2014-10-06 2014-10-12", "w41": "2014-10-06 2014-10-12", "week-42": "2013-10-14 2013-10-20", "week 7 2014": "2014-02-10 2014-02-16",
    "KW 41 2014": "2014-10-06 2014-10-12", "kw41": "2014-10-06 2014-10-12", "2014-KW07": "2014-02-10 2014-02-16", "KW 7/2014": "2014-02-10 2014-02-16",
    "2014 Woche 7": "2014-02-10 2014-02-16", "semaine 7 2014": "2014-02-10 2014-02-16", "CW 7, 2014": "2014-02-10 2014-02-16", "kw. 7 2014": "2014-02-10 2014-02-16",
    "Týden 7 2014": "2014-02-10 2014-02-16", "Quartal 2 2013": "2013-04-01 2013-06-30", "2013 trimestre 2": "2013-04-01 2013-06-30", "Q2/2013": "2013-04-01 2013-06-30",
    "kw 40 2014..kw 41 2014": "2014-09-29 2014-10-12",
    "week 53": "2009-12-28 2010-01-03", "2014-W41-1": "2014-10-06 2014-10-06", "w41-7": "2014-10-12 2014-10-12",
    "this week": "2014-10-06 2014-10-12", "last week": "2014-09-29 2014-10-05", "next week": "2014-10-13 2014-10-19",
    "this month": "2014-10-01 2014-10-31", "last month": "2014-09-01 2014-09-30", "next month": "2014-11-01 2014-11-30",
    "this quarter": "2014-10-01 2014-12-31", "last quarter": "2014-07-01 2014-09-30", "next quarter": "2015-01-01 2015-03-31",
    "this year": "2014-01-01 2014-12-31", "last year": "2013-01-01 2013-12-31", "next year": "2015-01-01 2015-12-31",
    "previous month": "2014-09-01 2014-09-30", "current year": "2014-01-01 2014-12-31", "the last week": "2014-09-29 2014-10-05",
    "last 30 days": "2014-09-07 2014-10-06", "past 30 days": "2014-09-07 2014-10-06", "the last 1 day": "2014-10-06 2014-10-06",
    "past 3 months": "2014-07-07 2014-10-06", "last two weeks": "2014-09-23 2014-10-06", "last 2 years": "2012-10-07 2014-10-06",
    "last 2 quarters": "2014-04-07 2014-10-06", "last fortnight": "2014-09-23 2014-10-06", "past week": "2014-09-30 2014-10-06",
    "past month": "2014-09-07 2014-10-06", "last twelve months": "2013-10-07 2014-10-06", "last-30-days": "2014-09-07 2014-10-06", "last 99999 weeks": "0098-04-01 2014-10-06",
    "2014-10-06": "2014-10-06 2014-10-06", "today": "2014-10-06 2014-10-06", "yesterday": "2014-10-05 2014-10-05", "-7": "2014-09-29 2014-09-29",
    "last friday": "2014-10-03 2014-10-03", "last-friday": "2014-10-03 2014-10-03", "3 weeks ago": "2014-09-15 2014-09-15",
    "3-weeks-ago": "2014-09-15 2014-09-15", "day-before-yesterday": "2014-10-04 2014-10-04", "3-mar-2014": "2014-03-03 2014-03-03",
    "monday-6-october-2014": "2014-10-06 2014-10-06", "march 20": "2014-03-20 2014-03-20",
    "2014-09..2014-11": "2014-09-01 2014-11-30", "2014-09 .. 2014-11": "2014-09-01 2014-11-30", "2014-Q1...2014-Q2": "2014-01-01 2014-06-30",
    "2013…2014": "2013-01-01 2014-12-31", "2014-09 to 2014-11": "2014-09-01 2014-11-30", "from march to may": "2014-03-01 2014-05-31",
    "from-last-month-to-today": "2014-09-01 2014-10-06", "3.3.2014..25.12.2014": "2014-03-03 2014-12-25", "sept..oct": "2014-09-01 2014-10-31",
    "nov..feb": "2013-11-01 2014-02-28", "2014-W40..2014-W41": "2014-09-29 2014-10-12", "2014..2014-03": "2014-01-01 2014-03-31",
    "2014-03..2014": "2014-03-01 2014-12-31", "today..today": "2014-10-06 2014-10-06", "-7..yesterday": "2014-09-29 2014-10-05",
    "2014..": "2014-01-01 9999-12-31", "yesterday..": "2014-10-05 9999-12-31", "..2014": "0001-01-01 2014-12-31", "..-7": "0001-01-01 2014-09-29",
    "this weekend": "2014-10-11 2014-10-12", "weekend": "2014-10-04 2014-10-05", "last weekend": "2014-10-04 2014-10-05",
    "the next weekend": "2014-10-18 2014-10-19", "20141006": "2014-10-06 2014-10-06", "in 3 days": "2014-10-09 2014-10-09",
    "the 3rd..the 5th": "2014-10-03 2014-10-05", "a week ago yesterday..": "2014-09-28 9999-12-31", "end of the month": "2014-10-31 2014-10-31",
    "  LAST   Week ": "2014-09-29 2014-10-05", "\u22127..": "2014-09-29 9999-12-31",
}  # fmt: skip

REFUSED = {
    "2014-11..2014-09": "“2014-11..2014-09” runs backwards, from 2014-11-01 to 2014-09-30: put the earlier one first",
    "oct..mar": "from 2014-10-01 to 2014-03-31: put the earlier one first, and write its year",
    "monday..friday": "from 2014-10-06 to 2014-10-03", "today..yesterday": "from 2014-10-06 to 2014-10-05",
    "3/4/2026": "3/4/2026 could be 2026-04-03 or 2026-03-04: write one of them", "3/4/2026..5.4.2026": "2026-04-03 or 2026-03-04",
    "2014..3.4.2026": "2026-04-03 or 2026-03-04", "2014-W54": "There is no week 54: weeks go from W01 to W52, or to W53",
    "week 0": "no week 0", "KW 54 2014": "There is no week 54", "Quartal 5": "There is no quarter 5", "2014-W53": "2014 has no week 53: its last one is 2014-W52", "2014-Q5": "There is no quarter 5: quarters go from Q1 to Q4",
    "q0": "no quarter 0", "2014-13": "There is no month 13: months go from 01 to 12", "0/2014": "no month 0",
    "2014-02-30": "“2014-02-30” doesn't exist: February 2014 has 28 days", "2014-02-30..": "February 2014 has 28 days",
    "30 feb..": "“30 feb” doesn't exist: February has at most 29 days", "tuesday 6 october 2014": "2014-10-06 is a Monday, not a Tuesday",
    "0000": "which runs from year 1 to year 9999", "0000-10": "from year 1", "0000-Q1": "from year 1", "0000-W01": "from year 1", "0000-W53": "from year 1",
    "last 99999 months": "from year 1", "last 99999 years..": "from year 1",
    "last 0 days": "“last 0 days” covers no days", "past zero weeks": "isn't a date or a period",
}  # fmt: skip

NOTHING = [
    "", " ", "..", " … ", "a..b", "2014..2015..2016", "2014..banana", "banana..", "soon", "last", "week", "last weeks", "last day", "this day",
    "other week", "last few days", "2014-2015", "w123", "q", "2014-", "2014-Q", "2014-Q3-x", "2014-w41-9", "2014-W1-1", "2014 41", "to", "from 2014",
    "day 168", "day-168", "-", "--", "2014-10-06T10:00", "２０１４", "٢٠١٤-Q٣", "2014\x00", "last\x00week", "\x1b[2J", "q3\u202e", "\udc80..\ud800",
]  # fmt: skip


def days(period: Period) -> str:
    """The first and the last day."""
    return f"{period.start.isoformat()} {period.last.isoformat()}"


@pytest.mark.parametrize(("words", "expected"), PERIODS_IN_WORDS.items(), ids=ascii)
def test_periods(words: str, expected: str) -> None:
    assert days(parse_period(words, TODAY)) == expected


@pytest.mark.parametrize(("words", "says"), REFUSED.items(), ids=ascii)
def test_what_is_refused_says_why(words: str, says: str) -> None:
    with pytest.raises(WhenError) as error:
        parse_period(words, TODAY)
    assert says in str(error.value)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("words", NOTHING, ids=ascii)
def test_a_query_without_a_field_shows_the_fields(words: str) -> None:
    with pytest.raises(WhenError) as error:
        parse_period(words, TODAY)
    assert str(error.value).endswith(f"isn't a date or a period. Try one of: {PERIODS}.")
    assert str(error.value).isprintable()


def test_what_is_shown_as_an_example_is_understood() -> None:
    for words in PERIODS.split(", "):
        assert parse_period(words, TODAY).contains(parse_period(words, TODAY).start)


def test_the_half_of_a_range_that_is_wrong_is_named() -> None:
    with pytest.raises(WhenError, match="“bananas” isn't a date or a period"):
        parse_period("2014..bananas", TODAY)


def test_days_are_read_by_the_given_function() -> None:
    asked = []

    def day(words: str) -> date:
        asked.append(words)
        return date(2014, 10, 6) if words == "day 168" else parse_day(words, TODAY)

    for words in ("day 168", "day-168", "Day  168"):
        assert days(parse_period(words, TODAY, day)) == "2014-10-06 2014-10-06"
    assert days(parse_period("day-168..2014-12", TODAY, day)) == "2014-10-06 2014-12-31"
    assert set(asked) == {"day 168"}
    with pytest.raises(WhenError, match="isn't a date or a period"):
        parse_period("day one", TODAY, day)


def test_what_the_reader_of_days_refuses_stays_as_it_says() -> None:
    def day(words: str) -> date:
        raise WhenError("There is no entry for day 900.")

    with pytest.raises(WhenError, match=r"^There is no entry for day 900\.$"):
        parse_period("day 900", TODAY, day)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2014-10-06", "2014-10-06 (Monday)"),
        ("2014-09..2014-11", "2014-09-01 to 2014-11-30 (3 months)"),
        ("2014-10", "2014-10-01 to 2014-10-31 (1 month)"),
        ("2014", "2014-01-01 to 2014-12-31 (1 year)"),
        ("2012..2014", "2012-01-01 to 2014-12-31 (3 years)"),
        ("2013-02..2014-01", "2013-02-01 to 2014-01-31 (12 months)"),
        ("2014-W41", "2014-10-06 to 2014-10-12 (1 week)"),
        ("2014-W40..2014-W41", "2014-09-29 to 2014-10-12 (2 weeks)"),
        ("last 30 days", "2014-09-07 to 2014-10-06 (30 days)"),
        ("2014-10-06..2014-10-07", "2014-10-06 to 2014-10-07 (2 days)"),
        ("2014..", "2014-01-01 and later"),
        ("..2014", "2014-12-31 and earlier"),
        ("9999-12-31", "9999-12-31 (Friday)"),
        ("0001-01-01", "0001-01-01 (Monday)"),
        ("0001-01-01..9999-12-31", "any day"),
    ],
)
def test_a_period_in_words_for_a_person(words: str, said: str) -> None:
    assert str(parse_period(words, TODAY)) == said


@pytest.mark.parametrize(
    ("today", "words", "expected"),
    [
        ("2014-03-31", "past 1 month", "2014-03-01 2014-03-31"),
        ("2014-02-28", "past 1 month", "2014-01-29 2014-02-28"),
        ("2014-01-05", "last month", "2013-12-01 2013-12-31"),
        ("2014-01-05", "last quarter", "2013-10-01 2013-12-31"),
        ("2014-12-31", "next month", "2015-01-01 2015-01-31"),
        ("2014-12-31", "w01", "2014-12-29 2015-01-04"),
        ("2014-12-28", "w01", "2013-12-30 2014-01-05"),
        ("2016-01-02", "week 53", "2015-12-28 2016-01-03"),
        ("2014-10-12", "this week", "2014-10-06 2014-10-12"),
        ("2014-06-30", "q3", "2013-07-01 2013-09-30"),
        ("2014-07-01", "q3", "2014-07-01 2014-09-30"),
        ("9999-12-31", "this week", "9999-12-27 9999-12-31"),
        ("9999-12-31", "this year", "9999-01-01 9999-12-31"),
        ("9999-12-31", "last 2 days", "9999-12-30 9999-12-31"),
        ("0001-01-01", "this week", "0001-01-01 0001-01-07"),
        ("0001-01-01", "last 1 day", "0001-01-01 0001-01-01"),
    ],
)
def test_seen_from_other_days(today: str, words: str, expected: str) -> None:
    assert days(parse_period(words, date.fromisoformat(today))) == expected


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date.min, "last week"), (date.min, "last month"), (date.min, "last 2 days"), (date.min, "oct"), (date.min, "q4"), (date.min, "w02"),
        (date.min, "week 53"), (date.max, "next month"), (date.max, "next year"), (date.max, "next week"), (date.max, "tomorrow.."),
    ],
)  # fmt: skip
def test_the_ends_of_time(today: date, words: str) -> None:
    with pytest.raises(WhenError, match=r"calendar|no such day"):
        parse_period(words, today)


@given(st.dates(), st.dates())
def test_each_day_lies_in_its_periods(day: date, today: date) -> None:
    year, week, weekday = day.isocalendar()
    month, last = MONTHS[day.month - 1], monthrange(day.year, day.month)[1]
    quarter = (day.month + 2) // 3
    for words in (
        f"{year:04d}-W{week:02d}",
        f"week {week} {year:04d}",
        f"{year:04d}w{week:02d}",
    ):
        found = parse_period(words, today)
        assert found.contains(day)
        assert found.start == day - timedelta(weekday - 1)
        assert found.is_open or found.last == found.start + timedelta(6)
    for words in (
        f"{day.isoformat()[:7]}",
        f"{month} {day.year:04d}",
        f"{day.year:04d}-{month[:3]}",
    ):
        found = parse_period(words, today)
        assert (found.start, found.last) == (day.replace(day=1), day.replace(day=last))
    for words in (f"{day.year:04d}-Q{quarter}", f"q{quarter}-{day.year:04d}"):
        found = parse_period(words, today)
        assert found.contains(day)
        assert (found.start.day, found.start.month) == (1, quarter * 3 - 2)
        assert (found.last.year, found.last.month) == (day.year, quarter * 3)
    found = parse_period(f"{day.year:04d}", today)
    assert (found.start, found.last) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.dates())
def test_today_lies_in_each_unit_of_now(today: date) -> None:
    for unit in ("week", "month", "quarter", "year"):
        now = parse_period(f"this {unit}", today)
        assert now.contains(today)
        if now.start > date.min:
            before = parse_period(f"last {unit}", today)
            assert before.end == now.start
        if not now.is_open:
            assert parse_period(f"next {unit}", today).start == now.end


@given(st.dates(min_value=date(10, 1, 1)), st.integers(1, 400), st.sampled_from(["day", "week"]))
def test_so_many_days_up_to_today(today: date, count: int, unit: str) -> None:
    found = parse_period(f"last {count} {unit}s", today)
    assert found.last == today
    assert (today - found.start).days + 1 == count * (7 if unit == "week" else 1)


@given(st.dates(), st.dates(), st.dates())
def test_both_ends_of_a_range_belong_to_it(one: date, other: date, today: date) -> None:
    first, last = sorted((one, other))
    found = parse_period(f"{first.isoformat()}..{last.isoformat()}", today)
    assert found.contains(first)
    assert found.contains(last)
    assert found.start == first
    assert found.last == last or last == date.max - ONE_DAY
    assert first == date.min or not found.contains(first - ONE_DAY)
    assert found.is_open or not found.contains(found.end)
    assert parse_period(f"{first.isoformat()}..", today) == Period(first, date.max)
    assert parse_period(f"..{last.isoformat()}", today) == Period(date.min, found.end)
    if first < last:
        with pytest.raises(WhenError, match="backwards"):
            parse_period(f"{last.isoformat()}..{first.isoformat()}", today)


@given(st.sampled_from([w for w in PERIODS_IN_WORDS if ".." not in w]), st.dates())
def test_a_period_without_a_year_has_begun_already(words: str, today: date) -> None:
    try:
        found = parse_period(words, today)
    except WhenError:
        return
    if words in {
        "oct",
        "march",
        "nov",
        "may",
        "Q3",
        "q4",
        "q 1",
        "week 41",
        "w41",
        "week-42",
        "week 53",
    }:
        assert found.start <= today
        assert (today - found.start).days < 8 * 366


pieces = st.lists(
    st.sampled_from(["last", "next", "this", "past", "week", "weeks", "month", "quarter", "year", "days", "q3", "w41", "W54", "-", "..", "…", " ", "to", "from", "2014", "0000", "9999",
        "10", "99999", "0", "oct", "friday", "ago", "/", ".", ",", "day", "168", "today", "the", "in", "\ud800", "\x1b", "٣"]),
    max_size=9,
)  # fmt: skip


@given(st.one_of(pieces.map(" ".join), pieces.map("".join), st.text(st.characters(exclude_categories=()), max_size=300)), st.dates())  # fmt: skip
@settings(max_examples=examples(1000))
def test_any_text_is_a_period_or_a_sentence(words: str, today: date) -> None:
    try:
        found = parse_period(words, today)
        assert found.start <= found.last
        assert found.contains(found.start)
        assert found.contains(found.last)
        said = str(found)
    except WhenError as error:
        said = str(error)
        assert len(said) < 400
    assert said.isprintable()
    said.encode()


DAY_WORDS = st.one_of(
    st.dates().map(date.isoformat),
    st.sampled_from(["today", "yesterday", "friday", "last monday", "3 days ago", "-7", "oct 10"]),
)


@given(DAY_WORDS, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_words_for_a_day_name_a_period_of_one_day(words: str, today: date) -> None:
    day = parse_day(words, today)
    found = parse_period(words, today)
    assert (found.start, found.last) == (day, day)


@pytest.mark.parametrize(
    "words",
    ["x" * 10_000, "2014-" * 2_000, "." * 10_000, "-" * 10_000, " " * 10_000, "last " * 2_000, "a-" * 5_000, "\x1b" * 10_000, "2014 to " * 1_250],
    ids=lambda words: ascii(words[:5]),
)  # fmt: skip
def test_long_texts_are_answered_without_reading_them(words: str) -> None:
    def never(words: str) -> date:
        raise AssertionError("a long text was read as a day")

    with pytest.raises(WhenError) as error:
        parse_period(words, TODAY, never)
    assert len(str(error.value)) < 400
