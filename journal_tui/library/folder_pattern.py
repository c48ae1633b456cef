"""Find out how the files of a folder are named, so that new entries are named alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.library import naming
from journal_tui.library.file_reader import DAY_LENGTH, stamped_date
from journal_tui.library.scan import Scan
from journal_tui.period import MONTHS, WEEKDAYS
from journal_tui.period.calendar_words import months

MAX_NAMES = 300
"""How many of the latest entries decide how new entries are named, so that a single one doesn't."""
MOST, NEARLY_ALL = 0.5, 0.9
"""A folder is part of a pattern if it has more than this share of the entries.

The share is NEARLY_ALL if the folder's name has words besides placeholders, which may name one month.
"""
OTHER_MONTH = "{MONTH}"
"""The placeholder for a month's name that no file pattern can write: JANUARY, Januar."""


class NamedFile(NamedTuple):
    """A file of a day, with the patterns that its path follows.

    `folders` are those of its folders, `form` is that of the date in its name, and `rest` is that of
    what comes after the date, with the suffix.
    """

    day: date
    path: str
    folders: tuple[str, ...]
    form: str
    rest: str


def named_files(found: Scan) -> list[NamedFile]:
    """Return the files of all days in a scan, the earliest day first; period notes aren't among them."""
    lines = [line for year in found.years.values() for line in year]
    return sorted(_same_widths(list(_named(lines, found.order))))


def pattern_of(found: Scan) -> str:
    """Return the pattern for new entries, by the names of the latest entries; "" without entries.

    It is the pattern of most names, with the folder of most. Since new entries follow it, it stays
    the same unless another program writes more entries under other names.
    """
    return _most_used(latest_files(found))


def latest_files(found: Scan) -> list[NamedFile]:
    """Return the files of the latest days in a scan, MAX_NAMES at most, the earliest day first."""
    return sorted(_same_widths(list(_named(_latest(found), found.order))))


def _latest(found: Scan) -> list[str]:
    """Return the stamps of the latest entries, MAX_NAMES at most, without period notes."""
    latest: list[str] = []
    for year in sorted(found.years, reverse=True):
        dated = [
            (iso, line)
            for line in found.years[year]
            if len(iso := stamped_date(line)) == DAY_LENGTH
        ]
        latest += [line for _, line in sorted(dated, reverse=True)[: MAX_NAMES - len(latest)]]
        if len(latest) == MAX_NAMES:
            break
    return latest


def _named(lines: Iterable[str], order: str) -> Iterator[NamedFile]:
    for line in lines:
        path = line.partition("\t")[0]
        parsed = naming.parse(path, order)
        if parsed and not parsed.period:
            folders = _folder_patterns(path, parsed.day)
            yield NamedFile(parsed.day, path, folders, parsed.form, _rest_pattern(path, parsed))


def _same_widths(entries: list[NamedFile]) -> list[NamedFile]:
    """Return the files, all with `{d}` if some days are written without a zero: 10 January fits `{dd}`, too."""
    without_zeros = {entry.form for entry in entries if "{d}" in entry.form}
    if not without_zeros:
        return entries
    forms = {form.replace("{d}", "{dd}"): form for form in without_zeros}
    return [entry._replace(form=forms.get(entry.form, entry.form)) for entry in entries]


def _rest_pattern(path: str, entry: naming.EntryName) -> str:
    """Return the pattern of what follows the date in an entry's name: `-{title}.md`."""
    suffix = path[path.rfind(".") :]
    if not entry.rest:
        return suffix
    weekday = WEEKDAYS[entry.day.weekday()]
    if naming.title_of(path, entry.day):
        found = re.match(r"[-_. ,]+", entry.rest)
        return (found[0] if found else " ") + "{title}" + suffix
    # Only the English weekday can be written.
    return entry.rest.replace(weekday, "{weekday}") + suffix if weekday in entry.rest else suffix


