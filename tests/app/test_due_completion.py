"""The dates that `due:` is completed with while one writes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.app.editor.completion import word_before
from journal_tui.app.editor.due_completion import describe_due, due_candidates
from journal_tui.entry.entry import Entry
from tests.app.app_fixture import Desk, painted, settle

# A Friday.
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("- [ ] a due:", "due:"),
        ("- [ ] a due:fri", "due:fri"),
        ("- [ ] a (due:+7", "due:+7"),
        ("- [ ] a due: fri", ""),
        ("- [ ] a due:next week", "due:next week"),
        ("- [ ] a due:next ", ""),
        ("- [ ] a due:friday after next", "due:friday after next"),
        ("- [ ] a due:3 dec.", "due:3 dec."),
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
        ("2026-11-27 call", []),
        ("friday call Ann", []),
        ("friday 2pm", []),
        ("next week", ["due:2026-11-29", "due:2026-11-27", "due:2026-11-23"]),
        ("next w", ["due:2026-11-29", "due:2026-11-27", "due:2026-11-23", "due:2026-11-25"]),
        ("next fri", ["due:2026-11-27"]),
        ("friday after next", ["due:2026-12-04"]),
        ("in 3", ["due:2026-11-23", "due:2026-12-11", "due:2027-02-20"]),
        ("in 3 weeks", ["due:2026-12-11"]),
        ("3 december", ["due:2026-12-03"]),
        ("this week", ["due:2026-11-22", "due:2026-11-20"]),
    ],
)
def test_dates_are_counted_from_the_day_of_the_entry(typed: str, offered: list[str]) -> None:
    assert due_candidates(f"due:{typed}", DAY) == offered


def test_before_anything_is_typed_usual_dates_are_offered() -> None:
    offered = due_candidates("due:", DAY)
    assert offered[0] == "due:2026-11-21" and len(offered) >= 4
    assert describe_due(offered[0]) == "Saturday 21 November" and describe_due("#tag") == ""


def test_the_last_day_of_a_week_is_named_as_such() -> None:
    assert describe_due("due:2026-11-29", "due:next we") == "Sunday 29 November, end of the week"
    assert describe_due("due:2026-11-27", "due:next we") == "Friday 27 November"
    assert describe_due("due:2026-11-29", "due:sun") == "Sunday 29 November"


@given(
    st.lists(
        st.sampled_from(
            ["next", "week", "friday", "in", "3", "weeks", "the", "after", "end", "of", "month"]
        )
    ),
    st.dates(),
)
def test_the_first_that_is_offered_is_how_complete_words_are_read(
    words: list[str], day: date
) -> None:
    typed = f"due:{' '.join(words)}"
    (task,) = Entry(day, f"- [ ] a {typed}").tasks
    if task.due and typed.startswith("due:") and task.text == "a" and len(words) > 1:
        assert due_candidates(typed, day)[0] == f"due:{task.due.isoformat()}"


@given(st.text(max_size=12), st.dates())
def test_what_is_offered_is_read_as_a_due_date(typed: str, day: date) -> None:
    for candidate in due_candidates(f"due:{typed}", day):
        (task,) = Entry(day, f"- [ ] a {candidate}").tasks
        assert task.due is not None and candidate == f"due:{task.due.isoformat()}"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("due:fri", "- [ ] a due:2026-11-20\n- b"),
        ("due:next week", "- [ ] a due:2026-11-29\n- b"),
        ("due:", "- [ ] a due:2026-11-21b"),
    ],
)
async def test_enter_takes_the_date_and_ends_the_line(desk: Desk, typed: str, text: str) -> None:
    desk.put("# T\n\n- [ ] a ")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor(write.editor.document.end)
        await pilot.press(*typed, "enter", "b")
        await settle(pilot)
        assert write.editor.text.removeprefix("# T\n\n").replace("- [ ] b", "- b") == text


async def test_a_date_of_several_words_is_explained_as_soon_as_they_are_complete(
    desk: Desk,
) -> None:
    desk.put("# T\n\n- [ ] a ")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor(write.editor.document.end)
        await pilot.press(*"due:next week")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "due:2026-11-29  Sunday 29 November, end of the week" in shown
        assert "due:2026-11-27  Friday 27 November" in shown
        await pilot.press("down", "tab", "b")
        await settle(pilot)
        assert write.editor.text == "# T\n\n- [ ] a due:2026-11-27b"
        await pilot.press("backspace", *" due:friday", "space", *"call Zoe", "enter")
        await settle(pilot)
        assert "due:friday call Zoe\n" in write.editor.text


@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+r", "ctrl+g", "ctrl+p"])
@pytest.mark.one_in(2)
async def test_the_dates_are_not_offered_again_after_a_dialog(desk: Desk, key: str) -> None:
    desk.put("# T\n\n- [ ] a ")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor(write.editor.document.end)
        await pilot.press(*"due:fri")
        await settle(pilot)
        assert "due:2026-11-20" in "\n".join(painted(pilot.app))
        await pilot.press(key)
        await settle(pilot)
        assert pilot.app.screen is not write
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write
        assert "Friday 20 November" not in "\n".join(painted(pilot.app))
        await pilot.press("tab")
        assert "due:fri" in write.editor.text or key in ("ctrl+n", "ctrl+r")


@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+r", "alt+left"])
async def test_a_command_that_leaves_the_line_completes_its_date_as_enter_does(
    desk: Desk, key: str
) -> None:
    desk.put("# T\n\n- [ ] a ")
    async with desk.open() as (pilot, write):
        write.editor.move_cursor(write.editor.document.end)
        await pilot.press(*"due:friday", key)
        await settle(pilot)
        await pilot.press("escape", "alt+right" if key == "alt+left" else "escape")
        await settle(pilot)
        assert write.editor.text == "# T\n\n- [ ] a due:2026-11-20"
