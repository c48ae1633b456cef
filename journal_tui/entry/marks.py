"""What stands where in a line of Markdown, and the kind of block it is in, for live colours.

This is a fast line scan for an editor that colours while one types; what an entry means is read
by `outline` from the whole text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from journal_tui.entry import rating
from journal_tui.entry.mentions import DUE, PERSON, TAG, code_spans, prose
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
"""Every kind of mark."""

TEXT, CODE, FRONT_MATTER = "text", "code", "front-matter"

_QUOTE = re.compile(r" {0,3}>(?: {0,3}>)* ?")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_BREAK = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_BULLET = re.compile(r"[ \t]*([-*+]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_TASK = re.compile(r"[ \t]+(\[(?:[ xX])\])(?=[ \t]|$)")
_BLANK = re.compile(r"[ \t]*")
_LINK = re.compile(
    r"!?\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|\[\[[^\[\]]+\]\]"
    r"|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*>"
    r"|(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,14}://[^\s<>]*[^\s<>.,;:!?)\]'\"*_]"
)
_RUN = re.compile(r"\*+|_+")


class Mark(NamedTuple):
    """The characters `[start, end)` of a line are of this kind."""

    start: int
    end: int
    kind: str


def line_marks(line: str, vocabulary: Vocabulary | None = None) -> list[Mark]:
    """The marks of a line outside code, in order; an enclosing mark before what it holds."""
    marks: list[Mark] = []
    if _BREAK.match(line):
        return marks
    position = 0
    quote = _QUOTE.match(line)
    if quote:
        marks.append(Mark(0, len(line), "quote"))
        position = quote.end()
    position = _structure(line, position, marks)
    if line[position : position + 4].strip(" \t*_"):
        marks += _rating_mark(line, position, vocabulary or english())
    if "due:" in line:
        marks += (Mark(*found.span(), "due") for found in DUE.finditer(line, position))
    marks += _inline(line, position)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return marks


def _structure(line: str, position: int, marks: list[Mark]) -> int:
    """Add what a line begins with (heading, list markers, a task's box); where text begins."""
    heading = _HEADING.match(line, position)
    if heading:
        marks.append(Mark(position, len(line), "heading"))
        return heading.end() + _blank(line, heading.end())
    while bullet := _BULLET.match(line, position):
        marks.append(Mark(*bullet.span(1), "bullet"))
        position = bullet.end()
        task = _TASK.match(line, position)
        if task:
            done = task.group(1) != "[ ]"
            end = len(line) if done else task.end(1)
            marks.append(Mark(task.start(1), end, "task-done" if done else "task-open"))
            position = task.end()
            break
    return position + _blank(line, position)


def _blank(line: str, position: int) -> int:
    found = _BLANK.match(line, position)
    return len(found.group()) if found else 0


def _rating_mark(line: str, position: int, vocabulary: Vocabulary) -> Iterator[Mark]:
    """The label and the value of a rating when the text at `position` begins with one."""
    text = line[position:]
    label = vocabulary.rating(text)
    if label is None:
        return
    start, announced = label
    parsed = rating.parse(text[start:], announced)
    if parsed:
        yield Mark(position, position + start + parsed.end, "rating")


def _inline(line: str, position: int) -> Iterator[Mark]:
    """Code, links, tags, people and emphasis from `position` on."""
    bare = line
    if "`" in line:
        for start, end in code_spans(line):
            yield Mark(start, end, "code")
            bare = bare[:start] + " " * (end - start) + bare[end:]
    if "](" in bare or "[[" in bare or ":" in bare:
        for link in _LINK.finditer(bare, position):
            yield Mark(*link.span(), "link")
    if not any(sign in bare for sign in "#@*_"):
        return
    bare = prose(bare)
    for tag in TAG.finditer(bare, position):
        # A name does not end in a hyphen, so that "#later--" is the tag `later`.
        yield Mark(tag.start(), tag.start() + len(tag.group().rstrip("-")), "tag")
    for person in PERSON.finditer(bare, position):
        yield Mark(*person.span(), "person")
    yield from _emphasis(bare, position)


def _emphasis(text: str, position: int) -> Iterator[Mark]:
    """Pairs of delimiter runs, a run closing the nearest opener of its sign, in one pass."""
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
            # What was opened inside of this pair can no longer be closed.
            other = openers["_" if sign == "*" else "*"]
            while other and other[-1][0] > at:
                other.pop()
            yield Mark(at + length - taken, start + taken, "strong" if taken == 2 else "emphasis")
            start += taken
            if length > taken:
                stack.append((at, length - taken))
        if opens and start < end:
            stack.append((start, end - start))


class Fence(NamedTuple):
    """An open code fence: its sign, its length, and the columns and quotes of what contains it."""

    sign: str
    length: int
    indent: int
    quotes: int


class Block(NamedTuple):
    """Where a line begins: in which fence, and inside list items that begin at these columns."""

    fence: Fence | None = None
    items: tuple[int, ...] = ()


START = Block()
_QUOTE_SIGN = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)])( +|$)")
_OPENING = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_FENCE_LIKE = re.compile(r"`{3}|~{3}")
_RULE = re.compile(r"---[ \t]*")


