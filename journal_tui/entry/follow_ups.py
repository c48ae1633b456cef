"""Follow-ups of all entries as a list: group them, sort them, and find a listed one in its entry."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.model import CLOSED, WAITING, Task
from journal_tui.entry.relative_time import long_ago
from journal_tui.entry.task_marks import without_marks
from journal_tui.errors import EntryError

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry

LATELY = timedelta(14)
"""How long a follow-up that is done or dropped stays in the list."""

LATE, THIS_WEEK, LATER, UNDATED, WAITS, CLOSED_LATELY = (
    "Late", "This week", "Later", "Without a date", "Waiting", "Done lately",
)  # fmt: skip
GROUPS = (LATE, THIS_WEEK, LATER, UNDATED, WAITS, CLOSED_LATELY)
"""The groups in their order."""


class FollowUp(NamedTuple):
    """A follow-up as it is listed, with the entry that it is in.

    `day` is the entry's, or the first day of the note of `period`. `said` is the text of the task
    as it was read; `since` is the day that the text gives for its state.
    """

    path: str
    day: date
    period: str
    line: int
    said: str
    state: str
    due: date | None
    waiting: str = ""
    since: date | None = None

    @property
    def text(self) -> str:
        """The words, without the marks that the list shows beside them."""
        return without_marks(self.said, self.state)

    @property
    def people(self) -> str:
        """The people for whom it waits, to be read: "@ann, @bob"."""
        return self.waiting.replace(",", ", ")

    @property
    def since_when(self) -> date:
        """The day since which it has waited, or on which it was done or dropped."""
        return self.since or self.day

    @property
    def is_closed(self) -> bool:
        """Whether it is done or was dropped."""
        return self.state in CLOSED

    @property
    def written(self) -> str:
        """Where it was written: the day, or the name of the period."""
        return self.period or self.day.isoformat()

    def how_long(self, today: date) -> str:
        """Return for how long it has waited: "11 days"; "" if only since today."""
        ago = long_ago(self.since_when, today)
        return ago.removesuffix(" ago") if ago != "today" else ""

    def is_late(self, today: date) -> bool:
        """Return whether it should have been done before today."""
        return not self.is_closed and self.due is not None and self.due < today


class Group(NamedTuple):
    """A group of the list: its title and its follow-ups, the most urgent first."""

    title: str
    follow_ups: Sequence[FollowUp]


def in_entry(path: str, period: str, entry: "Entry") -> list[FollowUp]:
    """Return the follow-ups of an entry as they are listed, whatever their state."""
    return [
        FollowUp(path, entry.day, period, t.line, t.text, t.state, t.due, t.waiting, t.since)
        for t in entry.tasks
    ]


def is_listed(follow_up: FollowUp, today: date) -> bool:
    """Return whether a follow-up belongs in the list: it is open, or was closed lately."""
    return not follow_up.is_closed or (today - follow_up.since_when).days <= LATELY.days


def group_of(follow_up: FollowUp, today: date) -> str:
    """Return the group that a follow-up is in.

    A late one is in “Late” even if it waits for someone; “This week” ends on Sunday.
    """
    if follow_up.is_closed:
        return CLOSED_LATELY
    if follow_up.is_late(today):
        return LATE
    if follow_up.state == WAITING:
        return WAITS
    if follow_up.due is None:
        return UNDATED
    # No days are added to a date, which would fail in the last week of the year 9999.
    in_this_week = (follow_up.due - today).days <= 6 - today.weekday()
    return THIS_WEEK if in_this_week else LATER


def grouped(follow_ups: Iterable[FollowUp], today: date) -> list[Group]:
    """Return the follow-ups in their groups, without empty ones."""
    found: dict[str, list[FollowUp]] = {title: [] for title in GROUPS}
    for follow_up in follow_ups:
        found[group_of(follow_up, today)].append(follow_up)
    return [Group(title, _in_order(title, listed)) for title, listed in found.items() if listed]


def _in_order(title: str, listed: list[FollowUp]) -> list[FollowUp]:
    """Return a group in order: first what is due soonest, has waited longest, or is newest."""
    listed.sort(key=lambda one: (one.path, one.line))
    if title == CLOSED_LATELY:
        return sorted(listed, key=lambda one: one.since_when, reverse=True)
    if title == UNDATED:
        return sorted(listed, key=lambda one: one.day, reverse=True)
    if title == WAITS:
        return sorted(listed, key=lambda one: (one.since_when, one.due or date.max))
    return sorted(listed, key=lambda one: (one.due or date.max, one.day))


def find_again(entry: "Entry", listed: FollowUp) -> Task:
    """Find a listed follow-up in its entry again, on its line or elsewhere.

    Raise EntryError if it has changed, or if it moved and several are like it.
    """
    same = [task for task in entry.tasks if _is_same(task, listed)]
    for task in same:
        if task.line == listed.line:
            return task
    if len(same) == 1:
        return same[0]
    if same:
        raise EntryError(
            f"{len(same)} follow-ups of {listed.written} are alike now, so nothing was changed."
        )
    alike = [task.state for task in entry.tasks if task.text == listed.said]
    if len(alike) == 1 and alike[0] in CLOSED and not listed.is_closed:
        raise EntryError(f"This follow-up is {alike[0]} already, so nothing was changed.")
    raise EntryError(
        "This follow-up has been edited in its entry since it was listed, so nothing was changed."
    )


def _is_same(task: Task, listed: FollowUp) -> bool:
    return (task.text, task.state, task.due) == (listed.said, listed.state, listed.due)
