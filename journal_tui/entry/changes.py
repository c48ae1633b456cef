"""What a person does to an entry, each as the smallest edits of its text.

A text of any shape may swallow what is put into it (a code fence that was never closed, a line
that goes on with a remark), so each change is read back, and put elsewhere where that fails.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from journal_tui.entry import rating as ratings
from journal_tui.entry.edit import TextEdit, apply, smallest
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import Task
from journal_tui.entry.placing import (
    add_item,
    blank_end,
    block,
    ends,
    into_slot,
    lead,
    line_start,
    newline,
    one_line,
    prose_end,
    sections,
    tidy,
)
from journal_tui.entry.vocabulary import FOLLOW_UP, LEARNING
from journal_tui.errors import EntryError

_Read = TypeVar("_Read")
# The wide one keeps a list apart from indented text behind it, which would else belong to its item.
_MARKERS = ("- ", "-    ")


def rate(entry: Entry, value: float, remark: str | None = None) -> list[TextEdit]:
    """Set the enjoyment rating; a remark of None keeps the one there is, "" takes it out.

    Raises EntryError for a value outside 0–10.
    """
    if not 0 <= value <= 10:
        raise EntryError(f"A rating must be from 0 to 10, not {ratings.shown(value)}.")
    value = round(value, 4)
    slot, known = entry.outline.slot, entry.rating
    kept = known.remark if known else slot.remark if slot else ""
    wanted = kept if remark is None else tidy(remark)
    if known and (known.value, known.remark) == (value, wanted):
        return []
    written = ratings.canonical(value, wanted)
    line = f"{entry.vocabulary.rating_label}: {written}"

    def candidates() -> Iterator[list[TextEdit]]:
        if slot:
            yield into_slot(entry, slot, value, wanted)
            whole = lead(entry.text, slot.value_start) + written
            end = blank_end(entry.text, slot.remark_end)
            yield [TextEdit(slot.value_start, end, whole)]
            yield [TextEdit(slot.value_start, end, whole + newline(entry.text))]
        yield from ([block(entry.text, at, line)] for at in ends(entry))

    def holds(after: Entry) -> bool:
        said = after.rating
        return (
            said is not None
            and (said.value, said.remark) == (value, wanted)
            and _same(entry, after, rating=False)
        )

    return _first(entry, candidates(), holds, "The rating")


def add_point(entry: Entry, text: str) -> list[TextEdit]:
    """Add a learning point behind the last one, in a section made for it where there is none.

    Raises EntryError for no words, or words that would be read as something else ("Enjoyment: 9").
    """
    point = one_line(text, "A learning point")
    ending = newline(entry.text)
    heading = f"## {entry.vocabulary.heading(LEARNING)}{ending}{ending}"
    # A text such as "# x" would open a block of its own inside the item: a backslash keeps it text.
    forms = [point, re.sub(r"^([0-9]{0,9})(?=[!-/:-@\[-`{-~])", r"\1\\", point)]

    def candidates() -> Iterator[list[TextEdit]]:
        known = sections(entry, LEARNING)
        at = ends(entry)
        start, slot = entry.outline.rating_start, entry.outline.slot
        if start is not None and slot and not entry.text[slot.remark_end :].strip():
            at.insert(0, line_start(entry.text, start))
        for form in forms:
            yield from (add_item(entry, section, form) for section in reversed(known))
        items = [heading + marker + form for marker in _MARKERS for form in forms]
        yield from ([block(entry.text, place, item)] for place in at for item in items)

    def holds(after: Entry) -> bool:
        added = _one_more([p.text for p in entry.points], [p.text for p in after.points])
        return added == point and _same(entry, after, points=False)

    return _first(entry, candidates(), holds, "The learning point")


def add_points(entry: Entry, texts: Sequence[str]) -> list[TextEdit]:
    """Add several learning points in their order: what `add_point` makes of one after the other.

    To read the entry back for each of many would take time that grows with their square.
    """
    if len(texts) == 1:
        return add_point(entry, texts[0])
    points = [one_line(text, "A learning point") for text in texts]
    last = sections(entry, LEARNING)[-1:]
    is_list = any(item.text for section in last for item in section.items)
    if is_list:
        edits = add_item(entry, last[0], *points)
        after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
        if _texts(after) == [*_texts(entry), *points] and _same(entry, after, points=False):
            return edits
    middle = len(texts) // 2 if is_list else 1
    text = entry.text
    for some in (texts[:middle], texts[middle:]):
        now = Entry(entry.day, text, entry.vocabulary)
        text = apply(text, add_points(now, some))
    return smallest(entry.text, text)


def add_task(entry: Entry, text: str, due: date | None = None) -> list[TextEdit]:
    """Add a follow-up behind the last one, or behind the prose."""
    task = "[ ] " + one_line(text, "A follow-up")
    if due:
        task += f" due:{due.isoformat()}"

    def candidates() -> Iterator[list[TextEdit]]:
        for section in reversed(sections(entry, FOLLOW_UP)):
            yield add_item(entry, section, task)
        end = prose_end(entry)
        before = [known for known in entry.tasks if known.end <= end]
        last = [known for known in before if entry.text[known.start : known.start + 1].strip()]
        if last and not entry.text[last[-1].end : end].strip():
            at = last[-1].end
            yield [TextEdit(at, at, f"{newline(entry.text)}- {task}")]
        # Behind a label such as "Learning points: one" only a heading keeps a list apart.
        heading = f"## {entry.vocabulary.heading(FOLLOW_UP)}{newline(entry.text) * 2}"
        for opening in (head + marker for marker in _MARKERS for head in ("", heading)):
            yield from ([block(entry.text, at, opening + task)] for at in (end, *ends(entry)))

    def holds(after: Entry) -> bool:
        added = _one_more(_said(entry.tasks), _said(after.tasks))
        return added is not None and not added[1] and _same(entry, after, tasks=False)

    return _first(entry, candidates(), holds, "The follow-up")


def add_prose(entry: Entry, text: str) -> list[TextEdit]:
    """Add a paragraph behind the prose, before the learning points and the rating."""
    paragraph = text.strip("\r\n").rstrip()
    if not paragraph.strip():
        raise EntryError("There is no text to add.")
    ending = newline(entry.text)
    paragraph = ending.join(re.split(r"\r\n|\r|\n", paragraph))
    own = Entry(entry.day, paragraph, entry.vocabulary)

    def holds(after: Entry) -> bool:
        kept = after.rating if own.rating is None else None
        return (
            _are_within(_texts(entry), _texts(after))
            and _are_within([f.text for f in entry.feedback], [f.text for f in after.feedback])
            and _are_within(_said(entry.tasks), _said(after.tasks))
            and (own.rating is not None or _rated(entry) == (kept and (kept.value, kept.remark)))
        )

    places = (prose_end(entry), *ends(entry))
    edits = ([block(entry.text, at, paragraph)] for at in places)
    return _first(entry, edits, holds, "The text")


def toggle_task(entry: Entry, line: int) -> list[TextEdit]:
    """Tick or untick the task on this line (from 1). Raises EntryError where there is none."""
    for task in entry.tasks:
        if task.line == line and task.box >= 0:
            return [TextEdit(task.box, task.box + 1, " " if task.done else "x")]
    raise EntryError(f"There is no follow-up to tick on line {line}.")


# -- reading back -----------------------------------------------------------------------------


def _first(
    entry: Entry,
    candidates: Iterable[list[TextEdit]],
    holds: Callable[[Entry], bool],
    what: str,
) -> list[TextEdit]:
    """The first of these edits after which the entry reads as wanted."""
    for edits in candidates:
        if holds(Entry(entry.day, apply(entry.text, edits), entry.vocabulary)):
            return edits
    raise EntryError(f"{what} would be misread there. Type it into the entry yourself.")


def _same(
    entry: Entry, after: Entry, points: bool = True, tasks: bool = True, rating: bool = True
) -> bool:
    """Whether all but what was added is read as before."""
    return (
        (not points or _texts(entry) == _texts(after))
        and [p.text for p in entry.feedback] == [p.text for p in after.feedback]
        and (not tasks or _said(entry.tasks) == _said(after.tasks))
        and (not rating or _rated(entry) == _rated(after))
    )


def _texts(entry: Entry) -> list[str]:
    return [point.text for point in entry.points]


def _said(tasks: Iterable[Task]) -> list[tuple[str, bool, date | None]]:
    return [(task.text, task.done, task.due) for task in tasks]


def _rated(entry: Entry) -> tuple[float, str] | None:
    return (entry.rating.value, entry.rating.remark) if entry.rating else None


def _one_more(before: Sequence[_Read], after: Sequence[_Read]) -> _Read | None:
    """What `after` has besides `before`, when that is one thing; else None."""
    if len(after) != len(before) + 1:
        return None
    place = next((i for i, old in enumerate(before) if old != after[i]), len(before))
    return after[place] if list(before[place:]) == list(after[place + 1 :]) else None


def _are_within(before: Sequence[_Read], after: Sequence[_Read]) -> bool:
    """Whether all of `before` is in `after`, in its order."""
    rest = iter(after)
    return all(one in rest for one in before)
