"""The campaign of faults: small in each run, whole with `pytest --campaign tests/faults`.

What each part tried is counted and told as a table at the end of the run.
"""

import pytest
from counting import Scale, Tally

_TRIED = pytest.StashKey[dict[str, dict[str, int]]]()


@pytest.fixture
def is_whole(request: pytest.FixtureRequest) -> bool:
    """Whether the campaign is run whole."""
    return bool(request.config.getoption("--campaign"))


@pytest.fixture
def scale(is_whole: bool) -> Scale:
    """How much to try: `scale(small, whole)`."""
    return lambda small, whole: whole if is_whole else small


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Count what was tried: `tally("kills while saving", points=18, damaged=0)` adds to its row."""
    rows = request.config.stash.setdefault(_TRIED, {})

    def add(row: str, **counts: int) -> None:
        cells = rows.setdefault(row, {})
        for name, count in counts.items():
            cells[name] = cells.get(name, 0) + count

    return add


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The table of what was tried."""
    rows = config.stash.get(_TRIED, {})
    if not rows:
        return
    terminalreporter.section("the campaign of faults")
    for row in sorted(rows):
        cells = ", ".join(
            f"{count:,} {name.replace('_', ' ')}" for name, count in rows[row].items()
        )
        terminalreporter.write_line(f"{row}: {cells}")
