"""Changes by a program: where things are before and after, so that the cursor stays there."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from textual.document._document import EditResult, Location, Selection
from textual.document._edit import Edit
from textual.widgets import TextArea

from journal_tui.entry.edit import TextEdit, smallest
from journal_tui.entry.newlines import matched_lines


class Places:
    """Character offsets of a text and (row, column) locations of its lines, one from the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, location: Location) -> int:
        """The offset of a location."""
        row, column = location
        return self._starts[row] + column

    def location(self, offset: int) -> Location:
        """The location of an offset within the text."""
        row = min(bisect_right(self._starts, offset), len(self._starts) - 1) - 1
        return row, offset - self._starts[row]


def moved(
    offset: int, edits: Iterable[TextEdit], begins_line: bool = True, is_blank: bool = False
) -> int:
    """Where a place of the old text is after the edits.

    Text inserted right at the place comes after it, but whole lines inserted at the beginning of
    the place's line push it down. On a blank line these are told apart by where they begin.
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


def same_line(old: Sequence[str], new: Sequence[str], row: int) -> int | None:
    """The row of `new` that holds the line at `row` of `old`, or what became of it; None for none.

    Of several equal lines it is the one with most of the same lines around it. A line that was
    changed is recognised by its place between the lines that stayed.
    """
    equal = [at for at, line in enumerate(new) if line == old[row]]
    if len(equal) == 1:
        return equal[0]
    aligned = _aligned(old, new, row)
    if not equal:
        return aligned

    def likeness(at: int) -> tuple[int, bool, int]:
        around = _alike(old, new, row, at, -1) + _alike(old, new, row, at, 1)
        return around, at == aligned, -abs(at - row)

    return max(equal, key=likeness)


def _alike(old: Sequence[str], new: Sequence[str], row: int, at: int, step: int) -> int:
    """How many lines above (-1) or below (1) two rows are the same, up to 50."""
    count = 0
    while count < 50:
        row, at = row + step, at + step
        if not (0 <= row < len(old) and 0 <= at < len(new)) or old[row] != new[at]:
            break
        count += 1
    return count


def _aligned(old: Sequence[str], new: Sequence[str], row: int) -> int | None:
    """The row that a comparison of all lines puts in the place of `row`."""
    for tag, first, last, new_first, new_last in matched_lines(list(old), list(new)):
        if not first <= row < last:
            continue
        if tag == "equal":
            return new_first + row - first
        if new_first == new_last:
            return None

        place = min(new_first + row - first, new_last - 1)
        kept = {at: _kept(old[row], new[at]) for at in range(new_first, new_last)}
        best = max(kept, key=lambda at: (kept[at], -abs(at - place)))
        return best if kept[best] or last - first == new_last - new_first else None
    return None


def _kept(old: str, new: str) -> int:
    """How many characters a line keeps at both ends."""
    return len(new) - sum(len(text) for _, _, text in smallest(old, new))


def changed_lines(old: str, new: str, row: int | None = None) -> list[TextEdit]:
    """The edits that turn `old` into `new` line by line, so that what is between them stays.

    The line at `row`, where one types, is matched first: with its own text, whatever else moved.
    """
    old_lines, new_lines = old.split("\n"), new.split("\n")
    places = Places(old_lines)
    edits: list[TextEdit] = []
    at = None if row is None else same_line(old_lines, new_lines, row)
    for tag, first, last, new_first, new_last in _codes(old_lines, new_lines, row, at):
        if tag == "equal":
            continue
        lines = new_lines[new_first:new_last]
        if len(lines) == last - first:
            for number, line in enumerate(lines, first):
                start_of_line = places.offset((number, 0))
                changes = smallest(old_lines[number], line)
                edits += (
                    TextEdit(start_of_line + start, start_of_line + end, text)
                    for start, end, text in changes
                )
        elif last < len(old_lines):
            text = "".join(f"{line}\n" for line in lines)
            edits.append(TextEdit(places.offset((first, 0)), places.offset((last, 0)), text))
        else:
            # The last line has no newline of its own: the one before it comes or goes.
            text = "".join(f"\n{line}" for line in lines)
            start = places.offset((first, 0)) - 1
            edits.append(
                TextEdit(start, len(old), text) if start >= 0 else TextEdit(0, len(old), text[1:])
            )
    return edits


def _codes(
    old: list[str], new: list[str], row: int | None, at: int | None
) -> Iterator[tuple[str, int, int, int, int]]:
    """The comparison of the lines, in which `row` and `at` are one line."""
    if row is None or at is None:
        yield from matched_lines(old, new)
        return
    yield from matched_lines(old[:row], new[:at])
    yield "replace", row, row + 1, at, at + 1
    below = matched_lines(old[row + 1 :], new[at + 1 :])
    for tag, first, last, new_first, new_last in below:
        down, new_down = row + 1, at + 1
        yield tag, first + down, last + down, new_first + new_down, new_last + new_down


@dataclass
class PlacedEdit(Edit):
    """An edit that says where the selection is afterwards."""

    selection: Selection = field(default_factory=Selection)

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Make the edit, now or again."""
        result = super().do(text_area, record_selection)
        self._updated_selection = self.selection
        return result
