"""The journals on real files that the tests of the index have."""

from datetime import date

import pytest

from journal_tui.index.segment import DayRecords
from tests.index.conftest import filled, place, places

__all__ = ["filled", "place", "places", "read_days"]


@pytest.fixture
def read_days(monkeypatch: pytest.MonkeyPatch) -> set[date]:
    """Return a set that collects the days whose records are read from now on."""
    days: set[date] = set()
    compute = DayRecords.__getattr__

    def noting(self: DayRecords, name: str) -> object:
        if name == "records":
            days.add(self.day)
        return compute(self, name)

    monkeypatch.setattr(DayRecords, "__getattr__", noting)
    return days
