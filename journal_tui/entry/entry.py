"""The entry: a text, from which everything else is read when needed; reading never raises."""

from datetime import date
from typing import TYPE_CHECKING

from journal_tui.entry.model import FEEDBACK, LEARNING, Outline, Point, Problem, Rating, Task
from journal_tui.entry.vocabulary import Vocabulary, english

if TYPE_CHECKING:
    from journal_tui.entry.expectations import Expectation


class Entry:
    """A dated Markdown text. Immutable; two entries are equal if their days and texts are."""

    def __init__(self, day: date, text: str, vocabulary: Vocabulary | None = None) -> None:
        self.day = day
        self.text = text
        self.vocabulary = vocabulary or english()
        self._outline: Outline | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return self.day == other.day and self.text == other.text

    def __hash__(self) -> int:
        return hash((self.day, self.text))

    def __repr__(self) -> str:
        return f"Entry({self.day.isoformat()}, {len(self.text)} characters)"

    @property
    def outline(self) -> Outline:
        """All that is read from the text, with its offsets; parsed once, when first needed."""
        # In Python 3.11 a cached_property has one lock for all entries, so threads would wait.
        if self._outline is None:
            from journal_tui.entry.parser import read

            self._outline = read(self.text, self.vocabulary, self.day)
        return self._outline

    @property
    def title(self) -> str:
        """The first heading, or else the first line, shortened; "" for an empty entry."""
        return self.outline.title

    @property
    def number(self) -> int | None:
        """The number in a title such as "Day 168", or None."""
        found = self.vocabulary.day_number.search(self.outline.title_line)
        return int(found.group(1)) if found else None

    @property
    def kind(self) -> str:
        """The kind of note that the front matter gives, such as `service-review`, or ""."""
        return self.outline.kind

    @property
    def rating(self) -> Rating | None:
        """The enjoyment rating, from the body or else from the front matter."""
        return self.outline.rating

    @property
    def points(self) -> tuple[Point, ...]:
        """The learning points, in the order of the text."""
        return tuple(point for point in self.outline.points if point.kind == LEARNING)

    @property
    def feedback(self) -> tuple[Point, ...]:
        """The items of feedback sections."""
        return tuple(point for point in self.outline.points if point.kind == FEEDBACK)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The follow-ups, done or not."""
        return self.outline.tasks

    @property
    def expectations(self) -> "list[Expectation]":
        """The expectations, with the days to check them and what happened then."""
        if "heck" not in self.text and "HECK" not in self.text:
            # Few entries have an expectation, so the module that reads them is seldom loaded.
            return []
        from journal_tui.entry.expectations import expectations

        return expectations(self.text, self.day)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags without `#`, including front matter's, each once, in the order of first use."""
        return self.outline.tags

    @property
    def people(self) -> tuple[str, ...]:
        """The people without `@`, each once, in the order of first use."""
        return self.outline.people

    @property
    def prose_spans(self) -> list[tuple[int, int]]:
        """The spans `[start, end)` of the prose, in order, as whole lines.

        Prose is all but front matter, headings, recognised sections, follow-ups and the rating.
        """
        from journal_tui.entry.line_map import line_start

        text, outline = self.text, self.outline
        taken = [(section.start, section.end) for section in outline.sections]
        taken += outline.headings
        taken += [(task.start, task.end) for task in outline.tasks]
        if outline.rating_start is not None and outline.slot:
            taken.append((outline.rating_start, outline.slot.remark_end))
        found: list[tuple[int, int]] = []
        position = outline.body
        for start, end in sorted(taken):
            start = line_start(text, start)
            if start > position and text[position:start].strip():
                found.append((position, start))
            position = max(position, _line_end(text, end))
        if text[position:].strip():
            found.append((position, len(text)))
        return found

    @property
    def words(self) -> int:
        """The number of words in the body outside headings and the rating's label."""
        return self.outline.words

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems found in reading, as sentences; they never prevent a save."""
        return self.outline.problems


def _line_end(text: str, place: int) -> int:
    """Return the offset after the line that contains the character before `place`."""
    if text[max(place - 1, 0) : place] in ("\n", "\r"):
        return place
    from journal_tui.entry.line_map import LINE_END

    end = LINE_END.search(text, place)
    return end.end() if end else len(text)
