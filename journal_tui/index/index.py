"""The index of one journal: bring it up to date with the folder, and look up days and terms."""

import operator
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from tinydb import TinyDB

from journal_tui.errors import SettingsError, UnreadableEntry
from journal_tui.garbage_collection import less_garbage_collection
from journal_tui.index import analyzer
from journal_tui.index.postings import (
    code_of_date,
    code_of_day,
    escape,
    never_yield,
    sort_key,
    unescape,
)
from journal_tui.index.segment import (
    NOTHING,
    DayRecords,
    IngestedFile,
    Segment,
    change_contents,
    changed_days,
    stamps_by_path,
)
from journal_tui.index.table_storage import COARSE_TICK_NS, Damaged, TableFiles, WriteLock
from journal_tui.library.file_reader import dated_stamp, stamped_date
from journal_tui.library.library import Library
from journal_tui.library.scan import UNLISTED, LeftOutFiles, Scan
from journal_tui.period import CalendarPeriod, first_day, parse_name
from journal_tui.query.fields import ENTRY

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.index.analyzer import Record

Answer = TypeVar("Answer")
# Returns a file's stamp, and the entry read from it.
Read = Callable[[str, date], "tuple[str, Entry]"]

# Increase this when the same text gives another record or other terms, to rebuild old indexes.
# A change of the fields that keep terms, or of a record's keys, is noticed without this.
READER = 29
# How many years `warm` loads; more would take too much memory for a search that may never be made.
WARM_YEARS = 30
# A file changed this shortly before it was read may change again within the same tick of its
# file system's clock and keep its stamp (git calls this "racily clean"): it is read again.
_TICK_NS = 50_000_000


class RefreshResult(NamedTuple):
    """The result of a refresh: files found, files read, and a (path, sentence) for each fault.

    `left_out` has for each reason a noun, the words after it, and the files. `found_none` is true
    if the folder has files but no entry.
    """

    files: int
    read: int
    faults: list[tuple[str, str]]
    left_out: tuple[tuple[str, str, LeftOutFiles], ...] = ()
    found_none: bool = False

    @property
    def unlisted(self) -> list[str]:
        """The folders that couldn't be listed: their entries are missing from the index."""
        return [path for path, sentence in self.faults if sentence.startswith(UNLISTED)]


