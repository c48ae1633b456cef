"""The page of a document in a real browser: no faults that axe finds."""

from pathlib import Path

import pytest

from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.axe import faults, needs_axe

SAMPLE = Path(__file__).parents[2] / "entries"


@pytest.mark.promise("The page of a period's document has no faults that axe-core finds")
@needs_axe
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(tmp_path: Path, width: int, colours: str) -> None:
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    journal = Journal(SAMPLE, places)
    journal.refresh()
    page = journal.review_document(journal.span("2026"), folder=tmp_path)
    assert faults(page, tmp_path, width, colours) == []
