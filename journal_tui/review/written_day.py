"""The facts about a written day, or about the notes of a period, from which a review is made."""

from datetime import date
from typing import NamedTuple

from journal_tui.entry.follow_ups import FollowUp


class LearningPoint(NamedTuple):
    """A learning point with the entry that it is in; `names` are the tags and people in its text.

    If it is in a period note, `period` is the name of that period, otherwise "", and `day` is the
    first day of the period.
    """

    text: str
    day: date
    path: str
    line: int
    names: tuple[str, ...] = ()
    period: str = ""


class WrittenDay(NamedTuple):
    """The files of a day together, or the notes of `period`, with `day` as its first day.

    `path` and `line` are the place of the rating or, without one, the path of the entry and 1. `names`
    are the tags and people with their signs as they were spelled, `kinds` the kinds of the notes.
    """

    day: date
    path: str
    line: int = 1
    title: str = ""
    rating: float | None = None
    remark: str = ""
    words: int = 0
    points: tuple[LearningPoint, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    period: str = ""
