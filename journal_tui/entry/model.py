"""The values that are read from an entry, with their positions in the text."""

from datetime import date
from typing import NamedTuple

LEARNING, FEEDBACK, FOLLOW_UP = "learning", "feedback", "follow-up"
"""The kinds of sections that are recognised."""
DEALINGS, FRUSTRATIONS, VALUES, IMPROVEMENTS = "dealings", "frustrations", "values", "improvements"
"""The parts of a service review: the first three hold feedback, the last one follow-ups."""
OPEN, WAITING, DONE, DROPPED = "open", "waiting", "done", "dropped"
"""The states of a follow-up; one that waits for someone is open, too."""
CLOSED = (DONE, DROPPED)


class Point(NamedTuple):
    """A list item of a recognised section; `line` counts from 1.

    `kind` is `learning` or `feedback`; `[start, end)` are the character offsets of the item.
    """

    kind: str
    text: str
    line: int
    start: int
    end: int


class Task(NamedTuple):
    """A follow-up such as `- [ ] text due:2014-10-13`.

    `line` counts from 1, `[start, end)` are the item's character offsets, and `box` is the offset
    of the character in the brackets or of a word such as TODO, or -1. `waiting` is whom it waits
    for, such as "@ann", and `since` the day since which it has been in its state, if the text says so.
    `reason` is why it was dropped.
    """

    text: str
    line: int
    state: str
    due: date | None
    start: int
    end: int
    box: int
    waiting: str = ""
    since: date | None = None
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether it is done or was dropped."""
        return self.state in CLOSED


class Scale(NamedTuple):
    """The scale on which the writer rates a day: from 0 to 10 unless journal.toml says otherwise."""

    low: int = 0
    high: int = 10

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float) and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"

    def at(self, share: float) -> int:
        """Return the whole rating nearest to this share of the scale."""
        return round(self.low + share * (self.high - self.low))

    def shown(self, value: float) -> str:
        """Return a rating as the app shows it, such as 9/10."""
        return f"{shown(value)}/{self.high}"


TEN = Scale()


def shown(value: float) -> str:
    """Return the value as people write it, such as 9 or 7.5, with at most four decimals."""
    return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


class Rating(NamedTuple):
    """The enjoyment on the writer's scale, its remark, and its line."""

    value: float
    remark: str
    line: int


class Problem(NamedTuple):
    """Something in an entry that couldn't be understood: its line (0: all lines) and a sentence."""

    line: int
    text: str


class Item(NamedTuple):
    """A list item of a section: its span, its marker with indent ("- ", "1. ") and its text."""

    start: int
    end: int
    marker: str
    text: str


class Section(NamedTuple):
    """A recognised section: the span of its heading or label, the end of its content, its items."""

    kind: str
    start: int
    head_end: int
    end: int
    items: tuple[Item, ...]


class Slot(NamedTuple):
    """The place of the rating after its label, filled or empty, with the offsets of its parts.

    `separator` is the offset of what separates value and remark; `remark` is the present remark.
    `is_bare` is whether the value is a number by itself, because what is around it says the scale.
    """

    value_start: int
    value_end: int
    separator: int
    remark_start: int
    remark_end: int
    remark: str
    is_bare: bool = False


class Outline(NamedTuple):
    """All that is read from a text; offsets are in characters, lines count from 1.

    `rating_start` is the offset of the rating's label, and `slot` the place after it. `body` is the
    offset after byte order mark and front matter, `last_block` the offset of the last block, which may
    absorb text that is added after it (a code fence that was never closed). `title_at` is the offset of
    the title's heading, or -1 if the title isn't a heading. `kind` comes from the front matter.
    `headings` are the spans of all headings outside lists and quotes. `customers` are named in the
    front matter.
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
    customers: tuple[str, ...] = ()
