"""What a save that was killed leaves beside the entries: nothing of it is lost, nothing stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import journal_tui
from journal_tui.library import atomic_write
from journal_tui.library.drafts import Draft, Drafts
from journal_tui.library.library import Library
from journal_tui.library.orphans import Orphans
from journal_tui.library.trash import Trash
from tests.library.save_fixtures import NOW, OLD, PATH, names

# Saves a text, and is killed when the new file is to get its name.
CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from journal_tui.library.library import Library

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

os.replace = os.link = kill
root, state, path, text = sys.argv[1:]
library = Library(Path(root), Path(state))
try:
    opened = library.load(path)
except FileNotFoundError:
    opened = None
library.save(path, text, opened, opened.text if opened else "", datetime(2014, 10, 6, 14, 32))
"""


def killed(library: Library, path: str, text: str) -> Path:
    """The temporary file of a process that was killed while it saved."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(library.root), str(library.state), path, text],
        env={**os.environ, "PYTHONPATH": str(Path(journal_tui.__file__).parents[1])},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    [left] = (library.root / path).parent.glob(".*.tmp")
    assert left.read_text() == text
    return left


def kept(library: Library) -> list[Draft]:
    return Drafts(library.state).left_behind()


def test_the_text_of_a_killed_save_becomes_a_draft(root: Path, written: Library) -> None:
    killed(written, PATH, OLD + "- two\n")
    assert Orphans(written).clear_all(NOW) == 1
    [draft] = kept(written)
    loaded = written.load(PATH)
    assert (draft.path, draft.text, draft.base) == (PATH, OLD + "- two\n", OLD)
    assert draft.expected_digest == loaded.digest
    assert names(root) == [PATH]
    assert Orphans(written).clear_all(NOW) == 0


def test_the_text_of_a_new_entry_and_of_a_note_find_their_files(
    root: Path, written: Library
) -> None:
    killed(written, "2014/2014-10-07.md", "a new day\n")
    note = "2014/2014-10-06-review.md"
    (root / note).write_text("# Review\n\nof the service\n")
    killed_note = "# Review\n\nof the service\n\nwith Colm\n"
    Orphans(written).clear_all(NOW)
    killed(written, note, killed_note)
    Orphans(written).clear_all(NOW)
    assert {(draft.path, draft.text) for draft in kept(written)} == {
        ("2014/2014-10-07.md", "a new day\n"),
        (note, killed_note),
    }
    assert names(root) == sorted([PATH, note])


@pytest.mark.parametrize("text", ["", "\n", OLD, OLD[:20]])
def test_a_text_that_is_kept_elsewhere_makes_no_draft(
    root: Path, written: Library, text: str
) -> None:
    name = atomic_write.temporary_name("2014-10-06.md")
    left = root / "2014" / name
    left.write_text(text)
    os.utime(left, (0, 0))
    assert Orphans(written).clear_all(NOW) == 0
    assert kept(written) == [] and names(root) == [PATH]


def test_a_text_that_a_version_holds_makes_no_draft(root: Path, written: Library) -> None:
    opened = written.load(PATH)
    killed(written, PATH, OLD[:20])
    written.save(PATH, "quite another text\n", opened, opened.text, NOW)
    assert Orphans(written).clear_all(NOW) == 0
    assert kept(written) == [] and names(root) == [PATH]


def test_a_file_that_cannot_be_read_is_not_the_one_that_was_saved(
    root: Path, written: Library
) -> None:
    killed(written, PATH, OLD + "- two\n")
    (root / "2014" / "2014-10-06-a.md").mkdir()
    assert Orphans(written).clear_all(NOW) == 1
    assert [draft.path for draft in kept(written)] == [PATH]


def test_a_text_that_a_draft_holds_makes_no_second_draft(root: Path, written: Library) -> None:
    log = Drafts(written.state).log(NOW.date(), PATH, None, OLD)
    log.record(OLD + "- two, and more of it\n")
    log.close()
    killed(written, PATH, OLD + "- two")
    assert Orphans(written).clear_all(NOW) == 0
    assert len(kept(written)) == 1 and names(root) == [PATH]


def test_bytes_that_are_not_text_go_to_the_trash(root: Path, written: Library) -> None:
    left = root / "2014" / ".2014-10-06.0123abcd.tmp"
    left.write_bytes("cut in a lett\u00e9".encode()[:-1])
    os.utime(left, (0, 0))
    assert Orphans(written).clear_all(NOW) == 0
    [trashed] = Trash(written).items()
    assert trashed.file.read_bytes() == "cut in a lett\u00e9".encode()[:-1]
    assert names(root) == [PATH]


@pytest.mark.parametrize("name", ["own", "another machine's", "an old version's", "another file"])
def test_what_may_be_at_work_is_left_alone(root: Path, written: Library, name: str) -> None:
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    name = {
        "own": atomic_write.temporary_name("2014-10-06.md"),
        "another machine's": f".2014-10-06.00000000-{dead.pid}-0123abcd.tmp",
        "an old version's": ".2014-10-06.0123abcd.tmp",
        "another file": ".2014-10-06.md.tmp",
    }[name]
    (root / "2014" / name).write_text("being written")
    assert Orphans(written).clear_all(NOW) == 0
    assert names(root) == sorted([f"2014/{name}", PATH])


def test_an_edit_lock_ends_after_a_day(root: Path, written: Library) -> None:
    for name in (".2014-10-06.0123abcd.tmp", atomic_write.temporary_name("2014-10-06.md")):
        left = root / "2014" / name
        left.write_text(f"text of {name}")
        os.utime(left, (1_400_000_000, 1_400_000_000))
    assert Orphans(written).clear_all(NOW) == 2
    assert names(root) == [PATH]


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_a_killed_save_of_nothing_leaves_no_draft(root: Path, written: Library, text: str) -> None:
    left = killed(written, PATH, text)
    assert Orphans(written).clear_all(NOW) == 0
    assert not left.exists() and kept(written) == []
