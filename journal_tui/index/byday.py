"""The records of a year by their day."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from journal_tui.index.documents import Stored, Table
from journal_tui.index.postings import code_of_digits, digits_of_code

if TYPE_CHECKING:
    from journal_tui.index.records import Record

# So many questions are answered one by one.
FEW_ASKED = 4


class ByDay(Mapping[str, "list[Record]"]):
    """The records of a table by the code of their day; read from their JSON when asked for."""

    def __init__(self, table: Table) -> None:
        self._table, self._asked = table, 0

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        numbers: dict[str, list[str]] = {}
        # An id is eight digits of the day and six of the file.
        for number in sorted(self._table):
            numbers.setdefault(code_of_digits(number[-10:-6]), []).append(number)
        return numbers

    def __getitem__(self, code: str) -> "list[Record]":
        self._asked += 1
        if self._asked <= FEW_ASKED:
            # Sooner looked for than all days are told apart.
            digits = digits_of_code(code)
            numbers = sorted([number for number in self._table if number[-10:-6] == digits])
            if not numbers:
                raise KeyError(code)
        else:
            numbers = self._numbers[code]
        found = (self._table[number] for number in numbers)
        return [file.value if isinstance(file, Stored) else dict(file) for file in found]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
