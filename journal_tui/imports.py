"""Import entries from other programs: make a plan, then save the entries as the journal saves its own.

What is imported are pieces: texts with their days (`exchange/piece`). A second import of the same files
adds nothing, and an interrupted one continues where it stopped: pieces that are in the journal already
are recognised by the log of imports, by the address in an entry's front matter, and by their text.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from journal_tui.counts import counted
from journal_tui.entry.entry import Entry
from journal_tui.entry.markdown_lines import after_front_matter
from journal_tui.errors import (
    EntryError,
    JournalError,
    QueryError,
    SaveError,
    UnreadableEntry,
    UsageError,
)
from journal_tui.exchange import formats
from journal_tui.exchange.files import (
    MAX_ATTACHMENT,
    MEGABYTE,
    ZIP_MARKS,
    Files,
    OneFile,
    Refused,
    ZipFiles,
    head,
    leads_out,
    text_of,
)
from journal_tui.exchange.formats import FOLDER, FORMATS, Format, Options, Recognised, recognise
from journal_tui.exchange.piece import (
    PUBLISH,
    Attachment,
    ImportItem,
    LeftOut,
    Piece,
    WholeFile,
    clean,
    digest_key,
    entry_text,
    section_text,
)
from journal_tui.exchange.shown_files import LINK, link_targets
from journal_tui.journal import imported_key, imported_piece
from journal_tui.publish.redaction import publish_mark

if TYPE_CHECKING:
    from journal_tui.journal import ImportedPiece, Journal

Progress = Callable[[int, int], None]
"""Called with how many pieces are done, and how many there are."""
NOTE, APPEND, SKIP = "note", "append", "skip"
SAME_DAY = (NOTE, APPEND, SKIP)
"""What to do with a piece whose day has an entry: make a note, add it to the entry, or skip it."""
NEW = "new"
ONLY_ADDED = (
    "The latest import only added to entries that were there before. These stay as they are; to get back "
    "their text from before the import, see their earlier versions. To undo the import before it, undo again."
)
"""What to say after undoing an import that made no entry."""
MAX_TEXT = 64 * MEGABYTE
"""The most bytes of text in one import, because the plan holds all of it in memory."""
_DATED = Format("dated file", "an entry", FORMATS[FOLDER].read)
_WORKERS = 8
"""How many entries are saved at the same time, since a save mostly waits for the disk."""
_MAX_FAILURES = 5
_MAX_NAMED = 5
_SYNC_PIECES = 500
"""After how many pieces the log is written through to the disk."""
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+|dayone2?://[^\s<>]+)>")
_SPACE = re.compile(r"\s+")
_ODD_NAME = re.compile(r"[^\w.-]+")
_SETTINGS = "journal.toml"
# A text with fewer characters may be in an entry by chance.
_SHORT = 40
# The first year in which an entry isn't reported as having a doubtful date.
_EARLIEST = 1950
# What programs write for a date that they don't have.
_ZERO_DAYS = (date(1970, 1, 1), date(1904, 1, 1), date(1, 1, 1), date(1601, 1, 1))


class Choices(NamedTuple):
    """What the user chose for an import: see the options of `journal import`."""

    format: str = ""
    same_day: str = NOTE
    on: date | None = None
    options: Options = Options()


class PlannedEntry(NamedTuple):
    """Where a piece is written: to which path, and as what: NEW for a new entry, NOTE or APPEND.

    `data` has the text; that of `piece` is empty, so that it isn't held twice.
    """

    piece: Piece
    data: bytes
    day: date
    path: str
    action: str

    @property
    def title(self) -> str:
        """The title of the piece, or the beginning of its text."""
        said = self.piece.title
        if not said:
            said = after_front_matter(self.data[:4000].decode("utf-8", "ignore"))[:200]
        return _SPACE.sub(" ", said).strip("# \ufeff")[:80]


class NotImported(NamedTuple):
    """A piece that isn't imported: its title or the beginning of its text, and why."""

    title: str
    why: str


