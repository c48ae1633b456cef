"""Complete the name in `[[`: the entries that a link may lead to, by date, words for a day, or title."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.tokenizer import words
from journal_tui.errors import WhenError
from journal_tui.index.postings import codes_of, escape, sort_key
from journal_tui.index.search import IndexedFile
from journal_tui.library.naming import DAY_ENTRY
from journal_tui.period import WEEKDAYS, iso_day, parse_day, parse_name, shift_day
from journal_tui.query.fields import TITLE

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.index import Index
    from journal_tui.index.segment import DayRecords, Segment
    from journal_tui.library.library import Library

MAX_DAYS_READ = 40
"""The most days that are read for a title: of those with notes, and of the others."""
_FEWEST_LETTERS = 2
_DAY_WORDS = ("today", "yesterday", "tomorrow", *map(str.lower, WEEKDAYS))
_ISO_LENGTH = 10
# What would end a link, or begin its words or a heading.
_ENDS_LINK = frozenset("[]|#\n")


class LinkCandidate(NamedTuple):
    """An entry, or a day without one, that a link may lead to.

    `target` is what the link names. `day` is the first day of a period note, whose period has the name
    `period`. `said` is its title, or what a day says first; `path` is "" for a day without an entry.
    """

    target: str
    day: date
    said: str = ""
    path: str = ""
    period: str = ""


class LinkCompletion:
    """Complete links in the entry of a day at `path`, which isn't offered itself."""

    def __init__(self, index: "Index", library: "Library", today: date, path: str) -> None:
        self._index, self._library, self._today, self._path = index, library, today, path
        is_day = library.role(path) == DAY_ENTRY and not library.period_of(path)
        self._day = library.day_of(path) if is_day else None

    def prepare(self) -> None:
        """Load what titles are looked up in, so that it needn't be loaded while one types."""
        for year in self._index.years():
            segment = self._index.segment(year)
            segment.postings(TITLE)
            segment.days()
            segment.days_with_notes()

    def complete(self, typed: str, limit: int) -> list[LinkCandidate]:
        """Return at most `limit` candidates for what has been typed after the brackets, best first.

        Before anything is typed, they are today, yesterday and the latest entries.
        """
        wanted = " ".join(typed.split())
        files: dict[str, LinkCandidate] = {}
        for one in self._candidates(wanted):
            if one.path != self._path and one.target not in files:
                files[one.target] = one
                if len(files) == limit:
                    break
        return [self._described(one) for one in files.values()]

    def _candidates(self, wanted: str) -> Iterator[LinkCandidate]:
        """Yield candidates, some of them twice, whose `said` is still missing."""
        if not wanted:
            yield from self._on(self._today)
            yield from self._on(shift_day(self._today, -1))
            for day, record in self._index.newest():
                if day <= self._today:
                    yield from self._named(day, record)
            return
        for day in self._days_meant(wanted):
            yield from self._on(day)
        if wanted[0].isdigit():
            # Some programs write 2014_10_06 or 2014.10.06.
            iso = re.sub("[_.]", "-", wanted[:_ISO_LENGTH])
            yield from self._dated(f"{iso}{wanted[_ISO_LENGTH:]}".casefold())
        yield from self._titled(wanted)

    def _on(self, day: date | None) -> Iterator[LinkCandidate]:
        """Yield the files of a day, or the day itself if it has none and isn't the entry's own."""
        if day is None:
            return
        records = self._index.records_of_day(day)
        if not records and day != self._day:
            yield LinkCandidate(day.isoformat(), day)
        for record in records:
            yield from self._named(day, record)

    def _named(self, day: date, record: "Record") -> Iterator[LinkCandidate]:
        """Yield the candidate for a file, unless no link can name it."""
        path, period = record["path"], record["period"]
        target = self._target(day, path, period)
        if target.isprintable() and not _ENDS_LINK & set(target):
            yield LinkCandidate(target, day, "", path, period)

    def _target(self, day: date, path: str, period: str) -> str:
        """Return what a link to a file names: its date, its name, or its path if need be."""
        name = period or day.isoformat()
        if self._library.role(path) == DAY_ENTRY:
            return name
        file = path.rpartition("/")[2]
        if file.endswith(".md") and self._library.iso_date(file) == name:
            return file.removesuffix(".md")
        return path.removesuffix(".md")

    def _described(self, one: LinkCandidate) -> LinkCandidate:
        """Return a candidate with its title, or what its day says first."""
        if not one.path:
            return one
        records = self._records_at(one)
        record = next((record for record in records if record["path"] == one.path), None)
        if record is None:
            return one
        file = IndexedFile(self._library, one.day, record, None, lambda _: None)
        return one._replace(said=file.headline.text)

    def _records_at(self, one: LinkCandidate) -> "list[Record]":
        period = parse_name(one.period) if one.period else None
        return (
            self._index.records_of_period(period) if period else self._index.records_of_day(one.day)
        )

    def _days_meant(self, wanted: str) -> Iterator[date]:
        """Yield the days that words such as “yest”, “friday” or “3 mar” mean, and an ISO date."""
        if day := iso_day(wanted):
            yield day
            return
        typed = wanted.casefold()
        meant = [word for word in _DAY_WORDS if word.startswith(typed)]
        if len(typed) < _FEWEST_LETTERS:
            return
        # A number alone is the beginning of a date, not a day of the month.
        if not meant and not typed.isdigit():
            meant = [typed]
        for word in meant:
            with suppress(WhenError):
                day = parse_day(word, self._today)
                # On a Friday, one who writes “friday” on its page means the one before.
                yield day if day != self._day else shift_day(day, -7) or day

    def _dated(self, typed: str) -> Iterator[LinkCandidate]:
        """Yield the files whose date, or name with it, begins with what is typed, the newest first."""
        for year in self._index.years():
            # The first week of a year may begin in the year before.
            if not any(name.startswith(typed[:4]) for name in (year, f"{int(year) + 1:04d}")):
                continue
            days = self._index.segment(year).days()
            for code in sorted(days, key=sort_key, reverse=True):
                yield from self._dated_on(days[code], typed)

    def _dated_on(self, found: "DayRecords", typed: str) -> Iterator[LinkCandidate]:
        iso = found.day.isoformat()
        if found.is_day and not iso.startswith(typed[:_ISO_LENGTH]):
            return
        for record in found.records:
            for one in self._named(found.day, record):
                names = one.period or iso, one.target
                if any(name.casefold().startswith(typed) for name in names):
                    yield one

    def _titled(self, wanted: str) -> Iterator[LinkCandidate]:
        """Yield the files whose title has words that begin as those typed: of days with notes first."""
        typed = words(wanted)
        if not typed:
            return
        for has_notes in (True, False):
            found = self._days_titled(typed, has_notes)
            for days in islice(found, MAX_DAYS_READ):
                for record in days.records_once():
                    said = words(record["title"])
                    if all(any(word.startswith(one) for word in said) for one in typed):
                        yield from self._named(days.day, record)

    def _days_titled(self, typed: Iterable[str], has_notes: bool) -> "Iterator[DayRecords]":
        """Yield the days whose titles have the words, the newest first; those with notes, or the others."""
        for year in self._index.years():
            segment = self._index.segment(year)
            if codes := _codes_titled(segment, typed):
                noted, days = segment.days_with_notes(), segment.days()
                chosen = codes & noted if has_notes else codes - noted
                for code in sorted(chosen & days.keys(), key=sort_key, reverse=True):
                    yield days[code]


def _codes_titled(segment: "Segment", typed: Iterable[str]) -> set[str]:
    """Return the codes of a year's days whose titles have words that begin as those typed."""
    postings = segment.postings(TITLE)
    found: set[str] | None = None
    for word in typed:
        # After its "!", an item has the codes of a term.
        items = postings.slice_of(escape(word)).split()
        codes = codes_of("".join(item.partition("!")[2] for item in items))
        found = codes if found is None else found & codes
        if not found:
            break
    return found or set()
