"""Where a query matches in a text that is shown."""

from journal_tui.entry.words import fold, word_spans
from journal_tui.query.grammar import Query, mention_matches, places


def spans(query: Query, text: str) -> list[tuple[int, int]]:
    """The character ranges of `text` that the query's terms match, in order, without overlaps.

    A beginning of a word marks that beginning; a phrase is marked from its first word to its last.
    """
    found: list[tuple[int, int]] = []
    listed = [(start, end, folded) for start, end, folded in word_spans(text) if folded]
    flat = [(start, end, word) for start, end, folded in listed for word in folded]
    plain = [word for _, _, word in flat]
    for term in query.terms:
        if term.is_mention:
            from journal_tui.entry.mentions import PERSON, TAG

            for pattern, sign in ((TAG, "#"), (PERSON, "@")):
                found += [
                    match.span()
                    for match in pattern.finditer(text)
                    if mention_matches(term, sign + fold(match.group(1)))
                ]
            continue
        for index in places(term, plain):
            start, end, word = flat[index + len(term.words) - 1]
            if term.prefix and end - start == len(word):
                end = start + len(term.words[-1])
            found.append((flat[index][0], end))
    return _joined(sorted(found))


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
    start = max(0, min(first - width // 4, len(text) - width))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), start + width - 2)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    kept = [(a + shift, min(b, end) + shift) for a, b in ranges if start <= a < end]
    return head + text[start:end] + tail, kept
