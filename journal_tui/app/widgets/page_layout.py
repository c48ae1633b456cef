"""Lay out an entry's Markdown in lines of a given width, within a few milliseconds.

This is cheaper than a widget for each paragraph, so a preview can follow the cursor. It renders
headings, lists, tasks, quotes, code, emphasis, links, tags and people.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.cells import flat, line_spans
from journal_tui.entry.markdown_lines import (
    BULLETS,
    CODE,
    FRONT_MATTER,
    TASK_SIGNS,
    block_kinds,
    heading,
    is_fence,
    is_rule,
    list_item,
    quote_signs,
)
from journal_tui.entry.syntax_highlight import line_marks
from journal_tui.entry.vocabulary import Vocabulary

MAX_LINES = 600
"""The most lines of an entry that are laid out, which is more than fit on any screen."""
_MAX_CHARACTERS, _MAX_LINE_CHARACTERS = 120_000, 40_000
MATCH = "match"

Span = tuple[int, int, str]
Cuts = tuple[tuple[int, int], ...]
"""The parts left out of a text, each as (offset in the shown text, number of characters)."""
Matches = Callable[[str], Sequence[tuple[int, int]]]
"""A function that returns the (start, end) character offsets of a search's matches in a text."""

_TABLE = re.compile(r"[ \t]*\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|\[\[([^\[\]]+)\]\]|<([^<>]*)>")
_SIGN_LENGTHS = {"strong": 2, "emphasis": 1}


class PageLine(NamedTuple):
    """A laid-out line; `spans` are (start, end, kind) in `text`, `source` the entry's line, from 1."""

    text: str
    spans: tuple[Span, ...]
    source: int


class _Block(NamedTuple):
    """A block such as a paragraph or list item: its text, the source lines of its parts, its marker."""

    text: str
    parts: tuple[tuple[int, int], ...]  # (offset in text, source line)
    lead: str = ""
    kind: str = ""


def page_lines(
    text: str, cells: int, around: int, matches: Matches, vocabulary: Vocabulary | None = None
) -> list[PageLine]:
    """Lay out a text in lines `cells` wide.

    Of a very long text, lay out only the part around the source line `around` (from 1). The spans that
    `matches` returns for the shown text have the kind `MATCH`.
    """
    source = text.split("\n")
    kinds = block_kinds(source)
    first, last = _lines_around(source, max(0, min(around - 1, len(source) - 1)))
    lines: list[PageLine] = []
    if first:
        lines.append(_note(f"… {first:,} {'line' if first == 1 else 'lines'} above", first))
    blocks = _Blocks()
    for number in range(first, last):
        blocks.add(_cut(source[number].rstrip("\r")), kinds[number], number + 1)
    blocks.end()
    for block in blocks.done:
        if not block.text and not block.lead:
            # Several blank lines become one, and blank lines at the top are left out.
            if lines and lines[-1].text:
                lines.append(PageLine("", (), block.parts[0][1]))
            continue
        lines += _wrap_block(block, cells, matches, vocabulary)
    if last < len(source):
        left = len(source) - last
        lines.append(_note(f"… {left:,} {'line' if left == 1 else 'lines'} below", last))
    return lines


def _lines_around(source: list[str], at: int) -> tuple[int, int]:
    """Return the lines `[first, last)` around the line `at` that can be laid out quickly."""
    first, used = at, 0
    while first and at - first < MAX_LINES // 3 and used < _MAX_CHARACTERS // 3:
        first -= 1
        used += min(len(source[first]), _MAX_LINE_CHARACTERS)
    last = at
    while last < len(source) and last - first < MAX_LINES and used < _MAX_CHARACTERS:
        used += min(len(source[last]), _MAX_LINE_CHARACTERS)
        last += 1
    return first, last


def _cut(line: str) -> str:
    return line if len(line) <= _MAX_LINE_CHARACTERS else line[:_MAX_LINE_CHARACTERS] + "…"


def _note(text: str, source: int) -> PageLine:
    return PageLine(text, ((0, len(text), "quote"),), source)


class _Blocks:
    """Build blocks from lines; the lines of a paragraph are joined, as in Markdown."""

    def __init__(self) -> None:
        self.done: list[_Block] = []
        self._text = self._lead = ""
        self._parts: list[tuple[int, int]] = []

    def end(self) -> None:
        """Finish the open paragraph or item."""
        if self._parts:
            self.done.append(_Block(self._text, tuple(self._parts), self._lead))
        self._text, self._lead, self._parts = "", "", []

    def add(self, raw: str, kind: str, source: int) -> None:
        """Add a source line."""
        if kind in (CODE, FRONT_MATTER):
            self.end()
            self.done.append(_verbatim_block(raw, kind, source))
            return
        line = flat(raw)
        if block := _single_line_block(line, source):
            self.end()
            self.done.append(block)
            return
        if item := list_item(line):
            self.end()
            # A private-use character, pasted from a word processor, is a bullet only in a symbol font.
            sign = "•" if item.marker in BULLETS or item.marker > "\ue000" else item.marker
            if item.box:
                sign = TASK_SIGNS[item.box[1]]
            self._lead = "  " * (len(item.indent) // 2) + f"{sign} "
            line = line[len(item.prefix) :]
        if self._parts:
            self._text += " "
        self._parts.append((len(self._text), source))
        self._text += line.strip()
        # Two blanks or a backslash at the end of a line are a hard line break.
        if raw.endswith(("  ", "\\")):
            self._text = self._text.removesuffix("\\")
            hanging = " " * cell_len(self._lead)
            self.end()
            self._lead = hanging


def _verbatim_block(raw: str, kind: str, source: int) -> _Block:
    """Return the block for a line of code or front matter; a fence becomes an empty line."""
    line = flat(raw.expandtabs(4))
    if kind == CODE and is_fence(line):
        return _Block("", ((0, source),))
    return _Block(line, ((0, source),), "  " * (kind == CODE), kind)


def _single_line_block(line: str, source: int) -> _Block | None:
    """Return the block of a line that is a block by itself, or None.

    These are blank lines, rules, headings, table rows and quotes.
    """
    parts = ((0, source),)
    if not line.strip():
        return _Block("", parts)
    if is_rule(line):
        return _Block("", parts, "───")
    if title := heading(line):
        return _Block(title.text, parts, "", "heading")
    if _TABLE.match(line):
        return _Block(line.strip(), parts, "", "table")
    if quote := quote_signs(line):
        return _Block(line[len(quote) :].strip(), parts, "│ " * quote.count(">"), "quote")
    return None


def _wrap_block(
    block: _Block, cells: int, matches: Matches, vocabulary: Vocabulary | None
) -> Iterator[PageLine]:
    """Yield the wrapped lines of a block, indented by its marker, with their spans."""
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
    for start, end in line_spans(text, max(8, cells - wide)):
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
    """Return the source line of the character at an offset of the shown text."""
    at += sum(length for place, length in cuts if place <= at)
    return max(line for offset, line in parts if offset <= at)


def _inline(text: str, vocabulary: Vocabulary | None) -> tuple[str, list[Span], Cuts]:
    """Return the text without the signs of emphasis, code and links, its spans, and its `Cuts`."""
    marks = line_marks(text, vocabulary)
    hidden: list[tuple[int, int]] = []
    for start, end, kind in marks:
        if size := _SIGN_LENGTHS.get(kind):
            hidden += [(start, start + size), (end - size, end)]
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
