"""Answer what comes back from earlier days: a learning point, or an expectation to check.

Each answer is written under the line that it is about, in that line's own entry.
"""

from typing import TYPE_CHECKING

from journal_tui.entry import answer_changes
from journal_tui.entry.edit import TextEdit
from journal_tui.entry.entry import Entry
from journal_tui.entry.verdicts import Verdict

if TYPE_CHECKING:
    from journal_tui.journal import Journal, ListedExpectation, ReturningPoint, Saved


def give_verdict(
    journal: "Journal", point: "ReturningPoint", said: str, remark: str = ""
) -> "Saved":
    """Write a verdict of today under a learning point. Raise what `Journal.change` raises."""
    verdict = Verdict(said, journal.today(), remark)

    def edits(entry: Entry) -> list[TextEdit]:
        found = answer_changes.find_point(entry, point.text, point.line)
        return answer_changes.add_verdict(entry, found, verdict)

    saved = journal.change(point.day, edits, point.path)
    journal.point_returns.answer(journal.today())
    return saved


def say_what_happened(journal: "Journal", listed: "ListedExpectation", said: str) -> "Saved":
    """Write under an expectation what happened. Raise what `Journal.change` raises."""
    today = journal.today()

    def edits(entry: Entry) -> list[TextEdit]:
        found = answer_changes.find_expectation(entry, listed.expectation)
        return answer_changes.say_what_happened(entry, found, said, today)

    return journal.change(listed.day, edits, listed.path)
