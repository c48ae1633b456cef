"""A journal on real files, for the tests of the library floor."""

from pathlib import Path

import pytest
from saving import OLD, PATH

from journal_tui.library.library import Library


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty folder of a journal."""
    folder = tmp_path / "journal"
    folder.mkdir()
    return folder


@pytest.fixture
def library(root: Path, tmp_path: Path) -> Library:
    """The library of that folder, with its state beside it."""
    return Library(root, tmp_path / "state")


@pytest.fixture
def written(root: Path, library: Library) -> Library:
    """The library of a journal with one entry."""
    (root / "2014").mkdir()
    (root / PATH).write_text(OLD)
    return library