class ImportPlan(NamedTuple):
    """What an import would do.

    `unclear` are the pieces without a day, `left_out` what isn't imported from the source. `present` is the
    number of pieces that are in the journal already, and `skipped` are those that are skipped because
    their day has an entry. `links` has the paths of the entries, by the addresses of their pieces. `files` is
    how many files are copied that belong to no entry.
    """

    source: str
    format: str
    entries: Sequence[PlannedEntry]
    unclear: Sequence[NotImported]
    left_out: Sequence[LeftOut]
    present: int
    skipped: Sequence[NotImported]
    remarks: Sequence[str]
    links: Mapping[str, str]
    files: int = 0

    @property
    def attachments(self) -> int:
        """How many files are copied besides the entries."""
        return self.files + sum(len(one.piece.attachments) for one in self.entries)

    def counts(self) -> list[tuple[int, str]]:
        """Return how many pieces become new entries, notes and parts of entries, each with its noun; no zeros."""
        actions = Counter(one.action for one in self.entries)
        said = {
            NEW: "new entry",
            NOTE: "note of a day that has an entry",
            APPEND: "part of an entry",
        }
        return [(actions[action], noun) for action, noun in said.items() if actions[action]]

    def summary(self) -> str:
        """Return a sentence about what is imported: "12 new entries, with 2 files; 3 are here already."."""
        parts = []
        for number, noun in self.counts():
            first, _, rest = noun.partition(" of ")
            said = counted(number, first)
            parts.append(f"{said} of {rest}" if rest and number == 1 else said)
        said = ", ".join(parts) if parts else "nothing new"
        if self.attachments:
            said += f", with {counted(self.attachments, 'file')}"
        if self.present:
            said += f"; {self.present:,} {'is' if self.present == 1 else 'are'} here already"
        return f"{said[:1].upper()}{said[1:]}."

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day, or None if nothing is imported."""
        days = [one.day for one in self.entries]
        return (min(days), max(days)) if days else None


class ImportResult(NamedTuple):
    """The result of an import: how many entries and files were written, what failed, and how many weren't tried."""

    written: int
    files: int
    failed: Sequence[NotImported]
    untried: int
    warnings: Sequence[str]


class UndoneImport(NamedTuple):
    """The result of undoing an import: how many entries were moved to the trash, and the paths of those kept."""

    deleted: int
    kept: Sequence[str]


class ImportSource:
    """A file, a folder or a text to import from; close it after use, or use it in a `with` block."""

    def __init__(
        self,
        files: Files,
        root: Path | None,
        opened: "IO[bytes] | None" = None,
        links: Sequence[str] = (),
    ) -> None:
        self.files, self.root, self.links, self._opened = files, root, links, opened

    def __enter__(self) -> "ImportSource":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive, if it is one."""
        if self._opened:
            self._opened.close()


class Imports:
    """The imports into a journal."""

    def __init__(self, journal: "Journal") -> None:
        self.journal = journal

    def source(self, path: Path) -> ImportSource:
        """Open the file or folder at a path. Raise Refused if there is none, or if it may not be imported."""
        try:
            real = path.expanduser().resolve()
        except (OSError, RuntimeError):
            raise Refused(f"{path} can't be opened: it is a link that leads to itself.") from None
        root = self.journal.root
        if real == root or (root in real.parents and self._is_own(real)):
            raise Refused(
                f"{real} is already this journal, or a part of it, so there is nothing to import."
            )
        if real.is_dir() and real in root.parents:
            raise Refused(f"This journal is inside {real}. Choose the folder of the other program.")
        if not real.exists():
            raise Refused(f"There is no file or folder {real}.")
        found = self.journal.foreign_files(real, Refused)
        if real.is_dir():
            return ImportSource(found, real, links=found.links)
        if head(found, found.name, 4).startswith(ZIP_MARKS):
            opened = found.open_file(found.name)
            try:
                return ImportSource(ZipFiles(found.name, opened), None, opened)
            except BaseException:
                opened.close()
                raise
        return ImportSource(found, None)

    def _is_own(self, real: Path) -> bool:
        """Return whether a path in the journal's folder is an entry or a folder, not another program's file."""
        path = real.relative_to(self.journal.root).as_posix()
        return real.is_dir() or self.journal.entries.day_of(path) is not None

    def pasted(self, data: bytes) -> ImportSource:
        """Return a source that is a text, such as that of standard input."""
        return ImportSource(OneFile("standard input", data), None)

    def plan(
        self, source: ImportSource, choices: Choices, progress: Progress | None = None
    ) -> ImportPlan:
        """Return what an import would do; nothing is written. Raise Refused or NoJournal."""
        known = recognise(source.files, choices.format)
        return _Planning(self.journal, choices, progress).plan(source, known)

    def apply(
        self,
        source: ImportSource,
        plan: ImportPlan,
        progress: Progress | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> ImportResult:
        """Write the entries of a plan, each with its files; the next refresh of the index reads them.

        An entry that can't be written is left out; after several, the remaining ones aren't tried, since
        the disk may be full. Raise EntryError in a sample journal.
        """
        self.journal.entries.check_writable()
        with self.journal.importing_lock():
            writing = _Writing(self.journal, source, plan, progress, stop)
            try:
                writing.run()
            finally:
                writing.note()
        return writing.done()

    def undoable(self) -> "list[ImportedPiece]":
        """Return the pieces that the latest import wrote, of those imports that weren't undone."""
        pieces = self.journal.import_log.pieces()
        latest = max((one.run for one in pieces), default=0)
        return [one for one in pieces if one.run == latest]

    def undo(self, progress: Progress | None = None) -> UndoneImport:
        """Move the entries of the latest import to the trash; those that were edited since stay.

        What was added to an entry that was there before stays, too. Raise EntryError if there is
        nothing to undo.
        """
        journal = self.journal
        journal.entries.check_writable()
        with journal.importing_lock():
            pieces = self.undoable()
            if not pieces:
                raise EntryError("There is no import to undo.")
            deleted, kept = 0, dict[str, None]()
            made = {one.path for one in pieces if one.what == "entry"}
            # An import may also have added other texts of the day to an entry that it made.
            latest = {one.path: one.digest for one in pieces}
            for at, one in enumerate(pieces):
                if one.what == "entry":
                    try:
                        if journal.entries.load(one.path).digest == latest[one.path]:
                            journal.trash.delete(one.path, journal.clock())
                            deleted += 1
                        else:
                            kept[one.path] = None
                    except FileNotFoundError:
                        pass
                    except JournalError:
                        kept[one.path] = None
                elif one.what == "part" and one.path not in made:
                    kept[one.path] = None
                if progress:
                    progress(at + 1, len(pieces))
            with suppress(OSError):
                journal.import_log.note_undone(pieces[0].run)
        return UndoneImport(deleted, [*kept])