def _unquoted(line: str, most: int | None = None) -> tuple[str, int]:
    """The line without its quote signs (at most so many), and how many they were."""
    quotes = 0
    while (most is None or quotes < most) and (sign := _QUOTE_SIGN.match(line)):
        line = line[sign.end() :]
        quotes += 1
    return line, quotes


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def next_block(block: Block, line: str) -> tuple[str, Block]:
    """The kind of a line (`text` or `code`) that begins in `block`, and where the next one begins.

    Fences are CommonMark's: three signs or more, at most three columns in, closed by at least as
    many; one inside a list item or a quote ends with it.
    """
    if "\t" in line[:40]:
        head = len(line) - len(line.lstrip(" \t>-*+.)0123456789"))
        line = line[:head].expandtabs(4) + line[head:]
    fence = block.fence
    if fence:
        content, quotes = _unquoted(line, fence.quotes)
        indent = _indent(content)
        stays = quotes == fence.quotes and (indent >= fence.indent or not content.strip())
        if stays:
            rest = content.strip(" ")
            closes = (
                len(rest) >= fence.length
                and indent - fence.indent <= 3
                and rest == fence.sign * len(rest)
            )
            return CODE, block._replace(fence=None) if closes else block
        block = block._replace(fence=None)
    return _text_line(block.items, line)


def _text_line(items: tuple[int, ...], line: str) -> tuple[str, Block]:
    """`next_block` outside of a fence."""
    content, quotes = _unquoted(line)
    if not content.strip():
        return TEXT, Block(None, items)
    column = _indent(content)
    while items and items[-1] > column:
        items = items[:-1]
    inside = items[-1] if items else 0
    while column - inside <= 3:
        rest = content[column:]
        opening = _OPENING.match(rest)
        if opening:
            signs = opening.group(1) or opening.group(2)
            return CODE, Block(Fence(signs[0], len(signs), inside, quotes), items)
        item = _ITEM.match(rest)
        if not item or _BREAK.match(rest):
            break
        marker, blanks = item.groups()
        # Five blanks or more are one blank and indented code behind it.
        inside = column + len(marker) + (len(blanks) if 1 <= len(blanks) <= 4 else 1)
        items = (*items, inside)
        column += item.end()
        if column >= len(content):
            break
    return TEXT, Block(None, items)


def front_matter_end(lines: Sequence[str]) -> int:
    """How many lines the front matter takes from the top, its two rules included; 0 without any."""
    if not lines or not _RULE.fullmatch(lines[0].removeprefix("\ufeff")):
        return 0
    for row in range(1, len(lines)):
        if lines[row].startswith("---") and _RULE.fullmatch(lines[row]):
            return row + 1
    return 0


def block_kinds(lines: Sequence[str]) -> list[str]:
    """For each line: `text`, `code` (fences and what they hold) or `front-matter`."""
    front = front_matter_end(lines)
    if not any(map(_FENCE_LIKE.search, lines)):
        return [FRONT_MATTER] * front + [TEXT] * (len(lines) - front)
    kinds = [FRONT_MATTER] * front
    block = START
    for row in range(front, len(lines)):
        kind, block = next_block(block, lines[row])
        kinds.append(kind)
    return kinds