def _folder_patterns(path: str, day: date) -> tuple[str, ...]:
    """Return the patterns of the folders of a path, with `{yyyy}` in place of the entry's year, and so on."""
    year, month, name = f"{day.year:04d}", f"{day.month:02d}", MONTHS[day.month - 1]
    folders, has_year = [], False
    for folder in path.split("/")[:-1]:
        pattern = re.sub(rf"(?<![0-9]){year}(?![0-9])", "{yyyy}", folder, count=1)
        has_year = has_year or pattern != folder
        if has_year:
            pattern = re.sub(rf"(?<![0-9]){month}(?![0-9])", "{mm}", pattern, count=1)
            for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\{\w+\}", "", pattern)):
                if day.month in months(word):
                    field = {name: "{month}", name[:3]: "{mon}"}.get(word, OTHER_MONTH)
                    pattern = pattern.replace(word, field, 1)
                    break
        folders.append(pattern)
    return tuple(folders)


def forms(entries: list[NamedFile]) -> tuple[tuple[str, int], ...]:
    """Return the patterns of the entries' paths with the number of entries of each, most used first.

    A name's pattern is counted for all folders together. It has the folder in which nearly all of
    its entries are, or `…/`.
    """
    folders: dict[str, Counter[str]] = {}
    for entry in entries:
        above = "".join(f"{folder}/" for folder in entry.folders)
        folders.setdefault(entry.form + entry.rest, Counter())[above] += 1
    forms = []
    for name, counts in folders.items():
        (above, most), total = counts.most_common(1)[0], counts.total()
        forms.append(((above if most > total * NEARLY_ALL else "…/") + name, total))
    return tuple(sorted(forms, key=lambda form: -form[1]))


def _most_used(entries: list[NamedFile]) -> str:
    """Return the pattern of most names, with the folder of most; "" if there are none."""
    groups: dict[tuple[str, str], Counter[str]] = {}
    for entry in entries:
        suffix = entry.rest[entry.rest.rfind(".") :]
        groups.setdefault((entry.form, suffix), Counter())[entry.rest] += 1
    if not groups:
        return ""

    def importance(group: tuple[str, str]) -> tuple[int, bool, bool]:
        form, suffix = group
        return groups[group].total(), form == naming.ISO_FORM, suffix == naming.SUFFIXES[0]

    form, suffix = max(groups, key=importance)
    rests = groups[form, suffix]
    # Notes may outnumber the days' own files, but decide how these are named only if the most usual
    # name of these has less than a quarter of all files.
    days = [rest for rest in rests if "{title}" not in rest]
    own = max(days, key=lambda rest: (rests[rest], -len(rest)), default="")
    if not own or rests[own] * 4 < rests.total():
        own = rests.most_common(1)[0][0]
    names = (form + own, naming.ISO_FORM + own, naming.ISO_FORM + suffix)
    usual = _usual_folder([e.folders for e in entries if (e.form, e.rest) == (form, own)])
    for folder in (usual, ""):
        for name in names:
            try:
                # journal.toml can only hold names of folders that are UTF-8.
                (folder + name).encode()
                return naming.file_pattern(folder + name).source
            except ValueError:
                # The year, the month or the day is in folders that this pattern doesn't have.
                continue
    return naming.YEARS


def _usual_folder(inside: list[tuple[str, ...]]) -> str:
    """Return the pattern of the deepest folder that most of the files are in, with `/`; "" for none."""
    folder, depth = "", 0
    while True:
        here = Counter(folders[depth] for folders in inside if len(folders) > depth)
        pattern, count = here.most_common(1)[0] if here else ("", 0)
        has_words = "{" in pattern and re.search(r"\w", re.sub(r"\{\w+\}", "", pattern))
        fewest = NEARLY_ALL if has_words else MOST
        if count <= len(inside) * fewest or OTHER_MONTH in pattern:
            # A folder that is named for one month must not be used for all months.
            return folder
        folder += f"{pattern}/"
        inside = [folders for folders in inside if folders[depth : depth + 1] == (pattern,)]
        depth += 1


def shown_pattern(pattern: str) -> str:
    """Return a pattern as people write it: `YYYY-MM-DD.md`."""
    shown = re.sub(r"\{(yyyy|mm|dd|d)\}", lambda field: field[1].upper(), pattern)
    return re.sub(r"\{(weekday|title|month|mon|dth|MONTH)\}", lambda field: field[1].lower(), shown)
