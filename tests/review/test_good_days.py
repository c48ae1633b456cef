"""What goes with good days: rarely something that isn't there, and nothing from too few days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

import pytest

from journal_tui.entry.model import TEN
from journal_tui.review.good_days import (
    LENGTH,
    PERSON,
    SEARCH,
    TAG,
    WEEKDAY,
    Factor,
    GoodDays,
    all_factors,
    make_good_days,
)
from journal_tui.review.span import ALL, span_around
from journal_tui.review.written_day import WrittenDay
from tests.bench.good_days import LAGS, RUNS, false_alarms, power, weekday_alarms, workdays
from tests.review.review_fixtures import TODAY, day


def written(
    ratings: Sequence[float | None], names: dict[str, Sequence[bool]] | None = None
) -> list[WrittenDay]:
    """Return workdays with these ratings, and with names where they are marked."""
    days = workdays(len(ratings))
    return [
        WrittenDay(
            day,
            f"{day}.md",
            rating=rating,
            words=100,
            names=tuple(name for name, marks in (names or {}).items() if marks[at]),
        )
        for at, (day, rating) in enumerate(zip(days, ratings, strict=True))
    ]


def found_in(days: Sequence[WrittenDay]) -> GoodDays:
    """Return what goes with good days among these."""
    span = span_around(ALL, TODAY)
    return make_good_days(span, span.days, TEN, days)


def asked(days: Sequence[WrittenDay], factor: Factor) -> GoodDays:
    """Return the answer to one question."""
    span = span_around(ALL, TODAY)
    return make_good_days(span, span.days, TEN, days, lambda rated: [factor], factor.name)


def every(step: int, count: int, first: int = 0) -> list[bool]:
    return [at % step == first for at in range(count)]


def test_a_difference_is_shown_with_its_numbers() -> None:
    random = Random(4)
    marks = [random.random() < 0.3 for _ in range(120)]
    values = [random.choice((5.0, 6.0, 7.0)) + 2 * mark for mark in marks]
    found = found_in(written(values, {"#Good": marks}))
    first = found.answers[0]
    assert first.is_shown and not first.may_be_weekday
    assert (first.factor.name, first.factor.kind) == ("#Good", TAG)
    assert first.with_it.number == sum(marks) and first.others == 120 - sum(marks)
    assert first.with_it.query == "#good rating:0+"
    assert first.difference.difference == 2
    assert first.difference.low > 0.5
    assert first.words.startswith(f"median 8 on {sum(marks)} days, 6 on {first.others} others; ")
    assert "typically 2 higher (+" in first.words


def test_fewer_than_eight_days_on_either_side_are_refused() -> None:
    marks = [at % 8 == 3 for at in range(60)][:53] + [False] * 7
    found = found_in(
        written([5.0 + at % 3 for at in range(60)], {"#few": marks, "#all": [True] * 60})
    )
    names = {it.factor.name: (it.with_it.number, it.others) for it in found.too_few}
    assert names["#few"] == (7, 53)
    assert names["#all"] == (60, 0)
    assert not {it.factor.name for it in found.answers} & {"#few", "#all"}
    words = [it.words for it in found.too_few if it.factor.name == "#few"]
    assert words == ["#few: on 7 rated days and not on 53; it takes 8 of each."]


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ([], "It takes 16 rated days to compare them, and there are 0."),
        ([7.0], "It takes 16 rated days to compare them, and there is 1."),
        ([None] * 40, "It takes 16 rated days to compare them, and there are 0."),
        ([6.5] * 40, "All 40 ratings are 6.5, so nothing can differ."),
    ],
)
def test_why_nothing_can_be_said(ratings: list[float | None], sentence: str) -> None:
    found = found_in(written(ratings))
    assert (found.refusal, found.answers, found.too_few) == (sentence, (), ())


def test_what_is_the_weekday_is_said_to_be_perhaps_only_that() -> None:
    random = Random(2)
    # Fridays are better, and the tag is used on three of four Fridays.
    days = workdays(300)
    values = [5.0 + 2 * (day.weekday() == 4) + random.choice((0, 0.5, 1)) for day in days]
    marks = [day.weekday() == 4 and random.random() < 0.75 for day in days]
    answers = {it.factor.name: it for it in found_in(written(values, {"#pub": marks})).answers}
    assert answers["Friday"].is_shown
    assert answers["#pub"].may_be_weekday and not answers["#pub"].is_shown
    assert answers["Friday"].weekday_p is None
    assert answers["Friday"].with_it.query == "on:friday rating:0+"


def test_one_question_is_tested_alone() -> None:
    random = Random(1)
    marks = {f"#{n}": [random.random() < 0.3 for _ in range(100)] for n in range(30)}
    values = [random.choice((4.0, 5, 6, 7, 8)) + 1 * mark for mark in marks["#0"]]
    days = written(values, marks)
    together = {it.factor.name: it for it in found_in(days).answers}
    has_it = frozenset(it.day for it, mark in zip(days, marks["#0"], strict=True) if mark)
    [alone] = asked(days, Factor("#0", SEARCH, has_it, "#0")).answers
    assert alone.difference.p == together["#0"].difference.p
    assert alone.is_shown and not together["#0"].is_shown
    assert alone.smallest < together["#0"].smallest


def test_the_length_of_short_days_agrees_with_its_number() -> None:
    days = [day._replace(words=at % 5 // 4) for at, day in enumerate(written([5.0] * 10, {}))]
    assert [it.name for it in all_factors(days) if it.kind == LENGTH] == ["1 word or more"]


def test_everything_is_asked() -> None:
    count = 200
    days = [
        day._replace(words=at, kinds=("one-to-one",) if at % 3 == 0 else ())
        for at, day in enumerate(
            written(
                [5.0 + at % 4 for at in range(count)],
                {"#tag": every(3, count), "@ann": every(4, count), "@anna": every(7, count)},
            )
        )
    ]
    found = found_in(days)
    kinds = {it.factor.name: it.factor.kind for it in found.answers}
    assert kinds["@ann"] == PERSON and kinds["#tag"] == TAG and kinds["kind:one-to-one"] == "kind"
    assert [name for name, kind in kinds.items() if kind == LENGTH] == ["133 words or more"]
    assert sum(kind == WEEKDAY for kind in kinds.values()) == 5
    # A search for @ann would find @anna, too.
    queries = {it.factor.name: it.with_it.query for it in found.answers}
    assert (queries["@ann"], queries["@anna"]) == ("", "@anna rating:0+")


def test_unrated_days_and_notes_of_periods_are_left_out() -> None:
    days = written([5.0 + at % 3 if at % 2 else None for at in range(80)], {"#a": every(4, 80, 1)})
    note = WrittenDay(days[0].day, "2014-W02.md", rating=9.0, names=("#a",), period="2014-W02")
    found = found_in([note, *days])
    assert found.rated.number == 40
    assert found.rated.query == "rating:0+ -kind:period"
    assert {it.factor.name: it.with_it.number for it in found.answers}["#a"] == 20


def test_it_can_be_stopped_and_then_says_nothing_half() -> None:
    days = written([5.0 + at % 3 for at in range(80)], {"#a": every(2, 80)})
    span = span_around(ALL, TODAY)
    seen: list[tuple[int, int]] = []
    stopped = make_good_days(
        span,
        span.days,
        TEN,
        days,
        progress=lambda *at: seen.append(at),
        stop=lambda: len(seen) == 2,
    )
    assert (stopped.answers, len(seen)) == ((), 2)
    seen.clear()
    made = make_good_days(span, span.days, TEN, days, progress=lambda *at: seen.append(at))
    assert seen[-1][0] == seen[-1][1] == len(made.answers) + len(made.too_few)


def test_a_weekday_in_few_weeks_is_refused() -> None:
    def factors(rated: Sequence[WrittenDay]) -> Iterator[Factor]:
        mondays = frozenset(it.day for it in rated if it.day.weekday() == 0)
        yield Factor("Monday", WEEKDAY, mondays, "on:monday")

    # Mondays alone in their weeks can't be compared with the rest of them.
    alone = [
        WrittenDay(date(2014, 1, 6) + timedelta(7 * n), "", rating=5.0 + n % 2) for n in range(20)
    ]
    other = [WrittenDay(date(2015, 1, 6) + timedelta(n), "", rating=6.0) for n in range(20)]
    span = span_around(ALL, TODAY)
    found = make_good_days(span, span.days, TEN, [*alone, *other], factors)
    assert [it.factor.name for it in found.too_few] == ["Monday"]


def test_one_question_has_few_false_alarms() -> None:
    shares = [false_alarms(Random(15), 150, lag, run, 1) for lag in LAGS for run in RUNS]
    # Of 900 journals; the share of 150 alone is uncertain by 1.8 %.
    assert sum(shares) / len(shares) <= 0.06
    assert max(shares) <= 0.1


@pytest.mark.parametrize("lag", LAGS)
def test_thirty_questions_have_few_false_alarms(lag: float) -> None:
    assert false_alarms(Random(16), 25, lag, 10, 30) <= 0.05


@pytest.mark.parametrize("lag", LAGS)
def test_weekdays_have_few_false_alarms(lag: float) -> None:
    assert weekday_alarms(Random(18), 100, lag) <= 0.06


@pytest.mark.parametrize("lag", LAGS)
def test_an_effect_that_is_there_is_found(lag: float) -> None:
    assert power(Random(17), 60, lag, 1) >= 0.8


def test_a_kind_whose_search_would_find_another_has_none() -> None:
    kinds = [("visit",), ("visit-lab",)]
    days = [day(f"2026-11-{n:02}", 5 + n % 3, kinds=kinds[n % 2]) for n in range(2, 8)]
    queries = {it.name: it.query for it in all_factors(days)}
    assert (queries["kind:visit"], queries["kind:visit-lab"]) == ("", "kind:visit-lab")
