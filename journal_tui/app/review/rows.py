"""The rows of a review's list, in groups, each with the target that it opens, as plain values."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.app.widgets.humanize import counted, date_with_year, short_date
from journal_tui.entry.model import shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line
from journal_tui.period import parse_name
from journal_tui.review import overview
from journal_tui.review.ratings import ERROR, FEWEST_RATINGS
from journal_tui.review.review import Enjoyment, Figure, Gap, Review, Tally, Theme
from journal_tui.review.span import Span
from journal_tui.review.written_day import LearningPoint, WrittenDay

MAX_OF_A_THEME, MAX_OPEN, MAX_NAMES, MAX_GAPS = 5, 8, 30, 8
"""The most rows for points of a theme, open follow-ups, people or tags, and gaps."""
DISTRIBUTION = "How days were rated"
_HOW_TO_BEGIN = (
    "Write a page a day, with what you learned and a rating. You will then see here how the days "
    "were, what comes up again, and which promises are open."
)
USUAL_MARK = "┃"
"""The mark where the bar of a rating would usually end."""


class Target(NamedTuple):
    """The target of a row or a cell, which it opens: a shorter span, a line of an entry, a search, or days.

    If it has several of these, the first in this order is opened. `title` is the title of the list
    of days, and `in_points` is whether the search is for learning points instead of days.
    """

    days: tuple[date, ...] = ()
    query: str = ""
    path: str = ""
    line: int = 1
    span: Span | None = None
    title: str = ""
    in_points: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to open."""
        return not (self.days or self.query or self.path or self.span)


class Bar(NamedTuple):
    """The length of a bar, and its usual length, as fractions of the longest bar."""

    part: float
    usual: float | None = None


class ReviewRow(NamedTuple):
    """A row: the `text` and the `lead` before it, the target that it opens, and its level of indentation.

    `end` is shown on its right, and `more` below it while it is selected.
    """

    text: str
    target: Target = Target()
    lead: str = ""
    level: int = 0
    bar: Bar | None = None
    end: str = ""
    more: str = ""


class RowGroup(NamedTuple):
    """Rows below a title."""

    title: str
    rows: tuple[ReviewRow, ...]


def groups(review: Review) -> list[RowGroup]:
    """Return the groups of a review in order, without empty ones."""
    enjoyment = review.enjoyment
    found = [
        RowGroup("Written", tuple(_written(review))),
        RowGroup("Enjoyment", tuple(_enjoyment(review))),
        RowGroup(DISTRIBUTION, tuple(distribution(enjoyment))),
        RowGroup("Best days", tuple(_extremes(enjoyment, enjoyment.best, review))),
        RowGroup("Worst days", tuple(_extremes(enjoyment, enjoyment.worst, review))),
        RowGroup("Follow-ups", tuple(_follow_ups(review))),
        RowGroup("Learning points", tuple(_points(review))),
        RowGroup("People", tuple(_tallies(review.people, "person", "people"))),
        RowGroup("Tags", tuple(_tallies(review.tags, "tag", "tags"))),
        RowGroup("Kinds of notes", tuple(_tallies(review.kinds, "kind", "kinds"))),
    ]
    return [group for group in found if group.rows]


def rows_of_days(days: Iterable[date], review: Review | None) -> list[ReviewRow]:
    """Return a row for each day: its rating, and its remark, first learning point or title."""
    found = []
    for day in days:
        written = review.written.get(day) if review else None
        path = written.path if written else ""
        target = Target((day,), path=path, line=written.line if written else 1)
        found.append(ReviewRow(_about(written, review), target, day.isoformat()))
    return found


def _about(written: WrittenDay | None, review: Review | None) -> str:
    if written is None or review is None:
        return "" if review is None else "not written"
    said = written.remark or (written.points[0].text if written.points else written.title)
    if written.rating is not None:
        said = f"{review.enjoyment.scale.shown(written.rating)}  {said}"
    return one_line(said)


def target_of(figure: Figure, title: str = "", in_points: bool = False) -> Target:
    """Return the target of a figure: its days and its search."""
    return Target(figure.days, figure.query, title=title, in_points=in_points)


def day_range(first: date, last: date) -> str:
    """Return a range of days: 3 Feb – 12 Feb 2026."""
    if first == last:
        return plain_date(first)
    begin = short_date(first) if first.year == last.year else f"{short_date(first)} {first.year}"
    return f"{begin} – {short_date(last)} {last.year}"


