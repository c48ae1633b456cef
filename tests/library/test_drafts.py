"""Drafts: what was typed outlives a crash, and no draft is lost for another's sake."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import journal_tui
from journal_tui.library.drafts import Draft, DraftLog, Drafts, read
from journal_tui.library.library import Library
from journal_tui.library.trash import Trash

DAY = date(2014, 10, 6)
PATH = "2014/2014-10-06.md"
STATES = [
    "# Day",
    "# Day\n\na",
    "# Day\n\nab 漢\ud800",
    "# Day\n\nab 漢\ud800\r\n- x",
    "",
    "all new",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


def left_behind(folder: Path) -> list[Draft]:
    return Drafts(folder.parent).left_behind()


def written(folder: Path, states: list[str], expected_digest: str | None = "digest") -> Path:
    log = DraftLog(folder, DAY, PATH, expected_digest, states[0])
    for state in states[1:]:
        log.record(state)
    log.close()
    [file] = folder.glob("*.log")
    return file


def test_round_trip(folder: Path) -> None:
    file = written(folder, STATES)
    assert read(file) == Draft(file, DAY, PATH, "digest", "all new", "# Day")
    assert left_behind(folder) == [read(file)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), min_size=2, max_size=6))
def test_any_states(tmp_path_factory: pytest.TempPathFactory, states: list[str]) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    log = DraftLog(folder, DAY, PATH, None, states[0])
    is_changed = False
    for state in states[1:]:
        log.record(state)
        is_changed |= state != states[0]
        logs = list(folder.glob("*.log"))
        assert len(logs) == is_changed
        if is_changed:
            draft = read(logs[0])
            assert draft
            assert (draft.text, draft.expected_digest) == (state, None)
    log.clear()
    assert list(folder.iterdir()) == []


def test_nothing_is_made_before_the_first_change(folder: Path) -> None:
    log = DraftLog(folder, DAY, PATH, None, "template")
    log.record("template")
    log.sync()
    log.close()
    log.clear()
    assert not folder.exists()


def test_drafts_are_private(folder: Path) -> None:
    file = written(folder, STATES)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    target = Drafts(folder.parent).discard(left_behind(folder)[0])
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.parent.stat().st_mode & 0o777 == 0o700


def test_cut_at_any_byte(folder: Path) -> None:
    file = written(folder, STATES)
    whole = file.read_bytes()
    seen = []
    for length in range(len(whole) + 1):
        file.write_bytes(whole[:length])
        draft = read(file)
        if draft:
            assert draft.text in STATES
            seen.append(STATES.index(draft.text))
    assert sorted(seen) == seen
    assert set(seen) == set(range(len(STATES)))


def test_a_flipped_byte_ends_the_log(folder: Path) -> None:
    file = written(folder, STATES)
    whole = file.read_bytes()
    starts = [0] + [i + 1 for i, byte in enumerate(whole) if byte == 10]
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        record = sum(start <= place for start in starts) - 1
        draft = read(file)
        if record == 0:
            assert draft is None
        else:
            assert draft
            assert draft.text == STATES[record - 1]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"x", b"\xff" * 50, b"00000000 \n", b"zzzzzzzz {}\n", b"\0" * 99]
)
def test_a_file_that_is_not_a_log_holds_no_draft(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "2014-10-06-x.log").write_bytes(data)
    assert read(folder / "2014-10-06-x.log") is None
    assert left_behind(folder) == []
    assert read(folder / "none.log") is None


@given(st.binary(max_size=200))
def test_any_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("drafts") / "2014-10-06-x.log"
    file.write_bytes(data)
    read(file)


def test_oldest_first(folder: Path) -> None:
    for number, text in enumerate(["newest", "oldest", "middle"]):
        log = DraftLog(folder, DAY, f"{number}.md", None, "")
        log.record(text)
        log.close()
        age = {"oldest": 1, "middle": 2, "newest": 3}[text]
        [file] = [f for f in folder.glob("*.log") if (d := read(f)) and d.text == text]
        os.utime(file, (age, age))
    assert [draft.text for draft in left_behind(folder)] == ["oldest", "middle", "newest"]


def test_two_drafts_of_one_entry_are_both_kept(folder: Path) -> None:
    """One process may end and its number come again: no name is used twice."""
    for text in ("first", "second"):
        log = DraftLog(folder, DAY, PATH, None, "")
        log.record(text)
        log.close()
    assert {draft.text for draft in left_behind(folder)} == {"first", "second"}


TYPING = """
import sys, time
from datetime import date, datetime
from pathlib import Path
from journal_tui.library.drafts import DraftLog
log = DraftLog(Path(sys.argv[1]), date(2014, 10, 6), "2014/2014-10-06.md", None, "")
log.record("typed elsewhere")
print("ready", flush=True)
sys.stdin.read()
"""


def test_the_draft_of_a_living_process_is_left_alone_until_it_is_killed(folder: Path) -> None:
    root = Path(journal_tui.__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        assert left_behind(folder) == []
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert [draft.text for draft in left_behind(folder)] == ["typed elsewhere"]


def test_an_open_draft_of_this_process_is_left_alone_too(folder: Path) -> None:
    log = DraftLog(folder, DAY, PATH, None, "")
    log.record("being typed")
    assert left_behind(folder) == []
    log.record("being typed on")
    log.close()
    assert [draft.text for draft in left_behind(folder)] == ["being typed on"]


def test_a_full_disk_does_not_end_the_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a record is taken back: what is typed once there is room again is in the log."""
    real = os.write
    room = [10**9]

    def write(handle: int, data: bytes) -> int:
        if room[0] <= 0:
            raise OSError(28, "No space left on device")
        done = real(handle, data[: room[0]])
        room[0] -= done
        return done

    log = DraftLog(folder, DAY, PATH, None, "")
    for first in (5, 30, 10**9):
        room[0] = first
        monkeypatch.setattr(os, "write", write)
        if first < 10**9:
            with pytest.raises(OSError, match="No space"):
                log.record("one")
        else:
            log.record("one")
    room[0] = 7
    with pytest.raises(OSError, match="No space"):
        log.record("one two")
    [file] = folder.glob("*.log")
    draft = read(file)
    assert draft
    assert draft.text == "one"
    monkeypatch.undo()
    log.record("one two three")
    draft = read(file)
    assert draft
    assert draft.text == "one two three"
    log.close()


