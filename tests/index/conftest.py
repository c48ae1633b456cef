"""Journals on real files, for the tests of the index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.index.index_fixture import TEXT, Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return an empty journal."""
    return Place(tmp_path)


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Place]:
    """Return a function that creates empty journals, for tests that need several."""
    return lambda: Place(tmp_path_factory.mktemp("place"))


@pytest.fixture
def filled(place: Place) -> Place:
    """Return an indexed journal: six days of 2014, and one of 2015 with a note."""
    for day in range(1, 7):
        place.put(f"2014/2014-10-0{day}.md", TEXT.replace("prose", f"prose number{day}"))
    place.put("2015/2015-03-01.md", TEXT)
    place.put("2015/2015-03-01-note.md", "# A note\n\nspring")
    place.index().refresh()
    return place
