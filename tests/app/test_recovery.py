"""After a fault in journal it recovers or ends in order, and shows no text of an entry."""

import asyncio
import gc
import io
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from rich.console import Console
from rich.traceback import Traceback
from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui.app import recovery
from journal_tui.app.app import JournalApp
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.write.screen import WriteScreen
from journal_tui.app.write.status_line import StatusLine
from journal_tui.session import EditSession
from tests.app.app_fixture import Desk, settle, told, write_screen

pytestmark = pytest.mark.painted

SECRET = "zebras of the lab"
APP = Path(str(recovery.__file__)).parent


class Fail(Message):
    """Has the widget that gets it fail."""


async def until_replaced(pilot: Pilot[None], old: WriteScreen) -> None:
    """Wait until another screen is shown, and nothing is going on."""
    for _ in range(1_000):
        await asyncio.sleep(0.02)
        if pilot.app.screen is not old:
            break
    await settle(pilot)


async def until_ended(app: JournalApp) -> None:
    """Wait until the app has been told to end, for twenty seconds at most."""
    for _ in range(1_000):
        await asyncio.sleep(0.02)
        if app.return_code is not None:
            break


class Failing(JournalApp):
    """An app that fails in one of these ways, with entry text in its errors."""

    CSS_PATH = [APP / str(name) for name in JournalApp.CSS_PATH]  # noqa: RUF012

    def chained(self) -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"not {SECRET}") from error

    def within(self) -> None:
        try:
            raise KeyError(SECRET)
        finally:
            raise ValueError(SECRET)

    def in_worker(self) -> None:
        async def work() -> None:
            self.chained()

        self.run_worker(work())

    def in_timer(self) -> None:
        self.set_timer(0.01, self.chained)

    def panicking(self) -> None:
        try:
            self.chained()
        except ValueError:
            self.panic(Traceback(show_locals=True))

    def out_of_memory(self) -> None:
        raise MemoryError(SECRET)


WAYS = ["chained", "within", "in_worker", "in_timer", "out_of_memory"]


def log_of(desk: Desk) -> str:
    file = desk.state / "faults.log"
    return file.read_text() if file.exists() else ""


@pytest.mark.parametrize("way", [*WAYS, "panicking"])
@pytest.mark.one_in(3)
async def test_a_fault_prints_no_word_of_an_entry_and_keeps_the_draft(
    desk: Desk, way: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = Failing(desk.journal())
    said = io.StringIO()
    app.error_console = Console(file=said, width=200)

    async def fail() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, WriteScreen)
            screen.editor.insert(SECRET)
            app.call_later(getattr(app, way))
            await until_ended(app)

    # The test's own harness raises it again; a terminal sees only what was printed.
    with suppress(Exception):
        await fail()
    assert app.return_code == 1
    everything = said.getvalue() + "".join(capfd.readouterr()) + caplog.text + log_of(desk)
    assert "went wrong in it: " in everything
    assert "zebras" not in everything and "Traceback" not in everything
    assert "errors shown" not in everything
    assert len(desk.drafts()) == 1 and SECRET in desk.drafts()[0]
    assert not desk.file().exists()


