"""Dates and times as people and programs write them, in many languages."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from journal_tui.period.calendar_words import is_any_weekday, months

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
"""The orders in which a date such as 03/04/2019 may have its day and month."""

_TIME = re.compile(
    r"(?:[\s,T]|\bat\b|\bum\b|^)*(?P<h>[0-2]?[0-9])[:.h](?P<m>[0-5][0-9])(?:[:.][0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?:Z|UTC|GMT|Uhr|[A-Z]{2,4}|[+-][0-9]{2}:?[0-9]{2}))?\s*$"
)
_HOUR = re.compile(r"(?:[\s,]|\bat\b)*(?P<h>1?[0-9])\s*(?P<half>[AaPp])\.?[Mm]\.?\s*$")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
_CHINESE = re.compile(r"([0-9]{4})[年년] ?([0-9]{1,2})[月월] ?([0-9]{1,2})[日일]")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{2})(?![0-9])")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]*(?:of |de |d['’])?([^\W\d_]{3,12})\.?,?[\s-]*(?:de )?([0-9]{4})(?![0-9])"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,12})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])")
_MONTH_NUMBER = re.compile(r"([0-9]{1,2})[月월] ?([0-9]{1,2})[日일]?,? ?([0-9]{4})(?![0-9])")
_WEEKDAY = re.compile(r"([^\W\d_]+(?:-feira)?)\.?,?\s+(?:the )?")


class Moment(NamedTuple):
    """A day, and a time such as 14:23, or "" if there is none."""

    day: date
    time: str = ""


def parse_moment(text: str, order: str = "") -> Moment | None:
    """Return the day and time of a text that says nothing else; None for any other text.

    `order` is that of day and month in a date such as 03/04/2019: "dmy", "mdy", or "" if it isn't known.
    """
    text = text.strip()
    if len(text) > 100:
        return None
    found = parse_leading_date(text, order)
    if found is None:
        return None
    day, end = found
    rest = text[end:].strip().strip(",")
    if not rest or is_any_weekday(rest):
        return Moment(day)
    time = _time(rest)
    return Moment(day, time) if time else None


def parse_leading_date(text: str, order: str = "") -> tuple[date, int] | None:
    """Return the day at the beginning of a text, perhaps after a weekday, and the offset at which the date ends.

    Return None if the text begins with no date, or with one that is ambiguous in this `order`.
    """
    start = 0
    weekday = _WEEKDAY.match(text)
    if weekday and is_any_weekday(weekday[1]):
        start = weekday.end()
    for pattern, places in ((_YEAR_FIRST, (1, 2, 3)), (_CHINESE, (1, 2, 3)), (_COMPACT, (1, 2, 3))):
        if found := pattern.match(text, start):
            year, month, number = (int(found[at]) for at in places)
            return _made(year, month, number, found.end())
    if found := _MONTH_NUMBER.match(text, start):
        return _made(int(found[3]), int(found[1]), int(found[2]), found.end())
    if found := _YEAR_LAST.match(text, start):
        days = _possible(found, order)
        return (days[0], found.end()) if len(days) == 1 else None
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = pattern.match(text, start)
        if found and len(numbers := months(found[month])) == 1:
            return _made(int(found[3]), next(iter(numbers)), int(found[day]), found.end())
    return None


def order_of(texts: Iterable[str]) -> str:
    """Return the order of day and month in the dates of a file; "" if they show none or both orders."""
    orders: set[str] = set()
    for text in texts:
        weekday = _WEEKDAY.match(text)
        found = _YEAR_LAST.match(text, weekday.end() if weekday else 0)
        if not found:
            continue
        if found[2] == ".":
            # Dates with full stops have the day first.
            orders.add(DAY_FIRST)
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            orders.add(DAY_FIRST)
        elif second > 12 >= first:
            orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


def is_ambiguous(text: str) -> bool:
    """Return whether a text begins with a date whose day and month could be either way round."""
    weekday = _WEEKDAY.match(text)
    found = _YEAR_LAST.match(text, weekday.end() if weekday else 0)
    return found is not None and len(_possible(found, "")) > 1


def _possible(found: re.Match[str], order: str) -> list[date]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 1900 if year >= 70 else 2000
    if found[2] == "." and not order:
        order = DAY_FIRST
    made = []
    if order != MONTH_FIRST:
        made.append(_made(year, second, first, 0))
    if order != DAY_FIRST:
        made.append(_made(year, first, second, 0))
    return [*dict.fromkeys(one[0] for one in made if one)]


def _made(year: int, month: int, day: int, end: int) -> tuple[date, int] | None:
    try:
        return date(year, month, day), end
    except ValueError:
        return None


def _time(text: str) -> str:
    found = _TIME.match(text) or _HOUR.match(text)
    if not found:
        return ""
    groups = found.groupdict()
    hour, minute = int(groups["h"]), int(groups.get("m") or 0)
    if half := (groups["half"] or "").lower():
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 else ""


def iso_moment(text: str) -> datetime | None:
    """Return the moment of an ISO 8601 timestamp, with its offset if it has one; None if it isn't one."""
    try:
        return datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        return None
