"""Rank hits by BM25, the best first; words that are close together weigh more.

BM25 is Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
the constants of Trotman, Puurula and Burgess, "Improvements to BM25 and Language Models Examined"
(2014). How rare a word is and how long a row usually is are computed from the rows themselves, so
the index stores nothing for this. The other constants were chosen on half of the judged queries in
`tests/index/judgements.json` and checked on the other half: `tests/bench/relevance.py` prints both.
"""

from collections import Counter
from collections.abc import Iterator
from math import log
from typing import NamedTuple

from journal_tui.entry.spellings import BREAK
from journal_tui.entry.tokenizer import words as words_of
from journal_tui.index.index import Index
from journal_tui.index.phrase_search import Occurrences, Places
from journal_tui.index.postings import code_of_date
from journal_tui.index.search import Hit
from journal_tui.query.fields import ENTRY, LEARNING, PROSE
from journal_tui.query.nodes import Mention, Words
from journal_tui.query.parser import Query
from journal_tui.query.positions import positions

# BM25's k1 and b: how soon repetitions of a word count less, and how much long rows lose.
K1, B = 0.9, 0.4
# The weight of a word that only begins with or contains the one asked for; a whole word weighs 1.
PARTIAL_WEIGHT = 0.7
# The share of the score that words side by side add, and the number of words between that halves it.
NEAR, FADES = 2.0, 4.0
# The factor for learning points, which most searches look for.
LEARNING_FACTOR = 2.0
# Reading entries takes long, so only this many are scored by their text; older ones score alike.
MAX_LONG_ROWS = 1_000


class _ScoredHit(NamedTuple):
    """A hit with what its score is computed from.

    `found` has for each term how often the row has it as a whole word and as part of one. `length`
    is the row's number of words, `gap` the number of other words between the terms that the row has;
    None for fewer than two of these, or if no run of words has them all.
    """

    hit: Hit
    found: list[tuple[int, int]]
    length: int = 0
    gap: int | None = None

    @property
    def is_long(self) -> bool:
        return self.hit.part in (ENTRY, PROSE)


def best_first(hits: Iterator[Hit], query: Query, index: Index) -> Iterator[Hit]:
    """Yield the hits in order of their scores, the best first; of equal ones the newest first."""
    ranking = Ranking(query, index)
    for hit in hits:
        ranking.add(hit)
    yield from ranking.ordered()


class Ranking:
    """A ranking of hits, which are added the newest first and are sorted at the end."""

    def __init__(self, query: Query, index: Index) -> None:
        self._wanted, self._index = query.wanted, index
        self._terms = [
            Words((words_of(leaf.name)[0],)) if isinstance(leaf, Mention) else leaf
            for leaf in self._wanted
        ]
        self._rows: list[_ScoredHit] = []
        self._read = 0

    def add(self, hit: Hit) -> None:
        """Add a hit."""
        self._read += hit.part in (ENTRY, PROSE)
        if hit.part in (ENTRY, PROSE) and self._read > MAX_LONG_ROWS:
            self._rows.append(_ScoredHit(hit, [(0, 1)] * len(self._wanted)))
        else:
            self._rows.append(self._count(hit))

    def _count(self, hit: Hit) -> _ScoredHit:
        if not self._wanted:
            return _ScoredHit(hit, [])
        length, breaks, listed = self._indexed(hit) or _in_words(self._terms, hit.passage.words)
        found: list[tuple[int, int]] = []
        for leaf, (places, whole) in zip(self._wanted, listed, strict=True):
            some = len(places)
            if isinstance(leaf, Mention):
                names = hit.passage.mentions_with(leaf.name)
                some = len(names)
                whole = sum(name == leaf.name or name.startswith(leaf.name + "/") for name in names)
            found.append((whole, some - whole))
        there = [places for places, _ in listed if places]
        window = _window(there, breaks) if len(there) > 1 else 0
        return _ScoredHit(hit, found, length, max(0, window - len(there)) if window else None)

    def _indexed(self, hit: Hit) -> Occurrences | None:
        """Return what `_in_words` returns, from the index, for an entry that is its day's only file."""
        if hit.part != ENTRY or hit.passage.part != ENTRY:
            return None
        phrases = self._index.segment(f"{hit.day.year:04d}").phrases()
        return phrases.occurrences(code_of_date(hit.iso), self._terms)

    def ordered(self) -> list[Hit]:
        """Return all hits, the best first; in the order added if the query has nothing to weigh."""
        rows = self._rows
        if not self._wanted:
            return [row.hit for row in rows]
        terms = range(len(self._wanted))
        # How many rows have each term, whole or at all, and how long rows are on average.
        having_whole = [sum(row.found[term][0] > 0 for row in rows) for term in terms]
        having_some = [sum(any(row.found[term]) for row in rows) for term in terms]
        mean_length = {}
        for is_long in (False, True):
            lengths = [row.length for row in rows if row.is_long == is_long and row.length]
            mean_length[is_long] = sum(lengths) / len(lengths) if lengths else 1.0

        def score(row: _ScoredHit) -> float:
            norm = K1 * (1 - B + B * row.length / mean_length[row.is_long])
            found = 0.0
            for term, (whole, partial) in enumerate(row.found):
                often = whole + PARTIAL_WEIGHT * partial
                if often:
                    having = having_whole[term] if whole else having_some[term]
                    found += log(2 + len(rows) / having) * often * (K1 + 1) / (often + norm)
            if row.gap is not None:
                found *= 1 + NEAR / (1 + row.gap / FADES)
            return found * LEARNING_FACTOR if row.hit.part == LEARNING else found

        return [row.hit for row in sorted(rows, key=score, reverse=True)]


def _in_words(terms: list[Words], words: list[str]) -> Occurrences:
    """Return where the terms are among words."""
    found: list[Places] = []
    for term, places in zip(terms, positions(terms, words), strict=True):
        to_last = len(term.words) - 1
        found.append((places, sum(words[at + to_last] == term.words[-1] for at in places)))
    breaks = [at for at, word in enumerate(words) if word == BREAK]
    return Occurrences(len(words), breaks, found)


def _window(places: list[list[int]], breaks: list[int]) -> int:
    """Return the length of the shortest run of words that has a position from each list.

    No run crosses a break, because the order of the other spellings after a text means nothing.
    Return 0 if there is no such run.
    """
    events = sorted(
        [(place, term) for term, listed in enumerate(places) for place in listed]
        + [(place, -1) for place in breaks]
    )
    inside: Counter[int] = Counter()
    left, best = 0, 0
    for number, (place, term) in enumerate(events):
        if term < 0:
            inside.clear()
            left = number + 1
            continue
        inside[term] += 1
        while len(inside) == len(places):
            begin, gone = events[left]
            length = place - begin + 1
            best = min(best, length) if best else length
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            left += 1
    return best
