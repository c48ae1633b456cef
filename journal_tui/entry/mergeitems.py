"""Bring the items of a list together one by one: two people may each add one at the same place."""

import re
from typing import NamedTuple

from journal_tui.entry.newlines import matched_lines

_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$|(?=[\r\n]))")
_EMPTY = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])[ \t]*(?:\[ \])?\s*")


class _Changes(NamedTuple):
    """What one side did to the items: what became of each, and what it added before each."""

    now: list[str | None]
    added: list[list[str]]


def merge(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """The lines of a part of a list with both sides' changes, the left's additions behind the right's.

    None where the lines are not all of items, or where both changed one item differently.
    """
    old, _ = _items(was)
    ours, our_rest = _items(left)
    other, other_rest = _items(right)
    rest = our_rest or other_rest
    if "".join(old) != "".join(was) or (our_rest and other_rest) or (rest and was):
        return None
    if rest and not (ours and other):
        return None
    mine, theirs = _changes(old, ours), _changes(old, other)
    merged: list[str] = []
    gone = False
    for at in range(len(old) + 1):
        added = _both(theirs.added[at], mine.added[at])
        if gone and added and _indent(added[0]) > _indent(old[at - 1]):
            # What was put below an item would go to the one above it.
            return None
        merged += added
        if at == len(old):
            break
        a, b = mine.now[at], theirs.now[at]
        if a != b and old[at] not in (a, b):
            return None
        kept = a if b == old[at] else b
        gone = kept is None
        if kept is not None:
            merged.append(kept)
    return merged + rest


def _items(lines: list[str]) -> tuple[list[str], list[str]]:
    """The items that the lines begin with, each with the lines that go on with it; the other lines."""
    items: list[str] = []
    blank: list[str] = []
    for at, line in enumerate(lines):
        if not line.strip():
            if not items:
                return [], lines
            blank.append(line)
        elif _ITEM.match(line):
            if items:
                items[-1] += "".join(blank)
            blank = []
            items.append(line)
        elif items and line[0] in " \t":
            items[-1] += "".join([*blank, line])
            blank = []
        else:
            return items, lines[at - len(blank) :]
    if items:
        items[-1] += "".join(blank)
    return items, []


def _changes(old: list[str], new: list[str]) -> _Changes:
    now: list[str | None] = [None] * len(old)
    added: list[list[str]] = [[] for _ in range(len(old) + 1)]
    for _, first, last, new_first, new_last in matched_lines(old, new):
        took = 0
        for at in range(first, min(last, first + new_last - new_first)):
            # An item that a template left empty is a place to write in, nobody's words.
            if _EMPTY.fullmatch(old[at]) and old[at] != new[new_first + took]:
                break
            now[at] = new[new_first + took]
            took += 1
        added[last] += new[new_first + took : new_last]
    return _Changes(now, added)


def _both(theirs: list[str], mine: list[str]) -> list[str]:
    """What both added at one place; items that belong below the one before come first."""
    mine = [item for item in mine if item not in theirs]
    if not (theirs and mine):
        return theirs + mine
    lowest = min(map(_indent, theirs + mine))
    below = [
        next((i for i, one in enumerate(side) if _indent(one) <= lowest), len(side))
        for side in (theirs, mine)
    ]
    return theirs[: below[0]] + mine[: below[1]] + theirs[below[0] :] + mine[below[1] :]


def _indent(item: str) -> int:
    line = item.expandtabs(4)
    return len(line) - len(line.lstrip(" "))
