"""Find the positions of several terms in one list of words."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from journal_tui.query.nodes import Words

# For up to this many terms, comparing each with every word is faster than sorting the words.
FEW_TERMS = 4


def positions(terms: Sequence[Words], words: list[str]) -> list[list[int]]:
    """Return, for each term, the indexes in the list of folded words at which it begins."""
    if len(terms) <= FEW_TERMS:
        return [term.places(words) for term in terms]
    listed = _WordIndex(words)
    return [listed.places(term) for term in terms]


class _WordIndex:
    """A list of words, with its different words sorted and their positions."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            self._at[word].append(index)
        self._sorted = sorted(self._at)
        # One search in a long text is faster than searches in many short ones.
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
        """Return the different words that the last word of a term matches."""
        if how == "whole":
            return [last]
        if how == "inside":
            return self._words_containing(last)
        found = []
        for index in range(bisect_left(self._sorted, last), len(self._sorted)):
            if not self._sorted[index].startswith(last):
                break
            found.append(self._sorted[index])
        return found

    def _words_containing(self, part: str) -> list[str]:
        """Return the different words that contain the part; words have no blanks."""
        joined, found = self._joined, []
        at = joined.find(part)
        while at >= 0:
            end = joined.index(" ", at)
            found.append(joined[joined.rindex(" ", 0, at) + 1 : end])
            at = joined.find(part, end)
        return found
