"""Gather the facts of a review from the index: its written days, and the ratings of all others."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.mentions import mentions
from journal_tui.entry.model import Scale
from journal_tui.errors import UsageError
from journal_tui.garbage_collection import less_garbage_collection
from journal_tui.index.analyzer import term
from journal_tui.index.postings import codes_of, day_of, escape, sort_key
from journal_tui.lookups import written_days
from journal_tui.lookups.follow_ups import of_record
from journal_tui.period import WEEKDAYS, Period
from journal_tui.query.fields import CLOSED_SINCE, FOLLOW_UP
from journal_tui.query.nodes import Condition, leaves
from journal_tui.review.coverage import Counting
from journal_tui.review.good_days import SEARCH, Factor, GoodDays, make_good_days, weekday_factor
from journal_tui.review.review import Review, make_review
from journal_tui.review.span import Span
from journal_tui.review.written_day import LearningPoint, WrittenDay

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.index import Index
    from journal_tui.index.search import Hit
    from journal_tui.index.segment import DayRecords
    from journal_tui.library.config import Config
    from journal_tui.query.parser import Query

# Garbage is collected only after so many new objects while written days are read.
_OBJECTS = 2_000_000
_OF_RATINGS = ("rating", "remark")
# A journal without an entry for so many days counts as ended: a review ends with its last entry.
_RESTING = 366


def review(index: "Index", config: "Config", span: Span, today: date) -> Review:
    """Return the review of a span; a year of the index that was read before isn't read again."""
    first_ever, last_ever = written_days.first_and_last(index)
    days = _days(span, first_ever, last_ever, today)
    first, last = _with_notes(span, days)
    # Thousands of days would trigger many garbage collections.
    with less_garbage_collection(_OBJECTS):
        rated = written_days.rated_days(index)
        return make_review(
            span,
            days,
            today,
            written_between(index, first, last),
            [rating for day, rating in rated.items() if not days.contains(day)],
            Scale(*config.scale),
            Counting(config.counting, config.start),
            closed_earlier=list(_closed_earlier(index, first, last)),
            first_ever=first_ever,
            last_ever=last_ever,
        )


def _days(span: Span, first: date | None, last: date | None, today: date) -> Period:
    """Return the days of a span; one without an end lasts until today, or the last entry if that is later.

    If the last entry is more than a year old, it is the end.
    """
    if first is None or last is None:
        return span.within(today, today)
    is_old = (today - last).days > _RESTING
    return span.within(first, last if is_old else max(today, last))


def _with_notes(span: Span, days: Period) -> tuple[date, date]:
    """Return the first and the last day to read, to include the notes of periods that begin outside `days`.

    `days` are those of the span without an open beginning or end.
    """
    return min(days.start, span.days.start), max(days.last, span.days.last)


def good_days(
    index: "Index",
    config: "Config",
    span: Span,
    today: date,
    question: "Query | None",
    find: "Callable[[Query], Iterator[Hit]]",
    progress: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> GoodDays:
    """Return what goes with good days in a span, or the answer to a question; `find` yields its hits.

    Raise UsageError if the question is about ratings.
    """
    days = _days(span, *written_days.first_and_last(index), today)
    with less_garbage_collection(_OBJECTS):
        written = list(written_between(index, *_with_notes(span, days)))
    scale = Scale(*config.scale)
    if question is None:
        return make_good_days(span, days, scale, written, progress=progress, stop=stop)
    asked = question
    name = asked.text.strip()

    def factors(rated: Sequence[WrittenDay]) -> Iterator[Factor]:
        number = _weekday(name)
        if number is not None:
            yield weekday_factor(number, rated)
            return
        grouped = f"({name})" if " OR " in name else name
        yield Factor(name, SEARCH, frozenset(h.day for h in find(asked) if not h.period), grouped)

    if _weekday(name) is None and any(_is_about_ratings(leaf) for leaf, _ in leaves(asked.matcher)):
        raise UsageError(
            "A question about the ratings themselves has no answer. Ask about a tag, a person, "
            "a weekday or words."
        )
    return make_good_days(span, days, scale, written, factors, name, progress, stop)


def _weekday(words: str) -> int | None:
    """Return the number of the weekday that a question names, such as `friday` or `on:friday`, or None."""
    said = words.casefold().removeprefix("on:").removesuffix("s")
    names = [name.casefold().removesuffix("s") for name in WEEKDAYS]
    return names.index(said) if said in names else None


def _is_about_ratings(leaf: object) -> bool:
    return isinstance(leaf, Condition) and (
        leaf.field.name == "rating" or (leaf.field.name == "has" and leaf.value in _OF_RATINGS)
    )


def written_between(index: "Index", first: date, last: date) -> Iterator[WrittenDay]:
    """Yield the written days in [first, last], and the notes of periods that begin in it, in order."""
    for year in reversed(index.years()):
        if first.year <= int(year) <= last.year:
            is_whole = first.year < int(year) < last.year
            for found in _of_year(index, year):
                if is_whole or first <= found.day <= last:
                    yield found


def _of_year(index: "Index", year: str) -> list[WrittenDay]:
    """Return the written days of a year and its notes of periods, in order."""
    segment = index.segment(year)

    def make() -> list[WrittenDay]:
        days = segment.days()
        return [_written_day(days[code]) for code in sorted(days, key=sort_key)]

    return segment.cached("records", "written days", make)


def _written_day(found: "DayRecords") -> WrittenDay:
    records, day = found.records_once(), found.day
    rated = next((record for record in records if record["rating"] is not None), records[0])
    points, tasks, names = list[LearningPoint](), list[FollowUp](), list[str]()
    words, kinds = 0, list[str]()
    for record in records:
        if record["learning"]:
            points += _points(day, record)
        if record["tasks"]:
            tasks += of_record(day, record)
        names += _names(record)
        words += record["words"]
        if record["kind"]:
            kinds.append(record["kind"])
    return WrittenDay(
        day,
        rated["path"],
        max(1, rated["rating_line"]),
        records[0]["title"],
        rated["rating"],
        rated["remark"],
        words,
        tuple(points),
        tuple(tasks),
        tuple(names if len(records) == 1 else dict.fromkeys(names)),
        tuple(dict.fromkeys(kinds)),
        records[0]["period"],
    )


def _points(day: date, record: "Record") -> Iterator[LearningPoint]:
    path, period = record["path"], record["period"]
    may_have_names = record["tags"] or record["people"]
    for text, line in record["learning"]:
        names: tuple[str, ...] = ()
        if may_have_names and ("#" in text or "@" in text):
            tags, people = mentions(text)
            names = (*["#" + tag for tag in tags], *["@" + name for name in people])
        yield LearningPoint(text, day, path, line, names, period)


def _names(record: "Record") -> list[str]:
    return ["#" + tag for tag in record["tags"]] + ["@" + name for name in record["people"]]


def _closed_earlier(index: "Index", first: date, last: date) -> Iterator[FollowUp]:
    """Yield the follow-ups that have a date of closing in [first, last] and are of days outside it."""
    closed = term("is", CLOSED_SINCE)
    low, high = closed + escape(first.isoformat()), closed + escape(last.isoformat())
    for year in index.years():
        segment = index.segment(year)
        codes = codes_of(segment.postings(FOLLOW_UP).between(low, high))
        days = segment.days() if codes else {}
        for code in sorted(codes & days.keys(), key=sort_key):
            if first <= day_of(int(year), code) <= last:
                continue
            for record in days[code].records:
                for task in of_record(days[code].day, record):
                    if task.is_closed and task.since and first <= task.since <= last:
                        yield task
