"""A folder outside the journal with files made from it, and a list of those that this program wrote.

Only what is on the list, and is still as it was written, is ever replaced or removed.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, NamedTuple

from journal_tui.errors import SaveError
from journal_tui.library.atomic_write import failure_sentence
from journal_tui.library.file_reader import read_plain
from journal_tui.library.locks import open_locked
from journal_tui.library.private_files import replace_private

LIST = ".journal-published.json"
"""The name of the list in the folder: what this program wrote there, by digest."""
_STAGING = ".journal-publishing"
_LOCK = "lock"
_LARGEST_LIST = 64 * 1024 * 1024
# journal writes no page or picture as large as this.
_LARGEST_FILE = 1 << 30


class FolderPlan(NamedTuple):
    """What writing files to a folder would do: the paths to add, replace and remove.

    `foreign` are paths of files that this program didn't write, and `altered` those of its files that
    were changed since; both stay as they are. `kept` is the number of files that need no change.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    altered: tuple[str, ...]
    kept: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written or removed."""
        return not (self.added or self.replaced or self.removed)


class PublishedFolder:
    """The folder at an absolute path, for the journal in the folder `root`."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self._root = Path(os.path.realpath(folder)), Path(os.path.realpath(root))

    @staticmethod
    def digest_of(data: bytes) -> str:
        """Return the digest by which a file is recognised."""
        return sha256(data).hexdigest()

    def check(self) -> None:
        """Raise SaveError if nothing may be written to the folder."""
        folder, root = self.folder, self._root
        if folder == root or root in folder.parents:
            raise SaveError(
                f"Nothing was written: {folder} is in the journal, which holds only what you write. "
                "Choose a folder outside it."
            )
        if folder in root.parents:
            raise SaveError(
                f"Nothing was written: the journal is inside {folder}, so it would be published as well. "
                "Choose a folder beside it."
            )
        if os.path.lexists(folder) and not folder.is_dir():
            raise SaveError(f"Nothing was written: {folder} isn't a folder. Choose another name.")

    def read_list(self) -> dict[str, set[str]]:
        """Return, by path, the digests that files written by this program can have. Raise SaveError.

        There are several if a run was interrupted.
        """
        file = self.folder / LIST
        try:
            data = json.loads(read_plain(file, _LARGEST_LIST, follow=False)[0])
            files = data["files"]
            found = {str(path): {str(one) for one in digests} for path, digests in files.items()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SaveError(f"{file} can't be read: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SaveError(
                f"{file}, the list of what was published there, is damaged. Nothing was written. "
                "Remove the folder, or choose another."
            ) from None
        # The list may have been edited, so paths outside the folder are ignored.
        return {path: digests for path, digests in found.items() if self._is_inside(path)}

    def plan(self, files: Mapping[str, str]) -> FolderPlan:
        """Return what writing files would do; `files` has their digests by path. Raise SaveError."""
        listed = self.read_list()
        added: list[str] = []
        replaced: list[str] = []
        removed: list[str] = []
        foreign: list[str] = []
        altered: list[str] = []
        kept = 0
        for path in sorted(files):
            digest, own = self._digest(path), listed.get(path, set())
            if digest is None:
                added.append(path)
            elif digest == files[path]:
                kept += 1
            elif digest in own:
                replaced.append(path)
            elif own:
                altered.append(path)
            else:
                foreign.append(path)
        for path in sorted(listed.keys() - files.keys()):
            digest = self._digest(path)
            if digest is not None:
                (removed if digest in listed[path] else altered).append(path)
        return FolderPlan(
            tuple(added), tuple(replaced), tuple(removed), tuple(foreign), tuple(altered), kept
        )

    def write(
        self,
        files: Iterable[tuple[str, bytes]],
        progress: Callable[[int, int], None] | None = None,
        private: bool = False,
    ) -> FolderPlan:
        """Write files, and remove those of earlier runs that aren't among them; return what was done.

        New and changed files are first written to a temporary folder inside this one, so that a full
        disk changes nothing, and are then moved into place. With `private`, only their owner can read them. Raise
        SaveError.
        """
        self.check()
        contents = dict(files)
        digests = {path: self.digest_of(data) for path, data in contents.items()}
        for path in digests:
            if not self._is_inside(path):
                raise SaveError(f"Nothing was written: {path} isn't a path inside {self.folder}.")
        plan = self.plan(digests)
        listed = self.read_list()
        wanted = {path: {digest} for path, digest in digests.items()}
        unwritten = {*plan.foreign, *plan.altered}
        final = {path: its for path, its in wanted.items() if path not in unwritten}
        final |= {path: listed[path] for path in plan.altered if path in listed}
        if plan.is_empty and listed == final:
            return plan
        mode = 0o700 if private else 0o777
        staging: Path | None = None
        held: int | None = None
        try:
            self.folder.mkdir(mode=mode, parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or str(error)
            raise SaveError(
                f"Nothing was written: the folder {self.folder} can't be made ({why}). Choose another."
            ) from None
        try:
            staging = self._new_staging()
            held = open_locked(str(staging / _LOCK), 0)
            todo = [*plan.added, *plan.replaced]
            for number, path in enumerate(todo):
                if progress:
                    progress(number, len(todo))
                self._write_new(staging / str(number), contents[path], private)
            # Whatever happens from here on, the next run knows its own files.
            both = {
                path: final.get(path, set()) | listed.get(path, set()) for path in {*final, *listed}
            }
            self._write_list(both, staging, private)
        except BaseException as error:
            if staging:
                self._remove_staging(staging, held)
            if isinstance(error, OSError):
                raise SaveError(failure_sentence(error)) from None
            raise
        try:
            for number, path in enumerate(todo):
                target = self.folder / path
                digest = self._digest(path)
                if digest is not None and digest not in both.get(path, set()):
                    raise SaveError(f"Another program has just changed {target}. Try again.")
                # With parents=True, `mkdir` would give `mode` only to the last folder.
                for folder in reversed([it for it in target.parents if self.folder in it.parents]):
                    folder.mkdir(mode=mode, exist_ok=True)
                os.replace(staging / str(number), target)
            for path in plan.removed:
                if self._digest(path) not in listed[path]:
                    continue
                os.unlink(self.folder / path)
                self._remove_empty((self.folder / path).parent)
            self._write_list(final, staging, private)
        except OSError as error:
            why = error.strerror or str(error)
            raise SaveError(
                f"Writing stopped halfway ({why}): each file is complete, but some are still the earlier ones. "
                "Try again."
            ) from None
        finally:
            self._remove_staging(staging, held)
        return plan

    def _write_list(self, files: Mapping[str, set[str]], staging: Path, private: bool) -> None:
        data = {"by": "journal", "files": {path: sorted(files[path]) for path in sorted(files)}}
        file = staging / "list"
        self._write_new(file, (json.dumps(data, indent=0) + "\n").encode(), private)
        os.replace(file, self.folder / LIST)

    @staticmethod
    def _write_new(file: Path, data: bytes, private: bool) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(file, flags, 0o600 if private else 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
        finally:
            os.close(handle)

    def _digest(self, path: str) -> str | None:
        """Return the digest of a file in the folder; None if there is none, "" if it can't be read.

        Nothing is read through a link.
        """
        full = self.folder / path
        for part in (full, *full.parents):
            if part == self.folder:
                break
            if part.is_symlink():
                return ""
        try:
            return self.digest_of(read_plain(full, _LARGEST_FILE, follow=False)[0])
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return ""

    @staticmethod
    def _remove_staging(staging: Path, held: int | None) -> None:
        rmtree(staging, ignore_errors=True)
        if held is not None:
            os.close(held)
            # Windows doesn't delete a file that is open.
            rmtree(staging, ignore_errors=True)

    def _new_staging(self) -> Path:
        """Create a temporary folder for new files, and delete those of interrupted runs.

        Each run has its own, so that two runs at once don't take each other's files.
        """
        for old in self.folder.glob(f"{_STAGING}-*"):
            # OSError is raised if the run still holds its lock: it hasn't ended.
            with suppress(OSError):
                if old.is_symlink() or not (old / _LOCK).is_file():
                    continue
                os.close(open_locked(str(old / _LOCK), 0))
                rmtree(old, ignore_errors=True)
        return Path(mkdtemp(prefix=f"{_STAGING}-", dir=self.folder))

    def _is_inside(self, path: str) -> bool:
        parts = path.split("/")
        if not path.isprintable() or "\\" in path or ":" in path or path.casefold() == LIST:
            return False
        return not any(part in ("", ".", "..") or part.startswith(_STAGING) for part in parts)

    def _remove_empty(self, folder: Path) -> None:
        """Remove a folder, and those above it in the published folder, if nothing is left in them."""
        with suppress(OSError):
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent


class PublicationLog:
    """What was published last to each folder, in a private file of a journal's state folder.

    It only saves work and says what is new, so it doesn't matter if a file can't be read or written.
    """

    def __init__(self, state: Path) -> None:
        self._folder = state / "published"

    def last(self, target: str) -> dict[str, Any]:
        """Return what was noted of a target, the path of a folder; {} if nothing was."""
        try:
            data = json.loads(read_plain(self._file(target), _LARGEST_LIST)[0])
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def note(self, target: str, data: Mapping[str, Any]) -> None:
        """Note what was published to a target."""
        with suppress(OSError):
            replace_private(self._file(target), json.dumps(data).encode(), sync=False)

    def _file(self, target: str) -> Path:
        return self._folder / f"{PublishedFolder.digest_of(os.fsencode(target))[:16]}.json"
