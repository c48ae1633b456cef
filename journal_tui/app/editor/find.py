"""Find words in a line of an entry."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from journal_tui.entry.tokenizer import fold

# `matches` is called for each line of a text, always with the same needle.
_fold_wanted = lru_cache(maxsize=1)(fold)


def _fold_with_columns(line: str) -> tuple[str, list[int]]:
    """Return the folded line and, for each of its characters, the column it comes from."""
    pieces: list[str] = []
    columns: list[int] = []
    for column, character in enumerate(line):
        piece = fold(character)
        pieces.append(piece)
        columns += [column] * len(piece)
    return "".join(pieces), columns


def matches(line: str, needle: str) -> Iterator[tuple[int, int]]:
    """Yield the columns `[start, end)` of each occurrence; nothing for an empty needle."""
    wanted = _fold_wanted(needle)
    if not wanted:
        return
    columns: list[int] | None = None
    if line.isascii():
        text = line.lower()
    else:
        text, columns = _fold_with_columns(line)
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if columns is None:
            yield at, end
        else:
            last = columns[end - 1] + 1
            # A combining accent after the last letter belongs to it.
            while last < len(line) and unicodedata.category(line[last]) == "Mn":
                last += 1
            yield columns[at], last
        at = text.find(wanted, end)
