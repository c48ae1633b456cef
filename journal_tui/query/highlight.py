"""Find where a query matches in a text, to highlight it and to choose an excerpt."""

import re
from collections.abc import Iterator
from functools import lru_cache

from journal_tui.entry.spellings import other_spellings, phrase_spans
from journal_tui.entry.tokenizer import NON_WESTERN, fold, fold_name, word_spans
from journal_tui.query import nodes
from journal_tui.query.nodes import Mention, Words
from journal_tui.query.parser import Query
from journal_tui.query.positions import positions


def spans(query: Query, text: str) -> list[tuple[int, int]]:
    """Return the character ranges of `text` that the query's terms match, in order, merged.

    A match of part of a word covers that part; a phrase is covered from its first word to its last.
    Terms that the query excludes are ignored.
    """
    if not NON_WESTERN.search(text):
        found = [*_ascii_match_spans(query, text), *_spelling_spans(query, text)]
        return _merge_ranges(sorted(found))
    found = list(_spelling_spans(query, text))
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
            if leaf.last != "whole":
                begin, end = _place_in_word(text[start:end], word, leaf.words[-1])
                start, end = start + begin, start + end
            found.append((start if len(leaf.words) == 1 else flat[index][0], end))
    return _merge_ranges(sorted(found))


def _place_in_word(written: str, word: str, piece: str) -> tuple[int, int]:
    """Return where a piece of a folded word begins and ends in the word as it is written."""
    folded: list[str] = []
    offsets: list[int] = []
    has_no_signs = word.isalnum()
    for offset, character in enumerate(written):
        letters = fold(character)
        if has_no_signs and not letters.isalnum():
            # The folded word lacks the hyphens, apostrophes or separators between its pieces.
            letters = ""
        folded.append(letters)
        offsets += [offset] * len(letters)
    begin = word.find(piece)
    if "".join(folded) != word:
        # The written word folds to several, or is an amount: mark all of it.
        return 0, len(written)
    end = offsets[begin + len(piece) - 1] + 1
    # An accent or a hidden character after the last letter belongs to it.
    while end < len(written) and not fold(written[end]):
        end += 1
    return offsets[begin], end


def pattern(leaf: Words) -> str:
    """Return the regular expression that finds the words in a lower-case ASCII text."""
    return ("" if leaf.last == "inside" else "(?<![a-z0-9])") + nodes.pattern(leaf)


def _spelling_spans(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the other spellings of a text that the terms match."""
    terms = [leaf for leaf in query.wanted if isinstance(leaf, Words)]
    if terms:
        for start, end, run in other_spellings(text):
            for leaf in terms:
                if leaf.places(list(run)):
                    is_part = leaf.last != "whole" and len(run) == 1
                    piece = leaf.words[-1] if is_part else run[-1]
                    begin, stop = _place_in_word(text[start:end], run[0], piece)
                    yield start + begin, start + stop
        phrases = [leaf for leaf in terms if len(leaf.words) > 1]
        for listed in phrase_spans(text) if phrases else ():
            said = [word for _, _, word in listed]
            for leaf in phrases:
                for place in leaf.places(said):
                    start, end, word = listed[place + len(leaf.words) - 1]
                    if leaf.last != "whole":
                        begin, stop = _place_in_word(text[start:end], word, leaf.words[-1])
                        start, end = start + begin, start + stop
                    yield listed[place][0], end


def _ascii_match_spans(query: Query, text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the terms in a text in which folding doesn't change any length."""
    lowered = text.lower()
    wanted = query.wanted
    for leaf in wanted:
        if isinstance(leaf, Mention):
            yield from _mentioned(leaf, text)
    for compiled in _compiled(tuple(leaf for leaf in wanted if isinstance(leaf, Words))):
        yield from (found.span(1) for found in compiled.finditer(lowered))


@lru_cache(maxsize=8)
def _compiled(terms: tuple[Words, ...]) -> list[re.Pattern[str]]:
    """Return at most two patterns that together find all the terms in a lower-case text."""
    # Longest first, because only the first alternative that matches at a place is found.
    listed = sorted(terms, key=lambda term: -len(" ".join(term.words)))
    within = [nodes.pattern(term) for term in listed if term.last == "inside"]
    begun = [nodes.pattern(term) for term in listed if term.last != "inside"]
    return [
        # A lookahead also finds matches that begin inside the previous one.
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
        if (sign + fold_name(match.group(1))).startswith(leaf.name)
    ]


def _merge_ranges(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
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
    """Return at most `width` characters around the first match, and the matches in them."""
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