def _written(review: Review) -> Iterator[ReviewRow]:
    coverage, extra = review.coverage, review.extra
    if emptiness := overview.emptiness(review):
        yield ReviewRow(emptiness)
        if review.first_ever is None:
            yield ReviewRow(_HOW_TO_BEGIN)
    else:
        said = overview.coverage_words(review)
        yield ReviewRow(said, target_of(review.covered, said))
    if extra.number:
        said = f"{counted(extra.number, 'other day')} written"
        yield ReviewRow(said, target_of(extra, said))
    if review.words.number:
        yield ReviewRow(counted(review.words.number, "word"), target_of(review.words))
    if review.missing:
        said = f"{counted(len(review.missing), coverage.noun)} without an entry"
        yield ReviewRow(said, Target(review.missing, title=said))
    longest = sorted(review.gaps, key=lambda gap: (-gap.length, gap.first))[:MAX_GAPS]
    yield from (_gap(gap, review) for gap in sorted(longest))
    if rest := len(review.gaps) - len(longest):
        shorter = sorted(set(review.gaps) - set(longest))
        days = tuple(day for gap in shorter for day in _days_of(gap, review))
        said = f"and {counted(rest, 'shorter gap')}"
        yield ReviewRow(said, Target(days, title=said), level=1)
    for note in review.notes:
        if period := parse_name(note.period):
            target = Target((note.day,), path=note.path)
            yield ReviewRow(f"Note of {period.title}", target, level=1, more=one_line(note.title))


def _gap(gap: Gap, review: Review) -> ReviewRow:
    days = _days_of(gap, review)
    length = counted(gap.length, review.coverage.noun)
    said = f"{length} in a row without an entry"
    text = f"{day_range(gap.first, gap.last)}: {length}"
    return ReviewRow(text, Target(days, title=said), level=1, more=f"{said}.")


def _days_of(gap: Gap, review: Review) -> tuple[date, ...]:
    """Return the days of a gap that count, or all of them if it isn't known which days count."""
    numbers = range(gap.first.toordinal(), gap.last.toordinal() + 1)
    days = map(date.fromordinal, numbers)
    return tuple(day for day in days if not review.counting.is_known or review.counting.counts(day))


def _enjoyment(review: Review) -> Iterator[ReviewRow]:
    found = review.enjoyment
    rated, unrated = found.rated, found.unrated
    days = tuple(day.day for day in rated)
    if rated:
        entries = " ".join(
            filter(None, (review.span.query, "rating:0+", "-kind:period" if review.notes else ""))
        )
        total = len(rated) + unrated.number
        said = f"{len(rated):,} of {counted(total, 'written day')} rated"
        yield ReviewRow(said, Target(days, entries))
        if found.median is None:
            listed = ", ".join(shown(day.rating or 0.0) for day in rated)
            said = f"{listed}: a median needs {FEWEST_RATINGS} ratings"
            yield ReviewRow(said, Target(days, entries))
        else:
            middle = tuple(day.day for day in rated if day.rating == found.median)
            said = f"{found.scale.shown(found.median)} is the median"
            at = Target(middle or days, "" if middle else entries, title=said)
            yield ReviewRow(
                said, at, more=f"Half of the {len(rated):,} ratings are at or below it."
            )
        if found.band:
            inside = tuple(day.day for day in rated if not found.stands_out(day))
            error = (found.scale.high - found.scale.low) * ERROR
            points = "1 point" if error == 1 else f"{shown(error)} points"
            said = f"{counted(len(inside), 'day')} from {found.band}"
            more = (
                f"A rating is only exact to about {points}: these were about as good as the median."
            )
            yield ReviewRow(said, Target(inside, title=said), more=more)
    elif unrated.number:
        yield ReviewRow("No day is rated", target_of(unrated, "No day is rated"))
    if rated and unrated.number:
        said = f"{counted(unrated.number, 'day')} without a rating"
        yield ReviewRow(said, target_of(unrated, said))
    if found.why_no_extremes and rated:
        yield ReviewRow(found.why_no_extremes, Target(days, title=found.why_no_extremes))
    if rated:
        # The note of a week or a longer period may be rated, too, but isn't a day.
        others = f"-{review.span.query} rating:0+ -kind:period" if review.span.query else ""
        target = Target(query=others if found.usual.number else "")
        usual = found.usual
        if usual.median is None:
            yield ReviewRow(usual.words, target)
        else:
            said = f"{found.scale.shown(usual.median)} is your usual median, from {usual.number:,} other ratings"
            yield ReviewRow(said, target, more=usual.words)


def distribution(found: Enjoyment) -> Iterator[ReviewRow]:
    """Yield a row for each step of the scale, the highest first; nothing with too few ratings."""
    if found.median is None:
        return
    most = max(max(share.part, share.usual or 0.0) for share in found.shares) or 1.0
    for share in reversed(found.shares):
        usual = None if share.usual is None else share.usual / most
        usually = "" if share.usual is None else shown(round(share.usual * len(found.rated), 1))
        number = share.figure.number
        said = f"{counted(number, 'day')} rated {share.step.label}"
        more = f"{said}; usually {usually} of {len(found.rated):,}." if usually else f"{said}."
        yield ReviewRow(
            f"{number:,}",
            target_of(share.figure, said),
            share.step.label,
            bar=Bar(share.part / most, usual),
            end=usually,
            more=more,
        )


