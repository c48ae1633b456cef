"""Gather from the index what entries say of customers: visits, what was said, and what was promised."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.customers.customer import (
    Customer,
    customer_key,
    find_customer,
    keys_by_spelling,
    name_in_title,
)
from journal_tui.customers.loop import CustomerNote, Loop, Place, loops
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
from journal_tui.garbage_collection import less_garbage_collection
from journal_tui.index.analyzer import CUSTOMER, VISIT, term
from journal_tui.index.postings import codes_of, day_of, sort_key, unescape
from journal_tui.query.fields import DUE, NOT_TOLD

if TYPE_CHECKING:
    from journal_tui.brief import OverdueVisit, PlannedVisit
    from journal_tui.index.index import Index
    from journal_tui.index.search import Stages
    from journal_tui.index.segment import DayRecords
    from journal_tui.library.config import Config
    from journal_tui.library.library import Library
    from journal_tui.lookups.mentions import Name
    from journal_tui.review.span import Span


def notes(index: "Index", config: "Config") -> list[CustomerNote]:
    """Return the entries that say something of customers, the earliest first.

    They have the keys of customers, also where an entry has the name that journal.toml gives a customer.
    """
    # Thousands of items would trigger many garbage collections.
    with less_garbage_collection():
        years = [_of_year(index, year) for year in reversed(index.years())]

        def make() -> list[CustomerNote]:
            found = [note for listed in years for note in listed]
            spelt = keys_by_spelling(config.customers)
            return [_with_keys(note, spelt) for note in found] if spelt else found

        return index.cached("customers", (*years, config.customers), make)


def customer_loops(index: "Index", config: "Config") -> list[Loop]:
    """Return what became of everything that customers said or were promised, the earliest first."""
    found = notes(index, config)
    with less_garbage_collection():
        return index.cached("loops", (found,), lambda: loops(found))


def notes_about(index: "Index", config: "Config", customers: Iterable[str]) -> list[CustomerNote]:
    """Return the notes that the loops of some customers are made from, the earliest first.

    These are the notes that name the customers and, since a note may name several, those that name any
    other customer in one of them. The agenda has the days of each customer, so no other notes are read.
    """
    spelt = keys_by_spelling(config.customers)
    days: dict[str, set[tuple[str, str]]] = {}
    for year, key, codes in _on_agenda(index, CUSTOMER, spelt):
        days.setdefault(key, set()).update((year, code) for code in codes)
    found: dict[tuple[str, str], list[CustomerNote]] = {}
    wanted = [*customers]
    while wanted:
        for year, code in days.pop(wanted.pop(), set()) - found.keys():
            known = index.segment(year).days().get(code)
            listed = [_with_keys(note, spelt) for note in _notes_in(known)] if known else []
            found[year, code] = listed
            wanted += (key for note in listed for key in keys_of(note.visit))
    ordered = sorted(found, key=lambda place: (place[0], sort_key(place[1])))
    return [note for place in ordered for note in found[place]]


def _on_agenda(
    index: "Index", prefix: str, spelt: Mapping[str, str]
) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each year with the key of a customer who has a term with a prefix in it, and its days' codes."""
    for year in index.years():
        for item in index.segment(year).agenda().slice_of(prefix).split():
            name, _, codes = item.removeprefix(prefix).partition("!")
            yield year, spelt.get(unescape(name), unescape(name)), codes_of(codes)


def stages(index: "Index", config: "Config") -> "Stages":
    """Return the stage of each piece of feedback by its path and line, with `NOT_TOLD` if that is so."""
    found = customer_loops(index, config)

    def make() -> "Stages":
        return {
            (loop.place.path, loop.place.line): frozenset(
                (loop.stage, NOT_TOLD) if is_untold(loop) else (loop.stage,)
            )
            for loop in found
            if loop.is_feedback
        }

    return index.cached("stages", (found,), make)


