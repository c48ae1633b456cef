"""Best first: BM25 over the rows found, words that stand close together weighing more.

BM25 is Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
the constants of Trotman, Puurula and Burgess, "Improvements to BM25 and Language Models Examined"
(2014). How rare a word is and how long a row usually is come from the rows themselves, so that
nothing need be kept for it. The other constants were chosen on one half of the judged queries in
`tests/index/judgements.json` and checked on the other half: `tests/bench/relevance.py` prints both.
"""

from collections import Counter
from collections.abc import Iterator
from math import log
from typing import NamedTuple

from journal_tui.entry.words import words as words_of
from journal_tui.index.hits import Hit
from journal_tui.query.grammar import Query
from journal_tui.query.matchers import ENTRY, LEARNING, PROSE, Mention, Words
from journal_tui.query.positions import positions

# How soon more of the same word says nothing new, and how much long rows are held back.
K1, B = 0.9, 0.4
# What a word counts that only begins as asked for, or holds it inside; a whole one is 1.
BEGUN = 0.7
# What words side by side add, and over how many words between them it falls to half.
NEAR, FADES = 2.0, 4.0
# A learning point is what the journal is asked for.
LESSON = 2.0
# Reading entries takes long: of older ones it counts that they match, not how.
MOST_READ = 1_000


class _Look(NamedTuple):
    """A row as it is weighed: of each term how often it stands there whole and begun; how many
    words the row has; how many other words stand between the terms, None for a single one.
    """

    hit: Hit
    found: list[tuple[int, int]]
    length: int
    gap: int | None

    @property
    def is_long(self) -> bool:
        return self.hit.kind in (ENTRY, PROSE)


def best_first(hits: Iterator[Hit], query: Query) -> Iterator[Hit]:
    """The hits, those that say most of what was asked for first, of equal ones the newest."""
    ranking = Ranking(query)
    for hit in hits:
        ranking.add(hit)
    yield from ranking.ordered()


class Ranking:
    """Takes hits as they come, the newest first, and puts them into their order at last."""

    def __init__(self, query: Query) -> None:
        self._wanted = query.wanted
        self._rows: list[_Look] = []
        self._read = 0

    def add(self, hit: Hit) -> None:
        """Look at one more hit."""
        is_long = hit.kind in (ENTRY, PROSE)
        self._read += is_long
        if is_long and self._read > MOST_READ:
            self._rows.append(_Look(hit, [(0, 1)] * len(self._wanted), 0, None))
        else:
            self._rows.append(_look(hit, self._wanted))

    def ordered(self) -> list[Hit]:
        """All hits, the best first; as they came where there is nothing to weigh."""
        if not self._wanted:
            return [row.hit for row in self._rows]
        score = _Scores(self._rows, len(self._wanted))
        return [row.hit for row in sorted(self._rows, key=score.of, reverse=True)]


class _Scores:
    """What all rows together tell of one: how rare each term is and how long a row usually is."""

    def __init__(self, rows: list[_Look], terms: int) -> None:
        self._rows = len(rows)
        self._whole = [sum(row.found[term][0] > 0 for row in rows) for term in range(terms)]
        self._some = [sum(any(row.found[term]) for row in rows) for term in range(terms)]
        self._usual = {}
        for is_long in (False, True):
            lengths = [row.length for row in rows if row.is_long == is_long and row.length]
            self._usual[is_long] = sum(lengths) / len(lengths) if lengths else 1.0

    def of(self, row: _Look) -> float:
        """How much of what was asked for a row says."""
        norm = K1 * (1 - B + B * row.length / self._usual[row.is_long])
        score = 0.0
        for term, (whole, begun) in enumerate(row.found):
            often = whole + BEGUN * begun
            if often:
                rows = self._whole[term] if whole else self._some[term]
                score += log(2 + self._rows / rows) * often * (K1 + 1) / (often + norm)
        if row.gap is not None:
            score *= 1 + NEAR / (1 + row.gap / FADES)
        return score * LESSON if row.hit.kind == LEARNING else score


def _look(hit: Hit, wanted: list[Words | Mention]) -> _Look:
    words = hit.words if wanted else []
    found: list[tuple[int, int]] = []
    places: list[list[int]] = []
    terms = [
        Words((words_of(leaf.name)[0],)) if isinstance(leaf, Mention) else leaf for leaf in wanted
    ]
    for leaf, at in zip(wanted, positions(terms, words), strict=True):
        if isinstance(leaf, Mention):
            names = hit.mentions
            begun = sum(name.startswith(leaf.name) for name in names)
            whole = sum(name == leaf.name or name.startswith(leaf.name + "/") for name in names)
        else:
            begun, last, behind = len(at), leaf.words[-1], len(leaf.words) - 1
            whole = sum(words[place + behind] == last for place in at)
        found.append((whole, begun - whole))
        if at:
            places.append(at)
    gap = max(0, _window(places) - len(places)) if len(places) > 1 else None
    return _Look(hit, found, len(words), gap)


def _window(places: list[list[int]]) -> int:
    """The length of the shortest stretch with a place of each list in it."""
    events = sorted((place, term) for term, listed in enumerate(places) for place in listed)
    inside: Counter[int] = Counter()
    left, best = 0, events[-1][0] + 1
    for place, term in events:
        inside[term] += 1
        while len(inside) == len(places):
            begin, gone = events[left]
            best = min(best, place - begin + 1)
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            left += 1
    return best
