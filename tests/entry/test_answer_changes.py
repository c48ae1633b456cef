"""Answers below points and expectations: where they are written, and that they are read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.answer_changes import (
    add_verdict,
    find_expectation,
    find_point,
    say_what_happened,
)
from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.expectations import Expectation, expectations
from journal_tui.entry.verdicts import VERDICTS, Verdict, verdicts_in, without_verdicts
from journal_tui.errors import EntryError
from tests.entry.markdown_texts import texts

DAY = date(2026, 10, 2)
LATER = date(2026, 11, 21)
STILL_TRUE = Verdict("still true", LATER)


def judged(text: str, *verdicts: Verdict, at: int = 0) -> str:
    for verdict in verdicts:
        entry = Entry(DAY, text)
        text = apply(text, add_verdict(entry, entry.points[at], verdict))
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- One\n- Two\n", "- One\n  - still true 2026-11-21\n- Two\n"),
        ("- One", "- One\n  - still true 2026-11-21"),
        ("* One\r\n* Two\r\n", "* One\r\n  * still true 2026-11-21\r\n* Two\r\n"),
        ("1. One\n2. Two\n", "1. One\n   - still true 2026-11-21\n2. Two\n"),
        (
            "- One\n  more of it\n\n  and more\n- Two\n",
            "- One\n  more of it\n\n  and more\n  - still true 2026-11-21\n- Two\n",
        ),
        (
            "- One\n  - a detail\n    - of a detail\n- Two\n",
            "- One\n  - a detail\n    - of a detail\n  - still true 2026-11-21\n- Two\n",
        ),
        ("- One\n\nEnjoyment: 8/10\n", "- One\n  - still true 2026-11-21\n\nEnjoyment: 8/10\n"),
        ("- One\n\n## More\n", "- One\n  - still true 2026-11-21\n\n## More\n"),
        ("- [x] One\n- [ ] Two\n", "- [x] One\n  - still true 2026-11-21\n- [ ] Two\n"),
        ("- [-] One – why\n  - a\n", "- [-] One – why\n  - a\n  - still true 2026-11-21\n"),
    ],
)
def test_a_verdict_is_written_below_all_that_belongs_to_the_point(before: str, after: str) -> None:
    head = "# A day\n\n## Learning points\n\n"
    assert judged(head + before, STILL_TRUE).endswith(after)


def test_verdicts_are_read_in_their_order_and_left_out_of_the_point() -> None:
    text = "## Learning points\n\n- Ask first #vendors\n  - a detail\n"
    acted = Verdict("acted on", date(2027, 2, 14), "the checklist; twice")
    after = judged(text, STILL_TRUE, acted)
    (point,) = Entry(DAY, after).points
    assert verdicts_in(point.text) == [STILL_TRUE, acted._replace(remark="the checklist, twice")]
    assert without_verdicts(point.text) == "Ask first #vendors – a detail"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One – still true 2026-11-21", "One"),
        ("One – still true 2026-11-21; a detail", "One – a detail"),
        ("One – a detail; no longer true 2026-11-21", "One – a detail"),
        ("One – still true 2026-02-30", "One – still true 2026-02-30"),
        ("It is still true that they acted on it", "It is still true that they acted on it"),
        ("One – Still true 2026-11-21 – in part", "One"),
        ("One – Still True 2026-11-21; ACTED ON 2026-11-30", "One"),
    ],
)
def test_what_is_left_of_a_point(text: str, shown: str) -> None:
    assert without_verdicts(text) == shown
    assert bool(verdicts_in(text)) == (shown != text)


def test_a_point_that_is_no_item_of_a_list_gets_no_verdict() -> None:
    entry = Entry(DAY, "Learning points: one; two; and three.\n")
    assert len(entry.points) == 3
    with pytest.raises(EntryError, match="misread below this point"):
        add_verdict(entry, entry.points[1], STILL_TRUE)


def test_a_point_is_found_where_it_is_now() -> None:
    entry = Entry(
        DAY, "New first line.\n\n## Learning points\n\n- One\n  - still true 2026-11-01\n"
    )
    assert find_point(entry, "One", 3).line == 5
    with pytest.raises(EntryError, match="edited since"):
        find_point(entry, "Another", 5)


@given(texts, st.sampled_from(VERDICTS), st.text(max_size=20))
def test_a_verdict_changes_nothing_else(text: str, said: str, remark: str) -> None:
    entry = Entry(DAY, text)
    for at, point in enumerate(entry.points):
        try:
            edits = add_verdict(entry, point, Verdict(said, LATER, remark))
        except EntryError:
            continue
        after = Entry(DAY, apply(text, edits))
        assert [p.text for n, p in enumerate(after.points) if n != at] == [
            p.text for n, p in enumerate(entry.points) if n != at
        ]
        assert verdicts_in(after.points[at].text)[-1].said == said
        assert after.rating == entry.rating or (
            after.rating and entry.rating and after.rating[:2] == entry.rating[:2]
        )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("expect: fewer calls check:2027-03-01", ("fewer calls", date(2027, 3, 1))),
        ("- Expected: fewer calls check:2027-03-01 by a half", ("fewer calls by a half", date(2027, 3, 1))),
        ("* **Expect:** fewer calls, check: in two weeks", ("fewer calls,", date(2026, 10, 16))),
        ("> expect: fewer calls check:friday", ("fewer calls", date(2026, 10, 2))),
        ("Expectation: fewer calls check-back:2026-W50", ("fewer calls", date(2026, 12, 13))),
        ("expect：fewer calls check：2026‑12‑13", ("fewer calls", date(2026, 12, 13))),
    ],
)  # fmt: skip
def test_an_expectation_is_read(line: str, expected: tuple[str, date]) -> None:
    text = f"# A day\n\n{line}\n"
    (found,) = expectations(text, DAY)
    assert (found.text, found.check, found.line) == (*expected, 3)
    assert Entry(DAY, text).expectations == [found]


def test_the_report_of_a_day_to_check_says_what_to_write_for_one() -> None:
    entry = Entry(DAY, "expect: it check:2027-02-30\n\nexpect: it check:fridy\n")
    assert [problem.text for problem in entry.problems] == [
        "“2027-02-30” doesn't exist: February 2027 has 28 days; try check:2027-02-28",
        "“fridy” isn't a date; try check:friday",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Expect: fewer calls about\npasswords check:2027-03-01\n", 1),
        ("- other\n- expect: fewer calls\n  check:2027-03-01\n", 2),
    ],
)
def test_a_day_to_check_on_the_next_line_is_reported(text: str, line: int) -> None:
    entry = Entry(DAY, text)
    assert [problem.line for problem in entry.problems] == [line]
    assert [one.check for one in entry.expectations] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "expect: fewer calls\n\ncheck: the depot\n",
        "- expect: fewer calls\n- check: the depot\n",
        "- expect: fewer calls\n  - check: the depot\n",
    ],
)
def test_another_line_that_says_check_is_not_reported(text: str) -> None:
    assert Entry(DAY, text).problems == ()


def test_an_expectation_in_capitals_is_read_or_reported() -> None:
    (found,) = Entry(DAY, "EXPECT: FEWER CALLS CHECK:2027-03-01\n").expectations
    assert (found.text, found.check) == ("FEWER CALLS", date(2027, 3, 1))
    (problem,) = Entry(DAY, "EXPECT: FEWER CALLS CHECK:2027-33-01\n").problems
    assert problem.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "They expect: a check:2027-03-01",
        "expect: 20 guests",
        "check:2027-03-01",
        "```\nexpect: it check:2027-03-01\n```",
        "I check: we expect:",
    ],
)
def test_other_lines_expect_nothing(text: str) -> None:
    assert expectations(text, DAY) == []


def test_a_day_to_check_that_cannot_be_read_is_reported() -> None:
    entry = Entry(DAY, "expect: it works check:2027-02-30\n\n- expect: more check:soonish\n")
    assert [one.check for one in expectations(entry.text, DAY)] == [None, None]
    assert [problem.line for problem in entry.problems] == [1, 3]


def answered(text: str, said: str) -> str:
    entry = Entry(DAY, text)
    return apply(text, say_what_happened(entry, expectations(text, DAY)[0], said, LATER))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- expect: it works check:friday\n- other\n",
            "- expect: it works check:friday\n  - happened 2026-11-21: it did\n- other\n",
        ),
        (
            "expect: it works check:friday\nmore of it\n\nOther.\n",
            "expect: it works check:friday\nmore of it\n- happened 2026-11-21: it did\n\nOther.\n",
        ),
        (
            "- [ ] expect: it works check:friday\n- [ ] other due:friday\n",
            "- [ ] expect: it works check:friday\n  - happened 2026-11-21: it did\n- [ ] other due:friday\n",
        ),
        (
            "- [x] expect: it works check:friday done:2026-10-03\n",
            "- [x] expect: it works check:friday done:2026-10-03\n  - happened 2026-11-21: it did\n",
        ),
    ],
)
def test_what_happened_is_written_below_and_read(before: str, after: str) -> None:
    assert answered(before, " it  did ") == after
    (found,) = expectations(after, DAY)
    assert found.answer == "it did"
    assert not found.is_due(LATER)


def test_an_answer_needs_words() -> None:
    with pytest.raises(EntryError, match="Say in a few words"):
        answered("expect: it check:friday\n", "  ")


def test_an_expectation_is_found_where_it_is_now() -> None:
    listed = Expectation("it works", 1, date(2026, 10, 2))
    entry = Entry(DAY, "More.\n\nexpect: it works check:friday\n")
    assert find_expectation(entry, listed).line == 3
    answered_entry = Entry(DAY, answered(entry.text, "yes"))
    with pytest.raises(EntryError, match="edited or answered"):
        find_expectation(answered_entry, listed)
