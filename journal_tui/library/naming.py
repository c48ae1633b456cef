"""The names and folders of entries: turn a day into a path, and a path into a day."""

import os
import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from journal_tui.period import CalendarPeriod

_CALENDAR = (
    r"(?:(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?!0000)(?:[02468][048]|[13579][26])00)-02-29)"
)
SUFFIXES = (".md", ".markdown", ".mkd", ".txt")
"""What the names of entries end with, in lower case."""
_SUFFIX = rf"(?i:{'|'.join(map(re.escape, SUFFIXES))})"
_CONFLICT = r"(?:conflict|konflikt|conflit|conflicto|conflitto|conflito)"
# What sync tools, merge tools and `conflict_path` add to an entry's name: Syncthing, Nextcloud, Dropbox
# in its languages, Seafile, and our own. Copies aren't entries, or their points would count twice.
_COPIES = {
    "your text": rf"-mine-[0-9]{{6}}{_SUFFIX}",
    "Syncthing": rf"\.sync-conflict-[0-9]{{8}}-[0-9]{{6}}(?:-[A-Za-z0-9]+)?{_SUFFIX}",
    "sync tool": (
        r"(?: \((?i:[^\n]*conflicted copy[^\n]*|SFConflict [^\n]*|case conflict[^\n]*"
        rf"|[^\n]*{_CONFLICT}[^\n]*[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[^\n]*"
        rf"|(?<=[0-9]{{4}}[-_.][0-9]{{2}}[-_.][0-9]{{2}} \()[^\n]*{_CONFLICT}[^\n]*)\)"
        rf"|_conflict-[0-9]{{8}}-[0-9]{{6}}){_SUFFIX}"
    ),
    "backup": rf"(?:\.orig{_SUFFIX}|{_SUFFIX}\.orig)",
}
_COPY = rf"([^\n]*?)(?:{'|'.join(f'({form})' for form in _COPIES.values())})"
# One of these is in the name of every copy, and looking for them is quick.
_PERHAPS_COPY = r"-mine-|sync-conflict-|_conflict-|\.orig| \("
# iCloud and Google Drive add a number; such a file is a copy only if one without the number exists.
_NUMBERED = rf"(?:([^\n]*?) [1-9][0-9]?|([^\n]*?) ?\([1-9][0-9]?\))({_SUFFIX})"
_NAME_REST = r"(?:[^0-9\x00-\x1f\x7f][^\x00-\x1f\x7f]*)?"
_NO_COPY = rf"(?![^\n]*?(?:{'|'.join(_COPIES.values())})(?:\n|\Z))"
_UNCOUNTED = r"(?! [1-9][0-9]?\.md|[^\n]*\([1-9][0-9]?\)\.md(?:\n|\Z))"
# The usual name of an entry: a valid ISO date in ASCII digits, then perhaps a slug or a title.
_ENTRY = rf"{_CALENDAR}(?:\.md\Z|{_NO_COPY}{_NAME_REST}\.md)"
# Names joined by line feeds, all of entries and none of copies, to check a whole folder quickly.
# Each name is an atomic group, so that a later name that doesn't match causes no backtracking.
_ALL_ENTRIES = rf"(?:(?>{_CALENDAR}(?:\.md(?=\n|\Z)|{_NO_COPY}{_UNCOUNTED}{_NAME_REST}\.md(?=\n|\Z)))(?:\n|\Z))+"
# The same for day entries alone, which is what most folders have, because it compiles faster.
_ALL_DAYS = rf"(?>(?:{_CALENDAR}\.md(?:\n|\Z))+)"

