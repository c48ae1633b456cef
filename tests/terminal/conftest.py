"""Somewhere to run the app in a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somewhere to run the app; whatever still runs at the end is ended."""
    made = Place(tmp_path)
    yield made
    for terminal in made.terminals:
        terminal.end()
