"""Where the review's chart and heat map put days, for any period and any room."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.app.review.columns import (
    axis,
    columns_of,
    row_of,
    rows_in_band,
    words_of,
)
from journal_tui.app.review.heat_grid import (
    CALENDAR,
    MONTHS_OF_DAYS,
    WEEKS,
    YEARS,
    grid_of,
)
from journal_tui.entry.model import TEN
from journal_tui.period import Period
from journal_tui.review.coverage import Counting
from journal_tui.review.ratings import Band
from journal_tui.review.review import Review, make_review
from journal_tui.review.span import (
    ALL,
    DAY,
    SPAN_KINDS,
    Span,
    parse_span,
    span_around,
    span_of_days,
)
from journal_tui.review.written_day import WrittenDay

TODAY = date(2026, 11, 20)
WORKDAYS = Counting("workdays", date(2026, 1, 1))
days = st.dates(date(1, 1, 1), date(9998, 12, 31))


def review_of(span: Span, written: Sequence[WrittenDay] = ()) -> Review:
    first = min((day.day for day in written), default=None)
    inside = span.within(first or TODAY, TODAY)
    listed = [day for day in written if inside.contains(day.day)]
    return make_review(span, inside, TODAY, listed, [], TEN, WORKDAYS, first_ever=first)


def rated(day: date, rating: float | None, words: int = 100) -> WrittenDay:
    return WrittenDay(day, f"{day}.md", rating=rating, words=words)


@given(
    kind=st.sampled_from([kind for kind in SPAN_KINDS if kind not in ("range", ALL)]),
    day=days,
    width=st.integers(1, 140),
    height=st.integers(1, 40),
)
def test_each_day_of_a_period_has_one_cell(kind: str, day: date, width: int, height: int) -> None:
    review = review_of(span_around(kind, day))
    grid = grid_of(review, {}, width, height)
    inside = [cell.first for cell in grid.cells if cell.is_inside]
    count = (review.days.last - review.days.start).days + 1
    assert len(inside) == len(set(inside)) == count
    at = grid.find(day)
    assert at is not None
    cell = grid.cell(*at)
    assert cell and cell.first == day == cell.last
    if grid.left + at[1] * grid.cell_width < width:
        assert grid.at(grid.left + at[1] * grid.cell_width, at[0]) == cell


@given(first=days, length=st.integers(1, 12_000), width=st.integers(1, 140))
def test_any_range_has_all_its_days_in_order(first: date, length: int, width: int) -> None:
    last = min(date.max - timedelta(1), first + timedelta(length))
    review = review_of(span_of_days(Period(first, last + timedelta(1)), TODAY))
    grid = grid_of(review, {}, width, 12)
    cells = list(grid.cells)
    assert min(it.first for it in cells) <= first
    assert max(it.last for it in cells) >= last
    columns = columns_of(review, {}, width)
    starts = [it.span.days.start for it in columns.bins]
    assert starts == sorted(set(starts))
    assert len(starts) * columns.width <= max(width, 1)
    assert len(axis(columns)) <= max(width, 1)


@pytest.mark.parametrize(
    ("words", "width", "height", "form"),
    [
        ("2026-11", 36, 12, CALENDAR),
        ("2026-W47", 36, 12, CALENDAR),
        ("2026-11-20", 36, 12, CALENDAR),
        ("2026-Q4", 36, 12, WEEKS),
        ("2026", 36, 12, MONTHS_OF_DAYS),
        ("2026", 58, 8, WEEKS),
        ("2026", 66, 13, MONTHS_OF_DAYS),
        ("2020..2026", 36, 12, YEARS),
    ],
)
def test_the_form_follows_the_period_and_the_room(
    words: str, width: int, height: int, form: str
) -> None:
    assert grid_of(review_of(parse_span(words, TODAY)), {}, width, height).form == form


@pytest.mark.parametrize(
    ("words", "width", "unit"),
    [
        ("2026-11", 76, DAY),
        ("2026-Q4", 76, "week"),
        ("2026-Q4", 120, DAY),
        ("2026", 76, "week"),
        ("2026", 50, "month"),
        ("2020..2026", 90, "month"),
        ("2000..2026", 120, "quarter"),
        ("1950..2026", 76, "year"),
    ],
)
def test_the_bars_are_the_shortest_unit_that_fits(words: str, width: int, unit: str) -> None:
    columns = columns_of(review_of(parse_span(words, TODAY)), {}, width)
    assert columns.unit == unit


def test_a_day_is_shown_in_its_week_with_the_days_beside_it() -> None:
    review = review_of(span_around(DAY, TODAY), [rated(TODAY, 7)])
    columns = columns_of(review, {date(2026, 11, 19): 4, date(2026, 11, 18): None}, 76)
    assert [(it.median, it.written) for it in columns.bins] == [
        (None, 0), (None, 0), (None, 1), (4, 1), (7, 1), (None, 0), (None, 0),
    ]  # fmt: skip
    assert axis(columns).split() == [
        "Mon",
        "16",
        "Tue",
        "17",
        "Wed",
        "18",
        "Thu",
        "19",
        "Fri",
        "20",
        "Sat",
        "21",
        "Sun",
        "22",
    ]


def test_words_are_counted_in_each_column() -> None:
    written = [rated(date(2026, 11, day), None, day) for day in (2, 3, 10)]
    review = review_of(span_around("quarter", TODAY), written)
    columns = columns_of(review, {}, 76)
    assert sum(words_of(columns, review)) == 15
    assert [words for words in words_of(columns, review) if words] == [5, 10]


@given(low=st.floats(0, 10), size=st.floats(0, 4), rows=st.integers(1, 20), rating=st.floats(0, 10))
def test_the_band_and_the_median_are_in_rows_of_the_chart(
    low: float, size: float, rows: int, rating: float
) -> None:
    band = Band(low, min(10.0, low + size))
    found = rows_in_band(band, 0, 10, rows)
    assert found == sorted(found) and all(0 <= row < rows for row in found)
    row = row_of(rating, 0, 10, rows)
    assert 0 <= row < rows
    if row not in (0, rows - 1):
        assert (rows - 1 - row) * 10 / rows <= rating + 1e-9 <= (rows - row) * 10 / rows + 1e-6