# The other forms of a date that begin a file's name. The groups are named y, m and d; or y, w and n for
# the number of the weekday; or, where the name doesn't tell the day from the month, a, b and y.
_SEPARATOR = r"[-_. \u2010-\u2013]"
_FORMS = (
    rf"(?P<y>[0-9]{{4}})(?P<s>{_SEPARATOR})(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?![0-9])",
    r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2][0-9]|3[01])(?![0-9])",
    r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日",
    r"(?P<y>[0-9]{4})년 ?(?P<m>[0-9]{1,2})월 ?(?P<d>[0-9]{1,2})일",
    # An ISO week with the number of the weekday.
    r"(?P<y>(?:19|20)[0-9]{2})(?P<s>-?)[Ww](?P<w>[0-9]{2})(?P=s)(?P<n>[1-7])(?![0-9])",
    rf"(?P<a>[0-9]{{1,2}})(?P<s>{_SEPARATOR})(?P<b>[0-9]{{1,2}})(?P=s)(?P<y>(?:19|20)[0-9]{{2}})(?![0-9])",
)
# A day in folders: 2024/01/09.md, 2024/01-January/09.md, 2024/2024-01/09.md and 2024-01/09.md.
_IN_FOLDERS = (
    r"(?:.*/)?(?:(?P<y>[0-9]{4})/(?:(?P=y)[-_.])?|(?P<z>[0-9]{4})[-_.])(?P<m>[0-9]{2})(?![0-9])[^/]*/"
    r"(?:(?P=m)[-_.])?(?P<d>[0-9]{2})(?![0-9])"
)
# Single digits may number anything, unless nothing else is in the name: 2024/1/9.md.
_IN_NUMBERED_FOLDERS = r"(?:.*/)?(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})"
# A month and a day in the folder of the year: 2024/01-09.md. It isn't read beside
# 28-06.md, where it would rather be 1 September.
_IN_YEAR_FOLDER = r"(?:.*/)?(?P<y>(?:19|20)[0-9]{2})/(?P<m>[0-9]{2})(?P<s>[-_.])(?P<d>[0-9]{2})(?![0-9]|[-_.][0-9])"
_MONTH_FOLDER = r"(?P<y>(?:19|20)[0-9]{2})[-_.](?P<m>0[1-9]|1[0-2])(?![0-9]).*"
# What may be a month and a day in any part of a name in the folder of a year: standup-01-09.
_DAY_INSIDE = r"(?<![0-9A-Za-z])(?<![0-9][-_.])([0-9]{2})[-_.]([0-9]{2})(?![0-9A-Za-z]|[-_.][0-9])"
_DAY_ALONE = r"([0-9]{2})([0-9]{2})|([0-9]{1,2})[-_.]([0-9]{1,2})"
_CONTROL = r"[\x00-\x1f\x7f]"
# These have digits of any script, because they only find names to be reported.
_DATE_LIKE = (
    rf"\d{{4}}(?P<s>{_SEPARATOR})\d{{1,2}}(?P=s)\d{{1,2}}(?!\d)"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    rf"|\d{{1,2}}(?P<t>{_SEPARATOR})\d{{1,2}}(?P=t)(?:19|20)\d\d(?!\d)"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
)
_DATE_INSIDE = (
    r"(?<!\d)(?:(?:19|20)\d\d([-_. ])\d{1,2}\1\d{1,2}(?!\d)|\d{1,2}([-_. ])\d{1,2}\2(?:19|20)\d\d(?!\d)"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_SHORT_YEAR = r"([0-9]{2})([-_.])([0-9]{2})\2([0-9]{2})(?![0-9])"
# The name of a period's note: 2024-W05, 2024W05, 2024 KW 5, 2024-01, 2024_Q1, perhaps with a title.
_IN_YEAR = (
    r"(?P<y>(?:1[5-9]|20)[0-9]{{2}})(?:[-_. ]?(?i:{week})[-_. ]?(?P<w>[0-9]{{1,2}})"
    r"|[-_. ]?(?i:{quarter})[-_. ]?(?P<q>[0-9]{{1,2}})|[-_.](?P<m>[0-9]{{2}}))(?![0-9])"
)
_PERIODS = (
    r"(?P<y>(?:19|20)[0-9]{2})年(?P<m>[0-9]{1,2})月(?![0-9])",
    r"(?P<y>(?:19|20)[0-9]{2})년 ?(?P<m>[0-9]{1,2})월(?! ?[0-9])",
    r"(?P<y>(?:19|20)[0-9]{2})年 ?第?(?P<w>[0-9]{1,2})[周週]",
    r"(?P<m>0[1-9]|1[0-2])[-_.](?P<y>(?:19|20)[0-9]{2})(?![0-9])",
)
# Without a separator, many numbers look like a month, so nothing may follow: 201410. But 201012 may
# also be 2020-10-12.
_COMPACT_MONTH = r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])"
_COMPACT_DAY = r"(?P<y>[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2][0-9]|3[01])"
# A month in the folder of its year, unless other names there have numbers above 12.
_MONTH_ALONE = r"(?:0[1-9]|1[0-2])"
_YEAR_FOLDER = r"(?:.*/)?((?:19|20)[0-9]{2})(/(?:[^/]*/)*)[^/]*"
# A number after it would be a day or another period; but sync tools number their copies.
_PERIOD_TITLE = r"(?:[-_. ,(](?![-_. ,(]*[0-9]).*| [2-9]| ?\([1-9]\))?"
# Nothing may follow a year, which may begin any title: 2001 A Space Odyssey.
_YEAR = r"(?P<y>(?:1[5-9]|20)[0-9]{2})"
_DATED_FOLDER = (
    r"(?:.*/)?(?P<y>[0-9]{4})(?P<s>[-_. /])(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})(?![0-9])[^/]*/.*"
)
_DAY_OF_YEAR = r"(?P<y>(?:19|20)[0-9]{2})-(?P<n>(?!000)[0-2][0-9]{2}|3[0-5][0-9]|36[0-5])"
# A number too long or short for a day, month or year, and a title without digits: 000123 scan.md.
_NUMBERED_TITLE = r"(?:[0-9]{3}|[0-9]{5,7})[-_. ]+[^\W\d_][^\d\x00-\x1f\x7f]*\.[^\W\d_]+"
# The suffixes of texts that a person would take for entries, if their names have dates.
_TEXT_SUFFIXES = (
    ".adoc .asciidoc .age .asc .canvas .doc .docx .enex .enc .gpg .htm .html .ipynb .mdown .mdx .mdwn"
    " .mkdn .norg .odt .org .pages .pdf .qmd .rmd .rst .rtf .rtfd .tex .text .textile .typ .wiki"
)
_OTHER_TEXT = frozenset(_TEXT_SUFFIXES.split())
# Folders that programs put beside a person's own files. Hidden ones are left out anyway.
_TOOLS = (
    "node_modules", "bower_components", "__pycache__", "_site", "@eadir", "#recycle", "$recycle.bin", "lost+found",
    "system volume information",
)  # fmt: skip
# Logseq's copies of changed pages would be read as entries of their own.
_TOOLS_PATHS = (
    "logseq/bak/", "logseq/version-files/", "bak/journals/", "bak/pages/", "version-files/base/", "version-files/incoming/",
)  # fmt: skip

ISO_FORM = "{yyyy}-{mm}-{dd}"
YEARS, FLAT = "{yyyy}/{yyyy}-{mm}-{dd}.md", "{yyyy}-{mm}-{dd}.md"
"""The patterns of new entries' paths for the layouts “years” and “flat”."""
DAY_FIRST, MONTH_FIRST = "dd-mm-yyyy", "mm-dd-yyyy"
_FIELDS = {
    "{yyyy}": "y", "{mm}": "m", "{month}": "m", "{mon}": "m", "{dd}": "d", "{d}": "d", "{dth}": "d",
}  # fmt: skip
_TITLE_FIELD = r"[-_. ,]*\{title\}"
_FIELD = r"\{(?:yyyy|mm|month|mon|dd|d|dth)\}"
SLUG_LENGTH = 60
LONGEST_NAME = 255
# What other programs add to the name of a copy, in their languages: 2024-W11 (Kopie).md.
_COPY_WORD = (
    r"[\W_]*(?:another |[0-9]+\w* )?(?:copy|copie|copia|cópia|kopie|kopia|kopi|kopio|kópia|másolata?|kopya|копия|копія"
    r"|αντίγραφο|のコピー|コピー|副本|复制|複製|복사본)[\W_]*[0-9]{0,3}[\W_]*"
)
# The roles of a file for its day, the most important first.
DAY_ENTRY, TITLED, NOTE = range(3)


class EntryName(NamedTuple):
    """What a path says: the day, what is between the date and the suffix, and the date's form.

    `form` is such as `{yyyy}_{mm}_{dd}`, or `{dd}` where the folders have the year and the month. If
    `period` isn't None, the entry is a period note, and `day` is the period's first day.
    """

    day: date
    rest: str
    form: str
    period: "CalendarPeriod | None" = None

    @property
    def iso(self) -> str:
        """The ISO date, which is that of a day, 2014-10-06, or of a period, 2014-W41."""
        return self.period.name if self.period else self.day.isoformat()


