"""Bounds of a number in signs, and in a spelling that no shell obeys: `8+`, `..5`."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.query.fields import FIELDS, Bounds, NumberField
from journal_tui.query.parser import parse
from tests.query.query_fixtures import TODAY, asks

FOR_NUMBERS = [field for field in FIELDS.values() if isinstance(field, NumberField)]
INFINITE = float("inf")
NUMBERS = (
    st.decimals(0, 9_999_999, places=3)
    .map(lambda number: f"{float(number):g}")
    .filter(lambda text: "e" not in text)
)


def spelled(bounds: Bounds) -> str:
    """Write closed bounds without a sign that a shell obeys."""
    low, high = f"{bounds.low:g}", f"{bounds.high:g}"
    if bounds.high == INFINITE:
        return f"{low}+"
    return f"..{high}" if bounds.low == 0 else f"{low}..{high}"


@pytest.mark.parametrize("field", FOR_NUMBERS, ids=str)
@given(low=NUMBERS, high=NUMBERS, is_open=st.booleans())
def test_bounds_come_back_from_their_spelling(
    field: NumberField, low: str, high: str, is_open: bool
) -> None:
    low, high = sorted((low, high), key=float)
    bounds = Bounds(float(low), INFINITE if is_open else float(high))
    query = f"{field.name}:{spelled(bounds)}"
    assert shlex.quote(query) == query
    assert parse(query, TODAY).matcher == asks(field.name, bounds)


@pytest.mark.parametrize("field", FOR_NUMBERS, ids=str)
@given(number=NUMBERS)
def test_each_spelling_is_that_of_a_sign(field: NumberField, number: str) -> None:
    for plain, sign in ((f"{number}+", f">={number}"), (f"..{number}", f"<={number}")):
        one, other = (parse(f"{field.name}:{said}", TODAY) for said in (plain, sign))
        assert one.matcher == other.matcher
        assert one.explain() == other.explain()


def test_what_is_offered_and_shown_first_needs_no_quotes_in_a_shell() -> None:
    for field in FOR_NUMBERS:
        for example in (field.example(), *field.examples):
            assert shlex.quote(example) == example
    for name in ("rating", "words"):
        assert FIELDS[name].values[0].endswith("+")


@pytest.mark.parametrize("said", ["+", "8++", "+8", "8+9", "8+..9", "..8+", ">8+"])
def test_a_plus_elsewhere_is_not_understood(said: str) -> None:
    from journal_tui.errors import QueryError

    with pytest.raises(QueryError, match=r"isn't a number for “rating:”. Write rating:8\+"):
        parse(f"rating:{said}", TODAY)
