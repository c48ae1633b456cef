"""The lock of an open entry: told, never waited for, and gone with its process."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from journal_tui.library.library import Library
from journal_tui.library.locks import EditLock
from tests.library.save_fixtures import NOW, PATH, save

LATER = datetime(2014, 10, 6, 15, 0)


def test_the_second_session_hears_since_when_the_entry_is_open(tmp_path: Path) -> None:
    first = EditLock(tmp_path / "open", PATH, NOW)
    assert first.since is None
    second = EditLock(tmp_path / "open", PATH, LATER)
    assert second.since == datetime(2014, 10, 6, 14, 32)
    assert EditLock(tmp_path / "open", "2014/2014-10-07.md", LATER).since is None
    second.release()
    assert EditLock(tmp_path / "open", PATH, LATER).since == datetime(2014, 10, 6, 14, 32)
    first.release()
    assert EditLock(tmp_path / "open", PATH, LATER).since is None


def test_it_is_private_and_does_not_stop_a_save(written: Library, root: Path) -> None:
    folder = written.state / "open"
    held = EditLock(folder, PATH, NOW)
    assert save(written, "new").text == "new"
    assert (root / PATH).read_text() == "new"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]
    held.release()


def test_it_ends_with_its_process(tmp_path: Path) -> None:
    source = (
        "import sys, datetime, pathlib\n"
        "from journal_tui.library.locks import EditLock\n"
        "held = EditLock(pathlib.Path(sys.argv[1]), sys.argv[2], datetime.datetime(2014, 10, 6, 14, 2))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source, str(tmp_path), PATH],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        assert EditLock(tmp_path, PATH, NOW).since == datetime(2014, 10, 6, 14, 2)
        process.kill()
        process.wait(30)
    assert EditLock(tmp_path, PATH, NOW).since is None


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert EditLock(tmp_path / "file" / "open", PATH, NOW).since is None


def test_the_next_holder_of_the_lock_is_known(tmp_path: Path) -> None:
    """The file stays when the lock is released: a second one of its name would be another lock."""
    first = EditLock(tmp_path / "open", PATH, NOW)
    [file] = (tmp_path / "open").iterdir()
    inode = file.stat().st_ino
    first.release()
    second = EditLock(tmp_path / "open", PATH, LATER)
    assert file.stat().st_ino == inode
    assert EditLock(tmp_path / "open", PATH, LATER).since == LATER
    second.release()
