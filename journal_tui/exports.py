"""Write entries in the formats of other programs, or in journal's own, which it can import again."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from journal_tui.entry.entry import Entry
from journal_tui.errors import UnreadableEntry, UsageError
from journal_tui.exchange import json_export
from journal_tui.exchange.csv_rows import csv_lines
from journal_tui.exchange.piece import WholeFile
from journal_tui.exchange.shown_files import linked_files

if TYPE_CHECKING:
    from journal_tui.exchange.document import DocumentPage
    from journal_tui.journal import Journal

Progress = Callable[[int, int], None]
"""Called with how many entries are written, and how many there are."""
MARKDOWN, HTML, JSON, CSV, JRNL, DAY_ONE = "markdown", "html", "json", "csv", "jrnl", "dayone"
FORMATS = (MARKDOWN, HTML, JSON, CSV, JRNL, DAY_ONE)
ENDINGS = {
    MARKDOWN: ".md",
    HTML: ".html",
    JSON: ".json",
    CSV: ".csv",
    JRNL: ".txt",
    DAY_ONE: ".zip",
}
"""The endings of the files' names, by format."""
COLUMNS = (
    "date", "number", "path", "part", "text", "rating", "remark", "state", "due", "words", "tags", "people",
)  # fmt: skip
"""The columns of an exported table."""
# The most bytes of a file that is copied because an entry shows it.
_MAX_COPIED = 2_000_000_000
_BYTE_ORDER_MARK = "\ufeff"
_SETTINGS = "journal.toml"


class EntryToExport(NamedTuple):
    """An entry to export: its day, or the first one of its period, and its path."""

    day: date
    path: str


class ExportResult(NamedTuple):
    """The result of an export: where it is, how many entries it has, and which couldn't be read."""

    place: Path
    entries: int
    unreadable: Sequence[str]


