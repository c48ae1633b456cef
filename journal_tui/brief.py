"""Choose the few lines that say what matters on a day, or about a person, a tag or words.

Nothing is said that isn't in the journal: each line quotes a sentence or counts days, and leads to
the entry or the search that it is about.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.relative_time import how_long_before, long_ago, plain_date
from journal_tui.period import WEEKDAYS, containing
from journal_tui.review.closing_time import ClosingDue
from journal_tui.review.coverage import Coverage
from journal_tui.review.returning_points import ReturningPoint

MAX_LINES = 7
"""The most lines of a brief: what can be taken in at a glance."""
# A follow-up that is late by more days is shown with its due date, not with how long ago that was.
_DAYS_IN_WORDS = 14


class BriefPassage(NamedTuple):
    """A sentence or a learning point of an entry, with the rating of its day."""

    text: str
    day: date
    path: str
    line: int
    rating: float | None = None


class PlannedVisit(NamedTuple):
    """A visit that a note or a follow-up plans for the day `visit`.

    `day`, `path` and `line` are those of the note or follow-up. `open` is the number of open promises
    to the customer, and `untold` the number of those that were done or refused but not yet told.
    """

    customer: str
    visit: date
    day: date
    path: str
    line: int
    open: int
    untold: int


class OverdueVisit(NamedTuple):
    """The customer whose visit is most overdue: its key and its name.

    `last` is the day of the last visit, or None without one, and `every` how many days apart visits should be.
    """

    key: str
    customer: str
    last: date | None
    every: int


class DayFacts(NamedTuple):
    """The facts for the brief of `day`; each sequence has the most important first.

    `due` are some of the `due_count` follow-ups that are due by today, the most recently due first.
    `waiting` are those that wait for someone, the longest first. `last` is from the last written day
    before `day`, and `anniversaries` are from a month and some years before it. `point` is the
    learning point that returns, and `coverage` which days of a week are written. `checks` are the expectations to check by
    today. `close` is the week that is to be closed now. `visits` are those of today and tomorrow, and
    `overdue` is the customer whose visit is most overdue.
    """

    day: date
    today: date
    due: Sequence[FollowUp] = ()
    due_count: int = 0
    waiting: Sequence[FollowUp] = ()
    last: BriefPassage | None = None
    anniversaries: Sequence[BriefPassage] = ()
    point: ReturningPoint | None = None
    coverage: Coverage | None = None
    checks: Sequence[BriefPassage] = ()
    close: ClosingDue | None = None
    visits: Sequence[PlannedVisit] = ()
    overdue: OverdueVisit | None = None


class SubjectFacts(NamedTuple):
    """The facts for the brief about `query`: a person, a tag or words.

    `open` are the writer's own follow-ups, `waiting` those that others have to do; `more_open` is
    whether there are more. `days` is how many days mention a person or tag, or 0 for words, and `first`
    and `last` are the first and the last of these. `said` are sentences that match, newest first.
    """

    query: str
    today: date
    days: int = 0
    first: date | None = None
    last: date | None = None
    said: Sequence[BriefPassage] = ()
    open: Sequence[FollowUp] = ()
    waiting: Sequence[FollowUp] = ()
    more_open: bool = False
    points: Sequence[BriefPassage] = ()


class BriefLine(NamedTuple):
    """A line of a brief: `lead` says in a few words what it is about, and `text` is the sentence.

    It opens the entry at `path` at a line, or else shows what `query` finds. `kind` is `close`, `visit`, `due`,
    `waiting`, `check`, `last`, `earlier`, `point`, `week`, `mentioned`, `said`, `open` or `more`.
    `day` is the day of the entry, `due` the due date of a follow-up. `cue` is a hint by which to remember a point.
    """

    kind: str
    lead: str
    text: str
    day: date | None = None
    path: str = ""
    line: int = 0
    rating: float | None = None
    due: date | None = None
    query: str = ""
    cue: str = ""


def of_day(facts: DayFacts) -> list[BriefLine]:
    """Return the lines for a day: what is due, what was written before it, and what was learned."""
    day, today = facts.day, facts.today
    due = [_due(task, today) for task in facts.due]
    # A follow-up that is due may also wait for someone; it is shown once.
    shown = {(task.path, task.line) for task in facts.due}
    waiting = [
        _waiting(task, today) for task in facts.waiting if (task.path, task.line) not in shown
    ]
    last = [_passage("last", _name_of(facts.last.day, today), facts.last)] if facts.last else []
    seen = {(line.path, line.line) for line in (*due, *waiting, *last)}
    # A day a month or a year ago may be the last written one, or begin with a follow-up that is shown.
    past = [
        _passage("earlier", _anniversary(found.day, day, today), found)
        for found in facts.anniversaries
        if (found.path, found.line) not in seen and not (facts.last and found.day == facts.last.day)
    ]
    points = [_returning(facts.point, day, today)] if facts.point else []
    checks = [_passage("check", f"Expected {long_ago(it.day, today)}", it) for it in facts.checks]
    week = [_week(facts.coverage, day, today)] if facts.coverage and facts.coverage.written else []
    # A month ago and a year ago each get a line, unless expectations need one of the two.
    anniversaries = [past[:2]] if checks else [past[:1], past[1:2]]
    close = [_close(facts.close, today)] if facts.close else []
    visits = [_visit(visit, today) for visit in facts.visits]
    late = facts.overdue
    is_planned = late is not None and late.customer in [it.customer for it in facts.visits]
    overdue = [_overdue(late, today)] if late and not is_planned else []
    groups = [
        close,
        visits,
        due,
        overdue,
        waiting,
        checks,
        last,
        *anniversaries,
        points,
        week,
        past[2:],
    ]
    return _with_count(_share_lines(groups), facts.due_count)


def about(facts: SubjectFacts) -> list[BriefLine]:
    """Return the lines about a person, a tag or words: what was said, is open and was learned."""
    today, query = facts.today, facts.query
    mentioned = []
    if facts.days and facts.first and facts.last:
        span = f"from {plain_date(facts.first)} to {plain_date(facts.last)}"
        if facts.first == facts.last:
            span = plain_date(facts.first)
        mentioned = [BriefLine("mentioned", f"On {counted(facts.days, 'day')}", span, query=query)]
    said = [_passage("said", _capitalized(_when(it.day, today)), it) for it in facts.said]
    tasks = [_open(task, today) for task in facts.open]
    waiting = [_waiting(task, today) for task in facts.waiting]
    points = [_passage("point", f"Learned {_when(it.day, today)}", it) for it in facts.points]
    groups = [mentioned, said, tasks, waiting, points]
    kept = _share_lines(groups)
    if facts.more_open or len(_tasks_among(kept)) < len(tasks) + len(waiting):
        kept = _share_lines(groups, MAX_LINES - 1)
        more = BriefLine("more", "More", "all that is open", query=f"{_grouped(query)} is:open")
        kept.insert(_tasks_among(kept)[-1] + 1, more)
    return kept


def _tasks_among(lines: Sequence[BriefLine]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.kind in ("due", "open", "waiting")]


def _grouped(query: str) -> str:
    return f"({query})" if " " in query else query


def _share_lines(groups: Iterable[Sequence[BriefLine]], most: int = MAX_LINES) -> list[BriefLine]:
    """Return at most `most` lines, group by group: one of each, then, if there is room, a second of each …"""
    listed = [list(group) for group in groups]
    counts = [0] * len(listed)
    left = most
    for depth in range(max(map(len, listed), default=0)):
        for number, group in enumerate(listed):
            if left and depth < len(group):
                counts[number] += 1
                left -= 1
    return [line for group, count in zip(listed, counts, strict=True) for line in group[:count]]


def _with_count(lines: list[BriefLine], due_count: int) -> list[BriefLine]:
    """Say in the last follow-up that is due how many more there are."""
    shown = [at for at, line in enumerate(lines) if line.kind == "due"]
    if shown and due_count > len(shown):
        line = lines[shown[-1]]
        lead = f"{line.lead}; {due_count - len(shown):,} more"
        lines[shown[-1]] = line._replace(lead=lead)
    return lines


def _due(task: FollowUp, today: date) -> BriefLine:
    assert task.due
    days = (today - task.due).days
    lead = "Due today"
    if days > _DAYS_IN_WORDS:
        lead = f"Due since {plain_date(task.due)}"
    elif days > 0:
        lead = f"Due {_when(task.due, today)}"
    return _task("due", lead, task)


def _open(task: FollowUp, today: date) -> BriefLine:
    if task.due is None:
        return _task("open", "Open", task)
    if task.due <= today:
        return _due(task, today)
    return _task("open", f"Due {plain_date(task.due)}", task)


def _waiting(task: FollowUp, today: date) -> BriefLine:
    who = f" for {task.waiting.replace(',', ', ')}" if task.waiting else ""
    how_long = task.how_long(today)
    return _task("waiting", f"Waiting{who}{how_long and ', '}{how_long}", task)


def _task(kind: str, lead: str, task: FollowUp) -> BriefLine:
    return BriefLine(kind, lead, task.text, task.day, task.path, task.line, due=task.due)


def _passage(kind: str, lead: str, found: BriefPassage) -> BriefLine:
    return BriefLine(kind, lead, found.text, found.day, found.path, found.line, found.rating)


def _returning(point: ReturningPoint, day: date, today: date) -> BriefLine:
    lead = f"Learned {how_long_before(point.day, day, today)}"
    where = (point.day, point.path, point.line, point.rating)
    return BriefLine("point", lead, point.text, *where, cue=point.cue)


def _when(day: date, today: date) -> str:
    return "yesterday" if (today - day).days == 1 else long_ago(day, today)


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name_of(day: date, today: date) -> str:
    """Return an earlier day in words, as seen from today: "Yesterday", "Friday", "Friday 6 November 2026"."""
    days = (today - day).days
    if days in (0, 1):
        return "Yesterday" if days else "Today"
    weekday = WEEKDAYS[day.weekday()]
    return weekday if 1 < days < 7 else f"{weekday} {plain_date(day)}"


def _anniversary(day: date, than: date, today: date) -> str:
    """Return in words how long before another day a day was: a month or some years, rounded."""
    ago = "ago" if than == today else "earlier"
    months = round((than - day).days / 30.44)
    if months < 12:
        return f"A month {ago}" if months <= 1 else f"{months} months {ago}"
    years = round((than - day).days / 365.25)
    return f"A year {ago}" if years <= 1 else f"{years} years {ago}"


def _close(found: ClosingDue, today: date) -> BriefLine:
    is_over = not found.period.days.contains(today)
    lead = "Close last week" if is_over else "Close the week"
    points = f", {counted(found.points, 'learning point')}" if found.points else ""
    said = f"{counted(found.days, 'day')} written{points}"
    return BriefLine("close", lead, said, query=f"date:{found.period.name}")


def _overdue(visit: OverdueVisit, today: date) -> BriefLine:
    since = (
        f"not visited for {counted((today - visit.last).days, 'day')}"
        if visit.last
        else "never visited"
    )
    text = f"{visit.customer}: {since} (planned: every {counted(visit.every, 'day')})"
    return BriefLine("visit", "Visit overdue", text, query=f"customer:{visit.key}")


def _visit(visit: PlannedVisit, today: date) -> BriefLine:
    when = "today" if visit.visit == today else "tomorrow"
    said = [f"{visit.open:,} open"] if visit.open else []
    said += [f"{visit.untold:,} not yet told"] if visit.untold else []
    text = f"{visit.customer}: {', '.join(said) or 'nothing is open'}"
    return BriefLine("visit", f"Visit {when}", text, visit.day, visit.path, visit.line)


def _week(coverage: Coverage, day: date, today: date) -> BriefLine:
    monday = coverage.first
    of_page, of_today = (it - timedelta(it.weekday()) for it in (day, today))
    if monday in (of_today, of_today - timedelta(7)):
        lead = "This week" if monday == of_today else "Last week"
    else:
        lead = "That week" if monday == of_page else "The week before"
    week = containing("week", coverage.first)
    query = f"date:{week.name}" if week else f"date:{coverage.first}"
    return BriefLine("week", lead, f"{coverage.words} written", query=query)