class _Planning:
    """Makes the plan of one import."""

    def __init__(self, journal: "Journal", choices: Choices, progress: Progress | None) -> None:
        self._journal, self._choices, self._progress = journal, choices, progress
        self._by_date = journal.entries.paths_by_date()
        self._imported = self._logged()
        self._present = frozenset(path for paths in self._by_date.values() for path in paths)
        self._taken = set(self._present)
        self._texts: dict[str, str] = {}
        self._main: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._left: dict[str, LeftOut] = {}
        self._marked: set[str] = set()

    def _logged(self) -> dict[str, str]:
        """Return the paths of what was imported earlier and is still there, by key."""
        return {one.key: one.path for one in self._journal.import_log.pieces() if one.path}

    def plan(self, source: ImportSource, known: Recognised) -> ImportPlan:
        format = known.format
        pieces: list[tuple[Piece, bytes]] = []
        unclear: list[NotImported] = []
        size = files = 0
        if format.key == "page" and not self._choices.format and _are_texts(known.paths):
            # A text whose name has a date is an entry.
            if source.root:
                format = FORMATS[FOLDER]
            elif self._journal.entries.day_of(source.files.name):
                format = _DATED
        found: Iterator[ImportItem]
        if format.key == FOLDER and source.root:
            found = _FolderReading(self._journal, source).pieces()
        elif format is _DATED:
            found = self._dated_file(source.files)
        else:
            options = self._choices.options._replace(vocabulary=self._journal.vocabulary)
            found = format.read(source.files, known.paths, options)
        for number, one in enumerate(found):
            if isinstance(one, LeftOut):
                self._leave_out(one)
                continue
            if isinstance(one, WholeFile):
                files += not (self._journal.root / one.path).exists()
                continue
            data = _data_of(one)
            size += len(data)
            if size > MAX_TEXT:
                raise Refused(
                    f"{source.files.name} has more than {MAX_TEXT // MEGABYTE} MB of text. "
                    "Import it in parts, such as year by year."
                )
            day = one.day or self._choices.on
            if day is None:
                title = one.title or _SPACE.sub(" ", one.text[:80]).strip()
                unclear.append(NotImported(one.path or title or one.key, one.why))
            elif not data.strip() and not one.title and not one.attachments:
                self._leave_out(LeftOut("entry without a text", 1, day.isoformat()))
            else:
                pieces.append((one._replace(text="", day=day), data))
            # How many pieces there are is known only at the end.
            if self._progress and number % 100 == 0:
                self._progress(number, number + 201)
        self._leave_out_others(source, format, known.paths)
        if self._progress:
            self._progress(len(pieces), len(pieces))
        # The sort is stable, so pieces of the same minute stay in their order.
        pieces.sort(key=lambda pair: (pair[0].day or date.min, pair[0].time))
        entries: list[PlannedEntry] = []
        skipped: list[NotImported] = []
        seen: set[str] = set()
        present = 0
        for piece, data in pieces:
            key = imported_key(piece.key)
            path = self._path_of_present(piece, data, key)
            if path or key in seen:
                present += 1
            elif planned := self._placed(piece, data):
                entries.append(planned)
                if planned.action != APPEND and publish_mark(_beginning(data)):
                    self._marked.add(planned.path)
                path = planned.path
            else:
                iso = str(piece.day)
                skipped.append(NotImported(piece.title or iso, f"{iso} has an entry already"))
            seen.add(key)
            if path:
                self._links |= {_address(it): path for it in piece.addresses}
        return ImportPlan(
            source.files.name,
            format.name,
            entries,
            unclear,
            list(self._left.values()),
            present,
            skipped,
            self._remarks(entries),
            self._links,
            files,
        )

    def _leave_out_others(self, source: ImportSource, format: Format, read: Sequence[str]) -> None:
        """Note the links of a folder, and its files in other formats than the one that was read, as left out."""
        for path in source.links:
            self._leave_out(
                LeftOut("link that isn't followed (import its target as well)", 1, path)
            )
        # In a folder of dated files, each file that isn't an entry is already listed with the reason.
        if format.key == FOLDER or len(read) == len(source.files.paths()):
            return
        known = set(read)
        for path in formats.with_texts(source.files.paths()):
            if path not in known:
                self._leave_out(LeftOut("file in another format (import it separately)", 1, path))

    def _dated_file(self, files: Files) -> Iterator[ImportItem]:
        text = text_of(files, files.name)
        day = self._journal.entries.day_of(files.name)
        yield Piece(
            digest_key("file", files.name, text), text, day, path=self._path_for(files.name)
        )
        for target in dict.fromkeys(link_targets(text)):
            if self._journal.entries.day_of(target) is None and "." in posixpath.basename(target):
                what = "linked file that isn't in the import (import the folder instead)"
                yield LeftOut(what, 1, target)

    def _path_for(self, name: str) -> str:
        """Return the path for a dated file: its own name for a note, or else that of a new entry."""
        entries = self._journal.entries
        day = entries.day_of(name)
        assert day
        if entries.is_note(name) or entries.period_of(name):
            folder = posixpath.dirname(entries.new_path(day))
            return posixpath.join(folder, name)
        return entries.new_path(day)

    def _leave_out(self, one: LeftOut) -> None:
        before = self._left.get(one.what)
        number = one.number + (before.number if before else 0)
        self._left[one.what] = LeftOut(one.what, number, before.example if before else one.example)

    def _text_at(self, path: str) -> str:
        if path not in self._texts:
            if len(self._texts) > 1_000:
                self._texts.clear()
            try:
                self._texts[path] = self._journal.entries.text(path)
            except (FileNotFoundError, UnreadableEntry):
                self._texts[path] = ""
        return self._texts[path]

    def _paths_of(self, piece: Piece) -> list[str]:
        """Return the paths of the files of a piece's day, or of its period."""
        period = self._journal.entries.period_of(piece.path) if piece.path else None
        return self._by_date.get(period.name if period else str(piece.day), [])

    def _path_of_present(self, piece: Piece, data: bytes, key: str) -> str:
        """Return the path of the entry that already has a piece, or ""."""
        path = self._imported.get(key, "")
        # Not `_taken`: this import may write something else to the path of a deleted entry.
        if path and path in self._present:
            return path
        text = _text_of(piece, data)
        if piece.path:
            return next((it for it in self._paths_of(piece) if self._text_at(it) == text), "")
        source = piece.facts.get("source")
        wanted = clean(text) or piece.title
        for path in self._paths_of(piece):
            there = self._text_at(path)
            if (
                isinstance(source, str)
                and source
                and re.search(rf"(?:^|[^\w/]){re.escape(source)}(?![\w/?=-])", there, re.MULTILINE)
            ):
                return path
            if _has_text(there, wanted):
                return path
        return ""

    def _placed(self, piece: Piece, data: bytes) -> PlannedEntry | None:
        """Return where a piece is written, and as what; None if its day has an entry and it is skipped."""
        entries, day = self._journal.entries, piece.day
        assert day
        if piece.path and self._is_usable(piece.path, day) and piece.path not in self._taken:
            self._take(piece.path, day)
            return PlannedEntry(piece, data, day, piece.path, NEW)
        iso = day.isoformat()
        main = self._main.get(iso) or next(
            (it for it in self._by_date.get(iso, []) if not entries.is_note(it)), ""
        )
        if not main:
            path = entries.new_path(day)
            if path not in self._taken:
                self._take(path, day)
                self._main[iso] = path
                return PlannedEntry(piece, data, day, path, NEW)
            main = path
        if self._choices.same_day == SKIP:
            return None
        if self._choices.same_day == APPEND and not self._would_leave(piece, main):
            return PlannedEntry(piece, data, day, main, APPEND)
        path = self._note_path(piece, data, day)
        self._take(path, day)
        return PlannedEntry(piece, data, day, path, NOTE)

    def _would_leave(self, piece: Piece, path: str) -> bool:
        """Return whether a piece might be published against its mark, or without one, as part of an entry."""
        if piece.facts.get(PUBLISH) or path in self._marked:
            return True
        marked = publish_mark(self._text_at(path))
        return path in self._published_by_query if marked is None else marked

    @cached_property
    def _published_by_query(self) -> set[str]:
        """The paths of the entries that the search of journal.toml publishes."""
        query = self._journal.config.publish.query
        if not query:
            return set()
        self._journal.refresh()
        # A search that can't be used publishes nothing.
        with suppress(QueryError):
            return {hit.path for hit in self._journal.find(query, "entries")}
        return set()

    def _is_usable(self, path: str, day: date) -> bool:
        """Return whether a path of another journal may be used in this one, for the same day."""
        hidden = any(part.startswith(".") or not part for part in path.split("/"))
        if hidden or leads_out(path) or len(path) > 400:
            return False
        return self._journal.entries.day_of(path) == day

    def _take(self, path: str, day: date) -> None:
        self._taken.add(path)
        if not self._journal.entries.is_note(path) and not self._journal.entries.period_of(path):
            self._main.setdefault(day.isoformat(), path)

    def _note_path(self, piece: Piece, data: bytes, day: date) -> str:
        """Return a path for a note of the day that no other file has."""
        entries = self._journal.entries
        said = piece.title or " ".join(data[:200].decode("utf-8", "ignore").split()[:6]) or "note"
        path = entries.new_path(day, said)
        if path == entries.new_path(day):
            path = entries.new_path(day, "note")
        stem, dot, suffix = path.rpartition(".")
        number = 1
        while path in self._taken:
            number += 1
            path = f"{stem}-{number}{dot}{suffix}"
        return path

    def _remarks(self, entries: Sequence[PlannedEntry]) -> list[str]:
        """Return sentences about entries that are marked for publishing, and about doubtful dates.

        These are in the future, or ones that programs use for a missing date.
        """
        today = self._journal.today()
        later = [one.day for one in entries if one.day > today]
        early = [one.day for one in entries if one.day.year < _EARLIEST or one.day in _ZERO_DAYS]
        marked = sum(bool(publish_mark(_beginning(one.data))) for one in entries)
        found = []
        if marked:
            found.append(
                f"{counted(marked, 'entry')} {'has' if marked == 1 else 'have'} “publish: true” in the "
                f"front matter, so journal publish would publish {'it' if marked == 1 else 'them'}."
            )
        if later:
            found.append(
                f"{counted(len(later), 'entry')} {_is(later)} dated after today, the last on {max(later)}."
            )
        if early:
            found.append(
                f"{counted(len(early), 'entry')} {_is(early)} on a day that programs use for a missing date, such as "
                f"{min(early)}. Check the date, and correct it in the other program."
            )
        return found


