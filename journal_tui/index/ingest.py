"""Read an entry's file for the index: its record, its terms, and the stamp to keep for it."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import UnreadableEntry
from journal_tui.library.file_reader import dated_stamp, stamped_date
from journal_tui.period import first_day

if TYPE_CHECKING:
    from journal_tui.entry.entry import Entry
    from journal_tui.index.analyzer import Record, Terms

# Returns a file's stamp, and the entry read from it.
Read = Callable[[str, date], "tuple[str, Entry]"]
# Returns a sort key for the files of a day, by their paths.
Importance = Callable[[str], tuple[int, bool, int, str]]
# A file changed this shortly before it was read may change again within the same tick of its
# file system's clock and keep its stamp (git calls this "racily clean"): it is read again.
_TICK_NS, COARSE_TICK_NS = 50_000_000, 2_500_000_000


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


@contextmanager
def less_garbage_collection(objects: int = 100_000) -> Iterator[None]:
    """Collect garbage only after so many new `objects` in a `with` block.

    Reading entries makes many objects but no cycles, so this saves a quarter of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], objects), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def ingest(
    stamps: Mapping[str, str],
    days: set[str],
    read: Read,
    importance: Importance,
    just_saved: str,
    yield_cpu: Callable[[], None],
) -> dict[str, IngestedFile | None]:
    """Read the files of these ISO dates; the value of a file that has been deleted is None.

    `importance` sorts the files of a day. `just_saved` is the path of a file whose text is known to
    belong to its stamp; `yield_cpu` is called before each file.
    """
    by_day: dict[str, list[str]] = {day: [] for day in sorted(days)}
    for path, stamp in stamps.items():
        if (day := stamped_date(stamp)) in days:
            by_day[day].append(path)
    found: dict[str, IngestedFile | None] = {}
    for day, paths in by_day.items():
        for position, path in enumerate(sorted(paths, key=importance) if paths[1:] else paths):
            yield_cpu()
            found[path] = _file(path, day, position, stamps[path], read, path == just_saved)
    return found


def _file(
    path: str, iso: str, position: int, stamp: str, read: Read, is_just_saved: bool
) -> IngestedFile | None:
    from journal_tui.index import analyzer

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
