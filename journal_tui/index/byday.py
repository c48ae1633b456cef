"""The records of a year by their day."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from journal_tui.index.documents import Stored, Table
from journal_tui.index.postings import code_of_digits

if TYPE_CHECKING:
    from journal_tui.index.records import Record


class ByDay(Mapping[str, "list[Record]"]):
    """The records of a table by the code of their day; read from their JSON when asked for."""

    def __init__(self, table: Table) -> None:
        self._numbers: dict[str, list[str]] = {}
        self._table = table
        # An id is eight digits of the day and six of the file.
        for number in sorted(table):
            self._numbers.setdefault(code_of_digits(number[-10:-6]), []).append(number)

    def __getitem__(self, code: str) -> "list[Record]":
        found = (self._table[number] for number in self._numbers[code])
        return [file.value if isinstance(file, Stored) else dict(file) for file in found]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
