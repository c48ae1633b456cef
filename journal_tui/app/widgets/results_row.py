"""One found point, and the part of its text that shows the first match in a given width."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.cells import take


class Row(NamedTuple):
    """A found point: where it stands, what it says, and which parts of the text matched.

    `spans` are (start, end) character offsets in `text`; `line` counts from 1; `kind` is
    `learning`, `feedback`, `follow-up` or `entry`.
    """

    day: date
    text: str
    rating: float | None
    path: str
    line: int
    kind: str = "learning"
    spans: tuple[tuple[int, int], ...] = ()


def window(text: str, first: tuple[int, int] | None, cells: int) -> tuple[int, int]:
    """The (start, end) of what fits into `cells`, ellipses allowed for, with the first match."""
    if len(text) <= cells * 4 and cell_len(text) <= cells:
        return 0, len(text)
    start = 0
    if first is not None and cell_len(text[: min(first[1], cells * 4)]) > cells - 1:
        # Two thirds of the room stay for what follows; a word is not begun in its middle.
        context = text[max(0, first[0] - cells) : first[0]].lstrip()
        tail = cell_len(text[first[0] : first[0] + cells * 4])
        matched = cell_len(text[first[0] : first[1]][: cells * 4])
        room = max(min(cells // 3, cells - 2 - matched), cells - 1 - tail, 0)
        while cell_len(context) > room:
            context = context[max(1, (cell_len(context) - room) // 2) :]
        if " " in context[:-1]:
            context = context[context.index(" ") + 1 :]
        start = first[0] - len(context)
    rest = text[start:]
    room = cells - (1 if start else 0)
    if len(rest) <= room * 4 and cell_len(rest) <= room:
        return start, len(text)
    return start, start + len(take(rest, room - 1))


def excerpt(
    text: str, spans: tuple[tuple[int, int], ...], cells: int
) -> Iterator[tuple[str, bool]]:
    """The pieces of text that fit into `cells`, each with whether it is a match."""
    if cells <= 0:
        return
    good = sorted((max(0, a), min(len(text), b)) for a, b in spans if a < b and a < len(text))
    start, end = window(text, good[0] if good else None, cells)
    if start:
        yield "…", False
    edges = {start, end}
    for a, b in good:
        edges.update(edge for edge in (a, b) if start < edge < end)
    for a, b in pairwise(sorted(edges)):
        yield text[a:b], any(s <= a and b <= e for s, e in good)
    if end < len(text):
        yield "…", False