async def test_after_a_fault_the_words_of_a_dialog_are_offered_and_take_back_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    file = desk.put("# A day\n\nWords.\n")
    app = Failing(desk.journal())
    async with app.run_test() as pilot:
        await settle(pilot)
        old = write_screen(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        await pilot.press(*"held")
        app.call_later(app.chained)
        await until_replaced(pilot, old)
        for _ in range(50):
            if write_screen(pilot) is not old and isinstance(app.screen, ChoiceDialog):
                break
            await settle(pilot)
        assert isinstance(app.screen, ChoiceDialog), "the words of the dialog are offered"
        await pilot.press("escape")
        await settle(pilot)
        write_screen(pilot).editor.insert("Typed later.\n")
        await pilot.press("ctrl+q")
        await settle(pilot)
    assert "Typed later." in file.read_text() and "held" not in file.read_text()
    assert any("held" in draft for draft in desk.drafts())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.one_in(2)
async def test_a_handler_that_fails_does_not_end_the_app(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    desk.put("# A day\n\nWords.\n")
    app = Failing(desk.journal())
    async with app.run_test() as pilot:
        await settle(pilot)
        old = write_screen(pilot)
        await pilot.press(*"abc", "ctrl+l")
        await settle(pilot)
        cursor = old.editor.cursor_location
        app.call_later(getattr(app, way))
        for _ in range(1_000):
            await asyncio.sleep(0.02)
            if app.screen is not old and isinstance(app.screen, WriteScreen):
                break
        await settle(pilot)
        new = write_screen(pilot)
        assert new is not old and app.screen_stack == [new]
        assert new.editor.text == "# A day\n\nWords.abc\n" and new.editor.has_focus
        assert new.editor.cursor_location == cursor
        assert "Something went wrong in journal: " in told(pilot)
        assert SECRET not in told(pilot)
        await pilot.press("d", "ctrl+s")
        await settle(pilot)
        assert desk.file().read_text() == "# A day\n\nWords.abcd\n"
    assert app.return_code in (0, None)
    assert "recovered: " in log_of(desk) and SECRET not in log_of(desk)
    assert desk.drafts() == []


@pytest.mark.parametrize("target", ["screen", "editor"])
async def test_a_widget_that_fails_is_replaced(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    async with desk.open() as (pilot, old):
        await pilot.press(*"abc")

        def fail(_: events.Focus) -> None:
            raise KeyError(SECRET)

        widget = old if target == "screen" else old.editor
        monkeypatch.setattr(type(widget), "on_fail", fail, raising=False)
        widget.post_message(Fail())
        await until_replaced(pilot, old)
        new = write_screen(pilot)
        assert new is not old
        await pilot.press("d", "ctrl+s")
        assert "abcd" in desk.file().read_text()


async def test_the_error_of_a_worker_that_does_not_end_the_app_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    async with desk.open() as (pilot, page):
        await pilot.press(*"abc")

        async def work() -> None:
            raise KeyError(SECRET)

        page.run_worker(work(), exit_on_error=False)
        await settle(pilot)
        assert "Something went wrong in journal: KeyError (test_recovery.py:" in told(pilot)
        assert SECRET not in told(pilot)
        assert pilot.app.return_code is None and pilot.app.screen is page
        assert "\nabc\n" in page.editor.text
    assert "lost: KeyError" in log_of(desk) and SECRET not in log_of(desk)


async def test_the_error_of_a_worker_of_a_removed_widget_is_only_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    async with desk.open() as (pilot, _):
        go_on = asyncio.Event()
        dialog = ChoiceDialog("A", "b", [("x", "y", "z")])
        await pilot.app.push_screen(dialog)

        async def work() -> None:
            with suppress(asyncio.CancelledError):
                await go_on.wait()
            raise KeyError(SECRET)

        dialog.run_worker(work(), exit_on_error=False)
        await pilot.pause()
        await pilot.press("escape")
        await settle(pilot)
        go_on.set()
        await settle(pilot)
        assert "went wrong" not in told(pilot)
    assert "dropped: KeyError" in log_of(desk)


async def test_what_fails_on_a_screen_that_is_being_replaced_ends_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    async with desk.open() as (pilot, old):
        await pilot.press(*"abc")

        def fail(_: events.Focus) -> None:
            raise KeyError(SECRET)

        for widget in (old.editor, old.query_one(StatusLine), old):
            monkeypatch.setattr(type(widget), "on_fail", fail, raising=False)
            widget.post_message(Fail())
        await until_replaced(pilot, old)
        assert pilot.app.return_code is None
        assert "abc" in write_screen(pilot).editor.text
    assert "dropped while recovering" in log_of(desk)


async def test_a_fault_while_saving_ends_the_app_also_on_a_screen_that_is_being_replaced(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    app = Failing(desk.journal())
    app.error_console = Console(file=io.StringIO())
    faults: list[str] = []

    def first(self: StatusLine, _: events.Focus) -> None:
        faults.append("status line")
        self.screen.post_message(Fail())
        raise KeyError(SECRET)

    def second(self: WriteScreen, _: events.Focus) -> None:
        faults.append("save")
        self.session.is_saving = True
        raise ValueError(SECRET)

    async def fail() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press(*"abc")
            monkeypatch.setattr(StatusLine, "on_fail", first, raising=False)
            monkeypatch.setattr(WriteScreen, "on_fail", second, raising=False)
            app.screen.query_one(StatusLine).post_message(Fail())
            await until_ended(app)

    with pytest.raises((KeyError, ValueError)):
        await fail()
    assert app.return_code == 1 and faults == ["status line", "save"]
    assert "abc" in desk.drafts()[0]


async def test_a_page_that_lost_its_editor_is_replaced(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    async with desk.open() as (pilot, old):
        await pilot.press(*"abc")
        await pilot.pause()
        await old.editor.remove()
        old.call_later(old.action_save)
        await until_replaced(pilot, old)
        assert write_screen(pilot) is not old
        assert "abc" in write_screen(pilot).editor.text


async def test_a_second_fault_at_once_ends_the_app(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    app = Failing(desk.journal())
    app.error_console = Console(file=io.StringIO())

    async def fail() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press(*"abc")
            app.call_later(app.chained)
            app.call_later(app.chained)
            await until_ended(app)

    with pytest.raises(ValueError, match="not"):
        await fail()
    assert app.return_code == 1
    assert "abc" in desk.drafts()[0]


async def test_a_fault_while_saving_ends_the_app(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalApp, "recovers", True)
    app = Failing(desk.journal())
    app.error_console = Console(file=io.StringIO())

    def fail(self: EditSession, cursor: object = None) -> bool:
        self.is_saving = True
        raise KeyError(SECRET)

    async def save() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press(*"abc")
            with monkeypatch.context() as patch:
                patch.setattr(EditSession, "save", fail)
                await pilot.press("ctrl+s")
                await until_ended(app)

    with pytest.raises(KeyError):
        await save()
    assert app.return_code == 1
    assert "abc" in desk.drafts()[0] and not desk.file().exists()


async def test_no_screen_is_opened_while_the_app_ends(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        pilot.app.exit()
        pilot.app.push_screen(ChoiceDialog("A", "b", [("x", "y", "z")]))
        assert len(pilot.app.screen_stack) == 1
    assert pilot.app.return_code == 0 and log_of(desk) == ""


async def test_what_comes_for_a_screen_that_is_gone_is_dropped(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        dialog = ChoiceDialog("A", "b", [("x", "y", "z")])
        answers: list[str | None] = []
        await pilot.app.push_screen(dialog, answers.append)

        async def late() -> None:
            await asyncio.sleep(0.05)
            raise KeyError(SECRET)

        worker = dialog.run_worker(late())
        dialog.dismiss("z")
        dialog.dismiss("again")
        dialog.post_message(Input.Changed(Input(), "x"))
        with suppress(Exception):
            await worker.wait()
        await settle(pilot)
        assert answers == ["z"]
        assert pilot.app.screen is write and pilot.app.return_code is None


async def test_a_task_that_is_never_waited_for_tells_no_text(
    desk: Desk, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def lost() -> None:
        raise KeyError(SECRET)

    async with desk.open() as (pilot, write):
        write.editor.insert(SECRET)
        task = asyncio.ensure_future(lost())
        await asyncio.wait([task])
        del task
        gc.collect()
        await pilot.pause()
        assert "Something went wrong in journal: KeyError" in told(pilot)
        assert SECRET not in told(pilot)
        assert SECRET in desk.drafts()[0]
        await pilot.press("x", "ctrl+s")
        assert "zebras" in desk.file().read_text()
    assert "zebras" not in "".join(capfd.readouterr()) + caplog.text
    assert "lost: KeyError" in log_of(desk)


async def test_a_fault_before_the_first_draft_is_in_the_log(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        assert not desk.drafts()
        shutil.rmtree(desk.state, ignore_errors=True)
        assert isinstance(pilot.app, JournalApp)
        pilot.app.log_fault(KeyError(SECRET), "lost")
    assert "lost: KeyError" in log_of(desk)
    assert desk.state.stat().st_mode & 0o777 == 0o700


def test_the_log_of_faults_is_private_and_short(desk: Desk) -> None:
    from journal_tui.app import faults

    desk.state.mkdir(parents=True, exist_ok=True)
    log = faults.FaultLog(desk.state)
    for _ in range(3_000):
        log.add(KeyError(SECRET), "recovered", desk.now)
    file = desk.state / "faults.log"
    assert file.stat().st_mode & 0o777 == 0o600
    assert 0 < file.stat().st_size <= faults.LOG_BYTES + 200
    assert file.read_text().splitlines()[-1] == "2026-11-20 18:05:00 recovered: KeyError"
    assert SECRET not in file.read_text()
