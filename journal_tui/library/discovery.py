"""Find the folder of a journal, and turn a folder into a journal."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.errors import (
    ForeignJournal,
    JournalExists,
    NoJournal,
    UnavailableJournal,
    UnreadableEntry,
    UsageError,
)
from journal_tui.library.config import FILE

if TYPE_CHECKING:
    from journal_tui.library.survey import Survey

# A folder that isn't a journal may be a whole disk, so the search for entries ends after this many.
MAX_FOLDERS = 2_000
SAMPLE_FOLDER = "entries"
"""The folder of the sample journal in a checkout."""


def find_root(given: str | None, start: Path, environment: str | None, default: str) -> Path:
    """Find the journal's folder: `given`, $JOURNAL, the current folder or one above, the default.

    `start` is the current folder, where `entries` inside a folder is looked at, too. `given` is the
    value of --journal, `environment` that of $JOURNAL, and `default` that in settings.toml. Raise
    UsageError, NoJournal or ForeignJournal, with what to do.
    """
    if given == "":
        # Probably an unset variable in a script: don't write to another journal instead.
        raise UsageError("--journal needs a folder, such as --journal ~/journal.")
    for named, source in ((given, "--journal"), (environment, "$JOURNAL")):
        if named:
            return check_root(Path(os.path.expanduser(named)), source)
    for folder in (start, *start.parents):
        for candidate in (folder, folder / SAMPLE_FOLDER):
            if os.path.isfile(candidate / FILE):
                if not (default and _is_same(candidate, default)):
                    _check_owners(candidate)
                return candidate
    if default:
        return check_root(Path(os.path.expanduser(default)), "settings.toml")
    raise NoJournal(
        "There is no journal here. Make one with: journal new DIR, or name one with: --journal DIR."
    )


def _is_same(folder: Path, named: str) -> bool:
    try:
        return os.path.samefile(folder, os.path.expanduser(named))
    except OSError:
        return False


def _check_owners(folder: Path) -> None:
    """Raise ForeignJournal if another user could have put the journal here.

    Its journal.toml decides what an entry starts with and where text is written, and working in a
    folder doesn't mean trusting it. git's safe.directory follows the same rule.
    """
    for path in (folder, folder / FILE):
        try:
            owner = _owner(path)
        except OSError as error:
            raise NoJournal(f"{path} cannot be read: {error.strerror}.") from None
        if not _is_own(owner):
            raise ForeignJournal(
                f"The journal in {folder} belongs to another user ({_name(owner)}), so it was not "
                f"opened. If you trust it, name it: journal --journal {_for_shell(folder)} – or make it your "
                "default in settings.toml."
            )


def _owner(path: Path) -> int:
    # The owner of a link, not of its target, because that user chose the target.
    return os.lstat(path).st_uid


def _is_own(owner: int) -> bool:
    """Return whether a user id is that of the current user, or of the user who became root by sudo."""
    if not hasattr(os, "geteuid"):
        return True
    user = os.geteuid()
    if user == 0:
        before = os.environ.get("SUDO_UID", "")
        if before.isascii() and before.isdecimal() and owner == int(before[:10]):
            return True
    return owner == user


def _name(owner: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(owner).pw_name
    except (ImportError, KeyError, OverflowError):
        return str(owner)


def check_root(root: Path, source: str) -> Path:
    """Return the folder if it has a journal.toml or a dated entry, else raise UnavailableJournal.

    `source` is what named the folder, such as "--journal", for the message.
    """
    if not os.path.exists(root):
        raise UnavailableJournal(
            f"{source}: there is no folder {root}. Make a journal with: journal new {root}"
        )
    if not os.path.isdir(root):
        raise UnavailableJournal(f"{source}: {root} is a file, not a journal's folder.")
    if os.path.lexists(root / FILE) or _has_entry(root):
        return root
    if not os.access(root, os.R_OK | os.X_OK):
        raise UnavailableJournal(
            f"{source}: you do not have permission to open {root}. Check its permissions."
        )
    raise UnavailableJournal(
        f"{source}: {root} is not a journal: it has no journal.toml and no dated entry. "
        f"Make it one with: journal new {root}"
    )


def _has_entry(root: Path) -> bool:
    """Return whether there is an entry below a folder, in the first MAX_FOLDERS of its folders."""
    from journal_tui.library.naming import DAY_FIRST, day_of, is_left_out_folder

    for count, (folder, folders, files) in enumerate(os.walk(root)):
        prefix = "" if folder == str(root) else f"{Path(os.path.relpath(folder, root)).as_posix()}/"
        folders[:] = [name for name in folders if not is_left_out_folder(f"{prefix}{name}/")]
        # A date such as 05-03-2024 can mean two days; either will do here.
        if any(day_of(prefix + name, DAY_FIRST) for name in files):
            return True
        if count > MAX_FOLDERS:
            break
    return False


def look_at(
    root: Path,
    progress: "Callable[[str], None] | None" = None,
    stop: Callable[[], bool] = lambda: False,
) -> "Survey | None":
    """Return what is in a folder that may become a journal; None if it doesn't exist.

    This takes at most a few seconds. `progress` is called with a few words about how far it is;
    `stop` returns whether to end early. Raise JournalExists if the folder already is a journal,
    NoJournal if it isn't a folder or can't be listed.
    """
    from journal_tui.library.survey import survey

    if os.path.lexists(root / FILE):
        raise _already(root)
    try:
        return survey(root, progress, stop)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise NoJournal(f"{root} is a file; a journal needs a folder.") from None
    except OSError as error:
        raise NoJournal(f"{root} cannot be listed: {error.strerror}.") from None


def _already(root: Path) -> JournalExists:
    return JournalExists(
        f"{root} is already a journal. Open it with: journal --journal {_for_shell(root)}"
    )


def create(
    root: Path,
    today: date,
    name: str = "",
    count: str = "workdays",
    seen: "Survey | None" = None,
) -> Path:
    """Create a journal in a folder, which may already have entries; write only journal.toml.

    Days are counted from `today`, or from the first entry if it is earlier; `count` is one of
    `config.COUNTS`. What `look_at` found in the folder, or finds now if `seen` is None, decides how
    new entries are named and written.
    Raise JournalExists if the folder already is a journal, NoJournal if it can't be created.
    """
    from journal_tui.library import config
    from journal_tui.library.private_files import private_folder, write_private

    path = root / FILE
    try:
        private_folder(root)
        seen = seen or look_at(root)
        first = min(seen.first or today, today) if seen else today
        proposal = seen.proposal if seen else None
        text = config.new_config(name or root.resolve().name, first, count, proposal)
        write_private(path, text.encode())
    except FileExistsError:
        if os.path.lexists(path):
            raise _already(root) from None
        raise NoJournal(f"{root} is a file; a journal needs a folder.") from None
    except OSError as error:
        raise NoJournal(f"No journal could be made in {root}: {error.strerror}.") from None
    return root


def find_sample(here: Path) -> Path | None:
    """Return the folder of the sample: in the current folder, in the package, or beside it; or None.

    An installed package has the sample inside, and a checkout beside the package.
    """
    package = Path(__file__).parents[1]
    for folder in (here / SAMPLE_FOLDER, package / "sample", package.parent / SAMPLE_FOLDER):
        if (folder / FILE).is_file():
            return folder
    return None


def copy_sample(sample: Path, root: Path, name: str = "") -> Path:
    """Copy a sample into a new or empty folder, to try writing in it; return the folder.

    Raise NoJournal if the folder has files, or if it can't be written; some files may have been copied.
    """
    from journal_tui.library.config import without_sample
    from journal_tui.library.file_reader import read_bytes
    from journal_tui.library.private_files import private_folder, write_private

    try:
        if os.path.lexists(root) and (not root.is_dir() or any(root.iterdir())):
            # The folder comes last, because a long path would hide the rest of the sentence.
            raise NoJournal(f"Choose a folder that doesn't exist yet. This one has files: {root}")
        private_folder(root)
        files = [found for found in sorted(sample.rglob("*.md")) if found.is_file()]
        for file in files:
            copy = root / file.relative_to(sample)
            private_folder(copy.parent)
            write_private(copy, read_bytes(str(file))[0])
        source = read_bytes(str(sample / FILE))[0].decode()
        # The settings come last: without them, the folder isn't a journal yet.
        write_private(root / FILE, without_sample(source, name or root.name).encode())
    except (OSError, ValueError, UnreadableEntry) as error:
        why = getattr(error, "strerror", None) or error
        sentence = f"The sample could not be copied to {root}: {why}."
        if os.path.lexists(root):
            sentence += " Delete that folder before you try again."
        raise NoJournal(sentence) from None
    return root


def _for_shell(folder: Path) -> str:
    """Return the folder as it can be copied into a command line."""
    # Only an error needs it.
    from shlex import quote

    return quote(str(folder))
