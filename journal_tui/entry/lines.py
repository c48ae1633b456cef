"""The lines of a text and their offsets: the way from Markdown's line maps back to characters."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE_END = re.compile(r"\r\n|\r|\n")
_SOMETHING = re.compile(r"\S")


class Place(NamedTuple):
    """One line of a paragraph: its index from 0, where its text begins, the text without margins."""

    line: int
    offset: int
    text: str


class Lines:
    """The lines of a text from `first` on; only `\\n`, `\\r\\n` and `\\r` end one, as in Markdown."""

    def __init__(self, text: str, first: int) -> None:
        self.text = text
        self._starts = [first, *(m.end() for m in LINE_END.finditer(text, first))]
        self._has_nul = "\0" in text

    def start(self, line: int) -> int:
        """The offset of a line's first character; the text's end for a line behind the last."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line(self, line: int) -> str:
        """The text of a line without its ending."""
        return self.text[self.start(line) : self.start(line + 1)].rstrip("\r\n")

    def end(self, first: int, last: int) -> int:
        """The offset behind the last line with something in it, of lines [first, last)."""
        while last > first + 1 and not self.line(last - 1).strip():
            last -= 1
        return self.start(last - 1) + len(self.line(last - 1))

    def places(self, token: "Token") -> list[Place]:
        """The lines of an inline token, each with the place where its text stands."""
        first, last = token.map or (0, 0)
        contents = token.content.split("\n")
        if len(contents) != last - first:
            # markdown-it strips lines of white space that Markdown does not count as blank.
            while first < last - 1 and contents[0].strip() not in self._shown(first):
                first += 1
        found = []
        for index, content in enumerate(contents, first):
            content = content.strip()
            column = self._shown(index).rfind(content) if content else 0
            found.append(Place(index, self.start(index) + max(column, 0), content))
        return found

    def _shown(self, line: int) -> str:
        """A line as markdown-it sees it."""
        text = self.line(line)
        return text.replace("\0", "\ufffd") if self._has_nul else text

    def first_filled(self, start: int) -> str:
        """The first line from the offset `start` on that is not blank, or nothing."""
        found = _SOMETHING.search(self.text, start)
        if not found:
            return ""
        before = self.text[start : found.start()]
        begin = start + max(before.rfind("\n"), before.rfind("\r")) + 1
        end = LINE_END.search(self.text, found.start())
        return self.text[begin : end.start() if end else len(self.text)]


def first_line(line: str) -> str:
    """A line as a title: without a heading's marks, blanks made one."""
    return re.sub(r"^#{1,6} ", "", " ".join(line.split()))


def shortened(line: str, length: int) -> str:
    """A line of at most so many characters, cut between words."""
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
