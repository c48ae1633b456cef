"""Suggest other queries if a search finds nothing: other spellings, parts of words, fewer conditions."""

import re
from collections.abc import Callable, Iterable, Iterator

from journal_tui.entry.edit_distance import distance, letters_of
from journal_tui.entry.tokenizer import fold, fold_name, words
from journal_tui.errors import QueryError
from journal_tui.index.index import Index
from journal_tui.index.postings import Postings, escape, unescape
from journal_tui.lookups.mentions import spelled
from journal_tui.query.parser import condition_spans

MAX_OFFERS = 3
# The most hits that are counted of a query with fewer terms.
_MAX_HITS = 100
# Each term is searched for, so more would take too long.
MAX_TERMS = 8
# The fewest letters that a word needs: to be corrected, to be corrected in its first letter, and to
# be corrected by two edits; and the most letters that it may have.
_SHORT, _MIDDLING, _LONG, _LONGEST = 3, 5, 6, 60
# The first characters of terms that aren't words: tags, people and facts.
_NOT_WORDS = "#@="
# A term in the text of postings, after a blank and before the codes of its days.
_TERMS = r" ([^!]+)!"


def suggestions(index: Index, text: str, count: Callable[[str, int], int]) -> list[str]:
    """Return at most `MAX_OFFERS` queries that are like `text` and find something, the nearest first.

    `count(query, most)` returns the number of hits of a query, or `most` if there are more.
    """
    found: list[str] = []
    for query in dict.fromkeys(_candidates(index, text, count)):
        if query != text and query.strip() and _count_safely(count, query):
            found.append(query)
            if len(found) == MAX_OFFERS:
                break
    return found


def _count_safely(count: Callable[[str, int], int], query: str, most: int = 1) -> int:
    try:
        return count(query, most)
    except QueryError:
        return 0


def _candidates(index: Index, text: str, count: Callable[[str, int], int]) -> Iterator[str]:
    if " or " in text:
        yield text.replace(" or ", " OR ")
    terms = condition_spans(text)[:MAX_TERMS]
    for start, end, is_word in terms:
        term = text[start:end]
        if not is_word or _count_safely(count, term):
            continue
        for other in close_words(index, fold(term)):
            yield text[:start] + other + text[end:]
        if term[0] not in "#@*":
            yield f"{text[:start]}*{text[start:]}"
    # Without one of its terms, a query in parentheses may make no sense.
    if len(terms) > 1 and "(" not in text:
        yield from _shorter(text, terms, count)


def _shorter(
    text: str, terms: list[tuple[int, int, bool]], count: Callable[[str, int], int]
) -> list[str]:
    """Return the query once without each of its terms, the one with most hits first.

    A query with a single word is not left with conditions alone, which would find anything.
    """
    # A field begins with its name; a phrase, which begins with its quotation mark, counts as a word.
    spans = [(start, end, is_word or not text[start].isalpha()) for start, end, is_word in terms]
    is_only_word = sum(is_word for *_, is_word in spans) == 1
    queries = [
        " ".join((text[:start] + text[end:]).split())
        for start, end, is_word in reversed(spans)
        if not (is_word and is_only_word)
    ]
    return sorted(queries, key=lambda query: -_count_safely(count, query, _MAX_HITS))


def close_words(index: Index, word: str, limit: int = 3) -> list[str]:
    """Return the words, `#tags` or `@people` spelled nearly like `word`: the nearest, then the most used.

    One letter may be added, missing, different or swapped with its neighbour; for words of six or
    more letters two, if one finds nothing. Words that begin with `word` are left out, because a
    search finds them anyway.
    """
    sign = word[:1] if word[:1] in ("#", "@") else ""
    wanted = fold_name(word.removeprefix(sign))
    if not _SHORT <= len(wanted) <= _LONGEST or wanted.isdigit():
        return []
    if not sign and words(wanted) != [wanted]:
        return []
    known = index.terms(sign) if sign else {}
    postings = [index.segment(year).postings() for year in index.years()]
    if sign:
        distances = _near_mentions(wanted, {term[1:] for term in known})
    else:
        distances = _near_terms(wanted, _words(postings, wanted))
    nearest = max(1, min(distances.values(), default=0))
    used = {
        term: sum(len(year.lookup(escape(sign + term))) // 2 for year in postings)
        for term, apart in distances.items()
        if apart <= nearest
    }
    best = sorted(used, key=lambda term: (distances[term], -used[term], term))[:limit]
    return [spelled(index, sign + term, known[sign + term]) if sign else term for term in best]


def _words(postings: list[Postings], wanted: str) -> set[str]:
    """Return the words that may be near `wanted`.

    They begin with its first letter, or with its first two swapped, or end with all of it but its
    first letter.
    """
    beginnings = escape(wanted[0]), escape(wanted[1] + wanted[0])
    rest = escape(wanted[1:]) + "!"
    found: set[str] = set()
    for year in postings:
        for beginning in beginnings:
            found.update(re.findall(_TERMS, year.slice_of(beginning)))
        # Too many words have the ending of a short one.
        text = year.slice_of("")
        at = text.find(rest) if len(wanted) >= _MIDDLING else -1
        while at >= 0:
            start, end = text.rfind(" ", 0, at) + 1, at + len(rest) - 1
            if text[start] not in _NOT_WORDS:
                found.add(text[start:end])
            at = text.find(rest, end)
    return {unescape(term) for term in found}


def _near_terms(wanted: str, terms: Iterable[str]) -> dict[str, int]:
    """Return the distance of each term that may be meant by `wanted`, in edits.

    Terms that begin with `wanted` are left out.
    """
    most, letters = edits(wanted), set(wanted)
    shortest, longest = len(wanted) - most, len(wanted) + most
    return {
        term: apart
        for term in terms
        # Length and letters rule out most terms at a fraction of the cost.
        if shortest <= len(term) <= longest
        and len(letters ^ set(term)) <= 2 * most
        and not term.startswith(wanted)
        and (apart := distance(wanted, term, most)) <= most
    }


def _near_mentions(wanted: str, terms: set[str]) -> dict[str, int]:
    """Return the distance of each tag or person that may be meant; other hyphens or parents count as 0."""
    near, plain = _near_terms(wanted, terms), letters_of(wanted)
    leaves = {term: term.rpartition("/")[2] for term in terms if "/" in term}
    near_leaves = _near_terms(wanted, set(leaves.values()))
    for term in terms:
        leaf = leaves.get(term, "")
        if leaf == wanted or (letters_of(term) == plain and not term.startswith(wanted)):
            near[term] = 0
        elif leaf in near_leaves:
            near[term] = min(near_leaves[leaf], near.get(term, edits(wanted)))
    return near


def edits(word: str) -> int:
    """Return by how many edits a word may differ from the one that is meant."""
    return 2 if len(word) >= _LONG else 1
