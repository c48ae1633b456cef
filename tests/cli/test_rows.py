"""What of a text is shown in a row, and which parts of it are marked as found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.query.highlight import excerpt, spans
from journal_tui.query.parser import Query
from journal_tui.query.parser import parse as read


def parse(text: str) -> Query:
    """A query without dates."""
    return read(text, date(2026, 11, 20))


def marked(query: str, text: str) -> list[str]:
    """The parts of the text that are marked."""
    return [text[start:end] for start, end in spans(parse(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("vend", "Vendor, vendors and a vend", ["Vend", "vend", "vend"]),
        ("zoe", "Zoë and ZOE", ["Zoë", "ZOE"]),
        ('"old machines"', "old machines, old big machines, old machinesx", ["old machines"]),
        ("old machines", "machines: the old ones", ["machines", "old"]),
        ("old older", "older", ["older"]),
        ("#depot", "depot #depot #depot/yard #other", ["#depot", "#depot/yard"]),
        ("@colm", "colm @colm @colman", ["@colm", "@colman"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("日", "日本", ["日"]),
        ("x", "nothing here", []),
        ("*port", "a report, ports", ["port", "port"]),
        ("old -machines", "old machines", ["old"]),
        ("old OR new", "new and old", ["new", "old"]),
        ("in:learning (old new)", "old, new", ["old", "new"]),
        ("rating:>=8", "8 or more", []),
    ],
)
def test_marks(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


def test_an_excerpt_shows_the_match_with_words_around_it() -> None:
    text = "long " * 40 + "rice is good " + "words " * 40
    shown, ranges = excerpt(text, spans(parse("rice"), text), 40)
    assert len(shown) <= 40
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [shown[start:end] for start, end in ranges] == ["rice"]


@given(
    st.text(alphabet="ab äß日😀\u0301.'-#@", max_size=120),
    st.text(alphabet="abäß日", min_size=1, max_size=3),
    st.integers(20, 60),
)
def test_marks_lie_within_and_never_overlap(text: str, query: str, width: int) -> None:
    ranges = spans(parse(query), text)
    shown, kept = excerpt(text, ranges, width)
    assert len(shown) <= max(width, 0)
    for listed, whole in ((ranges, text), (kept, shown)):
        position = 0
        for start, end in listed:
            assert position <= start < end <= len(whole)
            position = end
    assert len(kept) <= len(ranges)
    assert bool(kept) == bool(ranges)
