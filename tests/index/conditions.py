"""Random conditions, each with what it means: its text and the passages that it should find.

What a query means is written here once more, on plain passages, apart from `query`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from plainly import Plain, Plainly

from journal_tui.entry.words import fold, words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = {
    "learning": "learning", "learning-points": "learning", "feedback": "feedback", "follow-ups": "follow-up",
    "todo": "follow-up", "title": "title", "remark": "remark", "prose": "prose",
}  # fmt: skip
HAS = ("learning", "feedback", "follow-ups", "rating", "remark", "tags", "people", "problems")


Chosen = TypeVar("Chosen")


class Vocabulary(NamedTuple):
    """What a journal holds that can be asked for."""

    words: Sequence[str]
    phrases: Sequence[str]
    mentions: Sequence[str]
    kinds: Sequence[str]
    first: date
    last: date


class Asked(NamedTuple):
    """A query, and the passages that it finds as the bits of a number.

    `wanted`: it holds words or mentions that are to be there; `unwanted`: or are not to;
    `scoped`: it says itself which parts it is about.
    """

    text: str
    among: Callable[[Plainly], int]
    wanted: bool = False
    unwanted: bool = False
    scoped: bool = False

    def __repr__(self) -> str:
        return self.text

    def rows(self, journal: Plainly, rows: str) -> list[tuple[str, str, str]]:
        """What it comes to in a journal."""
        return journal.rows(self.among(journal), rows, self.wanted, self.scoped)


def _leaf(text: str, holds: Callable[[Plain], bool], scoped: bool = False) -> Asked:
    return Asked(text, lambda journal: journal.those(text, holds), scoped=scoped)


def _looked_for(text: str, piece: str) -> Asked:
    """Folded words, with blanks where words must begin or end."""
    among = lambda journal: journal.those(("said", piece), lambda p: piece in p.said)  # noqa: E731
    return Asked(text, among, wanted=True)


_upto = cache(lambda most: st.integers(0, most))


class Conditions:
    """Makes conditions out of small numbers, which are drawn quickly."""

    def __init__(self, draw: DrawFn, known: Vocabulary, today: date) -> None:
        self._draw, self._known, self._today = draw, known, today

    def upto(self, most: int) -> int:
        """A number from 0 to `most`."""
        return self._draw(_upto(most))

    def one(self, listed: Sequence[Chosen]) -> Chosen:
        """One of these."""
        return listed[self.upto(len(listed) - 1)]

    def some(self, make: Callable[[], Chosen], most: int, least: int = 1) -> list[Chosen]:
        """A few of what `make` makes."""
        return [make() for _ in range(least + self.upto(most - least))]

    def condition(self) -> Asked:
        """A word, a phrase, a mention, or a field with its value."""
        return self.one(
            [
                self.word, self.word, self.word, self.phrase, self.phrase, self.inside, self.mention,
                self.mention, self.listed, self.listed, self.listed, self.kind, self.rating, self.length,
                self.number, self.during, self.weekdays,
            ]
        )()  # fmt: skip

    # -- words and mentions -----------------------------------------------------------------

    def word(self) -> Asked:
        """A word or its beginning, in any case."""
        word = self.one(self._known.words)
        word = self.one([word, word[: 1 + self.upto(len(word) - 1)]])
        word = self.one([word, word, word.upper(), word.capitalize()])
        word = word if words(word) else "plan"
        return _looked_for(word, " " + " ".join(words(word)))

    def inside(self) -> Asked:
        """A piece of a word."""
        word = self.one(words(self.one(self._known.words)) or ["plan"])
        start = self.upto(len(word) - 1)
        piece = word[start : start + 1 + self.upto(len(word) - start - 1)]
        # A sign may be no word by itself, and one letter is in too many.
        piece = piece if words(piece) == [piece] and len(piece) > 1 else word
        piece = piece if len(piece) > 1 or not piece.isascii() else "lan"
        return _looked_for("*" + piece, piece)

    def phrase(self, closed: bool = True) -> Asked:
        """Words in a row, from a phrase that there is or from anywhere."""
        known = self.one(self._known.phrases).split()
        start = self.upto(len(known) - 1)
        run = known[start : start + 1 + self.upto(3)]
        if self.upto(3) == 0:
            run = self.some(lambda: self.one(self._known.words), 3)
        text = " ".join(run)
        if not closed:
            text = text[: 1 + self.upto(len(text) - 1)]
        text = text if words(text) else "the"
        piece = " " + " ".join(words(text))
        return _looked_for(f'"{text}"', piece + " ") if closed else _looked_for(f'"{text}', piece)

    def mention(self) -> Asked:
        """A tag or a person, or how it begins."""
        name = self.one(self._known.mentions)
        name = self.one([name, name[: 2 + self.upto(len(name) - 2)]])
        name = self.one([name, name, name.upper()])
        begin = fold(name).rstrip("-/.")

        def among(journal: Plainly) -> int:
            return journal.those(begin, lambda p: any(m.startswith(begin) for m in p.mentions))

        return Asked(name, among, wanted=True)

    # -- fields -----------------------------------------------------------------------------

    def rating(self) -> Asked:
        """How the day was."""
        bounds = [0, 1, 3.5, 5, 6, 7, 7.5, 8, 9, 9.25, 10, 11]
        return self._compared("rating", bounds, lambda p: p.file.rating)

    def length(self) -> Asked:
        """How many words the file has."""
        bounds = [0, 1, 5, 10.5, 20, 40, 60, 80.5, 120, 300]
        return self._compared("words", bounds, lambda p: p.file.length)

    def number(self) -> Asked:
        """Which day it is."""
        bounds = [0, 1, 10, 60.5, 100, 168, 300, 500, 1000]
        return self._compared("day", bounds, lambda p: p.file.number)

    def _compared(
        self, field: str, bounds: list[float], known: Callable[[Plain], float | None]
    ) -> Asked:
        low, high = sorted((self.one(bounds), self.one(bounds)))
        one, two = f"{low:g}", f"{high:g}"
        if self.upto(1):
            one, two = one.replace(".", ","), two.replace(".", ",")
        forms: list[tuple[str, Callable[[float], bool]]] = [
            (f">{one}", lambda x: x > low),
            (f">={one}", lambda x: x >= low),
            (f"<{one}", lambda x: x < low),
            (f"<={one}", lambda x: x <= low),
            (f"={one}", lambda x: x == low),
            (one, lambda x: x == low),
            (f"{one}..{two}", lambda x: low <= x <= high),
            (f"{one}..", lambda x: low <= x),
            (f"..{two}", lambda x: x <= high),
            (f'"> {one}"', lambda x: x > low),
        ]
        said, tell = self.one(forms)

        def holds(passage: Plain) -> bool:
            value = known(passage)
            return value is not None and tell(value)

        return _leaf(f"{field}:{said}", holds)

    def day(self) -> date:
        """Any day of the journal's years."""
        return self._known.first + timedelta(self.upto((self._known.last - self._known.first).days))

    def during(self) -> Asked:
        """Days of a period, up to its end, or from its start on."""
        said, start, end = self._period()
        form = self.one(["date", "date", "since", "until", "..", "a..", "..b", "on"])
        text = f"{form}:{said}"
        if form == "..":
            one, two = sorted((self.day(), self.day()))
            text, start, end = f"date:{one}..{two:%Y-%m}", one, _month(two, 1)
        elif form == "a..":
            start = date(start.year, 1, 1)
            text = f"date:{start.year}.."
        elif form in ("..b", "on"):
            start = self.day()
            end = start + timedelta(1)
            text = f"on:{start}" if form == "on" else f"date:..{start}"
        if form in ("since", "a.."):
            return _leaf(text, lambda p: p.file.day >= start)
        if form in ("until", "..b"):
            return _leaf(text, lambda p: p.file.day < end)
        return _leaf(text, lambda p: start <= p.file.day < end)

    def _period(self) -> tuple[str, date, date]:
        """A period in words, its first day and the day behind it."""
        day, today = self.day(), self._today
        quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(weekday - 1)
        return self.one(
            [
                (day.isoformat(), day, day + timedelta(1)),
                (f"{day:%Y-%m}", _month(day), _month(day, 1)),
                (f"{day.year}-Q{quarter.month // 3 + 1}", quarter, _month(quarter, 3)),
                (f"{year}-W{week:02d}", monday, monday + timedelta(7)),
                (f"{day.year}", date(day.year, 1, 1), date(day.year + 1, 1, 1)),
                ("last-month", _month(today, -1), _month(today)),
                ('"last month"', _month(today, -1), _month(today)),
                ("this-year", date(today.year, 1, 1), date(today.year + 1, 1, 1)),
                ("yesterday", today - timedelta(1), today),
            ]
        )

    def weekdays(self) -> Asked:
        """Some days of the week."""
        length = self.one([2, 3, 99])
        named = self.some(lambda: self.one([*WEEKDAYS, "weekend"]), 3)
        places = {place for name in named for place in _places(name)}
        said = [name if name == "weekend" else name[:length] for name in named]
        return _leaf("on:" + ",".join(said), lambda p: p.file.day.weekday() in places)

    def kind(self) -> Asked:
        """A kind of note."""
        kind = self.one(self._known.kinds)
        said = self.one([kind, kind, kind.upper(), f'"{kind.replace("-", " ")}"'])
        begin = fold(kind) + "-"
        return _leaf(f"kind:{said}", lambda p: f"{p.file.kind}-".startswith(begin))

    def listed(self) -> Asked:
        """A part, something that the file has, or how a follow-up stands."""
        field = self.one(["in", "in", "has", "has", "is"])
        values = {"in": [*PARTS], "has": [*HAS], "is": ["open", "done", "late"]}[field]
        named = self.some(lambda: self.one(values), 2)
        text = f"{self.one([field, field, field.upper()])}:{','.join(named)}"
        if field == "in":
            parts = {PARTS[name] for name in named}
            return _leaf(text, lambda p: p.kind in parts, scoped=True)
        if field == "is":
            return _leaf(text, lambda p: not p.states.isdisjoint(named), scoped=True)
        return _leaf(text, lambda p: not p.file.has.isdisjoint(named))


def _month(day: date, later: int = 0) -> date:
    """The first day of a day's month, or of one so many months later."""
    place = day.year * 12 + day.month - 1 + later
    return date(place // 12, place % 12 + 1, 1)


def _places(name: str) -> tuple[int, ...]:
    return (5, 6) if name == "weekend" else (WEEKDAYS.index(name),)