class Exports:
    """The exports of a journal."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal
        self._unreadable: list[str] = []
        self._entries = 0

    def select(self, query: str = "") -> list[EntryToExport]:
        """Return the entries that a search finds, or all, the earliest first.

        For a search, the index has to be up to date. Raise QueryError, or NoJournal if the folder is gone.
        """
        entries = self.journal.entries
        if query.strip():
            hits = self.journal.find(query, "entries")
            found = {EntryToExport(hit.day, hit.path) for hit in hits}
        else:
            paths = (path for paths in entries.paths_by_date().values() for path in paths)
            found = {EntryToExport(day, path) for path in paths if (day := entries.day_of(path))}
        return sorted(
            found,
            key=lambda it: (
                it.day,
                bool(entries.period_of(it.path)),
                entries.importance_key(it.path),
            ),
        )

    def write(
        self,
        form: str,
        selected: Sequence[EntryToExport],
        place: Path,
        *,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> ExportResult:
        """Write entries to a file or, as Markdown, to a folder unless the name ends in .md or .markdown.

        A file that exists is replaced only with `replace`; a folder has to be new or empty. Raise
        DocumentExists or SaveError.
        """
        self._unreadable, self._entries = [], 0
        if form == MARKDOWN and place.suffix.lower() not in (".md", ".markdown"):
            written = self.journal.write_folder(place, self._files(selected, progress))
        else:
            written = self.journal.write_stream(
                place, lambda file: self._write(form, selected, file, progress), replace=replace
            )
        return ExportResult(written, self._entries, self._unreadable)

    def text(self, form: str, selected: Sequence[EntryToExport]) -> tuple[str, Sequence[str]]:
        """Return entries as one text, and the paths of those that couldn't be read.

        Raise UsageError for a format that isn't text.
        """
        if form == DAY_ONE:
            raise UsageError(
                "A Day One export is a zip file: say where to write it, with -o FILE.zip"
            )
        self._unreadable = []
        file = io.BytesIO()
        self._write(form, selected, file, None)
        return file.getvalue().decode().removeprefix(_BYTE_ORDER_MARK), self._unreadable

    def _write(
        self,
        form: str,
        selected: Sequence[EntryToExport],
        file: IO[bytes],
        progress: Progress | None,
    ) -> None:
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            if progress:
                progress(done, len(selected))

        write = {
            MARKDOWN: self._write_document,
            HTML: self._write_page,
            JSON: self._write_json,
            CSV: self._write_csv,
            JRNL: self._write_jrnl,
            DAY_ONE: self._write_day_one,
        }[form]
        write(selected, file, tick)

    def _read(self, selected: Iterable[EntryToExport]) -> Iterator[tuple[EntryToExport, Entry]]:
        for one in selected:
            try:
                text = self.journal.entries.text(one.path)
            except (FileNotFoundError, UnreadableEntry):
                self._unreadable.append(one.path)
                continue
            self._entries += 1
            yield one, Entry(one.day, text, self.journal.vocabulary)

    def _shown(self, path: str, text: str, known: set[str]) -> list[str]:
        """Return the paths of the files that an entry shows, except those in `known`; add them to `known`."""
        entries = self.journal.entries

        def find(target: str) -> str:
            place = entries.attachment_path(target)
            if place in known or entries.day_of(place) is not None:
                return ""
            file = self.journal.shown_file(place, _MAX_COPIED)
            if file:
                file.close()
            return place if file else ""

        found = linked_files(text, posixpath.dirname(path), find)
        known.update(found)
        return found

    def _files(
        self, selected: Sequence[EntryToExport], progress: Progress | None
    ) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
        """Yield the files of a folder: each entry, byte for byte, the files it shows, and the settings."""
        known: set[str] = set()
        journal = self.journal
        for number, one in enumerate(selected, 1):
            try:
                data = journal.entries.content(one.path)
            except (FileNotFoundError, UnreadableEntry):
                self._unreadable.append(one.path)
                continue
            self._entries += 1
            yield one.path, lambda data=data: io.BytesIO(data)  # type: ignore[misc]
            for path in self._shown(one.path, data.decode("utf-8", "replace"), known):
                if opened := journal.shown_file(path, _MAX_COPIED):
                    yield path, lambda opened=opened: opened  # type: ignore[misc]
            if progress:
                progress(number, len(selected))
        try:
            settings = journal.entries.content(_SETTINGS)
        except (FileNotFoundError, UnreadableEntry):
            return
        yield _SETTINGS, lambda: io.BytesIO(settings)

    def _pages(
        self, selected: Sequence[EntryToExport], tick: Callable[[], None]
    ) -> "Iterator[DocumentPage]":
        from journal_tui.exchange.document import DocumentPage

        for one, entry in self._read(selected):
            iso = self.journal.entries.iso_date(one.path)
            yield DocumentPage(
                self.journal.entry_name(one.day, one.path), iso, one.path, entry.text
            )
            tick()

    def _write_document(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        from journal_tui.exchange.document import markdown

        for part in markdown(self.journal.name, self._pages(selected, tick)):
            file.write(part.encode("utf-8", "replace"))

    def _write_page(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        from journal_tui import __version__
        from journal_tui.exchange.document import LARGEST_IMAGE, html

        def image(path: str) -> bytes | None:
            place = self.journal.entries.attachment_path(path)
            opened = self.journal.shown_file(place, LARGEST_IMAGE)
            if not opened:
                return None
            with opened:
                return opened.read()

        pages = list(self._pages(selected, tick))
        file.write(html(self.journal.name, pages, image, __version__).encode("utf-8", "replace"))

    def _write_json(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        paths: dict[str, None] = {}
        known: set[str] = set()

        def entries() -> Iterator[json_export.ExportedEntry]:
            for one, entry in self._read(selected):
                paths.update(dict.fromkeys(self._shown(one.path, entry.text, known)))
                yield json_export.ExportedEntry(one.day, one.path, entry.text, _facts(entry))

        def files() -> Iterator[WholeFile]:
            for path in paths:
                if opened := self.journal.shown_file(path, json_export.MAX_ATTACHED):
                    with opened:
                        yield WholeFile(path, opened.read())
                else:
                    self._unreadable.append(path)

        made = self.journal.today().isoformat()
        json_export.write(file, self.journal.name, made, entries(), files(), tick)

    def _write_csv(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        # Without the byte order mark, Excel takes UTF-8 for another encoding.
        file.write(_BYTE_ORDER_MARK.encode())
        rows = (row for one, entry in self._read(selected) for row in self._rows(one, entry, tick))
        for line in csv_lines(COLUMNS, rows):
            file.write(f"{line}\n".encode("utf-8", "replace"))

    def _rows(
        self, one: EntryToExport, entry: Entry, tick: Callable[[], None]
    ) -> Iterator[tuple[str | int | float | None, ...]]:
        rating = entry.rating
        number = entry.number or self.journal.number(one.day)
        begin = (one.day.isoformat(), number, one.path)
        tags = ", ".join(f"#{tag}" for tag in entry.tags)
        people = ", ".join(f"@{name}" for name in entry.people)
        yield (
            *begin, "entry", entry.title, rating.value if rating else None, rating.remark if rating else "", "", "",
            entry.words, tags, people,
        )  # fmt: skip
        for part, points in (("learning", entry.points), ("feedback", entry.feedback)):
            for point in points:
                yield (*begin, part, point.text, None, "", "", "", None, "", "")
        for task in entry.tasks:
            due = task.due.isoformat() if task.due else ""
            yield (*begin, "follow-up", task.text, None, "", task.state, due, None, "", "")
        tick()

    def _write_jrnl(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        from journal_tui.exchange.jrnl import entry_lines

        for one, entry in self._read(selected):
            title = entry.outline.title_line if entry.outline.title_at >= 0 else ""
            file.write(entry_lines(one.day, title, entry.text).encode("utf-8", "replace"))
            tick()

    def _write_day_one(
        self, selected: Sequence[EntryToExport], file: IO[bytes], tick: Callable[[], None]
    ) -> None:
        from journal_tui.exchange import day_one

        entries = (
            day_one.entry_data(one.day, one.path, entry.text, entry.tags)
            for one, entry in self._read(selected)
        )
        data = io.BytesIO()
        day_one.write_json(data, entries, tick)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Journal.json", data.getbuffer())


def _facts(entry: Entry) -> dict[str, object]:
    """Return what is read from an entry, in the form of the JSON schema."""
    rating = entry.rating
    return {
        "title": entry.title,
        "rating": rating.value if rating else None,
        "remark": rating.remark if rating else "",
        "learning": [point.text for point in entry.points],
        "feedback": [point.text for point in entry.feedback],
        "tasks": [
            {"text": it.text, "state": it.state, "due": it.due.isoformat() if it.due else None}
            for it in entry.tasks
        ],
        "tags": list(entry.tags),
        "people": list(entry.people),
    }
