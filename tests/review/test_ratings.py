"""Medians, bands and distributions of ratings, on any scale."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.model import TEN, Scale
from journal_tui.review import ratings
from journal_tui.review.ratings import Band

VALUES = st.lists(st.floats(0, 10).map(lambda value: round(value, 1)), min_size=1, max_size=60)
SCALES = (TEN, Scale(1, 5), Scale(0, 100), Scale(1, 6), Scale(-3, 3))


@given(VALUES)
def test_the_median_is_that_of_the_library(values: list[float]) -> None:
    assert ratings.median(values) == pytest.approx(statistics.median(values))


@given(VALUES.filter(lambda values: len(values) > 1))
def test_quartiles_are_those_of_the_library(values: list[float]) -> None:
    found = [ratings.quantile(values, share) for share in (0.25, 0.5, 0.75)]
    assert found == pytest.approx(statistics.quantiles(values, n=4, method="inclusive"))


def test_the_band_is_a_tenth_of_the_scale_and_stays_on_it() -> None:
    assert ratings.band(7, TEN) == Band(6, 8)
    assert ratings.band(9.5, TEN) == Band(8.5, 10)
    assert ratings.band(1, Scale(1, 5)) == Band(1, 1.4)
    assert 7.1 in ratings.band(6.1, TEN)
    assert 7.2 not in ratings.band(6.1, TEN)
    assert str(ratings.band(6.5, TEN)) == "5.5 to 7.5"


@pytest.mark.parametrize("scale", SCALES)
@given(st.floats(0, 1))
def test_each_rating_is_in_one_step(scale: Scale, share: float) -> None:
    rating = round(scale.low + share * (scale.high - scale.low), 2)
    steps = ratings.steps(scale)
    step = steps[ratings.step_of(rating, scale)]
    assert step.low <= rating < step.high
    assert [one.high for one in steps[:-1]] == [one.low for one in steps[1:]]


def test_the_steps_of_scales() -> None:
    assert [step.label for step in ratings.steps(TEN)] == [str(n) for n in range(11)]
    assert [step.label for step in ratings.steps(Scale(1, 5))] == ["1", "2", "3", "4", "5"]
    assert [step.label for step in ratings.steps(Scale(0, 100))][::9] == ["0 to 10", "90 to 100"]


def test_the_search_for_a_step() -> None:
    steps = ratings.steps(TEN)
    assert steps[7].query(TEN, [7, 7.0]) == "rating:7"
    assert steps[7].query(TEN, [6.5, 7]) == "rating:>=6.5 rating:<7.5"
    assert steps[0].query(TEN, [0, 0.2]) == "rating:>=0 rating:<0.5"
    assert steps[10].query(TEN, [9.5, 10]) == "rating:>=9.5"


def test_what_is_usual_is_said_from_14_ratings_on_and_the_spread_from_42() -> None:
    none, few = ratings.usual([], TEN), ratings.usual([7] * 13, TEN)
    assert none.words == "No other day is rated yet."
    assert few.median is None
    assert few.words == ("It takes 14 other ratings to say what is usual, and there are 13.")
    some = ratings.usual([7] * 13 + [8], TEN)
    assert (some.median, some.low) == (7, None)
    assert some.words == (
        "Your usual rating is 7, the median of 14 other ratings. It takes 42 ratings to say how far they spread."
    )
    many = ratings.usual([5, 6, 7] * 14, TEN)
    assert (many.median, many.low, many.high) == (6, 5, 7)
    assert (
        many.words
        == "Your usual rating is 6, the median of 42 other ratings; half of them are from 5 to 7."
    )
    assert ratings.usual([6] * 42, TEN).words.endswith("; half of them are 6.")
