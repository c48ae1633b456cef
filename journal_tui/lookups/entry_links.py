"""Find what a link of an entry leads to: another entry, a day that isn't written yet, or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.links import path_from, relative_path, wiki_name
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import fold
from journal_tui.errors import QueryError
from journal_tui.library import naming
from journal_tui.period import CalendarPeriod

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.index.search import Hit
    from journal_tui.library.library import Library

Find = Callable[[str], "Iterator[Hit]"]


class LinkedEntry(NamedTuple):
    """An entry that a link may lead to; the `day` of a period note is its period's first."""

    day: date
    path: str
    title: str = ""


class LinkTarget(NamedTuple):
    """What a link leads to: one entry, or several with the title that it names.

    If there are none, it names a `day` or a `period` without an entry, or `fault` says in a sentence
    why it leads nowhere.
    """

    entries: tuple[LinkedEntry, ...] = ()
    day: date | None = None
    period: CalendarPeriod | None = None
    fault: str = ""


def follow(
    index: "Index", library: "Library", find: Find, target: str, day: date, path: str
) -> LinkTarget:
    """Return what a link in the entry of a day at `path` leads to.

    `target` is the target of a link, as `links` of `entry.links` returns it. Only entries of the
    journal are looked for, never other files. `find` yields the hits of a query.
    """
    name = wiki_name(target)
    if name is None:
        return _follow_path(library, target, path)
    if not name:
        return LinkTarget(fault=f"{one_line(target)} leads to a heading in this entry.")
    if "/" in name and (found := _by_path(library, path_from("", name))):
        return found
    return _by_date(library, name.rpartition("/")[2]) or _by_title(index, find, name, day)


def _follow_path(library: "Library", target: str, path: str) -> LinkTarget:
    """Return what a relative path leads to."""
    shown = one_line(target)
    named = relative_path(target)
    if named is None:
        return LinkTarget(fault=f"Only http, https and mailto links can be opened, not {shown}.")
    if not named:
        return LinkTarget(fault=f"{shown} leads to a heading in this entry.")
    inside = path_from(path.rpartition("/")[0], named)
    if inside is None:
        return LinkTarget(fault=f"{shown} leads out of the journal, so it isn't opened.")
    found = _by_path(library, inside) or _by_date(library, inside.rpartition("/")[2])
    return found or LinkTarget(fault=f"{shown} isn't an entry of this journal.")


def _by_path(library: "Library", path: str | None) -> LinkTarget | None:
    """Return the entry at a path, which may lack its suffix; None if there is none."""
    if not path or not path.isprintable():
        return None
    for each in (path, f"{path}.md"):
        iso = library.iso_date(each)
        if iso and each in library.paths_of(iso) and (day := library.day_of(each)):
            return LinkTarget((LinkedEntry(day, each),))
    return None


def _by_date(library: "Library", name: str) -> LinkTarget | None:
    """Return what a date leads to, or a date with the title of an existing note; None for another name."""
    if not name.isprintable():
        return None
    suffixed = name if name.casefold().endswith(naming.SUFFIXES) else f"{name}.md"
    day, iso = library.day_of(suffixed), library.iso_date(suffixed)
    if day is None:
        return None
    if wanted := naming.slug(naming.title_of(suffixed, day)):
        for path in sorted(library.paths_of(iso), key=library.importance_key):
            if naming.slug(naming.title_of(path, day)) == wanted:
                return LinkTarget(_only(day, path))
        return None
    if period := library.period_of(suffixed):
        return LinkTarget(_only(day, library.find_period(period)), period=period)
    return LinkTarget(_only(day, library.find(day)), day=day)


def _only(day: date, path: str | None) -> tuple[LinkedEntry, ...]:
    return (LinkedEntry(day, path),) if path else ()


def _by_title(index: "Index", find: Find, name: str, day: date) -> LinkTarget:
    """Return the entries with a title; of several, only the one of the given day, if just one is of that day."""
    listed = _titled(find, name) or _named(index, naming.slug(name))
    here = [entry for entry in listed if entry.day == day]
    if len(here) == 1:
        listed = here
    if not listed:
        return LinkTarget(fault=f"No entry has the title “{one_line(name)}”.")
    return LinkTarget(tuple(listed))


def _titled(find: Find, name: str) -> list[LinkedEntry]:
    """Return the entries with a title, whatever its case and accents."""
    quoted = name.replace('"', " ")
    try:
        found = [
            LinkedEntry(hit.day, hit.path, hit.file.record["title"])
            for hit in find(f'in:title "{quoted}"')
        ]
    except QueryError:
        # The name has no words to search for.
        return []
    return [entry for entry in found if _folded(entry.title) == _folded(name)]


def _named(index: "Index", slug: str) -> list[LinkedEntry]:
    """Return the entries with a title after the date in their file's name, the newest first."""
    return [entry for year in index.years() for entry in _by_slug(index, year).get(slug, ())]


def _by_slug(index: "Index", year: str) -> "Mapping[str, Sequence[LinkedEntry]]":
    """Return a year's entries by the slug of the title in their file's name, without those that have none."""

    def make() -> dict[str, list[LinkedEntry]]:
        found: dict[str, list[LinkedEntry]] = {}
        for day in index.newest_days([year]):
            for record in day.records_once():
                path = record["path"]
                if slug := naming.slug(naming.title_of(path, day.day)):
                    found.setdefault(slug, []).append(LinkedEntry(day.day, path, record["title"]))
        return found

    return index.segment(year).cached("records", "slugs", make)


def _folded(title: str) -> str:
    return " ".join(fold(title).split())
