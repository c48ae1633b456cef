"""A query in plain words."""

from datetime import date

import pytest

from journal_tui.entry.sanitize import one_line
from journal_tui.query.fields import FIELDS
from journal_tui.query.parser import parse
from tests.query.query_fixtures import TODAY


def lines(text: str) -> list[str]:
    return parse(text, TODAY).explain()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plan", "words that begin with “plan”"),
        ('"plan"', "the word “plan”"),
        ("*plan", "words with “plan” in them"),
        ('"old machines"', "the words “old machines”, whole and in this order"),
        ('"old mach', "the words “old mach…” in this order; the last may be longer"),
        ("he'll", "the words “he ll…” in this order; the last may be longer"),
        ("#Plan", "the tag #plan, or one that begins with it"),
        ("@Jo", "the person @jo, or one that begins with it"),
        ("in:learning", "in learning points"),
        ("in:todo,title", "in follow-ups or titles"),
        ("is:late", "a follow-up that is late"),
        ("has:tag", "the entry has tags"),
        ("has:rating", "the entry has a rating"),
        ('kind:"Service Review"', "a note of the kind service-review"),
        ("on:weekend", "on Saturday or Sunday"),
        ("rating:8", "rated 8"),
        ("rating:>=8", "rated 8 or more"),
        ("rating:>7,5", "rated above 7.5"),
        ("rating:<=8", "rated 8 or less"),
        ("rating:<8", "rated below 8"),
        ("rating:6..8", "rated 6 to 8"),
        ("rating:<0", "rated below 0"),
        ("day:168", "day 168"),
        ("day:100..200", "day 100 to 200"),
        ("words:>1234567", "words: above 1234567"),
        ("-plan", "not: words that begin with “plan”"),
        ("-in:title", "not: in titles"),
    ],
)
def test_one_condition(text: str, said: str) -> None:
    assert lines(text) == [said]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2014-W41", "2014-10-06", "2014-10-12"),
        ("date:last-month", "2014-09-01", "2014-09-30"),
        ('date:"last week"', "2014-09-29", "2014-10-05"),
        ("date:2014-09..2014-11", "2014-09-01", "2014-11-30"),
        ("date:2014-Q3", "2014-07-01", "2014-09-30"),
        ("date:2014", "2014-01-01", "2014-12-31"),
        ('since:"3 weeks ago"', "2014-09-15", ""),
        ("until:2014", "", "2014-12-31"),
        ("date:yesterday", "2014-10-05", "2014-10-05"),
        ("on:2014-10-06", "2014-10-06", "2014-10-06"),
    ],
)
def test_a_period_is_described_by_its_first_and_last_day(text: str, first: str, last: str) -> None:
    (said,) = lines(text)
    days = [day for day in dict.fromkeys((first, last)) if day]
    assert [word for word in said.replace(",", "").split() if word[0].isdigit()][
        : len(days)
    ] == days
    assert date.max.isoformat() not in said and date.min.isoformat() not in said


def test_what_belongs_together_is_indented() -> None:
    assert lines("plan (a OR b #c) -(d e) -(f OR g)") == [
        "words that begin with “plan”",
        "at least one of:",
        "  words that begin with “a”",
        "  all of:",
        "    words that begin with “b”",
        "    the tag #c, or one that begins with it",
        "not all of:",
        "  words that begin with “d”",
        "  words that begin with “e”",
        "not:",
        "  at least one of:",
        "    words that begin with “f”",
        "    words that begin with “g”",
    ]
    assert lines("-(-a)") == ["not:", "  not: words that begin with “a”"]


def test_every_field_is_explained() -> None:
    for name, field in FIELDS.items():
        for value in field.values or ("168",):
            said = lines(f"{name}:{value}")
            assert said and all(said)


def test_no_control_character_is_printed() -> None:
    for said in lines('kind:"\x1b[2J\x07\u202e" kind:\x9b plan'):
        assert one_line(said) == said
