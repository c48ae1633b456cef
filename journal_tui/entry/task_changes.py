"""Change one follow-up of an entry: tick it, set its due date or whom it waits for, drop it.

Each change returns the smallest edits of the lines of that item. The changed text is read back: unless
the follow-up has the new values, and everything else in the entry is read as before, EntryError is
raised. `today` is written as the day of a change if it isn't the entry's own day.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry.due_dates import DueDate, due_dates, without_due_dates
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END, line_start
from journal_tui.entry.markdown_lines import DROPPED as DROPPED_BOX
from journal_tui.entry.markdown_lines import opening, task_word
from journal_tui.entry.mentions import PERSON
from journal_tui.entry.model import DONE, DROPPED, OPEN, WAITING, Point, Task
from journal_tui.entry.task_marks import (
    ANCHOR,
    CLOSED_ON,
    DONE_KEY,
    DROPPED_KEY,
    REASON_DASH,
    SINCE,
    WAITING_FOR,
    TaskMark,
    marks_in,
    without_marks,
)
from journal_tui.errors import EntryError

_BOXES = {OPEN: " ", DONE: "x", DROPPED: DROPPED_BOX}
_WORDS = {OPEN: "TODO", DONE: "DONE", DROPPED: "CANCELLED"}
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MISREAD = "It would be misread, so nothing was changed. Change the line in the entry yourself."


class _Lines(NamedTuple):
    """The lines of an item that are its own: their span, and the ends of its first line and paragraph."""

    start: int
    end: int
    first_end: int
    paragraph_end: int


def close(entry: Entry, task: Task, today: date) -> list[TextEdit]:
    """Mark a follow-up as done; one that is done already stays as it is.

    Raise EntryError if the line would be misread.
    """
    if task.state == DONE:
        return []
    return _closed(entry, task, DONE, DONE_KEY, today)


def drop(entry: Entry, task: Task, reason: str, today: date) -> list[TextEdit]:
    """Mark a follow-up as dropped, with the reason after a dash if there is one.

    The day that is written before the reason separates it from the follow-up's own words. Raise
    EntryError if it has been dropped already or would be misread.
    """
    if task.state == DROPPED:
        raise EntryError("This follow-up has been dropped already.")
    reason = " ".join(reason.split())
    return _closed(entry, task, DROPPED, DROPPED_KEY, today, reason and REASON_DASH + reason)


def reopen(entry: Entry, task: Task) -> list[TextEdit]:
    """Mark a follow-up as open, without the day on which it was done or dropped and the reason.

    The reason is what `drop` wrote; other words after a dash stay. Raise EntryError if the line
    would be misread.
    """
    if not task.is_closed:
        return []
    text, box = entry.text, _box_edit(entry, task, OPEN)
    marks = [mark for mark in _marks(entry, task) if mark.kind == CLOSED_ON]
    reasons = [_reason_end(text, task, mark) for mark in marks]
    said = _said(task)
    for mark, end in zip(marks, reasons, strict=True):
        said = said.replace(_in_one_line(text[mark.end : end]), "", 1)
    spans = [(mark.start, end) for mark, end in zip(marks, reasons, strict=True)]
    edits = [box, *(_removal(text, *span) for span in spans)]
    with_reason = [box, *(_without(text, mark) for mark in marks)]

    def holds(after: Task) -> bool:
        return not after.is_closed and _in_one_line(_said(after)) in map(
            _in_one_line, (said, _said(task))
        )

    return _first_valid(entry, task, [edits, with_reason], holds, is_text_kept=False)


def _reason_end(text: str, task: Task, mark: TaskMark) -> int:
    """Return where the reason ends that `drop` wrote after a mark; the end of the mark without one."""
    if task.state != DROPPED or not text.startswith(REASON_DASH, mark.end):
        return mark.end
    ending = LINE_END.search(text, mark.end, task.end)
    line = text[mark.end : ending.start() if ending else task.end]
    tail = ANCHOR.search(line)
    return mark.end + (tail.start() if tail else len(line))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def toggle(entry: Entry, line: int, today: date) -> list[TextEdit]:
    """Mark the follow-up on a line (from 1) as done, or as open if it is closed.

    Raise EntryError if the line has no follow-up or would be misread.
    """
    for task in entry.tasks:
        if task.line == line:
            return reopen(entry, task) if task.is_closed else close(entry, task, today)
    raise EntryError(f"There is no follow-up to tick on line {line}.")


def set_due(entry: Entry, task: Task, due: date | None) -> list[TextEdit]:
    """Set the due date of an open follow-up, or remove it; due dates that can't be read are removed.

    Raise EntryError if the follow-up is closed or would be misread.
    """
    _check_open(task)
    lines = _own_lines(entry, task)
    text = entry.text[lines.start : lines.end]
    found = due_dates(text, entry.day)
    unreadable = [one for one in found if one.is_unreadable]
    if task.due == due and not unreadable:
        return []
    known = [one for one in found if one.day]

    def removed(dates: Iterable[DueDate]) -> list[TextEdit]:
        spans = ((lines.start + one.start, lines.start + one.end, one.kept) for one in dates)
        return [_removal(entry.text, *span) for span in spans]

    def candidates() -> Iterator[list[TextEdit]]:
        if due is None:
            yield removed(known + unreadable)
            yield removed(known)
            return
        if task.due == due:
            yield removed(unreadable)
        written = f"due:{due.isoformat()}"
        for one in reversed(unreadable + known):
            others = removed(other for other in unreadable if other != one)
            yield [_other_day(text, one, lines.start, due), *others]
            whole = f"{written} {one.kept}".rstrip()
            yield [TextEdit(lines.start + one.start, lines.start + one.end, whole), *others]
        yield from ([edit] for edit in _appended(entry, lines, f" {written}"))

    def words(of: Task) -> str:
        said = _said(of)
        return without_due_dates(
            said, [one for one in due_dates(said, entry.day) if one.is_unreadable]
        )

    return _first_valid(
        entry,
        task,
        candidates(),
        lambda after: (
            (after.due, after.state, after.waiting) == (due, task.state, task.waiting)
            and after.since == task.since
            and words(after) == words(task)
        ),
        is_text_kept=False,
    )


def people_of(words: str) -> str:
    """Return the people in words such as "ann" or "@ann, @bob" as they are written: "@ann,@bob".

    Return "" for no words. Raise EntryError for a name that can't be written with an @.
    """
    names = [f"@{name.strip().removeprefix('@')}" for name in words.split(",") if name.strip()]
    for name in names:
        if not PERSON.fullmatch(name):
            joined = "-".join(name[1:].split())
            better = f" Try @{joined}." if PERSON.fullmatch(f"@{joined}") else ""
            raise EntryError(f"“{name}” can't be written as a person.{better}")
    return ",".join(names)


def are_same_people(people: str, others: str) -> bool:
    """Return whether both name the same people, such as "@ann,@bob" and "@Bob,@ann"."""
    return {*people.casefold().split(",")} == {*others.casefold().split(",")}


def set_waiting(entry: Entry, task: Task, people: str, today: date) -> list[TextEdit]:
    """Set whom an open follow-up waits for, such as "@ann"; with "" it no longer waits.

    It waits from today on, unless it waited for the same people before. Raise EntryError if it is
    closed or would be misread.
    """
    _check_open(task)
    if are_same_people(task.waiting, people) and (people or task.state != WAITING):
        return []
    marks = _marks(entry, task)
    named = [mark for mark in marks if mark.kind == WAITING_FOR]
    dated = [mark for mark in marks if mark.kind == SINCE]
    since = today if people and today != entry.day else None

    def candidates() -> Iterator[list[TextEdit]]:
        if not people:
            edits = [_without(entry.text, mark) for mark in named + dated]
            word = entry.text[task.box : task.end] if task.box >= 0 else ""
            if (found := task_word(word)) and found[0].startswith("WAIT"):
                edits.append(TextEdit(task.box, task.box + len(found[0]), _WORDS[OPEN]))
            yield edits
            return
        written = f" since:{since.isoformat()}" if since else ""
        lines = _own_lines(entry, task)
        if not named:
            edits = [_without(entry.text, mark) for mark in dated]
            for edit in _appended(entry, lines, f" waiting:{people}{written}"):
                yield [*edits, edit]
            return
        edits = [TextEdit(named[0].value_start, named[0].value_end, people)]
        edits += (_without(entry.text, mark) for mark in named[1:] + dated[1:])
        if dated and since:
            edits.append(TextEdit(dated[0].value_start, dated[0].value_end, since.isoformat()))
        elif dated:
            edits.append(_without(entry.text, dated[0]))
        elif since:
            edits.append(TextEdit(named[0].end, named[0].end, written))
        yield edits

    return _first_valid(
        entry,
        task,
        candidates(),
        lambda after: (
            (after.waiting, after.since, after.due) == (people, since, task.due)
            and after.state == (WAITING if people else OPEN)
        ),
    )


def _closed(
    entry: Entry, task: Task, state: str, key: str, today: date, reason: str = ""
) -> list[TextEdit]:
    box = _box_edit(entry, task, state)
    since = today if today != entry.day or reason else None
    dated = [mark for mark in _marks(entry, task) if mark.kind == CLOSED_ON]
    said = without_marks(task.text, task.state)

    def candidates() -> Iterator[list[TextEdit]]:
        edits = [box, *(_without(entry.text, mark) for mark in dated)]
        written = f" {key}:{since.isoformat()}" if since else ""
        if not written + reason:
            yield edits
            return
        for edit in _appended(entry, _own_lines(entry, task), written + reason):
            yield [*edits, edit]

    def holds(after: Task) -> bool:
        now = without_marks(after.text, state)
        # The reason comes after the item's own words, and before what is nested in it.
        return (after.state, after.since, after.due) == (state, since, task.due) and (
            now.replace(reason, "", 1) == said if reason else now == said
        )

    return _first_valid(entry, task, candidates(), holds, is_text_kept=not reason)


def _check_open(task: Task) -> None:
    if task.is_closed:
        raise EntryError(f"This follow-up is {task.state}. Open it again first.")


def _box_edit(entry: Entry, task: Task, state: str) -> TextEdit:
    """Return the edit of a follow-up's box or word, or the box for one that has none."""
    if task.box < 0:
        line = LINE_END.split(entry.text[task.start : task.end], 1)[0]
        at = task.start + opening(line).text
        return TextEdit(at, at, f"[{_BOXES[state]}] ")
    if word := task_word(entry.text[task.box : task.end]):
        return TextEdit(task.box, task.box + len(word[0]), _WORDS[state])
    return TextEdit(task.box, task.box + 1, _BOXES[state])


