"""Walk a journal's folder once: each entry file with the stamp that tells whether it changed."""

import os
import re
from stat import S_IFREG
from typing import NamedTuple

from journal_tui.library.naming import are_entries, copied, counted, is_entry, looks_dated

_KIND = 0o170000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Scan(NamedTuple):
    """What a walk found.

    `years` maps "2014" to stamps `path TAB mtime_ns TAB size`, in the folders' own order;
    `faults` are (path, sentence) for what should be an entry but cannot be read as one.
    """

    years: dict[str, list[str]]
    faults: list[tuple[str, str]]


def stamp(path: str, status: os.stat_result) -> str:
    """The stamp of one file; equal stamps mean an unchanged file."""
    return f"{path}\t{status.st_mtime_ns}\t{status.st_size}"


def copy_of(entry: str) -> str:
    """What is told of a conflict copy of the entry with this name."""
    return f"is a conflict copy of {entry}; run journal conflicts to merge it"


def scan(root: str) -> Scan:
    """Every entry file below the folder; hidden folders and linked folders are left out.

    Raises OSError when the folder itself cannot be listed.
    """
    found = Scan({}, [])
    waiting = [("", root)]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            if not prefix:
                raise
            found.faults.append((prefix, f"this folder cannot be listed: {error.strerror}"))
            continue
        if _one_year(entries, prefix, found):
            continue
        names: set[str] = set()
        for entry in entries:
            name = entry.name
            if is_entry(name):
                if (name[-4] == ")" or name[10] == " ") and (plain := counted(name)):
                    names = names or {other.name for other in entries}
                    if plain in names:
                        found.faults.append((prefix + name, copy_of(plain)))
                        continue
                try:
                    status = entry.stat()
                except OSError as error:
                    found.faults.append((prefix + name, f"cannot be read: {error.strerror}"))
                    continue
                if status.st_mode & _KIND == S_IFREG:
                    line = f"{prefix}{name}\t{status.st_mtime_ns}\t{status.st_size}"
                    found.years.setdefault(name[:4], []).append(line)
                    continue
            _other(entry, prefix, found, waiting)
    return found


def _one_year(entries: "list[os.DirEntry[str]]", prefix: str, found: Scan) -> bool:
    """Take in a folder of one year's entries and nothing else, the common case, quickly."""
    joined = "\n".join([entry.name for entry in entries])
    year, rest = joined[:4], len(entries) - 1
    # A name may itself hold a line feed: there must be just those that join.
    if not joined.count("\n") == joined.count(f"\n{year}-") == rest:
        return False
    if not are_entries(joined):
        return False
    try:
        stamps = [
            f"{prefix}{entry.name}\t{status.st_mtime_ns}\t{status.st_size}"
            for entry in entries
            if (status := entry.stat()).st_mode & _KIND == S_IFREG
        ]
    except OSError:
        return False
    if len(stamps) < len(entries):
        return False
    found.years.setdefault(year, []).extend(stamps)
    return True


def _other(
    entry: "os.DirEntry[str]", prefix: str, found: Scan, waiting: list[tuple[str, str]]
) -> None:
    """Look at what is no entry's file: a folder is walked later, what seems meant as an entry is told."""
    path, name = prefix + entry.name, entry.name
    if entry.is_dir(follow_symlinks=False):
        if name[0] == ".":
            return
        if _CONTROL.search(name):
            fault = "this folder's name contains a control character, so it was skipped; rename it"
            found.faults.append((f"{path}/", fault))
            return
        waiting.append((f"{path}/", entry.path))
    elif is_entry(name):
        found.faults.append((path, "is not a plain file and was not opened"))
    elif copy := copied(name):
        found.faults.append((path, copy_of(copy[0])))
    elif looks_dated(name):
        fault = "its name has no valid date, or contains a control character; rename it"
        found.faults.append((path, fault))
