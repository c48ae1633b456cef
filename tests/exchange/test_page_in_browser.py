"""The page that is exported, in a real browser: no faults that axe finds."""

from pathlib import Path

import pytest

from journal_tui.exports import HTML, Exports
from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.axe import faults, needs_axe

SAMPLE = Path(__file__).parents[2] / "entries"


@pytest.mark.promise("The exported page has no faults that axe-core finds")
@needs_axe
@pytest.mark.parametrize(("width", "colours"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing(tmp_path: Path, width: int, colours: str) -> None:
    places = Places(*(tmp_path / name for name in ("config", "cache", "state")))
    exports = Exports(Journal(SAMPLE, places))
    # More entries are more of the same, and axe takes long.
    page = exports.text(HTML, exports.select()[-40:])[0]
    assert faults(page, tmp_path, width, colours) == []
