"""Find the earlier learning points that are most similar to a point.

Points are compared by the topics that both have: stems and tags. A topic weighs by its inverse
document frequency (K. Spärck Jones, "A statistical interpretation of term specificity", 1972), with
days as the documents: `log(1 + days / days whose text has it)`, divided by the weight of a stem
that one day has. A tag weighs double, because its writer chose it to say what the point is about,
but a tag alone doesn't make two points similar, and a tag that only one of them has doesn't make them
less so. The shared weight w is increased, up to double, by the share of the later point's weight that
it covers. The score is `w / (w + 1)`, which separates best at low weights, as in BM25 (S. Robertson and
H. Zaragoza, "The probabilistic relevance framework", 2009). If three quarters of the words of both
points are the same, the score is at least that share, however common the words; the same words score 1.

The judged pairs are points of the sample journal, of which a reader said whether they are the same
lesson: `tests/lookups/judged_pairs.toml`. These were tried on half of them and left out, because they
found no more: cosine and Dice's coefficient, rarity among learning points alone, stems cut to four
letters, neighbouring stems, the distance between stems, WordNet's synonyms, less weight for names, the
rest of the two days' texts, and the points that are similar to the similar ones.

The notes of weeks, months, quarters and years are left out, since they mostly sum up what their days
have taught.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple

from journal_tui.entry.mentions import PERSON, TAG, mentions
from journal_tui.entry.tokenizer import beginning, fold, stem, stems
from journal_tui.index.index import Index
from journal_tui.index.postings import (
    ANY,
    EMPTY,
    Postings,
    code_of_day,
    codes_of,
    escape,
    is_day,
    unescape,
)
from journal_tui.query.fields import LEARNING

CLOSE = 0.50
"""The lowest score at which a point is shown: the best F1 of the panel on half of the judged pairs.

F1, because a wrong row costs only a glance, and a missing one defeats the purpose of the panel.
"""
REPEATED_SCORE = 0.58
"""The lowest score at which a lesson counts as learned again: the best F0.5 on the same pairs."""
SURE = 0.5
"""The least weight of stems, without tags, that points must share to be called one lesson."""
WHOLE = 0.6
"""The least weight of a point's only topic at which the same words are enough to be similar."""
TAG_WEIGHT = 2.0
# The share of both points that must be the same for them to be nearly the same words.
NEARLY_SAME = 0.75
# Journals younger than a year don't show yet which words are rare.
FEWEST_DAYS = 366
# Only the latest years decide how rare a word is, because all years of a life would take much longer.
YEARS_FOR_RARITY = 10
# The most topics of a point that are compared.
MAX_TOPICS = 60
# Only this many days are read: those that share most nearly always have the closest points.
DAYS_READ = 60
# Of so many topics, the days are kept for the next search.
TOPICS_KEPT = 200
# The most days on which a lesson is said to have been learned before.
MAX_DAYS = 12
# A word has at most so many letters after a stem of up to SHORT_STEM letters, and after a longer one.
SHORT_STEM, SHORT_ENDING, LONG_ENDING = 3, 4, 9
NO_POSTINGS = Postings(EMPTY)


def topics(text: str) -> frozenset[str]:
    """Return what a point is about: its stems, and its tags as `#a/b`; tags and names give no stems."""
    if "#" not in text and "@" not in text:
        return frozenset(stems(text))
    tags, _ = mentions(text)
    plain = PERSON.sub(" ", TAG.sub(" ", text))
    return frozenset(stems(plain)) | {"#" + fold(tag) for tag in tags}


_topics = lru_cache(maxsize=20_000)(topics)


class SimilarPoint(NamedTuple):
    """An earlier learning point; `line` from 1, `rating` of its day, `score` from 0 to 1."""

    day: date
    path: str
    text: str
    line: int
    rating: float | None
    score: float


