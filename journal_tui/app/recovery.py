"""Recover from an unexpected error: write the draft, rebuild the screen and notify the person."""

import asyncio
import sys
import time
from typing import Any, TypeVar

from textual._context import active_message_pump
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerCancelled, WorkerFailed, WorkerState, active_worker
from textual.worker_manager import WorkerManager

from journal_tui.app import faults
from journal_tui.app.navigation import is_gone
from journal_tui.app.textual_guards import GuardedApp, is_stray_cancellation

Result = TypeVar("Result")

REPEAT_SECONDS = 1.0
"""A second fault within this many seconds ends the app: recovering would not help."""


class _Workers(WorkerManager):
    """The workers of an app, which reports the errors that don't end it.

    Textual drops the error of a worker with `exit_on_error=False`, so its result would never be
    shown, without a message that says why.
    """

    def __init__(self, app: "RecoveringApp[Any]") -> None:
        super().__init__(app)
        self._recovering_app = app

    def _remove_worker(self, worker: Worker[Any]) -> None:
        super()._remove_worker(worker)
        if worker.state is WorkerState.ERROR and not worker.exit_on_error:
            self._recovering_app.report_worker_error(worker)


class RecoveringApp(GuardedApp[Result]):
    """An app that recovers from an error in a message handler where it can.

    A subclass writes what was typed (`keep_drafts`, and `keep_everything` at the end), decides
    whether its state allows recovery (`can_recover`), rebuilds its screens from that state
    (`rebuild`) and records each fault (`log_fault`). With `recovers = False`, as in tests, every
    fault ends the app.
    """

    recovers = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._last_fault_at = -REPEAT_SECONDS
        self._recovery: asyncio.Task[None] | None = None
        self._replaced_screens: list[Screen[Any]] = []
        self._workers = _Workers(self)

    def keep_everything(self, save: bool) -> None:
        """Write what was typed to the drafts and, if `save`, to the files."""

    def keep_drafts(self) -> None:
        """Write what was typed to the drafts."""

    def can_recover(self) -> bool:
        """Return whether the app's state allows recovery."""
        return True

    async def rebuild(self) -> None:
        """Create the screens again from the text that was typed."""

    def ensure_exit(self, code: int) -> None:
        """Make sure that the process ends, with this exit code."""

    def log_fault(self, error: BaseException | None, what: str) -> None:
        """Record a fault and its outcome (`what`)."""

    def _handle_exception(self, error: Exception) -> None:
        if self._is_from_removed_widget(error):
            self.log_fault(error, "dropped")
            return
        if self._exit:
            # The app is already ending and what was typed is kept, so no message is needed.
            self.keep_everything(save=False)
            self.log_fault(error, "dropped while ending")
            return
        if self._is_from_replaced_screen() and self.can_recover():
            # A widget that failed is removed from its screen, so code that looks for it fails too.
            self.log_fault(error, "dropped while recovering")
            return
        is_again = time.monotonic() - self._last_fault_at < REPEAT_SECONDS
        self._last_fault_at = time.monotonic()
        if not self.recovers or is_again or not self.can_recover():
            self._end_by_fault(error)
            return
        self.keep_drafts()
        self.log_fault(error, "recovered")
        self._replaced_screens = list(self.screen_stack)
        self._recovery = asyncio.create_task(self._recover(error))

    def report_lost_error(self, error: BaseException | None) -> None:
        """Write the drafts and notify the person after an error that nothing else handles."""
        self.log_fault(error, "lost")
        self.keep_drafts()
        if self.is_running:
            self.notify(faults.lost_message(error), severity="error")

    def report_worker_error(self, worker: Worker[Any]) -> None:
        """Report the error of a worker that doesn't end the app, unless its widget is removed."""
        error = worker.error
        if self._exit or is_gone(worker.node):
            self.log_fault(error, "dropped")
        elif not self.recovers and isinstance(error, Exception):
            self._end_by_fault(error)
        else:
            self.report_lost_error(error)

    def _end_by_fault(self, error: Exception) -> None:
        """End with an exit code other than 0 and the terminal restored."""
        self.keep_everything(save=False)
        self.log_fault(error, "ended")
        self.ensure_exit(1)
        super()._handle_exception(error)

    async def _recover(self, error: Exception) -> None:
        with self._context():
            try:
                await self.rebuild()
            except Exception as again:
                self._end_by_fault(again)
            else:
                self.notify(faults.recovery_message(error), severity="error")
            finally:
                self._replaced_screens = []

    def _is_from_replaced_screen(self) -> bool:
        """Return whether the error comes from a screen that is being replaced after a fault."""
        source = active_message_pump.get(None)
        return isinstance(source, Widget) and any(
            screen in self._replaced_screens for screen in source.ancestors_with_self
        )

    def _is_from_removed_widget(self, error: Exception) -> bool:
        """Return whether the error comes from a widget that is removed, and so can be ignored."""
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
        """End without printing the traceback that Textual passes: it may hold entry text."""
        self.keep_everything(save=False)
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End with the place of the fault; Textual would print local variables with entry text."""
        error = self._exception or sys.exc_info()[1]
        self.bell()
        self._exit_renderables.append(faults.end_message(error))
        self._close_messages_no_wait()

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message without ending the app's message loop if a handler fails."""
        try:
            await super()._dispatch_message(message)
        except asyncio.CancelledError:
            if not is_stray_cancellation():
                raise
        except Exception as error:
            if not self._running:
                # The app is still starting: there is nothing to recover to.
                raise
            self._handle_exception(error)
