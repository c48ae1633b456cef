"""Bring two changed copies of a text together, where they did not change the same thing.

Front matter goes by its fields, the rating is one field, list items go one by one, all else by
lines. The method for lines is the three-way merge of diff3 (Khanna, Kunal and Pierce, "A Formal
Investigation of Diff3", 2007): stable runs, common to all three, divide the texts into chunks.
"""

import re
from typing import TYPE_CHECKING

from journal_tui.entry import mergefields, mergeitems
from journal_tui.entry.newlines import matched_lines

if TYPE_CHECKING:
    from journal_tui.entry.vocabulary import Vocabulary

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDING = re.compile(r"\r\n|\r|\n")


def merge(base: str, mine: str, theirs: str, vocabulary: "Vocabulary | None" = None) -> str | None:
    """The text with both sides' changes, or None where both changed the same thing differently.

    Items that both added at one place are kept, mine behind theirs. Nothing that one side wrote
    is lost but what the other side took out.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    ends = _ends_with_newline(base, mine, theirs)
    merged = _merged(*map(_with_newline, (base, mine, theirs)), vocabulary=vocabulary)
    if merged is None or ends or not merged:
        return merged
    return re.sub(r"(?:\r\n|\r|\n)\Z", "", merged)


def together(one: str, other: str, vocabulary: "Vocabulary | None" = None) -> str:
    """All lines of two texts whose common origin is not known: what only `other` has comes second."""
    old, new = _lines(_with_newline(one)), _lines(_with_newline(other))
    codes = matched_lines(old, new)
    common = [line for code in codes if code[0] == "equal" for line in old[code[1] : code[2]]]
    merged = merge("".join(common), other, one, vocabulary)
    if merged is not None:
        return merged
    lines: list[str] = []
    for kind, first, last, new_first, new_last in codes:
        lines += old[first:last]
        if kind != "equal":
            lines += new[new_first:new_last]
    return _joined(lines)


def _merged(base: str, mine: str, theirs: str, *, vocabulary: "Vocabulary | None") -> str | None:
    from journal_tui.entry import mergerating

    rating = mergerating.Ratings(base, mine, theirs, vocabulary)
    if rating.is_conflict:
        return None
    for texts in rating.aligned():
        merged = _texts(*texts)
        if merged is not None and rating.holds(merged):
            return merged
    return None


def _texts(base: str, mine: str, theirs: str) -> str | None:
    """Front matter by fields where all three can be read so, the rest by lines."""
    split = [mergefields.split(text) for text in (base, mine, theirs)]
    fronts = [part[0] for part in split if part is not None]
    if len(fronts) < 3 or not any(fronts):
        return _by_lines(base, mine, theirs)
    front = mergefields.merge(*fronts)
    body = _by_lines(*(part[1] for part in split if part is not None))
    return None if front is None or body is None else front + body


def _by_lines(base: str, mine: str, theirs: str) -> str | None:
    old, ours, other = (_lines(text) for text in (base, mine, theirs))
    to_ours, to_other = _matches(old, ours), _matches(old, other)
    merged: list[str] = []
    a = b = c = 0
    for line in range(len(old) + 1):
        stable = line == len(old) or (line in to_ours and line in to_other)
        if not stable:
            continue
        end_b = to_ours.get(line, len(ours)) if line < len(old) else len(ours)
        end_c = to_other.get(line, len(other)) if line < len(old) else len(other)
        chunk = _chunk(old[a:line], ours[b:end_b], other[c:end_c])
        if chunk is None:
            return None
        merged += chunk
        if line < len(old):
            merged.append(old[line])
        a, b, c = line + 1, end_b + 1, end_c + 1
    return _joined(merged)


def _chunk(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """What becomes of the lines between two stable runs; None where both changed them."""
    if left == right or right == was:
        return left
    if left == was:
        return right
    shorter = min(len(left), len(right))
    top = 0
    while top < shorter and left[top] == right[top]:
        top += 1
    tail = 0
    while tail < shorter - top and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    # What both wrote alike stands once, before and behind what they wrote differently.
    inner = left[top : len(left) - tail], right[top : len(right) - tail]
    if inner[1] == was:
        middle: list[str] | None = inner[0]
    elif inner[0] == was:
        middle = inner[1]
    else:
        middle = mergeitems.merge(was, *inner)
        if middle is None:
            middle = _side_by_side(was, *inner)
    return None if middle is None else left[:top] + middle + left[len(left) - tail :]


def _side_by_side(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
    """The lines with both sides' changes where these only touch: a line, and one added after it.

    None where both changed one line, both added at one place, or one took out a line.
    """
    changes: list[tuple[int, int, list[str]]] = []
    for new in (left, right):
        for tag, first, last, new_first, new_last in matched_lines(was, new):
            if tag == "equal":
                continue
            if new_last - new_first < last - first:
                return None
            changes.append((first, last, new[new_first:new_last]))
    changes.sort(key=lambda change: change[:2])
    merged: list[str] = []
    position, was_added = 0, -1
    for first, last, lines in changes:
        if first < position or first == last == was_added:
            return None
        merged += was[position:first] + lines
        position = last
        was_added = last if first == last else -1
    return merged + was[position:]


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    """For each line of `old` that stands unchanged in `new`, where it stands there."""
    return {
        first + i: new_first + i
        for kind, first, last, new_first, _ in matched_lines(old, new)
        if kind == "equal"
        for i in range(last - first)
    }


def _lines(text: str) -> list[str]:
    """Its lines with their ends; only `\\n`, `\\r\\n` and `\\r` end one, as in Markdown."""
    return _LINE.findall(text)


def _joined(lines: list[str]) -> str:
    """The text of lines; a lone \\r before an empty line of \\n would read as one ending."""
    for at in range(1, len(lines)):
        if lines[at] == "\n" and lines[at - 1].endswith("\r"):
            lines[at] = "\r\n"
    return "".join(lines)


def _with_newline(text: str) -> str:
    """The text with its last line ended as the lines before it are."""
    if not text or text[-1] in "\r\n":
        return text
    ending = _ENDING.search(text)
    return text + (ending.group() if ending else "\n")


def _ends_with_newline(base: str, mine: str, theirs: str) -> bool:
    """Whether the merged text ends with a newline: as the side that changed it has it."""
    was, ours, other = (not text or text[-1] in "\r\n" for text in (base, mine, theirs))
    return other if ours == was else ours
