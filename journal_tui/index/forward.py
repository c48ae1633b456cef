"""A year's forward index: the words of each file in their order, for phrases.

Each word is one character, which a sorted lexicon gives: ` word!0a3f next!0000 `, four base-32
digits a word, `chr` of them moved past ASCII and surrogates. A phrase is then a short text that is
looked for in one long one, some hundred kB a year. "f" begins a file, "b" divides its passages; the
days of the files stand in `files`, a code each.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from journal_tui.index.postings import EMPTY, inserted, lookup, slice_of
from journal_tui.index.terms import ORDERED

_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_FIRST, _SURROGATES, _SKIPPED = 0x100, 0xD800, 0x800
# Four digits hold no more; words behind them share the last character.
_MOST = (1 << 20) - 1
# So few days are looked at one by one.
FEW = 24
# Answers kept a year: typing on asks for the same phrase again.
KEPT = 8


class Forward(NamedTuple):
    """The lexicon, the day codes of the files in their order, and a text of words for each part."""

    lexicon: str
    files: str
    texts: tuple[str, ...]


NOTHING = Forward(EMPTY, "", ("",) * len(ORDERED))


def _character(number: int) -> str:
    place = _FIRST + min(number, _MOST)
    return chr(place if place < _SURROGATES else place + _SKIPPED)


def _digits(number: int) -> str:
    return "".join(_DIGITS[number >> shift & 31] for shift in (15, 10, 5, 0))


def rewritten(
    old: Forward,
    days: set[str],
    files: Iterable[tuple[str, Mapping[str, list[list[str]]]]],
    known: dict[str, str] | None = None,
) -> Forward:
    """The forward index with what it says of these days (codes) replaced by these files.

    A file is its day's code and the words (escaped) of its passages by part; the files of a day
    come in their order. `known` are characters of words in the lexicon, to which more are added:
    most words of a day that is saved again were looked up before.
    """
    files = list(files)
    characters = {} if known is None else known
    lexicon = _learned(old.lexicon, files, characters)
    codes = [old.files[at : at + 2] for at in range(0, len(old.files), 2)]
    kept = [place for place, code in enumerate(codes) if code not in days]
    order = sorted(
        [(codes[place], 0, place) for place in kept]
        + [(code, 1, place) for place, (code, _) in enumerate(files)]
    )
    texts = []
    for part, text in zip(ORDERED, old.texts, strict=True):
        before = text.split("f")[1:]
        fresh = [
            "b".join(["".join(map(characters.__getitem__, p)) for p in found.get(part, ())])
            for _, found in files
        ]
        texts.append("".join(["f" + (fresh if new else before)[at] for _, new, at in order]))
    return Forward(lexicon, "".join([code for code, _, _ in order]), tuple(texts))


def _learned(
    lexicon: str,
    files: list[tuple[str, Mapping[str, list[list[str]]]]],
    characters: dict[str, str],
) -> str:
    """The lexicon with all words of the files in it; the character of each is put in `characters`."""
    # In the order of their first use: common ones come soon, and their characters are shorter.
    words = dict.fromkeys(
        word
        for _, found in files
        for passages in found.values()
        for passage in passages
        for word in passage
    )
    count = lexicon.count("!")
    new: dict[str, str] = {}
    for word in [word for word in words if word not in characters]:
        digits = lookup(lexicon, word) if count else ""
        if not digits:
            digits = new[word] = _digits(min(count + len(new), _MOST))
        characters[word] = _character(int(digits, 32))
    return inserted(lexicon, new)


def nothing() -> "Phrases":
    """The phrases of a year without files."""
    return Phrases(EMPTY, "", lambda part: "")


class Phrases:
    """The forward index of a year as phrases are asked of it; `text` gives a part's when needed."""

    def __init__(self, lexicon: str, files: str, text: Callable[[str], str]) -> None:
        self._lexicon, self._files, self._text = lexicon, files, text
        self._starts: dict[str, list[int]] = {}
        self._places: dict[str, list[int]] = {}
        self._known: dict[tuple[str, tuple[str, ...], bool], set[str]] = {}
        self._needles: dict[tuple[str, ...], str | None] = {}

    def days(
        self, part: str, words: tuple[str, ...], begun: bool, among: set[str] | None
    ) -> set[str]:
        """The days (codes) where a passage of the part holds these words in a row.

        Of the last word only the beginning is given where it is `begun`; of all days, or of those
        `among` these.
        """
        asked = part, words, begun
        if asked in self._known:
            known = self._known[asked]
            return known if among is None else known & among
        needle = self._needle(words[:-1] if begun else words)
        if needle is None:
            return set()
        if begun and needle not in self._text(part):
            # Sooner seen than what all the words are that begin so.
            return set()
        behind = _behind(self._lexicon, words[-1]) if begun else None
        if among is not None and len(among) <= FEW:
            return {code for code in among if self._holds(part, code, needle, behind)}
        if len(self._known) >= KEPT:
            del self._known[next(iter(self._known))]
        found = self._known[asked] = self._everywhere(part, needle, behind)
        return found if among is None else found & among

    def _needle(self, words: tuple[str, ...]) -> str | None:
        """The characters of some words; None where one of them is unknown."""
        if words not in self._needles:
            digits = [lookup(self._lexicon, word) for word in words]
            if len(self._needles) >= KEPT:
                self._needles.clear()
            known = "".join([_character(int(found, 32)) for found in digits if found])
            self._needles[words] = known if all(digits) else None
        return self._needles[words]

    def _beginnings(self, part: str) -> list[int]:
        """Where each file begins in a part's text."""
        if part not in self._starts:
            starts, text = [], self._text(part)
            at = text.find("f")
            while at >= 0:
                starts.append(at)
                at = text.find("f", at + 1)
            self._starts[part] = starts
        return self._starts[part]

    def _files_of(self, code: str) -> list[int]:
        if not self._places:
            files = self._files
            for place in range(len(files) // 2):
                self._places.setdefault(files[2 * place : 2 * place + 2], []).append(place)
        return self._places.get(code, [])

    def _holds(self, part: str, code: str, needle: str, behind: frozenset[str] | None) -> bool:
        text, starts = self._text(part), self._beginnings(part)
        for place in self._files_of(code):
            end = starts[place + 1] if place + 1 < len(starts) else len(text)
            if _found(text, needle, behind, starts[place], end) >= 0:
                return True
        return False

    def _everywhere(self, part: str, needle: str, behind: frozenset[str] | None) -> set[str]:
        text, files = self._text(part), self._files
        found = set[str]()
        at = _found(text, needle, behind, 0, len(text))
        # Where each file begins is asked only once something is found.
        starts = self._beginnings(part) if at >= 0 else []
        while at >= 0:
            place = bisect_right(starts, at)
            found.add(files[2 * place - 2 : 2 * place])
            if place == len(starts):
                break
            at = _found(text, needle, behind, starts[place], len(text))
        return found


def _behind(lexicon: str, beginning: str) -> frozenset[str]:
    """The characters of all words that begin so."""
    items = slice_of(lexicon, beginning).split()
    return frozenset(_character(int(item[-4:], 32)) for item in items)


def _found(text: str, needle: str, behind: frozenset[str] | None, start: int, end: int) -> int:
    """Where the needle (and behind it one of these characters) stands in [start, end); -1 if not."""
    at = text.find(needle, start, end)
    if behind is None:
        return at
    while at >= 0:
        following = at + len(needle)
        if text[following : following + 1] in behind and following < end:
            return at
        at = text.find(needle, at + 1, end)
    return -1
