"""Choose the learning point that returns, and the cue that is shown first."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from journal_tui.entry.mentions import mentions
from journal_tui.entry.verdicts import STILL_TRUE, verdicts_in, without_verdicts

POINT_DAYS = (21, 91, 274)
"""After how many days a learning point returns: three weeks, three months and nine months.

The best interval before seeing something again grows with the time for which to remember it:
Cepeda et al. 2008, Psychological Science 19.
"""
MAX_IGNORED = 5
"""After this many points in a row without an answer, no point returns until the user asks for one."""
ANSWERED_DAYS = 14
"""For how many days a point doesn't return after the verdict that it is still true."""
_CUE_WORDS = 4


class ReturningPoint(NamedTuple):
    """A learning point that returns: its text without verdicts, where it is, and the day's rating."""

    text: str
    day: date
    path: str
    line: int
    rating: float | None = None

    @property
    def cue(self) -> str:
        """The tag or person of the point, or else its first words."""
        tags, people = mentions(self.text)
        if tags or people:
            return f"#{tags[0]}" if tags else f"@{people[0]}"
        words = self.text.split()
        return " ".join(words[: min(_CUE_WORDS, len(words) // 2)])


def may_return(text: str, today: date) -> bool:
    """Return whether a point may return, by the verdicts in its text.

    It doesn't return if it was acted on, is no longer true, or was recently found still true.
    """
    verdicts = verdicts_in(text)
    return not verdicts or (
        verdicts[-1].said == STILL_TRUE and (today - verdicts[-1].day).days > ANSWERED_DAYS
    )


def choose_point(points: Iterable[ReturningPoint], today: date) -> ReturningPoint | None:
    """Return the point to show today, a different one each day; None if there are none."""
    listed = [
        point._replace(text=without_verdicts(point.text))
        for point in points
        if may_return(point.text, today)
    ]
    return listed[today.toordinal() % len(listed)] if listed else None
