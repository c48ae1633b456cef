"""What stands behind the name of a field: `rating:>=8`, `since:"last week"`, `in:learning`."""

import re
from collections.abc import Callable
from datetime import date

from journal_tui.entry.words import fold
from journal_tui.errors import QueryError, WhenError
from journal_tui.query import matchers
from journal_tui.query.matchers import Compare, During, Has, In, Kind, Matcher, Or, State, Weekday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Each field with the values to offer behind it.
FIELDS: dict[str, tuple[str, ...]] = {
    "in": ("learning", "feedback", "follow-ups", "title", "remark", "prose"),
    "rating": (">=8", "<5", "6..8"),
    "date": ("this-week", "last-week", "this-month", "last-month", "this-year", "last-year"),
    "since": ("yesterday", "last-week", "last-month", "this-year", "last-year"),
    "until": ("yesterday", "last-week", "last-month", "last-year"),
    "on": WEEKDAYS,
    "day": (),
    "words": (">300", "<50"),
    "has": (
        "learning", "feedback", "follow-ups", "rating", "remark", "tags", "people", "problems",
    ),
    "is": (matchers.OPEN, matchers.DONE, matchers.LATE),
    "kind": ("service-review",),
}  # fmt: skip
_PARTS = {
    "learning": matchers.LEARNING, "learning-points": matchers.LEARNING,
    "learnings": matchers.LEARNING, "feedback": matchers.FEEDBACK,
    "follow-ups": matchers.FOLLOW_UP, "follow-up": matchers.FOLLOW_UP,
    "followups": matchers.FOLLOW_UP, "todo": matchers.FOLLOW_UP, "tasks": matchers.FOLLOW_UP,
    "title": matchers.TITLE, "remark": matchers.REMARK, "prose": matchers.PROSE,
}  # fmt: skip
_HAS = {
    "follow-up": "follow-ups", "followups": "follow-ups", "todo": "follow-ups", "tag": "tags",
    "person": "people", "problem": "problems", "remarks": "remark", "ratings": "rating",
    "learning-points": "learning",
}  # fmt: skip
_ALIKE = {"from": "since", "after": "since", "to": "until", "before": "until", "tag": "#tag",
          "person": "@name", "rated": "rating", "rate": "rating", "when": "date", "section": "in",
          "number": "day", "length": "words", "type": "kind"}  # fmt: skip
_NUMBER = r"[0-9]{1,7}(?:[.,][0-9]{1,6})?"
_COMPARISON = re.compile(rf"(>=|<=|=|>|<)?\s*({_NUMBER})|({_NUMBER})?\s*\.\.\s*({_NUMBER})?")
_BEGINNINGS = frozenset(("last", "this", "past", "next", "previous", "the", "week", "day", "a"))

ReadDay = Callable[[str], date]


def read(
    name: str, value: str, column: int, at: int, today: date, day: ReadDay | None = None
) -> Matcher:
    """The condition that a field and its value ask for.

    `column` is where the name stands and `at` where the value does. Raises QueryError.
    """
    try:
        return _read(name, value, column, at, today, day)
    except QueryError as error:
        error.begin = column
        raise


def _read(name: str, value: str, column: int, at: int, today: date, day: ReadDay | None) -> Matcher:
    field = name.casefold()
    if field not in FIELDS:
        raise QueryError(_unknown(name, field), column)
    said = value.strip('"').strip()
    if not said:
        raise QueryError(f"“{field}:” needs something after it, such as {example(field)}.", at)
    if field in ("rating", "day", "words"):
        return _compared(field, said, at)
    if field in ("date", "since", "until"):
        return _during(field, said, at, today, day)
    if field == "on":
        return _weekdays(said, at, today, day)
    if field == "kind":
        return Kind("-".join(fold(said).split()))
    listed = [part.strip() for part in fold(said).split(",")]
    if field == "in":
        return In(tuple(_one_of(field, part, _PARTS, at) for part in listed))
    found: list[Matcher]
    if field == "is":
        found = [State(_one_of(field, part, {n: n for n in FIELDS["is"]}, at)) for part in listed]
    else:
        known = {what: what for what in FIELDS["has"]} | _HAS
        found = [Has(_one_of(field, part, known, at)) for part in listed]
    return found[0] if len(found) == 1 else Or(tuple(found))


