"""What the screen tells of saves and of changes elsewhere, and how grave it makes them."""

import errno
import os

import pytest
from desk import Desk, settle, told, write_of
from textual.widgets._toast import Toast

from journal_tui.app.app import JournalApp
from journal_tui.app.widgets.statusline import StatusLine
from journal_tui.library import writing
from journal_tui.session import SaveState

TEXT = "# A day\n\nfirst\n\nsecond\n\n## Learning points\n\n- one\n"


def change(desk: Desk, text: str) -> None:
    """Write the day's file as another program does, with a later stamp."""
    later = desk.file().stat().st_mtime_ns + 1_000_000_000
    desk.put(text)
    os.utime(desk.file(), ns=(later, later))


async def test_saving_a_page_without_a_word_says_why_there_is_no_file(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+s")
        assert "There is nothing to save yet" in told(pilot)
        assert not desk.file().exists()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_messages_do_not_cover_the_status_line(desk: Desk, size: tuple[int, int]) -> None:
    app = JournalApp(desk.journal(), None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        write = write_of(pilot)
        for number in range(3):
            write.tell(f"Sentence {number}, which is long enough to need two lines of the screen.")
        await settle(pilot)
        toasts = [toast.region for toast in pilot.app.screen.query(Toast)]
        line = write.query_one(StatusLine).region
        assert len(toasts) == 3
        assert not any(region.overlaps(line) for region in toasts)


async def test_saving_what_is_saved_already_says_nothing(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+s")
        assert told(pilot) == ""


@pytest.mark.parametrize(("typed", "severity"), [("", "information"), ("X", "warning")])
async def test_a_change_elsewhere_warns_only_where_text_was_unsaved(
    desk: Desk, typed: str, severity: str
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*typed)
        change(desk, TEXT.replace("one", "ONE"))
        write.look_outside()
        await pilot.pause()
        assert [note.severity for note in pilot.app._notifications] == [severity]


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("X", 1)])
async def test_a_change_elsewhere_is_told_unasked_only_where_text_was_unsaved(
    desk: Desk, typed: str, count: int
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*typed)
        change(desk, TEXT.replace("one", "ONE"))
        write.look_outside(is_told=False)
        await pilot.pause()
        assert "- ONE" in write.editor.text
        assert len(pilot.app._notifications) == count


async def test_the_draft_that_the_disk_is_asked_to_keep_has_what_was_typed_last(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (_, write):
        write.editor.insert("typed ", (2, 0))
        write.sync_draft()
        assert desk.drafts() == [TEXT.replace("first", "typed first")]


async def test_a_look_at_a_file_that_is_as_before_changes_nothing_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        shown: list[int] = []
        monkeypatch.setattr(write, "show_text_again", lambda: shown.append(1))
        write.look_outside()
        await pilot.pause()
        assert shown == [] and told(pilot) == ""


async def test_a_save_that_the_disk_does_not_confirm_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(writing, "sync_folder", fail)
        await pilot.press("X", "ctrl+s")
        assert "did not confirm" in told(pilot)
        assert write.session.state is SaveState.UNCONFIRMED
