"""Work with follow-ups of all entries: list them, change one, and undo the latest changes.

Every change is an edit of the follow-up's line, which is found again in its entry first. Nothing
changes if the line is no longer there.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry import task_changes
from journal_tui.entry.changes import add_task
from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.follow_ups import FollowUp, find_again, in_entry, is_listed
from journal_tui.entry.line_map import LINE_END, line_start
from journal_tui.entry.model import Task
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError

if TYPE_CHECKING:
    from journal_tui.journal import Journal, SaveResult

_MAX_UNDONE = 200
# How much of an item's text a sentence about it quotes.
_MAX_CHARACTERS = 48


class FollowUpChange(NamedTuple):
    """A change of lines in an entry: what was done, where, and the lines before and after.

    `what` names the follow-up: "ticked “Call Zoe”". `line` is the number of the first changed line,
    and `item_line` that of the follow-up after the change, or 0 if it isn't there.
    """

    what: str
    day: date
    path: str
    line: int
    before: str
    after: str
    item_line: int
    is_addition: bool = False


class FollowUps:
    """The follow-ups of a journal, with the changes that were made here."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal
        self._changes: list[FollowUpChange] = []

    def find(self, words: str = "") -> list[FollowUp]:
        """Return the follow-ups that match the words of a search. Raise QueryError."""
        query = self.journal.query(words) if words.strip() else None
        return self.journal.follow_ups.find(query)

    def matching(self, words: str) -> tuple[list[FollowUp], str]:
        """Return the follow-ups that match the part of a search that can be understood, and what is wrong with it."""
        if not words.strip():
            return self.find(), ""
        query, fault = self.journal.parse_partial(words)
        return self.journal.follow_ups.find(query), str(fault or "")

    def after(self, listed: list[FollowUp], path: str, saved: "SaveResult") -> list[FollowUp]:
        """Return the list after a save of the entry at `path`, read from its text: the index may not have it yet."""
        journal = self.journal
        day = next((one.day for one in listed if one.path == path), journal.today())
        period = journal.entries.period_of(path)
        entry = Entry(day, saved.text, journal.vocabulary)
        now = in_entry(path, period.name if period else "", entry)
        others = [one for one in listed if one.path != path]
        return others + [one for one in now if is_listed(one, journal.today())]

    @property
    def last_change(self) -> FollowUpChange | None:
        """The change that `undo` would undo, or None."""
        return self._changes[-1] if self._changes else None

    def close(self, follow_up: FollowUp) -> "SaveResult":
        """Mark a follow-up as done. Raise what `Journal.change` raises, as all changes do."""
        today = self.journal.today()
        return self._change(
            "ticked “{}”", follow_up, lambda entry, task: task_changes.close(entry, task, today)
        )

    def reopen(self, follow_up: FollowUp) -> "SaveResult":
        """Mark a follow-up that is done or was dropped as open."""
        return self._change("opened “{}” again", follow_up, task_changes.reopen)

    def set_due(self, follow_up: FollowUp, due: date | None) -> "SaveResult":
        """Set the due date, or remove it."""
        return self._change(
            f"{'set' if due else 'removed'} the due date of “{{}}”",
            follow_up,
            lambda entry, task: task_changes.set_due(entry, task, due),
        )

    def set_waiting(self, follow_up: FollowUp, people: str) -> "SaveResult":
        """Set the people for whom a follow-up waits, since today if they are others; "" removes them."""
        named, today = task_changes.people_of(people), self.journal.today()
        return self._change(
            f"set whom “{{}}” waits for: {named}" if named else "removed whom “{}” waits for",
            follow_up,
            lambda entry, task: task_changes.set_waiting(entry, task, named, today),
        )

    def drop(self, follow_up: FollowUp, reason: str) -> "SaveResult":
        """Mark a follow-up as dropped, with the reason."""
        today = self.journal.today()
        return self._change(
            "dropped “{}”",
            follow_up,
            lambda entry, task: task_changes.drop(entry, task, reason, today),
        )

    def add(self, text: str, due: date | None = None, people: str = "") -> "SaveResult":
        """Add a follow-up to today's entry."""
        named = task_changes.people_of(people)
        words = f"{text} waiting:{named}" if named else text
        today = self.journal.today()
        path = self.journal.path_of(today) or self.journal.entries.new_path(today)

        def edits(entry: Entry) -> tuple[list[TextEdit], int]:
            added = add_task(entry, words, due)
            return added, _added_line(entry, added)

        return self._edit(f"added “{_short(words)}”", today, path, edits, is_addition=True)

    def undo(self) -> FollowUpChange:
        """Undo the latest change that was made here; return it with the follow-up's line after that.

        Raise EntryError if there is none, or if its lines have changed since.
        """
        if not self._changes:
            raise EntryError("There is nothing to undo.")
        change = self._changes[-1]
        item_line = 0

        def back(entry: Entry) -> list[TextEdit]:
            nonlocal item_line
            start = _place_of(entry.text, change)
            if not change.is_addition:
                moved = _line_at(entry.text, start) - change.line
                item_line = change.item_line + moved
            lines = entry.text[start : start + len(change.after)]
            return [
                edit._replace(start=start + edit.start, end=start + edit.end)
                for edit in smallest_edit(lines, change.before)
            ]

        self.journal.change(change.day, back, change.path)
        self._changes.pop()
        return change._replace(item_line=item_line)

    def _change(
        self, what: str, listed: FollowUp, make: Callable[[Entry, Task], list[TextEdit]]
    ) -> "SaveResult":
        def edits(entry: Entry) -> tuple[list[TextEdit], int]:
            task = find_again(entry, listed)
            return make(entry, task), task.line

        done = what.format(_short(listed.text))
        return self._edit(done, listed.day, listed.path, edits)

    def _edit(
        self,
        what: str,
        day: date,
        path: str,
        make: Callable[[Entry], tuple[list[TextEdit], int]],
        *,
        is_addition: bool = False,
    ) -> "SaveResult":
        """Change an entry by the edits that `make` returns with the line of the follow-up."""
        made: list[FollowUpChange] = []

        def noted(entry: Entry) -> list[TextEdit]:
            edits, line = make(entry)
            if edits:
                change = _lines_of(what, day, path, entry.text, edits, line)
                made[:] = [change._replace(is_addition=is_addition)]
            return edits

        saved = self.journal.change(day, noted, path)
        self._changes = (self._changes + made)[-_MAX_UNDONE:]
        return saved


