"""The index of one journal: kept up to date with the folder, asked by app and command line."""

import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from tinydb import TinyDB

from journal_tui.errors import SettingsError
from journal_tui.index.documents import Damaged
from journal_tui.index.intake import Read, are_stamps, reading, stamps_by_path, take
from journal_tui.index.phrases import Phrases, nothing
from journal_tui.index.postings import EMPTY, Postings, code, day_of, no_rest, unescape
from journal_tui.index.processes import reading_years
from journal_tui.index.rewriting import NOTHING, Change
from journal_tui.index.storage import TableFiles
from journal_tui.index.turn import Turn, rare_collections
from journal_tui.index.year import Year
from journal_tui.library.library import Library
from journal_tui.library.scan import Scan
from journal_tui.query.matchers import ENTRY, LEARNING

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.index.records import Record

# Raised whenever the same text would be read differently than before: old indexes are then rebuilt.
READER = 8
# More of them take too much memory for a question that may never come.
WARM_YEARS = 30

Answer = TypeVar("Answer")
Ask: TypeAlias = Callable[..., Answer]


class Refreshed(NamedTuple):
    """What a refresh did: files known, files read again, and what cannot be read as an entry."""

    files: int
    read: int
    faults: list[tuple[str, str]]


class Index:
    """The index in `folder`, a private folder of its own; safe to use from several threads."""

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = str(folder)
        self._library, self._read = library, reading(library)
        # Who holds both took the writer's turn first.
        self._turn, self._mutex = Turn(str(folder)), threading.RLock()
        self._years: dict[str, Year] = {}
        self._database = TinyDB(self._folder, storage=TableFiles)
        storage = self._database.storage
        assert isinstance(storage, TableFiles)
        self._storage = storage
        self._signature = f"{READER}-{self._config_check()}"

    @property
    def folder(self) -> str:
        """Where the index's files are."""
        return self._folder

    @property
    def failed(self) -> str:
        """Why the index could not be written to its folder; "" when it could."""
        return self._storage.failed

    def _config_check(self) -> str:
        """What identifies how texts are read: the names of sections in journal.toml."""
        try:
            names = sorted(self._library.config.names.items())
        except SettingsError:
            return "none"
        return f"{zlib.crc32(repr(names).encode('utf-8', 'surrogatepass')):08x}"

    # -- keeping up -----------------------------------------------------------------------

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        rest: Callable[[], None] = no_rest,
    ) -> Refreshed:
        """Bring the index up to date with the folder, newest year first.

        `progress(done, total)` counts the files of years that changed; `rest` is called between
        files, and may take the time that somebody else needs. Raises IndexBusy when
        another process writes for longer than ten seconds, NoJournal when the folder is gone.
        """
        found = self._scan()
        known = {name: self._known(name) for name in self._names() | found.years.keys()}
        stale = [
            name
            for name in sorted(known, reverse=True)
            if not are_stamps(known[name], found.years.get(name))
        ]
        total = sum(len(found.years.get(name, ())) for name in stale)
        done = count = 0
        if stale:
            self._storage.sweep()
        # The newest is needed first: it has this process and its core to itself.
        anew = [name for name in stale if name in found.years and known[name] is None][1:]
        asked = [(name, stamps_by_path(found.years[name])) for name in anew]
        with rare_collections(), reading_years(self._library, asked) as others:
            for name in stale:
                if stop():
                    break
                stamps = stamps_by_path(found.years.get(name, ()))
                made = others(name)
                with self._turn.taken():
                    count += self._update(name, stamps, self._read, rest=rest, made=made)
                done += len(stamps)
                if progress:
                    progress(done, total)
        return Refreshed(sum(map(len, found.years.values())), count, found.faults)

    def _scan(self) -> Scan:
        found = self._library.scan()
        if not found.years and self._names():
            self._library.check_is_there()
        return found

    def _known(self, name: str) -> str | None:
        """The stamp lines that a year's tables know; None where they cannot be read."""
        with self._mutex:
            year = self._year(name)
            year.forget_replaced()
            try:
                return year.stamps()
            except Damaged:
                return None

    def saved(self, path: str, entry: "Entry", stamp: str) -> None:
        """Take in one entry that was just saved, without looking at any other file's stamp.

        Raises IndexBusy; the next refresh then finds the entry.
        """
        name = f"{entry.day.year:04d}"

        def read(wanted: str, day: date) -> "tuple[str, Entry]":
            return (stamp, entry) if wanted == path else self._read(wanted, day)

        with self._turn.taken():
            try:
                with self._mutex:
                    year = self._year(name)
                    year.forget_replaced()
                    stamps = stamps_by_path(year.stamps().split("\n"))
            except Damaged:
                stamps = stamps_by_path(self._library.scan().years.get(name, ()))
            self._update(name, stamps | {path: stamp}, read, settled=path)

    def _update(
        self,
        name: str,
        stamps: dict[str, str],
        read: Read,
        settled: str = "",
        rest: Callable[[], None] = no_rest,
        made: Change | None = None,
    ) -> int:
        """Bring a year to these stamps; gives how many files were read. The caller is the writer.

        `made` is what comes of them where nothing is known yet, if that was worked out. The files
        are read, and the tables worked out, while others may ask: that takes its time.
        """
        with self._mutex:
            year = self._year(name)
            year.forget_replaced()
            days, anew = year.changed_days(stamps)
            before = NOTHING if anew else year.texts()
        if not days and not anew:
            return 0
        if made and anew:
            change, count = made, len(stamps)
        else:
            taken = take(stamps, days, read, settled, rest)
            change, count = year.change(before, stamps, days, taken, rest), len(taken)
            rest()
        try:
            with self._mutex:
                year.put(change)
        except Damaged:
            # The tables were taken away meanwhile.
            return self._update(name, stamps, read, settled)
        return count

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> Refreshed:
        """Make the whole index anew. Raises what `refresh` raises, with the index as it was."""
        self._scan()
        with self._turn.taken(), self._mutex:
            for name in self._names():
                self._year(name).drop()
        return self.refresh(progress)

    def _names(self) -> set[str]:
        names = {table.partition(".")[0] for table in self._storage.tables}
        return {name for name in names if len(name) == 4 and name.isascii() and name.isdigit()}

    def _year(self, name: str) -> Year:
        if name not in self._years:
            self._years[name] = Year(self._database, self._storage, name, self._signature)
        return self._years[name]

    # -- asking ---------------------------------------------------------------------------

    def years(self) -> list[str]:
        """The years that have entries, newest first."""
        with self._mutex:
            return sorted(self._names(), reverse=True)

    def postings(self, name: str, learning: bool) -> Postings:
        """A year's postings; a damaged year is read anew first."""
        return self.of_part(name, LEARNING if learning else ENTRY)

    def of_part(self, name: str, part: str) -> Postings:
        """A year's postings of one part of the entries; a damaged year is read anew first."""
        return self._asked(name, Year.postings, lambda: Postings(EMPTY), part)

    def phrases(self, name: str) -> Phrases:
        """A year's words in their order; a damaged year is read anew first."""
        return self._asked(name, Year.phrases, nothing)

    def everything(self, name: str, part: str) -> frozenset[str]:
        """The codes of the days of a year that have a passage of this part."""
        return self._asked(name, Year.everything, frozenset, part)

    def unnumbered(self, name: str) -> frozenset[str]:
        """The codes of the days of a year with a file whose title says no number."""
        return self._asked(name, Year.unnumbered, frozenset)

    def asked_for_order(self, name: str) -> bool:
        """Whether a year was asked for words together before: then their order is worth reading."""
        with self._mutex:
            return self._year(name).asked_for_order()

    def warm(self, stop: Callable[[], bool]) -> None:
        """Have the newest years in memory for a first question; a refresh makes what is damaged."""
        for name in self.years()[:WARM_YEARS]:
            if stop():
                return
            with self._mutex, suppress(Damaged):
                self._year(name).warm()

    def several(self, name: str) -> frozenset[str]:
        """The codes of the days of a year that have more than one file."""
        return self._asked(name, Year.several, frozenset)

    def records(self, name: str) -> "Mapping[str, list[Record]]":
        """A year's records by the code of their day; a damaged year is read anew first."""
        return self._asked(name, Year.by_day, dict)

    def _asked(self, name: str, ask: Ask[Answer], nothing: Ask[Answer], *given: str) -> Answer:
        with self._mutex:
            try:
                return ask(self._year(name), *given)
            except Damaged:
                pass
        with self._turn.taken():
            stamps = stamps_by_path(self._library.scan().years.get(name, ()))
            self._update(name, stamps, self._read)
        with self._mutex:
            try:
                return ask(self._year(name), *given)
            except Damaged:
                return nothing()

    def paths(self, day: date) -> list[str]:
        """The paths of the files of one day, from the stamps: no records are loaded for it."""
        return self._asked(f"{day.year:04d}", Year.paths, list, day.isoformat())

    def of_day(self, day: date) -> "list[Record]":
        """The records of the files of one day, the day entry first."""
        name = f"{day.year:04d}"
        return self.records(name).get(code(day), []) if name in self.years() else []

    def newest(self) -> "Iterator[tuple[date, Record]]":
        """Every record, the newest day first."""
        for name in self.years():
            days = self.records(name)
            for day_code in sorted(days, reverse=True):
                for record in days[day_code]:
                    yield day_of(int(name), day_code), record

    def counts(self, beginning: str, years: list[str]) -> dict[str, int]:
        """On how many days of these years each term stands that begins so (escaped).

        `#pl` → `{"#planning": 12, …}`.
        """
        counts: dict[str, int] = {}
        for name in years:
            for item in self.postings(name, False).slice_of(beginning).split():
                term, _, codes = item.partition("!")
                counts[term] = counts.get(term, 0) + len(codes) // 2
        return {unescape(term): count for term, count in counts.items()}
