"""Scan a journal's folder for entry files, each with a stamp that shows whether it has changed."""

import os
import re
from collections.abc import Callable
from stat import S_IFREG
from typing import NamedTuple

from journal_tui.library.file_reader import dated_stamp
from journal_tui.library.naming import (
    NAMED,
    REASONS,
    SUFFIXES,
    EntryName,
    are_entries,
    conflict_sentence,
    days_by_order,
    has_other_numbers,
    is_clearly_undated,
    is_day_first,
    is_entry,
    is_in_year,
    is_in_year_alone,
    is_left_out_folder,
    is_numbered_title,
    is_of_another_kind,
    left_out,
    may_be_in_year,
    may_be_number,
    numbered_original,
    parse,
    parse_unusual,
)

_KIND = 0o170000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_FOLDER = "this folder's name contains a control character, so it was skipped; rename it"
_NOT_PLAIN = "is not a plain file and was not opened"
_BROKEN_LINK = "is a link to a file that does not exist"
_LINKED_FOLDER = "is a link to a folder, which was not looked into"
UNLISTED = "this folder cannot be listed"
_FOLDER = "is a folder, not an entry; only the entries in it were read"
CONFIG_FILE = "journal.toml"
EXAMPLES = 3
# The kinds of reasons for which a text file is left out because of its name alone.
_UNREAD_TEXTS = REASONS.keys() - {"copy", "unreadable", "linked", "tools", "hidden"}


class LeftOutFiles(NamedTuple):
    """The files, or folders, that were left out for one reason: their number, and some paths.

    If `is_named` is true, the kind of reason is in `NAMED`, and `examples` has all paths.
    """

    number: int
    examples: list[str]
    is_named: bool = False


class Scan(NamedTuple):
    """The result of a scan.

    `years` maps "2014" to stamps `path TAB mtime_ns TAB size`, in the order in which the system lists
    them, with `TAB date` where the name doesn't begin with the ISO day. `faults` has a path and a sentence for
    each file or folder that was left out and may need attention. `left_out` counts all that was
    left out, by the keys of `REASONS`. `order` says how dates with the year last are read, or is "".
    `unread` has the paths of all text files that were left out for their names, if that was asked for.
    """

    years: dict[str, list[str]]
    faults: list[tuple[str, str]]
    left_out: dict[str, LeftOutFiles]
    order: str = ""
    unread: list[str] | None = None

    @property
    def entries(self) -> int:
        """The number of entries."""
        return sum(map(len, self.years.values()))

    def leave_out(self, kind: str, path: str) -> None:
        """Count a file or folder that is left out."""
        self.leave_out_all(kind, "", [path])

    def leave_out_all(self, kind: str, folder: str, names: list[str]) -> None:
        """Count the files in a folder that are left out for the same reason."""
        is_named = kind in NAMED
        number, examples, _ = self.left_out.get(kind) or LeftOutFiles(0, [])
        examples += [
            folder + name for name in names[: None if is_named else EXAMPLES - len(examples)]
        ]
        self.left_out[kind] = LeftOutFiles(number + len(names), examples, is_named)
        if self.unread is not None and kind in _UNREAD_TEXTS:
            self.unread.extend(folder + name for name in names if name.lower().endswith(SUFFIXES))

    def has_other_files(self) -> bool:
        """Return whether there are no entries, but files that aren't hidden or of other programs."""
        return not self.years and bool(self.left_out.keys() - {"hidden", "tools"})

    def reasons(self) -> "list[tuple[str, str, LeftOutFiles]]":
        """Return what was left out for each reason, after a noun for its number and the words that follow it."""
        left_out = self.left_out
        return [(*words, left_out[kind]) for kind, words in REASONS.items() if kind in left_out]


def scan(
    root: str,
    order: str = "",
    stop: Callable[[], bool] = lambda: False,
    with_unread: bool = False,
) -> Scan:
    """Find every entry file below a folder, except in hidden, linked and other programs' folders.

    `order` is how dates with the year last are read; if it is "", the files that can only be read in
    one way decide. `stop` returns whether to leave out the remaining folders. Raise OSError if
    the folder itself can't be listed.
    """
    walk = _Walk(order, with_unread)
    waiting = [("", root)]
    while waiting and not stop():
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            if not prefix:
                raise
            walk.report(prefix, "unreadable", f"{UNLISTED}: {error.strerror}")
            continue
        if not prefix:
            entries = [entry for entry in entries if entry.name != CONFIG_FILE]
        if not _add_one_year(entries, prefix, walk.found):
            walk.add(entries, prefix, waiting)
    return walk.finish()


def _add_one_year(entries: "list[os.DirEntry[str]]", prefix: str, found: Scan) -> bool:
    """Add a folder that has only entries of one year, the usual case, quickly.

    Return False, with nothing added, for any other folder.
    """
    joined = "\n".join([entry.name for entry in entries])
    year, rest = joined[:4], len(entries) - 1
    # A name may contain a line feed: there must be no more of them than joins.
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


