"""Which days of a year may match a query, from its postings: a matcher becomes a set of days."""

from collections.abc import Set
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from journal_tui.index.index import Index
from journal_tui.index.postings import (
    code,
    codes_of,
    day_of,
    escape,
    unescape,
)
from journal_tui.index.terms import (
    MOST,
    PAIRS,
    kind_term,
    length_term,
    number_term,
    pair_term,
    rating_term,
)
from journal_tui.query.matchers import (
    ENTRY,
    FOLLOW_UP,
    LATE,
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

# In more characters of postings, so few codes are sooner looked for than all of them are read.
LONG_ROW, FEW_ASKED = 100, 16
# The texts of so few days are sooner read than the order of a year's words.
TEXTS_READ = 24
# Of so few words each may be what a phrase ends with that is being typed.
FEW_ENDS = 12


class Days(NamedTuple):
    """The codes of the days that may match; `exact`: each does that has one file."""

    codes: Set[str]
    exact: bool


NONE: frozenset[str] = frozenset()


class Candidates:
    """The days of the year `name` of which a passage of the kind `part` may match.

    `today` (ISO) tells which follow-ups are late; `again`: the year was asked before for words that
    stand together, so that its words in their order are worth reading.
    """

    def __init__(self, index: Index, name: str, part: str, today: str, again: bool) -> None:
        self._index, self._name, self._part = index, name, part
        self._today, self._again = today, again
        self._postings = index.of_part(name, part)
        # Of the points there are several a day: one may hold this word and another one that.
        self._is_one = part not in POINTS

    def days(self, matcher: Matcher, among: Set[str] | None = None) -> Days:
        """The days that may match a query; all of them where `among` is None, else of these."""
        found = self._days(matcher, among)
        return found if among is None else Days(found.codes & among, found.exact)

    def _codes(self, items: str, among: Set[str] | None) -> Set[str]:
        """The codes that items of the postings hold, at least those `among` these.

        Looking for a few codes, or seeing that it is all of them, is quicker than reading each.
        """
        if among is not None and len(among) <= FEW_ASKED and len(items) > LONG_ROW:
            return {code for code in among if code in items}
        everything = self.everything()
        if len(items) >= 2 * len(everything) > LONG_ROW:
            longest = max(items.split(), key=len)
            if len(longest) - longest.find("!") - 1 == 2 * len(everything):
                return everything
        return codes_of(items)

    def everything(self) -> frozenset[str]:
        """All days that have such a passage."""
        return self._index.everything(self._name, self._part)

    def _days(self, matcher: Matcher, among: Set[str] | None) -> Days:
        match matcher:
            case And():
                return self._all(matcher, among)
            case Or():
                parts = [self.days(part, among) for part in matcher.parts]
                codes = NONE.union(*(part.codes for part in parts))
                return Days(codes, all(part.exact for part in parts))
            case Not():
                return self._without(matcher.part, among)
            case Words():
                return self._words(matcher, among)
            case Mention():
                items = self._postings.slice_of(escape(matcher.name))
                return self._exactly(self._codes(items, among))
            case In():
                is_part = self._part in matcher.kinds
                return Days(self.everything() if is_part else NONE, True)
            case State():
                return self._states(matcher)
        found = self._of_file(matcher, among)
        if self._part == ENTRY:
            return found
        return Days(found.codes & self.everything(), found.exact)

    def _exactly(self, codes: Set[str]) -> Days:
        return Days(codes, self._is_one)

    def _all(self, matcher: And, among: Set[str] | None) -> Days:
        """Days that may match all parts: what is told quickly first, of few days what takes longer."""
        codes, exact = among, True
        for part in sorted(matcher.parts, key=_effort):
            found = self.days(part, codes)
            codes, exact = found.codes, exact and found.exact
            if not codes:
                return Days(NONE, True)
        if codes is None:
            codes = self.everything()
        words = _single(matcher)
        if self._again and not self._is_one and len(words) > 1:
            # All of them in one point.
            codes = self._index.phrases(self._name).together(self._part, words, codes)
        return Days(codes, exact and self._is_one)

    def _without(self, part: Matcher, among: Set[str] | None) -> Days:
        everything = self.everything() if among is None else among
        if not self._is_one and not isinstance(part, OF_FILE):
            # Another point of the day may match.
            return Days(everything, False)
        found = self.days(part, among)
        if not found.exact:
            return Days(everything, False)
        # A day with several files may match by the other one.
        return Days(everything - (found.codes - self._several()), True)

    def _states(self, asked: State) -> Days:
        if self._part != FOLLOW_UP:
            return Days(NONE, True)
        if asked.name == LATE:
            items = self._postings.between("=d", f"=d{self._today}", open_high=True)
        else:
            items = self._postings.lookup(f"=s{asked.name}")
        return self._exactly(codes_of(items))

    def _several(self) -> frozenset[str]:
        return self._index.several(self._name)

    def _words(self, asked: Words, among: Set[str] | None) -> Days:
        if len(asked.words) > 1:
            return self._phrase(asked, among)
        word = escape(asked.words[0])
        if asked.last == "whole":
            return self._exactly(self._codes(self._postings.lookup(word), among))
        if asked.last == "begins":
            return self._exactly(self._codes(self._postings.slice_of(word), among))
        return self._exactly(self._inside(word))

    def _phrase(self, asked: Words, among: Set[str] | None) -> Days:
        words, begun = tuple(map(escape, asked.words)), asked.last == "begins"
        # The order of the words of a small part is as quickly searched as their days looked up.
        if not self._again or self._part in (ENTRY, PROSE):
            rarest, *rows = sorted(self._side_by_side(words, begun), key=len)
            few = self._codes(rarest, among)
            for row in rows:
                few = {code for code in few if code in row}
            among = few if among is None else few & among
            if not among:
                return Days(NONE, True)
            if not self._again and len(among) <= TEXTS_READ:
                return Days(among, False)
        held = self._index.phrases(self._name).days(self._part, words, begun, among)
        return Days(held, self._is_one)

    def _side_by_side(self, words: tuple[str, ...], begun: bool) -> list[str]:
        """Codes run together: a day that holds the phrase stands in each of these."""
        whole = words[:-1] if begun else words
        last = self._postings.slice_of(words[-1]) if begun else ""
        if self._part not in (ENTRY, PROSE):
            return [*map(self._postings.lookup, whole), *([last] if begun else [])]
        pairs = self._index.of_part(self._name, PAIRS)
        rows = [pairs.lookup(pair_term(one, other)) for one, other in pairwise(whole)]
        if begun and last.count("!") <= FEW_ENDS:
            ends = [item.partition("!")[0] for item in last.split()]
            terms = {pair_term(whole[-1], end) for end in ends}
            rows.append("".join(map(pairs.lookup, terms)))
        return rows or [self._postings.lookup(whole[-1]), last]

    def _inside(self, text: str) -> set[str]:
        """The days of all terms with these characters in them."""
        postings, codes = self._postings.text, set[str]()
        at = postings.find(text)
        while at >= 0:
            start = postings.rfind(" ", 0, at) + 1
            end, stop = postings.find("!", start), postings.find(" ", start)
            # The digits of a day or of an escaped character are none of the term's own.
            if postings[start] not in "#@=" and unescape(text) in unescape(postings[start:end]):
                codes |= codes_of(postings[end:stop])
            at = postings.find(text, stop)
        return codes

    def _of_file(self, leaf: Matcher, among: Set[str] | None) -> Days:
        """Days by what is known of a file as a whole, for which the entries' postings say it."""
        if isinstance(leaf, During | Weekday):
            known = self.everything() if among is None else among
            return Days(_dated(leaf, int(self._name), known), True)
        postings = self._index.of_part(self._name, ENTRY)
        match leaf:
            case Has():
                return Days(codes_of(postings.lookup(f"=h{escape(leaf.what)}")), True)
            case Kind():
                term = kind_term(leaf.name)
                items = postings.lookup(term) + postings.slice_of(term + "-")
                return Days(codes_of(items), True)
            case Compare(field="rating"):
                low, high = rating_term(min(leaf.low, 11)), rating_term(min(leaf.high, 11))
                items = postings.between(low, high, leaf.open_low, leaf.open_high)
                return Days(codes_of(items), True)
            case Compare(field="words"):
                low, high = length_term(leaf.low), length_term(min(leaf.high, MOST))
                # A term has the whole part of a number alone.
                whole = all(bound.is_integer() or bound > MOST for bound in (leaf.low, leaf.high))
                opened = (leaf.open_low, leaf.open_high) if whole else (False, False)
                return Days(codes_of(postings.between(low, high, *opened)), whole)
            case Compare():
                low, high = number_term(leaf.low), number_term(min(leaf.high, MOST))
                # Days are counted where a title says no number: of several files, in one of them.
                unsaid = self._index.unnumbered(self._name)
                bounds = leaf.low.is_integer() and leaf.high.is_integer()
                exact = bounds and not (unsaid or leaf.open_low or leaf.open_high)
                return Days(codes_of(postings.between(low, high)) | unsaid, exact)
        raise TypeError(leaf)


_EFFORT = {In: -2, Mention: 1, Has: 2, Kind: 2, Compare: 3, During: 4, Weekday: 5, State: 0}


def _effort(matcher: Matcher) -> int:
    """In which order parts are looked at: the number of days shrinks from one to the next."""
    if isinstance(matcher, Words):
        return 0 if len(matcher.words) == 1 and matcher.last != "inside" else 7
    if isinstance(matcher, Compare) and matcher.field == "day":
        # Most years have none of these days.
        return -1
    return _EFFORT.get(type(matcher), 8)


def _single(matcher: And) -> list[tuple[str, bool]]:
    """The words (escaped) that must all be there, whole or (True) their beginnings."""
    return [
        (escape(part.words[0]), part.last == "begins")
        for part in matcher.parts
        if isinstance(part, Words) and len(part.words) == 1 and part.last != "inside"
    ]


def _dated(leaf: During | Weekday, year: int, codes: Set[str]) -> Set[str]:
    if isinstance(leaf, Weekday):
        return {c for c in codes if day_of(year, c).weekday() in leaf.days}
    period = leaf.period
    first, last = date(year, 1, 1), date(year, 12, 31)
    if period.start > last or period.last < first:
        return NONE
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
