"""Read how a line of Markdown begins, and the kind of block it is in.

The parser, the highlighter, the page, the editor's lists, the changes and the merge all use this
module, so that a line is an item or a heading for all of them or for none. To add

- a state of a task, the character in its box, see `TASK_STATES`;
- a list marker, see `PASTED_BULLETS`: `as_markdown` replaces it by one of Markdown's own before
  markdown-it reads the text;
- a label, such as "Learning points:", see `vocabulary`;
- a tag or a person, see `mentions`; a form of due date, see `due_dates`.

A line may be given with or without its ending. Columns and offsets count from 0.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern

BULLETS = "-*+"
"""Markdown's list markers that are not numbers; the app writes the first."""
PASTED_BULLETS = "•◦‣⁃∙▪▫■□●○◆◇▸►➢➤❖\uf0b7\uf0a7·–—"
"""The bullets of word processors and other programs, which count only with a blank after them."""
DROPPED = "-"
"""The character in the box of a task that was dropped."""
TASK_STATES = {" ": False, "/": False, "x": True, "X": True, DROPPED: True}
"""The characters of a task's box, and whether the task is closed: open, under way, done, dropped."""
TASK_WORDS = {
    "TODO": " ", "DOING": "/", "LATER": " ", "NOW": "/", "WAITING": " ", "WAIT": " ",
    "IN-PROGRESS": "/", "DONE": "x", "CANCELED": DROPPED, "CANCELLED": DROPPED,
}  # fmt: skip
"""Logseq's words in place of a box, at the beginning of an item, and the character of that box."""
TASK_SIGNS = {" ": "☐", "/": "☐", "x": "☑", "X": "☑", DROPPED: "☒"}
"""The sign that is shown for a task's box."""
TASK_HINT = "write [ ] for open, [/] for under way, [x] for done or [-] for dropped"
"""The advice about a box that isn't read."""
OPEN_BOX, DONE_BOX = "[ ] ", "[x] "
"""How a new task begins, and one that is done."""
CALLOUT = lazy_pattern(r"\[!(?P<kind>[\w -]{1,40})(?:\|[^\[\]]{0,40})?\][+-]?(?P<title>[^\n]*)")
"""The pattern of the first line of a callout, such as `[!tip] Learning points`, without its quote sign."""
BLOCK_SIGNS = {
    "fence": "`~", "blockquote": ">", "hr": "*-_", "list": f"{BULLETS}0123456789", "reference": "[",
    "html_block": "<", "heading": "#",
}  # fmt: skip
"""The characters with which the first line of each of markdown-it's blocks begins, except a paragraph."""
SIGNS = f" \t\u00a0>#{BULLETS}{PASTED_BULLETS}0123456789.)[]"
"""Every character that may come before the text of a line."""

_DIGITS = "[0-9]{1,9}"
_OWN_MARKER = rf"(?:[{re.escape(BULLETS)}]|{_DIGITS}[.)])"
# Blanks that word processors put after a marker, but that aren't blanks in Markdown.
_WIDE = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_GAP = rf"[ \t{_WIDE}]"
# The second bullet of a word processor's list is often a letter in a font of signs, and a tab.
_PASTED_MARKER = rf"(?:[{re.escape(PASTED_BULLETS)}](?={_GAP})|[o§](?=\t))"
_MARKER = rf"(?:{_OWN_MARKER}|{_PASTED_MARKER})"
# These are also written within a sentence, so that a line of a paragraph may begin with one.
_DASHES = "·–—"
_BOX = rf"\[[{re.escape(''.join(TASK_STATES))}]\](?!\S)"
# Around a box any white space is read, such as a no-break space that was pasted.
_SPACE = r"[^\S\r\n]"
_AT_END = r"(?![^\r\n])"
# Repeated in an atomic group, because backtracking over many quote signs takes exponential time.
_QUOTE = r"(?: {0,3}> ?)"

