"""The types of the fixtures `scale` and `tally` of the campaign."""

from collections.abc import Callable

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
