"""One found thing, and the part of its text that shows the first match in a given width."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.cells import take
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.index.hits import Hit

Marks = Callable[[str], Sequence[tuple[int, int]]]
"""Gives the (start, end) character offsets of the matches in a text."""


_SIGNS = r"^\s*(?:(?:[-*+]|[0-9]{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|#{1,6}\s+|(?:>\s?)+)"


class Row:
    """A hit as a row: what it says and where that matches is worked out when it is first asked for.

    `count` is how many hits the row stands for.
    """

    __slots__ = ("_line", "_marks", "_spans", "_text", "count", "hit")

    def __init__(self, hit: "Hit", marks: Marks | None = None) -> None:
        self.hit = hit
        self.count = 1
        self._marks = marks
        self._text: str | None = None
        self._line = 1
        self._spans: tuple[tuple[int, int], ...] | None = None

    @property
    def day(self) -> date:
        """The day of its entry."""
        return self.hit.day

    @property
    def path(self) -> str:
        """Where its file lies, below the journal."""
        return self.hit.path

    @property
    def kind(self) -> str:
        """`learning`, `feedback`, `follow-up`, `title`, `remark`, `prose` or `entry`."""
        return self.hit.kind

    @property
    def rating(self) -> float | None:
        """How the day was."""
        return self.hit.rating

    @property
    def number(self) -> int | None:
        """Which day it was, where days are counted."""
        return self.hit.number

    def _read(self) -> str:
        """The text; one that is gone from the disk by now is empty."""
        if self._text is None:
            try:
                self._text, self._line = self.hit.text, self.hit.line
                if self.kind in ("entry", "prose"):
                    # A line of the file, which may be an item or a heading.
                    self._text = re.sub(_SIGNS, "", self._text, count=1)
            except (JournalError, OSError):
                self._text = ""
        return self._text

    @property
    def text(self) -> str:
        """The point, or the line that matches."""
        return self._read()

    @property
    def line(self) -> int:
        """The line in its file, from 1."""
        self._read()
        return self._line

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Which parts of the text matched."""
        if self._spans is None:
            self._spans = tuple(self._marks(self.text)) if self._marks else ()
        return self._spans

    def marks(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the search that found this matches in another text."""
        return self._marks(text) if self._marks else ()

    def is_same(self, other: "Row") -> bool:
        """Whether both show the same place of the same file."""
        mine, its = self.hit, other.hit
        if (mine.day, mine.path, mine.kind) != (its.day, its.path, its.kind):
            return False
        return mine.kind == "entry" or self.line == other.line


class Offer(NamedTuple):
    """A search that may be chosen instead of a row; `note` says what it is for."""

    query: str
    note: str = ""


def window(text: str, first: tuple[int, int] | None, cells: int) -> tuple[int, int]:
    """The (start, end) of what fits into `cells`, ellipses allowed for, with the first match."""
    # Most texts have a cell for each character, which is soon known.
    size, cut = (len, _sliced) if text.isascii() else (cell_len, take)
    if len(text) <= cells * 4 and size(text) <= cells:
        return 0, len(text)
    start = 0
    if first is not None and size(text[: min(first[1], cells * 4)]) > cells - 1:
        # Two thirds of the room stay for what follows; a word is not begun in its middle.
        context = text[max(0, first[0] - cells) : first[0]].lstrip()
        tail = size(text[first[0] : first[0] + cells * 4])
        matched = size(text[first[0] : first[1]][: cells * 4])
        room = max(min(cells // 3, cells - 2 - matched), cells - 1 - tail, 0)
        while size(context) > room:
            context = context[max(1, (size(context) - room) // 2) :]
        if " " in context[:-1]:
            context = context[context.index(" ") + 1 :]
        start = first[0] - len(context)
    rest = text[start:]
    room = cells - (1 if start else 0)
    if len(rest) <= room * 4 and size(rest) <= room:
        return start, len(text)
    return start, start + len(cut(rest, room - 1))


def _tag_at_the_end(text: str, match: int, cells: int) -> int:
    """Where the tag or name begins that the match is in, if all from there on fits; 0 if not."""
    begin = text.rfind(" ", 0, match) + 1
    is_tag = text[begin : begin + 1] in ("#", "@")
    return begin if is_tag and len(text) - begin < 200 and cell_len(text[begin:]) <= cells else 0


def _sliced(text: str, cells: int) -> str:
    return text[: max(0, cells)]


def excerpt(
    text: str, spans: tuple[tuple[int, int], ...], cells: int
) -> Iterator[tuple[str, bool]]:
    """The pieces of text that fit into `cells`, each with whether it is a match."""
    if cells <= 0:
        return
    good = [(a, min(b, len(text))) for a, b in spans if 0 <= a < b and a < len(text)]
    good.sort()
    start, end = window(text, good[0] if good else None, cells)
    lead = ""
    if start:
        lead, tag = "…", _tag_at_the_end(text, good[0][0], cells // 2)
        if tag:
            # What the point says is more than the tag by which it was found.
            start, end = tag, len(text)
            lead = take(text[:tag], cells - cell_len(text[tag:]) - 1).rstrip() + "…"
    at = start
    for a, b in good:
        a, b = max(a, at), min(b, end)
        if a < b:
            if lead or at < a:
                yield lead + text[at:a], False
            yield text[a:b], True
            at, lead = b, ""
    tail = text[at:end] + "…" * (end < len(text))
    if lead or tail:
        yield lead + tail, False