def without_private_passages(found: Iterable[Loop], library: "Library") -> list[Loop]:
    """Return loops without comments, what HTML hides, and what their entries mark as private."""
    from journal_tui.publish.private_text import private_lines
    from journal_tui.publish.redaction import without_unshown

    # None for an entry that can't be read, so nothing of it may pass.
    private: dict[str, frozenset[int] | None] = {}

    def may_pass(place: Place) -> bool:
        if place.path not in private:
            try:
                private[place.path] = private_lines(library.text(place.path))
            except (OSError, EntryError):
                private[place.path] = None
        lines = private[place.path]
        return lines is not None and place.line not in lines

    def words(text: str) -> str:
        shown = without_unshown(text)
        return text if shown == text else " ".join(shown.split())

    def without_private(promise: Promise) -> Promise:
        text, reason = words(promise.text), words(promise.reason)
        # If a private part begins before the reason and ends in it, its end would stay in the reason.
        return promise._replace(text=text, reason=reason if text.endswith(reason) else "")

    kept: list[Loop] = []
    for loop in found:
        made = tuple(
            it._replace(promise=without_private(it.promise))
            for it in loop.promises
            if may_pass(it.place)
        )
        text = words(loop.text)
        if may_pass(loop.place) and (text or made):
            kept.append(loop._replace(text=text, promises=made))
    return kept


def customers(index: "Index", config: "Config") -> list[Customer]:
    """Return the customers of journal.toml, in its order, then those that only entries name.

    The latter have the name that is in the title of their latest visit, or else in its front matter.
    """
    return _customers_of(notes(index, config), config)


def customers_by_first_mention(index: "Index", config: "Config") -> list[Customer]:
    """Return all customers in the order in which entries first name them, then the others in journal.toml.

    A customer that is only named by a tag, in an entry that isn't about a visit, is among them.
    """
    from journal_tui.lookups.mentions import Mentions

    first: dict[str, date] = {}
    for note in notes(index, config):
        for key in keys_of(note.visit):
            first.setdefault(key, note.day)
    spelt = keys_by_spelling(config.customers)
    for name in Mentions(index).all("#"):
        for key in customers_in((name.term[1:],)):
            key = spelt.get(key, key)
            first[key] = min(name.first, first.get(key, name.first))
    known = {it.key: it for it in customers(index, config)}
    ordered = sorted(first, key=lambda key: (first[key], key))
    others = (key for key in known if key not in first)
    return [known.get(key, Customer(key)) for key in (*ordered, *others)]


def _customers_of(found: Iterable[CustomerNote], config: "Config") -> list[Customer]:
    known = dict(config.customers)
    named = [*config.customers]
    for note in found:
        for key in dict.fromkeys(keys_of(note.visit)):
            one = known.setdefault(key, Customer(key))
            # The latest name counts, because one may have been corrected.
            if key not in config.customers and note.visit.is_visit:
                written = (name for name in note.visit.names if customer_key(name) == key)
                name = name_in_title(note.title, key) or next(written, one.name)
                known[key] = one if name == one.name else one._replace(name=name)
    return [known[key] for key in (*named, *sorted(known.keys() - set(named)))]


def spellings(index: "Index", config: "Config") -> list[OtherSpelling]:
    """Return the customers that may be the same as another, spelt differently.

    Those that journal.toml names are different customers.
    """
    places: dict[str, list[Place]] = {}
    for note in notes(index, config):
        for key in dict.fromkeys(keys_of(note.visit)):
            places.setdefault(key, []).append(Place(note.day, note.path, 1))
    return other_spellings(places, config.customers)


def uses(index: "Index", config: "Config", tag: str) -> "Name | None":
    """Return a tag such as `#customer/lab` with the days of the notes that are about the customer.

    Return None for another tag, and if no note is about the customer.
    """
    from journal_tui.lookups.mentions import Name

    key = tag.removeprefix(f"#{TAG}")
    days = [note.day for note in notes(index, config) if key in note.visit.customers]
    if not key or key == tag or not days:
        return None
    return Name(tag, tag[1:], len(set(days)), min(days), max(days))


def _of_year(index: "Index", year: str) -> list[CustomerNote]:
    """Return the entries of a year that say something of customers, in order."""
    segment = index.segment(year)

    def make() -> list[CustomerNote]:
        codes = segment.postings().days(term("has", "customers"))
        # The records of a year without any of these days needn't be read.
        days = segment.days() if codes else {}
        listed = sorted(codes & days.keys(), key=sort_key)
        return [note for code in listed for note in _notes_in(days[code])]

    return segment.cached("records", "customers", make)


