"""A sample is read by every command, and written to by none."""

import shutil
from pathlib import Path

import pytest

from journal_tui.errors import NoJournal
from journal_tui.journal import Journal, copy_sample
from journal_tui.library import config
from journal_tui.settings import Places
from tests.cli.command_shell import Shell

SAMPLE = Path(__file__).parents[2] / "entries"
SENTENCE = (
    "This is a sample to look around in, and nothing is written to it. "
    "Make a journal of your own with: journal new DIR"
)


@pytest.fixture
def sample(shell: Shell) -> Shell:
    """Return a shell in a copy of the sample, which still is one."""
    shutil.copytree(SAMPLE, shell.root, dirs_exist_ok=True)
    return shell


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Something"),
        ("add", "Something", "--on", "2026-11-19"),
        ("add", "Something", "--on", "2026-W40"),
        ("learn", "Something"),
        ("rate", "7", "--on", "2026-11-19"),
        ("todo", "Something"),
        ("todo", "--done", "Buy a notebook"),
        ("delete", "2026-11-19"),
        ("rename", "@noor", "@nora", "--yes"),
        ("rename", "--undo"),
    ],
)
def test_nothing_is_written_to_it(sample: Shell, words: tuple[str, ...]) -> None:
    before = contents(sample.root)
    assert sample.refused(1, *words) == SENTENCE
    assert contents(sample.root) == before


def test_it_is_found_and_shown_as_any_other(sample: Shell) -> None:
    assert "label printers" in sample.good("show", "2026-11-20")
    assert sample.good("find", "silence")
    assert "Close my own two tickets" in sample.good("todo")
    assert sample.good("brief", "@noor").startswith("On ")
    assert "no problems found" in sample.good("check")


def test_a_copy_is_a_journal(tmp_path: Path) -> None:
    copy = copy_sample(SAMPLE, tmp_path / "deep" / "mine", "Mine")
    read = config.read(copy)
    assert (read.name, read.is_sample, read.counting) == ("Mine", False, "workdays")
    assert "sample =" not in (copy / "journal.toml").read_text("utf-8")
    assert {file.relative_to(copy) for file in copy.rglob("*.md")} == {
        file.relative_to(SAMPLE) for file in SAMPLE.rglob("*.md")
    }
    assert copy.stat().st_mode & 0o777 == 0o700
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    assert not Journal(copy, places).is_sample
    with pytest.raises(NoJournal, match="This one has files"):
        copy_sample(SAMPLE, copy)
    (tmp_path / "file").write_text("x")
    with pytest.raises(NoJournal, match="This one has files"):
        copy_sample(SAMPLE, tmp_path / "file")


@pytest.mark.parametrize("value", ["true", "false", '"yes"', "1"])
def test_the_setting_is_true_or_false(tmp_path: Path, value: str) -> None:
    (tmp_path / "journal.toml").write_text(f"sample = {value}\n")
    if value in ("true", "false"):
        assert config.read(tmp_path).is_sample is (value == "true")
    else:
        with pytest.raises(Exception, match="`sample` should be true or false, without quotes"):
            config.read(tmp_path)
