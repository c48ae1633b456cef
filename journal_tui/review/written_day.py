"""What a review knows of a written day, or of a period's note: the facts that its numbers come from."""

from datetime import date
from typing import NamedTuple

from journal_tui.entry.follow_ups import FollowUp


class LearningPoint(NamedTuple):
    """A learning point with the entry that it is in; `names` are the tags and people in its text.

    `period` is the name of a period's note that it is in, of which `day` is the first day, or "".
    """

    text: str
    day: date
    path: str
    line: int
    names: tuple[str, ...] = ()
    period: str = ""


class WrittenDay(NamedTuple):
    """The files of a day together, or the notes of `period`, with `day` as its first day.

    `path` is that of the rating or else of the entry, and `line` that of the rating, or 1. `names`
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
