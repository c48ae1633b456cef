"""How alike two learning points are, from what both are about.

Two points are alike by the stems and tags that both have. Each weighs by its inverse document
frequency (K. Spärck Jones, "A statistical interpretation of term specificity", 1972), the days
being the documents: `log(1 + days / days whose text has it)`, as a share of what a stem of one day
weighs. A tag weighs double, the person having said what the point is about, but a tag alone makes
no two points alike. The shared weight w counts up to double, the more of what the later point is
about it covers; from it comes the score `w / (w + 1)`, which tells apart best where there is
little, as in BM25 (S. Robertson and H. Zaragoza, "The probabilistic relevance framework", 2009).
Where three quarters of both points are the same, it is at least that share, however common the
words: the same words give 1.

Chosen on half of the judged pairs, and left out since they found no more there, or less: cosine and
Dice's coefficient, rarity among learning points alone, stems cut to four letters, neighbouring
stems, how near they stand to each other, WordNet's synonyms, names counting less, the rest of the
two days' texts, and what is alike to the points that are alike.
"""

from collections.abc import Mapping
from math import log
from typing import NamedTuple

CLOSE = 0.50
"""From here on a point is shown: the best F1 of the panel on half of the judged pairs. A row too many
costs a glance, a row too few all that the panel is for.
"""
CLAIMED = 0.58
"""From here on it may be said that a lesson came again: the best F0.5 on the same half."""
SURE = 0.5
"""The weight of words, tags left out, that points share which are said to be one lesson."""
WHOLE = 0.6
TAG_WEIGHT = 2.0
# So much of each of two points is the same where they are said in nearly the same words.
NEARLY = 0.75
# Younger journals than a year do not know yet which words are rare.
FEWEST_DAYS = 366


def weights(days: Mapping[str, int], written: int) -> "Sought":
    """What a point is about, of which so many of the days `written` have each."""
    whole = log(1 + max(written, FEWEST_DAYS))
    found: dict[str, float] = {}
    for topic, having in days.items():
        weight = log(1 + written / max(having, 1)) / whole
        found[topic] = weight * TAG_WEIGHT if topic[0] == "#" else weight
    order = sorted(found, key=lambda topic: (topic[0] == "#", -found[topic], topic))
    return Sought({topic: found[topic] for topic in order}, sum(found.values()))


class Sought(NamedTuple):
    """What a point is about with the weight of each topic, heaviest stems first, and their sum."""

    weights: dict[str, float]
    total: float

    @property
    def _says_much(self) -> bool:
        """Whether points in nearly these words are the same: one common word may be a beginning."""
        return len(self.weights) > 1 or self.total >= WHOLE

    def most(self, shared: float) -> float:
        """The highest score of points that share so much weight."""
        return self._score(shared, 1.0)

    def words(self, found: frozenset[str]) -> float:
        """The weight of the stems that a point with these topics shares."""
        return sum(w for topic, w in self.weights.items() if topic[0] != "#" and topic in found)

    def score(self, found: frozenset[str]) -> float:
        """How alike a point with these topics is."""
        if not self.words(found):
            return 0.0
        shared = [topic for topic in self.weights if topic in found]
        weight = sum(self.weights[topic] for topic in shared)
        return self._score(weight, len(shared) / len(found))

    def _score(self, shared: float, part_of_found: float) -> float:
        part = shared / self.total
        rare = shared * (1 + part**2)
        nearly = min(part, part_of_found)
        if nearly < NEARLY or not self._says_much:
            nearly = 0.0
        return max(nearly, rare / (rare + 1))

    def teaches(self, found: frozenset[str]) -> bool:
        """Whether it can be said that a point with these topics teaches the same."""
        return self.score(found) >= CLAIMED and self.words(found) >= min(SURE, self.total / 2)
