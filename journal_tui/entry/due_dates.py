"""Due dates of follow-ups: `due:friday`, `(due 3 March)`, `[due:: 2014-10-13]`, `📅 2014-10-13` and others.

A date in words is counted from the entry's own day. What is marked as a due date and isn't a date
is a fault, which is reported. Other dates (`⏳`, `🛫`, `✅`, `SCHEDULED:`), recurrence and priorities
are part of the text. To add a form, add its beginning to `_OPENING`, and a piece of this beginning
to `_STARTS_OF_DUE_DATES`: only a text with one of these is searched.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.mentions import without_code
from journal_tui.errors import WhenError
from journal_tui.period import MONTHS, TIME, WEEKDAYS, iso_day, parse_due
from journal_tui.period.day import NotADay

_KEY = r"due(?:[ -]?(?:date|by|on))?|deadline"
_COLON = "[:：]{1,2}"
_EMOJI = "📅📆🗓"
_OPENING = lazy_pattern(
    rf"(?P<bracket>[\[(]\s?(?:{_KEY})\s?{_COLON}\s*)"
    r"|(?P<remark>\(\s?due(?:\s(?:on|by))?\s)"
    rf"|(?P<key>(?<![\w@#/&?=.:-])[*_]{{0,3}}(?:{_KEY}){_COLON}[*_]{{0,3}}\s*)"
    r"|(?P<call>@due[({]\s?|(?<!@)@\{(?=\s?[0-9])|(?<!@)@(?=\[\[[0-9]))"
    rf"|(?P<emoji>[{_EMOJI}]\ufe0f?\s*)"
    r"|(?P<stamp>(?<!SCHEDULED: )(?<!SCHEDULED:)(?<!CLOSED: )(?<!-)<(?=[0-9]{4}-[0-9]{2}-[0-9]{2}))"
    r"|(?P<bare>(?<![\w-])due\s(?:(?:on|by)\s)?)",
    re.IGNORECASE,
)
# Looked for one by one, which is faster than a pattern, or than folding the case of the whole text.
_STARTS_OF_DUE_DATES = (
    "due",
    "Due",
    "DUE",
    "eadline",
    "DEADLINE",
    *_EMOJI,
    "@{",
    "@[[",
    "<1",
    "<2",
)
# How long the text may be that comes before a sign: a bracket, marks of emphasis, "d" of deadline.
_LONGEST_LEAD = 12
_STAMP = lazy_pattern(r"<([0-9]{4}-[0-9]{2}-[0-9]{2})([^<>]{0,60})>(?:--<[^<>]{10,60}>)?")
_CLOCK = lazy_pattern(r"[0-9]{1,2}:[0-9]{2}(?:-[0-9]{1,2}:[0-9]{2})?")
_PAGE = lazy_pattern(r"\[\[([^\[\]]{1,60})\]\]")
# A soft hyphen and characters without width, which text from the web has inside words.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_NUMBER = r"[+-]?[0-9][\w./:+-]{0,40}+['’]?"
_TOKEN = (
    rf"(?:{_NUMBER}|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,7}}"
    r"|q[1-4]|w[0-9]{1,2}|weeks?|weekend|days?|months?|quarters?|years?|fortnights?|time|today|now|tonight"
    r"|tomorrow|yesterday|morning|afternoon|evening|night|next|last|this|previous|coming|current|the|an?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple|in|on|at|by|of|end|start|beginning"
    rf"|first|from|after|before|ago|earlier|later|eo[wmqy]|[ap]m)(?:['’]s?)?(?![\w'’]|[{_INVISIBLE}][\w-])"
)
# Up to six words that may be a date; the longest date at their beginning counts.
_RUN = lazy_pattern(rf"{_TOKEN}(?:[\s,.-]{{1,2}}{_TOKEN}){{0,5}}\.?", re.IGNORECASE)
# No date ends in one of these words, except in "friday after next".
_DANGLING = lazy_pattern(
    r"(?:(?:^|[\s,-]+)(?:the|of|in|on|at|by|an?|from|after|before|(?<!after\s)next|last|this))+$",
    re.IGNORECASE,
)
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[\s.,;:!?)\]}>|]|$)")
_ISO_TIME = lazy_pattern(rf"(?:{TIME[:-1]})(?![\w:])")
# A time rather than a date; "3.10" may be either.
_DOTTED_TIME = lazy_pattern(r"[0-9]{1,2}\.(?:1[3-9]|[2-5][0-9]|00)\.?")
_ISO_LIKE = lazy_pattern(r"[0-9]{4}-[0-9]{2}(?=-[0-9]{2})")
# Word processors write longer dashes, or hyphens that don't break, in a date.
_LONG_DASH = lazy_pattern(
    r"(?<![0-9])[0-9]{4}[\u2010-\u2015\u2212](?:[0-9]{1,2}(?:[\u2010-\u2015\u2212][0-9]{1,2})?|[Ww][0-9]{1,2})(?!\w)"
)
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
# The numbers, other than times, after a year or the name of a month: "2014 10 13", "Oct 13-14".
_MORE_NUMBERS = lazy_pattern(r"(?:[\s.]{1,2}[0-9][\w./-]{0,20}(?![\w:])){1,2}")
_SHORT_DATE = lazy_pattern(r"[0-9]\. ?[0-9]{1,2}\.$")
_SAID = lazy_pattern(r"[^\s\[\](){}<>]{1,40}")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
# The most due dates that are read in a line; no person writes more into a follow-up.
_MOST = 20
_ADVICE = "try due:"
_FORMS = "write due:YYYY-MM-DD, or a weekday such as due:friday"
_MONTH_NAMES = {*MONTHS, *(name[:3] for name in MONTHS), "Sept"}
_WORDS = ("today", "tonight", "tomorrow")


class DueDate(NamedTuple):
    """A due date in a text: its span, its day or the fault in it, and the words that stay: a time.

    `form` is the group of `_OPENING` that it begins with, such as "key" for `due:` and "bare" for words
    like “due friday”. The span is empty if all of its words stay.
    """

    start: int
    end: int
    form: str
    day: date | None
    fault: str = ""
    kept: str = ""

    @property
    def is_unreadable(self) -> bool:
        """Whether it is meant as a due date and can't be read, so that another may replace it."""
        return self.day is None and self.form != "bare" and self.start < self.end


