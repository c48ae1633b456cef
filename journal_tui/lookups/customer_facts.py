"""Gather from the index what entries say of customers: visits, what was said, and what was promised."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.customers.customer import Customer, called, keys_by_spelling, name_in_title
from journal_tui.customers.loop import REOPENED, Loop, Note, Place, loops
from journal_tui.customers.overview import (
    CustomerPage,
    Overview,
    is_untold,
    make_overview,
    make_page,
    make_rows,
    open_promises,
)
from journal_tui.customers.spellings import OtherSpelling, other_spellings
from journal_tui.customers.visit import TAG, Feedback, Promise, customers_in, from_values, keys_of
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError
from journal_tui.index.analyzer import term
from journal_tui.index.ingest import less_garbage_collection
from journal_tui.index.postings import sort_key
from journal_tui.query.fields import FOLLOW_UP, NOT_TOLD

if TYPE_CHECKING:
    from journal_tui.brief import OverdueVisit, PlannedVisit
    from journal_tui.index.index import Index
    from journal_tui.index.search import Stages
    from journal_tui.library.config import Config
    from journal_tui.library.library import Library
    from journal_tui.lookups.mentions import Name
    from journal_tui.review.span import Span


def notes(index: "Index", config: "Config") -> list[Note]:
    """Return the entries that say something of customers, the earliest first.

    A customer is known by its key, also where an entry has the name that journal.toml gives it.
    """
    # Thousands of items would trigger many garbage collections.
    with less_garbage_collection():
        years = [_of_year(index, year) for year in reversed(index.years())]

        def make() -> list[Note]:
            found = [note for listed in years for note in listed]
            spelt = keys_by_spelling(config.customers)
            return [_with_keys(note, spelt) for note in found] if spelt else found

        return index.made_of("customers", (*years, config.customers), make)


def customer_loops(index: "Index", config: "Config") -> list[Loop]:
    """Return what became of everything that customers said or were promised, the earliest first."""
    found = notes(index, config)
    with less_garbage_collection():
        return index.made_of("loops", (found,), lambda: loops(found))


def stages(index: "Index", config: "Config") -> "Stages":
    """Return what became of each piece of feedback: its stage, and whether it isn't told yet."""
    found = customer_loops(index, config)

    def make() -> "Stages":
        return {
            (loop.place.path, loop.place.line): frozenset(
                (loop.stage, NOT_TOLD) if is_untold(loop) else (loop.stage,)
            )
            for loop in found
            if loop.is_feedback
        }

    return index.made_of("stages", (found,), make)


def passing(found: Iterable[Loop], library: "Library") -> list[Loop]:
    """Return loops without what is marked as private in their entries."""
    from journal_tui.publish.private_text import private_lines, without_private

    private: dict[str, frozenset[int]] = {}

    def may_pass(place: Place) -> bool:
        if place.path not in private:
            try:
                private[place.path] = private_lines(library.text(place.path))
            except (OSError, EntryError):
                private[place.path] = frozenset()
        return place.line not in private[place.path]

    def words(text: str) -> str:
        return " ".join(without_private(text).split()) if "%%" in text or "<!--" in text else text

    kept: list[Loop] = []
    for loop in found:
        made = tuple(
            it._replace(promise=it.promise._replace(text=words(it.promise.text)))
            for it in loop.promises
            if may_pass(it.place)
        )
        text = words(loop.text)
        if may_pass(loop.place) and (text or made):
            kept.append(loop._replace(text=text, promises=made))
    return kept


def customers(index: "Index", config: "Config") -> list[Customer]:
    """Return the customers of journal.toml, in its order, then those that only entries name.

    These are called what the title of their latest visit calls them.
    """
    return _customers_of(notes(index, config), config)


def _customers_of(found: Iterable[Note], config: "Config") -> list[Customer]:
    known = dict(config.customers)
    named = [*config.customers]
    for note in found:
        for key in dict.fromkeys(keys_of(note.visit)):
            one = known.setdefault(key, Customer(key))
            # The latest title counts, because a name may have been corrected.
            if key not in config.customers and note.visit.is_visit and note.title:
                name = name_in_title(note.title, key) or one.name
                known[key] = one if name == one.name else one._replace(name=name)
    return [known[key] for key in (*named, *sorted(known.keys() - set(named)))]


