"""Learning points in one breath: `Learning points: one; two; and three.`"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from journal_tui.entry.entry import Point
from journal_tui.entry.lines import Place
from journal_tui.entry.mentions import code_spans
from journal_tui.entry.rating import unclosed
from journal_tui.entry.vocabulary import LEARNING

_DIVIDER = re.compile(r"&#?\w{1,31};|([;；])")


def points(places: list[Place], column: int, label: str = "") -> list[Point]:
    """The points from `column` of the first of these lines on; `label` is what announced them.

    They are split at semicolons, never at commas; "and" around a point and the final full stop
    are no part of it.
    """
    lines = [places[0].text[column:], *(place.text for place in places[1:])]
    offsets = [places[0].offset + column, *(place.offset for place in places[1:])]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    joined = "\n".join(lines)
    closing = unclosed(label)
    if closing and joined.endswith(closing):
        joined = joined[: -len(closing)]
    found = []
    for start, end in _parts(joined):
        first = min(bisect_right(starts, start), len(lines)) - 1
        last = min(bisect_right(starts, end - 1), len(lines)) - 1
        text = " ".join(joined[start:end].split())
        begin = offsets[first] + start - starts[first]
        behind = offsets[last] + end - starts[last]
        found.append(Point(LEARNING, text, places[first].line + 1, begin, behind))
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    dividers = list(_dividers(text))
    starts, ends = [0, *(place + 1 for place in dividers)], [*dividers, len(text)]
    last = len(text.rstrip())
    for start, end in zip(starts, ends, strict=True):
        start, end = _trimmed(text, start, end)
        if start and text[start : start + 3].lower() == "and" and _is_blank(text, start + 3, end):
            start, end = _trimmed(text, start + 3, end)
        if text[start:end].lower().endswith("and") and text[end - 4 : end - 3].isspace():
            start, end = _trimmed(text, start, max(start, end - 3))
        if end == last and text[start:end].endswith(".") and not text[start:end].endswith(".."):
            end -= 1
        if start < end:
            yield start, end


def _dividers(text: str) -> Iterator[int]:
    """Where a semicolon divides points: one in code, or at the end of `&amp;`, does not."""
    code = code_spans(text) if "`" in text else []
    span = 0
    for match in _DIVIDER.finditer(text):
        if match.group(1):
            while span < len(code) and code[span][1] <= match.start():
                span += 1
            if span == len(code) or match.start() < code[span][0]:
                yield match.start()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_blank(text: str, place: int, end: int) -> bool:
    return place >= end or text[place].isspace()
