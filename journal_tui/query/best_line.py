"""Find the line of a text that a query matches best, which a row of the result shows."""

import re

from journal_tui.entry.spellings import searchable_words
from journal_tui.entry.tokenizer import NON_WESTERN, mention_terms
from journal_tui.query.highlight import pattern
from journal_tui.query.nodes import Mention, Words
from journal_tui.query.positions import positions


def best_line(text: str, wanted: list[Words | Mention]) -> tuple[int, str]:
    """Return the number and text of the first line that matches best; the number is 0 for none."""
    if (
        len(wanted) == 1
        and isinstance(wanted[0], Words)
        and (at := _find_in_line(text, wanted[0])) >= 0
    ):
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        return 1 + text.count("\n", 0, at), " ".join(line.split())
    best, number, shown = 0, 0, ""
    parts = list(dict.fromkeys(part for leaf in wanted for part in _parts(leaf)))
    # Try all lines if no candidate matches: one may have the words only in another spelling.
    for lines in (_candidate_lines(text, parts), enumerate(text.split("\n"), 1)):
        for index, line in lines:
            count = _score_line(line, wanted)
            if count > best:
                best, number, shown = count, index, line
                if count == 2 * len(wanted):
                    break
        if best:
            break
    return number, " ".join(shown.split())


def _parts(leaf: Words | Mention) -> tuple[str, ...]:
    return leaf.words if isinstance(leaf, Words) else (leaf.name,)


def _find_in_line(text: str, leaf: Words) -> int:
    """Return the offset of the words in one line; -1 if not found or if the text needs folding."""
    if NON_WESTERN.search(text):
        return -1
    lowered = text.lower()
    for found in re.finditer(pattern(leaf), lowered):
        if "\n" not in found.group():
            return found.start()
    return -1


def _candidate_lines(text: str, parts: list[str]) -> "list[tuple[int, str]]":
    """Return the lines that may contain one of the parts, with their numbers."""
    lines = text.split("\n")
    if NON_WESTERN.search(text):
        return [
            (number, line)
            for number, line in enumerate(lines, 1)
            if NON_WESTERN.search(line) or any(part in line.lower() for part in parts)
        ]
    lowered = text.lower().split("\n")
    return [
        (number, lines[number - 1])
        for number, line in enumerate(lowered, 1)
        if any(part in line for part in parts)
    ]


def _mentions_in(line: str, wanted: list[Words | Mention]) -> frozenset[str]:
    if not any(isinstance(leaf, Mention) for leaf in wanted):
        return frozenset()
    from journal_tui.entry.mentions import mentions

    return mention_terms(*mentions(line))


def _score_line(line: str, wanted: list[Words | Mention]) -> int:
    """Score a line: 2 for each term that it contains, 1 for a phrase of which it has some words."""
    listed = searchable_words(line)
    there, named = set(listed), _mentions_in(line, wanted)
    terms = [leaf for leaf in wanted if isinstance(leaf, Words)]
    count = 0
    for term, places in zip(terms, positions(terms, listed), strict=True):
        if places:
            count += 2
        elif len(term.words) > 1 and not there.isdisjoint(term.words):
            count += 1
    for leaf in wanted:
        if isinstance(leaf, Mention):
            count += 2 * any(mention.startswith(leaf.name) for mention in named)
    return count