def _beginning(data: bytes) -> str:
    return data[:MEGABYTE].decode("utf-8", "replace")


def _has_text(there: str, wanted: str) -> bool:
    """Return whether an entry has a text; a short one has to match whole lines of it."""
    words = _SPACE.sub(" ", wanted).strip()
    if len(words) >= _SHORT:
        return words in _SPACE.sub(" ", there)
    lines, parts = _bare_lines(there), _bare_lines(wanted)
    starts = range(len(lines) - len(parts) + 1)
    return bool(parts) and any(lines[at : at + len(parts)] == parts for at in starts)


def _bare_lines(text: str) -> list[str]:
    """Return the lines of a text that aren't blank, without their heading signs."""
    lines = (_SPACE.sub(" ", line).strip("# ") for line in text.splitlines())
    return [line for line in lines if line]


def _are_texts(paths: Sequence[str]) -> bool:
    return all(path.lower().endswith(formats.TEXTS) for path in paths)


def _is(days: Sequence[date]) -> str:
    return "is" if len(days) == 1 else "are"


def _address(link: str) -> str:
    """Return a link's address in one spelling, so that two spellings of it are equal."""
    link = link.strip().partition("#")[0]
    return re.sub(r"^https?://(?:www\.)?", "//", link, flags=re.IGNORECASE).rstrip("/")


