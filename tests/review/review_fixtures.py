"""Written days for tests of reviews, without any file."""

from collections.abc import Sequence
from datetime import date, timedelta

from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import TEN, Scale
from journal_tui.period import Period
from journal_tui.review.coverage import Counting
from journal_tui.review.review import Review, make_review
from journal_tui.review.span import parse_span, span_of_days
from journal_tui.review.written_day import LearningPoint, WrittenDay

# A Friday.
TODAY = date(2026, 11, 20)
WORKDAYS = Counting("workdays", date(2026, 11, 2))


def day(
    iso: str,
    rating: float | None = None,
    remark: str = "",
    points: Sequence[tuple[str, tuple[str, ...]]] = (),
    names: tuple[str, ...] = (),
    tasks: Sequence[tuple[str, str, str]] = (),
    words: int = 100,
    kinds: tuple[str, ...] = (),
) -> WrittenDay:
    """Return a written day; a task is a text, a state and an ISO due date or ""."""
    when = date.fromisoformat(iso)
    path = f"{iso}.md"
    return WrittenDay(
        when,
        path,
        9,
        f"Title of {iso}",
        rating,
        remark,
        words,
        tuple(
            LearningPoint(text, when, path, n, named) for n, (text, named) in enumerate(points, 1)
        ),
        tuple(
            FollowUp(path, when, "", n, text, state, date.fromisoformat(due) if due else None)
            for n, (text, state, due) in enumerate(tasks, 20)
        ),
        names,
        kinds,
    )


def rated(values: Sequence[float | None], first: str = "2026-11-02") -> list[WrittenDay]:
    """Return days in a row with these ratings."""
    start = date.fromisoformat(first)
    return [day((start + timedelta(n)).isoformat(), value) for n, value in enumerate(values)]


def reviewed(
    days: Sequence[WrittenDay],
    period: str | Period = "2026-11",
    others: Sequence[float] = (),
    scale: Scale = TEN,
    counting: Counting = WORKDAYS,
    closed_earlier: Sequence[FollowUp] = (),
) -> Review:
    """Return the review of a period with these days, which are all that the journal has."""
    span = parse_span(period, TODAY) if isinstance(period, str) else span_of_days(period, TODAY)
    first = min((it.day for it in days if not it.period), default=None)
    last = max((it.day for it in days if not it.period), default=None)
    return make_review(
        span,
        span.within(first or TODAY, max(TODAY, last or TODAY)),
        TODAY,
        [it for it in days if span.days.contains(it.day)],
        others,
        scale,
        counting,
        closed_earlier=closed_earlier,
        first_ever=first,
        last_ever=last,
    )
