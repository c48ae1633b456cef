"""The agenda of a visit: what is on it, and that nothing in it counts again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.customers.agenda import agenda, is_only_text
from journal_tui.customers.loop import CustomerNote, Loop, loops
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.entry import Entry
from journal_tui.entry.vocabulary import Vocabulary, english

DAY = date(2026, 11, 20)
VISIT = """\
# Service review

#customer/lab

## Frustrations with applications and services

- "Nobody tells us how long" #estimates
  - [x] Tickets carry an estimate @priya due:2026-10-01 done:2026-09-24
- The printer jams #printers
  - [x] New rollers @mei done:2026-09-20
  - told 2026-09-21
- Slow
  - [ ] A cable @tomas due:2027-01-15
- Small screens
  - [-] Large ones dropped:2026-09-30 – no money
- Enough tea

## What they value

- You ring back

## What we will improve

- [ ] A second person waiting:@ann due:2026-12-01
- [ ] A list
"""
AGAIN = "## Frustrations\n\n- It jams again #printers\n\n#customer/lab\n"


def read(texts: dict[str, str]) -> list[Loop]:
    notes = []
    for day, text in texts.items():
        entry = Entry(date.fromisoformat(day), text)
        path = f"{day[:4]}/{day}-service-review-lab.md"
        notes.append(CustomerNote(entry.day, path, read_visit(entry, "service-review-lab")))
    return loops(notes)


def test_the_agenda_has_what_is_not_told_and_what_is_open() -> None:
    found = read({"2026-09-12": VISIT, "2026-10-20": AGAIN})
    first = "[[2026-09-12-service-review-lab|12 September 2026]]"
    assert agenda(found, "lab", DAY, english()).splitlines() == [
        "## From earlier visits",
        "",
        f'- Not yet told, {first}: "Nobody tells us how long" – Tickets carry an estimate (Priya, done on 24 September 2026)',
        f"- Not yet told, {first}: “Small screens” – Large ones – no money (dropped)",
        f"- Still open, {first}: A second person (Ann, for 1 December 2026)",
        f"- Still open, {first}: “Slow” – A cable (Tomas, for 15 January 2027)",
        f"- Still open, {first}: A list",
        "- Said again, [[2026-10-20-service-review-lab|20 October 2026]]: “It jams again”",
    ]


def test_there_is_none_for_another_customer_or_before_the_visit() -> None:
    found = read({"2026-09-12": VISIT})
    assert agenda(found, "depot", DAY, english()) == ""
    assert agenda(found, "lab", date(2026, 9, 12), english()) == ""
    assert agenda([], "lab", DAY, english()) == ""


@pytest.mark.parametrize(
    "words",
    [
        "[learned:: ask first]",
        "[enjoyment:: 7]",
        "due:friday",
        "(due 3 March)",
        "📅 2026-12-01",
        "expect: rain check:2027-01-01",
        "@`ann` and `#tag`",
        "- [ ] a box",
        "TODO: call",
        "Enjoyment: 9/10",
        "Learning points: one; two",
        "\u202e hidden",
        "#",
        "[[2026-10-06]] ``` <!-- ~~~ $$ %% <b>",
        "*a* _b_ **c",
        "]] | [[",
        "waiting:@ann told 2026-10-01",
    ],
)
@pytest.mark.parametrize("owner", ["", " @ann"])
def test_nothing_in_it_counts_again(words: str, owner: str) -> None:
    check(words, owner)


@given(st.text(max_size=80), st.sampled_from(["", " @ann", " #a/b due:2026-12-01"]))
def test_whatever_was_said_counts_once(words: str, owner: str) -> None:
    check(words, owner)


def check(words: str, owner: str) -> None:
    said = " ".join(words.split())
    visit = f"#customer/lab\n\n## Frustrations\n\n- x {said}\n  - [ ] y {said}{owner}\n"
    listed = agenda(read({"2026-09-12": visit}), "lab", DAY, english())
    note = "# Service review\n\n{}\n\n#customer/lab\n\n## Frustrations\n\n- z\n"
    plain, full = Entry(DAY, note.format("")), Entry(DAY, note.format(listed))
    assert full.outline.points[0].text == plain.outline.points[0].text == "z"
    assert len(full.outline.points) == 1 and full.tasks == ()
    assert (full.tags, full.people, full.rating) == (plain.tags, plain.people, None)
    assert full.problems == () and not full.expectations
    seen = read_visit(full, "service-review-lab")
    assert [one.text for one in seen.feedback] == ["z"]
    assert seen.promises == () and seen.problems == ()


def test_a_journal_whose_feedback_has_that_heading_gets_only_links() -> None:
    own = Vocabulary({"feedback": ("From earlier visits",)})
    assert not is_only_text("- Still open: x", DAY, own)
    lines = agenda(read({"2026-09-12": VISIT}), "lab", DAY, own).splitlines()
    assert lines[2] == "- Not yet told, [[2026-09-12-service-review-lab|12 September 2026]]"
