"""`journal check` reports what is wrong with the files; `--mend` repairs what it can and reports that."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal_tui.library import integrity, library
from journal_tui.library.atomic_write import temporary_name
from tests.cli.command_shell import Shell


@pytest.fixture
def one(shell: Shell) -> Shell:
    """A journal of one entry."""
    shell.write("words\n", "2026-11-16")
    return shell


def test_deceptive_characters_are_reported_with_their_line(one: Shell) -> None:
    one.write("fine\none \u202e two\n\x1b[2J\n\u200f\n", "2026-11-17")
    code, out, _ = one("check", "--mend")
    assert code == 1
    for line, code in ((2, "U+202E"), (3, "U+001B")):
        said = f"a control character ({code}), which can hide or reorder text; remove it"
        assert f"2026/2026-11-17.md:{line}: {said}" in out
    assert "17.md:4" not in out


def test_a_copy_that_says_the_same_goes_and_another_stays(one: Shell) -> None:
    folder = one.root / "2026"
    (folder / "2026-11-16 2.md").write_text("words\n")
    (folder / "2026-11-16 3.md").write_text("other words\n")
    said = one("check").out
    assert "2026-11-16 2.md: is the same as its entry; journal check --mend" in said
    # It is one problem, with one advice; the other copy has to be merged.
    assert said.count("2026-11-16 2.md: ") == 1 and said.count("to merge it") == 1
    code, out, _ = one("check", "--mend")
    assert code == 1
    assert "2026-11-16 2.md: is the same as its entry; moved to the trash" in out
    assert sorted(os.listdir(folder)) == ["2026-11-16 3.md", "2026-11-16.md"]
    assert "2026-11-16 2.md" in one.good("trash")


def dead_name(day: str) -> str:
    """Return the name of the temporary file of a save whose process has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return temporary_name(f"{day}.md").replace(f"-{os.getpid()}-", f"-{ended.pid}-")


def test_an_interrupted_save_is_reported_and_its_text_becomes_a_draft(one: Shell) -> None:
    folder = one.root / "2026"
    left, alive = folder / dead_name("2026-11-16"), folder / temporary_name("2026-11-16.md")
    left.write_text("words that only stand here\n")
    alive.write_text("being written\n")
    told = one("check").out
    assert f"{left.name}: was left by an interrupted save; journal check --mend" in told
    assert alive.name not in told
    out = one("check", "--mend").out
    assert f"{left.name}: was left by an interrupted save; its text is kept as a" in out
    assert not left.exists()
    assert alive.exists()
    assert "left unsaved text; open the app to restore it" in one("check").out


def test_what_a_save_left_of_a_text_that_is_kept_is_cleared_away(one: Shell) -> None:
    folder = one.root / "2026"
    half, bytes_ = folder / dead_name("2026-11-16"), folder / dead_name("2026-11-16")
    half.write_text("wor")
    bytes_.write_bytes(b"\xff\xfe\0")
    out = one.good("check", "--mend")
    assert f"{half.name}: was left by an interrupted save; removed" in out
    assert f"{bytes_.name}: was left by an interrupted save; moved to the trash" in out
    assert not half.exists() and not bytes_.exists()
    assert bytes_.name in one.good("trash")


def test_files_that_others_can_read_are_closed(one: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in says that others get into the folder: those of tests are closed to them."""
    for day in ("2026-11-17", "2026-11-18"):
        one.write("words\n", day).chmod(0o600)
    one.path("2026-11-16").chmod(0o644)
    assert one.good("check").endswith("no problems found.\n")
    monkeypatch.setattr(integrity, "others_reach", lambda root: True)
    code, out, _ = one("check")
    said = "2026/: 1 file can be read by everyone on this machine; journal check --mend private fixes it"
    assert code == 1 and said in out and "1 problem found" in out
    assert "2026/: 1 file can be read by everyone on this machine; 1 made private" in one.good(
        "check", "--mend"
    )
    assert one.path("2026-11-16").stat().st_mode & 0o777 == 0o600
    assert one.good("check") == "3 entries read, no problems found.\n"


def test_where_most_files_can_be_read_by_others_that_is_a_note(
    one: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "others_reach", lambda root: True)
    for day in ("2025-11-17", "2025-11-18", "2024-11-18"):
        one.write("words\n", day).chmod(0o644)
    one.path("2026-11-16").chmod(0o600)
    said = "./: 3 files can be read by everyone on this machine, in 2 folders; to change that, run"
    out = one.good("check")
    assert out.startswith(f"{said} journal check --mend private\n")
    assert out.endswith("4 entries read, no problems found.\n")
    assert "1 made private" in one.good("check", "--mend", "private")
    assert one.good("check") == "4 entries read, no problems found.\n"


def test_one_kind_can_be_mended_alone(one: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "others_reach", lambda root: True)
    folder, entry = one.root / "2026", one.path("2026-11-16")
    copy, left = folder / "2026-11-16 2.md", folder / dead_name("2026-11-16")

    def there() -> tuple[bool, bool, bool]:
        return (entry.stat().st_mode & 0o004 != 0, copy.exists(), left.exists())

    entry.chmod(0o644)
    copy.write_text("words\n")
    left.write_text("wor")
    assert there() == (True, True, True)
    out = one("check").out
    for kind in integrity.MENDABLE:
        assert f"journal check --mend {kind}" in out
    one("check", "--mend", "copies")
    assert there() == (True, False, True)
    one("check", "--mend", "leftovers")
    assert there() == (True, False, False)
    one("check", "--mend", "private")
    assert there() == (False, False, False)
    assert "invalid choice" in one.refused(2, "check", "--mend", "others")


def test_a_link_out_of_the_journal_is_reported(one: Shell, tmp_path: Path) -> None:
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


def test_a_folder_that_cannot_be_listed_is_reported_in_a_sentence(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(root: str, order: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(library, "scan", refused)
    for command in ("check", "conflicts", "find x"):
        said = shell.refused(2, *command.split())
        assert said == f"{shell.root} cannot be listed: Permission denied."
