"""Reading an entry's file for the index: its record, its terms, and the stamp to keep for it."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import UnreadableEntry
from journal_tui.library import naming

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.index.records import Record
    from journal_tui.index.terms import Terms
    from journal_tui.library.library import Library

# Gives a file's stamp, and the entry read from it.
Read = Callable[[str, date], "tuple[str, Entry]"]
# A file changed this shortly before it was read may change again within the same tick of its
# file system's clock and keep its stamp (git calls this "racily clean"): it is read again.
_TICK_NS, COARSE_TICK_NS = 50_000_000, 2_500_000_000


class Taken(NamedTuple):
    """One file as the index keeps it; `line` is its stamp, one that no file has where it must be
    read again at the next refresh. `number` counts the files of a day, the day entry being 0.
    """

    day: date
    number: int
    record: "Record"
    terms: "Terms"
    line: str


def stamps_by_path(lines: Iterable[str]) -> dict[str, str]:
    """Stamp lines by the path that each begins with."""
    return {line.partition("\t")[0]: line for line in lines}


def are_stamps(known: str | None, lines: list[str] | None) -> bool:
    """Whether the stamp lines that are known are those found, in whatever order."""
    found = lines or []
    return known is not None and (known == "\n".join(found) or set(known.split("\n")) == set(found))


def day_of_path(path: str) -> str:
    """The ISO day that an entry's path names."""
    start = path.rfind("/") + 1
    return path[start : start + 10]


def reading(library: "Library") -> Read:
    """Reads the entries of a journal from their files."""

    def read(path: str, day: date) -> "tuple[str, Entry]":
        from journal_tui.entry.entry import Entry

        loaded = library.load(path)
        return loaded.stamp, Entry(day, loaded.text, library.vocabulary)

    return read


def take(
    stamps: Mapping[str, str],
    days: set[str],
    read: Read,
    settled: str,
    rest: Callable[[], None],
) -> dict[str, Taken | None]:
    """Read the files of these ISO days; None stands for a file that is gone again.

    `settled` is the path of a file whose text is sure to be that of its stamp; `rest` is called
    before each file.
    """
    by_day: dict[str, list[str]] = {day: [] for day in sorted(days)}
    for path in stamps:
        if (day := day_of_path(path)) in days:
            by_day[day].append(path)
    found: dict[str, Taken | None] = {}
    for day, paths in by_day.items():
        for number, path in enumerate(sorted(paths, key=naming.by_importance)):
            rest()
            found[path] = _taken(
                path, date.fromisoformat(day), number, stamps[path], read, path == settled
            )
    return found


def _taken(path: str, day: date, number: int, line: str, read: Read, settled: bool) -> Taken | None:
    from journal_tui.index import records
    from journal_tui.index.terms import no_terms, terms_of

    try:
        line, entry = read(path, day)
    except FileNotFoundError:
        return None
    except UnreadableEntry as error:
        # Permission may come back, or a disk, without a trace in the stamp.
        record = records.unreadable(path, day, str(error))
        return Taken(day, number, record, no_terms(record), _again(path))
    if not settled and _may_change_unseen(line):
        line = _again(path)
    record = records.record(path, entry)
    return Taken(day, number, record, terms_of(entry, record), line)


def _again(path: str) -> str:
    return f"{path}\t0\t0"


def _may_change_unseen(stamp: str) -> bool:
    modified = int(stamp.split("\t")[1])
    tick = _TICK_NS if modified % 1_000_000_000 else COARSE_TICK_NS
    return abs(time.time_ns() - modified) < tick
