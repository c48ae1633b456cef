"""The passages of a file as matchers are called with them, made from its record and its text."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from journal_tui.entry.words import plain, words
from journal_tui.errors import UnreadableEntry
from journal_tui.index.records import Record, mention_terms
from journal_tui.index.terms import has, mentioned
from journal_tui.library.library import Library
from journal_tui.query.matchers import DONE, ENTRY, LATE, OPEN, PROSE, TITLE

# Divides the words of two stretches of prose, so that no phrase reaches from one into the other.
BARRIER = ""
Number = Callable[[date], int | None]


class File:
    """One file: its record, what is known of its day, and its text, read when asked for."""

    def __init__(
        self, library: Library, day: date, record: Record, rating: float | None, number: Number
    ) -> None:
        self.day, self.record, self.rating = day, record, rating
        self._library, self._number = library, number

    @property
    def path(self) -> str:
        """Its path below the journal."""
        return str(self.record["path"])

    @property
    def number(self) -> int | None:
        """The day's number: what the title says, else as it is counted."""
        said: int | None = self.record["number"]
        return self._number(self.day) if said is None else said

    @property
    def length(self) -> int:
        """How many words the file has."""
        return int(self.record["words"])

    @property
    def kind(self) -> str:
        """What kind of note it is."""
        return str(self.record["kind"])

    @cached_property
    def has(self) -> frozenset[str]:
        """What `has:` finds in it."""
        return frozenset(has(self.record))

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The tags and people that it mentions, folded, with their signs."""
        return mention_terms(self.record["tags"], self.record["people"])

    @cached_property
    def text(self) -> str:
        """The text of the file; "" when it is gone or can no longer be read."""
        try:
            return self._library.text(self.path)
        except (FileNotFoundError, UnreadableEntry):
            return ""

    def passages(self, part: str, today: str) -> "Iterator[Passage]":
        """Its passages of one kind, in the order of the text; `today` (ISO) tells what is late."""
        record = self.record
        match part:
            case "learning" | "feedback":
                for text, line in record[part]:
                    yield Passage(self, part, text, line)
            case "follow-up":
                for text, line, done, due in record["tasks"]:
                    states = {DONE if done else OPEN}
                    if due and not done and due < today:
                        states.add(LATE)
                    yield Passage(self, part, text, line, frozenset(states))
            case "title" | "remark":
                if record[part]:
                    line = record["title_line" if part == TITLE else "rating_line"]
                    yield Passage(self, part, record[part], max(line, 1))
            case "prose" if record["prose"]:
                yield Passage(self, PROSE, "", 0)
            case "entry":
                yield Passage(self, ENTRY, "", 0)


class Passage:
    """What one row of an answer may be. Of prose and entry the text is the file's, and `line` 0.

    `words`, `plain` and `mentions` are made when they are asked for.
    """

    __slots__ = ("facts", "kind", "line", "mentions", "plain", "states", "text", "words")

    def __init__(
        self,
        file: File,
        kind: str,
        text: str,
        line: int,
        states: frozenset[str] = frozenset(),
    ) -> None:
        self.facts, self.kind, self.text, self.line, self.states = file, kind, text, line, states
        self.words: list[str]
        self.plain: str
        self.mentions: frozenset[str]

    def __getattr__(self, name: str) -> object:
        """Called for a slot that is still empty."""
        match name:
            case "plain":
                self.plain = "" if self.kind == PROSE else plain(self._whole())
                return self.plain
            case "words":
                self.words = self._in_prose() if self.kind == PROSE else words(self._whole())
                return self.words
            case "mentions":
                self.mentions = self._mentioned()
                return self.mentions
        raise AttributeError(name)

    def _whole(self) -> str:
        return self.facts.text if self.kind == ENTRY else self.text

    def _in_prose(self) -> list[str]:
        found: list[str] = []
        for start, end in self.facts.record["prose"]:
            found += [BARRIER, *words(self.facts.text[start:end])]
        return found

    def _mentioned(self) -> frozenset[str]:
        named = self.facts.mentions
        if self.kind == ENTRY:
            return named
        texts = [self.text]
        if self.kind == PROSE:
            texts = [self.facts.text[start:end] for start, end in self.facts.record["prose"]]
        return frozenset().union(*(mentioned(text, named) for text in texts))
