"""Where several terms stand in one list of words, which is read once for all of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from journal_tui.query.matchers import Words

# For so few terms, comparing each with every word is quicker than sorting the words.
FEW_TERMS = 4


def positions(terms: Sequence[Words], words: list[str]) -> list[list[int]]:
    """Return for each term where in the list of folded words it begins, in order."""
    if len(terms) <= FEW_TERMS:
        return [term.places(words) for term in terms]
    listed = _Listed(words)
    return [listed.places(term) for term in terms]


class _Listed:
    """A list of words with the positions of each different word, in the order of the alphabet."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            self._at[word].append(index)
        self._sorted = sorted(self._at)
        # One search in a long text is quicker than one in each of many short ones.
        self._joined = f" {' '.join(self._sorted)} "

    def places(self, term: Words) -> list[int]:
        """Return what `term.places` returns for the words."""
        *whole, last = term.words
        if last not in self._at and term.last == "whole":
            return []
        ends = [index for word in self._ending(last, term.last) for index in self._at[word]]
        ends.sort()
        count = len(whole)
        if not count:
            return ends
        words = self._words
        return [i - count for i in ends if i >= count and words[i - count : i] == whole]

    def _ending(self, last: str, how: str) -> list[str]:
        """Return the different words that the last word of a term stands for."""
        if how == "whole":
            return [last]
        if how == "inside":
            return self._holding(last)
        found = []
        for index in range(bisect_left(self._sorted, last), len(self._sorted)):
            if not self._sorted[index].startswith(last):
                break
            found.append(self._sorted[index])
        return found

    def _holding(self, part: str) -> list[str]:
        """Return the different words with the part in them, which no word has a blank in."""
        joined, found = self._joined, []
        at = joined.find(part)
        while at >= 0:
            end = joined.index(" ", at)
            found.append(joined[joined.rindex(" ", 0, at) + 1 : end])
            at = joined.find(part, end)
        return found
