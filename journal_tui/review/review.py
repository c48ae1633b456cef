"""A review: what a period's days say, as counts, ratings and passages that lead to their days.

`make_review` returns a `Review`. Its numbers are `Figure`s: each has the days from which it comes and,
if there is one, the search that finds exactly these days.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import DONE, DROPPED, WAITING, Scale, shown
from journal_tui.entry.tokenizer import is_mention, term_of
from journal_tui.period import Period
from journal_tui.review import ratings
from journal_tui.review.coverage import Counting, Coverage, possible_days
from journal_tui.review.ratings import Band, Step, Usual
from journal_tui.review.span import Span, span_around
from journal_tui.review.written_day import LearningPoint, WrittenDay

NOT_WRITTEN, UNRATED, RATED = "not written", "without a rating", "rated"
"""The three states of a day; one that is rated zero is rated."""
MAX_EXTREMES = 3
SHORTEST_GAP = {"workday": 5, "day": 7}
"""The fewest unwritten days in a row that are a gap: of workdays, or of all days."""


class Figure(NamedTuple):
    """A number, the days that it comes from, in order, and the search that finds these days, or ""."""

    number: int
    days: tuple[date, ...] = ()
    query: str = ""


class Cell(NamedTuple):
    """A day of the heat map: its state, its rating, whether it counts and whether it has passed."""

    day: date
    state: str
    rating: float | None
    counts: bool
    has_come: bool = True


class Share(NamedTuple):
    """A step of the scale with the days whose ratings are in it, and their fraction of all ratings.

    `usual` is this step's fraction of the journal's other ratings, or None if these are too few.
    """

    step: Step
    figure: Figure
    part: float
    usual: float | None


class Bin(NamedTuple):
    """The ratings of a day, week, month, quarter or year: the median, None if nothing is rated."""

    span: Span
    median: float | None
    rated: int
    written: int


class Enjoyment(NamedTuple):
    """How the days were rated: the rated days in order, and statistics of their ratings.

    `median` and `band` are None with fewer than five ratings. `band` has the ratings that don't
    differ from the median. `unrated` are the days that are written without a rating. `shares` has
    the distribution beside the usual one; `best` and `worst` are the days above and below the median
    that differ most from it, and `why_no_extremes` explains why there are none, or is "".
    """

    scale: Scale
    rated: tuple[WrittenDay, ...]
    unrated: Figure
    median: float | None
    band: Band | None
    shares: tuple[Share, ...]
    usual: Usual
    best: tuple[WrittenDay, ...]
    worst: tuple[WrittenDay, ...]
    why_no_extremes: str = ""

    def stands_out(self, day: WrittenDay) -> bool:
        """Return whether a day's rating is outside `band`, so that it differs from the median."""
        return self.band is not None and day.rating is not None and day.rating not in self.band


class Theme(NamedTuple):
    """The learning points with a tag or a person, or with neither if `name` is ""."""

    name: str
    points: tuple[LearningPoint, ...]
    figure: Figure


class FollowUpFigures(NamedTuple):
    """The follow-ups that were written in the period, by their state today.

    `open` includes those that wait for someone and those that are late. `earlier` are those
    written on other days and closed in the period, by the dates in their texts; its `days` are those
    on which they were written.
    """

    listed: tuple[FollowUp, ...]
    made: Figure
    done: Figure
    dropped: Figure
    open: Figure
    waiting: Figure
    late: Figure
    earlier: Figure
    closed_earlier: tuple[FollowUp, ...] = ()


class Tally(NamedTuple):
    """A tag, a person or a kind of note, and the days that have it."""

    name: str
    figure: Figure


class Gap(NamedTuple):
    """Days in a row without an entry: the first, the last, and how many of them count."""

    first: date
    last: date
    length: int


