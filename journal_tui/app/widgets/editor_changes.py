"""Changes by a program: where things are before and after, so that the cursor stays there."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
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


def moved(offset: int, edits: Iterable[TextEdit]) -> int:
    """Where a place of the old text is after the edits.

    Text inserted right at the place comes behind it, but whole lines push the place's line down.
    """
    shift = 0
    for start, end, text in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if offset < start or (start == end == offset and not text.endswith("\n")):
            break
        if offset < end:
            return start + shift + min(offset - start, len(text))
        shift += len(text) - (end - start)
    return offset + shift


def changed_lines(old: str, new: str) -> list[TextEdit]:
    """The edits that turn `old` into `new` line by line, so that what is between them stays."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    places = Places(old_lines)
    edits: list[TextEdit] = []
    for tag, first, last, new_first, new_last in matched_lines(old_lines, new_lines):
        if tag == "equal":
            continue
        lines = new_lines[new_first:new_last]
        if len(lines) == last - first:
            for row, line in enumerate(lines, first):
                at = places.offset((row, 0))
                changes = smallest(old_lines[row], line)
                edits += (TextEdit(at + start, at + end, text) for start, end, text in changes)
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


@dataclass
class PlacedEdit(Edit):
    """An edit that says where the selection is afterwards."""

    selection: Selection = field(default_factory=Selection)

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        """Make the edit, now or again."""
        result = super().do(text_area, record_selection)
        self._updated_selection = self.selection
        return result
