"""Lessons of the sample journal that came again in other words, and pairs that only look like it.

`judged_pairs.toml` was judged by reading. Its lessons and other pairs are in two halves: the first,
third … for choosing a threshold, the rest for reporting what it is worth.
"""

import tomllib
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from journal_tui.entry.stems import topics
from journal_tui.index.index import Index
from journal_tui.index.likeness import Sought
from journal_tui.index.similar import Alike, Earlier

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
    """Two points of different days; whether they say the same."""

    earlier: Point
    later: Point
    same: bool


class Figures(NamedTuple):
    """What a threshold is worth: how many are right, are wrong, and were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of those given that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the right ones that are given."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f_one(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Judgements:
    """The judged pairs, each point found among those of the index; and what the index says."""

    def __init__(self, index: Index) -> None:
        self.earlier = Earlier(index)
        self.points = [
            Point(day, record["path"], text)
            for day, record in sorted(index.newest(), key=lambda row: (row[0], row[1]["path"]))
            for text, _ in record["learning"]
        ]
        data = tomllib.loads((HERE / "judged_pairs.toml").read_text("utf-8"))
        self.lessons = [list(map(self.find, lesson["points"])) for lesson in data["lesson"]]
        self.others = [list(map(self.find, pair)) for pair in data["other"]["pairs"]]
        self._sought: dict[Point, Sought] = {}

    def find(self, key: str) -> Point:
        """The one point that a key names. Raises LookupError when there is none, or several."""
        name, _, start = key.partition(": ")
        path = f"{name[:4]}/{name}.md"
        found = [p for p in self.points if p.path == path and p.text.startswith(start)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} learning points begin so: {key}")
        return found[0]

    def pairs(self, half: int) -> list[Pair]:
        """The pairs of one half."""
        repeats = [
            Pair(*sorted(two), True)
            for lesson in self.lessons[half::2]
            for two in combinations(lesson, 2)
            if two[0].day != two[1].day
        ]
        return repeats + [Pair(*sorted(two), False) for two in self.others[half::2]]

    def mates(self, half: int) -> dict[Point, set[Point]]:
        """The points of a half that say what was said before, and where it was."""
        found: dict[Point, set[Point]] = {}
        for pair in self.pairs(half):
            if pair.same:
                found.setdefault(pair.later, set()).add(pair.earlier)
        return found

    @cached_property
    def repeats(self) -> set[tuple[Point, Point]]:
        """All pairs that say the same."""
        both = self.pairs(CHOOSING) + self.pairs(REPORTED)
        return {(pair.earlier, pair.later) for pair in both if pair.same}

    @cached_property
    def differing(self) -> set[tuple[Point, Point]]:
        """All pairs that were judged to say different things."""
        both = self.pairs(CHOOSING) + self.pairs(REPORTED)
        return {(pair.earlier, pair.later) for pair in both if not pair.same}

    def score(self, earlier: Point, later: Point) -> float:
        """How alike the index finds two points."""
        if later not in self._sought:
            self._sought[later] = self.earlier.sought(later.text)
        return self._sought[later].score(topics(earlier.text))

    def without_a_word(self, half: int) -> int:
        """How many repeats of a half share no stem at all, so that no words can tell."""
        pairs = [pair for pair in self.pairs(half) if pair.same]
        return sum(not _stems(pair.earlier) & _stems(pair.later) for pair in pairs)

    def shown(self, point: Point, least: float) -> list[Point]:
        """What the panel shows beside a point that is being written."""
        return [as_point(a) for a in self.earlier.alike(point.text, point.day, PANEL, least)]

    # -- figures --------------------------------------------------------------------------

    def of_pairs(self, half: int, least: float) -> Figures:
        """Whether the judged pairs are told apart by this threshold."""
        said = [
            (pair.same, self.score(pair.earlier, pair.later) >= least) for pair in self.pairs(half)
        ]
        return Figures(
            said.count((True, True)), said.count((False, True)), said.count((True, False))
        )

    def written(self, half: int) -> list[Point]:
        """The points that a half is about: those that say what was said before, and of those that
        say something new every other one.
        """
        mates = (self.mates(CHOOSING), self.mates(REPORTED))
        new = [point for point in self.points if not any(point in known for known in mates)]
        return sorted([*mates[half], *new[half::2]])

    def of_panel(self, half: int, least: float) -> Figures:
        """Beside how many points the panel helps with a repeat, shows nothing but others, or fails
        to show what was said before.
        """
        mates = self.mates(half)
        helped = shown = 0
        for point in self.written(half):
            rows = self.shown(point, least)
            shown += bool(rows)
            helped += bool(mates.get(point, set()).intersection(rows))
        return Figures(helped, shown - helped, len(mates) - helped)

    def recall(self, half: int, least: float) -> float:
        """The share of the repeats whose earlier point is among the three shown."""
        mates = self.mates(half)
        found = sum(len(mates[point].intersection(self.shown(point, least))) for point in mates)
        return found / sum(map(len, mates.values()))

    def of_claims(self, half: int) -> Figures:
        """How many points are rightly said to be learned for the third time or more: each day that
        is named must be one of the lesson's.
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

    def everywhere(self, least: float) -> dict[str, int]:
        """What the panel would have shown beside each point of the journal as it was written."""
        rows = [(e, point) for point in self.points for e in self.shown(point, least)]
        return {
            "points": len(self.points),
            "with rows": len({point for _, point in rows}),
            "rows": len(rows),
            "repeats": sum(row in self.repeats for row in rows),
            "judged others": sum(row in self.differing for row in rows),
        }


def as_point(alike: Alike) -> Point:
    """The point that was found."""
    return Point(alike.day, alike.path, alike.text)


def _stems(point: Point) -> set[str]:
    return {topic for topic in topics(point.text) if topic[0] != "#"}
