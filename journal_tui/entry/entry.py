"""An entry is its text; all else is read from it when asked for, and reading never raises."""

from datetime import date

from journal_tui.entry.model import Outline, Point, Problem, Rating, Task
from journal_tui.entry.vocabulary import FEEDBACK, LEARNING, Vocabulary, english


class Entry:
    """One dated Markdown text. Immutable; two are equal when day and text are."""

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
        """Where things sit in the text; read once, at first need."""
        # A cached_property of Python 3.11 lets no thread read an entry while another reads any.
        if self._outline is None:
            from journal_tui.entry.parser import read

            self._outline = read(self.text, self.vocabulary)
        return self._outline

    @property
    def title(self) -> str:
        """The first heading, else the first line, shortened; empty for an empty entry."""
        return self.outline.title

    @property
    def number(self) -> int | None:
        """168 for a title that says "Day 168"; None where the title says no number."""
        found = self.vocabulary.day_number.search(self.outline.title_line)
        return int(found.group(1)) if found else None

    @property
    def kind(self) -> str:
        """What kind of note the front matter says it is: `service-review`; "" where it says none."""
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
        """What customers said: the items of feedback sections."""
        return tuple(point for point in self.outline.points if point.kind == FEEDBACK)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The follow-ups: every task of the text, done or not."""
        return self.outline.tasks

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags without `#`, each once, in the order of their first use; front matter's included."""
        return self.outline.tags

    @property
    def people(self) -> tuple[str, ...]:
        """Names without `@`, each once, in the order of their first use."""
        return self.outline.people

    @property
    def words(self) -> int:
        """How many words the body has, front matter left out."""
        return self.outline.words

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is off, in plain sentences; it never stops a save."""
        return self.outline.problems
