"""What a search asks for: a table of examples, and nothing that raises but QueryError."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.words import words
from journal_tui.errors import QueryError, UsageError
from journal_tui.query.grammar import LONGEST, Query, Term, holds, mention_matches, parse, places


def begins(*listed: str) -> Term:
    return Term(listed, True)


def whole(*listed: str) -> Term:
    return Term(listed, False)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("plan", [begins("plan")]),
        ("  plan \t b\n", [begins("plan"), begins("b")]),
        ("PLAN Åse ÉTÉ", [begins("plan"), begins("ase"), begins("ete")]),
        ("plan plan PLAN", [begins("plan")]),
        ('"plan"', [whole("plan")]),
        ('"the plan" b', [whole("the", "plan"), begins("b")]),
        ('"the pla', [begins("the", "pla")]),
        ('a"b c"', [begins("a", "b"), begins("c")]),
        ("don't", [begins("don", "t")]),
        ("well-known", [begins("well", "known")]),
        ("#plan", [begins("#plan")]),
        ("#Plan/Q3", [begins("#plan/q3")]),
        ("#plan/", [begins("#plan")]),
        ("@Jo.M", [begins("@jo.m")]),
        ("@jo,", [begins("jo")]),
        ("#two-words", [begins("#two-words")]),
        ('"#plan"', [whole("plan")]),
        ("# plan", [begins("plan")]),
        ("a@b.org", [begins("a", "b", "org")]),
        ("漢字", [begins("漢", "字")]),
        ("Привет", [begins("привет")]),
        ("10%", [begins("10")]),
        ("\x1b[2J", [begins("2j")]),
        ("a\x00b", [begins("a", "b")]),
        ('"" a', [begins("a")]),
        ('a ""', [begins("a")]),
        ("a --- b", [begins("a"), begins("b")]),
    ],
)
def test_examples(text: str, terms: list[Term]) -> None:
    assert parse(text) == Query(tuple(terms))


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "---", "#", "@", "\x1b", "\ud800", "…", '" - "']
)
def test_nothing_to_search_for_is_said(text: str) -> None:
    with pytest.raises(QueryError, match="Say what to search for") as caught:
        parse(text)
    assert isinstance(caught.value, UsageError)


def test_a_search_has_an_end() -> None:
    assert parse("a" * LONGEST).terms
    with pytest.raises(QueryError, match="at most") as caught:
        parse("word " * 2_000)
    assert caught.value.column == LONGEST


@given(st.text())
def test_any_text_is_a_query_or_says_why_not(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert query.terms
    assert all(term.words and all(term.words) for term in query.terms)
    assert query(words(text), frozenset()) in (True, False)


@given(st.text(st.sampled_from('ab "#@/-.é漢\x1b\x00\ud800'), max_size=LONGEST + 20))
def test_odd_texts_too(text: str) -> None:
    try:
        parse(text)
    except QueryError:
        pass


@pytest.mark.parametrize(
    "text", ['"' * LONGEST, "#" + "a/" * 900, "@a" * 900, "- " * 900, "#a." * 600]
)
def test_no_pattern_takes_long(text: str) -> None:
    try:
        parse(text)
    except QueryError:
        pass


TEXT = words("The plan of the planning: don't plan the plan")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("plan", True),
        ("pla", True),
        ("lan", False),
        ('"pla"', False),
        ('"the plan"', True),
        ('"plan the plan"', True),
        ('"plan of of"', False),
        ('"the pla', True),
        ("don't", True),
        ('"don t plan"', True),
        ("plan missing", False),
        ("planning the", True),
        ("#plan", False),
    ],
)
def test_a_query_is_called_with_words(query: str, found: bool) -> None:
    assert parse(query)(TEXT, frozenset()) is found


def test_where_a_phrase_begins() -> None:
    assert places(whole("the", "plan"), TEXT) == [0, 8]
    assert places(begins("the", "plan"), TEXT) == [0, 3, 8]
    assert places(whole("plan"), []) == []


def test_tags_and_people() -> None:
    mentions = frozenset(["#plan/q3", "#planning", "@jo"])
    assert parse("#plan")(TEXT, mentions)
    assert parse("#plan/q3 @jo plan")(TEXT, mentions)
    assert not parse("#q3")(TEXT, mentions)
    assert not parse("@plan")(TEXT, mentions)
    assert not mention_matches(whole("#plan"), "#planning")
    assert mention_matches(whole("#plan"), "#plan/q3")
    assert holds(begins("@j"), [], mentions)


@given(
    st.lists(st.sampled_from("ab"), max_size=8),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=3),
)
def test_phrases_against_every_place(text: list[str], phrase: list[str]) -> None:
    wanted = [i for i in range(len(text)) if text[i : i + len(phrase)] == phrase]
    assert places(whole(*phrase), text) == wanted
