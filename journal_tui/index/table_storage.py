"""A TinyDB storage with one file per table, which is read when first used and written when changed.

TinyDB's default storage reads and writes the whole database for each operation; its `Storage` is the
extension point for anything else (TinyDB documentation, "How to extend TinyDB"). An index is opened
like any TinyDB: `TinyDB(folder, storage=TableFiles).table("2014").search(where("rating") >= 8)`.
"""

import json
import os
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from journal_tui.errors import IndexBusy
from journal_tui.index.postings import Encoded
from journal_tui.library.file_reader import read_plain
from journal_tui.library.private_files import write_private

MAGIC = b"journal-index 4"
# The tick of the clock of a file system that keeps no fractions of a second, such as FAT.
COARSE_TICK_NS = 2_500_000_000
# A table of a year's entries has a few MB; a file that is far larger was not written by journal.
LARGEST_TABLE = 1 << 30
_decode = json.JSONDecoder().raw_decode
# The beginning of a document that consists of a text, and the bytes that JSON escapes.
_TEXT, _ESCAPED = b'{"text":"', bytes(range(32)) + b'"\\'


class Damaged(Exception):
    """A table's file isn't what was written: cut short, altered, or of another version."""


class StoredDocument(Mapping[str, Any]):
    """A document of a table's file, which is parsed when a value is needed.

    The file isn't copied, because copying a large document takes longer than anything else here.
    """

    __slots__ = ("_data", "_end", "_parsed", "_start")

    def __init__(self, data: bytes, start: int = 0, end: int | None = None) -> None:
        self._data, self._start = data, start
        self._end = len(data) if end is None else end
        self._parsed: dict[str, Any] | None = None

    @property
    def value(self) -> dict[str, Any]:
        """The document. Raises Damaged if it isn't a JSON object."""
        found = self._parsed = self.parsed_once()
        return found

    def parsed_once(self) -> dict[str, Any]:
        """Return the document for a single use, without keeping it parsed. Raise Damaged like `value`."""
        if self._parsed is not None:
            return self._parsed
        try:
            text = str(memoryview(self._data)[self._start : self._end], "utf-8", "surrogatepass")
            # `json.loads` would look for the encoding and for blanks first.
            found, end = _decode(text)
            is_whole = end == len(text)
        except (ValueError, RecursionError):
            is_whole = False
        if not is_whole or not isinstance(found, dict):
            raise Damaged("a document of the index isn't a JSON object")
        return found

    @property
    def encoded(self) -> Encoded:
        """The text that the document consists of."""
        data, start, end = self._data, self._start + len(_TEXT), self._end - 2
        # A text without escapes is taken as it is, because a JSON parser would look at each character.
        if (
            data.startswith(_TEXT, self._start)
            and data.find(b'"', start) == end
            and data.find(b"\\", start, end) < 0
        ):
            return Encoded(data, start, end)
        return Encoded.of(str(self["text"]))

    @property
    def line(self) -> bytes:
        """The document as JSON."""
        return self._data[self._start : self._end]

    def __getitem__(self, key: str) -> Any:
        return self.value[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.value)

    def __len__(self) -> int:
        return len(self.value)


Table = dict[str, Any]
"""Documents by their ids: each a StoredDocument, or what TinyDB was given until it is flushed."""


def _parse_table(data: bytes, start: int) -> Table:
    """Return the documents of a table's JSON by their ids. Raise Damaged for anything else."""
    last = len(data) - 1
    if data[start : start + 1] != b"{" or data[last:] != b"}":
        raise Damaged("a table of the index isn't a JSON object")
    table, find = Table(), data.find
    start += 1
    while start < last:
        # JSON escapes line feeds in strings, so each one ends a document.
        end = find(b"\n", start) - 1
        if end < 0:
            end = last
        colon = find(b'":', start, end)
        if colon < 0 or not data.startswith(b'"', start):
            raise Damaged("a table of the index has a line that isn't a document")
        number = str(data[start + 1 : colon], "ascii", "replace")
        table[number] = StoredDocument(data, colon + 2, end)
        start = end + 2
    return table


def _format_table(table: Table) -> bytes:
    """Return the bytes that `_parse_table` reads: JSON in UTF-8, a document a line."""
    lines = []
    for number, document in table.items():
        if not isinstance(document, StoredDocument):
            document = table[number] = StoredDocument(_format(document))
        lines.append(b'"%s":%s' % (number.encode("ascii"), document.line))
    return b"{%s}" % b",\n".join(lines)


def _format(document: Mapping[str, Any]) -> bytes:
    if len(document) == 1 and isinstance(text := document.get("text"), str):
        data = text.encode("utf-8", "surrogatepass")
        # A JSON writer would look at each character.
        if len(data.translate(None, _ESCAPED)) == len(data):
            return b'%s%s"}' % (_TEXT, data)
    text = json.dumps(dict(document), ensure_ascii=False, separators=(",", ":"))
    # A name may hold halves of surrogate pairs; the JSON parser accepts them in this form too.
    return text.encode("utf-8", "surrogatepass")


