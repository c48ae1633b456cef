"""Versions of entries: the last twenty, in order, private, spread over time when saves come fast."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_IMODE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.library.history import KEPT, RECENT, History

NOW = datetime(2026, 11, 23, 18, 0)
PATH = "2026/2026-11-23.md"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history."""
    return History(tmp_path / "state" / "history")


def texts(history: History, path: str = PATH) -> list[bytes]:
    """What is kept, the newest first."""
    return [version.read() for version in history.versions(path)]


def test_nothing_is_kept_of_an_entry_never_saved(history: History) -> None:
    assert history.versions(PATH) == []


def test_versions_come_newest_first_with_their_times(history: History) -> None:
    for minute, text in enumerate((b"one", b"two", b"three")):
        history.keep(PATH, text, NOW + timedelta(minutes=minute))
    assert texts(history) == [b"three", b"two", b"one"]
    newest, *_, oldest = history.versions(PATH)
    assert (newest.number, newest.when) == (1, NOW + timedelta(minutes=2))
    assert (oldest.number, oldest.when) == (3, NOW)


def test_the_same_text_again_is_not_a_version(history: History) -> None:
    for text in (b"a", b"a", b"b", b"a"):
        history.keep(PATH, text, NOW)
    assert texts(history) == [b"a", b"b", b"a"]


def test_the_last_twenty_are_kept(history: History) -> None:
    for number in range(KEPT + 5):
        history.keep(PATH, b"%d" % number, NOW + timedelta(minutes=number))
    assert texts(history) == [b"%d" % number for number in range(KEPT + 4, 4, -1)]


def test_after_fast_saves_the_last_twenty_are_kept_and_ten_older_ones(history: History) -> None:
    """Numbers, not names: messages promise to keep so many."""
    for number in range(21):
        history.keep(PATH, b"old %d" % number, NOW + timedelta(days=number))
    for second in range(20):
        history.keep(PATH, b"%d" % second, NOW + timedelta(days=30, seconds=second))
    kept = texts(history)
    assert kept[:20] == [b"%d" % second for second in range(19, -1, -1)]
    assert len(kept) == 30
    history.keep(PATH, b"20", NOW + timedelta(days=30, seconds=20))
    kept = texts(history)
    assert kept[:20] == [b"%d" % second for second in range(20, 0, -1)]
    assert len(kept) == 30
    # The next to go is the one of those before them that the next followed soonest.
    assert b"0" not in kept


def test_saves_in_quick_succession_do_not_push_out_other_days(history: History) -> None:
    for day in range(5):
        history.keep(PATH, b"day %d" % day, NOW + timedelta(days=day))
    for second in range(100):
        history.keep(PATH, b"typing %d" % second, NOW + timedelta(days=6, seconds=2 * second))
    kept = texts(history)
    assert len(kept) == KEPT
    assert {b"day %d" % day for day in range(5)} <= set(kept)
    assert kept[:RECENT] == [b"typing %d" % second for second in range(99, 99 - RECENT, -1)]


def test_a_clock_put_back_changes_no_order(history: History) -> None:
    history.keep(PATH, b"first", NOW)
    history.keep(PATH, b"second", NOW - timedelta(days=400))
    assert texts(history) == [b"second", b"first"]


def test_only_the_owner_can_read(history: History, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        history.keep(PATH, b"private", NOW)
    finally:
        os.umask(before)
    version = history.versions(PATH)[0]
    assert S_IMODE(version.file.stat().st_mode) == 0o600
    assert S_IMODE(version.file.parent.stat().st_mode) == 0o700


def test_a_damaged_version_is_not_given(history: History) -> None:
    history.keep(PATH, b"whole", NOW)
    version = history.versions(PATH)[0]
    version.file.write_bytes(b"who")
    with pytest.raises(OSError, match="damaged"):
        version.read()


def test_other_files_there_are_not_versions(history: History) -> None:
    history.keep(PATH, b"a", NOW)
    folder = history.versions(PATH)[0].file.parent
    (folder / "notes.md").write_text("x")
    (folder / "00000002-20261399T000000-0123456789abcdef0123456789abcdef.md").write_text("x")
    (folder / ".tmp").mkdir()
    assert texts(history) == [b"a"]


@given(st.lists(st.binary(max_size=20), max_size=40), st.text(max_size=300))
def test_the_newest_ten_are_always_there(
    tmp_path_factory: pytest.TempPathFactory, saved: list[bytes], path: str
) -> None:
    history = History(tmp_path_factory.mktemp("history"))
    path = path.encode("utf-8", "replace").decode()
    distinct = [text for i, text in enumerate(saved) if i == 0 or saved[i - 1] != text]
    for number, text in enumerate(saved):
        history.keep(path, text, NOW + timedelta(seconds=number))
    kept = texts(history, path)
    assert kept[:RECENT] == distinct[::-1][:RECENT]
    assert len(kept) == min(len(distinct), KEPT)


def test_what_a_dead_process_left_unfinished_is_swept_and_that_of_a_living_one_not(
    tmp_path: Path,
) -> None:
    history = History(tmp_path)
    history.keep(PATH, b"a", NOW)
    [folder] = tmp_path.iterdir()
    with subprocess.Popen([sys.executable, "-c", "pass"]) as dead:
        dead.wait()
    version = "00000002-20261120T180000-0123456789abcdef0123456789abcdef"
    (folder / f"{version}.{dead.pid}.tmp").write_text("half")
    alive = folder / f"{version}.{os.getpid()}.tmp"
    alive.write_text("being written")
    history.keep(PATH, b"b", NOW)
    assert [file for file in folder.iterdir() if file.suffix == ".tmp"] == [alive]
