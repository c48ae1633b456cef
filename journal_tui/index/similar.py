"""Learned before? The earlier learning points that are most alike to a point.

Nothing is kept on disk for it: the days that have a stem are looked up in the postings of the
learning points, and the points of the likeliest days in their records.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from journal_tui.entry.stems import beginning, stem, topics
from journal_tui.index.index import Index
from journal_tui.index.likeness import CLOSE, Sought, weights
from journal_tui.index.postings import EMPTY, Postings, code, escape, unescape
from journal_tui.index.records import day_rating
from journal_tui.index.terms import ANY

# How rare a word is, is seen from so many; looking in all of a life would take much longer.
YEARS_FOR_RARITY = 10
NOTHING = Postings(EMPTY)
MOST_TOPICS = 60
# Days that share most with a point have the closest points, nearly always.
DAYS_READ = 60
TOPICS_KEPT = 200
MOST_DAYS = 12
SHORT_STEM, SHORT_ENDING, LONG_ENDING = 3, 4, 9

_topics = lru_cache(maxsize=20_000)(topics)


class Alike(NamedTuple):
    """An earlier learning point; `line` from 1, `rating` of its day, `score` from 0 to 1."""

    day: date
    path: str
    text: str
    line: int
    rating: float | None
    score: float


class Days(NamedTuple):
    """The days of a year that have a topic: those (codes) where a learning point has it, and how
    many there are in all, which is counted in the latest years only.
    """

    learned: frozenset[str]
    written: int


class Earlier:
    """What was learned before, of one index; safe to ask from several threads.

    The days of the stems asked for last are kept, since typing asks for the same ones again.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._mutex = threading.Lock()
        # Of each year those of learning points, and of the latest years those of whole texts.
        self._postings: dict[str, tuple[Postings, Postings]] = {}
        self._days = 0
        # By topic, then by year.
        self._known: OrderedDict[str, dict[str, Days]] = OrderedDict()

    def alike(self, text: str, before: date, limit: int = 5, least: float = CLOSE) -> list[Alike]:
        """The points of days before `before` with at least this score, the closest first.

        Of points as close as each other the later comes first.
        """
        with self._mutex:
            self._keep_up()
            sought = self._sought(text)
            if not sought.total:
                return []
            shared = self._shared(sought, before, least)
            found = self._closest(sought, shared, limit, least)
        return sorted(found, key=lambda point: (-point.score, -point.day.toordinal(), point.line))

    def sought(self, text: str) -> Sought:
        """What a point is about, and how rare each of it is in this journal."""
        with self._mutex:
            self._keep_up()
            return self._sought(text)

    def repeated(self, text: str, before: date) -> list[date]:
        """The days, two or more and the earliest first, on which this was learned before, as it
        seems: each of their points teaches the same as this one and as the closest of them.
        """
        found = self.alike(text, before, MOST_DAYS)
        same = [point for point in found if self._teach_the_same(text, point.text)]
        days = {point.day for point in same if self._teach_the_same(same[0].text, point.text)}
        return sorted(days) if len(days) > 1 else []

    def _teach_the_same(self, one: str, other: str) -> bool:
        return self.sought(one).teaches(_topics(other))

    def _keep_up(self) -> None:
        """Forget what was kept of years that are others now."""
        names = self._index.years()
        for name in self._postings.keys() - set(names):
            self._forget(name)
        latest = names[:YEARS_FOR_RARITY]
        for name in names:
            learned = self._index.postings(name, True)
            everything = self._index.postings(name, False) if name in latest else NOTHING
            known = self._postings.get(name, (NOTHING, NOTHING))
            if known[0] is not learned or known[1] is not everything:
                self._forget(name)
                self._postings[name] = learned, everything
        self._days = sum(len(year.lookup(ANY)) // 2 for _, year in self._postings.values())

    def _forget(self, name: str) -> None:
        self._postings.pop(name, None)
        for days in self._known.values():
            days.pop(name, None)

    def _days_of(self, topic: str) -> dict[str, Days]:
        """The days that have a topic, by year."""
        known = self._known.setdefault(topic, {})
        self._known.move_to_end(topic)
        while len(self._known) > TOPICS_KEPT:
            self._known.popitem(last=False)
        for name in self._postings.keys() - known.keys():
            learned, everything = self._postings[name]
            written = len(_codes(everything, topic))
            known[name] = Days(_codes(learned, topic), written)
        return known

    def _sought(self, text: str) -> Sought:
        """What to look for."""
        about = sorted(topics(text))[:MOST_TOPICS]
        days = {
            topic: sum([year.written for year in self._days_of(topic).values()]) for topic in about
        }
        return weights(days, self._days)

    def _shared(self, sought: Sought, before: date, least: float) -> dict[tuple[str, str], float]:
        """The days (year, code) that may hold a point close enough, and the weight they share.

        A day that has none of the heavier stems cannot, so that common ones are looked up in few
        days only ("MaxScore", H. Turtle and J. Flood, 1995).
        """
        shared: dict[tuple[str, str], float] = {}
        rest = sought.total
        year, until = f"{before.year:04d}", code(before)
        for topic, weight in sought.weights.items():
            days = self._days_of(topic)
            if topic[0] != "#" and sought.most(rest) >= least:
                for name, (learned, _) in days.items():
                    for day in learned if name <= year else ():
                        if name < year or day < until:
                            shared[name, day] = shared.get((name, day), 0.0) + weight
            else:
                for key in shared:
                    if key[1] in days[key[0]].learned:
                        shared[key] += weight
            rest -= weight
        return shared

    def _closest(
        self, sought: Sought, shared: dict[tuple[str, str], float], limit: int, least: float
    ) -> list[Alike]:
        """The closest points of these days; those that share most are looked at first."""
        days = [(weight, key) for key, weight in shared.items() if sought.most(weight) >= least]
        found: list[Alike] = []
        for weight, (name, day) in nlargest(DAYS_READ, days):
            if sought.most(weight) < least:
                break
            found += self._of_day(sought, name, day, least)
            if len(found) > limit:
                found = nlargest(limit, found, key=lambda point: (point.score, point.day))
                least = max(least, found[-1].score)
        return found

    def _of_day(self, sought: Sought, name: str, day: str, least: float) -> Iterator[Alike]:
        """The points of a day that are close enough."""
        records = self._index.records(name).get(day, ())
        for record in records:
            for text, line in record["learning"]:
                score = sought.score(_topics(text))
                if score >= least:
                    when = date.fromisoformat(record["date"])
                    yield Alike(when, record["path"], text, line, day_rating(records), score)


def _codes(postings: Postings, topic: str) -> frozenset[str]:
    """The days (codes) of a year that have a topic."""
    if topic[0] == "#":
        behind = postings.lookup(escape(topic))
    else:
        items = postings.slice_of(escape(beginning(topic))).split()
        split = (item.partition("!") for item in items)
        behind = "".join([codes for term, _, codes in split if _has_stem(term, topic)])
    return frozenset([behind[at : at + 2] for at in range(0, len(behind), 2)])


def _has_stem(term: str, topic: str) -> bool:
    """Whether a term of the postings has this stem. Short stems begin many words, and end them
    soon.
    """
    if len(term) - len(topic) > (SHORT_ENDING if len(topic) <= SHORT_STEM else LONG_ENDING):
        return False
    return term == topic or stem(unescape(term)) == topic
