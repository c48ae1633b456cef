"""A journal on real files and its index, and the rebuilt index that it must equal."""

import os
from datetime import date
from itertools import count
from pathlib import Path

from journal_tui.entry.entry import Entry
from journal_tui.entry.mentions import mentions
from journal_tui.entry.words import words
from journal_tui.index.index import Index
from journal_tui.index.records import mention_terms
from journal_tui.index.search import search
from journal_tui.library.library import Library
from journal_tui.library.naming import by_importance, parse_name
from journal_tui.query.grammar import parse

DAY = date(2014, 10, 6)
TEXT = "# Day 1\n\nprose\n\n## Learning points\n\n- fire drill\n\nEnjoyment: 9/10 – dry\n"
# Every write is given a time of its own, long ago, so that no file counts as changed just now.
_clock = count(1_400_000_000_000_000_001, 1_000_000_007)


class Place:
    """A journal in a folder of its own, with its library and as many indexes as asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "journal"
        self.root.mkdir(parents=True)
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
    """All that an index says, but the order of stamps and whether one must be looked at again."""
    said: dict[str, object] = {}
    for name in index.years():
        stamps = index._year(name).stamps().split("\n")
        said[name] = {
            "records": index.records(name),
            "text": index.postings(name, False),
            "learning": index.postings(name, True),
            "stamps": {line.partition("\t")[0] for line in stamps},
        }
    return said


def settled(index: Index) -> dict[str, str]:
    """The stamps by path, those left out that no file can have."""
    lines = [line for name in index.years() for line in index._year(name).stamps().split("\n")]
    return {line.partition("\t")[0]: line for line in lines if not line.endswith("\t0\t0")}


def brute_force(place: Place, query: str, where: str) -> list[tuple[str, str, str]]:
    """(path, kind, text of the point or "") of every hit by reading every file, newest first."""
    asked = parse(query)
    found: list[tuple[str, str, str]] = []
    days: dict[date, list[str]] = {}
    for path in place.paths():
        parsed = parse_name(path.rpartition("/")[2])
        assert parsed
        days.setdefault(parsed[0], []).append(path)
    for day in sorted(days, reverse=True):
        for path in sorted(days[day], key=by_importance):
            entry = Entry(day, place.library.load(path).text)
            points = [
                point.text
                for point in entry.points
                if asked(words(point.text), mention_terms(*mentions(point.text)))
            ]
            if where != "entries" and points:
                found += [(path, "learning", text) for text in points]
            elif where != "learning" and asked(
                words(entry.text), mention_terms(entry.tags, entry.people)
            ):
                found.append((path, "entry", ""))
    return found


def found(index: Index, place: Place, words: str) -> list[str]:
    """The paths of a search's hits, in their order."""
    return [hit.path for hit in search(index, place.library, parse(words))]


def tables(place: Place) -> list[Path]:
    """The files of the tables in the cache."""
    return sorted((place.folder / "cache").glob("*.table"))