_ITEM = re.compile(
    rf"(?P<quote>(?>{_QUOTE}*))(?P<indent>[ \t]*)(?P<marker>{_MARKER})"
    rf"(?P<gap>{_GAP}{_SPACE}*+(?={_BOX})|{_GAP}++|{_AT_END})(?P<box>{_BOX}{_SPACE}*)?"
)
_QUOTES = re.compile(rf"(?>{_QUOTE}+)")
_QUOTE_SIGN = re.compile(_QUOTE)
_FIRST_MARKER = re.compile(rf"[ \t]*({_MARKER})(?={_GAP}|{_AT_END})")
_NEXT_MARKER = lazy_pattern(rf"{_GAP}*({_OWN_MARKER})(?=[ \t]|{_AT_END})")
_NEXT_BOX = re.compile(rf"{_GAP}{_SPACE}*+({_BOX})")
_TASK = lazy_pattern(rf"{_BOX}\s*")
_HEADING = re.compile(rf" {{0,3}}(#{{1,6}})(?:{_GAP}++|{_AT_END})")
_TASK_WORD = lazy_pattern(rf"({'|'.join(TASK_WORDS)}):?[ \t]+(?=\S)")
# Boxes and words of other programs, boxes that were mistyped, and those that a converter escaped.
_OTHER_BOX = lazy_pattern(
    r"\[(?:[^\w\s\[\]()]|[oOvVyYlISpfkwu_ｘＸхХ]|(?i:todo|done)|\s{2,3}|[^\S ]|\s[xX]|[xX]\s|)\](?=\s+\S)|\[[ xX/-]\](?=[^\W_])"
    r"|［[\s/xXｘＸ-]?］(?=\s*\S)|\([ xX]\)(?=\s+\S)|(?:\\?[-*] ?)?\\\[[ xX/-]?\\?\](?=\s+\S)|[-*+]\[[ xX/-]?\](?=\s*\S)"
    r"|\[#[A-Z]\]\s+(?:TODO|DOING|LATER|NOW|WAITING|DONE)(?=:?\s+\S)"
    r"|[*_]{1,3}\[[ xX/-]\][*_]{1,3}(?=\s+\S)|[☐☑☒🔲🔳⬜◻❏❑❒▢]\ufe0f?(?=\s*\w)"
)
_OTHER_TASK_WORD = lazy_pattern(
    r"(?:[*_]{1,3}|\*\*+\s)(?:TODO|DONE|DOING)(?:[:*_]{1,4}(?=\s+\S)|(?=\s+\S))"
    r"|(?:T[Oo][Dd][Oo]|todo|To-do)(?=:?\s+(?!(?:lists?|apps?)(?!\w))\S)"
    r"|(?:NEXT|SOMEDAY|MAYBE|HOLD|BLOCKED|WIP|FIXME|STARTED)(?=:?\s+[^\W\d_]*[a-z])"
    r"|(?:Done|done)(?=:\s+\S)"
)
_OTHER_SIGN = lazy_pattern(r"([✅✓✔☑✗✘❌❎]|[Dd]one:)\ufe0f?(?=\s*\S)")
# What may be meant as a marker: escaped, without a blank after it, or another sign.
_LIKE_ITEM = lazy_pattern(
    rf"\\?(?:--|[-+→✓✔✅✗✘❌☐☑•◦・]|=>|\*(?!\S.*\*)|{_DIGITS}(?:\\[.)]|[.)](?=\S)))|\([0-9]{{1,2}}\)\s|[a-z]\)\s"
)
_CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+$")
_UNDERLINE = lazy_pattern(r"\n[ \t>]*+(?:=++|-++)[ \t]*+(?![^\n])")
RULE_ENDS = "-*_ \t"
"""The characters with which the line of a rule can end."""
# At any indent: inside an item a rule is indented, and elsewhere "    - - -" isn't a list either.
_RULE = lazy_pattern(rf"[ \t]*([-*_]){_GAP}*+(?:\1{_GAP}*+){{2,}}{_AT_END}")
_BLANK = re.compile(rf"{_GAP}*")
_PASTED_BULLET = lazy_pattern(rf"\s*[{re.escape(BULLETS + PASTED_BULLETS)}](?:\s+|$)")
_PASTED_NUMBER = lazy_pattern(rf"\s*{_DIGITS}[.)]\s+")
# "# x", "1. x", "=x" and the like would open a block of their own inside an item.
_OPENS_BLOCK = lazy_pattern(r"([0-9]{0,9})(?=[!-/:-@\[-`{-~])")
_ESCAPED = lazy_pattern(r"([0-9]{0,9})\\(?=[!-/:-@\[-`{-~])")