def _own_lines(entry: Entry, task: Task) -> _Lines:
    """Return the lines of an item before the first one that is nested in it."""
    text = entry.text
    end = first_end = paragraph_end = -1
    position = task.start
    while position < task.end:
        ending = LINE_END.search(text, position, task.end)
        stop = ending.start() if ending else task.end
        line = text[position:stop]
        signs = opening(line)
        if end >= 0 and (signs.markers or signs.level):
            break
        if line.strip():
            end = stop
        elif paragraph_end < 0:
            paragraph_end = end
        first_end = stop if first_end < 0 else first_end
        position = ending.end() if ending else task.end
    end = max(end, task.start)
    return _Lines(task.start, end, first_end, end if paragraph_end < 0 else paragraph_end)


def _marks(entry: Entry, task: Task) -> list[TaskMark]:
    """Return the marks in an item's own lines, with their offsets in the entry."""
    lines = _own_lines(entry, task)
    at = lines.start
    return [
        TaskMark(m.start + at, m.end + at, m.kind, m.value_start + at, m.value_end + at, m.value)
        for m in marks_in(entry.text[at : lines.end])
    ]


def _appended(entry: Entry, lines: _Lines, words: str) -> Iterator[TextEdit]:
    """Yield edits to try, which add words after an item's first paragraph, last line or first line."""
    for end in dict.fromkeys((lines.paragraph_end, lines.end, lines.first_end)):
        tail = ANCHOR.search(entry.text[:end], lines.start)
        at = tail.start() if tail else end
        yield TextEdit(at, at, words)