def test_a_partial_record_ends_only_its_own_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it cannot be taken back either, the next key begins a log that holds everything."""
    real = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) > 7:
            return real(handle, data[:7])
        raise OSError(5, "Input/output error")

    def stuck(handle: int, length: int) -> None:
        raise OSError(5, "Input/output error")

    log = DraftLog(folder, DAY, PATH, None, "")
    log.record("one")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half)
        patched.setattr(os, "ftruncate", stuck)
        with pytest.raises(OSError, match="Input/output"):
            log.record("one two")
    log.record("one two three")
    log.close()
    assert {draft.text for draft in left_behind(folder)} == {"one", "one two three"}


def test_sync_asks_the_disk_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fdatasync", asked.append)
    log = DraftLog(folder, DAY, PATH, None, "")
    log.sync()
    log.record("a")
    log.sync()
    log.sync()
    log.record("ab")
    log.close()
    assert len(asked) == 2


def test_a_discarded_draft_waits_thirty_days(folder: Path) -> None:
    file = written(folder, STATES)
    os.utime(file, (1, 1))
    [draft] = left_behind(folder)
    target = Drafts(folder.parent).discard(draft)
    assert left_behind(folder) == []
    assert read(target) == draft._replace(file=target)

    # Numbers, not names: messages promise to keep it so long. A minute is for the test itself.
    now, days = time.time(), 30 * 86_400
    os.utime(target, (now, now - (days - 60)))
    second = Drafts(folder.parent).discard(left_behind_after(folder, "x"))
    assert target.exists()
    os.utime(target, (now, now - (days + 60)))
    Drafts(folder.parent).discard(left_behind_after(folder, "y"))
    assert not target.exists()
    assert second.exists()


def left_behind_after(folder: Path, text: str) -> Draft:
    written(folder, ["", text])
    [draft] = left_behind(folder)
    return draft


def test_a_trash_that_cannot_be_read_counts_as_empty(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Path.is_file` and `Path.glob` of Python 3.11 raise most errors of the disk."""
    drafts, trash = Drafts(folder.parent), Trash(Library(folder.parent, folder.parent))
    drafts.discard(left_behind_after(folder, "x"))
    file = folder.parent / "2014-10-06.md"
    file.write_text("a day")
    trash.take(str(file), PATH, datetime(2014, 10, 6))
    looked = Path.stat

    def failing(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(folder.parent):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return looked(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", failing)
    assert drafts.discarded() == [] == drafts.left_behind()
    assert [item.path for item in trash.items()] == [PATH]


@pytest.mark.parametrize("noticed", ["at the next key", "within a second"])
def test_a_log_that_somebody_removes_is_written_again(folder: Path, noticed: str) -> None:
    log = DraftLog(folder, DAY, PATH, "digest", "base")
    log.record("base and more")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    if noticed == "at the next key":
        log.record("base and more still")
    else:
        log.sync()
    log.close()
    [draft] = left_behind(folder)
    assert (draft.base, draft.expected_digest) == ("base", "digest")
    assert draft.text == ("base and more still" if "key" in noticed else "base and more")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
def test_a_fifo_does_not_block(folder: Path) -> None:
    state = folder.parent
    for place in (folder, state / "trash"):
        place.mkdir(parents=True)
        os.mkfifo(place / "2026-11-22-cccccccccccc.log")
    deleted = state / "deleted" / "00000001-aaaa"
    deleted.mkdir(parents=True)
    os.mkfifo(deleted / "where.json")
    assert Drafts(state).left_behind() == [] == Drafts(state).discarded()
    assert Trash(Library(state, state)).items() == []