class ListItem(NamedTuple):
    """The parts of the beginning of a list item, in order, up to its own text.

    `quote` has the quote signs before the item, `gap` the blanks after the marker, `box` a task's
    box with the blanks after it.
    """

    quote: str
    indent: str
    marker: str
    gap: str
    box: str

    @property
    def prefix(self) -> str:
        """Everything before the item's own text."""
        return "".join(self)

    @property
    def is_closed(self) -> bool | None:
        """Whether the item is a task that is done or was dropped; None for an item that isn't a task."""
        return TASK_STATES[self.box[1]] if self.box else None

    @property
    def column(self) -> int:
        """The column of the marker after the quote signs, with tab stops every four columns."""
        return len(self.indent.expandtabs(4))

    @property
    def width(self) -> int:
        """The columns from the marker to the item's text, by which a child is indented."""
        return _width(self.marker, self.gap)


def list_item(line: str) -> ListItem | None:
    """Return how a list item begins, or None for any other line; a rule isn't an item."""
    found = _ITEM.match(line)
    if not found or _RULE.match(line, found.end("quote")):
        return None
    return ListItem(*found.groups(""))


def is_like_item(text: str) -> bool:
    """Whether a line that isn't an item begins with what may be meant as a marker."""
    return _LIKE_ITEM.match(text) is not None


def marker_of(line: str) -> str:
    """Return what an item begins with, up to its box or its text; "" for any other line."""
    found = _ITEM.match(line)
    return line[: found.end("gap")] if found else ""


def is_empty_item(text: str) -> bool:
    """Whether a text is an item without words, perhaps with an open box: a place to write in."""
    item = list_item(text)
    return item is not None and not item.is_closed and not text[len(item.prefix) :].strip()


def next_marker(marker: str) -> str:
    """Return the marker that continues a list: the same bullet, or the next number."""
    if not marker[:1].isdigit():
        return marker
    # Markdown reads nine digits at most.
    return f"{min(int(marker[:-1]) + 1, 999_999_999)}{marker[-1]}"


def task_box(text: str) -> tuple[bool, int] | None:
    """Return whether the task whose box begins the text is closed, and where its words begin."""
    found = _TASK.match(text)
    return (TASK_STATES[text[1]], found.end()) if found else None


def task_word(text: str) -> tuple[str, int] | None:
    """Return the word, such as TODO, that begins the text of a task, and where the rest begins."""
    found = _TASK_WORD.match(text) if text[:2].isupper() else None
    return (found[1], found.end()) if found else None


def other_box(text: str, in_section: bool = False) -> str:
    """Return the box or word that begins the text but isn't one that is read; "" for other texts.

    A sign such as ✅, which any text may begin with, counts only in a section of follow-ups.
    """
    if in_section and (found := _OTHER_SIGN.match(text)):
        return found[1]
    pattern = _OTHER_TASK_WORD if text[:1].isalpha() else _OTHER_BOX
    found = pattern.match(text) or (_OTHER_TASK_WORD.match(text) if text[:1] in "*_" else None)
    return found.group().rstrip(" :") if found else ""