class WeightedTerms(NamedTuple):
    """A point's topics with their weights, the heaviest stems first, tags last.

    `total` is the sum of the weights, and `stem_total` that of the stems alone.
    """

    weights: dict[str, float]
    total: float
    stem_total: float

    def highest_score(self, shared: float) -> float:
        """Return the highest score that a point can have which shares topics of this weight."""
        part = min(1.0, shared / self.stem_total) if self.stem_total else 0.0
        return self._score(shared, part, part)

    def shared_stem_weight(self, found: frozenset[str]) -> float:
        """Return the weight of the stems that a point with these topics shares."""
        return sum(w for topic, w in self.weights.items() if topic[0] != "#" and topic in found)

    def score(self, found: frozenset[str]) -> float:
        """Return how similar a point with these topics is; a tag that only one has doesn't count."""
        stem_weight = self.shared_stem_weight(found)
        if not stem_weight:
            return 0.0
        shared = [topic for topic in self.weights if topic in found]
        weight = sum(self.weights[topic] for topic in shared)
        part_of_found = _count_stems(shared) / _count_stems(found)
        part = weight / (self.stem_total + weight - stem_weight)
        return self._score(weight, part, min(stem_weight / self.stem_total, part_of_found))

    def _score(self, shared: float, part: float, nearly: float) -> float:
        rare = shared * (1 + part**2)
        # A single common word may be only the beginning of what is being typed.
        if nearly < NEARLY_SAME or (len(self.weights) == 1 and self.total < WHOLE):
            nearly = 0.0
        return max(nearly, rare / (rare + 1))

    def is_same_lesson(self, found: frozenset[str]) -> bool:
        """Return whether a point with these topics counts as the same lesson."""
        least = min(SURE, self.stem_total / 2)
        return self.score(found) >= REPEATED_SCORE and self.shared_stem_weight(found) >= least


def _count_stems(topics: Iterable[str]) -> int:
    return sum(topic[0] != "#" for topic in topics)


def weights(days: Mapping[str, int], written: int) -> WeightedTerms:
    """Return topics weighed by their rarity: `days` says how many of the `written` days have each."""
    whole = log(1 + max(written, FEWEST_DAYS))
    found: dict[str, float] = {}
    for topic, having in days.items():
        weight = log(1 + written / max(having, 1)) / whole
        found[topic] = weight * TAG_WEIGHT if topic[0] == "#" else weight
    order = sorted(found, key=lambda topic: (topic[0] == "#", -found[topic], topic))
    stems = sum(weight for topic, weight in found.items() if topic[0] != "#")
    return WeightedTerms({topic: found[topic] for topic in order}, sum(found.values()), stems)