class LeftOutReason(NamedTuple):
    """Why a file isn't read: the kind of reason, one of the keys of `REASONS`, and a sentence.

    The sentence is "" if there is nothing that a person needs to do about this file.
    """

    kind: str
    sentence: str = ""


REASONS = {
    "invalid": ("file", "with a date that cannot be read"),
    "order": ("file", "with a date that can be read in two ways"),
    "short year": ("file", "with a year of two digits, where four are needed"),
    "inside": ("file", "with a date that is not at the beginning of the name"),
    "words": ("file", "with a date in words that is not at the beginning of the name"),
    "period": (
        "file",
        "with a year, a month or a week in the name, but not as the date of an entry",
    ),
    "format": ("dated file", "in another format than Markdown or plain text"),
    "folder": ("file", "without a date, in a folder named by a date"),
    "undated": ("file", "without a date in the name"),
    "other": ("file", "of another kind, without a date at the beginning of the name"),
    "copy": ("conflict copy", ""),
    "unreadable": ("file", "that cannot be read"),
    "linked": ("linked folder", ""),
    "tools": ("folder", "hidden or of another program"),
    "hidden": ("hidden file", ""),
}
"""The words for each kind of files that are left out: a noun for their number, and what follows it.

The kinds that a person would most likely want to know of come first.
"""


_RENAME = "to have it read as {dates}, begin its name with that date"
_CHOOSE = "to have it read as {dates}, begin its name with the date that is meant"
_SAVE_AS_TEXT = "to have it read as {dates}, save it as Markdown or plain text"
NAMED = frozenset({"short year", "inside", "words", "period", "format", "folder"})
"""The kinds whose files are listed by their names, because they have a date, but not as problems."""


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when first needed, since that takes as long as to check a year's names."""
    return re.compile(pattern)


def is_entry(name: str) -> bool:
    """Return whether this is the usual name of an entry; if it is numbered, it may be a copy."""
    return name.endswith(".md") and bool(_compiled(_ENTRY).fullmatch(name))


def are_entries(names: str) -> bool:
    """Return whether names, joined by line feeds, are all of entries and none of copies."""
    return any(_compiled(pattern).fullmatch(names) for pattern in (_ALL_DAYS, _ALL_ENTRIES))


def parse(path: str, order: str = "") -> EntryName | None:
    """Read the day or the period from an entry's path; return None if it isn't the path of an entry.

    `order` is DAY_FIRST or MONTH_FIRST, or "" if the journal doesn't say how to read 05-03-2024.
    """
    name = path.rpartition("/")[2]
    if is_entry(name):
        day = date(int(name[:4]), int(name[5:7]), int(name[8:10]))
        return EntryName(day, name[10:-3], ISO_FORM)
    return parse_unusual(path, order)


@lru_cache(maxsize=2_000)
def parse_unusual(path: str, order: str = "") -> EntryName | None:
    """Parse a path whose name isn't the usual one, as `parse` does."""
    name = path.rpartition("/")[2]
    stem, suffix = _split(name)
    if not suffix or (not name.isprintable() and _compiled(_CONTROL).search(name)):
        return None
    if not may_be_entry(path):
        return None
    begins = name[0].isdigit()
    found = (_parse_form(stem, order) or _parse_folders(path, stem)) if begins else None
    found = found or (_parse_period(stem) if begins else _parse_after_weekday(stem, order))
    if not found and has_century(path):
        found = _parse_spelt(stem) or _parse_in_year(path, stem)
    return found if found and not original_of_copy(path) else None


def may_be_entry(path: str) -> bool:
    """Check quickly whether the name in a path may begin with a date."""
    name = path.rpartition("/")[2]
    return name[0].isdigit() or (has_century(path) and _may_begin_in_words(name))


def _may_begin_in_words(stem: str) -> bool:
    from journal_tui.library import spelt_dates

    return spelt_dates.may_begin(stem)


def has_century(path: str) -> bool:
    """Check quickly whether a path may have a year of this century or the last."""
    return "20" in path or "19" in path


def _split(name: str) -> tuple[str, str]:
    """Split a name before the suffix of an entry; the suffix is "" if it has none."""
    at = name.rfind(".")
    return (name[:at], name[at:]) if at > 0 and name[at:].lower() in SUFFIXES else (name, "")


def _parse_form(stem: str, order: str) -> EntryName | None:
    for pattern in _FORMS:
        if not (found := _compiled(pattern).match(stem)):
            continue
        if "a" in found.re.groupindex:
            return _parse_either_order(found, order)
        if "w" in found.re.groupindex:
            return _parse_day_of_week(found)
        day = _date(found["y"], found["m"], found["d"])
        if not day:
            return None
        form = _form(found, "y{yyyy}", "m{mm}", "d{dd}")
        return EntryName(day, stem[found.end() :], form)
    return None


def _parse_day_of_week(found: re.Match[str]) -> EntryName | None:
    try:
        day = date.fromisocalendar(int(found["y"]), int(found["w"]), int(found["n"]))
    except ValueError:
        return None
    # New entries can't be named by weeks: which year `{yyyy}` is would depend on the week.
    return EntryName(day, found.string[found.end() :], found[0])


def _parse_after_weekday(stem: str, order: str) -> EntryName | None:
    """Read a date after its weekday, such as Tuesday 2024-01-09."""
    from journal_tui.library import spelt_dates
    from journal_tui.period import WEEKDAYS
    from journal_tui.period.calendar_words import is_weekday

    stem = spelt_dates.composed(stem)
    if not (found := spelt_dates.weekday_first(stem)):
        return None
    weekday, before = found
    inner = stem[len(before) :]
    entries = [_parse_spelt(inner)]
    if inner[0].isdigit():
        # The weekday often tells 09.01.2024 from 01.09.2024.
        entries += [_parse_form(inner, o) for o in ([order] if order else (DAY_FIRST, MONTH_FIRST))]
    fitting = {e.day: e for e in entries if e and not e.period and is_weekday(weekday, e.day)}
    if len(fitting) != 1:
        return None
    (entry,) = fitting.values()
    is_english = weekday == WEEKDAYS[entry.day.weekday()]
    before = before.replace(weekday, "{weekday}") if is_english else before
    return entry._replace(form=before + entry.form)


