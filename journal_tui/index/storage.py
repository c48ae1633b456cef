"""TinyDB's storage with one file a table: read at first touch, only changed tables written.

TinyDB's default storage reads and writes the whole database for each operation; its `Storage`
is the extension point for anything else (TinyDB documentation, "How to extend TinyDB").
"""

import os
import time
import zlib
from collections.abc import Iterable, Iterator

from tinydb.storages import Storage

from journal_tui.index import documents
from journal_tui.index.documents import Damaged, Table
from journal_tui.index.intake import COARSE_TICK_NS
from journal_tui.library.privately import write_private
from journal_tui.library.reading import read_plain
from journal_tui.library.temporary import is_alive

MAGIC = b"journal-index 3"
# A year of entries has some MB in a table; what has far more was not written by journal.
LARGEST_TABLE = 1 << 30


class Tables(dict[str, Table]):
    """The tables by name, loaded from their files when touched; what is set is marked as changed.

    TinyDB takes the whole database as one dict; iterating and truth look at the names alone.
    """

    def __init__(self, storage: "TableFiles") -> None:
        super().__init__()
        self._storage = storage

    def __missing__(self, name: str) -> Table:
        table = self._storage.load(name)
        super().__setitem__(name, table)
        return table

    def __setitem__(self, name: str, table: Table) -> None:
        super().__setitem__(name, table)
        self._storage.changed.add(name)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._storage.drop(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._storage.names()

    def __iter__(self) -> Iterator[str]:
        return iter(self._storage.names() | set(super().keys()))

    def __bool__(self) -> bool:
        return True


class TableFiles(Storage):
    """The folder of table files. `write` only marks; `flush`, or `close`, puts a table on the disk.

    A file is a line `journal-index 3 CRC32` and the table as JSON, a document a line, so
    that one of them can be read, or replaced, without touching the others. It is replaced as a
    whole, so that a reader sees the old table or the new one. Every operation of TinyDB works;
    a table without documents has a file too.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.changed: set[str] = set()
        self.checks: dict[str, str] = {}
        self.failed = ""
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._stuck: set[str] = set()
        self._listed: tuple[int | None, set[str]] = None, set()
        self.tables = Tables(self)

    def read(self) -> Tables:
        """The lazy mapping of all tables."""
        return self.tables

    def write(self, data: dict[str, Table]) -> None:
        """TinyDB calls this after each change; the changed tables are marked already.

        Another mapping than the one that `read` gave (`drop_tables`) takes the place of all tables.
        """
        if data is self.tables:
            return
        for name in set(self.tables) - data.keys():
            self.drop(name)
        for name, table in data.items():
            self.tables[name] = table

    def close(self) -> None:
        """Put all changed tables on the disk."""
        for name in sorted(self.changed):
            self.flush(name)

    def sweep(self) -> None:
        """Remove what processes that are no more were writing."""
        try:
            found = os.listdir(self.folder)
        except OSError:
            return
        for name in found:
            process = name.partition(".table.")[2]
            if process.isdecimal() and not is_alive(int(process)):
                _remove(f"{self.folder}/{name}")

    def names(self) -> set[str]:
        """The names of the tables that have a file."""
        try:
            changed = os.stat(self.folder).st_mtime_ns
            if changed != self._listed[0]:
                found = {name[:-6] for name in os.listdir(self.folder) if name.endswith(".table")}
                # Within one tick of the clock the folder may change again and look the same.
                settled = time.time_ns() - changed > COARSE_TICK_NS
                self._listed = changed if settled else None, found
        except OSError:
            return set()
        return self._listed[1] - self._stuck

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}.table"

    def load(self, name: str) -> Table:
        """Read one table's file. Raises KeyError where there is none, Damaged where it is bad."""
        if name in self._stuck:
            raise KeyError(name)
        try:
            data, status = read_plain(self._path(name), LARGEST_TABLE)
        except (FileNotFoundError, NotADirectoryError):
            raise KeyError(name) from None
        except OSError as error:
            raise Damaged(str(error.strerror)) from None
        end = data.find(b"\n")
        # A view: a copy of a large table costs as much as its reading.
        check = b"%08x" % zlib.crc32(memoryview(data)[end + 1 :])
        if data[:end] != MAGIC + b" " + check:
            raise Damaged(f"table {name} does not match its checksum")
        table = documents.read(data, end + 1)
        if table is None:
            raise Damaged(f"table {name} is not a table")
        self.checks[name] = check.decode()
        self._seen[name] = _look(status)
        return table

    def flush(self, name: str) -> str:
        """Put a changed table on the disk; gives its checksum.

        Where the folder cannot be written to, the table serves from memory and `failed` says why.
        """
        if name not in self.changed:
            return self.checks[name]
        body = documents.written(self.tables[name])
        check = self.checks[name] = f"{zlib.crc32(body):08x}"
        self.changed.discard(name)
        path = self._path(name)
        temporary = f"{path}.{os.getpid()}"
        try:
            _remove(temporary)
            data = b"%s %s\n%s" % (MAGIC, check.encode(), body)
            seen = _look(write_private(temporary, data, sync=False))
            os.replace(temporary, path)
        except OSError as error:
            self.failed = str(error.strerror)
            self._seen.pop(name, None)
            _remove(temporary)
        else:
            self._seen[name] = seen
            self._stuck.discard(name)
        return check

    def drop(self, name: str) -> None:
        """Forget a table and remove its file, which counts as removed even where it cannot be."""
        self.forget(name)
        if not _remove(self._path(name)):
            self._stuck.add(name)

    def forget(self, name: str) -> None:
        """Leave what is in memory; the next touch reads the file again."""
        dict.pop(self.tables, name, None)
        self.changed.discard(name)
        self.checks.pop(name, None)
        self._seen.pop(name, None)

    def revalidate(self, names: Iterable[str]) -> bool:
        """Forget those tables in memory whose files another process has replaced; whether any was."""
        before = len(self._seen)
        for name in names:
            if name not in self._seen:
                continue
            try:
                status = os.stat(self._path(name))
            except OSError:
                self.forget(name)
                continue
            if self._seen[name] != _look(status):
                self.forget(name)
        return len(self._seen) < before


def _look(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _remove(path: str) -> bool:
    """Remove a file; whether it is gone."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return True