def _short(text: str) -> str:
    """Return an item's text, or its beginning, as one line to be quoted."""
    text = one_line(text)
    is_long = len(text) > _MAX_CHARACTERS
    return f"{text[: _MAX_CHARACTERS - 1].rstrip()}…" if is_long else text


def _added_line(entry: Entry, edits: list[TextEdit]) -> int:
    """Return the line of the follow-up that edits add: the first one that differs from before."""
    after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary).tasks
    for was, now in zip(entry.tasks, after, strict=False):
        if (was.text, was.due) != (now.text, now.due):
            return now.line
    return after[-1].line


def _line_at(text: str, offset: int) -> int:
    """Return the number of the line at an offset, from 1."""
    return 1 + len(LINE_END.findall(text, 0, offset))


def _lines_of(
    what: str, day: date, path: str, text: str, edits: list[TextEdit], item_line: int
) -> FollowUpChange:
    """Return the change that edits make, as whole lines before and after it."""
    new = apply(text, edits)
    span = smallest_edit(text, new)[0]
    start = line_start(text, span.start)
    ending = LINE_END.search(text, span.end)
    end = ending.end() if ending else len(text)
    after = new[start : len(new) - (len(text) - end)]
    return FollowUpChange(what, day, path, _line_at(text, start), text[start:end], after, item_line)


def _place_of(text: str, change: FollowUpChange) -> int:
    """Return the offset of the lines that a change wrote: at their old place, or at their only other one.

    Raise EntryError if they are nowhere, or not at their old place and at several others.
    """
    lines = change.after
    places = [
        at
        for at in _occurrences(text, lines)
        if line_start(text, at) == at and _ends_line(text, at + len(lines), lines)
    ]
    for at in places:
        if _line_at(text, at) == change.line:
            return at
    if len(places) != 1:
        raise EntryError(f"The line has changed since in {change.path}, so nothing was undone.")
    return places[0]


def _ends_line(text: str, end: int, lines: str) -> bool:
    """Return whether the last of the lines ends at an offset, and isn't just the beginning of a longer one."""
    return lines.endswith(("\n", "\r")) or text[end : end + 1] in ("", "\n", "\r")


def _occurrences(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found
