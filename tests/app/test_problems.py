"""The problems of an entry: how the status line names their key, and where each one leads."""

import pytest
from textual.widgets import OptionList

from journal_tui.app.screens.conflict import ConflictScreen
from journal_tui.app.screens.history import load_versions
from journal_tui.app.write.dialogs import ProblemsDialog
from journal_tui.app.write.status_line import StatusLine
from tests.app.app_fixture import Desk, painted, settle, told

ENTRY = "# A day\n\nWords.\n\n- [ ] call due:2026-02-30\n\nEnjoyment: 11/10\n"
SIZES = [(60, 20), (80, 24), (140, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_status_line_names_the_key_and_enter_goes_to_the_line(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.put(ENTRY)
    async with desk.open(size=size) as (pilot, write):
        line = write.query_one(StatusLine).render_line(0).text
        assert "! 2 problems (f10)" in line
        await pilot.press("f10")
        dialog = pilot.app.screen
        assert isinstance(dialog, ProblemsDialog)
        assert any("Line 5: " in row for row in painted(pilot.app))
        assert dialog.query_one(".frame").outer_size.height <= 10
        await pilot.press("down", "enter")
        assert pilot.app.screen is write and write.editor.has_focus
        assert write.editor.cursor_location[0] == 6


async def test_what_check_says_of_the_text_is_listed_too(desk: Desk) -> None:
    desk.put("# A day\n\nOne \u2066two.\n")
    async with desk.open() as (pilot, write):
        write.update_status()
        await pilot.press("f10")
        assert isinstance(pilot.app.screen, ProblemsDialog)
        assert any("Line 3: a control character (U+2066)" in row for row in painted(pilot.app))


async def test_a_key_from_the_settings_is_the_one_that_is_named(desk: Desk) -> None:
    desk.settings('[keys]\nproblems = "f11"\n')
    desk.put(ENTRY)
    async with desk.open() as (pilot, write):
        write.update_status()
        assert "(f11)" in write.query_one(StatusLine).render_line(0).text
        await pilot.press("f11")
        assert isinstance(pilot.app.screen, ProblemsDialog)


async def test_without_problems_a_sentence_says_so_once(desk: Desk) -> None:
    desk.put("# A day\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f10", "f10")
        assert pilot.app.screen is write
        assert told(pilot) == "There are no problems in this entry."


async def test_a_copy_beside_the_entry_stays_marked_and_enter_compares_it(desk: Desk) -> None:
    desk.put("# A day\n\nTheirs.\n")
    copy = desk.put("# A day\n\nMine.\n", rest="-mine-125816")
    desk.put("# Another day\n", desk.today.replace(day=19), "-mine-125816")
    async with desk.open(size=(140, 40)) as (pilot, write):
        line = write.query_one(StatusLine).render_line(0).text
        assert f"! 1 problem (f10): Another copy of this entry is in {copy.name}." in line
        await pilot.press("f10", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ConflictScreen)
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.screen.query_one(OptionList).option_count == 1
        await pilot.press("escape")
        await settle(pilot)
        assert "problem" not in write.query_one(StatusLine).render_line(0).text


async def test_a_copy_that_goes_while_problems_are_listed_is_no_longer_marked(desk: Desk) -> None:
    desk.put("# A day\n")
    copy = desk.put("# A day\n\nMine.\n", rest="-mine-125816")
    desk.file(rest="-mine-125817").mkdir()
    async with desk.open(size=(140, 40)) as (pilot, write):
        assert "! 1 problem (f10)" in write.query_one(StatusLine).render_line(0).text
        await pilot.press("f10")
        copy.unlink()
        await pilot.press("enter")
        await settle(pilot)
        assert "There are no conflict copies." in told(pilot)
        assert "problem" not in write.query_one(StatusLine).render_line(0).text


async def test_a_line_that_goes_while_problems_are_listed_leads_to_the_last(desk: Desk) -> None:
    file = desk.put(ENTRY)
    async with desk.open() as (pilot, write):
        await pilot.press("f10")
        file.write_text("# A day\n")
        write.check_file()
        await pilot.press("down", "enter")
        assert pilot.app.screen is write and write.editor.has_focus
        assert write.editor.text == "# A day\n" and write.editor.cursor_location[0] <= 1


def leave_draft_of_changed_line(desk: Desk) -> None:
    """Leave a draft of a line that has changed in the file since."""
    base = "# A day\n\nOne.\n"
    desk.put(base)
    desk.leave_draft(base.replace("One", "Mine"), base)
    desk.put(base.replace("One", "Typed since"))


async def test_restoring_beside_a_changed_line_is_one_message_and_a_lasting_mark(
    desk: Desk,
) -> None:
    leave_draft_of_changed_line(desk)
    async with desk.open(size=(140, 40)) as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert told(pilot) == (
            "The same lines of Friday 20 November 2026 have changed since, so your text is in a "
            "copy beside it. To compare them, press f10."
        )
        await pilot.press("alt+left", "alt+right")
        await settle(pilot)
        assert "Another copy of this entry" in write.query_one(StatusLine).render_line(0).text


async def test_messages_name_the_keys_that_the_settings_give(desk: Desk) -> None:
    desk.settings('[keys]\nproblems = "f11"\nsave = "insert"\nquit = "ctrl+backslash"\n')
    leave_draft_of_changed_line(desk)
    async with desk.open(size=(140, 40)) as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert "To compare them, press f11." in told(pilot)
        desk.file().unlink()
        write.check_file()
        await settle(pilot)
        assert "Press insert to write it again." in told(pilot)
        await pilot.app.run_action("help_quit")
        await settle(pilot)
        assert "press ctrl+\\;" in told(pilot)


async def test_a_postponed_draft_of_the_day_that_is_open_comes_back_on_going_there(
    desk: Desk,
) -> None:
    desk.leave_draft("# A day\n\nTyped.\n")
    async with desk.open() as (pilot, write):
        await pilot.press("escape")
        assert "asks again when you open that day" in told(pilot)
        assert pilot.app.screen is write
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert pilot.app.screen is not write
        await pilot.press("r")
        await settle(pilot)
        assert "Typed." in write.editor.text


@pytest.mark.painted
async def test_the_first_paint_says_how_an_existing_entry_is(desk: Desk) -> None:
    desk.put("# A day\n\nWords.\n")
    from journal_tui.app.app import JournalApp

    app = JournalApp(desk.journal(), None)
    seen = []
    shown = StatusLine.render_line

    def note(self: StatusLine, y: int) -> object:
        drawn = shown(self, y)
        seen.append(drawn.text)
        return drawn

    StatusLine.render_line = note  # type: ignore[method-assign, assignment]
    try:
        async with app.run_test() as pilot:
            await settle(pilot)
    finally:
        StatusLine.render_line = shown  # type: ignore[method-assign]
    assert seen and not any("nothing written yet" in line for line in seen)


async def test_words_are_counted_alike_on_the_page_in_find_and_in_earlier_versions(
    desk: Desk,
) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press(*"A second try.")
        write.update_status()
        assert write.query_one(StatusLine).status.words == 3
        await pilot.press("ctrl+r", "8", "enter", "ctrl+s")
        await settle(pilot)
        assert write.query_one(StatusLine).status.words == 5
        kept = load_versions(write.journal, write.session.path, desk.today)
        assert [version.words for version in kept] == [5]
        await pilot.press("ctrl+l", *"words:5", "f3")
        await settle(pilot)
        assert any("1 day " in row for row in painted(pilot.app))
