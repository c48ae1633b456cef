"""Small questions to the index: what a month's days are rated, which day comes next, what completes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from journal_tui.entry.entry import Entry
from journal_tui.entry.words import fold
from journal_tui.errors import UnreadableEntry, WhenError
from journal_tui.index.index import Index
from journal_tui.index.postings import day_of, escape
from journal_tui.library.library import Library
from journal_tui.period import parse_day

# Completion looks at what was in use lately; older names are typed out, or found by search.
YEARS_FOR_COMPLETION = 5


def marks(index: Index, first: date, last: date) -> dict[date, float | None]:
    """The written days in [first, last] with their ratings (None for an unrated day)."""
    found: dict[date, float | None] = {}
    known = set(index.years())
    for year in range(first.year, last.year + 1):
        name = f"{year:04d}"
        if name not in known:
            continue
        for code, records in index.records(name).items():
            day = day_of(year, code)
            if first <= day <= last:
                rated = [r["rating"] for r in records if r["rating"] is not None]
                found[day] = rated[0] if rated else None
    return found


def latest_ratings(index: Index, count: int) -> list[float]:
    """The newest `count` ratings, newest first."""
    found: list[float] = []
    for _, record in index.newest():
        if len(found) == count:
            break
        if record["rating"] is not None:
            found.append(record["rating"])
    return found


def describe(index: Index, day: date) -> str:
    """One line about a day: rating, remark or title, first point; "" for an unwritten one."""
    for record in index.of_day(day):
        rating = "" if record["rating"] is None else f"{record['rating']:g}/10"
        points = record["learning"]
        said = record["remark"] or (points[0][0] if points else record["title"])
        return " – ".join(part for part in (rating, said) if part)
    return ""


def on_this_day(library: Library, day: date, most: int) -> list[tuple[date, str]]:
    """What was written a week, a month, and years before a day; the latest first."""
    found: list[tuple[date, str]] = []
    years = (f"{count} years ago" for count in range(1, 61))
    for words in ("1 week ago", "1 month ago", "6 months ago", *years):
        if len(found) == most:
            break
        try:
            earlier = parse_day(words, day)
            path = library.find(earlier)
            if path:
                entry = Entry(earlier, library.load(path).text, library.vocabulary)
                found.append((earlier, entry.points[0].text if entry.points else entry.title))
        except WhenError:
            break
        except (FileNotFoundError, UnreadableEntry):
            continue
    return found


def written_before(index: Index, day: date) -> date | None:
    """The latest written day before this one."""
    for year in index.years():
        if int(year) <= day.year:
            days = _days(index, year)
            place = bisect_left(days, day)
            if place:
                return days[place - 1]
    return None


def written_after(index: Index, day: date) -> date | None:
    """The first written day behind this one."""
    for year in reversed(index.years()):
        if int(year) >= day.year:
            days = _days(index, year)
            place = bisect_right(days, day)
            if place < len(days):
                return days[place]
    return None


def _days(index: Index, year: str) -> list[date]:
    return [day_of(int(year), code) for code in sorted(index.records(year))]


def complete(index: Index, word: str, limit: int = 8) -> list[str]:
    """The `#tags` or `@people` that begin as `word` does, the most used first, as last spelled."""
    sign, beginning = word[:1], fold(word[1:])
    years = index.years()[:YEARS_FOR_COMPLETION]
    counts = index.counts(escape(sign + beginning), years)
    best = sorted(counts, key=lambda term: (-counts[term], term))[:limit]
    return [spelling(index, term, years) for term in best if term != sign + beginning]


def spelling(index: Index, term: str, years: list[str]) -> str:
    """A folded `#tag` or `@name` as it was written last."""
    for name in years:
        codes = index.postings(name, False).lookup(escape(term))
        if codes:
            for written in _written(index, name, codes[-2:], term[0]):
                if fold(written) == term[1:]:
                    return term[0] + written
    return term


def _written(index: Index, name: str, code: str, sign: str) -> Iterator[str]:
    for record in index.records(name).get(code, ()):
        yield from record["tags" if sign == "#" else "people"]
