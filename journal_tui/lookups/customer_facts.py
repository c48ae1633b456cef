"""Gather from the index what entries say of customers: visits, what was said, and what was promised."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.brief import PlannedVisit
from journal_tui.customers.customer import Customer, customer_key, keys_by_spelling
from journal_tui.customers.loop import REOPENED, Loop, Note, Place, loops
from journal_tui.customers.overview import (
    CustomerPage,
    Overview,
    make_overview,
    make_page,
    open_promises,
)
from journal_tui.customers.spellings import OtherSpelling, other_spellings
from journal_tui.customers.visit import TAG, Feedback, Promise, Visit, customers_in, from_values
from journal_tui.entry.mentions import mentions
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError
from journal_tui.index.analyzer import term
from journal_tui.index.ingest import less_garbage_collection
from journal_tui.index.postings import sort_key
from journal_tui.lookups.follow_ups import of_record
from journal_tui.query.fields import FOLLOW_UP

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.library.config import Config
    from journal_tui.review.span import Span


def notes(index: "Index", config: "Config") -> list[Note]:
    """Return the entries that say something of customers, the earliest first.

    A customer is known by its key, also where an entry has the name that journal.toml gives it.
    """
    # Thousands of items would trigger many garbage collections.
    with less_garbage_collection():
        found = [note for year in reversed(index.years()) for note in _of_year(index, year)]
        spelt = keys_by_spelling(config.customers)
        return [_with_keys(note, spelt) for note in found] if spelt else found


def customer_loops(index: "Index", config: "Config") -> list[Loop]:
    """Return what became of everything that customers said or were promised, the earliest first."""
    found = notes(index, config)
    with less_garbage_collection():
        return loops(found)


def customers(index: "Index", config: "Config") -> list[Customer]:
    """Return the customers of journal.toml, in its order, then those that only entries name."""
    return _customers_of(notes(index, config), config)


def _customers_of(found: Iterable[Note], config: "Config") -> list[Customer]:
    known = dict(config.customers)
    for note in found:
        for key in keys_of(note.visit):
            known.setdefault(key, Customer(key))
    named = [*config.customers]
    return [known[key] for key in (*named, *sorted(known.keys() - set(named)))]


def spellings(index: "Index", config: "Config") -> list[OtherSpelling]:
    """Return the customers that may be misspelt ones; those named in journal.toml are never among them."""
    uses: dict[str, list[Place]] = {}
    for note in notes(index, config):
        for key in dict.fromkeys(keys_of(note.visit)):
            uses.setdefault(key, []).append(Place(note.day, note.path, 1))
    return other_spellings(uses, config.customers.keys())


def keys_of(visit: Visit) -> Iterator[str]:
    """Yield the customers that a visit is to or has an item of."""
    yield from visit.customers
    for one in visit.feedback:
        yield from one.customers
        for promise in one.promises:
            yield from promise.customers
    for promise in visit.promises:
        yield from promise.customers


def _of_year(index: "Index", year: str) -> list[Note]:
    """Return the entries of a year that say something of customers, in order."""
    segment = index.segment(year)

    def make() -> list[Note]:
        codes = segment.postings().days(term("has", "customers"))
        days = segment.days() if codes else {}
        return [
            Note(days[code].day, record["path"], from_values(record["customers"]))
            for code in sorted(codes & days.keys(), key=sort_key)
            for record in days[code].records
            if record["customers"]
        ]

    return segment.made_of("records", "customers", make)


def _with_keys(note: Note, spelt: Mapping[str, str]) -> Note:
    """Return a note with the keys of customers in the place of their names."""
    visit = note.visit
    if not any(key in spelt for key in keys_of(visit)):
        return note

    def keys(named: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelt.get(key, key) for key in named))

    def promise(one: Promise) -> Promise:
        return one._replace(customers=keys(one.customers))

    def feedback(one: Feedback) -> Feedback:
        return one._replace(
            customers=keys(one.customers), promises=tuple(map(promise, one.promises))
        )

    return note._replace(
        visit=visit._replace(
            customers=keys(visit.customers),
            feedback=tuple(map(feedback, visit.feedback)),
            promises=tuple(map(promise, visit.promises)),
        )
    )


def overview(index: "Index", config: "Config", span: "Span", today: date) -> Overview:
    """Return all customers in a span, beside the span before it."""
    found = notes(index, config)
    earlier = span.step(-1)
    with less_garbage_collection():
        return make_overview(
            _customers_of(found, config),
            found,
            loops(found),
            span.days,
            earlier.days if earlier else None,
            today,
        )


def page(index: "Index", config: "Config", name: str, span: "Span", today: date) -> CustomerPage:
    """Return everything about one customer. Raise EntryError if no entry and no setting names it."""
    found = notes(index, config)
    with less_garbage_collection():
        everything = loops(found)
    customer = _named(_customers_of(found, config), name)
    earlier = span.step(-1)
    shown = make_overview(
        [customer], found, everything, span.days, earlier.days if earlier else None, today
    )
    return make_page(shown.rows[0], found, everything)


def planned_visits(index: "Index", config: "Config", today: date) -> list[PlannedVisit]:
    """Return the visits of today and tomorrow that a note without feedback or a follow-up names."""
    days = [day for day in (today, _after(today)) if day]
    spelt = keys_by_spelling(config.customers)
    planned: dict[tuple[date, str], Place] = {}
    for day in days:
        for key, place in (*_notes_of(index, day), *_due_on(index, day)):
            planned.setdefault((day, spelt.get(key, key)), place)
    if not planned:
        # What is said of customers is read only if it is needed.
        return []
    everything = customer_loops(index, config)
    found: list[PlannedVisit] = []
    for (day, key), place in sorted(planned.items()):
        own = [loop for loop in everything if key in loop.customers]
        name = config.customers[key].shown if key in config.customers else key
        open_ones = len(open_promises(own, today))
        untold = sum(loop.awaits_telling and loop.stage != REOPENED for loop in own)
        found.append(PlannedVisit(name, day, *place, open_ones, untold))
    return found


def _after(day: date) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day < date.max else None


def _notes_of(index: "Index", day: date) -> Iterator[tuple[str, Place]]:
    """Yield the customers of the day's visits of which no feedback is written yet."""
    for record in index.records_of_day(day):
        said = record["customers"]
        if said and said["visit"] and not said["said"]:
            for key in said["customers"]:
                yield key, Place(day, record["path"], 1)


def _due_on(index: "Index", day: date) -> Iterator[tuple[str, Place]]:
    """Yield the customers in open follow-ups that are due on a day."""
    wanted = term("is", f"due{day.isoformat()}")
    for year in index.years():
        segment = index.segment(year)
        codes = segment.postings(FOLLOW_UP).days(wanted)
        records = segment.days() if codes else {}
        for code in sorted(codes & records.keys(), key=sort_key):
            found = records[code]
            for record in found.records:
                for task in of_record(found.day, record):
                    if task.due == day and not task.is_closed and TAG in task.said.casefold():
                        for key in customers_in(mentions(task.said)[0]):
                            yield key, Place(found.day, task.path, task.line)


def _named(known: Sequence[Customer], name: str) -> Customer:
    """Return the customer with a name or a key."""
    wanted = customer_key(name.lstrip("#").removeprefix(TAG))
    for customer in known:
        if wanted in (customer.key, customer_key(customer.name)):
            return customer
    listed = ", ".join(customer.key for customer in known)
    advice = f"Customers are: {listed}." if known else "Name one in a visit: #customer/depot."
    raise EntryError(f"There is no customer “{one_line(name)}”. {one_line(advice)}")
