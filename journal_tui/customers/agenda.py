"""What is still open from earlier visits, as a list in the note of the next one.

The list is for people: nothing in it is parsed as feedback, a follow-up, a tag or a person, because
these already count in the entries from which they come.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from journal_tui.customers.loop import REOPENED, SAID, Loop
from journal_tui.customers.sheet import plain_name, quoted, without_mentions
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import DONE, DROPPED
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.vocabulary import Vocabulary

HEADING = "From earlier visits"
NOT_TOLD, SAID_AGAIN, STILL_OPEN = "Not yet told", "Said again", "Still open"
_LINK_NAME = re.compile(r"[^\[\]|\n#^]+")


def agenda(loops: Iterable[Loop], customer: str, day: date, words: Vocabulary) -> str:
    """Return the heading and the list for a visit to a customer on a day; "" if nothing is open.

    What was done or refused without telling the customer comes first, then promises by due date.
    """
    found = [it for it in loops if customer in it.customers and it.place.day < day]
    places = {loop.place for loop in found}
    listed = [
        (_rank(loop), loop)
        for loop in found
        if loop.again not in places and (loop.awaits_telling or _is_open(loop))
    ]
    lines = dict.fromkeys(
        _line(loop, day, words) for _, loop in sorted(listed, key=lambda it: it[0])
    )
    return "\n".join([f"## {HEADING}", "", *lines]) if lines else ""


def _is_open(loop: Loop) -> bool:
    return loop.is_open and (loop.stage != SAID or loop.earlier is not None)


def _rank(loop: Loop) -> tuple[int, date, date, str, int]:
    place = loop.place
    due = [it.promise.due for it in loop.promises if it.promise.is_open and it.promise.due]
    return (
        int(not loop.awaits_telling),
        min(due, default=date.max),
        place.day,
        place.path,
        place.line,
    )


def _line(loop: Loop, day: date, words: Vocabulary) -> str:
    stem = loop.place.path.rpartition("/")[2].removesuffix(".md")
    target = stem if _LINK_NAME.fullmatch(stem) else loop.place.day.isoformat()
    link = f"[[{target}|{plain_date(loop.place.day)}]]"
    line = f"- {_state(loop)}, {link}: {_text(loop)}"
    return line if is_only_text(line, day, words) else f"- {_state(loop)}, {link}"


def _state(loop: Loop) -> str:
    if loop.awaits_telling:
        return NOT_TOLD
    return SAID_AGAIN if loop.stage == REOPENED or loop.earlier else STILL_OPEN


def _text(loop: Loop) -> str:
    promised = "; ".join(_promises(loop))
    if not loop.is_feedback:
        return promised
    said = quoted(without_mentions(loop.text, plain_name))
    return f"{said} – {promised}" if promised else said


def _promises(loop: Loop) -> Iterator[str]:
    for made in loop.promises:
        promise = made.promise
        if promise.state == DONE:
            on = f" on {plain_date(promise.closed)}" if promise.closed else ""
            state = f"done{on}"
        elif promise.state == DROPPED:
            state = "dropped"
        else:
            state = f"for {plain_date(promise.due)}" if promise.due else ""
        owner = plain_name(promise.owner) if promise.owner else ""
        facts = ", ".join(filter(None, (owner, state)))
        text = without_mentions(promise.text, plain_name, promise.owner)
        yield f"{text} ({facts})" if facts else text


def is_only_text(line: str, day: date, words: Vocabulary) -> bool:
    """Return whether the parser finds nothing but text in a line of the list."""
    entry = Entry(day, f"# A\n\n## {HEADING}\n\n{line}\n", words)
    found = (entry.outline.points, entry.tasks, entry.tags, entry.people, entry.outline.sections)
    return not any((*found, entry.rating, entry.expectations, entry.problems))
