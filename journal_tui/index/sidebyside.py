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
        # Longer words are rarer.
        self._rarest_first = sorted(whole, key=len, reverse=True)
        triples = [triple_term(three) for three in zip(whole, whole[1:], whole[2:], strict=False)]
        self._triples = [term for term in triples if term]
        # What stands in three words need not be looked for in two.
        known = [False, *map(bool, triples), False]
        pairs = enumerate(pairwise(whole))
        self._pairs = [pair_term(*pair) for at, pair in pairs if not any(known[at : at + 2])]
        self._of_year: tuple[str, list[str]] = "", []

    def days(self, year: PartOfYear, among: Set[str] | None) -> Days:
        """The days that may have them, of all of them or `among` these."""
        among = self._at_all(year, among)
        if among is not None:
            if not among:
                return Days(NONE, True)
            if not year.again and len(among) <= TEXTS_READ:
                return Days(among, False)
        held = year.phrases().days(year.part, self._words, self._begun, among)
        return Days(held, year.is_one)

    def _at_all(self, year: PartOfYear, among: Set[str] | None) -> Set[str] | None:
        """The days of which the postings say that they may have them; None for all of `among`."""
        is_long = year.part in (ENTRY, PROSE)
        if not year.again and not is_long:
            # No more tables are read for a small part.
            rows = []
            for word in self._rarest_first:
                rows.append(year.postings.lookup(word))
                if not rows[-1]:
                    return NONE
            rows += [year.postings.slice_of(self._words[-1])] if self._begun else []
            return year.on_all(rows, among)
        rows = self._side_by_side(year)
        if not rows or (self._pairs and year.again):
            # Where words are common, those side by side say more than each of them; a first
            # question sooner reads a text too many than one table more.
            rows = [*rows, year.postings.lookup(self._rarest_first[0])]
        fewest = min(map(len, rows))
        if not fewest:
            return NONE
        if not is_long and fewest > 2 * FEW_DAYS:
            # The order of the words of a small part is as quickly searched.
            return among
        codes = year.on_all(rows, among)
        return self._going_on(year, codes) if is_long else codes & year.everything()

    def _side_by_side(self, year: PartOfYear) -> list[str]:
        """Codes run together: days that have the whole words in twos and threes in whatever part."""
        if self._of_year[0] != year.name:
            rows = [*map(year.of_part(TRIPLES).lookup, self._triples)] if self._triples else []
            if self._pairs:
                rows += map(year.of_part(PAIRS).lookup, self._pairs)
            self._of_year = year.name, rows
        return self._of_year[1]

    def _going_on(self, year: PartOfYear, codes: Set[str]) -> Set[str]:
        """Those of the days that go on with the word that is begun, where it is one of few."""
        if not self._begun or len(codes) <= FEW_DAYS:
            return codes
        last = year.postings.slice_of(self._words[-1])
        if last.count("!") > FEW_ENDS:
            return codes
        ends = [item.partition("!")[0] for item in last.split()]
        terms = {pair_term(self._whole[-1], end) for end in ends}
        return year.on_all(["".join(map(year.of_part(PAIRS).lookup, terms))], codes)
