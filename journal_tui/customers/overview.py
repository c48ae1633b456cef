"""The overview of customers: themes in a period, visits, open promises, and how long they took."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from journal_tui.customers.customer import Customer
from journal_tui.customers.loop import (
    FEWEST_SHARED,
    REFUSED,
    REOPENED,
    CustomerNote,
    Loop,
    MadePromise,
    Place,
    share_most_stems,
)
from journal_tui.customers.spellings import OtherSpelling
from journal_tui.customers.visit import NO_VISIT, keys_of
from journal_tui.entry.model import VALUES
from journal_tui.period import Period

WITHOUT_THEME = ""
"""The theme of what was said without a tag."""


class PeriodCount(NamedTuple):
    """How often something was said in a period (`now`) and in the one before (`before`; None without one)."""

    now: int
    before: int | None

    @property
    def change(self) -> int | None:
        """The difference; None without a period before."""
        return None if self.before is None else self.now - self.before


class OpenPromise(NamedTuple):
    """A promise that is open, with what it is for and its age in days, which is 0 before a planned visit."""

    made: MadePromise
    loop: Loop
    age: int

    def is_late(self, today: date) -> bool:
        """Return whether it should have been done before today."""
        due = self.made.promise.due
        return due is not None and due < today


class CustomerRow(NamedTuple):
    """A customer in an overview.

    `themes` has the count of each theme, and `said` the count of all feedback except what the customer
    values; `valued` is how often that was said in the period. `visits` are those of the period, and
    `visits_in_all` is the number of all visits up to today; `last_visit` is the day of the latest, `days` how
    many days have passed since then, and `is_due` whether these are more than the customer's interval (None
    without one). As of today, `promises` are open, the oldest first, `untold` was done or refused but not yet
    told, and `reopened` was said again after it was done. If `is_new`, the first visit, feedback or promise is
    of the period, so there is nothing to compare.
    """

    customer: Customer
    themes: Mapping[str, PeriodCount]
    said: PeriodCount
    valued: int
    visits: Sequence[Place]
    visits_in_all: int
    last_visit: date | None
    days: int | None
    is_due: bool | None
    promises: Sequence[OpenPromise]
    untold: Sequence[Loop]
    reopened: Sequence[Loop]
    is_new: bool = False

    def since_visit(self) -> str:
        """Return how long ago the customer was visited, in words."""
        if self.days is None:
            return "never visited"
        if self.days == 0:
            return "visited today"
        return f"not visited for {self.days:,} {'day' if self.days == 1 else 'days'}"

    @property
    def urgency(self) -> tuple[bool, float, float]:
        """How urgent a visit is, to sort by: late ones by the days beyond the interval, then others by age."""
        age = math.inf if self.days is None else self.days
        beyond = age - (self.customer.every or 0) if self.is_due else 0
        return bool(self.is_due), beyond, age


VISIT, UNTOLD, SAID_MOST, NAME = "visit", "untold", "said", "name"
ORDERS = {
    VISIT: "the most overdue visit first",
    UNTOLD: "most not yet told first",
    SAID_MOST: "most said first",
    NAME: "by name",
}
"""The orders of the customers in an overview, each in words."""
_RANKS: Mapping[str, Callable[[CustomerRow], Any]] = {
    VISIT: lambda row: row.urgency,
    UNTOLD: lambda row: (len(row.untold), len(row.reopened)),
    SAID_MOST: lambda row: row.said.now,
}


def in_order(rows: Iterable[CustomerRow], order: str) -> list[CustomerRow]:
    """Return rows in one of the `ORDERS`; rows that are equal in this order are sorted by name."""
    found = sorted(rows, key=lambda row: (row.customer.shown.casefold(), row.customer.key))
    rank = _RANKS.get(order)
    return sorted(found, key=rank, reverse=True) if rank else found


class Repeat(NamedTuple):
    """A theme that several visits named, with its loops, the earliest first."""

    theme: str
    loops: Sequence[Loop]

    @property
    def customers(self) -> list[str]:
        """The keys of the customers who named it, each once."""
        return list(dict.fromkeys(key for loop in self.loops for key in loop.customers))


class Overview(NamedTuple):
    """All customers in a period, the one whose visit is most overdue first.

    `untold` is what was done or refused but not yet told, of all customers, and `reopened` what was said again
    after it was done, both as of today and the earliest first. `themes` are those of the period and of the one
    before, the most frequent first, and `WITHOUT_THEME` last. `to_done` is the median number of days from saying
    to doing or refusing, of the `done` loops that were done or refused in the period, and `to_told` from then to
    telling, of the `told` loops that were told in it; None if there were none. `repeats` are themes that return,
    and `alike` pairs of feedback from different visits in nearly the same words, without a theme in common.
    `spellings` are customers that may be the same as another, spelt differently.
    """

    days: Period
    before: Period | None
    themes: Sequence[str]
    rows: Sequence[CustomerRow]
    untold: Sequence[Loop]
    reopened: Sequence[Loop]
    totals: Mapping[str, PeriodCount]
    to_done: float | None
    done: int
    to_told: float | None
    told: int
    repeats: Sequence[Repeat]
    alike: Sequence[tuple[Loop, Loop]]
    spellings: Sequence[OtherSpelling] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no entry names a customer."""
        return not self.rows

    @property
    def late(self) -> int:
        """How many customers' visits are late."""
        return sum(bool(row.is_due) for row in self.rows)

    @property
    def names(self) -> dict[str, str]:
        """The name of each customer by its key."""
        return {row.customer.key: row.customer.shown for row in self.rows}


