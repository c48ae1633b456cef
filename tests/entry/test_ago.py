"""How long ago, in words."""

from datetime import date

import pytest

from journal_tui.entry.ago import learned_again, long_ago, plain_date

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-15", "today"),
        ("2026-03-14", "1 day ago"),
        ("2026-02-23", "20 days ago"),
        ("2026-02-22", "3 weeks ago"),
        ("2026-01-12", "8 weeks ago"),
        ("2026-01-11", "2 months ago"),
        ("2025-07-15", "8 months ago"),
        ("2025-07-16", "7 months ago"),
        ("2025-03-16", "11 months ago"),
        ("2025-03-15", "1 year ago"),
        ("2025-02-15", "13 months ago"),
        ("2024-03-16", "23 months ago"),
        ("2024-03-15", "2 years ago"),
        ("1990-12-31", "35 years ago"),
    ],
)
def test_long_ago(day: str, said: str) -> None:
    assert long_ago(date.fromisoformat(day), TODAY) == said


def test_learned_again() -> None:
    days = [date(2025, 6, 3), date(2026, 3, 12)]
    assert plain_date(days[0]) == "3 June 2025"
    assert learned_again([]) == learned_again(days[:1]) == ""
    assert (
        learned_again(days)
        == "It seems you have learned this twice before: 3 June 2025, 12 March 2026."
    )
    assert "three times before" in learned_again([*days, TODAY])
    assert "6 times before" in learned_again([*days, TODAY] * 2)
