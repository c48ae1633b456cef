"""Dates to complete `due:` with, for words that begin as what has been typed does."""

import re
from datetime import date

from journal_tui.errors import WhenError
from journal_tui.period import MONTHS, WEEKDAYS, iso_day, parse_due

_SIGN = "due:"
_WORD = re.compile(r"(?<![\w@#/&?=.:-])due:([\w+-]{0,20})$")
_FIRST = ("tomorrow", "friday", "monday", "in 2 weeks", "end of the month", "end of the year")
"""What is offered before anything is typed."""
_WORDS = (
    "today", *_FIRST, *map(str.lower, WEEKDAYS), "next week", "next month", *map(str.lower, MONTHS),
)  # fmt: skip


def is_due(word: str) -> bool:
    """Return whether a word that is being typed is a due date."""
    return word.startswith(_SIGN)


def due_before(text: str) -> str:
    """Return the due date that is being typed at the end of a text, with its key, or ""."""
    found = _WORD.search(text, max(0, len(text) - 80))
    return found.group() if found else ""


def due_candidates(word: str, day: date) -> list[str]:
    """Return the due dates that `due:fri` may become, counted from a day, each once."""
    typed = word.removeprefix(_SIGN).casefold()
    if iso_day(typed):
        return []
    words = [known for known in _WORDS if known.startswith(typed)] if typed else [*_FIRST]
    if typed and (typed[0].isdigit() or typed[0] == "+"):
        words = [typed]
    found: dict[str, None] = {}
    for known in words:
        try:
            found[f"{_SIGN}{parse_due(known, day).isoformat()}"] = None
        except WhenError:
            # What is typed isn't a date yet, or the calendar ends before it.
            continue
    return list(found)


def about_due(candidate: str) -> str:
    """Return the day of the week of a due date, or "" for another candidate."""
    day = iso_day(candidate.removeprefix(_SIGN)) if is_due(candidate) else None
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}" if day else ""
