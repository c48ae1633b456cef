"""Which days of a year may match a query, from its postings: a matcher becomes a plan.

The plan is made once for a query and then followed in each year, of which there may be hundreds.
"""

from collections.abc import Set
from functools import partial

from journal_tui.index import offile
from journal_tui.index.days import NONE, Days, PartOfYear, Plan
from journal_tui.index.index import Index
from journal_tui.index.postings import codes_of, escape, unescape
from journal_tui.index.sidebyside import SideBySide
from journal_tui.query.matchers import (
    ENTRY,
    FOLLOW_UP,
    LATE,
    OF_FILE,
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

# The points of so few days are sooner read than looked for among the words in their order.
READ_AT_ONCE = 3


class Candidates:
    """The days on which a passage may match; `today` (ISO) tells which follow-ups are late."""

    def __init__(self, index: Index, matcher: Matcher, today: str) -> None:
        self._index, self._today = index, today
        self._plan = self._planned(matcher)

    def days(self, name: str, part: str, again: bool) -> Days:
        """The days of one year with such a passage of the kind `part`; `again`: the year was asked
        before for words that stand together, so that its words in their order are worth reading.
        """
        return self._plan(PartOfYear(self._index, name, part, again), None)

    def _planned(self, matcher: Matcher) -> Plan:
        match matcher:
            case And():
                single = _single(matcher)
                parts = [(_effort(p), self._planned(p)) for p in matcher.parts if not _is_word(p)]
                parts += [(0, partial(_words, single))] if single else []
                parts.sort(key=lambda part: part[0])
                return partial(_all, [part for _, part in parts], single)
            case Or():
                return partial(_any, [*map(self._planned, matcher.parts)])
            case Not():
                is_of_file = isinstance(matcher.part, OF_FILE)
                return partial(_without, self._planned(matcher.part), is_of_file)
            case Words() if len(matcher.words) > 1:
                words = tuple(map(escape, matcher.words))
                return SideBySide(words, begun=matcher.last == "begins").days
            case Words():
                how = {"whole": _whole, "begins": _begins, "inside": _inside}
                return partial(how[matcher.last], escape(matcher.words[0]))
            case Mention():
                return partial(_begins, escape(matcher.name))
            case In():
                return partial(_in, matcher.kinds)
            case State():
                return partial(_states, matcher.name, self._today)
        return partial(_of_file, offile.planned(matcher))


def _whole(term: str, year: PartOfYear, among: Set[str] | None) -> Days:
    return Days(year.codes(year.postings.lookup(term), among), year.is_one)


def _begins(beginning: str, year: PartOfYear, among: Set[str] | None) -> Days:
    return Days(year.codes(year.postings.slice_of(beginning), among), year.is_one)


def _inside(text: str, year: PartOfYear, _: Set[str] | None) -> Days:
    """The days of all terms with these characters in them."""
    postings, codes = year.postings.text, set[str]()
    at = postings.find(text)
    while at >= 0:
        start = postings.rfind(" ", 0, at) + 1
        end, stop = postings.find("!", start), postings.find(" ", start)
        # The digits of a day or of an escaped character are none of the term's own.
        if postings[start] not in "#@=" and unescape(text) in unescape(postings[start:end]):
            codes |= codes_of(postings[end:stop])
        at = postings.find(text, stop)
    return Days(codes, year.is_one)


def _states(asked: str, today: str, year: PartOfYear, _: Set[str] | None) -> Days:
    if year.part != FOLLOW_UP:
        return Days(NONE, True)
    if asked == LATE:
        items = year.postings.between("=d", f"=d{today}", open_high=True)
    else:
        items = year.postings.lookup(f"=s{asked}")
    return Days(codes_of(items), year.is_one)


def _in(kinds: tuple[str, ...], year: PartOfYear, _: Set[str] | None) -> Days:
    return Days(year.everything() if year.part in kinds else NONE, True)


def _words(words: list[tuple[str, bool]], year: PartOfYear, among: Set[str] | None) -> Days:
    """Days that hold all of several words, each given whole or (True) by its beginning."""
    postings, rows = year.postings, []
    for word, begun in words:
        row = postings.slice_of(word) if begun else postings.lookup(word)
        if not row:
            return Days(NONE, True)
        rows.append(row)
    return Days(year.on_all(rows, among), year.is_one)


def _all(
    parts: list[Plan], words: list[tuple[str, bool]], year: PartOfYear, among: Set[str] | None
) -> Days:
    """Days that may match all parts: what is told quickly first, of few days what takes longer."""
    codes, exact = among, year.is_one
    for part in parts:
        found = part(year, codes)
        codes = found.codes if codes is None else found.codes & codes
        exact = exact and found.exact
        if not codes:
            return Days(NONE, True)
    if codes is None:
        codes = year.everything()
    if year.again and not year.is_one and len(words) > 1 and len(codes) > READ_AT_ONCE:
        # All of them in one point.
        codes = year.phrases().together(year.part, words, codes)
    return Days(codes, exact)


def _any(parts: list[Plan], year: PartOfYear, among: Set[str] | None) -> Days:
    codes: set[str] = set()
    exact = True
    for part in parts:
        found = part(year, among)
        codes |= found.codes
        exact = exact and found.exact
        # Of all days there are, the other parts can add none.
        if len(codes) >= len(year.everything()):
            break
    return Days(codes, exact)


def _without(part: Plan, of_file: bool, year: PartOfYear, among: Set[str] | None) -> Days:
    everything = year.everything() if among is None else among
    if not (year.is_one or of_file):
        # Another point of the day may match.
        return Days(everything, False)
    found = part(year, among)
    if not found.exact:
        return Days(everything, False)
    # A day with several files may match by the other one.
    return Days(everything - (found.codes - year.several()), True)


def _of_file(asked: Plan, year: PartOfYear, among: Set[str] | None) -> Days:
    found = asked(year, among)
    return found if year.part == ENTRY else Days(found.codes & year.everything(), found.exact)


_EFFORT = {In: -2, Mention: 1, Has: 2, Kind: 2, Compare: 3, During: 4, Weekday: 5, State: -1}


def _effort(matcher: Matcher) -> int:
    """In which order parts are looked at: the number of days shrinks from one to the next."""
    if isinstance(matcher, Compare) and matcher.field == "day":
        # Most years have none of these days.
        return -1
    return _EFFORT.get(type(matcher), 7 if isinstance(matcher, Words) else 8)


def _is_word(matcher: Matcher) -> bool:
    """Whether it is one word, whole or its beginning."""
    return isinstance(matcher, Words) and len(matcher.words) == 1 and matcher.last != "inside"


def _single(matcher: And) -> list[tuple[str, bool]]:
    """The words (escaped) that must all be there, whole or (True) their beginnings.

    Longer ones are rarer, so that they come first.
    """
    words = [part for part in matcher.parts if isinstance(part, Words) and _is_word(part)]
    found = [(escape(part.words[0]), part.last == "begins") for part in words]
    return sorted(found, key=lambda word: -len(word[0]))


def years_within(matcher: Matcher) -> tuple[int, int]:
    """The first and the last year that a query can match at all."""
    low, high = 1, 9999
    for part in matcher.parts if isinstance(matcher, And) else (matcher,):
        if isinstance(part, During):
            low = max(low, part.period.start.year)
            high = min(high, part.period.last.year)
    return low, high