class Review(NamedTuple):
    """What the days of a span say.

    `days` are the days that are looked at: the span's, without an open end. `written` has its
    written days in order; `notes` are the notes of weeks and longer periods that begin in it.
    `missing` are the days that count and aren't written, `extra` the written ones that don't count.
    `first_ever` and `last_ever` are the first and last written day of the journal, or None.
    """

    span: Span
    days: Period
    today: date
    counting: Counting
    written: Mapping[date, WrittenDay]
    notes: tuple[WrittenDay, ...]
    coverage: Coverage
    covered: Figure
    missing: tuple[date, ...]
    extra: Figure
    gaps: tuple[Gap, ...]
    enjoyment: Enjoyment
    points: Figure
    themes: tuple[Theme, ...]
    follow_ups: FollowUpFigures
    people: tuple[Tally, ...]
    tags: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    words: Figure
    first_ever: date | None = None
    last_ever: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in the period."""
        return not self.written and not self.notes

    def cells(self, first: date | None = None, last: date | None = None) -> Iterator[Cell]:
        """Yield the cells of the heat map, of all days of the review or of [first, last]."""
        begin = (first or self.days.start).toordinal()
        end = (last or self.days.last).toordinal()
        for number in range(begin, end + 1):
            yield self.cell(date.fromordinal(number))

    def cell(self, day: date) -> Cell:
        """Return the cell of a day."""
        found = self.written.get(day)
        state = NOT_WRITTEN if found is None else UNRATED if found.rating is None else RATED
        rating = found.rating if found else None
        return Cell(day, state, rating, self.counting.counts(day), day <= self.today)

    def bins(self, kind: str) -> list[Bin]:
        """Return the ratings by `day`, `week`, `month`, `quarter` or `year`, in order, gaps included."""
        found: list[Bin] = []
        of_bin: dict[date, list[WrittenDay]] = {}
        for day in self.written.values():
            of_bin.setdefault(_begin(kind, day.day), []).append(day)
        span: Span | None = span_around(kind, self.days.start)
        while span and span.days.start <= self.days.last:
            days = of_bin.get(span.days.start, [])
            rated = [day.rating for day in days if day.rating is not None]
            middle = ratings.median(rated) if rated else None
            found.append(Bin(span, middle, len(rated), len(days)))
            span = None if span.days.is_open else span_around(kind, span.days.end)
        return found


def make_review(
    span: Span,
    days: Period,
    today: date,
    listed: Iterable[WrittenDay],
    other_ratings: Sequence[float],
    scale: Scale,
    counting: Counting,
    *,
    closed_earlier: Sequence[FollowUp] = (),
    first_ever: date | None = None,
    last_ever: date | None = None,
) -> Review:
    """Return the review of `days`, the days of the span without an open end.

    `listed` are the written days of the span and the notes of periods that begin in it, in order;
    `other_ratings` are the ratings of all other days of the journal; `closed_earlier` are the follow-ups
    of other days that were closed in the span.
    """
    written: dict[date, WrittenDay] = {}
    notes: list[WrittenDay] = []
    for found in listed:
        if found.period:
            notes.append(found)
        else:
            written[found.day] = found
    # A search by date finds a period's note by its first day, so the searches exclude these notes.
    entries = _both(span.query, "-kind:period" if notes else "")
    begin = max(days.start, first_ever) if first_ever and not counting.is_known else days.start
    possible = possible_days(begin, days.last, today, written, counting)
    if counting.is_known:
        covered = tuple(day for day in written if counting.counts(day) and day <= today)
        extra = tuple(day for day in written if not counting.counts(day) and day <= today)
        coverage = Coverage(days.start, len(covered), len(possible), counting.noun)
    else:
        covered, extra = tuple(written), ()
        coverage = Coverage(days.start, len(covered), None, counting.noun)
    missing = tuple(day for day in possible if day not in written)
    return Review(
        span,
        days,
        today,
        counting,
        written,
        tuple(notes),
        coverage,
        # The search would also find days that don't count, or haven't come yet.
        Figure(len(covered), covered, entries if len(covered) == len(written) else ""),
        missing,
        Figure(len(extra), extra, ""),
        _gaps(days, today, written, counting, first_ever),
        _enjoyment(written, other_ratings, scale, entries),
        _points(written, entries),
        _themes(written, entries),
        _follow_ups([*written.values(), *notes], closed_earlier, span.query, today),
        *_names(written, entries),
        Figure(sum(day.words for day in written.values()), tuple(written), entries),
        first_ever,
        last_ever,
    )


def _both(one: str, two: str) -> str:
    return f"{one} {two}".strip()


def _begin(kind: str, day: date) -> date:
    """Return the first day of the day, week, month, quarter or year that contains a day."""
    match kind:
        case "week":
            return date.fromordinal(max(1, day.toordinal() - day.weekday()))
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "year":
            return date(day.year, 1, 1)
    return day


def _gaps(
    days: Period,
    today: date,
    written: Mapping[date, WrittenDay],
    counting: Counting,
    first_ever: date | None,
) -> tuple[Gap, ...]:
    """Return the gaps from the journal's first written day to today, the earliest first."""
    if first_ever is None:
        return ()
    first, last = max(days.start, first_ever), min(days.last, today)
    least = SHORTEST_GAP[counting.noun]
    places = [day for day in written if first <= day <= last]
    # A gap is between two written days, or between one and the first or last day looked at.
    edges = [first - timedelta(1) if first > date.min else first, *places]
    found: list[Gap] = []
    ends = [*places, last + timedelta(1) if last < date.max else last]
    for before, after in zip(edges, ends, strict=True):
        length = (after - before).days - 1
        if length < least:
            continue
        begin, end = before + timedelta(1), after - timedelta(1)
        count = len(counting.days(begin, end)) if counting.is_known else length
        if end == today and today not in written and counting.counts(today):
            count -= 1
        if count >= least:
            found.append(Gap(begin, end, count))
    return tuple(found)


