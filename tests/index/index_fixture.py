"""A journal on real files and its index, and the rebuilt index that it must equal."""

import os
from datetime import date
from itertools import count
from pathlib import Path

from journal_tui.entry.spellings import BREAK
from journal_tui.index.analyzer import INDEXED_PARTS, TEXT_PARTS
from journal_tui.index.index import Index
from journal_tui.index.phrase_search import IndexedText
from journal_tui.index.search import MIXED, Hit, Search
from journal_tui.library import naming
from journal_tui.library.library import Library
from journal_tui.lookups import customer_facts
from journal_tui.query.parser import Query, parse

DAY = date(2014, 10, 6)
TODAY = date(2026, 1, 1)
TEXT = "# Day 1\n\nprose\n\n## Learning points\n\n- fire drill\n\nEnjoyment: 9/10 – dry\n"
# The files of one year, in the order in which they are written.
KINDS = ("", ".postings", ".text", ".stamps")
# Each file gets a different time, long ago, so that none counts as just changed.
_clock = count(1_400_000_000_000_000_001, 1_000_000_007)


class Place:
    """A journal in a folder of its own, with its library and any number of indexes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "journal"
        self.root.mkdir(parents=True)
        (self.root / "journal.toml").touch()
        self.library = Library(self.root, folder / "state")
        self._indexes = 0

    def index(self, name: str = "cache") -> Index:
        """Return a new index object, as another start of the program would open it."""
        return Index(self.folder / name, self.library)

    def rebuilt(self) -> Index:
        """Return an index that was built from nothing, in a folder of its own."""
        self._indexes += 1
        index = self.index(f"rebuilt-{self._indexes}")
        index.refresh()
        return index

    def put(self, path: str, text: str | bytes) -> None:
        """Write a file as another program would, without the library."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode() if isinstance(text, str) else text
        file.write_bytes(data)
        time = next(_clock)
        os.utime(file, ns=(time, time))

    def paths(self) -> list[str]:
        """Return the entries' paths, found without the library."""
        found = [p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()]
        # Of the names in these tests, only one with a number above 12 tells the order.
        seen = "\n".join(path.rpartition("/")[2] for path in found if path[0] != ".")
        day_first, month_first = "25-10-2014" in seen, "10-25-2014" in seen
        order = ("", naming.MONTH_FIRST, naming.DAY_FIRST, "")[2 * day_first + month_first]
        return sorted(path for path in found if naming.parse(path, order))


def contents(index: Index) -> dict[str, object]:
    """Return the contents of an index, without what depends on how it was built.

    That is the order of stamps, the numbers of words, and whether a file must be read again.
    """
    said: dict[str, object] = {}
    for name in index.years():
        stamps = index.segment(name).stamps().split("\n")
        said[name] = {
            "records": {code: found.records for code, found in index.segment(name).days().items()},
            "postings": {
                part: index.segment(name).postings(part).slice_of("") for part in INDEXED_PARTS
            },
            "agenda": index.segment(name).agenda().slice_of(""),
            "order": decode_text(index.segment(name).contents().text),
            "several": index.segment(name).days_with_notes(),
            "stamps": {line.partition("\t")[0] for line in stamps},
        }
    return said


def decode_text(said: IndexedText) -> list[tuple[str, dict[str, list[list[str]]]]]:
    """Decode a text: for each file return its day's code, and by part the words of its passages.

    The words are escaped, and BREAK comes before each other spelling. A part without passages has one passage without words.
    """
    words = {"c": BREAK}
    for item in said.lexicon.split():
        word, _, character = item.partition("!")
        words[character] = word
    assert len(words) == 1 + len(said.lexicon.split())
    codes = [said.files[at : at + 2] for at in range(0, len(said.files), 2)]
    found: list[tuple[str, dict[str, list[list[str]]]]] = [(code, {}) for code in codes]
    for part in TEXT_PARTS:
        before, *files = said.parts[part].split("f")
        assert before == ""
        for (_, parts), file in zip(found, files, strict=True):
            parts[part] = [[words[c] for c in passage] for passage in file.split("b")]
    return found


def settled(index: Index) -> dict[str, str]:
    """Return the stamps by path, without those of files that must be read again."""
    lines = [line for name in index.years() for line in index.segment(name).stamps().split("\n")]
    return {line.partition("\t")[0]: line for line in lines if not line.endswith("\t0\t0")}


def asked(
    index: Index, place: Place, query: str | Query, rows: str = MIXED, today: date = TODAY
) -> list[Hit]:
    """Return the hits of a search in a journal whose days aren't counted."""
    search = Search(
        index,
        place.library,
        lambda day: None,
        today,
        lambda: customer_facts.stages(index, place.library.config),
    )
    return list(search.hits(parse(query, today) if isinstance(query, str) else query, rows))


def found(index: Index, place: Place, words: str) -> list[str]:
    """Return the paths of a search's hits, in their order."""
    return [hit.path for hit in asked(index, place, words)]


def tables(place: Place) -> list[Path]:
    """Return the table files in the cache folder."""
    return sorted((place.folder / "cache").glob("*.table"))