def _parse_spelt(stem: str, year: str = "") -> EntryName | None:
    """Read a day or a period in words; or, in the folder of its year, without the year."""
    from journal_tui.library import spelt_dates

    if not spelt_dates.has_date_word(stem):
        return None
    stem = spelt_dates.composed(stem)
    if found := spelt_dates.day(stem, year):
        day, end, form = found
        assert isinstance(day, date)
        return EntryName(day, stem[end:], form)
    found = spelt_dates.period(stem, year)
    if not found or not _compiled(_PERIOD_TITLE).fullmatch(stem[found[1] :]):
        return None
    period, end, form = found
    assert not isinstance(period, date)
    return EntryName(period.first, stem[end:], form, period)


def _parse_in_year(path: str, stem: str) -> EntryName | None:
    """Read a day or a period in the folder of its year, or a day in the folder of its month."""
    if "/" not in path:
        return None
    found = _compiled(_YEAR_FOLDER).fullmatch(path)
    if not found:
        return _parse_in_month(path, stem)
    if at := _compiled(_IN_YEAR_FOLDER).match(path):
        day = _date(at["y"], at["m"], at["d"])
        return EntryName(day, stem[5:], f"{{mm}}{at['s']}{{dd}}") if day else None
    year, below = found[1], found[2]
    if below == "/" and _compiled(_MONTH_ALONE).fullmatch(stem):
        return _parse_month_alone(year, stem)
    if entry := _parse_spelt(stem, year):
        return entry
    if not stem[0].isdigit() or below.count("/") != 2:
        return None
    from journal_tui.library import spelt_dates

    day_at = re.match(r"[0-9]{2}(?![0-9])|[0-9]\Z", stem)
    month = spelt_dates.month_of_folder(below[1:-1].replace(year, "")) if day_at else 0
    day = _date(year, str(month), day_at[0]) if day_at else None
    return EntryName(day, stem[len(day_at[0]) :], "{dd}") if day and day_at else None


def _parse_in_month(path: str, stem: str) -> EntryName | None:
    """Read a day in a folder that is named by its month and year: 2024-01/jan-9, January 2024/09."""
    month = _month_of_folder(path)
    if not month:
        return None
    from journal_tui.library import spelt_dates

    if at := re.match(r"[0-9]{2}(?![0-9])|[0-9]\Z", stem):
        day = _date(f"{month.year}", f"{month.month}", at[0])
        return EntryName(day, stem[len(at[0]) :], "{dd}") if day else None
    found = spelt_dates.day(spelt_dates.composed(stem), f"{month.year}")
    if not found or not isinstance(found[0], date):
        return None
    # What began in one month may have ended in the next: 2020-03/april-1.
    is_near = found[0].month - month.month in (0, 1)
    return EntryName(found[0], stem[found[1] :], found[2]) if is_near else None


def _month_of_folder(path: str) -> date | None:
    """Return the first day of the month by which the folder of a path is named, with the year; else None."""
    return _month_of(path.split("/")[-2]) if "/" in path and has_century(path) else None


@lru_cache(maxsize=200)
def _month_of(folder: str) -> date | None:
    from journal_tui.library import spelt_dates

    if found := _compiled(_MONTH_FOLDER).fullmatch(folder):
        return _date(found["y"], found["m"], "1")
    if not (has_century(folder) and spelt_dates.has_date_word(folder)):
        return None
    spelt = spelt_dates.period(spelt_dates.composed(folder))
    is_month = spelt and not isinstance(spelt[0], date) and spelt[0].kind == "month"
    return spelt[0].first if spelt and is_month and not isinstance(spelt[0], date) else None


def is_day_first(name: str) -> bool:
    """Return whether a name in the folder of a year can only begin with a day and its month: 28-06."""
    found = _compiled(_DAY_INSIDE).match(name)
    return found is not None and 12 < int(found[1]) < 32 and 0 < int(found[2]) < 13


def is_in_year_alone(path: str) -> bool:
    """Return whether a file is named by a month and a day, in the folder of the year: 2024/01-09.md."""
    return _compiled(_IN_YEAR_FOLDER).match(path) is not None


def _days_in_year(path: str, stem: str) -> list[date]:
    """Return the days that a month and a day somewhere in a stem can mean, in the year of the folder."""
    found = _compiled(_YEAR_FOLDER).fullmatch(path) if has_century(path) else None
    if not found:
        return []
    at = _compiled(_DAY_INSIDE).search(stem) or _compiled(_DAY_ALONE).fullmatch(stem)
    numbers = [number for number in at.groups() if number] if at else []
    days = [_date(found[1], *order) for order in (numbers, numbers[::-1]) if numbers]
    return [day for day in days if day]


def may_be_number(name: str) -> bool:
    """Return whether a name begins with a number of one or two digits, which may be that of a month."""
    return bool(_compiled(rf"[0-9]{{1,2}}(?:[-_. ].*)?{_SUFFIX}").fullmatch(name))


def has_other_numbers(names: list[str], folder: str) -> bool:
    """Return whether the numbers that names in a year's folder begin with aren't those of months.

    They aren't if there is a file such as `13` or `9 January`.
    """
    for name in filter(may_be_number, names):
        stem = _split(name)[0]
        if stem.isdigit() and len(stem) == 2 and not 1 <= int(stem) <= 12:
            return True
        found = parse(folder + name)
        if found and not found.period and "{yyyy}" not in found.form:
            return True
    return False


def _parse_month_alone(year: str, number: str) -> EntryName | None:
    from journal_tui.period import calendar_period

    period = calendar_period("month", int(year), int(number))
    return EntryName(period.first, "", "{mm}", period) if period else None


def _parse_either_order(found: re.Match[str], order: str) -> EntryName | None:
    """Read a date whose year comes last, if it can only be one day or the order is known."""
    days = either_order(found)
    wanted = days.get(order) if order else None
    if wanted is None and len(set(days.values())) == 1:
        order, wanted = next(iter(days.items()))
    if wanted is None:
        return None
    fields = ("a{dd}", "b{mm}") if order == DAY_FIRST else ("a{mm}", "b{dd}")
    form = _form(found, *fields, "y{yyyy}")
    return EntryName(wanted, found.string[found.end() :], form)


