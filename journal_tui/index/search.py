"""Search: candidate days from the index, newest first; where it isn't sure, their passages are checked.

A hit is a row of the result. It is made from a file and a passage of it, whose text and line are looked
up when they are first needed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.spellings import BREAK, plain, searchable_words
from journal_tui.entry.tokenizer import mention_terms
from journal_tui.errors import UnreadableEntry
from journal_tui.index.analyzer import Record, mentioned
from journal_tui.index.index import Index
from journal_tui.index.postings import sort_key
from journal_tui.index.query_planner import NO_CODES, QueryPlanner
from journal_tui.library.library import Library
from journal_tui.library.naming import DAY_ENTRY, NOTE
from journal_tui.query.fields import (
    ENTRY,
    FEEDBACK,
    FOLLOW_UP,
    LATE,
    LEARNING,
    OPEN,
    POINTS,
    PROSE,
    TITLE,
    Days,
    people_in,
    states_of,
)
from journal_tui.query.nodes import Matcher, cheapest_first, possible_parts, years_within
from journal_tui.query.parser import Query
from journal_tui.query.result_line import ResultLine, best_line, headline

if TYPE_CHECKING:
    from journal_tui.index.segment import DayRecords

DayCounter: TypeAlias = Callable[[date], int | None]
"""A function that returns the number of a day as it is counted, or None."""
Stages: TypeAlias = Mapping[tuple[str, int], frozenset[str]]
"""What became of each piece of feedback, by its path and line: see `StageField`."""
MIXED, ENTRIES = "mixed", "entries"
# Up to this many days of a year, a query is matched with all points of the days.
FEW_DAYS = 8


class IndexedFile:
    """One file: its record, its day's rating and number, and its text, read when first needed."""

    def __init__(
        self,
        library: Library,
        day: date,
        record: Record,
        rating: float | None,
        number: DayCounter,
        stages: Callable[[], Stages] = dict,
    ) -> None:
        self.day, self.record, self.rating = day, record, rating
        self._library, self._number, self.stages = library, number, stages

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

    @cached_property
    def plain(self) -> str:
        """The text in lower case; "" if its words need more folding than that."""
        return plain(self.text)

    @property
    def headline(self) -> ResultLine:
        """The title of a file that has one in its name, such as a note, or else its first sentence."""
        record = self.record
        has_title = record["title"] and self._library.role(self.path) != DAY_ENTRY
        found = None if has_title else headline(record, lambda: self.text)
        return found or ResultLine(record["title"], max(record["title_line"], 1))

    def passages(self, part: str, today: str) -> "Iterator[IndexedPassage]":
        """Yield the passages of one part in order; `today` (ISO) decides which tasks are late."""
        record = self.record
        match part:
            case "entry":
                yield IndexedPassage(self, ENTRY, "", 0)
            case "learning" | "feedback":
                for text, line in record[part]:
                    yield IndexedPassage(self, part, text, line)
            case "follow-up":
                for text, line, state, due, waiting, _ in record["tasks"]:
                    states = states_of(state) | people_in(waiting)
                    if due and OPEN in states and due < today:
                        states |= {LATE}
                    yield IndexedPassage(self, part, text, line, states, (state, due or ""))
            case "title" | "remark":
                if record[part]:
                    line = record["title_line" if part == TITLE else "rating_line"]
                    yield IndexedPassage(self, part, record[part], max(line, 1))
            case "prose" if record["prose"]:
                yield IndexedPassage(self, PROSE, "", 0)


# The searches at each key mostly look at the same points. The cache has room for decades of points.
_plain_point = lru_cache(maxsize=50_000)(plain)


class IndexedPassage:
    """A part of a file that a query is matched with, and that may become a hit.

    For prose and whole entries `text` is "" and `line` 0. `words`, `plain` and `mentions` are
    computed when first needed.
    """

    def __init__(
        self,
        file: IndexedFile,
        part: str,
        text: str,
        line: int,
        states: frozenset[str] = frozenset(),
        task: tuple[str, str] = ("", ""),
    ) -> None:
        self.facts, self.part, self.text, self.line = file, part, text, line
        self._states, self.task = states, task

    @property
    def states(self) -> frozenset[str]:
        """The states of a follow-up, or what became of feedback, which entries of other days may say."""
        if self.part != FEEDBACK or not self.facts.record["customers"]:
            return self._states
        return self.facts.stages().get((self.facts.path, self.line), frozenset())

    @property
    def plain(self) -> str:
        """The text in lower case; "" for prose, and if its words need more folding than that."""
        return self.facts.plain if self.part == ENTRY else _plain_point(self.text)

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
        # Most files have none, and finding the mentions of a passage takes long.
        if not any(name.startswith(beginning) for name in self.facts.mentions):
            return []
        return [name for name in self.mentions if name.startswith(beginning)]

    def _prose(self) -> list[str]:
        return [self.facts.text[start:end] for start, end in self.facts.record["prose"]]


