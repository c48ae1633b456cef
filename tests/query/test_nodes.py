"""Conditions called with passages made up for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.tokenizer import words
from journal_tui.period import Period
from journal_tui.query.fields import Bounds
from journal_tui.query.nodes import (
    And,
    Condition,
    Matcher,
    Mention,
    Not,
    Or,
    Words,
    cheapest_first,
    explain,
    leaves,
)
from journal_tui.query.parser import parse
from tests.query.query_fixtures import TODAY, asks, saying

TEXT = "The plan of the planning: don't plan the plan"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("plan", True),
        ("pla", True),
        ("lan", False),
        ("*lan", True),
        ("*nni", True),
        ("*plan", True),
        ("*planx", False),
        ('"pla"', False),
        ('"the plan"', True),
        ('"plan the plan"', True),
        ('"plan of of"', False),
        ('"the pla', True),
        ('"the plax', False),
        ("don't", True),
        ("don't pla", True),
        ('"don t plan"', True),
        ("dont", True),
        ('"dont plan"', True),
        ('"the planning dont plan the"', True),
        ('"dont the"', False),
        ("plan missing", False),
        ("plan OR missing", True),
        ("-missing", True),
        ("plan -missing", True),
        ("plan -of", False),
        ("--plan", True),
        ("-(plan missing)", True),
        ("planning the", True),
        ("#plan", False),
        ("ÞE OR Thé", True),
    ],
)
def test_words_in_a_text(query: str, found: bool) -> None:
    assert parse(query, TODAY)(saying(TEXT)) is found


def test_where_a_phrase_begins() -> None:
    text = words(TEXT)
    assert Words(("the", "plan"), "whole").places(text) == [0, 8]
    assert Words(("the", "plan"), "begins").places(text) == [0, 3, 8]
    assert Words(("pla",), "begins").places(text) == [1, 4, 7, 9]
    assert Words(("lan",), "inside").places(text) == [1, 4, 7, 9]
    assert Words(("plan",), "whole").places([]) == []
    assert Words(("a", "b"), "whole").places(["b", "a"]) == []


SMALL = st.lists(st.sampled_from(["a", "b", "ab", "ba"]), max_size=8)


@given(SMALL, st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3))
def test_phrases_match_at_every_position_that_has_their_words(
    text: list[str], phrase: list[str]
) -> None:
    runs = [(place, text[place : place + len(phrase)]) for place in range(len(text))]
    whole = [place for place, run in runs if run == phrase]
    assert Words(tuple(phrase), "whole").places(text) == whole
    begun = [
        place
        for place, run in runs
        if run[:-1] == phrase[:-1] and len(run) == len(phrase) and run[-1].startswith(phrase[-1])
    ]
    assert Words(tuple(phrase), "begins").places(text) == begun


def test_tags_and_people() -> None:
    passage = saying("with #Plan/Q3 #planning @Jo.M and #Été, `#code`, a@b.org")
    for query in ("#plan", "#plan/", "#plan/q3", "#PLAN/Q", "@jo", "@jo.m", "#ete", "#planning @j"):
        assert parse(query, TODAY)(passage), query
    for query in ("#q3", "@plan", "#jo", "#code", "@b", "#plan/q4", "@jo.mm", "-#plan"):
        assert not parse(query, TODAY)(passage), query
    assert not Mention("#plan")(saying("plan"))


@pytest.mark.parametrize(
    ("compare", "yes", "no"),
    [
        (asks("rating", Bounds(6, 8)), [6, 7.5, 8], [5.9, 8.1, 0, None]),
        (asks("rating", Bounds(6, 8, open_low=True)), [6.1, 8], [6, None]),
        (asks("rating", Bounds(0, 8, open_high=True)), [0, 7.9], [8, None]),
        (asks("rating", Bounds(0, 0)), [0], [0.5, None]),
    ],
)
def test_numbers(compare: Condition, yes: list[float], no: list[float | None]) -> None:
    assert all(compare(saying(rating=value)) for value in yes)
    assert not any(compare(saying(rating=value)) for value in no)


def test_each_number_is_that_of_its_field() -> None:
    passage = saying(rating=1, number=2, length=3)
    for field, value in (("rating", 1), ("day", 2), ("words", 3)):
        for asked in (1, 2, 3):
            assert asks(field, Bounds(asked, asked))(passage) is (asked == value)
    assert asks("words", Bounds(0, 0))(saying())
    assert not asks("day", Bounds(0, 9_999))(saying())


def test_days() -> None:
    first, last = date(2014, 10, 6), date(2014, 10, 12)
    during = asks("date", Period(first, date(2014, 10, 13)))
    assert during(saying(day=first)) and during(saying(day=last))
    assert not during(saying(day=date(2014, 10, 5))) and not during(saying(day=date(2014, 10, 13)))
    # The calendar's own ends.
    for day in (date.min, date.max):
        assert parse(f"date:{day.isoformat()}", TODAY)(saying(day=day))
        assert parse("since:0001-01-01", TODAY)(saying(day=day))
        assert parse("until:9999-12-31", TODAY)(saying(day=day))
    assert [day for day in range(6, 13) if asks("on", (0, 6))(saying(day=date(2014, 10, day)))] == [
        6,
        12,
    ]


def test_a_kind_has_kinds_below_it() -> None:
    kind = asks("kind", "service")
    assert kind(saying(kind="service")) and kind(saying(kind="service-review"))
    assert not kind(saying(kind="services")) and not kind(saying(kind="")) and not kind(saying())


def test_what_a_matcher_consists_of() -> None:
    one, two, three = Words(("a",)), Mention("#b"), asks("kind", "c")
    matcher: Matcher = And((one, Not(Or((two, Not(three))))))
    assert leaves(matcher) == [(one, True), (two, False), (three, True)]
    assert leaves(Not(Not(one))) == [(one, True)]
    assert And(())(saying()) and not Or(())(saying())


LETTERS = st.text(st.sampled_from("aab1 .–-’é"), max_size=12)
ASKED = st.lists(st.sampled_from(["a", "ab", "aa", "b1", "1"]), min_size=1, max_size=3).map(tuple)


@given(LETTERS, ASKED, st.sampled_from(["whole", "begins"]))
def test_a_plain_text_matches_as_its_words_do(text: str, asked: tuple[str, ...], last: str) -> None:
    leaf = Words(asked, last)
    passage = saying(text)
    if passage.plain:
        assert leaf.is_in_plain(passage.plain) == bool(leaf.places(passage.words))
    else:
        assert not text or "é" in text
    assert leaf(passage) == bool(leaf.places(words(text)))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ('"a b" c rating:8', ["rated", "c", "a b"]),
        ("(a OR b) -c", ["c", "at least one"]),
        ("#tag word is:open", ["open", "“word”", "#tag"]),
    ],
)
def test_what_is_soon_told_comes_first(query: str, first: list[str]) -> None:
    matcher = cheapest_first(parse(query, TODAY).matcher)
    assert isinstance(matcher, And)
    said = [" ".join(explain(part)).casefold() for part in matcher.parts]
    assert all(
        words in told.replace("the words “", "") for words, told in zip(first, said, strict=True)
    )


def test_a_match_within_a_word_hides_no_later_match() -> None:
    assert Words(("a", "a"), "whole")(saying("ba a a"))
    assert Words(("a", "a"), "begins")(saying("ba a ab"))
    assert not Words(("a", "a"), "whole")(saying("ba a ab"))
    assert Words(("aa",), "begins")(saying("baa aab"))
