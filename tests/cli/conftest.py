"""A journal to call commands on."""

from functools import partial
from pathlib import Path

import pytest
from command_shell import NOW, Shell

from journal_tui.cli import opening
from journal_tui.journal import Journal

CONFIG = 'name = "Work"\nstart = 2026-11-02\ncount = "workdays"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a journal without entries, counted from Monday 2 November 2026."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "journal.toml").write_text(CONFIG, "utf-8")
    return folder


@pytest.fixture
def shell(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands on that journal, standing in its folder, on Friday 20 November 2026."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(opening, "Journal", partial(Journal, clock=lambda: NOW))

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Shell(root, read)