class Index:
    """The index in `folder`, a private folder of its own; safe to use from several threads."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = str(folder)
        self._library = library
        # A thread that needs both takes the lock before the mutex.
        self._lock, self._mutex = WriteLock(str(folder)), threading.RLock()
        self.revision = 0
        """Increases whenever answers may differ from those before."""
        self._segments: dict[str, Segment] = {}
        # Values computed from several years: for each name the parts used, and the value.
        self._cached: dict[str, tuple[Sequence[object], Any]] = {}
        self._database = TinyDB(self.folder, storage=TableFiles)
        self._storage = cast(TableFiles, self._database.storage)

    @property
    def failed(self) -> str:
        """Why the index could not be written to its folder; "" if it could."""
        return self._storage.failed

    @cached_property
    def _signature(self) -> str:
        """The rules by which texts were read, with a checksum of the settings that change a record.

        These are the names and the scale in journal.toml, and the folder's own pattern of file names,
        for which it may have to be scanned.
        """
        names: tuple[object, ...] = ()
        try:
            config, rules_of_names = self._library.config, self._library.rules_of_names
            sections = sorted(config.note_sections.items())
            names = (sorted(config.names.items()), sections, *rules_of_names, config.scale)
        except SettingsError:
            pass
        check = zlib.crc32(repr(names).encode("utf-8", "surrogatepass"))
        return f"{READER}-{analyzer.rules()}-{check:08x}"

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        yield_cpu: Callable[[], None] = never_yield,
    ) -> RefreshResult:
        """Bring the index up to date with the folder, newest year first.

        `progress(done, total)` counts the files of changed years. `stop` returns whether to leave
        out the remaining years. `yield_cpu` is called between files, and may wait for other
        threads. Raise IndexBusy if another process holds the lock for more than ten seconds,
        NoJournal if the folder is gone.
        """
        found = self._scan()
        stale = [
            year
            for year in sorted(found.years.keys() | self.years(), reverse=True)
            if not self._is_current(year, found.years.get(year, []))
        ]
        total = sum(len(found.years.get(year, ())) for year in stale)
        done = count = 0
        with less_garbage_collection():
            for year in stale:
                if stop():
                    break
                stamps = stamps_by_path(found.years.get(year, ()))
                with self._lock.held():
                    count += self._update(year, stamps, self._read, yield_cpu=yield_cpu)
                done += len(stamps)
                if progress:
                    progress(done, total)
        return RefreshResult(
            found.entries, count, found.faults, tuple(found.reasons()), found.has_other_files()
        )

    def _scan(self) -> Scan:
        found = self._library.scan()
        if not found.years and self.years():
            self._library.check_is_there()
        return found

    def _is_current(self, year: str, lines: list[str]) -> bool:
        known = self._known(year)
        return known is not None and (known == "\n".join(lines) or not changed_days(known, lines))

    def _forget_replaced(self, segment: Segment) -> None:
        self.revision += segment.forget_replaced()

    def _known(self, year: str) -> str | None:
        """Return the stamp lines stored for a year; None if its tables can't be read."""
        with self._mutex:
            segment = self.segment(year)
            self._forget_replaced(segment)
            try:
                return segment.stamps()
            except Damaged:
                return None

    def _read(self, path: str, day: date) -> "tuple[str, Entry]":
        from journal_tui.entry.entry import Entry

        stamp, text = self._library.stamped_text(path)
        return stamp, Entry(day, text, self._library.vocabulary)

    def saved(self, path: str, entry: "Entry", stamp: str) -> None:
        """Index one entry that was just saved, without looking at any other file's stamp.

        Raise IndexBusy if another process holds the lock; the next refresh then indexes the entry.
        """
        year = f"{entry.day.year:04d}"

        def read(wanted: str, day: date) -> "tuple[str, Entry]":
            return (stamp, entry) if wanted == path else self._read(wanted, day)

        line = dated_stamp(stamp, self._library.iso_date(path) or entry.day.isoformat())
        with self._lock.held():
            known = self._known(year)
            lines = self._library.scan().years.get(year, ()) if known is None else known.split("\n")
            self._update(year, stamps_by_path(lines) | {path: line}, read, just_saved=path)

    def _update(
        self,
        year: str,
        stamps: dict[str, str],
        read: Read,
        just_saved: str = "",
        yield_cpu: Callable[[], None] = never_yield,
    ) -> int:
        """Bring a year up to date with these stamps; return how many files were read.

        The caller must hold the lock. The mutex is free while files are read and the tables are
        computed, which takes long, so that searches don't wait.
        """
        with self._mutex:
            segment = self.segment(year)
            self._forget_replaced(segment)
            before = segment.contents()
        days = changed_days(before.stamps, stamps.values())
        if not days and before is not NOTHING:
            return 0
        ingested = self._ingest(stamps, days, read, just_saved, yield_cpu)
        after = change_contents(before, stamps, days, ingested, yield_cpu)
        yield_cpu()
        try:
            with self._mutex:
                segment.put(before, after, days, filter(None, ingested.values()))
                self.revision += 1
        except Damaged:
            # Another process has changed or deleted the tables in the meantime.
            return self._update(year, stamps, read, just_saved, yield_cpu)
        return len(ingested)

    def _ingest(
        self,
        stamps: Mapping[str, str],
        days: set[str],
        read: Read,
        just_saved: str,
        yield_cpu: Callable[[], None],
    ) -> dict[str, IngestedFile | None]:
        """Read the files of these ISO dates; the value of a file that has been deleted is None.

        `just_saved` is the path of a file whose text is known to belong to its stamp; `yield_cpu` is
        called before each file.
        """
        by_day: dict[str, list[str]] = {day: [] for day in sorted(days)}
        for path, stamp in stamps.items():
            if (day := stamped_date(stamp)) in days:
                by_day[day].append(path)
        found: dict[str, IngestedFile | None] = {}
        for day, paths in by_day.items():
            if len(paths) > 1:
                paths = sorted(paths, key=self._library.importance_key)
            for position, path in enumerate(paths):
                yield_cpu()
                found[path] = _ingested(path, day, position, read, path == just_saved)
        return found

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> RefreshResult:
        """Rebuild the whole index. Raise what `refresh` raises, with the index as it was."""
        self._scan()
        with self._lock.held(), self._mutex:
            for year in self.years():
                self.segment(year).drop()
        return self.refresh(progress)

    def segment(self, year: str) -> Segment:
        """Return the segment of a year, which answers questions about it."""
        found = self._segments.get(year)
        if found is None:
            made = Segment(self._database, year, self._signature, self._mutex, self._repair)
            # Another thread may have made one in the meantime.
            found = self._segments.setdefault(year, made)
        return found

    def _repair(self, year: str) -> None:
        """Rebuild a year whose tables are damaged."""
        with self._lock.held():
            stamps = stamps_by_path(self._library.scan().years.get(year, ()))
            self._update(year, stamps, self._read)

    def years(self) -> list[str]:
        """Return the years that have entries, newest first."""
        with self._mutex:
            return _years(self._storage.names())

    def terms(
        self, prefix: str, years: list[str] | None = None, part: str = ENTRY
    ) -> dict[str, dict[str, str]]:
        """Return the terms with a prefix, each with the codes of its days by year, newest first."""
        found: dict[str, dict[str, str]] = {}
        for year in self.years() if years is None else years:
            for item in self.segment(year).postings(part).slice_of(escape(prefix)).split():
                term, _, codes = item.partition("!")
                found.setdefault(unescape(term), {})[year] = codes
        return found

    def cached(self, name: str, parts: Sequence[object], make: Callable[[], Answer]) -> Answer:
        """Return a value made from parts of several years, cached while these are the same objects.

        A part is what `Segment.cached` returned, which is another object after a change.
        """
        known, made = self._cached.get(name, ((), None))
        if len(known) != len(parts) or any(map(operator.is_not, known, parts)) or not parts:
            made = make()
            self._cached[name] = parts, made
        return cast(Answer, made)

    def warm(self, stop: Callable[[], bool]) -> None:
        """Load the newest years into memory for a quick first search; leave out damaged ones."""
        for year in self.years()[:WARM_YEARS]:
            if stop():
                return
            with self._mutex, suppress(Damaged):
                self.segment(year).warm()

    def _records(self, year: int, code: str) -> "list[Record]":
        name = f"{year:04d}"
        found = self.segment(name).days().get(code) if name in self.years() else None
        return found.records if found else []

    def records_of_day(self, day: date) -> "list[Record]":
        """Return the records of the files of one day, the day entry first; no period notes."""
        return self._records(day.year, code_of_day(day))

    def records_of_period(self, period: "CalendarPeriod") -> "list[Record]":
        """Return the records of a period's notes, the most important first."""
        return self._records(period.first.year, code_of_date(period.name))

    def newest_days(self, years: Iterable[str] | None = None) -> Iterator[DayRecords]:
        """Yield every day and period of these years, or of all, the one that begins last first."""
        for year in self.years() if years is None else years:
            days = self.segment(year).days()
            for day_code in sorted(days, key=sort_key, reverse=True):
                yield days[day_code]

    def newest(self, only_days: bool = False) -> "Iterator[tuple[date, Record]]":
        """Yield every record, the newest day first; a period note has the first day of its period."""
        for found in self.newest_days():
            if found.is_day or not only_days:
                for record in found.records:
                    yield found.day, record

    def periods(self, first: date, last: date) -> "Iterator[CalendarPeriod]":
        """Yield the periods with notes that begin in [first, last], the earliest first."""
        years = [year for year in self.years() if first.year <= int(year) <= last.year]
        for found in reversed([*self.newest_days(years)]):
            if not found.is_day and first <= found.day <= last:
                yield cast(CalendarPeriod, parse_name(found.records[0]["period"]))


