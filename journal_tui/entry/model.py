"""The values that are read from an entry: points, tasks, the rating, and where each is in the text."""

from datetime import date
from typing import NamedTuple


class Point(NamedTuple):
    """One list item under a section that is recognised; `line` counts from 1.

    `kind` is `learning` or `feedback`; `[start, end)` are the character offsets of the item.
    """

    kind: str
    text: str
    line: int
    start: int
    end: int


class Task(NamedTuple):
    """A follow-up: `- [ ] text due:2014-10-13`. `box` is the offset inside the brackets, or -1."""

    text: str
    line: int
    done: bool
    due: date | None
    start: int
    end: int
    box: int


class Rating(NamedTuple):
    """Enjoyment from 0 to 10, why, and the line that says so."""

    value: float
    remark: str
    line: int


class Problem(NamedTuple):
    """Something that could not be read as meant: the line (0 for the whole entry) and a sentence."""

    line: int
    text: str


class Item(NamedTuple):
    """A list item of a section: its span, and the marker with its indent ("- ", "1. ")."""

    start: int
    end: int
    marker: str
    text: str


class Section(NamedTuple):
    """A recognised section: where its heading or label stands and where its content ends."""

    kind: str
    start: int
    head_end: int
    end: int
    items: tuple[Item, ...]


class Slot(NamedTuple):
    """The place of the rating behind its label, filled or not: where its parts are or belong.

    `separator` is where what divides value and remark begins; `remark` says what stands there.
    """

    value_start: int
    value_end: int
    separator: int
    remark_start: int
    remark_end: int
    remark: str


class Outline(NamedTuple):
    """All that is read from a text; offsets are characters of that text, lines count from 1.

    `rating_start` is where the rating's label begins and `slot` what stands behind it.
    `body` is where the text behind byte-order mark and front matter begins, `last_block` where
    the last block does (a code fence that was never closed swallows what is put behind it).
    `title_at` is where the title's heading begins, -1 for a title that is no heading; `kind` is
    the front matter's; `headings` are the spans of all headings outside lists and quotes.
    """

    title: str
    title_line: str
    title_at: int
    kind: str
    headings: tuple[tuple[int, int], ...]
    body: int
    last_block: int
    points: tuple[Point, ...]
    tasks: tuple[Task, ...]
    rating: Rating | None
    rating_start: int | None
    slot: Slot | None
    tags: tuple[str, ...]
    people: tuple[str, ...]
    words: int
    problems: tuple[Problem, ...]
    sections: tuple[Section, ...]
