"""Random queries, each with what it means: its text and the passages that it should find.

What a query means is written here once more, on plain passages, apart from `query`. For a field that
isn't known here, the values are those that it offers, and its own matcher decides about each passage:
then only the terms that the index keeps for it are tested.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from journal_tui.entry.spellings import other_spellings
from journal_tui.entry.tokenizer import fold, words
from journal_tui.index.analyzer import record
from journal_tui.query.fields import FIELDS, Record
from journal_tui.query.parser import parse
from tests.index.reference_search import File, Plain, ReferenceSearch

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = {
    "learning": "learning", "learning-points": "learning", "feedback": "feedback", "follow-ups": "follow-up",
    "todo": "follow-up", "title": "title", "remark": "remark", "prose": "prose",
}  # fmt: skip
HAS = ("learning", "feedback", "follow-ups", "rating", "remark", "tags", "people", "problems")
# The fields whose meaning is written here.
WRITTEN = {"in", "has", "is", "rating", "words", "day", "date", "since", "until", "on", "kind"}


Chosen = TypeVar("Chosen")


class Vocabulary(NamedTuple):
    """The words, phrases, mentions and other values of a journal that queries can ask for."""

    words: Sequence[str]
    phrases: Sequence[str]
    mentions: Sequence[str]
    kinds: Sequence[str]
    first: date
    last: date


class Asked(NamedTuple):
    """A query, and the passages that it must find, as the bits of a number.

    `wanted` is true if it has words or mentions that must occur, `unwanted` if it has some that
    must not, `scoped` if it names parts itself.
    """

    text: str
    among: Callable[[ReferenceSearch], int]
    wanted: bool = False
    unwanted: bool = False
    scoped: bool = False

    def __repr__(self) -> str:
        return self.text

    def rows(self, journal: ReferenceSearch, rows: str) -> list[tuple[str, str, str]]:
        """Return the rows that the query must give in a journal."""
        return journal.rows(self.among(journal), rows, self.wanted, self.scoped)


def _leaf(text: str, holds: Callable[[Plain], bool], scoped: bool = False) -> Asked:
    return Asked(text, lambda journal: journal.those(text, holds), scoped=scoped)


def _looked_for(text: str, *needed: set[str]) -> Asked:
    """Make a query for folded words, one of each set; spaces mark where a word must begin or end."""
    key = ("said", repr([sorted(pieces) for pieces in needed]))

    def holds(passage: Plain) -> bool:
        return all(any(piece in passage.said for piece in pieces) for pieces in needed)

    return Asked(text, lambda journal: journal.those(key, holds), wanted=True)


def _written(shown: str, text: str, closed: bool = False) -> Asked:
    """Make a query for words that are written together, the last one whole if it is closed.

    Hyphenated words and numbers are found as one word, too. Signs that belong to a word must be there;
    those words are then looked for by themselves.
    """
    end, rest, joined = " " if closed else "", text, text
    needed = []
    for start, stop, run in sorted(other_spellings(text), reverse=True):
        if run[0].isalnum():
            joined = f"{joined[:start]} {' '.join(run)} {joined[stop:]}"
        elif start == 0 or text[start] != "." or not text[start - 1].isalnum():
            rest = rest[:start] + " " * (stop - start) + rest[stop:]
            needed.append({f" {run[0]}{end}"})
    if words(rest):
        needed.append({f" {' '.join(words(form))}{end}" for form in (text, joined)})
    return _looked_for(shown, *needed)


_upto = cache(lambda most: st.integers(0, most))


class Conditions:
    """A source of random conditions, made from small numbers, which Hypothesis draws quickly."""

    def __init__(self, draw: DrawFn, known: Vocabulary, today: date) -> None:
        self._draw, self._known, self._today = draw, known, today

    def upto(self, most: int) -> int:
        """Draw a number from 0 to `most`."""
        return self._draw(_upto(most))

    def one(self, listed: Sequence[Chosen]) -> Chosen:
        """Draw one of these."""
        return listed[self.upto(len(listed) - 1)]

    def some(self, make: Callable[[], Chosen], most: int, least: int = 1) -> list[Chosen]:
        """Call `make` a few times."""
        return [make() for _ in range(least + self.upto(most - least))]

    def condition(self) -> Asked:
        """Draw a word, a phrase, a mention, or a field with its value."""
        return self.one(
            [
                self.word, self.word, self.word, self.phrase, self.phrase, self.inside, self.mention,
                self.mention, self.listed, self.listed, self.listed, self.kind, self.rating, self.length,
                self.number, self.during, self.weekdays, *[self.other] * bool(FIELDS.keys() - WRITTEN),
            ]
        )()  # fmt: skip

    def word(self) -> Asked:
        """Draw a word or its beginning, in upper or lower case."""
        # Amounts such as "50 %" are one word only in quotes.
        word = self.one(self._known.words).partition(" ")[0]
        word = self.one([word, word[: 1 + self.upto(len(word) - 1)]])
        word = self.one([word, word, word.upper(), word.capitalize()])
        word = word if words(word) or other_spellings(word) else "plan"
        return _written(word, word)

    def inside(self) -> Asked:
        """Draw a piece from the inside of a word."""
        word = self.one(words(self.one(self._known.words)) or ["plan"])
        start = self.upto(len(word) - 1)
        piece = word[start : start + 1 + self.upto(len(word) - start - 1)]
        # A combining mark isn't a word by itself, and a single letter is in too many words.
        piece = piece if words(piece) == [piece] and len(piece) > 1 else word
        piece = piece if len(piece) > 1 or not piece.isascii() else "lan"
        return _looked_for("*" + piece, {piece})

    def phrase(self, closed: bool = True) -> Asked:
        """Draw words in a row, from a phrase of the journal or at random."""
        known = self.one(self._known.phrases).split()
        start = self.upto(len(known) - 1)
        run = known[start : start + 1 + self.upto(3)]
        if self.upto(3) == 0:
            run = self.some(lambda: self.one(self._known.words), 3)
        text = " ".join(run)
        if not closed:
            text = text[: 1 + self.upto(len(text) - 1)]
        text = text if words(text) or other_spellings(text) else "the"
        return _written(f'"{text}"' if closed else f'"{text}', text, closed)

    def mention(self) -> Asked:
        """Draw a tag or a person, or the beginning of one."""
        name = self.one(self._known.mentions)
        name = self.one([name, name[: 2 + self.upto(len(name) - 2)]])
        name = self.one([name, name, name.upper()])
        begin = fold(name).rstrip("-/.")

        def among(journal: ReferenceSearch) -> int:
            return journal.those(begin, lambda p: any(m.startswith(begin) for m in p.mentions))

        return Asked(name, among, wanted=True)

    def rating(self) -> Asked:
        """Draw a condition about the rating."""
        bounds = [0, 1, 3.5, 5, 6, 7, 7.5, 8, 9, 9.25, 10, 11]
        return self._compared("rating", bounds, lambda p: p.file.rating)

    def length(self) -> Asked:
        """Draw a condition about the number of words."""
        bounds = [0, 1, 5, 10.5, 20, 40, 60, 80.5, 120, 300]
        return self._compared("words", bounds, lambda p: p.file.length)

    def number(self) -> Asked:
        """Draw a condition about the day number."""
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
        """Draw any day of the journal's years."""
        return self._known.first + timedelta(self.upto((self._known.last - self._known.first).days))

    def during(self) -> Asked:
        """Draw a condition for the days of a period, until its end, or from its start on."""
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
        """Draw a period in words, its first day and the day after it."""
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
        """Draw a condition for some days of the week."""
        length = self.one([2, 3, 99])
        named = self.some(lambda: self.one([*WEEKDAYS, "weekend"]), 3)
        places = {place for name in named for place in _places(name)}
        said = [name if name == "weekend" else name[:length] for name in named]
        return _leaf(
            "on:" + ",".join(said),
            lambda p: not p.file.period and p.file.day.weekday() in places,
        )

    def kind(self) -> Asked:
        """Draw a condition for a kind of note."""
        kind = self.one(self._known.kinds)
        said = self.one([kind, kind, kind.upper(), f'"{kind.replace("-", " ")}"'])
        begin = fold(kind) + "-"
        return _leaf(
            f"kind:{said}", lambda p: any(f"{it}-".startswith(begin) for it in p.file.kinds)
        )

    def listed(self) -> Asked:
        """Draw a part, something that the file has, or the state of a follow-up."""
        field = self.one(["in", "in", "has", "has", "is"])
        values = {"in": [*PARTS], "has": [*HAS], "is": ["open", "done", "late"]}[field]
        named = self.some(lambda: self.one(values), 2)
        text = f"{self.one([field, field, field.upper()])}:{','.join(named)}"
        if field == "in":
            parts = {PARTS[name] for name in named}
            return _leaf(text, lambda p: p.part in parts, scoped=True)
        if field == "is":
            return _leaf(
                text,
                lambda p: p.part == "follow-up" and not p.states.isdisjoint(named),
                scoped=True,
            )
        return _leaf(text, lambda p: not p.file.has.isdisjoint(named))

    def other(self) -> Asked:
        """Draw a field whose meaning isn't written here, with a value that it offers."""
        field = FIELDS[self.one(sorted(FIELDS.keys() - WRITTEN))]
        text = self.one([f"{field.name}:{value}" for value in field.values] or field.examples)
        holds = parse(text, self._today).matcher
        return _leaf(text, lambda plain: holds(_Passage(plain)), scoped=field.chooses_parts)


