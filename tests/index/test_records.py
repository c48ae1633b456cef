"""What the index keeps of an entry, and the terms by which it finds it."""

import json
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.lines import LINE_END
from journal_tui.entry.prose import prose_spans
from journal_tui.entry.words import words
from journal_tui.index.postings import escape
from journal_tui.index.records import Record, mention_terms, record, unreadable
from journal_tui.index.terms import (
    ANY,
    ORDERED,
    PAIRS,
    PARTS,
    SHORT,
    TRIPLES,
    length_term,
    no_terms,
    number_term,
    pair_term,
    pair_terms,
    rating_term,
    terms_of,
    triple_term,
    triple_terms,
)

DAY = date(2014, 10, 6)
TEXT = """---
tags: [plan]
kind: Service Review
---

# Day 168 – Monday #depot

Prose with @colm.

- [ ] ask @jo due:2014-10-13

## Learning points

- old machines #plan
- rain

## Feedback

- fine

More prose.

Enjoyment: 9/10 – dry
"""
PIECES = st.lists(
    st.sampled_from(
        [
            "\n", "\n\n", "\r\n", "\r", " ", "# Title #tag", "word", "---\nkind: a\n---\n", "Title\n===\n", "## Lessons\n\n- a\n- @b\n",
            "Learning points: one; [a; #b](c); two", "- [ ] due:2014-01-01 x", "\n\nEnjoyment: 7/10 – fine\n\n", "## Feedback\n- c\n", "```",
            "\ufeff", "\x0c", "\u2028", "!!", "漢字", "हिन्दी", "ﷺ", "é", "\ud800",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip
TEXTS = st.one_of(PIECES, st.text(max_size=60))


def kept(text: str, path: str = "2014/2014-10-06.md") -> Record:
    return record(path, Entry(DAY, text))


def line(text: str, number: int) -> str:
    """The line of a text, counted from 1."""
    return LINE_END.split(text)[number - 1]


def test_a_record_says_what_the_entry_says() -> None:
    made = kept(TEXT)
    assert json.loads(json.dumps(made)) == made
    assert made == {
        "path": "2014/2014-10-06.md",
        "date": "2014-10-06",
        "title": "Day 168 – Monday #depot",
        "title_line": 6,
        "number": 168,
        "kind": "service-review",
        "rating": 9.0,
        "remark": "dry",
        "rating_line": 23,
        "learning": [["old machines #plan", 14], ["rain", 15]],
        "feedback": [["fine", 19]],
        "tasks": [["ask @jo", 10, False, "2014-10-13"]],
        "tags": ["plan", "depot"],
        "people": ["colm", "jo"],
        "words": made["words"],
        "prose": [list(span) for span in prose_spans(Entry(DAY, TEXT))],
        "problems": [],
    }
    assert set(unreadable("2014/2014-10-06.md", DAY, "No.")) == set(made)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("# T", 1),
        ("\n\n# T\n", 3),
        ("before\n\n# T", 3),
        ("## Learning points\n\n- a\n\n# T", 5),
        ("T\n===", 1),
        ("\r\n\r\nT\r\n===\r\n", 3),
        ("\r\rT\r", 3),
        ("first\n\nsecond", 1),
        ("\n \nfirst", 3),
        ("\ufeff\nfirst", 2),
        ("---\na: b\n---\n\nfirst", 5),
        ("---\na: b\n---\n\nfirst\n\n# T", 7),
        ("```\n# code\n```\n\n# T", 5),
        ("> # quoted\n\n# T", 3),
    ],
    ids=repr,
)
def test_the_line_of_the_title(text: str, number: int) -> None:
    assert kept(text)["title_line"] == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("no rating", 0),
        ("Enjoyment: 8", 1),
        ("# T\r\n\r\nEnjoyment: 8\r\n", 3),
        ("Enjoyment:\n\n8 – fine", 3),
        ("Enjoyment: 7\n\nEnjoyment: 8", 3),
        ("---\na: b\nrating: 8\n---\n", 3),
        ("---\nrating: 8\n---\nEnjoyment: 7", 4),
        ("Enjoyment: 11/10", 0),
    ],
    ids=repr,
)
def test_the_line_of_the_rating(text: str, number: int) -> None:
    assert kept(text)["rating_line"] == number


@given(TEXTS)
def test_lines_hold_what_is_said_to_stand_there(text: str) -> None:
    made = kept(text)
    if named := words(made["title"]):
        # A heading may go over several lines, the first of them being signs alone.
        from_there = LINE_END.split(text)[made["title_line"] - 1 :]
        assert words("\n".join(from_there))[:1] == named[:1]
    if made["rating"] is not None:
        assert any(c.isdigit() or c == "½" for c in line(text, made["rating_line"]))
    for said, number, *_ in made["learning"] + made["feedback"] + made["tasks"]:
        # A point that begins in the line before its words is told by where it begins.
        assert set(words(line(text, number))) & set(words(said)) or not words(said)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("2014/2014-10-06.md", "", ""),
        ("2014-10-06-service-review.md", "", "service-review"),
        ("a/b/2014-10-06-Service-Review.md", "", "service-review"),
        ("2014-10-06 The  Depot.md", "", "the-depot"),
        ("2014-10-06-Übung.md", "", "ubung"),
        ("2014-10-06_notes_.md", "", "notes"),
        ("2014-10-06-visit.md", "---\nkind: Retro\n---\n", "retro"),
        ("2014-10-06-visit.md", "---\nkind: ''\n---\n", "visit"),
        ("2014/2014-10-06.md", "---\nkind: Étude  one\n---\n", "etude-one"),
    ],
)
def test_the_kind_is_the_front_matters_or_else_the_names(path: str, text: str, kind: str) -> None:
    assert kept(text, path)["kind"] == kind


