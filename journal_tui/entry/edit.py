"""Text edits, by which every change of an entry is made, as small as possible."""

from collections.abc import Iterable
from typing import NamedTuple


class TextEdit(NamedTuple):
    """An edit that replaces `[start, end)`, character offsets of the old text, by `text`."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text after the edits, whose spans all refer to the old text.

    Raise ValueError if a span is outside the text or two overlap.
    """
    pieces: list[str] = []
    position = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not position <= start <= end <= len(text):
            raise ValueError(f"edit [{start}, {end}) overlaps another or lies outside the text")
        pieces += text[position:start], new
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def smallest_edit(old: str, new: str) -> list[TextEdit]:
    """Return the edit that turns `old` into `new`, without their common beginning and end.

    The list is empty if the texts are equal.
    """
    if old == new:
        return []
    start = _common_prefix_length(old, new, min(len(old), len(new)))
    limit = min(len(old), len(new)) - start
    tail = _common_suffix_length(old, new, limit)
    return [TextEdit(start, len(old) - tail, new[start : len(new) - tail])]


def _common_prefix_length(one: str, two: str, limit: int) -> int:
    """Return the length of the common beginning, at most `limit`.

    Bisection is used because comparing slices is fast.
    """
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            limit = middle - 1
    return low


def _common_suffix_length(one: str, two: str, limit: int) -> int:
    """Return the length of the common end, at most `limit`."""
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if one[len(one) - middle : len(one) - low] == two[len(two) - middle : len(two) - low]:
            low = middle
        else:
            limit = middle - 1
    return low
