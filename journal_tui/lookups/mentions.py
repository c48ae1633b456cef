"""Look up tags and people: how often and when each is used, and which probably mean the same."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry.edit_distance import distance, letters_of
from journal_tui.entry.tokenizer import fold, fold_name
from journal_tui.index.index import Index
from journal_tui.index.postings import codes_of, count_days, day_of, is_day, sort_key
from journal_tui.query.fields import ENTRY

# Completion offers only names used in the latest years; older ones are found by search.
YEARS_FOR_COMPLETION = 5
# A tag that is nested deeper (front matter may hold anything) counts as one without parents.
_DEEPEST_NESTING = 20
# The fewest letters that names need to be similar by one edit (a letter added, missing or swapped), by
# a wrong letter, and by two edits. Longer names than the last are compared only for hyphens, nesting
# and plurals.
_ONE_EDIT, _ANY_EDIT, _TWO_EDITS, _LONGEST = 4, 6, 8, 60
_PLURAL = re.compile("(?<=...)(?:(?<=[sxz])es|(?<=[cs]h)es|(?<=[^s])s)$")


class Name(NamedTuple):
    """A tag or a person.

    `term` is folded and has its sign; `spelled` is the name as last written, without the sign.
    `days` is how many days have it or a tag nested in it, and `first` and `last` the first and the last
    of them. Period notes don't count; if only they have it, `days` is 0, and `first` and `last` are the
    first days of their periods. `depth` is its level in the list, from 0.
    """

    term: str
    spelled: str
    days: int
    first: date
    last: date
    depth: int = 0


# The days of a term by year, the newest year first: the codes of the days as one string.
_Days = dict[str, str]


def _parent(term: str) -> str:
    """Return the tag in which a tag is nested; "" if it isn't nested."""
    if not 0 < term.count("/") <= _DEEPEST_NESTING:
        return ""
    head = term.rpartition("/")[0].rstrip("/")
    return head if len(head) > 1 else ""


def _children(terms: Iterable[str]) -> dict[str, set[str]]:
    """Return the direct children of each parent; both may be written only as parts of longer tags."""
    found: dict[str, set[str]] = {}
    for term in terms:
        child = term
        while (parent := _parent(child)) and child not in found.setdefault(parent, set()):
            found[parent].add(child)
            child = parent
    return found


def is_within(term: str, parent: str) -> bool:
    """Return whether a folded tag or person is `parent`, or a tag nested in it."""
    return term == parent or term.startswith(f"{parent}/")


def _merge_days(uses: list[_Days]) -> _Days:
    """Return the days of several terms together."""
    merged: _Days = {}
    for days in uses:
        for year, codes in days.items():
            known = merged.get(year)
            merged[year] = "".join(sorted(codes_of(known + codes))) if known else codes
    return merged


def _parent_spelling(child: Name) -> str:
    """Return the spelling of a tag's parent, taken from the tag's own spelling."""
    spelled = child.spelled.rpartition("/")[0].rstrip("/")
    parent = _parent(child.term)[1:]
    return spelled if fold(spelled) == parent else parent


def _name_of(term: str, spelled: str, days: _Days) -> Name:
    number = sum(map(count_days, days.values()))
    years = sorted(days)
    return Name(
        term,
        spelled,
        number,
        _first_of(days, years, min, only_days=number > 0),
        _first_of(days, reversed(years), max, only_days=number > 0),
    )


def _first_of(
    days: _Days, years: Iterable[str], choose: Callable[..., str], *, only_days: bool
) -> date:
    """Return the day that `choose` picks, such as `min`, in the first of the years that has one.

    With `only_days`, ignore period notes, which are listed under the first day of their period.
    """
    for year in years:
        codes = codes_of(days[year])
        if only_days:
            codes = {code for code in codes if is_day(code)}
        if codes:
            return day_of(int(year), choose(codes, key=sort_key))
    raise ValueError("a name without a day")


def similar_names(found: list[Name]) -> list[tuple[Name, Name]]:
    """Return the pairs of names that probably mean the same, the most used pair and name first.

    They have the same letters except for hyphens, nesting or a plural. Or they have the same parent
    and the same digits, and differ by one edit (names from four letters) or by two (from eight).
    """
    listed = {name.term for name in found}
    same: dict[str, list[Name]] = {}
    siblings: dict[tuple[str, str, str], list[tuple[str, set[str], Name]]] = {}
    pairs: list[tuple[Name, Name]] = []
    for name in sorted(found, key=lambda name: (-name.days, name.term)):
        keys = [_singular(letters_of(part)) for part in name.term[1:].split("/")]
        twins = same.setdefault("".join(keys) or name.term, [])
        pairs += [
            (twin, name) for twin in twins[:1] if not _is_implied_by_parents(twin, name, listed)
        ]
        twins.append(name)
        leaf = keys[-1]
        if len(twins) > 1 or not _ONE_EDIT - 1 <= len(leaf) <= _LONGEST:
            continue
        number = "".join(c for c in leaf if c.isdigit())
        near = siblings.setdefault((_parent(name.term), leaf[0], number), [])
        letters = set(leaf)
        pairs += [
            (other, name)
            for its, its_letters, other in near
            if len(letters ^ its_letters) <= 2 * _edits(leaf, its) and _is_near(leaf, its)
        ]
        near.append((leaf, letters, name))
    return sorted(pairs, key=lambda pair: (-pair[0].days - pair[1].days, pair[0].term))


