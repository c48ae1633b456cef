"""Find the parts of a text marked as private: `%% … %%`, and `<!-- private --> … <!-- /private -->`.

A mark counts wherever it is, also inside code, and a part that isn't closed reaches to the end. Where
marks cross each other, everything that may be meant as private is private.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_COMMENT = "%%"
_FENCE = re.compile(r"^ {0,3}(?P<sign>`{3,}(?=[^`\r\n]*$)|~{3,})(?P<rest>[^\r\n]*)", re.MULTILINE)
# What a keyboard, a program or a paste makes of a mark: full-width signs, dashes instead of two hyphens,
# characters that aren't seen, letters of another alphabet that look the same, and references to characters.
_UNSEEN = (
    "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_SIGN = re.compile(r"[%\uff05\ufe6a\u066a]|&#0{0,7}37;|&#[xX]0{0,7}25;|&percnt;")
_SIGNS = re.compile(rf"(?:{_SIGN.pattern})(?:[{_UNSEEN}\\]*(?:{_SIGN.pattern}))+")
_DASHES = "[-\u2010-\u2015\u2212]{1,3}"
_PRIVATE = f"[{_UNSEEN}]*".join(("[p\u0440]", "r", "[i\u0456]", "v", "[a\u0430]", "t", "[e\u0435]"))
_FIRST, _LAST = "(?:begin|start|open)", "(?:end|stop|close)"
_OPENS, _CLOSES = rf"(?:<|&lt;)!{_DASHES}", rf"{_DASHES}!?(?:>|&gt;)"
_BLOCK = re.compile(
    rf"{_OPENS}(?P<before>[^\w>]{{0,40}}?)(?:(?P<end>{_LAST}[\s_-]*)|{_FIRST}[\s_-]*)?{_PRIVATE}"
    rf"(?:(?:_|[^\w>]){{1,9}}?(?:(?P<ends>{_LAST})|{_FIRST})(?![^\W_]))?[^\w>]{{0,40}}?{_CLOSES}"
    rf"|{_OPENS}[^\w>]{{0,40}}?(?P<slash>/)[^\w>]{{0,9}}?{_PRIVATE}\b[^>]{{0,80}}?{_CLOSES}",
    re.IGNORECASE,
)


class PrivateSpan(NamedTuple):
    """A private part `[start, end)` of a text; `fault` says what is wrong with its marks, or is ""."""

    start: int
    end: int
    fault: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str


def private_spans(text: str) -> list[PrivateSpan]:
    """Return the private parts of a text with their marks, in order; none overlap."""
    if not _SIGNS.search(text) and "<!" not in text and "&lt;!" not in text:
        return []
    found: list[PrivateSpan] = []
    blocks = [*_block_marks(text)]
    comments = [*_comment_marks(text)]
    found += _in_turn(sorted([*comments, *blocks]), len(text))
    found += _comments(comments, len(text))
    # `%%%%` opens and closes, but the writer may mean what is between two of them.
    long = [mark for mark in comments if len(_SIGN.findall(text, mark.start, mark.end)) >= 4]
    found += [PrivateSpan(a.start, b.end) for a, b in zip(long[::2], long[1::2], strict=False)]
    # A mark after a backslash may be meant as one, so everything after it may be private.
    doubtful = [mark for mark in comments if text[mark.start - 1 : mark.start] == "\\"]
    if doubtful:
        found.append(PrivateSpan(doubtful[0].start, len(text), _IS_DOUBTFUL))
    found += _blocks(blocks, len(text))
    return _united(found)


def without_private(text: str) -> str:
    """Return a text without its private parts."""
    return without_spans(text, [(span.start, span.end) for span in private_spans(text)])


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without these spans, which are in order.

    The text before a span of several lines and the text after it become separate blocks. Code remains
    code, and prose remains prose, if a span takes a fence with it.
    """
    pieces: list[str] = []
    position = checked = scanned = 0
    # The fence of the code that is open in `text` up to `scanned`, and in `pieces` up to `checked`; or "".
    fence = kept_fence = ""
    may_have_code = "```" in text or "~~~" in text
    for start, end in spans:
        pieces.append(text[position:start])
        if "\n" in text[start:end] or "\r" in text[start:end]:
            if may_have_code:
                line = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
                fence, scanned = _open_fence(text[scanned:line], fence), line
                kept_fence = _open_fence("".join(pieces[checked:]), kept_fence)
                checked = len(pieces)
            if kept_fence and not fence:
                pieces.append(f"\n{kept_fence}\n\n")
            elif fence and not kept_fence:
                pieces.append(f"\n\n{fence}\n")
            else:
                pieces.append("\n\n")
        elif text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
            pieces.append(" ")
        position = end
    return "".join([*pieces, text[position:]]) if pieces else text


