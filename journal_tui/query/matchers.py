"""What a query is made of: conditions that are called with a passage and say whether it matches.

A passage is what a row of an answer may be: a learning point, a piece of feedback, a follow-up,
the title, the rating's remark, the prose, or the entry as a whole.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from journal_tui.period import Period

LEARNING, FEEDBACK, FOLLOW_UP = "learning", "feedback", "follow-up"
TITLE, REMARK, PROSE, ENTRY = "title", "remark", "prose", "entry"
# In the order of the rows of one file.
POINTS = (LEARNING, FEEDBACK, FOLLOW_UP)
PARTS = (*POINTS, TITLE, REMARK, PROSE)
# How a follow-up stands; what is late is open, too.
OPEN, DONE, LATE = "open", "done", "late"


class Facts(Protocol):
    """What is known of a file as a whole; `rating` and `number` are those of its day."""

    @property
    def day(self) -> date:
        """The day of the entry."""

    @property
    def rating(self) -> float | None:
        """How the day was."""

    @property
    def number(self) -> int | None:
        """The day's number."""

    @property
    def length(self) -> int:
        """How many words the file has."""

    @property
    def has(self) -> frozenset[str]:
        """What there is in it, in the words of `has:`."""

    @property
    def kind(self) -> str:
        """What kind of note it is."""


class Passage(Protocol):
    """What a matcher is called with; `states` are a follow-up's: open or done, and late."""

    @property
    def kind(self) -> str:
        """Which part of the entry it is."""

    @property
    def words(self) -> list[str]:
        """Its folded words in their order."""

    @property
    def plain(self) -> str:
        """Its text in lower case where all its words are ASCII; "" where `words` must be asked."""

    @property
    def mentions(self) -> frozenset[str]:
        """The tags and people it mentions, folded, with their signs."""

    @property
    def states(self) -> frozenset[str]:
        """What kind of follow-up it is."""

    @property
    def facts(self) -> Facts:
        """Its file."""


class Words(NamedTuple):
    """Folded words in a row; `last` says how the last one is meant: "whole", "begins", "inside"."""

    words: tuple[str, ...]
    last: str = "begins"

    def __call__(self, passage: Passage) -> bool:
        """Whether the words stand there."""
        plain = passage.plain
        return self.stands_in(plain) if plain else bool(self.places(passage.words))

    def stands_in(self, plain: str) -> bool:
        """Whether a passage's `plain` text holds them, which is sooner told than all its words are."""
        if self.last == "inside":
            return self.words[0] in plain
        at = plain.find(self.words[0])
        if at < 0:
            return False
        if len(self.words) > 1 or self.last == "whole":
            compiled = _compiled(self)
            while match := compiled.search(plain, at):
                at = match.start()
                if not at or not plain[at - 1].isalnum():
                    return True
                at += 1
            return False
        while at > 0 and plain[at - 1].isalnum():
            at = plain.find(self.words[0], at + 1)
        return at >= 0

    def places(self, text: list[str]) -> list[int]:
        """Where in a list of folded words these begin."""
        *whole, last = self.words
        if self.last == "begins":
            ends = [index for index, word in enumerate(text) if word.startswith(last)]
        elif self.last == "whole":
            ends = [index for index, word in enumerate(text) if word == last]
        else:
            ends = [index for index, word in enumerate(text) if last in word]
        count = len(whole)
        if not count:
            return ends
        return [i - count for i in ends if i >= count and text[i - count : i] == whole]


def pattern(asked: Words) -> str:
    """A regular expression for the words in a `plain` text, but for what stands before them."""
    behind = "(?![a-z0-9])" if asked.last == "whole" else ""
    return "[^a-z0-9]+".join(map(re.escape, asked.words)) + behind


@lru_cache(maxsize=64)
def _compiled(asked: Words) -> re.Pattern[str]:
    return re.compile(pattern(asked))


class Mention(NamedTuple):
    """A tag or a person with its sign, folded, or one that begins so; nested tags match too."""

    name: str

    def __call__(self, passage: Passage) -> bool:
        """Whether it is mentioned there."""
        return any(mention.startswith(self.name) for mention in passage.mentions)


class In(NamedTuple):
    """What kind of passage it is."""

    kinds: tuple[str, ...]

    def __call__(self, passage: Passage) -> bool:
        """Whether the passage is of one of these kinds."""
        return passage.kind in self.kinds


