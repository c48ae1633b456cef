"""What the screen tells of saves and of changes elsewhere, and how grave it makes them."""

import errno
import os

import pytest
from textual.pilot import Pilot

from journal_tui.app.app import JournalApp
from journal_tui.app.navigation import AppScreen
from journal_tui.app.write.screen import READING
from journal_tui.app.write.status_line import StatusLine
from journal_tui.library import atomic_write
from journal_tui.session import SaveState
from tests.app.app_fixture import Desk, messages, settle, told, write_screen

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
        write = write_screen(pilot)
        for number in range(3):
            write.tell(f"Sentence {number}, which is long enough to need two lines of the screen.")
        await settle(pilot)
        toasts = [toast.region for toast in pilot.app.screen.query("Toast")]
        line = write.query_one(StatusLine).region
        assert len(toasts) == 3
        assert not any(region.overlaps(line) for region in toasts)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize(
    "keys", [[], ["ctrl+end"], ["f7"], ["f7", "end"], ["ctrl+l"], ["ctrl+l", "ctrl+end"]]
)
@pytest.mark.one_in(3)
async def test_messages_leave_the_line_of_the_cursor_and_the_keys_free(
    desk: Desk, size: tuple[int, int], keys: list[str]
) -> None:
    lines = "".join(f"- point {n}\n" for n in range(60))
    tasks = "".join(f"- [ ] task {n} due:2026-11-{n % 9 + 10}\n" for n in range(60))
    desk.put(f"# A day\n\n{tasks}\n## Learning points\n\n{lines}")
    app = JournalApp(desk.journal(), None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        screen = app.screen
        app.notify(
            "A sentence that is rather long, so that it needs two lines on a narrow terminal."
        )
        await settle(pilot)
        [toast] = screen.query("Toast")
        assert isinstance(screen, AppScreen) and screen.cursor_row is not None
        assert toast.region.height in (1, 2) and toast.region.width <= size[0]
        assert not toast.region.y <= screen.cursor_row < toast.region.bottom
        assert toast.region.y > 0 and toast.region.bottom <= size[1] - 2
        # It makes way for the cursor, too.
        await pilot.press("ctrl+home" if keys[:1] != ["f7"] else "home")
        await settle(pilot)
        assert not toast.region.y <= screen.cursor_row < toast.region.bottom


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_messages_leave_the_keys_free_of_a_dialog_that_shows_them(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.put(TEXT)
    app = JournalApp(desk.journal(), None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+end", "x", "ctrl+s", "y", "ctrl+s")
        await settle(pilot)
        app.clear_notifications()
        await app.run_action("history", write_screen(pilot))
        await settle(pilot)
        await pilot.press("c")
        await until_shown(pilot, 1)
        toasts = [toast.region for toast in app.screen.query("Toast")]
        keys = app.screen.query_one("KeyLine").region
        assert toasts and keys and not any(region.overlaps(keys) for region in toasts)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_no_message_lies_on_the_question_for_a_journal(
    desk: Desk, size: tuple[int, int]
) -> None:
    app = JournalApp(desk.journal(), None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        write_screen(pilot).tell("A sentence.")
        app.action_journals()
        await settle(pilot)
        assert not app.screen.query("Toast")
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen.query("Toast")


async def test_a_message_is_shown_as_long_as_its_words_need(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        for message, severity in (
            ("Copied.", "information"),
            ("word " * 20, "information"),
            ("Not saved.", "warning"),
            ("words " * 20, "warning"),
        ):
            write.tell(message, severity)
        await settle(pilot)
        short, long, warning, long_warning = (note.timeout for note in messages(pilot.app))
        assert short < long < long_warning and short < warning < long_warning


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_messages_wait_until_a_dialog_is_closed(desk: Desk, size: tuple[int, int]) -> None:
    app = JournalApp(desk.journal(), None)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        write = write_screen(pilot)
        write.tell("A sentence before the dialog.")
        await settle(pilot)
        await pilot.press("ctrl+g")
        write.tell("A sentence while it is open.", "warning")
        await settle(pilot)
        assert not [toast for toast in app.screen.query("Toast") if toast.region]
        await pilot.press("escape")
        await until_shown(pilot, 2)
        kept = [note for note in messages(app) if note.message == "A sentence while it is open."]
        assert [note.severity for note in kept] == ["warning"]
        assert "A sentence before the dialog." in told(pilot)


async def until_shown(pilot: Pilot[None], count: int) -> None:
    """Wait until so many messages can be seen."""
    for _ in range(100):
        if len([toast for toast in pilot.app.screen.query("Toast") if toast.region]) == count:
            return
        await pilot.pause(0.01)
    pytest.fail(f"There are not {count} messages.")


async def test_saving_what_is_saved_already_says_nothing(desk: Desk) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+s")
        assert told(pilot) == ""


@pytest.mark.parametrize(("typed", "severity"), [("", "information"), ("X", "warning")])
async def test_an_outside_change_warns_only_if_text_was_unsaved(
    desk: Desk, typed: str, severity: str
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*typed)
        change(desk, TEXT.replace("one", "ONE"))
        write.check_file()
        await pilot.pause()
        assert [note.severity for note in messages(pilot.app)] == [severity]


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("X", 1)])
async def test_an_outside_change_is_announced_only_if_text_was_unsaved(
    desk: Desk, typed: str, count: int
) -> None:
    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        await pilot.press(*typed)
        change(desk, TEXT.replace("one", "ONE"))
        write.check_file(notifies=False)
        await pilot.pause()
        assert "- ONE" in write.editor.text
        assert len(messages(pilot.app)) == count


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
        write.check_file()
        await pilot.pause()
        assert shown == [] and told(pilot) == ""


async def test_a_save_that_the_disk_does_not_confirm_is_reported(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    desk.put(TEXT)
    async with desk.open() as (pilot, write):
        monkeypatch.setattr(atomic_write, "sync_folder", fail)
        await pilot.press("X", "ctrl+s")
        assert "did not confirm" in told(pilot)
        assert write.session.state is SaveState.UNCONFIRMED


async def test_a_message_goes_with_the_screen_and_the_mode_to_which_it_belongs(desk: Desk) -> None:
    desk.put("# A day\n\n- [ ] One due:2026-11-19\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f7")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "Ticked" in told(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and told(pilot) == ""
        await pilot.press("f2", "z")
        await settle(pilot)
        assert told(pilot) == READING
        await pilot.press("f2")
        await settle(pilot)
        assert told(pilot) == "", "one writes again"


async def test_a_warning_stays_when_its_screen_is_closed_and_escape_clears_it(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f7")
        await settle(pilot)
        screen = pilot.app.screen
        screen.notify("Your text is in a copy beside it.", severity="warning", markup=False)
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write and "in a copy" in told(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert told(pilot) == "" and write.editor.has_focus