def spellings(index: "Index", config: "Config") -> list[OtherSpelling]:
    """Return the customers that may be others, spelt in another way; names of journal.toml are known."""
    places: dict[str, list[Place]] = {}
    for note in notes(index, config):
        for key in dict.fromkeys(keys_of(note.visit)):
            places.setdefault(key, []).append(Place(note.day, note.path, 1))
    return other_spellings(places, config.customers)


def uses(index: "Index", config: "Config", tag: str) -> "Name | None":
    """Return how the customer of a tag such as `#customer/lab` is named by notes, or None."""
    from journal_tui.lookups.mentions import Name

    key = tag.removeprefix(f"#{TAG}")
    days = [note.day for note in notes(index, config) if key in note.visit.customers]
    if not key or key == tag or not days:
        return None
    return Name(tag, tag[1:], len(set(days)), min(days), max(days))


def _of_year(index: "Index", year: str) -> list[Note]:
    """Return the entries of a year that say something of customers, in order."""
    segment = index.segment(year)

    def make() -> list[Note]:
        codes = segment.postings().days(term("has", "customers"))
        # The records of a year without any of these days needn't be read.
        days = segment.days() if codes else {}
        return [
            Note(days[code].day, record["path"], from_values(record["customers"]), record["title"])
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
    found, everything = notes(index, config), customer_loops(index, config)
    earlier = span.step(-1)
    with less_garbage_collection():
        return make_overview(
            _customers_of(found, config),
            found,
            everything,
            span.days,
            earlier.days if earlier else None,
            today,
        )._replace(spellings=spellings(index, config))


def page(index: "Index", config: "Config", name: str, span: "Span", today: date) -> CustomerPage:
    """Return everything about one customer. Raise EntryError if no entry and no setting names it."""
    found, everything = notes(index, config), customer_loops(index, config)
    customer = named(_customers_of(found, config), name)
    earlier = span.step(-1)
    before = earlier.days if earlier else None
    [row] = make_rows([customer], found, everything, span.days, before, today)
    return make_page(row, found, everything)


def planned_visits(index: "Index", config: "Config", today: date) -> "list[PlannedVisit]":
    """Return the visits of today and tomorrow that a note without feedback or a follow-up names."""
    from journal_tui.brief import PlannedVisit

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
    names = {one.key: one.shown for one in customers(index, config)}
    found: list[PlannedVisit] = []
    for (day, key), place in sorted(planned.items()):
        own = [loop for loop in everything if key in loop.customers]
        open_ones = len(open_promises(own, today))
        untold = sum(loop.awaits_telling and loop.stage != REOPENED for loop in own)
        found.append(PlannedVisit(names.get(key, key), day, *place, open_ones, untold))
    return found


def overdue_visit(index: "Index", config: "Config", today: date) -> "OverdueVisit | None":
    """Return the customer whose visit is most overdue by its interval in journal.toml, or None.

    Years are read from the latest on, until every such customer was visited in one of them.
    """
    from journal_tui.brief import OverdueVisit

    wanted = [customer for customer in config.customers.values() if customer.every is not None]
    last: dict[str, date] = {}
    spelt = keys_by_spelling(config.customers)
    for year in index.years() if wanted else ():
        for note in (_with_keys(it, spelt) for it in reversed(_of_year(index, year))):
            if note.was_visit(today):
                for key in note.visit.customers:
                    last.setdefault(key, note.day)
        if all(customer.key in last for customer in wanted):
            break
    late = [
        (math.inf if seen is None else (today - seen).days - customer.every, customer, seen)
        for customer in wanted
        if customer.every is not None
        and ((seen := last.get(customer.key)) is None or (today - seen).days > customer.every)
    ]
    if not late:
        return None
    _, customer, seen = max(late, key=lambda it: it[0])
    return OverdueVisit(customer.key, customer.shown, seen, customer.every or 0)


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
    from journal_tui.entry.mentions import mentions
    from journal_tui.lookups.follow_ups import of_record

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


def named(known: Sequence[Customer], name: str) -> Customer:
    """Return the customer with a name or a key, in any spelling. Raise EntryError for another."""
    if customer := called(known, name):
        return customer
    listed = ", ".join(customer.key for customer in known)
    advice = f"Customers are: {listed}." if known else "Name one in a visit: #customer/depot."
    raise EntryError(f"There is no customer “{one_line(name)}”. {one_line(advice)}")
