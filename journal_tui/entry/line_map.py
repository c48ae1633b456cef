"""The lines of a text: where they end, and the offsets of the lines that markdown-it's tokens name."""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE_END = re.compile(r"\r\n|\r|\n")


def line_start(text: str, at: int) -> int:
    """Return the offset of the beginning of the line that contains an offset."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def plain_newlines(text: str) -> str:
    """Return the text with every `\\r\\n` and `\\r` as `\\n`; other characters that break lines stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class ParagraphLine(NamedTuple):
    """A line of a paragraph: its index from 0, the offset of its text, and the text, stripped."""

    line: int
    offset: int
    text: str


class Lines:
    """The lines of a text from offset `first`, ended by `\\n`, `\\r\\n` or `\\r` as in Markdown.

    `source` is the text as markdown-it read it: of the same length, with other list markers.
    """

    def __init__(self, text: str, first: int, source: str) -> None:
        self.text, self.source = text, source
        self._starts = [first]
        if "\r" in text:
            self._starts += [match.end() for match in LINE_END.finditer(text, first)]
        else:
            # Several times faster for the long lines of a diary.
            while first := text.find("\n", first) + 1:
                self._starts.append(first)
        self._has_nul = "\0" in text

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, line: int) -> int:
        """Return the offset of a line's first character, or the text's end after the last line."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def number(self, offset: int) -> int:
        """Return the line, from 0, that an offset is in."""
        return bisect_right(self._starts, offset) - 1

    def line(self, line: int) -> str:
        """Return a line without its ending."""
        # The next line's start is looked up here, because this is called for every block.
        starts = self._starts
        end = starts[line + 1] if line + 1 < len(starts) else len(self.text)
        return self.text[self.start(line) : end].rstrip("\r\n")

    def end(self, first: int, last: int) -> int:
        """Return the end of the last line of `[first, last)` that has more than quote signs.

        The line's ending comes after it.
        """
        while last > first + 1:
            if self.source[self.start(last - 1) : self.start(last)].lstrip(" \t>").strip():
                break
            last -= 1
        return self.start(last - 1) + len(self.line(last - 1))

    def places(self, token: "Token") -> list[ParagraphLine]:
        """Return the lines of an inline token with the offsets of their text."""
        first, last = token.map or (0, 0)
        contents = token.content.split("\n")
        if len(contents) != last - first:
            # markdown-it drops lines of white space that Markdown doesn't count as blank.
            while first < last - 1 and contents[0].strip() not in self._shown(first):
                first += 1
        is_as_written = self.source is self.text and not self._has_nul
        found = []
        for index, content in enumerate(contents, first):
            content = content.strip()
            start = at = self.start(index)
            if content:
                at = self._find(content, index, start)
                if at >= 0 and not is_as_written:
                    content = self._as_shown(self.text[at : at + len(content)])
            found.append(ParagraphLine(index, at if at > start else start, content))
        return found

    def _find(self, content: str, line: int, start: int) -> int:
        """Return where the content of a line that begins at `start` is, or -1."""
        if not self._has_nul:
            following = line + 1
            end = self._starts[following] if following < len(self._starts) else len(self.text)
            return self.source.rfind(content, start, end)
        column = self._shown(line).rfind(content)
        return start + column if column >= 0 else -1

    def _shown(self, line: int) -> str:
        """Return a line as markdown-it reads it."""
        text = self.source[self.start(line) : self.start(line + 1)].rstrip("\r\n")
        return self._as_shown(text) if self._has_nul else text

    def _as_shown(self, text: str) -> str:
        return text.replace("\0", "\ufffd") if self._has_nul else text


def shortened(line: str, length: int) -> str:
    """Return a line cut between words to at most `length` characters."""
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
