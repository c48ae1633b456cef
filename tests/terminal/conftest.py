"""The fixture of the tests that run the app in a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminals import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Yield a journal with terminals to run the app in, and end what still runs afterwards."""
    made = Place(tmp_path)
    yield made
    for terminal in made.terminals:
        terminal.end()
