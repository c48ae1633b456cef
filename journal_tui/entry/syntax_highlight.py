"""Find what to colour in a line of Markdown while it is edited.

This is a fast scan of single lines; what an entry means is read by `parser` from the whole text.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry import rating
from journal_tui.entry.due_dates import due_dates
from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.markdown_lines import TASK_STATES, Opening, opening
from journal_tui.entry.mentions import PERSON, TAG, code_spans, prose
from journal_tui.entry.vocabulary import Vocabulary, english

KINDS = (
    "heading",
    "quote",
    "bullet",
    "task-open",
    "task-done",
    "rating",
    "due",
    "tag",
    "person",
    "code",
    "link",
    "strong",
    "emphasis",
)
"""The kinds of marks."""

_LINK = lazy_pattern(
    r"!?\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|\[\[[^\[\]]+\]\]"
    r"|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*>"
    r"|(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,14}://[^\s<>]*[^\s<>.,;:!?)\]'\"*_]"
)
_RUN = re.compile(r"\*+|_+")
# Whether words are a date hardly depends on the day from which they are counted.
_ANY_DAY = date(2014, 10, 6)


class Highlight(NamedTuple):
    """A mark: the characters `[start, end)` of a line are of this kind."""

    start: int
    end: int
    kind: str


def line_marks(line: str, vocabulary: Vocabulary | None = None) -> list[Highlight]:
    """Return the marks of a line outside code, in order; an enclosing mark before what it contains."""
    if not line:
        return []
    signs = opening(line)
    position = signs.text
    marks = list(_signs(line, signs))
    if line[position : position + 4].strip(" \t*_"):
        marks += _rating_mark(line, position, vocabulary or english())
    for due in due_dates(line, _ANY_DAY):
        if due.day and due.start >= position:
            marks.append(Highlight(due.start, due.end, "due"))
    marks += _inline_marks(line, position)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return marks


def _signs(line: str, signs: Opening) -> Iterator[Highlight]:
    """Yield the marks of what a line begins with: quote, heading, list markers, a task's box."""
    if signs.quote:
        yield Highlight(0, len(line), "quote")
    if signs.level:
        yield Highlight(signs.quote, len(line), "heading")
    for start, end in signs.markers:
        yield Highlight(start, end, "bullet")
    if signs.box >= 0:
        if TASK_STATES[line[signs.box + 1]]:
            yield Highlight(signs.box, len(line), "task-done")
        else:
            yield Highlight(signs.box, signs.box + 3, "task-open")


def _rating_mark(line: str, position: int, vocabulary: Vocabulary) -> Iterator[Highlight]:
    """Yield the mark of a rating's label and value if one begins at `position`."""
    text = line[position:]
    label = vocabulary.rating(text)
    if label is None:
        return
    start, announced = label
    parsed = rating.parse(text[start:], announced, text[:start], vocabulary.scale)
    if parsed:
        yield Highlight(position, position + start + parsed.end, "rating")


def _inline_marks(line: str, position: int) -> Iterator[Highlight]:
    """Yield the marks of code, links, tags, people and emphasis from `position`."""
    bare = line
    if "`" in line:
        for start, end in code_spans(line):
            yield Highlight(start, end, "code")
            bare = bare[:start] + " " * (end - start) + bare[end:]
    if "](" in bare or "[[" in bare or ":" in bare:
        for link in _LINK.finditer(bare, position):
            yield Highlight(*link.span(), "link")
    if not any(sign in bare for sign in "#@*_"):
        return
    bare = prose(bare)
    for tag in TAG.finditer(bare, position):
        # A tag doesn't end in a hyphen, so "#later--" is the tag `later`.
        yield Highlight(tag.start(), tag.start() + len(tag.group().rstrip("-")), "tag")
    for person in PERSON.finditer(bare, position):
        yield Highlight(*person.span(), "person")
    yield from _emphasis(bare, position)


def _emphasis(text: str, position: int) -> Iterator[Highlight]:
    """Yield the marks of emphasis in one pass: a run of signs closes the nearest open one."""
    openers: dict[str, list[tuple[int, int]]] = {"*": [], "_": []}
    for run in _RUN.finditer(text, position):
        start, end = run.span()
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        if before == "\\":
            start += 1
            if start == end:
                continue
            before = "*"
        sign = text[end - 1]
        left, right = not after.isspace(), not before.isspace()
        if left and not after.isalnum() and right and before.isalnum():
            left = False
        elif right and not before.isalnum() and left and after.isalnum():
            right = False
        opens, closes = left, right
        if sign == "_":
            opens, closes = left and not before.isalnum(), right and not after.isalnum()
        stack = openers[sign]
        while closes and stack and start < end:
            at, length = stack.pop()
            taken = 2 if min(length, end - start) >= 2 else 1
            # Runs opened inside this pair can no longer be closed.
            other = openers["_" if sign == "*" else "*"]
            while other and other[-1][0] > at:
                other.pop()
            yield Highlight(
                at + length - taken, start + taken, "strong" if taken == 2 else "emphasis"
            )
            start += taken
            if length > taken:
                stack.append((at, length - taken))
        if opens and start < end:
            stack.append((start, end - start))
