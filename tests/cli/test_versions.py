"""`journal history`, `restore`, `delete` and `trash`: nothing that was saved is gone at once."""

from datetime import date
from pathlib import Path

import pytest
from command_shell import TODAY, Shell

from journal_tui.library.naming import entry_path


def test_each_save_is_a_version(shell: Shell) -> None:
    for text in ("first", "second", "third"):
        shell.good("add", text)
    listed = shell.good("history").splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2", "3"]
    assert "2026-11-20 18:00" in listed[0]
    assert "third" in shell.good("history", "--version", "1")
    printed = shell.good("history", "today", "--version", "3")
    assert "first" in printed
    assert "second" not in printed


def test_what_another_program_wrote_is_a_version_too(shell: Shell) -> None:
    shell.write("Written elsewhere.\n")
    shell.good("add", "And here.")
    assert shell.good("history", "--version", "2") == "Written elsewhere.\n"


def test_a_version_is_restored_and_what_it_replaced_is_kept(shell: Shell) -> None:
    shell.good("add", "first")
    before = shell.good("show")
    shell.good("add", "second")
    after = shell.good("show")
    assert "is again as it was saved" in shell.good("restore", "today", "2")
    assert shell.good("show") == before
    shell.good("restore", "today", "2")
    assert shell.good("show") == after
    assert "second" in shell.good("find", "second")


def test_a_deleted_entry_comes_back(shell: Shell, root: Path) -> None:
    shell.good("learn", "Ask before deleting")
    text = shell.good("show")
    file = root / entry_path(date.fromisoformat(TODAY))
    assert file.is_file()
    assert "in the trash for 30 days" in shell.good("delete", "today")
    assert not file.exists()
    assert shell("find", "deleting").code == 1
    assert TODAY in shell.good("trash")
    assert "is back" in shell.good("trash", "--restore", "1")
    assert shell.good("show") == text
    assert "deleting" in shell.good("find", "deleting")
    assert shell.good("trash") == "The trash is empty.\n"


def test_nothing_written_meanwhile_is_replaced(shell: Shell) -> None:
    shell.good("add", "first")
    shell.good("delete", "today")
    shell.good("add", "anew")
    assert "is written again meanwhile" in shell.refused(1, "trash", "--restore", "1")
    assert "anew" in shell.good("show")
    assert TODAY in shell.good("trash")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["history"], 1, "No earlier version"),
        (["restore", "today", "7"], 2, "There is no version 7"),
        (["restore", "today"], 2, "Say which version"),
        (["restore", "7"], 2, "Say which version"),
        (["delete", "today"], 1, "nothing to delete"),
        (["trash", "--restore", "3"], 2, "Number 3 is not in the trash"),
    ],
)
def test_what_cannot_be_done_is_said(
    shell: Shell, words: list[str], code: int, sentence: str
) -> None:
    result = shell(*words)
    assert (result.code, result.out) == (code, "")
    assert sentence in result.err


def test_a_trashed_entry_is_private(shell: Shell, root: Path) -> None:
    shell.good("add", "private")
    shell.good("delete", "today")
    state = Path(shell.good("where").split("drafts")[1].split("\n")[0].strip())
    kept = [file for file in (state / "deleted").rglob("*") if file.is_file()]
    assert kept
    assert {file.stat().st_mode & 0o077 for file in kept} == {0}
