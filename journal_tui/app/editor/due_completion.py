"""Offer dates for a `due:` that is being typed, such as next Friday's for `due:fri`."""

import re
from collections.abc import Iterator
from datetime import date

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.errors import WhenError
from journal_tui.period import MONTHS, TIME, WEEKDAYS, iso_day, parse_due

_SIGN = "due:"
_WORD = lazy_pattern(r"(?<![\w@#/&?=.:-])due:((?:[\w+-]{1,20}(?: [\w+.-]{1,20}){0,4})?)$")
_FIRST = ("tomorrow", "friday", "monday", "in 2 weeks", "end of the month", "end of the year")
"""The words that are offered before anything is typed."""
_WEEKDAYS = tuple(map(str.lower, WEEKDAYS))
_WORDS = (
    "today", *_FIRST, *_WEEKDAYS, "next week", "next month", "end of the week", *map(str.lower, MONTHS),
)  # fmt: skip
# Longer forms, offered once their first word and a space are typed.
_LONGER = (
    *(f"next {name}" for name in _WEEKDAYS),
    *(f"{name} {rest}" for name in _WEEKDAYS for rest in ("next week", "after next")),
    "this week", "week after next", "end of next week", "end of next month", "the week after next",
)  # fmt: skip
_COUNTED = lazy_pattern(r"in ([0-9]{1,3}|[a-z]{1,6})(?: ([a-z]*))?")
_UNITS = ("days", "weeks", "months")
_ALSO = {
    "this week": ("friday this week",),
    "end of the week": ("friday this week",),
    "next week": ("friday next week", "monday next week"),
    "end of next week": ("friday next week",),
}
"""Days to offer as well for words that name a week, which are read as its last day."""


def is_due(word: str) -> bool:
    """Return whether a word that is being typed is a due date."""
    return word.startswith(_SIGN)


def due_before(text: str) -> str:
    """Return the due date that is being typed at the end of a text, with its `due:`, or ""."""
    found = _WORD.search(text, max(0, len(text) - 80))
    return found.group() if found else ""


def due_candidates(word: str, day: date) -> list[str]:
    """Return the dates that words such as `due:fri` may become, counted from a day, each once.

    If the words typed so far are a date by themselves, it comes first.
    """
    typed = word.removeprefix(_SIGN).casefold()
    if iso_day(typed[:10]) or re.search(TIME, typed):
        return []
    found: dict[str, None] = {}
    for known in _meant(typed) if typed else _FIRST:
        try:
            due = parse_due(known, day)
        except WhenError:
            # The words aren't a date yet, or name one after the end of the calendar.
            continue
        if known == typed or due >= day:
            found[f"{_SIGN}{due.isoformat()}"] = None
    return list(found)


def _meant(typed: str) -> Iterator[str]:
    """Yield the words that the typed ones may become, first these if they may be complete."""
    if typed[0].isdigit() or typed[0] == "+" or " " in typed:
        yield typed
    known = (*_WORDS, *_LONGER) if " " in typed else _WORDS
    for words in known:
        if words.startswith(typed):
            yield words
            yield from _ALSO.get(words, ())
    if counted := _COUNTED.fullmatch(typed):
        for unit in _UNITS:
            if unit.startswith(counted[2] or ""):
                yield f"in {counted[1]} {unit}"


def names_a_week(words: str) -> bool:
    """Return whether words name a week, which is read as its last day."""
    return " ".join(words.casefold().split()) in _ALSO


def describe_due(candidate: str, word: str = "") -> str:
    """Return a due date in words with its weekday, or "" for a tag or person.

    Add “end of the week” for a Sunday if `word` may become a name of a week.
    """
    day = iso_day(candidate.removeprefix(_SIGN)) if is_due(candidate) else None
    if not day:
        return ""
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    is_week = any(words.startswith(word.removeprefix(_SIGN).casefold()) for words in _ALSO)
    return f"{said}, end of the week" if word and is_week and day.isoweekday() == 7 else said
