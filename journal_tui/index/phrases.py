"""Phrases as they are asked of a year's words in their order."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Set

from journal_tui.index.forward import number_of
from journal_tui.index.postings import EMPTY, Postings
from journal_tui.query.matchers import ENTRY, PROSE

# To look at one day takes as long as to look through so many words of a part's text.
A_DAY = 2_600
# Answers kept a year: typing on asks for the same phrase again.
KEPT = 8
# Words of which a year keeps the character: the common ones come again and again.
KNOWN = 1_000
# With so many questions it pays to have all characters at hand.
ASKED_OFTEN = 4


def nothing() -> "Phrases":
    """The phrases of a year without files."""
    return Phrases(EMPTY, "", lambda part: "")


class Beginning:
    """The characters of the words of a lexicon that begin so, looked for when they are asked for."""

    __slots__ = ("_all", "_asked", "_beginning", "_items", "_lexicon")

    def __init__(self, lexicon: Postings, beginning: str) -> None:
        self._lexicon, self._beginning, self._asked = lexicon, beginning, 0
        self._items: str | None = None
        self._all: frozenset[str] | None = None

    def _slice(self) -> str:
        if self._items is None:
            self._items = self._lexicon.slice_of(self._beginning)
        return self._items

    @property
    def all(self) -> frozenset[str]:
        """All of them."""
        if self._all is None:
            self._all = frozenset([item[0] for item in self._slice().split("!")[1:]])
        return self._all

    def __contains__(self, character: str) -> bool:
        self._asked += 1
        if self._asked > ASKED_OFTEN:
            return character in self.all
        # A slice may hold thousands of words: to find one takes less time than to cut it into all.
        return f"!{character}" in self._slice()


class Phrases:
    """The forward index of a year as phrases are asked of it; `text` gives a part's when needed."""

    def __init__(self, lexicon: str, files: str, text: Callable[[str], str]) -> None:
        self._lexicon, self._files, self._text = Postings(lexicon), files, text
        self._texts: dict[str, str] = {}
        self._starts: dict[str, list[int]] = {}
        self._places: dict[str, list[int]] = {}
        self._known: dict[tuple[str, tuple[str, ...], bool], set[str]] = {}
        self._characters: dict[str, str] = {}
        self._begun: dict[str, Beginning] = {}
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
            found = self._beginning(word).all if begun else frozenset(self._lexicon.lookup(word))
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
        if len(self._characters) > KNOWN:
            # Another one, as another thread may be looking into this.
            self._characters = {}
        known, needle = self._characters, ""
        for word in words:
            character = known.get(word)
            if character is None:
                character = known[word] = self._lexicon.lookup(word)
            if not character:
                return None
            needle += character
        return needle

    def _beginning(self, beginning: str) -> "Beginning":
        """The characters of all words that begin so."""
        found = self._begun.get(beginning)
        if found is None:
            found = Beginning(self._lexicon, beginning)
            if len(self._begun) >= KEPT:
                self._begun = {}
            self._begun[beginning] = found
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
        self, part: str, among: Set[str], needle: str, behind: "Beginning | None"
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

    def _everywhere(self, part: str, needle: str, behind: "Beginning | None") -> set[str]:
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
        self, part: str, place: int, needle: str, behind: "Beginning | None", at: int
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
        numbers = list(map(number_of, self._prose[place]))
        stretches = zip(numbers[::2], numbers[1::2], strict=True)
        return any(start <= first and first + count <= end for start, end in stretches)
