"""Break text into lines for a terminal: at blanks, but not within a quotation that fits on a line."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category, east_asian_width

# A quotation begins after a blank, a bracket or "="; the apostrophe of “isn't” begins none.
_LONGEST_QUOTE = 200
_LONGEST_PATH = 400
_PIECE = re.compile(
    # A call for help, to be typed as it is, isn't broken, either.
    rf"""(?:(?<!\S)journal(?: [a-z]+)? --help|“[^”]{{1,{_LONGEST_QUOTE}}}”"""
    rf"""|(?<![^\s(\[=])"[^"]{{1,{_LONGEST_QUOTE}}}"(?!\w)"""
    rf"""|(?<![^\s(\[=])'[^']{{1,{_LONGEST_QUOTE}}}'(?!\w)"""
    r"""|\S)+"""
)
# A path in shell quotes stays whole even if it is wider than a line: copied with a line feed in it, it
# would be another path.
_WORD = re.compile(
    rf"""(?:(?<![^\s(\[=])'[^']{{1,{_LONGEST_PATH}}}/[^']{{1,{_LONGEST_PATH}}}'(?!\w)|\S)+"""
)


def cells(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def without_blanks(text: str, whole: Iterable[tuple[int, int]]) -> str:
    """Return the text with each character of the spans `whole` replaced by “x”: no blank is left there."""
    for start, end in whole:
        text = text[:start] + "x" * (end - start) + text[end:]
    return text


def line_spans(
    text: str, width: int, hanging: int = 0, whole: Iterable[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Return the span of each line, without the blanks at which it ends.

    The first `hanging` characters are the lead of the first line; the other lines will be indented
    by its width. The spans `whole` are broken only if they don't fit on a line. A word that is wider
    than a line isn't broken here: if the terminal breaks it, it can still be copied.
    """
    start, end = 0, min(hanging, len(text))
    used = cells(text[:end])
    indent, lines, is_begun = used, [], False
    for piece in _pieces(text, without_blanks(text, whole), end, width - indent):
        wide = cells(text[end : piece[1]])
        if is_begun and used + wide > width:
            lines.append((start, end))
            start, used = piece[0], indent
            wide = cells(text[start : piece[1]])
        end, is_begun = piece[1], True
        used += wide
        # After a word that the terminal has broken, the line continues in the last of its rows.
        used = used if used <= width else used % max(width, 1)
    return [*lines, (start, end)]


def _pieces(text: str, joined: str, at: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between which a line may be broken: words, or a quotation that fits on a line.

    `joined` is what `without_blanks` returns for the text.
    """
    for found in _PIECE.finditer(joined, at):
        start, end = found.span()
        if cells(text[start:end]) <= width:
            yield start, end
        else:
            yield from (word.span() for word in _WORD.finditer(text, start, end))


def break_lines(text: str, width: int, hanging: int = 0) -> list[str]:
    """Return the lines of the text; all but the first are indented by `hanging` columns.

    They are indented as far as the first line if that begins with as many blanks, or if `hanging`
    would leave too little room.
    """
    blanks = len(text) - len(text.lstrip(" "))
    most = max(width // 2, width - 24)
    hanging = hanging if blanks < hanging <= most else min(blanks, most)
    indent = " " * cells(text[:hanging])
    lines = [text[start:end] for start, end in line_spans(text, width, hanging)]
    return [lines[0], *(indent + line for line in lines[1:])]
