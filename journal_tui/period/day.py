"""Days in words, seen from a given day: "yesterday", "3 mar", "last friday", "-7", 2014-10-06."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from journal_tui.errors import WhenError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_NAMED = {
    "today": 0, "now": 0, "tonight": 0, "yesterday": -1, "last night": -1, "tomorrow": 1,
    "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_LONGEST = 300
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HYPHEN = r"(?<=[^\W\d_])-(?=\w)|(?<=\w)-(?=[^\W\d_])"
# These are strings, and compiled when first needed, because most starts of the app parse no day.
_OFFSET = r"([+-])([0-9]{1,5})(?: days?)?"
_DISTANCE = (
    r"(in )?([0-9]{1,5}|[a-z]+) (day|week|fortnight|month|quarter|year)(?:s?['’]?|['’]s)"
    r"( time)?(?: (ago|before|earlier|from|after|later|on))?(?: (.+))?"
)
_DAY_AND_WEEK = r"(?:on )?(.+) (week|fortnight)"
_SLASHED = r"([0-9]{1,2})([/.-]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{2})"
_SHORT = r"([0-9]{1,2})(?:/|\. ?)([0-9]{1,2})\.?"
_YEAR_FIRST = r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
_DIGITS = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_DAY_MONTH = r"([0-9]{1,2})(?:st|nd|rd|th)?\.? ?(?:of )?([a-z]{3,9})\.?(?:,? ?([0-9]{4}))?"
_MONTH_DAY = r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th|\.)?(?:(?:, ?| )([0-9]{4}))?"
_YEAR_MONTH_DAY = r"([0-9]{4}),? ([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?"
_ORDINAL = (
    r"([0-9]{1,2})(?:st|nd|rd|th)(?:(?: of)?(?: the)? (this|current|last|previous|next) month)?"
)
_EDGE = (
    r"(end|last day|start|beginning|first day) of (?:the )?"
    r"(?:(?:(this|current|last|previous|next|coming) )?(week|month|quarter|year)"
    r"|([a-z]{3,9})\.?(?:,? ([0-9]{4}))?)"
)
_SHORT_EDGE = r"eo([wmqy])"
_IN_WEEK = r"([a-z]{3,9})(?: of| in)?(?: the)? (this|last|previous|next) week"
_WEEK_FIRST = r"(this|last|previous|next) week,?(?: on)? ([a-z]{3,9})"
_AFTER_NEXT = r"([a-z]{3,9})\.? after next"
_WITHOUT_DAY = ("earlier", "later")
_STEPS = {"": 0, "this": 0, "current": 0, "last": -1, "previous": -1, "next": 1, "coming": 1}
EXAMPLES = "today, yesterday, friday, last friday, -7, 3 days ago, 3 mar, 3 march 2014, 2014-03-03"


class NotADay(WhenError):
    """Words that don't have the form of a day, and may still name a longer period."""


class _ImpossibleDay(ValueError):
    """A date that the calendar doesn't have; the message says why."""


def iso_day(text: str) -> date | None:
    """Parse a strict ASCII `YYYY-MM-DD`; return None for any other text or an impossible date."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return None


def parse_day(words: str, today: date, *, ahead: bool = False) -> date:
    """Return the day that the words name, as seen from `today`.

    A weekday alone is its latest occurrence, today included; a day and month without a year, and
    "the 3rd", is the latest such day that is not in the future. With `ahead` it is the next one,
    today included. Raise WhenError.
    """
    if len(words) > _LONGEST:
        raise _not_a_day(words)
    text = " ".join(words.casefold().replace("\u2212", "-").split())
    try:
        day = _read(re.sub(HYPHEN, " ", text), today, ahead)
    except _ImpossibleDay as error:
        raise WhenError(f"{quoted(words)} doesn't exist: {error}.") from None
    except (ValueError, OverflowError):
        raise WhenError(
            f"{quoted(words)} is outside the calendar, which runs from year 1 to year 9999."
        ) from None
    if day is None:
        raise _not_a_day(words)
    return day


def _not_a_day(words: str) -> NotADay:
    return NotADay(f"{quoted(words)} isn't a date. Try one of: {EXAMPLES}.")


def quoted(words: str) -> str:
    """Quote the user's words, shortened and without characters that control a terminal."""
    shown = " ".join(words[:1000].split())[:60]
    return "“" + "".join(c if c.isprintable() else "\ufffd" for c in shown) + "”"


