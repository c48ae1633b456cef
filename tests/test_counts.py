"""A number with its noun."""

import pytest

from journal_tui.counts import counted


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "day", "1 day"),
        (0, "day", "0 days"),
        (2, "entry", "2 entries"),
        (1, "entry", "1 entry"),
        (3, "conflict copy", "3 conflict copies"),
        (1204, "word", "1,204 words"),
    ],
)
def test_counted(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said
