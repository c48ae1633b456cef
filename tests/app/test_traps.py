"""The traps of Textual that were found beforehand, and the test that each one has.

| trap | test |
|---|---|
| ESC, OSC and C1 of the text reach the terminal | test_editor_screen.py::test_no_control_character_reaches_the_terminal |
| … in any other widget | test_read_view.py::test_the_day_as_a_page, test_find.py::test_no_escape_of_a_point_reaches_the_screen, test_dialogs.py::test_every_dialog_fits_cancels_and_shows_no_control, test_result_list.py::test_controls_and_wide_characters_leave_the_columns_in_place |
| … in the bytes that are sent | ../terminal/test_terminal.py::test_no_text_reaches_the_terminal_as_a_code |
| … in a notification | test_a_notification_is_neither_markup_nor_a_terminal_code |
| … by an HTML entity | test_read_view.py::test_entities_and_links_carry_no_control_character |
| journal text taken for markup | test_editor_screen.py::test_markup_is_text, test_a_notification_is_neither_markup_nor_a_terminal_code |
| lines split at U+2028 and others, newlines unified | test_editor.py::test_only_newlines_end_a_line_and_the_bytes_come_back, test_session.py::test_opened_and_closed_changes_no_byte_and_one_edit_one_line, test_write_outside.py::test_looking_changes_no_byte_and_one_edit_one_line |
| loading a text wipes undo, cursor and scroll | test_editor.py::test_an_edit_by_the_program_is_one_step_and_keeps_the_cursor, test_editor.py::test_taking_in_a_change_from_elsewhere |
| only 50 checkpoints | test_editor.py::test_more_than_fifty_steps_can_be_undone |
| colours of whole lines only, and slow | test_editor_screen.py::test_a_painted_line_is_drawn_as_textual_draws_it |
| thousands of rows | test_result_list.py::test_ten_thousand_rows_cost_what_ten_do |
| Markdown drops raw HTML and boxes | test_read_view.py::test_the_day_as_a_page |
| SIGTERM and SIGHUP end without unmount | ../terminal/test_terminal.py::test_a_signal_saves_and_ends_in_order, ../terminal/test_terminal.py::test_a_closed_window_saves |
| a signal before all is painted | ../terminal/test_terminal.py::test_a_signal_is_heard_before_the_first_paint |
| widgets gone while unmounting | test_the_text_outlives_its_widgets |
| a crash prints locals and exits 0 | test_a_crash_keeps_the_draft_and_tells_no_text, ../terminal/test_terminal.py::test_a_fault_tells_where_and_never_what |
| blank after fg | ../terminal/test_terminal.py::test_after_a_suspension_the_screen_is_drawn_again |
| ctrl+z is undo | test_write.py::test_undo_back_to_the_template_makes_no_file_and_redo_is_kept_again |
| alt+letter types its letter | test_editor_keys.py::test_an_alt_key_types_nothing_and_reaches_the_app |
| ANSI themes lack variables | test_write_app.py::test_every_theme_shows_every_screen, test_write_app.py::test_from_theme_to_theme_while_a_dialog_is_open |
| keys that terminals cannot tell apart | test_write_app.py::test_no_key_that_terminals_cannot_tell_or_that_writing_needs, test_editor_keys.py::test_no_key_that_terminals_cannot_tell_or_that_others_own |
| keymap keys that TextArea owns | test_write_app.py::test_keys_that_cannot_work_are_named |
| waiting for a dialog stops the message loop | test_write.py::test_a_save_that_fails_keeps_the_text_and_quitting_asks |
| AppBlur reaches the app alone | test_write.py::test_every_way_of_saving |
| call_from_thread waits for a loop that has ended | test_write_app.py::test_leaving_does_not_wait_for_the_index |
| a signal of a node that runs no more | test_write_app.py::test_leaving_does_not_wait_for_the_index |
| textual-serve | test_the_web_server_is_not_shipped |
"""

import asyncio
import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from textual.binding import Binding

from journal_tui.app import app as app_module
from journal_tui.app.app import JournalApp
from journal_tui.app.write.screen import WriteScreen
from journal_tui.app.write.status_line import StatusLine
from tests.app.app_fixture import Desk, painted, settle, told, write_screen

NASTY = "[red]a[/red] [@click=app.quit]b[/] \x1b]0;x\x07 \x9b31m \u202ec"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
HERE = Path(__file__).parent
APP = Path(str(app_module.__file__)).parent


def test_every_trap_has_the_test_that_is_named() -> None:
    rows = [row.split("|") for row in (__doc__ or "").splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 20
    for _, trap, tests, _ in rows:
        for name in tests.split(","):
            file, _, test = name.strip().rpartition("::")
            source = (HERE / (file or Path(__file__).name)).read_text("utf-8")
            assert re.search(rf"^(async )?def {test}\(", source, re.MULTILINE), (trap, name)


async def test_a_notification_is_neither_markup_nor_a_terminal_code(desk: Desk) -> None:
    app = JournalApp(desk.journal())
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        write_screen(pilot).tell(NASTY)
        pilot.app.notify(NASTY, title="t", severity="error")
        await settle(pilot)
        shown = "\n".join(painted(pilot.app))
        assert "[red]a[/red]" in shown and "[@click=app.quit]" in shown, shown
        assert not UNSAFE.search(shown) and not UNSAFE.search(told(pilot))


async def test_the_text_outlives_its_widgets(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press(*"kept")
        text = write.editor.text
        session = write.session
        # The count that follows a pause in the typing is done; it needs the status line.
        for _ in range(1_000):
            if write.query_one(StatusLine).status.words:
                break
            await pilot.pause(0.01)
        assert write.query_one(StatusLine).status.words > 0
        await write.remove_children()
        await pilot.pause()
        assert not write.query("Editor")
        assert session.text == text and desk.drafts() == [text]


async def test_a_crash_keeps_the_draft_and_tells_no_text(desk: Desk) -> None:
    class Crashing(JournalApp):
        CSS_PATH = [APP / str(name) for name in JournalApp.CSS_PATH]  # noqa: RUF012
        BINDINGS = [Binding("f12", "crash", priority=True)]  # noqa: RUF012

        def action_crash(self) -> None:
            screen = self.screen
            assert isinstance(screen, WriteScreen)
            raise KeyError(screen.editor.text)

    app = Crashing(desk.journal())
    said = io.StringIO()
    app.error_console = Console(file=said, width=100)

    async def crash() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press(*"zebras", "f12")
            await asyncio.wait_for(pilot.pause(), 10)

    with pytest.raises(KeyError):
        await crash()
    assert app.return_code == 1
    assert len(desk.drafts()) == 1 and "zebras" in desk.drafts()[0]
    assert "went wrong in it: KeyError" in said.getvalue()
    assert "zebras" not in said.getvalue() and "Traceback" not in said.getvalue()
    assert not desk.file().exists()


def test_the_web_server_is_not_shipped() -> None:
    assert "textual-serve" not in (HERE.parents[1] / "pyproject.toml").read_text("utf-8")
