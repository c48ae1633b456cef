"""Phrase search: the words of a year in their order, and the days on which a phrase occurs.

Each different word of a year is one character, which a sorted lexicon gives: ` word!ā next!Ā `.
These characters are neither ASCII nor surrogates. So a phrase is a short string, to be found in one
long string of a few hundred kB a year, in which "f" begins a file and "b" separates its passages, and
"c" comes before each other spelling of a passage (`entry.spellings`). The day codes of the files are
a string, too. The prose of a file is stored as ranges of the entry's words: two characters for each
stretch, which encode the number of its first word and that of the first word after it.

The plain folded text would take 1.6 times the space, and a search of it twice the time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import NamedTuple, TypeAlias

from journal_tui.entry.spellings import BREAK
from journal_tui.index.analyzer import INDEXED_PARTS, TEXT_PARTS, Terms
from journal_tui.index.postings import (
    EMPTY,
    Encoded,
    Postings,
    escape,
    insert_terms,
    never_yield,
)
from journal_tui.query.fields import ENTRY, PROSE
from journal_tui.query.nodes import Words

Places: TypeAlias = tuple[list[int], int]
"""The offsets of the words at which a term begins, and how often its last word is a whole word."""


class Occurrences(NamedTuple):
    """A text's number of words, the offsets of its BREAKs among them, and the places of each term."""

    length: int
    breaks: list[int]
    terms: list[Places]


_FIRST, _SURROGATES, _SKIPPED = 0x100, 0xD800, 0x800
# Unicode hardly has more characters; all further words share the last one.
MAX_WORDS = (1 << 20) - 1


class IndexedText(NamedTuple):
    """The lexicon, the files' day codes, and the words of all files by part; for prose their ranges."""

    lexicon: str
    files: str
    parts: dict[str, str]


NO_TEXT = IndexedText(EMPTY, "", dict.fromkeys(INDEXED_PARTS, ""))


def replace_days(
    old: IndexedText,
    days: set[str],
    new: list[tuple[str, Terms]],
    yield_cpu: Callable[[], None] = never_yield,
) -> IndexedText:
    """Return the text with the files of these days (codes) replaced by those in `new`.

    `new` has the day's code and the terms of each file, with the files of a day in their order.
    """
    files = [terms for _, terms in new]
    lexicon, characters = _add_words(old.lexicon, files, yield_cpu)
    codes = [old.files[at : at + 2] for at in range(0, len(old.files), 2)]
    kept = [place for place, code in enumerate(codes) if code not in days]
    order = sorted(
        [(codes[place], 0, place) for place in kept]
        + [(code, 1, place) for place, (code, _) in enumerate(new)]
    )

    def put(text: str, fresh: list[str]) -> str:
        sources = text.split("f")[1:], fresh
        return "".join(["f" + sources[is_new][at] for _, is_new, at in order])

    parts = {PROSE: ["".join(map(_character, chain(*file.prose))) for file in files]}
    for part in TEXT_PARTS:
        yield_cpu()
        listed = [file.passages.get(part, ()) for file in files]
        fresh = [["".join(map(characters.__getitem__, p)) for p in passages] for passages in listed]
        parts[part] = list(map("b".join, fresh))
    return IndexedText(
        lexicon,
        "".join([code for code, _, _ in order]),
        {part: put(text, parts[part]) for part, text in old.parts.items()},
    )


def _add_words(
    lexicon: str, files: list[Terms], yield_cpu: Callable[[], None]
) -> tuple[str, dict[str, str]]:
    """Return the lexicon with the words of the files added, and the character of each of these words."""
    count, known = lexicon.count("!"), Postings(lexicon)
    characters = {BREAK: "c"}
    new: dict[str, str] = {}
    # Numbered by first use, because common words come early and low numbers take fewer bytes.
    for file in files:
        yield_cpu()
        for word in chain(*chain(*file.passages.values())):
            if word not in characters:
                character = known.lookup(word) if count else ""
                if not character:
                    character = new[word] = _character(count + len(new))
                characters[word] = character
    return insert_terms(lexicon, new), characters


def _character(number: int) -> str:
    place = _FIRST + min(number, MAX_WORDS)
    return chr(place if place < _SURROGATES else place + _SKIPPED)


def _number(character: str) -> int:
    """Return the number that a character encodes."""
    place = ord(character)
    return place - _FIRST - (_SKIPPED if place >= _SURROGATES + _SKIPPED else 0)


