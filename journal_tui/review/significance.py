"""Tests of whether ratings differ, for days whose ratings persist and whose tags come in runs.

Ratings resemble those of the day before, and a tag is often used for days on end, so that a usual
test finds differences where there are none. `shift_test` compares the days with all circular shifts
of the tag against the ratings, which keep both kinds of runs. On workdays, every fifth shift of a weekday
is the same weekday, so `week_test` compares it with the other days of its weeks instead.
"""

import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress, pairwise
from operator import add, mul
from typing import NamedTuple

ALPHA = 0.05
POWER = 0.8
# The quantiles of the normal distribution for ALPHA, two-sided, and for POWER.
_Z_ALPHA, _Z_POWER = 1.959964, 0.841621
_LARGEST_WORD, _SCALE = 1 << 32, 1 << 15
# With up to _FEW_MARKS * days ** _KARATSUBA marks, adding is quicker than Karatsuba's multiplication.
_FEW_MARKS, _KARATSUBA = 2, 0.585


class Difference(NamedTuple):
    """How far ratings with something differ from those without it.

    `p` is the share of chance arrangements that differ at least as much. `difference` is the median of the
    differences of all pairs, or for a weekday the mean difference from the rest of the week, and `low` to
    `high` is its 95 % interval. `inflation` is the variance divided by that of independent days.
    """

    p: float
    difference: float
    low: float
    high: float
    inflation: float = 1.0


def midranks(values: Sequence[float]) -> list[int]:
    """Return twice the rank of each value, a whole number, with the mean rank for equal values."""
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    rank_of: dict[float, int] = {}
    before = 0
    for value in sorted(counts):
        rank_of[value] = 2 * before + counts[value] + 1
        before += counts[value]
    return [rank_of[value] for value in values]


def shifted_sums(numbers: Sequence[int], marks: Sequence[bool]) -> list[int]:
    """Return, for each circular shift of the marks, the sum of the marked numbers."""
    count, number = len(numbers), sum(marks)
    if number > _FEW_MARKS * count**_KARATSUBA:
        return circular_products(numbers, marks)
    # Adding the numbers for each mark is quicker than multiplying by mostly zeros.
    size, form = _slot(sum(numbers))
    left = int.from_bytes(struct.pack(f"<{count}{form}", *numbers), "little")
    total = 0
    for at in compress(range(count), marks):
        total += left << (8 * size * (count - 1 - at))
    return _folded(total, count, size, form)


def circular_products(numbers: Sequence[int], others: Sequence[int]) -> list[int]:
    """Return, for each circular shift of the others, the sum of the products with the numbers.

    The sums are the digits of a product of two long integers, which Python multiplies quickly.
    """
    count = len(numbers)
    size, form = _slot(sum(numbers) * max(others))
    left = int.from_bytes(struct.pack(f"<{count}{form}", *numbers), "little")
    right = int.from_bytes(struct.pack(f"<{count}{form}", *others[::-1]), "little")
    return _folded(left * right, count, size, form)


def _slot(largest: int) -> tuple[int, str]:
    """Return the bytes that a sum takes, and the sign by which `struct` writes it."""
    return (4, "I") if largest < _LARGEST_WORD else (8, "Q")


def _folded(product: int, count: int, size: int, form: str) -> list[int]:
    """Return the sums of circular shifts; each adds two digits of the product, which are sums without wrapping."""
    sums = struct.unpack(f"<{2 * count}{form}", product.to_bytes(2 * count * size, "little"))
    return [sums[count - 1], *map(add, sums[count : 2 * count - 1], sums)]


def shift_p(ranks: Sequence[int], marks: Sequence[bool]) -> tuple[float, float]:
    """Return the p-value of the rank sum among all circular shifts, and the variance of the sums.

    There are only as many shifts as days, so the p-value of 200 days is at least 0.005. A p-value of at most
    ALPHA is refined by Student's distribution, whose degrees of freedom are the number of independent shifts.
    The refined p-value is at least the share of the other shifts that differ as much.
    """
    count, number = len(ranks), sum(marks)
    sums = shifted_sums(ranks, marks)
    middle = number * sum(ranks)
    # Count the sums at least as far from the middle as the first, in whole numbers and without a Python loop.
    away = abs(count * sums[0] - middle)
    low, high = (middle - away) // count, -((-middle - away) // count)
    as_far = sum(map(high.__le__, sums)) + sum(map(low.__ge__, sums)) if away else count
    # The sums of all shifts together are `middle`.
    variance = (count * sum(map(mul, sums, sums)) - middle * middle) / count**2
    p = as_far / count
    if p <= ALPHA:
        degrees = _independent(sums)
        tail = 2 * student_tail(away / count / math.sqrt(variance), max(1, round(degrees)))
        p = min(p, max(tail, (as_far - 1) / (count - 1)))
    return p, variance


