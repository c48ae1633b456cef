"""Day ⇄ path: the only place that knows how entries are named and where they lie."""

import os
import re
from datetime import date, datetime
from functools import lru_cache

_CALENDAR = (
    r"(?:(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?!0000)(?:[02468][048]|[13579][26])00)-02-29)"
)
_CONFLICT = r"(?:conflict|konflikt|conflit|conflicto|conflitto|conflito)"
# What sync tools, merge tools and `beside` put behind an entry's name: Syncthing, Nextcloud,
# Dropbox in its languages, Seafile, and our own. Their points and tasks stand in the day already.
_COPIES = {
    "yours": r"-mine-[0-9]{6}\.md",
    "Syncthing": r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[A-Za-z0-9]+)?\.md",
    "sync tool": (
        r"(?: \((?i:[^\n]*conflicted copy[^\n]*|SFConflict [^\n]*|case conflict[^\n]*"
        rf"|[^\n]*{_CONFLICT}[^\n]*[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[^\n]*"
        rf"|(?<=[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} \()[^\n]*{_CONFLICT}[^\n]*)\)"
        r"|_conflict-[0-9]{8}-[0-9]{6})\.md"
    ),
    "backup": r"(?:\.orig\.md|\.md\.orig)",
}
_COPY = rf"({_CALENDAR}[^\n]*?)(?:{'|'.join(f'({form})' for form in _COPIES.values())})"
# iCloud and Google Drive count: a copy only where the plain name is beside it.
_NUMBERED = rf"(?:({_CALENDAR}) [1-9][0-9]?|({_CALENDAR}[^\n]*?) ?\([1-9][0-9]?\))\.md"
_REST = r"(?:[^0-9\x00-\x1f\x7f][^\x00-\x1f\x7f]*)?"
_NO_COPY = rf"(?![^\n]*?(?:{'|'.join(_COPIES.values())})(?:\n|\Z))"
_UNCOUNTED = r"(?! [1-9][0-9]?\.md|[^\n]*\([1-9][0-9]?\)\.md(?:\n|\Z))"
# An entry's name: a strict ASCII day that the calendar has, a slug or a title, and the ending.
_ENTRY = rf"{_CALENDAR}(?:\.md\Z|{_NO_COPY}{_REST}\.md)"
# Names joined by line feeds, each of an entry and of no copy: one quick look at a whole folder.
# Each name is taken as a whole (an atomic group): nothing is tried twice when a later one is off.
_ALL_ENTRIES = (
    rf"(?:(?>{_CALENDAR}(?:\.md(?=\n|\Z)|{_NO_COPY}{_UNCOUNTED}{_REST}\.md(?=\n|\Z)))(?:\n|\Z))+"
)
# The same for day entries alone, which most folders hold: a shorter pattern is sooner compiled.
_ALL_DAYS = rf"(?:{_CALENDAR}\.md(?:\n|\Z))++"
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d).*\.md", re.DOTALL)
SLUG_LENGTH = 60
LONGEST_NAME = 255


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for names that few folders have: to compile it takes as long as to look at a year."""
    return re.compile(pattern)


def is_entry(name: str) -> bool:
    """Whether a file of this name is an entry, if it is one at all and no second copy."""
    return name.endswith(".md") and bool(_compiled(_ENTRY).fullmatch(name))


def are_entries(names: str) -> bool:
    """Whether names joined by line feeds are all of entries, and of no copies."""
    return any(_compiled(pattern).fullmatch(names) for pattern in (_ALL_DAYS, _ALL_ENTRIES))


def parse_name(name: str) -> tuple[date, str] | None:
    """The day and the rest ("" for the day entry) of a file name; None for other files."""
    if not is_entry(name):
        return None
    return date(int(name[:4]), int(name[5:7]), int(name[8:10])), name[10:-3]


def looks_dated(name: str) -> bool:
    """Whether a file that is no entry seems meant as one: 2014-02-30.md, 2014-1-5.md."""
    return bool(_DATE_LIKE.fullmatch(name)) and not is_entry(name)


def copied(name: str) -> tuple[str, str] | None:
    """The name of the entry that a conflict copy is of, and what made it; None for other files."""
    found = _compiled(_COPY).fullmatch(name)
    if not found:
        return None
    kind = next(kind for kind, form in zip(_COPIES, found.groups()[1:], strict=True) if form)
    entry = f"{found[1]}.md"
    # A sync tool makes copies of copies too.
    further = copied(entry)
    return (further[0] if further else entry), kind


def counted(name: str) -> str | None:
    """The name whose second copy this is, where that stands beside it: `2014-10-06 2.md`.

    Without it the file is an entry, the only one that says what it says.
    """
    found = _compiled(_NUMBERED).fullmatch(name)
    return f"{found[1] or found[2]}.md" if found else None


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
