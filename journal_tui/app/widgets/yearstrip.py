"""Counts by year in one line: the years with bars and numbers, or bars alone where there are many."""

from collections.abc import Mapping
from typing import NamedTuple

from rich.cells import cell_len

from journal_tui.app.widgets.bars import UP


class Piece(NamedTuple):
    """A part of the line: `kind` is "year", "bar", "count", "gap" or "note"; `year` what it is of."""

    text: str
    kind: str
    year: int | None = None


def year_strip(counts: Mapping[int, int], cells: int) -> list[Piece]:
    """The years from the earliest to the latest, in as much detail as fits into `cells`."""
    if not counts:
        return []
    most = max(counts.values())
    years = sorted(counts)
    for make in (_whole, _short):
        pieces: list[Piece] = []
        for year in years:
            pieces += [Piece("  ", "gap")] * bool(pieces) + make(year, counts[year], most)
        if sum(cell_len(piece.text) for piece in pieces) <= cells:
            return pieces
    return _bars(counts, years[0], years[-1], most, cells)


def _bar(count: int, most: int) -> str:
    return UP[max(1, round(count / most * 8))] if count else "·"


def _whole(year: int, count: int, most: int) -> list[Piece]:
    return [
        Piece(f"{year} ", "year", year),
        Piece(_bar(count, most), "bar", year),
        Piece(f" {count:,}", "count", year),
    ]


def _short(year: int, count: int, most: int) -> list[Piece]:
    return [
        Piece(f"’{year % 100:02}", "year", year),
        Piece(_bar(count, most), "bar", year),
        Piece(f"{count}", "count", year),
    ]


def _bars(counts: Mapping[int, int], first: int, last: int, most: int, cells: int) -> list[Piece]:
    """One bar for each year, or for several where there are very many; the best year in words."""
    best = max(counts, key=lambda year: (counts[year], year))
    note = f"  most in {best}: {counts[best]:,}"
    room = cells - 10
    if room < last - first + 1 + len(note):
        note = ""
    room -= len(note)
    step = -(-(last - first + 1) // max(1, room))
    sums = {
        year: sum(counts.get(year + extra, 0) for extra in range(step))
        for year in range(first, last + 1, step)
    }
    most = max(sums.values())
    bars = [
        Piece(_bar(count, most), "bar", year if step == 1 else None) for year, count in sums.items()
    ]
    ends = Piece(f"{first} ", "year", first), Piece(f" {last}", "year", last)
    return [ends[0], *bars, ends[1], Piece(note, "note", best)]
