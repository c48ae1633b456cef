"""`journal history`, `restore`, `delete` and `trash`: nothing that was saved is gone at once."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.library.drafts import DraftLog, Drafts
from journal_tui.library.file_reader import digest
from journal_tui.library.naming import entry_path
from tests.cli.command_shell import TODAY, Shell, shell_line


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
    assert "as it was saved" in shell.good("restore", "today", "2")
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
    assert "has been written again" in shell.refused(1, "trash", "--restore", "1")
    assert "anew" in shell.good("show")
    assert TODAY in shell.good("trash")


def test_a_deleted_entry_that_is_not_utf_8_comes_back_byte_for_byte(
    shell: Shell, root: Path
) -> None:
    shell.good("add", "first")
    file = root / entry_path(date.fromisoformat(TODAY))
    file.write_bytes(b"caf\xe9\r\n\x00")
    shell.good("delete", "today")
    assert "is back" in shell.good("trash", "--restore", "1")
    assert file.read_bytes() == b"caf\xe9\r\n\x00"


def discarded(state: Path, path: str, text: str, base: str = "", opened: str | None = None) -> None:
    """What a session leaves that was killed, put away by the person at the next start."""
    log = DraftLog(state / "drafts", date.fromisoformat(TODAY), path, opened, base)
    log.record(text)
    log.close()
    (draft,) = Drafts(state).left_behind()
    Drafts(state).discard(draft)


def state_of(shell: Shell) -> Path:
    return Path(shell.good("where").split("drafts")[1].split("\n")[0].strip())


def test_a_discarded_draft_is_listed_after_the_entries_and_comes_back(
    shell: Shell, root: Path
) -> None:
    shell.good("add", "first")
    shell.good("delete", "today")
    path = entry_path(date.fromisoformat(TODAY))
    discarded(state_of(shell), path, "typed and thrown away\n")
    first, second, _ = shell.good("trash").splitlines()
    assert first.startswith(f"   1  {path}  deleted on 2026-11-20")
    assert second.startswith(f"   2  {path}  unsaved text, discarded on ")
    assert "is back" in shell.good("trash", "--restore", "2")
    assert (root / path).read_text() == "typed and thrown away\n"
    assert len(shell.good("trash").splitlines()) == 2
    assert "has been written again" in shell.refused(1, "trash", "--restore", "1")


def test_a_discarded_draft_never_drops_what_was_written_since(shell: Shell, root: Path) -> None:
    shell.write("one\n")
    path = entry_path(date.fromisoformat(TODAY))
    discarded(state_of(shell), path, "mine\n", "one\n", digest(b"one\n"))
    shell.write("theirs\n")
    assert "has changed since and was left as it is. The text is in" in shell.good(
        "trash", "--restore", "1"
    )
    texts = {file.read_text() for file in (root / path).parent.glob("*.md")}
    assert texts == {"theirs\n", "mine\n"}


def test_a_draft_that_was_saved_after_all_is_not_in_the_trash(shell: Shell) -> None:
    shell.write("one\n")
    path = entry_path(date.fromisoformat(TODAY))
    discarded(state_of(shell), path, "one\n")
    assert shell.good("trash") == "The trash is empty.\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["history"], 1, "There are no earlier versions"),
        (["restore", "today", "7"], 2, "There is no version 7"),
        (["restore", "today"], 2, "Give the day, then the number of a version"),
        (["restore", "7"], 2, "Give the day, then the number of a version"),
        (["delete", "today"], 1, "to delete"),
        (["trash", "--restore", "3"], 2, "Number 3 is not in the trash"),
    ],
)
def test_an_impossible_action_is_explained(
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


def test_a_damaged_version_is_reported_and_never_restored(shell: Shell) -> None:
    shell.good("add", "first")
    shell.good("add", "second")
    before = shell.good("show")
    for file in (state_of(shell) / "history").rglob("*.md"):
        file.write_bytes(b"damaged")
    for words in (("history", "today", "--version", "2"), ("restore", "today", "2")):
        assert "Version 2 cannot be read" in shell.refused(1, *words)
    assert shell.good("show") == before


def test_a_version_comes_back_byte_for_byte(shell: Shell) -> None:
    path = shell.write("one\n")
    path.write_bytes(b"one\r\ntwo\r\n")
    shell.good("add", "more")
    path.write_bytes(b"caf\xe9\n")
    shell.good("restore", "today", "2")
    assert path.read_bytes() == b"one\r\ntwo\r\n"
    # It is the newest itself now; what it replaced is the one before.
    shell.good("restore", "today", "2")
    assert path.read_bytes() == b"caf\xe9\n"


def test_a_damaged_version_hides_no_other(shell: Shell) -> None:
    for text in ("first", "second", "third"):
        shell.good("add", text)
    damaged = sorted((state_of(shell) / "history").rglob("*.md"))[1]
    damaged.write_bytes(b"rubbish")
    listed = shell.good("history").splitlines()
    assert len(listed) == 3 and "cannot be read" in listed[1]
    assert "word" in listed[0] and "word" in listed[2]
    assert "cannot be read" in shell.refused(1, "restore", "today", "2")


def test_an_entry_in_any_folder_has_its_history(shell: Shell, tmp_path: Path) -> None:
    """Where it lies is known to the index alone, which a fresh machine has not."""
    file = shell.write("one\n")
    odd = shell.root / "a" / "b" / file.name
    odd.parent.mkdir(parents=True)
    file.rename(odd)
    shell.good("check")
    shell.good("add", "more")
    assert "more" in odd.read_text()
    shutil.rmtree(settings.places().cache)
    assert len(shell.good("history").splitlines()) == 2


@pytest.mark.parametrize("make", ["mkfifo", "ln -s /dev/zero", "mkdir", "truncate -s 1T"])
def test_only_the_file_of_an_entry_is_deleted(shell: Shell, make: str) -> None:
    shell.path().parent.mkdir()
    line = f"{make} {shell.path()} && ulimit -v 4000000 && timeout 20 $J delete {TODAY}"
    done = shell_line(line, shell.root)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert said.startswith(f"journal: Nothing was deleted: {TODAY}.md ") and said.count("\n") == 1
    assert os.path.lexists(shell.path())
    assert "The trash is empty" in shell.good("trash")


@pytest.mark.parametrize("title", ["", " ", "!", "nothere"])
def test_a_note_that_is_not_there_is_never_the_days_entry(shell: Shell, title: str) -> None:
    for text in ("first", "second"):
        shell.good("add", text)
    before = shell.written()
    for words in (
        ["history", TODAY],
        ["restore", TODAY, "2"],
        ["delete", TODAY],
        ["convert", TODAY],
    ):
        code, out, err = shell(*words, "--note", title)
        assert (code in (1, 2), out, err.count("\n")) == (True, "", 1)
        assert "There is no entry for" not in err
    assert shell.written() == before
    said = shell.refused(1, "delete", TODAY, "--note", "nothere")
    assert said == "Friday 20 November 2026 has no note “nothere” to delete."


def test_an_empty_day_is_not_today(shell: Shell) -> None:
    for text in ("first", "second"):
        shell.good("add", text)
    before = shell.written()
    for words in (["delete", ""], ["restore", "", "2"], ["add", "x", "--on", ""], ["show", ""]):
        assert "is empty" in shell.refused(2, *words)
    assert shell.written() == before


def test_a_note_is_named_by_the_title_that_is_listed(shell: Shell) -> None:
    shell.good("note", "Service review", "--customer", "Depot North", "--about", "The new scanner")
    shell.path().with_name(f"{TODAY}-sr.md").write_text("# Service review – *Lab*\n", "utf-8")
    listed = [line.strip() for line in shell.good("note").splitlines() if TODAY in line]
    assert len(listed) == 2
    for line in listed:
        title, path = line.split("  ")
        shell.good("convert", TODAY, "--note", title.upper())
        assert shell.good("delete", TODAY, "--note", title).startswith(f"{path} is in the trash")
    for name in ("a", "b"):
        shell.path().with_name(f"{TODAY}-{name}.md").write_text("# Two alike\n", "utf-8")
    assert f"{TODAY}-a.md" in shell.refused(2, "delete", TODAY, "--note", "Two alike")
    assert f"{TODAY}-b.md is in" in shell.good("delete", TODAY, "--note", "b")