def _notes_in(found: "DayRecords") -> list[CustomerNote]:
    """Return the entries of a day that say something of customers."""
    return [
        CustomerNote(found.day, record["path"], from_values(record["customers"]), record["title"])
        for record in found.records
        if record["customers"]
    ]


def _with_keys(note: CustomerNote, spelt: Mapping[str, str]) -> CustomerNote:
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
    customer = customer_named(_customers_of(found, config), name)
    earlier = span.step(-1)
    before = earlier.days if earlier else None
    [row] = make_rows([customer], found, everything, span.days, before, today)
    return make_page(row, found, everything)


def planned_visits(index: "Index", config: "Config", today: date) -> "list[PlannedVisit]":
    """Return the visits of today and tomorrow, by notes that have no feedback yet and follow-ups due then."""
    from journal_tui.brief import PlannedVisit

    days = [day for day in (today, _after(today)) if day]
    spelt = keys_by_spelling(config.customers)
    planned: dict[tuple[date, str], Place] = {}
    for day in days:
        for key, place in (*_notes_of(index, day), *_due_on(index, day)):
            planned.setdefault((day, spelt.get(key, key)), place)
    if not planned:
        # The notes about customers are read only if there is a visit.
        return []
    noted = notes_about(index, config, {key for _, key in planned})
    everything = loops(noted)
    names = {one.key: one.shown for one in _customers_of(noted, config)}
    found: list[PlannedVisit] = []
    for (day, key), place in sorted(planned.items()):
        own = [loop for loop in everything if key in loop.customers]
        open_ones = len(open_promises(own, today))
        untold = sum(map(is_untold, own))
        found.append(PlannedVisit(names.get(key, key), day, *place, open_ones, untold))
    return found


def overdue_visit(index: "Index", config: "Config", today: date) -> "OverdueVisit | None":
    """Return the customer whose visit is most overdue by its interval in journal.toml, or None."""
    from journal_tui.brief import OverdueVisit

    wanted = [customer for customer in config.customers.values() if customer.every is not None]
    last = _last_visits(index, config, today) if wanted else {}
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


def _last_visits(index: "Index", config: "Config", today: date) -> dict[str, date]:
    """Return the day of the last visit to each customer that was visited.

    A visit of today counts if its note says something.
    """
    spelt = keys_by_spelling(config.customers)
    last: dict[str, date] = {}
    for year, key, codes in _on_agenda(index, VISIT, spelt):
        for code in codes:
            if (day := day_of(int(year), code)) < today:
                last[key] = max(day, last.get(key, day))
    for record in index.records_of_day(today):
        note = CustomerNote(today, record["path"], from_values(record["customers"]))
        if note.was_visit(today):
            last |= dict.fromkeys(_with_keys(note, spelt).visit.customers, today)
    return last


def _after(day: date) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day < date.max else None


def _notes_of(index: "Index", day: date) -> Iterator[tuple[str, Place]]:
    """Yield the customers of a day's visits whose notes have no feedback yet, with the notes' places."""
    for record in index.records_of_day(day):
        said = record["customers"]
        if said and said["visit"] and not said["said"]:
            for key in said["customers"]:
                yield key, Place(day, record["path"], 1)


def _due_on(index: "Index", day: date) -> Iterator[tuple[str, Place]]:
    """Yield the customers in open follow-ups that are due on a day, with the places of these."""
    from journal_tui.entry.mentions import mentions
    from journal_tui.lookups.follow_ups import of_record

    for year in index.years():
        segment = index.segment(year)
        codes = codes_of(segment.agenda().lookup(f"{DUE}{day.isoformat()}"))
        records = segment.days() if codes else {}
        for code in sorted(codes & records.keys(), key=sort_key):
            found = records[code]
            for record in found.records:
                for task in of_record(found.day, record):
                    if task.due == day and not task.is_closed and TAG in task.said.casefold():
                        for key in customers_in(mentions(task.said)[0]):
                            yield key, Place(found.day, task.path, task.line)


def customer_named(known: Sequence[Customer], name: str) -> Customer:
    """Return the customer with a name or a key, in any spelling. Raise EntryError for another."""
    if customer := find_customer(known, name):
        return customer
    listed = ", ".join(customer.key for customer in known)
    advice = f"Customers are: {listed}." if known else "Name one in a visit: #customer/depot."
    raise EntryError(f"There is no customer “{one_line(name)}”. {one_line(advice)}")
