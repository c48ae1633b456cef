"""What a long query costs: each different condition once, and no more of them than are allowed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.errors import QueryError
from journal_tui.query import highlight, positions
from journal_tui.query.highlight import spans
from journal_tui.query.nodes import And, Matcher, Not, Or, Words, leaves
from journal_tui.query.parser import LONGEST, MAX_CONDITIONS, parse, parse_partial
from journal_tui.query.positions import FEW_TERMS
from tests.query.query_fixtures import TODAY, answer, asks

MANY = [f"w{number}" for number in range(MAX_CONDITIONS + 1)]


def asked(text: str) -> Matcher:
    return parse(text, TODAY).matcher


@pytest.mark.parametrize(
    ("repeated", "once"),
    [
        ("a OR " * 397 + "a", "a"),
        ("a OR b OR " * 190 + "a", "a OR b"),
        ("(a OR a) OR ((a) OR a)", "a"),
        ("-a " * 600, "-a"),
        ('"a b" OR ' * 200 + '"a b"', '"a b"'),
        ("*ab OR " * 200 + "*ab", "*ab"),
        ("-(a b) OR " * 100 + "-(b a b a) OR -(a b)", "-(a b) OR -(b a)"),
        ("rating:8 OR rating:8", "rating:8"),
    ],
)
def test_a_condition_that_is_repeated_is_one(repeated: str, once: str) -> None:
    assert asked(repeated) == asked(once)


def test_conditions_of_different_types_do_not_count_as_repetitions() -> None:
    tags, kind = Not(asks("has", "tags")), Not(asks("kind", "tags"))
    assert list(map(repr, asked("-has:tags -kind:tags").parts)) == list(map(repr, (tags, kind)))
    assert repr(asked("-has:tags OR -kind:tags")) == repr(Or((tags, kind)))
    assert repr(asked("(has:tags a) OR (kind:tags a)")) == repr(
        Or((And((asks("has", "tags"), Words(("a",)))), And((asks("kind", "tags"), Words(("a",))))))
    )


def test_what_is_wanted_is_listed_once() -> None:
    query = parse("(a b) OR (a c) OR (a #d) OR (#d b) -a", TODAY)
    assert query.wanted == list(dict.fromkeys(query.wanted))
    assert len(query.wanted) == 4


@pytest.mark.parametrize("join", [" OR ", " ", " -", " OR *"])
def test_a_query_has_at_most_so_many_conditions(join: str) -> None:
    most = join.join(MANY[:-1])
    assert len(leaves(asked(most))) == MAX_CONDITIONS
    text = join.join(MANY)
    assert len(text) <= LONGEST
    found = answer(text)
    assert isinstance(found, QueryError)
    assert f"at most {MAX_CONDITIONS} " in str(found)
    assert found.exit_code == 2
    assert text[found.column :].lstrip("-*") == MANY[-1]
    query, error = parse_partial(text, TODAY)
    assert query is not None and repr(query.matcher) == repr(asked(most))
    assert str(error) == str(found)


def test_conditions_in_parentheses_count_too() -> None:
    text = " OR ".join(f"({name} OR {name}x)" for name in MANY[:70])
    found = answer(text)
    assert isinstance(found, QueryError) and "at most" in str(found)
    query, _ = parse_partial(text, TODAY)
    assert query is not None and len(query.wanted) == MAX_CONDITIONS


WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "bc", "ca", "é"]), max_size=12)
TERMS = st.builds(
    lambda listed, last: Words(tuple(listed[:1] if last == "inside" else listed), last),
    st.lists(st.sampled_from(["a", "ab", "b", "bc", "c", "zz"]), min_size=1, max_size=3),
    st.sampled_from(["whole", "begins", "inside"]),
)


@given(words=WORDS, terms=st.lists(TERMS, max_size=9))
def test_positions_of_many_terms_equal_those_of_each_term(
    words: list[str], terms: list[Words]
) -> None:
    expected = [term.places(words) for term in terms]
    assert positions.positions(terms, words) == expected
    # Few terms are looked for one by one, many in a list of the words.
    many = terms * (FEW_TERMS + 1)
    assert positions.positions(many, words) == expected * (FEW_TERMS + 1)


class _Counting(list[str]):
    """A list of words that counts how often it is gone through."""

    read = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        self.read += 1
        return super().__iter__()


def test_a_text_is_gone_through_once_for_all_terms() -> None:
    words = _Counting(["wine", "beer", "ale"] * 5)
    positions.positions([Words((name,)) for name in MANY], words)
    assert words.read == 1


def _marked_one_by_one(terms: list[Words], text: str) -> list[tuple[int, int]]:
    """The spans of each term by itself, joined: what marking all at once has to give."""
    found = [
        match.span(1)
        for term in terms
        for match in re.finditer(f"(?=({highlight.pattern(term)}))", text.lower())
    ]
    marked = {place for start, end in found for place in range(start, end)}
    # Spans that touch are one.
    starts = sorted(place for place in marked if place - 1 not in marked)
    ends = sorted(place + 1 for place in marked if place + 1 not in marked)
    return list(zip(starts, ends, strict=True))


@given(
    text=st.text("abc ;Z", max_size=20),
    query=st.lists(
        st.sampled_from(["a", "ab", "abc", "*ab", "*bc", '"a b"', '"a bc"', '"ab', "b", '"c"']),
        min_size=1,
        max_size=6,
        unique=True,
    ),
)
def test_marking_all_terms_at_once_marks_what_each_would(text: str, query: list[str]) -> None:
    parsed = parse(" OR ".join(query), TODAY)
    terms = [leaf for leaf in parsed.wanted if isinstance(leaf, Words)]
    assert spans(parsed, text) == _marked_one_by_one(terms, text)
