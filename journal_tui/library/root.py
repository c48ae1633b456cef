"""Which folder is the journal that is meant, and how a folder becomes one."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from journal_tui.errors import ForeignJournal, NoJournal, UsageError
from journal_tui.library.config import FILE

# A folder that is no journal may be somebody's whole disk: a look at so many folders is enough.
MOST_FOLDERS = 2_000


def find_root(given: str | None, start: Path, environment: str | None, default: str) -> Path:
    """The folder of the journal that is meant: given, $JOURNAL, here and above, the default.

    `start` is the folder one stands in. Raises NoJournal and ForeignJournal, with what to do.
    """
    if given == "":
        # An empty variable of a script: writing into some other journal would be worse.
        raise UsageError("--journal needs a folder, such as --journal ~/journal.")
    for named, source in ((given, "--journal"), (environment, "$JOURNAL")):
        if named:
            return check_root(Path(os.path.expanduser(named)), source)
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "entries"):
            if os.path.isfile(candidate / FILE):
                if not (default and _is_same(candidate, default)):
                    _check_owners(candidate)
                return candidate
    if default:
        return check_root(Path(os.path.expanduser(default)), "settings.toml")
    raise NoJournal(
        "There is no journal here. Make one with: journal new DIR — or name one with --journal DIR."
    )


def _is_same(folder: Path, named: str) -> bool:
    try:
        return os.path.samefile(folder, os.path.expanduser(named))
    except OSError:
        return False


def _check_owners(folder: Path) -> None:
    """Raise ForeignJournal where another user could have put the journal here.

    Its journal.toml says what an entry starts with, and where text is written; who stands in a
    folder has not asked for that. It is the rule of git's safe.directory.
    """
    for path in (folder, folder / FILE):
        try:
            owner = _owner(path)
        except OSError as error:
            raise NoJournal(f"{path} cannot be read: {error.strerror}.") from None
        if not _is_own(owner):
            raise ForeignJournal(
                f"The journal in {folder} belongs to another user ({_name(owner)}), so it was not "
                f"opened. If you trust it, name it: journal --journal {folder} – or make it your "
                "default in settings.toml."
            )


def _owner(path: Path) -> int:
    # Of a link its own: who made it chose what it leads to.
    return os.lstat(path).st_uid


def _is_own(owner: int) -> bool:
    """Whether files of this owner are those of the person; to root, of who became root by sudo too."""
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
    """The folder, when it is a journal: it has a journal.toml or a dated entry. Raises NoJournal."""
    if not os.path.exists(root):
        raise NoJournal(
            f"{source}: there is no folder {root}. Make a journal with: journal new {root}"
        )
    if not os.path.isdir(root):
        raise NoJournal(f"{source}: {root} is a file, not a journal's folder.")
    if os.path.lexists(root / FILE) or any(_dated(root)):
        return root
    if not os.access(root, os.R_OK | os.X_OK):
        raise NoJournal(
            f"{source}: you do not have permission to open {root}. Check its permissions."
        )
    raise NoJournal(
        f"{source}: {root} is not a journal: it has no journal.toml and no dated entry. "
        f"Make it one with: journal new {root}"
    )


def _dated(root: Path) -> Iterator[tuple[date, bool]]:
    """The days of the entries below a folder, and whether each lies in the folder itself."""
    from journal_tui.library.naming import parse_name

    for count, (folder, folders, files) in enumerate(os.walk(root)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for found in map(parse_name, files):
            if found:
                yield found[0], folder == str(root)
        if count > MOST_FOLDERS:
            return


def create(root: Path, today: date, name: str = "", count: str = "workdays") -> Path:
    """Make a journal in a folder, which may hold entries already; only journal.toml is written.

    Days are counted from `today`, or from the first entry there; new entries go where the others
    lie. Raises NoJournal where there is a journal already or the folder cannot be made.
    """
    from journal_tui.library import config
    from journal_tui.library.privately import private_folder, write_private

    path = root / FILE
    try:
        private_folder(root)
        dated = list(_dated(root))
        first = min([day for day, _ in dated], default=today)
        text = config.source(name or root.resolve().name, min(first, today), count)
        if dated and all(is_flat for _, is_flat in dated):
            text = text.replace('\nlayout = "years"\n', '\nlayout = "flat"\n', 1)
        write_private(path, text.encode())
    except FileExistsError:
        if os.path.lexists(path):
            raise NoJournal(
                f"{root} is already a journal. Open it with: journal --journal {root}"
            ) from None
        raise NoJournal(f"{root} is a file; a journal needs a folder.") from None
    except OSError as error:
        raise NoJournal(f"{root} cannot be made a journal: {error.strerror}.") from None
    return root
