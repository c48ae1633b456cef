"""Which days of a year may match a query, from its postings: a matcher becomes a set of days."""

from collections.abc import Set
from datetime import date
from typing import NamedTuple

from journal_tui.index.forward import FEW
from journal_tui.index.index import Index
from journal_tui.index.postings import (
    between,
    code,
    codes_of,
    day_of,
    escape,
    lookup,
    slice_of,
    unescape,
)
from journal_tui.index.terms import MOST, kind_term, length_term, number_term, rating_term
from journal_tui.query.matchers import (
    ENTRY,
    FOLLOW_UP,
    OF_FILE,
    POINTS,
    PROSE,
    And,
    Compare,
    During,
    Has,
    In,
    Kind,
    Matcher,
    Mention,
    Not,
    Or,
    State,
    Weekday,
    Words,
)

# Of fewer characters it takes longer to look for a word that is there every day.
LONG_SLICE = 2_000


class Days(NamedTuple):
    """The codes of the days that may match; `exact`: each does that has one file."""

    codes: set[str]
    exact: bool


class Candidates:
    """The days of the year `name` of which a passage of the kind `part` may match."""

    def __init__(self, index: Index, name: str, part: str) -> None:
        self._index, self._name, self._part = index, name, part
        self._postings = index.of_part(name, part)
        # Of the points there are several a day: one may hold this word and another one that.
        self._is_one = part not in POINTS

    def days(self, matcher: Matcher, among: set[str] | None = None) -> Days:
        """The days that may match a query; all of them where `among` is None, else of these."""
        found = self._days(matcher, among)
        return found if among is None else Days(found.codes & among, found.exact)

    def everything(self) -> frozenset[str]:
        """All days that have such a passage."""
        return self._index.everything(self._name, self._part)

    def _days(self, matcher: Matcher, among: set[str] | None) -> Days:
        match matcher:
            case And():
                return self._all(matcher, among)
            case Or():
                parts = [self.days(part, among) for part in matcher.parts]
                codes: set[str] = set().union(*(part.codes for part in parts))
                return Days(codes, all(part.exact for part in parts))
            case Not():
                return self._without(matcher.part, among)
            case Words():
                return self._words(matcher, among)
            case Mention():
                return self._exactly(codes_of(slice_of(self._postings, escape(matcher.name))))
            case In():
                is_part = self._part in matcher.kinds
                return Days(set(self.everything()) if is_part else set(), True)
            case State():
                is_part = self._part == FOLLOW_UP
                return Days(set(self.everything()) if is_part else set(), not is_part)
        found = self._of_file(matcher, among)
        if self._part == ENTRY:
            return found
        return Days(found.codes & self.everything(), found.exact)

    def _exactly(self, codes: set[str]) -> Days:
        return Days(codes, self._is_one)

    def _all(self, matcher: And, among: set[str] | None) -> Days:
        """Days that may match all parts: what is told quickly first, of few days what takes longer."""
        codes, exact = among, True
        for part in sorted(matcher.parts, key=_effort):
            found = self.days(part, codes)
            codes, exact = found.codes, exact and found.exact
            if not codes:
                break
        return Days(set(self.everything()) if codes is None else codes, exact and self._is_one)

    def _without(self, part: Matcher, among: set[str] | None) -> Days:
        everything = set(self.everything()) if among is None else among
        found = self.days(part, among)
        if found.exact and (self._is_one or isinstance(part, OF_FILE)):
            # A day with several files may match by the other one.
            return Days(everything - (found.codes - self._several()), True)
        return Days(everything, False)

    def _several(self) -> frozenset[str]:
        return self._index.several(self._name)

    def _words(self, asked: Words, among: set[str] | None) -> Days:
        if len(asked.words) > 1:
            return self._phrase(asked, among)
        word = escape(asked.words[0])
        if asked.last == "whole":
            return self._exactly(codes_of(lookup(self._postings, word)))
        if asked.last == "begins":
            return self._exactly(self._begun(word))
        return self._exactly(self._inside(word))

    def _begun(self, word: str) -> set[str]:
        """The days of all terms that begin so."""
        items = slice_of(self._postings, word)
        if len(items) > LONG_SLICE:
            longest = max(items.split(), key=len)
            everything = self.everything()
            if len(longest) - longest.find("!") - 1 == 2 * len(everything):
                return set(everything)
        return codes_of(items)

    def _phrase(self, asked: Words, among: set[str] | None) -> Days:
        words, begun = tuple(map(escape, asked.words)), asked.last == "begins"
        is_loaded = self._index.has_phrases(self._name)
        # The order of the words of a small part is as quickly searched as their days looked up.
        if not is_loaded or self._part in (ENTRY, PROSE):
            rows = [lookup(self._postings, word) for word in (words[:-1] if begun else words)]
            if begun:
                rows.append(slice_of(self._postings, words[-1]))
            rarest = min(rows, key=len)
            if not is_loaded or len(rarest) < 2 * FEW:
                few = {code for code in codes_of(rarest) if all(code in row for row in rows)}
                among = few if among is None else among & few
            if not rarest or (among is not None and not among):
                return Days(set(), True)
            if not is_loaded and among is not None and len(among) <= FEW:
                # Some texts are sooner read than the order of a year's words.
                return Days(among, False)
        part = ENTRY if self._part == PROSE else self._part
        held = self._index.phrases(self._name).days(part, words, begun, among)
        return Days(held, self._part != PROSE and self._is_one)

    def _inside(self, text: str) -> set[str]:
        """The days of all terms with these characters in them."""
        postings, codes = self._postings, set[str]()
        at = postings.find(text)
        while at >= 0:
            start = postings.rfind(" ", 0, at) + 1
            end, stop = postings.find("!", start), postings.find(" ", start)
            # The digits of a day or of an escaped character are none of the term's own.
            if postings[start] not in "#@=" and unescape(text) in unescape(postings[start:end]):
                codes |= codes_of(postings[end:stop])
            at = postings.find(text, stop)
        return codes

    def _of_file(self, leaf: Matcher, among: set[str] | None) -> Days:
        """Days by what is known of a file as a whole, for which the entries' postings say it."""
        if isinstance(leaf, During | Weekday):
            known = self.everything() if among is None else among
            return Days(set(_dated(leaf, int(self._name), known)), True)
        postings = self._index.of_part(self._name, ENTRY)
        match leaf:
            case Has():
                return Days(codes_of(lookup(postings, f"=h{escape(leaf.what)}")), True)
            case Kind():
                term = kind_term(leaf.name)
                items = lookup(postings, term) + slice_of(postings, term + "-")
                return Days(codes_of(items), True)
            case Compare(field="rating"):
                low, high = rating_term(min(leaf.low, 11)), rating_term(min(leaf.high, 11))
                items = between(postings, low, high, leaf.open_low, leaf.open_high)
                return Days(codes_of(items), True)
            case Compare(field="words"):
                low, high = length_term(leaf.low), length_term(min(leaf.high, MOST))
                # A term has the whole part of a number alone.
                whole = all(bound.is_integer() or bound > MOST for bound in (leaf.low, leaf.high))
                opened = (leaf.open_low, leaf.open_high) if whole else (False, False)
                return Days(codes_of(between(postings, low, high, *opened)), whole)
            case Compare():
                low, high = number_term(leaf.low), number_term(min(leaf.high, MOST))
                # Days are counted where a title says no number: of several files, in one of them.
                unsaid = self._index.unnumbered(self._name)
                bounds = leaf.low.is_integer() and leaf.high.is_integer()
                exact = bounds and not (unsaid or leaf.open_low or leaf.open_high)
                return Days(codes_of(between(postings, low, high)) | unsaid, exact)
        raise TypeError(leaf)


