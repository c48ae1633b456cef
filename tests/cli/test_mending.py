"""`journal check` tells what is off in the files; `--mend` mends what can be, and says so."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_shell import Shell

from journal_tui.library import checks, library
from journal_tui.library.temporary import temporary_name


@pytest.fixture
def one(shell: Shell) -> Shell:
    """A journal of one entry."""
    shell.write("words\n", "2026-11-16")
    return shell


def test_characters_that_deceive_are_told_with_their_line(one: Shell) -> None:
    one.write("fine\none \u202e two\n\x1b[2J\n\u200f\n", "2026-11-17")
    code, out, _ = one("check", "--mend")
    assert code == 1
    assert (
        "2026/2026-11-17.md:2: contains a character that reorders or hides others (U+202E)" in out
    )
    assert (
        "2026/2026-11-17.md:3: contains a character that reorders or hides others (U+001B)" in out
    )
    assert "17.md:4" not in out


def test_a_copy_that_says_the_same_goes_and_another_stays(one: Shell) -> None:
    folder = one.root / "2026"
    (folder / "2026-11-16 2.md").write_text("words\n")
    (folder / "2026-11-16 3.md").write_text("other words\n")
    assert "2026-11-16 2.md: is the same as its entry; journal check --mend" in one("check").out
    code, out, _ = one("check", "--mend")
    assert code == 1
    assert "2026-11-16 2.md: is the same as its entry; mended: moved to the trash" in out
    assert sorted(os.listdir(folder)) == ["2026-11-16 3.md", "2026-11-16.md"]
    assert "2026-11-16 2.md" in one.good("trash")


def dead_name(day: str) -> str:
    """How a save calls its temporary file, whose process is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return temporary_name(f"{day}.md").replace(f"-{os.getpid()}-", f"-{ended.pid}-")


def test_what_a_save_left_is_told_and_its_text_becomes_a_draft(one: Shell) -> None:
    folder = one.root / "2026"
    left, alive = folder / dead_name("2026-11-16"), folder / temporary_name("2026-11-16.md")
    left.write_text("words that only stand here\n")
    alive.write_text("being written\n")
    told = one("check").out
    assert f"{left.name}: was left by an interrupted save; journal check --mend" in told
    assert alive.name not in told
    out = one("check", "--mend").out
    assert f"{left.name}: was left by an interrupted save; mended: its text is kept as a" in out
    assert not left.exists()
    assert alive.exists()
    assert "left unsaved text; open the app to restore it" in one("check").out


def test_what_a_save_left_of_a_text_that_is_kept_is_cleared_away(one: Shell) -> None:
    folder = one.root / "2026"
    half, bytes_ = folder / dead_name("2026-11-16"), folder / dead_name("2026-11-16")
    half.write_text("wor")
    bytes_.write_bytes(b"\xff\xfe\0")
    out = one.good("check", "--mend")
    assert f"{half.name}: was left by an interrupted save; mended: removed" in out
    assert f"{bytes_.name}: was left by an interrupted save; mended: moved to the trash" in out
    assert not half.exists() and not bytes_.exists()
    assert bytes_.name in one.good("trash")


def test_files_that_others_can_read_are_closed(one: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in says that others get into the folder: those of tests are closed to them."""
    one.path("2026-11-16").chmod(0o644)
    assert one.good("check").endswith("no problems found.\n")
    monkeypatch.setattr(checks, "_others_reach", lambda root: True)
    assert "2026/: 1 file can be read by everyone on this machine" in one("check").out
    assert "2026/: 1 file can be read by everyone on this machine; mended" in one.good(
        "check", "--mend"
    )
    assert one.path("2026-11-16").stat().st_mode & 0o777 == 0o600
    assert one.good("check") == "1 entry read, no problems found.\n"


def test_a_link_out_of_the_journal_is_told(one: Shell, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.md"
    real.write_text("x\n")
    (one.root / "2026" / "2026-11-17.md").symlink_to(real)
    assert f"2026-11-17.md: is a link to {real}" in one("check").out


def test_a_check_alone_changes_nothing(one: Shell) -> None:
    one.write(b"a\r\nb\rc\xff\n", "2026-11-17")
    before = one.path("2026-11-17").read_bytes()
    assert "2026-11-17.md: Line 2 is not UTF-8 text" in one("check").out
    assert one("check", "--mend").code == 1
    assert one.path("2026-11-17").read_bytes() == before


def test_a_folder_that_cannot_be_listed_is_said_plainly(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(root: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(library, "scan", refused)
    for command in ("check", "conflicts", "find x"):
        said = shell.refused(2, *command.split())
        assert said == f"{shell.root} cannot be listed: Permission denied."