def _other_day(text: str, known: DueDate, offset: int, due: date) -> TextEdit:
    """Return the edit that writes another day into a due date and leaves its form as it is."""
    found = _ISO.search(text, known.start, known.end)
    # A date in angle brackets has its weekday beside it.
    if found and text[found.start() - 1] != "<":
        return TextEdit(offset + found.start(), offset + found.end(), due.isoformat())
    return TextEdit(offset + known.start, offset + known.end, f"due:{due.isoformat()}")


def _without(text: str, mark: TaskMark) -> TextEdit:
    return _removal(text, mark.start, mark.end)


def _removal(text: str, start: int, end: int, kept: str = "") -> TextEdit:
    """Return the edit that removes a span with the blanks before it, or after it if it begins a line."""
    begin = line_start(text, start)
    if kept:
        return TextEdit(start, end, kept)
    if start <= begin + opening(text[begin:end]).text:
        while text[end : end + 1] in (" ", "\t"):
            end += 1
    else:
        while text[start - 1 : start] in (" ", "\t"):
            start -= 1
    return TextEdit(start, end, "")


def _first_valid(
    entry: Entry,
    task: Task,
    candidates: Iterable[list[TextEdit]],
    holds: Callable[[Task], bool],
    is_text_kept: bool = True,
) -> list[TextEdit]:
    """Return the first edits that make `holds` true of the follow-up and change nothing else.

    Raise EntryError if none does.
    """
    for edits in candidates:
        try:
            after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
        except ValueError:
            continue
        changed = [one for one in after.tasks if one.line == task.line]
        if (
            len(changed) == 1
            and holds(changed[0])
            and (not is_text_kept or _said(changed[0]) == _said(task))
            and _others(entry, task) == _others(after, task)
        ):
            return edits
    raise EntryError(_MISREAD)


def _said(task: Task) -> str:
    return without_marks(task.text, task.state)


def _others(entry: Entry, task: Task) -> tuple[object, ...]:
    """Return everything that is read from an entry except the follow-up.

    The texts of items in which it is nested are left out, because they contain its words.
    """

    def is_around(item: Task | Point) -> bool:
        return item.start <= task.start < item.end

    rating = entry.rating
    return (
        [
            (is_around(one) or one.text, one.state, one.due, one.waiting, one.since)
            for one in entry.tasks
            if one.line != task.line
        ],
        [is_around(point) or point.text for point in entry.outline.points],
        rating and (rating.value, rating.remark),
        entry.title if entry.outline.title_at >= 0 else "",
    )
