"""The words beside the text of a follow-up in the list: a short date, and a line of facts below it."""

from datetime import date

from journal_tui.app.widgets.humanize import counted, short_day
from journal_tui.entry.follow_ups import CLOSED_LATELY, WAITS, FollowUp, Group
from journal_tui.entry.model import DROPPED, WAITING

LEAD = 11
"""Columns of the date before a row's text."""


def lead(title: str, follow_up: FollowUp, today: date) -> str:
    """Return the date before the text of a row in the group `title`: when it is due, or was closed.

    For a follow-up that waits and has no due date, return how long it has waited.
    """
    if title == WAITS and not follow_up.due:
        return follow_up.how_long(today) or "since today"
    if title == CLOSED_LATELY:
        return short_day(follow_up.since_when, today)
    return short_day(follow_up.due, today) if follow_up.due else ""


def about(title: str, follow_up: FollowUp, today: date) -> str:
    """Return the line below the selected row in the group `title`: the facts that the row doesn't show."""
    said: list[str] = []
    if follow_up.state == DROPPED:
        said.append("dropped")
    if follow_up.is_late(today) and follow_up.due:
        said.append(f"{counted((today - follow_up.due).days, 'day')} late")
    if follow_up.state == WAITING:
        whom = f" for {follow_up.people}" if follow_up.waiting else ""
        said.append(f"waiting{whom} since {short_day(follow_up.since_when, today)}")
    if title in (WAITS, CLOSED_LATELY) and follow_up.due:
        said.append(f"due {short_day(follow_up.due, today)}")
    said.append(f"written {follow_up.period or short_day(follow_up.day, today)}")
    return " · ".join(said)


def summary(groups: list[Group]) -> str:
    """Return how many are open in each group: "2 late · 3 this week · 1 waiting"."""
    return " · ".join(
        f"{len(group.follow_ups):,} {group.title[:1].lower()}{group.title[1:]}"
        for group in groups
        if group.title != CLOSED_LATELY
    )
