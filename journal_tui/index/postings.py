"""A year's postings as one sorted ASCII string: ` word!A3J6 next!J6 `.

Each term is followed by the days that have it, two characters a day: a capital for the month and a
base-32 digit for the day of the month. The notes of periods have other codes: a week the code of its
first day with a capital from M on, a month the day 0, the quarters Y1 to Y4, and the year Y0.
Terms are lower case, so that a day's code is found, and removed, by plain string operations; a term
is found by bisection.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from journal_tui.entry.edit import TextEdit, apply
from journal_tui.period import parse_name

_MONTHS, _WEEKS, _LONGER = "ABCDEFGHIJKL", "MNOPQRSTUVWX", "Y"
_CAPITALS = _MONTHS + _WEEKS + _LONGER
_DAYS = "0123456789abcdefghijklmnopqrstuv"
_CODE, _PERIOD_CODE = re.compile("[A-Y]."), re.compile("[M-Y].|.0")
EMPTY = " "
# The term that every file has, and in the postings of a part every file with a passage of it.
ANY = "=any"
# The bytes from one signpost to the next, see `Postings`.
SIGNPOST_DISTANCE = 2_000
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789#@/._-")


def never_yield() -> None:
    """Do nothing: the `yield_cpu` of a caller that leaves no time to other threads."""


def code_of_day(day: date) -> str:
    """Return the two characters of a day within its year; they sort as the days do."""
    return _MONTHS[day.month - 1] + _DAYS[day.day]


def code_of_date(iso: str) -> str:
    """Return the code of the ISO date of a day or a period."""
    period = parse_name(iso)
    if period is None:
        return code_of_digits(iso[5:7] + iso[8:10])
    match period.kind:
        case "week":
            first = period.first
            return _WEEKS[first.month - 1] + _DAYS[first.day]
        case "month":
            return _MONTHS[period.number - 1] + _DAYS[0]
    return _LONGER + _DAYS[period.number]


@lru_cache(maxsize=512)
def code_of_digits(digits: str) -> str:
    """Return the code for the four digits that `digits_of` returns: those of a day are `MMDD`."""
    return _CAPITALS[int(digits[:2]) - 1] + _DAYS[int(digits[2:])]


def digits_of(code: str) -> str:
    """Return the four digits of a code."""
    return f"{_CAPITALS.index(code[0]) + 1:02d}{_DAYS.index(code[1]):02d}"


def is_day(code: str) -> bool:
    """Return whether this is the code of a day, not of a period."""
    return code[0] <= "L" and code[1] != "0"


@lru_cache(maxsize=1_024)
def sort_key(code: str) -> str:
    """Return a sort key for the codes of a year: the first day; on the same day the longest first.

    It is the code of the first day and a digit: 0 a year, 1 a quarter, 2 a month, 3 a week, 4 a day.
    """
    capital, digit = code[0], code[1]
    if capital <= "L":
        return f"{code}4" if digit != "0" else f"{capital}12"
    if capital != _LONGER:
        return f"{_MONTHS[_WEEKS.index(capital)]}{digit}3"
    return f"{_MONTHS[3 * _DAYS.index(digit) - 3]}11" if digit != "0" else "A10"


def day_of(year: int, code: str) -> date:
    """Return the day of a code, or the first day of a period."""
    found = sort_key(code)
    return date(year, _MONTHS.index(found[0]) + 1, _DAYS.index(found[1]))


def escape(term: str) -> str:
    """Return a folded term in ASCII without capitals and separators: other characters as `&4e2d;`.

    The tags of front matter may hold anything, blanks and exclamation marks included.
    """
    if term.isascii() and term.isalnum() and term == term.lower():
        return term
    return "".join(c if c in _PLAIN else f"&{ord(c):x};" for c in term)


def unescape(term: str) -> str:
    """Return the folded term that `escape` wrote."""
    if "&" not in term:
        return term
    return re.sub("&([0-9a-f]+);", lambda found: chr(int(found[1], 16)), term)


def codes_of(items: str) -> set[str]:
    """Return the codes in items of the postings."""
    return set(_CODE.findall(items))


def count_days(codes: str) -> int:
    """Return how many of the codes, one after another, are those of days, not of periods."""
    return len(codes) // 2 - len(_PERIOD_CODE.findall(codes))


def insert_terms(postings: str, items: Mapping[str, str]) -> str:
    """Return the postings with new terms inserted; `items` maps each (escaped) to its text after "!"."""
    listed = [(term, f" {term}!{items[term]}") for term in sorted(items)]
    if postings == EMPTY:
        return "".join([item for _, item in listed]) + EMPTY
    data, at, pieces = postings.encode(), 0, list[bytes]()
    place = Postings(Encoded(data, 0, len(data))).place
    for term, item in listed:
        before, at = at, place(term)
        pieces += data[before:at], item.encode()
    return b"".join([*pieces, data[at:]]).decode()


def replace_days(
    postings: str,
    days: Iterable[str],
    found: Iterable[tuple[str, Iterable[str]]],
    yield_cpu: Callable[[], None] = never_yield,
) -> str:
    """Return the postings with the terms of these days (codes) replaced by those in `found`.

    `found` has the day's code and the distinct terms of each file; a day may have several files.
    `yield_cpu` is called every few milliseconds.
    """
    fresh: dict[str, set[str]] = {day: set() for day in days}
    for day, terms in found:
        fresh[day].update(terms)
    by_term = defaultdict[str, str](str)
    is_empty = postings == EMPTY
    for day, new in sorted(fresh.items()):
        yield_cpu()
        if is_empty:
            for term in new:
                by_term[term] += day
        else:
            postings = _replace_day(postings, day, new)
    yield_cpu()
    return insert_terms(postings, by_term)


def _replace_day(postings: str, code: str, missing: set[str]) -> str:
    """Return the postings with a day's code after these terms (escaped) and no others.

    A save changes few of a day's terms, so only the differences are edited.
    """
    edits: list[TextEdit] = []
    at = postings.find(code)
    while at >= 0:
        start = postings.rfind(" ", 0, at)
        separator = postings.find("!", start)
        end = at + 2
        term = postings[start + 1 : separator]
        if term in missing:
            missing.discard(term)
        elif separator + 1 == at and postings[end] == " ":
            edits.append(TextEdit(start, end, ""))
        else:
            edits.append(TextEdit(at, end, ""))
        at = postings.find(code, end)
    place = Postings(postings).place
    for term in missing:
        start = place(term)
        if postings.startswith(f"{term}!", start + 1):
            # Searched from the end, because a new day is nearly always the latest of its year.
            at = postings.find(" ", start + 1)
            while postings[at - 1] != "!" and postings[at - 2 : at] > code:
                at -= 2
            edits.append(TextEdit(at, at, code))
        else:
            edits.append(TextEdit(start, start, f" {term}!{code}"))
    # At the same offset, a code comes before new items, because it belongs to the item before. New
    # items sort as their terms do, because "!" sorts below every character of a term.
    edits.sort(key=lambda edit: (edit.text[:1] == " ", edit.text))
    return apply(postings, edits)


class Encoded(NamedTuple):
    """A text as a span of UTF-8 bytes, which aren't copied or decoded, because that takes long."""

    data: bytes
    start: int
    end: int

    @classmethod
    def of(cls, text: str) -> "Encoded":
        """Return a text encoded."""
        data = text.encode()
        return cls(data, 0, len(data))

    def __str__(self) -> str:
        return str(memoryview(self.data)[self.start : self.end], "utf-8")