def _open_fence(text: str, sign: str) -> str:
    """Return the fence of the code that is open at the end of a text; `sign` is the one open at its beginning."""
    for match in _FENCE.finditer(text):
        if not sign:
            sign = match["sign"]
        elif match["sign"].startswith(sign) and not match["rest"].strip():
            sign = ""
    return sign


def private_lines(text: str) -> frozenset[int]:
    """Return the numbers, from 1, of lines that are private at their first character after list or quote signs."""
    found: set[int] = set()
    spans = private_spans(text)
    if not spans:
        return frozenset()
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        first = at + len(line) - len(line.lstrip(" \t>-*+•"))
        if any(span.start <= first < span.end for span in spans):
            found.add(number)
        at += len(line)
    return frozenset(found)


def _comment_marks(text: str) -> Iterator[_Mark]:
    # A row of signs is one mark, or two if it has an even number of pairs.
    for match in _SIGNS.finditer(text):
        yield _Mark(match.start(), match.end(), _COMMENT)
        if len(_SIGN.findall(match[0])) % 4 == 0:
            # `%%%%` opens and closes.
            yield _Mark(match.end(), match.end(), _COMMENT)


def _block_marks(text: str) -> Iterator[_Mark]:
    for match in _BLOCK.finditer(text):
        is_end = match["slash"] or "/" in match["before"] or match["end"] or match["ends"]
        yield _Mark(match.start(), match.end(), "end" if is_end else "begin")


def _in_turn(marks: list[_Mark], size: int) -> Iterator[PrivateSpan]:
    """Yield the private spans if a mark counts only outside the span that another mark has opened."""
    opened: _Mark | None = None
    depth = last = 0
    for mark in marks:
        if opened is None:
            if mark.kind == "end":
                yield PrivateSpan(last, mark.end, _BEGINS_NOWHERE)
                last = mark.end
            else:
                opened, depth = mark, 1
        elif opened.kind == _COMMENT:
            if mark.kind == _COMMENT:
                yield PrivateSpan(opened.start, mark.end)
                opened, last = None, mark.end
        elif mark.kind == "begin":
            depth += 1
        elif mark.kind == "end":
            depth -= 1
            if not depth:
                yield PrivateSpan(opened.start, mark.end)
                opened, last = None, mark.end
    if opened:
        yield PrivateSpan(opened.start, size, _ENDS_NOWHERE)


def _comments(marks: list[_Mark], size: int) -> Iterator[PrivateSpan]:
    for opens, closes in zip(marks[::2], [*marks[1::2], None], strict=False):
        if closes:
            yield PrivateSpan(opens.start, closes.end)
        else:
            yield PrivateSpan(opens.start, size, _ENDS_NOWHERE)


def _blocks(marks: list[_Mark], size: int) -> Iterator[PrivateSpan]:
    opened: list[_Mark] = []
    for mark in marks:
        if mark.kind == "begin":
            opened.append(mark)
        elif opened:
            first = opened.pop()
            if not opened:
                yield PrivateSpan(first.start, mark.end)
    if opened:
        yield PrivateSpan(opened[0].start, size, _ENDS_NOWHERE)


_ENDS_NOWHERE = "its second mark is missing, so everything that follows is left out"
_IS_DOUBTFUL = "its mark has a backslash before it, so everything that follows is left out"
_BEGINS_NOWHERE = "its first mark is missing, so everything before the second is left out"


def _united(spans: list[PrivateSpan]) -> list[PrivateSpan]:
    found: list[PrivateSpan] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            last = found.pop()
            fault = last.fault or span.fault
            found.append(PrivateSpan(last.start, max(last.end, span.end), fault))
        else:
            found.append(span)
    return found
