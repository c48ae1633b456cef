"""Customers in words: counts with their change, stages, promises, and what returns."""

from collections.abc import Mapping, Sequence
from datetime import date

from journal_tui.counts import counted
from journal_tui.customers.customer import Customer
from journal_tui.customers.loop import REFUSED, REOPENED, SAID, Loop, MadePromise
from journal_tui.customers.overview import (
    WITHOUT_THEME,
    Count,
    CustomerRow,
    OpenPromise,
    Overview,
    Repeat,
)
from journal_tui.entry.model import DEALINGS, DONE, DROPPED, FRUSTRATIONS, IMPROVEMENTS, VALUES

SECTION_NAMES = {
    DEALINGS: "dealing with us",
    FRUSTRATIONS: "frustration",
    VALUES: "values",
    IMPROVEMENTS: "promise",
    "feedback": "feedback",
    "": "feedback",
}
"""What one item of each section is called."""


def theme_shown(theme: str) -> str:
    """Return a theme with its sign, or words for none."""
    return f"#{theme}" if theme != WITHOUT_THEME else "without a tag"


def change(count: Count) -> str:
    """Return the change against the period before: `+2`, `−1`, `±0`, or ""."""
    if count.change is None:
        return ""
    if count.change == 0:
        return "±0"
    return f"+{count.change:,}" if count.change > 0 else f"−{-count.change:,}"


def with_change(count: Count) -> str:
    """Return a count with its change in brackets: `4 (+1)`."""
    changed = change(count)
    return f"{count.now:,} ({changed})" if changed else f"{count.now:,}"


def visited(row: CustomerRow) -> str:
    """Return how often and when last a customer was visited, and whether a visit is due."""
    words = [counted(len(row.visits), "visit"), row.since_visit()]
    if row.last_visit:
        words.insert(1, f"last {row.last_visit}")
    said = ", ".join(words)
    if row.is_due is None:
        return said
    every = f"every {counted(row.customer.every or 0, 'day')}"
    return f"{said}; {'a visit is late' if row.is_due else 'on time'} ({every})"


def themes_of(row: CustomerRow, order: Sequence[str]) -> str:
    """Return what was said by theme, in the order of the overview: `12 said (+3): #network 4 (+1)`."""
    said = with_change(row.said).replace(" ", " said ", 1) if row.said.change is not None else ""
    said = said or f"{row.said.now:,} said"
    listed = [
        f"{theme_shown(theme)} {with_change(row.themes[theme])}"
        for theme in order
        if theme in row.themes
    ]
    return f"{said}: {', '.join(listed)}" if listed else said


def promised(promise: OpenPromise, today: date) -> str:
    """Return an open promise with its owner, its age and when it is due."""
    one = promise.made.promise
    owner = "" if not one.owner or f"@{one.owner}" in one.text else f", @{one.owner}"
    due = ""
    if one.due:
        due = f", {'was due' if promise.is_late(today) else 'due'} {one.due}"
    return f"{one.text}{owner} – for {counted(promise.age, 'day')}{due}"


def stage_shown(loop: Loop) -> str:
    """Return the stage of a loop in a word or two, with what isn't written."""
    if loop.section == VALUES and loop.stage == SAID:
        return "valued"
    if loop.stage == REOPENED:
        return "said again"
    if loop.stage == DONE:
        return "done, not yet told"
    if loop.stage == REFUSED:
        return "refused" if loop.is_told else "refused, not yet told"
    return loop.stage


def promise_shown(made: MadePromise) -> str:
    """Return a promise with its box, and the day on which it is due, or was done or dropped."""
    one = made.promise
    box = {DONE: "[x]", DROPPED: "[-]"}.get(one.state, "[ ]")
    when = f" {'done' if one.state == DONE else 'dropped'} {one.closed}" if one.closed else ""
    due = f" due {one.due}" if one.due and one.is_open else ""
    return f"{box} {one.text}{due}{when}"


def how_long(overview: Overview) -> str:
    """Return the median days from saying to doing and from doing to telling, in one sentence."""
    if overview.to_done is None:
        return "Nothing in this period has a day on which it was done."
    days = f"{overview.to_done:g} {'day' if overview.to_done == 1 else 'days'}"
    done = f"From said to done: median {days} ({overview.done:,})."
    if overview.to_told is None:
        return f"{done} From done to told: nothing yet."
    days = f"{overview.to_told:g} {'day' if overview.to_told == 1 else 'days'}"
    return f"{done} From done to told: median {days} ({overview.told:,})."


def repeated(repeat: Repeat, names: Mapping[str, Customer]) -> str:
    """Return a theme that returns: `#network: 4 times, by Kelby Depot and Westmere Laboratory`."""
    listed = [names[key].shown if key in names else key for key in repeat.customers]
    by = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
    visits = len({loop.place.path for loop in repeat.loops})
    return f"#{repeat.theme}: {counted(len(repeat.loops), 'time')} on {counted(visits, 'visit')}, by {by}"
