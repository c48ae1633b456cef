"""Text → query.

    query  = term, { blank, term } ;            every term must be there
    term   = '"', { any character }, '"'        these words, whole, one behind the other
           | "#", tag | "@", name               a tag (with those nested in it), a person
           | word ;                             words that begin with it

Case and accents do not matter. A word that holds a hyphen or an apostrophe is a phrase.
"""

import re
from typing import NamedTuple

from journal_tui.entry.words import fold, words
from journal_tui.errors import QueryError

LONGEST = 2_000
_TERM = re.compile(r'"([^"]*)("?)|(\S+)')
_MENTION = re.compile(r"[#@][^\W_][\w./-]*")


class Term(NamedTuple):
    """One thing asked for: folded words in a row, the last one a beginning where `prefix`.

    A tag or a person is one word with its sign: `("#planning",)`.
    """

    words: tuple[str, ...]
    prefix: bool

    @property
    def is_mention(self) -> bool:
        """Whether a tag or a person is asked for, not words of the text."""
        return self.words[0][0] in "#@"


class Query(NamedTuple):
    """Terms that must all be there; called with the words and the mentions of a text."""

    terms: tuple[Term, ...]

    def __call__(self, text: list[str], mentions: frozenset[str]) -> bool:
        """Whether a text with these folded words (in order) and these `#tags` and `@people` matches."""
        return all(holds(term, text, mentions) for term in self.terms)


def holds(term: Term, text: list[str], mentions: frozenset[str]) -> bool:
    """Whether one term is there."""
    if term.is_mention:
        return any(mention_matches(term, mention) for mention in mentions)
    return bool(places(term, text))


def mention_matches(term: Term, mention: str) -> bool:
    """Whether a folded `#tag` or `@name` is the one asked for, or one nested in it."""
    wanted = term.words[0]
    return mention == wanted or mention.startswith(wanted if term.prefix else wanted + "/")


def places(term: Term, text: list[str]) -> list[int]:
    """Where in a list of folded words a term of words begins."""
    *whole, last = term.words
    count = len(whole)
    found = []
    for index in range(count, len(text)):
        word = text[index]
        matches = word.startswith(last) if term.prefix else word == last
        if matches and (not count or text[index - count : index] == whole):
            found.append(index - count)
    return found


def parse(text: str) -> Query:
    """Read a query as typed. Raises QueryError for one without a word, or longer than 2,000."""
    if len(text) > LONGEST:
        raise QueryError(f"A search has at most {LONGEST} characters.", LONGEST)
    terms: dict[Term, None] = {}
    for quoted, closed, word in _TERM.findall(text):
        if word and _MENTION.fullmatch(word):
            terms[Term((word[0] + fold(word[1:]).rstrip("-/."),), True)] = None
            continue
        listed = tuple(words(word or quoted))
        if listed:
            terms[Term(listed, bool(word) or not closed)] = None
    if not terms:
        raise QueryError("Say what to search for: one or more words.")
    return Query(tuple(terms))
