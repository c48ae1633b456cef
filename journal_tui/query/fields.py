"""The fields of a search, such as `rating:8+`, and the protocols of the passages and years they read.

A field is one object. It holds its help, reads and explains the text after its colon, decides
whether a passage matches, returns the terms that the index keeps of an entry, and uses these to choose
the days of a year. A new field is one more object in `_ALL`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from journal_tui.entry.model import CLOSED, TEN, Scale
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import fold, fold_name
from journal_tui.errors import QueryError, WhenError
from journal_tui.period import KINDS, WEEKDAYS, Period, parse_name, parse_period

LEARNING, FEEDBACK, FOLLOW_UP = "learning", "feedback", "follow-up"
TITLE, REMARK, PROSE, ENTRY = "title", "remark", "prose", "entry"
# The parts that are list items, in the order in which the rows of a file are listed.
POINTS = (LEARNING, FEEDBACK, FOLLOW_UP)
_PLURALS = {
    LEARNING: "learning points",
    FOLLOW_UP: "follow-ups",
    TITLE: "titles",
    REMARK: "remarks",
}
PARTS = (*POINTS, TITLE, REMARK, PROSE)
ANY_PART = (*PARTS, ENTRY)
# The states of a follow-up; one that waits for someone or is late is open too.
OPEN, WAITING, DONE, DROPPED, LATE = "open", "waiting", "done", "dropped", "late"
# The prefixes of the terms for the day on which a follow-up is due, or was done or dropped.
DUE, CLOSED_SINCE = "due", "closed"
# The prefix of a customer's tag, and the stages of what customers say, in order.
CUSTOMER_TAG = "customer/"
NO_CUSTOMERS: Mapping[str, str] = MappingProxyType({})
NOT_TOLD, REOPENED = "not-told", "reopened"
_STAGES = {
    "said": "not answered yet",
    "promised": "promised",
    "done": "done, and not yet told",
    "told": "done, and told",
    "confirmed": "done, and confirmed by the customer",
    "refused": "refused",
    REOPENED: "said again after it was done",
    NOT_TOLD: "done or refused, and not yet told",
}
# A larger number is indexed as this one; a search can't name one that is as large.
MOST = 99_999_999
# The term of a file in which no number is written; it sorts above all numbers.
_NO_NUMBER = "none"
_NUMBER = r"[0-9]{1,7}(?:[.,][0-9]{1,6})?"
# Compiled when a number is read, since every search imports this module.
_COMPARISON = rf"(>=|<=|=|>|<)?\s*({_NUMBER})|({_NUMBER})?\s*\.\.\s*({_NUMBER})?|({_NUMBER})\s*\+"
# Examples in messages, except for ratings on a scale other than 0 to 10.
_FORMS = ("8+", "..5", "6..8")
_PERIOD_KINDS = (*KINDS, "period")
_PERIOD_WORDS = frozenset(("last", "this", "past", "next", "previous", "the", "week", "day", "a"))

Record: TypeAlias = Mapping[str, Any]
"""What the index keeps of an entry; `index.analyzer.record` makes it and lists its keys."""
ReadDay = Callable[[str], date]
Value = TypeVar("Value")


class FileFacts(Protocol):
    """Facts about a whole file; `rating` and `number` are those of its day."""

    @property
    def day(self) -> date:
        """The day of the entry, or the first day of a period note."""

    @property
    def rating(self) -> float | None:
        """The day's rating."""

    @property
    def number(self) -> int | None:
        """The day's number, counted if the title has none."""

    @property
    def record(self) -> Record:
        """The record of the file."""


class Passage(Protocol):
    """A part of an entry, or all of it: a matcher is called with a passage, and each row of the answer is one."""

    @property
    def part(self) -> str:
        """The part of the entry: one of `PARTS`, or `ENTRY`."""

    @property
    def words(self) -> list[str]:
        """The folded words, in order, and the other spellings after them."""

    @property
    def plain(self) -> str:
        """The text and its other spellings in lower case, if they are ASCII; else "": use `words` then."""

    def mentions_with(self, beginning: str) -> Collection[str]:
        """Return the tags and people mentioned, folded, with their signs, that begin with this."""

    @property
    def states(self) -> frozenset[str]:
        """The states of a follow-up, such as open and late, with the people for whom it waits.

        Those of feedback are its stage, such as promised or told, and perhaps `NOT_TOLD`.
        """

    @property
    def facts(self) -> FileFacts:
        """The facts about the passage's file."""


