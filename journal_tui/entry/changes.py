"""Change an entry: each change returns the smallest edits of its text.

Text that is inserted may be misread because of what is around it, such as a code fence that was
never closed. So the changed text is read back, and another change is tried if it is misread.
"""

import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from journal_tui.entry import rating as ratings
from journal_tui.entry.due_dates import due_dates, with_dates, without_due_dates
from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_map import LINE_END, line_start
from journal_tui.entry.markdown_lines import (
    BULLETS,
    OPEN_BOX,
    escaped,
    is_empty_item,
    list_item,
    next_marker,
)
from journal_tui.entry.model import FOLLOW_UP, LEARNING, Section, Slot, Task, shown
from journal_tui.entry.task_marks import marks_in
from journal_tui.errors import EntryError

_Read = TypeVar("_Read")
# After the wide marker, indented text below the list doesn't become part of its item.
_MARKERS = (f"{BULLETS[0]} ", f"{BULLETS[0]}    ")
# A text of only these characters says nothing.
_PUNCTUATION = f"{string.punctuation}{string.whitespace}–—•…"


def rate(entry: Entry, value: float, remark: str | None = None) -> list[TextEdit]:
    """Set the enjoyment rating; a remark of None keeps the present one, "" removes it.

    A remark replaces the one on the line of the rating. Further lines of the present remark become
    a paragraph below it. Raise EntryError if the value isn't on the writer's scale, or if the
    rating would be misread.
    """
    scale = entry.vocabulary.scale
    if value not in scale:
        raise EntryError(f"A rating must be from {scale}, not {shown(value)}.")
    value = round(value, 4)
    slot, known = entry.outline.slot, entry.rating
    kept = known.remark if known else slot.remark if slot else ""
    wanted = kept if remark is None else _tidy(remark)
    below: list[TextEdit] = []
    if slot and wanted != kept and (end := _end_of_remark_line(entry, slot)) < slot.remark_end:
        if wanted == remark_line(entry):
            wanted = kept
        else:
            below = [TextEdit(end, end + 1, _newline(entry.text) + entry.text[end])]
            slot = slot._replace(remark_end=end, remark=remark_line(entry))
    if known and (known.value, known.remark) == (value, wanted):
        return []
    written = ratings.canonical(value, wanted, scale)
    line = f"{entry.vocabulary.rating_label}: {written}"

    def candidates() -> Iterator[list[TextEdit]]:
        if slot:
            yield _fill_slot(entry, slot, value, wanted) + below
            whole = _lead(entry.text, slot.value_start) + written
            end = _end_of_blanks(entry.text, slot.remark_end)
            yield [TextEdit(slot.value_start, end, whole), *below]
            if end <= entry.outline.body and not {'"', "\\"} & set(whole):
                # Not every text is a value in YAML without quotes.
                yield [TextEdit(slot.value_start, end, f'"{whole}"'), *below]
            yield [TextEdit(slot.value_start, end, whole + _newline(entry.text)), *below]
        yield from ([_block(entry.text, at, line)] for at in _ends(entry))

    def holds(after: Entry) -> bool:
        said = after.rating
        return (
            said is not None
            and (said.value, said.remark) == (value, wanted)
            and reads_same(entry, after, rating=False)
        )

    return _first_valid(entry, candidates(), holds, "The rating")


def remark_line(entry: Entry) -> str:
    """Return the part of the rating's remark that is on the line of the rating."""
    slot = entry.outline.slot
    if slot is None:
        return entry.rating.remark if entry.rating else ""
    line = entry.text[slot.remark_start : _end_of_remark_line(entry, slot)]
    return slot.remark if line.strip() == slot.remark else _tidy(line)


def _end_of_remark_line(entry: Entry, slot: Slot) -> int:
    found = LINE_END.search(entry.text, slot.remark_start, slot.remark_end)
    return found.start() if found else slot.remark_end


def add_point(entry: Entry, text: str) -> list[TextEdit]:
    """Add a learning point after the last one, creating its section if there is none.

    Raise EntryError if the text is blank or would be read as something else ("Enjoyment: 9").
    """
    point = _one_line(text, "A learning point")
    ending = _newline(entry.text)
    heading = f"## {entry.vocabulary.heading(LEARNING)}{ending}{ending}"
    forms = [point, escaped(point)]

    def candidates() -> Iterator[list[TextEdit]]:
        known = _sections(entry, LEARNING)
        at = _ends(entry)
        start, slot = entry.outline.rating_start, entry.outline.slot
        if start is not None and slot and not entry.text[slot.remark_end :].strip():
            at.insert(0, line_start(entry.text, start))
        for form in forms:
            yield from (_add_item(entry, section, form) for section in reversed(known))
            # No blank line may divide a list from "Learning points: one; two".
            item = f"{_newline(entry.text)}{_MARKERS[0]}{form}"
            bare = (section.head_end for section in reversed(known) if not section.items)
            yield from ([TextEdit(end, end, item)] for end in bare)
        items = [heading + marker + form for marker in _MARKERS for form in forms]
        yield from ([_block(entry.text, place, item)] for place in at for item in items)

    def holds(after: Entry) -> bool:
        added = _added_item([p.text for p in entry.points], [p.text for p in after.points])
        return added == point and reads_same(entry, after, points=False)

    return _first_valid(entry, candidates(), holds, "The learning point")


