"""The campaign of faults: small in each run, whole with `pytest --campaign tests/faults`.

What each part tried is counted and shown as a table at the end of the run.
"""

from collections import Counter

import pytest

from tests.faults.counting import Scale, Tally

# The property of a test's report that says what it tried; reports come from other processes, too.
TRIED = "tried"


@pytest.fixture
def is_whole(request: pytest.FixtureRequest) -> bool:
    """Say whether the campaign is run whole."""
    return bool(request.config.getoption("--campaign"))


@pytest.fixture
def scale(is_whole: bool) -> Scale:
    """Return a function that chooses how much to try: `scale(small, whole)`."""
    return lambda small, whole: whole if is_whole else small


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Return a function that adds to a row: `tally("kills while saving", points=18, damaged=0)`."""

    def add(row: str, **counts: int) -> None:
        request.node.user_properties.append((TRIED, [row, counts]))

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the table of what was tried."""
    rows: dict[str, Counter[str]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    if name == TRIED:
                        rows.setdefault(value[0], Counter()).update(value[1])
    if not rows:
        return
    terminalreporter.section("the campaign of faults")
    for row in sorted(rows):
        cells = ", ".join(
            f"{count:,} {name.replace('_', ' ')}" for name, count in rows[row].items()
        )
        terminalreporter.write_line(f"{row}: {cells}")
