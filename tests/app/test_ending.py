"""What is said when journal itself fails: where, and never a word of an entry."""

import asyncio
import gc
import io
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from desk import Desk, settle, told
from rich.console import Console
from rich.traceback import Traceback

from journal_tui.app import ending
from journal_tui.app.app import JournalApp
from journal_tui.app.screens.write import Write

SECRET = "zebras of the lab"
APP = Path(str(ending.__file__)).parent


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


WAYS = ["chained", "within", "in_worker", "in_timer", "panicking", "out_of_memory"]


@pytest.mark.parametrize("way", WAYS)
async def test_no_word_of_an_entry_is_told_and_the_draft_is_whole(
    desk: Desk, way: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = Failing(desk.journal())
    said = io.StringIO()
    app.error_console = Console(file=said, width=200)

    async def fail() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, Write)
            screen.editor.insert(SECRET)
            app.call_later(getattr(app, way))
            for _ in range(50):
                await asyncio.sleep(0.02)
                if app.return_code is not None:
                    break

    # The test's own harness raises it again; a terminal sees only what was printed.
    with suppress(Exception):
        await fail()
    assert app.return_code == 1
    everything = said.getvalue() + "".join(capfd.readouterr()) + caplog.text
    assert "a fault in itself: " in everything
    assert "zebras" not in everything and "Traceback" not in everything
    assert len(desk.drafts()) == 1 and SECRET in desk.drafts()[0]
    assert not desk.file().exists()


async def test_a_task_that_nobody_waits_for_tells_no_text(
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
        assert "A fault in journal itself: KeyError" in told(pilot)
        assert SECRET not in told(pilot)
        assert SECRET in desk.drafts()[0]
        await pilot.press("x", "ctrl+s")
        assert "zebras" in desk.file().read_text()
    assert "zebras" not in "".join(capfd.readouterr()) + caplog.text


def test_only_a_stop_that_ended_the_reading_begins_it_again() -> None:
    class Driver:
        _must_signal_resume = False
        begun = 0

        def _sigcont_application(self) -> None:
            self.begun += 1

    before = signal.getsignal(signal.SIGCONT)
    driver = Driver()
    try:
        ending.keep_one_reader(driver)
        signal.raise_signal(signal.SIGCONT)
        assert driver.begun == 0
        driver._must_signal_resume = True
        signal.raise_signal(signal.SIGCONT)
        assert driver.begun == 1
        ending.keep_one_reader(object())
    finally:
        signal.signal(signal.SIGCONT, before)
