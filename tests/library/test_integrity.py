"""What is wrong with a journal's files, at which line, and what repairing it reports."""

import os
from pathlib import Path

import pytest

from journal_tui.library import integrity
from journal_tui.library.integrity import MODE, TEMPORARY, Integrity
from journal_tui.library.library import Library
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others may get into the journal's folder, wherever the tests keep it."""
    monkeypatch.setattr(integrity, "others_reach", lambda _: True)


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(("path", "place"), [("2014-10-07.md", "./"), (PATH, "2014/")])
def test_entries_that_all_may_read_are_found_and_closed(
    root: Path, library: Library, path: str, place: str
) -> None:
    file = root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(OLD)
    file.chmod(0o644)
    [found] = Integrity(library).findings()
    assert (found.path, found.mendable) == (place, MODE)
    assert "1 file can be read by everyone" in found.sentence
    assert Integrity(library).mend(found, NOW) == "1 made private"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(Integrity(library).findings()) == []


@pytest.mark.usefixtures("reached")
def test_hidden_folders_are_not_checked(root: Path, library: Library) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "2014-10-06.md").write_text(OLD)
    (root / ".git" / "2014-10-06.md").chmod(0o644)
    assert list(Integrity(library).findings()) == []


@pytest.mark.parametrize("folder", ["", "2014/"])
def test_the_file_of_an_interrupted_save_is_reported_by_its_path(
    root: Path, library: Library, folder: str
) -> None:
    left = root / folder / ".2014-10-06.0123abcd.tmp"
    left.parent.mkdir(exist_ok=True)
    left.write_text("half a")
    os.utime(left, (0, 0))
    [found] = Integrity(library).findings()
    assert (found.path, found.mendable) == (f"{folder}{left.name}", TEMPORARY)


def test_a_file_that_only_begins_with_a_date_is_not_its_entry(root: Path, library: Library) -> None:
    from datetime import date

    (root / "2014-10-06 a picture.png").write_bytes(b"")
    assert library.find(date(2014, 10, 6)) is None
    (root / "2014-10-06 a title.md").write_text(OLD)
    assert library.find(date(2014, 10, 6)) == "2014-10-06 a title.md"


def test_the_largest_entry_is_read_and_one_byte_more_is_not(root: Path, library: Library) -> None:
    from journal_tui.errors import UnreadableEntry

    (root / "2014-10-06.md").write_bytes(b"x" * (8 << 20))
    assert len(library.load("2014-10-06.md").text) == 8 << 20
    (root / "2014-10-06.md").write_bytes(b"x" * ((8 << 20) + 1))
    with pytest.raises(UnreadableEntry):
        library.load("2014-10-06.md")


def test_the_entry_deleted_last_is_the_first_in_the_trash(root: Path, library: Library) -> None:
    for day in ("2014-10-06", "2014-10-07", "2014-10-05"):
        (root / f"{day}.md").write_text(day)
        Trash(library).delete(f"{day}.md", NOW)
    listed = Trash(library).items()
    assert [(one.number, one.path) for one in listed] == [
        (1, "2014-10-05.md"),
        (2, "2014-10-07.md"),
        (3, "2014-10-06.md"),
    ]


@pytest.mark.parametrize("start", ["2014-10-04", "2014-10-05", "2014-10-06"])
def test_workdays_that_begin_on_a_weekend_begin_on_its_monday(root: Path, start: str) -> None:
    from datetime import date

    from journal_tui.library.config import counted_day, read

    (root / "journal.toml").write_text(f'start = {start}\ncount = "workdays"\n')
    known = read(root)
    assert counted_day(known, 1) == date(2014, 10, 6)
    assert counted_day(known, 5) == date(2014, 10, 10)
    assert counted_day(known, 6) == date(2014, 10, 13)


def test_a_link_is_told_once(root: Path, library: Library, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text(OLD)
    (root / "2014-10-01.md").write_text(OLD)
    (root / "2014-10-02.md").symlink_to("2014-10-01.md")
    (root / "2014-10-03.md").symlink_to(tmp_path / "elsewhere.md")
    (root / "notes.md").write_text(OLD)
    (root / "2014-10-04.md").symlink_to("notes.md")
    said = {found.path: found.sentence for found in Integrity(library).findings()}
    assert said.keys() == {"2014-10-02.md", "2014-10-03.md"}
    assert said["2014-10-02.md"].startswith("is a link to 2014-10-01.md, so both are read")
    assert said["2014-10-03.md"].startswith(f"is a link to {tmp_path}/elsewhere.md, outside the")
    assert len(list(Integrity(library).findings())) == 2
