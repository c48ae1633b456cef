"""The documents of one table file: JSON, a document a line, each read when it is asked for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_QUOTE = ord('"')
# What JSON writes in another way, and from how many characters on it pays to look for that at once.
ESCAPED, LONG = bytes(range(32)) + b'"\\', 1_000
# How one long text without such characters begins; the blank, which JSON allows, says that it is one.
PLAIN = b'{ "'


class Damaged(Exception):
    """A table's file is not what was written: cut short, altered, or of another version."""


class Stored(Mapping[str, Any]):
    """A document as its place in a file; the JSON is read when something of it is asked for."""

    __slots__ = ("_data", "_end", "_start", "_value")

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end
        self._value: dict[str, Any] | None = None

    @property
    def value(self) -> dict[str, Any]:
        """The document. Raises Damaged when the JSON is none."""
        # Another thread may have read it meanwhile: then the bytes are gone, and the value is there.
        data = self._data
        value = self._value
        if value is None:
            value = self._value = self._long_text(data) or self._parsed(data)
            self._data = b""
        return value

    def _parsed(self, data: bytes) -> dict[str, Any]:
        try:
            value = json.loads(data[self._start : self._end])
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise Damaged("a document of the index isn't a JSON object")
        return value

    def _long_text(self, data: bytes) -> dict[str, Any] | None:
        """The document when it was written as one text without escapes, which is simply cut out of
        the file: a reader of JSON would look at each of its characters.
        """
        start, end = self._start, self._end - 2
        if not data.startswith(PLAIN, start):
            return None
        begin = start + len(PLAIN)
        head = data.find(b'":"', begin, begin + 40)
        if head < 0 or not data.startswith(b'"}', end):
            return None
        key = data[begin:head].decode("ascii", "replace")
        try:
            return {key: str(memoryview(data)[head + 3 : end], "utf-8")}
        except UnicodeDecodeError:
            return None

    @property
    def line(self) -> bytes:
        """The document's JSON."""
        data = self._data
        if self._value is None:
            return data[self._start : self._end]
        return _line(self._value)

    def __getitem__(self, key: str) -> Any:
        return self.value[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.value)

    def __len__(self) -> int:
        return len(self.value)


Table = dict[str, Mapping[str, Any]]


def read(data: bytes, start: int) -> Table | None:
    """The documents of a table's JSON, by their ids; None for anything else."""
    last = len(data) - 1
    if data[start : start + 1] != b"{" or data[last:] != b"}":
        return None
    table = Table()
    start += 1
    find = data.find
    while start < last:
        # JSON has no line feed of its own: where one is, a document ends.
        end = find(b"\n", start) - 1
        if end < 0:
            end = last
        colon = find(b'":', start, end)
        if colon < 0 or data[start] != _QUOTE:
            return None
        # A small one does not keep the whole file in memory.
        if (end - start) * 4 > len(data):
            document = Stored(data, colon + 2, end)
        else:
            document = Stored(data[colon + 2 : end], 0, end - colon - 2)
        table[str(data[start + 1 : colon], "ascii", "replace")] = document
        start = end + 2
    return table


def written(table: Table) -> bytes:
    """The bytes that `read` reads: JSON in UTF-8, a document a line."""
    lines = []
    for number, document in table.items():
        line = document.line if isinstance(document, Stored) else _line(document)
        lines.append(b'"%s":%s' % (number.encode("ascii"), line))
    return b"{%s}" % b",\n".join(lines)


def _line(document: Mapping[str, Any]) -> bytes:
    if len(document) == 1:
        [(key, value)] = document.items()
        if isinstance(value, str) and len(value) > LONG and key.isalpha():
            data = value.encode("utf-8", "surrogatepass")
            # A writer of JSON would look at each character.
            if len(data.translate(None, ESCAPED)) == len(data):
                return b'%s%s":"%s"}' % (PLAIN, key.encode(), data)
    text = json.dumps(dict(document), ensure_ascii=False, separators=(",", ":"))
    # A name may hold halves of surrogate pairs; JSON's reader takes them in this form too.
    return text.encode("utf-8", "surrogatepass")