class _Walk:
    """A scan under way: what was found, and the files whose dates can't be read before the order is known."""

    def __init__(self, order: str, with_unread: bool) -> None:
        self.found = Scan({}, [], {}, order, [] if with_unread else None)
        self._undecided: list[tuple[str, os.DirEntry[str]]] = []
        self._orders: set[str] = set()

    def report(self, path: str, kind: str, sentence: str) -> None:
        """Report a file or folder that was left out and may need attention."""
        self.found.faults.append((path, sentence))
        self.found.leave_out(kind, path)

    def add(
        self, entries: "list[os.DirEntry[str]]", prefix: str, waiting: list[tuple[str, str]]
    ) -> None:
        """Add the files of a folder, and queue its folders in `waiting`."""
        names: set[str] = set()
        in_year = is_in_year(prefix)
        has_numbers: bool | None = None
        has_day_first: bool | None = None
        # There may be hundreds of thousands of other files, so only one of each suffix is classified.
        undated: dict[str, list[str]] = {}
        for entry in entries:
            name = entry.name
            is_undated = (
                is_of_another_kind(name)
                or is_numbered_title(name)
                or (is_clearly_undated(name) and not (in_year and may_be_in_year(name)))
            )
            if is_undated and not (entry.is_symlink() or entry.is_dir()):
                undated.setdefault(name[name.rfind(".") :], []).append(name)
                continue
            path = prefix + name
            if is_entry(name):
                parsed = None
            elif parsed := parse_unusual(path, self.found.order):
                if parsed.form.endswith("{yyyy}") and len(alone := days_by_order(name)) == 1:
                    self._orders.update(alone)
            else:
                self._add_other(entry, path, waiting)
                continue
            if (name.find(")") > 0 or " " in name) and (plain := numbered_original(path)):
                names = names or {other.name for other in entries}
                if plain in names:
                    self.report(path, "copy", conflict_sentence(plain))
                    continue
            if (
                parsed
                and parsed.period
                and in_year
                and "{yyyy}" not in parsed.form
                and may_be_number(name)
            ):
                if has_numbers is None:
                    has_numbers = has_other_numbers([other.name for other in entries], prefix)
                if has_numbers:
                    self.found.leave_out("period", path)
                    continue
            if parsed and in_year and not parsed.period and is_in_year_alone(path):
                if has_day_first is None:
                    has_day_first = any(is_day_first(other.name) for other in entries)
                if has_day_first:
                    self.found.leave_out("inside", path)
                    continue
            self._add_entry(entry, path, parsed, waiting)
        for alike in undated.values():
            kind = left_out(prefix + alike[0]).kind
            self.found.leave_out_all(kind, prefix, alike)

    def _add_entry(
        self,
        entry: "os.DirEntry[str]",
        path: str,
        parsed: EntryName | None,
        waiting: list[tuple[str, str]],
    ) -> None:
        """Add a file that is named like an entry; `parsed` is None if its name is the usual one."""
        try:
            status = entry.stat()
        except OSError as error:
            is_broken = isinstance(error, FileNotFoundError) and entry.is_symlink()
            sentence = _BROKEN_LINK if is_broken else f"cannot be read: {error.strerror}"
            self.report(path, "unreadable", sentence)
            return
        if status.st_mode & _KIND != S_IFREG:
            if not entry.is_dir(follow_symlinks=False):
                sentence = _LINKED_FOLDER if entry.is_dir() else _NOT_PLAIN
                self.report(path, "unreadable", sentence)
            elif _add_folder(entry, path, self, waiting):
                self.found.faults.append((path, _FOLDER))
            return
        line = f"{path}\t{status.st_mtime_ns}\t{status.st_size}"
        year = entry.name[:4]
        if parsed:
            # The first week of a year may begin in the year before.
            line, year = dated_stamp(line, parsed.iso), f"{parsed.day.year:04d}"
        self.found.years.setdefault(year, []).append(line)

    def _add_other(
        self, entry: "os.DirEntry[str]", path: str, waiting: list[tuple[str, str]]
    ) -> None:
        """Queue a folder to be scanned, or count, and perhaps report, a file that isn't an entry."""
        if entry.is_dir(follow_symlinks=False):
            _add_folder(entry, path, self, waiting)
            return
        if entry.is_symlink() and os.path.isdir(entry.path):
            self.found.leave_out("linked", f"{path}/")
            return
        if entry.name[0] == "." and not entry.name.lower().endswith(SUFFIXES):
            return
        kind, sentence = left_out(path)
        if kind == "order":
            self._undecided.append((path, entry))
        elif sentence:
            self.report(path, kind, sentence)
        else:
            self.found.leave_out(kind, path)

    def finish(self) -> Scan:
        """Return what was found, once the order of dates with the year last is decided."""
        if not self.found.order and len(self._orders) == 1:
            self.found = self.found._replace(order=self._orders.pop())
        paths = {path for path, _ in self._undecided}
        for path, entry in self._undecided:
            parsed = parse(path, self.found.order)
            plain = numbered_original(path)
            if plain and path[: -len(entry.name)] + plain in paths:
                self.report(path, "copy", conflict_sentence(plain))
            elif parsed:
                self._add_entry(entry, path, parsed, [])
            else:
                self.report(path, *left_out(path))
        return self.found


def _add_folder(
    entry: "os.DirEntry[str]", path: str, walk: _Walk, waiting: list[tuple[str, str]]
) -> bool:
    """Queue a folder to be scanned; return False if it is left out."""
    path = f"{path}/"
    if is_left_out_folder(path):
        walk.found.leave_out("tools", path)
    elif _CONTROL.search(entry.name):
        walk.report(path, "unreadable", _CONTROL_FOLDER)
    else:
        waiting.append((path, entry.path))
        return True
    return False