_EFFORT = {Mention: 1, Has: 2, Kind: 2, Compare: 3, During: 4, Weekday: 5, State: 6, In: 6}


def _effort(matcher: Matcher) -> int:
    """In which order parts are looked at: the number of days shrinks from one to the next."""
    if isinstance(matcher, Words):
        return 0 if len(matcher.words) == 1 and matcher.last != "inside" else 7
    if isinstance(matcher, Compare) and matcher.field == "day":
        # Most years have none of these days.
        return -1
    return _EFFORT.get(type(matcher), 8)


def _dated(leaf: During | Weekday, year: int, codes: Set[str]) -> Set[str]:
    if isinstance(leaf, Weekday):
        return {c for c in codes if day_of(year, c).weekday() in leaf.days}
    period = leaf.period
    first, last = date(year, 1, 1), date(year, 12, 31)
    if period.start > last or period.last < first:
        return set()
    if period.start <= first and period.last >= last:
        return codes
    low = code(max(period.start, first))
    high = code(min(period.last, last))
    return {c for c in codes if low <= c <= high}


def years_within(matcher: Matcher) -> tuple[int, int]:
    """The first and the last year that a query can match at all."""
    low, high = 1, 9999
    for part in matcher.parts if isinstance(matcher, And) else (matcher,):
        if isinstance(part, During):
            low = max(low, part.period.start.year)
            high = min(high, part.period.last.year)
    return low, high
