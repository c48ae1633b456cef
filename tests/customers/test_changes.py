"""Marks that are written under what a customer said or was promised are read as such, and change nothing else."""

from datetime import date

import pytest

from journal_tui.customers.changes import add_mark
from journal_tui.customers.loop import CustomerNote, loops
from journal_tui.customers.visit import LoopMark
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.vocabulary import Vocabulary

DAY, TODAY = date(2026, 10, 9), date(2026, 11, 30)
NOTE = """# Service review #customer/lab

## Frustrations

- Slow
  - [x] A cable done:2026-10-12
- [x] Loud, with a box of its own done:2026-10-12

## What we will improve

- [x] A second person @ann due:2026-10-14 done:2026-10-15
- [x] A spare done:2026-10-15
  - in the drawer
- [x] Two paragraphs done:2026-10-15

  of one promise
- [-] A mast – no budget
- [ ] Still open
"""


@pytest.mark.parametrize("what", ["told", "confirmed"])
@pytest.mark.parametrize("number", range(6))
def test_a_mark_can_be_written_under_each_thing_that_was_done(what: str, number: int) -> None:
    entry = Entry(DAY, NOTE, Vocabulary())
    kind = "service-review"

    def found(text: str) -> list[tuple[str, str, bool]]:
        visit = read_visit(Entry(DAY, text, Vocabulary()), kind)
        made = loops([CustomerNote(DAY, "a.md", visit)])
        return [(loop.text, loop.reached, loop.is_told) for loop in made]

    visit = read_visit(entry, kind)
    loop = loops([CustomerNote(DAY, "a.md", visit)])[number]
    text = apply(NOTE, add_mark(entry, kind, loop, LoopMark(what, TODAY)))
    before, after = found(NOTE), found(text)
    assert after[number][0] == before[number][0] and after[number][2]
    assert after[number][1] == ("refused" if before[number][1] == "refused" else what)
    del before[number], after[number]
    assert before == after
    assert [line for line in text.splitlines() if line not in NOTE.splitlines()] == [
        f"  - {what} {TODAY}"
    ]