def make_overview(
    customers: Iterable[Customer],
    notes: Sequence[CustomerNote],
    loops: Sequence[Loop],
    days: Period,
    before: Period | None,
    today: date,
) -> Overview:
    """Return the overview of the period `days`, compared with the period `before`."""
    rows = make_rows(customers, notes, loops, days, before, today)
    complaints = [loop for loop in loops if is_complaint(loop)]
    totals = _counts(complaints, days, before)
    themes = sorted(totals, key=lambda it: (it == WITHOUT_THEME, -totals[it].now, it))
    # What was refused has a day on which it was dropped, but wasn't done.
    kept = [loop for loop in loops if loop.reached != REFUSED]
    to_done = [
        (loop.closed - loop.place.day).days
        for loop in kept
        if loop.closed and days.contains(loop.closed) and loop.closed >= loop.place.day
    ]
    to_told = [
        (heard - loop.closed).days
        for loop in kept
        if loop.closed and (heard := _heard(loop)) and days.contains(heard)
    ]
    in_period = [loop for loop in complaints if days.contains(loop.place.day)]
    return Overview(
        days,
        before,
        [theme for theme in themes if totals[theme].now or totals[theme].before],
        rows,
        [loop for loop in loops if is_untold(loop)],
        [loop for loop in loops if loop.stage == REOPENED],
        totals,
        _median(to_done),
        len(to_done),
        _median(to_told),
        len(to_told),
        repeats(in_period),
        similar_feedback(in_period),
    )


def make_rows(
    customers: Iterable[Customer],
    notes: Sequence[CustomerNote],
    loops: Sequence[Loop],
    days: Period,
    before: Period | None,
    today: date,
) -> list[CustomerRow]:
    """Return the rows of some customers, the one whose visit is most overdue first."""
    by_customer: dict[str, list[Loop]] = defaultdict(list)
    for loop in loops:
        for key in loop.customers:
            by_customer[key].append(loop)
    visits: dict[str, list[Place]] = defaultdict(list)
    first: dict[str, date] = {}
    for note in notes:
        for key in keys_of(note.visit):
            first[key] = min(note.day, first.get(key, note.day))
        if note.was_visit(today):
            for key in note.visit.customers:
                visits[key].append(Place(note.day, note.path, 1))
    rows = [
        _row(customer, by_customer[customer.key], visits[customer.key], days, before, today)
        for customer in customers
    ]
    if before is not None:
        new = {key for key, day in first.items() if days.contains(day)}
        rows = [row._replace(is_new=row.customer.key in new) for row in rows]
    return in_order(rows, VISIT)


def _median(values: Sequence[int]) -> float | None:
    """Return the median, or None without values; the module `statistics` would take 20 ms to import."""
    if not values:
        return None
    listed, middle = sorted(values), len(values) // 2
    return listed[middle] if len(listed) % 2 else (listed[middle - 1] + listed[middle]) / 2


def is_untold(loop: Loop) -> bool:
    """Return whether a loop was done or refused but not yet told, and wasn't said again."""
    return loop.awaits_telling and loop.stage != REOPENED


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
    last = max((place.day for place in visits), default=None)
    since = (today - last).days if last else None
    is_due = None
    if customer.every is not None:
        is_due = since is None or since > customer.every
    promises = open_promises(loops, today)
    return CustomerRow(
        customer,
        _counts(complaints, days, before),
        PeriodCount(
            _within(complaints, days), None if before is None else _within(complaints, before)
        ),
        sum(loop.section == VALUES and days.contains(loop.place.day) for loop in loops),
        [place for place in visits if days.contains(place.day)],
        len(visits),
        last,
        since,
        is_due,
        promises,
        [loop for loop in loops if is_untold(loop)],
        [loop for loop in loops if loop.stage == REOPENED],
    )


def open_promises(loops: Iterable[Loop], today: date) -> list[OpenPromise]:
    """Return the open promises of loops, the oldest first."""
    found = [
        OpenPromise(made, loop, max(0, (today - made.place.day).days))
        for loop in loops
        for made in loop.promises
        if made.promise.is_open
    ]
    unique = {it.made.place: it for it in reversed(found)}
    return sorted(unique.values(), key=lambda it: it.made.place)


def _within(loops: Iterable[Loop], days: Period) -> int:
    return sum(days.contains(loop.place.day) for loop in loops)


def _counts(loops: Iterable[Loop], days: Period, before: Period | None) -> dict[str, PeriodCount]:
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
        theme: PeriodCount(now.get(theme, 0), None if before is None else earlier.get(theme, 0))
        for theme in (*now, *(it for it in earlier if it not in now))
    }


def repeats(loops: Iterable[Loop]) -> list[Repeat]:
    """Return the themes that several visits named, those of most customers first."""
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


def similar_feedback(loops: Sequence[Loop]) -> list[tuple[Loop, Loop]]:
    """Return pairs of feedback from different visits in nearly the same words, without a theme in common."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    found: list[tuple[Loop, Loop]] = []
    for number, loop in enumerate(loops):
        listed = [by_stem[stem] for stem in loop.topics]
        # Most pairs have one or two stems in common, and there are very many of these.
        shared = Counter(chain.from_iterable(listed))
        near = [(other, count) for other, count in shared.items() if count >= FEWEST_SHARED]
        for other, count in sorted(near):
            earlier = loops[other]
            if (
                share_most_stems(count, len(earlier.topics), len(loop.topics))
                and earlier.place.path != loop.place.path
                and not set(earlier.themes) & set(loop.themes)
            ):
                found.append((earlier, loop))
        for numbers in listed:
            numbers.append(number)
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


def make_page(
    row: CustomerRow, notes: Iterable[CustomerNote], loops: Iterable[Loop]
) -> CustomerPage:
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
