"""Lay out a page of the guide as plain text for a terminal.

This isn't in `guide` because the app has a layout of its own. `journal help` imports this module,
and with it markdown-it, only for a terminal.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from journal_tui.cli.line_breaks import cells, line_spans, without_blanks
from journal_tui.cli.output import BOLD, UNDERLINED
from journal_tui.query.parser import forms

WIDEST = 90
"""The most columns of a page: longer lines are hard to read."""
_INDENT = 2
_GAP = 2
_RULES = {"h1": "═", "h2": "─"}
_STYLES = {"strong": BOLD, "code_inline": BOLD, "em": UNDERLINED}

Style = tuple[int, int, str]
"""The start and end of a span of a text, and its style: `BOLD` or `UNDERLINED`."""


class StyledText(NamedTuple):
    """A text without Markdown's signs, its styles, and its spans of code.

    Code is broken only if it doesn't fit on a line.
    """

    text: str
    styles: tuple[Style, ...] = ()
    code: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> "StyledText":
        """Return the text between two offsets, with its styles."""
        styles = tuple(
            (max(a, start) - start, min(b, end) - start, style)
            for a, b, style in self.styles
            if a < end and b > start
        )
        return StyledText(self.text[start:end], styles)

    def after(self, lead: str) -> "StyledText":
        """Return the text with `lead`, which has no style, before it."""
        by = len(lead)
        return StyledText(
            lead + self.text, tuple((a + by, b + by, style) for a, b, style in self.styles)
        )

    def lines(self, width: int) -> list["StyledText"]:
        """Return the lines of the text, broken at blanks; code isn't broken if it fits on one."""
        return [self.part(*span) for span in line_spans(self.text, width, whole=self.code)]

    def words(self) -> list[str]:
        """Return the words between which lines are broken; code is one word."""
        return without_blanks(self.text, self.code).split()


def page_lines(markdown: str, columns: int) -> Iterator[StyledText]:
    """Yield the lines of a page; a code block `query` is replaced by a table of the forms of a query."""
    width = min(columns, WIDEST)
    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    for number, node in enumerate(root.children):
        if number:
            yield StyledText("")
        yield from _block(node, width)


def _block(node: SyntaxTreeNode, width: int) -> Iterator[StyledText]:
    if node.type == "heading":
        yield from _heading(node, width)
        return
    if node.type in ("bullet_list", "ordered_list"):
        lines = _list(node, width - _INDENT)
    elif node.type == "table":
        head, *rows = _rows(node)
        lines = _table(rows, width - _INDENT, head)
    elif node.type == "fence" and node.info == "query":
        rows = [
            [StyledText(form, ((0, len(form), BOLD),)), StyledText(" ".join(about.split()))]
            for form, about in forms()
        ]
        lines = _table(rows, width - _INDENT)
    elif node.type in ("fence", "code_block"):
        lines = _code(node, width - _INDENT)
    else:
        lines = iter(_text(node).lines(width - _INDENT))
    for line in lines:
        yield line.after(" " * _INDENT) if line.text else line


def _heading(node: SyntaxTreeNode, width: int) -> Iterator[StyledText]:
    title = _text(node)
    for line in title.lines(width):
        yield StyledText(line.text, ((0, len(line.text), BOLD),))
    if rule := _RULES.get(node.tag):
        yield StyledText(rule * min(width, cells(title.text)))


def _list(node: SyntaxTreeNode, width: int) -> Iterator[StyledText]:
    """Yield the items of a list, each with a hanging indent."""
    number = int(node.attrs.get("start", 1))
    for item in node.children:
        marker = "• " if node.type == "bullet_list" else f"{number}. "
        number += 1
        lead = marker
        for child in item.children:
            for line in _inside_item(child, width - len(marker)):
                yield line.after(lead)
                lead = " " * len(marker)


def _inside_item(node: SyntaxTreeNode, width: int) -> Iterator[StyledText]:
    if node.type in ("bullet_list", "ordered_list"):
        yield from _list(node, width)
    elif node.type in ("fence", "code_block"):
        yield from _code(node, width)
    else:
        yield from _text(node).lines(width)


def _code(node: SyntaxTreeNode, width: int) -> Iterator[StyledText]:
    """Yield the lines of code; one that is too wide continues with a deeper indent."""
    for line in node.content.rstrip("\n").split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        spans = line_spans(line, width - _INDENT - 2, indent)
        for number, (start, end) in enumerate(spans):
            lead = " " * (_INDENT if not number else _INDENT + indent + 2)
            yield StyledText(f"{lead}{line[start:end]}".rstrip())


def _rows(node: SyntaxTreeNode) -> list[list[StyledText]]:
    """Return the cells of a table, with its header first."""
    rows = [row for part in node.children for row in part.children]
    return [[_text(cell) for cell in row.children] for row in rows]


def _table(
    rows: Sequence[Sequence[StyledText]], width: int, head: Sequence[StyledText] = ()
) -> Iterator[StyledText]:
    """Yield the rows of a table in columns; the last column gets the remaining room."""
    # Markdown requires a header; one that names only some of the columns is left out.
    rows = [head, *rows] if head and all(cell.text for cell in head) else rows
    *others, _ = zip(*rows, strict=True)
    room = width // 2 // max(1, len(others))
    widths = [_width_of(column, room) for column in others]
    widths.append(max(1, width - sum(widths) - _GAP * len(widths)))
    for row in rows:
        columns = [cell.lines(wide) for cell, wide in zip(row, widths, strict=True)]
        for number in range(max(map(len, columns))):
            line = StyledText("")
            for lines, wide in zip(columns, widths, strict=True):
                piece = lines[number] if number < len(lines) else StyledText("")
                gap = " " * (wide - cells(piece.text) + _GAP)
                line = StyledText(
                    line.text + piece.text + gap, line.styles + piece.after(line.text).styles
                )
            yield StyledText(line.text.rstrip(), line.styles)
        if row is head:
            rules = ["─" * cells(cell.text) for cell in row]
            parts = (f"{rule:{wide + _GAP}}" for rule, wide in zip(rules, widths, strict=True))
            yield StyledText("".join(parts).rstrip())


def _width_of(column: Sequence[StyledText], room: int) -> int:
    """Return the width of a column, at most `room` unless a word needs more."""
    longest = max(cells(word) for cell in column for word in cell.words() or [""])
    return max(longest, min(room, max(cells(cell.text) for cell in column)))


def _text(node: SyntaxTreeNode) -> StyledText:
    """Return the inline content of a node, with its styles instead of Markdown's signs."""
    pieces: list[str] = []
    styles: list[Style] = []
    code: list[tuple[int, int]] = []

    def add(part: SyntaxTreeNode) -> None:
        start = sum(map(len, pieces))
        if part.type == "code_inline":
            pieces.append(part.content)
            code.append((start, start + len(part.content)))
        elif part.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif part.type == "text":
            pieces.append(part.content)
        for child in part.children:
            add(child)
        if style := _STYLES.get(part.type):
            styles.append((start, sum(map(len, pieces)), style))

    add(node)
    # Outer styles first, and none within another: the end of one would end both.
    styles.sort(key=lambda style: (style[0], -style[1]))
    return StyledText("".join(pieces), tuple(_apart(styles)), tuple(code))


def _apart(styles: Sequence[Style]) -> Iterator[Style]:
    """Yield the styles in order without those that overlap an earlier one."""
    last = 0
    for start, end, style in styles:
        if start >= last:
            yield start, end, style
            last = end
