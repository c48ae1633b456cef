"""Read the lists of a large JSON file one item at a time, so that memory holds only one item."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from journal_tui.exchange.files import CHUNK, MEGABYTE, UTF_16_MARKS, Refused

MAX_ITEM = 64 * MEGABYTE
_SPACE = re.compile(r"[ \t\r\n]*")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)


class _Text:
    """The text of a file, of which only a part is in memory."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self.name = file, name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.window, self._is_over, self._is_begun = "", False, False

    def more(self, size: int = CHUNK) -> bool:
        """Read `size` more bytes; return False at the end of the file."""
        if self._is_over:
            return False
        data = self._file.read(size)
        self._is_over = not data
        if not self._is_begun and data.startswith(UTF_16_MARKS):
            self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._is_begun = True
        self.window += self._decoder.decode(data, self._is_over)
        return True

    def next_sign(self) -> str:
        """Return the next character that isn't white space, and don't go past it; "" at the end."""
        while True:
            self.window = self.window[_end_of_space(self.window) :]
            if self.window or not self.more():
                return self.window[:1]

    def take(self, sign: str) -> None:
        """Go past a character. Raise Refused if the next one is another."""
        if self.next_sign() != sign:
            raise self.damaged()
        self.window = self.window[1:]

    def value(self) -> Any:
        """Return the next value, and go past it. Raise Refused if there is none."""
        self.next_sign()
        size = CHUNK
        while True:
            try:
                found, end = _DECODER.raw_decode(self.window)
            except ValueError:
                found, end = None, -1
            except RecursionError:
                raise Refused(
                    f"{self.name} is nested too deeply, so it can't be a journal. Export it again."
                ) from None
            # A number at the end of the window may be longer.
            if 0 <= end < len(self.window):
                self.window = self.window[end:]
                return found
            if len(self.window) > MAX_ITEM:
                raise Refused(f"{self.name} has an entry larger than {MAX_ITEM // MEGABYTE} MB.")
            # Twice as much each time, since a value is read again from its start.
            size *= 2
            if not self.more(size):
                if end >= 0:
                    self.window = ""
                    return found
                raise self.damaged()

    def damaged(self) -> Refused:
        return Refused(
            f"{self.name} isn't whole JSON: it is damaged or was cut off. Export it again."
        )


# Some programs write control characters as they are.
_DECODER = json.JSONDecoder(strict=False)


def _end_of_space(text: str) -> int:
    found = _SPACE.match(text)
    return found.end() if found else 0


def members(file: IO[bytes], name: str, lists: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a JSON object; a list whose key is in `lists` yields each item with that key.

    The items of a file that is a list have the key "". Raise Refused for a file that is anything else
    and, after the complete items, for a file that was cut off.
    """
    text = _Text(file, name)
    sign = text.next_sign()
    if sign == "[":
        yield from (("", item) for item in _items(text))
        return
    text.take("{")
    while text.next_sign() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.damaged()
        text.take(":")
        if key in lists and text.next_sign() == "[":
            yield from ((key, item) for item in _items(text))
        else:
            yield key, text.value()
        if text.next_sign() == ",":
            text.take(",")
        elif text.next_sign() != "}":
            raise text.damaged()


def _items(text: _Text) -> Iterator[Any]:
    text.take("[")
    while text.next_sign() != "]":
        yield text.value()
        if text.next_sign() == ",":
            text.take(",")
        elif text.next_sign() != "]":
            raise text.damaged()
    text.take("]")


def strings(beginning: str) -> set[str]:
    """Return all strings at the beginning of a JSON file; its keys among them show which program wrote it."""
    return {found[0].strip('"') for found in _STRINGS.finditer(beginning)}