class _FolderReading:
    """Reads the dated files of a folder as if the folder were a journal."""

    def __init__(self, journal: "Journal", source: ImportSource) -> None:
        assert source.root
        self._files = source.files
        self._other = type(journal)(source.root, journal.places, journal.clock)
        self._paths = {path: path for path in source.files.paths()}
        self._by_name: dict[str, str] = {}
        for path in source.files.paths():
            self._by_name.setdefault(path.rpartition("/")[2].casefold(), path)

    def pieces(self) -> Iterator[ImportItem]:
        """Yield each dated file as a whole, its conflict copies as notes, and what is left out."""
        entries = self._other.entries
        used: set[str] = set()
        for paths in entries.paths_by_date().values():
            for path in sorted(paths):
                day = entries.day_of(path)
                if day is None or path not in self._paths:
                    continue
                try:
                    text = entries.text(path)
                except (FileNotFoundError, UnreadableEntry) as error:
                    yield LeftOut("file that can't be read", 1, f"{path}: {error}")
                    continue
                finally:
                    used.add(path)
                piece = self._piece(path, text, day)
                used.update(it.path for it in piece.attachments)
                yield piece
        for entry, path, _ in self._other.conflicts.all():
            if path in self._paths:
                used.add(path)
                yield from self._copy_of(entry, path)
        for path in self._files.paths():
            if path not in used:
                yield LeftOut(entries.why_left_out(path), 1, path)

    def _piece(self, path: str, text: str, day: date) -> Piece:
        shown = tuple(Attachment(it, it) for it in self._shown(path, text))
        return Piece(digest_key("folder", path, text), text, day, attachments=shown, path=path)

    def _new_path(self, copy: str, day: date) -> str:
        """Return a path for a note that has the text of a conflict copy, which no other file has."""
        folder, name = posixpath.split(copy)
        numbers = chain(("",), (f"-{number}" for number in count(2)))
        paths = (
            posixpath.join(folder, f"{day}-copy{number}{posixpath.splitext(name)[1]}")
            for number in numbers
        )
        path = next(it for it in paths if it not in self._paths)
        self._paths[path] = path
        return path

    def _copy_of(self, entry: str, path: str) -> Iterator[ImportItem]:
        """Yield a conflict copy as a note of its day, unless the entry has the same text."""
        entries, day = self._other.entries, self._other.entries.day_of(entry)
        assert day
        try:
            text = entries.text(path)
            if entry in self._paths and text == entries.text(entry):
                yield LeftOut("conflict copy with the same text as its entry", 1, path)
            else:
                # Under its own name it would be a conflict copy here, too, and not be read.
                yield self._piece(path, text, day)._replace(path=self._new_path(path, day))
        except (FileNotFoundError, UnreadableEntry) as error:
            yield LeftOut("file that can't be read", 1, f"{path}: {error}")

    def _shown(self, path: str, text: str) -> list[str]:
        """Return the paths of the files that a text links to or shows, which aren't entries."""
        folder = posixpath.dirname(path)
        found: dict[str, None] = {}
        for target in link_targets(text):
            near = posixpath.normpath(posixpath.join(folder, target))
            # Obsidian names a file without its folder.
            place = (
                near
                if near in self._paths
                else self._by_name.get(posixpath.basename(target).casefold())
            )
            if place:
                found.setdefault(place)
        return [it for it in found if self._other.entries.day_of(it) is None]


