"""Where a query matches in a text that is shown."""

import re
from collections.abc import Iterator
from functools import lru_cache

from journal_tui.entry.words import FOREIGN, fold, word_spans
from journal_tui.query import matchers
from journal_tui.query.grammar import Query
from journal_tui.query.matchers import Mention, Words
from journal_tui.query.positions import positions


def spans(query: Query, text: str) -> list[tuple[int, int]]:
    """The character ranges of `text` that the query's terms match, in order, without overlaps.

    A part of a word marks that part; a phrase is marked from its first word to its last. What the
    query wants to be absent is not marked.
    """
    if not FOREIGN.search(text):
        return _joined(sorted(_plainly(query, text)))
    found: list[tuple[int, int]] = []
    listed = [(start, end, folded) for start, end, folded in word_spans(text) if folded]
    flat = [(start, end, word) for start, end, folded in listed for word in folded]
    plain = [word for _, _, word in flat]
    for leaf in query.wanted:
        if isinstance(leaf, Mention):
            found += _mentioned(leaf, text)
    terms = [leaf for leaf in query.wanted if isinstance(leaf, Words)]
    for leaf, places in zip(terms, positions(terms, plain), strict=True):
        for index in places:
            start, end, word = flat[index + len(leaf.words) - 1]
            # Where folding changes the length, the whole word is marked.
            if leaf.last != "whole" and end - start == len(word):
                begin = word.find(leaf.words[-1])
                end = start + begin + len(leaf.words[-1])
                start += begin
            found.append((start if len(leaf.words) == 1 else flat[index][0], end))
    return _joined(sorted(found))


def pattern(leaf: Words) -> str:
    """What finds the words in a text of plain letters that was made lower case."""
    return ("" if leaf.last == "inside" else "(?<![a-z0-9])") + matchers.pattern(leaf)


def _plainly(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """Where the terms stand in a text of which no letter changes its length when folded."""
    lowered = text.lower()
    wanted = query.wanted
    for leaf in wanted:
        if isinstance(leaf, Mention):
            yield from _mentioned(leaf, text)
    for compiled in _compiled(tuple(leaf for leaf in wanted if isinstance(leaf, Words))):
        yield from (found.span(1) for found in compiled.finditer(lowered))


@lru_cache(maxsize=8)
def _compiled(terms: tuple[Words, ...]) -> list[re.Pattern[str]]:
    """Return patterns that together find all the terms, each text being read once for each of them."""
    # The longest first: where several terms begin at one place, only the first is found.
    listed = sorted(terms, key=lambda term: -len(" ".join(term.words)))
    within = [matchers.pattern(term) for term in listed if term.last == "inside"]
    begun = [matchers.pattern(term) for term in listed if term.last != "inside"]
    return [
        # A look ahead finds those as well that begin within the one before.
        re.compile(f"(?={before}({'|'.join(patterns)}))")
        for before, patterns in (("", within), ("(?<![a-z0-9])", begun))
        if patterns
    ]


def _mentioned(leaf: Mention, text: str) -> list[tuple[int, int]]:
    from journal_tui.entry.mentions import PERSON, TAG

    sign = leaf.name[0]
    return [
        match.span()
        for match in (TAG if sign == "#" else PERSON).finditer(text)
        if (sign + fold(match.group(1))).startswith(leaf.name)
    ]


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def excerpt(
    text: str, ranges: list[tuple[int, int]], width: int
) -> tuple[str, list[tuple[int, int]]]:
    """At most `width` characters of a text around its first match, and the matches within them."""
    if len(text) <= width:
        return text, ranges
    first = ranges[0][0] if ranges else 0
    start = max(0, min(first - width // 4, len(text) - width + 1))
    if start:
        start = text.find(" ", start, first) + 1 or start
    room = width - bool(start)
    end = len(text) if len(text) - start <= room else start + room - 1
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    kept = [(a + shift, min(b, end) + shift) for a, b in ranges if start <= a < end]
    return head + text[start:end] + tail, kept
