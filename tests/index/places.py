"""A journal on real files and its index, and the rebuilt index that it must equal."""

import os
from datetime import date
from itertools import count
from pathlib import Path

from journal_tui.index.forward import Forward
from journal_tui.index.hits import Hit
from journal_tui.index.index import Index
from journal_tui.index.rewriting import LISTED
from journal_tui.index.search import MIXED, Search
from journal_tui.index.terms import ORDERED
from journal_tui.library.library import Library
from journal_tui.library.naming import parse_name
from journal_tui.query.grammar import Query, parse

DAY = date(2014, 10, 6)
TODAY = date(2026, 1, 1)
TEXT = "# Day 1\n\nprose\n\n## Learning points\n\n- fire drill\n\nEnjoyment: 9/10 – dry\n"
# The files of one year, in the order in which they are written.
KINDS = ("", ".words", ".parts", ".pairs", ".triples", ".forward", ".stamps")
# Every write is given a time of its own, long ago, so that no file counts as changed just now.
_clock = count(1_400_000_000_000_000_001, 1_000_000_007)


class Place:
    """A journal in a folder of its own, with its library and as many indexes as asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "journal"
        self.root.mkdir(parents=True)
        (self.root / "journal.toml").touch()
        self.library = Library(self.root, folder / "state")
        self._indexes = 0

    def index(self, name: str = "cache") -> Index:
        """An index as another start of the program opens it."""
        return Index(self.folder / name, self.library)

    def rebuilt(self) -> Index:
        """An index that was made from nothing, in a folder of its own."""
        self._indexes += 1
        index = self.index(f"rebuilt-{self._indexes}")
        index.refresh()
        return index

    def put(self, path: str, text: str | bytes) -> None:
        """Write a file as any program may, without asking the library."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode() if isinstance(text, str) else text
        file.write_bytes(data)
        time = next(_clock)
        os.utime(file, ns=(time, time))

    def paths(self) -> list[str]:
        """The entries' paths, found without the library."""
        found = [
            p.relative_to(self.root).as_posix() for p in self.root.rglob("*.md") if p.is_file()
        ]
        return sorted(path for path in found if parse_name(path.rpartition("/")[2]))


def contents(index: Index) -> dict[str, object]:
    """All that an index says, but how it came about: the order of stamps, the numbers of words,
    and whether a file must be looked at again.
    """
    said: dict[str, object] = {}
    for name in index.years():
        stamps = index._year(name).stamps().split("\n")
        said[name] = {
            "records": dict(index.records(name)),
            "postings": {part: index.of_part(name, part).text for part in LISTED},
            "order": in_order(index._year(name)._forward()),
            "several": index.several(name),
            "stamps": {line.partition("\t")[0] for line in stamps},
        }
    return said


def in_order(forward: Forward) -> list[tuple[str, dict[str, list[list[str]]]]]:
    """A forward index in plain words: of each file its day's code, and by part the words (escaped)
    of its passages. A part without passages has one without words.
    """
    words = {}
    for item in forward.lexicon.split():
        word, _, character = item.partition("!")
        words[character] = word
    assert len(words) == len(forward.lexicon.split())
    codes = [forward.files[at : at + 2] for at in range(0, len(forward.files), 2)]
    found: list[tuple[str, dict[str, list[list[str]]]]] = [(code, {}) for code in codes]
    for part, text in zip(ORDERED, forward.texts, strict=True):
        before, *files = text.split("f")
        assert before == ""
        for (_, parts), file in zip(found, files, strict=True):
            parts[part] = [[words[c] for c in passage] for passage in file.split("b")]
    return found


def settled(index: Index) -> dict[str, str]:
    """The stamps by path, those left out that no file can have."""
    lines = [line for name in index.years() for line in index._year(name).stamps().split("\n")]
    return {line.partition("\t")[0]: line for line in lines if not line.endswith("\t0\t0")}


def asked(
    index: Index, place: Place, query: str | Query, rows: str = MIXED, today: date = TODAY
) -> list[Hit]:
    """The hits of a search in a journal whose days are not counted."""
    search = Search(index, place.library, lambda day: None, today)
    return list(search.hits(parse(query, today) if isinstance(query, str) else query, rows))


def found(index: Index, place: Place, words: str) -> list[str]:
    """The paths of a search's hits, in their order."""
    return [hit.path for hit in asked(index, place, words)]


def tables(place: Place) -> list[Path]:
    """The files of the tables in the cache."""
    return sorted((place.folder / "cache").glob("*.table"))
