"""Bars on the fixed scale of a rating (0 to 10), so that two charts can always be compared."""

from typing import Literal

Level = Literal["low", "middle", "high"]

UP = " ▁▂▃▄▅▆▇█"
TOP = 10.0


def clamped(rating: float) -> float:
    """The rating brought into 0 to 10; what is not a number counts as 0."""
    return min(TOP, max(0.0, rating))


def level(rating: float) -> Level:
    """The tint of a rating: below 4.5 low, from 7 high."""
    if rating >= 7:
        return "high"
    return "middle" if rating >= 4.5 else "low"


def column(share: float, rows: int) -> list[str]:
    """An upright bar, one character a row, top first; a share above 0 shows at least a sliver."""
    units = round(min(1.0, max(0.0, share)) * rows * 8)
    if share > 0:
        units = max(units, 1)
    return [UP[min(8, max(0, units - row * 8))] for row in reversed(range(rows))]


def across(rating: float, cells: int) -> str:
    """A lying bar of at most `cells`, in half cells; above 0 it shows at least half a cell."""
    halves = round(clamped(rating) / TOP * cells * 2)
    if rating > 0:
        halves = max(halves, 1)
    return "━" * (halves // 2) + "╸" * (halves % 2)
