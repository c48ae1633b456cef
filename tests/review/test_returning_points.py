"""Points that return: which ones, by what cue, one a day, and how it becomes quiet."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from journal_tui.library.remembered import POINTS, PointReturns
from journal_tui.review.returning_points import (
    ANSWERED_DAYS,
    ReturningPoint,
    choose_point,
    may_return,
)

TODAY = date(2026, 11, 20)


def point(text: str, line: int = 5) -> ReturningPoint:
    return ReturningPoint(text, date(2026, 10, 30), "2026/2026-10-30.md", line)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ask first #vendors", "#vendors"),
        ("Ask @jan first #vendors", "#vendors"),
        ("Ask @jan first", "@jan"),
        ("Ask for the name of the owner before the meeting", "Ask for the name"),
        ("Ask for it first", "Ask for"),
        ("Ask", ""),
    ],
)
def test_the_cue_never_gives_the_whole_point_away(text: str, cue: str) -> None:
    assert point(text).cue == cue


@pytest.mark.parametrize(
    ("said", "returns"),
    [
        ("", True),
        (" – still true 2026-08-01", True),
        (f" – still true {TODAY - timedelta(ANSWERED_DAYS)}", False),
        (" – acted on 2026-08-01 – the checklist", False),
        (" – no longer true 2026-08-01", False),
        (" – no longer true 2026-08-01; still true 2026-09-01", True),
    ],
)
def test_the_last_verdict_says_whether_a_point_returns(said: str, returns: bool) -> None:
    assert may_return(f"Ask first{said}", TODAY) == returns


def test_another_point_each_day_without_its_verdicts() -> None:
    points = [point(f"Point {n} – still true 2026-08-01", n) for n in range(3)]
    points.append(point("Past – no longer true 2026-08-01"))
    found = [choose_point(points, TODAY + timedelta(n)) for n in range(3)]
    assert sorted(one.text for one in found if one) == ["Point 0", "Point 1", "Point 2"]
    assert choose_point(points[3:], TODAY) is None


def test_points_without_an_answer_are_counted_once_a_day(tmp_path: Path) -> None:
    returns = PointReturns(tmp_path)
    assert returns.ignored == 0
    for number in range(4):
        for _ in range(3):
            returns.note_shown(TODAY + timedelta(number))
    # The last one may still be answered.
    assert PointReturns(tmp_path).ignored == 3
    assert not returns.is_answered(TODAY + timedelta(3))
    returns.answer(TODAY + timedelta(3))
    assert returns.is_answered(TODAY + timedelta(3))
    assert returns.ignored == 0
    returns.note_shown(TODAY + timedelta(4))
    assert (returns.ignored, returns.is_answered(TODAY + timedelta(4))) == (0, False)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"2026-11-20 x 1\n", b"one\ntwo\n"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / POINTS).write_bytes(data)
    assert PointReturns(tmp_path).ignored == 0
    PointReturns(tmp_path).note_shown(TODAY)
    assert (tmp_path / POINTS).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    PointReturns(tmp_path / "state").note_shown(TODAY)
    assert PointReturns(tmp_path / "state").ignored == 0
