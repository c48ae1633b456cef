"""A journal's folder of entries: which file is which day, reading one, saving one."""

import os
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import EntryError, NoJournal, SaveError, UnreadableEntry
from journal_tui.library import config, naming
from journal_tui.library.scan import Scan, scan, stamp

if TYPE_CHECKING:
    from journal_tui.entry.vocabulary import Vocabulary
    from journal_tui.library.history import History, Version
    from journal_tui.library.reading import Loaded
    from journal_tui.library.trash import Trash


class Saved(NamedTuple):
    """How a save ended: what the file holds now, and what to tell the person ("" for nothing).

    `beside` is the path of the person's own text where the two sides could not be merged;
    `unconfirmed`: the disk did not say that it has it.
    """

    text: str
    digest: str
    stamp: str
    merged: bool = False
    beside: str = ""
    warning: str = ""
    unconfirmed: bool = False


class Library:
    """The files of one journal. `state` is a private folder for locks and drafts.

    `follows_links` says whether links that lead out of the journal may be written through.
    """

    def __init__(
        self, root: Path, state: Path, follows_links: Callable[[], bool] = lambda: False
    ) -> None:
        self.root = Path(os.path.realpath(root))
        self.state = state
        self._follows_links = follows_links
        self._was_here = False

    @cached_property
    def config(self) -> config.Config:
        """What journal.toml says. Raises SettingsError for one that cannot be used."""
        self._was_here = os.path.lexists(self.root / config.FILE)
        return config.read(self.root)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """How this journal names its sections."""
        return self.config.vocabulary()

    @cached_property
    def flat(self) -> bool:
        """Whether new entries lie in the journal's folder itself: as set, else as most there do."""
        if self.config.layout:
            return self.config.layout == "flat"
        try:
            names = os.listdir(self.root)
        except OSError:
            return False
        return any(naming.parse_name(name) for name in names)

    def scan(self) -> Scan:
        """Every entry file with its stamp. Raises NoJournal when the folder cannot be listed."""
        try:
            return scan(str(self.root))
        except OSError as error:
            raise NoJournal(f"{self.root} cannot be listed: {error.strerror}.") from None

    def check_is_there(self) -> None:
        """Raise NoJournal where nothing of the journal is left: more likely it is not mounted."""
        if not os.path.lexists(self.root / config.FILE):
            raise NoJournal(
                f"{self.root} no longer has a journal.toml or any entries, so the index was left "
                "as it is. Check that its disk is connected."
            )

    def full(self, path: str) -> str:
        """The place on this machine of a path below the journal."""
        return os.path.join(self.root, path)

    def new_path(self, day: date, title: str = "") -> str:
        """Where a new day entry, or a note with this title, goes."""
        slug = naming.slug(title)
        return naming.entry_path(day, f"-{slug}" if slug else "", self.flat)

    def find(self, day: date) -> str | None:
        """The path of the day's entry where one expects it; None when it is not there.

        Looks at the canonical places, then for a title behind the date in those folders.
        """
        for flat in (self.flat, not self.flat):
            path = naming.entry_path(day, flat=flat)
            if os.path.lexists(self.full(path)):
                return path
        for folder in ("", f"{day.year:04d}/"):
            found = [
                folder + name
                for name in self._names(folder)
                if name.startswith(day.isoformat() + " ") and naming.parse_name(name)
            ]
            if found:
                return min(found, key=naming.by_importance)
        return None

    def _names(self, folder: str) -> list[str]:
        try:
            return os.listdir(self.full(folder))
        except OSError:
            return []

    def stamp(self, path: str) -> str | None:
        """The stamp of the file as it is now; None when it is not there."""
        try:
            return stamp(path, os.stat(self.full(path)))
        except OSError:
            return None

    def load(self, path: str) -> "Loaded":
        """The file's text. Raises FileNotFoundError or UnreadableEntry."""
        from journal_tui.library import reading

        loaded = reading.load(str(self.root), path)
        return loaded if loaded.locked else loaded._replace(locked=self._real(path)[1])

    def _real(self, path: str) -> tuple[str, str]:
        """The file that an entry is, links followed, and why it may not be written ("" if it may).

        A folder that comes from elsewhere could have a save change any file of the person's.
        """
        full = self.full(path)
        try:
            real = os.path.realpath(full)
        except OSError as error:
            # Until Python 3.13 a link that is replaced while it is read raises.
            why = error.strerror or error
            return full, f"{path} cannot be looked up ({why}). Try again in a moment."
        if real == full or real.startswith(os.path.join(self.root, "")) or self._follows_links():
            return real, ""
        return real, (
            f"{path} is a link to {real}, outside the journal, so it is shown but not edited. "
            "To allow editing, add links = true to your settings.toml (run journal where to find it)."
        )

    def real(self, path: str) -> str:
        """The file that a path below the journal is, links followed. Raises SaveError.

        One that a link leads to, out of the journal, is written only with the person's leave.
        """
        real, why = self._real(path)
        if why:
            raise SaveError(f"Nothing was saved: {why}")
        return real

    def text(self, path: str) -> str:
        """The file's text alone. Raises FileNotFoundError or UnreadableEntry."""
        from journal_tui.library import reading

        return reading.decode(reading.read_bytes(self.full(path))[0])[0]

    def save(
        self, path: str, text: str, opened: "Loaded | None", base: str, now: datetime
    ) -> Saved:
        """Save a text safely; what another program wrote meanwhile is merged or kept beside.

        `opened` is what was loaded (None for a new entry), `base` the text that was started from
        (a new entry's template). Raises SaveError, with the file as it was.
        """
        from journal_tui.library import writing

        real = self.real(path)
        self.recover(now)
        with writing.lock(self.state / "locks", path):
            digest = opened.digest if opened else None
            return self._save(path, real, text, digest, base, now)

    def replace_bytes(self, path: str, data: bytes, opened: str | None, now: datetime) -> Saved:
        """Give the file other bytes, where it still has the digest `opened` (None: no file yet).

        The earlier ones are kept in the history. Raises SaveError, with the file as it was.
        """
        from journal_tui.library import writing

        real = self.real(path)
        self.recover(now)
        with writing.lock(self.state / "locks", path):
            try:
                return self._put(path, real, data, opened, now)
            except writing.Changed:
                raise SaveError(f"Nothing was saved: {path} has just changed. Try again.") from None

    def _save(
        self, path: str, real: str, text: str, opened: str | None, base: str, now: datetime
    ) -> Saved:
        """Save a text over what has the digest `opened`; what is there otherwise is merged with it.

        The lock is held. Raises SaveError, with the file as it was.
        """
        from journal_tui.library import reading, writing

        def put(path: str, full: str, text: str, opened: str | None) -> Saved:
            return self._put(path, full, reading.encode(text), opened, now)

        if line := reading.undecodable_line(text):
            raise SaveError(
                f"Line {line} contains a character that a text file cannot hold. Remove it and save again."
            )
        if opened is None:
            self.refuse_empty()
        try:
            return put(path, real, text, opened)
        except writing.Changed as change:
            found = change.found
        try:
            if found is None:
                self.refuse_empty()
                return put(path, real, text, None)
            data, status = found
            if base and not data:
                data, status = reading.read_settled(real)
                if not data:
                    # There is nothing to bring together, and taking part in the emptying would
                    # leave no text at all.
                    return put(path, real, text, reading.digest(data))
            theirs, locked = reading.decode(data)
            from journal_tui.entry.merge import merge

            merged = None if locked else merge(base, text, theirs, self.vocabulary)
            # Two texts together may be longer than an entry can be.
            if merged is not None and len(reading.encode(merged)) <= reading.LARGEST:
                return put(path, real, merged, reading.digest(data))._replace(merged=True)
            beside = naming.beside(path, now)
            mine = put(beside, self.full(beside), text, None)
        except (writing.Changed, FileNotFoundError):
            raise SaveError(
                "The file keeps changing, so it could not be saved. Try again."
            ) from None
        except UnreadableEntry as error:
            raise SaveError(f"Nothing was saved: {error}") from None
        return mine._replace(
            text=theirs, digest=reading.digest(data), stamp=stamp(path, status), beside=beside
        )

    def _put(self, path: str, full: str, data: bytes, opened: str | None, now: datetime) -> Saved:
        """Give the file at `full`, the entry `path`, these bytes, where it has the digest `opened`.

        The lock is held. Raises Changed and SaveError, with the file as it was.
        """
        from journal_tui.library import reading, writing

        if len(data) > reading.LARGEST:
            raise SaveError("This is too long for one entry (8 MB): nothing was saved.")
        copy = self.state / "halfway" / reading.digest(os.fsencode(path))
        written = writing.write(full, data, opened, copy, path)
        warning = written.warning or self._remember(path, written.replaced, data, now)
        return Saved(
            reading.decode(data)[0],
            reading.digest(data),
            stamp(path, written.status),
            warning=warning,
            unconfirmed=bool(written.warning),
        )

    def _remember(self, path: str, before: bytes | None, after: bytes, now: datetime) -> str:
        """Keep what was saved, and what was there before; gives a sentence when it cannot be kept."""
        try:
            texts = (after,) if before is None else (before, after)
            self.history.keep_all(path, texts, now)
        except OSError as error:
            why = error.strerror or error
            return f"Saved, but this version cannot be kept in the history ({why})."
        return ""

    def restore(self, path: str, version: "Version", now: datetime) -> Saved:
        """Make a version the entry again, byte for byte. Raises EntryError and SaveError."""
        from journal_tui.library import history, reading

        try:
            data = history.read(version)
        except OSError as error:
            why = error.strerror or error
            raise EntryError(f"Version {version.number} cannot be read ({why}).") from None
        try:
            opened = reading.digest(reading.read_bytes(self.full(path))[0])
        except FileNotFoundError:
            opened = None
        return self.replace_bytes(path, data, opened, now)

    def recover(self, now: datetime) -> None:
        """Bring the saves in place that died half-way to their end; called before one reads."""
        try:
            names = os.listdir(self.state / "halfway")
        except OSError:
            return
        from journal_tui.library import inplace
        from journal_tui.library.locking import lock_file

        for name in names:
            try:
                with lock_file(self.state / "locks" / f"{name}.lock", seconds=0):
                    inplace.finish(self.state / "halfway" / name, self.history, now)
            except (SaveError, UnreadableEntry, OSError):
                # Still at work, or its disk is not there: both texts stay until it is.
                continue

    def refuse_empty(self) -> None:
        """Raise SaveError where a journal was and now is an empty folder: its disk is gone."""
        try:
            is_gone = self._was_here and not os.listdir(self.root)
        except OSError:
            return
        if is_gone:
            raise SaveError(
                "The journal's folder is empty: nothing was saved. "
                "Connect its disk, or save it elsewhere."
            )

    @property
    def history(self) -> "History":
        """The earlier versions of its entries."""
        from journal_tui.library.history import History

        return History(self.state / "history")

    @property
    def trash(self) -> "Trash":
        """The entries that were deleted."""
        from journal_tui.library.trash import Trash

        return Trash(self.state / "deleted")

    def delete(self, path: str, now: datetime) -> None:
        """Move an entry's file to the trash. Raises SaveError, with the file still there."""
        from journal_tui.library import writing

        with writing.lock(self.state / "locks", path):
            try:
                self.trash.take(self.full(path), path, now)
            except UnreadableEntry as error:
                raise SaveError(f"Nothing was deleted: {error}") from None
            except OSError as error:
                why = error.strerror or error
                raise SaveError(f"{path} cannot be moved to the trash ({why}).") from None
