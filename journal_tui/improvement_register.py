"""The improvement register of a journal: write it as a table, and make an edited table edits of entries.

A plan says what would change. Its changes are made promise by promise; a promise that has changed in its
entry since then stays as it is.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.customers.register import (
    Change,
    Improvement,
    RegisterReading,
    improvements,
    read_register,
    register_csv,
    register_markdown,
)
from journal_tui.entry import task_changes
from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import CLOSED, DONE, Task
from journal_tui.errors import EntryError, JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Journal
    from journal_tui.period import Period

FORMS = {"csv": register_csv, "markdown": register_markdown}
_CHANGED = "it has changed in its entry since"


class SkippedPromise(NamedTuple):
    """A promise that wasn't changed, and the end of a sentence about why."""

    improvement: Improvement
    why: str


class RegisterResult(NamedTuple):
    """How many promises were changed, which weren't, and what else to say about the saves."""

    changed: int
    skipped: Sequence[SkippedPromise]
    warnings: Sequence[str]


class ImprovementRegister:
    """The register of a journal, whose index has to be up to date."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal

    def text(self, period: "Period | None" = None, form: str = "csv") -> str:
        """Return the promises that were made in a period, or all, as `csv` or `markdown`."""
        return FORMS[form](self._rows(period), self._name_of())

    def has_promises(self, period: "Period | None" = None) -> bool:
        """Return whether anything was promised in a period, or ever."""
        return bool(self._rows(period))

    def plan(self, data: bytes) -> RegisterReading:
        """Return what an edited register changes; nothing is written. Raise UsageError if it can't be read."""
        return read_register(data, self._rows())

    def apply(self, changes: Sequence[Change]) -> RegisterResult:
        """Make the changes of a plan. Raise EntryError in a sample journal."""
        self.journal.entries.check_writable()
        changed, skipped, warnings = 0, list[SkippedPromise](), list[str]()
        for change in changes:
            place = change.improvement.made.place
            try:
                saved = self.journal.change(
                    place.day, _edits(change, self.journal.today), place.path
                )
            except JournalError as error:
                skipped.append(SkippedPromise(change.improvement, str(error).rstrip(".")))
            else:
                changed += 1
                warnings += [saved.warning] if saved.warning else []
        return RegisterResult(changed, skipped, warnings)

    def _rows(self, period: "Period | None" = None) -> list[Improvement]:
        return improvements(self.journal.customer_loops(), period)

    def _name_of(self) -> Callable[[str], str]:
        known = {customer.key: customer.shown for customer in self.journal.customers()}
        return lambda key: known.get(key, key)


def _edits(change: Change, today: Callable[[], date]) -> Callable[[Entry], list[TextEdit]]:
    """Return a function for the edits of a change in the entry of its promise."""

    def edits(entry: Entry) -> list[TextEdit]:
        task = _task(entry, change)
        text = entry.text
        was = change.improvement.made.promise
        has_other_state = (change.state, change.closed, change.reason) != (
            was.state,
            was.closed,
            was.reason,
        )
        steps: list[Callable[[Entry, Task], list[TextEdit]]] = []
        if has_other_state and task.is_closed:
            steps.append(task_changes.reopen)
        if change.due != was.due:
            steps.append(lambda one, it: task_changes.set_due(one, it, change.due))
        if has_other_state and change.state in CLOSED:
            day = change.closed or today()
            if change.state == DONE:
                steps.append(lambda one, it: task_changes.close(one, it, day))
            else:
                steps.append(lambda one, it: task_changes.drop(one, it, change.reason, day))
        for step in steps:
            now = Entry(entry.day, text, entry.vocabulary)
            at = next((one for one in now.tasks if one.line == task.line), None)
            if at is None:
                raise EntryError(f"{_CHANGED.capitalize()}.")
            text = apply(text, step(now, at))
        return _line_edits(entry.text, text)

    return edits


def _task(entry: Entry, change: Change) -> Task:
    """Return the follow-up of a promise. Raise EntryError if it has changed since the plan."""
    place, promise = change.improvement.made
    for task in entry.tasks:
        if task.line != place.line:
            continue
        is_same = (task.state, task.due) == (promise.state, promise.due)
        closed = task.since if task.is_closed else None
        if is_same and closed == promise.closed and {*promise.text.split()} <= {*task.text.split()}:
            return task
    raise EntryError(f"{_CHANGED.capitalize()}.")


def _line_edits(old: str, new: str) -> list[TextEdit]:
    """Return the smallest edit of each line that differs; the texts have the same lines otherwise."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) != len(after):
        return smallest_edit(old, new)
    edits: list[TextEdit] = []
    position = 0
    for one, other in zip(before, after, strict=True):
        edits += (
            edit._replace(start=edit.start + position, end=edit.end + position)
            for edit in smallest_edit(one, other)
        )
        position += len(one)
    return edits
