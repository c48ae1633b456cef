"""The follow-ups screen: its list, each of its keys, what it writes, and what it refuses."""

import os
import stat
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui.app.follow_ups import rows
from journal_tui.app.follow_ups.screen import FollowUpsScreen
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.widgets.humanize import short_day
from journal_tui.app.write.day_header import DayHeader
from journal_tui.entry.follow_ups import FollowUp
from tests.app.app_fixture import Desk, painted, settle, told

# A Monday; the desk's today is Friday 20 November 2026.
DAY = date(2026, 11, 9)
TEXT = """\
# Monday

- [ ] Call Zoe due:2026-11-10
- [ ] Send the list due:2026-11-20
- [ ] Book the room due:9999-12-31
- [ ] Tidy the depot
- [ ] Budget waiting:@ann
- [x] Ask Colm done:2026-11-19
"""


@pytest.fixture
def written(desk: Desk) -> Desk:
    desk.put(TEXT, DAY)
    return desk


def text(desk: Desk, day: date = DAY) -> str:
    return desk.file(day).read_text("utf-8")


def screen(pilot: Pilot[None]) -> FollowUpsScreen:
    return cast(FollowUpsScreen, pilot.app.screen)


def chosen(pilot: Pilot[None]) -> str:
    one = screen(pilot).list.chosen
    return one.text if one else ""


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(line.rstrip() for line in painted(pilot.app))


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def wait_for(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for something, while a thread may be at work."""
    for _ in range(1_000):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_the_list_has_groups_and_a_count(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        lines = painted(pilot.app)
        assert lines[0].startswith(
            " Follow-ups   1 late · 1 this week · 1 later · 1 without a date"
        )
        titles = [
            line.split("  ")[0].strip() for line in lines if line[:2].strip() and line[1] != " "
        ]
        assert [t for t in titles if t in TITLES] == TITLES
        assert chosen(pilot) == "Call Zoe"
        assert "10 days late · written Mon 9 Nov" in shown(pilot)
        assert "11 days      @ann Budget" in shown(pilot)
        assert "31 Dec 9999  Book the room" in shown(pilot)
        assert "today        Send the list" in shown(pilot)


TITLES = ["Late", "This week", "Later", "Without a date", "Waiting", "Done lately"]


@pytest.mark.parametrize(
    ("keys", "line", "after"),
    [
        (["space"], "Call Zoe", "- [x] Call Zoe due:2026-11-10 done:2026-11-20"),
        (["end", "space"], "Ask Colm", "- [ ] Ask Colm"),
        (["d", *"+7", "enter"], "Call Zoe", "- [ ] Call Zoe due:2026-11-27"),
        (["d", *"none", "enter"], "Call Zoe", "- [ ] Call Zoe"),
        (["w", *"bob", "enter"], "Call Zoe", "- [ ] Call Zoe due:2026-11-10 waiting:@bob since:2026-11-20"),
        (["x", *"gone", "enter"], "Call Zoe", "- [-] Call Zoe due:2026-11-10 dropped:2026-11-20 – gone"),
        (["x", "enter"], "Call Zoe", "- [-] Call Zoe due:2026-11-10 dropped:2026-11-20"),
        (["down", "down", "d", *"1 dec", "enter"], "Book", "- [ ] Book the room due:2026-12-01"),
        (["tab", "tab", "tab", "tab", "w", *"none", "enter"], "Budget", "- [ ] Budget"),
    ],
)  # fmt: skip
@pytest.mark.one_in(2)
async def test_a_key_edits_the_line_and_is_undone(
    written: Desk, keys: list[str], line: str, after: str
) -> None:
    before = next(one for one in TEXT.splitlines() if line in one)
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        await press(pilot, *keys)
        assert text(written) == TEXT.replace(before, after)
        await press(pilot, "ctrl+z")
        assert text(written) == TEXT
        assert "Undone:" in told(pilot)
        await press(pilot, "ctrl+z")
        assert "nothing to undo" in told(pilot)


async def test_an_undo_names_the_item_and_replaces_the_message_before(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "space", "space", "d", *"1 dec", "enter", "a", *"Ring Bo", "enter")
        assert told(pilot) == "Added to today."
        for sentence in (
            "Undone: added “Ring Bo”.",
            "Undone: set the due date of “Book the room”.",
            "Undone: ticked “Send the list”.",
            "Undone: ticked “Call Zoe”.",
            "There is nothing to undo.",
        ):
            await press(pilot, "ctrl+z")
            assert told(pilot) == sentence
        assert text(written) == TEXT


async def test_a_warning_stays_when_the_next_message_comes(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "space", "end", "d", "ctrl+z")
        assert "This one is closed." in told(pilot) and "Undone: ticked" in told(pilot)


async def test_a_change_is_undone_when_the_list_is_opened_again(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "space", "escape", "f7", "ctrl+z")
        assert text(written) == TEXT


@pytest.mark.parametrize("key", ["d", "w"])
async def test_an_empty_answer_changes_nothing(written: Desk, key: str) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", key, "enter")
        assert screen(pilot).is_shown and text(written) == TEXT


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["d", *"frday"], "isn't a date"),
        (["w", *"Ann Smith"], "Try @Ann-Smith"),
        (["w", *"7"], "can't"),
    ],
)
async def test_what_is_not_understood_stays_in_the_dialog(
    written: Desk, keys: list[str], sentence: str
) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", *keys, "enter")
        assert sentence in shown(pilot) and text(written) == TEXT
        await press(pilot, "escape")
        assert chosen(pilot) == "Call Zoe"


async def test_the_meaning_of_a_date_is_shown(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "d", *"friday")
        assert "→ due Friday 20 November 2026" in shown(pilot)
        await press(pilot, "ctrl+u", *"next week")
        assert "→ due Sunday 29 November 2026, the end of the week" in shown(pilot)
        await press(pilot, "ctrl+u", *"friday after next")
        assert "→ due Friday 4 December 2026" in shown(pilot)


async def test_the_question_for_a_date_says_what_is_set_and_what_none_means(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "d")
        said = " ".join(shown(pilot).replace("│", " ").split())
        assert "friday next week" in said
        assert "Due Tue 10 Nov now." in said and "or none to remove the date" in said
        await press(pilot, "escape", "down", "down", "down", "d")
        said = " ".join(shown(pilot).replace("│", " ").split())
        assert "Type a day: friday" in said and " none " not in said


async def test_a_due_word_that_cannot_be_read_is_replaced_or_removed(desk: Desk) -> None:
    before = "- [ ] Book the room due:31 feb\n"
    desk.put(before)
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "d")
        assert "or none to remove the date" in " ".join(shown(pilot).replace("│", " ").split())
        await press(pilot, *"1 dec", "enter")
        assert text(desk, desk.today) == "- [ ] Book the room due:2026-12-01\n"
        assert chosen(pilot) == "Book the room"
        await press(pilot, "ctrl+z")
        assert text(desk, desk.today) == before
        await press(pilot, "d", *"none", "enter")
        assert text(desk, desk.today) == "- [ ] Book the room\n"


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Ring Bo", "→ without a date"),
        ("Ring Bo due:tomorow", "→ without a date: “tomorow” isn't a date; try due:tomorrow"),
        ("Ring Bo due:31 feb", "“31 feb” doesn't exist"),
        ("Ring Bo due friday", "write due:2026-11-20 if it is one"),
        ("Ring Bo waiting:ann", "write waiting:@ann"),
        ("Ring Bo due:friday waiting:@ann", "→ due Friday 20 November 2026, waiting for @ann"),
    ],
)
@pytest.mark.one_in(2)
async def test_what_is_not_understood_of_a_new_follow_up_is_said(
    written: Desk, words: str, meaning: str
) -> None:
    async with written.open(size=(60, 40)) as (pilot, _):
        await press(pilot, "f7", "a", *words)
        assert meaning in " ".join(shown(pilot).replace("│", "").split())
        # It is a help, not a condition; a date in words is written as a date.
        await press(pilot, "enter")
        written_as = words.replace("due:friday", "due:2026-11-20")
        assert written_as in text(written, written.today)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("ann", "→ still waiting for @ann, for 11 days"),
        ("@Ann", "→ still waiting for @ann, for 11 days"),
        ("bob", "→ waiting for @bob (a new name) since today"),
        ("an", "→ waiting for @an (a new name; tab for @ann) since today"),
        ("ann, bob", "→ waiting for @ann, @bob (a new name) since today"),
        ("none", "→ not waiting"),
    ],
)
@pytest.mark.one_in(2)
async def test_the_meaning_of_a_person_is_what_is_then_written(
    written: Desk, name: str, meaning: str
) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "tab", "tab", "tab", "tab", "w", *name)
        assert meaning in shown(pilot)
        await press(pilot, "enter")
        line = next(line for line in text(written).splitlines() if "Budget" in line)
        assert (line == "- [ ] Budget waiting:@ann") == ("still" in meaning)
        assert ("since:2026-11-20" in line) == ("since today" in meaning)


async def test_tab_and_the_right_arrow_take_a_known_name(written: Desk) -> None:
    async with written.open() as (pilot, _):
        for key in ("tab", "right"):
            await press(pilot, "f7", "w", *"an")
            assert "@an (a new name; tab for @ann)" in shown(pilot)
            await press(pilot, key)
            assert "→ waiting for @ann since today" in shown(pilot)
            await press(pilot, "escape", "escape")
        # Keys that arrive together.
        await press(pilot, "f7", "w", "a", "tab", "enter")
        assert "- [ ] Call Zoe due:2026-11-10 waiting:@ann since:2026-11-20" in text(written)


async def test_who_has_it_since_today_keeps_it_since_today(desk: Desk) -> None:
    desk.put("- [ ] Budget waiting:@ann\n")
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "w", *"ann")
        assert "→ still waiting for @ann, since today" in shown(pilot)


async def test_a_name_is_completed(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "w", "a")
        await pilot.pause(0.1)
        await press(pilot, "right", "enter")
        assert "Call Zoe due:2026-11-10 waiting:@ann since:2026-11-20" in text(written)


async def test_after_a_tick_the_cursor_is_on_the_next_one(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "space")
        assert chosen(pilot) == "Send the list"
        await press(pilot, "space", "space")
        assert text(written).count("- [x]") == 4
        assert chosen(pilot) == "Tidy the depot"


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        (["w", *"priya", "enter"], "Call Zoe", "Call Zoe"),
        (["tab", "w", *"priya", "enter"], "Send the list", "Send the list"),
        (["d", *"1 dec", "enter"], "Call Zoe", "Call Zoe"),
        (["tab", "tab", "d", *"today", "enter"], "Book the room", "Book the room"),
        (["d", *"none", "enter"], "Call Zoe", "Call Zoe"),
        (["x", *"gone", "enter"], "Call Zoe", "Call Zoe – gone"),
        (["end", "space"], "Ask Colm", "Ask Colm"),
        (["a", *"Ring Bo", "enter"], "Call Zoe", "Ring Bo"),
        (["a", *"Ring Bo due:2026-11-01", "enter"], "Call Zoe", "Ring Bo"),
    ],
)
@pytest.mark.one_in(2)
async def test_the_cursor_follows_a_follow_up_into_its_new_group(
    written: Desk, keys: list[str], before: str, after: str
) -> None:
    # A day with one follow-up more, whose line is the same.
    written.put("# Friday\n\n- [ ] Paint it due:2026-11-11\n")
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        await press(pilot, *keys)
        assert chosen(pilot) == after
        await press(pilot, "home", "ctrl+z")
        assert chosen(pilot) == before


async def test_the_cursor_is_on_what_an_undo_brings_back(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "tab", "space")
        assert chosen(pilot) == "Book the room"
        moved = text(written).replace("# Monday\n", "# Monday\n\nProse.\n")
        written.put(moved, DAY)
        await press(pilot, "home", "ctrl+z")
        assert chosen(pilot) == "Send the list"


async def test_the_cursor_is_on_a_follow_up_of_several_lines_after_a_change(desk: Desk) -> None:
    desk.put("- [ ] one\n- [ ] two\n  and more\n- [ ] three\n", DAY)
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "down", "w", *"ann", "enter")
        assert "  and more waiting:@ann since:2026-11-20" in text(desk)
        assert chosen(pilot) == "two and more"
        await press(pilot, "home", "ctrl+z")
        assert chosen(pilot) == "two and more"


async def test_the_cursor_stays_where_it_is_if_a_filter_hides_what_was_changed(
    written: Desk,
) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "slash", *"is:open", "enter", "x", "enter")
        assert chosen(pilot) == "Send the list"
        await press(pilot, "d", *"1 dec", "enter")
        assert chosen(pilot) == "Send the list"


async def test_after_a_tick_in_a_filtered_list_the_cursor_is_on_the_next_one(desk: Desk) -> None:
    desk.put("- [ ] one of them\n- [ ] two of them\n")
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "slash", *"them", "enter", "space")
        assert text(desk, desk.today) == "- [x] one of them\n- [ ] two of them\n"
        assert chosen(pilot) == "two of them"


async def test_one_is_added_to_today(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await press(pilot, "f7", "a", *"Ring Bo due:friday")
        assert "→ due Friday 20 November 2026" in shown(pilot)
        await press(pilot, "enter")
        assert "- [ ] Ring Bo due:2026-11-20" in text(written, written.today)
        assert "Ring Bo" in shown(pilot)
        assert told(pilot) == "Added to today, due Fri 20 Nov."
        await press(pilot, "escape")
        assert "- [ ] Ring Bo due:2026-11-20" in write.editor.text
        assert "another" not in told(pilot)


async def test_what_waits_shows_its_due_date_or_else_for_how_long_it_waited(desk: Desk) -> None:
    desk.put(
        "- [ ] Plan waiting:@ann due:2026-11-26\n- [ ] Budget waiting:@ann since:2026-11-20\n"
        "- [ ] List waiting:@ann since:2026-11-13\n",
        DAY,
    )
    async with desk.open() as (pilot, _):
        await press(pilot, "f7")
        rows = {
            words: row
            for row in painted(pilot.app)
            for words in ("Plan", "Budget", "List")
            if words in row
        }
        assert "26 Nov" in rows["Plan"] or "Thu" in rows["Plan"], rows
        assert "since today" in rows["Budget"]
        assert "7 days" in rows["List"]


@pytest.mark.parametrize("words", ["due:friday", "waiting:@ann", "[ ]"])
async def test_one_without_words_is_refused_in_the_dialog(written: Desk, words: str) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "a", *words)
        assert "A follow-up needs some words that say what to do." in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LineDialog)
        await press(pilot, "escape")
    assert not written.file().exists()


async def test_a_new_due_date_is_confirmed_as_a_date(written: Desk) -> None:
    written.now = written.now.replace(day=16)
    async with written.open() as (pilot, _):
        # On a Monday, the next Friday is that of the same week.
        await press(pilot, "f7", "d", *"next friday", "enter")
        assert told(pilot) == "Due Fri 20 Nov."
        await press(pilot, "d", *"none", "enter")
        assert told(pilot) == "Removed the due date."


async def test_one_that_is_opened_again_has_no_reason_and_that_is_undone(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "x", *"gone", "enter")
        dropped = "- [-] Call Zoe due:2026-11-10 dropped:2026-11-20 – gone"
        assert dropped in text(written)
        await press(pilot, "space")
        assert text(written) == TEXT
        await press(pilot, "ctrl+z")
        assert dropped in text(written)


async def test_enter_opens_the_line(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await press(pilot, "f7", "down", "down", "enter")
        assert (write.session.day, write.editor.cursor_location[0]) == (DAY, 4)


async def test_the_list_is_filtered_by_a_search(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7", "slash", *"waiting:an")
        assert chosen(pilot) == "Budget" and "1 waiting" in painted(pilot.app)[0]
        await press(pilot, *"x rating:y")
        assert "isn't a number" in shown(pilot)
        await press(pilot, "escape")
        assert "1 late" in painted(pilot.app)[0] and not screen(pilot).query_one(Input).display
        await press(pilot, "slash", *"list", "enter", "space")
        assert "- [x] Send the list" in text(written)
        await press(pilot, "slash", *"xyz")
        assert "No follow-up matches" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, FollowUpsScreen)


async def test_a_line_that_changed_outside_is_not_touched(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        changed = TEXT.replace("Call Zoe", "Call Zoe and Ann")
        written.put(changed, DAY)
        await press(pilot, "space")
        assert text(written) == changed
        assert "nothing was changed" in told(pilot)
        assert "Call Zoe and Ann" in shown(pilot)


async def test_a_line_that_moved_is_found(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        moved = TEXT.replace("# Monday\n", "# Monday\n\nProse.\n\n- [ ] Another\n")
        written.put(moved, DAY)
        await press(pilot, "space")
        assert text(written) == moved.replace(
            "- [ ] Call Zoe due:2026-11-10", "- [x] Call Zoe due:2026-11-10 done:2026-11-20"
        )


async def test_a_change_of_the_open_page_is_seen_there(desk: Desk) -> None:
    desk.put("- [ ] a\n")
    async with desk.open() as (pilot, write):
        await press(pilot, "ctrl+end", "b", "f7", "space")
        assert text(desk, desk.today) == "- [x] a\nb"
        await press(pilot, "escape")
        assert write.editor.text == "- [x] a\nb" and not write.session.is_dirty


async def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await press(pilot, "f7")
        assert "There are no open follow-ups." in shown(pilot)
        assert "- [ ] Ask @colm for the list due:friday" in shown(pilot)
        await press(pilot, "space", "d", "w", "x", "enter", "up", "pagedown", "end", "tab")
        assert screen(pilot).is_shown
        await press(pilot, "a", *"One", "enter")
        assert chosen(pilot) == "One"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_may_not_be_written_is_named(written: Desk) -> None:
    folder = written.file(DAY).parent
    async with written.open() as (pilot, _):
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            await press(pilot, "f7", "space")
            assert told(pilot) and text(written) == TEXT
        finally:
            folder.chmod(stat.S_IRWXU)


async def test_an_entry_that_may_not_be_edited_is_left_alone(desk: Desk) -> None:
    desk.put("- [ ] caf\xe9\n".encode("latin-1"), DAY)
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "space")
        assert desk.file(DAY).read_bytes() == "- [ ] caf\xe9\n".encode("latin-1")
        assert told(pilot)


async def test_the_header_says_what_is_counted_if_there_is_room(desk: Desk) -> None:
    late = "".join(f"- [ ] {n} due:2026-11-03\n" for n in range(12))
    desk.put(f"# Day 15 – Friday 20 November 2026\n\n{late}")
    desk.put("# Day 99 of the course\n", date(2026, 11, 19))
    for columns, shown in ((80, ""), (100, "   workday 15")):
        async with desk.open(size=(columns, 24)) as (pilot, write):
            await settle(pilot)
            header = str(write.query_one(DayHeader).content)
            assert "12 late follow-ups f7   ◂ Thu 19  Sat 21 ▸" + shown in header
            assert "day 15" in header or not shown
            write.action_previous_day()
            await settle(pilot)
            assert "   day 99" in str(write.query_one(DayHeader).content), "another count"


async def test_the_header_counts_the_late_ones(written: Desk) -> None:
    async with written.open() as (pilot, write):
        assert "1 late follow-up f7" in str(write.query_one(DayHeader).content)
        await press(pilot, "f7", "space", "escape")
        assert "late" not in str(write.query_one(DayHeader).content)


@pytest.mark.parametrize(
    ("width", "said"),
    [(60, "1 late (f11)"), (80, "1 late follow-up f11"), (140, "1 late follow-up f11")],
)
async def test_the_header_says_what_is_late_where_there_is_room(
    written: Desk, width: int, said: str
) -> None:
    written.settings('[keys]\nfollow_ups = "f11"\n')
    async with written.open(size=(width, 24)) as (pilot, _):
        await settle(pilot)
        line = painted(pilot.app)[0]
        assert said in line and "Thu 19" in line and "Sat 21 ▸" in line


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (24, 6)])
async def test_rows_keep_to_the_window(desk: Desk, size: tuple[int, int]) -> None:
    words = "Ask about the old machines in the corner and 漢字 for the whole of the year " * 4
    lines = [f"- [ ] {words} {n} due:2026-11-{n:02} waiting:@ann,@bob" for n in range(1, 29)]
    desk.put("\n".join([*lines, "- [ ] \x1b[31mred [b]x[/b]", f"- [ ] {'x' * 300}"]), DAY)
    async with desk.open(size=size) as (pilot, _):
        await press(pilot, "f7")
        for key in ("down", "pagedown", "pagedown", "end", "up", "home", "tab", "shift+tab"):
            await press(pilot, key)
            lines = painted(pilot.app)
            assert all(cell_len(line) == size[0] for line in lines)
            assert any("▌" in line for line in lines), key
            assert "\x1b" not in "".join(lines)


async def test_thousands_are_listed(desk: Desk) -> None:
    for n in range(60):
        day = DAY - timedelta(n)
        desk.put("".join(f"- [ ] Task {n} {k} due:9999-12-31\n" for k in range(50)), day)
    async with desk.open() as (pilot, _):
        await press(pilot, "f7")
        assert "3,000 later" in painted(pilot.app)[0]
        await press(pilot, "end", "space")
        assert "2,999 later" in painted(pilot.app)[0]


async def test_a_click_selects_and_a_click_on_the_box_ticks(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        row = next(n for n, line in enumerate(painted(pilot.app)) if "Book the room" in line)
        await pilot.click(offset=(30, row))
        await settle(pilot)
        assert chosen(pilot) == "Book the room"
        row = next(n for n, line in enumerate(painted(pilot.app)) if "Tidy the depot" in line)
        await pilot.click(offset=(2, row))
        await settle(pilot)
        assert "- [x] Tidy the depot done:2026-11-20" in text(written)


async def test_dates_are_suggested_while_one_writes(desk: Desk) -> None:
    desk.put("- [ ] a")
    async with desk.open() as (pilot, write):
        await press(pilot, "ctrl+end", *" due:mon")
        assert "due:2026-11-23  Monday 23 November" in shown(pilot)
        await press(pilot, "tab")
        assert write.editor.text == "- [ ] a due:2026-11-23"


async def test_in_find_a_follow_up_shows_its_state_and_due_date(written: Desk) -> None:
    written.put("- [-] Paint it due:2026-11-30\n\n## Learning points\n\n- the colour\n")
    async with written.open(size=(80, 30)) as (pilot, _):
        await press(pilot, "ctrl+l", *"in:follow-ups")
        for row in (
            "☐ due 2026-11-10 Call Zoe", "☐ Tidy the depot", "☑ Ask Colm", "☒ Paint it",
        ):  # fmt: skip
            assert row in shown(pilot), row


async def test_in_find_a_follow_up_is_ticked(written: Desk) -> None:
    before = "- [ ] Tidy the depot"
    async with written.open() as (pilot, _):
        await press(pilot, "ctrl+l", *"is:open depot", "f12")
        assert text(written) == TEXT.replace(before, "- [x] Tidy the depot done:2026-11-20")
        await press(pilot, "ctrl+u", *"is:done depot", "f12")
        assert text(written) == TEXT
        await press(pilot, "ctrl+u", *"monday", "f12")
        assert "isn't a follow-up" in told(pilot)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 9, 30), "Wed 30 Sep"),
        (date(9999, 12, 31), "31 Dec 9999"),
        (date(1, 1, 1), "1 Jan 1"),
    ],
)
def test_a_day_fits_its_column(day: date, said: str) -> None:
    assert short_day(day, date(2026, 11, 20)) == said and len(said) <= rows.LEAD


async def test_help_has_the_keys_of_the_list(written: Desk) -> None:
    async with written.open(size=(100, 40)) as (pilot, _):
        await press(pilot, "f7", "f1")
        assert "Date – set its due date in" in shown(pilot)


@pytest.mark.usefixtures("held_worker")
async def test_a_list_that_was_read_before_a_change_does_not_replace_it(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with written.open() as (pilot, _):
        await press(pilot, "f7")
        follow_ups = screen(pilot).follow_ups
        read, go_on, calls = follow_ups.matching, threading.Event(), list[str]()

        def slow(words: str) -> tuple[list[FollowUp], str]:
            found = read(words)
            calls.append(words)
            if len(calls) == 1:
                go_on.wait(20)
            return found

        monkeypatch.setattr(follow_ups, "matching", slow)
        await pilot.press("slash", "escape")
        await wait_for(pilot, lambda: calls)
        await pilot.press("space")
        await wait_for(pilot, lambda: "[x] Call Zoe" in text(written))
        await wait_for(pilot, lambda: len(calls) > 1)
        go_on.set()
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert not any("Call Zoe" in row and "☐" in row for row in painted(pilot.app))


@pytest.mark.usefixtures("held_worker")
async def test_a_list_that_is_read_again_during_a_tick_has_the_cursor_on_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("- [ ] one of them\n- [ ] two of them\n")
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "slash", *"them", "enter")
        follow_ups = screen(pilot).follow_ups
        read, go_on, calls = follow_ups.matching, threading.Event(), list[str]()

        def slow(words: str) -> tuple[list[FollowUp], str]:
            calls.append(words)
            go_on.wait(20)
            return read(words)

        monkeypatch.setattr(follow_ups, "matching", slow)
        await pilot.press("space")
        await wait_for(pilot, lambda: calls)
        # The index has found that another program wrote something.
        screen(pilot).index_changed()
        go_on.set()
        await wait_for(pilot, lambda: len(calls) > 1 and chosen(pilot) == "two of them")


async def test_the_first_follow_up_of_all_has_the_keys(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await press(pilot, "f7", "a", *"Ring Ann", "enter")
        assert chosen(pilot) == "Ring Ann" and screen(pilot).list.has_focus
        await press(pilot, "space")
        assert "- [x] Ring Ann" in text(desk, desk.today)


async def test_a_tick_says_what_was_done_and_the_last_one_can_be_opened_again(desk: Desk) -> None:
    desk.put("# T\n\n- [ ] One due:2026-11-19\n- [x] Old due:2026-11-18 done:2026-11-19\n")
    async with desk.open() as (pilot, _):
        await settle(pilot)
        await pilot.press("f7")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert told(pilot) == "Ticked “One”. To undo it, press ctrl+z."
        await pilot.press("space")
        await settle(pilot)
        text = desk.file().read_text()
        assert "- [ ] One" in text and "- [x] Old" in text


@pytest.mark.parametrize("typed", ["/xa", "/ ", "/dq"])
async def test_letters_in_one_piece_with_the_filters_key_are_not_commands(
    desk: Desk, typed: str
) -> None:
    text = "# T\n\n- [ ] One due:2026-11-19\n"
    desk.put(text)
    async with desk.open() as (pilot, _):
        await settle(pilot)
        await pilot.press("f7")
        await settle(pilot)
        for character in typed:
            key = {"/": "slash", " ": "space"}.get(character, character)
            pilot.app.post_message(Key(key, character))
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, FollowUpsScreen)
        assert sorted(screen.filter.value) == sorted(typed[1:])
        assert desk.file().read_text() == text
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "- [x] One" in desk.file().read_text()


async def test_escape_leads_from_a_follow_up_back_to_the_list(desk: Desk) -> None:
    desk.put("# T\n\n- [ ] One due:2026-11-18\n- [ ] Two due:2026-11-19\n")
    async with desk.open(size=(60, 20)) as (pilot, write):
        await pilot.press("f7")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.editor.cursor_location[0] == 3
        keys = painted(pilot.app)[-1]
        assert keys.startswith("esc Back") and keys.rstrip().endswith("f1 Help")
        await pilot.press("escape")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, FollowUpsScreen)
        assert screen.list.chosen and screen.list.chosen.text == "Two"
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and "esc" not in painted(pilot.app)[-1]