class Days(NamedTuple):
    """The days of a year that may match, by the short codes that the index has for them.

    If `exact`, each of them that has a single file does match, and needn't be read to know it.
    """

    codes: Set[str]
    exact: bool


class IndexedYear(Protocol):
    """One year of the index, in which a field looks up days by the terms that it keeps."""

    @property
    def today(self) -> date:
        """The day on which the search is made."""

    def all_days(self) -> Set[str]:
        """Return all days to choose from."""

    def with_term(self, term: str) -> Set[str]:
        """Return the days with this term of the field."""

    def with_prefix(self, prefix: str) -> Set[str]:
        """Return the days with a term of the field that begins with this."""

    def between(
        self, low: str, high: str, open_low: bool = False, open_high: bool = False
    ) -> Set[str]:
        """Return the days with a term of the field from `low` to `high`; an open bound is excluded."""

    def on_weekdays(self, weekdays: tuple[int, ...]) -> Set[str]:
        """Return the days on these days of the week, Monday being 0."""

    def within(self, first: date, last: date) -> Set[str]:
        """Return the days from the first to the last, both included."""


class FieldText(NamedTuple):
    """The text after a field's colon, and the column where it begins.

    `today` and `read_day`, which reads words such as "day 168", resolve dates. Error messages give examples
    on the `scale` of the journal's ratings. `customers` has the key of each customer by the key that its
    name would have.
    """

    text: str
    column: int
    today: date
    read_day: ReadDay | None = None
    scale: Scale = TEN
    customers: Mapping[str, str] = NO_CUSTOMERS


class Field(ABC, Generic[Value]):
    """A field of the search. `examples` and `about` are its line in the help.

    `values` are offered while a person types the value. `aliases` are names that are not understood but
    for which the field is suggested. A condition is a field together with a value that `parse`
    returned.
    """

    # Whether the field decides which parts of an entry are the rows of the answer.
    chooses_parts = False
    # Whether `since:last week`, which a shell makes of `since:"last week"`, is read like that.
    reads_several_words = False
    # The part of the entry whose postings hold the field's terms.
    part = ENTRY
    # The condition with the lowest cost is looked up first, because it leaves few days quickly.
    cost = 2

    def __init__(
        self,
        name: str,
        examples: tuple[str, ...],
        about: str,
        values: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
    ) -> None:
        self.name, self.examples, self.about = name, examples, about
        self.values, self.aliases = values, aliases

    def __repr__(self) -> str:
        return self.name

    def example(self, scale: Scale = TEN) -> str:
        """Return the field with a value that it takes in a journal whose ratings have this scale."""
        return f"{self.name}:{self.values_on(scale)[0]}" if self.values else self.examples[0]

    def values_on(self, scale: Scale) -> tuple[str, ...]:
        """Return values to suggest in a journal whose ratings have this scale."""
        return self.values

    @abstractmethod
    def parse(self, given: FieldText) -> list[Value]:
        """Return the values of which a passage must match one. Raise QueryError."""

    @abstractmethod
    def explain(self, value: Value) -> str:
        """Return the condition in plain words."""

    @abstractmethod
    def matches(self, value: Value, passage: Passage) -> bool:
        """Return whether a passage matches."""

    def terms(self, record: Record) -> Iterable[str]:
        """Return the terms that the index keeps of an entry, for `days` to look up."""
        return ()

    def days(self, value: Value, year: IndexedYear) -> Days:
        """Return the days of a year that may match; by default all, whose entries are then read."""
        return Days(year.all_days(), False)

    def parts(self, value: Value) -> tuple[str, ...]:
        """Return the parts of an entry that may match."""
        return ANY_PART

    def years(self, value: Value) -> tuple[int, int]:
        """Return the first and the last year that may match."""
        return 1, 9999