def either_order(found: re.Match[str]) -> dict[str, date]:
    """Return the days that a date with the year last can mean, by DAY_FIRST and MONTH_FIRST."""
    days = {
        DAY_FIRST: _date(found["y"], found["b"], found["a"]),
        MONTH_FIRST: _date(found["y"], found["a"], found["b"]),
    }
    return {order: day for order, day in days.items() if day}


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _form(found: re.Match[str], *fields: str) -> str:
    """Return the form of a date: its text with `{yyyy}` and so on in the place of the numbers.

    Each field is the name of a group, which has one letter, and what takes its place: `y{yyyy}`.
    """
    text = found.string
    between = [text[found.end(a[0]) : found.start(b[0])] for a, b in pairwise(fields)]
    ends = (*between, text[found.end(fields[-1][0]) : found.end()])
    return "".join(field[1:] + end for field, end in zip(fields, ends, strict=True))


def _parse_folders(path: str, stem: str) -> EntryName | None:
    """Read a day whose year, and perhaps month, are the folders of the file."""
    if "/" not in path:
        return None
    name = path.rpartition("/")[2]
    found = _compiled(_IN_FOLDERS).match(path)
    found = found or _compiled(_IN_NUMBERED_FOLDERS).fullmatch(path[: len(path) - len(name)] + stem)
    if not found:
        return None
    before = len(path) - len(name)
    day = _date(found["y"] or found["z"], found["m"], found["d"])
    if not day or found.start("d") < before:
        return None
    form = "{dd}" if found.start("d") == before else "{mm}" + path[found.start("d") - 1] + "{dd}"
    return EntryName(day, stem[found.end() - before :], form)


def _parse_period(stem: str) -> EntryName | None:
    """Read a week, a month or a quarter, perhaps with a title, or a year."""
    matches = (pattern.match(stem) for pattern in _period_patterns())
    found = next(filter(None, matches), None) or _compiled(rf"{_YEAR}年?").fullmatch(stem)
    if not found and (found := _compiled(_COMPACT_MONTH).fullmatch(stem)) and _compact_day(stem):
        return None
    rest = stem[found.end() :] if found else ""
    if not found or not _compiled(_PERIOD_TITLE).fullmatch(rest):
        return None
    period = _period(found)
    if not period:
        return None
    return EntryName(period.first, rest, _period_form(found), period)


@lru_cache
def _period_patterns() -> tuple[re.Pattern[str], ...]:
    from journal_tui.period import QUARTER_WORDS, WEEK_WORDS

    return tuple(
        map(re.compile, (_IN_YEAR.format(week=WEEK_WORDS, quarter=QUARTER_WORDS), *_PERIODS))
    )


def _compact_day(stem: str) -> date | None:
    """Return the day that a number such as 201012 may mean: 2020-10-12."""
    found = _compiled(_COMPACT_DAY).fullmatch(stem)
    return _date(f"20{found['y']}", found["m"], found["d"]) if found else None


def _period(found: re.Match[str]) -> "CalendarPeriod | None":
    from journal_tui.period import calendar_period

    groups = found.groupdict()
    for kind in ("week", "quarter", "month"):
        if number := groups.get(kind[0]):
            return calendar_period(kind, int(found["y"]), int(number))
    return calendar_period("year", int(found["y"]))


def _period_form(found: re.Match[str]) -> str:
    """Return the form of a period's name, such as `{yyyy}-W{ww}`, or `{yyyy}-W{w}` for 2024-W5."""
    groups = found.groupdict()
    for letter in "wqm":
        if number := groups.get(letter):
            width = 1 if letter == "q" else len(number)
            fields = ["y{yyyy}", f"{letter}{{{letter * width}}}"]
            return _form(found, *sorted(fields, key=lambda field: found.start(field[0])))
    return _form(found, "y{yyyy}")


def period_name(form: str, period: "CalendarPeriod") -> str:
    """Return the name, without the suffix, of a period's note in a form that `parse` returned."""
    name = form.replace("{yyyy}", f"{period.year:04d}")
    if period.kind == "month":
        name = _month_names(name, period.number)
    return re.sub(r"\{([wqm]+)\}", lambda at: f"{period.number:0{len(at[1])}d}", name)


def _month_names(form: str, month: int) -> str:
    """Return a form with the English name of the month in the place of `{month}` and `{mon}`."""
    if "{mon" not in form:
        return form
    from journal_tui.period import MONTHS

    name = MONTHS[month - 1]
    return form.replace("{month}", name).replace("{mon}", name[:3])


def days_by_order(name: str) -> dict[str, date]:
    """Return the days that a name such as 05-03-2024.md can mean, by DAY_FIRST and MONTH_FIRST."""
    found = _compiled(_FORMS[-1]).match(name)
    return either_order(found) if found else {}


def left_out(path: str) -> LeftOutReason:
    """Return why a file whose path isn't an entry's was left out."""
    name = path.rpartition("/")[2]
    if not name or name[0] == ".":
        return LeftOutReason("hidden")
    stem, suffix = _split(name)
    if is_clearly_undated(name) and not is_in_year(path):
        return _left_out_undated(path, suffix)
    begins = _compiled(_DATE_LIKE).match(name)
    if copy := original_of_copy(path):
        return LeftOutReason("copy", conflict_sentence(copy[0]))
    if suffix and not name.isprintable() and _compiled(_CONTROL).search(name):
        # A line feed in "9 January\n2024.md", or the like.
        without = re.sub(_CONTROL, " ", stem).strip() + suffix
        if begins or parse(path[: len(path) - len(name)] + without, DAY_FIRST):
            return LeftOutReason("invalid", _HAS_CONTROL)
    if not suffix:
        if begins and (_other_suffix(name) in _OTHER_TEXT or begins.end() == len(name)):
            return LeftOutReason("format")
        return _left_out_undated(path, suffix)
    if begins:
        if len(days := days_by_order(name)) == 2:
            first, second = days.values()
            return LeftOutReason("order", _ORDER.format(first=first, second=second))
        return LeftOutReason("invalid", _INVALID)
    if in_period := _left_out_period(stem):
        return in_period
    if _compiled(_SHORT_YEAR).match(stem) or _compact_day(stem):
        return LeftOutReason("short year")
    if _compiled(_DATE_INSIDE).search(stem) or _days_in_year(path, stem):
        return LeftOutReason("inside")
    if has_century(path) and _has_date_word(stem):
        if _is_impossible(path, stem):
            return LeftOutReason("invalid", _INVALID)
        if _spelt_inside(stem, path):
            return LeftOutReason("words")
    return _left_out_undated(path, suffix)


