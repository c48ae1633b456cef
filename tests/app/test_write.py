"""Writing the day: the template, the draft, the file, points and ratings, the status line."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.search_panel import SearchPanel
from journal_tui.app.write import read_view
from journal_tui.app.write import screen as write_screen
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.dialogs import PointDialog, RatingDialog
from journal_tui.app.write.read_view import ReadView
from journal_tui.app.write.screen import WriteScreen
from journal_tui.app.write.side_panel import SidePanel
from journal_tui.app.write.status_line import StatusLine
from journal_tui.errors import SaveError
from journal_tui.library.library import Library
from journal_tui.session import SaveState
from tests.app.app_fixture import Desk, painted, settle, told

SIZES = [(60, 20), (80, 24), (140, 40)]
TEMPLATE = "# Day 15 – Friday 20 November 2026\n\n\n\n## Learning points\n\n- \n\nEnjoyment: \n"
ENTRY = (
    "# Day 15 – Friday 20 November 2026\n\nA long *day*.\n\n## Learning points\n\n"
    "- ask first\n\nEnjoyment: 7/10 – fine\n"
)


def status(screen: WriteScreen) -> StatusLine:
    return screen.query_one(StatusLine)


def rows(pilot: Pilot[None]) -> list[str]:
    """The screen as lines of text."""
    return painted(pilot.app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_waits_in_the_prose_and_looking_makes_no_file(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size=size) as (pilot, write):
        assert write.editor.text == TEMPLATE
        assert write.editor.has_focus
        assert write.editor.cursor_location == (2, 0)
        assert status(write).status.saved is SaveState.NEW
        await pilot.press("down", "up", "f2", "f2", "ctrl+s", "ctrl+q")
        assert pilot.app.return_code == 0
    assert not list(desk.root.rglob("*.md"))
    assert desk.drafts() == []


async def test_the_first_letter_is_on_the_disk_before_anything_is_saved(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("H")
        assert desk.drafts() == [TEMPLATE.replace("\n\n\n\n", "\n\nH\n\n", 1)]
        assert not desk.file().exists()
        assert write.save()
        assert desk.drafts() == []
        assert desk.file().read_text() == TEMPLATE.replace("\n\n\n\n", "\n\nH\n\n", 1)
        assert desk.file().stat().st_mode & 0o777 == 0o600
        assert status(write).status.saved is SaveState.SAVED
        assert status(write).status.at == desk.now.time()


async def test_undo_back_to_the_template_makes_no_file_and_redo_is_kept_again(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("H")
        await pilot.press("ctrl+z")
        assert write.editor.text == TEMPLATE
        assert desk.drafts() == []
        assert write.save()
        assert not desk.file().exists()
        await pilot.press("ctrl+y")
        assert len(desk.drafts()) == 1 and "\n\nH\n\n" in desk.drafts()[0]


@pytest.mark.parametrize("way", ["ctrl+s", "autosave", "blur", "alt+left", "ctrl+q", "ctrl+l"])
async def test_every_way_of_saving(desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    if way == "autosave":
        monkeypatch.setattr(write_screen, "AUTOSAVE_SECONDS", 0.05)
    async with desk.open() as (pilot, write):
        write.editor.insert("Held the line. ")
        if way == "autosave":
            for _ in range(500):
                await pilot.pause(0.01)
                if desk.file().exists():
                    break
        elif way == "blur":
            pilot.app.app_focus = True
            from textual.events import AppBlur

            pilot.app.post_message(AppBlur())
        else:
            await pilot.press(way)
        await pilot.pause()
        assert "Held the line. " in desk.file().read_text()
        assert desk.drafts() == []


async def test_what_the_screen_has_not_heard_of_yet_is_saved_too(desk: Desk) -> None:
    async with desk.open() as (_, write):
        write.editor.insert("typed in this very moment")
        write.go(date(2026, 11, 19))
        assert "typed in this very moment" in desk.file().read_text()


async def test_the_index_learns_of_a_save(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.editor.insert("With @colm about #trust.")
        write.save()
        await settle(pilot)
        assert write.journal.mentions.complete("#tr") == ["#trust"]
        assert [hit.day for hit in write.journal.find("trust")] == [desk.today]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("reading", [False, True])
async def test_a_point_from_anywhere_is_one_step_in_the_text_alone(
    desk: Desk, size: tuple[int, int], reading: bool
) -> None:
    desk.put(ENTRY)
    async with desk.open(size=size) as (pilot, write):
        if reading:
            await pilot.press("f2")
        await pilot.press("ctrl+n", *"count to five", "enter")
        changed = ENTRY.replace("- ask first\n", "- ask first\n- count to five\n")
        assert write.editor.text == changed
        assert desk.file().read_text() == ENTRY
        if reading:
            assert write.read_view is not None
            await pilot.press("f2")
        await pilot.press("ctrl+z")
        assert write.editor.text == ENTRY


@pytest.mark.parametrize("key", ["ctrl+n", "f11"])
async def test_the_key_in_the_dialog_adds_the_point_and_begins_the_next(
    desk: Desk, key: str
) -> None:
    desk.put(ENTRY)
    if key != "ctrl+n":
        desk.settings(f'[keys]\npoint = "{key}"\n')
    async with desk.open(size=(60, 20)) as (pilot, write):
        await pilot.press(key, *"count to five")
        assert f"{key} Add and write another" in "\n".join(painted(pilot.app))
        await pilot.press(key, key)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PointDialog)
        shown = "\n".join(painted(pilot.app))
        assert "1 point added" in shown and "esc Close" in shown
        await pilot.press(*"wait", key, *"not this one", "escape")
        await settle(pilot)
        added = "- ask first\n- count to five\n- wait\n"
        assert write.editor.text == ENTRY.replace("- ask first\n", added)
        assert write.save() and desk.drafts() == []
        await pilot.press("ctrl+z")
        assert write.editor.text == ENTRY.replace("- ask first\n", "- ask first\n- count to five\n")


async def test_a_pasted_list_is_added_as_points_in_one_step(desk: Desk) -> None:
    from textual.events import Paste

    desk.put(ENTRY)
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+n")
        focused = pilot.app.focused
        assert focused
        focused.post_message(Paste("1. count\n2. wait\n"))
        await pilot.pause()
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "2 points added" in "\n".join(painted(pilot.app))
        await pilot.press("escape")
        await settle(pilot)
        added = ENTRY.replace("- ask first\n", "- ask first\n- count\n- wait\n")
        assert write.editor.text == added
        await pilot.press("ctrl+z")
        assert write.editor.text == ENTRY


async def test_a_point_that_was_taken_back_is_not_saved_when_one_quits(desk: Desk) -> None:
    file = desk.put(ENTRY)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+n", "x", "backspace", "ctrl+q")
        await settle(pilot)
    assert file.read_text() == ENTRY and desk.drafts() == []


async def test_a_rating_is_one_step_and_keeps_the_remark(desk: Desk) -> None:
    desk.put(ENTRY)
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+r", "9", "enter")
        assert "Enjoyment: 9/10 – fine\n" in write.editor.text
        assert desk.file().read_text() == ENTRY
        await pilot.press("ctrl+z")
        assert write.editor.text == ENTRY
        await pilot.press("ctrl+r", "escape")
        assert write.editor.text == ENTRY


async def test_rating_the_template_fills_its_line(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+r", *"7.5 long", "enter")
        assert "\nEnjoyment: 7.5/10 – long\n" in write.editor.text
        await pilot.press("ctrl+n", *"rest", "enter")
        assert "\n\n- rest\n\n" in write.editor.text


async def test_the_status_line_counts_what_the_text_says(desk: Desk) -> None:
    desk.put(ENTRY.replace("7/10", "11/10"))
    async with desk.open() as (pilot, write):
        said = status(write).status
        assert (said.saved, said.points, said.rating) == (SaveState.SAVED, 1, None)
        assert len(said.problems) == 1
        await pilot.press("f10")
        assert any("Line 9:" in row for row in rows(pilot))
        await pilot.press("escape", "ctrl+home", *"ab")
        write.update_status()
        said = status(write).status
        assert (said.saved, said.line, said.column) == (SaveState.CHANGED, 1, 3)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_and_last_line_say_day_and_keys(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size=size) as (pilot, write):
        head, foot = rows(pilot)[0], rows(pilot)[-1]
        assert "Fri 20 Nov 2026 today" in head and "day 15" in head
        for label in ("Save", "Find", "Point", "Rate"):
            assert label in foot
        shown = [key for key in write.query_one(Footer).query("FooterKey") if key.display]
        keys = [key.region for key in shown]
        assert ("Notes" in foot, "Help" in foot) == (size[0] > 60, True)
        assert keys and all(region.right <= size[0] and region.width for region in keys)
        assert foot.rstrip().endswith("Help")


async def test_panels_come_and_go_with_the_width(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        assert write.query(SidePanel) and write.query(SearchPanel)
        await pilot.press("x")
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert write.query(SidePanel) and not write.query(SearchPanel)
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert not write.query(SidePanel) and write.editor.has_focus
        await pilot.resize_terminal(131, 30)
        await settle(pilot)
        assert write.query(SidePanel) and write.query(SearchPanel)
        assert write.query_one("#page").size.width <= 88


async def test_escape_leads_back_to_the_text(desk: Desk) -> None:
    async with desk.open(size=(140, 40)) as (pilot, write):
        write.query_one(SearchPanel).focus_line()
        await pilot.press(*"grt?/")
        assert write.query_one(SearchPanel).words == "grt?/"
        await pilot.press("escape")
        assert write.editor.has_focus
        await pilot.press("f2", "escape")
        assert write.editor.has_focus and write.editor.display


async def test_letters_type_while_writing_and_few_keys_act_while_reading(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_view, "BURST_SECONDS", 0)
    desk.put(ENTRY)
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+home", *"rgtehl/?")
        await pilot.press("left_square_bracket", "right_square_bracket")
        assert write.editor.text == "rgtehl/?[]" + ENTRY
        await pilot.press("f2")
        assert isinstance(pilot.app.focused, ReadView)
        await pilot.press("left")
        assert write.session.day == date(2026, 11, 19)
        await pilot.press("right", "ctrl+r")
        assert isinstance(pilot.app.screen, RatingDialog)
        await pilot.press("escape", "slash")
        assert pilot.app.screen.query_one(SearchPanel)
        await pilot.press("escape", "e")
        assert write.editor.has_focus


async def test_completion_offers_what_the_index_knows(desk: Desk) -> None:
    desk.put("# A\n\nWith @colm and @cora about #planning and #planning.\n", date(2026, 11, 19))
    async with desk.open() as (pilot, write):
        await pilot.press(*"saw @co")
        popup = write.editor.completion
        assert popup is not None and sorted(popup.candidates) == ["@colm", "@cora"]
        first = popup.candidates[0]
        await pilot.press("tab", *" #pl", "enter")
        assert f"saw {first} #planning\n" in write.editor.text


async def test_a_save_that_fails_keeps_the_text_and_quitting_asks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveError("The disk is full: nothing was saved. Make room and save again.")

    async with desk.open() as (pilot, write):
        await pilot.press(*"dear")
        monkeypatch.setattr(Library, "save", full)
        await pilot.press("ctrl+s")
        assert "The disk is full" in told(pilot)
        assert status(write).status.saved is SaveState.FAILED
        await pilot.press("alt+left")
        assert write.session.day == desk.today
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert sum(screen.is_modal for screen in pilot.app.screen_stack) == 1
        await pilot.press("s")
        await pilot.pause()
        assert pilot.app.screen is write and "dear" in write.editor.text
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert pilot.app.return_code == 0
    assert len(desk.drafts()) == 1 and "dear" in desk.drafts()[0]
    monkeypatch.undo()
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert "dear" in desk.file().read_text() and "dear" in write.editor.text


async def test_quitting_after_the_disk_has_room_again_saves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveError("The disk is full.")

    async with desk.open() as (pilot, _):
        await pilot.press(*"dear")
        with monkeypatch.context() as patch:
            patch.setattr(Library, "save", full)
            await pilot.press("ctrl+q")
            await pilot.pause()
            await pilot.press("s")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert "dear" in desk.file().read_text()


async def test_midnight_changes_neither_day_nor_file(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press(*"late")
        desk.now = desk.now.replace(day=21, hour=0, minute=10)
        write.check_for_changes()
        await pilot.press(*" night", "ctrl+s")
        assert write.session.day == date(2026, 11, 20)
        assert "late night" in desk.file(date(2026, 11, 20)).read_text()
        assert not desk.file(date(2026, 11, 21)).exists()
        assert "today" not in str(write.query_one(DayHeader).content)
        await pilot.press("ctrl+t")
        assert write.session.day == date(2026, 11, 21)
        assert "today" in str(write.query_one(DayHeader).content)


async def test_the_lines_of_dialogs_are_not_text_of_the_entry(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+n", *"abc")
        assert isinstance(pilot.app.screen, PointDialog)
        await pilot.press("escape", "ctrl+g", *"xyz")
        assert pilot.app.screen.query_one(SingleLineInput).value == "xyz"
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("escape")
        assert write.editor.text == TEMPLATE and desk.drafts() == []


@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+r", "f12", "f10"])
async def test_what_would_read_a_very_large_text_says_why_it_does_not(desk: Desk, key: str) -> None:
    text = "# A day\n\n- [ ] call\n" + "- point\n" * 5_001
    desk.put(text)
    async with desk.open() as (pilot, write):
        write.editor.move_cursor((2, 0))
        await pilot.press(key)
        assert "too large" in told(pilot)
        assert pilot.app.screen is write
        assert write.editor.text == text
