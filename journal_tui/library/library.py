"""The files of one journal: find the file of a day, load an entry, save it."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.entry.line_map import plain_newlines
from journal_tui.errors import (
    EntryError,
    NoJournal,
    SaveError,
    SettingsError,
    UnreadableEntry,
)
from journal_tui.library import config, file_reader, naming, toml_file
from journal_tui.library.file_reader import LoadedFile, stamp, stamped_date
from journal_tui.library.scan import Scan, scan
from journal_tui.period import first_day

if TYPE_CHECKING:
    from journal_tui.entry.vocabulary import Vocabulary
    from journal_tui.library.drafts import Draft
    from journal_tui.library.history import History, Version
    from journal_tui.library.toml_file import TomlFile
    from journal_tui.period import CalendarPeriod

_LARGEST_ATTACHMENT = 64 * 1024 * 1024
# How much the times of a file system may lag.
_TICK_NS = 50_000_000

READ_ONLY_SAMPLE = (
    "This is a sample to look around in, and nothing is written to it. "
    "Make a journal of your own with: journal new DIR"
)
"""The reason why a sample is read-only."""


class SaveResult(NamedTuple):
    """The result of a save: the file's text now, its digest and stamp, and a warning or "".

    `merged` is true if another program's changes were merged in. If they could not be, `conflict_path`
    is the path of the user's own text, and the other fields are those of the other program's.
    `unconfirmed` is true if the disk did not confirm the write.
    """

    text: str
    digest: str
    stamp: str
    merged: bool = False
    conflict_path: str = ""
    warning: str = ""
    unconfirmed: bool = False


class Library:
    """The files of one journal; `state` is its private folder for locks, drafts and history.

    `follows_links` returns whether a save may follow links that lead out of the journal.
    """

    def __init__(
        self, root: Path, state: Path, follows_links: Callable[[], bool] = lambda: False
    ) -> None:
        self.root = Path(os.path.realpath(root))
        self.state = state
        self._follows_links = follows_links
        self._had_config = False
        self._last_scan: Scan | None = None
        self._scanned_at = 0

    @cached_property
    def config(self) -> config.Config:
        """The settings in journal.toml. Raises SettingsError if the file can't be used."""
        self._had_config = os.path.lexists(self.root / config.FILE)
        return config.read(self.root)

    def changed_settings(self) -> frozenset[str]:
        """Return the names of the settings whose values in journal.toml aren't those in use.

        Raise SettingsError if the file can't be used.
        """
        now = config.read(self.root)._asdict()
        return frozenset(
            name for name, known in self.config._asdict().items() if now[name] != known
        )

    def reread_config(self) -> None:
        """Forget the settings, so that a changed journal.toml is read again."""
        for name in ("config", "pattern", "vocabulary"):
            self.__dict__.pop(name, None)

    @cached_property
    def config_file(self) -> "TomlFile":
        """The file journal.toml, whose values can be changed one at a time."""
        from journal_tui.library import atomic_write, locks
        from journal_tui.library.toml_file import TomlFile

        def check(data: dict[str, Any]) -> object:
            return config.parse(Path(config.FILE), data, self.root.name)

        def write(data: bytes, before: bytes | None) -> str:
            digest = None if before is None else file_reader.digest(before)
            try:
                return atomic_write.write(self.real(config.FILE), data, digest).warning
            except atomic_write.ChangedOnDisk:
                raise SaveError(f"{config.FILE} has just changed. Try again.") from None

        return TomlFile(
            self.root / config.FILE,
            check,
            write,
            lambda: locks.lock(self.state / "locks", config.FILE),
        )

    @property
    def day_ends(self) -> time:
        """The time until which it is still the day before; midnight if journal.toml is broken."""
        try:
            return self.config.day_ends
        except SettingsError:
            return config.MIDNIGHT

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The names of this journal's sections."""
        return self.config.vocabulary()

    @cached_property
    def pattern(self) -> naming.FilePattern:
        """The pattern of new entries' paths: as set in journal.toml, or by what is in the folder."""
        if self.config.file:
            return naming.file_pattern(self.config.file)
        return self.usual_pattern

    @property
    def usual_pattern(self) -> naming.FilePattern:
        """The pattern that applies without `file` in journal.toml."""
        if self.config.layout:
            is_flat = self.config.layout == "flat"
            return naming.file_pattern(naming.FLAT if is_flat else naming.YEARS)
        from journal_tui.library.folder_pattern import pattern_of

        try:
            found = self._last_scan or self.scan()
        except NoJournal:
            return naming.file_pattern(naming.YEARS)
        pattern = naming.file_pattern(pattern_of(found) or naming.YEARS)
        # Titled files may be notes: only journal.toml can say that a day's own file has a title.
        return naming.file_pattern(pattern.without_title)

    def describe_unread(self) -> str:
        """Return a line about learning points and follow-ups in text files that aren't entries, or ""."""
        from journal_tui.library.survey import describe_unread

        try:
            found = scan(str(self.root), self._configured_date_order(), with_unread=True)
        except OSError:
            return ""
        return describe_unread(self.root, found, self.vocabulary)

    def unread_conventions(self) -> str:
        """Return a sentence about what isn't read because there is no journal.toml; "" if all is well."""
        if os.path.lexists(self.root / config.FILE):
            return ""
        from journal_tui.library.survey import unread_conventions

        try:
            found = self._last_scan or self.scan()
        except NoJournal:
            return ""
        return unread_conventions(self.root, found, self.pattern.source)

    @property
    def rules_of_names(self) -> tuple[str | None, str | None]:
        """The layout and the file pattern by which a day's own file is recognised; None if not set.

        If journal.toml sets neither, the pattern is that of the existing files, or None if their
        names are the usual ones.
        """
        layout, file = self.config.layout, self.config.file
        if not (layout or file):
            name = self.pattern.source.rpartition("/")[2]
            file = None if name == naming.FLAT else name
        return layout, file

    def scan(self) -> Scan:
        """List every entry file with its stamp. Raise NoJournal if the folder can't be listed."""
        started = time_ns()
        try:
            self._last_scan = scan(str(self.root), self._configured_date_order())
        except OSError as error:
            raise NoJournal(f"{self.root} cannot be listed: {error.strerror}.") from None
        self._scanned_at = started
        # Files that entries show may have been added, too.
        self.__dict__.pop("_attachments", None)
        return self._last_scan

    def _configured_date_order(self) -> str:
        """Return how journal.toml says that dates with the year last are read; "" if it doesn't."""
        try:
            source = self.config.file
        except SettingsError:
            return ""
        return naming.file_pattern(source).order if source else ""

    def _date_order_of(self, path: str) -> str:
        """Return how a date with the year last is read in this journal, "" for other dates."""
        if len(naming.days_by_order(path.rpartition("/")[2])) < 2:
            return ""
        return (self._last_scan or self.scan()).order

    def check_is_there(self) -> None:
        """Raise NoJournal if journal.toml is gone, probably because its disk isn't mounted."""
        if not os.path.lexists(self.root / config.FILE):
            raise NoJournal(
                f"{self.root} no longer has a journal.toml or any entries, so the index was left "
                "as it is. Check that its disk is connected."
            )

    def advice(self, path: str) -> str:
        """Return how to get a left-out file read, as part of a sentence; "" if it has no likely date."""
        return naming.advice(path)

    def absolute(self, path: str) -> str:
        """Return the absolute path of a path in the journal."""
        return os.path.join(self.root, path)

    def path_by(self, pattern: str, day: date) -> str:
        """Return the path that a day's new entry would have by another pattern for file names.

        Raise ValueError if the pattern can't be used.
        """
        return naming.file_pattern(pattern).path(day)

    def new_path(self, day: date, title: str = "") -> str:
        """Return the path of a new day entry, or of a new note with this title."""
        slug, pattern = naming.slug(title), self.pattern
        if not slug:
            return pattern.path(day)
        return pattern.path(day, pattern.rest(day, slug) if pattern.has_title else f"-{slug}")

    def note_path(self, day: date, title: str) -> str:
        """Return the path of the day's note with this title, whatever its name; a new one if none."""
        new = self.new_path(day, title)
        if os.path.lexists(self.absolute(new)):
            return new
        slug = naming.slug(title)
        notes = [
            path
            for path in self._dated(day.isoformat(), [os.path.dirname(self.absolute(new))])
            if slug and naming.slug(naming.title_of(path, day)) == slug
        ]
        return min(notes, key=self.importance_key, default=new)

    def template_file(self, path: str) -> str:
        """Return the text of a file with a template. Raise SettingsError if it can't be read."""
        full = Path(self.absolute(path))
        if not os.path.realpath(full).startswith(os.path.join(self.root, "")):
            raise SettingsError(
                f"{full} leads out of the journal, so it is not read. Use a path inside it."
            )
        data = toml_file.content(full)
        if data is None:
            raise SettingsError(f"There is no file {full}.")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise SettingsError(f"{full} is not UTF-8 text. Save it as UTF-8.") from None
        return plain_newlines(text)

    def attachment(self, path: str) -> bytes | None:
        """Return the bytes of a file that an entry shows, such as a photo; None if there is none.

        If no file is at the path, one of its name is looked for in the whole journal. Raise EntryError
        with why it can't be read, as the end of a sentence.
        """
        if "\0" in path:
            # A link may name it as %00, but no file can have it in its path.
            return None
        real = os.path.realpath(self.absolute(self.attachment_path(path)))
        if not real.startswith(os.path.join(self.root, "")):
            raise EntryError("it leads out of the journal")
        try:
            return file_reader.read_plain(real, _LARGEST_ATTACHMENT)[0]
        except FileNotFoundError:
            return None
        except file_reader.TooLarge:
            raise EntryError("it is larger than 64 MB") from None
        except OSError as error:
            raise EntryError(f"it can't be read: {error.strerror or error}") from None

    def attachment_path(self, path: str) -> str:
        """Return the path; or if no file is there, that of a file with the same name elsewhere in the journal."""
        if "\0" in path or os.path.lexists(self.absolute(path)):
            return path
        found = self._attachments.get(os.path.basename(path).casefold(), "")
        return os.path.relpath(found, self.root).replace(os.sep, "/") if found else path

    @cached_property
    def _attachments(self) -> dict[str, str]:
        """The files of the journal that aren't entries, by name; of several, the first in order."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and not name.casefold().endswith(naming.SUFFIXES):
                    found.setdefault(name.casefold(), os.path.join(folder, name))
        return found

    def own_templates(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the texts of those templates of a blog that the journal has in its folder `publish`, by name.

        Raise SettingsError for one that can't be read.
        """
        folder = os.path.join(self.root, "publish")
        there = [name for name in names if os.path.lexists(os.path.join(folder, name))]
        return {name: self.template_file(f"publish/{name}") for name in there}

    def is_note(self, path: str) -> bool:
        """Return whether the file is never the day's entry, but always a note."""
        return self.role(path) == naming.NOTE

    def day_of(self, path: str) -> date | None:
        """Return the day of an entry, or the first one of a period note; None for other files."""
        return naming.day_of(path, self._date_order_of(path))

    def why_left_out(self, path: str) -> str:
        """Return what a file is that isn't an entry, such as "file without a date in the name"."""
        noun, rest = naming.REASONS[naming.left_out(path).kind]
        return f"{noun} {rest}".strip()

    def period_of(self, path: str) -> "CalendarPeriod | None":
        """Return the period of the period note at a path; None for other files."""
        return naming.period_of(path)

    def iso_date(self, path: str) -> str:
        """Return the ISO date of the entry at a path, of a day or a period; "" for other files."""
        found = naming.parse(path, self._date_order_of(path))
        return found.iso if found else ""

    def importance_key(self, path: str) -> tuple[int, bool, int, str]:
        """Return a sort key for the files of a day: the day entry first, its notes last."""
        return naming.importance_key(path, self.pattern.source, self._date_order_of(path))

    def role(self, path: str) -> int:
        """Return what the file at an entry's path is to its day: DAY_ENTRY, TITLED or NOTE of `naming`."""
        return naming.role(path, self.pattern.source, self._date_order_of(path))

    def competing_entries(self, paths: list[str]) -> list[str]:
        """Return which of the files of a day, or a period, claim to be its own; [] unless several do."""
        order = max(map(self._date_order_of, paths), default="")
        return naming.competing_entries(paths, self.pattern.source, order)

    def find(self, day: date) -> str | None:
        """Return the path of the day's entry, whatever its name, or None if it has none.

        Its usual paths are tried first, and then what the last scan found. If there was no scan, or
        one of the usual folders has changed since, the journal is scanned.
        """
        usual = (self.pattern.path(day), naming.entry_path(day), naming.entry_path(day, flat=True))
        for path in usual:
            if os.path.lexists(self.absolute(path)):
                return path
        folders = [os.path.dirname(self.absolute(path)) for path in usual]
        paths = [path for path in self._dated(day.isoformat(), folders) if not self.is_note(path)]
        return min(paths, key=self.importance_key, default=None)

    def find_period(self, period: "CalendarPeriod") -> str | None:
        """Return the path of the period's note, whatever its name, or None if it has none."""
        new = self.new_period_path(period)
        if os.path.lexists(self.absolute(new)):
            return new
        paths = self._dated(period.name, [os.path.dirname(self.absolute(new))])
        return min(paths, key=self.importance_key, default=None)

    def new_period_path(self, period: "CalendarPeriod") -> str:
        """Return the path of a new period note: beside the latest of its kind, and named like it.

        The first of its kind is in the folder of the year, if days are in such folders, or else at
        the top of the journal.
        """
        latest = max(
            self._period_notes(period.kind), key=lambda note: (note[0].day, note[1]), default=None
        )
        if latest is None:
            folders = self.pattern.source.split("/")[:-1]
            # A folder of a month or a day is too deep, since a week may belong to two months.
            above = takewhile(lambda part: not re.search(r"\{(?:m|d)", part), folders)
            year = f"{period.year:04d}"
            kept = [part.replace("{yyyy}", year) for part in above]
            return "/".join([*kept, f"{period.name}{self.pattern.suffix}"])
        name, path = latest
        assert name.period
        folder, slash, file = path.rpartition("/")
        old, new = f"{name.period.year:04d}", f"{period.year:04d}"
        folder = "/".join(new if part == old else part for part in folder.split("/"))
        suffix = file[file.rfind(".") :]
        path = f"{folder}{slash}{naming.period_name(name.form, period)}{suffix}"
        # The form may have the name of a month in another language.
        is_read = naming.period_of(path) == period
        return path if is_read else f"{folder}{slash}{period.name}{suffix}"

    def _period_notes(self, kind: str) -> "list[tuple[naming.EntryName, str]]":
        """Return the names and paths of all period notes of a kind that the last scan found."""
        try:
            found = self._last_scan or self.scan()
        except NoJournal:
            return []
        paths = [
            line.partition("\t")[0]
            for lines in found.years.values()
            for line in lines
            if len(stamped_date(line)) < file_reader.DAY_LENGTH
        ]
        names = [(name, path) for path in paths if (name := naming.parse(path))]
        return [(name, path) for name, path in names if name.period and name.period.kind == kind]

    def latest_day(self) -> date | None:
        """Return the last day that has an entry, or None if none has. Raise NoJournal."""
        found = self.scan()
        days = [
            date.fromisoformat(iso)
            for lines in found.years.values()
            for line in lines
            if len(iso := stamped_date(line)) == file_reader.DAY_LENGTH
        ]
        return max(days, default=None)

    def paths_of(self, iso: str) -> list[str]:
        """Return the paths of all files of a day or a period, by its ISO name."""
        day = first_day(iso)
        folders = {os.path.dirname(self.absolute(self.pattern.path(day))), str(self.root)}
        return self._dated(iso, sorted(folders))

    def paths_by_date(self) -> dict[str, list[str]]:
        """Return the paths of all entries by their ISO dates, of days and of periods. Raise NoJournal."""
        found: dict[str, list[str]] = {}
        for lines in self.scan().years.values():
            for line in lines:
                found.setdefault(stamped_date(line), []).append(line.partition("\t")[0])
        return found

    def _dated(self, iso: str, folders: list[str]) -> list[str]:
        """Return the paths of the files with an ISO date; scan again if one of the folders has changed."""
        try:
            found = self._last_scan
            if found is None or any(map(self._is_newer, folders)):
                found = self.scan()
        except NoJournal:
            return []
        lines = found.years.get(f"{first_day(iso).year:04d}", ())
        paths = [line.partition("\t")[0] for line in lines if stamped_date(line) == iso]
        return [path for path in paths if os.path.lexists(self.absolute(path))]

    def _is_newer(self, folder: str) -> bool:
        """Return whether a folder has perhaps changed since the last scan."""
        try:
            return os.stat(folder).st_mtime_ns > self._scanned_at - _TICK_NS
        except OSError:
            return False

    def stamp(self, path: str) -> str | None:
        """Return the file's current stamp, or None if it doesn't exist."""
        try:
            return stamp(path, os.stat(self.absolute(path)))
        except OSError:
            return None

    def is_settled(self, stamp: str) -> bool:
        """Return whether a file with this stamp is complete: if empty, only after two seconds."""
        return file_reader.is_settled(stamp)

    def load(self, path: str) -> LoadedFile:
        """Load an entry's file. Raise FileNotFoundError or UnreadableEntry."""
        loaded = file_reader.load(str(self.root), path)
        return (
            loaded
            if loaded.read_only_reason
            else loaded._replace(read_only_reason=self._real(path)[1])
        )

    def stamped_text(self, path: str) -> tuple[str, str]:
        """Return an entry's stamp and text, quicker than `load`. Raise what `load` raises."""
        data, status = file_reader.read_settled(self.absolute(path))
        return stamp(path, status), file_reader.decode(data)[0]

    def _real(self, path: str) -> tuple[str, str]:
        """Return an entry's file with links resolved, and why it may not be written, or "".

        With a link, a journal from someone else could make a save overwrite any file of the user.
        """
        full = self.absolute(path)
        try:
            real = os.path.realpath(full)
        except OSError as error:
            # Before Python 3.13, realpath raises if a link is replaced while it is read.
            why = error.strerror or error
            return full, f"{path} cannot be looked up ({why}). Try again in a moment."
        if real == full or real.startswith(os.path.join(self.root, "")) or self._follows_links():
            return real, ""
        return real, (
            f"{path} is a link to {real}, outside the journal, so it is shown but not edited. "
            "To allow editing, add links = true to your settings.toml (to find it: journal where)."
        )

    @property
    def read_only_reason(self) -> str:
        """The reason why nothing is written to the journal; "" for any but a sample."""
        try:
            return READ_ONLY_SAMPLE if self.config.is_sample else ""
        except SettingsError:
            return ""

    def check_writable(self) -> None:
        """Raise EntryError if nothing is written to the journal, because it is a sample."""
        if why := self.read_only_reason:
            raise EntryError(why)

    def real(self, path: str) -> str:
        """Return the file at a path in the journal, with links resolved.

        Raise SaveError if a link leads out of the journal and the user's settings don't allow that,
        EntryError if the journal is a sample.
        """
        self.check_writable()
        real, why = self._real(path)
        if why:
            raise SaveError(f"Nothing was saved: {why}")
        return real

    def protection(self, path: str) -> str:
        """Return a sentence about why an entry can't be saved, as far as permissions show; else ""."""
        from journal_tui.library.atomic_write import protection

        return protection(self._real(path)[0], str(self.root))

    def content(self, path: str) -> bytes:
        """Return the file's bytes. Raise FileNotFoundError or UnreadableEntry."""
        return file_reader.read_bytes(self.absolute(path))[0]

    def text(self, path: str) -> str:
        """Return the file's text. Raise FileNotFoundError or UnreadableEntry."""
        return file_reader.decode(file_reader.read_bytes(self.absolute(path))[0])[0]

    def save(
        self, path: str, text: str, opened: LoadedFile | None, base: str, now: datetime
    ) -> SaveResult:
        """Save a text atomically, and merge it with what another program wrote in the meantime.

        If the two can't be merged, the text goes into a file beside the entry. `opened` is the
        loaded file (None for a new entry), `base` the text before editing (a new entry's template).
        Raise SaveError, with the file as it was.
        """
        from journal_tui.library import locks

        real = self.real(path)
        self.recover(now)
        with locks.lock(self.state / "locks", path):
            digest = opened.digest if opened else None
            return self._save(path, real, text, digest, base, now)

    def replace_bytes(
        self, path: str, data: bytes, expected_digest: str | None, now: datetime
    ) -> SaveResult:
        """Replace the bytes of a file if it still has the expected digest (None: no file yet).

        The earlier bytes are kept in the history. Raise SaveError, with the file as it was.
        """
        from journal_tui.library import atomic_write, locks

        real = self.real(path)
        self.recover(now)
        with locks.lock(self.state / "locks", path):
            try:
                return self._put(path, real, data, expected_digest, now)
            except atomic_write.ChangedOnDisk:
                raise SaveError(f"Nothing was saved: {path} has just changed. Try again.") from None

    def replace_text(self, path: str, text: str, expected_digest: str, now: datetime) -> SaveResult:
        """Replace the text of a file as `replace_bytes` does. Raise SaveError."""
        if line := file_reader.undecodable_line(text):
            raise SaveError(f"Line {line} contains a character that a text file cannot hold.")
        return self.replace_bytes(path, file_reader.encode(text), expected_digest, now)

    def digest_of(self, text: str) -> str:
        """Return the digest that the file of an entry with this text has."""
        return file_reader.digest(file_reader.encode(text))

    def _save(
        self, path: str, real: str, text: str, expected_digest: str | None, base: str, now: datetime
    ) -> SaveResult:
        """Save a text if the file has the expected digest; otherwise merge it with the file's first.

        The caller must hold the lock. Raise SaveError, with the file as it was.
        """
        from journal_tui.library import atomic_write

        def put(path: str, full: str, text: str, expected_digest: str | None) -> SaveResult:
            return self._put(path, full, file_reader.encode(text), expected_digest, now)

        if line := file_reader.undecodable_line(text):
            raise SaveError(
                f"Line {line} contains a character that a text file cannot hold. Remove it and save again."
            )
        if expected_digest is None:
            self.check_not_empty()
        try:
            return put(path, real, text, expected_digest)
        except atomic_write.ChangedOnDisk as change:
            found = change.found
        try:
            if found is None:
                self.check_not_empty()
                return put(path, real, text, None)
            data, status = found
            if base and not data:
                data, status = file_reader.read_settled(real)
                if not data:
                    # A merge with an empty file would delete the whole text.
                    return put(path, real, text, file_reader.digest(data))
            theirs, read_only_reason = file_reader.decode(data)
            from journal_tui.entry.merge import merge

            merged = None if read_only_reason else merge(base, text, theirs, self.vocabulary)
            # A merged text may be longer than an entry may be.
            if merged is not None and len(file_reader.encode(merged)) <= file_reader.LARGEST:
                return put(path, real, merged, file_reader.digest(data))._replace(merged=True)
            conflict_path = naming.conflict_path(path, now)
            mine = put(conflict_path, self.absolute(conflict_path), text, None)
        except (atomic_write.ChangedOnDisk, FileNotFoundError):
            raise SaveError(
                "The file keeps changing, so it could not be saved. Try again."
            ) from None
        except UnreadableEntry as error:
            raise SaveError(f"Nothing was saved: {error}") from None
        return mine._replace(
            text=theirs,
            digest=file_reader.digest(data),
            stamp=stamp(path, status),
            conflict_path=conflict_path,
        )

    def _put(
        self, path: str, full: str, data: bytes, expected_digest: str | None, now: datetime
    ) -> SaveResult:
        """Write bytes to the file at `full`, the entry `path`, if it has the expected digest.

        The caller must hold the lock. Raise ChangedOnDisk or SaveError, with the file as it was.
        """
        from journal_tui.library import atomic_write

        if len(data) > file_reader.LARGEST:
            raise SaveError(
                "This is too long for one entry (at most 8 MB): nothing was saved. Shorten it."
            )
        backup = self.state / "halfway" / file_reader.digest(os.fsencode(path))
        written = atomic_write.write(
            full, data, expected_digest, backup, path, self._day_of_temporary(path)
        )
        warning = written.warning or self._add_to_history(path, written.replaced, data, now)
        return SaveResult(
            file_reader.decode(data)[0],
            file_reader.digest(data),
            stamp(path, written.status),
            warning=warning,
            unconfirmed=bool(written.warning),
        )

    def _day_of_temporary(self, path: str) -> date | None:
        """Return the day for the temporary file of an entry or of a conflict copy."""
        if copy := naming.original_of_copy(path):
            path = path[: path.rfind("/") + 1] + copy[0]
        return self.day_of(path)

    def _add_to_history(self, path: str, before: bytes | None, after: bytes, now: datetime) -> str:
        """Add the saved and the earlier bytes to the history; return a sentence if that fails."""
        try:
            texts = (after,) if before is None else (before, after)
            self.history.keep_all(path, texts, now)
        except OSError as error:
            why = error.strerror or error
            return f"Saved, but this version cannot be kept in the history ({why})."
        return ""

    def restore(self, path: str, version: "Version", now: datetime) -> SaveResult:
        """Restore a version of an entry, byte for byte. Raise EntryError or SaveError."""
        try:
            data = version.read()
        except OSError as error:
            why = error.strerror or error
            raise EntryError(f"Version {version.number} cannot be read ({why}).") from None
        try:
            expected_digest = file_reader.digest(file_reader.read_bytes(self.absolute(path))[0])
        except FileNotFoundError:
            expected_digest = None
        return self.replace_bytes(path, data, expected_digest, now)

    def restore_draft(self, draft: "Draft", now: datetime) -> SaveResult:
        """Save a draft as its session would have done.

        Changes made since are merged; if they can't be, the draft goes into a file beside the
        entry. Raise SaveError.
        """
        opened = (
            LoadedFile(draft.base, draft.expected_digest, "") if draft.expected_digest else None
        )
        return self.save(draft.path, draft.text, opened, draft.base, now)

    def convert(
        self, path: str, encoding: str | None, now: datetime
    ) -> tuple[str, SaveResult] | None:
        """Convert an entry to UTF-8; return the name of the encoding it had, and the save.

        `encoding` is one of `ENCODINGS`, or None to detect it. Return None if the entry is already
        UTF-8, which would be garbled if it were read in another encoding. The earlier bytes are
        kept in the history. Raise FileNotFoundError, UnreadableEntry or SaveError, with the file as
        it was.
        """
        data, _ = file_reader.read_bytes(self.absolute(path))
        if file_reader.is_utf8_text(data):
            return None
        encoding = encoding or file_reader.guess_encoding(data)
        assert encoding
        new = file_reader.decode_as(data, encoding).encode()
        try:
            # Kept before the save: if the encoding is wrong, only these bytes can undo it.
            self.history.keep(path, data, now)
        except OSError as error:
            why = error.strerror or error
            raise SaveError(
                f"Nothing was converted: the text of {path} cannot be kept in the history ({why})."
            ) from None
        saved = self.replace_bytes(path, new, file_reader.digest(data), now)
        return file_reader.ENCODINGS[encoding], saved

    def recover(self, now: datetime) -> None:
        """Finish writes in place that were interrupted; call this before entries are read."""
        try:
            names = os.listdir(self.state / "halfway")
        except OSError:
            return
        from journal_tui.library import in_place_write
        from journal_tui.library.locks import lock_file

        for name in names:
            try:
                with lock_file(self.state / "locks" / f"{name}.lock", seconds=0):
                    in_place_write.finish(self.state / "halfway" / name, self.history, now)
            except (SaveError, UnreadableEntry, OSError):
                # Its process is still writing, or its disk is missing: try again another time.
                continue

    def check_not_empty(self) -> None:
        """Raise SaveError if the journal's folder has become empty, probably because its disk is missing."""
        try:
            is_gone = self._had_config and not os.listdir(self.root)
        except OSError:
            return
        if is_gone:
            raise SaveError(
                "The journal's folder is empty: nothing was saved. "
                "Connect its disk, or save it elsewhere."
            )

    @property
    def history(self) -> "History":
        """The saved versions of the journal's entries."""
        from journal_tui.library.history import History

        return History(self.state / "history")
