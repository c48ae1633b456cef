"""A year's forward index: the words of each file in their order, for phrases.

Each word is one character, which a sorted lexicon gives: ` word!ā next!Ā `, those behind ASCII and
but for surrogates. A phrase is then a short text that is
looked for in one long one, some hundred kB a year. "f" begins a file, "b" divides its passages; the
days of the files stand in `files`, a code each. The prose has its place in the entry's words: of each
file two characters for each stretch, for the numbers of its first word and of the one behind it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain
from typing import NamedTuple

from journal_tui.index.postings import EMPTY, Postings, inserted, no_rest
from journal_tui.index.terms import ORDERED
from journal_tui.query.matchers import ENTRY, PROSE

_FIRST, _SURROGATES, _SKIPPED = 0x100, 0xD800, 0x800
# There are few more characters; words behind them share the last one.
_MOST = (1 << 20) - 1
# To look at one day takes as long as to look through so many words of a part's text.
A_DAY = 2_600
# Answers kept a year: typing on asks for the same phrase again.
KEPT = 8


class Forward(NamedTuple):
    """The lexicon, the day codes of the files in their order, a text of words for each part, and
    where among the entries' words the prose is.
    """

    lexicon: str
    files: str
    texts: tuple[str, ...]
    prose: str


class File(NamedTuple):
    """A file's day code, the words (escaped) of its passages by part, and the places of its prose."""

    code: str
    order: Mapping[str, list[list[str]]]
    prose: list[tuple[int, int]]


NOTHING = Forward(EMPTY, "", ("",) * len(ORDERED), "")


def _character(number: int) -> str:
    place = _FIRST + min(number, _MOST)
    return chr(place if place < _SURROGATES else place + _SKIPPED)


def rewritten(
    old: Forward,
    days: set[str],
    files: Iterable[File],
    known: dict[str, str] | None = None,
    rest: Callable[[], None] = no_rest,
) -> Forward:
    """The forward index with what it says of these days (codes) replaced by these files.

    The files of a day come in their order. `known` are characters of words in the lexicon, to which more are added:
    most words of a day that is saved again were looked up before.
    """
    files = list(files)
    characters = {} if known is None else known
    lexicon = _learned(old.lexicon, files, characters, rest)
    codes = [old.files[at : at + 2] for at in range(0, len(old.files), 2)]
    kept = [place for place, code in enumerate(codes) if code not in days]
    order = sorted(
        [(codes[place], 0, place) for place in kept]
        + [(file.code, 1, place) for place, file in enumerate(files)]
    )

    def put(text: str, fresh: list[str]) -> str:
        before = text.split("f")[1:]
        return "".join(["f" + (fresh if new else before)[at] for _, new, at in order])

    texts = []
    for part, text in zip(ORDERED, old.texts, strict=True):
        rest()
        passages = [file.order.get(part, ()) for file in files]
        said = [["".join(map(characters.__getitem__, p)) for p in listed] for listed in passages]
        texts.append(put(text, list(map("b".join, said))))
    prose = put(old.prose, ["".join([_character(n) for n in chain(*file.prose)]) for file in files])
    return Forward(lexicon, "".join([code for code, _, _ in order]), tuple(texts), prose)


def _learned(
    lexicon: str,
    files: list[File],
    characters: dict[str, str],
    rest: Callable[[], None],
) -> str:
    """The lexicon with all words of the files in it; the character of each is put in `characters`."""
    count, known = lexicon.count("!"), Postings(lexicon)
    new: dict[str, str] = {}
    # In the order of their first use: common ones come soon, and their characters are shorter.
    for file in files:
        rest()
        for word in (word for said in file.order.values() for passage in said for word in passage):
            if word not in characters:
                character = known.lookup(word) if count else ""
                if not character:
                    character = new[word] = _character(count + len(new))
                characters[word] = character
    return inserted(lexicon, new)


def nothing() -> "Phrases":
    """The phrases of a year without files."""
    return Phrases(EMPTY, "", lambda part: "")