class Postings:
    """Postings in which terms are looked up.

    At the first lookup, a list of signposts is made: about every 2,000 bytes, the next term and its
    offset. Bisecting this list takes a tenth of the time that bisecting the string takes.
    """

    def __init__(self, text: str | Encoded) -> None:
        self._data, self._first, end = Encoded.of(text) if isinstance(text, str) else text
        # The offset of the blank after all items.
        self._last = end - 1
        self._days: dict[str, frozenset[str]] = {}

    def days(self, term: str = ANY) -> frozenset[str]:
        """Return the codes of a term (escaped), and keep them: for terms that many searches need."""
        if term not in self._days:
            self._days[term] = frozenset(codes_of(self.lookup(term)))
        return self._days[term]

    def lookup(self, term: str) -> str:
        """Return the codes of a term (escaped) as one string; "" for an unknown term."""
        wanted = term.encode()
        low, high = self._near(wanted)
        at = self._data.find(b" %s!" % wanted, low, high + len(wanted) + 2)
        if at < 0:
            return ""
        begin = at + len(wanted) + 2
        return self._data[begin : self._data.find(b" ", begin)].decode()

    def slice_of(self, prefix: str) -> str:
        """Return the items of all terms with a prefix (escaped), as a string of the same form."""
        data, head = self._data, b" " + prefix.encode()
        low, high = self._near(head[1:])
        start = data.find(head, low, high + len(head))
        if start < 0 or start == self._last:
            return ""
        # "~" sorts after everything that a term can hold.
        low, high = self._near(head[1:] + b"~")
        last = data.rfind(head, max(low, start), min(high + len(head), self._last))
        return data[start : data.find(b" ", last + 1) if last >= 0 else low].decode()

    def between(self, low: str, high: str, open_low: bool = False, open_high: bool = False) -> str:
        """Return the items of all terms from `low` to `high` (escaped), excluding open bounds."""
        # "~" sorts above all that an item can hold, so it stands for the end of the term's item.
        start = self.place(low + "!~"[: 1 + open_low])
        return self._data[start : max(start, self.place(high + "!~"[: 2 - open_high]))].decode()

    def containing(self, piece: str) -> Iterable[tuple[str, str]]:
        """Yield the terms that contain a piece (both escaped), with the text after the "!" of each.

        Facts and mentions are left out.
        """
        data, wanted, plain = self._data, piece.encode(), unescape(piece)
        at = data.find(wanted, self._first, self._last)
        while at >= 0:
            start = data.rfind(b" ", self._first, at) + 1
            stop = data.find(b" ", start)
            term, _, items = data[start:stop].decode().partition("!")
            # The digits of a code or of an escaped character aren't the term's own.
            if term[0] not in "#@=" and plain in unescape(term):
                yield term, items
            at = data.find(wanted, stop, self._last)

    def place(self, bound: str) -> int:
        """Return the offset, in bytes, of the blank before the first item that isn't below the bound."""
        wanted = bound.encode()
        low, high = self._near(wanted)
        items = self._data[low:high].split(b" ")[1:]
        number = bisect_left(items, wanted)
        return self._data.find(b" " + items[number], low) if number < len(items) else high

    def _near(self, term: bytes) -> tuple[int, int]:
        """Return two offsets of blanks that enclose the first item whose term isn't below `term`."""
        terms, places = self._signposts
        found = bisect_left(terms, term)
        return places[found - 1 if found else 0], places[found]

    @cached_property
    def _signposts(self) -> tuple[list[bytes], list[int]]:
        data, last, at = self._data, self._last, self._first
        terms, places = list[bytes](), list[int]()
        while at < last:
            places.append(at)
            terms.append(data[at + 1 : data.find(b"!", at)])
            at = data.find(b" ", min(at + SIGNPOST_DISTANCE, last))
        return terms, [*places, last]
