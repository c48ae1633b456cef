"""The overview of customers: themes in a period, visits, open promises, and how long they took."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.customers.customer import Customer
from journal_tui.customers.loop import (
    REOPENED,
    Loop,
    MadePromise,
    Note,
    Place,
    is_alike,
)
from journal_tui.customers.visit import NO_VISIT
from journal_tui.entry.model import VALUES
from journal_tui.period import Period

WITHOUT_THEME = ""
"""The theme of what was said without a tag."""


class Count(NamedTuple):
    """How often something was said in a period, and in the period before; None if there is none before."""

    now: int
    before: int | None

    @property
    def change(self) -> int | None:
        """The difference; None without a period before."""
        return None if self.before is None else self.now - self.before


class OpenPromise(NamedTuple):
    """A promise that is open, with what it is for and its age in days."""

    made: MadePromise
    loop: Loop
    age: int

    def is_late(self, today: date) -> bool:
        """Return whether it should have been done before today."""
        due = self.made.promise.due
        return due is not None and due < today


class CustomerRow(NamedTuple):
    """A customer in an overview.

    `themes` has the count of each theme. `said` counts all feedback but what the customer values,
    which `valued` counts. `visits` are those of the period; `last_visit` is the latest up to today,
    `days` how many have passed since then, and `is_due` whether that is more than the customer's
    interval (None without one). `promises` are those that are open, the oldest first; `untold` is
    what was done or refused without telling the customer, and `reopened` what was said again after
    it was done.
    """

    customer: Customer
    themes: Mapping[str, Count]
    said: Count
    valued: int
    visits: Sequence[Place]
    last_visit: date | None
    days: int | None
    is_due: bool | None
    promises: Sequence[OpenPromise]
    untold: Sequence[Loop]
    reopened: Sequence[Loop]

    def since_visit(self) -> str:
        """Return how long ago the customer was visited, in words."""
        if self.days is None:
            return "never visited"
        if self.days == 0:
            return "visited today"
        return f"not visited for {self.days:,} {'day' if self.days == 1 else 'days'}"


class Repeat(NamedTuple):
    """A theme that several customers or visits named: the theme, and where, the earliest first."""

    theme: str
    loops: Sequence[Loop]

    @property
    def customers(self) -> list[str]:
        """The customers who named it, each once."""
        return list(dict.fromkeys(key for loop in self.loops for key in loop.customers))


class Overview(NamedTuple):
    """All customers in a period, the rows in the order of the customers.

    `themes` are those of the period, the most frequent first and what has no tag last. `to_done` and
    `to_told` are the median days from saying to doing and from doing to telling, of what was done or told in
    the period, with their numbers; None if there was nothing. `repeats` are themes that return, and `alike`
    what several visits said in nearly the same words without a theme in common.
    """

    days: Period
    before: Period | None
    themes: Sequence[str]
    rows: Sequence[CustomerRow]
    totals: Mapping[str, Count]
    to_done: float | None
    done: int
    to_told: float | None
    told: int
    repeats: Sequence[Repeat]
    alike: Sequence[tuple[Loop, Loop]]

    @property
    def is_empty(self) -> bool:
        """Whether no entry names a customer."""
        return not self.rows


def make_overview(
    customers: Iterable[Customer],
    notes: Sequence[Note],
    loops: Sequence[Loop],
    days: Period,
    before: Period | None,
    today: date,
) -> Overview:
    """Return the overview of a period beside the one before it."""
    by_customer: dict[str, list[Loop]] = defaultdict(list)
    for loop in loops:
        for key in loop.customers:
            by_customer[key].append(loop)
    visits: dict[str, list[Place]] = defaultdict(list)
    for note in notes:
        if note.visit.is_visit:
            for key in note.visit.customers:
                visits[key].append(Place(note.day, note.path, 1))
    rows = [
        _row(customer, by_customer[customer.key], visits[customer.key], days, before, today)
        for customer in customers
    ]
    complaints = [loop for loop in loops if is_complaint(loop)]
    totals = _counts(complaints, days, before)
    themes = sorted(totals, key=lambda it: (it == WITHOUT_THEME, -totals[it].now, it))
    to_done = [
        (loop.closed - loop.place.day).days
        for loop in loops
        if loop.closed and days.contains(loop.closed) and loop.closed >= loop.place.day
    ]
    to_told = [
        (heard - loop.closed).days
        for loop in loops
        if loop.closed and (heard := _heard(loop)) and days.contains(heard)
    ]
    in_period = [loop for loop in complaints if days.contains(loop.place.day)]
    return Overview(
        days,
        before,
        [theme for theme in themes if totals[theme].now or totals[theme].before],
        rows,
        totals,
        _median(to_done),
        len(to_done),
        _median(to_told),
        len(to_told),
        repeats(in_period),
        alike(in_period),
    )


def _median(values: Sequence[int]) -> float | None:
    """Return the median, or None without values; the module `statistics` would take 20 ms to import."""
    if not values:
        return None
    listed, middle = sorted(values), len(values) // 2
    return listed[middle] if len(listed) % 2 else (listed[middle - 1] + listed[middle]) / 2


def is_complaint(loop: Loop) -> bool:
    """Return whether a loop is feedback other than what a customer values."""
    return loop.is_feedback and loop.section != VALUES


def _heard(loop: Loop) -> date | None:
    return min((day for day in (loop.told, loop.confirmed) if day), default=None)


def _row(
    customer: Customer,
    loops: Sequence[Loop],
    visits: Sequence[Place],
    days: Period,
    before: Period | None,
    today: date,
) -> CustomerRow:
    complaints = [loop for loop in loops if is_complaint(loop)]
    past = [place.day for place in visits if place.day <= today]
    last = max(past, default=None)
    since = (today - last).days if last else None
    is_due = None
    if customer.every is not None:
        is_due = since is None or since > customer.every
    promises = open_promises(loops, today)
    return CustomerRow(
        customer,
        _counts(complaints, days, before),
        Count(_within(complaints, days), None if before is None else _within(complaints, before)),
        sum(loop.section == VALUES and days.contains(loop.place.day) for loop in loops),
        [place for place in visits if days.contains(place.day)],
        last,
        since,
        is_due,
        promises,
        [loop for loop in loops if loop.awaits_telling and loop.stage != REOPENED],
        [loop for loop in loops if loop.stage == REOPENED],
    )


def open_promises(loops: Iterable[Loop], today: date) -> list[OpenPromise]:
    """Return the open promises of loops, the oldest first."""
    found = [
        OpenPromise(made, loop, (today - made.place.day).days)
        for loop in loops
        for made in loop.promises
        if made.promise.is_open
    ]
    unique = {it.made.place: it for it in reversed(found)}
    return sorted(unique.values(), key=lambda it: it.made.place)


def _within(loops: Iterable[Loop], days: Period) -> int:
    return sum(days.contains(loop.place.day) for loop in loops)


def _counts(loops: Iterable[Loop], days: Period, before: Period | None) -> dict[str, Count]:
    """Return how often each theme was named in a period and the one before, without zeros."""
    now: dict[str, int] = defaultdict(int)
    earlier: dict[str, int] = defaultdict(int)
    for loop in loops:
        counts = now if days.contains(loop.place.day) else earlier
        if counts is earlier and not (before and before.contains(loop.place.day)):
            continue
        for theme in loop.themes or (WITHOUT_THEME,):
            counts[theme] += 1
    return {
        theme: Count(now.get(theme, 0), None if before is None else earlier.get(theme, 0))
        for theme in (*now, *(it for it in earlier if it not in now))
    }


def repeats(loops: Iterable[Loop]) -> list[Repeat]:
    """Return the themes that several customers or visits named, those of most customers first."""
    by_theme: dict[str, list[Loop]] = defaultdict(list)
    for loop in loops:
        for theme in loop.themes:
            by_theme[theme].append(loop)
    found = [
        Repeat(theme, listed)
        for theme, listed in by_theme.items()
        if len({loop.place.path for loop in listed}) > 1
    ]
    return sorted(found, key=lambda it: (-len(it.customers), -len(it.loops), it.theme))


def alike(loops: Sequence[Loop]) -> list[tuple[Loop, Loop]]:
    """Return pairs from different visits in nearly the same words, without a theme in common."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    found: list[tuple[Loop, Loop]] = []
    for number, loop in enumerate(loops):
        shared: dict[int, int] = defaultdict(int)
        for stem in loop.topics:
            for other in by_stem[stem]:
                shared[other] += 1
            by_stem[stem].append(number)
        for other, count in sorted(shared.items()):
            earlier = loops[other]
            if (
                is_alike(count, len(earlier.topics), len(loop.topics))
                and earlier.place.path != loop.place.path
                and not set(earlier.themes) & set(loop.themes)
            ):
                found.append((earlier, loop))
    return found


