"""The kinds of the two fixtures with which the campaign scales and counts."""

from collections.abc import Callable

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
