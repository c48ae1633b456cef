"""Day ⇄ path: the only place that knows how entries are named and where they lie."""

import os
import re
from datetime import date, datetime

_CALENDAR = (
    r"(?:(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?!0000)(?:[02468][048]|[13579][26])00)-02-29)"
)
_REST = r"(?:[^0-9\x00-\x1f\x7f][^\x00-\x1f\x7f]*)?"
# What `beside` writes is no entry: its points and tasks stand in the day already.
_END = r"(?<!-mine-[0-9]{6})\.md"
_SET_ASIDE = re.compile(r".*-mine-[0-9]{6}\.md", re.DOTALL)
# An entry's name: a strict ASCII day that the calendar has, a slug or a title, and the ending.
ENTRY = re.compile(_CALENDAR + _REST + _END)
# Names joined by line feeds, each of an entry: one quick look at a whole folder.
ALL_ENTRIES = re.compile(rf"(?:{_CALENDAR}{_REST}{_END}(?:\n|\Z))+")
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d).*\.md", re.DOTALL)
SLUG_LENGTH = 60
LONGEST_NAME = 255


def parse_name(name: str) -> tuple[date, str] | None:
    """The day and the rest ("" for the day entry) of a file name; None for other files."""
    if not ENTRY.fullmatch(name):
        return None
    return date(int(name[:4]), int(name[5:7]), int(name[8:10])), name[10:-3]


def looks_dated(name: str) -> bool:
    """Whether a file that is no entry seems meant as one: 2014-02-30.md, 2014-1-5.md."""
    return bool(_DATE_LIKE.fullmatch(name)) and not ENTRY.fullmatch(name)


def is_set_aside(name: str) -> bool:
    """Whether the file holds a text that could not be brought together with its entry."""
    return bool(_SET_ASIDE.fullmatch(name))


def entry_path(day: date, rest: str = "", flat: bool = False) -> str:
    """The path below the journal's folder, with `/`, of a day entry or a note of the day."""
    name = f"{day.isoformat()}{rest}.md"
    return name if flat else f"{day.year:04d}/{name}"


def slug(title: str) -> str:
    """A title as part of a file name: lower case, letters and digits joined by hyphens."""
    words = re.findall(r"[^\W_]+", title.casefold())
    return "-".join(words)[:SLUG_LENGTH].strip("-")


def beside(path: str, now: datetime) -> str:
    """Where a text goes that cannot be brought together with the file at `path`."""
    folder, slash, name = path.rpartition("/")
    # A name as long as a file system allows has no room for more: only its day is kept then.
    stem = name[:-3] if len(os.fsencode(name)) <= LONGEST_NAME - 16 else name[:10]
    return f"{folder}{slash}{stem}-mine-{now:%H%M%S}.md"


def is_day_entry(path: str) -> bool:
    """Whether the file is named by its date alone."""
    return path.rpartition("/")[2][10:] == ".md"


def stands_for_day(path: str) -> bool:
    """Whether the file is one of a day as a whole: its date alone, or a title behind a blank."""
    return is_day_entry(path) or path.rpartition("/")[2][10:11] == " "


def by_importance(path: str) -> tuple[bool, bool, int, str]:
    """Sorts the files of one day: the day entry, then a title behind a blank, then notes."""
    name = path.rpartition("/")[2]
    return (name[10:] != ".md", name[10:11] != " ", path.count("/"), path)
