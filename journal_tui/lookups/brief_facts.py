"""Gather the facts for a brief from the index, reading no more of it than its lines need."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from journal_tui.brief import (
    BriefPassage,
    DayFacts,
    SubjectFacts,
)
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.sentences import says_something, sentences, without_signs
from journal_tui.entry.tokenizer import fold
from journal_tui.errors import UnreadableEntry
from journal_tui.index.postings import code_of_day
from journal_tui.lookups import follow_ups, written_days
from journal_tui.lookups.follow_ups import of_record
from journal_tui.lookups.mentions import Mentions, is_within
from journal_tui.query.fields import WAITING
from journal_tui.query.nodes import Mention
from journal_tui.query.result_line import headline
from journal_tui.review.coverage import Counting, Coverage, possible_days
from journal_tui.review.returning_points import POINT_DAYS, ReturningPoint

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.index import Index
    from journal_tui.index.search import Hit
    from journal_tui.index.segment import DayRecords
    from journal_tui.library.library import Library
    from journal_tui.query.nodes import Words
    from journal_tui.query.parser import Query

Find = Callable[[str], "Iterator[Hit]"]

NEAR = 3
"""How many days off an entry may be to count as written a month or a year ago."""
MAX_DUE, MAX_WAITING, MAX_SAID, MAX_POINTS = 3, 2, 3, 3
MAX_YEARS = 60
MAX_ANNIVERSARIES = 4
MAX_OPEN = 40
"""How many open follow-ups about a subject are looked at, the newest first."""
_SAID = "in:prose,feedback,remark,title"


def facts_of_day(
    index: "Index",
    library: "Library",
    day: date,
    today: date,
) -> DayFacts:
    """Return the facts for a day; follow-ups that are due or wait are looked up only for today."""
    due: Sequence[FollowUp] = ()
    waiting: Sequence[FollowUp] = ()
    due_count = 0
    if day == today:
        due, due_count = follow_ups.due_by(index, today, MAX_DUE)
        waiting = follow_ups.longest_waiting(index, MAX_WAITING)
    last = written_days.written_before(index, day)
    return DayFacts(
        day,
        today,
        due,
        due_count,
        waiting,
        _headline(index, library, last) if last else None,
        _anniversaries(index, library, day),
        coverage=_coverage(index, library, day),
    )


def _records(index: "Index", day: date) -> "DayRecords | None":
    year = f"{day.year:04d}"
    return index.segment(year).days().get(code_of_day(day)) if year in index.years() else None


def _headline(index: "Index", library: "Library", day: date) -> BriefPassage | None:
    """Return the first sentence of a day's prose, or else its first point, remark or title."""
    found = _records(index, day)
    if not found:
        return None
    for record in found.records:
        if passage := _first_passage(library, day, record, found.rating):
            return passage
    return None


def _first_passage(
    library: "Library", day: date, record: "Record", rating: float | None
) -> BriefPassage | None:
    def read() -> str:
        with suppress(FileNotFoundError, UnreadableEntry):
            return library.text(record["path"])
        return ""

    found = headline(record, read)
    return BriefPassage(found.text, day, record["path"], found.line, rating) if found else None


def _anniversaries(index: "Index", library: "Library", day: date) -> list[BriefPassage]:
    """Return what was written about a month and a year before a day, and on the same day of earlier years."""
    from journal_tui.period.day import ago

    found: list[BriefPassage] = []
    for count, unit, near in (
        (1, "month", NEAR),
        (1, "year", NEAR),
        *((years, "year", 0) for years in range(2, MAX_YEARS)),
    ):
        if len(found) >= MAX_ANNIVERSARIES:
            break
        try:
            at = ago(day, count, unit)
        except (ValueError, OverflowError):
            break
        # Looking at the stamps first is quicker than reading records.
        if not near and not _may_have(index, at):
            continue
        for earlier in _near(at, near):
            if passage := _headline(index, library, earlier):
                found.append(passage)
                break
    return found


def _may_have(index: "Index", day: date) -> bool:
    year = f"{day.year:04d}"
    return year in index.years() and index.segment(year).may_have(day)


def _near(day: date, most: int) -> Iterator[date]:
    """Yield the day, then the days up to `most` days before or after it, the nearest first."""
    for distance in range(most + 1):
        for days in sorted({-distance, distance}):
            with suppress(OverflowError):
                yield day + timedelta(days)


def returning_points(index: "Index", day: date) -> list[ReturningPoint]:
    """Return the learning points written about as many days before a day as `POINT_DAYS` lists."""
    found: list[ReturningPoint] = []
    for days in POINT_DAYS:
        with suppress(OverflowError):
            for earlier in _near(day - timedelta(days), NEAR):
                if points := _points_of(_records(index, earlier)):
                    found += points
                    break
    return found


