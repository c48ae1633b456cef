"""The log of imports: which piece became which entry, so that no piece is imported twice.

The log is a private file in the state folder. Its line for an entry is added after the entry was saved;
if the line is lost, the next import still finds that the entry has the text.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from journal_tui.library.file_reader import digest, open_plain, read_plain
from journal_tui.library.private_files import private_folder

MAX_BYTES = 1 << 27
ENTRY, PART, FILE = "entry", "part", "file"
"""What a piece became: a new entry, a part added to an existing entry, or a file that an entry shows."""


class ImportedPiece(NamedTuple):
    """What an import wrote for one piece: `what` is ENTRY, PART or FILE, `run` the import's number.

    `digest` is that of the file right after it was written, and `key` is what `key_of` returns for
    the piece.
    """

    run: int
    what: str
    path: str
    digest: str
    key: str


class ImportLog:
    """The imports into one journal; `state` is its private folder."""

    def __init__(self, state: Path) -> None:
        self._file = state / "imports.jsonl"

    def pieces(self) -> list[ImportedPiece]:
        """Return the pieces whose imports weren't undone, oldest first; skip damaged lines."""
        try:
            data, _ = read_plain(self._file, MAX_BYTES, follow=False)
        except OSError:
            return []
        found: list[ImportedPiece] = []
        for line in data.decode("utf-8", "replace").splitlines():
            try:
                stored = json.loads(line)
                if "undone" in stored:
                    # Only the lines before this one: a later import may have the same number.
                    undone = int(stored["undone"])
                    found = [one for one in found if one.run != undone]
                    continue
                run, *texts = (stored[name] for name in ImportedPiece._fields)
                found.append(ImportedPiece(int(run), *map(str, texts)))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
        return found

    def add(self, pieces: Iterable[ImportedPiece], *, sync: bool = True) -> None:
        """Add a line for each piece. Raise OSError.

        Without `sync` the lines survive if the process is killed, but may be lost in a power cut.
        """
        self._write("".join(f"{json.dumps(one._asdict())}\n" for one in pieces), sync)

    def note_undone(self, run: int) -> None:
        """Add a line that the import with the number `run` was undone. Raise OSError."""
        self._write(f"{json.dumps({'undone': run})}\n")

    def _write(self, lines: str, sync: bool = True) -> None:
        private_folder(self._file.parent)
        handle, status = open_plain(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, follow=False)
        try:
            # A line that a full disk cut off must not be joined to the next one.
            os.lseek(handle, max(0, status.st_size - 1), os.SEEK_SET)
            if status.st_size and os.read(handle, 1) != b"\n":
                lines = "\n" + lines
            view = memoryview(lines.encode())
            while view:
                view = view[os.write(handle, view) :]
        finally:
            if sync:
                with suppress(OSError):
                    os.fsync(handle)
            os.close(handle)


def key_of(key: str) -> str:
    """Return the hash that stands for a piece's key in the log, since the key may have private text."""
    return digest(key.encode("utf-8", "surrogatepass"))[:24]