def is_sign_of_task(sign: str) -> bool:
    """Whether a sign such as ✅ means done or dropped in a section of follow-ups."""
    return _OTHER_SIGN.match(f"{sign} x") is not None


def box_for(sign: str) -> str:
    """Return the box with the meaning of a box or word of another program."""
    said = sign.strip("[]()［］\\*_-: \ufe0f")
    is_done = said in tuple("xXvVｘＸхХ") or said[:1] in "✅✓✔☑☒❎" or said[-4:].upper() == "DONE"
    return "[x]" if is_done and said else "[-]" if said[:1] in ("✗", "✘", "❌") else "[ ]"


def without_pasted_marker(line: str, with_number: bool = False) -> str:
    """Return a line without its list marker, which may be that of another program.

    A number is removed only `with_number`, because a sentence may begin with one.
    """
    for pattern in (_PASTED_NUMBER, _PASTED_BULLET) if with_number else (_PASTED_BULLET,):
        found = pattern.match(line)
        line = line[found.end() :] if found else line
    return line


def pasted_items(text: str) -> list[str]:
    """Return the items of a pasted list, each as one line without its marker; [] if it isn't a list.

    A line without a marker continues the item above it.
    """
    items: list[str] = []
    for line in text.splitlines():
        plain = without_pasted_marker(line, with_number=True)
        words = " ".join(plain.split())
        if plain != line:
            items.append(words)
        elif not words:
            continue
        elif not items:
            return []
        else:
            items[-1] = f"{items[-1]} {words}".strip()
    return [item for item in items if item]


def escaped(text: str) -> str:
    """Return the text with a backslash where it would open another block inside an item."""
    found = _OPENS_BLOCK.match(text)
    return f"{found[1]}\\{text[found.end() :]}" if found else text


def unescaped(text: str) -> str:
    """Return the text of an item without the backslash that `escaped` puts there."""
    found = _ESCAPED.match(text)
    return found[1] + text[found.end() :] if found else text


def _width(marker: str, gap: str) -> int:
    """Return the columns of a marker and its blanks; of five or more, all but one begin code."""
    return len(marker) + (len(gap) if 1 <= len(gap) <= 4 else 1)


class Heading(NamedTuple):
    """A heading of one line: its level from 1, and its text without the signs around it."""

    level: int
    text: str


def heading(line: str) -> Heading | None:
    """Return the heading that a line is by its number signs, or None for any other line."""
    found = _HEADING.match(line)
    if not found:
        return None
    return Heading(len(found[1]), _CLOSING.sub("", line[found.end() :].rstrip()).strip())


def has_underline(text: str) -> bool:
    """Whether a line of a text may make a heading of the line above it."""
    return "\r" in text or _UNDERLINE.search(text) is not None


def is_rule(line: str) -> bool:
    """Whether a line is a thematic break: three signs or more, such as `---` or `* * *`."""
    return _RULE.match(line) is not None


def quote_signs(line: str) -> str:
    """Return the quote signs that a line begins with, blanks included; "" without any."""
    found = _QUOTES.match(line)
    return found.group() if found else ""


def is_fence(line: str) -> bool:
    """Whether a line of a code block is its fence rather than code."""
    return line.lstrip(" >").startswith(("```", "~~~"))


class Opening(NamedTuple):
    """The signs that a line begins with, by their offsets, and where its text begins.

    `quote` is the end of the quote signs, `level` a heading's, 0 for other lines, `markers` the
    spans of list markers, several in "- 1. a", and `box` where a task's box is, -1 without one.
    """

    quote: int
    level: int
    markers: tuple[tuple[int, int], ...]
    box: int
    text: int