class Bounds(NamedTuple):
    """The numbers from `low` to `high`; an open bound is excluded."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def hold(self, number: float) -> bool:
        """Return whether a number is within the bounds."""
        above = number > self.low if self.open_low else number >= self.low
        return above and (number < self.high if self.open_high else number <= self.high)


class NumberField(Field[Bounds]):
    """A number: `>=8` or, without a sign that means something to a shell, `8+`; `..5`, `6..8`.

    `stored` returns the number from a record, for the terms. `number`, if given, returns it from the
    facts about a file, for `matches`, because these may have one that the record lacks: `is_counted`
    is for the day's number, which is counted if no title has it. `is_scaled` is for ratings. `unit` is
    the beginning of the explanation.
    """

    cost = 3

    def __init__(
        self,
        name: str,
        examples: tuple[str, ...],
        about: str,
        *,
        unit: str,
        stored: Callable[[Record], float | None],
        number: Callable[[FileFacts], float | None] | None = None,
        is_counted: bool = False,
        cost: int = 3,
        is_scaled: bool = False,
        values: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
    ) -> None:
        super().__init__(name, examples, about, values, aliases)
        self._unit, self._stored, self._is_scaled = unit, stored, is_scaled
        self._number = number or (lambda facts: stored(facts.record))
        self._is_counted, self.cost = is_counted, cost

    def values_on(self, scale: Scale) -> tuple[str, ...]:
        """Return values to suggest; those of ratings are on the scale."""
        if not self._is_scaled or scale == TEN:
            return self.values
        good, middling, half = scale.at(0.8), scale.at(0.6), scale.at(0.5)
        return f"{good}+", f"..{half}", f"{middling}..{good}", f">={good}", f"<{half}"

    def parse(self, given: FieldText) -> list[Bounds]:
        """Read a number, a comparison or a range."""
        name = self.name
        found = re.fullmatch(_COMPARISON, self._without_scale(given.text))
        if not found or not any(found.groups()):
            is_other = self._is_scaled and given.scale != TEN
            one, two, three = (self.values_on(given.scale) if is_other else _FORMS)[:3]
            raise QueryError(
                f"“{_shorten(given.text)}” isn't a number for “{name}:”. "
                f"Write {name}:{one}, {name}:{two} or {name}:{three}.",
                given.column,
            )
        sign, number, low, high, least_number = found.groups()
        if least_number:
            sign, number = ">=", least_number
        if number is None:
            least = float(low.replace(",", ".")) if low else 0.0
            most = float(high.replace(",", ".")) if high else float("inf")
            if least > most:
                sentence = f"{low}..{high} runs backwards: write {high}..{low}."
                raise QueryError(sentence, given.column)
            return [Bounds(least, most)]
        value = float(number.replace(",", "."))
        if sign in (">", ">="):
            return [Bounds(value, float("inf"), open_low=sign == ">")]
        if sign in ("<", "<="):
            return [Bounds(0.0, value, open_high=sign == "<")]
        return [Bounds(value, value)]

    def _without_scale(self, text: str) -> str:
        """Return `>=8` for `>=8/10`; the journal's scale decides what is the highest."""
        return re.sub(r"/[0-9]+(?=\s*\+?$)", "", text) if self._is_scaled else text

    def explain(self, value: Bounds) -> str:
        """Return the bounds in words, such as `rated 6 to 8`."""
        low, high = f"{value.low:.13g}", f"{value.high:.13g}"
        if value.low == value.high and not value.open_high:
            return f"{self._unit} {low}"
        if value.high == float("inf"):
            return f"{self._unit} {f'above {low}' if value.open_low else f'{low} or more'}"
        if value.low == 0:
            return f"{self._unit} {f'below {high}' if value.open_high else f'{high} or less'}"
        return f"{self._unit} {low} to {high}"

    def matches(self, value: Bounds, passage: Passage) -> bool:
        """Return whether the number is known and within the bounds."""
        number = self._number(passage.facts)
        return number is not None and value.hold(number)

    def terms(self, record: Record) -> Iterable[str]:
        """Return the number, padded so that it sorts; `none` for a missing one that may be counted."""
        number = self._stored(record)
        if number is None:
            return (_NO_NUMBER,) if self._is_counted else ()
        return (_padded(number),)

    def days(self, value: Bounds, year: IndexedYear) -> Days:
        """Return the days with a number within the bounds, and those whose number is counted."""
        low, high = _padded(value.low), _padded(value.high)
        found = year.between(low, high, value.open_low, value.open_high)
        if not self._is_counted:
            return Days(found, True)
        counted = year.with_term(_NO_NUMBER)
        return Days(found | counted, not counted)


