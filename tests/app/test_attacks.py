"""When all goes wrong at once: what is said about the text is true."""

import errno
import os
from pathlib import Path

import pytest
from textual.widgets import Markdown, OptionList, Static

from journal_tui.app.screens.dialog import ChoiceDialog
from tests.app.app_fixture import Desk, settle, told

pytestmark = pytest.mark.painted

TEXT = "# Day\n\nHello"


def no_room(patch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Nothing more can be written below these folders."""
    really = os.open

    def refuse(name: "str | Path", flags: int, *rest: int, **more: int) -> int:
        if flags & os.O_CREAT and any(Path(name).is_relative_to(folder) for folder in folders):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(name))
        return really(name, flags, *rest, **more)

    patch.setattr(os, "open", refuse)


def asked(dialog: object) -> str:
    """All that a dialog with choices says."""
    assert isinstance(dialog, ChoiceDialog)
    options = dialog.query_one(OptionList).options
    said = [str(static.render()) for static in dialog.query(Static)]
    return "\n".join([*said, *(str(option.prompt) for option in options)])


async def test_no_draft_is_promised_if_none_can_be_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        no_room(monkeypatch, desk.root, desk.state / "drafts")
        await pilot.press("end", "x")
        assert not write.save()
        await pilot.pause()
        assert "The disk is full" in told(pilot)
        assert "kept as a draft" not in told(pilot)
        assert "The draft cannot be saved: No space left on device." in told(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
        said = asked(pilot.app.screen)
        assert "The disk is full" in said
        assert "draft for next time" not in said
        assert "lose" in said
        # There is room again: the next try says so.
        monkeypatch.undo()
        no_room(monkeypatch, desk.root)
        await pilot.press("escape")
        assert not write.save()
        await pilot.pause()
        assert "Your text is kept as a draft." in told(pilot)
        assert [text.replace("x", "") for text in desk.drafts()] == [TEXT]


async def test_the_question_whether_to_leave_is_not_covered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, _):
        no_room(monkeypatch, desk.root)
        await pilot.press("end", "x", "ctrl+s", "ctrl+s", "ctrl+q")
        await pilot.pause()
        assert "The disk is full" in asked(pilot.app.screen)
        assert told(pilot) == ""


async def test_a_failed_save_is_no_longer_told_after_one_that_worked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.put(TEXT)
    printed: list[object] = []
    async with desk.open() as (pilot, write):
        with monkeypatch.context() as patch:
            no_room(patch, desk.root)
            await pilot.press("end", "x", "ctrl+s")
            await pilot.pause()
            assert "The disk is full" in told(pilot)
            # The message of the second try is held back, because a dialog is open.
            await pilot.press("ctrl+r")
            await settle(pilot)
            write.save_in_passing()
            await pilot.pause()
        monkeypatch.setattr(pilot.app, "exit", lambda message: printed.append(message))
        await pilot.press("ctrl+q")
        await settle(pilot)
        assert printed == [None] and "x" in file.read_text()
        assert told(pilot) == ""


async def test_a_file_that_went_away_with_its_disk_is_kept_as_a_draft(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        file.unlink()
        file.parent.rmdir()
        desk.root.rename(desk.root.with_name("away"))
        await pilot.press("ctrl+s")
        assert "Your text is kept as a draft." in told(pilot)
        assert desk.drafts() == [TEXT]
        assert not write.save()
        assert desk.drafts() == [TEXT]


async def test_reading_what_cannot_be_read_says_why(desk: Desk) -> None:
    with open(desk.put(""), "r+b") as file:
        file.truncate(9_000_000)
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert "too large for an entry" in write.query_one(Markdown).source
        assert "Nothing written" not in write.query_one(Markdown).source


async def test_a_restored_text_is_not_reported_as_a_change_by_another_program(desk: Desk) -> None:
    desk.put(TEXT)
    desk.leave_draft(f"{TEXT} again", TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("r")
        await settle(pilot)
        assert write.editor.text == f"{TEXT} again"
        assert "Another program" not in told(pilot)


async def test_a_page_of_thousands_of_lines_does_not_hold_up_the_app(desk: Desk) -> None:
    desk.put("# Long\n\n" + "".join(f"- line {number}\n" for number in range(2_000)))
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        view = write.read_view
        assert view is not None
        assert len(list(view.query("*"))) < 1_000
        assert "1,803 more lines" in str(view.query_one("#rest", Static).render())
        await pilot.press("f2", "ctrl+home", "x")
        assert write.editor.text.startswith("x# Long")
        write.editor.load_text("# Short")
        await pilot.press("f2")
        await settle(pilot)
        assert not view.query_one("#rest").display


async def test_an_unknown_theme_is_reported(desk: Desk) -> None:
    desk.settings('theme = "bo\\u001bgus"\n')
    async with desk.open() as (pilot, _):
        assert "There is no theme called “bo␛gus”" in told(pilot)


async def test_messages_name_the_key_that_the_settings_have(desk: Desk) -> None:
    desk.settings('theme = "none"\n[keys]\ncommand_palette = "f11"\n')
    desk.put("# Day\n")
    desk.put("# Day\n\nMine\n", rest=" 2")
    async with desk.open() as (pilot, write):
        assert "To see the themes, press f11 and choose “Theme”." in told(pilot)
        assert "1 conflict copy needs attention: press f11 and choose “Conflicts”." in told(pilot)
        write.action_delete()
        await pilot.pause()
        await pilot.press("d")
        await settle(pilot)
        assert "30 days: press f11 and choose “Trash”." in told(pilot)