def _read(text: str, today: date, ahead: bool) -> date | None:
    if _ISO.fullmatch(text):
        return _day_of(int(text[:4]), int(text[5:7]), int(text[8:10]))
    text = text.removeprefix("on ").removeprefix("the ")
    if found := re.fullmatch(_OFFSET, text):
        return today + timedelta(int(found[1] + found[2]))
    return _parse_simple(text, today, ahead) or _parse_distance(text, today)


def _parse_simple(text: str, today: date, ahead: bool) -> date | None:
    """Parse words for a day that aren't a distance from another day."""
    text = re.sub(r"(?<=day|row) (?:morning|afternoon|evening|night)", "", text, count=1)
    if text in ("this morning", "this afternoon", "this evening"):
        return today
    if text in _NAMED:
        return today + timedelta(_NAMED[text])
    if found := re.fullmatch(_ORDINAL, text):
        if found[2]:
            month = today.year * 12 + today.month - 1 + _STEPS[found[2]]
            return _day_of(month // 12, month % 12 + 1, int(found[1]))
        return _in_month(int(found[1]), today, ahead)
    return (
        _weekday(text, today, ahead)
        or _edge(text, today, ahead)
        or _parse_absolute(text, today, ahead)
    )


def _parse_absolute(text: str, today: date, ahead: bool) -> date | None:
    """Parse a date in numbers or with a month's name; its weekday may be before or after it."""
    first, _, rest = text.partition(" ")
    weekday = position_in(first.rstrip(",."), WEEKDAYS)
    if weekday:
        text = rest.removeprefix("the ")
    else:
        before, _, last = text.rpartition(" ")
        weekday = position_in(last.strip("()"), WEEKDAYS)
        if weekday:
            text = before.rstrip(",")
    if weekday and (found := re.fullmatch(_ORDINAL, text)) and not found[2]:
        return _in_month(int(found[1]), today, ahead, weekday)
    day = _parse_numbers(text, today, ahead) or _parse_spelt(text, today, ahead)
    if day and weekday and day.isoweekday() != weekday:
        real, asked = WEEKDAYS[day.weekday()], WEEKDAYS[weekday - 1]
        raise WhenError(f"{day.isoformat()} is a {real}, not a {asked}.")
    return day


def _parse_numbers(text: str, today: date, ahead: bool) -> date | None:
    """Parse a date in numbers alone: `2024-2-29`, `20240229`, `29.2.2024`, `29/2`."""
    if found := re.fullmatch(_YEAR_FIRST, text):
        return _day_of(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(_DIGITS, text):
        return _day_of(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(_SLASHED, text):
        if len(found[4]) == 2:
            raise WhenError(
                f"{quoted(text)} has a year of two digits. Write a date like 2014-03-31."
            )
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        return _unambiguous(text, one, two, lambda day, month: _day_of(year, month, day))
    if found := re.fullmatch(_SHORT, text):
        one, two = int(found[1]), int(found[2])
        return _unambiguous(
            text, one, two, lambda day, month: _in_year(day, month, None, today, ahead)
        )
    return None


def _parse_spelt(text: str, today: date, ahead: bool) -> date | None:
    """Parse a day with a month's name: `3 mar`, `march 3rd, 2014`, `29feb2024`."""
    if found := re.fullmatch(_DAY_MONTH, text):
        day, month, year = found.groups()
    elif found := re.fullmatch(_MONTH_DAY, text):
        month, day, year = found.groups()
    elif found := re.fullmatch(_YEAR_MONTH_DAY, text):
        year, month, day = found.groups()
    else:
        return None
    number = position_in(month, MONTHS)
    return _in_year(int(day), number, year, today, ahead) if number else None


def position_in(word: str, names: tuple[str, ...]) -> int | None:
    """Return the position, from 1, of a name given in full or by at least three letters."""
    for number, name in enumerate(names, 1):
        if len(word) >= 3 and name.casefold().startswith(word):
            return number
    return None


def _weekday(text: str, today: date, ahead: bool) -> date | None:
    """Parse a weekday: alone, `next friday`, `friday after next` or `friday of next week`."""
    if found := re.fullmatch(_IN_WEEK, text):
        word, which = found.groups()
    elif found := re.fullmatch(_WEEK_FIRST, text):
        which, word = found.groups()
    if found:
        number = position_in(word, WEEKDAYS)
        monday = today - timedelta(today.weekday())
        return monday + timedelta(7 * _STEPS[which] + number - 1) if number else None
    if found := re.fullmatch(_AFTER_NEXT, text):
        number = position_in(found[1], WEEKDAYS)
        return today + timedelta(14 - (today.weekday() - (number - 1)) % 7) if number else None
    which, _, word = text.rpartition(" ")
    number = position_in(word.removesuffix("."), WEEKDAYS)
    if number is None or which not in ("", "last", "previous", "next", "this", "coming", "on"):
        return None
    back = (today.weekday() - (number - 1)) % 7
    if which == "next" or (which == "coming" and back):
        return today + timedelta(7 - back)
    if which in ("last", "previous"):
        return today - timedelta(back or 7)
    return today + timedelta(-back % 7) if ahead or which == "coming" else today - timedelta(back)


def _edge(text: str, today: date, ahead: bool) -> date | None:
    """Parse the first or last day of a week, month, quarter or year: `end of next month`."""
    if found := re.fullmatch(_SHORT_EDGE, text):
        letters = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
        text = f"end of {letters[found[1]]}"
    found = re.fullmatch(_EDGE, text)
    if not found:
        return None
    is_end, unit = found[1] in ("end", "last day"), found[3]
    step = _STEPS[found[2] or ""]
    if unit == "week":
        return today + timedelta(7 * step - today.weekday() + (6 if is_end else 0))
    if unit:
        size = _MONTHS[unit]
        month = today.year * 12 + today.month - 1
        month += step * size - month % size + (size - 1 if is_end else 0)
    else:
        number = position_in(found[4], MONTHS)
        if not number:
            return None
        year = int(found[5]) if found[5] else None
        if year is None:
            year = today.year
            if ahead and number < today.month:
                year += 1
            elif not ahead and number > today.month:
                year -= 1
        month = year * 12 + number - 1
    year, month = month // 12, month % 12 + 1
    return _day_of(year, month, length_of_month(year, month) if is_end else 1)


def _parse_distance(text: str, today: date) -> date | None:
    """Parse a day by its distance: `3 days ago`, `a week ago yesterday`, `tuesday week`, `in 3 days`."""
    if found := re.fullmatch(_DAY_AND_WEEK, text):
        from_day, unit = found.groups()
        base = _weekday(from_day, today, ahead=True)
        if from_day in _NAMED:
            base = today + timedelta(_NAMED[from_day])
        if base is not None:
            # "yesterday week" is a week before yesterday, "tuesday week" a week after Tuesday.
            return base + timedelta(_DAYS[unit] * (1 if base >= today else -1))
    found = re.fullmatch(_DISTANCE, text.replace("a couple of ", "2 "))
    if not found:
        return None
    within, said, unit, time, way, rest = found.groups()
    count = int(said) if said.isdigit() else NUMBERS.get(said)
    if count is None:
        return None
    if within:
        return ago(today, -count, unit) if way is None and rest is None else None
    if time or (rest is None and way not in ("ago", *_WITHOUT_DAY)):
        return None
    is_back = way in ("ago", "before", "earlier")
    if rest is None:
        return ago(today, count if is_back else -count, unit)
    rest = rest.removeprefix("on ").removeprefix("the ")
    day = None if way in _WITHOUT_DAY else _parse_simple(rest, today, ahead=not is_back)
    if day is None:
        return None
    # As with "tuesday week": "a week tomorrow" is a week later, "a week last tuesday" a week earlier.
    is_back = is_back or (way in (None, "on") and day < today)
    return ago(day, count if is_back else -count, unit)


def ago(today: date, count: int, unit: str) -> date:
    """Return the day `count` units before `today`, or the last day of a month that is too short.

    `unit` is day, week, fortnight, month, quarter or year. Raise ValueError or OverflowError
    outside the calendar.
    """
    if unit in _DAYS:
        return today - timedelta(count * _DAYS[unit])
    months = today.year * 12 + today.month - 1 - count * _MONTHS[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, length_of_month(year, month + 1)))


def shift_day(day: date, count: int, unit: str = "day") -> date | None:
    """Return a day shifted by `count` units, as `ago` counts them; None outside the calendar."""
    try:
        return ago(day, -count, unit)
    except (ValueError, OverflowError):
        return None


def _unambiguous(text: str, one: int, two: int, day_of: Callable[[int, int], date]) -> date:
    """Return the day of two numbers, a day and a month in either order; raise WhenError if both orders fit."""
    if one <= 12 and two <= 12 and one != two:
        readings = f"{day_of(one, two).isoformat()} or {day_of(two, one).isoformat()}"
        raise WhenError(f"{text} could be {readings}: write one of them.")
    return day_of(one, two) if two <= 12 else day_of(two, one)


def _day_of(year: int, month: int, day: int) -> date:
    """Return a date; raise _ImpossibleDay if there is no such month, or no such day in it."""
    _check_month(month)
    # Days beyond the calendar's years raise ValueError.
    last = length_of_month(year, month)
    if not 1 <= day <= last:
        raise _ImpossibleDay(_explain_length(day, f"{MONTHS[month - 1]} {year:04d} has {last}"))
    return date(year, month, day)


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise _ImpossibleDay("months go from 1 to 12")


def _explain_length(day: int, length: str) -> str:
    return f"{length} days" if day else "days are counted from 1"


def length_of_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _in_year(day: int, month: int, year: str | None, today: date, ahead: bool) -> date:
    """Return a day of a month; without a year, the latest or, with `ahead`, the next such day."""
    if year:
        return _day_of(int(year), month, day)
    _check_month(month)
    # Year 4 is a leap year, so that 29 February is accepted.
    last = length_of_month(4, month)
    if not 1 <= day <= last:
        most = "at most 29" if month == 2 else str(last)
        raise _ImpossibleDay(_explain_length(day, f"{MONTHS[month - 1]} has {most}"))
    # Nine years always include a 29 February.
    for years in range(9):
        try:
            found = date(today.year + (years if ahead else -years), month, day)
        except ValueError:
            continue
        if found >= today if ahead else found <= today:
            return found
    raise ValueError("no such day in any year")


def _in_month(day: int, today: date, ahead: bool, weekday: int | None = None) -> date:
    """Return the latest or, with `ahead`, the next day of any month with this number."""
    if not 1 <= day <= 31:
        raise _ImpossibleDay(_explain_length(day, "a month has at most 31"))
    this = today.year * 12 + today.month - 1
    # The calendar repeats every 28 years, or every 40 across the end of a century without a leap year.
    for months in range(12 * 41):
        year, month = divmod(this + (months if ahead else -months), 12)
        if day > length_of_month(year, month + 1):
            continue
        found = date(year, month + 1, day)
        if weekday and found.isoweekday() != weekday:
            continue
        if found >= today if ahead else found <= today:
            return found
    raise ValueError("no such day in any month")