def _points_of(found: "DayRecords | None") -> list[ReturningPoint]:
    if not found:
        return []
    return [
        ReturningPoint(text, found.day, record["path"], line, found.rating)
        for record in found.records
        for text, line in record["learning"]
    ]


def _coverage(index: "Index", library: "Library", day: date) -> Coverage | None:
    """Return how many days of a day's week, up to the day, have an entry, or of the week before.

    The week before is taken if no day of this week counts yet; None is returned if none of it does,
    either. The day itself counts once it is written. The counting in journal.toml says which days count.
    """
    counting = Counting(library.config.counting, library.config.start)
    try:
        monday = day - timedelta(day.weekday())
        for first, until in ((monday, day), (monday - timedelta(7), monday - timedelta(1))):
            week = [first + timedelta(n) for n in range((until - first).days + 1)]
            written = {it for it in week if _records(index, it)}
            if not counting.is_known:
                if written:
                    return Coverage(first, len(written), None)
                continue
            possible = possible_days(first, until, day, written, counting)
            if possible:
                count = sum(it in written for it in possible)
                return Coverage(first, count, len(possible), counting.noun)
    except OverflowError:
        pass
    return None


def facts_about(
    index: "Index", library: "Library", find: Find, query: "Query", today: date
) -> SubjectFacts:
    """Return what is known about a person, a tag or words; `find` yields the hits of a query."""
    text = query.text.strip()
    asked = f"({text})" if " " in text else text
    facts = SubjectFacts(text, today)
    mention = query.matcher.name if isinstance(query.matcher, Mention) else ""
    known = Mentions(index).one(mention) if mention else None
    if known:
        facts = facts._replace(days=known.days, first=known.first, last=known.last)

    def hits(more: str) -> "Iterator[Hit]":
        # A search for @ann also finds @anna, who is someone else.
        return (hit for hit in find(f"{asked} {more}") if not known or _mentions(hit, mention))

    tasks = list(islice(hits("is:open"), MAX_OPEN + 1))
    listed = [task for hit in tasks[:MAX_OPEN] for task in _task_of(hit)]
    own = [task for task in listed if task.state != WAITING]
    own.sort(key=lambda task: (task.due or date.max, -task.day.toordinal()))
    waiting = sorted((task for task in listed if task.state == WAITING), key=follow_ups.waits_since)
    # A title that is also the first line of the prose is found twice.
    lines = {(hit.path, hit.line): hit for hit in islice(hits(_SAID), 2 * MAX_SAID)}
    said = list(lines.values())[:MAX_SAID]
    points = islice(hits("in:learning"), MAX_POINTS)
    return facts._replace(
        said=[_passage(library, hit, query.wanted) for hit in said],
        open=own,
        waiting=waiting,
        more_open=len(tasks) > MAX_OPEN,
        points=[BriefPassage(it.text, it.day, it.path, it.line, it.rating) for it in points],
    )


def _mentions(hit: "Hit", name: str) -> bool:
    """Return whether a hit mentions exactly this name, or a tag nested in it."""
    return any(is_within(it, name) for it in hit.passage.mentions_with(name))


def _task_of(hit: "Hit") -> Iterator[FollowUp]:
    """Yield the follow-up of which a hit is the text, if there is one."""
    for task in of_record(hit.day, hit.file.record):
        if task.line == hit.line and task.said == hit.text:
            yield task
            return


def _passage(library: "Library", hit: "Hit", wanted: "list[Words | Mention]") -> BriefPassage:
    """Return the sentence of a hit that has one of the wanted words or mentions.

    Tags that are alone on their line are about the entry, so its first sentence is returned.
    """
    text = _sentence(hit.text, wanted)
    if not says_something(text):
        record = hit.file.record
        if found := _first_passage(library, hit.day, record, hit.rating):
            return found
    return BriefPassage(text, hit.day, hit.path, hit.line, hit.rating)


def _sentence(line: str, wanted: "list[Words | Mention]") -> str:
    """Return the sentence of a line that has one of the wanted words or mentions.

    If the sentence is only tags or otherwise too short to say something, those before it come with it.
    """
    listed = list(sentences(line))
    at = _place(listed, [it.name if isinstance(it, Mention) else it.words[0] for it in wanted])
    said = listed[at] if listed else line
    while at and not says_something(said):
        at -= 1
        said = f"{listed[at]} {said}"
    return without_signs(said)


def _place(listed: list[str], names: list[str]) -> int:
    """Return the position of the first text that has one of the names; 0 if none has."""
    folded = [fold(text) for text in listed]
    for name in map(re.escape, names):
        # @anna counts for @ann only if no text has @ann itself.
        for pattern in (rf"{name}(?![\w-])", name):
            for at, text in enumerate(folded):
                if re.search(pattern, text):
                    return at
    return 0
