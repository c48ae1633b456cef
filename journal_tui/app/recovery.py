"""Going on after a fault: the draft is written, the screen rebuilt, and a line says so."""

import asyncio
import sys
import time
from typing import Any, TypeVar

from textual._context import active_message_pump
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled, WorkerFailed, active_worker

from journal_tui.app import faults
from journal_tui.app.navigation import is_gone
from journal_tui.app.textual_guards import GuardedApp, is_stray_cancellation

Result = TypeVar("Result")

AGAIN_SECONDS = 1.0
"""A second fault within this time ends the app: going on would not help."""


class RecoveringApp(GuardedApp[Result]):
    """An app that a failing handler doesn't end where it can go on.

    A subclass keeps what was typed (`keep_drafts`, and `keep_everything` at the end), says whether its state is sound
    (`can_recover`), shows itself from that state (`rebuild`), and is told of each fault (`log_fault`).
    `recovers=False` has every fault end the app, as tests want it.
    """

    recovers = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._failed_at = -AGAIN_SECONDS
        self._recovery: asyncio.Task[None] | None = None
        self._replaced: list[Screen[Any]] = []

    def keep_everything(self, save: bool) -> None:
        """Have on the disk what was typed: in the draft, and in the file if `save`."""

    def keep_drafts(self) -> None:
        """Have on the disk what was typed, and go on."""

    def can_recover(self) -> bool:
        """Whether nothing was in the middle of being saved."""
        return True

    async def rebuild(self) -> None:
        """Show the screens again, from the text that was typed."""

    def watch_the_end(self, code: int) -> None:
        """See to it that the process ends, with this exit code."""

    def log_fault(self, error: BaseException | None, what: str) -> None:
        """Take note of a fault and what became of it."""

    # -- faults -----------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        if self._is_of_the_gone(error):
            self.log_fault(error, "dropped")
            return
        if self._exit:
            # It is ending, and what was typed is kept: no reason to say anything else about it.
            self.keep_everything(save=False)
            self.log_fault(error, "dropped while ending")
            return
        if self._is_of_the_replaced() and self.can_recover():
            # A widget that failed is removed from its screen, so code that looks for it fails too.
            self.log_fault(error, "dropped while recovering")
            return
        is_again = time.monotonic() - self._failed_at < AGAIN_SECONDS
        self._failed_at = time.monotonic()
        if not self.recovers or is_again or not self.can_recover():
            self._end_by_fault(error)
            return
        self.keep_drafts()
        self.log_fault(error, "recovered")
        self._replaced = list(self.screen_stack)
        self._recovery = asyncio.create_task(self._recover(error))

    def _end_by_fault(self, error: Exception) -> None:
        """End in order; the exit code isn't 0, and the terminal is restored."""
        self.keep_everything(save=False)
        self.log_fault(error, "ended")
        self.watch_the_end(1)
        super()._handle_exception(error)

    async def _recover(self, error: Exception) -> None:
        with self._context():
            try:
                await self.rebuild()
            except Exception as again:
                self._end_by_fault(again)
            else:
                self.notify(faults.recovered(error), severity="error")
            finally:
                self._replaced = []

    def _is_of_the_replaced(self) -> bool:
        """Whether a fault comes from a screen that is being replaced after a fault."""
        source = active_message_pump.get(None)
        return isinstance(source, Widget) and any(
            screen in self._replaced for screen in source.ancestors_with_self
        )

    def _is_of_the_gone(self, error: Exception) -> bool:
        """Whether a fault comes from a screen or widget that is going, which is not missed."""
        if isinstance(error, WorkerCancelled):
            return True
        try:
            source: MessagePump = (
                active_worker.get().node
                if isinstance(error, WorkerFailed)
                else active_message_pump.get()
            )
        except LookupError:
            return False
        return source is not self and is_gone(source)

    def panic(self, *renderables: Any) -> None:
        """End; Textual would print what it is given: a traceback with the words of its error."""
        self.keep_everything(save=False)
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Say where the fault is; Textual would print local variables, entry text among them."""
        error = self._exception or sys.exc_info()[1]
        self.bell()
        self._exit_renderables.append(faults.ended(error))
        self._close_messages_no_wait()

    # -- the app's own messages ---------------------------------------------------------------

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; a fault of a handler is not the end of the app's loop."""
        try:
            await super()._dispatch_message(message)
        except asyncio.CancelledError:
            if not is_stray_cancellation():
                raise
        except Exception as error:
            if not self._running:
                # Still beginning: there is nothing to go on with.
                raise
            self._handle_exception(error)
