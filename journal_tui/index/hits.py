"""Hits, which are the rows of a search result, and the files and passages that they are made from.

The text and line of a hit in prose or in a whole entry are looked up when they are first needed.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, lru_cache

from journal_tui.entry.spellings import BREAK, plain, searchable_words
from journal_tui.entry.tokenizer import mention_terms
from journal_tui.errors import UnreadableEntry
from journal_tui.index.analyzer import Record, mentioned
from journal_tui.index.headline import headline
from journal_tui.library.library import Library
from journal_tui.library.naming import DAY_ENTRY, NOTE
from journal_tui.query.best_line import best_line
from journal_tui.query.fields import (
    ENTRY,
    FOLLOW_UP,
    LATE,
    OPEN,
    PROSE,
    TITLE,
    people_in,
    states_of,
)
from journal_tui.query.parser import Query

Number = Callable[[date], int | None]


class FileFacts:
    """One file: its record, its day's rating and number, and its text, read when first needed."""

    def __init__(
        self, library: Library, day: date, record: Record, rating: float | None, number: Number
    ) -> None:
        self.day, self.record, self.rating = day, record, rating
        self._library, self._number = library, number

    @property
    def path(self) -> str:
        """The file's path, relative to the journal."""
        return str(self.record["path"])

    @property
    def is_note(self) -> bool:
        """Whether the file is a note beside the entry of its day or period."""
        return self._library.role(self.path) == NOTE

    @property
    def number(self) -> int | None:
        """The day's number: the one in the title, else the counted one; None for a period note."""
        if self.record["period"]:
            return None
        said: int | None = self.record["number"]
        return self._number(self.day) if said is None else said

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The tags and people that the file mentions, folded, with their signs."""
        return mention_terms(self.record["tags"], self.record["people"])

    @cached_property
    def text(self) -> str:
        """The text of the file; "" if it is gone or can no longer be read."""
        try:
            return self._library.text(self.path)
        except (FileNotFoundError, UnreadableEntry):
            return ""

    @property
    def headline(self) -> tuple[int, str]:
        """The line and the text that say what the file is about.

        That is the title of a file that has one in its name, such as a note, and the first sentence
        of any other.
        """
        record = self.record
        has_title = record["title"] and self._library.role(self.path) != DAY_ENTRY
        found = None if has_title else headline(record, lambda: self.text)
        if found:
            return found.line, found.text
        return max(record["title_line"], 1), record["title"]

    def passages(self, part: str, today: str) -> "Iterator[Passage]":
        """Yield the passages of one part in order; `today` (ISO) decides which tasks are late."""
        record = self.record
        match part:
            case "entry":
                yield Passage(self, ENTRY, "", 0)
            case "learning":
                for text, line in record[part]:
                    yield Passage(self, part, text, line)
            case "feedback":
                stages = {
                    line: frozenset((it,)) for line, it in record["customers"].get("stages", ())
                }
                for text, line in record[part]:
                    yield Passage(self, part, text, line, stages.get(line, frozenset()))
            case "follow-up":
                for text, line, state, due, waiting, _ in record["tasks"]:
                    states = states_of(state) | people_in(waiting)
                    if due and OPEN in states and due < today:
                        states |= {LATE}
                    yield Passage(self, part, text, line, states)
            case "title" | "remark":
                if record[part]:
                    line = record["title_line" if part == TITLE else "rating_line"]
                    yield Passage(self, part, record[part], max(line, 1))
            case "prose" if record["prose"]:
                yield Passage(self, PROSE, "", 0)


# Each key that is typed searches mostly the same points.
_plain_point = lru_cache(maxsize=10_000)(plain)


class Passage:
    """A part of a file that a query is matched with, and that may become a hit.

    For prose and whole entries `text` is "" and `line` 0. `words`, `plain` and `mentions` are
    computed when first needed.
    """

    def __init__(
        self,
        file: FileFacts,
        part: str,
        text: str,
        line: int,
        states: frozenset[str] = frozenset(),
    ) -> None:
        self.facts, self.part, self.text, self.line, self.states = file, part, text, line, states

    @cached_property
    def plain(self) -> str:
        """The text in lower case; "" for prose, and if its words need more folding than that."""
        if self.part == ENTRY:
            return plain(self.facts.text)
        return _plain_point(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The folded words."""
        if self.part != PROSE:
            return searchable_words(self.facts.text if self.part == ENTRY else self.text)
        # No phrase matches across two stretches of prose.
        return [word for text in self._prose() for word in (BREAK, *searchable_words(text))]

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The tags and people, folded, with their signs."""
        named = self.facts.mentions
        if self.part == ENTRY:
            return named
        texts = self._prose() if self.part == PROSE else [self.text]
        return frozenset().union(*(mentioned(text, named) for text in texts))

    def mentions_with(self, beginning: str) -> list[str]:
        """Return the tags and people, folded, with their signs, that begin with this."""
        # Most files have none, and to find those of a passage takes long.
        if not any(name.startswith(beginning) for name in self.facts.mentions):
            return []
        return [name for name in self.mentions if name.startswith(beginning)]

    def _prose(self) -> list[str]:
        return [self.facts.text[start:end] for start, end in self.facts.record["prose"]]


class Hit:
    """A learning point, a piece of feedback, a follow-up, a title, remark or prose, or an entry.

    `part` says which. For prose and entries, `text` and `line` (from 1) are those of the line that
    matches the query best, or else what the file says first; the file is read when one of them is
    first needed.
    """

    def __init__(
        self, file: FileFacts, part: str, query: Query | None, passage: Passage | None = None
    ) -> None:
        self.file, self.part, self._query, self._passage = file, part, query, passage
        # The rating is that of the day; the day of a period note is its first one.
        self.day, self.path, self.rating = file.day, file.path, file.rating

    def __repr__(self) -> str:
        return f"Hit({self.path}, {self.part})"

    @property
    def period(self) -> str:
        """The name of a period note's period, such as 2014-W41; "" for an entry of a day."""
        return str(self.file.record["period"])

    @property
    def iso(self) -> str:
        """The ISO date, of the day or the period."""
        return self.period or self.day.isoformat()

    @property
    def number(self) -> int | None:
        """The number of the day, or None."""
        return self.file.number

    @property
    def is_note(self) -> bool:
        """Whether its file is a note beside the entry of its day or period."""
        return self.file.is_note

    @property
    def task(self) -> tuple[str, str]:
        """The state of a follow-up and its due date (ISO), "" for what it hasn't."""
        if self.part == FOLLOW_UP:
            for _, line, state, due, *_ in self.file.record["tasks"]:
                if line == self.line:
                    return state, due or ""
        return "", ""

    @property
    def words(self) -> list[str]:
        """The folded words of the whole passage, of which `text` may be one line."""
        return self._matched().words

    def mentions_with(self, beginning: str) -> list[str]:
        """Return what the passage mentions that begins with this, folded, with its sign."""
        return self._matched().mentions_with(beginning)

    @property
    def is_whole(self) -> bool:
        """Whether the passage is the whole file."""
        return self._passage is None or self._passage.part == ENTRY

    @property
    def text(self) -> str:
        """The text of the point, or of the line that matches best."""
        return self._located[1]

    @property
    def line(self) -> int:
        """The number of the line, from 1."""
        return self._located[0]

    def _matched(self) -> Passage:
        return self._passage or Passage(self.file, ENTRY, "", 0)

    @cached_property
    def _located(self) -> tuple[int, str]:
        """The passage's own line, or else the one that matches best, or what the file says first."""
        passage = self._passage
        if passage and passage.line:
            return passage.line, passage.text
        if wanted := self._query.wanted if self._query else []:
            line, text = best_line(self._searchable_text(), wanted)
            if line:
                return line, text
        return self.file.headline

    def _searchable_text(self) -> str:
        """Return the text to search for the line; for prose, all other lines are emptied."""
        text = self.file.text
        if self.part == PROSE:
            pieces, position = [], 0
            for start, end in self.file.record["prose"]:
                pieces += ["".join(c for c in text[position:start] if c in "\r\n"), text[start:end]]
                position = end
            text = "".join(pieces)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
