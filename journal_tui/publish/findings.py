"""Find what may identify someone in a text: e-mail addresses, phone numbers, number plates, likely names."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from journal_tui.period import MONTHS

PERSON, CUSTOMER, PERHAPS_NAME = "person", "customer", "possible name"
PLATE, EMAIL, PHONE = "number plate", "e-mail address", "phone number"
LINK, IMAGE = "link", "image"
LEFT_OUT = "left out"
KINDS = (PERSON, CUSTOMER, PERHAPS_NAME, PLATE, EMAIL, PHONE, LINK, IMAGE, LEFT_OUT)
"""The kinds of findings, in the order in which they are shown."""

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.,/:-])(?:\+|\(?0)?\d[\d ()/.\u2010-\u2015\u00a0-]{5,20}\d(?![\w/-]|[.,]\d)"
)
_DATE_LIKE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[-–]\s?\d{4}"
)
_FEWEST_DIGITS, _FEWEST_WITHOUT_SIGN = 7, 9
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    # Britain: AB12 CDE, A123 BCD, ABC 123D; Ireland: 12-D-3456; Northern Ireland: ABZ 1234.
    r"(?i:[A-Z]{2}[0-9]{2}[ -]?[A-Z]{3})|[A-Z][0-9]{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?[0-9]{1,3}[A-Z]"
    r"|[0-9]{2,3}-[A-Z]{1,2}-[0-9]{1,6}|[A-Z]{3}[ -]?[0-9]{3,4}"
    # Germany and Austria: M-AB 1234; France and Italy: AB-123-CD; Spain: 1234 ABC; the Netherlands: 12-ABC-3.
    r"|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[0-9]{1,4}[EH]?|[A-Z]{2}[ -]?[0-9]{3}[ -]?[A-Z]{2}|[0-9]{4} ?[A-Z]{3}"
    r"|[0-9]{1,2}-[A-Z]{2,3}-[0-9]{1,2}|[A-Z]{2}-[0-9]{2,3}-[A-Z]{1,2}|[0-9][A-Z]{3}[0-9]{3}"
    r")(?![\w-])"
)
_CAPITALISED = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Words with the sign of a person that aren't read as one, such as "@ann@social".
_WITH_SIGN = re.compile(r"(?<![\w@])[@＠]{1,2}(?=_?[^\W\d_])\w{1,60}(?:[@＠]\w[\w.-]{0,60}\w)?")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…][\"'”’)\]]*|[\"'“‘(\[•–—#>*_|-])\s*\Z")
_KNOWN = frozenset((
    "I", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", *MONTHS, "Day", "Week",
    "Person", "Customer", "Mr", "Mrs", "Ms", "Dr", "Miss", "Sir", "Christmas", "Easter", "OK",
))  # fmt: skip
"""Words with a capital that aren't names by themselves."""


class Finding(NamedTuple):
    """Something found in a text: its kind, its words, and what leaves in its place.

    `leaves_as` is the same as `text` if it leaves unchanged, and "" if nothing of it leaves. For a link
    or an image it may be a phrase, such as “its words” or “nothing, because …”.
    """

    kind: str
    text: str
    leaves_as: str


def identifiers_in(text: str) -> Iterator[Finding]:
    """Yield the e-mail addresses, phone numbers and number plates in a text that leaves."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield Finding(EMAIL, found[0], found[0])
    if not any(map(str.isdigit, text)):
        return
    for found in _PHONE.finditer(text):
        said = found[0].strip()
        digits = sum(map(str.isdigit, said))
        least = _FEWEST_DIGITS if said[0] in "+(0" else _FEWEST_WITHOUT_SIGN
        if digits >= least and not _DATE_LIKE.search(said):
            yield Finding(PHONE, said, said)
    for found in _PLATE.finditer(text):
        yield Finding(PLATE, found[0], found[0])


def _words_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, each with whether it begins a sentence."""
    for found in _CAPITALISED.finditer(text):
        start = found.start()
        is_first = bool(_SENTENCE_END.search(text[max(start - 4, 0) : start]))
        yield found[0].replace("’", "'"), is_first


class NameGuess:
    """Guess which words of texts are names: those with a capital inside a sentence, and never without one.

    A word with an @ before it that wasn't read as a person may be a name, too.

    A word that only begins sentences may be a name, too: `undecided` returns these words, and `decide`
    looks for one of them in other texts.
    """

    def __init__(self) -> None:
        self._small: set[str] = set()
        self._capitals: dict[str, dict[str, None]] = {}
        self._first: dict[str, dict[str, None]] = {}

    def read(self, text: str, path: str) -> None:
        """Note the words of a text that leaves, from the entry at a path."""
        for word, is_first in _words_of(text):
            if word[0].islower():
                self._small.add(word)
            elif len(word) > 1:
                known = self._first if is_first else self._capitals
                known.setdefault(word.removesuffix("'s"), {})[path] = None
        for found in _WITH_SIGN.finditer(text) if "@" in text or "＠" in text else ():
            self._capitals.setdefault(found[0], {})[path] = None

    def undecided(self) -> list[str]:
        """Return the words that only begin sentences."""
        return [
            word
            for word in self._first
            if word not in self._capitals and word not in _KNOWN and word.lower() not in self._small
        ]

    def decide(self, word: str, texts: Iterable[str]) -> None:
        """Count a word as a name if one of the texts has it with a capital inside a sentence.

        It isn't a name if one of the texts has it without a capital.
        """
        is_name = False
        for text in texts:
            for other, is_first in _words_of(text):
                if other == word.lower():
                    return
                is_name |= not is_first and other.removesuffix("'s") == word
        if is_name:
            self._capitals[word] = self._first[word]

    def names(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the words that may be names, sorted, each with the paths of its entries."""
        return [
            (word, tuple(paths))
            for word, paths in sorted(self._capitals.items())
            if word.partition("'")[0] not in _KNOWN
            and word.rstrip("s") not in _KNOWN
            and word.lower() not in self._small
        ]


def sorted_findings(found: Iterable[Finding]) -> list[Finding]:
    """Return what was found without repetition, by kind and then by text."""
    return sorted(set(found), key=lambda it: (KINDS.index(it.kind), it.text.casefold(), it))