class SimilarPointSearch:
    """The search for similar earlier learning points; safe to use from several threads.

    The days of the latest topics are kept, because each key typed needs mostly the same ones.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._mutex = threading.RLock()
        # By year, the postings of learning points and (latest years only) of whole texts.
        self._postings: dict[str, tuple[Postings, Postings]] = {}
        self._days = 0
        self._days_of = lru_cache(TOPICS_KEPT)(self._look_up)

    def find(
        self, text: str, before: date, limit: int = 5, least: float = CLOSE
    ) -> list[SimilarPoint]:
        """Return the points of days before `before` with at least this score, the closest first.

        Of equally close points the later comes first.
        """
        with self._mutex:
            terms = self.terms(text)
            if not terms.total:
                return []
            shared = self._shared_weights(terms, before, least)
            found = self._closest_points(terms, shared, limit, least)
        return sorted(found, key=lambda point: (-point.score, -point.day.toordinal(), point.line))

    def terms(self, text: str) -> WeightedTerms:
        """Return a point's topics, weighted by how rare they are in this journal."""
        with self._mutex:
            self._forget_changed()
            about = sorted(topics(text))[:MAX_TOPICS]
            return weights({topic: self._days_of(topic)[1] for topic in about}, self._days)

    def repeated(self, text: str, before: date) -> list[date]:
        """Return the days before `before` on which the lesson of a point was probably learned, in order.

        Each has a point that is the same lesson as the given point and as the closest point found. If
        there is only one day, the list is empty.
        """
        found = self.find(text, before, MAX_DAYS)
        same = [point for point in found if self._is_same_lesson(text, point.text)]
        days = {point.day for point in same if self._is_same_lesson(same[0].text, point.text)}
        return sorted(days) if len(days) > 1 else []

    def _is_same_lesson(self, one: str, other: str) -> bool:
        return self.terms(one).is_same_lesson(_topics(other))

    def _forget_changed(self) -> None:
        """Forget the days that were kept if a year has changed."""
        names = self._index.years()
        postings = {
            year: (
                self._index.segment(year).postings(LEARNING),
                self._index.segment(year).postings() if place < YEARS_FOR_RARITY else NO_POSTINGS,
            )
            for place, year in enumerate(names)
        }
        if postings != self._postings:
            self._postings = postings
            self._days_of.cache_clear()
            self._days = sum(len(_days(texts.lookup(ANY))) for _, texts in postings.values())

    def _look_up(self, topic: str) -> tuple[dict[str, frozenset[str]], int]:
        """Return by year the days on which a learning point has a topic, and the topic's number of days.

        The number counts the days of the latest years on which any text has the topic.
        """
        pairs = self._postings.items()
        in_points = {year: _codes(points, topic) for year, (points, _) in pairs}
        return in_points, sum(len(_codes(texts, topic)) for _, (_, texts) in pairs)

    def _shared_weights(
        self, terms: WeightedTerms, before: date, least: float
    ) -> dict[tuple[str, str], float]:
        """Return the days (year, code) that may have a close enough point, and the weight that each shares.

        A day with none of the heavier stems has no such point, so lighter stems are looked up only for
        the days found by then ("MaxScore", H. Turtle and J. Flood, 1995).
        """
        shared: dict[tuple[str, str], float] = {}
        rest = terms.total
        last_year, until = f"{before.year:04d}", code_of_day(before)
        for topic, weight in terms.weights.items():
            days, _ = self._days_of(topic)
            if topic[0] != "#" and terms.highest_score(rest) >= least:
                for year, codes in days.items():
                    for day in codes if year <= last_year else ():
                        if year < last_year or day < until:
                            shared[year, day] = shared.get((year, day), 0.0) + weight
            else:
                for key in shared:
                    if key[1] in days[key[0]]:
                        shared[key] += weight
            rest -= weight
        return shared

    def _closest_points(
        self, terms: WeightedTerms, shared: dict[tuple[str, str], float], limit: int, least: float
    ) -> list[SimilarPoint]:
        """Return the closest points of the days in `shared`; days that share most are read first."""
        days = [
            (weight, key) for key, weight in shared.items() if terms.highest_score(weight) >= least
        ]
        found: list[SimilarPoint] = []
        for weight, (year, day) in nlargest(DAYS_READ, days):
            if terms.highest_score(weight) < least:
                break
            found += self._points_of_day(terms, year, day, least)
            if len(found) > limit:
                found = nlargest(limit, found, key=lambda point: (point.score, point.day))
                least = max(least, found[-1].score)
        return found

    def _points_of_day(
        self, terms: WeightedTerms, year: str, day: str, least: float
    ) -> Iterator[SimilarPoint]:
        """Yield the points of a day that are close enough."""
        if found := self._index.segment(year).days().get(day):
            for record in found.records:
                for text, line in record["learning"]:
                    score = terms.score(_topics(text))
                    if score >= least:
                        yield SimilarPoint(
                            found.day, record["path"], text, line, found.rating, score
                        )


def _codes(postings: Postings, topic: str) -> frozenset[str]:
    """Return the days (codes) of a year that have a topic."""
    if topic[0] == "#":
        codes = postings.lookup(escape(topic))
    else:
        items = postings.slice_of(escape(beginning(topic))).split()
        split = (item.partition("!") for item in items)
        codes = "".join([days for term, _, days in split if _has_stem(term, topic)])
    return _days(codes)


def _days(codes: str) -> frozenset[str]:
    """Return the codes of days in a run of codes, without those of periods."""
    return frozenset(filter(is_day, codes_of(codes)))


def _has_stem(term: str, topic: str) -> bool:
    """Return whether a term has a stem, with which it begins.

    A term that is much longer than the stem isn't looked at closely: it is nearly always another word.
    """
    if len(term) - len(topic) > (SHORT_ENDING if len(topic) <= SHORT_STEM else LONG_ENDING):
        return False
    return term == topic or stem(unescape(term)) == topic