class _NoSuchDay(WhenError):
    """A day that the calendar doesn't have, whose words end at `end`."""

    def __init__(self, sentence: str, end: int) -> None:
        super().__init__(sentence)
        self.end = end


def may_have_due_dates(text: str) -> bool:
    """Return whether a text has a sign of a due date, quickly."""
    for sign in _STARTS_OF_DUE_DATES:  # noqa: SIM110 - a plain loop is faster, and this is asked for every item
        if sign in text:
            return True
    return False


def _first_sign(text: str) -> int:
    """Return where the first sign of a due date is, or -1."""
    found = [place for sign in _STARTS_OF_DUE_DATES if (place := text.find(sign)) >= 0]
    return min(found, default=-1)


def due_dates(text: str, day: date) -> list[DueDate]:
    """Return the due dates in a line or an item, in order; words are counted from `day`."""
    sign = _first_sign(text)
    if sign < 0:
        return []
    text = without_code(text)
    if not text.isascii():
        text = _LONG_DASH.sub(lambda date: date[0].translate(_DASHES), text)
    found: list[DueDate] = []
    # The search begins near the first sign, because a search of the whole text would take long.
    position = max(sign - _LONGEST_LEAD, 0)
    while len(found) < _MOST and (opening := _OPENING.search(text, position)):
        due = _read(text, opening, day)
        if due:
            found.append(due)
        position = max(opening.end(), due.end if due else 0)
    return found


def without_due_dates(text: str, found: Sequence[DueDate]) -> str:
    """Return the words of a follow-up without these due dates."""
    pieces: list[str] = []
    position = 0
    for due in found:
        before, after = text[position : due.start].rstrip(), text[due.end : due.end + 1]
        pieces += before, due.kept and f" {due.kept}", " " if after.isalnum() else ""
        position = due.end
    return " ".join("".join([*pieces, text[position:]]).split())


def with_dates(text: str, day: date) -> str:
    """Return a follow-up's words with each due date in words, such as `due:friday`, as a date."""
    for due in reversed(due_dates(text, day)):
        written = text[due.start : due.end]
        if due.day and written and not _ISO_LIKE.search(written):
            dated = f"due:{due.day.isoformat()} {due.kept}".rstrip()
            text = f"{text[: due.start]}{dated}{text[due.end :]}"
    return text


def _read(text: str, opening: re.Match[str], day: date) -> DueDate | None:
    form, start, at = opening.lastgroup or "", opening.start(), opening.end()
    if form == "stamp":
        at = start
    closing = _CLOSING.get(text[start] if form in ("bracket", "remark") else text[at - 1 : at], "")
    if form == "call":
        closing = _CLOSING.get(opening.group().rstrip()[-1], "")
    try:
        value = _value(text, at, day)
    except _NoSuchDay as error:
        if form in ("stamp", "bare"):
            return None
        words = text[at : error.end]
        clock = re.search(TIME, words)
        start, end = _closed(text, start, error.end, closing)
        fault = _explain(error, words, day)
        return DueDate(start, end, form, None, fault, clock[1] if clock else "")
    if value is None:
        return _fault(text, start, at, form, closing, day)
    found, end, kept = value
    if form == "bare":
        words = " ".join(text[start:end].split())
        if words.split()[-1].title() in MONTHS and not any(map(str.isdigit, words)):
            # "The fees due may be lower": the name of a month may be another word.
            return None
        fault = f"“{words}” isn't read as a due date; write due:{found.isoformat()} if it is one"
        return DueDate(start, end, form, None, fault)
    start, end = _closed(text, start, end, closing)
    return DueDate(start, end, form, found, kept=kept if start < end else "")