def add_points(entry: Entry, texts: Sequence[str]) -> list[TextEdit]:
    """Add several learning points in their order, as calling `add_point` for each would.

    Reading the entry back after each point would take quadratic time.
    """
    if len(texts) == 1:
        return add_point(entry, texts[0])
    points = [_one_line(text, "A learning point") for text in texts]
    last = _sections(entry, LEARNING)[-1:]
    is_list = any(item.text for section in last for item in section.items)
    if is_list:
        edits = _add_item(entry, last[0], *points)
        after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
        if _point_texts(after) == [*_point_texts(entry), *points] and reads_same(
            entry, after, points=False
        ):
            return edits
    middle = len(texts) // 2 if is_list else 1
    text = entry.text
    for some in (texts[:middle], texts[middle:]):
        now = Entry(entry.day, text, entry.vocabulary)
        text = apply(text, add_points(now, some))
    return smallest_edit(entry.text, text)


def add_task(entry: Entry, text: str, due: date | None = None) -> list[TextEdit]:
    """Add a follow-up after the last one, or else after the prose; due dates in words become dates.

    Raise EntryError if it has no words besides a date or people, or would be misread.
    """
    task = OPEN_BOX + with_dates(_task_words(text, entry.day), entry.day)
    if due:
        task += f" due:{due.isoformat()}"

    def candidates() -> Iterator[list[TextEdit]]:
        for section in reversed(_sections(entry, FOLLOW_UP)):
            yield _add_item(entry, section, task)
        end = _prose_end(entry)
        before = [known for known in entry.tasks if known.end <= end]
        last = [known for known in before if entry.text[known.start : known.start + 1].strip()]
        written = entry.text[:end].rstrip()
        line = written[line_start(written, len(written)) :]
        item = list_item(line)
        if item and item.is_closed is False and not item.indent and is_empty_item(line):
            # A list that was continued but not filled in.
            at = len(written)
            blanks = len(entry.text[at:end]) - len(entry.text[at:end].lstrip(" \t"))
            yield [TextEdit(at, at + blanks, task.removeprefix(OPEN_BOX.rstrip()))]
        if last and not entry.text[last[-1].end : end].strip():
            at = last[-1].end
            yield [TextEdit(at, at, f"{_newline(entry.text)}{_MARKERS[0]}{task}")]
        # After a label such as "Learning points: one", only a heading separates the list.
        heading = f"## {entry.vocabulary.heading(FOLLOW_UP)}{_newline(entry.text) * 2}"
        for opening in (head + marker for marker in _MARKERS for head in ("", heading)):
            yield from ([_block(entry.text, at, opening + task)] for at in (end, *_ends(entry)))

    def holds(after: Entry) -> bool:
        added = _added_item(_task_values(entry.tasks), _task_values(after.tasks))
        return (
            added is not None
            and not added[1]
            and reads_same(entry, after, tasks=False)
            and _count_point_items(entry) == _count_point_items(after)
        )

    return _first_valid(entry, candidates(), holds, "The follow-up")


def add_prose(entry: Entry, text: str) -> list[TextEdit]:
    """Add a paragraph after the prose, before the learning points and the rating.

    Raise EntryError if the text is blank or would change how the rest is read.
    """
    paragraph = text.strip("\r\n").rstrip()
    if not paragraph.strip():
        raise EntryError("There is no text to add.")
    ending = _newline(entry.text)
    paragraph = ending.join(LINE_END.split(paragraph))
    own = Entry(entry.day, paragraph, entry.vocabulary)

    def holds(after: Entry) -> bool:
        kept = after.rating if own.rating is None else None
        return (
            _is_subsequence(_point_texts(entry), _point_texts(after))
            and _is_subsequence([f.text for f in entry.feedback], [f.text for f in after.feedback])
            and _is_subsequence(_task_values(entry.tasks), _task_values(after.tasks))
            and (
                own.rating is not None
                or _rating_values(entry) == (kept and (kept.value, kept.remark))
            )
        )

    places = (_prose_end(entry), *_ends(entry))
    edits = ([_block(entry.text, at, paragraph)] for at in places)
    return _first_valid(entry, edits, holds, "The text")


