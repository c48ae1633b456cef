"""The language of a search: its help, and a recursive-descent parser."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.model import TEN, Scale
from journal_tui.entry.spellings import HYPHENS, NUMBER_BLANKS, Spelling, other_spellings
from journal_tui.entry.tokenizer import fold, fold_name, is_mention, words
from journal_tui.errors import QueryError
from journal_tui.query import fields
from journal_tui.query.fields import FIELDS, NO_CUSTOMERS, Passage, ReadDay
from journal_tui.query.nodes import (
    And,
    Condition,
    Matcher,
    Mention,
    Not,
    Or,
    Words,
    explain,
    is_of_entry,
    leaves,
)

# The most characters of a search.
LONGEST = 2_000
# The forms of a search besides fields, with their meanings.
_FORMS = (
    ("vendor silence", "both words, or longer ones such as vendors"),
    ('"old machines"', "these words, whole, in this order"),
    ("*port", "inside words too: report, airport"),
    ("vendor OR supplier", "either of them; OR in capitals"),
    ("vendor -contract", 'without it; also -"…", -#tag, -( … )'),
    ("(vendor OR supplier) late", "parentheses group conditions"),
    ("#site-visit  @colm", "a tag and those nested in it; a person"),
)
_REST = """\
All the words must match, unless OR is between them. Case and accents do not
matter. Put a value with spaces in quotes: since:"last week"."""
# The width of the column of forms in the help, with the gap after it.
_WIDE = 27
# The most parentheses inside one another.
DEEPEST = 40
# How many ignored signs a note lists at most.
_MAX_SIGNS = 5
# The most different conditions, because each is searched for in every text that is ranked or shown.
MAX_CONDITIONS = 100
# How many conditions with faults `parse_partial` leaves out before it gives up.
MAX_FAULTS = 8
_TOKEN = re.compile(
    # Possessive, because backtracking over a thousand blanks at the end would be quadratic.
    r"""\s*+(?:(?P<open>-*\()|(?P<close>\))"""
    r"""|(?P<field>-*[A-Za-z]+:(?!//))(?P<value>"[^"]*"?|[^\s()]*)"""
    r"""|(?P<dash>-*)"(?P<quoted>[^"]*)(?P<closed>"?)"""
    # Of blanks, only those between the digits of a number, such as no-break spaces, belong to a word.
    rf"""|(?P<word>(?:[^\s()"]|(?<=[0-9])[{NUMBER_BLANKS}](?=[0-9]{{3}}))+))"""
)
# The quotes that programs write in place of straight ones: “a”, „a“, «a» and »a«.
_CURLY = lazy_pattern('[“„«][^"“”„«»]*[”“»]|»[^"“”„«»]*«')
# These are ignored without a note, because punctuation isn't expected to be searched for.
_PUNCTUATION = frozenset(
    f".,;:'\"()\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2026\u2013\u2014{HYPHENS}"
)


def forms() -> list[tuple[str, str]]:
    """Return the forms of a search, each with its meaning in one or several lines."""
    of_fields = [("  ".join(field.examples), field.about) for field in FIELDS.values()]
    # A field without examples is explained in the line of another field.
    return [(form, about) for form, about in (*_FORMS, *of_fields) if form]


def language() -> str:
    """Return the language as help shows it: a line for each form, with its meaning."""
    lines = []
    for form, about in forms():
        first, *more = about.split("\n")
        lines.append(f"    {form:{_WIDE - 2}}  {first}")
        lines += [" " * (4 + _WIDE) + line for line in more]
    return "\n".join([*lines, "", _REST])


class Query(NamedTuple):
    """A matcher and the text that it was parsed from; call it with a passage."""

    matcher: Matcher
    text: str

    def __call__(self, passage: Passage) -> bool:
        """Return whether a passage matches."""
        return self.matcher(passage)

    @property
    def wanted(self) -> list[Words | Mention]:
        """The words and mentions to find in a match, without those that must be absent."""
        found = [
            leaf
            for leaf, wanted in leaves(self.matcher)
            if wanted and isinstance(leaf, Words | Mention)
        ]
        # Without repetitions, because each is searched for in every text that is shown.
        return list(dict.fromkeys(found))

    @property
    def is_scoped(self) -> bool:
        """Whether the query itself restricts the kind of passage, by `in:` or `is:`."""
        found = (leaf for leaf, _ in leaves(self.matcher))
        return any(isinstance(leaf, Condition) and leaf.field.chooses_parts for leaf in found)

    @property
    def may_match_only_point(self) -> bool:
        """Whether a point may match although its whole entry doesn't: by a negation, phrase or number."""
        return any(
            not wanted
            # Where a point has a blank, the entry may have a line end, at which no phrase is found.
            or (isinstance(leaf, Words) and (len(leaf.words) > 1 or not leaf.words[0].isalpha()))
            for leaf, wanted in leaves(self.matcher)
        )

    @property
    def note(self) -> str:
        """Which signs of the query are ignored, as a clause; "" if there are none."""
        return ignored_note(self.text)

    def explain(self) -> list[str]:
        """Return how the query was understood, a line for each condition, with dates resolved."""
        return explain(self.matcher)


def _tokens(text: str) -> "Iterator[re.Match[str]]":
    """Yield the tokens of a query; pairs of curly quotes are read as straight ones."""
    if not text.isascii():
        text = _CURLY.sub(lambda found: f'"{found[0][1:-1]}"', text)
    return _TOKEN.finditer(text)


def parse(
    text: str,
    today: date,
    read_day: ReadDay | None = None,
    scale: Scale = TEN,
    customers: Mapping[str, str] = NO_CUSTOMERS,
) -> Query:
    """Parse a query; `today` and `read_day` (words → day, such as "day 168") resolve its dates.

    Error messages give examples on the `scale` of the journal's ratings. `customers` has the keys of
    customers by the keys that their names would have.
    Raise QueryError, with the column of the fault, if it can't be understood.
    """
    if len(text) > LONGEST:
        raise _too_long()
    return Query(_Parser(text, today, read_day, scale, customers).whole(), text)


def _too_long() -> QueryError:
    return QueryError(f"A search can have at most {LONGEST} characters. Shorten it.", LONGEST)


def parse_partial(
    text: str,
    today: date,
    read_day: ReadDay | None = None,
    scale: Scale = TEN,
    customers: Mapping[str, str] = NO_CUSTOMERS,
) -> tuple[Query | None, QueryError | None]:
    """Return the part of a query that can be understood, and the first fault in the rest.

    Conditions with faults are left out. Return (None, None) for a blank text.
    """
    if not text.strip():
        return None, None
    fault = _too_long() if len(text) > LONGEST else None
    text = text[:LONGEST]
    for _ in range(MAX_FAULTS):
        try:
            return parse(text, today, read_day, scale, customers), fault
        except QueryError as error:
            fault = fault or error
            # A parenthesis may not be closed yet because the person is still typing.
            inner = _close_parentheses(text)
            if inner:
                try:
                    return parse(inner, today, read_day, scale, customers), fault
                except QueryError:
                    pass
            is_cut = isinstance(error, _TooMany)
            text = text[: error.column] if is_cut else _blank_out_condition(text, error.begin)
            if not text.strip():
                break
    return None, fault


def _blank_out_condition(text: str, begin: int) -> str:
    """Return the query with the condition at `begin` blanked out, or "" if there is none."""
    for token in _tokens(text):
        if token.end() > begin:
            start = token.end() - len(token[0].lstrip())
            return text[:start] + " " * (token.end() - start) + text[token.end() :]
    return ""


def condition_spans(text: str) -> list[tuple[int, int, bool]]:
    """Return the spans of the conditions that aren't negated, and whether each is a word."""
    found = []
    for token in _tokens(text[:LONGEST]):
        word = token["word"]
        if word:
            if word not in ("OR", "AND") and word[0] != "-" and _is_searchable(word):
                found.append((*token.span("word"), True))
        elif (token["field"] or token["quoted"]) and text[
            token.end() - len(token[0].lstrip())
        ] != "-":
            found.append((token.end() - len(token[0].lstrip()), token.end(), False))
    return found


def _close_parentheses(text: str) -> str:
    missing = 0
    for found in _tokens(text):
        missing = max(0, missing + bool(found["open"]) - bool(found["close"]))
    return text + ")" * missing if 0 < missing <= DEEPEST else ""


class _TooMany(QueryError):
    """A query has too many different conditions; `column` is where the first surplus one begins."""


class _Parser:
    """Parse the tokens of a query by recursive descent."""

    def __init__(
        self,
        text: str,
        today: date,
        read_day: ReadDay | None,
        scale: Scale,
        customers: Mapping[str, str],
    ) -> None:
        self._text, self._today, self._read_day, self._scale = text, today, read_day, scale
        self._customers = customers
        self._tokens = list(_tokens(text))
        self._at = self._depth = 0
        self._conditions: set[str] = set()

    def whole(self) -> Matcher:
        found = self._or()
        if (token := self._next()) and token["close"]:
            raise QueryError("This “)” has no “(” before it. Leave it out.", token.start("close"))
        if found is None:
            note = ignored_note(self._text)
            said = "Say what to search for: one or more words."
            raise QueryError(f"{note}. {said}" if note else said, len(self._text), 0)
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
        found = _without_repeats(part for part in parts if part is not None)
        if not found:
            return None
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _and(self) -> Matcher | None:
        parts: list[Matcher] = []
        while (token := self._next()) and not token["close"] and token["word"] != "OR":
            self._at += 1
            if token["word"] == "AND":
                continue
            part = self._condition(token)
            if part is not None:
                parts.append(part)
        found = tuple(sorted(_without_repeats(parts), key=lambda part: not is_of_entry(part)))
        if not found:
            return None
        return found[0] if len(found) == 1 else And(found)

    def _condition(self, token: "re.Match[str]") -> Matcher | None:
        """Return the condition for a token, or None if it has no word."""
        found: Matcher | None
        if opened := token["open"]:
            dashes, found = opened.count("-"), self._group(token)
        elif field := token["field"]:
            dashes = field.count("-")
            name = field.strip("-:")
            column = token.start("field") + dashes
            at = token.start("value")
            asked, values = fields.read_condition(
                name,
                token["value"],
                column,
                at,
                self._today,
                self._read_day,
                self._scale,
                self._customers,
            )
            listed = [Condition(asked, value) for value in values]
            found = listed[0] if len(listed) == 1 else Or(tuple(listed))
        elif token["word"] is None:
            dashes = token["dash"].count("-")
            found = _written(token["quoted"], "whole" if token["closed"] else "begins")
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
        if len(self._conditions) > MAX_CONDITIONS:
            column = token.end() - len(token[0].lstrip())
            raise _TooMany(
                f"A search can have at most {MAX_CONDITIONS} different words or other conditions. "
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


def _without_repeats(parts: Iterable[Matcher]) -> list[Matcher]:
    """Return the conditions without repetitions."""
    # Compared by `repr`, because conditions of different types may be equal as tuples.
    return list({repr(part): part for part in parts}.values())


def _is_searchable(word: str) -> bool:
    """Return whether a word makes a valid condition."""
    try:
        return _word(word) is not None
    except QueryError:
        return False


def _word(word: str) -> Matcher | None:
    if is_mention(word):
        return Mention(word[0] + fold_name(word[1:]).rstrip("-/.'&"))
    found = _written(word, "begins")
    inside = word.startswith("*") and word[1:2] != "*"
    if not inside or not isinstance(found, Words) or len(found.words) > 1:
        return found
    if len(found.words[0]) == 1 and found.words[0].isascii():
        raise QueryError("To search inside words, give at least two letters, such as *port.")
    return Words(found.words, "inside")


def _written(text: str, last: str) -> Matcher | None:
    """Return the condition for words without blanks between them, or None if there is no word.

    `last` says what the last word matches, as in `Words`.
    Hyphenated words and grouped numbers also match without their separators; words with signs, such
    as c++, match only with them.
    """
    spellings = other_spellings(text)
    signed = [found for found in spellings if found.has_signs and _is_asked(found, text)]
    parts: list[Matcher] = []
    if words(_without(text, signed)):
        divided, joined = words(text), _joined(text, spellings)
        forms = [Words(tuple(form), last) for form in (divided, joined)]
        parts.append(forms[0] if divided == joined else Or(tuple(forms)))
    parts += [Words(run, last) for run in dict.fromkeys(found.run for found in signed)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _is_asked(spelling: Spelling, text: str) -> bool:
    """Return whether a spelling with signs is asked for: `.net`, but not in asp.net."""
    start = spelling.start
    return not start or text[start] != "." or not text[start - 1].isalnum()


def _without(text: str, spellings: list[Spelling]) -> str:
    """Return a text with these spellings replaced by as many blanks."""
    for start, end, _ in spellings:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _joined(text: str, spellings: list[Spelling]) -> list[str]:
    """Return the words of a text, with hyphenated words and grouped numbers joined."""
    found: list[str] = []
    position = 0
    for start, end, run in sorted(spelling for spelling in spellings if not spelling.has_signs):
        if start >= position:
            found += [*words(text[position:start]), *run]
            position = end
    return found + words(text[position:])


def ignored_signs(text: str) -> list[str]:
    """Return the signs in a query that a search ignores, except punctuation and signs that join words."""
    found: dict[str, None] = {}
    for token in _tokens(text[:LONGEST]):
        word = (token["word"] or "").lstrip("-") if token["quoted"] is None else token["quoted"]
        if is_mention(word):
            continue
        is_inside = word.startswith("*") and word[1:2] != "*"
        word = word[is_inside:]
        rest = _without(word, [found for found in other_spellings(word) if found.has_signs])
        for place, sign in enumerate(rest):
            if sign.isalnum() or sign in _PUNCTUATION or not sign.isprintable() or sign.isspace():
                continue
            # A sign between two words joins them: they are looked for side by side.
            is_between = words(rest[:place][-1:]) and words(rest[place + 1 :][:1])
            # Accents belong to a word, and some signs are words.
            if not is_between and fold(sign) and not words(sign):
                found[sign] = None
    return list(found)


def ignored_note(text: str) -> str:
    """Return which signs in a query are ignored, as a clause; "" if there are none."""
    signs = [f"“{sign}”" for sign in ignored_signs(text)][:_MAX_SIGNS]
    if len(signs) < 2:
        return f"{signs[0]} is ignored in a search" if signs else ""
    return f"{', '.join(signs[:-1])} and {signs[-1]} are ignored in a search"
