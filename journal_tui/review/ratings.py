"""Statistics of ratings that take into account how inexact a single rating is.

A single rating errs by about a tenth of its scale. A personal average is stable from about 14
ratings on, and the spread from about 42; with fewer ratings, they aren't shown.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.model import Scale, shown

FEWEST_RATINGS = 5
"""With fewer ratings, a median would say more about chance than about the days."""
USUAL_FROM, SPREAD_FROM = 14, 42
"""How many ratings it takes to say what is usual, and how far ratings usually spread."""
ERROR = 0.1
"""The error of a single rating, as a fraction of the scale."""
_MAX_STEPS = 10
_TINY = 1e-9


class Band(NamedTuple):
    """Ratings from `low` to `high`, which a single rating can't distinguish from the median."""

    low: float
    high: float

    def __contains__(self, rating: object) -> bool:
        # A rating such as 7.1 has no exact binary form.
        return isinstance(rating, int | float) and self.low - _TINY <= rating <= self.high + _TINY

    def __str__(self) -> str:
        return f"{shown(self.low)} to {shown(self.high)}"


class Step(NamedTuple):
    """A step of the scale: ratings from `low` (included) to `high`, which the last step includes."""

    low: float
    high: float
    label: str

    def query(self, scale: Scale, ratings: Sequence[float]) -> str:
        """Return the search for the step; `ratings` are all ratings that are in it."""
        if len(set(ratings)) == 1:
            return f"rating:{shown(ratings[0])}"
        above = f"rating:>={shown(max(self.low, scale.low))}"
        return above if self.high > scale.high else f"{above} rating:<{shown(self.high)}"


def median(ratings: Sequence[float]) -> float:
    """Return the median of at least one rating."""
    return quantile(ratings, 0.5)


def quantile(ratings: Sequence[float], share: float) -> float:
    """Return the rating below which this share lies, interpolated; of at least one rating."""
    ordered = sorted(ratings)
    place = share * (len(ordered) - 1)
    lower = int(place)
    upper = min(lower + 1, len(ordered) - 1)
    part = place - lower
    return ordered[lower] if not part else ordered[lower] * (1 - part) + ordered[upper] * part


def band(middle: float, scale: Scale) -> Band:
    """Return the ratings that don't differ from the median, since each errs by a tenth of the scale."""
    error = (scale.high - scale.low) * ERROR
    return Band(max(scale.low, middle - error), min(scale.high, middle + error))


def steps(scale: Scale) -> list[Step]:
    """Return the steps of a distribution: whole ratings, or ten parts of a longer scale."""
    width = scale.high - scale.low
    if width <= _MAX_STEPS:
        return [Step(n - 0.5, n + 0.5, str(n)) for n in range(scale.low, scale.high + 1)]
    edges = [scale.low + width * n / _MAX_STEPS for n in range(_MAX_STEPS + 1)]
    last = scale.high + width / _MAX_STEPS
    return [
        Step(low, high if n < _MAX_STEPS else last, f"{shown(low)} to {shown(high)}")
        for n, (low, high) in enumerate(pairwise(edges), 1)
    ]


def step_of(rating: float, scale: Scale) -> int:
    """Return the number of the step that a rating is in."""
    width = scale.high - scale.low
    if width <= _MAX_STEPS:
        at = int(rating - scale.low + 0.5)
        return min(max(at, 0), width)
    at = int((rating - scale.low) / width * _MAX_STEPS + _TINY)
    return min(max(at, 0), _MAX_STEPS - 1)


class Usual(NamedTuple):
    """The usual ratings: how many other ratings of the journal are in each step, their median and quartiles.

    `median` is None with fewer than 14 ratings; `low` and `high`, between which half of them lie,
    are None with fewer than 42.
    """

    number: int
    steps: tuple[int, ...]
    median: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def words(self) -> str:
        """A plain sentence about what is usual, or why that can't be said yet."""
        if not self.number:
            return "No other day is rated yet."
        if self.median is None:
            return f"It takes {USUAL_FROM} other ratings to say what is usual, and there {'is' if self.number == 1 else 'are'} {self.number}."
        others = counted(self.number, "other rating")
        usual = f"Your usual rating is {shown(self.median)}, the median of {others}"
        if self.low is None or self.high is None:
            return f"{usual}. It takes {SPREAD_FROM} ratings to say how far they spread."
        if self.low == self.high:
            return f"{usual}; half of them are {shown(self.low)}."
        return f"{usual}; half of them are from {shown(self.low)} to {shown(self.high)}."


def usual(ratings: Sequence[float], scale: Scale) -> Usual:
    """Return the usual ratings by the ratings of other days."""
    counts = [0] * len(steps(scale))
    for rating in ratings:
        counts[step_of(rating, scale)] += 1
    found = Usual(len(ratings), tuple(counts))
    if len(ratings) >= USUAL_FROM:
        found = found._replace(median=median(ratings))
    if len(ratings) >= SPREAD_FROM:
        found = found._replace(low=quantile(ratings, 0.25), high=quantile(ratings, 0.75))
    return found
