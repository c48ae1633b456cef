"""One year of the index: read its tables, and compute and write a change of some files."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from tinydb import TinyDB
from tinydb.table import Document

from journal_tui.index import phrase_search, postings
from journal_tui.index.analyzer import INDEXED_PARTS, Terms, agenda_terms, whole_record
from journal_tui.index.phrase_search import NO_TEXT, IndexedText, PhraseSearch
from journal_tui.index.postings import (
    EMPTY,
    Encoded,
    Postings,
    code_of_date,
    code_of_digits,
    day_of,
    digits_of,
    is_day,
)
from journal_tui.index.table_storage import Damaged, StoredDocument, Table, TableFiles
from journal_tui.library.file_reader import stamped_date
from journal_tui.period import first_day
from journal_tui.query.fields import ENTRY

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record

Answer = TypeVar("Answer")

TABLES = ("records", "postings", "text", "stamps")
# The number of ids that each day has for its files.
_IDS_PER_DAY = 1_000_000


class Contents(NamedTuple):
    """The contents of a year's tables except records: stamp lines, postings by part, the text."""

    stamps: str
    postings: dict[str, str]
    text: IndexedText


NOTHING = Contents("", dict.fromkeys(INDEXED_PARTS, EMPTY), NO_TEXT)


class IngestedFile(NamedTuple):
    """One file as the index keeps it.

    `iso` is the date of a day or a period. `position` counts its files from 0, the day entry.
    `stamp` is the file's stamp, or one that no file has, if it must be read again at the next
    refresh.
    """

    iso: str
    position: int
    record: "Record"
    terms: "Terms"
    stamp: str


def stamps_by_path(lines: Iterable[str]) -> dict[str, str]:
    """Return stamp lines by the path that each begins with."""
    return {line.partition("\t")[0]: line for line in lines}


def changed_days(known: str, lines: Iterable[str]) -> set[str]:
    """Return the ISO dates whose files must be read to match these stamp lines, in any order."""
    return {stamped_date(line) for line in {*known.split("\n")}.symmetric_difference(lines) if line}


def change_contents(
    before: Contents,
    stamps: Mapping[str, str],
    days: set[str],
    ingested: Mapping[str, IngestedFile | None],
    yield_cpu: Callable[[], None],
) -> Contents:
    """Compute the contents with these ISO dates replaced by the ingested files.

    `stamps` has the stamps of all files by path. No table is read or written, so searches can continue
    during the tenths of a second that a whole year takes. `yield_cpu` is called every few
    milliseconds.
    """
    # In the folder's order, so that the next refresh can compare them as one string.
    now = {**stamps, **{path: file.stamp if file else "" for path, file in ingested.items()}}
    codes = set(map(code_of_date, days))
    files = [(code_of_date(file.iso), file.terms) for file in ingested.values() if file]
    by_part = {}
    for part, old in before.postings.items():
        found = [(code, terms.found.get(part, ())) for code, terms in files]
        by_part[part] = postings.replace_days(old, codes, found, yield_cpu)
    text = phrase_search.replace_days(before.text, codes, files, yield_cpu)
    return Contents("\n".join(filter(None, now.values())), by_part, text)


class DayRecords:
    """The records of the files of a day, or of a period, parsed when first needed; the day entry first.

    `day` is the day, or the first day of the period, `records` has the record of each file, with all
    keys, and `rating` is the first rating in these, which counts for all files of the day or period.
    """

    __slots__ = ("_code", "_stored", "_year", "day", "rating", "records")
    day: date
    records: "list[Record]"
    rating: float | None

    def __init__(self, year: str, code: str, stored: list[StoredDocument]) -> None:
        self._year, self._code, self._stored = year, code, stored

    def __getattr__(self, name: str) -> Any:
        # Only called for an attribute that isn't set yet: a search reads all three of each day that
        # it finds, and properties would take longer.
        match name:
            case "day":
                self.day = day_of(int(self._year), self._code)
            case "records":
                self.records = [whole_record(stored.value) for stored in self._stored]
            case "rating":
                ratings = (record["rating"] for record in self.records)
                self.rating = next((rating for rating in ratings if rating is not None), None)
            case _:
                raise AttributeError(name)
        return getattr(self, name)

    @property
    def is_day(self) -> bool:
        """Whether these are the files of a day, not of a period."""
        return is_day(self._code)

    def records_once(self) -> "list[Record]":
        """Return the records for a single use: parsed ones take several times the memory, and aren't kept."""
        return [whole_record(stored.parsed_once()) for stored in self._stored]


