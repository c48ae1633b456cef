"""Fixtures for the tests of the command line: a journal, and a shell to call commands."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from journal_tui.cli import context, installation
from journal_tui.journal import Journal
from tests.cli.command_shell import NOW, Shell

ON_PATH = installation.Installation(
    "/usr", "/usr/bin/python3", sys.executable, os.path.realpath(sys.executable), "/", False
)
CONFIG = 'name = "Work"\nstart = 2026-11-02\ncount = "workdays"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the folder of a journal without entries, counted from Monday 2 November 2026."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "journal.toml").write_text(CONFIG, "utf-8")
    return folder


@pytest.fixture
def shell(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a shell whose current folder is that journal's, on Friday 20 November 2026."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(installation, "found", lambda: ON_PATH)
    monkeypatch.setattr(context, "Journal", partial(Journal, clock=lambda: NOW))

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Shell(root, read)


@pytest.fixture
def rated(shell: Shell) -> Shell:
    """Return a shell in whose journal four workdays of this month are rated."""
    for number, rating in ((10, 6), (11, 6), (12, 7), (13, 2)):
        shell.write(f"# Title {number}\n\nEnjoyment: {rating}\n", f"2026-11-{number}")
    return shell
