"""Days as their codes, and one part of the entries of a year as a question goes through it."""

from collections.abc import Callable, Set
from typing import NamedTuple, TypeAlias

from journal_tui.index.index import Index
from journal_tui.index.phrases import Phrases
from journal_tui.index.postings import Postings, codes_of
from journal_tui.query.matchers import POINTS

# In more characters of postings, so few codes are sooner looked for than all of them are read.
LONG_ROW, FEW_ASKED = 100, 40

NONE: frozenset[str] = frozenset()


class Days(NamedTuple):
    """The codes of the days that may match; `exact`: each does that has one file."""

    codes: Set[str]
    exact: bool


class PartOfYear:
    """The part `part` of the entries of the year `name`; `again`: the year was asked before for words
    that stand together, so that its words in their order are worth reading.
    """

    __slots__ = ("_index", "again", "name", "part")

    def __init__(self, index: Index, name: str, part: str, again: bool) -> None:
        self._index, self.name, self.part, self.again = index, name, part, again

    @property
    def postings(self) -> Postings:
        """The year's postings of the part."""
        return self._index.of_part(self.name, self.part)

    @property
    def is_one(self) -> bool:
        """Whether a file has one such passage; of points there are several, each of which may hold
        another word.
        """
        return self.part not in POINTS

    def of_part(self, part: str) -> Postings:
        """The year's postings of another part."""
        return self._index.of_part(self.name, part)

    def everything(self) -> frozenset[str]:
        """All days that have such a passage."""
        return self._index.everything(self.name, self.part)

    def several(self) -> frozenset[str]:
        """The days that have more than one file."""
        return self._index.several(self.name)

    def unnumbered(self) -> frozenset[str]:
        """The days with a file whose title says no number."""
        return self._index.unnumbered(self.name)

    def phrases(self) -> Phrases:
        """The words of the year in their order."""
        return self._index.phrases(self.name)

    def codes(self, items: str, among: Set[str] | None) -> Set[str]:
        """The codes that items of the postings hold, at least those `among` these.

        Looking for a few codes, or seeing that it is all of them, is quicker than reading each.
        """
        if len(items) <= LONG_ROW:
            return codes_of(items)
        if among is not None and len(among) <= FEW_ASKED:
            return {code for code in among if code in items}
        everything = self.everything()
        if len(items) >= 2 * len(everything):
            longest = max(items.split(), key=len)
            if len(longest) - longest.find("!") - 1 == 2 * len(everything):
                return everything
        return codes_of(items)

    def on_all(self, rows: list[str], among: Set[str] | None) -> Set[str]:
        """The codes that each of several rows of codes or items holds, of those `among` these."""
        rarest, *others = sorted(rows, key=len)
        codes = self.codes(rarest, among) if rarest else NONE
        for row in others:
            if not codes:
                return NONE
            codes = {code for code in codes if code in row}
        return codes if among is None else codes & among


Plan: TypeAlias = Callable[[PartOfYear, Set[str] | None], Days]
"""Gives the days that may match: all of them where the second is None, else at least of these."""
