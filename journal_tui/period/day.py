"""Days in words: "yesterday", "3 mar", "last friday", "-7", 2014-10-06. No clock: today is given."""

import re
from datetime import date, timedelta

from journal_tui.errors import WhenError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_NAMED = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2}
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Compiled when first needed: the app starts without looking for a day.
_OFFSET = r"([+-])([0-9]{1,5})"
_AGO = r"([0-9]{1,5}|[a-z]+) (day|week|fortnight|month|year)s? ago"
_SLASHED = r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})"
_YEAR_FIRST = r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})"
_DAY_MONTH = r"([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?:,? ([0-9]{4}))?"
_MONTH_DAY = r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?"
EXAMPLES = "today, yesterday, friday, last friday, -7, 3 days ago, 3 mar, 3 march 2014, 2014-03-03"


class NamesNoDay(WhenError):
    """Words that are nothing like a day: they may still be something else."""


def iso_day(text: str) -> date | None:
    """The day that strict ASCII `YYYY-MM-DD` names; None for any other text or no such day."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return None


def parse_day(words: str, today: date) -> date:
    """The day that the words name, seen from `today`.

    A weekday alone is its latest occurrence, today included; a day and month without a year is
    the latest such day that is not in the future. Raises WhenError with a plain sentence.
    """
    text = " ".join(words.casefold().replace("\u2212", "-").split())
    try:
        day = _read(text, today)
    except (ValueError, OverflowError):
        raise WhenError(f"There is no such day: {quoted(words)}. {_way_out(text)}") from None
    if day is None:
        raise NamesNoDay(f"{quoted(words)} isn't a date. Try one of: {EXAMPLES}.")
    return day


def _way_out(text: str) -> str:
    """The last day of the month where an ISO date asks for a later one; else how days look."""
    if _ISO.fullmatch(text) and not text.endswith("-00"):
        for last in (31, 30, 29, 28):
            if day := iso_day(f"{text[:8]}{last}"):
                return f"The last day of that month is {day.isoformat()}."
    return "Write a date like 2014-03-31."


def quoted(words: str) -> str:
    """What was asked for, with nothing in it that a terminal would obey."""
    shown = " ".join(words.split())[:60]
    return "“" + "".join(c if c.isprintable() else "\ufffd" for c in shown) + "”"


def _read(text: str, today: date) -> date | None:
    if _ISO.fullmatch(text):
        return date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if text in _NAMED:
        return today + timedelta(_NAMED[text])
    if found := re.fullmatch(_OFFSET, text):
        return today + timedelta(int(found[1] + found[2]))
    if found := re.fullmatch(_AGO, text):
        count = int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1])
        return ago(today, count, found[2]) if count is not None else None
    if found := re.fullmatch(_SLASHED, text):
        return _slashed(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(_YEAR_FIRST, text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    return _weekday(text, today) or _spelt(text, today)


def _spelt(text: str, today: date) -> date | None:
    """`3 mar`, `march 3rd, 2014`, `monday 3 march 2014`."""
    first, _, rest = text.partition(" ")
    weekday = place_in(first.rstrip(","), WEEKDAYS)
    if weekday:
        text = rest
    day = None
    if found := re.fullmatch(_DAY_MONTH, text):
        day = _in_year(int(found[1]), place_in(found[2], MONTHS), found[3], today)
    elif found := re.fullmatch(_MONTH_DAY, text):
        day = _in_year(int(found[2]), place_in(found[1], MONTHS), found[3], today)
    if day and weekday and day.isoweekday() != weekday:
        real, asked = WEEKDAYS[day.weekday()], WEEKDAYS[weekday - 1]
        raise WhenError(f"{day.isoformat()} is a {real}, not a {asked}.")
    return day


def place_in(word: str, names: tuple[str, ...]) -> int | None:
    """The 1-based place of a name given in whole or by at least three letters."""
    for number, name in enumerate(names, 1):
        if len(word) >= 3 and name.casefold().startswith(word):
            return number
    return None


def _weekday(text: str, today: date) -> date | None:
    which, _, word = text.rpartition(" ")
    if which not in ("", "last", "next", "this", "on"):
        return None
    number = place_in(word, WEEKDAYS)
    if number is None:
        return None
    back = (today.weekday() - (number - 1)) % 7
    if which == "next":
        return today + timedelta(7 - back)
    if which == "last" and back == 0:
        back = 7
    return today - timedelta(back)


def ago(today: date, count: int, unit: str) -> date:
    """The day so many days, weeks, fortnights, months or years before; the last of a short month.

    Raises ValueError or OverflowError before the year 1.
    """
    if unit in _UNITS:
        return today - timedelta(count * _UNITS[unit])
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    for day in range(today.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(today.day, 28))


def _slashed(first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        one, two = date(year, second, first), date(year, first, second)
        raise WhenError(
            f"{first}/{second}/{year} could be {one.isoformat()} or {two.isoformat()}: write one of them."
        )
    return date(year, second, first) if second <= 12 else date(year, first, second)


def _in_year(day: int, month: int | None, year: str | None, today: date) -> date | None:
    if month is None:
        return None
    if year:
        return date(int(year), month, day)
    for candidate in range(today.year, today.year - 9, -1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no such day in any year")
