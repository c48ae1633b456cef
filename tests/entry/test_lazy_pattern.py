"""A pattern that is compiled late does what one does that is compiled at once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.lazy_pattern import lazy_pattern

PATTERN = r"(?P<letter>[A-C])|(b+)"


@given(st.text("abcABCx ", max_size=20), st.sampled_from([0, re.IGNORECASE]))
def test_it_finds_what_a_compiled_pattern_finds(text: str, flags: int) -> None:
    late, early = lazy_pattern(PATTERN, flags), re.compile(PATTERN, flags)
    for method in ("match", "search", "fullmatch"):
        found, expected = getattr(late, method)(text), getattr(early, method)(text)
        assert (found and found.span()) == (expected and expected.span())
    assert [it.span() for it in late.finditer(text, 1)] == [
        it.span() for it in early.finditer(text, 1)
    ]
    assert late.findall(text) == early.findall(text) and late.split(text) == early.split(text)
    assert late.sub("-", text) == early.sub("-", text)
    assert late.subn("-", text) == early.subn("-", text)
    assert (late.pattern, late.flags) == (early.pattern, early.flags)


def test_a_fault_in_it_is_reported_when_it_is_used() -> None:
    late = lazy_pattern("(")
    with pytest.raises(re.error):
        late.search("a")


def test_it_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        getattr(lazy_pattern("a"), "groups_of")  # noqa: B009 - an attribute that mypy knows nothing of
