"""Gather what the document of a period needs besides its review."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.entry.markdown_lines import list_item
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UnreadableEntry
from journal_tui.lookups.review_facts import written_between
from journal_tui.review.closing import read_closing
from journal_tui.review.document import DocumentFacts, Quote, QuotedItem
from journal_tui.review.review import Review
from journal_tui.review.thanks import QUERY, Thanks, thanks_in
from journal_tui.review.written_day import WrittenDay

if TYPE_CHECKING:
    from journal_tui.index.hits import Hit
    from journal_tui.index.index import Index
    from journal_tui.library.library import Library

_DAYS_OF_A_WEEK = 6


def document_facts(
    index: "Index", library: "Library", find: "Callable[[str], Iterator[Hit]]", review: Review
) -> DocumentFacts:
    """Return the facts for the document of a review; `find` yields the entries that match a search."""
    texts = [*_texts(library, _weeks_before(index, review))]
    own = [*_texts(library, review.notes)]
    return DocumentFacts(
        tuple(_thanks(find, review)), tuple(_items([*texts, *own])), tuple(_moved(own))
    )


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
            if (item := list_item(line)) and (words := line[len(item.prefix) :].strip()):
                yield QuotedItem(words, note.period)


def _moved(notes: Iterable[tuple[WrittenDay, str]]) -> Iterator[Quote]:
    """Yield the lines about what moved in the notes of periods."""
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
