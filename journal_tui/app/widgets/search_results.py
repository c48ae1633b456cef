"""The results of a search: its rows, collected in slices of time, and their counts so far."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.cells import line_spans, take
from journal_tui.app.widgets.humanize import counted
from journal_tui.entry.markdown_lines import text_of
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journal_tui.app.widgets.page_layout import Matches
    from journal_tui.journal import Hit, Journal, Ranking

LEARNING, ENTRIES = "learning", "entries"
NEWEST, BEST = "newest", "best"
_ALL_DAYS = "words:>=0"
_MIN_WRAPPED = 8
"""The fewest cells in which a text is wrapped."""


class ResultRow:
    """A hit as a row; its text and its matches are read when they are first needed.

    `count` is the number of hits that the row represents.
    """

    __slots__ = ("_line", "_matches", "_spans", "_text", "count", "hit")

    def __init__(self, hit: "Hit", matches: "Matches | None" = None) -> None:
        self.hit = hit
        self.count = 1
        self._matches = matches
        self._text: str | None = None
        self._line = 1
        self._spans: tuple[tuple[int, int], ...] | None = None

    @property
    def day(self) -> date:
        """The day of the entry, or the first day of a period note."""
        return self.hit.day

    @property
    def period(self) -> str:
        """The name of a period note's period, such as 2014-W41; "" for an entry of a day."""
        return self.hit.period

    @property
    def iso(self) -> str:
        """The ISO date of the day or the period."""
        return self.hit.iso

    @property
    def path(self) -> str:
        """The path of its file, relative to the journal."""
        return self.hit.path

    @property
    def part(self) -> str:
        """`learning`, `feedback`, `follow-up`, `title`, `remark`, `prose` or `entry`."""
        return self.hit.part

    @property
    def task(self) -> tuple[str, str]:
        """The state of a follow-up and its due date (ISO); "" for anything else, or without a date."""
        return self.hit.task

    @property
    def rating(self) -> float | None:
        """The rating of its day, or None."""
        return self.hit.rating

    @property
    def is_note(self) -> bool:
        """Whether its file is a note beside the entry of its day or period."""
        return self.hit.file.is_note

    @property
    def number(self) -> int | None:
        """The number of its day, or None if days aren't counted."""
        return self.hit.number

    def _read(self) -> str:
        """Return the text; "" if its file can't be read."""
        if self._text is None:
            try:
                self._text, self._line = self.hit.text, self.hit.line
                if self.part in ("entry", "prose"):
                    # The text is a line of the file, perhaps with a list marker or heading mark.
                    self._text = text_of(self._text)
            except (JournalError, OSError):
                self._text = ""
        return self._text

    @property
    def text(self) -> str:
        """The text of the point, or of the line that matches."""
        return self._read()

    @property
    def line(self) -> int:
        """The number of the line in its file, from 1."""
        self._read()
        return self._line

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The (start, end) offsets of the matches in the text."""
        if self._spans is None:
            self._spans = tuple(self._matches(self.text)) if self._matches else ()
        return self._spans

    def matches(self, text: str) -> Sequence[tuple[int, int]]:
        """Return the spans that this row's search matches in another text."""
        return self._matches(text) if self._matches else ()

    def is_same(self, other: "ResultRow") -> bool:
        """Return whether both are the same part of the same file."""
        mine, its = self.hit, other.hit
        if (mine.day, mine.path, mine.part) != (its.day, its.path, its.part):
            return False
        return mine.part == "entry" or self.line == other.line


class Suggestion(NamedTuple):
    """A suggested search; `note` is a remark beside it, and `label` is shown instead of the search."""

    query: str
    note: str = ""
    label: str = ""


