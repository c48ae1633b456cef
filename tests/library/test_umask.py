"""Whatever the umask: folders that are made are 0700 and files 0600, and everything still works."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from stat import S_ISDIR

import pytest

from journal_tui import settings
from journal_tui.index.index import Index
from journal_tui.library.discovery import create
from journal_tui.library.drafts import DraftLog, Drafts
from journal_tui.library.library import Library
from journal_tui.library.locks import EditLock
from journal_tui.library.private_files import private_folder, replace_private, write_private
from journal_tui.library.saved_searches import RecentSearches, SavedSearches
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH, save

DAY = date(2014, 10, 6)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277, 0o377, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[int]:
    """A umask for the time of a test, whose own folders were made before: they are to be written in."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The mode of all that is below a folder."""
    found = {}
    for place in sorted(folder.rglob("*")):
        status = place.lstat()
        expected = 0o700 if S_ISDIR(status.st_mode) else 0o600
        found[place.relative_to(folder).as_posix()] = status.st_mode & 0o777 ^ expected
    return found


def test_folders_and_those_above_them(tmp_path: Path, umask: int) -> None:
    private_folder(tmp_path / "a" / "b" / "c")
    write_private(tmp_path / "a" / "b" / "c" / "file", b"x")
    assert modes(tmp_path) == dict.fromkeys(["a", "a/b", "a/b/c", "a/b/c/file"], 0)


def test_a_private_file_that_is_replaced(tmp_path: Path, umask: int) -> None:
    for data in (b"old", b"new"):
        replace_private(tmp_path / "a" / "file", data)
        assert (tmp_path / "a" / "file").read_bytes() == data
    assert modes(tmp_path) == {"a": 0, "a/file": 0}


def test_a_folder_of_a_year_is_at_no_moment_open_to_others(
    library: Library, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.mkdir
    seen: list[int] = []

    def mkdir(path: str, *rest: int, **named: int) -> None:
        really(path, *rest, **named)
        seen.append(os.stat(path).st_mode & 0o077)

    # The journal itself may have been made under this umask.
    library.root.chmod(0o700)
    monkeypatch.setattr(os, "mkdir", mkdir)
    library.save(PATH, OLD, None, "", NOW)
    assert set(seen) == {0}


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path, umask: int) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    private_folder(tmp_path / "a")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OSError, match=r"'.*/a'"):
        private_folder(tmp_path / "a")
    with pytest.raises(OSError, match=r"'.*/a'"):
        private_folder(tmp_path / "a" / "b")


def test_all_that_is_made(tmp_path: Path, umask: int) -> None:
    """A journal is made, written, searched; an entry is deleted, brought back and left as a draft."""
    root = create(tmp_path / "deep" / "journal", DAY)
    library = Library(root, tmp_path / "state" / "of" / "journal")
    library.save(PATH, OLD, None, "", NOW)
    os.link(root / PATH, root / "other.txt")
    save(library, "in place")
    (root / "other.txt").unlink()
    save(library, OLD)
    index = Index(tmp_path / "cache" / "of" / "journal", library)
    index.refresh()
    assert index.failed == ""
    Trash(library).delete(PATH, NOW)
    edit = EditLock(library.state / "open", PATH, NOW)
    log = DraftLog(library.state / "drafts", DAY, PATH, None, "")
    log.record("typed")
    log.close()
    [draft] = Drafts(library.state).left_behind()
    Drafts(library.state).discard(draft)
    log = DraftLog(library.state / "drafts", DAY, PATH, None, "")
    log.record("typed again")
    RecentSearches(library.state).remember("a search")
    SavedSearches(library).save("name", "query")
    settings.remember(tmp_path / "config" / "journal", "theme", "x")
    edit.release()
    log.close()
    assert {name: oct(wrong) for name, wrong in modes(tmp_path).items() if wrong} == {}
    kept = {"state/of/journal/locks", "state/of/journal/drafts", "state/of/journal/searches"}
    assert kept <= modes(tmp_path).keys()
