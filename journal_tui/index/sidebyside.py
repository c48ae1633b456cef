"""The days of a year on which words stand side by side."""

from collections.abc import Set
from itertools import pairwise

from journal_tui.index.days import NONE, Days, PartOfYear
from journal_tui.index.terms import PAIRS, TRIPLES, pair_term, triple_term
from journal_tui.query.matchers import ENTRY, PROSE

# The texts of so few days are sooner read than the order of a year's words.
TEXTS_READ = 24
# Of so few words each may be what a phrase ends with that is being typed.
FEW_ENDS = 12
# With so few days left it is not worth looking for fewer.
FEW_DAYS = 12


class SideBySide:
    """Words (escaped) in a row, the last of which may be `begun`."""

    def __init__(self, words: tuple[str, ...], begun: bool) -> None:
        self._words, self._begun = words, begun
        self._whole = whole = words[:-1] if begun else words
        self._longest = max(whole, key=len)
        triples = [triple_term(three) for three in zip(whole, whole[1:], whole[2:], strict=False)]
        self._triples = [term for term in triples if term]
        # What stands in three words need not be looked for in two.
        known = [False, *map(bool, triples), False]
        pairs = enumerate(pairwise(whole))
        self._pairs = [pair_term(*pair) for at, pair in pairs if not any(known[at : at + 2])]
        self._of_year: tuple[str, list[str]] = "", []

    def days(self, year: PartOfYear, among: Set[str] | None) -> Days:
        """The days that may have them, of all of them or `among` these."""
        rare = year.postings.lookup(self._longest)
        if not rare:
            return Days(NONE, True)
        # The order of the words of a small part is as quickly searched as their days looked up.
        if not year.again or self._triples or year.part in (ENTRY, PROSE):
            among = year.on_all(self._rows(year, rare), among)
            if not among:
                return Days(NONE, True)
            if not year.again and len(among) <= TEXTS_READ:
                return Days(among, False)
        held = year.phrases().days(year.part, self._words, self._begun, among)
        return Days(held, year.is_one)

    def _rows(self, year: PartOfYear, rare: str) -> list[str]:
        """Codes run together: a day that holds the words stands in each of these."""
        if not year.again and year.part not in (ENTRY, PROSE):
            # No more tables are read for a small part.
            last = [year.postings.slice_of(self._words[-1])] if self._begun else []
            return [*map(year.postings.lookup, self._whole), *last]
        if self._of_year[0] != year.name:
            self._of_year = year.name, self._neighbours(year)
        # Where the words are common, so is this one.
        return [*self._of_year[1], rare] if self._pairs else self._of_year[1] or [rare]

    def _neighbours(self, year: PartOfYear) -> list[str]:
        """The rows of the words that stand side by side, whatever the part."""
        rows = [*map(year.of_part(TRIPLES).lookup, self._triples)] if self._triples else []
        if self._pairs:
            rows += map(year.of_part(PAIRS).lookup, self._pairs)
        if self._begun and (not rows or min(map(len, rows)) > 2 * FEW_DAYS):
            # Of the whole text, whichever part is asked for.
            last = year.of_part(ENTRY).slice_of(self._words[-1])
            if last.count("!") <= FEW_ENDS:
                ends = [item.partition("!")[0] for item in last.split()]
                terms = {pair_term(self._whole[-1], end) for end in ends}
                rows.append("".join(map(year.of_part(PAIRS).lookup, terms)))
        return rows
