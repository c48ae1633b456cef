"""Dates and periods in words in file names: 9 January 2024, Jan 9, 2024, January 2024, week 5 2024.

This module is imported only for a name with letters where a date could be. Most functions take the stem
of a name.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache

from journal_tui.period import MONTHS, QUARTER_WORDS, WEEK_WORDS, CalendarPeriod, calendar_period
from journal_tui.period.calendar_words import is_any_weekday, months

Spelt = tuple[date | CalendarPeriod, int, str]
"""A day or a period, where it ends in the stem, and its form, such as `{d} {month} {yyyy}`."""

_WORD = r"(?P<month>[^\W\d_]{2,15})\.?"
_GAP = r"[-_. ,]{0,3}"
# The lookahead keeps the "de" of "6 december 2024" in its month.
_OF = rf"{_GAP}(?:(?:(?:of|de|del)(?![^\W\d_])|d[’'])[-_. ]*)?"
_DAY = r"(?P<d>[0-9]{1,2})(?P<th>(?i:st|nd|rd|th|er|º|ª)(?![^\W\d_]))?"
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
_IN_YEAR_DAYS = (rf"{_DAY}{_OF}{_WORD}", rf"{_WORD}{_GAP}(?:the )?{_DAY}(?![0-9])")
_DAYS = (
    rf"{_IN_YEAR_DAYS[0]}{_OF}{_YEAR}",
    rf"{_IN_YEAR_DAYS[1]}[-_. ,]{{1,3}}{_YEAR}",
    rf"{_YEAR}{_GAP}{_IN_YEAR_DAYS[1]}",
)
_IN_YEAR_NUMBERED = (
    rf"(?i:{WEEK_WORDS})[-_. ]{{0,2}}(?P<w>[0-9]{{1,2}})(?![0-9])",
    rf"(?i:{QUARTER_WORDS})[-_. ]{{0,2}}(?P<q>[0-9])(?![0-9])",
)
_NUMBERED = tuple(rf"{pattern}{_OF}{_YEAR}" for pattern in _IN_YEAR_NUMBERED)
# 2024/01 January.md: the number is the month's, or else a day.
_IN_YEAR_MONTHS = (_WORD, rf"(?P<m>[0-9]{{1,2}}){_GAP}{_WORD}")
# A month in words must be the whole name: "2024 March for peace" and "May 2024 be better" are titles.
_MONTH = (rf"{_WORD}{_OF}{_YEAR}", rf"{_YEAR}{_GAP}{_WORD}")
_IN_MONTH = r"[-_. 0-9]{0,5}(?P<month>[^\W\d_]{2,15})[-_. 0-9]{0,5}"
_WEEKDAY = r"([^\W\d_]{2,15}\.?)([-_. ,(]{1,3})(?=[^-_. ,(])"


_A_WORD = re.compile(r"[^\W\d_]{1,15}")
_PREFIXES = frozenset(f"{WEEK_WORDS}|{QUARTER_WORDS}".split("|"))


def may_begin(stem: str) -> bool:
    """Check quickly whether a stem begins with a word that may begin a date."""
    found = _A_WORD.match(composed(stem))
    return found is not None and (_is_date_word(found[0]) or _is_weekday(found[0]))


def has_date_word(stem: str) -> bool:
    """Check quickly whether a stem has the name of a month, or a word for a week or a quarter."""
    return any(map(_is_date_word, _A_WORD.findall(composed(stem))))


@lru_cache(maxsize=1_000)
def _is_date_word(word: str) -> bool:
    return word.casefold() in _PREFIXES or bool(months(word))


_is_weekday = lru_cache(maxsize=1_000)(is_any_weekday)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def day(stem: str, year: str = "") -> Spelt | None:
    """Read the day that a stem begins with; None if it begins with none.

    If `year` is given, by the folder, the stem has no year itself.
    """
    for pattern in _IN_YEAR_DAYS if year else _DAYS:
        found = _compiled(pattern).match(stem)
        if found and (number := _month(found["month"])):
            # 2024/01 January.md is the month.
            if (
                year
                and stem[0].isdigit()
                and int(found["d"]) == number
                and found.end() == len(stem)
            ):
                return None
            try:
                return (
                    date(int(year or found["y"]), number, int(found["d"])),
                    found.end(),
                    _form(found),
                )
            except ValueError:
                return None
    return None


def period(stem: str, year: str = "") -> Spelt | None:
    """Read the week, quarter or month that a stem begins with, as `day` does."""
    for kind, pattern in zip(
        ("week", "quarter"), _IN_YEAR_NUMBERED if year else _NUMBERED, strict=True
    ):
        if found := _compiled(pattern).match(stem):
            made = calendar_period(kind, int(year or found["y"]), int(found[kind[0]]))
            return (made, found.end(), _form(found)) if made else None
    for pattern in _IN_YEAR_MONTHS if year else _MONTH:
        found = _compiled(pattern).fullmatch(stem)
        if found and (number := _month(found["month"])):
            if int(found.groupdict().get("m") or number) != number:
                return None
            made = calendar_period("month", int(year or found["y"]), number)
            return (made, found.end(), _form(found)) if made else None
    return None


def _month(word: str) -> int:
    """Return the number of the month with this name; 0 if there is none, or if languages disagree."""
    numbers = months(word)
    return next(iter(numbers)) if len(numbers) == 1 else 0


def is_impossible(stem: str, year: str = "") -> bool:
    """Return whether a stem begins with a day or period in words that doesn't exist: 31 June 2024."""
    stem = composed(stem)
    if after_weekday := weekday_first(stem):
        stem = stem[len(after_weekday[1]) :]
    for pattern in _IN_YEAR_DAYS if year else _DAYS:
        found = _compiled(pattern).match(stem)
        if found and _month(found["month"]):
            return day(stem, year) is None and period(stem, year) is None
    numbered = _IN_YEAR_NUMBERED if year else _NUMBERED
    return any(_compiled(pattern).match(stem) for pattern in numbered) and not period(stem, year)


