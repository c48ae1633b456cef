"""One year of the index: three tables, and how a change of some files changes them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document

from journal_tui.index.documents import Damaged, Stored, Table
from journal_tui.index.intake import Taken, day_of_path, stamps_by_path
from journal_tui.index.postings import EMPTY, build, code, code_of_digits, parse, with_day
from journal_tui.index.storage import TableFiles

if TYPE_CHECKING:
    from journal_tui.index.records import Record

FEW_DAYS = 4
# Room in the ids for the files of one day.
_NOTES = 1_000_000


class ByDay(Mapping[str, "list[Record]"]):
    """The records of a table by the code of their day; read from their JSON when asked for."""

    def __init__(self, table: Table) -> None:
        self._numbers: dict[str, list[str]] = {}
        self._table = table
        # An id is eight digits of the day and six of the file.
        for number in sorted(table):
            self._numbers.setdefault(code_of_digits(number[-10:-6]), []).append(number)

    def __getitem__(self, code: str) -> "list[Record]":
        found = (self._table[number] for number in self._numbers[code])
        return [file.value if isinstance(file, Stored) else dict(file) for file in found]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Year:
    """The tables `2014` (records), `2014.words` (postings) and `2014.stamps`, written in this order.

    The stamps hold the checksums of the other two, so that a crash between them, or one file put
    back from a backup, shows as a mismatch. All reading raises Damaged then.
    """

    def __init__(self, database: TinyDB, storage: TableFiles, name: str, signature: str) -> None:
        self.name = name
        self._database, self._storage, self._signature = database, storage, signature
        self._tables = (name, f"{name}.words", f"{name}.stamps")
        self._by_day: ByDay | None = None

    # -- reading --------------------------------------------------------------------------

    def _document(self, kind: str, number: int = 1) -> Mapping[str, Any]:
        try:
            return self._storage.tables[f"{self.name}.{kind}"][str(number)]
        except KeyError:
            raise Damaged(f"{kind} of {self.name} are missing") from None

    def stamps(self) -> str:
        """The stamp lines of the files that these tables know, as one string."""
        document = self._document("stamps")
        if document.get("signature") != self._signature:
            raise Damaged(f"{self.name} was read by other rules")
        return str(document["files"])

    def paths(self, day: str) -> list[str]:
        """The paths of the files of an ISO day, as the stamps have them."""
        files = self.stamps()
        found = []
        at = files.find(day)
        while at >= 0:
            start, end = files.rfind("\n", 0, at) + 1, files.find("\t", at)
            if day_of_path(path := files[start:end]) == day:
                found.append(path)
            at = files.find(day, end)
        return found

    def _check(self, table: str, kind: str) -> None:
        """Raises Damaged for a table that is not the one the stamps were written for."""
        checks = self._document("stamps").get("checks", {})
        if self._storage.checks.get(table) != checks.get(kind):
            raise Damaged(f"the tables of {self.name} do not belong together")

    def postings(self, learning: bool = False) -> str:
        """The postings of the whole texts, or of the learning points alone."""
        document = self._document("words", 2 if learning else 1)
        self._check(f"{self.name}.words", "words")
        return str(document["postings"])

    def _records(self) -> Table:
        try:
            table = self._storage.tables[self.name]
        except KeyError:
            raise Damaged(f"records of {self.name} are missing") from None
        self._check(self.name, "records")
        return table

    def by_day(self) -> "Mapping[str, list[Record]]":
        """The records by the code of their day, of each day the most important file first."""
        if self._by_day is None:
            self._by_day = ByDay(self._records())
        return self._by_day

    # -- writing --------------------------------------------------------------------------

    def changed_days(self, stamps: Mapping[str, str]) -> tuple[set[str], bool]:
        """The ISO days whose files must be read to come to these stamps (path → line).

        The flag says that this is all of them, since what is there is damaged.
        """
        try:
            known = stamps_by_path(self.stamps().split("\n"))
            self._records()
            self.postings()
        except Damaged:
            return set(map(day_of_path, stamps)), True
        paths = known.keys() | stamps.keys()
        return {day_of_path(p) for p in paths if known.get(p) != stamps.get(p)}, False

    def put(
        self,
        stamps: Mapping[str, str],
        days: set[str],
        taken: Mapping[str, Taken | None],
        anew: bool,
    ) -> None:
        """Replace what the tables say of these days by the files taken in; all else stays.

        `anew` makes the whole year. Raises Damaged where the tables to change are.
        """
        if anew:
            self.drop()
        known, text, learning = (
            ("", EMPTY, EMPTY) if anew else (self.stamps(), self.postings(), self.postings(True))
        )
        files = [file for file in taken.values() if file]
        # In the folder's order, so that the next refresh can compare them as one string.
        now = {**stamps, **{path: file.line if file else "" for path, file in taken.items()}}
        lines = [line for line in now.values() if line]
        if not lines:
            self.drop()
            return
        codes = [code(date.fromisoformat(day)) for day in days]
        new_text = _rewritten(text, codes, [(file.day, file.text_terms) for file in files])
        points = [(file.day, file.learning_terms) for file in files]
        new_learning = _rewritten(learning, codes, points)
        changed = self._put_records(days, files)
        same_words = (new_text, new_learning) == (text, learning)
        if not changed and same_words and set(lines) == set(known.split("\n")):
            return
        self._put("words", {"postings": new_text}, {"postings": new_learning})
        self._seal("\n".join(lines))

    def _put_records(self, days: set[str], files: list[Taken]) -> bool:
        """Put the records of these days; whether that changed anything."""
        try:
            stored = self._storage.tables[self.name]
        except KeyError:
            stored = {}
        wanted = {int(day.replace("-", "")) for day in days}
        old = {number: stored[number] for number in stored if int(number) // _NOTES in wanted}
        documents = [Document(file.record, _identity(file)) for file in files]
        if old == {str(document.doc_id): document for document in documents}:
            return False
        table = self._database.table(self.name, cache_size=0)
        if old:
            table.remove(doc_ids=list(map(int, old)))
        table.insert_multiple(documents)
        self._by_day = None
        return True

    def _put(self, kind: str, *documents: dict[str, Any]) -> None:
        table = self._database.table(f"{self.name}.{kind}", cache_size=0)
        table.truncate()
        table.insert_multiple(Document(found, number) for number, found in enumerate(documents, 1))

    def _seal(self, files: str) -> None:
        """Write the tables, the stamps last."""
        records, words, stamps = self._tables
        checks = {"records": self._storage.flush(records), "words": self._storage.flush(words)}
        self._put("stamps", {"files": files, "checks": checks, "signature": self._signature})
        self._storage.flush(stamps)

    def drop(self) -> None:
        """Remove the year's tables."""
        for table in self._tables:
            self._storage.drop(table)
        self._by_day = None

    def forget_replaced(self) -> None:
        """Let go of what another process has written anew."""
        if self._storage.revalidate(self._tables):
            self._by_day = None


def _identity(file: Taken) -> int:
    """20141006000000 for the day entry of 6 October 2014, 20141006000001 for its first note."""
    return int(file.day.isoformat().replace("-", "")) * _NOTES + file.number


def _rewritten(postings: str, days: Iterable[str], found: list[tuple[date, set[str]]]) -> str:
    """The postings with what they say of these days (codes) replaced by the terms found there."""
    fresh = {day_code: set[str]() for day_code in days}
    for day, terms in found:
        fresh[code(day)] |= terms
    if len(fresh) <= FEW_DAYS:
        for day_code, terms in fresh.items():
            postings = with_day(postings, day_code, terms)
        return postings
    by_term: dict[str, list[str]] = defaultdict(list)
    for term, codes in parse(postings).items():
        kept = [day_code for day_code in codes if day_code not in fresh]
        if kept:
            by_term[term] = kept
    # In the order of the days, which leaves next to nothing to sort.
    for day_code in sorted(fresh):
        for term in fresh[day_code]:
            by_term[term].append(day_code)
    return build(by_term)