def _enjoyment(
    written: Mapping[date, WrittenDay], others: Sequence[float], scale: Scale, entries: str
) -> Enjoyment:
    rated = tuple(day for day in written.values() if day.rating is not None)
    without = tuple(day for day, found in written.items() if found.rating is None)
    values = [day.rating for day in rated if day.rating is not None]
    middle = ratings.median(values) if len(values) >= ratings.FEWEST_RATINGS else None
    usual = ratings.usual(others, scale)
    steps = ratings.steps(scale)
    of_step: list[list[WrittenDay]] = [[] for _ in steps]
    for day, value in zip(rated, values, strict=True):
        of_step[ratings.step_of(value, scale)].append(day)
    shares = tuple(
        Share(
            step,
            _figure(
                found,
                _both(
                    entries, step.query(scale, [d.rating for d in found if d.rating is not None])
                ),
            ),
            len(found) / len(values) if values else 0.0,
            usual.steps[at] / usual.number if usual.median is not None else None,
        )
        for at, (step, found) in enumerate(zip(steps, of_step, strict=True))
    )
    best, worst, rest = _extremes(rated, values)
    unrated = Figure(len(without), without, _both(entries, "-rating:0+") if without else "")
    return Enjoyment(
        scale,
        rated,
        unrated,
        middle,
        ratings.band(middle, scale) if middle is not None else None,
        shares,
        usual,
        best,
        worst,
        rest,
    )


def _figure(days: Sequence[WrittenDay], query: str) -> Figure:
    return Figure(len(days), tuple(day.day for day in days), query if days else "")


def _extremes(
    rated: Sequence[WrittenDay], values: Sequence[float]
) -> tuple[tuple[WrittenDay, ...], tuple[WrittenDay, ...], str]:
    """Return the best and the worst days, or why there are none.

    Among days with the same rating, one with a remark comes first, and then the newest.
    """
    if not rated:
        return (), (), "Without ratings, no day is the best or the worst."
    if len(rated) == 1:
        return (), (), "One rated day alone is neither the best nor the worst."
    if len(set(values)) == 1:
        return (
            (),
            (),
            f"All {len(rated):,} ratings are {shown(values[0])}, so none is the best or the worst.",
        )
    middle = ratings.median(values)
    ordered = sorted(rated, key=lambda it: (not it.remark, -it.day.toordinal()))
    above = [day for day in ordered if day.rating is not None and day.rating > middle]
    below = [day for day in ordered if day.rating is not None and day.rating < middle]
    best = sorted(above, key=lambda it: -(it.rating or 0))[:MAX_EXTREMES]
    worst = sorted(below, key=lambda it: it.rating or 0)[:MAX_EXTREMES]
    return tuple(best), tuple(worst), ""


def _points(written: Mapping[date, WrittenDay], entries: str) -> Figure:
    days = tuple(day for day, found in written.items() if found.points)
    count = sum(len(written[day].points) for day in days)
    return Figure(count, days, _both(entries, "in:learning"))


