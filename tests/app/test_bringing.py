"""Earlier versions, deletion, the trash and saving elsewhere: nothing that was written is gone."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.screens.history import HistoryScreen
from journal_tui.app.screens.trash import TrashScreen
from journal_tui.app.widgets.humanize import moments_ago
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.text_view import TextView
from journal_tui.app.write.dialogs import FolderDialog
from journal_tui.app.write.screen import WriteScreen
from journal_tui.errors import SaveError
from journal_tui.library.library import Library
from journal_tui.session import SaveState
from tests.app.app_fixture import Desk, settle, told

TEXT = "# A day\n\nfirst\n\n## Learning points\n\n- one\n"
SIZES = [(60, 20), (80, 24), (140, 40)]


def versions(desk: Desk, *texts: str) -> Path:
    """A day that was saved so, one version an hour."""
    for text in texts:
        journal = desk.journal()
        journal.save(journal.open(desk.today), text)
        desk.now += timedelta(hours=1)
    return desk.file()


def rows(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one(OptionList).options
    return [" ".join(str(option.prompt).split()) for option in options]


def shown(pilot: Pilot[None]) -> list[str]:
    view = pilot.app.screen.query_one(TextView)
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


@pytest.mark.parametrize("size", SIZES)
async def test_an_earlier_version_is_compared_and_comes_back_as_one_step(
    desk: Desk, size: tuple[int, int]
) -> None:
    later = TEXT.replace("first\n", "second\nthird\n")
    file = versions(desk, TEXT, later)
    async with desk.open(size=size) as (pilot, write):
        write.action_history()
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, HistoryScreen)
        newest, oldest = rows(pilot)
        assert (
            newest.startswith("20 Nov 2026 19:05:00 1 hour ago") and "2 added, 1 removed" in newest
        )
        assert oldest.startswith("20 Nov 2026 18:05:00 2 hours ago") and "oldest" in oldest
        assert shown(pilot)[0] == "This version is the same as the current text."
        await pilot.press("down")
        await settle(pilot)
        assert [line for line in shown(pilot) if line.startswith(("− s", "− t", "+ f"))] == [
            "− second", "− third", "+ first",
        ]  # fmt: skip
        await pilot.press("w")
        await settle(pilot)
        assert "first" in shown(pilot) and "− second" not in shown(pilot)
        for part in screen.query("OptionList, TextView, .keys"):
            assert screen.region.contains_region(part.region) and part.region.height
        await pilot.press("c")
        assert pilot.app.clipboard == TEXT
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write
        assert write.editor.text == TEXT == file.read_text()
        assert "Press ctrl+z to undo" in told(pilot)
        await pilot.press("ctrl+z")
        assert write.editor.text == later
        await pilot.press("ctrl+s")
        assert file.read_text() == later


async def test_looking_at_versions_changes_nothing_and_the_same_is_not_restored(
    desk: Desk,
) -> None:
    file = versions(desk, TEXT)
    stamp = file.stat().st_mtime_ns
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        write.action_history()
        await settle(pilot)
        await pilot.press("r", "w", "tab", "down", "escape")
        assert pilot.app.screen is write
    assert (file.read_text(), file.stat().st_mtime_ns) == (TEXT, stamp)


async def test_without_versions_it_says_how_they_are_made(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_history()
        await settle(pilot)
        assert "Each save adds one" in str(pilot.app.screen.query_one(".none", Static).content)
        await pilot.press("enter", "r", "c", "w", "escape")
        assert pilot.app.screen is write


async def test_a_version_of_a_deleted_file_is_written_again(desk: Desk) -> None:
    file = versions(desk, TEXT)
    file.unlink()
    async with desk.open() as (pilot, write):
        write.action_history()
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert write.editor.text == TEXT == file.read_text()


async def test_a_version_that_is_not_text_comes_back_byte_for_byte(desk: Desk) -> None:
    file = desk.put(b"caf\xe9\n")
    journal = desk.journal()
    journal.history.keep(journal.path_of(desk.today) or "", b"caf\xe9\n", desk.now)
    file.write_text(TEXT)
    async with desk.open() as (pilot, write):
        write.action_history()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write and file.read_bytes() == b"caf\xe9\n"
        assert "not UTF-8" in write.session.read_only_reason and write.editor.read_only
        # And back again, where the page cannot be edited.
        write.action_history()
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert file.read_text() == TEXT == write.editor.text and not write.editor.read_only


async def test_a_version_that_is_damaged_says_so(desk: Desk) -> None:
    file = versions(desk, "# A day\n\nolder\n", TEXT)
    journal = desk.journal()
    newest, older = journal.history.versions(journal.path_of(desk.today) or "")[:2]
    older.file.chmod(0o600)
    older.file.write_bytes(b"rubbish")
    assert newest.digest != older.digest
    async with desk.open() as (pilot, write):
        write.action_history()
        await settle(pilot)
        await pilot.press("down")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert "is damaged" in told(pilot) and file.read_text() == TEXT == write.editor.text


async def test_a_deleted_entry_is_asked_about_once_and_comes_back(desk: Desk) -> None:
    file = desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("x")
        write.action_delete()
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, ChoiceDialog)
        assert "# A day" in "".join(str(part.render()) for part in dialog.query(Static))
        await pilot.press("enter")
        assert file.exists() and pilot.app.screen is write
        write.action_delete()
        await pilot.pause()
        await pilot.press("d")
        await settle(pilot)
        assert not file.exists() and "first" not in write.editor.text
        assert write.session.state is SaveState.NEW and "Trash" in told(pilot)
        assert desk.drafts() == [] and desk.journal().previous_entry(desk.today) is None
        await pilot.press("ctrl+s", "alt+left", "alt+right")
        assert not file.exists()
        write.action_trash()
        await settle(pilot)
        assert "2026-11-20" in rows(pilot)[0] and "first" in rows(pilot)[0].replace("x", "")
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextDialog)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.editor.text == file.read_text()
        assert write.editor.text.replace("x", "") == TEXT
        write.action_trash()
        await settle(pilot)
        assert not pilot.app.screen.query(OptionList)


async def test_deleting_a_day_without_an_entry_is_explained(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_delete()
        await pilot.pause()
        assert pilot.app.screen is write and "no entry here to delete" in told(pilot)


async def test_an_entry_does_not_come_back_over_another(desk: Desk) -> None:
    file = desk.put(TEXT)
    journal = desk.journal()
    journal.trash.delete(journal.path_of(desk.today) or "", desk.now)
    desk.put("anew\n")
    async with desk.open() as (pilot, write):
        write.action_trash()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "has been written again" in told(pilot)
        assert file.read_text() == "anew\n"
        write.action_trash()
        await settle(pilot)
        assert len(rows(pilot)) == 1


async def test_a_discarded_draft_comes_back(desk: Desk) -> None:
    file = desk.put(TEXT)
    desk.leave_draft(TEXT.replace("first", "kept"), TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press("d")
        await settle(pilot)
        assert file.read_text() == TEXT
        write.action_trash()
        await settle(pilot)
        assert isinstance(pilot.app.screen, TrashScreen)
        assert "draft, discarded" in rows(pilot)[0] and "kept" in rows(pilot)[0]
        await pilot.press("enter")
        await settle(pilot)
        assert write.editor.text == file.read_text() == TEXT.replace("first", "kept")
    assert not list((desk.state / "trash").glob("*.log"))


async def test_each_of_several_drafts_is_asked_about(desk: Desk) -> None:
    days = [desk.today - timedelta(days) for days in (3, 2, 1)]
    for day in days:
        desk.put(TEXT, day)
        desk.leave_draft(TEXT.replace("first", f"kept {day}"), TEXT, day)
    async with desk.open() as (pilot, write):
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.screen is write
    texts = [f"kept {day}" in desk.file(day).read_text() for day in days]
    assert texts.count(True) == 1 and len(desk.drafts()) == 1
    assert "kept" in desk.drafts()[0]


async def test_what_cannot_be_saved_is_saved_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveError("The disk is full: nothing was saved.")

    async def ask(write: WriteScreen, pilot: Pilot[None], folder: str) -> None:
        if pilot.app.screen is write:
            write.action_save_elsewhere()
            await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, FolderDialog)
        dialog.query_one(SingleLineInput).value = folder
        await pilot.press("enter")
        await pilot.pause()

    there = tmp_path / "stick"
    there.mkdir()
    async with desk.open() as (pilot, write):
        await pilot.press(*"dear")
        monkeypatch.setattr(Library, "save", full)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Save this text elsewhere" in told(pilot)
        await ask(write, pilot, str(tmp_path / "missing"))
        wrong = pilot.app.screen.query_one(".meaning", Static)
        assert "there is no folder" in str(wrong.content)
        await ask(write, pilot, str(there))
        assert pilot.app.screen is write and str(there / "2026-11-20.md") in told(pilot)
        await ask(write, pilot, str(there))
        assert {file.name for file in there.iterdir()} == {"2026-11-20.md", "2026-11-20-2.md"}
        for file in there.iterdir():
            assert file.read_text() == write.editor.text and "dear" in write.editor.text
            assert file.stat().st_mode & 0o777 == 0o600
        assert write.session.is_dirty and len(desk.drafts()) == 1
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FolderDialog)
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_an_action_of_the_palette_gets_a_key_of_the_settings(desk: Desk) -> None:
    desk.settings('[keys]\ntrash = "f11"\n')
    async with desk.open() as (pilot, _):
        await pilot.press("f11")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TrashScreen)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(hours=20), "1 day ago"),
        (timedelta(days=40), "5 weeks ago"),
        (timedelta(hours=-3), "today"),
    ],
)
def test_how_long_ago_a_version_was_saved(before: timedelta, said: str) -> None:
    now = datetime(2026, 11, 20, 18, 5)
    assert moments_ago(now - before, now) == said


async def test_a_conflict_copy_comes_back_without_becoming_a_day(desk: Desk) -> None:
    name = "2014-10-06.sync-conflict-20141007-101010-ABCDEFG.md"
    desk.put("# Entry\n", date(2014, 10, 6))
    copy = desk.root / "2014" / name
    copy.write_text("# Copy\n")
    trash = desk.journal().trash
    trash.delete(f"2014/{name}", desk.now)
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        write.bring_back(trash.items()[0])
        await settle(pilot)
        assert copy.read_text() == "# Copy\n" and "is back" in told(pilot)
        assert write.session.path == "2026/2026-11-20.md" and write.editor.text == TEXT


async def test_a_folder_that_is_pasted_is_shown_without_commands(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        write.action_save_elsewhere()
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, FolderDialog)
        dialog.query_one(SingleLineInput).value = "/no\x1b]0;owned\x9b31m\u202ewhere"
        await pilot.press("enter")
        await pilot.pause()
        said = str(dialog.query_one(".meaning", Static).render())
        assert "owned" in said and not {"\x1b", "\x9b", "\u202e"} & set(said)


async def test_an_entry_in_another_encoding_is_converted(desk: Desk) -> None:
    file = desk.put("# A day\n\ncafé\n".encode("latin-1"))
    async with desk.open() as (pilot, write):
        assert "Make this entry editable" in write.session.read_only_reason
        write.action_convert()
        await settle(pilot)
        assert file.read_text() == "# A day\n\ncafé\n" == write.editor.text
        assert "Converted from Windows-1252" in told(pilot) and not write.editor.read_only
        write.action_convert()
        await pilot.pause()
        assert "already UTF-8 text" in told(pilot)
        await pilot.press("x", "ctrl+s")
    assert "x" in file.read_text()


async def test_a_day_without_a_file_is_not_converted(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        write.action_convert()
        await pilot.pause()
        assert "already UTF-8 text" in told(pilot) and not desk.file().exists()
