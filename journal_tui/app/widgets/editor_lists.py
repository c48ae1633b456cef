"""What Enter and Tab do in lists and quotes: pure functions of the lines."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ITEM = re.compile(
    r"(?P<quote>(?: {0,3}> ?)*)(?P<indent>[ \t]*)(?P<marker>[-*+]|[0-9]{1,9}[.)])"
    r"(?P<blanks>[ \t]+|$)"
    r"(?P<box>\[[ xX]\](?:[ \t]+|$))?"
)
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BREAK = re.compile(r"[> \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$")


class Item(NamedTuple):
    """How a list item begins: the quote signs, indent, marker, blanks and box before its text."""

    quote: str
    indent: str
    marker: str
    blanks: str
    box: str

    @property
    def prefix(self) -> str:
        """Everything before the item's own text."""
        return "".join(self)

    @property
    def width(self) -> int:
        """Columns from the marker to the item's text, by which a child is indented."""
        blanks = len(self.blanks)
        return len(self.marker) + (blanks if 1 <= blanks <= 4 else 1)

    @property
    def column(self) -> int:
        """The column of the marker, tabs counted as four."""
        return len(self.indent.expandtabs(4))


class LineEdit(NamedTuple):
    """Replace the columns `[start, end)` of one line by `text`, which may hold newlines."""

    start: int
    end: int
    text: str


def item_of(line: str) -> Item | None:
    """The beginning of a list item, or None for any other line."""
    found = _ITEM.match(line)
    if not found or _BREAK.match(line):
        return None
    return Item(*(part or "" for part in found.groups()))


def _next_marker(marker: str) -> str:
    return marker if not marker[0].isdigit() else f"{int(marker[:-1]) + 1}{marker[-1]}"


def enter(line: str, column: int, above: str = "") -> LineEdit | None:
    """Go on with the list or quote, or end it on an empty item; None for a plain newline.

    `above` is the line before: an empty one keeps what is typed next apart from its text, which it
    would else go on with.
    """
    item = item_of(line)
    if item and not item.blanks:
        return None
    if item:
        opening, prefix = item.quote, item.prefix
        blanks = item.blanks if len(item.blanks) <= 4 else " "
        following = item.quote + item.indent + _next_marker(item.marker) + blanks
        following += "[ ] " if item.box else ""
    else:
        quote = _QUOTE.match(line)
        if not quote:
            return None
        opening, prefix = "", quote.group()
        following = prefix if prefix.endswith(" ") else f"{prefix} "
    if column < len(prefix.rstrip()):
        return None
    if not line[len(prefix) :].strip():
        is_apart = not above.strip("> \t")
        return LineEdit(len(opening), len(line), "" if is_apart else f"\n{opening}")
    if column < len(prefix):
        return None
    rest = line[column:]
    return LineEdit(column, column + len(rest) - len(rest.lstrip(" \t")), f"\n{following}")


def shift(lines: Sequence[str], row: int, outdent: bool) -> LineEdit | None:
    """Indent or outdent the item at `row` by a level; None when it is no item or is outermost.

    One level in is the width of the item above at the same column (which becomes the parent), else
    of the item itself; one level out is the column of the item it is nested in.
    """
    item = item_of(lines[row])
    if not item or (outdent and not item.indent):
        return None
    column = item.column
    target = max(0, column - item.width) if outdent else column + item.width
    for above in range(row - 1, max(-1, row - 200), -1):
        other = item_of(lines[above])
        if not other:
            if lines[above].strip() and not lines[above].startswith((" ", "\t")):
                break
        elif outdent and other.column < column:
            target = other.column
            break
        elif not outdent and other.column <= column:
            if other.column == column:
                target = column + other.width
            break
    start = len(item.quote)
    return LineEdit(start, start + len(item.indent), " " * target)