def _first_valid(
    entry: Entry,
    candidates: Iterable[list[TextEdit]],
    holds: Callable[[Entry], bool],
    what: str,
) -> list[TextEdit]:
    """Return the first candidate after which the entry `holds`; raise EntryError if none does."""
    for edits in candidates:
        if holds(Entry(entry.day, apply(entry.text, edits), entry.vocabulary)):
            return edits
    raise EntryError(
        f"{what} was not added, because it would be misread. Type it into the entry yourself."
    )


def reads_same(
    entry: Entry,
    after: Entry,
    points: bool = True,
    tasks: bool = True,
    rating: bool = True,
    feedback: bool = True,
) -> bool:
    """Return whether the checked parts of an entry are read as before."""
    return (
        (not points or _point_texts(entry) == _point_texts(after))
        and (not feedback or [p.text for p in entry.feedback] == [p.text for p in after.feedback])
        and (not tasks or _task_values(entry.tasks) == _task_values(after.tasks))
        and (not rating or _rating_values(entry) == _rating_values(after))
    )


def has_same_tasks(before: Entry, after: Entry, line: int, below: str) -> bool:
    """Return whether two entries have the same follow-ups after `below` was written under a line.

    The text of an item includes what is nested in it, so the follow-up on that line may end with `below`.
    """
    if len(before.tasks) != len(after.tasks):
        return False
    return all(
        (was.state, was.due, was.waiting, was.since) == (now.state, now.due, now.waiting, now.since)
        and now.text in _texts_with(was.text, below if was.line == line else "")
        for was, now in zip(before.tasks, after.tasks, strict=True)
    )


def _texts_with(text: str, below: str) -> tuple[str, ...]:
    return (text, f"{text} – {below}", f"{text}; {below}") if below else (text,)


def _point_texts(entry: Entry) -> list[str]:
    return [point.text for point in entry.points]


def _task_values(tasks: Iterable[Task]) -> list[tuple[str, bool, date | None]]:
    return [(task.text, task.is_closed, task.due) for task in tasks]


def _count_point_items(entry: Entry) -> int:
    """Return how many items are in lists of points, where a new follow-up would look like a point."""
    lists = (s.items for s in entry.outline.sections if s.kind != FOLLOW_UP)
    return sum(map(len, lists))


def _rating_values(entry: Entry) -> tuple[float, str] | None:
    return (entry.rating.value, entry.rating.remark) if entry.rating else None


def _added_item(before: Sequence[_Read], after: Sequence[_Read]) -> _Read | None:
    """Return the item by which `after` differs from `before`; None if that isn't all of the difference."""
    if len(after) != len(before) + 1:
        return None
    place = next((i for i, old in enumerate(before) if old != after[i]), len(before))
    return after[place] if list(before[place:]) == list(after[place + 1 :]) else None


def _is_subsequence(before: Sequence[_Read], after: Sequence[_Read]) -> bool:
    """Return whether `after` contains the items of `before`, in their order."""
    rest = iter(after)
    return all(one in rest for one in before)


def _newline(text: str) -> str:
    """Return the line ending for new lines of this text: `\\r` only if it has no other."""
    crlf = text.count("\r\n")
    lf = text.count("\n") - crlf
    if crlf or lf:
        return "\r\n" if crlf > lf else "\n"
    return "\r" if "\r" in text else "\n"


def _tidy(text: str) -> str:
    """Return the text as one line, with NUL replaced by U+FFFD as Markdown requires."""
    return " ".join(text.split()).replace("\0", "\ufffd")


def _one_line(text: str, what: str) -> str:
    """Return the text as one line; raise EntryError, with `what` in its message, if it is blank."""
    words = _tidy(text)
    if not words:
        raise EntryError(f"{what} needs some words.")
    return words


def _task_words(text: str, day: date) -> str:
    """Return a follow-up as one line; raise EntryError if it doesn't say what to do."""
    words = _tidy(text)
    left = without_due_dates(words, due_dates(words, day))
    for mark in reversed([*marks_in(left)]):
        left = left[: mark.start] + left[mark.end :]
    if not left.strip(_PUNCTUATION):
        raise EntryError("A follow-up needs some words that say what to do.")
    return words


def _sections(entry: Entry, kind: str) -> list[Section]:
    """Return the sections of a kind, in the order of the text."""
    return [section for section in entry.outline.sections if section.kind == kind]