def _has_date_word(stem: str) -> bool:
    from journal_tui.library import spelt_dates

    return spelt_dates.has_date_word(stem)


def _spelt_inside(stem: str, path: str) -> list[str]:
    """Return the ISO dates that a day or period in words somewhere in a stem can mean.

    In the folder of another month, the year may be that of the folder or the next one.
    """
    from journal_tui.library import spelt_dates

    if dates := spelt_dates.dates_inside(stem):
        return dates
    month = _month_of_folder(path)
    years = (month.year, month.year + 1) if month else ()
    found = (spelt_dates.day(spelt_dates.composed(stem), f"{year}") for year in years)
    return [spelt[0].isoformat() for spelt in found if spelt and isinstance(spelt[0], date)]


def _is_impossible(path: str, stem: str) -> bool:
    """Return whether a name begins with a day or period in words that doesn't exist."""
    from journal_tui.library import spelt_dates

    found = _compiled(_YEAR_FOLDER).fullmatch(path)
    month = None if found else _month_of_folder(path)
    year = found[1] if found else f"{month.year}" if month else ""
    return spelt_dates.is_impossible(stem) or (year != "" and spelt_dates.is_impossible(stem, year))


def _left_out_period(stem: str) -> LeftOutReason | None:
    """Return why a name that begins with a year, but isn't a period note's, was left out."""
    if found := _period_patterns()[0].match(stem):
        # "2019-20 plan" is about a school year.
        is_alone = found.end() == len(stem) or not found["m"]
        return (
            LeftOutReason("period")
            if _period(found) or not is_alone
            else LeftOutReason("invalid", _NO_PERIOD)
        )
    if _compiled(_COMPACT_MONTH).fullmatch(stem):
        return LeftOutReason("period")
    found = _compiled(_YEAR).match(stem)
    return (
        LeftOutReason("period")
        if found and _compiled(_SEPARATOR).match(stem, found.end())
        else None
    )


def is_in_year(path: str) -> bool:
    """Return whether a file or folder is in one that is named by a year, or by a month with its year."""
    return has_century(path) and (
        _compiled(_YEAR_FOLDER).fullmatch(path) is not None or _month_of_folder(path) is not None
    )


def may_be_in_year(name: str) -> bool:
    """Return whether a file in the folder of a year may have a date without the year in its name."""
    stem, suffix = _split(name)
    if not suffix:
        return False
    return name[0].isdigit() or _may_begin_in_words(stem) or _has_day_inside(stem)


def _has_day_inside(stem: str) -> bool:
    return _compiled(_DAY_INSIDE).search(stem) is not None


def is_numbered_title(name: str) -> bool:
    """Return whether a name has a number and words, of which none can be a part of a date."""
    return (
        name[0].isdigit()
        and _compiled(_NUMBERED_TITLE).fullmatch(name) is not None
        and not _has_date_word(name)
    )


def is_clearly_undated(name: str) -> bool:
    """Check quickly whether a name has no date anywhere and isn't hidden."""
    return not (name[0].isdigit() or name[0] == "." or "19" in name or "20" in name)


def is_of_another_kind(name: str) -> bool:
    """Check quickly whether a name's suffix alone says that the file isn't text."""
    at = name.rfind(".")
    suffix = name[at:].lower()
    # Some tools add .orig to the names of backups.
    return (
        at > 0
        and name[0] != "."
        and suffix[1:].isalpha()
        and suffix not in SUFFIXES
        and suffix not in _OTHER_TEXT
        and suffix != ".orig"
    )


def _left_out_undated(path: str, suffix: str) -> LeftOutReason:
    """Return why a file whose name has no date was left out."""
    name = path.rpartition("/")[2]
    if not suffix and (other := _other_suffix(name)) and other not in _OTHER_TEXT:
        return LeftOutReason("other")
    is_in_dated = "/" in path and _compiled(_DATED_FOLDER).fullmatch(path)
    return LeftOutReason("folder" if is_in_dated else "undated")


def _other_suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def possible_dates(path: str) -> list[str]:
    """Return the ISO dates that the name of a file that isn't read may mean; [] if none is likely."""
    return _possible_dates(path, left_out(path).kind)


def _possible_dates(path: str, kind: str) -> list[str]:
    name = path.rpartition("/")[2]
    stem, _ = _split(name)
    if kind == "inside" and is_in_year_alone(path):
        # It would be read, if it weren't beside a file such as 2024/28-06.md.
        return [day.isoformat() for day in dict.fromkeys(_days_in_year(path, stem))]
    if kind == "format":
        other = _other_suffix(name)
        found = parse(path[: len(path) - len(other)] + SUFFIXES[0])
    else:
        # It would be read, if it weren't beside a file such as 2024/13.md.
        found = parse(path)
    if found:
        # "01 January" may also be the first day of January.
        day = _date(f"{found.day.year}", name[:2].strip(" -_."), f"{found.day.month}")
        is_day = found.period and found.period.kind == "month" and _has_date_word(stem) and day
        return [found.iso, *([day.isoformat()] if is_day and day else [])]
    if at := _compiled(_COMPACT_MONTH).fullmatch(stem):
        days = [_compact_day(stem)]
        return [f"{at['y']}-{at['m']}", *(day.isoformat() for day in days if day)]
    if kind == "words":
        return _spelt_inside(stem, path)
    days = []
    if kind == "short year":
        days = _short_dates(stem)
    elif kind == "inside":
        days = _dates_inside(stem) or [*_days_in_year(path, stem)]
    elif kind == "folder":
        at = _compiled(_DATED_FOLDER).fullmatch(path)
        days = [_date(at["y"], at["m"], at["d"])] if at else []
    elif kind == "period" and (at := _compiled(_DAY_OF_YEAR).fullmatch(stem)):
        days = [date.fromordinal(date(int(at["y"]), 1, 1).toordinal() + int(at["n"]) - 1)]
    return list(dict.fromkeys(day.isoformat() for day in days if day))


def advice(path: str) -> str:
    """Return how to get a left-out file read, as part of a sentence; "" if it has no likely date."""
    kind = left_out(path).kind
    dates = _possible_dates(path, kind)
    if not dates:
        return ""
    sentence = _CHOOSE if dates[1:] else _RENAME
    if kind == "format":
        sentence = _SAVE_AS_TEXT
    return sentence.format(dates=" or ".join(dates))