class TableFiles(Storage, dict[str, Table]):
    """The folder of table files, and the mapping of the tables that TinyDB works on.

    A table is loaded from its file when first used. Setting one only marks it as changed; `flush`,
    or `close`, writes it to disk. Iteration doesn't load any table.

    A file is a line `journal-index 4 CRC32` and the table as JSON, a document a line, so that one of
    them can be read, or replaced, without touching the others. The file is replaced as a whole, so a
    reader sees the old table or the new one. Every operation of TinyDB works; a table without
    documents has a file too.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.changed: set[str] = set()
        self.checks: dict[str, str] = {}
        self.failed = ""
        self._identities: dict[str, tuple[int, int, int] | None] = {}
        self._undeletable: set[str] = set()
        # The folder's time of modification when its files were listed, and the names of its tables.
        self._listed: tuple[int | None, set[str]] = None, set()

    def __missing__(self, name: str) -> Table:
        table = self.load(name)
        super().__setitem__(name, table)
        return table

    def __setitem__(self, name: str, table: Table) -> None:
        super().__setitem__(name, table)
        self.changed.add(name)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.drop(name)

    def __contains__(self, name: object) -> bool:
        return name in self.names()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __bool__(self) -> bool:
        return True

    def read(self) -> "TableFiles":
        """Return the lazy mapping of all tables."""
        return self

    def write(self, data: dict[str, Table]) -> None:
        """Accept the database as TinyDB has changed it; the changed tables are already marked.

        A mapping other than the one that `read` returned, as in `drop_tables`, replaces all tables.
        """
        if data is not self:
            for name in set(self) - data.keys():
                self.drop(name)
            for name, table in data.items():
                self[name] = table

    def close(self) -> None:
        """Write all changed tables to disk."""
        for name in sorted(self.changed):
            self.flush(name)

    def names(self) -> frozenset[str]:
        """Return the names of all tables."""
        try:
            changed = os.stat(self.folder).st_mtime_ns
            if changed != self._listed[0]:
                found = {name[:-6] for name in os.listdir(self.folder) if name.endswith(".table")}
                # Within one tick of the clock the folder may change again and look the same.
                settled = time.time_ns() - changed > COARSE_TICK_NS
                self._listed = changed if settled else None, found
        except OSError:
            self._listed = None, set()
        # Some tables may be in memory only.
        return frozenset(self._listed[1] - self._undeletable).union(dict.keys(self))

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}.table"

    def load(self, name: str) -> Table:
        """Read one table's file. Raise KeyError if it doesn't exist, Damaged if it is damaged."""
        if name in self._undeletable:
            raise KeyError(name)
        try:
            data, status = read_plain(self._path(name), LARGEST_TABLE)
        except (FileNotFoundError, NotADirectoryError):
            raise KeyError(name) from None
        except OSError as error:
            raise Damaged(str(error.strerror)) from None
        end = data.find(b"\n")
        # A view: copying a large table takes as long as reading it.
        check = b"%08x" % zlib.crc32(memoryview(data)[end + 1 :])
        if data[:end] != MAGIC + b" " + check:
            raise Damaged(f"table {name} doesn't match its checksum")
        table = _parse_table(data, end + 1)
        self.checks[name] = check.decode()
        self._identities[name] = _identity(status)
        return table

    def flush(self, name: str) -> str:
        """Write a changed table to disk; return its checksum.

        If the folder can't be written to, the table is served from memory and `failed` says why.
        """
        if name not in self.changed:
            return self.checks[name]
        body = _format_table(self[name])
        check = self.checks[name] = f"{zlib.crc32(body):08x}"
        self.changed.discard(name)
        path = self._path(name)
        # Only one process writes at a time; the next refresh replaces what a killed one has left.
        temporary = f"{path}.new"
        try:
            _remove(temporary)
            data = b"%s %s\n%s" % (MAGIC, check.encode(), body)
            seen = _identity(write_private(temporary, data, sync=False))
            os.replace(temporary, path)
        except OSError as error:
            self.failed = str(error.strerror)
            self._identities.pop(name, None)
            _remove(temporary)
        else:
            self._identities[name] = seen
            self._undeletable.discard(name)
        return check

    def drop(self, name: str) -> None:
        """Forget a table and remove its file, which counts as removed even if it can't be."""
        self.forget(name)
        if not _remove(self._path(name)):
            self._undeletable.add(name)

    def forget(self, name: str) -> None:
        """Drop a table from memory; the next touch reads its file again."""
        self.pop(name, None)
        self.changed.discard(name)
        self.checks.pop(name, None)
        self._identities.pop(name, None)

    def revalidate(self, names: Iterable[str]) -> bool:
        """Forget the tables whose files another process has replaced; return whether any were."""
        replaced = [
            name
            for name in names
            if (seen := self._identities.get(name)) and seen != _identity(self._path(name))
        ]
        for name in replaced:
            self.forget(name)
        return bool(replaced)


def _identity(file: str | os.stat_result) -> tuple[int, int, int] | None:
    """Return the time, size and inode of a file, which tell its versions apart; None without a file."""
    try:
        status = os.stat(file) if isinstance(file, str) else file
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _remove(path: str) -> bool:
    """Remove a file; return whether it is gone."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return True


class WriteLock:
    """The lock between threads and processes that write the index in `folder`, which it creates."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._writer = threading.RLock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raise IndexBusy if another process holds it for more than ten seconds."""
        from journal_tui.library.locks import LOCK_SECONDS, locked

        with self._writer, ExitStack() as held:
            try:
                held.enter_context(locked(Path(self._folder, "lock"), LOCK_SECONDS))
            except TimeoutError:
                raise IndexBusy(
                    "Another journal process is updating the index. Try again in a moment."
                ) from None
            except OSError:
                # A cache folder that can't be written to: the index is served from memory.
                pass
            yield