class Phrases:
    """The forward index of a year as phrases are asked of it; `text` gives a part's when needed."""

    def __init__(self, lexicon: str, files: str, text: Callable[[str], str]) -> None:
        self._lexicon, self._files, self._text = Postings(lexicon), files, text
        self._texts: dict[str, str] = {}
        self._starts: dict[str, list[int]] = {}
        self._places: dict[str, list[int]] = {}
        self._known: dict[tuple[str, tuple[str, ...], bool], set[str]] = {}
        self._needles: dict[tuple[str, ...], str | None] = {}
        self._behind: dict[str, frozenset[str]] = {}
        self._prose: list[str] = []

    def days(
        self, part: str, words: tuple[str, ...], begun: bool, among: Set[str] | None
    ) -> Set[str]:
        """The days (codes) where a passage of the part holds these words in a row.

        Of the last word only the beginning is given where it is `begun`; of all days, or of those
        `among` these.
        """
        # Several threads may ask: what one has put here, another may take away.
        asked = part, words, begun
        known = self._known.get(asked)
        if known is not None:
            return known if among is None else known & among
        needle = self._needle(words[:-1] if begun else words)
        if needle is None:
            return set()
        if begun and among is None and needle not in self._of(part):
            # Sooner seen than which words begin so.
            return set()
        behind = self._beginning(words[-1]) if begun else None
        if among is not None and len(among) * A_DAY <= len(self._of(part)):
            return self._of_these(part, among, needle, behind)
        if len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known.copy())), None)
        found = self._known[asked] = self._everywhere(part, needle, behind)
        return found if among is None else found & among

    def together(self, part: str, words: Iterable[tuple[str, bool]], among: Set[str]) -> set[str]:
        """Those of the days where one passage of the part holds all of these words, each of which
        is given whole or (True) by its beginning.
        """
        groups = []
        for word, begun in words:
            found = self._beginning(word) if begun else frozenset(self._lexicon.lookup(word))
            if not found:
                return set()
            groups.append(found)
        # Rarer words come first.
        groups.sort(key=len)
        text, starts = self._of(part), self._beginnings(part)
        return {
            code
            for code in among
            for place in self._files_of(code)
            for passage in text[starts[place] + 1 : starts[place + 1]].split("b")
            if not any(group.isdisjoint(passage) for group in groups)
        }

    def _needle(self, words: tuple[str, ...]) -> str | None:
        """The characters of some words; None where one of them is unknown."""
        if words in (needles := self._needles):
            return needles.get(words)
        characters = [self._lexicon.lookup(word) for word in words]
        needle = "".join(characters) if all(characters) else None
        # A new one, as another thread may be looking into this one.
        self._needles = {words: needle} if len(needles) >= KEPT else {**needles, words: needle}
        return needle

    def _beginning(self, beginning: str) -> frozenset[str]:
        """The characters of all words that begin so."""
        if (known := self._behind.get(beginning)) is not None:
            return known
        items = self._lexicon.slice_of(beginning).split("!")
        found = frozenset([item[0] for item in items[1:]])
        if len(self._behind) >= KEPT:
            self._behind = {}
        self._behind[beginning] = found
        return found

    def _of(self, part: str) -> str:
        """The text that a part's words stand in."""
        text = self._texts.get(part)
        if text is None:
            text = self._texts[part] = self._text(ENTRY if part == PROSE else part)
        return text

    def _beginnings(self, part: str) -> list[int]:
        """Where each file begins in a part's text, and where the last one ends."""
        part = ENTRY if part == PROSE else part
        if part not in self._starts:
            starts, text = [], self._of(part)
            at = text.find("f")
            while at >= 0:
                starts.append(at)
                at = text.find("f", at + 1)
            self._starts[part] = [*starts, len(text)]
        return self._starts[part]

    def _files_of(self, code: str) -> list[int]:
        if not self._places:
            files, places = self._files, dict[str, list[int]]()
            for place in range(len(files) // 2):
                places.setdefault(files[2 * place : 2 * place + 2], []).append(place)
            # Whole, for whoever asks in another thread.
            self._places = places
        return self._places.get(code, [])

    def _of_these(
        self, part: str, among: Set[str], needle: str, behind: frozenset[str] | None
    ) -> set[str]:
        """Those of few days where a file has the needle somewhere in the part."""
        text, starts = self._of(part), self._beginnings(part)
        found = set[str]()
        for code in among:
            for place in self._files_of(code):
                at = text.find(needle, starts[place], starts[place + 1])
                if at >= 0 and self._goes_on(part, place, needle, behind, at):
                    found.add(code)
        return found

    def _everywhere(self, part: str, needle: str, behind: frozenset[str] | None) -> set[str]:
        text, files = self._of(part), self._files
        found = set[str]()
        at = text.find(needle)
        # Where each file begins is asked only once something is found.
        starts = self._beginnings(part) if at >= 0 else []
        while 0 <= at < len(text):
            place = bisect_right(starts, at)
            if self._goes_on(part, place - 1, needle, behind, at):
                found.add(files[2 * place - 2 : 2 * place])
            at = text.find(needle, starts[place])
        return found

    def _goes_on(
        self, part: str, place: int, needle: str, behind: frozenset[str] | None, at: int
    ) -> bool:
        """Whether the needle, which a file has at `at`, or there and further on, is followed by one
        of these characters, and is prose where that is asked.
        """
        if behind is None and part != PROSE:
            return True
        text, starts = self._of(part), self._beginnings(part)
        start, end = starts[place], starts[place + 1]
        length = len(needle) + (behind is not None)
        while at >= 0:
            follows = at + len(needle)
            if (behind is None or (follows < end and text[follows] in behind)) and (
                part != PROSE or self._is_prose(place, at - start - 1, length)
            ):
                return True
            at = text.find(needle, at + 1, end)
        return False

    def _is_prose(self, place: int, first: int, count: int) -> bool:
        """Whether so many words from the first on stand in one stretch of a file's prose."""
        if not self._prose:
            self._prose = self._text(PROSE).split("f")[1:]
        numbers = list(map(_number, self._prose[place]))
        stretches = zip(numbers[::2], numbers[1::2], strict=True)
        return any(start <= first and first + count <= end for start, end in stretches)


def _number(character: str) -> int:
    """The number that `_character` made it of."""
    place = ord(character)
    return place - _FIRST - (_SKIPPED if place >= _SURROGATES + _SKIPPED else 0)
