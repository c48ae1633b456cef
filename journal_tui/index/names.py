"""The tags and the people of a journal: on how many days, from when to when, and which look alike."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.entry.words import fold
from journal_tui.index.glance import spelling
from journal_tui.index.index import Index
from journal_tui.index.nearly import distance, letters_of
from journal_tui.index.postings import codes_of, day_of, unescape

# A tag that is nested deeper (front matter may hold anything) is taken as one without parents.
_DEEPEST = 20
# From how many letters on a name may be meant by one that has a letter more, less or swapped;
# another letter; two of these. Longer ones than the last are looked at for hyphens alone.
_ONE_EDIT, _ANY_EDIT, _TWO_EDITS, _LONGEST = 4, 6, 8, 60
_PLURAL = re.compile("(?<=...)(?:(?<=[sxz])es|(?<=[cs]h)es|(?<=[^s])s)$")


class Name(NamedTuple):
    """A tag or a person.

    `term` is folded and has its sign, `spelled` is the name as last written, without it. `days`
    are those with it or a tag below it; `depth` says below how many others it is listed.
    """

    term: str
    spelled: str
    days: int
    first: date
    last: date
    depth: int = 0


# On which days of which year (the newest first) a term stands: day codes, run together.
_Days = dict[str, str]


def names(index: Index, sign: str, by_name: bool = False) -> list[Name]:
    """All `#` tags or `@` people, the most used first (or by name), each tag with those below it.

    A parent that was never written itself is listed where it has several children.
    """
    written: dict[str, _Days] = {}
    for year in index.years():
        for item in index.postings(year, False).slice_of(sign).split():
            term, _, codes = item.partition("!")
            written.setdefault(unescape(term), {})[year] = codes
    children = _children(written)
    days: dict[str, _Days] = {}
    found: dict[str, Name] = {}
    # From the leaves up: a parent is shorter than its children.
    for term in sorted(written.keys() | children.keys(), key=len, reverse=True):
        below = children.get(term, ())
        days[term] = _merged([written.get(term, {}), *(days[child] for child in below)])
        if term in written:
            spelled = spelling(index, term, [max(written[term])])[1:]
        else:
            spelled = _head(max((found[child] for child in below), key=lambda n: (n.last, n.term)))
        found[term] = _name(term, spelled, days[term])

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


def _parent(term: str) -> str:
    """The tag that this one is nested in; "" for none."""
    if not 0 < term.count("/") <= _DEEPEST:
        return ""
    head = term.rpartition("/")[0].rstrip("/")
    return head if len(head) > 1 else ""


def _children(terms: Iterable[str]) -> dict[str, set[str]]:
    """What is directly below each parent, be it written itself or not."""
    found: dict[str, set[str]] = {}
    for term in terms:
        child = term
        while (parent := _parent(child)) and child not in found.setdefault(parent, set()):
            found[parent].add(child)
            child = parent
    return found


def _merged(uses: list[_Days]) -> _Days:
    """The days of several terms together."""
    merged: _Days = {}
    for days in uses:
        for year, codes in days.items():
            known = merged.get(year)
            merged[year] = "".join(sorted(codes_of(known + codes))) if known else codes
    return merged


def _head(child: Name) -> str:
    """How the parent of a tag is spelled in it."""
    spelled = child.spelled.rpartition("/")[0].rstrip("/")
    parent = _parent(child.term)[1:]
    return spelled if fold(spelled) == parent else parent


def _name(term: str, spelled: str, days: _Days) -> Name:
    first, last = min(days), max(days)
    return Name(
        term,
        spelled,
        sum(map(len, days.values())) // 2,
        day_of(int(first), days[first][:2]),
        day_of(int(last), days[last][-2:]),
    )


# -- alike ----------------------------------------------------------------------------------


def alike(found: list[Name]) -> list[tuple[Name, Name]]:
    """The pairs that probably mean one thing, the more used name first; the most used pair first.

    Same letters but for hyphens, nesting or a plural; or, under one parent, one edit between
    names of four letters and two between those of eight. Other numbers are other things.
    """
    listed = {name.term for name in found}
    same: dict[str, list[Name]] = {}
    siblings: dict[tuple[str, str, str], list[tuple[str, set[str], Name]]] = {}
    pairs: list[tuple[Name, Name]] = []
    for name in sorted(found, key=lambda name: (-name.days, name.term)):
        keys = [_singular(letters_of(part)) for part in name.term[1:].split("/")]
        twins = same.setdefault("".join(keys) or name.term, [])
        pairs += [(twin, name) for twin in twins[:1] if not _told_by_parents(twin, name, listed)]
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


def _told_by_parents(one: Name, other: Name, listed: set[str]) -> bool:
    """Whether two names differ above their last part alone, which the pair above them says."""
    above, leaf = _parent(one.term), one.term.rpartition("/")[2]
    return {above, _parent(other.term)} <= listed and leaf == other.term.rpartition("/")[2]


def _singular(word: str) -> str:
    """A plural in English without its ending; any other word is left nearly so."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return _PLURAL.sub("", word)


def _edits(one: str, other: str) -> int:
    """How many edits may lie between two names; -1 for such that are too unlike in length."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    most = 0 if longer < _ONE_EDIT else 1 if longer < _TWO_EDITS else 2
    return most if longer - shorter <= most else -1


def _is_near(one: str, other: str) -> bool:
    """Whether the letters of one name may be the other's, mistyped or worded otherwise."""
    most = _edits(one, other)
    if max(len(one), len(other)) < _ANY_EDIT and len(one) == len(other):
        # One letter for another makes a new word of most short ones.
        return sorted(one) == sorted(other) and distance(one, other, most) <= most
    return distance(one, other, most) <= most