def _extremes(found: Enjoyment, days: Sequence[WrittenDay], review: Review) -> Iterator[ReviewRow]:
    for day in days:
        said = day.remark or (day.points[0].text if day.points else day.title)
        near = "" if found.band is None or found.stands_out(day) else "Near the median."
        target = Target((day.day,), path=day.path, line=day.line)
        rating = shown(day.rating or 0.0)
        lead = f"{_date(day.day, review)} {rating:>4}"
        yield ReviewRow(one_line(said), target, lead, more=near)


def _date(day: date, review: Review) -> str:
    """Return a day as a date, without the year if the period is within one."""
    first, last = review.days.start, review.days.last
    if first.year == last.year:
        return f"{short_date(day):>6}"
    return day.isoformat()


def _follow_ups(review: Review) -> Iterator[ReviewRow]:
    found = review.follow_ups
    if found.made.number:
        said = f"{counted(found.made.number, 'follow-up')} written"
        yield ReviewRow(said, target_of(found.made, said))
        states: tuple[tuple[str, Figure], ...] = (
            ("done", found.done),
            ("open", found.open),
            ("open and late", found.late),
            ("open and waiting for someone", found.waiting),
            ("dropped", found.dropped),
        )
        for name, figure in states:
            if figure.number:
                said = f"{figure.number:,} {name}"
                yield ReviewRow(said, target_of(figure, said), level=1)
        tasks = [task for task in found.listed if not task.is_closed]
        tasks.sort(key=lambda task: (task.due or date.max, task.day))
        for task in tasks[:MAX_OPEN]:
            due = f"due {date_with_year(task.due)}" if task.due else ""
            late = ", late" if task.is_late(review.today) else ""
            target = Target((task.day,), path=task.path, line=task.line)
            written = f"written {task.written}"
            more = f"{due}{late}, {written}" if due else written
            yield ReviewRow(one_line(task.text), target, "☐", 1, more=more)
        if rest := len(tasks) - len(tasks[:MAX_OPEN]):
            yield ReviewRow(f"and {rest:,} more open", target_of(found.open), level=1)
    if found.earlier.number:
        said = f"{counted(found.earlier.number, 'follow-up')} of other days closed"
        yield ReviewRow(said, target_of(found.earlier, said))


def _points(review: Review) -> Iterator[ReviewRow]:
    points = review.points
    if not points.number:
        return
    said = f"{counted(points.number, 'point')} on {counted(len(points.days), 'day')}"
    yield ReviewRow(said, target_of(points, said, in_points=True))
    once: dict[LearningPoint, None] = {}
    for theme in review.themes:
        if theme.name and len(theme.points) > 1:
            yield from _theme(theme.name, theme, review)
        elif theme.name:
            once |= dict.fromkeys(theme.points)
    if once:
        listed = sorted(once, key=lambda point: (point.day, point.path, point.line))
        yield from _theme("Each with a tag or person that no other has", _grouped(listed), review)
    for theme in review.themes:
        if not theme.name:
            yield from _theme("Without a tag or person", theme, review)


def _grouped(points: Sequence[LearningPoint]) -> Theme:
    days = tuple(dict.fromkeys(point.day for point in points))
    return Theme("", tuple(points), Figure(len(points), days))


def _theme(name: str, theme: Theme, review: Review) -> Iterator[ReviewRow]:
    said = f"{one_line(name)}  {len(theme.points):,}"
    target = target_of(theme.figure, name, in_points=True)
    yield ReviewRow(said, target)
    for point in theme.points[::-1][:MAX_OF_A_THEME]:
        at = Target((point.day,), path=point.path, line=point.line)
        yield ReviewRow(one_line(point.text), at, _date(point.day, review), 1)
    rest = len(theme.points) - MAX_OF_A_THEME
    if rest > 0:
        yield ReviewRow(f"and {rest:,} more", target, level=1)


def _tallies(tallies: Sequence[Tally], one: str, many: str) -> Iterator[ReviewRow]:
    most = max((tally.figure.number for tally in tallies), default=1)
    for tally in tallies[:MAX_NAMES]:
        name, number = one_line(tally.name), tally.figure.number
        target = target_of(tally.figure, f"{name} on {counted(number, 'day')}")
        yield ReviewRow(f"{number:,}", target, name, bar=Bar(number / most))
    if rest := tallies[MAX_NAMES:]:
        days = tuple(sorted({day for tally in rest for day in tally.figure.days}))
        said = f"and {len(rest):,} more {one if len(rest) == 1 else many}"
        yield ReviewRow(said, Target(days, title=said))
