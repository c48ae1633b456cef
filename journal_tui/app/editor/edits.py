"""Edits made by the program, and where they move locations, so that the cursor stays with its text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from textual.document._document import EditResult, Location, Selection
from textual.document._edit import Edit
from textual.widgets import TextArea

from journal_tui.entry.diff import diff_lines
from journal_tui.entry.edit import TextEdit, smallest_edit


class LocationMap:
    """Convert between character offsets of a text and (row, column) locations of its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, location: Location) -> int:
        """Return the offset of a location."""
        row, column = location
        return self._starts[row] + column

    def location(self, offset: int) -> Location:
        """Return the location of an offset within the text."""
        row = min(bisect_right(self._starts, offset), len(self._starts) - 1) - 1
        return row, offset - self._starts[row]


def offset_after(
    offset: int, edits: Iterable[TextEdit], begins_line: bool = True, is_blank: bool = False
) -> int:
    """Return the offset in the new text of an offset in the old one.

    Text inserted exactly at the offset comes after it, but whole lines inserted there push it down
    if it begins its line (`begins_line`). On a blank line (`is_blank`) a text that begins with a
    newline counts as inserted below, not above.
    """
    shift = 0
    for start, end, text in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        is_above = not (is_blank and text.startswith("\n"))
        pushes = begins_line and is_above and text.endswith("\n")
        if offset < start or (start == end == offset and not pushes):
            break
        if offset < end:
            return start + shift + min(offset - start, len(text))
        shift += len(text) - (end - start)
    return offset + shift


def find_same_line(old: Sequence[str], new: Sequence[str], row: int) -> int | None:
    """Return the row of `new` that matches the line at `row` of `old`, or None.

    Of several equal lines, choose the one with the most equal lines around it. A line that was
    changed is recognised by its place between the unchanged lines.
    """
    equal = [at for at, line in enumerate(new) if line == old[row]]
    if len(equal) == 1:
        return equal[0]
    aligned = _row_in_diff(old, new, row)
    if not equal:
        return aligned

    def likeness(at: int) -> tuple[int, bool, int]:
        around = _count_equal_neighbours(old, new, row, at, -1) + _count_equal_neighbours(
            old, new, row, at, 1
        )
        return around, at == aligned, -abs(at - row)

    return max(equal, key=likeness)


def _count_equal_neighbours(
    old: Sequence[str], new: Sequence[str], row: int, at: int, step: int
) -> int:
    """Count the equal lines directly above (`step` -1) or below (1) two rows, up to 50."""
    count = 0
    while count < 50:
        row, at = row + step, at + step
        if not (0 <= row < len(old) and 0 <= at < len(new)) or old[row] != new[at]:
            break
        count += 1
    return count


def _row_in_diff(old: Sequence[str], new: Sequence[str], row: int) -> int | None:
    """Return the row that a diff of all lines pairs with `row`, or None."""
    for tag, first, last, new_first, new_last in diff_lines(list(old), list(new)):
        if not first <= row < last:
            continue
        if tag == "equal":
            return new_first + row - first
        if new_first == new_last:
            return None

        place = min(new_first + row - first, new_last - 1)
        kept = {at: _shared_length(old[row], new[at]) for at in range(new_first, new_last)}
        best = max(kept, key=lambda at: (kept[at], -abs(at - place)))
        return best if kept[best] or last - first == new_last - new_first else None
    return None


def _shared_length(old: str, new: str) -> int:
    """Count the characters that two lines share at their beginnings and ends."""
    return len(new) - sum(len(text) for _, _, text in smallest_edit(old, new))


def line_edits(old: str, new: str, row: int | None = None) -> list[TextEdit]:
    """Return edits that turn `old` into `new` line by line and leave unchanged lines alone.

    The line at `row`, where the cursor is, is matched before all others.
    """
    old_lines, new_lines = old.split("\n"), new.split("\n")
    places = LocationMap(old_lines)
    edits: list[TextEdit] = []
    at = None if row is None else find_same_line(old_lines, new_lines, row)
    for tag, first, last, new_first, new_last in _diff_with_fixed_row(
        old_lines, new_lines, row, at
    ):
        if tag == "equal":
            continue
        lines = new_lines[new_first:new_last]
        if len(lines) == last - first:
            for number, line in enumerate(lines, first):
                start_of_line = places.offset((number, 0))
                changes = smallest_edit(old_lines[number], line)
                edits += (
                    TextEdit(start_of_line + start, start_of_line + end, text)
                    for start, end, text in changes
                )
        elif last < len(old_lines):
            text = "".join(f"{line}\n" for line in lines)
            edits.append(TextEdit(places.offset((first, 0)), places.offset((last, 0)), text))
        else:
            # The last line doesn't end with a newline, so the newline before it is edited.
            text = "".join(f"\n{line}" for line in lines)
            start = places.offset((first, 0)) - 1
            edits.append(
                TextEdit(start, len(old), text) if start >= 0 else TextEdit(0, len(old), text[1:])
            )
    return edits


def _diff_with_fixed_row(
    old: list[str], new: list[str], row: int | None, at: int | None
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the diff of the lines, with row `row` of `old` paired with row `at` of `new`."""
    if row is None or at is None:
        yield from diff_lines(old, new)
        return
    yield from diff_lines(old[:row], new[:at])
    yield "replace", row, row + 1, at, at + 1
    below = diff_lines(old[row + 1 :], new[at + 1 :])
    for tag, first, last, new_first, new_last in below:
        down, new_down = row + 1, at + 1
        yield tag, first + down, last + down, new_first + new_down, new_last + new_down


@dataclass
class PlacedEdit(Edit):
    """An edit with the selection to set after it."""

    selection: Selection = field(default_factory=Selection)

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Make or redo the edit."""
        result = super().do(text_area, record_selection)
        self._updated_selection = self.selection
        return result