class Segment:
    """The tables of a year. They are written in this order:

    `2014` the records; `2014.postings` the postings of each part; `2014.text` the words in their
    order; `2014.stamps`. The stamps hold the checksums of the other tables, so that a crash between
    two of them, or one file restored from a backup, shows as a mismatch.

    `postings`, `agenda`, `may_have`, `phrases`, `days` and `days_with_notes` may be called by any
    thread. If the tables are damaged, they call `repair`, which takes the index's lock; if that doesn't
    help, the year counts as empty. The other methods raise Damaged, and the caller must hold `mutex`.
    """

    def __init__(
        self,
        database: TinyDB,
        year: str,
        signature: str,
        mutex: AbstractContextManager[Any],
        repair: Callable[[str], None],
    ) -> None:
        self.year = year
        self._database, self._storage = database, cast(TableFiles, database.storage)
        self._signature, self._mutex, self._repair = signature, mutex, repair
        self._tables = {table: f"{year}.{table}" for table in TABLES} | {"records": year}
        # The values made from the tables, by the name of the table and the name of the value.
        self._kept: dict[tuple[str, str], Any] = {}

    def postings(self, part: str = ENTRY) -> Postings:
        """Return the postings of the whole texts ("entry") or of another part."""
        return self._ask("postings", part, _postings)

    def agenda(self) -> Postings:
        """Return the terms of `agenda_terms` with the code of a day as often as it has the term.

        They are with the stamps, which every refresh reads, so that nothing else has to be read.
        """
        return self._ask(
            "stamps", "agenda", lambda it, what: Postings(it["1"][what] if it else EMPTY)
        )

    def may_have(self, day: date) -> bool:
        """Return whether a day may have files, by the stamps alone."""
        # The date is in the name of each file of the day, or after its stamp.
        return day.isoformat() in self._ask(
            "stamps", "files", lambda it, what: it["1"][what] if it else ""
        )

    def phrases(self) -> PhraseSearch:
        """Return the phrase search of the year."""
        return self._ask("text", "", _phrase_search)

    def days(self) -> Mapping[str, DayRecords]:
        """Return the days and the periods that begin in the year, with their records, by code."""
        return self._ask("records", self.year, _days)

    def days_with_notes(self) -> frozenset[str]:
        """Return the codes of the days that have more than one file."""
        return self._ask("records", "notes", _codes_with_notes)

    def cached(self, table: str, name: str, make: Callable[[], Answer]) -> Answer:
        """Return a value made from the records or the postings, cached until they change.

        It is made without the lock, so two threads may both make it.
        """
        kept = self._kept
        if (found := kept.get((table, name))) is None:
            # After a change there is another dictionary, and this one is forgotten.
            found = kept[table, name] = make()
        return cast(Answer, found)

    @property
    def is_warm(self) -> bool:
        """Whether postings and words are in memory already."""
        return {("postings", ENTRY), ("text", "")} <= self._kept.keys()

    def _ask(self, table: str, what: str, make: Callable[[Table, str], Answer]) -> Answer:
        """Return a value made from a table; it is kept until the table is replaced."""
        if (found := self._kept.get((table, what))) is not None:
            return cast(Answer, found)
        with suppress(Damaged):
            return self._make(table, what, make)
        self._repair(self.year)
        with suppress(Damaged):
            return self._make(table, what, make)
        return make({}, what)

    def _make(self, table: str, what: str, make: Callable[[Table, str], Answer]) -> Answer:
        with self._mutex:
            made = self._kept[table, what] = make(self._table(table), what)
            return made

    def warm(self) -> None:
        """Load the whole year into memory."""
        for table in TABLES[:-1]:
            self._table(table)
        for part in INDEXED_PARTS:
            self.postings(part)
        self.days()
        self.phrases()

    def _stamps(self) -> StoredDocument:
        document = self._load("stamps").get("1", {})
        if document.get("signature") != self._signature:
            raise Damaged(f"{self.year} was read by other rules")
        return cast(StoredDocument, document)

    def _load(self, table: str) -> Table:
        try:
            return self._storage[self._tables[table]]
        except KeyError:
            raise Damaged(f"{table} of {self.year} are missing") from None

    def _table(self, table: str) -> Table:
        """Return a table if its checksum is the one that the stamps hold."""
        found, checks = self._load(table), self._stamps()["checks"]
        check = self._storage.checks.get(self._tables[table])
        if table != "stamps" and check != checks.get(table):
            raise Damaged(f"the tables of {self.year} do not belong together")
        return found

    def stamps(self) -> str:
        """Return the stamp lines of the indexed files, as one string."""
        return str(self._stamps()["files"])

    def contents(self) -> Contents:
        """Return the contents of the tables; NOTHING if they are missing or damaged."""
        try:
            _, postings, text = map(self._table, TABLES[:-1])
            stamps = self.stamps()
        except Damaged:
            return NOTHING
        by_part = {part: str(_text(postings, n)) for n, part in enumerate(INDEXED_PARTS, 1)}
        lexicon, files, *parts = (str(_text(text, n)) for n in range(1, 1 + len(text)))
        words = IndexedText(lexicon, files, dict(zip(INDEXED_PARTS, parts, strict=True)))
        return Contents(stamps, by_part, words)

    def put(
        self, before: Contents, after: Contents, days: set[str], ingested: Iterable[IngestedFile]
    ) -> None:
        """Write the contents `after` a change, and replace the records of these ISO dates.

        Raise Damaged if the tables no longer have the contents `before` it.
        """
        if before is NOTHING:
            # Damaged tables are deleted, not set aside: all that is in them comes from the entries.
            self.drop()
        elif self.stamps() != before.stamps:
            raise Damaged(f"{self.year} was changed by another process")
        if not after.stamps:
            self.drop()
            return
        stamps = after.stamps.split("\n")
        differs = before[1:] != after[1:] or changed_days(before.stamps, stamps)
        if not self._put_records(days, ingested) and not differs:
            return
        lexicon, files, words = after.text
        self._put("postings", after.postings.values())
        self._put("text", [lexicon, files, *words.values()])
        self._kept = {}
        # The stamps come last, so that after a crash their checksums don't match.
        checks = {table: self._storage.flush(self._tables[table]) for table in TABLES[:-1]}
        agenda = _make_agenda(self._storage[self.year])
        document = {
            "files": after.stamps, "checks": checks, "signature": self._signature, "agenda": agenda,
        }  # fmt: skip
        self._put("stamps", [document])
        self._storage.flush(self._tables["stamps"])

    def _put_records(self, days: set[str], files: Iterable[IngestedFile]) -> bool:
        """Replace the records of these days; return whether that changed anything.

        A missing value has no key, because TinyDB's `where("rating") >= 8` can't compare null.
        """
        try:
            stored = self._storage[self.year]
        except KeyError:
            stored = {}
        wanted = set(map(_number, days))
        old = {number: stored[number] for number in stored if int(number) // _IDS_PER_DAY in wanted}
        documents = [
            Document({k: v for k, v in file.record.items() if v is not None}, _document_id(file))
            for file in files
        ]
        if old == {str(document.doc_id): document for document in documents}:
            return False
        table = self._database.table(self.year, cache_size=0)
        if old:
            table.remove(doc_ids=list(map(int, old)))
        table.insert_multiple(documents)
        return True

    def _put(self, table: str, documents: Iterable[str | dict[str, Any]]) -> None:
        """Replace a table's documents; a text becomes one whose key is "text"."""
        replaced = self._database.table(self._tables[table], cache_size=0)
        replaced.truncate()
        replaced.insert_multiple(
            Document({"text": found} if isinstance(found, str) else found, number)
            for number, found in enumerate(documents, 1)
        )

    def drop(self) -> None:
        """Delete the year's tables, including those of an earlier version."""
        for table in self._storage.names() | set(self._tables.values()):
            if table.partition(".")[0] == self.year:
                self._storage.drop(table)
        self._kept = {}

    def forget_replaced(self) -> bool:
        """Forget everything that was read if another process has replaced a table; return whether it has."""
        if not self._storage.revalidate(self._tables.values()):
            return False
        self._kept = {}
        return True


def _text(table: Table, number: int) -> Encoded:
    """Return the text of a document; it is empty if the table is."""
    return cast(StoredDocument, table[str(number)]).encoded if table else Encoded.of("")


def _postings(table: Table, part: str) -> Postings:
    return Postings(_text(table, 1 + INDEXED_PARTS.index(part)))


def _make_agenda(table: Table) -> str:
    """Return the postings of the agenda, in which a day's code may come several times."""
    codes = defaultdict[str, str](str)
    for number in sorted(table):
        for term in agenda_terms(whole_record(table[number].parsed_once())):
            codes[term] += _code(number)
    return postings.insert_terms(EMPTY, codes)


def _phrase_search(table: Table, what: str) -> PhraseSearch:
    # The table is kept, so that all texts belong together even if it is replaced later.
    numbers = {part: number for number, part in enumerate(INDEXED_PARTS, 3)}
    lexicon, files = (_text(table, number) for number in (1, 2))
    return PhraseSearch(lexicon, str(files), lambda part: _text(table, numbers[part]))


def _days(table: Table, year: str) -> dict[str, DayRecords]:
    by_code: dict[str, list[StoredDocument]] = {}
    for number in sorted(table):
        by_code.setdefault(_code(number), []).append(table[number])
    return {code: DayRecords(year, code, stored) for code, stored in by_code.items()}


def _codes_with_notes(table: Table, what: str) -> frozenset[str]:
    return frozenset(_code(number) for number in table if int(number) % _IDS_PER_DAY)


def _code(number: str) -> str:
    """Return the code of the day in a record's id: eight digits of the day and six of the file."""
    return code_of_digits(number[-10:-6])


def _document_id(file: IngestedFile) -> int:
    """Return 20141006000000 for the day entry of 6 October 2014, 20141006000001 for its first note."""
    return _number(file.iso) * _IDS_PER_DAY + file.position


def _number(iso: str) -> int:
    """Return 20141006 for 2014-10-06, and for a period the year of its first day and its code's digits."""
    return int(f"{first_day(iso).year:04d}{digits_of(code_of_date(iso))}")
