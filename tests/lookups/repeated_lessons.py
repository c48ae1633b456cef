"""Lessons that the sample journal repeats in other words, and pairs that only look similar.

A reader judged the pairs in `judged_pairs.toml`. They are in two halves: the first, third … are for
choosing a threshold, the others for measuring it.
"""

import tomllib
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from journal_tui.index.index import Index
from journal_tui.lookups.similarity import SimilarPoint, SimilarPointSearch, WeightedTerms, topics

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "entries"
CHOOSING, REPORTED = 0, 1
PANEL = 3


class Point(NamedTuple):
    """A learning point of the sample journal."""

    day: date
    path: str
    text: str


class Pair(NamedTuple):
    """Two points of different days, and whether they mean the same."""

    earlier: Point
    later: Point
    same: bool


class Figures(NamedTuple):
    """The quality of a threshold: the numbers of right, wrong and missed results."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the results that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the right results that were found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f_one(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Judgements:
    """The judged pairs, each point found in the index, and what the index answers."""

    def __init__(self, index: Index) -> None:
        self.earlier = SimilarPointSearch(index)
        self.points = [
            Point(day, record["path"], text)
            for day, record in sorted(index.newest(), key=lambda row: (row[0], row[1]["path"]))
            for text, _ in record["learning"]
        ]
        data = tomllib.loads((HERE / "judged_pairs.toml").read_text("utf-8"))
        self.lessons = [list(map(self.find, lesson["points"])) for lesson in data["lesson"]]
        self.others = [list(map(self.find, pair)) for pair in data["other"]["pairs"]]
        self._sought: dict[Point, WeightedTerms] = {}

    def find(self, key: str) -> Point:
        """Return the one point that a key names. Raise LookupError unless there is exactly one."""
        name, _, start = key.partition(": ")
        path = f"{name[:4]}/{name}.md"
        found = [p for p in self.points if p.path == path and p.text.startswith(start)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} learning points begin so: {key}")
        return found[0]

    def pairs(self, half: int) -> list[Pair]:
        """Return the pairs of one half."""
        repeats = [
            Pair(*sorted(two), True)
            for lesson in self.lessons[half::2]
            for two in combinations(lesson, 2)
            if two[0].day != two[1].day
        ]
        return repeats + [Pair(*sorted(two), False) for two in self.others[half::2]]

    def mates(self, half: int) -> dict[Point, set[Point]]:
        """Return the points of a half that repeat a lesson, with its earlier points."""
        found: dict[Point, set[Point]] = {}
        for pair in self.pairs(half):
            if pair.same:
                found.setdefault(pair.later, set()).add(pair.earlier)
        return found

    @cached_property
    def repeats(self) -> set[tuple[Point, Point]]:
        """All pairs that mean the same."""
        both = self.pairs(CHOOSING) + self.pairs(REPORTED)
        return {(pair.earlier, pair.later) for pair in both if pair.same}

    @cached_property
    def differing(self) -> set[tuple[Point, Point]]:
        """All pairs that were judged to mean different things."""
        both = self.pairs(CHOOSING) + self.pairs(REPORTED)
        return {(pair.earlier, pair.later) for pair in both if not pair.same}

    def score(self, earlier: Point, later: Point) -> float:
        """Return the similarity of two points according to the index."""
        if later not in self._sought:
            self._sought[later] = self.earlier.terms(later.text)
        return self._sought[later].score(topics(earlier.text))

    def without_a_word(self, half: int) -> int:
        """Count the repeats of a half that share no stem, and so can't be found by their words."""
        pairs = [pair for pair in self.pairs(half) if pair.same]
        return sum(not _stems(pair.earlier) & _stems(pair.later) for pair in pairs)

    def shown(self, point: Point, least: float) -> list[Point]:
        """Return the points that the panel shows beside a point that is being written."""
        return [as_point(a) for a in self.earlier.find(point.text, point.day, PANEL, least)]

    def of_pairs(self, half: int, least: float) -> Figures:
        """Return how well a threshold tells the judged pairs apart."""
        said = [
            (pair.same, self.score(pair.earlier, pair.later) >= least) for pair in self.pairs(half)
        ]
        return Figures(
            said.count((True, True)), said.count((False, True)), said.count((True, False))
        )

    def written(self, half: int) -> list[Point]:
        """Return the points of a half: its repeats, and every other point that is new."""
        mates = (self.mates(CHOOSING), self.mates(REPORTED))
        new = [point for point in self.points if not any(point in known for known in mates)]
        return sorted([*mates[half], *new[half::2]])

    def panel_figures(self, half: int, least: float) -> Figures:
        """Count the points for which the panel shows a repeat, shows only others, or misses one."""
        mates = self.mates(half)
        helped = shown = 0
        for point in self.written(half):
            rows = self.shown(point, least)
            shown += bool(rows)
            helped += bool(mates.get(point, set()).intersection(rows))
        return Figures(helped, shown - helped, len(mates) - helped)

    def recall(self, half: int, least: float) -> float:
        """Return the share of the repeats whose earlier point is among the three shown."""
        mates = self.mates(half)
        found = sum(len(mates[point].intersection(self.shown(point, least))) for point in mates)
        return found / sum(map(len, mates.values()))

    def of_claims(self, half: int) -> Figures:
        """Count the points that are rightly claimed to be learned for at least the third time.

        A claim is right only if each day that it names is one of the lesson's.
        """
        mates = self.mates(half)
        right = wrong = 0
        for point in self.written(half):
            days = self.earlier.repeated(point.text, point.day)
            if days:
                truly = {earlier.day for earlier in mates.get(point, ())}
                right += truly.issuperset(days)
                wrong += not truly.issuperset(days)
        third = sum(len({earlier.day for earlier in known}) >= 2 for known in mates.values())
        return Figures(right, wrong, third - right)

    def found_again(self, least: float, length: int, tags: str) -> tuple[int, int]:
        """Return how many points are found by their first words with tags, and how many there are."""
        found = 0
        for point in self.points:
            words = [word for word in point.text.split() if word[0] != "#"][:length]
            later = point._replace(text=" ".join([*words, tags]).strip(), day=date.max)
            found += point in self.shown(later, least)
        return found, len(self.points)

    def everywhere(self, least: float) -> dict[str, int]:
        """Count what the panel would have shown beside each point of the journal when written."""
        rows = [(e, point) for point in self.points for e in self.shown(point, least)]
        return {
            "points": len(self.points),
            "with rows": len({point for _, point in rows}),
            "rows": len(rows),
            "repeats": sum(row in self.repeats for row in rows),
            "judged others": sum(row in self.differing for row in rows),
        }


def as_point(similar: SimilarPoint) -> Point:
    """Return a similar point that was found as a Point."""
    return Point(similar.day, similar.path, similar.text)


def _stems(point: Point) -> set[str]:
    return {topic for topic in topics(point.text) if topic[0] != "#"}