def month_of_folder(folder: str) -> int:
    """Return the number of the month that a folder is named by: January, 01-January; 0 if none."""
    found = _compiled(_IN_MONTH).fullmatch(composed(folder))
    return _month(found["month"]) if found else 0


def weekday_first(stem: str) -> tuple[str, str] | None:
    """Return the weekday that a stem begins with, without and with the separator after it; None if none."""
    found = _compiled(_WEEKDAY).match(stem)
    return (found[1], found[0]) if found and is_any_weekday(found[1]) else None


def dates_inside(stem: str) -> list[str]:
    """Return the ISO dates that the first day or period in words anywhere in a stem can mean."""
    stem = composed(stem)
    impossible: list[tuple[int, int]] = []
    for pattern in (*_DAYS, *_NUMBERED, *_MONTH):
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", stem):
            # February 2024 isn't what 31 February 2024 means.
            is_part = any(found.start() < end and start < found.end() for start, end in impossible)
            if not is_part and (dates := list(_dates(found))):
                return dates
            if months(found.groupdict().get("month") or ""):
                impossible.append(found.span())
    return []


def _dates(found: re.Match[str]) -> Iterator[str]:
    """Yield the ISO dates that the match of a pattern can mean."""
    groups, year = found.groupdict(), int(found["y"])
    for kind in ("week", "quarter"):
        if number := groups.get(kind[0]):
            made = calendar_period(kind, year, int(number))
            yield from [made.name] if made else []
    for number in sorted(months(groups.get("month") or "")):
        if not groups.get("d"):
            yield f"{year}-{number:02d}"
            continue
        with suppress(ValueError):
            yield date(year, number, int(found["d"])).isoformat()


def composed(stem: str) -> str:
    """Return a name with its accents composed, which some file systems decompose."""
    return stem if stem.isascii() else unicodedata.normalize("NFC", stem)


def _form(found: re.Match[str]) -> str:
    """Return the form of a match: its text with fields in place of names and numbers."""
    groups = found.groupdict()
    fields = {"y": "{yyyy}"} if groups.get("y") else {}
    for letter in "dwqm":
        if number := groups.get(letter):
            fields[letter] = f"{{{letter * len(number)}}}"
    if groups.get("th"):
        fields["d"], fields["th"] = "{dth}", ""
    if word := groups.get("month"):
        name = MONTHS[_month(word) - 1]
        fields["month"] = {name: "{month}", name[:3]: "{mon}"}.get(word, word)
    text, position = "", 0
    for group in sorted(fields, key=found.start):
        text += found.string[position : found.start(group)] + fields[group]
        position = found.end(group)
    return text + found.string[position : found.end()]
