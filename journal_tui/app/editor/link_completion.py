"""Complete `[[` with a link to an entry: find what is typed, label the candidates, and fit the brackets."""

from datetime import date
from typing import TYPE_CHECKING

from journal_tui.period import WEEKDAYS

if TYPE_CHECKING:
    from journal_tui.journal import LinkCandidate

_OPEN, _CLOSE = "[[", "]]"
_LONGEST = 80
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_UNWRITTEN = "nothing written"


def is_link(word: str) -> bool:
    """Return whether a word that is being typed is a link to an entry."""
    return word.startswith(_OPEN)


def link_before(text: str, rest: str = "") -> str:
    """Return the link that is being typed at the end of a text, with its brackets, or "".

    `rest` follows it on the line. Words after a bar, a heading after `#`, and code aren't completed.
    """
    start = text.rfind(_OPEN, max(0, len(text) - _LONGEST))
    if start < 0:
        return ""
    word = text[start:]
    name = word.removeprefix(_OPEN)
    is_name = not any(sign in name for sign in "[]|#") and not name.startswith(" ")
    # "#[[two words]]" is a tag of Logseq, and after a backtick one writes code.
    is_link = text[start - 1 : start] not in ("#", "[") and text.count("`", 0, start) % 2 == 0
    is_end = not (rest[:1].isalnum() or rest[:1] in tuple("-_["))
    return word if is_name and is_link and is_end else ""


def link_text(candidate: "LinkCandidate") -> str:
    """Return the link to a candidate, with its brackets."""
    return f"{_OPEN}{candidate.target}{_CLOSE}"


def link_label(candidate: "LinkCandidate", today: date) -> str:
    """Return a candidate as a row: the date with its weekday, or the period, and what it says."""
    day = candidate.day
    if candidate.period:
        return f"{candidate.period} {candidate.said}"
    near = _NEAR.get((day - today).days, "")
    said = candidate.said if candidate.path else _UNWRITTEN
    about = " – ".join(filter(None, (near, said)))
    return f"{day.isoformat()} {WEEKDAYS[day.weekday()][:3]} {about}"


def fit_link(link: str, rest: str) -> tuple[str, int]:
    """Return a link to be written before the rest of a line, and how much of that it replaces.

    Brackets that are there already aren't doubled, and words after a bar are kept.
    """
    if rest.startswith("|") and _CLOSE in rest:
        return link.removesuffix(_CLOSE), 0
    return link, len(_CLOSE) if rest.startswith(_CLOSE) else 0