def _closed(text: str, start: int, end: int, closing: str) -> tuple[int, int]:
    """Return the span of a due date with its closing bracket, or an empty one if that is missing."""
    if not closing:
        return start, end
    rest = re.compile(rf"\s*{re.escape(closing)}").match(text, end)
    # "(due friday, if possible)" stays as a whole.
    return (start, rest.end()) if rest else (end, end)


def _value(text: str, at: int, day: date) -> tuple[date, int, str] | None:
    """Return the day that is written at an offset, its end, and the time after it.

    Return None if no date begins there. Raise _NoSuchDay for one that doesn't exist.
    """
    if iso := _ISO.match(text, at):
        found = iso_day(iso[1])
        if found:
            clock = _ISO_TIME.match(text, iso.end())
            return (found, clock.end(), clock[1]) if clock else (found, iso.end(), "")
    if text.startswith("<", at):
        stamp = _STAMP.match(text, at)
        if not stamp:
            return None
        clock = _CLOCK.search(stamp[2])
        return _day(stamp[1], day, stamp.end()), stamp.end(), clock.group() if clock else ""
    if page := _PAGE.match(text, at):
        return _day(page[1], day, page.end()), page.end(), ""
    run = _RUN.match(text, at)
    if not run:
        return None
    words = run.group()
    while words:
        if not _SHORT_DATE.search(words):
            words = _DANGLING.sub("", words.rstrip(".,;:!?-"))
        if not words:
            break
        try:
            found = _day(words, day, at + len(words))
        except NotADay:
            # Try again without the last word.
            words = (
                words[: max(words.rfind(blank) for blank in " \t\u00a0,")] if " " in words else ""
            )
            continue
        end = at + len(words)
        if (more := _MORE_NUMBERS.match(text, end)) and _is_long(words):
            raise _NoSuchDay(f"“{text[at : more.end()]}” isn't a date; {_FORMS}", more.end())
        clock = re.search(TIME, words)
        return found, end, clock[1] if clock else ""
    return None


def _is_long(words: str) -> bool:
    """Return whether words are only a year or the name of a month."""
    return (words.isdecimal() and len(words) == 4) or words.title() in _MONTH_NAMES


def _day(words: str, day: date, end: int) -> date:
    """Return the day that words name; raise NotADay, or _NoSuchDay with the `end` of the words."""
    try:
        return _parse(words, day)
    except NotADay:
        raise
    except WhenError as error:
        raise _NoSuchDay(str(error), end) from error


@lru_cache(maxsize=500)
def _parse(words: str, day: date) -> date:
    if _DOTTED_TIME.fullmatch(words):
        raise NotADay(f"“{words}” isn't a date.")
    return parse_due(words, day)


def _fault(text: str, start: int, at: int, form: str, closing: str, day: date) -> DueDate | None:
    """Return a due date that can't be read, with its fault; None if it was probably not meant as one."""
    said = _SAID.match(text, at)
    if not said:
        return None
    words = said.group().rstrip(".,;:!?") or said.group()
    has_digit = any(c.isdigit() for c in words)
    if form in ("bare", "stamp") or (form in ("remark", "emoji") and not has_digit):
        return None
    advice = _advice(words, day)
    start, end = _closed(text, start, at + len(words), closing)
    if (
        text[at - 1].isspace()
        and form == "key"
        and not has_digit
        and not advice.startswith(_ADVICE)
    ):
        # "See what is due: invoices" stays as a whole.
        start = end
    return DueDate(start, end, form, None, f"“{words}” isn't a date; {advice}")


def _explain(error: WhenError, words: str, day: date) -> str:
    """Return the sentence of an error; if a month has no such day, add the last day that it has."""
    sentence = str(error).removesuffix(".")
    month = _ISO_LIKE.match(words) if "doesn't exist" in sentence else None
    try:
        return f"{sentence}; try due:{parse_due(month[0], day)}" if month else sentence
    except WhenError:
        return sentence


def _advice(words: str, day: date) -> str:
    """Return what to write for a word that isn't a date: the day that it may mean, or the forms."""
    from journal_tui.period.calendar_words import weekdays

    numbers = weekdays(words)
    if len(numbers) == 1:
        # The last weekdays of the calendar have no next one.
        with suppress(WhenError):
            return f"{_ADVICE}{parse_due(WEEKDAYS[numbers[0]], day)}"
    if word := _nearest(words.casefold()):
        return f"{_ADVICE}{word}"
    return _FORMS


def _nearest(word: str) -> str:
    """Return the word for a day of which this may be a misspelling, or "" if none or several are."""
    from journal_tui.entry.edit_distance import distance

    most = 1 if len(word) < 8 else 2
    known = [*_WORDS, *(name.lower() for name in (*WEEKDAYS, *MONTHS) if len(name) > 4)]
    found = sorted((distance(word, name, most), name) for name in known)
    is_one = found[0][0] <= most and found[0][0] < found[1][0]
    return found[0][1] if is_one else ""
