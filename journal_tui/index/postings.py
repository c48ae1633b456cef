"""A year's postings as one sorted ASCII string: ` word!A3J6 next!J6 `.

Behind each term stand the days that hold it, two characters a day: a capital for the month and a
base-32 digit for the day of the month. Terms are lower case, so that a day's code is found, and
taken out, by plain string operations; a term is found by bisection.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

_MONTHS = "ABCDEFGHIJKL"
_DAYS = "0123456789abcdefghijklmnopqrstuv"
_CODE = re.compile("[A-L].")
EMPTY = " "
# So few days are changed one by one.
FEW_DAYS = 4
# How many characters lie between two marks, and at which question they are made.
MARKED, ASKED_AGAIN = 2_000, 8
# So many terms are dealt with in some ms.
STRIDE = 1_000
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789#@/._-")


def no_rest() -> None:
    """Nobody else needs the time."""


def code(day: date) -> str:
    """The two characters of a day within its year; they sort as the days do."""
    return _MONTHS[day.month - 1] + _DAYS[day.day]


def code_of_digits(digits: str) -> str:
    """The code of a day given as `MMDD`."""
    return _MONTHS[int(digits[:2]) - 1] + _DAYS[int(digits[2:])]


def digits_of_code(code: str) -> str:
    """The day of a code as `MMDD`."""
    return f"{_MONTHS.index(code[0]) + 1:02d}{_DAYS.index(code[1]):02d}"


def day_of(year: int, code: str) -> date:
    """The day that a code stands for."""
    return date(year, _MONTHS.index(code[0]) + 1, _DAYS.index(code[1]))


def escape(term: str) -> str:
    """A folded term in ASCII without capitals and separators: other characters as `&4e2d;`.

    The tags of front matter may hold anything, blanks and exclamation marks among it.
    """
    if term.isascii() and term.isalnum() and term == term.lower():
        return term
    return "".join(c if c in _PLAIN else f"&{ord(c):x};" for c in term)


def unescape(term: str) -> str:
    """The folded term that `escape` wrote."""
    if "&" not in term:
        return term
    pieces = term.split("&")
    plain = [pieces[0]]
    for piece in pieces[1:]:
        digits, _, rest = piece.partition(";")
        plain.append(chr(int(digits, 16)) + rest)
    return "".join(plain)


def _place(postings: str, term: str, low: int = 0, high: int | None = None) -> int:
    """The offset of the blank before the first item whose term is not below `term`.

    It is looked for between two blanks, `low` and `high`.
    """
    high = len(postings) - 1 if high is None else high
    while low < high:
        middle = (low + high) // 2
        start = postings.rfind(" ", low, middle + 1)
        end = postings.find("!", start)
        if end < 0 or end > high:
            high = start
        elif postings[start + 1 : end] < term:
            low = postings.find(" ", end)
        else:
            high = start
    return low


def codes_of(items: str) -> set[str]:
    """The day codes that a run of items holds."""
    return set(_CODE.findall(items))


def with_day(postings: str, code: str, terms: Iterable[str]) -> str:
    """The postings with a day behind just these terms (escaped), and behind no other any more.

    A save changes few of a day's terms, so only those are cut out and put in.
    """
    missing = set(terms)
    edits: list[tuple[int, int, str]] = []
    at = postings.find(code)
    while at >= 0:
        start = postings.rfind(" ", 0, at)
        mark = postings.find("!", start)
        end = at + 2
        term = postings[start + 1 : mark]
        if term in missing:
            missing.discard(term)
        elif mark + 1 == at and postings[end] == " ":
            edits.append((start, end, ""))
        else:
            edits.append((at, end, ""))
        at = postings.find(code, end)
    for term in missing:
        start = _place(postings, term)
        if postings.startswith(f"{term}!", start + 1):
            # From the end: a day is nearly always added as the latest of its year.
            at = postings.find(" ", start + 1)
            while postings[at - 1] != "!" and postings[at - 2 : at] > code:
                at -= 2
            edits.append((at, at, code))
        else:
            edits.append((start, start, f" {term}!{code}"))
    pieces: list[str] = []
    position = 0
    # At one place a code belongs to the item before, so it comes before new items. Sorting these
    # sorts their terms: "!" is below every character of a term.
    for start, end, text in sorted(
        edits, key=lambda edit: (*edit[:2], edit[2][:1] == " ", edit[2])
    ):
        pieces += postings[position:start], text
        position = end
    pieces.append(postings[position:])
    return "".join(pieces)


def inserted(postings: str, items: Mapping[str, str]) -> str:
    """The postings with new terms (escaped) and what stands behind each."""
    if postings == EMPTY or len(items) > 1_000:
        # At blanks alone: what stands behind a term may itself be another kind of white space.
        known = [item.partition("!") for item in postings.strip(" ").split(" ") if item]
        everything = {term: behind for term, _, behind in known} | dict(items)
        listed = " ".join([f"{term}!{everything[term]}" for term in sorted(everything)])
        return f" {listed} " if listed else EMPTY
    for term, behind in items.items():
        start = _place(postings, term)
        postings = f"{postings[:start]} {term}!{behind}{postings[start:]}"
    return postings


def rewritten(
    postings: str,
    days: Iterable[str],
    found: Iterable[tuple[date, Collection[str]]],
    rest: Callable[[], None] = no_rest,
) -> str:
    """The postings with what they say of these days (codes) replaced by the terms found there.

    The terms of each file are distinct; a day may have several files. `rest` is called every few ms.
    """
    fresh: dict[str, Collection[str]] = dict.fromkeys(days, ())
    for day, terms in found:
        day_code = code(day)
        fresh[day_code] = {*fresh[day_code], *terms} if fresh[day_code] else terms
    if len(fresh) <= FEW_DAYS:
        for day_code, terms in fresh.items():
            postings = with_day(postings, day_code, terms)
        return postings
    by_term: dict[str, str] = defaultdict(str)
    for number, item in enumerate(postings.split()):
        if number % STRIDE == 0:
            rest()
        term, _, codes = item.partition("!")
        kept = "".join([day_code for day_code in _CODE.findall(codes) if day_code not in fresh])
        if kept:
            by_term[term] = kept
    for day_code in sorted(fresh):
        rest()
        for term in fresh[day_code]:
            by_term[term] += day_code
    if not by_term:
        return EMPTY
    if postings != EMPTY:
        for number, (term, codes) in enumerate(by_term.items()):
            if number % STRIDE == 0:
                rest()
            by_term[term] = "".join(sorted(_CODE.findall(codes)))
    return " " + " ".join([f"{term}!{by_term[term]}" for term in sorted(by_term)]) + " "


class Postings:
    """A year's postings as they are asked, `text` being the string.

    What is asked more than once gets marks: of every so many characters the first term and where
    it stands. A list of them is bisected in a tenth of the time that the string takes.
    """

    __slots__ = ("_asked", "_places", "_terms", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._terms: list[str] = []
        self._places: list[int] = []
        self._asked = 0

    def lookup(self, term: str) -> str:
        """The codes behind a term (escaped), run together; "" for a term that is not there."""
        low, high = self._near(term)
        at = self.text.find(f" {term}!", low, high + len(term) + 2)
        if at < 0:
            return ""
        begin = at + len(term) + 2
        return self.text[begin : self.text.find(" ", begin)]

    def slice_of(self, prefix: str) -> str:
        """The items of all terms that begin with a prefix (escaped), as a string of the same kind."""
        text, head = self.text, f" {prefix}"
        low, high = self._near(prefix)
        start = text.find(head, low, high + len(head))
        if start < 0 or start + 1 == len(text):
            return ""
        # "~" sorts behind everything that a term can hold.
        low, high = self._near(prefix + "~")
        last = text.rfind(head, max(low, start), min(high + len(head), len(text) - 1))
        return text[start : text.find(" ", last + 1) if last >= 0 else low]

    def between(self, low: str, high: str, open_low: bool = False, open_high: bool = False) -> str:
        """The items of all terms from `low` to `high` (escaped), without these where they are open."""
        # "!" sorts below everything that may go on behind a term.
        start = self._place(low + "!" * open_low)
        return self.text[start : self._place(high + "!" * (not open_high), start)]

    def _place(self, term: str, least: int = 0) -> int:
        """The offset of the blank before the first item whose term is not below `term`."""
        low, high = self._near(term)
        return _place(self.text, term, max(low, least), high)

    def _near(self, term: str) -> tuple[int, int]:
        """Between which offsets of blanks the first item lies whose term is not below `term`."""
        places = self._places
        if not places:
            self._asked += 1
            if self._asked < ASKED_AGAIN:
                place = _place(self.text, term)
                return place, place
            places = self._mark()
        mark = bisect_left(self._terms, term)
        return places[mark - 1 if mark else 0], places[mark]

    def _mark(self) -> list[int]:
        text, last, at = self.text, len(self.text) - 1, 0
        terms, places = list[str](), list[int]()
        while at < last:
            places.append(at)
            terms.append(text[at + 1 : text.find("!", at)])
            at = text.find(" ", min(at + MARKED, last))
        # Another thread may be asking: the terms are there before they are bisected.
        self._terms = terms
        self._places = [*places, last]
        return self._places
