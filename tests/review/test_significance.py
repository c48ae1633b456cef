"""The statistics of good days, by brute force and beside those of scipy."""

import math
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.review import significance as our
from journal_tui.review.ratings import median
from tests.bench.good_days import persistent, tagged

VALUES = st.lists(st.integers(0, 20).map(lambda n: n / 2), min_size=4, max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[list[float], list[bool]]:
    """Draw ratings with marks, some of each."""
    values = draw(VALUES)
    marks = draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    marks[0], marks[-1] = True, False
    return values, marks


@given(st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=40))
def test_products_of_all_shifts(pairs: list[tuple[int, bool]]) -> None:
    numbers, marks = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    count = len(pairs)
    expected = [
        sum(numbers[(at + shift) % count] for at in range(count) if marks[at])
        for shift in range(count)
    ]
    assert our.shifted_sums(numbers, marks or [False]) == expected


def test_large_numbers_need_wider_digits() -> None:
    numbers = [2**31, 2**31 - 1, 7]
    assert our.shifted_sums(numbers, [True, True, False]) == [2**32 - 1, 2**31 + 6, 2**31 + 7]


@given(marked())
def test_the_p_value_is_the_share_of_shifts(drawn: tuple[list[float], list[bool]]) -> None:
    values, marks = drawn
    ranks, count = our.midranks(values), len(values)
    sums = our.shifted_sums(ranks, marks)
    middle = sum(sums) / count
    share = sum(abs(it - middle) >= abs(sums[0] - middle) - 1e-6 for it in sums) / count
    p, variance = our.shift_p(ranks, marks)
    assert variance == pytest.approx(sum((it - middle) ** 2 for it in sums) / count)
    if share > our.ALPHA:
        assert p == pytest.approx(share)
    else:
        assert share - 1 / count - 1e-9 <= p <= share


@given(marked())
def test_the_difference_is_the_median_of_all_pairs(drawn: tuple[list[float], list[bool]]) -> None:
    values, marks = drawn
    found = our.shift_test(values, our.midranks(values), marks)
    with_it = [value for value, mark in zip(values, marks, strict=True) if mark]
    others = [value for value, mark in zip(values, marks, strict=True) if not mark]
    assert found.difference == median([one - other for one, other in product(with_it, others)])
    assert found.low <= found.difference <= found.high
    assert found.inflation >= 1


def test_a_run_counts_for_less_than_single_days() -> None:
    random = Random(5)
    values = persistent(random, 240, 0.5)
    ranks = our.midranks(values)
    in_runs = our.shift_test(values, ranks, tagged(random, 240, 80, 20))
    apart = our.shift_test(values, ranks, tagged(random, 240, 80, 1))
    assert in_runs.inflation > 2 * apart.inflation
    assert in_runs.high - in_runs.low > apart.high - apart.low


def test_the_smallest_difference_is_that_of_the_table() -> None:
    # 8 against 200 days, and 40 against 40, at a spread of 1.8.
    assert our.smallest_difference(1.8, 8, 200, 1) == pytest.approx(1.8, abs=0.03)
    assert our.smallest_difference(1.8, 40, 40, 1) == pytest.approx(1.1, abs=0.03)
    assert our.smallest_difference(1.8, 40, 40, 4) == pytest.approx(2.25, abs=0.03)
    assert our.smallest_difference(1.8, 40, 40, 1, 30) > 1.5


def test_a_weekday_that_always_differs_by_the_same() -> None:
    assert our.week_test([1.0] * 8) == our.Difference(0.0, 1.0, 1.0, 1.0)
    assert our.week_test([0.0] * 8).p == 1


@given(st.dictionaries(st.integers(0, 99).map(str), st.floats(0, 1), max_size=40))
def test_discoveries_are_few(p_values: dict[str, float]) -> None:
    found = our.discoveries(p_values)
    assert all(p_values[name] <= our.ALPHA for name in found)
    worst = max((p_values[name] for name in found), default=0.0)
    assert {name for name in p_values if p_values[name] < worst} <= found


class TestBesideScipy:
    """What scipy computes, too."""

    @given(VALUES)
    def test_ranks(self, values: list[float]) -> None:
        stats = pytest.importorskip("scipy.stats")
        assert our.midranks(values) == [round(2 * rank) for rank in stats.rankdata(values)]

    @pytest.mark.parametrize("degrees", [1, 2, 3, 7, 17, 60, 300, 5_000])
    def test_students_distribution(self, degrees: int) -> None:
        stats = pytest.importorskip("scipy.stats")
        for t in (0, 0.1, 0.7, 1, 2, 3.5, 8, 20):
            expected = stats.t.sf(t, degrees)
            assert our.student_tail(t, degrees) == pytest.approx(expected, rel=1e-8, abs=1e-300)
        for share in (0.5, 0.9, 0.975, 0.999):
            expected = stats.t.ppf(share, degrees)
            assert our.student_quantile(share, degrees) == pytest.approx(
                expected, rel=1e-6, abs=1e-6
            )

    def test_the_normal_distribution(self) -> None:
        stats = pytest.importorskip("scipy.stats")
        for share in (0.5, 0.8, 0.975, 0.99999):
            assert our.normal_quantile(share) == pytest.approx(stats.norm.ppf(share), abs=1e-6)

    @given(st.lists(st.floats(-5, 5), min_size=3, max_size=40))
    def test_the_weeks_of_a_weekday(self, values: list[float]) -> None:
        stats = pytest.importorskip("scipy.stats")
        # Alternating signs leave no resemblance of neighbours to allow for.
        values = [(abs(value) + 0.1) * (-1) ** n for n, value in enumerate(values)]
        found = our.week_test(values)
        expected = stats.ttest_1samp(values, 0)
        if found.inflation == 1:
            assert found.p == pytest.approx(expected.pvalue, rel=1e-6)
            interval = expected.confidence_interval()
            assert (found.low, found.high) == pytest.approx((interval.low, interval.high), rel=1e-5)
        else:
            assert found.p >= expected.pvalue - 1e-9

    @given(marked())
    def test_the_variance_of_independent_days(self, drawn: tuple[list[float], list[bool]]) -> None:
        stats = pytest.importorskip("scipy.stats")
        values, marks = drawn
        if len(set(values)) == 1:
            return
        ranks, number = our.midranks(values), sum(marks)
        total = sum(rank for rank, mark in zip(ranks, marks, strict=True) if mark)
        away = total - number * sum(ranks) / len(ranks)
        z = abs(away) / math.sqrt(our.independent_variance(ranks, number))
        with_it = [value for value, mark in zip(values, marks, strict=True) if mark]
        others = [value for value, mark in zip(values, marks, strict=True) if not mark]
        expected = stats.mannwhitneyu(with_it, others, use_continuity=False, method="asymptotic")
        assert 2 * stats.norm.sf(z) == pytest.approx(expected.pvalue, abs=1e-9)

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
    def test_the_correction_for_all_questions(self, p_values: list[float]) -> None:
        stats = pytest.importorskip("scipy.stats")
        adjusted = stats.false_discovery_control(p_values)
        expected = {str(n) for n, p in enumerate(adjusted) if p <= our.ALPHA}
        assert our.discoveries({str(n): p for n, p in enumerate(p_values)}) == expected
