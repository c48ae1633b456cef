"""Give people pseudonyms in what leaves the journal: the same one for a person everywhere.

A table is made of all people of the journal in the order in which they were first mentioned, so it
stays the same as the journal grows.
"""

import re
from collections.abc import Iterable

from journal_tui.entry.mentions import mention_spans
from journal_tui.entry.tokenizer import fold_name

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’.](?=[^\W\d_])[^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’](?:s|ll|d|m|re|ve)\Z", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Cllr|Councillor)\.?\s+\Z")
_FEWEST_LETTERS = 2
"""A single letter of a name, such as the J in j.smith, is in too many other words."""


class Pseudonyms:
    """The pseudonyms of people: Person 1, Person 2 and so on, by the order in which they are given.

    A person who isn't in the table gets the next number when first met.
    """

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._by_word: dict[str, int] = {}
        for name in people:
            self._number(name)

    def of(self, name: str) -> str:
        """Return the pseudonym of a person, who is named with or without the sign @."""
        return f"Person {self._number(name)}"

    def masked(self, text: str) -> str:
        """Return a text in which people have their pseudonyms.

        These are mentions such as `@ann`; the same names, or parts of them, with a capital and without
        the sign; and what follows a title such as Mrs. Anybody else who is named can't be recognised.
        """
        spans = [
            (span.start, span.end, self._number(span.name))
            for span in mention_spans(text)
            if span.sign == "@"
        ]
        taken = [(start, end) for start, end, _ in spans]
        for word in _WORD.finditer(text):
            start, end = word.span()
            if any(a < end and start < b for a, b in taken):
                continue
            end -= len(found[0]) if (found := _POSSESSIVE.search(word[0])) else 0
            if number := self._named(text, start, end):
                spans.append((start, end, number))
        return _replaced(text, sorted(spans))

    def _named(self, text: str, start: int, end: int) -> int | None:
        """Return the number of the person whom a word means, or None."""
        word = text[start:end]
        # Also in code and in addresses, which hold no mentions.
        has_sign = "@" in (text[start - 1 : start], text[end : end + 1])
        if not (word[:1].isupper() or has_sign):
            return None
        known = self._by_word.get(fold_name(word))
        if known is None and (parts := _PART.findall(word))[1:]:
            known = next(filter(None, (self._by_word.get(fold_name(one)) for one in parts)), None)
        if known is None and _TITLE.search(text, 0, start):
            known = self._number(word)
        return known

    def _number(self, name: str) -> int:
        folded = fold_name(name.lstrip("@"))
        number = self._numbers.setdefault(folded, len(self._numbers) + 1)
        for word in (folded, *_PART.findall(folded)):
            if len(word) >= _FEWEST_LETTERS:
                self._by_word.setdefault(word, number)
        return number


def _replaced(text: str, spans: list[tuple[int, int, int]]) -> str:
    """Return a text with the people's pseudonyms; a name of several words has one."""
    pieces: list[str] = []
    position = last = 0
    for start, end, number in spans:
        between = text[position:start]
        if number == last and pieces and not between.strip():
            position = end
            continue
        pieces += between, f"Person {number}"
        position, last = end, number
    return "".join([*pieces, text[position:]])