def _short_dates(stem: str) -> list[date | None]:
    """Return the days that a date with a year of two digits can mean."""
    if day := _compact_day(stem):
        return [day]
    found = _compiled(_SHORT_YEAR).match(stem)
    if not found:
        return []
    a, b, c = found[1], found[3], found[4]
    return [_date(f"20{y}", m, d) for y, m, d in ((a, b, c), (c, b, a), (c, a, b))]


def _dates_inside(stem: str) -> list[date | None]:
    """Return the days that the first date in figures in a stem can mean."""
    found = _compiled(_DATE_INSIDE).search(stem)
    if not found:
        return []
    text = stem[found.start() :]
    for pattern in _FORMS:
        if at := _compiled(pattern).match(text):
            if "a" in at.re.groupindex:
                return list(either_order(at).values())
            return [_date(at["y"], at["m"], at["d"])] if "m" in at.re.groupindex else []
    # A time follows: 201410061430.
    return [_date(text[:4], text[4:6], text[6:8])]


_INVALID = "its name has no valid date; rename it"
_HAS_CONTROL = "its name contains a control character; rename it"
_NO_PERIOD = "its name has no valid week, month or quarter; rename it"
_ORDER = (
    "could mean {first} or {second}, so it was not read; say which in journal.toml: "
    'file = "{{dd}}-{{mm}}-{{yyyy}}.md" or file = "{{mm}}-{{dd}}-{{yyyy}}.md", by which new '
    "entries are named, too; or begin its name with {first} or {second}"
)


def conflict_sentence(entry: str) -> str:
    """Return the sentence that reports a conflict copy of the entry with this name."""
    return f"is a conflict copy of {entry}; run journal conflicts to merge it"


def is_left_out_folder(path: str) -> bool:
    """Return whether a folder (its path in the journal ends with `/`) is hidden or a program's."""
    name = path[:-1].rpartition("/")[2]
    if name[:1] == ".":
        return True
    low = path.lower()
    return low[:-1].rpartition("/")[2] in _TOOLS or any(
        low == tools or low.endswith(f"/{tools}") for tools in _TOOLS_PATHS
    )


def original_of_copy(path: str) -> tuple[str, str] | None:
    """Return the entry's name for a conflict copy, and the kind of the copy; None for other files.

    The kind is one of the keys of `_COPIES`, which people see.
    """
    if not _compiled(_PERHAPS_COPY).search(path):
        return None
    folder, slash, name = path.rpartition("/")
    found = _compiled(_COPY).fullmatch(name)
    if not found or not found[1]:
        return None
    kind, end = next(
        (kind, form) for kind, form in zip(_COPIES, found.groups()[1:], strict=True) if form
    )
    suffixes = re.findall(_SUFFIX, end)
    entry = found[1] + suffixes[-1]
    # Sync tools copy copies, too.
    if further := original_of_copy(folder + slash + entry):
        return further[0], kind
    return (entry, kind) if is_dated(folder + slash + entry) else None


def is_dated(path: str) -> bool:
    """Return whether a path is an entry's, in whichever order its date is read."""
    if parse(path, DAY_FIRST):
        return True
    return bool(days_by_order(path.rpartition("/")[2]) and parse(path, MONTH_FIRST))


def numbered_original(path: str) -> str | None:
    """Return the name that a numbered name such as `2014-10-06 2.md` may be a copy of, else None.

    If no file of that name exists, the numbered file isn't a copy but an entry.
    """
    folder, slash, name = path.rpartition("/")
    found = _compiled(_NUMBERED).fullmatch(name)
    if not found:
        return None
    original = (found[1] or found[2] or "") + found[3]
    entry = parse(folder + slash + original, DAY_FIRST)
    # "2014-10-06 Sprint 2" has a title, and "2014/October 6" is a day, not a copy of October's note.
    own = parse(path, DAY_FIRST)
    if own and not own.rest:
        return None
    return original if entry and (found[2] or not entry.rest) else None


class FilePattern:
    """How a journal names the files of new entries, such as `{yyyy}/{yyyy}-{mm}-{dd}.md`.

    `{month}` is the English name of the month, `{mon}` its first three letters, `{d}` the day
    without a zero, `{dth}` such as 9th, and `{weekday}` the English weekday. `{title}` says that the
    day's own file has a title after the date. `form` is as in `EntryName`; `order` is DAY_FIRST or
    MONTH_FIRST if the name ends with the year, or "". Raise ValueError, with what is wrong, for a
    pattern that can't be used.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        stem, self.suffix = _split(source)
        if not self.suffix:
            raise ValueError("it should end with .md, .markdown, .mkd or .txt")
        name_at = stem.rfind("/") + 1
        dated = list(re.finditer(_FIELD, stem))
        if {_FIELDS[field[0]] for field in dated} != {"y", "m", "d"}:
            raise ValueError("it should contain {yyyy}, {mm} and {dd}")
        end = dated[-1].end()
        # In 2014年10月06日, the last character belongs to the date.
        end += stem[end : end + 1] in ("日", "일")
        self._head, self._tail = stem[:end], stem[end:]
        self.has_title = "{title}" in self._tail
        numbers = re.findall(r"\{(?:yyyy|mm|dd)\}", self._head[name_at:])
        self.order = ""
        if numbers[-1:] == ["{yyyy}"] and len(numbers) == 3:
            self.order = DAY_FIRST if numbers[0] == "{dd}" else MONTH_FIRST
        # Its paths are read back, so that each entry that it names is found again.
        for day in (date(2014, 10, 6), date(2023, 12, 31), date(2031, 2, 5), date(2024, 1, 1)):
            path = self.path(day)
            found = parse(path, self.order)
            if not found or found.day != day or found.period or re.search(r"[{}\\]", path):
                raise ValueError(f"it gives {path}, which cannot be read as {day}")
        folders = path.split("/")[:-1]
        places = ("/".join(folders[: count + 1]) for count in range(len(folders)))
        if not all(folders) or any(map(is_left_out_folder, (f"{place}/" for place in places))):
            raise ValueError("it should be a path in the journal, not in a hidden folder")
        assert found
        self.form = found.form

    @property
    def without_title(self) -> str:
        """The pattern of an entry without a title."""
        return re.sub(_TITLE_FIELD, "", self.source)

    def rest(self, day: date, title: str = "") -> str:
        """Return what follows the date in the name of the day's entry."""
        if not self._tail:
            return ""
        tail = _weekday_name(self._tail, day)
        return tail.replace("{title}", title) if title else re.sub(_TITLE_FIELD, "", tail)

    def path(self, day: date, rest: str | None = None) -> str:
        """Return the path of the day's entry; or of a note, whose `rest` follows the date.

        Some patterns give a name that isn't read as the date, such as in another century, or for a note
        whose title directly follows a number. Such a file is named by its ISO date.
        """
        head = self._head.replace("{yyyy}", f"{day.year:04d}").replace("{mm}", f"{day.month:02d}")
        head = head.replace("{dd}", f"{day.day:02d}").replace("{d}", str(day.day))
        head = head.replace("{dth}", f"{day.day}{_ordinal(day.day)}")
        head = _weekday_name(_month_names(head, day.month), day)
        path = head + (self.rest(day) if rest is None else rest) + self.suffix
        is_sure = not rest and 1900 <= day.year < 2100
        if not is_sure and day_of(path, self.order) != day:
            return entry_path(day, rest or "", flat="/" not in self.source)
        return path