class _Facts(NamedTuple):
    day: date
    rating: float | None
    number: int | None
    record: Record


class _Passage:
    """A plain passage as a matcher is called with it."""

    def __init__(self, plain: Plain) -> None:
        self.part, self.mentions, self.states = plain.part, plain.mentions, plain.states
        self.words, self.plain = plain.said.replace("|", " ").split(), ""
        file = plain.file
        self.facts = _Facts(file.day, file.rating, file.number, _record(file))

    def mentions_with(self, beginning: str) -> list[str]:
        """Return the tags and people that begin with this."""
        return [name for name in self.mentions if name.startswith(beginning)]


@cache
def _record(file: File) -> Record:
    return record(file.path, file.entry)


def _month(day: date, later: int = 0) -> date:
    """Return the first day of a day's month, or of the month `later` months after it."""
    place = day.year * 12 + day.month - 1 + later
    return date(place // 12, place % 12 + 1, 1)


def _places(name: str) -> tuple[int, ...]:
    return (5, 6) if name == "weekend" else (WEEKDAYS.index(name),)


class Queries(Conditions):
    """A source of random queries."""

    def whole(self) -> Asked:
        """Draw a query."""
        form = self.upto(9)
        if form == 0:
            return self.phrase(closed=False)
        if form == 1:
            return _joined([self.together(2), self.phrase(closed=False)], " ")
        if form == 2:
            return _joined([self.atom(2), self.phrase(closed=False)], " ")
        if form == 3:
            return self.atom(1)
        return self.either(2) if form == 4 else self.together(2, least=2)

    def either(self, deep: int) -> Asked:
        """Draw groups of conditions with OR between them."""
        return _joined(self.some(lambda: self.together(deep), 3, 2), " OR ")

    def together(self, deep: int, least: int = 1) -> Asked:
        """Draw conditions side by side, sometimes with an empty condition between them."""
        blank = self.one([" ", " ", " ", " ", "  ", " AND ", " … ", ' "" ', " () "])
        return _joined(self.some(lambda: self.atom(deep), 3, least), blank)

    def atom(self, deep: int) -> Asked:
        """Draw one condition or a group of them, perhaps negated once or twice."""
        if deep and self.upto(5) == 0:
            found = self.either(deep - 1) if self.upto(1) else self.together(deep - 1)
            found = found._replace(text=f"({found.text})")
        else:
            found = self.condition()
        for _ in range(self.one([0, 0, 0, 0, 0, 0, 0, 1, 1, 2])):
            found = _negated(found)
        return found


def _negated(asked: Asked) -> Asked:
    return asked._replace(
        text=f"-{asked.text}",
        among=lambda journal: journal.all() & ~asked.among(journal),
        wanted=asked.unwanted,
        unwanted=asked.wanted,
    )


def _joined(parts: list[Asked], sign: str) -> Asked:
    def among(journal: ReferenceSearch) -> int:
        found = parts[0].among(journal)
        for part in parts[1:]:
            other = part.among(journal)
            found = found | other if sign == " OR " else found & other
        return found

    text = sign.join(part.text for part in parts)
    return Asked(text, among, *(any(part[i] for part in parts) for i in (2, 3, 4)))


def queries(known: Vocabulary, today: date) -> SearchStrategy[Asked]:
    """Return a strategy for queries about a journal, as they are read `today`."""
    return _queries(known, today)


@st.composite
def _queries(draw: DrawFn, known: Vocabulary, today: date) -> Asked:
    return Queries(draw, known, today).whole()