def _padded(number: float) -> str:
    """Return a number as `00000007.5`: such texts sort as their numbers do."""
    return f"{min(number, MOST):018.9f}".rstrip("0")


class PeriodField(Field[Any]):
    """The days of a period; with `since` all from its first day on, with `until` all up to its last."""

    reads_several_words = True
    cost = 4

    def __init__(
        self, name: str, examples: tuple[str, ...], about: str, *, values: tuple[str, ...],
        aliases: tuple[str, ...] = (), since: bool = False, until: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(name, examples, about, values, aliases)
        self._since, self._until = since, until

    def parse(self, given: FieldText) -> list[Any]:
        """Read a period in words or numbers."""
        said = given.text
        try:
            period = parse_period(said, given.today, given.read_day)
        except WhenError as error:
            is_cut_off = said.casefold() in _PERIOD_WORDS or (len(said) < 3 and said.isdigit())
            hint = f' Several words need quotes: {self.name}:"last week".' if is_cut_off else ""
            raise QueryError(f"{error}{hint}", given.column) from None
        start = date.min if self._until else period.start
        return [Period(start, date.max if self._since else period.end)]

    def explain(self, value: Any) -> str:
        """Return the first and the last day."""
        start, end = value
        if end == date.max:
            return f"from {start} on"
        last = end - timedelta(1)
        if start == date.min:
            return f"up to {last}"
        return f"on {start}" if start == last else f"from {start} to {last}"

    def matches(self, value: Any, passage: Passage) -> bool:
        """Return whether the entry's day is in the period."""
        return bool(value.contains(passage.facts.day))

    def days(self, value: Any, year: IndexedYear) -> Days:
        """Return the days of the period."""
        return Days(year.within(value.start, value.last), True)

    def years(self, value: Any) -> tuple[int, int]:
        """Return the years of the period's first and last day."""
        return value.start.year, value.last.year


class WeekdayField(PeriodField):
    """Days of the week, Monday being 0; a text with digits is a period, as `date:` reads it."""

    cost = 5

    def parse(self, given: FieldText) -> list[Any]:
        """Read names of weekdays, or their beginnings."""
        found: list[int] = []
        for part in map(str.strip, fold(given.text).split(",")):
            named = [n for n, name in enumerate(self.values) if name.startswith(part)]
            if part in ("weekend", "weekends"):
                found += [5, 6]
            elif part in ("weekday", "weekdays", "workday", "workdays"):
                found += [0, 1, 2, 3, 4]
            elif named and len(part) > (1 if len(named) == 1 else 2):
                found.append(named[0])
            elif any(c.isdigit() for c in part):
                return FIELDS["date"].parse(given)
            else:
                raise QueryError(
                    f"“{_shorten(part)}” isn't a day of the week. "
                    "Write on:monday, or date:2014-10-06 for one day.",
                    given.column,
                )
        return [tuple(dict.fromkeys(found))]

    def explain(self, value: Any) -> str:
        """Return the names of the days."""
        if isinstance(value, Period):
            return super().explain(value)
        return "on " + " or ".join(WEEKDAYS[day] for day in value)

    def matches(self, value: Any, passage: Passage) -> bool:
        """Return whether the entry's day is one of them."""
        if isinstance(value, Period):
            return super().matches(value, passage)
        facts = passage.facts
        return not facts.record["period"] and facts.day.weekday() in value

    def days(self, value: Any, year: IndexedYear) -> Days:
        """Return the days on these days of the week."""
        if isinstance(value, Period):
            return super().days(value, year)
        return Days(year.on_weekdays(value), True)

    def years(self, value: Any) -> tuple[int, int]:
        """Return the years of one day; days of the week are in every year."""
        return super().years(value) if isinstance(value, Period) else (1, 9999)


class NamesField(Field[Value], Generic[Value]):
    """Names from the list `values`, with commas between them; `synonyms` maps other names to these."""

    def __init__(
        self, name: str, examples: tuple[str, ...], about: str, *, values: tuple[str, ...],
        synonyms: Mapping[str, str] | None = None, aliases: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(name, examples, about, values, aliases)
        self._names = {**{value: value for value in values}, **(synonyms or {})}

    def _named(self, given: FieldText) -> list[str]:
        return [self._name(part.strip(), given.column) for part in fold(given.text).split(",")]

    def _name(self, said: str, column: int) -> str:
        if said in self._names:
            return self._names[said]
        from difflib import get_close_matches

        longer = [name for name in self._names if said and name.startswith(said)]
        best = longer[:1] or get_close_matches(said, self._names, 1, 0.6)
        field = self.name
        if best:
            sentence = f"“{field}:” has no “{_shorten(said)}”. Did you mean “{field}:{best[0]}”?"
            raise QueryError(sentence, column)
        raise QueryError(f"“{field}:” takes one of {', '.join(self.values)}.", column)


class PartField(NamesField[tuple[str, ...]]):
    """The part of an entry: a condition on what kind of passage the rows of the answer are."""

    chooses_parts = True
    cost = -2

    def parse(self, given: FieldText) -> list[tuple[str, ...]]:
        """Read names of parts, of which a passage is one."""
        return [tuple(self._named(given))]

    def explain(self, value: tuple[str, ...]) -> str:
        """Return the parts."""
        return "in " + " or ".join(_PLURALS.get(part, part) for part in value)

    def matches(self, value: tuple[str, ...], passage: Passage) -> bool:
        """Return whether the passage is one of these parts."""
        return passage.part in value

    def days(self, value: tuple[str, ...], year: IndexedYear) -> Days:
        """Return all days, of which the planner reads only the parts that may match."""
        return Days(year.all_days(), True)

    def parts(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """Return the parts themselves."""
        return value


def states_of(state: str) -> frozenset[str]:
    """Return the states of a follow-up with this state in its record: a waiting one is open, too."""
    return frozenset((state,) if state in CLOSED else (OPEN, state))


class StateField(NamesField[str]):
    """The state of a follow-up."""

    chooses_parts = True
    cost = -1
    part = FOLLOW_UP

    def parse(self, given: FieldText) -> list[str]:
        """Read names of states."""
        return self._named(given)

    def explain(self, value: str) -> str:
        """Return the state."""
        return f"a follow-up that is {value}"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the passage is such a follow-up."""
        # The stages of feedback are among its states, and may have the same names.
        return passage.part == FOLLOW_UP and value in passage.states

    def terms(self, record: Record) -> Iterable[str]:
        """Return the states, and `due2014-10-13` or `closed2014-10-13` for each follow-up with such a date."""
        for _, _, state, due, _, since in record["tasks"]:
            yield from states_of(state)
            if due and state not in CLOSED:
                yield f"{DUE}{due}"
            if since and state in CLOSED:
                yield f"{CLOSED_SINCE}{since}"

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with such a follow-up."""
        if value == LATE:
            return Days(year.between(DUE, f"{DUE}{year.today.isoformat()}", open_high=True), False)
        return Days(year.with_term(value), False)

    def parts(self, value: str) -> tuple[str, ...]:
        """Return the part that has states."""
        return (FOLLOW_UP,)


def people_in(waiting: str) -> frozenset[str]:
    """Return the folded people, with their signs, in a list such as "@ann, bob"."""
    names = (name.strip().removeprefix("@") for name in waiting.split(","))
    return frozenset(f"@{fold_name(name)}" for name in names if name)


class WaitingField(Field[str]):
    """The person for whom a follow-up waits, or the beginning of the name."""

    chooses_parts = True
    cost = -1
    part = FOLLOW_UP

    def parse(self, given: FieldText) -> list[str]:
        """Read names of people, with or without their signs."""
        names = sorted(people_in(given.text))
        if not names:
            raise QueryError("“waiting:” needs a person, such as waiting:@ann.", given.column)
        return names

    def explain(self, value: str) -> str:
        """Return the person."""
        return f"a follow-up that waits for {one_line(value)}, or for one whose name begins with it"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the passage is such a follow-up."""
        return any(state.startswith(value) for state in passage.states)

    def terms(self, record: Record) -> Iterable[str]:
        """Return the people for whom the follow-ups wait."""
        for _, _, _, _, waiting, _ in record["tasks"]:
            yield from people_in(waiting)

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with such a follow-up."""
        return Days(year.with_prefix(value), False)

    def parts(self, value: str) -> tuple[str, ...]:
        """Return the part that waits for people."""
        return (FOLLOW_UP,)


class HasField(NamesField[str]):
    """Something that the entry has; `keys` are the keys of the record that hold it."""

    def __init__(
        self, name: str, examples: tuple[str, ...], about: str, *, keys: Mapping[str, str],
        synonyms: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(name, examples, about, values=tuple(keys), synonyms=synonyms)
        self._keys = keys

    def parse(self, given: FieldText) -> list[str]:
        """Read the names of what an entry may have."""
        return self._named(given)

    def explain(self, value: str) -> str:
        """Return what the entry has, in words."""
        article = "a " if value in ("rating", "remark") else ""
        return f"the entry has {article}{_PLURALS.get(value, value)}"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the entry has it."""
        return self._is_there(passage.facts.record, value)

    def terms(self, record: Record) -> Iterable[str]:
        """Return what the entry has."""
        return [what for what in self._keys if self._is_there(record, what)]

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with an entry that has it."""
        return Days(year.with_term(value), True)

    def _is_there(self, record: Record, what: str) -> bool:
        found = record[self._keys[what]]
        # A rating of 0 is a rating.
        return bool(found) or found == 0


class KindField(Field[str]):
    """The kind of a note, or its first words: `service` finds `service-review` too.

    The notes of periods are also of the kinds `period` and `week`, `month`, `quarter` or `year`.
    """

    def parse(self, given: FieldText) -> list[str]:
        """Read the name of a kind."""
        return ["-".join(fold(given.text).split())]

    def explain(self, value: str) -> str:
        """Return the kind."""
        if value in _PERIOD_KINDS:
            return f"a note of a {value}, or of the kind {value}"
        return f"a note of the kind {one_line(value)}"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the note is of that kind."""
        kinds = self.terms(passage.facts.record)
        return any(kind == value or kind.startswith(value + "-") for kind in kinds)

    def terms(self, record: Record) -> Iterable[str]:
        """Return the kind, if the note has one, and the kinds of a period note."""
        period = parse_name(record["period"])
        return [
            kind for kind in (record["kind"], *((period.kind, "period") if period else ())) if kind
        ]

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with such a note."""
        return Days(year.with_term(value) | year.with_prefix(value + "-"), True)


class CustomerField(Field[str]):
    """The customer whom a file is about, or the beginning of its key: of a visit, or by a tag `#customer/lab`."""

    cost = 1

    def parse(self, given: FieldText) -> list[str]:
        """Read the name of a customer, as it is in a tag."""
        key = "-".join(fold_name(given.text.lstrip("#")).removeprefix(CUSTOMER_TAG).split())
        if not key:
            raise QueryError("“customer:” needs a customer, such as customer:depot.", given.column)
        found = [key]
        for named, known in given.customers.items():
            # An entry may name the customer by its key, or in front matter by its name.
            found += [named] * known.startswith(key) + [known] * named.startswith(key)
        # A key that begins with another of these is found by that one.
        listed = dict.fromkeys(found)
        return [
            it for it in listed if not any(it != other and it.startswith(other) for other in listed)
        ]

    def explain(self, value: str) -> str:
        """Return the customer."""
        return f"about the customer {one_line(value)}, or one whose name begins with it"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the file is about such a customer."""
        return any(name.startswith(value) for name in self.terms(passage.facts.record))

    def terms(self, record: Record) -> Iterable[str]:
        """Return the customers of a visit, of single items, and of tags."""
        named = dict.fromkeys(record["customers"].get("named", ()))
        for tag in record["tags"]:
            if "/" in tag and (folded := fold_name(tag)).startswith(CUSTOMER_TAG):
                named.setdefault(folded.split("/")[1])
        return [name for name in named if name]

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with such a file."""
        return Days(year.with_prefix(value), True)


class ThemeField(Field[str]):
    """The theme of a piece of feedback: one of its tags, or a tag nested in that."""

    chooses_parts = True
    cost = 1
    part = FEEDBACK

    def parse(self, given: FieldText) -> list[str]:
        """Read a tag, with or without its sign."""
        theme = fold_name(given.text.lstrip("#"))
        if not theme:
            raise QueryError("“theme:” needs a tag, such as theme:estimates.", given.column)
        return [theme]

    def explain(self, value: str) -> str:
        """Return the theme."""
        return f"feedback with the tag #{one_line(value)}, or one below it"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the passage is such feedback."""
        if passage.part != FEEDBACK:
            return False
        tag = f"#{value}"
        return any(name == tag or name.startswith(f"{tag}/") for name in passage.mentions_with(tag))

    def terms(self, record: Record) -> Iterable[str]:
        """Return the tags of the entry that are in its feedback."""
        texts = " ".join(text for text, _ in record["feedback"])
        if "#" in texts:
            folded = texts.casefold()
            for tag in record["tags"]:
                if tag.casefold() in folded:
                    yield fold_name(tag)

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with such feedback."""
        return Days(year.with_term(value) | year.with_prefix(f"{value}/"), False)

    def parts(self, value: str) -> tuple[str, ...]:
        """Return the part that has themes."""
        return (FEEDBACK,)


class StageField(NamesField[str]):
    """What became of a piece of feedback, which entries of other days may say."""

    chooses_parts = True
    cost = 1
    part = FEEDBACK

    def parse(self, given: FieldText) -> list[str]:
        """Read names of stages."""
        return self._named(given)

    def explain(self, value: str) -> str:
        """Return the stage."""
        return f"feedback of a customer: {_STAGES[value]}"

    def matches(self, value: str, passage: Passage) -> bool:
        """Return whether the passage is such feedback."""
        return passage.part == FEEDBACK and value in passage.states

    def terms(self, record: Record) -> Iterable[str]:
        """Return the term `any` if customers said something: no record has what became of it."""
        return ("any",) if record["customers"].get("said") else ()

    def days(self, value: str, year: IndexedYear) -> Days:
        """Return the days with feedback of customers."""
        return Days(year.with_term("any"), False)

    def parts(self, value: str) -> tuple[str, ...]:
        """Return the part that has stages."""
        return (FEEDBACK,)


_ALL: tuple[Field[Any], ...] = (
    PartField(
        "in", ("in:learning",),
        "only learning points; or in:feedback,\nin:follow-ups, in:title, in:remark, in:prose",
        values=("learning", "feedback", "follow-ups", "title", "remark", "prose"),
        synonyms={
            "learning-points": LEARNING, "learnings": LEARNING, "follow-ups": FOLLOW_UP, "follow-up": FOLLOW_UP,
            "followups": FOLLOW_UP, "todo": FOLLOW_UP, "tasks": FOLLOW_UP,
        },
        aliases=("section",),
    ),
    NumberField(
        "rating", ("rating:8+", "rating:6..8"),
        "rated 8 or more; rated 6 to 8; also ..5 for\nat most 5, and signs: >8, >=8, <5, <=5",
        unit="rated", is_scaled=True, stored=lambda record: record["rating"], number=lambda facts: facts.rating,
        values=("8+", "..5", "6..8", ">=8", "<5"), aliases=("rated", "rate"),
    ),
    PeriodField(
        "date", ("date:2014-09..2014-11",),
        'in a period, such as 2014-Q3, 2014-W41,\nlast-month, "3 weeks ago", yesterday, "day 168"',
        values=("this-week", "last-week", "this-month", "last-month", "this-year", "last-year"),
        aliases=("when",),
    ),
    PeriodField(
        "since", ("since:2014-10", "until:2015"), "from 1 October 2014; to the end of 2015", since=True,
        values=("yesterday", "last-week", "last-month", "this-year", "last-year"), aliases=("from", "after"),
    ),
    # The help has both in one line.
    PeriodField(
        "until", (), "", until=True,
        values=("yesterday", "last-week", "last-month", "last-year"), aliases=("to", "before"),
    ),
    WeekdayField(
        "on", ("on:monday",), "on that weekday; several as on:sat,sun", values=tuple(map(str.lower, WEEKDAYS)),
    ),
    NumberField(
        "day", ("day:168", "day:100..200"), "the day's number",
        # Most years have none of these days.
        unit="day", cost=-1, stored=lambda record: record["number"], number=lambda facts: facts.number,
        is_counted=True, aliases=("number",),
    ),
    NumberField(
        "words", ("words:300+",), "entries of 300 words or more",
        unit="words:", stored=lambda record: record["words"], values=("300+", "..50", ">300", "<50"), aliases=("length",),
    ),
    HasField(
        "has", ("has:rating", "-has:learning"), "also feedback, follow-ups, remark, tags,\npeople, expectations, customers, problems",
        keys={
            "learning": "learning", "feedback": "feedback", "follow-ups": "tasks", "rating": "rating",
            "remark": "remark", "tags": "tags", "people": "people", "expectations": "expectations", "customers": "customers", "problems": "problems",
        },
        synonyms={
            "follow-up": "follow-ups", "followups": "follow-ups", "todo": "follow-ups", "tag": "tags",
            "person": "people", "problem": "problems", "remarks": "remark", "ratings": "rating",
            "learning-points": "learning", "expectation": "expectations", "customer": "customers", "visits": "customers",
        },
    ),
    StateField(
        "is", ("is:open",), "follow-ups that are open; or done, dropped,\nwaiting, late",
        values=(OPEN, DONE, LATE, WAITING, DROPPED), synonyms={"cancelled": DROPPED, "canceled": DROPPED},
    ),
    WaitingField(
        "waiting", ("waiting:@ann",), "follow-ups that wait for a person", aliases=("waits", "awaiting"),
    ),
    KindField(
        "kind", ("kind:service-review",),
        "notes of that kind, by their name or their\nfront matter; also week, month, quarter,\nyear, and period for all of these",
        values=("service-review", *_PERIOD_KINDS), aliases=("type",),
    ),
    CustomerField(
        "customer", ("customer:depot",),
        "visits to that customer, and entries that\nmention it: #customer/depot", aliases=("client",),
    ),
    ThemeField("theme", ("theme:estimates",), "feedback with that tag", aliases=("topic",)),
    StageField(
        "state", ("state:told",),
        "what customers said and were told about;\nor said, promised, done, confirmed, refused,\nnot-told, and reopened (said again)",
        values=tuple(_STAGES), synonyms={"untold": NOT_TOLD, "again": REOPENED}, aliases=("stage",),
    ),
)  # fmt: skip
FIELDS: dict[str, Field[Any]] = {field.name: field for field in _ALL}
# The signs to suggest in place of a field that doesn't exist.
_WRITTEN_WITH_A_SIGN = {"tag": "#tag", "person": "@name"}


def read_condition(
    name: str,
    value: str,
    column: int,
    at: int,
    today: date,
    read_day: ReadDay | None = None,
    scale: Scale = TEN,
    customers: Mapping[str, str] = NO_CUSTOMERS,
) -> tuple[Field[Any], list[Any]]:
    """Return a field and the values of which one must match.

    `column` is where the name begins and `at` where the value does. Raise QueryError.
    """
    try:
        field = FIELDS.get(name.casefold())
        if field is None:
            raise QueryError(_unknown(name), column)
        said = value.strip('"').strip()
        if not said:
            sentence = f"“{field.name}:” needs something after it, such as {field.example(scale)}."
            raise QueryError(sentence, at)
        return field, field.parse(FieldText(said, at, today, read_day, scale, customers))
    except QueryError as error:
        error.begin = column
        raise


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    wanted = name.casefold()
    known = {
        alias: field.name for field in FIELDS.values() for alias in field.aliases
    } | _WRITTEN_WITH_A_SIGN
    close = known.get(wanted) or next(iter(get_close_matches(wanted, FIELDS, 1, 0.6)), "")
    name = _shorten(name)
    if close in FIELDS:
        return f"There is no field “{name}:”. Did you mean “{close}:”?"
    if close:
        return f"There is no field “{name}:”. Use {close} instead."
    listed = " ".join(f"{field}:" for field in FIELDS)
    return f'There is no field “{name}:”. Use one of {listed} – or write "{name}" to find the word.'


def _shorten(said: str) -> str:
    """Return words that were typed, shortened, on one line and without control characters."""
    said = one_line(said)
    return said if len(said) <= 40 else said[:39] + "…"