class PageOfVisit(NamedTuple):
    """One visit on the page of a customer: who was met, and what was said and promised."""

    place: Place
    met: tuple[str, ...]
    loops: Sequence[Loop]


class Met(NamedTuple):
    """A person who was met on visits: the name, how often, and when last."""

    name: str
    visits: int
    last: date


class CustomerPage(NamedTuple):
    """Everything about one customer: the row of the overview, the visits in order, and the people met.

    An entry that isn't a visit but has feedback of the customer is among the visits, too.
    """

    row: CustomerRow
    visits: Sequence[PageOfVisit]
    people: Sequence[Met]


def make_page(row: CustomerRow, notes: Iterable[Note], loops: Iterable[Loop]) -> CustomerPage:
    """Return the page of a customer."""
    key = row.customer.key
    by_path: dict[str, list[Loop]] = defaultdict(list)
    for loop in loops:
        if key in loop.customers:
            by_path[loop.place.path].append(loop)
    visits: list[PageOfVisit] = []
    met: dict[str, list[date]] = defaultdict(list)
    for note in notes:
        is_visit = note.visit.is_visit and key in note.visit.customers
        if note.visit == NO_VISIT or not (is_visit or by_path.get(note.path)):
            continue
        people = note.visit.met if is_visit else ()
        visits.append(PageOfVisit(Place(note.day, note.path, 1), people, by_path[note.path]))
        for name in people:
            met[name].append(note.day)
    found = [Met(name, len(days), max(days)) for name, days in met.items()]
    return CustomerPage(row, visits, sorted(found, key=lambda it: (-it.visits, it.name)))
