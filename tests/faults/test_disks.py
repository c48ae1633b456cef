"""A full disk and a read-only one: a plain sentence, the old text whole, nothing half."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui import journal as journals
from journal_tui.errors import SaveError
from journal_tui.library.library import Library
from tests.faults.counting import Tally

if sys.platform != "linux":
    pytest.skip("needs mounts", allow_module_level=True)

pytestmark = pytest.mark.promise("A full or a read-only disk loses nothing")

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 0)
PATH = f"2026/{DAY}.md"
OLD = "# Day\n\nold prose\n\n## Learning points\n\n- one\n"
# More than the small disk holds, in the shape of an entry.
LONG = "# Day\n\n" + "a sentence that is written down\n" * 4_000


def run(*words: str) -> str:
    """Run a command of the system; gives what it complains of, "" when it worked."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


def needs_mounts(complaint: str) -> None:
    """Skip the test when mounting failed."""
    if complaint and os.geteuid():
        pytest.skip("mounting a disk needs root")
    if complaint:
        pytest.skip(f"no disk can be mounted here: {complaint.splitlines()[0]}")


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Path]:
    """A folder to mount a disk on; the disk is unmounted at the end."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    yield folder
    # Asked until there is nothing more: `ismount` does not see a folder mounted on another.
    while not run("umount", str(folder)):
        pass
    assert str(folder) not in Path("/proc/self/mounts").read_text()


@pytest.fixture
def full(at: Path) -> Path:
    """A journal with one entry on a disk of 64 kB, on which no page is free."""
    needs_mounts(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(at)))
    root = journal_in(at)
    with open(at / "filler", "wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4_096)):
                pass
        except OSError:
            pass
    return root


@pytest.fixture
def read_only(at: Path, tmp_path: Path) -> Path:
    """A journal with one entry on a disk that cannot be written to."""
    root = journal_in(tmp_path)
    needs_mounts(
        run("mount", "--bind", str(root), str(at)) or run("mount", "-o", "remount,ro,bind", str(at))
    )
    return at


def journal_in(folder: Path) -> Path:
    """A journal with one entry."""
    root = folder / "journal"
    journals.create(root, date(2026, 11, 2), "Desk")
    (root / "2026").mkdir()
    (root / PATH).write_text(OLD)
    return root


def names(root: Path) -> list[str]:
    """All its files, the hidden ones too."""
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def refused(root: Path, sentence: str, *words: str, text: str = LONG) -> None:
    """The command ends with 1 and one sentence; the journal is as it was."""
    before = names(root)
    done = subprocess.run(
        [sys.executable, "-m", "journal_tui", "--journal", str(root), *words, "--on", str(DAY)],
        input=text.encode(), capture_output=True, check=False,
    )  # fmt: skip
    said = done.stderr.decode()
    assert (done.returncode, done.stdout.decode()) == (1, ""), said
    assert said.startswith("journal: ") and said.count("\n") == 1 and sentence in said
    assert (root / PATH).read_text() == OLD and names(root) == before


@pytest.mark.parametrize("words", [("add", "-"), ("learn", "-"), ("todo", "-")])
def test_commands_on_a_full_disk(full: Path, words: tuple[str, ...], tally: Tally) -> None:
    refused(full, "disk is full", *words, text=LONG if words[0] == "add" else "x" * 9_000)
    tally("full and read-only disks", saves=1, damaged=0, lost=0)


@pytest.mark.parametrize("words", [("add", "-"), ("learn", "-"), ("rate", "9")])
def test_commands_on_a_read_only_disk(
    read_only: Path, words: tuple[str, ...], tally: Tally
) -> None:
    refused(read_only, "read-only disk", *words, text="one more")
    tally("full and read-only disks", saves=1, damaged=0, lost=0)


@pytest.mark.parametrize("path", [PATH, "2026/2026-11-21.md", "2027/2027-01-01.md"])
def test_saves_on_a_full_disk(full: Path, path: str, tmp_path: Path, tally: Tally) -> None:
    library = Library(full, tmp_path / "state")
    opened = library.load(path) if path == PATH else None
    before = names(full)
    with pytest.raises(SaveError, match="disk is full"):
        library.save(path, LONG, opened, OLD, NOW)
    assert (full / PATH).read_text() == OLD and names(full) == before
    (full.parent / "filler").unlink()
    # There is room again, for what is not too long.
    assert not library.save(path, OLD + "- two\n", opened, OLD, NOW).warning
    assert (full / path).read_text() == OLD + "- two\n"
    tally("full and read-only disks", saves=2, damaged=0, lost=0)


@pytest.mark.parametrize("path", [PATH, "2026/2026-11-21.md", "2027/2027-01-01.md"])
def test_saves_on_a_read_only_disk(
    read_only: Path, path: str, tmp_path: Path, tally: Tally
) -> None:
    library = Library(read_only, tmp_path / "state")
    opened = library.load(path) if path == PATH else None
    before = names(read_only)
    with pytest.raises(SaveError, match="read-only disk"):
        library.save(path, LONG, opened, OLD, NOW)
    assert (read_only / PATH).read_text() == OLD and names(read_only) == before
    tally("full and read-only disks", saves=1, damaged=0, lost=0)


def test_a_file_that_may_not_grow(tmp_path: Path, tally: Tally) -> None:
    """`ulimit -f` needs no root: the file may have 20 kB, which is less than what is added."""
    root = journal_in(tmp_path)
    before = names(root)
    command = 'trap "" XFSZ; ulimit -f 40; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "journal_tui", "--journal", str(root),
         "add", "-", "--on", str(DAY)],
        input=LONG.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"journal: ") and done.stderr.count(b"\n") == 1
    assert b"nothing was saved" in done.stderr.lower()
    assert (root / PATH).read_text() == OLD and names(root) == before
    tally("full and read-only disks", saves=1, damaged=0, lost=0)