class Hit:
    """A row of the result: a learning point, feedback, follow-up, title, remark, prose or an entry.

    `part` says which. For prose and entries, `text` and `line` (from 1) are those of the line that
    matches the query best, or else of the headline; the file is read when one of them is first
    needed.
    """

    def __init__(
        self,
        file: IndexedFile,
        part: str,
        query: Query | None,
        passage: IndexedPassage | None = None,
    ) -> None:
        self.file, self.part, self._query, self._passage = file, part, query, passage
        # The rating is that of the day; the day of a period note is its first one.
        self.day, self.rating = file.day, file.rating
        self.path: str = file.record["path"]

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
    def task(self) -> tuple[str, str]:
        """The state of a follow-up and its due date (ISO); "" for what it doesn't have."""
        return self.passage.task if self.part == FOLLOW_UP else ("", "")

    @property
    def passage(self) -> IndexedPassage:
        """The passage that matches, or the whole entry, of which `text` may be one line."""
        return self._passage or IndexedPassage(self.file, ENTRY, "", 0)

    @property
    def text(self) -> str:
        """The text of the point, or of the line that matches best."""
        return self._located.text

    @property
    def line(self) -> int:
        """The number of the line, from 1."""
        return self._located.line

    @cached_property
    def _located(self) -> ResultLine:
        """The passage's own line, or else the one that matches best, or the file's headline."""
        passage = self._passage
        if passage and passage.line:
            return ResultLine(passage.text, passage.line)
        wanted = self._query.wanted if self._query else []
        if wanted and (found := best_line(self._searchable_text(), wanted)):
            return found
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
        return plain_newlines(text)


class Search:
    """The search of one journal; `number` counts a day's number if its title has none.

    `stages` returns what became of all feedback; it is called only if a query asks for that.
    """

    def __init__(
        self,
        index: Index,
        library: Library,
        number: DayCounter,
        today: date,
        stages: Callable[[], Stages] = dict,
    ) -> None:
        self._index, self._library, self._number = index, library, number
        self._day, self._today = today, today.isoformat()
        self._read_stages = stages
        self._known_stages: Stages | None = None

    def hits(self, query: Query, rows: str = MIXED) -> Iterator[Hit]:
        """Yield all hits, the newest day first, as they are found.

        `rows` is "mixed" for the points of a file that match, or else the file itself if it does;
        "learning" for learning points; "entries" for one row for each file. If the query itself
        names parts (`in:`, `is:`), the rows are these parts, or for "entries" the files with such
        a part.
        """
        low, high = years_within(query.matcher)
        parts = _parts(query, rows)
        # If a point can match only in an entry that matches too, the days of entries are enough.
        with_points = rows == MIXED and bool(query.wanted) and parts == (ENTRY,)
        matcher = cheapest_first(query.matcher)
        planner = QueryPlanner(self._index, matcher, self._day)
        for year in self._index.years():
            if not low <= int(year) <= high:
                continue
            found = [(part, planner.days(year, part)) for part in parts]
            listed = [possible.codes for _, possible in found]
            codes = listed[0] if len(listed) == 1 else NO_CODES.union(*listed)
            if not codes:
                continue
            if with_points:
                # For a few days, looking at their points is quicker than asking the index.
                is_few = len(codes) <= FEW_DAYS
                points = [
                    (part, Days(codes, False) if is_few else planner.days(year, part))
                    for part in POINTS
                ]
                found = [*points, *found]
            # If the days are exact, no passage has to be looked at, which takes most of the time.
            is_sure = [(part, possible.exact) for part, possible in found] == [(ENTRY, True)]
            days = self._index.segment(year).days()
            for code in sorted(codes, key=sort_key, reverse=True):
                day = days.get(code)
                if day is None:
                    # The index has changed in the meantime.
                    continue
                # If a day has several files, the index doesn't know which of them matches.
                has_one_file = len(day.records) == 1
                if has_one_file and is_sure:
                    yield Hit(self._file(day, day.records[0]), ENTRY, query)
                    continue
                there = [
                    (part, possible.exact and has_one_file)
                    for part, possible in found
                    if code in possible.codes
                ]
                for record in day.records:
                    yield from self._rows(query, matcher, self._file(day, record), there, rows)

    def _stages(self) -> Stages:
        if self._known_stages is None:
            self._known_stages = self._read_stages()
        return self._known_stages

    def _file(self, day: "DayRecords", record: Record) -> IndexedFile:
        return IndexedFile(self._library, day.day, record, day.rating, self._number, self._stages)

    def _rows(
        self,
        query: Query,
        matcher: Matcher,
        file: IndexedFile,
        parts: list[tuple[str, bool]],
        rows: str,
    ) -> Iterator[Hit]:
        """Yield a file's rows from these parts, each with whether it is known to match.

        The entry, which comes last, is a row only if none of its points is one.
        """
        there = False
        for part, is_sure in parts:
            if part == ENTRY and there:
                return
            for passage in file.passages(part, self._today):
                if is_sure or matcher(passage):
                    there = True
                    yield Hit(file, ENTRY if rows == ENTRIES else part, query, passage)
                    if rows == ENTRIES:
                        return

    def points(self) -> Iterator[Hit]:
        """Yield every learning point, the newest day first."""
        for day in self._index.newest_days():
            for record in day.records:
                file = self._file(day, record)
                for passage in file.passages(LEARNING, self._today):
                    yield Hit(file, LEARNING, None, passage)


def _parts(query: Query, rows: str) -> tuple[str, ...]:
    """Return the parts in which to look for a query, in the order of its rows."""
    if query.is_scoped:
        parts = possible_parts(query.matcher)
        # A condition such as a negated `in:` may be true of an entry, but of none of its parts.
        return (*parts, ENTRY) if rows == ENTRIES else parts
    if rows == LEARNING:
        return (LEARNING,)
    return (
        (*POINTS, ENTRY)
        if rows == MIXED and query.wanted and query.may_match_only_point
        else (ENTRY,)
    )
