"""What helps to rate: earlier days with a rating, what is usual, and a stretch of equal ratings once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.model import TEN
from journal_tui.library.remembered import STRETCH, FlatStretches
from journal_tui.review.calibration import (
    FLAT_FROM,
    Calibration,
    RatedDay,
    Stretch,
    flat_stretch,
)
from journal_tui.review.ratings import usual

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def calibration(*rated: tuple[int, float, str], stretch: Stretch | None = None) -> Calibration:
    """Return what is known with days so long ago rated so, the newest first."""
    days = tuple(RatedDay(ago(days), rating, remark) for days, rating, remark in rated)
    return Calibration(TODAY, days, usual([day.rating for day in days], TEN), stretch)


def test_two_days_of_the_month_before_those_with_a_remark_first() -> None:
    found = calibration(
        (2, 6, ""), (5, 7, "no"), (9, 6, "rain"), (20, 6, "long audit"), (40, 6, "old")
    )
    assert found.words(6) == ["6 on 11 November 2026: rain", "6 on 31 October 2026: long audit"]
    assert found.words(7) == ["7 on 15 November 2026: no"]
    assert calibration((2, 6, ""), (5, 7, "")).words(6) == [
        "6 on 18 November 2026: without a remark"
    ]


def test_an_older_day_if_the_month_has_none_and_a_sentence_if_the_year_has_none() -> None:
    found = calibration((2, 7, ""), (40, 6, "old"), (80, 6, "older"))
    assert found.words(6) == ["6 on 11 October 2026: old"]
    assert found.words(6.5) == ["No day of the year before has 6.5."]
    assert calibration().words(6) == []


def test_the_last_thirty() -> None:
    found = calibration(*((n + 1, float(n % 10), "") for n in range(40)))
    assert found.recent == [float(n % 10) for n in reversed(range(30))]


@pytest.mark.parametrize(
    ("number", "said"), [(9, None), (10, "10 rated days"), (14, "14 rated days")]
)
def test_a_flat_stretch(number: int, said: str | None) -> None:
    rated = {ago(n): 7.0 for n in range(1, number + 1)} | {ago(40): 6.0, TODAY: 3.0}
    found = flat_stretch(rated, TODAY)
    assert (found is not None) == (said is not None)
    if found and said:
        assert found == Stretch(7, number, ago(number))
        assert found.words.startswith(f"The last {said}, since ") and found.words.endswith(
            " all have 7."
        )


@given(st.lists(st.sampled_from([6.0, 7.0]), max_size=30))
def test_a_stretch_is_the_longest_one_that_leads_up_to_the_day(ratings: list[float]) -> None:
    rated = {ago(n + 1): rating for n, rating in enumerate(ratings)}
    found = flat_stretch(rated, TODAY)
    if found is None:
        assert len(set(ratings[:FLAT_FROM])) != 1 or len(ratings) < FLAT_FROM
    else:
        assert set(ratings[: found.number]) == {found.rating}
        assert ratings[found.number : found.number + 1] != [found.rating]
        assert found.first == ago(found.number)


def test_it_is_remembered_without_any_text(tmp_path: Path) -> None:
    known = FlatStretches(tmp_path)
    assert not known.was_shown(TODAY)
    known.note_shown(TODAY)
    assert FlatStretches(tmp_path).was_shown(TODAY) and not known.was_shown(ago(1))
    assert (tmp_path / STRETCH).read_text() == "2026-11-20\n"
    assert (tmp_path / STRETCH).stat().st_mode & 0o077 == 0
    (tmp_path / STRETCH).write_bytes(b"\xff\x00")
    assert not known.was_shown(TODAY)
    (tmp_path / STRETCH).unlink()
    (tmp_path / STRETCH).mkdir()
    known.note_shown(TODAY)
    assert not known.was_shown(TODAY)