class PhraseSearch:
    """The phrase search of a year; `text` returns a part's text or the prose's ranges."""

    def __init__(self, lexicon: Encoded, files: str, text: Callable[[str], Encoded]) -> None:
        self._lexicon, self._text = Postings(lexicon), text
        self._codes = [files[at : at + 2] for at in range(0, len(files), 2)]
        self._texts: dict[str, list[str]] = {}
        self._searched: set[str] = set()
        self._terms: dict[Words, tuple[str, Set[str], str]] = {}

    def days(
        self, part: str, words: Sequence[str], is_prefix: bool, among: Set[str] | None
    ) -> Set[str]:
        """Return the days (codes) on which a passage of the part has these words in a row.

        If `is_prefix` is true, the last word may be the beginning of a longer one. If `among` is
        given, only these days are searched.
        """
        characters = list(map(self._lexicon.lookup, words[:-1] if is_prefix else words))
        if not all(characters):
            return set()
        needle, whole = "".join(characters), ENTRY if part == PROSE else part
        if needle and whole not in self._searched:
            # The first phrase is searched in the encoded text, because decoding it takes longer.
            self._searched.add(whole)
            found = self._encoded_with(needle.encode(), whole)
            if among is not None:
                found = [place for place in found if self._codes[place] in among]
        else:
            texts = self._files(whole)
            found = [place for place in self._places_of(among) if needle in texts[place]]
        if found and (is_prefix or part == PROSE):
            endings = self._characters(words[-1], "begins") if is_prefix else None
            found = [place for place in found if self._holds(part, place, needle, endings)]
        return {self._codes[place] for place in found}

    def _encoded_with(self, needle: bytes, part: str) -> list[int]:
        """Return the places, from 0, of the files whose text of a part contains a needle."""
        data, start, end = self._text(part)
        found, place = list[int](), -1
        while start >= 0 and (at := data.find(needle, start, end)) >= 0:
            # The number of files that have begun since the last find; one find in a file is enough.
            place += data.count(b"f", start, at)
            found.append(place)
            start = data.find(b"f", at + 1, end)
        return found

    def _holds(self, part: str, place: int, needle: str, endings: Set[str] | None) -> bool:
        """Return whether a file has the needle in this part, before one of the endings if given."""
        for words in self._runs(part, place):
            at = words.find(needle)
            while at >= 0:
                end = at + len(needle)
                if endings is None or words[end : end + 1] in endings:
                    return True
                at = words.find(needle, at + 1)
        return False

    def occurrences(self, code: str, terms: list[Words]) -> Occurrences | None:
        """Return where the terms are in an entry; None unless its day has exactly one file."""
        if self._codes.count(code) != 1:
            return None
        text = self._files(ENTRY)[self._codes.index(code)]
        found: list[Places] = []
        for term in terms:
            before, lasts, last = self._term(term)
            to_last = len(term.words) - 1
            places = [
                at - to_last
                for at in ([at for at, c in enumerate(text) if c in lasts] if lasts else ())
                if text.startswith(before, at - to_last) and at >= to_last
            ]
            whole = sum(text[at + to_last] == last for at in places) if last else 0
            found.append((places, whole))
        breaks = [at for at, c in enumerate(text) if c == "c"]
        return Occurrences(len(text), breaks, found)

    def _term(self, term: Words) -> tuple[str, Set[str], str]:
        """Return the characters of the words before the last, of all that match the last, and its own."""
        if term not in self._terms:
            *before, last = map(escape, term.words)
            characters = list(map(self._lexicon.lookup, before))
            lasts = self._characters(last, term.last) if all(characters) else frozenset()
            self._terms[term] = "".join(characters), lasts, self._lexicon.lookup(last)
        return self._terms[term]

    def days_with(self, part: str, word: str, how: str, among: Set[str]) -> Set[str]:
        """Return which of these days (codes) have a word in the part.

        `how` is how it must match: "whole", "begins" or "inside".
        """
        characters = self._characters(word, how)
        return {
            self._codes[place]
            for place in self._places_of(among)
            if not all(map(characters.isdisjoint, self._runs(part, place)))
        }

    def _characters(self, word: str, how: str) -> Set[str]:
        """Return the characters of all words that match a word of the query."""
        if how == "begins":
            return frozenset([item[0] for item in self._lexicon.slice_of(word).split("!")[1:]])
        if how == "inside":
            return frozenset(character for _, character in self._lexicon.containing(word))
        return frozenset(self._lexicon.lookup(word))

    def _files(self, part: str) -> list[str]:
        """Return the text of a part, or the prose's ranges, of each file."""
        if part not in self._texts:
            self._texts[part] = str(self._text(part)).split("f")[1:]
        return self._texts[part]

    def _places_of(self, among: Set[str] | None) -> Iterable[int]:
        """Return the places of the files of these days, or of all files."""
        if among is None:
            return range(len(self._codes))
        return [place for place, code in enumerate(self._codes) if code in among]

    def _runs(self, part: str, place: int) -> Iterator[str]:
        """Yield the words of a file's part in runs; no phrase may match across two runs."""
        if part != PROSE:
            # The "b" between passages and the "c" before a spelling are in no phrase.
            yield self._files(part)[place]
            return
        text, ranges = self._files(ENTRY)[place], list(map(_number, self._files(PROSE)[place]))
        for first, last in zip(ranges[::2], ranges[1::2], strict=True):
            yield text[first:last]
