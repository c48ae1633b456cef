"""List items and sections while they are being read, and what stands at an item's beginning."""

import re

from journal_tui.entry.entry import Problem, Task
from journal_tui.entry.lines import Place
from journal_tui.entry.mentions import DUE
from journal_tui.entry.spans import Item
from journal_tui.period import iso_day

BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
MARKER = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])?[ \t]*")
# "\# not a heading", "1\. not a list": the backslash is no part of what the item says.
ESCAPED = re.compile(r"([0-9]{0,9})\\(?=[!-/:-@\[-`{-~])")


def without_due(text: str) -> str:
    """The words of a follow-up without its `due:` dates."""
    return " ".join(re.sub(rf"\s*{DUE.pattern}", "", " " + text).split())


# "due:friday" is no date of any year.
_OTHER_DUE = re.compile(r"(?<!\S)due:[^\s]{1,40}")


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

    def add(self, places: list[Place]) -> None:
        """Take in a paragraph of the item; a box at its very beginning makes it a task."""
        if places and places[0].line >= self.last:
            return
        text = " ".join(" ".join(place.text for place in places).split())
        if not self.begun and places:
            box = BOX.match(text)
            if box:
                self.done, self.box = box.group(1) != " ", places[0].offset + 1
                text = text[box.end() :]
        if not self.own:
            text = ESCAPED.sub(r"\1", text, count=1) if ESCAPED.match(text) else text
        self.begun = True
        if text:
            self.own.append(text)

    def task(self, start: int, end: int, problems: list[Problem]) -> Task:
        """The follow-up that the item is; a date that is none goes to `problems`."""
        due = None
        for digits in DUE.findall(" ".join(self.own)):
            due = iso_day(digits)
            if due is None:
                sentence = f"due:{digits} isn't a date in the calendar"
                problems.append(Problem(self.first + 1, sentence))
        for word in _OTHER_DUE.findall(DUE.sub("", " ".join(self.own))):
            sentence = f"{word} isn't a date; write it like due:2026-11-27"
            problems.append(Problem(self.first + 1, sentence))
        text = without_due(self.text(self.notes))
        return Task(text, self.first + 1, bool(self.done), due, start, end, self.box)
