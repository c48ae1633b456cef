"""Read verdicts: that a learning point is still true, was acted on, or is no longer true.

A verdict is an item nested under the point in its own entry, with the day on which it was given:

    - Ask for the name of the owner
      - still true 2026-11-21
      - acted on 2027-02-14 – the desk's checklist
"""

import re
from datetime import date
from typing import NamedTuple

from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.period import iso_day

STILL_TRUE, ACTED_ON, NO_LONGER_TRUE = "still true", "acted on", "no longer true"
VERDICTS = (STILL_TRUE, ACTED_ON, NO_LONGER_TRUE)
"""The verdicts as they are written."""

# The text of a point has the texts of nested items after a dash, divided by semicolons.
_VERDICT = lazy_pattern(
    rf"(?:(?P<first>\s–\s)|;\s)(?P<said>{'|'.join(VERDICTS)})\s(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    r"(?:\s[–—-]\s(?P<remark>[^;]*))?(?=;\s|\s–\s|\s*$)",
    re.IGNORECASE,
)


class Verdict(NamedTuple):
    """One of `VERDICTS`, the day on which it was given, and a remark, such as where it was acted on."""

    said: str
    day: date
    remark: str = ""

    def __str__(self) -> str:
        written = f"{self.said} {self.day.isoformat()}"
        return f"{written} – {self.remark}" if self.remark else written


def verdicts_in(text: str) -> list[Verdict]:
    """Return the verdicts in the text of a learning point, in their order."""
    lowered = text.lower()
    if "true" not in lowered and "acted on" not in lowered:
        return []
    return [
        Verdict(match["said"].lower(), day, (match["remark"] or "").strip())
        for match in _VERDICT.finditer(text)
        if (day := iso_day(match["day"]))
    ]


def without_verdicts(text: str) -> str:
    """Return the text of a learning point without its verdicts."""

    def removed(match: re.Match[str]) -> str:
        if not iso_day(match["day"]):
            return match.group()
        return "" if match["first"] is None else "\0"

    # If the first nested item is removed, the next one follows the point after a dash.
    return _VERDICT.sub(removed, text).replace("\0;", " –").replace("\0", "").rstrip()