@lru_cache(maxsize=4)
def _years(tables: frozenset[str]) -> list[str]:
    """Return the years among the names of tables, newest first."""
    names = {table.partition(".")[0] for table in tables}
    return sorted((n for n in names if len(n) == 4 and n.isascii() and n.isdigit()), reverse=True)


def _ingested(
    path: str, iso: str, position: int, read: Read, is_just_saved: bool
) -> IngestedFile | None:
    """Read a file for the index, at this position of its day or period; None if it is deleted."""
    day = first_day(iso)
    try:
        stamp, entry = read(path, day)
        stamp = dated_stamp(stamp, iso)
    except FileNotFoundError:
        return None
    except UnreadableEntry as error:
        # The file may become readable without a change of its stamp.
        record = analyzer.unreadable(path, day, str(error))
        unset = _unset_stamp(path, iso)
        return IngestedFile(iso, position, record, analyzer.facts_only(record), unset)
    if not is_just_saved and _may_change_unseen(stamp):
        stamp = _unset_stamp(path, iso)
    record = analyzer.record(path, entry)
    return IngestedFile(iso, position, record, analyzer.terms_of(entry, record), stamp)


def _unset_stamp(path: str, iso: str) -> str:
    return dated_stamp(f"{path}\t0\t0", iso)


def _may_change_unseen(stamp: str) -> bool:
    modified = int(stamp.split("\t")[1])
    tick = _TICK_NS if modified % 1_000_000_000 else COARSE_TICK_NS
    return abs(time.time_ns() - modified) < tick
