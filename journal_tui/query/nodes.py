"""The parts of a query: conditions, each called with a passage to return whether it matches."""

import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from journal_tui.entry.spellings import PLAIN_BREAK
from journal_tui.query.fields import PARTS, Field, Passage

_WORD_PHRASES = {
    "whole": "the words “{}”, whole and in this order",
    "begins": "words that begin with “{}”",
    "inside": "words with “{}” in them",
}


class Words(NamedTuple):
    """Consecutive folded words.

    `last` says what the last one matches: a "whole" word, one that "begins" with it, or one that has it
    "inside".
    """

    words: tuple[str, ...]
    last: str = "begins"

    def __call__(self, passage: Passage) -> bool:
        """Return whether the passage contains the words."""
        # `passage.plain` leaves out spellings with signs, such as c++.
        plain = passage.plain if self.words[0].isalnum() else ""
        return self.is_in_plain(plain) if plain else bool(self.places(passage.words))

    def is_in_plain(self, plain: str) -> bool:
        """Return whether a `plain` text contains the words, without splitting it into words."""
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
        """Return the indexes in a list of folded words at which these words begin."""
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

    def explain(self) -> str:
        """Return the words, and how they are looked for."""
        if len(self.words) > 1 and self.last == "begins":
            return f"the words “{' '.join(self.words)}…” in this order; the last may be longer"
        if len(self.words) == 1 and self.last == "whole":
            return f"the word “{self.words[0]}”"
        return _WORD_PHRASES[self.last].format(" ".join(self.words))


def pattern(asked: Words) -> str:
    """Return a regular expression for the words in a `plain` text, without a left boundary."""
    boundary = "(?![a-z0-9])" if asked.last == "whole" else ""
    return f"[^a-z0-9{PLAIN_BREAK}]+".join(map(re.escape, asked.words)) + boundary


@lru_cache(maxsize=64)
def _compiled(asked: Words) -> re.Pattern[str]:
    return re.compile(pattern(asked))


class Mention(NamedTuple):
    """A folded tag or person with its sign; it also matches longer names and nested tags."""

    name: str

    def __call__(self, passage: Passage) -> bool:
        """Return whether the passage mentions it."""
        return bool(passage.mentions_with(self.name))

    def explain(self) -> str:
        """Return the tag or person."""
        what = "the tag" if self.name[0] == "#" else "the person"
        return f"{what} {self.name}, or one that begins with it"


class Condition(NamedTuple):
    """A field with a value that it read: `rating:8` is `Condition(FIELDS["rating"], Bounds(8, 8))`."""

    field: Field[Any]
    value: Any

    def __call__(self, passage: Passage) -> bool:
        """Return whether the passage matches."""
        return self.field.matches(self.value, passage)

    def explain(self) -> str:
        """Return the condition in the field's words."""
        return self.field.explain(self.value)


class Not(NamedTuple):
    """A condition that must not hold."""

    part: "Matcher"

    def __call__(self, passage: Passage) -> bool:
        """Return whether the condition doesn't hold."""
        return not self.part(passage)


class And(NamedTuple):
    """Conditions that must all hold; without any, every passage matches."""

    parts: "tuple[Matcher, ...]"

    def __call__(self, passage: Passage) -> bool:
        """Return whether all conditions hold."""
        # A plain loop is faster, and this is called for each passage of many days.
        for part in self.parts:  # noqa: SIM110
            if not part(passage):
                return False
        return True


class Or(NamedTuple):
    """Conditions of which at least one must hold."""

    parts: "tuple[Matcher, ...]"

    def __call__(self, passage: Passage) -> bool:
        """Return whether any condition holds."""
        for part in self.parts:  # noqa: SIM110
            if part(passage):
                return True
        return False


Leaf: TypeAlias = Words | Mention | Condition
Matcher: TypeAlias = Leaf | Not | And | Or


def is_of_entry(matcher: Matcher) -> bool:
    """Return whether this is a condition on an entry as a whole, which all of its parts meet."""
    return isinstance(matcher, Condition) and not matcher.field.chooses_parts


def cheapest_first(matcher: Matcher) -> Matcher:
    """Return the matcher with the conditions of each group sorted by cost, cheapest first."""
    if isinstance(matcher, And | Or):
        parts = sorted(map(cheapest_first, matcher.parts), key=_cost)
        return And(tuple(parts)) if isinstance(matcher, And) else Or(tuple(parts))
    return Not(cheapest_first(matcher.part)) if isinstance(matcher, Not) else matcher


def _cost(matcher: Matcher) -> int:
    """Return the relative cost of a matcher; 0 if the passage's text isn't needed."""
    if isinstance(matcher, Not):
        return _cost(matcher.part)
    if isinstance(matcher, And | Or):
        return 3 + len(matcher.parts)
    if isinstance(matcher, Words):
        return min(len(matcher.words), 2)
    return 2 if isinstance(matcher, Mention) else 0


def leaves(matcher: Matcher, wanted: bool = True) -> "list[tuple[Leaf, bool]]":
    """Return the conditions of a matcher, each with whether it is wanted, and not negated."""
    if isinstance(matcher, Not):
        return leaves(matcher.part, not wanted)
    if isinstance(matcher, And | Or):
        return [leaf for part in matcher.parts for leaf in leaves(part, wanted)]
    return [(matcher, wanted)]


def years_within(matcher: Matcher) -> tuple[int, int]:
    """Return the first and the last year that a query can match at all."""
    found = [
        part.field.years(part.value)
        for part in (matcher.parts if isinstance(matcher, And) else (matcher,))
        if isinstance(part, Condition)
    ]
    return max([low for low, _ in found], default=1), min([high for _, high in found], default=9999)


def possible_parts(matcher: Matcher) -> tuple[str, ...]:
    """Return the parts that a query may find, by each `in:` or `is:` that all rows must meet."""
    parts: tuple[str, ...] = PARTS
    for leaf in matcher.parts if isinstance(matcher, And) else (matcher,):
        if isinstance(leaf, Condition):
            possible = leaf.field.parts(leaf.value)
            parts = tuple(part for part in parts if part in possible)
    return parts


def explain(matcher: Matcher, indent: str = "") -> list[str]:
    """Return a line for each condition; those of an OR or a negated group are indented below its line."""
    if isinstance(matcher, And):
        return [line for part in matcher.parts for line in explain(part, indent)]
    if isinstance(matcher, Or):
        lines = [f"{indent}at least one of:"]
        return lines + [line for part in matcher.parts for line in _item(part, indent + "  ")]
    if isinstance(matcher, Not):
        if isinstance(matcher.part, And | Or | Not):
            how = "not all of:" if isinstance(matcher.part, And) else "not:"
            return [f"{indent}{how}", *explain(matcher.part, indent + "  ")]
        return [f"{indent}not: {matcher.part.explain()}"]
    return [indent + matcher.explain()]


def _item(part: Matcher, indent: str) -> list[str]:
    if isinstance(part, And):
        return [f"{indent}all of:", *explain(part, indent + "  ")]
    return explain(part, indent)