def opening(line: str) -> Opening:
    """Return the signs that a line begins with; a rule consists only of signs."""
    found = _QUOTES.match(line)
    position = quote = found.end() if found else 0
    if _RULE.match(line, quote):
        return Opening(quote, 0, (), -1, len(line))
    if found := _HEADING.match(line, quote):
        return Opening(quote, len(found[1]), (), -1, found.end())
    markers: list[tuple[int, int]] = []
    box = -1
    while box < 0 and (found := (_NEXT_MARKER if markers else _FIRST_MARKER).match(line, position)):
        markers.append(found.span(1))
        position = found.end()
        if found := _NEXT_BOX.match(line, position):
            box, position = found.start(1), found.end()
    found = _BLANK.match(line, position)
    return Opening(quote, 0, tuple(markers), box, found.end() if found else position)


def text_of(line: str) -> str:
    """Return what a line says, without the signs that it begins with; "" for a rule."""
    return line[opening(line).text :]


TEXT, CODE, FRONT_MATTER = "text", "code", "front-matter"
FRONT_RULE = r"---[ \t]*"
"""The pattern of the line above and below the front matter."""


class Fence(NamedTuple):
    """An open code fence: its sign and length, the column of its list item, and its quote signs."""

    sign: str
    length: int
    indent: int
    quotes: int


class BlockState(NamedTuple):
    """The code fence that a line is in, or None, and the columns of the text of its list items."""

    fence: Fence | None = None
    items: tuple[int, ...] = ()


