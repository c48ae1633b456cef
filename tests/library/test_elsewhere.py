"""Saving elsewhere: a new private file of a folder that the person names."""

import os
from datetime import date
from pathlib import Path

import pytest

from journal_tui.errors import SaveError
from journal_tui.library import atomic_write
from journal_tui.library.atomic_write import save_elsewhere

DAY = date(2014, 10, 6)


def test_a_text_saved_elsewhere_is_a_new_private_file_each_time(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files = [save_elsewhere(DAY, f"text {n}\r\n漢", tmp_path) for n in range(3)]
    finally:
        os.umask(before)
    assert [file.name for file in files] == ["2014-10-06.md", "2014-10-06-2.md", "2014-10-06-3.md"]
    assert [file.read_bytes().decode() for file in files] == [f"text {n}\r\n漢" for n in range(3)]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_what_is_there_is_never_written_over_nor_written_through(tmp_path: Path) -> None:
    (tmp_path / "2014-10-06.md").symlink_to(tmp_path / "target")
    (tmp_path / "2014-10-06-2.md").mkdir()
    assert save_elsewhere(DAY, "mine", tmp_path).name == "2014-10-06-3.md"
    assert not (tmp_path / "target").exists()


def test_a_file_that_appears_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(one: str, two: str) -> None:
        monkeypatch.setattr(atomic_write.os, "link", real)
        Path(two).write_text("theirs")
        real(one, two)

    monkeypatch.setattr(atomic_write.os, "link", link)
    assert save_elsewhere(DAY, "mine", tmp_path).name == "2014-10-06-2.md"
    assert (tmp_path / "2014-10-06.md").read_text() == "theirs"


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_path_that_is_not_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SaveError, match="Nothing was saved: there is no folder"):
        save_elsewhere(DAY, "mine", tmp_path / name)


def test_a_home_folder_may_be_named_by_its_tilde(home: Path) -> None:
    assert save_elsewhere(DAY, "mine", Path("~")) == home / "2014-10-06.md"


def test_an_unconfirmed_file_is_not_called_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(atomic_write, "sync_folder", fail)
    with pytest.raises(SaveError, match="did not confirm it: keep another copy"):
        save_elsewhere(DAY, "mine", tmp_path)


def test_a_text_that_no_entry_can_hold_is_saved_too(tmp_path: Path) -> None:
    file = save_elsewhere(DAY, "a\ud800b", tmp_path)
    assert file.read_bytes() == b"a\xed\xa0\x80b"
