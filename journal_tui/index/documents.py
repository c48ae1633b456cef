"""The documents of one table file: JSON, a document a line, each read when it is asked for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

# What JSON writes in another way, and from how many characters on it pays to look for that at once.
ESCAPED, LONG = bytes(range(32)) + b'"\\', 1_000


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
        if self._value is None:
            self._value = self._long_text() or self._parsed()
            self._data = b""
        return self._value

    def _parsed(self) -> dict[str, Any]:
        try:
            value = json.loads(self._data[self._start : self._end])
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise Damaged("a document of the index is no JSON object")
        return value

    def _long_text(self) -> dict[str, Any] | None:
        """The document when it is one text without escapes, which is simply cut out of the file:
        a reader of JSON would look at each of its characters.
        """
        data, start, end = self._data, self._start, self._end - 2
        head = data.find(b'":"', start, start + 40)
        if head < 0 or not (data.startswith(b'{"', start) and data.startswith(b'"}', end)):
            return None
        text = head + 3
        if data.find(b'"', start + 2, head) >= 0 or data.find(b'"', text, end) >= 0:
            return None
        if data.find(b"\\", start, end) >= 0:
            return None
        key = data[start + 2 : head].decode("ascii", "replace")
        try:
            return {key: str(memoryview(data)[text:end], "utf-8")}
        except UnicodeDecodeError:
            return None

    @property
    def line(self) -> bytes:
        """The document's JSON."""
        if self._value is None:
            return self._data[self._start : self._end]
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
    while start < last:
        # JSON has no line feed of its own: where one is, a document ends.
        end = data.find(b"\n", start) - 1
        end = end if end > 0 else last
        colon = data.find(b'":', start, end)
        if colon < 0 or data[start : start + 1] != b'"':
            return None
        number = data[start + 1 : colon].decode("ascii", "replace")
        table[number] = _stored(data, colon + 2, end)
        start = end + 2
    return table


def written(table: Table) -> bytes:
    """The bytes that `read` reads: JSON in UTF-8, a document a line."""
    lines = []
    for number, document in table.items():
        line = document.line if isinstance(document, Stored) else _line(document)
        lines.append(b'"%s":%s' % (number.encode("ascii"), line))
    return b"{%s}" % b",\n".join(lines)


def _stored(data: bytes, start: int, end: int) -> Stored:
    """A document of a file; a small one does not keep the whole file in memory."""
    if (end - start) * 4 > len(data):
        return Stored(data, start, end)
    return Stored(data[start:end], 0, end - start)


def _line(document: Mapping[str, Any]) -> bytes:
    if len(document) == 1:
        [(key, value)] = document.items()
        if isinstance(value, str) and len(value) > LONG and key.isalpha():
            data = value.encode("utf-8", "surrogatepass")
            # A writer of JSON would look at each character.
            if len(data.translate(None, ESCAPED)) == len(data):
                return b'{"%s":"%s"}' % (key.encode(), data)
    text = json.dumps(dict(document), ensure_ascii=False, separators=(",", ":"))
    # A name may hold halves of surrogate pairs; JSON's reader takes them in this form too.
    return text.encode("utf-8", "surrogatepass")