START = BlockState()
_ITEM_START = lazy_pattern(rf"({_MARKER})({_GAP}+|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_FENCE_LIKE = lazy_pattern(r"`{3}|~{3}")
_FRONT_RULE = lazy_pattern(FRONT_RULE)
_FRONT_END = lazy_pattern(rf"(?:{FRONT_RULE}|\.\.\.[ \t]*)")
# A key of at most three words; a sentence that happens to have a colon is longer.
_FRONT_KEY = lazy_pattern(
    r"""(?:"[^"\r\n]*"|'[^'\r\n]*'|\w[^\s:]*(?:[ ][^\s:]+){0,2}|<<)[ \t]*:(?=\s|\Z)|\?[ \t]|\{"""
)
_FRONT_OPENING = lazy_pattern(
    rf"\ufeff?{FRONT_RULE}(?:\r\n?|\n)(?>(?:\s*+#[^\r\n]*+)*)\s*+(?:{_FRONT_KEY.pattern})"
)


def _strip_quotes(line: str, most: int | None = None) -> tuple[str, int]:
    """Return a line without its quote signs, or without the first `most` of them, and their number."""
    quotes = 0
    while (most is None or quotes < most) and (sign := _QUOTE_SIGN.match(line)):
        line = line[sign.end() :]
        quotes += 1
    return line, quotes


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def scan_line(block: BlockState, line: str) -> tuple[str, BlockState]:
    """Return the kind of a line (`text` or `code`) that is in `block`, and the block of the next line.

    Fences are CommonMark's: three signs or more, at most three columns in, closed by at least as
    many; one inside a list item or a quote ends with it.
    """
    if "\t" in line[:40]:
        # A tab before the text extends to the next tab stop.
        head = len(line) - len(line.lstrip(SIGNS))
        line = line[:head].expandtabs(4) + line[head:]
    fence = block.fence
    if fence:
        content, quotes = _strip_quotes(line, fence.quotes)
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


def _text_line(items: tuple[int, ...], line: str) -> tuple[str, BlockState]:
    """Return what `scan_line` returns, for a line that isn't in a fence."""
    content, quotes = _strip_quotes(line)
    if not content.strip():
        return TEXT, BlockState(None, items)
    column = _indent(content)
    while items and items[-1] > column:
        items = items[:-1]
    inside = items[-1] if items else 0
    while column - inside <= 3:
        rest = content[column:]
        opened = _FENCE.match(rest)
        if opened:
            signs = opened.group(1) or opened.group(2)
            return CODE, BlockState(Fence(signs[0], len(signs), inside, quotes), items)
        item = _ITEM_START.match(rest)
        if not item or _RULE.match(rest):
            break
        marker, blanks = item.groups()
        inside = column + _width(marker, blanks)
        items = (*items, inside)
        column += item.end()
        if column >= len(content):
            break
    return TEXT, BlockState(None, items)


def opens_front_matter(text: str) -> bool:
    """Whether a text begins with a rule and a `name: value` line, even if no second rule follows."""
    return text.startswith(("---", "\ufeff---")) and _FRONT_OPENING.match(text) is not None


def front_matter_end(lines: Sequence[str]) -> int:
    """Return how many lines the front matter takes, its two rules included; 0 without any.

    A first rule that opens no mapping of names to values is only a rule.
    """
    if not lines or not _FRONT_RULE.fullmatch(lines[0].removeprefix("\ufeff")):
        return 0
    opens = False
    for row in range(1, len(lines)):
        line = lines[row]
        if line.startswith(("---", "...")) and _FRONT_END.fullmatch(line):
            return row + 1 if opens or not any(map(str.strip, lines[1:row])) else 0
        text = line.strip()
        if text and not opens and not text.startswith("#"):
            opens = _FRONT_KEY.match(text) is not None
            if not opens:
                return 0
    return 0


def after_front_matter(text: str) -> str:
    """Return a text without its byte order mark and its front matter."""
    body = text.removeprefix("\ufeff")
    if not body.startswith("---"):
        return body
    lines = body.splitlines(keepends=True)
    return "".join(lines[front_matter_end([line.rstrip("\r\n") for line in lines]) :])


def block_kinds(lines: Sequence[str]) -> list[str]:
    """Return the kind of each line: `text`, `code` (fences and their content) or `front-matter`."""
    front = front_matter_end(lines)
    if not any(map(_FENCE_LIKE.search, lines)):
        return [FRONT_MATTER] * front + [TEXT] * (len(lines) - front)
    kinds = [FRONT_MATTER] * front
    block = START
    for row in range(front, len(lines)):
        kind, block = scan_line(block, lines[row])
        kinds.append(kind)
    return kinds


# A sign after a word, with or without a blank, is within a sentence; one after a quote sign isn't.
_BEGINS_LINE = r"(?<![^\s>\ufeff].)(?<![^\s>\ufeff][ \t].)"
# It begins with a set of characters, because such a pattern is searched several times faster.
_PASTED_SIGN = lazy_pattern(
    rf"[{re.escape(PASTED_BULLETS)}§{_WIDE}](?:(?<=[{re.escape(PASTED_BULLETS)}§]){_BEGINS_LINE}(?={_GAP})"
    rf"|(?<=[ \t#.)_{re.escape(BULLETS)}][{_WIDE}]))"
)
_PASTED_SIGN_OR_LETTER = lazy_pattern(rf"o{_BEGINS_LINE}(?=\t)|{_PASTED_SIGN.pattern}")
_PASTED_LINE = lazy_pattern(
    rf"(?P<quote>(?>{_QUOTE}*))(?P<indent>[ \t]*)"
    rf"(?:(?P<bullet>{_PASTED_MARKER})|(?P<own>{_OWN_MARKER}|#{{1,6}})(?=[{_WIDE}]))"
    rf"(?P<gap>{_GAP}++)(?P<rest>[^\r\n]*)"
)
_LINE_END = lazy_pattern(r"\r\n?|\n")
# A line of text that isn't an item, and below it an indented item.
_INDENTED_LIST = lazy_pattern(
    rf"(?<![^\r\n])(?!{_MARKER}{_GAP}|[ \t>])(?P<above>[^\r\n]++)(?:\r\n?|\n)"
    rf"(?P<indent>(?: {{4}}|\t)[ \t]*+)(?={_OWN_MARKER}[ \t]+[^\s])"
)
_LIQUID_TAG = lazy_pattern(
    r"\{%-?\s*(?P<end>end)?(?P<name>highlight|raw|comment|codeblock|verbatim)(?!\w)[^%\r\n]{0,200}%\}"
)
_COMMENT_SIGN = lazy_pattern(r"%%(?=[ \t]*(?![^\r\n]))")
# A blank line, or one with the sign of a heading or an item.
_BEGINS_BLOCK = lazy_pattern(
    rf"[\r\n][ \t>]*+(?:#{{1,6}}[ \t]|{_MARKER}{_GAP}|(?<!\r)[\r\n]|(?<=\r)[\r]|(?<=\r)\n[ \t>]*+[\r\n])"
)
_FENCE_LINE = lazy_pattern(r"(?m)^ {0,3}(?:```|~~~)")
_NOT_LINE_END = lazy_pattern(r"[^\r\n]")
# How much text before a line is looked at to see what the line belongs to.
_NEAR = 2_000


