"""Answer what comes back from earlier days: a learning point, an expectation, or what a customer doesn't know yet.

Each answer is written under the line that it is about, in that line's own entry.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.customers.changes import add_mark, why_no_mark
from journal_tui.customers.visit import TOLD, LoopMark
from journal_tui.entry import answer_changes
from journal_tui.entry.edit import TextEdit, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.verdicts import Verdict
from journal_tui.errors import EntryError

if TYPE_CHECKING:
    from journal_tui.customers.loop import Loop
    from journal_tui.journal import Journal, ListedExpectation, ReturningPoint, SaveResult


class WrittenAnswer(NamedTuple):
    """An answer that was written: the save, its entry, the text before it, and whether it is a verdict on a point."""

    saved: "SaveResult"
    day: date
    path: str
    before: str
    is_verdict: bool


def give_verdict(
    journal: "Journal", point: "ReturningPoint", said: str, remark: str = ""
) -> WrittenAnswer:
    """Write under a learning point what became of it: `said` is one of `VERDICTS`, dated today.

    Raise what `Journal.change` raises.
    """
    verdict, before = Verdict(said, journal.today(), remark), ""

    def edits(entry: Entry) -> list[TextEdit]:
        nonlocal before
        before = entry.text
        found = answer_changes.find_point(entry, point.text, point.line)
        return answer_changes.add_verdict(entry, found, verdict)

    saved = journal.change(point.day, edits, point.path)
    journal.point_returns.answer(journal.today())
    return WrittenAnswer(saved, point.day, point.path, before, is_verdict=True)


def say_what_happened(journal: "Journal", listed: "ListedExpectation", said: str) -> WrittenAnswer:
    """Write under an expectation what happened. Raise what `Journal.change` raises."""
    today, before = journal.today(), ""

    def edits(entry: Entry) -> list[TextEdit]:
        nonlocal before
        before = entry.text
        found = answer_changes.find_expectation(entry, listed.expectation)
        return answer_changes.say_what_happened(entry, found, said, today)

    saved = journal.change(listed.day, edits, listed.path)
    return WrittenAnswer(saved, listed.day, listed.path, before, is_verdict=False)


def tell_customer(
    journal: "Journal", loop: "Loop", what: str = TOLD, day: date | None = None
) -> WrittenAnswer:
    """Write under a customer's feedback that the customer knows what was done, or confirmed that it helped.

    The mark `what`, TOLD or CONFIRMED, has the date `day`, by default today. Raise EntryError if
    the mark can't be right for this loop and day, and what `Journal.change` raises.
    """
    day = day or journal.today()
    if reason := why_no_mark(loop, what, day):
        raise EntryError(reason)
    before, place = "", loop.place

    def edits(entry: Entry) -> list[TextEdit]:
        nonlocal before
        before = entry.text
        kind = journal.kind_of_note(place.path, entry)
        return add_mark(entry, kind, loop, LoopMark(what, day))

    saved = journal.change(place.day, edits, place.path)
    return WrittenAnswer(saved, place.day, place.path, before, is_verdict=False)


def take_back(journal: "Journal", answer: WrittenAnswer) -> "SaveResult":
    """Remove an answer from its entry, so that journal asks for one again.

    Raise EntryError if it can't be found there, and what `Journal.change` raises.
    """
    after = answer.saved.text

    def edits(entry: Entry) -> list[TextEdit]:
        if entry.text == after:
            return smallest_edit(after, answer.before)
        change = smallest_edit(answer.before, after)[0]
        written = change.text
        if change.start != change.end or entry.text.count(written) != 1:
            raise EntryError(
                f"The answer has changed since in {answer.path}, so nothing was undone."
            )
        at = entry.text.index(written)
        return [TextEdit(at, at + len(written), "")]

    saved = journal.change(answer.day, edits, answer.path)
    if answer.is_verdict:
        journal.point_returns.take_back(journal.today())
    return saved