class _Writing:
    """An import while it runs."""

    def __init__(
        self,
        journal: "Journal",
        source: ImportSource,
        plan: ImportPlan,
        progress: Progress | None,
        stop: Callable[[], bool],
    ) -> None:
        self._journal, self._files, self._plan = journal, source.files, plan
        self._source, self._progress, self._stop = source, progress, stop
        pieces = journal.import_log.pieces()
        self._run = max((one.run for one in pieces), default=0) + 1
        self._logged: list[ImportedPiece] = []
        self._unsynced = 0
        self._written = self._copied = self._tried = 0
        self._failed: list[NotImported] = []
        self._warnings: dict[str, None] = {}
        self._in_place: set[str] = set()
        self._beside: dict[str, str] = {}

    def run(self) -> None:
        """Write the whole files, then the new entries and notes, then what is added to entries."""
        # What all threads use is read before they start.
        _ = self._journal.entries.pattern, self._journal.vocabulary
        self._journal.sweep_files(
            {
                posixpath.dirname(self._target(one, it.path))
                for one in self._plan.entries
                for it in one.piece.attachments
            }
        )
        if self._plan.files:
            self._copy_whole_files()
        new = [one for one in self._plan.entries if one.action != APPEND]
        waiting: dict[Future[list[ImportedPiece]], PlannedEntry] = {}
        try:
            with ThreadPoolExecutor(_WORKERS) as pool:
                for one in new:
                    if self._is_over():
                        break
                    waiting[pool.submit(self._write, one)] = one
                    if len(waiting) >= _WORKERS * 2:
                        self._take_results(waiting, FIRST_COMPLETED)
        finally:
            # Even if it is interrupted: undoing it has to know what was written.
            self._take_results(waiting)
        for one in self._plan.entries:
            if one.action == APPEND and not self._is_over():
                self._tried += 1
                try:
                    self._logged += self._append(one)
                    self._written += 1
                except (JournalError, OSError) as error:
                    self._fail(one, error)
                self._tell()

    def _is_over(self) -> bool:
        return len(self._failed) >= _MAX_FAILURES or self._stop()

    def _take_results(
        self,
        waiting: "dict[Future[list[ImportedPiece]], PlannedEntry]",
        when: str = "ALL_COMPLETED",
    ) -> None:
        finished, _ = wait(waiting, return_when=when)
        for one in finished:
            planned = waiting.pop(one)
            self._tried += 1
            try:
                self._logged += one.result()
                self._written += 1
            except (JournalError, OSError) as error:
                self._fail(planned, error)
        # This is last, so that no result is lost if the import is interrupted while it reports.
        self._tell()

    def _tell(self) -> None:
        # Log at once, so that an import that is killed can be undone, but wait for the disk only sometimes.
        self._unsynced += len(self._logged)
        self.note(sync=self._unsynced >= _SYNC_PIECES)
        if self._progress:
            self._progress(self._tried, len(self._plan.entries))

    def _fail(self, one: PlannedEntry, error: Exception) -> None:
        self._failed.append(NotImported(f"{one.day} {one.title}".strip(), str(error).rstrip(".")))

    def note(self, *, sync: bool = True) -> None:
        """Add what was written to the log; if that fails, a second import recognises the texts."""
        pieces = list(self._logged)
        if pieces or sync:
            with suppress(OSError):
                self._journal.import_log.add(pieces, sync=sync)
        # Last: if this is interrupted, a piece may be noted twice, but none is lost.
        del self._logged[: len(pieces)]
        if sync:
            self._unsynced = 0

    def done(self) -> ImportResult:
        """Return what was done."""
        untried = len(self._plan.entries) - self._tried
        warnings = [*self._warnings, *self._about_beside()]
        return ImportResult(self._written, self._copied, self._failed, untried, warnings)

    def _about_beside(self) -> Iterator[str]:
        """Yield a sentence about the files that were copied beside others, if there are any."""
        if not self._beside:
            return
        first = [*self._beside.items()][:_MAX_NAMED]
        named = ", ".join(f"{path} was copied to {written}" for path, written in first)
        more = " …" if len(self._beside) > len(first) else ""
        if len(self._beside) == 1:
            yield (
                f"1 file has another name here, because its path was taken: {named}. Imported entries that "
                "link to it show the file that was already here; change their links."
            )
        else:
            yield (
                f"{len(self._beside):,} files have other names here, because their paths were taken: "
                f"{named}{more}. Imported entries that link to them show the files that were already "
                "here; change their links."
            )

    def _copy_whole_files(self) -> None:
        import io

        known = recognise(self._files)
        for one in known.format.read(self._files, known.paths, Options()):
            if not isinstance(one, WholeFile) or self._is_over():
                continue
            entries = self._journal.entries
            is_odd = any(part.startswith(".") or not part for part in one.path.split("/"))
            if is_odd or entries.day_of(one.path) or one.path == _SETTINGS:
                continue
            try:
                self._copy_to(one.path, io.BytesIO(one.data))
            except JournalError as error:
                self._failed.append(NotImported(one.path, str(error).rstrip(".")))

    def _write(self, one: PlannedEntry) -> "list[ImportedPiece]":
        """Write an entry after its files, so that a day is complete or isn't there. Raise SaveError."""
        links = self._copy(one)
        data = one.data
        if not one.piece.path:
            text = self._linked(entry_text(_with_text(one)), one, links)
            data = text.encode("utf-8", "replace")
        now = self._journal.clock()
        saved = self._journal.entries.replace_bytes(one.path, data, None, now)
        if saved.warning:
            self._warnings.setdefault(saved.warning)
        return [self._noted(one, "entry", saved.digest)]

    def _noted(self, one: PlannedEntry, what: str, digest: str) -> "ImportedPiece":
        return imported_piece(self._run, what, one.path, digest, one.piece.key)

    def _append(self, one: PlannedEntry) -> "list[ImportedPiece]":
        """Add a piece at the end of an entry. Raise SaveError."""
        entries = self._journal.entries
        loaded = entries.load(one.path)
        if loaded.read_only_reason:
            raise EntryError(loaded.read_only_reason)
        links = self._copy(one)
        section = self._linked(section_text(_with_text(one)), one, links)
        text = _with_section(Entry(one.day, loaded.text, self._journal.vocabulary), section)
        saved = entries.replace_text(one.path, text, loaded.digest, self._journal.clock())
        if saved.warning:
            self._warnings.setdefault(saved.warning)
        return [self._noted(one, "part", saved.digest)]

    def _copy(self, one: PlannedEntry) -> dict[str, str]:
        """Copy the files of a piece; return their new paths by the references in its text. Raise SaveError."""
        found: dict[str, str] = {}
        for attachment in one.piece.attachments:
            source = attachment.path
            if self._files.size(source) > MAX_ATTACHMENT:
                raise SaveError(f"{source} is larger than {MAX_ATTACHMENT // MEGABYTE:,} MB.")
            target = self._target(one, source)
            if one.piece.path:
                if not leads_out(target) and target not in self._in_place and target != _SETTINGS:
                    with self._files.open_file(source) as file:
                        self._copy_to(target, file)
                continue
            with self._files.open_file(source) as file:
                path, is_new = self._journal.add_file(target, file)
            self._copied += is_new
            found[attachment.reference] = path
        return found

    def _copy_to(self, path: str, file: IO[bytes]) -> None:
        """Copy a file to the path that entries name, or to one beside it if another file is there. Raise SaveError."""
        written, is_new = self._journal.add_file(path, file)
        self._in_place.add(path)
        self._copied += is_new
        if written != path:
            self._beside[path] = written

    def _target(self, one: PlannedEntry, source: str) -> str:
        return source if one.piece.path else self._attachment_path(one, source)

    def _attachment_path(self, one: PlannedEntry, source: str) -> str:
        """Return the path for a file of an entry: in a folder beside it, and never read as an entry."""
        folder = posixpath.dirname(one.path)
        name = _ODD_NAME.sub("-", posixpath.basename(source)).strip("-.") or "file"
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[-80:]}{dot}{suffix[:12]}" if dot else suffix[-80:]
        path = posixpath.join(folder, "attachments", name)
        if self._journal.entries.day_of(path) is not None:
            path = posixpath.join(folder, "attachments", f"file-{name}")
            if self._journal.entries.day_of(path) is not None:
                path += ".bin"
        return path

    def _linked(self, text: str, one: PlannedEntry, files: Mapping[str, str]) -> str:
        """Return a text whose links lead to the entries and files as they are in this journal."""
        if one.piece.path or not (files or self._plan.links):
            return text
        folder = posixpath.dirname(one.path)

        def near(target: str) -> str:
            path = files.get(target) or self._plan.links.get(_address(target), "")
            return quote(posixpath.relpath(path, folder or "."), safe="/-_.~") if path else ""

        def link(found: re.Match[str]) -> str:
            place = near(found[2].strip("<>"))
            return f"{found[1]}{place}{found[3]}" if place else found[0]

        def autolink(found: re.Match[str]) -> str:
            place = near(found[1])
            return f"[{found[1]}]({place})" if place else found[0]

        return _AUTOLINK.sub(autolink, LINK.sub(link, text))


