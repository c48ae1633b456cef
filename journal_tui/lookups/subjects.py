"""Look up everything about a person or a tag: how often, since when, what is open, and by date."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.counts import counted, join_words
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.line_map import LINE_END, line_start
from journal_tui.entry.mentions import mention_spans, mentions
from journal_tui.entry.model import FEEDBACK, FOLLOW_UP, LEARNING, WAITING
from journal_tui.entry.sentences import says_something, sentences, without_signs
from journal_tui.entry.tokenizer import fold, is_mention, mention_terms, straighten
from journal_tui.errors import UnreadableEntry
from journal_tui.index.index import Index
from journal_tui.index.postings import code_of_day, is_day, sort_key
from journal_tui.library.library import Library
from journal_tui.lookups.follow_ups import FollowUpSearch, of_record
from journal_tui.lookups.mentions import Mentions, Name, is_within
from journal_tui.lookups.written_days import ratings_of_year
from journal_tui.query.fields import PROSE, REMARK, TITLE
from journal_tui.review.ratings import FEWEST_RATINGS, median

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.search import Hit
    from journal_tui.query.parser import Query

# Where a part of a name begins, which has a capital in a name such as Anna-Lena or O'Brien.
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]")


class Said(NamedTuple):
    """What an entry says about a subject: a point, a follow-up, a remark or sentences of its prose.

    `part` is `learning`, `feedback`, `follow-up`, `title`, `remark` or `prose`. `day` is the first
    day of the note of `period`. `state` is that of a follow-up, and `rating` the day's.
    """

    day: date
    path: str
    line: int
    part: str
    text: str
    rating: float | None = None
    state: str = ""
    period: str = ""

    @property
    def kind(self) -> str:
        """The part or state in one word: point, feedback, open, waiting, done, …; "" for prose."""
        return {LEARNING: "point", FOLLOW_UP: self.state, PROSE: ""}.get(self.part, self.part)


class Subject(NamedTuple):
    """A person or a tag: how often it is used, what is open, and how its days were rated.

    `years` has the number of days of each year from the first to the last, including those with
    none. Of the follow-ups that mention it, `own` are the author's own open ones, `waiting` those that wait
    for this person, `others` those that wait for someone else, and `closed` were closed lately. `points` is the
    number of days with a learning point that mentions it, and `period_points` that of period notes with one.
    `ratings` are the ratings of its days, the newest first, and `all_ratings` those of all days.
    """

    name: Name
    years: dict[int, int]
    own: Sequence[FollowUp]
    waiting: Sequence[FollowUp]
    others: Sequence[FollowUp]
    closed: Sequence[FollowUp]
    points: int
    period_points: int
    ratings: Sequence[float]
    all_ratings: Sequence[float]

    @property
    def shown(self) -> str:
        """The name with its sign, as it was last written."""
        return self.name.term[0] + self.name.spelled

    @property
    def is_person(self) -> bool:
        """Whether this is a person, not a tag."""
        return self.name.term[0] == "@"

    @property
    def median(self) -> float | None:
        """The median of the ratings of its days; None if there are too few to say anything."""
        return median(self.ratings) if len(self.ratings) >= FEWEST_RATINGS else None

    def follow_ups(self) -> list[tuple[str, Sequence[FollowUp]]]:
        """Return the follow-ups in groups, each with its title; an empty group is left out."""
        name = self.shown
        groups: list[tuple[str, Sequence[FollowUp]]] = [
            (f"Yours, about {name}" if self.is_person else "Open", self.own),
            (f"{name} owes you", self.waiting),
            ("Waiting for others" if self.is_person else "Waiting", self.others),
            ("Done lately", self.closed),
        ]
        return [group for group in groups if group[1]]

    def learned(self) -> str:
        """Return in words on how many days, and in how many period notes, a learning point mentions it."""
        days = f"on {counted(self.points, 'day')}" if self.points else ""
        notes = f"in {counted(self.period_points, 'period note')}" if self.period_points else ""
        if not (days or notes):
            return f"No learning point has “{self.shown}”."
        return f"In learning points {join_words([*filter(None, (days, notes))])}."

    def rated(self, show: Callable[[float], str]) -> str:
        """Return in words how many of the days are rated, and the median if there are enough.

        `show` formats a rating. Return "" if only period notes have the name.
        """
        days, count = self.name.days, len(self.ratings)
        if not days:
            return ""
        if not count:
            return "None of these days is rated." if days > 1 else "This day isn't rated."
        which = f"{count:,} of {counted(days, 'day')}"
        middle = self.median
        if middle is None:
            listed = ", ".join(show(rating) for rating in self.ratings)
            return f"Ratings on {which}: {listed}. Too few for a median."
        return (
            f"Ratings on {which}: median {show(middle)}. "
            f"The median of all {len(self.all_ratings):,} rated days is {show(median(self.all_ratings))}."
        )


class PlainName(NamedTuple):
    """A person's name as it is written without @.

    `word` is the name with capitals, `days` the number of days that have it but not the name with @.
    `query` finds these days; unlike the count, it ignores case.
    """

    word: str
    days: int
    query: str

    def said(self) -> str:
        """Return the count in words."""
        return f"Also {counted(self.days, 'day')} with “{self.word}” without @"


class Subjects:
    """The people and tags of one journal, each with everything that is known about it."""

    def __init__(
        self,
        index: Index,
        library: Library,
        follow_ups: FollowUpSearch,
        query: "Callable[[str], Query]",
        find: "Callable[[str], Iterator[Hit]]",
    ) -> None:
        """Keep the parts of the journal that are asked; `find` yields the entries that match a query."""
        self._index, self._library, self._query, self._find = index, library, query, find
        self._follow_ups, self._mentions = follow_ups, Mentions(index)

    def about(self, term: str) -> Subject | None:
        """Return what is known about a folded tag or person; None if it was never used."""
        name = self._mentions.named(term)
        if name is None:
            return None
        days = self._mentions.days(term)
        listed = self._listed(term)
        own = [it for it in listed if not it.is_closed and it.state != WAITING]
        waiting = sorted((it for it in listed if it.state == WAITING), key=_since)
        closed = sorted((it for it in listed if it.is_closed), key=_since, reverse=True)
        points = [*chain.from_iterable(self._mentions.days(term, LEARNING).values())]
        ratings, all_ratings = self._ratings(days)
        return Subject(
            name,
            _days_by_year(days),
            sorted(own, key=_by_due),
            [it for it in waiting if _has(it.waiting, term)],
            [it for it in waiting if not _has(it.waiting, term)],
            closed,
            sum(is_day(code) for code in points),
            sum(not is_day(code) for code in points),
            ratings,
            all_ratings,
        )

    def years(self, term: str) -> dict[int, int]:
        """Return on how many days of each year a name is used, from its first year to its last."""
        return _days_by_year(self._mentions.days(term))

    def plain(self, name: Name) -> PlainName | None:
        """Return the name as it is written without @, with the days that don't have it with @.

        Return None for a tag, and if there is no such day. The entries with the word are read.
        """
        if name.term[0] != "@":
            return None
        word = _CAPITAL.sub(lambda found: found[0].upper(), name.spelled)
        query = f'"{word}" -@{name.spelled}'
        written = re.compile(rf"(?<![\w@#-]){re.escape(straighten(word))}(?!-?\w)")
        mentioned = self._mentions.days(name.term)
        days = {
            hit.day
            for hit in self._find(query)
            if not hit.period
            and code_of_day(hit.day) not in mentioned.get(f"{hit.day.year:04}", ())
            and written.search(straighten(hit.file.text))
        }
        return PlainName(word, len(days), query) if days else None

    def _listed(self, term: str) -> list[FollowUp]:
        """Return the follow-ups with a name that are open or were closed lately."""
        if not any(self._mentions.days(term, FOLLOW_UP).values()):
            return []
        if not is_mention(term):
            # A tag from front matter may have blanks, but then no follow-up has it.
            return []
        return self._follow_ups.find(self._query(term), lambda task: _has(task.said, term))

    def _ratings(self, days: dict[str, set[str]]) -> tuple[list[float], list[float]]:
        """Return the ratings of these days, the newest first, and those of all days."""
        found: list[float] = []
        everything: list[float] = []
        for year in self._index.years():
            rated = ratings_of_year(self._index, year)
            wanted = sorted(days.get(year, set()) & rated.keys(), key=sort_key, reverse=True)
            found += (rated[code] for code in wanted)
            everything += rated.values()
        return found, everything

    def said(self, term: str) -> Iterator[Said]:
        """Yield all that is said about a folded tag or person, the newest day first.

        Entries are read as they are needed.
        """
        days = self._mentions.days(term)
        for year in sorted(days, reverse=True):
            records = self._index.segment(year).days()
            for code in sorted(days[year] & records.keys(), key=sort_key, reverse=True):
                found = records[code]
                for record in found.records:
                    if any(is_within(it, term) for it in _names(record)):
                        yield from self._said_in(found.day, record, found.rating, term)

    def _said_in(
        self, day: date, record: "Record", rating: float | None, term: str
    ) -> Iterator[Said]:
        path, period = record["path"], record["period"]

        def said(line: int, part: str, text: str, state: str = "") -> Said:
            return Said(day, path, max(line, 1), part, text, rating, state, period)

        rows = [
            *(said(line, LEARNING, text) for text, line in record["learning"]),
            *(said(line, FEEDBACK, text) for text, line in record["feedback"]),
            *(said(it.line, FOLLOW_UP, it.said, it.state) for it in of_record(day, record)),
            said(record["rating_line"], REMARK, record["remark"]),
            *(said(line, PROSE, text) for line, text in self._prose(record, term)),
            # A title that is also the first line of the prose is left to the row of the prose.
            said(record["title_line"], TITLE, record["title"]),
        ]
        # A tag in the front matter is about the entry as a whole.
        rows = [row for row in rows if _has(row.text, term)] or rows[-1:]
        lines: dict[int, Said] = {}
        for row in rows:
            lines.setdefault(row.line, row)
        yield from sorted(lines.values(), key=lambda row: row.line)

    def _prose(self, record: "Record", term: str) -> Iterator[tuple[int, str]]:
        """Yield the lines of the prose that have a name, each with its number and sentences."""
        if not record["prose"]:
            return
        try:
            text = self._library.text(record["path"])
        except (FileNotFoundError, UnreadableEntry):
            return
        for start, end in record["prose"]:
            part = text[start:end]
            places: dict[int, list[int]] = {}
            for span in mention_spans(part):
                if is_within(span.sign + fold(span.name), term):
                    places.setdefault(line_start(part, span.start), []).append(span.start)
            for at in sorted(places):
                ending = LINE_END.search(part, at)
                line = part[at : ending.start() if ending else len(part)]
                number = 1 + len(LINE_END.findall(text, 0, start + at))
                yield number, _sentences(line, [place - at for place in places[at]])


def _days_by_year(days: dict[str, set[str]]) -> dict[int, int]:
    counts = {int(year): sum(map(is_day, codes)) for year, codes in days.items()}
    if not counts:
        return {}
    return {year: counts.get(year, 0) for year in range(min(counts), max(counts) + 1)}


def _names(record: "Record") -> frozenset[str]:
    return mention_terms(record["tags"], record["people"])


def _has(text: str, term: str) -> bool:
    """Return whether a text mentions a folded name, or a tag nested in it."""
    if text.isascii() and term not in text.lower():
        return False
    return any(is_within(it, term) for it in mention_terms(*mentions(text)))


def _by_due(task: FollowUp) -> tuple[date, int]:
    return task.due or date.max, -task.day.toordinal()


def _since(task: FollowUp) -> date:
    return task.since_when


def _sentences(line: str, places: list[int]) -> str:
    """Return the sentences of a line that have one of the offsets `places` in them, in order.

    A sentence that is too short to say something comes with those before it.
    """
    listed = list(sentences(line))
    kept: set[int] = set()
    at = 0
    for number, sentence in enumerate(listed):
        start = line.find(sentence, at)
        at = start + len(sentence)
        if any(start <= place < at for place in places):
            first = number
            while first and not says_something(" ".join(listed[first : number + 1])):
                first -= 1
            kept.update(range(first, number + 1))
    return without_signs(" ".join(listed[number] for number in sorted(kept)) or line)