def as_markdown(text: str) -> str:
    """Return a text, at the same length, with Markdown's own signs for the bullets of other programs.

    A dash that begins a single line of a paragraph stays: it is a part of the sentence. A list that is
    indented as a whole, which Markdown would take for code or for a part of the paragraph above it,
    begins at the margin.
    """
    if "\n    " in text or "\n\t" in text:
        text = _at_margin(text)
    has_letter = "o\t" in text
    if text.isascii() and not has_letter:
        return text
    sign_pattern = _PASTED_SIGN_OR_LETTER if has_letter else _PASTED_SIGN
    pieces: list[str] = []
    done = list_end = margin = 0
    position = 1 if text.startswith("\ufeff") else 0
    while sign := sign_pattern.search(text, position):
        start = max(text.rfind(end, position, sign.start()) + 1 for end in "\r\n")
        start = max(start, position)
        ending = _LINE_END.search(text, sign.start())
        position = ending.end() if ending else len(text)
        quotes = _QUOTES.match(text, start)
        if rule := _RULE.match(text, quotes.end() if quotes else start):
            pieces += text[done : rule.start()], re.sub(f"[{_WIDE}]", " ", rule.group())
            done = rule.end()
            continue
        found = _PASTED_LINE.match(text, start)
        if not found:
            continue
        above = text[max(list_end, start - _NEAR) : start]
        bullet = found["bullet"]
        if bullet and _is_prose(text, found, above):
            continue
        if not bullet or not (margin or found["indent"]):
            margin = 0
        elif above.strip() or not list_end:
            margin = _margin(found["indent"], above)
        margin = min(margin, len(found["indent"]))
        pieces += text[done : found.start("indent")], found["indent"][margin:]
        # No-break spaces, because many blanks after a marker would begin code.
        pieces += BULLETS[0] if bullet else found["own"], " "
        pieces.append("\u00a0" * (len(found["gap"]) - 1 + margin))
        done, list_end = found.start("rest"), found.end()
    return "".join([*pieces, text[done:]]) if pieces else text


def without_liquid_code(text: str) -> str:
    """Return the text with blanks for the code between two tags of Liquid on different lines."""
    if "{%" not in text:
        return text
    pieces: list[str] = []
    done, position, opened, name = 0, 0, -1, ""
    in_fence = False
    for tag in _LIQUID_TAG.finditer(text):
        # A tag in a code fence is an example.
        in_fence ^= len(_FENCE_LINE.findall(text, position, tag.start())) % 2 == 1
        position = tag.start()
        if in_fence:
            continue
        if opened < 0 and not tag["end"]:
            opened, name = tag.start(), tag["name"]
        elif opened >= 0 and tag["end"] and tag["name"] == name:
            code = text[opened : tag.end()]
            if "\n" in code or "\r" in code:
                pieces += text[done:opened], _NOT_LINE_END.sub(" ", code)
                done = tag.end()
            opened = -1
    return "".join([*pieces, text[done:]]) if pieces else text


