"""Gather what the document of a period needs besides its review."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.counts import counted
from journal_tui.customers import words
from journal_tui.customers.loop import Loop
from journal_tui.customers.visit import CONFIRMED, TAG, TOLD
from journal_tui.entry.markdown_lines import list_item
from journal_tui.entry.model import DONE
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UnreadableEntry
from journal_tui.lookups import customer_facts
from journal_tui.lookups.review_facts import written_between
from journal_tui.review.closing import read_closing
from journal_tui.review.document import (
    Claim,
    CustomerClaims,
    DocumentFacts,
    Quote,
    QuotedItem,
)
from journal_tui.review.review import Review
from journal_tui.review.thanks import QUERY, Thanks, thanks_in
from journal_tui.review.written_day import WrittenDay

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.index.search import Hit
    from journal_tui.library.config import Config
    from journal_tui.library.library import Library

_DONE = (DONE, TOLD, CONFIRMED)
_DAYS_OF_A_WEEK = 6


def document_facts(
    index: "Index",
    config: "Config",
    library: "Library",
    find: "Callable[[str], Iterator[Hit]]",
    review: Review,
) -> DocumentFacts:
    """Return the facts for the document of a review; `find` yields the entries that match a search."""
    texts = [*_texts(library, _weeks_before(index, review))]
    own = [*_texts(library, review.notes)]
    return DocumentFacts(
        tuple(_thanks(find, review)),
        tuple(_items([*texts, *own])),
        tuple(_moved(own)),
        tuple(_customers(index, config, review)),
    )


def _customers(index: "Index", config: "Config", review: Review) -> Iterator[CustomerClaims]:
    """Yield the claims about each customer who was visited, or for whom something changed, in the period."""
    notes = [
        note
        for note in customer_facts.notes(index, config)
        if note.was_visit(review.today) and review.days.contains(note.day)
    ]
    loops = customer_facts.customer_loops(index, config)
    for customer in customer_facts.customers(index, config):
        visits = [(note.day, note.path) for note in notes if customer.key in note.visit.customers]
        own = [loop for loop in loops if customer.key in loop.customers]
        claims = list(_claims(visits, own, review))
        if claims:
            yield CustomerClaims(
                f"#{TAG}{customer.key}", customer.name or f"#{TAG}{customer.key}", tuple(claims)
            )


def _claims(
    visits: Sequence[tuple[date, str]], loops: Sequence[Loop], review: Review
) -> Iterator[Claim]:
    """Yield the visits to a customer, and what was said, done, told, confirmed and said again."""
    if visits:
        days = tuple(sorted({day for day, _ in visits}))
        yield Claim(f"Visited on {counted(len(days), 'day')}.", days, notes=tuple(visits))

    def claim(text: str, listed: Sequence[Loop]) -> Iterator[Claim]:
        if listed:
            written = [loop.place.day for loop in listed if review.days.contains(loop.place.day)]
            quotes = tuple(
                Quote(
                    it.text, it.place.day, it.place.path, (words.stage_shown(it),), is_of_note=True
                )
                for it in reversed(listed)
            )
            yield Claim(text, tuple(sorted(set(written))), quotes)

    def within(day: date | None) -> bool:
        return day is not None and review.days.contains(day)

    said = [it for it in loops if it.is_feedback and within(it.place.day)]
    yield from claim(f"{counted(len(said), 'thing')} said.", said)
    done = [it for it in loops if it.reached in _DONE and within(it.closed)]
    yield from claim(f"{counted(len(done), 'thing')} done.", done)
    told = [it for it in loops if within(it.told) or within(it.confirmed)]
    yield from claim(f"{counted(len(told), 'thing')} told or confirmed.", told)
    again = [it for it in loops if it.again and within(it.again.day)]
    were = "it was" if len(again) == 1 else "they were"
    yield from claim(f"{counted(len(again), 'thing')} said again after {were} done.", again)


def _thanks(find: "Callable[[str], Iterator[Hit]]", review: Review) -> Iterator[Thanks]:
    """Yield the sentences of thanks in the period, in the order of their days."""
    query = f"{QUERY} {review.span.query}".strip()
    for hit in sorted(find(query), key=lambda hit: (hit.day, hit.path)):
        if review.days.contains(hit.day):
            for text, people in thanks_in(hit.file.text):
                yield Thanks(text, people, hit.day, hit.path, hit.period)


def _texts(library: "Library", notes: Iterable[WrittenDay]) -> Iterator[tuple[WrittenDay, str]]:
    """Yield the notes of periods with their texts, without those that can't be read."""
    for note in notes:
        with suppress(FileNotFoundError, UnreadableEntry):
            yield note, library.text(note.path)


def _items(notes: Iterable[tuple[WrittenDay, str]]) -> Iterator[QuotedItem]:
    """Yield the items of lists in the notes of periods, which may quote learning points."""
    for note, text in notes:
        for line in text.splitlines():
            if (item := list_item(line)) and (said := line[len(item.prefix) :].strip()):
                yield QuotedItem(said, note.period)


def _moved(notes: Iterable[tuple[WrittenDay, str]]) -> Iterator[Quote]:
    """Yield the lines “What moved: …” of the notes of periods."""
    for note, text in notes:
        for line in read_closing(text, note.path).moved:
            yield Quote(one_line(line), note.day, note.path, (), note.period)


def _weeks_before(index: "Index", review: Review) -> Iterator[WrittenDay]:
    """Yield the notes of weeks that began before the period and may end in it."""
    first = review.days.start
    begin = date.fromordinal(max(1, first.toordinal() - _DAYS_OF_A_WEEK))
    for found in written_between(index, begin, first):
        if found.period and found.day < first and "W" in found.period:
            yield found
