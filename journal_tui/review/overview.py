"""A review in words: sections of plain lines, which can be opened, and strips of characters.

`sections` returns `OverviewSection`s (`key`, `title`, `lines`) of `OverviewLine`s (`text`, `days`,
`query`, `path`, `line`, `level`); `strip` returns the enjoyment as rows of characters, `legend` the
meaning of the characters, and `emptiness` the reason why a review is empty.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import Scale, shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line
from journal_tui.period import MONTHS, parse_name
from journal_tui.review.ratings import ERROR, FEWEST_RATINGS
from journal_tui.review.review import (
    NOT_WRITTEN,
    RATED,
    UNRATED,
    Enjoyment,
    Figure,
    Review,
    Tally,
)
from journal_tui.review.span import ALL
from journal_tui.review.written_day import LearningPoint, WrittenDay

LEVELS = "▁▂▃▄▅▆▇█"
"""The characters of a rating, from the bottom of the scale to its top."""
MARKS = {NOT_WRITTEN: " ", UNRATED: "·"}
MAX_LISTED, MAX_GAPS, MAX_NAMES, MAX_MISSING = 5, 5, 8, 5
_BAR = 24
# With more months than the first, a character of the strip is a week; with more years than the second, a quarter.
_MONTHS_OF_DAYS, _YEARS_OF_WEEKS = 13, 12


class OverviewLine(NamedTuple):
    """A line of a section, and what it opens: the entry at `path` and `line`, a search, or some days.

    A line of `level` 1 belongs to the line of level 0 before it.
    """

    text: str
    days: tuple[date, ...] = ()
    query: str = ""
    path: str = ""
    line: int = 0
    level: int = 0


class OverviewSection(NamedTuple):
    """A part of the review: its name for programs, its title and its lines."""

    key: str
    title: str
    lines: tuple[OverviewLine, ...]


def emptiness(review: Review) -> str:
    """Return why there is nothing to look back on, and what there is instead; "" if there is something."""
    if not review.is_empty:
        return ""
    first, last = review.first_ever, review.last_ever
    if first is None or last is None:
        return "Nothing has been written in this journal yet."
    title = review.span.title
    if review.days.start > review.today:
        return f"There is nothing to look back on: {title} hasn't begun."
    between = f"from {plain_date(first)} to {plain_date(last)}"
    where = f"The journal's entries are {between}."
    if first == last:
        where = f"The journal's only entry is that of {plain_date(first)}."
    return f"Nothing was written in this time: {title}. {where}"


def subtitle(review: Review) -> str:
    """Return the first and the last day of a review in words; "" for a single day."""
    first, last = review.days.start, review.days.last
    return "" if first == last else _days_in_words(first, last)


def sections(review: Review, most: int = MAX_LISTED) -> list[OverviewSection]:
    """Return the sections of a review that have lines.

    At most `most` points of each theme are listed, the newest first, and at most `most` open follow-ups,
    the first due first; 0 lists all.
    """
    limit = most or None
    found = [
        OverviewSection("written", "Written", tuple(_written(review))),
        OverviewSection("enjoyment", "Enjoyment", tuple(_enjoyment(review.enjoyment))),
        OverviewSection("best", "Best days", tuple(_days(review.enjoyment, review.enjoyment.best))),
        OverviewSection(
            "worst", "Worst days", tuple(_days(review.enjoyment, review.enjoyment.worst))
        ),
        OverviewSection("points", "Learning points", tuple(_points(review, limit))),
        OverviewSection("follow-ups", "Follow-ups", tuple(_follow_ups(review, limit))),
        OverviewSection("names", "Mentioned", tuple(_names(review))),
    ]
    return [section for section in found if section.lines]


def _written(review: Review) -> Iterable[OverviewLine]:
    extra = review.extra
    said = coverage_words(review)
    if extra.number:
        said += f", and {counted(extra.number, 'other day')}"
    yield OverviewLine(f"{said}.", (*review.covered.days, *extra.days), review.covered.query)
    words = review.words
    if words.number:
        yield OverviewLine(f"{counted(words.number, 'word')}.", words.days, words.query)
    missing, gaps = review.missing, review.gaps
    if gaps:
        longest = sorted(gaps, key=lambda gap: (-gap.length, gap.first))[:MAX_GAPS]
        noun = review.coverage.noun
        for gap in sorted(longest):
            yield OverviewLine(
                f"No entry from {_days_in_words(gap.first, gap.last)} ({counted(gap.length, noun)})."
            )
        if rest := len(gaps) - len(longest):
            yield OverviewLine(
                f"{counted(rest, 'shorter gap')} of {counted(_shortest(review), noun)} or more."
            )
    elif 0 < len(missing) <= MAX_MISSING:
        yield OverviewLine(
            f"Without an entry: {', '.join(day.isoformat() for day in missing)}.", missing
        )
    for note in review.notes:
        period = parse_name(note.period)
        if period:
            yield OverviewLine(
                f"Note of {period.title}: {one_line(note.title)}", path=note.path, line=1
            )


def coverage_words(review: Review) -> str:
    """Return how many of the days that count are written, or why none of the days counts."""
    coverage, counting = review.coverage, review.counting
    if coverage.possible != 0:
        return f"{coverage.words} written"
    if counting.start and review.days.last < counting.start:
        return f"{coverage.noun.capitalize()}s are counted from {plain_date(counting.start)} on"
    if to_come := len(counting.days(review.days.start, review.days.last)):
        which = (
            f"This {coverage.noun} hasn't"
            if to_come == 1
            else f"None of these {coverage.noun}s has"
        )
        return f"{which} passed yet"
    return f"None of these days is a {coverage.noun}"


def _shortest(review: Review) -> int:
    return min(gap.length for gap in review.gaps)


def _days_in_words(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {plain_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {plain_date(last)}"
    return f"{plain_date(first)} to {plain_date(last)}"


def _enjoyment(found: Enjoyment) -> Iterable[OverviewLine]:
    rated, unrated = found.rated, found.unrated
    if not rated:
        if unrated.number:
            yield OverviewLine("No day is rated.", unrated.days, unrated.query)
        return
    days = tuple(day.day for day in rated)
    total = len(rated) + unrated.number
    which = f"{len(rated):,} of {counted(total, 'written day')} rated"
    if found.median is None:
        listed = ", ".join(shown(day.rating or 0.0) for day in rated)
        yield OverviewLine(f"{which}: {listed}. A median takes {FEWEST_RATINGS} ratings.", days)
    else:
        yield OverviewLine(f"{which}; the median is {found.scale.shown(found.median)}.", days)
        if found.band:
            error = (found.scale.high - found.scale.low) * ERROR
            points = "1 point" if error == 1 else f"{shown(error)} points"
            inside = tuple(day.day for day in rated if not found.stands_out(day))
            yield OverviewLine(
                f"A rating is only exact to about {points}, so days from {found.band} are about the "
                "same as the median.",
                inside,
            )
    if found.why_no_extremes:
        yield OverviewLine(found.why_no_extremes)
    yield OverviewLine(found.usual.words)
    if found.median is not None:
        yield from _distribution(found)


def _distribution(found: Enjoyment) -> Iterable[OverviewLine]:
    wide = max(len(share.step.label) for share in found.shares)
    most = max(max(share.part, share.usual or 0.0) for share in found.shares) or 1.0
    for share in found.shares:
        bar = "█" * round(share.part / most * _BAR)
        text = f"{share.step.label:>{wide}}  {bar:<{_BAR}}  {share.figure.number:>4,}"
        if share.usual is not None:
            text += f"   usually {shown(round(share.usual * len(found.rated), 1))}"
        yield OverviewLine(text, share.figure.days, share.figure.query, level=1)


def _days(found: Enjoyment, days: Sequence[WrittenDay]) -> Iterable[OverviewLine]:
    for day in days:
        said = day.remark or (day.points[0].text if day.points else day.title)
        rating = found.scale.shown(day.rating or 0.0)
        near = "" if found.band is None or found.stands_out(day) else ", near the median"
        yield OverviewLine(
            f"{day.day}  {rating}{near}  {one_line(said)}", (day.day,), path=day.path, line=day.line
        )


def _points(review: Review, limit: int | None) -> Iterable[OverviewLine]:
    points = review.points
    if not points.number:
        if review.written:
            yield OverviewLine("None.")
        return
    on = counted(len(points.days), "day")
    yield OverviewLine(
        f"{counted(points.number, 'learning point')} on {on}.", points.days, points.query
    )
    once: dict[LearningPoint, None] = {}
    for theme in review.themes:
        if not theme.name:
            continue
        if len(theme.points) > 1:
            yield from _group(theme.name, theme.points, theme.figure.query, limit)
        else:
            once |= dict.fromkeys(theme.points)
    if once:
        listed = sorted(once, key=lambda point: (point.day, point.path, point.line))
        yield from _group("With a tag or a person that no other has", listed, "", limit)
    for theme in review.themes:
        if not theme.name:
            yield from _group("Without a tag or a person", theme.points, "", limit)


def _group(
    name: str, points: Sequence[LearningPoint], query: str, limit: int | None
) -> Iterable[OverviewLine]:
    days = tuple(dict.fromkeys(point.day for point in points))
    yield OverviewLine(f"{one_line(name)} ({len(points):,})", days, query)
    listed = points[::-1][:limit]
    for point in listed:
        text = f"{point.day}  {one_line(point.text)}"
        yield OverviewLine(text, (point.day,), path=point.path, line=point.line, level=1)
    if rest := len(points) - len(listed):
        yield OverviewLine(f"and {rest:,} more", days, query, level=1)


def _follow_ups(review: Review, limit: int | None) -> Iterable[OverviewLine]:
    found = review.follow_ups
    if found.made.number:
        yield OverviewLine(f"{found.made.number:,} written", found.made.days, found.made.query)
        states: tuple[tuple[str, Figure], ...] = (
            ("done", found.done),
            ("dropped", found.dropped),
            ("open", found.open),
            ("open and waiting for someone", found.waiting),
            ("open and late", found.late),
        )
        for name, figure in states:
            if figure.number:
                yield OverviewLine(f"{figure.number:,} {name}", figure.days, figure.query, level=1)
        tasks = [task for task in found.listed if not task.is_closed]
        tasks.sort(key=lambda task: (task.due or date.max, task.day))
        for task in tasks[:limit]:
            yield OverviewLine(_task(task), (task.day,), path=task.path, line=task.line, level=1)
        if rest := len(tasks) - len(tasks[:limit]):
            yield OverviewLine(
                f"and {rest:,} more open", found.open.days, found.open.query, level=1
            )
    if found.earlier.number:
        number = found.earlier.number
        yield OverviewLine(
            f"{counted(number, 'follow-up')} of other days closed.", found.earlier.days
        )


def _task(task: FollowUp) -> str:
    due = f" (due {task.due})" if task.due else ""
    return f"{task.written}  {one_line(task.text)}{due}"


def _names(review: Review) -> Iterable[OverviewLine]:
    groups = (("People", review.people), ("Tags", review.tags), ("Kinds of notes", review.kinds))
    for title, tallies in groups:
        if tallies:
            rest = len(tallies) - MAX_NAMES
            more = f" and {rest:,} more" if rest > 0 else ""
            yield OverviewLine(f"{title}: {', '.join(map(_tally, tallies[:MAX_NAMES]))}{more}.")


def _tally(tally: Tally) -> str:
    return f"{one_line(tally.name)} {tally.figure.number:,}"


def legend(scale: Scale) -> str:
    """Return what the characters of the strip mean."""
    return (
        f"{LEVELS[0]} is {scale.low}, {LEVELS[-1]} is {scale.high}, "
        f"{MARKS[UNRATED]} written without a rating, blank not written"
    )


def level(rating: float, scale: Scale) -> str:
    """Return the character of a rating."""
    share = (rating - scale.low) / (scale.high - scale.low)
    return LEVELS[min(len(LEVELS) - 1, max(0, round(share * (len(LEVELS) - 1))))]


def strip(review: Review) -> list[str]:
    """Return the enjoyment as rows of characters: one a day, or the median of a week or a quarter.

    A row is a month, a year, or ten years. The widest has 65 columns.
    """
    first, last = review.days.start, min(review.days.last, max(review.today, review.days.start))
    if review.span.kind == ALL and review.first_ever:
        first = max(first, review.first_ever)
    if first == last or not review.enjoyment.rated:
        return []
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= _MONTHS_OF_DAYS:
        return _rows_of_days(review, first, last)
    years = last.year - first.year + 1
    return _rows_of_bins(review, "week" if years <= _YEARS_OF_WEEKS else "quarter")


def _rows_of_days(review: Review, first: date, last: date) -> list[str]:
    scale = review.enjoyment.scale
    rows: dict[str, list[str]] = {}
    for cell in review.cells(first, last):
        name = f"{cell.day.year:04d}-{cell.day.month:02d}"
        row = rows.setdefault(name, [" "] * (cell.day.day - 1))
        is_rated = cell.state == RATED and cell.rating is not None
        row.append(level(cell.rating or 0.0, scale) if is_rated else MARKS[cell.state])
    numbers = "".join(f"{n:<5}" for n in (1, 6, 11, 16, 21, 26)) + "31"
    head = [f"{'':9}{numbers}"] if any(len(row) > 7 for row in rows.values()) else []
    return [line.rstrip() for line in (*head, *(f"{name:9}{''.join(rows[name])}" for name in rows))]


def _rows_of_bins(review: Review, kind: str) -> list[str]:
    scale = review.enjoyment.scale
    rows: dict[str, str] = {}
    for found in review.bins(kind):
        start = found.span.days.start
        year, place = start.year, (start.month - 1) // 3
        if kind == "week":
            year, place = start.isocalendar().year, start.isocalendar().week - 1
        name = f"{year:04d}"
        if kind == "quarter":
            name, place = f"{year // 10 * 10:04d}s", place + 5 * (year % 10)
        mark = MARKS[UNRATED if found.written else NOT_WRITTEN]
        if found.median is not None:
            mark = level(found.median, scale)
        rows[name] = rows.get(name, "").ljust(place) + mark
    what = {"week": "a week", "quarter": "a quarter of a year"}[kind]
    return [
        *(f"{name:9}{row}".rstrip() for name, row in rows.items()),
        f"{'':9}Each character is the median of {what}.",
    ]