def _with_text(one: PlannedEntry) -> Piece:
    return one.piece._replace(text=_text_of(one.piece, one.data))


def _data_of(piece: Piece) -> bytes:
    """Return the text of a piece as bytes; for a whole entry the bytes of its file, in any encoding."""
    if piece.path:
        with suppress(UnicodeEncodeError):
            return piece.text.encode("utf-8", "surrogateescape")
    return piece.text.encode("utf-8", "surrogatepass")


def _text_of(piece: Piece, data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape" if piece.path else "surrogatepass")


def _with_section(entry: Entry, section: str) -> str:
    """Return the text of an entry with a section at its end, or before a last block that isn't closed."""
    text = entry.text
    whole = f"{text.rstrip()}\n\n{section}" if text.strip() else section
    heads = Entry(entry.day, whole, entry.vocabulary).outline.headings
    at = len(whole) - len(section)
    if any(start == at for start, _ in heads):
        return whole
    last = entry.outline.last_block
    return f"{text[:last].rstrip()}\n\n{section}\n{text[last:]}"


def choices_of(
    format: str, same_day: str, on: date | None, columns: str, order: str, high: int
) -> Choices:
    """Return the choices for the options of an import; `high` is the highest rating of the journal.

    Raise UsageError for a column or a format that can't be understood.
    """
    chosen: dict[str, str] = {}
    for part in filter(None, (it.strip() for it in columns.split(","))):
        role, sign, name = part.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"“{part}” doesn't say which column it is. Write: --columns date=NAME,text=NAME,rating=NAME"
            )
        chosen[role.strip().lower()] = name.strip()
    if format and format not in FORMATS:
        raise UsageError(f"“{format}” isn't a format. Use one of these: {', '.join(FORMATS)}.")
    return Choices(format, same_day, on, Options(chosen or None, order, high))