class State(NamedTuple):
    """An open, a done, or a late follow-up."""

    name: str

    def __call__(self, passage: Passage) -> bool:
        """Whether the passage is such a follow-up."""
        return self.name in passage.states


class Compare(NamedTuple):
    """A number within [low, high]: `field` is "rating", "day" (its number) or "words" (how many)."""

    field: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def __call__(self, passage: Passage) -> bool:
        """Whether the number is known and within the bounds."""
        facts = passage.facts
        value = facts.length
        if self.field != "words":
            known = facts.rating if self.field == "rating" else facts.number
            if known is None:
                return False
            return self.holds(known)
        return self.holds(value)

    def holds(self, value: float) -> bool:
        """Whether a number is within the bounds."""
        above = value > self.low if self.open_low else value >= self.low
        return above and (value < self.high if self.open_high else value <= self.high)


class During(NamedTuple):
    """A day in a period."""

    period: Period

    def __call__(self, passage: Passage) -> bool:
        """Whether the entry is of a day of the period."""
        return self.period.contains(passage.facts.day)


class Weekday(NamedTuple):
    """Days of the week, Monday being 0."""

    days: tuple[int, ...]

    def __call__(self, passage: Passage) -> bool:
        """Whether the entry's day is one of them."""
        return passage.facts.day.weekday() in self.days


class Has(NamedTuple):
    """Something that the entry has: a rating, learning points, tags …"""

    what: str

    def __call__(self, passage: Passage) -> bool:
        """Whether the entry has it."""
        return self.what in passage.facts.has


class Kind(NamedTuple):
    """What kind of note it is, or of which a longer name begins so: `service-review`."""

    name: str

    def __call__(self, passage: Passage) -> bool:
        """Whether the note is of that kind."""
        kind = passage.facts.kind
        return kind == self.name or kind.startswith(self.name + "-")


class Not(NamedTuple):
    """What must not hold."""

    part: "Matcher"

    def __call__(self, passage: Passage) -> bool:
        """Whether it does not."""
        return not self.part(passage)


class And(NamedTuple):
    """What must hold together; nothing at all always holds."""

    parts: "tuple[Matcher, ...]"

    def __call__(self, passage: Passage) -> bool:
        """Whether all parts hold."""
        # Plain loops: these are called for each passage of many days.
        for part in self.parts:  # noqa: SIM110
            if not part(passage):
                return False
        return True


class Or(NamedTuple):
    """Of which at least one must hold."""

    parts: "tuple[Matcher, ...]"

    def __call__(self, passage: Passage) -> bool:
        """Whether any part holds."""
        for part in self.parts:  # noqa: SIM110
            if part(passage):
                return True
        return False


# Conditions on a file as a whole, or on its day.
OF_FILE = (Compare, During, Weekday, Has, Kind)
Leaf: TypeAlias = Words | Mention | In | State | Compare | During | Weekday | Has | Kind
Matcher: TypeAlias = Leaf | Not | And | Or


def quickest_first(matcher: Matcher) -> Matcher:
    """The same matcher with all parts in the order of how soon they are told."""
    if isinstance(matcher, And | Or):
        parts = sorted(map(quickest_first, matcher.parts), key=_effort)
        return And(tuple(parts)) if isinstance(matcher, And) else Or(tuple(parts))
    return Not(quickest_first(matcher.part)) if isinstance(matcher, Not) else matcher


def _effort(matcher: Matcher) -> int:
    """How long a matcher takes for a passage; 0 where its text need not be read."""
    if isinstance(matcher, Not):
        return _effort(matcher.part)
    if isinstance(matcher, And | Or):
        return 3 + len(matcher.parts)
    if isinstance(matcher, Words):
        return min(len(matcher.words), 2)
    return 2 if isinstance(matcher, Mention) else 0


def leaves(matcher: Matcher, wanted: bool = True) -> "list[tuple[Leaf, bool]]":
    """The conditions of a matcher with whether they are wanted (True) or negated (False)."""
    if isinstance(matcher, Not):
        return leaves(matcher.part, not wanted)
    if isinstance(matcher, And | Or):
        return [leaf for part in matcher.parts for leaf in leaves(part, wanted)]
    return [(matcher, wanted)]