def example(field: str) -> str:
    """A field with a value that it takes."""
    first = FIELDS[field][0] if FIELDS[field] else "168"
    return f"{field}:{first}"


def _unknown(name: str, field: str) -> str:
    from difflib import get_close_matches

    close = _ALIKE.get(field) or next(iter(get_close_matches(field, FIELDS, 1, 0.6)), "")
    name = _cut(name)
    if close in FIELDS:
        return f"There is no field “{name}:”. Did you mean “{close}:”?"
    if close:
        return f"There is no field “{name}:”. Use {close} instead."
    listed = " ".join(f"{known}:" for known in FIELDS)
    return f'There is no field “{name}:”. Use one of {listed} – or write "{name}" to find the word.'


def _one_of(field: str, said: str, known: dict[str, str], at: int) -> str:
    from difflib import get_close_matches

    if said in known:
        return known[said]
    close = get_close_matches(said, known, 1, 0.6)
    begun = [name for name in known if said and name.startswith(said)]
    best = begun[:1] or close
    if best:
        raise QueryError(f"“{field}:” has no “{_cut(said)}”. Did you mean “{field}:{best[0]}”?", at)
    raise QueryError(f"“{field}:” takes one of {', '.join(FIELDS[field])}.", at)


def _cut(said: str) -> str:
    """What was typed, short and with nothing in it that a terminal would obey."""
    from journal_tui.entry.visible import one_line

    said = one_line(said)
    return said if len(said) <= 40 else said[:39] + "…"


def _compared(field: str, said: str, at: int) -> Compare:
    found = _COMPARISON.fullmatch(said.removesuffix("/10") if field == "rating" else said)
    if not found or not any(found.groups()):
        raise QueryError(
            f"“{_cut(said)}” isn't a number for “{field}:”. Write {field}:>=8, {field}:<5 or {field}:6..8.",
            at,
        )
    sign, number, low, high = found.groups()
    if number is None:
        least = float(low.replace(",", ".")) if low else 0.0
        most = float(high.replace(",", ".")) if high else float("inf")
        if least > most:
            raise QueryError(f"{low}..{high} runs backwards: write {high}..{low}.", at)
        return Compare(field, least, most)
    value = float(number.replace(",", "."))
    if sign in (">", ">="):
        return Compare(field, value, float("inf"), open_low=sign == ">")
    if sign in ("<", "<="):
        return Compare(field, 0.0, value, open_high=sign == "<")
    return Compare(field, value, value)


def _during(field: str, said: str, at: int, today: date, day: ReadDay | None) -> During:
    from journal_tui.period import Period, parse_period

    try:
        period = parse_period(said, today, day)
    except WhenError as error:
        begun = said.casefold() in _BEGINNINGS or (len(said) < 3 and said.isdigit())
        hint = f' Several words need quotes: {field}:"last week".' if begun else ""
        raise QueryError(f"{error}{hint}", at) from None
    if field == "since":
        period = Period(period.start, date.max)
    elif field == "until":
        period = Period(date.min, period.end)
    return During(period)


def _weekdays(said: str, at: int, today: date, day: ReadDay | None) -> Matcher:
    found = []
    for part in fold(said).split(","):
        part = part.strip()
        place = [n for n, name in enumerate(WEEKDAYS) if len(part) > 1 and name.startswith(part)]
        if part in ("weekend", "weekends"):
            found += [5, 6]
        elif part in ("weekday", "weekdays", "workday", "workdays"):
            found += [0, 1, 2, 3, 4]
        elif len(place) == 1 or (place and len(part) > 2):
            found.append(place[0])
        elif any(c.isdigit() for c in part):
            return _during("date", said, at, today, day)
        else:
            raise QueryError(
                f"“{_cut(part)}” isn't a day of the week. Write on:monday, or date:2014-10-06 for one day.",
                at,
            )
    return Weekday(tuple(dict.fromkeys(found)))
