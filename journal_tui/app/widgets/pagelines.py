"""An entry as a page in a few milliseconds: its Markdown laid out in lines of cells.

Cheaper than widgets for each paragraph, so that a page can follow a cursor. It renders what days
are written in: headings, lists, tasks, quotes, code, emphasis, links, tags and people.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.cells import flat, take
from journal_tui.entry.marks import CODE, FRONT_MATTER, block_kinds, line_marks
from journal_tui.entry.vocabulary import Vocabulary

MOST_LINES = 600
"""Lines of an entry that are laid out; more than fit on any screen."""
_MOST_CHARACTERS, _LONGEST = 120_000, 40_000
MATCH = "match"

Span = tuple[int, int, str]
Cuts = tuple[tuple[int, int], ...]
"""What was left out of a text: (offset in what is shown, how many characters)."""
Matches = Callable[[str], Sequence[tuple[int, int]]]

_BREAK = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_ITEM = re.compile(r"([ \t]*)([-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)(\[[ xX]\](?=[ \t]|$)[ \t]*)?")
_TABLE = re.compile(r"[ \t]*\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|\[\[([^\[\]]+)\]\]|<([^<>]*)>")
_RUN = {"strong": 2, "emphasis": 1}


class PageLine(NamedTuple):
    """One line as it is shown; `spans` are (start, end, kind) in `text`; `source` counts from 1."""

    text: str
    spans: tuple[Span, ...]
    source: int


class _Block(NamedTuple):
    """A paragraph, an item or the like: its text, the sources of its parts, and what leads it."""

    text: str
    parts: tuple[tuple[int, int], ...]  # (offset in text, source line)
    lead: str = ""
    kind: str = ""


def page_lines(
    text: str, cells: int, around: int, matches: Matches, vocabulary: Vocabulary | None = None
) -> list[PageLine]:
    """The lines of a page `cells` wide; of a very long entry those around a source line."""
    source = text.split("\n")
    kinds = block_kinds(source)
    first, last = _range(source, max(0, min(around - 1, len(source) - 1)))
    lines: list[PageLine] = []
    if first:
        lines.append(_note(f"… {first:,} {'line' if first == 1 else 'lines'} above", first))
    blocks = _Blocks()
    for number in range(first, last):
        blocks.add(_cut(source[number].rstrip("\r")), kinds[number], number + 1)
    blocks.end()
    for block in blocks.done:
        if not block.text and not block.lead:
            # One blank line is enough between two things, and none at the top.
            if lines and lines[-1].text:
                lines.append(PageLine("", (), block.parts[0][1]))
            continue
        lines += _laid_out(block, cells, matches, vocabulary)
    if last < len(source):
        left = len(source) - last
        lines.append(_note(f"… {left:,} {'line' if left == 1 else 'lines'} below", last))
    return lines


def _range(source: list[str], at: int) -> tuple[int, int]:
    """The lines [first, last) around the line `at` that do not take long to lay out."""
    first, used = at, 0
    while first and at - first < MOST_LINES // 3 and used < _MOST_CHARACTERS // 3:
        first -= 1
        used += min(len(source[first]), _LONGEST)
    last = at
    while last < len(source) and last - first < MOST_LINES and used < _MOST_CHARACTERS:
        used += min(len(source[last]), _LONGEST)
        last += 1
    return first, last


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _note(text: str, source: int) -> PageLine:
    return PageLine(text, ((0, len(text), "quote"),), source)


class _Blocks:
    """Reads lines one after the other and makes blocks of them; Markdown joins those of a paragraph."""

    def __init__(self) -> None:
        self.done: list[_Block] = []
        self._text = self._lead = ""
        self._parts: list[tuple[int, int]] = []

    def end(self) -> None:
        """End the paragraph or item that is open."""
        if self._parts:
            self.done.append(_Block(self._text, tuple(self._parts), self._lead))
        self._text, self._lead, self._parts = "", "", []

    def add(self, raw: str, kind: str, source: int) -> None:
        """Take in a source line."""
        if kind in (CODE, FRONT_MATTER):
            self.end()
            self.done.append(_verbatim(raw, kind, source))
            return
        line = flat(raw)
        if block := _single(line, source):
            self.end()
            self.done.append(block)
            return
        if item := _ITEM.match(line):
            self.end()
            indent, sign, box = item.groups()
            sign = "•" if sign in "-*+" else sign
            if box:
                sign = "☐" if box[1] == " " else "☑"
            self._lead = "  " * (len(indent) // 2) + f"{sign} "
            line = line[item.end() :]
        if self._parts:
            self._text += " "
        self._parts.append((len(self._text), source))
        self._text += line.strip()
        # Two blanks or a backslash at the end of a line are a break.
        if raw.endswith(("  ", "\\")):
            self._text = self._text.removesuffix("\\")
            hanging = " " * cell_len(self._lead)
            self.end()
            self._lead = hanging


def _verbatim(raw: str, kind: str, source: int) -> _Block:
    """A line of code, or of the front matter; the fence itself is an empty line."""
    line = flat(raw.expandtabs(4))
    if kind == CODE and line.lstrip(" >")[:3] in ("```", "~~~"):
        return _Block("", ((0, source),))
    return _Block(line, ((0, source),), "  " * (kind == CODE), kind)


def _single(line: str, source: int) -> _Block | None:
    """A line that is a block by itself: a blank, a rule, a heading, a row of a table, a quote."""
    parts = ((0, source),)
    if not line.strip():
        return _Block("", parts)
    if _BREAK.match(line):
        return _Block("", parts, "───")
    if heading := _HEADING.match(line):
        return _Block(_CLOSING.sub("", line[heading.end() :]).strip(), parts, "", "heading")
    if _TABLE.match(line):
        return _Block(line.strip(), parts, "", "table")
    if quote := _QUOTE.match(line):
        return _Block(line[quote.end() :].strip(), parts, "│ " * quote[0].count(">"), "quote")
    return None


def _laid_out(
    block: _Block, cells: int, matches: Matches, vocabulary: Vocabulary | None
) -> Iterator[PageLine]:
    """The block broken into lines behind its lead, with its spans."""
    text = block.text
    spans: list[Span] = []
    cuts: Cuts = ()
    if block.kind in (CODE, FRONT_MATTER):
        spans = [(0, len(text), "code-block" if block.kind == CODE else "front-matter")]
    elif text:
        text, spans, cuts = _inline(text, vocabulary)
        if block.kind in ("heading", "quote"):
            spans.insert(0, (0, len(text), block.kind))
        if block.lead.strip() == "☑":
            spans.insert(0, (0, len(text), "task-done"))
    spans += [(start, end, MATCH) for start, end in matches(text)]
    lead_kind = {"☐": "task-open", "☑": "task-done", "│": "quote", "───": "quote"}
    kind = lead_kind.get(block.lead.split()[0], "bullet") if block.lead.strip() else ""
    wide = cell_len(block.lead)
    hanging = block.lead if block.kind == "quote" else " " * wide
    for start, end in _broken(text, max(8, cells - wide)):
        lead = hanging if start else block.lead
        shift = len(lead) - start
        inside = [
            (max(a, start) + shift, min(b, end) + shift, name)
            for a, b, name in spans
            if a < end and b > start
        ]
        if kind and (not start or block.kind == "quote"):
            inside.insert(0, (0, len(lead), kind))
        yield PageLine(lead + text[start:end], tuple(inside), _source(block.parts, start, cuts))


def _source(parts: Sequence[tuple[int, int]], at: int, cuts: Cuts) -> int:
    """The source line that the character at an offset of the shown text comes from."""
    at += sum(length for place, length in cuts if place <= at)
    return max(line for offset, line in parts if offset <= at)


def _inline(text: str, vocabulary: Vocabulary | None) -> tuple[str, list[Span], Cuts]:
    """The text without the signs of its emphasis, code and links, its spans, and what was cut."""
    marks = line_marks(text, vocabulary)
    hidden: list[tuple[int, int]] = []
    for start, end, kind in marks:
        if kind in _RUN:
            hidden += [(start, start + _RUN[kind]), (end - _RUN[kind], end)]
        elif kind == "code":
            ticks = len(text[start:end]) - len(text[start:end].lstrip("`"))
            hidden += [(start, start + ticks), (end - ticks, end)]
        elif kind == "link" and (link := _LINK.fullmatch(text, start, end)):
            inner = link.span(link.lastindex or 0)
            hidden += [(start, inner[0]), (inner[1], end)]
    hidden.sort()
    kept: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = gone = 0
    for start, end in hidden:
        start = max(start, at)
        if start >= end:
            continue
        kept.append(text[at:start])
        cuts.append((start - gone, end - start))
        gone += end - start
        at = end
    kept.append(text[at:])

    def moved(place: int) -> int:
        lost = 0
        for where, length in cuts:
            if where + lost >= place:
                break
            lost += min(length, place - where - lost)
        return place - lost

    spans = [
        (moved(start), moved(end), kind)
        for start, end, kind in marks
        if kind not in ("bullet", "task-open", "task-done", "heading", "quote")
    ]
    return "".join(kept), [span for span in spans if span[0] < span[1]], tuple(cuts)


def _broken(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end, broken at blanks if there are any."""
    at = 0
    while True:
        piece = take(text[at : at + cells * 4], cells) or text[at : at + 1]
        end = at + len(piece)
        if end >= len(text):
            yield at, len(text)
            return
        if not text[end].isspace() and (kept := piece[: piece.rfind(" ") + 1].rstrip()):
            end = at + len(kept)
        yield at, end
        while end < len(text) and text[end].isspace():
            end += 1
        at = end
