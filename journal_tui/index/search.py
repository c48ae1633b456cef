"""Searching: candidates from the postings, newest first, each made sure of before it is given."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.words import words
from journal_tui.errors import UnreadableEntry
from journal_tui.index.index import Index
from journal_tui.index.postings import codes_of, day_of, escape, lookup, slice_of
from journal_tui.index.records import mention_terms
from journal_tui.library.library import Library
from journal_tui.query.grammar import Query, Term, holds

if TYPE_CHECKING:
    from journal_tui.index.records import Record

# Any character but ASCII and the dashes, quotes, bullets and dots that Western texts are set with.
_FOREIGN = re.compile("[^\x00-\x7f\u2010-\u2027]")
LEARNING, ENTRIES, EVERYWHERE = "learning", "entries", "everywhere"


class Hit(NamedTuple):
    """One row of an answer: a learning point, or the line of an entry where it matches.

    `kind` is `learning` or `entry`; `line` counts from 1; `path` is below the journal; `rating`
    is that of the day.
    """

    day: date
    path: str
    kind: str
    text: str
    line: int
    rating: float | None


def search(index: Index, library: Library, query: Query, where: str = EVERYWHERE) -> Iterator[Hit]:
    """All hits, the newest day first, found as they are asked for.

    `learning`: points that hold all terms. `entries`: files that hold all terms, one row each.
    `everywhere`: a file's points that hold all terms, or else the file's row.
    """
    phrases = [_pattern(term) for term in query.terms if len(term.words) > 1]
    for name in index.years():
        codes = _candidates(index, name, query, learning=where == LEARNING)
        if not codes:
            continue
        pointed = codes if where == LEARNING else set()
        if where == EVERYWHERE:
            pointed = _candidates(index, name, query, learning=True)
        for code in sorted(codes, reverse=True):
            day = day_of(int(name), code)
            # A year's records take longer to load than some of its texts to be looked at.
            if phrases and code not in pointed and _lack(library, index.paths(day), phrases):
                continue
            records = index.records(name).get(code, ())
            alone = len(records) == 1
            rating = day_rating(records)
            for record in records:
                hits = _of_file(library, query, where, day, record, alone, code in pointed)
                yield from (hit._replace(rating=rating) for hit in hits)


def all_points(index: Index) -> Iterator[Hit]:
    """Every learning point, the newest day first."""
    for name in index.years():
        days = index.records(name)
        for code in sorted(days, reverse=True):
            records = days[code]
            rating = day_rating(records)
            for record in records:
                for text, line in record["learning"]:
                    day = day_of(int(name), code)
                    yield Hit(day, record["path"], "learning", text, line, rating)


def day_rating(records: "Sequence[Record]") -> float | None:
    """How the day of these files was: a note has the rating of its day's entry."""
    return next((r["rating"] for r in records if r["rating"] is not None), None)


def _candidates(index: Index, name: str, query: Query, learning: bool) -> set[str]:
    """The codes of the days of a year that hold every word asked for, wherever they stand."""
    postings = index.postings(name, learning)
    known, begun = [], []
    for term in query.terms:
        whole = [escape(word) for word in term.words]
        if term.prefix:
            begun.append(whole.pop())
        for word in whole:
            nested = codes_of(slice_of(postings, word + "/")) if term.is_mention else ()
            known.append(lookup(postings, word) + "".join(nested))
    known.sort(key=len)
    codes: set[str] | None = None
    for row in known:
        codes = codes_of(row) if codes is None else {code for code in codes if code in row}
        if not codes:
            return set()
    for beginning in begun:
        days = codes_of(slice_of(postings, beginning))
        codes = days if codes is None else codes & days
    return codes or set()


def _pattern(term: Term) -> re.Pattern[str]:
    """What stands in a text, made lower case, that holds the phrase and no foreign character."""
    return re.compile("[^a-z0-9]+".join(map(re.escape, term.words)))


def _lack(library: Library, paths: list[str], phrases: list[re.Pattern[str]]) -> bool:
    """Whether each of these files is sure to lack one of the phrases."""
    for path in paths:
        try:
            text = library.text(path)
        except (FileNotFoundError, UnreadableEntry):
            continue
        if _FOREIGN.search(text):
            return False
        text = text.lower()
        if all(phrase.search(text) for phrase in phrases):
            return False
    return True


def _of_file(
    library: Library,
    query: Query,
    where: str,
    day: date,
    record: "Record",
    alone: bool,
    pointed: bool,
) -> Iterator[Hit]:
    """A file's hits; `alone`: its day has no other; `pointed`: its points may match."""
    found = False
    if pointed:
        for text, line in record["learning"]:
            if query(words(text), _mentions_in(text, query)):
                found = True
                yield Hit(day, record["path"], "learning", text, line, record["rating"])
    if where == LEARNING or found:
        return
    try:
        text = library.text(record["path"])
    except (FileNotFoundError, UnreadableEntry):
        return
    # The postings are exact for single words of a day with one file; all else is looked up.
    exact = alone and all(len(term.words) == 1 for term in query.terms)
    if exact or query(words(text), mention_terms(record["tags"], record["people"])):
        line, shown = _line(text, query)
        yield Hit(day, record["path"], "entry", shown, line, record["rating"])


def _mentions_in(text: str, query: Query) -> frozenset[str]:
    """The mentions of a text as terms; none where none is asked for, since looking takes long."""
    if not any(term.is_mention for term in query.terms):
        return frozenset()
    from journal_tui.entry.mentions import mentions

    return mention_terms(*mentions(text))


def _line(text: str, query: Query) -> tuple[int, str]:
    """The first line that holds most of what is asked for: its number and its text."""
    best, number, shown = 0, 1, ""
    parts = [word.lstrip("#@") for term in query.terms for word in term.words]
    for index, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        shown = shown or line
        lowered = line.lower()
        # Most lines hold nothing of it, which is quickly said where folding changes no letter.
        if not any(part in lowered for part in parts) and not _FOREIGN.search(line):
            continue
        found = words(line)
        named = _mentions_in(line, query)
        count = sum(_weight(term, found, named) for term in query.terms)
        if count > best:
            best, number, shown = count, index, line
            if count == 2 * len(query.terms):
                break
    return number, " ".join(shown.split())


def _weight(term: Term, found: list[str], named: frozenset[str]) -> int:
    """2 for a line that holds the term, 1 for one that holds a part of a phrase across lines."""
    if holds(term, found, named):
        return 2
    return int(len(term.words) > 1 and any(word in found for word in term.words))
