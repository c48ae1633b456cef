"""Read the marks in a follow-up's words: `waiting:@ann`, `since:2014-10-13`, `done:2014-10-20`.

A mark is read from the words of an item, or from its lines as they are written, so that a change can
replace it. A state without a mark for its date began on the entry's own day, which isn't filled in here.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.mentions import PERSON, without_code
from journal_tui.entry.model import CLOSED, DROPPED, OPEN, WAITING
from journal_tui.errors import WhenError
from journal_tui.period import iso_day, parse_day

WAITING_FOR, SINCE, CLOSED_ON = "waiting", "since", "closed"
"""The kinds of marks: whom it waits for, since when, and when it was done or dropped."""
DONE_KEY, DROPPED_KEY = "done", "dropped"
"""The words that the app writes before the day on which a follow-up was done or dropped."""
REASON_DASH = " – "
"""The dash that the app writes between a dropped follow-up and the reason."""

_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OPENING = lazy_pattern(
    r"(?<![^\s(\[])(?:(?P<waiting>waiting)::?\s?|(?P<since>since)::?(?:(?<=::)\s)?"
    rf"|(?P<closed>done|completed|completion|dropped|cancell?ed|CLOSED)::?\s?\[?(?={_ISO}))"
    rf"|(?P<call>(?<!\S)@(?:done|cancell?ed)\((?={_ISO}))|(?P<sign>[✅❌]\ufe0f?\s*(?={_ISO}))",
    re.IGNORECASE,
)
# Looked for first, which is faster than a pattern.
_STARTS_OF_MARKS = (
    "waiting:",
    "since:",
    "done",
    "ompleted:",
    "ompletion:",
    "dropped:",
    "cancel",
    "closed:",
    "✅",
    "❌",
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]|\.(?=\w)){0,40}")
_SAID = re.compile(r"[^\s()\[\]]{1,40}")
_STAMP_END = re.compile(r"(?: [^\]\n]{1,40})?\]")
_CALL_END = re.compile(r"[^()\n]{0,20}\)")
_DASH = re.compile(r"\s(?:[–—]|-{1,2})\s")
ANCHOR = re.compile(r"(?:\s+\^[\w-]{1,40})?\s*\Z")
"""The pattern of a line's end with the anchor before it, if any: `^a1b2`, which Obsidian needs there."""
_CLOSING = {"(": ")", "[": "]"}


class TaskMark(NamedTuple):
    """A mark in a text: its span, its kind, and the span and words of its value.

    `value` is the people of `waiting`, with commas between them, or else a date as it is written.
    """

    start: int
    end: int
    kind: str
    value_start: int
    value_end: int
    value: str


class Marks(NamedTuple):
    """The state of a follow-up, with the values of its marks.

    `waiting` is whom it waits for, such as "@ann", with commas between several. `since` is the day
    since which it has waited, or on which it was done or dropped, if the text says so. `unread` are
    the marks whose people or date aren't understood.
    """

    state: str
    waiting: str = ""
    since: date | None = None
    reason: str = ""
    unread: tuple[TaskMark, ...] = ()


def marks_in(text: str) -> Iterator[TaskMark]:
    """Yield the marks of a text in order, whatever the state of its follow-up."""
    lower = text.lower()
    if not any(sign in lower for sign in _STARTS_OF_MARKS):
        return
    plain = without_code(text)
    position = 0
    while opening := _OPENING.search(plain, position):
        position = opening.end()
        if mark := _read(plain, opening):
            yield mark
            position = mark.end


def _read(text: str, opening: re.Match[str]) -> TaskMark | None:
    kind, start, at = opening.lastgroup or "", opening.start(), opening.end()
    if kind == WAITING_FOR:
        end = _people_end(text, at)
    elif kind == SINCE:
        said = _SAID.match(text, at)
        end = at + len(said.group().rstrip(".,;:!?")) if said else at
    else:
        end = at + len("2014-10-13")
    if end == at:
        return None
    value_end = end
    bracket = text[start - 1 : start]
    ending = _CALL_END if kind == "call" else _STAMP_END if opening.group()[-1] == "[" else None
    if ending and (rest := ending.match(text, end)):
        end = rest.end()
    elif kind != "sign" and bracket in _CLOSING and text.startswith(_CLOSING[bracket], end):
        start, end = start - 1, end + 1
    kind = CLOSED_ON if kind in ("call", "sign") else kind
    return TaskMark(start, end, kind, at, value_end, text[at:value_end])


def _people_end(text: str, at: int) -> int:
    """Return the end of the people who are named at an offset, or else of the word that is there."""
    end = at
    while found := PERSON.match(text, end):
        end = found.end()
        if not text.startswith(",@", end):
            return end
        end += 1
    word = None if end > at else _WORD.match(text, at)
    return word.end() if word else max(at, end - 1)


def read_marks(text: str, state: str, day: date) -> Marks:
    """Read the marks in a follow-up's words; a date such as `since:yesterday` is counted from `day`."""
    found = [*marks_in(text)]
    if state in CLOSED:
        closed = [mark for mark in found if mark.kind == CLOSED_ON]
        since = iso_day(closed[-1].value) if closed else None
        unread = [mark for mark in closed if iso_day(mark.value) is None]
        why = reason(text, found) if state == DROPPED else ""
        return Marks(state, "", since, why, tuple(unread))
    people = [mark.value for mark in found if mark.kind == WAITING_FOR]
    if people and state == OPEN:
        state = WAITING
    unread = [mark for mark in found if mark.kind == WAITING_FOR and not mark.value.startswith("@")]
    since = None
    for mark in found if state == WAITING else ():
        if mark.kind == SINCE:
            try:
                since = iso_day(mark.value) or parse_day(mark.value, day)
            except WhenError:
                unread.append(mark)
    return Marks(state, ",".join(people), since, "", tuple(unread))


def reason(text: str, marks: Sequence[TaskMark] = ()) -> str:
    """Return why a follow-up was dropped, without an anchor, or "".

    The reason is the words after the day on which it was dropped and a dash, or else after the last dash.
    """
    closed = [mark for mark in marks if mark.kind == CLOSED_ON]
    # The day separates the reason from the follow-up's own words, so the reason may have dashes, too.
    if closed and (dash := _DASH.match(text, closed[-1].end)):
        return ANCHOR.sub("", without_marks(text[dash.end() :], DROPPED)).strip()
    said = without_marks(text, DROPPED) if marks else text
    said = ANCHOR.sub("", said)
    dashes = [*_DASH.finditer(said)]
    return said[dashes[-1].end() :].strip() if dashes and said[: dashes[-1].start()].strip() else ""


def without_marks(text: str, state: str) -> str:
    """Return the words of a follow-up without the marks that say the same as its state."""
    found = [*marks_in(text)]
    kinds = {WAITING_FOR}
    if state == WAITING or any(mark.kind == WAITING_FOR for mark in found):
        kinds.add(SINCE)
    if state in CLOSED:
        kinds.add(CLOSED_ON)
    pieces: list[str] = []
    position = 0
    for mark in found:
        if mark.kind in kinds:
            before, after = text[position : mark.start].rstrip(), text[mark.end : mark.end + 1]
            pieces += before, " " if after.isalnum() else ""
            position = mark.end
    return " ".join("".join([*pieces, text[position:]]).split()) or text if pieces else text
