"""What an entry says of customers: whom it is about, what was said and promised, and what looks wrong."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.customers.visit import NO_VISIT, Visit, as_values, from_values
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.entry.vocabulary import Vocabulary

DAY = date(2026, 9, 17)
KIND = "service-review"
# The words of a leader who visits those who use the service, as a note.
NOTE = """# Service review – Laboratory

@helen and her deputy, @priya and I. #customer/lab

## How they find dealing with us

- Not being given estimates of how long things will take, so they don't know whether to get on with other work #estimates
  - [x] Tickets carry an estimate from the first reply @priya due:2026-10-01 done:2026-09-24
  - told 2026-10-28
  - confirmed 2026-11-12

## Frustrations with applications and services

- Instability: the label printers #printers
- Incidents that recur
  every Monday #printers/labels
  - since spring
  - [-] New printers – no money this year
  - told friday

## What they value

- "He rang back to the minute"

## What we will improve

- [ ] A second person who knows the lab @tomas waiting:@lena due:2026-10-30
- [ ] Rollers @mei re:#printers

## Learning points

- Bring the person who understands the cable #network
"""


def visit(text: str, kind: str = KIND, names: dict[str, tuple[str, ...]] | None = None) -> Visit:
    return read_visit(Entry(DAY, text, Vocabulary(names)), kind)


def sentences(found: Visit) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in found.problems]


def test_a_note_is_read_without_loss() -> None:
    found = visit(NOTE)
    assert (found.customers, found.is_visit, found.met) == (("lab",), True, ("helen", "priya"))
    assert [(one.section, one.text, one.line, one.themes) for one in found.feedback] == [
        (
            "dealings",
            "Not being given estimates of how long things will take, so they don't know whether to get on with other work #estimates",
            7,
            ("estimates",),
        ),
        ("frustrations", "Instability: the label printers #printers", 14, ("printers",)),
        (
            "frustrations",
            "Incidents that recur every Monday #printers/labels – since spring",
            15,
            ("printers/labels",),
        ),
        ("values", '"He rang back to the minute"', 23, ()),
    ]
    first, _, third, _ = found.feedback
    [promise] = first.promises
    assert (promise.text, promise.owner, promise.due) == (
        "Tickets carry an estimate from the first reply @priya",
        "priya",
        date(2026, 10, 1),
    )
    assert (promise.state, promise.closed) == ("done", date(2026, 9, 24))
    assert first.marks == (("told", date(2026, 10, 28)), ("confirmed", date(2026, 11, 12)))
    [refused] = third.promises
    assert (refused.state, refused.reason) == ("dropped", "no money this year")
    # A Friday is counted from the day of the note, which is a Thursday.
    assert third.marks == (("told", date(2026, 9, 18)),)
    general, named = found.promises
    assert (general.text, general.owner, general.about) == (
        "A second person who knows the lab @tomas",
        "tomas",
        "",
    )
    assert (named.text, named.owner, named.about) == ("Rollers @mei", "mei", "#printers")
    assert found.problems == ()


def test_an_entry_about_nothing_of_the_kind_is_no_visit() -> None:
    assert visit("# Day\n\n## Feedback\n\n- fine\n", "") == NO_VISIT
    assert visit("Tea with #customer/lab.\n\n## Learning points\n\n- x\n", "") == NO_VISIT
    assert visit("Tea with #customer/lab.\n\n## Feedback\n\n- about my talk\n", "") == NO_VISIT


@pytest.mark.parametrize(
    ("text", "kind", "customers"),
    [
        ("# Review #customer/Lab\n", KIND, ("lab",)),
        ("---\ncustomer: Westmere Laboratory\n---\n\n#customer/depot\n", KIND, ("westmere-laboratory",)),
        ("---\ncustomers: [lab, depot]\n---\n", KIND, ("lab", "depot")),
        ("---\ncustomer: lab, depot\n---\n", "", ("lab", "depot")),
        ("---\ntags: [customer/lab]\n---\n\nHello\n", KIND, ("lab",)),
        ("# Review\n\n- #customer/depot\n", "service-review-lab", ("lab",)),
        ("#customer/depot as in #customer/lab\n", "service-review-lab", ("lab",)),
        ("#customer/depot as in #customer/lab\n", KIND, ("depot", "lab")),
        ("#customer/lab/cold-store\n", KIND, ("lab",)),
        ("#customer/lab\n\n## Feedback\n\n- dear\n", "visit", ("lab",)),
    ],
)  # fmt: skip
def test_the_customer_is_named_in_the_text_the_front_matter_or_the_file(
    text: str, kind: str, customers: tuple[str, ...]
) -> None:
    found = visit(text, kind)
    assert found.is_visit
    assert found.customers == customers


def test_an_item_may_name_another_customer() -> None:
    found = visit("#customer/lab\n\n## Feedback\n\n- slow #customer/depot\n- dear\n")
    assert [one.customers for one in found.feedback] == [("depot",), ()]
    by_the_way = visit("# Day\n\n## Feedback\n\n- slow #customer/depot\n- good talk\n", "")
    assert not by_the_way.is_visit
    assert [one.text for one in by_the_way.feedback] == ["slow #customer/depot"]


def test_own_headings_are_named_in_the_settings() -> None:
    found = visit(
        "#customer/lab\n\n## Ärger\n\n- langsam\n\n## Wir versprechen\n\n- [ ] schneller\n",
        names={"frustrations": ("Ärger",), "improvements": ("Wir versprechen",)},
    )
    assert [(one.section, one.text) for one in found.feedback] == [("frustrations", "langsam")]
    assert [one.text for one in found.promises] == ["schneller"]


@pytest.mark.parametrize(
    "mark",
    [
        "- told 2026-10-28",
        "- Told: 2026-10-28",
        "- told @helen on 2026-10-28 by phone",
        "- told them 28 October 2026",
        "- [x] told 2026-10-28",
        "- [x] told them done:2026-10-28",
        "* told::2026-10-28",
    ],
)
def test_a_mark_may_be_written_in_other_ways(mark: str) -> None:
    [one] = visit(f"#customer/lab\n\n## Feedback\n\n- slow\n  {mark}\n").feedback
    assert one.marks == (("told", date(2026, 10, 28)),)
    assert (one.text, one.promises) == ("slow", ())


def test_marks_may_be_in_the_line_itself_or_under_a_promise() -> None:
    text = "#customer/lab\n\n## Feedback\n\n- slow told:2026-10-28\n  - [x] A cable done:2026-10-01\n    - confirmed 2026-11-01\n"
    [one] = visit(text).feedback
    assert (one.text, one.marks) == ("slow", (("told", date(2026, 10, 28)),))
    assert one.promises[0].text == "A cable"
    assert one.promises[0].marks == (("confirmed", date(2026, 11, 1)),)


@pytest.mark.parametrize(
    "words",
    [
        "told us twice",
        "they told 2026-10-28",
        "[ ] told them",
        "[ ] told today",
        "confirmed by nobody else",
    ],
)
def test_what_only_begins_like_a_mark_is_none(words: str) -> None:
    [one] = visit(f"#customer/lab\n\n## Feedback\n\n- slow\n  - {words}\n").feedback
    assert one.marks == () and one.promises == ()


def test_feedback_with_a_box_is_its_own_promise() -> None:
    found = visit(
        "#customer/lab\n\n## Frustrations\n\n- [-] Slow – the cable stays\n- [x] Loud done:2026-10-01\n"
    )
    assert [one.promises[0].state for one in found.feedback] == ["dropped", "done"]
    assert found.feedback[0].promises[0].reason == "the cable stays"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Review\n\n## Feedback\n\n- slow\n", [(1, "a visit without a customer; add a tag such as #customer/depot")]),
        (
            '#customer/lab\n\n- "Slow"\n',
            [(3, "feedback without a section; put it under “Frustrations”, “What they value” or “Feedback”")],
        ),
        (
            "#customer/lab\n\n## Odds and ends\n\n- Slow\n  - told 2026-10-28\n",
            [(5, "feedback under “Odds and ends”; put it under “Frustrations”, “What they value” or “Feedback”, or name the heading under [sections] in journal.toml")],
        ),
        (
            "#customer/lab\n\n## Feedback\n\n- slow\n  - [x] Cable done:2026-09-01\n",
            [(6, "done on 2026-09-01, before it was said on 2026-09-17; correct one of the days")],
        ),
        (
            "#customer/lab\n\n## Feedback\n\n- slow\n  - [x] Cable done:2026-10-01\n  - [ ] told today\n",
            [
                (
                    7,
                    ("“told today” doesn’t count with an empty box; write told with the day, such as "
                    "told 2026-09-17, and no box"),
                )
            ],
        ),
        (
            "#customer/lab\n\n## Feedback\n\n- slow\n  - [x] Cable done:2026-10-01\n  - told today\n",
            [
                (
                    7,
                    ("“told today” is 2026-09-17, counted from this note’s day, and it was done on "
                    "2026-10-01; write the day, such as told 2026-10-01"),
                )
            ],
        ),
        (
            "#customer/lab\n\n## Feedback\n\n- slow\n  - told 2026-09-01\n",
            [(6, "told on 2026-09-01, before it was said on 2026-09-17; correct one of the days")],
        ),
        (
            "#customer/lab\n\n## Feedback\n\n- slow\n  - told\n  - confirmed 2026-02-31\n",
            [
                (6, "“told” without a day; write one such as told 2026-09-17"),
                (7, "“confirmed” without a day; write one such as confirmed 2026-09-17"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_read_and_reported(text: str, wanted: list[tuple[int, str]]) -> None:
    found = visit(text)
    assert sentences(found) == wanted
    assert found.feedback


def test_an_attendance_list_is_not_feedback() -> None:
    found = visit("# Review #customer/lab\n\n- @helen\n- her deputy\n\n## Agenda\n\n- printers\n")
    assert (found.feedback, found.problems) == ((), ())


PIECES = st.lists(
    st.sampled_from(
        [
            "- slow #x\n", "  - [x] done it done:2026-10-01\n", "  - [-] no – why\n", "  - told 2026-10-28\n", "    - told\n",
            "## Feedback\n\n", "## Frustrations\n\n", "# Title\n\n", "#customer/lab\n\n", "---\ncustomer: lab\n---\n", "> - quoted\n",
            "- [ ] p re:#x\n", "1. one\n", "\n", "word\n", "```\n", "\t- tab\n", "• bullet\n", "- \n", "\ufeff", "\r\n", "é", "\ud800",
            "told:2026-10-28 ", "confirmed 9999-99-99\n", "re:\"", "- [x] told them\n",
        ]
    ),
    max_size=16,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text(max_size=80)), st.sampled_from(["", KIND, "service-review-lab"]))
def test_any_text_is_read_and_kept(text: str, kind: str) -> None:
    found = visit(text, kind)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= one.line <= lines for one in (*found.feedback, *found.promises))
    assert all(1 <= problem.line <= lines for problem in found.problems)
    values = as_values(found)
    assert from_values(values) == found._replace(problems=())
    if "\ud800" not in text:
        assert json.loads(json.dumps(values)) == values


@pytest.mark.parametrize(
    ("heading", "is_promised"),
    [
        ("Improvements", True), ("Our improvements:", True), ("Actions", True), ("Agreed actions", True),
        ("**What we’ll do**", True), ("What we promised", True), ("Promises", True), ("Follow-ups", False),
        ("Next steps", False), ("Improvements at the desk in 2025", False),
    ],
)  # fmt: skip
def test_follow_ups_under_usual_headings_are_promises(heading: str, is_promised: bool) -> None:
    text = f"#customer/lab\n\n## Frustrations\n\n- Slow\n\n## {heading}\n\n- [ ] A cable @ann\n"
    visit = read_visit(Entry(date(2026, 9, 17), text), "service-review")
    assert [one.text for one in visit.promises] == ["A cable @ann"] * is_promised
    assert [one.text for one in visit.feedback] == ["Slow"] and visit.problems == ()
    # In a day, it is a follow-up like any other.
    day = read_visit(
        Entry(
            date(2026, 9, 17), f"# Day\n\nAt the #customer/lab.\n\n## {heading}\n\n- [ ] A cable\n"
        ),
        "",
    )
    assert day.promises == ()


def test_a_quote_under_an_unknown_heading_is_read_and_reported() -> None:
    text = '#customer/lab\n\n## Pain points\n\n- "It drops" #network\n- Parked at the gate\n'
    visit = read_visit(Entry(date(2026, 9, 17), text), "service-review")
    assert [(one.text, one.section) for one in visit.feedback] == [('"It drops" #network', "")]
    [problem] = visit.problems
    assert problem.line == 5 and "feedback under “Pain points”" in problem.text


@pytest.mark.parametrize(
    ("heading", "section"),
    [("Complaints", "frustrations"), ("What annoys customers", "frustrations"), ("What they like", "values"), ("Praise", "values")],
)  # fmt: skip
def test_usual_headings_of_feedback(heading: str, section: str) -> None:
    visit = read_visit(
        Entry(date(2026, 9, 17), f"#customer/lab\n\n## {heading}\n\n- x\n"), "service-review"
    )
    assert [one.section for one in visit.feedback] == [section]


def test_the_empty_items_of_a_template_are_no_feedback() -> None:
    text = "#customer/lab\n\n## How they find dealing with us\n\n- \n\n## Frustrations\n\n- Slow\n- \n\n## What they value\n\n-\n"
    visit = read_visit(Entry(date(2026, 9, 17), text), "service-review")
    assert [one.text for one in visit.feedback] == ["Slow"]
    planned = read_visit(Entry(date(2026, 9, 17), text.replace("- Slow\n", "")), "service-review")
    assert planned.is_visit and planned.feedback == () and planned.customers == ("lab",)


def test_words_with_a_day_that_may_be_meant_as_a_mark_are_reported() -> None:
    found = visit(
        "# Service review – Lab #customer/lab\n\n## Frustrations\n\n"
        "- Slow\n  - [x] A cable done:2026-09-24\n    - told Helen 2026-10-05\n"
        "  - Told Helen (2026-10-28)\n  - told by phone on 2026-10-29\n"
        "- Loud – told 2026-10-30\n"
        "- Nobody told us before 2026-09-01 that it fails\n- We were told another day than 2026-10-05\n"
        "- Dear\n  - [ ] Get it confirmed due:2026-12-01\n    - by the board\n  - told us 2026-10-05\n"
        "- Read\n  - [x] Oil done:2026-09-24\n  - told them on 2026-10-28\n  - confirmed: 2026-10-29 by phone\n"
    )
    assert [line for line, _ in sentences(found)] == [7, 8, 9, 10]
    assert sentences(found)[1][1] == (
        "“Told Helen (2026-10-28)” isn't read as told; write “told 2026-10-28” as a separate item"
    )
    assert [mark.what for mark in found.feedback[-1].marks] == ["told", "confirmed"]


def test_a_quote_with_an_angle_bracket_below_a_heading_of_feedback_is_reported() -> None:
    text = '# Service review – Lab\n\n> A motto\n\n#customer/lab\n\n## What they value\n\n> "You rang back"\n'
    found = visit(f"{text}\n## Complaints\n\n- One\n\n  > in it\n\n## Notes\n\n> else\n")
    assert sentences(found) == [
        (
            9,
            "a quote with “>” under “What they value” isn't read as feedback; begin it with “- ”",
        )
    ]


def test_a_paragraph_after_what_is_nested_in_feedback_belongs_to_it() -> None:
    found = visit(
        "# Service review – Lab #customer/lab\n\n## Frustrations\n\n"
        "- It drops\n  - [x] A mast done:2026-09-24\n  - told 2026-10-28\n\n  Still near the crane #network\n\n- Slow\n"
    )
    first, second = found.feedback
    assert (first.text, first.themes) == ("It drops Still near the crane #network", ("network",))
    assert (len(first.promises), len(first.marks), second.text) == (1, 1, "Slow")
