"""Find the line that a row of a result shows: the one that matches the query best, or the headline."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.spellings import searchable_words
from journal_tui.entry.tokenizer import NON_WESTERN, mention_terms
from journal_tui.query.highlight import pattern
from journal_tui.query.nodes import Mention, Words
from journal_tui.query.positions import positions


class ResultLine(NamedTuple):
    """A text of an entry with the number of its line, from 1."""

    text: str
    line: int


def headline(record: Mapping[str, Any], read: Callable[[], str]) -> ResultLine | None:
    """Return the first sentence of the prose, or else the first learning point, remark or title.

    `read()` returns the text of the file, "" if that is gone; it is called only if there is prose.
    """
    from journal_tui.entry.sentences import first_sentence

    text = read() if record["prose"] else ""
    for start, end in record["prose"]:
        said, line = first_sentence(text[start:end])
        if said:
            return ResultLine(said, plain_newlines(text[:start]).count("\n") + line + 1)
    for said, line in record["learning"]:
        return ResultLine(said, line)
    if said := record["remark"]:
        return ResultLine(said, max(record["rating_line"], 1))
    if said := record["title"]:
        return ResultLine(said, max(record["title_line"], 1))
    return None


def best_line(text: str, wanted: list[Words | Mention]) -> ResultLine | None:
    """Return the first of the lines that match best; None if no line matches."""
    if (
        len(wanted) == 1
        and isinstance(wanted[0], Words)
        and (at := _find_in_line(text, wanted[0])) >= 0
    ):
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        return ResultLine(" ".join(line.split()), 1 + text.count("\n", 0, at))
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
    return ResultLine(" ".join(shown.split()), number) if best else None


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
