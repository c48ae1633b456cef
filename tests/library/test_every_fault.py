"""Each call that a command makes of the system fails once: a sentence comes of it, and no loss."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.cli.main import main
from journal_tui.errors import JournalError
from journal_tui.index.index import Index
from journal_tui.journal import Journal
from journal_tui.library.atomic_write import save_elsewhere
from journal_tui.library.conflicts import Conflicts
from journal_tui.library.discovery import create
from journal_tui.library.drafts import DraftLog, Drafts, read
from journal_tui.library.integrity import MODE, FileFinding, Integrity
from journal_tui.library.library import Library
from journal_tui.library.saved_searches import RecentSearches, SavedSearches
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH, save

CALLS = (
    "access", "chmod", "close", "fchmod", "fstat", "fsync", "ftruncate", "getxattr", "link",
    "listdir", "listxattr", "lseek", "lstat", "mkdir", "open", "read", "readlink", "rename",
    "replace", "rmdir", "scandir", "setxattr", "stat", "statvfs", "unlink", "utime", "write",
)  # fmt: skip
NEW = OLD.replace("old prose", "new prose")
THEIRS = OLD + "- two\n"
OTHER = OLD.replace("old prose", "their prose")


class Faults:
    """Fails the call of a number, from 1 on; 0 for none. `count` says how many there were."""

    def __init__(self, fail: int, code: int) -> None:
        self.fail, self.code, self.count, self.name = fail, code, 0, ""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Fail the calls within."""
        real = {name: getattr(os, name) for name in CALLS}
        try:
            for name in CALLS:
                setattr(os, name, self._failing(name, real[name]))
            yield
        finally:
            for name in CALLS:
                setattr(os, name, real[name])

    def _failing(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            self.count += 1
            if self.count != self.fail:
                return real(*given, **named)
            self.name = name
            if name == "close":
                real(*given, **named)
            place = [str(given[0])] if given and not isinstance(given[0], int) else []
            raise OSError(self.code, os.strerror(self.code), *place)

        return call


Act = Callable[[], object]
# Prepares a journal, and gives what is to be done.
Verb = Callable[[Library], Act]


def _prepared(folder: Path) -> Library:
    """A journal with an entry, two versions of it, a deleted one, a draft, a conflict copy."""
    return _filled(Library(folder / "journal", folder / "state"))


def _filled(library: Library) -> Library:
    (library.root / "2014").mkdir(parents=True)
    (library.root / "journal.toml").write_text('name = "x"\n')
    library.save(PATH, "first\n", None, "", NOW)
    save(library, OLD)
    library.save("2014/2014-10-07.md", "gone", None, "", NOW)
    Trash(library).delete("2014/2014-10-07.md", NOW)
    log = DraftLog(library.state / "trash", date(2014, 10, 8), "2014/2014-10-08.md", None, "")
    log.record("typed")
    log.close()
    copy = library.absolute("2014/2014-10-06.sync-conflict-20141006-120000-ABCDEFG.md")
    Path(copy).write_text(THEIRS)
    Path(library.absolute("2014/2014-10-09.md")).write_bytes(b"caf\xe9\n")
    return library


def _save(library: Library, text: str, path: str = PATH) -> Act:
    opened = library.load(path)
    return lambda: library.save(path, text, opened, opened.text, NOW)


def _save_over(theirs: str) -> Verb:
    def verb(library: Library) -> Act:
        act = _save(library, NEW)
        Path(library.absolute(PATH)).write_text(theirs)
        return act

    return verb


def _save_gone(library: Library) -> Act:
    act = _save(library, NEW)
    Path(library.absolute(PATH)).unlink()
    return act


def _save_in_place(library: Library) -> Act:
    os.link(library.absolute(PATH), library.root / "other-name")
    return _save(library, NEW)


def _save_linked(library: Library) -> Act:
    Path(library.absolute("2014/2014-10-10.md")).symlink_to("2014-10-06.md")
    return _save(library, NEW, "2014/2014-10-10.md")


def _restore(library: Library) -> Act:
    version = library.history.versions(PATH)[-1]
    return lambda: library.restore(PATH, version, NOW)


def _bring_back(is_draft: bool) -> Verb:
    def verb(library: Library) -> Act:
        [found] = [one for one in Trash(library).items() if bool(one.draft) == is_draft]
        return lambda: Trash(library).restore(found, NOW)

    return verb


def _conflict(act: Callable[..., object], *more: object) -> Verb:
    def verb(library: Library) -> Act:
        [conflict] = Conflicts(library).all()
        return lambda: act(Conflicts(library), conflict, *more)

    return verb


def _mend(library: Library) -> object:
    found = list(Integrity(library).findings())
    return [Integrity(library).mend(finding, NOW) for finding in found if finding.mendable]


def _modes(library: Library) -> Act:
    finding = FileFinding("2014/", 0, "", MODE)
    Path(library.absolute(PATH)).chmod(0o644)
    return lambda: Integrity(library).mend(finding, NOW)


def _refresh(library: Library) -> object:
    index = Index(library.state.parent / "cache" / "index", library)
    return index.refresh()


def _now(act: Callable[[Library], object]) -> Verb:
    """Nothing is to be prepared."""
    return lambda library: lambda: act(library)


VERBS: dict[str, Verb] = {
    "a new entry": _now(lambda library: library.save("2015/2015-01-01.md", NEW, None, "", NOW)),
    "a save": lambda library: _save(library, NEW),
    "a merge": _save_over(THEIRS),
    "a copy beside": _save_over(OTHER),
    "a file that is gone": _save_gone,
    "in place": _save_in_place,
    "a link": _save_linked,
    "delete": _now(lambda library: Trash(library).delete(PATH, NOW)),
    "restore": _restore,
    "entry back": _bring_back(is_draft=False),
    "draft back": _bring_back(is_draft=True),
    "convert": _now(lambda library: library.convert("2014/2014-10-09.md", None, NOW)),
    "conflict taken": _conflict(Conflicts.take, NOW),
    "conflict kept": _conflict(Conflicts.keep, NOW),
    "conflict dropped": _conflict(Conflicts.drop, NOW),
    "conflict compared": _conflict(Conflicts.differences),
    "check": _now(_mend),
    "modes": _modes,
    "elsewhere": _now(lambda library: save_elsewhere(NOW.date(), NEW, library.root.parent)),
    "a search": _now(lambda library: SavedSearches(library).save("name", "query")),
    "searches": _now(lambda library: RecentSearches(library.state).remember("query")),
    "a setting": _now(lambda library: settings.remember(library.state.parent / "c", "theme", "x")),
    "a journal": _now(lambda library: create(library.root.parent / "a" / "b", NOW.date())),
    "left behind": _now(lambda library: Drafts(library.state).left_behind()),
    "the index": _now(_refresh),
}


def texts(library: Library) -> set[str]:
    """Every text that is somewhere to be found again."""
    places = [*library.root.rglob("*.md"), *library.state.rglob("*.md")]
    found = {place.read_text(errors="surrogateescape") for place in places if place.is_file()}
    logs = [*(library.state / "drafts").glob("*.log"), *(library.state / "trash").glob("*.log")]
    return found | {draft.text for log in logs if (draft := read(log))}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here: what is synced need not wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    if hasattr(os, "fdatasync"):
        monkeypatch.setattr(os, "fdatasync", lambda handle: None)


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
@pytest.mark.one_in(3)
def test_a_call_that_fails_ends_in_a_sentence(verb: Verb, tmp_path: Path) -> None:
    """A failure at each call in turn; once more than there are calls, nothing fails any more."""
    for number in range(1, 2_000):
        library = _prepared(tmp_path / str(number))
        act = verb(library)
        before = texts(library)
        faults = Faults(number, errno.EIO if number % 2 else errno.EACCES)
        failed = ""
        try:
            with faults.at_work():
                act()
        except JournalError as error:
            failed = str(error)
            assert failed.endswith(".") and "\n" not in failed and "Errno" not in failed
        except OSError as error:
            raise AssertionError(f"call {number}, {faults.name}: {error!r}") from error
        assert before <= texts(library), (number, faults.name, failed)
        if faults.count < number:
            assert not failed
            return
    raise AssertionError("no end of calls")


COMMANDS = [
    "add x",
    "learn x",
    "rate 7",
    "todo x",
    "todo",
    "show 2014-10-06",
    "find old",
    "tags",
    "where",
    "check --mend",
    "history 2014-10-06",
    "restore 2014-10-06 1",
    "delete 2014-10-06",
    "trash",
    "trash --restore 1",
    "convert 2014-10-09",
    "conflicts",
    "new other",
]
# Each has hundreds of calls, most of them the same as another command's.
STEP = 13


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.one_in(3)
def test_a_command_ends_in_a_sentence(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No failure of the system is called one of journal's own."""
    for number in range(1 + len(command) % STEP, 10_000, STEP):
        place = tmp_path / str(number)
        for kind in ("CONFIG", "CACHE", "STATE"):
            monkeypatch.setenv(f"XDG_{kind}_HOME", str(place / kind))
        monkeypatch.setattr(Path, "home", lambda place=place: place)
        library = Journal(place / "journal", settings.places()).entries
        before = texts(_filled(library))
        words = ["--journal", str(library.root), *command.split()]
        if words[-1] == "other":
            words[-1] = str(place / "other")
        faults = Faults(number, errno.EIO if number % 2 else errno.EACCES)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        capsys.readouterr()
        with faults.at_work():
            code = main(words)
        said = capsys.readouterr().err
        assert "went wrong in journal" not in said, (number, faults.name, said)
        assert code in (0, 1, 2)
        assert before <= texts(library), (number, faults.name, said)
        if faults.count < number:
            return
    raise AssertionError("no end of calls")