def without_comment_signs(text: str) -> str:
    """Return the text with blanks for the two signs `%%` on lines of their own around several blocks.

    The text between the signs is then read. A comment within one paragraph keeps its signs, so that
    tags and people in it don't count.
    """
    if text.count("%%") < 2:
        return text
    signs, position = [], 0
    for sign in _COMMENT_SIGN.finditer(text):
        start = max(text.rfind(end, position, sign.start()) + 1 for end in "\r\n")
        if not text[max(start, position) : sign.start()].strip(" \t>\ufeff"):
            signs.append(sign.start())
        position = sign.end()
    pieces: list[str] = []
    done = 0
    for first, last in zip(signs[::2], signs[1::2], strict=False):
        if _BEGINS_BLOCK.search(text, first + 2, last):
            pieces += text[done:first], "  ", text[first + 2 : last], "  "
            done = last + 2
    return "".join([*pieces, text[done:]])


def _at_margin(text: str) -> str:
    """Return the text with lists at the margin that are indented by four or more below a line of text.

    The blanks of the indent come after the marker, so that the words keep their offsets.
    """
    pieces: list[str] = []
    done = position = 0
    while found := _INDENTED_LIST.search(text, position):
        margin, position = found["indent"], found.start("indent")
        block = text[max(done, found.start() - _NEAR) : found.end("above")]
        lines = takewhile(_continues_list, reversed(_LINE_END.split(block)))
        if any(map(list_item, lines)):
            # Markdown takes it for a list within the list above.
            position = found.end()
            continue
        pieces.append(text[done:position])
        done = position
        while position < len(text):
            ending = _LINE_END.search(text, position)
            line = text[position : ending.end() if ending else len(text)]
            if line.strip() and not line.startswith(margin):
                break
            pieces.append(_shifted(line, margin) if line.strip() else line)
            position = done = position + len(line)
    return "".join([*pieces, text[done:]]) if pieces else text


def _continues_list(line: str) -> bool:
    """Whether a line may be a part of the list above it: a blank line or a heading isn't."""
    return bool(line.strip()) and heading(line) is None


def _shifted(line: str, margin: str) -> str:
    """Return a line of a list without its margin, with as many no-break spaces before its words."""
    rest = line[len(margin) :]
    start = len(rest) - len(rest.lstrip(" \t"))
    item = _ITEM_START.match(rest, start)
    if item and not item[2]:
        return rest[: item.end()] + " " * len(margin) + rest[item.end() :]
    if not item and is_fence(rest):
        return line
    at = item.start(2) + 1 if item else start
    return rest[:at] + "\u00a0" * len(margin) + rest[at:]


def _is_prose(text: str, found: re.Match[str], above: str) -> bool:
    """Whether a line that begins with a dash continues a sentence rather than a list.

    A bullet without a text does, too, unless it is a place in a list to write in. `above` is the
    text before the line, from the last item that is known to be one.
    """
    if found["bullet"] not in _DASHES and found["rest"].strip():
        return False
    line = _last_line(above.removesuffix("\n").removesuffix("\r"))
    if not line.strip() or line.rstrip("*_ \t").endswith((":", "：")) or heading(line):
        return False
    if line.endswith(("**", "__")) or set(line.strip()) <= {"=", "-"}:
        return False
    item = list_item(line)
    if item and len(item.indent) == len(found["indent"]):
        return False
    ending = _LINE_END.match(text, found.end())
    following = _PASTED_LINE.match(text, ending.end()) if ending else None
    return following is None or following["bullet"] != found["bullet"]


def _margin(indent: str, above: str) -> int:
    """Return how many blanks to leave out before the items of a list that is indented as a whole."""
    line = _last_line(above.rstrip())
    is_inside = line[:1].isspace() or list_item(line) is not None
    return 0 if is_inside or len(indent.expandtabs(4)) < 4 else len(indent)


def _last_line(text: str) -> str:
    return text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
