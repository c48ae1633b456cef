"""One year of the index: its tables, and how a change of some files changes them."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document

from journal_tui.index import rewriting
from journal_tui.index.byday import ByDay
from journal_tui.index.documents import Damaged, Table
from journal_tui.index.forward import Forward
from journal_tui.index.intake import Taken, day_of_path, stamps_by_path
from journal_tui.index.phrases import Phrases
from journal_tui.index.postings import Postings, code, codes_of
from journal_tui.index.rewriting import LISTED, NOTHING, Change, Texts
from journal_tui.index.storage import TableFiles
from journal_tui.index.terms import ANY, ORDERED, PAIRS, PARTS, TRIPLES
from journal_tui.query.matchers import ENTRY, PROSE

if TYPE_CHECKING:
    from journal_tui.index.records import Record

# The tables of postings with their parts: those that most searches need are read alone.
_POSTINGS = {"words": PARTS[:4], "parts": PARTS[4:], "pairs": (PAIRS,), "triples": (TRIPLES,)}
UNNUMBERED = "unnumbered"
MOST_CHARACTERS = 4_000
# Room in the ids for the files of one day.
_NOTES = 1_000_000


class Year:
    """The tables of a year, written in this order:

    `2014` the records; `2014.words` the postings of entries and their points; `2014.parts` those
    of the other parts; `2014.pairs` and `2014.triples` those of words side by side; `2014.forward`
    the words in their order; `2014.stamps`. The stamps hold the checksums of the others, so that a
    crash between them, or one file put back from a backup, shows as a mismatch. All reading raises
    Damaged then.
    """

    def __init__(self, database: TinyDB, storage: TableFiles, name: str, signature: str) -> None:
        self.name = name
        self._database, self._storage, self._signature = database, storage, signature
        self._kinds = {
            "records": name,
            **{kind: f"{name}.{kind}" for kind in (*_POSTINGS, "forward", "stamps")},
        }
        self._by_day: ByDay | None = None
        self._phrases: Phrases | None = None
        self._several: frozenset[str] | None = None
        self._everything: dict[str, frozenset[str]] = {}
        self._postings: dict[str, Postings] = {}
        self._characters: dict[str, str] = {}
        self._asked_for_order = False

    # -- reading --------------------------------------------------------------------------

    def _document(self, kind: str, number: int = 1) -> Mapping[str, Any]:
        try:
            return self._storage.tables[self._kinds[kind]][str(number)]
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

    def _check(self, kind: str) -> None:
        """Raises Damaged for a table that is not the one the stamps were written for."""
        checks = self._document("stamps").get("checks", {})
        if self._storage.checks.get(self._kinds[kind]) != checks.get(kind):
            raise Damaged(f"the tables of {self.name} do not belong together")

    def postings(self, part: str) -> Postings:
        """The postings of the whole texts ("entry"), of the learning points, or of another part."""
        if part not in self._postings:
            self._postings[part] = Postings(self._postings_text(part))
        return self._postings[part]

    def _postings_text(self, part: str) -> str:
        kind = next(kind for kind, parts in _POSTINGS.items() if part in parts)
        number = _POSTINGS[kind].index(part) + 1
        document = self._document(kind, number)
        self._check(kind)
        return str(document["postings"])

    def phrases(self) -> Phrases:
        """The words in their order."""
        if self._phrases is None:
            # All of one table, whatever takes its place while someone is asking.
            documents = self._forward_documents()
            lexicon, files = (str(document["text"]) for document in documents[:2])
            texts = dict(zip((*ORDERED, PROSE), documents[2:], strict=True))
            self._phrases = Phrases(lexicon, files, lambda part: str(texts[part]["text"]))
        return self._phrases

    def _forward_documents(self) -> list[Mapping[str, Any]]:
        """The lexicon, the files, and the texts of all parts, the prose's last."""
        documents = [self._document("forward", number) for number in range(1, 4 + len(ORDERED))]
        self._check("forward")
        return documents

    def _forward(self) -> Forward:
        documents = self._forward_documents()
        lexicon, files, *texts, prose = (str(document["text"]) for document in documents)
        return Forward(lexicon, files, tuple(texts), prose)

    def _records(self) -> Table:
        try:
            table = self._storage.tables[self.name]
        except KeyError:
            raise Damaged(f"records of {self.name} are missing") from None
        self._check("records")
        return table

    def by_day(self) -> "Mapping[str, list[Record]]":
        """The records by the code of their day, of each day the most important file first."""
        if self._by_day is None:
            self._by_day = ByDay(self._records())
        return self._by_day

    def everything(self, part: str) -> frozenset[str]:
        """The codes of the days that have a passage of this part."""
        if part not in self._everything:
            self._everything[part] = frozenset(codes_of(self.postings(part).lookup(ANY)))
        return self._everything[part]

    def unnumbered(self) -> frozenset[str]:
        """The codes of the days that have a file whose title says no number."""
        if UNNUMBERED not in self._everything:
            numbered = codes_of(self.postings(ENTRY).slice_of("=n")) - self.several()
            self._everything[UNNUMBERED] = self.everything(ENTRY) - numbered
        return self._everything[UNNUMBERED]

    def asked_for_order(self) -> bool:
        """Whether words together were asked for before: then their order is worth reading."""
        asked, self._asked_for_order = self._asked_for_order, True
        return asked

    def warm(self) -> None:
        """Have all of it in memory."""
        for part in LISTED:
            self.postings(part).lookup(ANY)
        self.by_day()
        self.phrases()

    def several(self) -> frozenset[str]:
        """The codes of the days that have more than one file."""
        if self._several is None:
            paths = stamps_by_path(self.stamps().split("\n"))
            count = Counter(map(day_of_path, paths))
            several = [date.fromisoformat(day) for day, files in count.items() if files > 1]
            self._several = frozenset(map(code, several))
        return self._several

    # -- writing --------------------------------------------------------------------------

    def changed_days(self, stamps: Mapping[str, str]) -> tuple[set[str], bool]:
        """The ISO days whose files must be read to come to these stamps (path → line).

        The flag says that this is all of them, since what is there is damaged.
        """
        try:
            known = stamps_by_path(self.stamps().split("\n"))
            self._records()
            self._forward()
            for part in LISTED:
                self._postings_text(part)
        except Damaged:
            return set(map(day_of_path, stamps)), True
        paths = known.keys() | stamps.keys()
        return {day_of_path(p) for p in paths if known.get(p) != stamps.get(p)}, False

    def texts(self) -> Texts:
        """What the tables say now."""
        postings = {part: self._postings_text(part) for part in LISTED}
        return Texts(self.stamps(), postings, self._forward())

    def change(
        self,
        before: Texts,
        stamps: Mapping[str, str],
        days: set[str],
        taken: Mapping[str, Taken | None],
        rest: Callable[[], None],
    ) -> Change:
        """What these days' files make of the texts (`NOTHING` for a year that is made anew)."""
        # Not kept unless all is put: a word must never be known that the lexicon has not.
        characters = {} if before is NOTHING else self._characters
        self._characters = {}
        made = rewriting.change(before, stamps, days, taken, characters, rest)
        self._characters = characters if len(characters) < MOST_CHARACTERS else {}
        return made

    def put(self, change: Change) -> None:
        """Replace what the tables say by a change of it. Raises Damaged where they say neither."""
        before, after = change.before, change.after
        if before is NOTHING:
            characters = self._characters
            self.drop()
            self._characters = characters
        elif self.stamps() != before.stamps:
            raise Damaged(f"{self.name} was changed by another process")
        if not after.stamps:
            self.drop()
            return
        if not self._put_records(change.days, change.files) and not change.differs:
            return
        for kind, parts in _POSTINGS.items():
            self._put(kind, [{"postings": after.postings[part]} for part in parts])
        order = after.order
        texts = (order.lexicon, order.files, *order.texts, order.prose)
        self._put("forward", [{"text": text} for text in texts])
        self._forget()
        self._seal(after.stamps)

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

    def _put(self, kind: str, documents: list[dict[str, Any]]) -> None:
        table = self._database.table(self._kinds[kind], cache_size=0)
        table.truncate()
        table.insert_multiple(Document(found, number) for number, found in enumerate(documents, 1))

    def _seal(self, files: str) -> None:
        """Write the tables, the stamps last."""
        *others, stamps = self._kinds.items()
        checks = {kind: self._storage.flush(table) for kind, table in others}
        document = {"files": files, "checks": checks, "signature": self._signature}
        self._put("stamps", [document])
        self._storage.flush(stamps[1])

    def drop(self) -> None:
        """Remove the year's tables."""
        for table in self._kinds.values():
            self._storage.drop(table)
        self._characters = {}
        self._forget()

    def _forget(self) -> None:
        """Let go of what was made from the tables."""
        self._by_day = self._phrases = self._several = None
        self._everything, self._postings = {}, {}

    def forget_replaced(self) -> None:
        """Let go of what another process has written anew."""
        if self._storage.revalidate(self._kinds.values()):
            self._characters = {}
            self._forget()


def _identity(file: Taken) -> int:
    """20141006000000 for the day entry of 6 October 2014, 20141006000001 for its first note."""
    return int(file.day.isoformat().replace("-", "")) * _NOTES + file.number
