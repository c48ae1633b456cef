"""Saving beside others: what they wrote meanwhile, links, locks, what cannot be written."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.errors import SaveError
from journal_tui.library import atomic_write, file_reader, locks
from journal_tui.library.config import FILE
from journal_tui.library.library import Library
from journal_tui.library.naming import LONGEST_NAME, original_of_copy
from journal_tui.library.scan import scan
from tests.library.save_fixtures import NOW, OLD, PATH, names, save


def test_changes_in_other_lines_are_brought_together(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    (root / PATH).write_text(OLD.replace("old prose", "their prose"))
    saved = written.save(PATH, OLD + "- two\n", opened, opened.text, NOW)
    assert saved.merged
    assert saved.text == OLD.replace("old prose", "their prose") + "- two\n"
    assert (root / PATH).read_text() == saved.text
    assert names(root) == [PATH]
    assert scan(str(root)).years["2014"] == [saved.stamp]
    assert written.load(PATH).digest == saved.digest


@pytest.mark.parametrize("theirs", [OLD.replace("old", "their").encode(), b"\xff bytes", b"\0"])
def test_changes_in_the_same_line_are_kept_beside(
    root: Path, written: Library, theirs: bytes
) -> None:
    opened = written.load(PATH)
    (root / PATH).write_bytes(theirs)
    mine = OLD.replace("old", "my")
    saved = written.save(PATH, mine, opened, opened.text, NOW)
    assert saved.conflict_path == "2014/2014-10-06-mine-143205.md"
    assert (root / PATH).read_bytes() == theirs
    assert (root / saved.conflict_path).read_text() == mine
    assert written.load(PATH) == (
        saved.text,
        saved.digest,
        saved.stamp,
        written.load(PATH).read_only_reason,
    )
    assert original_of_copy(os.path.basename(saved.conflict_path)) == ("2014-10-06.md", "your text")


def test_the_reported_stamp_belongs_to_the_reported_text(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their file may change again, or go, while mine is put beside it."""
    opened = written.load(PATH)
    (root / PATH).write_text("their first")
    first = written.load(PATH)
    real = os.link

    def link(one: str, two: str) -> None:
        (root / PATH).unlink()
        real(one, two)

    monkeypatch.setattr(atomic_write.os, "link", link)
    saved = written.save(PATH, "mine", opened, opened.text, NOW)
    assert (saved.text, saved.stamp) == (first.text, first.stamp)
    assert (root / saved.conflict_path).read_text() == "mine"


