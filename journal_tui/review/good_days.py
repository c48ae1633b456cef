"""Find what goes with good days: whether ratings differ on days with a tag, a person, a weekday and so on.

`make_good_days` returns a `GoodDays` with a `FactorAnswer` for each `Factor`, and `TooFew` for factors with
too few days. It either compares all factors and corrects for their number, or only one, which has to be
chosen before seeing any answer. No answer says why ratings differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.model import Scale, shown
from journal_tui.entry.tokenizer import term_of
from journal_tui.period import WEEKDAYS, Period
from journal_tui.review import significance
from journal_tui.review.ratings import median, quantile
from journal_tui.review.review import Figure, exact_queries, is_exact_kind
from journal_tui.review.significance import ALPHA, Difference
from journal_tui.review.span import Span
from journal_tui.review.written_day import WrittenDay

FEWEST_DAYS = 8
"""The fewest rated days that are needed with a factor, and also without it."""
TAG, PERSON, KIND, WEEKDAY, LENGTH, SEARCH = "tag", "person", "kind", "weekday", "length", "search"
# Weeks go from Monday to Sunday; the ordinal of a Monday leaves 1 when divided by 7.
_DAYS_OF_WEEK = 7


class Factor(NamedTuple):
    """Something that a day has or doesn't have: its name, its kind, its days, and a search for these."""

    name: str
    kind: str
    days: frozenset[date]
    query: str = ""


class FactorAnswer(NamedTuple):
    """How the rated days with a factor differ from those without it.

    `with_it` are the rated days that have it, `others` is the number of those that don't.
    `difference` has the p-value and the interval; `weekday_p` is the p-value once the differences
    between weekdays are removed, None for a weekday itself. `is_shown` is whether the numbers show a
    difference, and `may_be_weekday` whether they show one only before the differences between weekdays
    are removed. `smallest` is the smallest difference that would probably be shown with these numbers of
    days and questions.
    """

    factor: Factor
    with_it: Figure
    others: int
    median: float
    other_median: float
    difference: Difference
    weekday_p: float | None
    smallest: float = 0.0
    is_shown: bool = False
    may_be_weekday: bool = False

    @property
    def p(self) -> float:
        """The larger of both p-values, which decides whether the numbers show a difference."""
        return max(self.difference.p, self.weekday_p or 0.0)

    @property
    def words(self) -> str:
        """The numbers in a plain sentence."""
        found = self.difference
        days = counted(self.with_it.number, "day")
        said = (
            f"median {shown(self.median)} on {days}, {shown(self.other_median)} on "
            f"{self.others:,} others"
        )
        size, low, high = (round(value, 1) for value in (found.difference, found.low, found.high))
        which = "higher" if size > 0 else "lower"
        typical = f"typically {shown(abs(size))} {which}" if size else "typically the same"
        return f"{said}; {typical} ({_signed(low)} to {_signed(high)})"


