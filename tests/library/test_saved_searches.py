"""Searches are saved in journal.toml without touching anything else, and remembered beside it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.errors import SaveError, SettingsError
from journal_tui.library import atomic_write, config
from journal_tui.library.library import Library
from journal_tui.library.saved_searches import MOST, RECENT, RecentSearches, SavedSearches

OWN = b"\xef\xbb\xbf# Mine\r\nname = 'Desk' # at work\r\nstart = 2014-03-21\r\n\r\n[templates]\r\n# none\r\n"


@pytest.fixture
def file(root: Path) -> Path:
    (root / config.FILE).write_bytes(OWN)
    return root / config.FILE


def test_a_saved_search_is_there_at_once_and_for_the_next(file: Path, library: Library) -> None:
    assert library.config.queries == {}
    assert SavedSearches(library).save("Talks, with Zoë", '@zoe "in writing"') == ""
    wanted = {"Talks, with Zoë": '@zoe "in writing"'}
    assert SavedSearches(library).all() == library.config.queries == wanted
    assert Library(library.root, library.state).config.queries == wanted
    lines = b'\r\n[queries]\r\n"Talks, with Zo\xc3\xab" = "@zoe \\"in writing\\""\r\n'
    assert file.read_bytes() == OWN + lines
    SavedSearches(library).save("Talks, with Zoë", "other")
    assert SavedSearches(library).all() == {"Talks, with Zoë": "other"}
    assert library.config.name == "Desk"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_the_mode_of_the_file_stays(file: Path, library: Library, mode: int) -> None:
    file.chmod(mode)
    SavedSearches(library).save("a", "b")
    assert file.stat().st_mode & 0o777 == mode
    assert [path.name for path in library.root.iterdir()] == [config.FILE]


def test_without_a_file_a_private_one_is_made(library: Library) -> None:
    SavedSearches(library).save("a", "b")
    file = library.root / config.FILE
    assert file.read_text() == '[queries]\na = "b"\n'
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link_and_leaves_the_journal_only_with_permission(
    file: Path, library: Library, tmp_path: Path
) -> None:
    real = file.rename(library.root / "real.toml")
    file.symlink_to(real)
    SavedSearches(library).save("a", "b")
    assert file.is_symlink() and b'a = "b"' in real.read_bytes()
    file.unlink()
    outside = real.rename(tmp_path / "real.toml")
    file.symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(SaveError, match="outside the journal"):
        SavedSearches(library).save("c", "d")
    assert outside.read_bytes() == before
    SavedSearches(Library(library.root, library.state, lambda: True)).save("c", "d")
    assert file.is_symlink() and b'c = "d"' in outside.read_bytes()


def test_what_is_saved_already_writes_nothing(file: Path, library: Library) -> None:
    SavedSearches(library).save("a", "b")
    before = file.stat()
    SavedSearches(library).save("a", "b")
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize(
    "source",
    [
        b"name = \n", b"queries = 3\n", b"[queries]\na = 1\n", b"\xff", b"[[queries]]\n",
        b"[[x]]\n[y]\n[[x]]\n",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_or_edited_stays_as_it_is(
    library: Library, source: bytes
) -> None:
    file = library.root / config.FILE
    file.write_bytes(source)
    with pytest.raises(SettingsError) as caught:
        SavedSearches(library).save("a", "b")
    assert str(file) in str(caught.value)
    assert file.read_bytes() == source
    assert SavedSearches(library).all() == {}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("queries = {}\n", 'queries = {a = "b"}\n'),
        ("queries.'z' = 'y' # c\r\n", "queries.'z' = 'y' # c\r\nqueries.a = \"b\"\r\n"),
        ("[ 'queries' ]\n# mine\n'a'='y'#c", "[ 'queries' ]\n# mine\n'a'=\"b\"#c"),
    ],
)
def test_however_the_saved_searches_are_written(library: Library, source: str, wanted: str) -> None:
    file = library.root / config.FILE
    file.write_bytes(source.encode())
    SavedSearches(library).save("a", "b")
    assert file.read_bytes().decode() == wanted


def test_a_file_that_changes_meanwhile_is_not_overwritten(
    file: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic_write.write

    def late(full: str, data: bytes, expected_digest: str | None) -> atomic_write.WriteResult:
        file.write_bytes(OWN + b"# another\r\n")
        return real(full, data, expected_digest)

    monkeypatch.setattr(atomic_write, "write", late)
    with pytest.raises(SaveError, match="has just changed"):
        SavedSearches(library).save("a", "b")
    assert file.read_bytes() == OWN + b"# another\r\n"


def test_the_latest_searches_are_kept_each_once_newest_last(tmp_path: Path) -> None:
    state = tmp_path / "new" / "state"
    assert RecentSearches(state).all() == []
    for words in ("trust", "  is:open   @mei ", "trust", "", " \n"):
        RecentSearches(state).remember(words)
    assert RecentSearches(state).all() == ["is:open @mei", "trust"]
    file = state / RECENT
    assert file.read_text() == "is:open @mei\ntrust\n"
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in state.iterdir()] == [RECENT]


def test_no_more_than_two_hundred_are_kept(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        RecentSearches(tmp_path).remember(f"word{number}")
    kept = RecentSearches(tmp_path).all()
    assert len(kept) == MOST and kept[-1] == f"word{MOST + 4}"


def _folder(file: Path) -> None:
    file.mkdir()


def _bytes(file: Path) -> None:
    file.write_bytes(b"\xff\x00\x1b]0;x\x07\ntrust\n" + b"y" * 5_000 + b"\n")


def _fifo(file: Path) -> None:
    os.mkfifo(file)


SPOILS = [_folder, _bytes, *([_fifo] if hasattr(os, "mkfifo") else [])]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_history_never_disturbs(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / RECENT)
    assert RecentSearches(tmp_path).all() in ([], ["trust"])
    RecentSearches(tmp_path).remember("new")
    assert RecentSearches(tmp_path).all() in ([], ["new"], ["trust", "new"])


def test_a_state_folder_that_cannot_be_written_never_disturbs(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    RecentSearches(tmp_path / "file").remember("trust")
    RecentSearches(tmp_path / "file" / "deeper").remember("trust")
    RecentSearches(tmp_path).remember("a\x1b]0;x\x07")
    RecentSearches(tmp_path).remember("\udcff")
    RecentSearches(tmp_path).remember("x" * 10_000)
    assert RecentSearches(tmp_path).all() == []