def window(text: str, first: tuple[int, int] | None, cells: int) -> tuple[int, int]:
    """Return the (start, end) of the part around the first match that fits into `cells` with ellipses."""
    # ASCII texts have one cell a character, which makes measuring them cheap.
    size, cut = (len, _take_characters) if text.isascii() else (cell_len, take)
    if len(text) <= cells * 4 and size(text) <= cells:
        return 0, len(text)
    start = 0
    if first is not None and size(text[: min(first[1], cells * 4)]) > cells - 1:
        # Keep two thirds of the room for the match and what follows, and start at a whole word.
        context = text[max(0, first[0] - cells) : first[0]].lstrip()
        tail = size(text[first[0] : first[0] + cells * 4])
        matched = size(text[first[0] : first[1]][: cells * 4])
        room = max(min(cells // 3, cells - 2 - matched), cells - 1 - tail, 0)
        while size(context) > room:
            context = context[max(1, (size(context) - room) // 2) :]
        if " " in context[:-1]:
            context = context[context.index(" ") + 1 :]
        start = first[0] - len(context)
    rest = text[start:]
    room = cells - (1 if start else 0)
    if len(rest) <= room * 4 and size(rest) <= room:
        return start, len(text)
    return start, start + len(cut(rest, room - 1))


def _start_of_tag(text: str, match: int, cells: int) -> int:
    """Return where the tag or name around the match begins, if the text from there on fits; else 0."""
    begin = text.rfind(" ", 0, match) + 1
    is_tag = text[begin : begin + 1] in ("#", "@")
    return begin if is_tag and len(text) - begin < 200 and cell_len(text[begin:]) <= cells else 0


def _take_characters(text: str, cells: int) -> str:
    return text[: max(0, cells)]


def excerpt(
    text: str, spans: tuple[tuple[int, int], ...], cells: int
) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of text that fit into `cells`, each with whether it is a match."""
    if cells <= 0:
        return
    good = [(a, min(b, len(text))) for a, b in spans if 0 <= a < b and a < len(text)]
    good.sort()
    start, end = window(text, good[0] if good else None, cells)
    lead = ""
    if start:
        lead, tag = "…", _start_of_tag(text, good[0][0], cells // 2)
        if tag:
            # The beginning of the point is more useful than the words around the tag.
            start, end = tag, len(text)
            lead = take(text[:tag], cells - cell_len(text[tag:]) - 1).rstrip() + "…"
    at = start
    for a, b in good:
        a, b = max(a, at), min(b, end)
        if a < b:
            if lead or at < a:
                yield lead + text[at:a], False
            yield text[a:b], True
            at, lead = b, ""
    tail = text[at:end] + "…" * (end < len(text))
    if lead or tail:
        yield lead + tail, False


def excerpt_lines(
    text: str, spans: tuple[tuple[int, int], ...], cells: int, most: int, later: int = 0
) -> list[list[tuple[str, bool]]]:
    """Return at most `most` lines of `cells`, each as pieces with whether it is a match.

    Lines after the first are `later` cells wide, if that is wider. A longer text is cut in the
    last line, which then has the first match if no line before it has.
    """
    if most < 2 or cells < _MIN_WRAPPED or (text.isascii() and len(text) <= cells):
        return [list(excerpt(text, spans, cells))]
    cells, first = max(cells, later), next(line_spans(text, cells))
    places = [first]
    if first[1] < len(text):
        start = len(text) - len(text[first[1] :].lstrip())
        rest_spans = islice(line_spans(text[start:], cells), most)
        places += [(start + a, start + b) for a, b in rest_spans]
    if len(places) <= most:
        return [_pieces(text, spans, start, end) for start, end in places]
    lines = [_pieces(text, spans, start, end) for start, end in places[: most - 1]]
    last = places[most - 1][0]
    shown = last + window(text[last:], None, cells)[1]
    rest = tuple((a - last, b - last) for a, b in spans if a >= last)
    if any(a < shown for a, _ in spans):
        rest = tuple((a, b) for a, b in rest if b <= shown - last)
    return [*lines, list(excerpt(text[last:], rest, cells))]


def _pieces(
    text: str, spans: tuple[tuple[int, int], ...], start: int, end: int
) -> list[tuple[str, bool]]:
    """Return the pieces of a part of the text, each with whether it is a match."""
    pieces: list[tuple[str, bool]] = []
    at = start
    for a, b in sorted(spans):
        a, b = max(a, at), min(b, end)
        if a < b:
            pieces += [(text[at:a], False)] * (at < a) + [(text[a:b], True)]
            at = b
    return [*pieces, (text[at:end], False)] if at < end or not pieces else pieces


MAX_ROWS = 10_000
"""The most rows that are kept; rows beyond these are only counted."""


class SearchResult(NamedTuple):
    """The result of a search: an iterator of rows, the query's `fault` and the column of the fault.

    `note` is a sentence shown with the count, about characters of the query that are ignored. The
    iterator yields None between rows that take long to find.
    """

    rows: Iterator[ResultRow | None]
    fault: str = ""
    column: int = 0
    note: str = ""


class ResultCollector:
    """Collect the rows of `found`; if `grouped`, one row for each day with its number of hits.

    Rows of whole entries are counted as days, as notes beside the entry of a day, or as period notes.
    """

    def __init__(self, found: SearchResult, grouped: bool) -> None:
        self.found = found
        self.is_done = False
        self.total = 0
        self.days = 0
        self.years: dict[int, int] = {}
        self.parts: set[str] = set()
        self.elsewhere = ""
        """The sentence about days that match as a whole but have no row, or ""."""
        self._days: set[str] = set()
        self._kept = 0
        self._written: set[str] = set()
        self._notes = self._periods = 0
        self._by_day: dict[str, ResultRow] | None = {} if grouped else None

    def take(self, seconds: float, most: int = MAX_ROWS) -> list[ResultRow]:
        """Return at most `most` rows that are found in `seconds`, perhaps none.

        Raise JournalError if the search does.
        """
        taken: list[ResultRow] = []
        until = time.perf_counter() + seconds
        for row in self.found.rows:
            if row is not None:
                self._count(row, taken)
            if time.perf_counter() > until or len(taken) >= most:
                return taken
        self.is_done = True
        return taken

    def _count(self, row: ResultRow, taken: list[ResultRow]) -> None:
        day, year, part, period = row.iso, row.day.year, row.part, row.period
        self.total += 1
        self._days.add(day)
        self.years[year] = self.years.get(year, 0) + 1
        self.parts.add(part)
        if period:
            self._periods += 1
        elif part == "entry":
            # Of two files that may be a day's entry, the first one is. Nearly all files are named
            # by their day alone, so that is checked first: there may be thousands of rows.
            if day in self._written or (row.path[-13:-3] != day and row.is_note):
                self._notes += 1
            else:
                self._written.add(day)
        if self._by_day is not None:
            if first := self._by_day.get(day):
                first.count += 1
                return
            self._by_day[day] = row
            self.days += not period
        if self._kept < MAX_ROWS:
            self._kept += 1
            taken.append(row)

    def has_days_beyond(self, other: "ResultCollector") -> bool:
        """Return whether a day or period has a row here and none in the other search."""
        return not self._days <= other._days

    def count_in_words(self, noun: str) -> str:
        """Return the count so far: `18 learning points on 12 days`, `172 days, 14 notes`."""
        if noun == "day" and self.parts == {"entry"}:
            counts = (len(self._written), self._notes, self._periods)
            nouns = zip(counts, ("day", "note", "period note"), strict=True)
            said = ", ".join(counted(number, each) for number, each in nouns if number)
        else:
            if self.parts - {"learning", "entry"} or (self._periods and noun == "day"):
                noun = "result"
            said = counted(self.total, noun)
        if self._by_day is not None and noun != "day" and self.days:
            said += f" on {counted(self.days, 'day')}"
        rows = self.total if self._by_day is None else len(self._by_day)
        if rows > MAX_ROWS:
            said += f" · first {MAX_ROWS:,} listed"
        return said if self.is_done else f"{said} so far"


def search(
    journal: "Journal", words: str, where: str = LEARNING, sort: str = NEWEST
) -> SearchResult:
    """Search a journal for the words typed; without words, find all learning points, or all days.

    For an unfinished query such as `#plan rating:>`, return the rows of the finished part, and the
    fault.
    """
    from journal_tui.query.highlight import spans

    if not words.strip():
        if where == ENTRIES:
            return SearchResult(_rows(journal.find(_ALL_DAYS, ENTRIES), None))
        return SearchResult(_rows(journal.search.points(), None))
    query, error = journal.parse_partial(words)
    found: Iterator[ResultRow | None] = iter(())
    if query:
        hits, matches = journal.find(query, where), partial(spans, query)
        found = (
            _ranked_rows(hits, journal.ranking(query), matches)
            if sort == BEST
            else _rows(hits, matches)
        )
    elif error and error.column >= len(words.rstrip()):
        # The only condition is still being typed, so it doesn't narrow the rows yet.
        found = search(journal, "", where).rows
    note = query.note if query else ""
    return (
        SearchResult(found, str(error), error.column, note)
        if error
        else SearchResult(found, note=note)
    )


def _rows(hits: "Iterable[Hit]", matches: "Matches | None") -> Iterator[ResultRow]:
    return (ResultRow(hit, matches) for hit in hits)


def _ranked_rows(
    hits: "Iterator[Hit]", ranking: "Ranking", matches: "Matches"
) -> "Iterator[ResultRow | None]":
    """Yield None for each hit that is ranked, then the rows, the best first."""
    for hit in hits:
        ranking.add(hit)
        yield None
    for hit in ranking.ordered():
        yield ResultRow(hit, matches)
