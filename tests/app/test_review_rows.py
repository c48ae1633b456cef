"""The rows of a review's list: what a number says is what it opens."""

from datetime import datetime
from pathlib import Path

from journal_tui.app.review.rows import groups
from tests.lookups.written_journal import write_journal


def test_the_other_ratings_are_those_of_days_and_not_of_period_notes(tmp_path: Path) -> None:
    days = {f"2026-10-{n:02}": "# Day\n\nEnjoyment: 7\n" for n in range(1, 16)}
    files = {**days, "2026-W41": "# Week\n\nEnjoyment: 3\n", "2026-11-02": "# B\n\nEnjoyment: 5\n"}
    journal = write_journal(tmp_path, files, "", datetime(2026, 11, 20, 18, 0))
    found = journal.review(journal.span("2026-11"))
    rows = [row for group in groups(found) for row in group.rows]
    [usual] = [row for row in rows if "from 15 other ratings" in row.text]
    assert len(list(journal.find(usual.target.query, rows="entries"))) == 15
