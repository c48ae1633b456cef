"""How long ago, in words."""

from datetime import date

import pytest

from journal_tui.entry.relative_time import (
    how_long_before,
    long_ago,
    plain_date,
    repeat_message,
)

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


def test_how_long_before_another_day_than_today() -> None:
    day, page = date(2026, 2, 22), date(2026, 3, 15)
    assert how_long_before(day, page, TODAY) == "3 weeks ago"
    assert how_long_before(day, page, date(2026, 4, 1)) == "3 weeks earlier"
    assert how_long_before(page, page, date(2026, 4, 1)) == "the same day"


def test_learned_again() -> None:
    days = [date(2025, 6, 3), date(2026, 3, 12)]
    assert plain_date(days[0]) == "3 June 2025"
    assert repeat_message([]) == repeat_message(days[:1]) == ""
    assert (
        repeat_message(days)
        == "It seems you have learned this twice before: 3 June 2025, 12 March 2026."
    )
    assert "three times before" in repeat_message([*days, TODAY])
    assert "6 times before" in repeat_message([*days, TODAY] * 2)
