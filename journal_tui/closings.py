"""Close a week, a month, a quarter or a year: write what is kept of it into its note.

The note is made once. After that, only what it lacks is added; nothing in it is changed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from journal_tui.entry.edit import TextEdit, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.template import without_gap
from journal_tui.errors import EntryError, UsageError
from journal_tui.period import FIRST_YEAR, LAST_YEAR, calendar_period
from journal_tui.review.closing import Closing, ClosingFacts, complete_note

if TYPE_CHECKING:
    from journal_tui.journal import Journal, SaveResult
    from journal_tui.period import CalendarPeriod
    from journal_tui.review.span import Span


def period_to_close(journal: "Journal", span: "Span") -> "CalendarPeriod":
    """Return a span as the calendar period to close. Raise UsageError if it can't be closed."""
    period = span.calendar
    if period is None:
        raise UsageError(
            f"Only a week, a month, a quarter or a year can be closed, not {span.title}. "
            "Try: journal review last week --close"
        )
    check_closable(journal, period)
    return period


def check_closable(journal: "Journal", period: "CalendarPeriod") -> None:
    """Raise UsageError if a period is in the future, or is outside the years that have notes."""
    if calendar_period(*period) is None:
        raise UsageError(
            f"{period.title} can't be closed, because only periods from {FIRST_YEAR} to {LAST_YEAR} "
            f"have notes. To look back on it: journal review {period.name}"
        )
    if period.first > journal.today():
        raise UsageError(f"{period.title} hasn't begun, so there is nothing to close yet.")


def edits(
    journal: "Journal", facts: ClosingFacts, closing: Closing
) -> Callable[[Entry], list[TextEdit]]:
    """Return a function for the edits of a period's note, which add those parts of a closing that it lacks."""
    period, path = facts.period, facts.path
    text, cursor = journal.period_template(period)
    blank = (text, without_gap(text, cursor))

    def make(entry: Entry) -> list[TextEdit]:
        start = entry.text
        if not facts.is_written and start in blank and period.kind not in journal.config.templates:
            # The usual template has a place for points, which would stay empty here.
            start = f"# {period.title}\n"
        return smallest_edit(entry.text, complete_note(start, closing, path, entry.vocabulary))

    return make


def close(journal: "Journal", facts: ClosingFacts, closing: Closing) -> "SaveResult":
    """Write what is kept of a period into its note. Raise what `Journal.change` raises.

    Raise EntryError if nothing is kept.
    """
    if closing.is_empty:
        raise EntryError(
            f"Nothing was kept, settled or written, so {facts.period.title} stays as it is."
        )
    return journal.change(facts.period.first, edits(journal, facts, closing), facts.path)