def _weekday_name(pattern: str, day: date) -> str:
    if "{weekday}" not in pattern:
        return pattern
    from journal_tui.period import WEEKDAYS

    return pattern.replace("{weekday}", WEEKDAYS[day.weekday()])


def _ordinal(number: int) -> str:
    """Return the suffix of an English ordinal: st, nd, rd or th."""
    if number // 10 % 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@lru_cache
def file_pattern(source: str) -> FilePattern:
    """Return the pattern with this source. Raise ValueError, with what is wrong with it."""
    return FilePattern(source)


def entry_path(day: date, rest: str = "", flat: bool = False) -> str:
    """Return the path of a day entry, or of a note whose `rest` follows the date, by the usual patterns."""
    name = f"{day.isoformat()}{rest}.md"
    return name if flat else f"{day.year:04d}/{name}"


def slug(title: str) -> str:
    """Turn a title into part of a file name: lower-case letters and digits joined by hyphens."""
    if title.isascii():
        words = re.findall(r"[^\W_]+", title.lower())
    else:
        # Some systems store accents as separate characters, so they are composed. The vowel signs of
        # Hindi and other languages belong to words. İ, a Turkish capital, is folded to i and a dot.
        from journal_tui.entry.tokenizer import SIGNS

        composed = unicodedata.normalize("NFC", title.casefold().replace("i\u0307", "i"))
        words = re.findall(rf"[^\W_](?:[^\W_]|[{SIGNS}])*", composed)
    return "-".join(words)[:SLUG_LENGTH].strip("-")


def conflict_path(path: str, now: datetime) -> str:
    """Return the path of a conflict copy, for a text that can't be merged with the file at `path`."""
    folder, slash, name = path.rpartition("/")
    stem, suffix = _split(name)
    if len(os.fsencode(name)) > LONGEST_NAME - 16:
        # A name of the greatest length leaves no room, so only its date is kept.
        entry = parse(path, DAY_FIRST)
        stem = stem[: len(stem) - len(entry.rest)] if entry else stem[:10]
    return f"{folder}{slash}{stem}-mine-{now:%H%M%S}{suffix}"


def day_of(path: str, order: str = "") -> date | None:
    """Return the day of an entry, or the first one of a period note; None for other files."""
    found = parse(path, order)
    return found.day if found else None


def period_of(path: str) -> "CalendarPeriod | None":
    """Return the period of the period note at a path; None for other files."""
    name = path.rpartition("/")[2]
    if is_entry(name):
        return None
    found = parse(path)
    return found.period if found else None


def _is_weekday(name: EntryName) -> bool:
    if not name.rest:
        return False
    from journal_tui.period.calendar_words import is_weekday

    return is_weekday(name.rest, name.day)


def role(path: str, pattern: str = YEARS, order: str = "") -> int:
    """Return what the file at an entry's path is to its day: DAY_ENTRY, TITLED or NOTE.

    The same goes for a period note and its period. DAY_ENTRY is named by the date alone, or with the
    weekday. TITLED has a title, and is the day's entry if no file is DAY_ENTRY. NOTE is never the
    day's entry: it has a hyphen and a slug after the date, as the journal's own pattern names notes.
    """
    name = path.rpartition("/")[2]
    if name[10:] == ".md" and is_entry(name):
        return DAY_ENTRY
    found = parse(path, order)
    if not found:
        return NOTE
    if found.period:
        return TITLED if found.rest else DAY_ENTRY
    own = file_pattern(pattern)
    if found.rest in ("", own.rest(found.day)) or _is_weekday(found):
        return DAY_ENTRY
    if found.rest[0] != "-" or own.has_title:
        return TITLED
    return NOTE if _general(found.form) == _general(own.form) else TITLED


def _general(form: str) -> str:
    """Return a form with the general fields {d} and {month}: a name with 10 or May is read as {dd} or {mon}."""
    return form.replace("{dd}", "{d}").replace("{mon}", "{month}")


def competing_entries(paths: list[str], pattern: str = YEARS, order: str = "") -> list[str]:
    """Return which of the files of a day, or a period, claim to be its own; [] unless several do.

    A copy that another program made and named in words, such as 2024-W11 (Kopie).md, does, too.
    """
    roles = {path: role(path, pattern, order) for path in paths}
    wanted = min(roles.values(), default=NOTE)
    found = [
        p for p in paths if roles[p] == wanted or (roles[p] < NOTE and _is_called_copy(p, order))
    ]
    return found if len(found) > 1 and wanted != NOTE else []


def _is_called_copy(path: str, order: str) -> bool:
    """Return whether only the word “copy”, in some language, follows the date in a path."""
    found = parse(path, order)
    rest = unicodedata.normalize("NFC", found.rest).casefold() if found else ""
    return bool(rest) and _compiled(_COPY_WORD).fullmatch(rest) is not None


def title_of(path: str, day: date) -> str:
    """Return what follows the date in the path of a day's file; "" if it is only the weekday."""
    found = parse(path, DAY_FIRST) or parse(path, MONTH_FIRST)
    if not found or _is_weekday(found._replace(day=day)):
        return ""
    return found.rest.strip(" -_")


def importance_key(path: str, pattern: str = YEARS, order: str = "") -> tuple[int, bool, int, str]:
    """Return a sort key for the files of a day: the day entry first, then titled files, then notes."""
    name = path.rpartition("/")[2]
    return (role(path, pattern, order), name[10:] != ".md", path.count("/"), path)
