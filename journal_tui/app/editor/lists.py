"""The edits that Enter and Tab make in lists and quotes, as pure functions of the lines."""

from collections.abc import Sequence
from typing import NamedTuple

from journal_tui.entry.markdown_lines import OPEN_BOX, list_item, next_marker, quote_signs


class LineEdit(NamedTuple):
    """An edit that replaces the columns `[start, end)` of a line; `text` may hold newlines."""

    start: int
    end: int
    text: str


def enter(line: str, column: int, above: str = "") -> LineEdit | None:
    """Return the edit for Enter in a list or quote; None if Enter inserts a plain newline.

    It continues the list or quote or, on an empty item, ends it. `above` is the line before. If it
    has text, a blank line takes the empty item's place, because the next text would otherwise
    continue the paragraph above.
    """
    item = list_item(line)
    if item and not item.gap:
        return None
    if item:
        opening, prefix = item.quote, item.prefix
        gap = item.gap if len(item.gap) <= 4 else " "
        following = item.quote + item.indent + next_marker(item.marker) + gap
        following += OPEN_BOX if item.box else ""
    else:
        opening, prefix = "", quote_signs(line)
        if not prefix:
            return None
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


def drop_retyped_marker(line: str, column: int, prefix: str) -> LineEdit | None:
    """Return the edit that removes `prefix`, written by `enter`, if a marker was typed after it.

    Return None unless the typed marker is of the same kind, a bullet or a number, and ends at the
    column. If it was typed without an indent, the indent of the prefix is kept.
    """
    written, typed = list_item(prefix), line[len(prefix) : column]
    item = list_item(typed)
    if not written or not item or not line.startswith(prefix) or line[column:].strip():
        return None
    is_same_kind = written.marker[:1].isdigit() == item.marker[:1].isdigit()
    if not item.gap or item.prefix != typed or not is_same_kind:
        return None
    start = 0
    if not item.quote:
        start = len(written.quote) + (0 if item.indent else len(written.indent))
    return LineEdit(start, len(prefix), "")


def shift(lines: Sequence[str], row: int, outdent: bool) -> LineEdit | None:
    """Return the edit that indents or outdents the item at `row` by one level.

    Return None if the line isn't an item, or can't be outdented further. Indenting moves by the
    width of the item above at the same column (which becomes the parent), or else of the item
    itself; outdenting moves to the column of the item it is nested in.
    """
    item = list_item(lines[row])
    if not item or (outdent and not item.indent):
        return None
    column = item.column
    target = max(0, column - item.width) if outdent else column + item.width
    for above in range(row - 1, max(-1, row - 200), -1):
        other = list_item(lines[above])
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
