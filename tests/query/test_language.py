"""The language as the grammar describes it, and as any text at all."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.sanitize import one_line, visible
from journal_tui.errors import QueryError
from journal_tui.query import parser
from journal_tui.query.nodes import Mention
from journal_tui.query.parser import LONGEST, language, parse
from tests.query.query_fixtures import TODAY, FakePassage, answer, saying

VENDOR, OLD, OTHER = saying("A vendor's silence"), saying("the old machines"), saying("rain")
LATE = saying("the supplier was late")
MEANINGS: dict[str, tuple[list[FakePassage], list[FakePassage]]] = {
    "vendor silence": ([VENDOR], [saying("vendor"), OTHER]),
    '"old machines"': ([OLD], [saying("old new machines"), saying("old machinesx")]),
    "*port": ([saying("a report"), saying("AIRPORT")], [saying("po rt")]),
    "vendor OR supplier": ([VENDOR, LATE], [OTHER]),
    "vendor -contract": ([VENDOR], [saying("vendor and contracts"), OTHER]),
    "(vendor OR supplier) late": ([LATE], [VENDOR, saying("late")]),
    "#site-visit": ([saying("#Site-visit/depot")], [saying("site-visit"), saying("@site-visit")]),
    "@colm": ([saying("with @Colm.")], [saying("#colm"), saying("colm")]),
    "in:learning": ([saying("x", "learning")], [saying("x"), saying("x", "feedback")]),
    "rating:8+": ([saying(rating=8), saying(rating=9.5)], [saying(rating=7.9), saying()]),
    "rating:6..8": ([saying(rating=6), saying(rating=8)], [saying(rating=8.5), saying(rating=0)]),
    "date:2014-09..2014-11": (
        [saying(day=date(2014, 9, 1)), saying(day=date(2014, 11, 30))],
        [saying(day=date(2014, 8, 31)), saying(day=date(2014, 12, 1))],
    ),
    'since:"3 weeks ago"': ([saying(day=date(2014, 9, 15))], [saying(day=date(2014, 9, 14))]),
    "since:2014-10": ([saying(day=date(2014, 10, 1))], [saying(day=date(2014, 9, 30))]),
    "until:2015": ([saying(day=date(2015, 12, 31))], [saying(day=date(2016, 1, 1))]),
    "on:monday": ([saying(day=TODAY)], [saying(day=date(2014, 10, 7))]),
    "day:168": ([saying(number=168)], [saying(number=16), saying()]),
    "day:100..200": ([saying(number=100), saying(number=200)], [saying(number=99), saying()]),
    "words:300+": ([saying(length=300)], [saying(length=299)]),
    "has:rating": ([saying(has="rating remark")], [saying(has="remark")]),
    "-has:learning": ([saying(has="rating")], [saying(has="learning")]),
    "is:open": ([saying("x", "follow-up", states="open late")], [saying(states="done"), saying()]),
    "waiting:@ann": (
        [saying("x", "follow-up", states="open waiting @ann"), saying(states="open waiting @annabel")],
        [saying("@ann", "follow-up", states="open"), saying(states="open waiting @bob")],
    ),
    "kind:service-review": (
        [saying(kind="service-review"), saying(kind="service-review-autumn")],
        [saying(kind="service"), saying(kind="service-reviews"), saying()],
    ),
    "customer:depot": (
        [
            saying(record={"customers": {"named": ["depot"]}}),
            saying(record={"tags": ["customer/Depot/gate"]}),
            saying(record={"tags": ["customer/depots"]}),
        ],
        [saying("depot"), saying(record={"customers": {"named": ["lab"]}, "tags": ["depot"]})],
    ),
    "theme:estimates": (
        [saying("x #estimates", "feedback"), saying("x #Estimates/prices", "feedback")],
        [saying("#estimates", "learning"), saying("#estimates2", "feedback"), saying("x", "feedback")],
    ),
    "state:told": (
        [saying("x", "feedback", states="told")],
        [saying("x", "feedback", states="done"), saying("x", "follow-up", states="told")],
    ),
}  # fmt: skip


def _examples() -> list[str]:
    """The left column of the grammar."""
    lines = language().splitlines()
    column = min(len(row) - len(row.lstrip()) for row in lines if row.startswith(" "))
    rows = [row[column:] for row in lines if row.startswith(" " * column)]
    left = [re.split(r"  +", row) for row in rows if row[:1].strip()]
    return [piece for row in left for piece in row[:-1]]


def test_the_grammar_has_examples() -> None:
    assert len(_examples()) >= 20


@pytest.mark.parametrize("text", _examples())
def test_an_example_of_the_grammar_means_what_the_help_says(text: str) -> None:
    query = parse(text, TODAY)
    assert text in MEANINGS, "add a passage that it finds, and one that it doesn't"
    yes, no = MEANINGS[text]
    assert [passage for passage in yes if not query(passage)] == []
    assert [passage for passage in no if query(passage)] == []
    assert query.explain()


def test_everything_in_the_grammar_can_be_searched_for() -> None:
    said = re.findall(r'(?<!\S)-?(?:[a-z]+:(?:"[^"]+"|[^\s:]+)|#[\w-]+)', language())
    assert len(said) > 20
    for text in said:
        assert parse(text.rstrip(",;"), TODAY)


SIGNS = st.lists(
    st.sampled_from(
        [*"ab *\"#@/-.:é漢()<>=,0\x1b\x00\ud800\u202e",
        " OR ", " AND ", "in:", "rating:", "date:", "on:", "is:", "has:", "kind:", "..", "-(", "2014"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(max_size=200), SIGNS, st.text("ab (", max_size=LONGEST + 100)))
def test_any_text_is_a_query_or_says_why_not(text: str) -> None:
    query = answer(text)
    if isinstance(query, QueryError):
        assert 0 <= query.begin <= query.column <= len(text)
        said = str(query)
        assert said and one_line(said) == said and said[-1] in ".?”"
        return
    assert query(saying(text)) in (True, False)
    assert query(saying()) in (True, False)
    assert all(visible(line) == line and "\n" not in line for line in query.explain())
    for leaf in query.wanted:
        assert isinstance(leaf, Mention) or (leaf.words and all(leaf.words))


@given(st.text(max_size=40))
def test_a_plain_text_finds_itself(text: str) -> None:
    """Nothing but words: each text is found by its own words."""
    plain = " ".join(parser.words(text))
    if plain:
        assert parse(plain, TODAY)(saying(text))
        assert parse(f'"{plain}"', TODAY)(saying(text))
        assert not parse(f"-({plain})", TODAY)(saying(text))
