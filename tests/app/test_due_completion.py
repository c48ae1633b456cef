"""The dates that `due:` is completed with while one writes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.app.editor.completion import word_before
from journal_tui.app.editor.due_completion import about_due, due_candidates
from journal_tui.entry.entry import Entry
from tests.app.app_fixture import Desk, settle

# A Friday.
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("- [ ] a due:", "due:"),
        ("- [ ] a due:fri", "due:fri"),
        ("- [ ] a (due:+7", "due:+7"),
        ("- [ ] a due: fri", ""),
        ("- [ ] overdue:", ""),
        ("https://a.example/?due:", ""),
        ("- [ ] a due:@an", "@an"),
    ],
)
def test_a_due_date_is_completed_where_it_is_typed(line: str, word: str) -> None:
    assert word_before(line, len(line)) == word


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("fri", ["due:2026-11-20"]),
        ("mon", ["due:2026-11-23"]),
        ("tom", ["due:2026-11-21"]),
        ("+7", ["due:2026-11-27"]),
        ("t", ["due:2026-11-20", "due:2026-11-21", "due:2026-11-24", "due:2026-11-26"]),
        ("dec", ["due:2026-12-31"]),
        ("xyz", []),
        ("2026-11-27", []),
    ],
)
def test_dates_are_counted_from_the_day_of_the_entry(typed: str, offered: list[str]) -> None:
    assert due_candidates(f"due:{typed}", DAY) == offered


def test_before_anything_is_typed_usual_dates_are_offered() -> None:
    offered = due_candidates("due:", DAY)
    assert offered[0] == "due:2026-11-21" and len(offered) >= 4
    assert about_due(offered[0]) == "Saturday 21 November" and about_due("#tag") == ""


@given(st.text(max_size=12), st.dates())
def test_what_is_offered_is_read_as_a_due_date(typed: str, day: date) -> None:
    for candidate in due_candidates(f"due:{typed}", day):
        (task,) = Entry(day, f"- [ ] a {candidate}").tasks
        assert task.due is not None and candidate == f"due:{task.due.isoformat()}"


@pytest.mark.parametrize(
    ("typed", "text"),
    [("due:fri", "- [ ] a due:2026-11-20\n- b"), ("due:", "- [ ] a due:2026-11-21b")],
)
async def test_enter_takes_the_date_and_ends_the_line(desk: Desk, typed: str, text: str) -> None:
    desk.put("# T\n\n- [ ] a ")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor(write.editor.document.end)
        await pilot.press(*typed, "enter", "b")
        await settle(pilot)
        assert write.editor.text.removeprefix("# T\n\n").replace("- [ ] b", "- b") == text
