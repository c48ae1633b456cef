"""The sections and list items that are open while an entry is read, with their contents so far."""

from collections.abc import Iterable, Iterator

from journal_tui.entry import model
from journal_tui.entry.line_map import ParagraphLine
from journal_tui.entry.markdown_lines import (
    DROPPED,
    TASK_STATES,
    TASK_WORDS,
    other_box,
    task_box,
    task_word,
    unescaped,
)
from journal_tui.entry.model import FOLLOW_UP, Item

# Deeper than every heading, so that any heading in a callout ends the section of its title.
CALLOUT_LEVEL = 7


class OpenSection:
    """A section being read.

    `level` is that of its heading, 0 for a label; `depth` is the nesting depth of its items;
    `around` is the section that continues after this one. If it isn't read, but may be meant as a
    section, `label` is the text of its heading, `unread` counts its items and `rows` the lines of
    its tables.

    `is_filled` says whether it has an item with words, `prose` has the lines of text before the first
    such item and `missed` those directly below an empty item, which ends at the line `empty_end`.
    Points that run on from their label end at the line `run_on_end`, and so does the section unless a
    list comes directly after it: then the heading's section `outer` continues.
    """

    def __init__(self, kind: str, level: int, depth: int, start: int, head_end: int) -> None:
        self.kind, self.level, self.depth = kind, level, depth
        self.label = ""
        self.unread = self.rows = 0
        self.start, self.head_end, self.end = start, head_end, head_end
        self.items: list[Item] = []
        self.around: OpenSection | None = None
        self.is_filled = False
        self.prose: list[int] = []
        self.missed: list[int] = []
        self.run_on_end = self.empty_end = -1
        self.outer: OpenSection | None = None


class OpenItem:
    """A list item being read: its lines `[first, last)`, the text of the first, and its marker's column.

    `quote` is the length of the quote signs before it. `own` are its paragraphs, `nested` the texts
    of the items in it, and `notes` those that aren't follow-ups. `state` is "" unless it is a task,
    whose box or word is at the offset `box`; `other_box` is a box or word that isn't read.
    """

    def __init__(
        self, first: int, last: int, line: str, quote: int, section: OpenSection | None
    ) -> None:
        self.first, self.last, self.line, self.section = first, last, line, section
        self.margin = len(line) - len(line[quote:].lstrip())
        self.own: list[str] = []
        self.nested: list[str] = []
        self.notes: list[str] = []
        self.has_begun = False
        self.state = self.other_box = ""
        self.box = -1

    def text(self, nested: list[str]) -> str:
        """Return the item's text with the texts of nested items."""
        own = " ".join(self.own)
        if not nested:
            return own
        return f"{own} – {'; '.join(nested)}" if own else "; ".join(nested)

    def add(self, places: list[ParagraphLine]) -> None:
        """Add a paragraph of the item; a box at its very start makes the item a task."""
        if places and places[0].line >= self.last:
            return
        lines = places[:1] if not self.has_begun else []
        lines += _without_logbook(places[len(lines) :])
        text = " ".join(" ".join(place.text for place in lines).split())
        if not self.has_begun and places:
            text = self.read_box(text, places[0])
        if not self.own:
            text = unescaped(text)
        self.has_begun = True
        if text:
            self.own.append(text)

    def read_box(self, text: str, place: ParagraphLine) -> str:
        """Return the item's text without the box or the word that makes it a task."""
        # A mistyped box of two blanks has only one in `text`, so the line is looked at as well.
        if (box := task_box(text)) and task_box(place.text):
            self.box = place.offset + 1
            self.state = _state_of(text[1])
            return text[box[1] :]
        if not self.section or self.section.kind in ("", FOLLOW_UP):
            if task_word(place.text) and (word := task_word(text)):
                self.box = place.offset
                is_waiting = word[0].startswith("WAIT")
                self.state = model.WAITING if is_waiting else _state_of(TASK_WORDS[word[0]])
                return text[word[1] :]
            self.other_box = other_box(
                place.text, in_section=self.section is not None and self.section.kind == FOLLOW_UP
            )
        return text


def _without_logbook(lines: Iterable[ParagraphLine]) -> Iterator[ParagraphLine]:
    """Yield the lines without the hours that Logseq keeps below an item that is or was a task."""
    is_logbook = False
    for line in lines:
        is_logbook = is_logbook or line.text == ":LOGBOOK:"
        if not is_logbook:
            yield line
        is_logbook = is_logbook and line.text != ":END:"


def _state_of(box: str) -> str:
    """Return the state of a task with this character in its box."""
    if box == DROPPED:
        return model.DROPPED
    return model.DONE if TASK_STATES[box] else model.OPEN