def _is_implied_by_parents(one: Name, other: Name, listed: set[str]) -> bool:
    """Return whether two names differ only in their parents, which are a pair themselves."""
    above, leaf = _parent(one.term), one.term.rpartition("/")[2]
    return {above, _parent(other.term)} <= listed and leaf == other.term.rpartition("/")[2]


def _singular(word: str) -> str:
    """Return an English plural without its ending; other words are left nearly as they are."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return _PLURAL.sub("", word)


def _edits(one: str, other: str) -> int:
    """Return how many edits two names may differ by; -1 if their lengths differ too much."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    most = 0 if longer < _ONE_EDIT else 1 if longer < _TWO_EDITS else 2
    return most if longer - shorter <= most else -1


def _is_near(one: str, other: str) -> bool:
    """Return whether one name may be the other, mistyped or in another form."""
    most = _edits(one, other)
    if max(len(one), len(other)) < _ANY_EDIT and len(one) == len(other):
        # In a short name, another letter usually makes another word.
        return sorted(one) == sorted(other) and distance(one, other, most) <= most
    return distance(one, other, most) <= most


def spelled(index: Index, term: str, days: _Days) -> str:
    """Return a folded `#tag` or `@name` as it was written on the last of its days."""
    year, codes = next(iter(days.items()))
    records = index.segment(year).days()[max(codes_of(codes), key=sort_key)].records
    written = (name for r in records for name in r["tags" if term[0] == "#" else "people"])
    return next((term[0] + name for name in written if fold(name) == term[1:]), term)


class Mentions:
    """The tags and the people of one journal."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def all(self, sign: str, by_name: bool = False) -> list[Name]:
        """Return all `#` tags or `@` people, the most used first, or by name.

        Each tag is followed by its children. A parent that was never written itself is listed if
        it has several children.
        """
        written = self._index.terms(sign)
        children = _children(written)
        days: dict[str, _Days] = {}
        found: dict[str, Name] = {}
        # From the leaves up: a parent is shorter than its children.
        for term in sorted(written.keys() | children.keys(), key=len, reverse=True):
            below = children.get(term, ())
            days[term] = _merge_days([written.get(term, {}), *(days[child] for child in below)])
            if term in written:
                name = spelled(self._index, term, written[term])[1:]
            else:
                last = max(
                    (found[child] for child in below), key=lambda child: (child.last, child.term)
                )
                name = _parent_spelling(last)
            found[term] = _name_of(term, name, days[term])

        def order(term: str) -> tuple[int, str]:
            return (0 if by_name else -found[term].days, term)

        def listed(terms: Iterable[str], depth: int) -> Iterator[Name]:
            for term in sorted(terms, key=order):
                below = children.get(term, set())
                named = term in written or len(below) > 1
                if named:
                    yield found[term]._replace(depth=depth)
                yield from listed(below, depth + named)

        return list(listed((term for term in found if not _parent(term)), 0))

    def one(self, term: str) -> Name | None:
        """Return a folded tag or person, or None if it was never used.

        Tags nested in it count as well. Its `spelled` is the folded name, so that no record is read.
        """
        known = self._index.terms(term)
        nested = [days for it, days in known.items() if is_within(it, term)]
        return _name_of(term, term[1:], _merge_days(nested)) if nested else None

    def named(self, term: str) -> Name | None:
        """Return a folded tag or person as `one` does, but spelled as it was last written."""
        found, known = self.one(term), self._index.terms(term).get(term)
        if found and known:
            return found._replace(spelled=spelled(self._index, term, known)[1:])
        return found

    def nested(self, term: str) -> list[str]:
        """List the tags that are nested in a folded tag, as last spelled, with their signs."""
        known = self._index.terms(f"{term}/")
        return [spelled(self._index, it, days) for it, days in sorted(known.items())]

    def days(self, term: str, part: str = ENTRY) -> dict[str, set[str]]:
        """Return by year the codes of the days and periods that use a name, or a tag nested in it.

        Only uses in `part` count, such as in learning points.
        """
        found: dict[str, set[str]] = {}
        for known, uses in self._index.terms(term, part=part).items():
            if is_within(known, term):
                for year, codes in uses.items():
                    found.setdefault(year, set()).update(codes_of(codes))
        return found

    def files(self, term: str) -> list[tuple[date, str]]:
        """Return the day and path of each file that has a folded tag, or a tag nested in it, or a person.

        The newest file comes first; period notes are among them.
        """
        found: list[tuple[date, str]] = []
        days = self.days(term)
        key = "tags" if term[0] == "#" else "people"
        for year in sorted(days, reverse=True):
            records = self._index.segment(year).days()
            for code in sorted(days[year] & records.keys(), key=sort_key, reverse=True):
                found += (
                    (records[code].day, record["path"])
                    for record in records[code].records
                    if any(is_within(term[0] + fold(name), term) for name in record[key])
                )
        return found

    similar = staticmethod(similar_names)

    def complete(self, word: str, limit: int = 8) -> list[str]:
        """List the `#tags` or `@names` that begin with `word`, the most used first, as last spelled."""
        typed = word[:1] + fold_name(word[1:])
        known = self._index.terms(typed, self._index.years()[:YEARS_FOR_COMPLETION])
        used = {term: sum(map(len, days.values())) for term, days in known.items()}
        best = sorted(used, key=lambda term: (-used[term], term))[:limit]
        return [spelled(self._index, term, known[term]) for term in best if term != typed]
