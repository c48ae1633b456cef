"""Write under what a customer said that the customer knows what was done, or confirmed that it helped.

The mark is an item below the line that it is about. It is read back: unless the line then has exactly
this mark besides those it had, and everything else is read as before, nothing is changed.
"""

from datetime import date

from journal_tui.customers.loop import Loop
from journal_tui.customers.visit import CONFIRMED, TOLD, Feedback, Mark, Promise, Visit
from journal_tui.customers.visit_reader import read_visit
from journal_tui.entry.answer_changes import add_below
from journal_tui.entry.changes import reads_same
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import DONE
from journal_tui.errors import EntryError


def why_no_mark(loop: Loop, what: str, day: date) -> str:
    """Return a sentence about why something can't be marked as told or confirmed on a day; "" if it can."""
    closed = loop.closed
    if what == CONFIRMED and loop.reached == CONFIRMED:
        return "It is confirmed already."
    if what == TOLD and loop.is_told:
        return "The customer was told already."
    if any(made.promise.is_open for made in loop.promises):
        return "It is promised and not done yet. Tick the promise first."
    if not loop.promises:
        return "Nothing was promised for it, so the customer can’t have been told. Write a promise under it."
    if what == CONFIRMED and not any(made.promise.state == DONE for made in loop.promises):
        return "It was refused, so the customer can’t confirm that it helped."
    if day < max(closed or loop.place.day, loop.place.day):
        done = "done or refused" if closed else "said"
        since = max(closed or loop.place.day, loop.place.day)
        return f"It was {done} on {since}. Give that day or a later one."
    return ""


def add_mark(entry: Entry, kind: str, loop: Loop, mark: Mark) -> list[TextEdit]:
    """Return the edits that write a mark under what was said or promised; `kind` is the note's kind.

    Raise EntryError if the line was edited since it was listed, or if the mark would be misread there.
    """
    before = read_visit(entry, kind)
    items = _items(before)
    at = _find(items, loop)
    edits = [add_below(entry.text, items[at].line, f"{mark.what} {mark.day}")]
    after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
    now = _items(read_visit(after, kind))
    is_read = (
        len(now) == len(items)
        and _values(now[:at]) == _values(items[:at])
        and _values(now[at + 1 :]) == _values(items[at + 1 :])
        and now[at].text == items[at].text
        and now[at].marks == (*items[at].marks, mark)
        and [task.text for task in after.tasks] == [task.text for task in entry.tasks]
        and reads_same(entry, after, tasks=False, feedback=False)
    )
    if not is_read:
        raise EntryError(
            "The mark would be misread below this line, so nothing was changed."
            " Write it in the entry yourself."
        )
    return edits


def _items(visit: Visit) -> list[Feedback | Promise]:
    return sorted((*visit.feedback, *visit.promises), key=lambda one: one.line)


def _find(items: list[Feedback | Promise], loop: Loop) -> int:
    wanted = Feedback if loop.is_feedback else Promise
    same = [at for at, one in enumerate(items) if isinstance(one, wanted) and one.text == loop.text]
    for at in same:
        if items[at].line == loop.place.line:
            return at
    if len(same) == 1:
        return same[0]
    raise EntryError("This has been edited since it was listed, so nothing was changed.")


def _values(items: list[Feedback | Promise]) -> list[tuple[str, tuple[Mark, ...]]]:
    return [(one.text, one.marks) for one in items]
