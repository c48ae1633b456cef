"""Find the expectations of all entries that say when to check them."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.expectations import Expectation
from journal_tui.index.analyzer import term
from journal_tui.index.postings import codes_of
from journal_tui.period import iso_day
from journal_tui.query.fields import CHECK, FOLLOW_UP

if TYPE_CHECKING:
    from journal_tui.index.index import Index


class ListedExpectation(NamedTuple):
    """An expectation without an answer, with the entry that it is in."""

    day: date
    path: str
    expectation: Expectation


def unanswered(index: "Index", until: date = date.max) -> list[ListedExpectation]:
    """Return the expectations without an answer, by the days to check them, up to one."""
    found = list(_listed(index, until))
    found.sort(key=lambda one: (one.expectation.check or date.max, one.day, one.path))
    return found


def _listed(index: "Index", until: date) -> Iterator[ListedExpectation]:
    # The postings have a term for each day to check, so few records have to be read.
    lowest, highest = term("is", CHECK), term("is", f"{CHECK}{until.isoformat()}")
    for year in index.years():
        segment = index.segment(year)
        codes = codes_of(segment.postings(FOLLOW_UP).between(lowest, highest))
        days = segment.days() if codes else {}
        for code in codes & days.keys():
            for record in days[code].records:
                for text, line, iso, is_answered in record["expectations"]:
                    check = iso_day(iso) if iso else None
                    if check and check <= until and not is_answered:
                        listed = Expectation(text, line, check)
                        yield ListedExpectation(days[code].day, record["path"], listed)