def _ends(entry: Entry) -> list[int]:
    """Return the offsets for a new block, best first.

    They are the end of the text, the start of the last block (which may absorb what comes after it)
    and the start of the body.
    """
    outline = entry.outline
    return [len(entry.text), outline.last_block, outline.body]


def _prose_end(entry: Entry) -> int:
    """Return the end of the prose: before the first section or, if no prose follows, the rating."""
    outline = entry.outline
    end = min((section.start for section in outline.sections), default=len(entry.text))
    start, slot = outline.rating_start, outline.slot
    if start is not None and slot and start < end and not entry.text[slot.remark_end : end].strip():
        return line_start(entry.text, start)
    return end


def _lead(text: str, at: int) -> str:
    """Return the separator needed between a rating's label and a value inserted at `at`."""
    label = text[line_start(text, at) : at]
    if label[-1:].isspace() or not label:
        return ""
    signs = (":", "：", "-", "–", "—", "|", "=", ">", "→")
    return " " if label.rstrip("*_ \t").endswith(signs) else ": "


def _end_of_blanks(text: str, at: int) -> int:
    """Return the end of the line if only blanks follow, or else `at`."""
    end = at
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return end if text[end : end + 1] in ("", "\r", "\n") else at


def _fill_slot(entry: Entry, slot: Slot, value: float, wanted: str) -> list[TextEdit]:
    """Return the smallest edits that set the value and remark in the rating's place."""
    text, scale = entry.text, entry.vocabulary.scale
    edits: list[TextEdit] = []
    if not text[slot.value_start : slot.value_end].strip():
        whole = _lead(text, slot.value_start) + ratings.canonical(value, wanted, scale)
        return [TextEdit(slot.value_start, _end_of_blanks(text, slot.value_end), whole)]
    if entry.rating is None or entry.rating.value != value:
        written = shown(value) if slot.is_bare else scale.shown(value)
        edits.append(TextEdit(slot.value_start, slot.value_end, written))
    if wanted != slot.remark:
        if slot.remark and wanted:
            edits.append(TextEdit(slot.remark_start, slot.remark_end, wanted))
        elif slot.remark:
            edits.append(TextEdit(slot.separator, slot.remark_end, ""))
        else:
            edits.append(TextEdit(slot.separator, slot.remark_end, f" – {wanted}"))
    return edits


def _add_item(entry: Entry, section: Section, *texts: str) -> list[TextEdit]:
    """Add an item for each text at the end of a section, the first in place of an empty item."""
    gap = _newline(entry.text) * (2 if _is_loose(entry.text, section) else 1)
    filled = [number for number, item in enumerate(section.items, 1) if item.text]
    for item in section.items[filled[-1] if filled else 0 :]:
        if is_empty_item(entry.text[item.start : item.end]):
            marker = item.marker if item.marker.endswith((" ", "\t")) else item.marker + " "
            return [TextEdit(item.start, item.end, _items(marker, texts, gap))]
    if not section.items:
        return [_block(entry.text, section.head_end, _items(f"{BULLETS[0]} ", texts, gap))]
    last = next((i for i in reversed(section.items) if i.text), section.items[-1])
    return [TextEdit(last.end, last.end, gap + _items(_following(last.marker), texts, gap))]


def _items(marker: str, texts: Iterable[str], gap: str) -> str:
    pieces = []
    for text in texts:
        pieces.append(marker + text)
        marker = _following(marker)
    return gap.join(pieces)


def _is_loose(text: str, section: Section) -> bool:
    pairs = zip(section.items, section.items[1:], strict=False)
    return any(len(text[a.end : b.start].splitlines()) > 1 for a, b in pairs)


def _following(opening: str) -> str:
    """Return the indent, marker and blanks of the item that follows one with this opening."""
    item = list_item(opening)
    if item:
        opening = item.quote + item.indent + next_marker(item.marker) + item.gap
    return opening if opening.endswith((" ", "\t")) else opening + " "


def _block(text: str, at: int, content: str) -> TextEdit:
    """Return the edit that inserts a block at `at`, with a blank line before and after it."""
    ending = _newline(text)
    place = len(text[:at].rstrip("\r\n \t"))
    if not text[:place].strip("\ufeff"):
        rest = text[place:].lstrip("\r\n")
        return TextEdit(place, len(text) - len(rest), content + ending + (ending if rest else ""))
    content = ending * 2 + content
    # Blanks at the end of the previous line are kept.
    place += len(text[place:at]) - len(text[place:at].lstrip(" \t"))
    if not text[place:].strip():
        return TextEdit(place, len(text), content + ending)
    rest = text[place:]
    gap = len(LINE_END.findall(rest[: len(rest) - len(rest.lstrip())]))
    return TextEdit(place, place, content + ending * max(0, 2 - gap))