# -- terms ----------------------------------------------------------------------------------


def test_terms_of_each_part() -> None:
    entry = Entry(DAY, TEXT)
    listed, order, _ = terms_of(entry, record("2014-10-06.md", entry))
    found = {part: set(terms) for part, terms in listed.items()}
    assert all(len(found[part]) == len(terms) for part, terms in listed.items())
    facts = {term for term in found["entry"] if term[0] == "="}
    assert facts == {
        ANY, "=hlearning", "=hfeedback", "=hfollow-ups", "=hrating", "=hremark", "=htags", "=hpeople",
        "=kservice-review", "=n00000168", "=r09.", length_term(entry.words),
    }  # fmt: skip
    assert found["learning"] == {ANY, "old", "machines", "plan", "rain", "#plan"}
    assert found["feedback"] == {ANY, "fine"}
    assert found["follow-up"] == {ANY, "ask", "jo", "@jo", "=sopen", "=d2014-10-13"}
    assert found["title"] == {ANY, "day", "168", "monday", "depot", "#depot"}
    assert found["remark"] == {ANY, "dry"}
    assert found["prose"] == {ANY, "prose", "with", "colm", "@colm", "more"}
    assert {"#plan", "#depot", "@colm", "@jo", "tags", "kind", "due"} <= found["entry"]
    assert order["learning"] == [["old", "machines", "plan"], ["rain"]]
    assert order["entry"] == [words(TEXT)]
    assert set(found) == {*PARTS, PAIRS, TRIPLES} and set(order) == set(ORDERED)


@given(TEXTS)
def test_terms_are_those_of_the_words(text: str) -> None:
    entry = Entry(DAY, text)
    made = record("2014-10-06.md", entry)
    found, order, prose = terms_of(entry, made)
    [whole] = order["entry"]
    stretches = [text[start:end] for start, end in made["prose"]]
    assert [whole[start:end] for start, end in prose] == [
        list(map(escape, words(s))) for s in stretches
    ]
    assert order["entry"] == [list(map(escape, words(text)))]
    assert {term for term in found["entry"] if term[0] not in "=#@"} == set(
        map(escape, words(text))
    )
    named = set(map(escape, mention_terms(entry.tags, entry.people)))
    for part in PARTS:
        assert {term for term in found[part] if term[0] in "#@"} <= named
        assert (ANY in found[part]) == (part == "entry" or bool(made[_key(part)]))
        if part not in ("entry", "prose"):
            assert {word for listed in order[part] for word in listed} <= set(found[part])


def _key(part: str) -> str:
    return "tasks" if part == "follow-up" else part


def test_a_file_that_cannot_be_read_is_found_by_its_facts() -> None:
    found, order, prose = no_terms(unreadable("2014-10-06.md", DAY, "No."))
    assert {part: set(terms) for part, terms in found.items()} == {
        "entry": {ANY, "=hproblems", "=w00000000"}
    }
    assert order == {"entry": [[]]}
    assert prose == []


@given(st.floats(0, 10), st.floats(0, 10))
def test_ratings_sort_as_their_terms(one: float, two: float) -> None:
    one, two = round(one, 6), round(two, 6)
    assert (one < two) == (rating_term(one) < rating_term(two))
    assert escape(rating_term(one)[2:]) == rating_term(one)[2:]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_sort_as_their_terms(one: int, two: int) -> None:
    if one <= two:
        assert number_term(one) <= number_term(two)
        assert length_term(one) <= length_term(two)


PASSAGES = st.lists(st.lists(st.text("abc", min_size=1, max_size=2), max_size=8), max_size=3)


@given(PASSAGES)
def test_pairs_are_those_of_words_side_by_side(passages: list[list[str]]) -> None:
    terms = pair_terms(passages)
    pairs = [pair for passage in passages for pair in pairwise(passage)]
    assert sorted(terms) == sorted({pair_term(*pair) for pair in pairs})
    assert all(len(term) == 4 and escape(term) == term for term in terms)
    assert pair_term("in", "the") != pair_term("the", "in")


@given(st.lists(st.lists(st.text("ab", min_size=1, max_size=6), max_size=8), max_size=3))
def test_triples_are_those_of_short_words(passages: list[list[str]]) -> None:
    threes = [three for p in passages for three in zip(p, p[1:], p[2:], strict=False)]
    short = {triple_term(three) for three in threes if max(map(len, three)) <= SHORT}
    assert sorted(triple_terms(passages)) == sorted(map(str, short))
    assert all(triple_term(three) is None for three in threes if max(map(len, three)) > SHORT)


def test_triples_differ_by_their_order() -> None:
    orders = {triple_term(three) for three in permutations(("in", "the", "end"))}
    assert len(orders) == 6 and triple_term(("in", "the", "meeting")) is None
    assert escape(min(map(str, orders))) == min(map(str, orders))
