"""Days by what is known of a file as a whole, for which the entries' postings say it."""

from collections.abc import Set
from datetime import date
from functools import partial

from journal_tui.index.days import NONE, Days, PartOfYear, Plan
from journal_tui.index.postings import code, codes_of, day_of, escape
from journal_tui.index.terms import MOST, kind_term, length_term, number_term, rating_term
from journal_tui.query.matchers import ENTRY, Compare, During, Has, Kind, Matcher, Weekday


def planned(leaf: Matcher) -> Plan:
    """What gives the days of a year that may be such, of all of them or `among` these."""
    match leaf:
        case During() | Weekday():
            return partial(_dated, leaf)
        case Has():
            return partial(_lookup, f"=h{escape(leaf.what)}")
        case Kind():
            return partial(_kind, kind_term(leaf.name))
        case Compare(field="rating"):
            low, high = rating_term(min(leaf.low, 11)), rating_term(min(leaf.high, 11))
            return partial(_between, low, high, leaf.open_low, leaf.open_high, True)
        case Compare(field="words"):
            low, high = length_term(leaf.low), length_term(min(leaf.high, MOST))
            # A term has the whole part of a number alone.
            whole = all(bound.is_integer() or bound > MOST for bound in (leaf.low, leaf.high))
            opened = (leaf.open_low, leaf.open_high) if whole else (False, False)
            return partial(_between, low, high, *opened, whole)
        case Compare():
            low, high = number_term(leaf.low), number_term(min(leaf.high, MOST))
            bounds = leaf.low.is_integer() and leaf.high.is_integer()
            return partial(_numbered, low, high, bounds and not (leaf.open_low or leaf.open_high))
    raise TypeError(leaf)


def _lookup(term: str, year: PartOfYear, _: Set[str] | None) -> Days:
    return Days(codes_of(year.of_part(ENTRY).lookup(term)), True)


def _kind(term: str, year: PartOfYear, _: Set[str] | None) -> Days:
    postings = year.of_part(ENTRY)
    return Days(codes_of(postings.lookup(term) + postings.slice_of(term + "-")), True)


def _between(
    low: str,
    high: str,
    open_low: bool,
    open_high: bool,
    exact: bool,
    year: PartOfYear,
    _: Set[str] | None,
) -> Days:
    return Days(codes_of(year.of_part(ENTRY).between(low, high, open_low, open_high)), exact)


def _numbered(low: str, high: str, exact: bool, year: PartOfYear, _: Set[str] | None) -> Days:
    # Days are counted where a title says no number: of several files, in one of them.
    unsaid = year.unnumbered()
    found = codes_of(year.of_part(ENTRY).between(low, high))
    return Days(found | unsaid, exact and not unsaid)


def _dated(leaf: During | Weekday, year: PartOfYear, among: Set[str] | None) -> Days:
    codes = year.everything() if among is None else among
    number = int(year.name)
    if isinstance(leaf, Weekday):
        return Days({c for c in codes if day_of(number, c).weekday() in leaf.days}, True)
    period = leaf.period
    first, last = date(number, 1, 1), date(number, 12, 31)
    if period.start > last or period.last < first:
        return Days(NONE, True)
    if period.start <= first and period.last >= last:
        return Days(codes, True)
    low, high = code(max(period.start, first)), code(min(period.last, last))
    return Days({c for c in codes if low <= c <= high}, True)
