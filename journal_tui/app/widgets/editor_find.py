"""Find in a line whatever case and accents it is written with."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from journal_tui.entry.words import fold

# A text of 100,000 lines asks for each line what the words to find are, folded.
_fold_wanted = lru_cache(maxsize=1)(fold)


def _folded(line: str) -> tuple[str, list[int]]:
    """The folded line, and for each of its characters the column it comes from."""
    pieces: list[str] = []
    columns: list[int] = []
    for column, character in enumerate(line):
        piece = fold(character)
        pieces.append(piece)
        columns += [column] * len(piece)
    return "".join(pieces), columns


def matches(line: str, needle: str) -> Iterator[tuple[int, int]]:
    """The columns `[start, end)` of each occurrence in the line; none for an empty needle."""
    wanted = _fold_wanted(needle)
    if not wanted:
        return
    columns: list[int] | None = None
    if line.isascii():
        text = line.lower()
    else:
        text, columns = _folded(line)
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if columns is None:
            yield at, end
        else:
            last = columns[end - 1] + 1
            # A combining accent behind the last letter belongs to it.
            while last < len(line) and unicodedata.category(line[last]) == "Mn":
                last += 1
            yield columns[at], last
        at = text.find(wanted, end)
