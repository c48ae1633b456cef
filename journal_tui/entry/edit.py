"""A change of a text as the smallest span that changes; everything that alters an entry is one."""

from collections.abc import Iterable
from typing import NamedTuple


class TextEdit(NamedTuple):
    """Replace `[start, end)` (character offsets of the old text) by `text`."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after the edits, whose spans refer to the old text and may not overlap.

    Raises ValueError for a span outside the text or two that overlap.
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


def smallest(old: str, new: str) -> list[TextEdit]:
    """The one edit that turns `old` into `new` with common beginning and end left alone."""
    if old == new:
        return []
    start = _common(old, new, min(len(old), len(new)))
    limit = min(len(old), len(new)) - start
    tail = _common_end(old, new, limit)
    return [TextEdit(start, len(old) - tail, new[start : len(new) - tail])]


def _common(one: str, two: str, limit: int) -> int:
    """How many characters both begin with, at most `limit`; by bisection, since slices compare fast."""
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            limit = middle - 1
    return low


def _common_end(one: str, two: str, limit: int) -> int:
    """How many characters both end with, at most `limit`."""
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if one[len(one) - middle : len(one) - low] == two[len(two) - middle : len(two) - low]:
            low = middle
        else:
            limit = middle - 1
    return low
