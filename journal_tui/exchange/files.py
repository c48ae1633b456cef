"""The files of an import's source, and the limits on their number and size.

An archive may be made to do harm: to write outside the folder, or to fill the memory or the disk. All
limits are here; an archive or file over a limit is refused with a reason.
"""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Protocol

from journal_tui.errors import UsageError

MEGABYTE = 1_000_000
MAX_FILES = 200_000
MAX_TEXT = 512 * MEGABYTE
"""The most bytes of one file of text or data, which is read in chunks."""
MAX_WHOLE = 64 * MEGABYTE
"""The most bytes of a file that has to be read at once."""
MAX_ATTACHMENT = 2_000 * MEGABYTE
MAX_RATIO = 100
"""How many times larger than the archive its content may be: text shrinks to a tenth, at best a fiftieth."""
_ALLOWED_ANYWAY = 20 * MEGABYTE
CHUNK = 1 << 16
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARKS = (b"PK\3\4", b"PK\5\6")
"""The first bytes of a zip archive; the second are those of an empty one."""
# The errors that zipfile and its decompressors raise for damaged archives.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    ArithmeticError,
    LookupError,
    RuntimeError,
)
_END_OF_LIST, _END_OF_LONG_LIST = b"PK\5\6", b"PK\6\6"
_LONGEST_END = 22 + 0xFFFF + 20 + 56
_LONGEST_RECORD = 400
"""The bytes that a file with a long path takes in an archive's list of files."""
_DRIVE = re.compile(r"[A-Za-z]:")


class Refused(UsageError):
    """A source can't be imported, or could do harm; the message says why."""


class Files(Protocol):
    """The files of a source; paths have `/` between their parts."""

    @property
    def name(self) -> str:
        """The source's name in messages."""

    def paths(self) -> Sequence[str]:
        """Return the paths of all files, sorted."""

    def size(self, path: str) -> int:
        """Return the size of a file in bytes."""

    def open_file(self, path: str) -> IO[bytes]:
        """Open a file for reading. Raise Refused if it can't be read, or may not be."""


class OneFile:
    """A source of one file whose bytes are given, such as a text that was pasted or piped in."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self._data = name, data

    def paths(self) -> Sequence[str]:
        """Return the file's name alone."""
        return [self.name]

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return len(self._data)

    def open_file(self, path: str) -> IO[bytes]:
        """Return the bytes as a file."""
        return io.BytesIO(self._data)


class ZipFiles:
    """The files of an open zip archive. Raise Refused if it is damaged or could do harm."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        if _listed_files(file) > MAX_FILES:
            raise _too_many(name)
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except _DAMAGE:
            raise Refused(
                f"{name} is damaged or was cut off, so nothing was imported. Export or download it again."
            ) from None
        file.seek(0, io.SEEK_END)
        self._infos = dict(_checked(name, infos, file.tell()))

    def paths(self) -> Sequence[str]:
        """Return the paths of the files."""
        return sorted(self._infos)

    def size(self, path: str) -> int:
        """Return the size of a file once it is unpacked; reading the file stops there."""
        return self._infos[path].file_size

    def open_file(self, path: str) -> IO[bytes]:
        """Open a file of the archive."""
        try:
            file = self._zip.open(self._infos[path])
            return io.BufferedReader(_Checked(file, f"{self.name}: {path}"))
        except _DAMAGE as error:
            raise Refused(
                f"{self.name}: {path} can't be read ({error}). Export it again."
            ) from None


class _Checked(io.RawIOBase):
    """A file of an archive, which reports damage in a sentence."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except _DAMAGE as error:
            raise Refused(f"{self._name} is damaged ({error}). Export it again.") from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _too_many(name: str) -> Refused:
    return Refused(f"{name} has more than {MAX_FILES:,} files, so it was not opened.")


def _listed_files(file: IO[bytes]) -> int:
    """Return the number of files that the end record of an archive gives, or 0 if there is no such record.

    zipfile reads as much of the list as its length says, whatever the number; the list of a million
    files takes half a gigabyte of memory. So the length, too, is counted as a number of files.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    data = file.read(_LONGEST_END)
    file.seek(0)
    at = data.rfind(_END_OF_LIST)
    if at < 0 or at + 22 > len(data):
        return 0
    number, length = struct.unpack_from("<HI", data, at + 10)
    if 0xFFFF in (number, length >> 16):
        at = data.rfind(_END_OF_LONG_LIST, 0, at)
        if at >= 0 and at + 56 <= len(data):
            number, length = struct.unpack_from("<QQ", data, at + 32)
    return max(int(number), int(length) // _LONGEST_RECORD)


def _checked(
    name: str, infos: list[zipfile.ZipInfo], archive: int
) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the files of an archive with their paths. Raise Refused if one could do harm."""
    if len(infos) > MAX_FILES:
        raise _too_many(name)
    total = 0
    known: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        path = info.filename
        if leads_out(path):
            raise Refused(
                f"{name} was not opened: its file {path[:100]!r} would be written outside the folder. "
                "No program exports such a file, so don't trust the archive."
            )
        if info.is_dir() or path.startswith("__MACOSX/"):
            continue
        if info.flag_bits & 1:
            raise Refused(f"{name} is protected with a password. Unpack it, and import the folder.")
        if stat.S_ISLNK(info.external_attr >> 16):
            continue
        other = known.setdefault(path, info)
        if (other.CRC, other.file_size) != (info.CRC, info.file_size):
            raise Refused(
                f"{name} was not opened: it has two different files called {path[:100]!r}. Export it again."
            )
        total += info.file_size
        if info.file_size > MAX_ATTACHMENT:
            raise Refused(
                f"{name} was not opened: its file {path[:100]} would take {info.file_size // MEGABYTE:,} MB. "
                f"At most {MAX_ATTACHMENT // MEGABYTE:,} MB are allowed for one file."
            )
        if total > max(archive * MAX_RATIO, _ALLOWED_ANYWAY):
            raise Refused(
                f"{name} was not opened: unpacked, it would be more than {MAX_RATIO} times as large. "
                "Such an archive is made to fill a disk."
            )
        yield path, info


def leads_out(path: str) -> bool:
    """Return whether a path of an archive leads out of the folder in which it is unpacked."""
    parts = path.replace("\\", "/").split("/")
    return path.startswith(("/", "\\")) or ".." in parts or "\0" in path or bool(_DRIVE.match(path))


def read_whole(files: Files, path: str, most: int = MAX_WHOLE) -> bytes:
    """Return the bytes of a file. Raise Refused if it is larger than `most`."""
    if files.size(path) > most:
        raise Refused(
            f"{path} has {files.size(path) // MEGABYTE:,} MB; at most "
            f"{most // MEGABYTE:,} MB can be read. Split it, and import the parts."
        )
    with files.open_file(path) as file:
        return file.read(most)


def head(files: Files, path: str, size: int = 4096) -> bytes:
    """Return the first bytes of a file."""
    with files.open_file(path) as file:
        return file.read(size)


def decoded(data: bytes) -> str:
    """Return the text of bytes in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252."""
    if data.startswith(UTF_16_MARKS):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def text_of(files: Files, path: str, most: int = MAX_WHOLE) -> str:
    """Return the text of a file. Raise Refused if it is too large."""
    return decoded(read_whole(files, path, most))
