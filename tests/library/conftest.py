"""Fixtures for the tests of `library`: a journal on real files."""

from pathlib import Path

import pytest

from journal_tui.library.library import Library
from tests.library.save_fixtures import OLD, PATH


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty folder for a journal."""
    folder = tmp_path / "journal"
    folder.mkdir()
    return folder


@pytest.fixture
def library(root: Path, tmp_path: Path) -> Library:
    """Return the library of the folder `root`, with its state folder beside it."""
    return Library(root, tmp_path / "state")


@pytest.fixture
def written(root: Path, library: Library) -> Library:
    """Return the library of a journal with one entry."""
    (root / "2014").mkdir()
    (root / PATH).write_text(OLD)
    return library