def _signed(value: float) -> str:
    """Return a difference with its sign: +1, −0.5, 0."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{shown(abs(value))}"


class TooFew(NamedTuple):
    """A factor about which nothing can be said, with its rated days and the number of all others."""

    factor: Factor
    with_it: Figure
    others: int

    @property
    def words(self) -> str:
        """The reason in a plain sentence."""
        return (
            f"{self.factor.name}: on {counted(self.with_it.number, 'rated day')} and not on "
            f"{self.others:,}; it takes {FEWEST_DAYS} of each."
        )


class GoodDays(NamedTuple):
    """The answers for the rated days of a span: first those that show a difference, then by p-value.

    `question` is the name of the only factor that was asked about, or "" if all were. `refusal` explains
    why no factor can be compared, or is "".
    """

    span: Span
    days: Period
    scale: Scale
    rated: Figure
    median: float | None
    question: str
    answers: tuple[FactorAnswer, ...]
    too_few: tuple[TooFew, ...]
    refusal: str = ""


def make_good_days(
    span: Span,
    days: Period,
    scale: Scale,
    written: Iterable[WrittenDay],
    factors: Callable[[Sequence[WrittenDay]], Iterable[Factor]] | None = None,
    question: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> GoodDays:
    """Return what goes with good days among the days of a span.

    `written` are its written days in order. `factors` returns the factors to ask about, given the rated
    days; by default all of them. A `question` is the name of the only factor that is asked about.
    `progress` is called after each factor, and `stop` before each. If `stop` returns True, the answers so
    far are left out, because a correction for some of the questions would be wrong.
    """
    listed = list(written)
    rated = [day for day in listed if day.rating is not None and not day.period]
    has_notes = any(day.period for day in listed)

    def entries(query: str) -> str:
        # A search by date finds a period's note by its first day, so the searches exclude these notes.
        parts = (span.query, query, "rating:0+", "-kind:period" if has_notes else "")
        return " ".join(filter(None, parts))

    values = [day.rating for day in rated if day.rating is not None]
    found = GoodDays(
        span,
        days,
        scale,
        Figure(len(rated), tuple(day.day for day in rated), entries("")),
        median(values) if values else None,
        question,
        (),
        (),
        _refusal(values),
    )
    if found.refusal:
        return found
    asked = list((factors or all_factors)(rated))
    dates = [day.day for day in rated]
    ranks = significance.midranks(values)
    ranks_without_weekdays = significance.midranks(_without_weekdays(dates, values))
    answers: list[FactorAnswer] = []
    too_few: list[TooFew] = []
    for done, factor in enumerate(asked, 1):
        if stop():
            return found
        marks = [day in factor.days for day in dates]
        figure = Figure(
            sum(marks),
            tuple(day for day, has_it in zip(dates, marks, strict=True) if has_it),
            entries(factor.query) if factor.query else "",
        )
        others = len(marks) - figure.number
        answer = None
        if min(figure.number, others) >= FEWEST_DAYS:
            answer = _answer(factor, figure, dates, values, marks, ranks, ranks_without_weekdays)
        if answer:
            answers.append(answer)
        else:
            too_few.append(TooFew(factor, figure, others))
        progress(done, len(asked))
    return found._replace(
        answers=tuple(_decided(answers, significance.spread_of(values))),
        too_few=tuple(sorted(too_few, key=lambda it: (-it.with_it.number, it.factor.name))),
    )


def _refusal(values: Sequence[float]) -> str:
    if len(values) < 2 * FEWEST_DAYS:
        return (
            f"It takes {2 * FEWEST_DAYS} rated days to compare them, and there "
            f"{'is' if len(values) == 1 else 'are'} {len(values)}."
        )
    if len(set(values)) == 1:
        return f"All {len(values):,} ratings are {shown(values[0])}, so nothing can differ."
    return ""


def _answer(
    factor: Factor,
    figure: Figure,
    dates: Sequence[date],
    values: Sequence[float],
    marks: Sequence[bool],
    ranks: Sequence[int],
    ranks_without_weekdays: Sequence[int],
) -> FactorAnswer | None:
    """Return how the marked days differ; None if a weekday has too few weeks to be compared in."""
    if factor.kind == WEEKDAY:
        by_week = _differences_of_weeks(dates, values, marks)
        if len(by_week) < FEWEST_DAYS:
            return None
        difference, weekday_p = significance.week_test(by_week), None
    else:
        difference = significance.shift_test(values, ranks, marks)
        weekday_p, _ = significance.shift_p(ranks_without_weekdays, marks)
    others = len(values) - figure.number
    return FactorAnswer(
        factor,
        figure,
        others,
        median([value for value, has_it in zip(values, marks, strict=True) if has_it]),
        median([value for value, has_it in zip(values, marks, strict=True) if not has_it]),
        difference,
        weekday_p,
    )


def _decided(answers: Sequence[FactorAnswer], spread: float) -> list[FactorAnswer]:
    """Return the answers, sorted, with whether each shows a difference after the correction for all."""
    shown_ones = significance.discoveries({str(n): it.p for n, it in enumerate(answers)})
    raw = significance.discoveries({str(n): it.difference.p for n, it in enumerate(answers)})
    questions = len(answers)
    decided = [
        answer._replace(
            smallest=significance.smallest_difference(
                spread, answer.with_it.number, answer.others, answer.difference.inflation, questions
            ),
            is_shown=str(number) in shown_ones,
            may_be_weekday=str(number) in raw
            and str(number) not in shown_ones
            and (answer.weekday_p or 0.0) > ALPHA,
        )
        for number, answer in enumerate(answers)
    ]
    return sorted(
        decided, key=lambda it: (not it.is_shown, not it.may_be_weekday, it.p, it.factor.name)
    )


def _without_weekdays(dates: Sequence[date], values: Sequence[float]) -> list[float]:
    """Return the ratings minus the mean rating of their weekday."""
    of_weekday: dict[int, list[float]] = {}
    for day, value in zip(dates, values, strict=True):
        of_weekday.setdefault(day.weekday(), []).append(value)
    means = {weekday: sum(it) / len(it) for weekday, it in of_weekday.items()}
    return [
        round(value - means[day.weekday()], 9) for day, value in zip(dates, values, strict=True)
    ]


def _differences_of_weeks(
    dates: Sequence[date], values: Sequence[float], marks: Sequence[bool]
) -> list[float]:
    """Return how far the marked day of each week is from the mean of its other days."""
    weeks: dict[int, tuple[list[float], list[float]]] = {}
    for day, value, is_marked in zip(dates, values, marks, strict=True):
        groups = weeks.setdefault((day.toordinal() - 1) // _DAYS_OF_WEEK, ([], []))
        groups[is_marked].append(value)
    return [
        sum(marked) / len(marked) - sum(rest) / len(rest)
        for rest, marked in weeks.values()
        if rest and marked
    ]


_term = lru_cache(maxsize=20_000)(term_of)


def all_factors(rated: Sequence[WrittenDay]) -> Iterator[Factor]:
    """Yield all factors of rated days: tags, people, kinds of notes, weekdays, and length."""
    days: dict[str, set[date]] = {}
    spelled: dict[str, str] = {}
    of_kind: dict[str, set[date]] = {}
    for day in rated:
        terms = {_term(name): name for name in day.names}
        spelled |= terms
        for term in terms:
            days.setdefault(term, set()).add(day.day)
        for kind in day.kinds:
            of_kind.setdefault(kind, set()).add(day.day)
    exact: Mapping[str, str] = exact_queries(days)
    for term in sorted(days):
        kind = TAG if term[0] == "#" else PERSON
        yield Factor(spelled[term], kind, frozenset(days[term]), exact[term])
    for name in sorted(of_kind):
        query = f"kind:{name}" if is_exact_kind(name, of_kind) else ""
        yield Factor(f"kind:{name}", KIND, frozenset(of_kind[name]), query)
    for number in sorted({day.day.weekday() for day in rated}):
        yield weekday_factor(number, rated)
    if (longest := _longest(rated)) is not None:
        yield longest


def weekday_factor(number: int, rated: Sequence[WrittenDay]) -> Factor:
    """Return a weekday as a factor; Monday is 0."""
    name = WEEKDAYS[number]
    days = frozenset(day.day for day in rated if day.day.weekday() == number)
    return Factor(name, WEEKDAY, days, f"on:{name.lower()}")


def _longest(rated: Sequence[WrittenDay]) -> Factor | None:
    """Return the third of the days on which most was written; None if all are of the same length."""
    least = int(quantile([float(day.words) for day in rated], 2 / 3)) + 1
    days = frozenset(day.day for day in rated if day.words >= least)
    # There is no search for these days, because one counts the words of an entry, without those of notes.
    return Factor(f"{counted(least, 'word')} or more", LENGTH, days) if days else None