def _themes(written: Mapping[date, WrittenDay], entries: str) -> tuple[Theme, ...]:
    """Return the learning points by the tags and people in them, the most used first."""
    groups: dict[str, list[LearningPoint]] = {}
    spelled: dict[str, str] = {}
    rest: list[LearningPoint] = []
    for day in written.values():
        for point in day.points:
            if not point.names:
                rest.append(point)
            for name in point.names:
                term = _term(name)
                spelled[term] = name
                listed = groups.setdefault(term, [])
                # A point may name somebody twice.
                if not listed or listed[-1] is not point:
                    listed.append(point)
    ordered = sorted(groups, key=lambda term: (-len(groups[term]), term))
    exact = exact_queries(groups)

    def theme(term: str, points: list[LearningPoint]) -> Theme:
        days = tuple(dict.fromkeys(point.day for point in points))
        query = _both(entries, f"in:learning {exact[term]}") if exact.get(term) else ""
        return Theme(spelled.get(term, ""), tuple(points), Figure(len(points), days, query))

    themes = [theme(term, groups[term]) for term in ordered]
    return (*themes, theme("", rest)) if rest else tuple(themes)


def exact_queries(terms: Iterable[str]) -> dict[str, str]:
    """Return for each folded tag or person the search that finds it and none of the others, or "".

    A search for @ann finds @anna, too, so with both terms @ann has none.
    """
    ordered = sorted(terms)
    return {
        term: term if is_mention(term) and not after.startswith(term) else ""
        for term, after in zip(ordered, [*ordered[1:], ""], strict=False)
    }


# Cached because a journal has few names, which are on many days.
_term = lru_cache(maxsize=20_000)(term_of)


def _follow_ups(
    files: Iterable[WrittenDay], closed: Sequence[FollowUp], where: str, today: date
) -> FollowUpFigures:
    listed = tuple(task for found in files for task in found.follow_ups)

    def figure(query: str, holds: Callable[[FollowUp], bool]) -> Figure:
        found = [task for task in listed if holds(task)]
        days = tuple(dict.fromkeys(task.day for task in found))
        return Figure(len(found), days, _both(where, query) if found else "")

    return FollowUpFigures(
        listed,
        figure("in:follow-ups", lambda task: True),
        figure("is:done", lambda task: task.state == DONE),
        figure("is:dropped", lambda task: task.state == DROPPED),
        figure("is:open", lambda task: not task.is_closed),
        figure("is:waiting", lambda task: task.state == WAITING),
        figure("is:late", lambda task: task.is_late(today)),
        Figure(len(closed), tuple(sorted({task.day for task in closed}))),
        tuple(closed),
    )


def _names(
    written: Mapping[date, WrittenDay], entries: str
) -> tuple[tuple[Tally, ...], tuple[Tally, ...], tuple[Tally, ...]]:
    """Return the people, the tags and the kinds of notes, each with its days, the most used first."""
    days: dict[str, list[date]] = {}
    spelled: dict[str, str] = {}
    of_kind: dict[str, list[date]] = {}
    for day, found in written.items():
        for name in found.names:
            term = _term(name)
            spelled[term] = name
            listed = days.setdefault(term, [])
            if not listed or listed[-1] != day:
                listed.append(day)
        for kind in found.kinds:
            of_kind.setdefault(kind, []).append(day)

    exact = exact_queries(days)

    def tally(term: str) -> Tally:
        query = _both(entries, exact[term]) if exact[term] else ""
        return Tally(spelled[term], Figure(len(days[term]), tuple(days[term]), query))

    def tallies(sign: str) -> tuple[Tally, ...]:
        named = sorted((t for t in days if t[0] == sign), key=lambda t: (-len(days[t]), t))
        return tuple(map(tally, named))

    kinds = sorted(of_kind, key=lambda kind: (-len(of_kind[kind]), kind))
    return (
        tallies("@"),
        tallies("#"),
        tuple(
            Tally(
                kind,
                Figure(
                    len(of_kind[kind]),
                    tuple(of_kind[kind]),
                    _both(entries, f"kind:{kind}") if is_exact_kind(kind, kinds) else "",
                ),
            )
            for kind in kinds
        ),
    )


def is_exact_kind(kind: str, kinds: Iterable[str]) -> bool:
    """Return whether a search for a kind of notes finds no other kind; `kind:visit` also finds `visit-lab`."""
    return not any(other.startswith(f"{kind}-") for other in kinds)
