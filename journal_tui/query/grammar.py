"""The language of a search.

    vendor silence             both words, each by its beginning
    "old machines"             these words, whole, in this order
    *port                      inside words too: report, airport
    vendor OR supplier         either of them; OR in capitals
    vendor -contract           without it; also -"…", -#tag, -( … )
    (vendor OR supplier) late  parentheses group conditions
    #site-visit  @colm         a tag and those nested in it; a person
    in:learning                only learning points; or in:feedback,
                               in:follow-ups, in:title, in:remark, in:prose
    rating:>=8  rating:6..8    how the day was
    date:2014-09..2014-11      in a period, such as 2014-Q3, 2014-W41,
                               last-month, "3 weeks ago", yesterday, "day 168"
    since:2014-10  until:2015  from its first day; up to its last
    on:monday                  on that weekday; several as on:sat,sun
    day:168  day:100..200      the day's number
    words:>300                 how long the entry is
    has:rating  -has:learning  also feedback, follow-ups, remark, tags,
                               people, problems
    is:open                    follow-ups that are open; or done, late
    kind:service-review        notes of that kind, by their name or their
                               front matter

All the words must match, unless OR is between them. Case and accents do not
matter. Put a value with spaces in quotes: since:"last week".
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from journal_tui.entry.words import SIGNS, fold, words
from journal_tui.errors import QueryError
from journal_tui.query import values
from journal_tui.query.matchers import (
    OF_FILE,
    And,
    In,
    Matcher,
    Mention,
    Not,
    Or,
    Passage,
    State,
    Words,
    leaves,
)

LONGEST = 2_000
# The language as help shows it.
LANGUAGE = "\n".join((__doc__ or "").splitlines()[2:])
DEEPEST = 40
# Each different condition is looked for in every text that is weighed or shown.
MOST_CONDITIONS = 100
# So many conditions that cannot be read are left out of a query; of one with more nothing is left.
MOST_FAULTS = 8
_TOKEN = re.compile(
    # Blanks are never given back: of a thousand at the end each would be tried as a beginning.
    r"""\s*+(?:(?P<open>-*\()|(?P<close>\))"""
    r"""|(?P<field>-*[A-Za-z]+:(?!//))(?P<value>"[^"]*"?|[^\s()]*)"""
    r"""|(?P<dash>-*)"(?P<quoted>[^"]*)(?P<closed>"?)"""
    r"""|(?P<word>[^\s()"]+))"""
)
_MENTION = r"[#@][^\W_][\w{}./-]*"

ReadDay = Callable[[str], date]


class Query(NamedTuple):
    """A matcher and the text it was read from; called with a passage."""

    matcher: Matcher
    text: str

    def __call__(self, passage: Passage) -> bool:
        """Whether a passage matches."""
        return self.matcher(passage)

    @property
    def wanted(self) -> list[Words | Mention]:
        """The words and mentions that a match holds, those that must be absent left out."""
        found = [
            leaf
            for leaf, wanted in leaves(self.matcher)
            if wanted and isinstance(leaf, Words | Mention)
        ]
        # Each is looked for in every text that is shown, so each is listed once.
        return list(dict.fromkeys(found))

    @property
    def is_scoped(self) -> bool:
        """Whether the query itself says which kinds of passages it is about: `in:`, `is:`."""
        return any(isinstance(leaf, In | State) for leaf, _ in leaves(self.matcher))

    @property
    def has_several_words(self) -> bool:
        """Whether words are asked for that stand together, in a row or anywhere."""
        return (
            sum(len(leaf.words) for leaf, _ in leaves(self.matcher) if isinstance(leaf, Words)) > 1
        )

    @property
    def is_narrow(self) -> bool:
        """Whether a point may match of which the entry does not: by a "not", or by a phrase."""
        return any(
            not wanted or (isinstance(leaf, Words) and len(leaf.words) > 1)
            for leaf, wanted in leaves(self.matcher)
        )

    def explain(self) -> list[str]:
        """How the query was understood, a line for each condition, dates resolved."""
        from journal_tui.query.explain import explain

        return explain(self.matcher)


def parse(text: str, today: date, day: ReadDay | None = None) -> Query:
    """Read a query; `today` and `day` (words → day, as "day 168") resolve its dates.

    Raises QueryError with the column of what cannot be read.
    """
    if len(text) > LONGEST:
        raise _too_long()
    return Query(_Parser(text, today, day).whole(), text)


def _too_long() -> QueryError:
    return QueryError(f"A search can have at most {LONGEST} characters. Shorten it.", LONGEST)


def understood(
    text: str, today: date, day: ReadDay | None = None
) -> tuple[Query | None, QueryError | None]:
    """The part of a query that can be read, and what is wrong with the rest.

    What cannot be read is left out, as if it were not there. (None, None) for a blank text.
    """
    if not text.strip():
        return None, None
    fault = _too_long() if len(text) > LONGEST else None
    text = text[:LONGEST]
    for _ in range(MOST_FAULTS):
        try:
            return parse(text, today, day), fault
        except QueryError as error:
            fault = fault or error
            # A parenthesis not closed yet is no reason to show nothing.
            inner = _closed(text)
            if inner:
                try:
                    return parse(inner, today, day), fault
                except QueryError:
                    pass
            is_cut = isinstance(error, _TooMany)
            text = text[: error.column] if is_cut else _without(text, error.begin)
            if not text.strip():
                break
    return None, fault


def _without(text: str, begin: int) -> str:
    """The query without the condition that begins there; blank where there is none."""
    for token in _TOKEN.finditer(text):
        if token.end() > begin:
            start = token.end() - len(token[0].lstrip())
            return text[:start] + " " * (token.end() - start) + text[token.end() :]
    return ""


def conditions(text: str) -> list[tuple[int, int, bool]]:
    """Where the conditions of a query stand that a match must meet; whether each is a plain word."""
    found = []
    for token in _TOKEN.finditer(text[:LONGEST]):
        word = token["word"]
        if word:
            if word not in ("OR", "AND") and word[0] != "-" and _can_be_met(word):
                found.append((*token.span("word"), True))
        elif (token["field"] or token["quoted"]) and text[
            token.end() - len(token[0].lstrip())
        ] != "-":
            found.append((token.end() - len(token[0].lstrip()), token.end(), False))
    return found


def _closed(text: str) -> str:
    missing = 0
    for found in _TOKEN.finditer(text):
        missing = max(0, missing + bool(found["open"]) - bool(found["close"]))
    return text + ")" * missing if 0 < missing <= DEEPEST else ""


class _TooMany(QueryError):
    """A query with more different conditions than one may have; `column` is where the next begins."""


class _Parser:
    """One pass over the tokens of a query, by recursive descent."""

    def __init__(self, text: str, today: date, day: ReadDay | None) -> None:
        self._text, self._today, self._day = text, today, day
        self._tokens = list(_TOKEN.finditer(text))
        self._at = self._depth = 0
        self._conditions: set[str] = set()

    def whole(self) -> Matcher:
        found = self._or()
        if (token := self._next()) and token["close"]:
            raise QueryError("This “)” has no “(” before it. Leave it out.", token.start("close"))
        if found is None:
            raise QueryError("Say what to search for: one or more words.", len(self._text), 0)
        return found

    def _next(self) -> "re.Match[str] | None":
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _or(self) -> Matcher | None:
        parts = [self._and()]
        while (token := self._next()) and token["word"] == "OR":
            self._at += 1
            parts.append(self._and())
            if parts[-2] is None or parts[-1] is None:
                raise QueryError(
                    "OR needs something to search for on both sides.", token.start("word")
                )
        found = _distinct(part for part in parts if part is not None)
        if not found:
            return None
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _and(self) -> Matcher | None:
        parts: list[Matcher] = []
        while (token := self._next()) and not token["close"] and token["word"] != "OR":
            self._at += 1
            if token["word"] == "AND":
                continue
            part = self._one(token)
            if part is not None:
                parts.append(part)
        found = tuple(sorted(_distinct(parts), key=lambda part: not isinstance(part, OF_FILE)))
        if not found:
            return None
        return found[0] if len(found) == 1 else And(found)

    def _one(self, token: "re.Match[str]") -> Matcher | None:
        """What one token asks for; None for one that holds no word."""
        found: Matcher | None
        if opened := token["open"]:
            dashes, found = opened.count("-"), self._group(token)
        elif field := token["field"]:
            dashes = field.count("-")
            name = field.strip("-:")
            column = token.start("field") + dashes
            at = token.start("value")
            found = values.read(name, token["value"], column, at, self._today, self._day)
        elif token["word"] is None:
            dashes, listed = token["dash"].count("-"), tuple(words(token["quoted"]))
            found = Words(listed, "whole" if token["closed"] else "begins") if listed else None
        else:
            word = token["word"].lstrip("-")
            dashes = len(token["word"]) - len(word)
            try:
                found = _word(word)
            except QueryError as error:
                error.column = error.begin = token.start("word")
                raise
        if found is not None and not opened:
            self._count(found, token)
        return Not(found) if found is not None and dashes % 2 else found

    def _count(self, condition: Matcher, token: "re.Match[str]") -> None:
        self._conditions.add(repr(condition))
        if len(self._conditions) > MOST_CONDITIONS:
            column = token.end() - len(token[0].lstrip())
            raise _TooMany(
                f"A search can have at most {MOST_CONDITIONS} different words or other conditions. "
                "Leave some out.",
                column,
            )

    def _group(self, token: "re.Match[str]") -> Matcher | None:
        column = token.start("open")
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"Parentheses can be nested at most {DEEPEST} deep.", column)
        found = self._or()
        self._depth -= 1
        closing = self._next()
        if closing is None:
            raise QueryError("This “(” is never closed. Add a “)” after its last word.", column)
        self._at += 1
        return found


def _distinct(parts: Iterable[Matcher]) -> list[Matcher]:
    """Return the conditions without repetitions."""
    # By their descriptions: conditions of different types may be equal as the tuples that they are.
    return list({repr(part): part for part in parts}.values())


def _can_be_met(word: str) -> bool:
    """Whether a word asks for something that can be looked for."""
    try:
        return _word(word) is not None
    except QueryError:
        return False


def _word(word: str) -> Matcher | None:
    if word.startswith(("#", "@")) and re.fullmatch(
        _MENTION.format("" if word.isascii() else SIGNS), word
    ):
        return Mention(word[0] + fold(word[1:]).rstrip("-/."))
    listed = tuple(words(word))
    if not listed:
        return None
    inside = word.startswith("*") and len(listed) == 1 and word[1:2] != "*"
    if inside and len(listed[0]) == 1 and listed[0].isascii():
        raise QueryError("To search inside words, give at least two letters, such as *port.")
    return Words(listed, "inside" if inside else "begins")
