"""Words of the journal that are spelled nearly as one that was not found."""

import re
from collections.abc import Iterable

from journal_tui.entry.words import fold, words
from journal_tui.index.glance import spelling
from journal_tui.index.index import Index
from journal_tui.index.postings import Postings, escape, unescape

# Words with fewer letters are left alone; are looked for under other first letters; may have two
# edits; with more letters are no words.
_SHORT, _MIDDLING, _LONG, _LONGEST = 3, 5, 6, 60
_JOINTS = dict.fromkeys(map(ord, "-_./ '\u2019"))
# What the terms begin with that are no words.
_SIGNS = "#@="
_TERMS = r" ([^!]+)!"


def close_words(index: Index, word: str, limit: int = 3) -> list[str]:
    """The words, `#tags` or `@people` spelled nearly as `word`: the nearest, then the most used.

    One letter may be more, less, other or swapped with its neighbour; two from six letters on,
    where one finds nothing. What begins as the word does is left out: a search finds it anyhow.
    """
    sign = word[:1] if word[:1] in ("#", "@") else ""
    wanted = fold(word.removeprefix(sign))
    if not _SHORT <= len(wanted) <= _LONGEST or wanted.isdigit():
        return []
    if not sign and words(wanted) != [wanted]:
        return []
    years = index.years()
    postings = [index.postings(name, False) for name in years]
    if sign:
        distances = _near_mentions(wanted, _mentions(postings, sign))
    else:
        distances = _near(wanted, _words(postings, wanted))
    nearest = max(1, min(distances.values(), default=0))
    used = {
        term: sum(len(year.lookup(escape(sign + term))) // 2 for year in postings)
        for term, apart in distances.items()
        if apart <= nearest
    }
    best = sorted(used, key=lambda term: (distances[term], -used[term], term))[:limit]
    return [spelling(index, sign + term, years) if sign else term for term in best]


def _mentions(postings: list[Postings], sign: str) -> set[str]:
    """All tags, or all people, without their sign."""
    found: set[str] = set()
    for year in postings:
        found.update(re.findall(_TERMS, year.slice_of(sign)))
    return {unescape(term)[1:] for term in found}


def _words(postings: list[Postings], wanted: str) -> set[str]:
    """The words that begin as the wanted one does, or that go on as it does behind its beginning."""
    beginnings = escape(wanted[0]), escape(wanted[1] + wanted[0])
    rest = escape(wanted[1:]) + "!"
    found: set[str] = set()
    for year in postings:
        for beginning in beginnings:
            found.update(re.findall(_TERMS, year.slice_of(beginning)))
        # What short ones go on with is found in too many words.
        text = year.text
        at = text.find(rest) if len(wanted) >= _MIDDLING else -1
        while at >= 0:
            start, end = text.rfind(" ", 0, at) + 1, at + len(rest) - 1
            if text[start] not in _SIGNS:
                found.add(text[start:end])
            at = text.find(rest, end)
    return {unescape(term) for term in found}


def _near(wanted: str, terms: Iterable[str]) -> dict[str, int]:
    """The terms that are near enough, and how near."""
    most, letters = edits(wanted), set(wanted)
    shortest, longest = len(wanted) - most, len(wanted) + most
    return {
        term: apart
        for term in terms
        # Most are told apart by their length and letters, at a fraction of the cost.
        if shortest <= len(term) <= longest
        and len(letters ^ set(term)) <= 2 * most
        and not term.startswith(wanted)
        and (apart := distance(wanted, term, most)) <= most
    }


def _near_mentions(wanted: str, terms: set[str]) -> dict[str, int]:
    """The same for tags or people: 0 for one with other hyphens, or nested in another."""
    near, plain = _near(wanted, terms), letters_of(wanted)
    leaves = {term: term.rpartition("/")[2] for term in terms if "/" in term}
    near_leaves = _near(wanted, set(leaves.values()))
    for term in terms:
        leaf = leaves.get(term, "")
        if leaf == wanted or (letters_of(term) == plain and not term.startswith(wanted)):
            near[term] = 0
        elif leaf in near_leaves:
            near[term] = min(near_leaves[leaf], near.get(term, edits(wanted)))
    return near


def edits(word: str) -> int:
    """How many edits may lie between this word and one that is meant."""
    return 2 if len(word) >= _LONG else 1


def letters_of(name: str) -> str:
    """A name without what merely joins its words: `one-to-one` and `onetoone` are one."""
    return name.translate(_JOINTS)


def distance(one: str, other: str, most: int) -> int:
    """How many letters are more, less, other, or swapped with their neighbour; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    start, short = 0, min(len(one), len(other))
    while start < short and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            cost = min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != its))
            if min(row, column) > 1 and letter == other[column - 2] and its == one[row - 2]:
                cost = min(cost, earlier[column - 2] + 1)
            now.append(cost)
        earlier, before = before, now
    return min(before[-1], most + 1)