def test_a_file_that_vanished_is_written_again(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    (root / PATH).unlink()
    (root / "2014").rmdir()
    saved = written.save(PATH, "mine", opened, opened.text, NOW)
    assert (root / PATH).read_text() == "mine"
    assert not saved.merged


def test_a_new_file_that_appeared_is_never_written_over(root: Path, library: Library) -> None:
    (root / "2014").mkdir()
    (root / PATH).write_text("# Day\n\ntheirs\n")
    saved = library.save(PATH, "# Day\n\nmine\n", None, "# Day\n\n", NOW)
    everything = "".join((root / name).read_text() for name in names(root))
    assert "theirs" in everything
    assert "mine" in everything
    assert "theirs" in saved.text


def test_a_file_that_appears_at_the_last_moment(
    root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes between the comparison and the new name: link refuses, and both are kept."""
    real = os.link
    calls: list[str] = []

    def link(one: str, two: str) -> None:
        if not calls:
            Path(two).write_text("theirs")
        calls.append(two)
        real(one, two)

    monkeypatch.setattr(atomic_write.os, "link", link)
    saved = library.save(PATH, "mine", None, "template", NOW)
    assert (root / PATH).read_text() == "theirs"
    assert (root / saved.conflict_path).read_text() == "mine"
    assert len(names(root)) == 2


def test_a_file_that_is_now_something_else(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    (root / PATH).unlink()
    os.mkfifo(root / PATH)
    with pytest.raises(SaveError, match="not a plain file"):
        written.save(PATH, "mine", opened, opened.text, NOW)


def later(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Have this done by another program while one waits for it."""
    monkeypatch.setattr(file_reader.time, "sleep", lambda _: work())


def test_a_file_just_emptied_is_read_once_it_is_filled(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / PATH).write_text("")
    later(monkeypatch, lambda: (root / PATH).write_text("filled"))
    assert written.load(PATH).text == "filled"


def test_a_save_meets_what_an_emptied_file_is_filled_with(
    root: Path, written: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = written.load(PATH)
    (root / PATH).write_text("")
    theirs = OLD.replace("old prose", "their prose")
    later(monkeypatch, lambda: (root / PATH).write_text(theirs))
    saved = written.save(PATH, OLD + "- two\n", opened, opened.text, NOW)
    assert saved.merged
    assert (root / PATH).read_text() == theirs + "- two\n" == saved.text


def test_a_file_that_stays_empty_is_written_whole(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    (root / PATH).write_text("")
    os.utime(root / PATH, (1_400_000_000, 1_400_000_000))
    saved = written.save(PATH, OLD + "- two\n", opened, opened.text, NOW)
    assert (root / PATH).read_text() == OLD + "- two\n" == saved.text
    assert names(root) == [PATH]


def test_a_write_protected_entry(root: Path, written: Library) -> None:
    (root / PATH).chmod(0o444)
    with pytest.raises(SaveError, match="write-protected"):
        save(written, "new")
    assert (root / PATH).read_text() == OLD


@pytest.mark.parametrize("is_new", [True, False])
def test_an_empty_folder_where_the_journal_was_is_not_written_to(
    root: Path, written: Library, is_new: bool
) -> None:
    (root / FILE).write_text('name = "x"\n')
    assert written.config.name == "x"
    opened = None if is_new else written.load(PATH)
    root.rename(root.with_name("mounted elsewhere"))
    root.mkdir()
    with pytest.raises(SaveError, match="folder is empty: nothing was saved"):
        written.save(PATH, "new", opened, "", NOW)
    assert names(root) == []


def test_a_journal_that_is_gone(root: Path, library: Library) -> None:
    root.rmdir()
    with pytest.raises(SaveError, match="journal's folder is gone"):
        library.save(PATH, "new", None, "", NOW)
    assert not root.exists()


def test_a_character_that_no_file_can_hold(root: Path, written: Library) -> None:
    with pytest.raises(SaveError, match="Line 2 contains a character"):
        save(written, "one\ntwo \ud800")
    assert (root / PATH).read_text() == OLD


@pytest.mark.parametrize("letter", ["x", "漢"])
def test_a_name_as_long_as_the_file_system_takes(root: Path, library: Library, letter: str) -> None:
    size = len(letter.encode())
    name = "2014-10-06-" + letter * ((LONGEST_NAME - 14) // size) + ".md"
    path = f"2014/{name}"
    library.save(path, "new", None, "", NOW)
    opened = library.load(path)
    (root / path).write_text("theirs")
    saved = library.save(path, "mine", opened, opened.text, NOW)
    assert (root / saved.conflict_path).read_text() == "mine"


def test_locks_are_private_and_one_for_each_entry(written: Library) -> None:
    save(written, "new")
    written.save("2014/2014-10-07.md", "x", None, "", NOW)
    files = list((written.state / "locks").iterdir())
    assert len(files) <= 2
    assert (written.state / "locks").stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)


def test_a_lock_held_for_too_long(written: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
    held: list[object] = []
    with locks.lock(written.state / "locks", PATH):
        thread = threading.Thread(target=lambda: held.append(_error(written)))
        thread.start()
        thread.join(30)
    assert "another program is saving" in str(held[0])
    assert save(written, "new").text == "new"


def _error(library: Library):  # type: ignore[no-untyped-def]
    with pytest.raises(SaveError) as caught:
        save(library, "new")
    return caught.value


def test_a_state_folder_that_cannot_be_made(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    library = Library(root, tmp_path / "file" / "state")
    with pytest.raises(
        SaveError, match=r"Nothing was saved: no lock file can be written in .*locks"
    ):
        library.save(PATH, "new", None, "", NOW)


def _add_points(root: str, state: str, who: str) -> None:
    library = Library(Path(root), Path(state))
    for number in range(20):
        while True:
            opened = library.load(PATH)
            # Each adds to a paragraph of its own, as two machines do.
            text = opened.text.replace(f"[{who}]", f"[{who}]\n- {who} {number}", 1)
            if not library.save(PATH, text, opened, opened.text, NOW).conflict_path:
                break


def test_two_processes_lose_nothing(root: Path, written: Library) -> None:
    before = ["[a]", "", "between", "", "them", "", "[b]"]
    (root / PATH).write_text("\n".join(before) + "\n")
    context = multiprocessing.get_context("spawn")
    arguments = [(str(root), str(written.state), who) for who in "ab"]
    processes = [context.Process(target=_add_points, args=given) for given in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    lines = (root / PATH).read_text().splitlines()
    wanted = [f"- {who} {number}" for who in "ab" for number in range(20)]
    assert sorted(line for line in lines if line.startswith("-")) == sorted(wanted)
    assert [line for line in lines if not line.startswith("-")] == before
    assert names(root) == [PATH]