def _independent(sums: Sequence[int]) -> float:
    """Return the effective number of independent sums, by their autocorrelation."""
    count = len(sums)
    lowest, width = min(sums), max(1, max(sums) - min(sums))
    scaled = [(total - lowest) * _SCALE // width for total in sums]
    products = circular_products(scaled, scaled)
    mean = sum(scaled) ** 2 / count
    variance = products[0] - mean
    if variance <= 0:
        return 1.0
    return count / sum(((product - mean) / variance) ** 2 for product in products)


def shift_test(values: Sequence[float], ranks: Sequence[int], marks: Sequence[bool]) -> Difference:
    """Test whether marked values differ from the others; there must be some of both.

    The values are in the order of their days, and `ranks` are their `midranks`.
    """
    p, variance = shift_p(ranks, marks)
    count, number = len(values), sum(marks)
    independent = independent_variance(ranks, number)
    inflation = max(1.0, variance / independent) if independent else 1.0
    # Ranks are doubled here, and the number of pairs isn't.
    error = _Z_ALPHA * math.sqrt(independent * inflation) / 2
    pairs = _pairs(values, marks)
    total = number * (count - number)
    return Difference(
        p,
        _quantile(pairs, total / 2),
        _quantile(pairs, total / 2 - error),
        _quantile(pairs, total / 2 + error),
        inflation,
    )


def independent_variance(ranks: Sequence[int], number: int) -> float:
    """Return the variance of the sum of `number` ranks of independent days, corrected for equal values."""
    count = len(ranks)
    mean = sum(ranks) / count
    spread = sum((rank - mean) ** 2 for rank in ranks) / count
    return number * (count - number) / (count - 1) * spread


def _pairs(values: Sequence[float], marks: Sequence[bool]) -> list[tuple[float, int]]:
    """Return the differences of marked values from the others, sorted, each with its number of pairs."""
    marked = Counter(compress(values, marks))
    rest = Counter(values) - marked
    pairs: dict[float, int] = {}
    for one, ones in marked.items():
        for other, others in rest.items():
            difference = round(one - other, 6)
            pairs[difference] = pairs.get(difference, 0) + ones * others
    return sorted(pairs.items())


def _quantile(pairs: Sequence[tuple[float, int]], place: float) -> float:
    """Return the difference at a place among all pairs; at the border of two, their mean."""
    passed = 0
    for at, (difference, number) in enumerate(pairs):
        passed += number
        if place < passed:
            return difference
        if place == passed and at + 1 < len(pairs):
            return (difference + pairs[at + 1][0]) / 2
    return pairs[-1][0]


def week_test(differences: Sequence[float]) -> Difference:
    """Test whether a weekday differs from the rest of its week, by Student's t for the weeks' differences.

    The differences are in the order of their weeks; there must be two or more.
    """
    count = len(differences)
    mean = sum(differences) / count
    variance = sum((value - mean) ** 2 for value in differences) / (count - 1)
    # A Friday resembles the Monday after it, so that weeks aren't quite independent.
    following = sum((one - mean) * (two - mean) for one, two in pairwise(differences))
    inflation = 1 + 2 * max(0.0, following / (count - 1) / variance) if variance else 1.0
    error = math.sqrt(variance / count * inflation)
    if error < 1e-12:
        return Difference(1.0 if abs(mean) < 1e-12 else 0.0, mean, mean, mean)
    half = student_quantile(1 - ALPHA / 2, count - 1) * error
    p = 2 * student_tail(abs(mean) / error, count - 1)
    return Difference(p, mean, mean - half, mean + half, inflation)


def student_tail(t: float, degrees: int) -> float:
    """Return the probability of a value above `t`, which isn't negative, in Student's distribution."""
    return _incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2


def student_quantile(share: float, degrees: int) -> float:
    """Return the value below which a share, at least a half, of Student's distribution lies."""
    low, high = 0.0, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        if 1 - student_tail(middle, degrees) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularized incomplete beta function (Numerical Recipes, section 6.4)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(b, a, 1 - x) / b
    return front * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 300):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + term * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + term / c
            c = c if abs(c) > tiny else tiny
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return result


def smallest_difference(
    spread: float, number: int, others: int, inflation: float, questions: int = 1
) -> float:
    """Return the smallest difference that four of five samples with these numbers of days would show.

    It grows with the number of questions that are asked at once.
    """
    error = spread * math.sqrt((1 / number + 1 / others) * inflation)
    return (normal_quantile(1 - ALPHA / 2 / questions) + _Z_POWER) * error


def normal_quantile(share: float) -> float:
    """Return the value below which a share, at least a half, of the normal distribution lies."""
    low, high = 0.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        if 1 - math.erfc(middle / math.sqrt(2)) / 2 < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def spread_of(values: Sequence[float]) -> float:
    """Return the standard deviation of at least two values."""
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def discoveries(p_values: Mapping[str, float], alpha: float = ALPHA) -> frozenset[str]:
    """Return the names whose p-values are significant after Benjamini and Hochberg's correction."""
    ordered = sorted(p_values, key=lambda name: p_values[name])
    shown = 0
    for rank, name in enumerate(ordered, 1):
        if p_values[name] <= alpha * rank / len(ordered):
            shown = rank
    return frozenset(ordered[:shown])
