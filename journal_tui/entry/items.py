"""List items and sections while they are being read, and what stands at an item's beginning."""

import re

from journal_tui.entry.spans import Item

BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
DUE = re.compile(r"(?<!\S)due:([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[\s.,;:!?]|$)")
MARKER = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])?[ \t]*")
# "\# not a heading", "1\. not a list": the backslash is no part of what the item says.
ESCAPED = re.compile(r"([0-9]{0,9})\\(?=[!-/:-@\[-`{-~])")


def without_due(text: str) -> str:
    """The words of a follow-up without its `due:` dates."""
    return " ".join(re.sub(rf"\s*{DUE.pattern}", "", " " + text).split())


class OpenSection:
    """A section being read; `level` is its heading's, 0 for a label; its items are at `depth`."""

    def __init__(self, kind: str, level: int, depth: int, start: int, head_end: int) -> None:
        self.kind, self.level, self.depth = kind, level, depth
        self.start, self.head_end, self.end = start, head_end, head_end
        self.items: list[Item] = []
        self.around: OpenSection | None = None


class OpenItem:
    """A list item whose end has not been reached; `margin` is the column of its marker."""

    def __init__(self, first: int, last: int, margin: int, section: OpenSection | None) -> None:
        self.first, self.last, self.margin, self.section = first, last, margin, section
        self.own: list[str] = []
        self.nested: list[str] = []
        self.notes: list[str] = []
        self.begun = False
        self.done: bool | None = None
        self.box = -1

    def text(self, nested: list[str]) -> str:
        """What the item says, with what nested items say."""
        own = " ".join(self.own)
        if not nested:
            return own
        return f"{own} – {'; '.join(nested)}" if own else "; ".join(nested)
