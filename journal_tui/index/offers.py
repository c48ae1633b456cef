"""What to try where a search finds nothing: other spellings, the insides of words, fewer conditions."""

from collections.abc import Callable, Iterator

from journal_tui.entry.words import fold
from journal_tui.errors import QueryError
from journal_tui.index.index import Index
from journal_tui.index.nearly import close_words
from journal_tui.query.grammar import conditions

MOST = 3
# Each is tried, and a long query would be tried for long.
MOST_TERMS = 8


def offers(index: Index, text: str, finds: Callable[[str], bool]) -> list[str]:
    """At most three queries near this one that find something, the nearest first.

    `finds` says whether a query finds anything.
    """
    found: list[str] = []
    for query in dict.fromkeys(_near(index, text, finds)):
        if query != text and query.strip() and _finds(finds, query):
            found.append(query)
            if len(found) == MOST:
                break
    return found


def _finds(finds: Callable[[str], bool], query: str) -> bool:
    try:
        return finds(query)
    except QueryError:
        return False


def _near(index: Index, text: str, finds: Callable[[str], bool]) -> Iterator[str]:
    if " or " in text:
        yield text.replace(" or ", " OR ")
    terms = conditions(text)[:MOST_TERMS]
    for start, end, is_word in terms:
        term = text[start:end]
        if not is_word or _finds(finds, term):
            continue
        for other in close_words(index, fold(term)):
            yield text[:start] + other + text[end:]
        if term[0] not in "#@*":
            yield f"{text[:start]}*{text[start:]}"
    # What is left of parentheses would make no sense to anybody.
    if len(terms) > 1 and "(" not in text:
        for start, end, _ in reversed(terms):
            yield " ".join((text[:start] + text[end:]).split())
