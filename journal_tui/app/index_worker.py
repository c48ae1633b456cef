"""Update the index in the background, in one thread that makes the changes in order."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from journal_tui.app.widgets.humanize import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Journal, OpenedEntry, RefreshResult, SaveResult

Answer = TypeVar("Answer")

BUSY_SECONDS, POLL_SECONDS = 0.3, 0.02
"""Seconds that work on the index pauses after a key, and between checks whether the pause is over."""
PAINT_SECONDS = 0.15
"""Seconds to wait for another screen to be painted before the index is loaded."""
THREAD_SWITCH_SECONDS = 0.0005
"""Python's thread switch interval, short so that the screen waits less (5 ms by default)."""


def _no_progress(done: int, total: int) -> None:
    """Show nothing."""


class IndexWorker:
    """Refresh the index and add saved entries to it without making the screen wait."""

    def __init__(self, journal: "Journal") -> None:
        self._journal = journal
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._warming = ThreadPoolExecutor(1, thread_name_prefix="warm")
        self._stopped = self._has_cleared_orphans = self._is_warm = False
        self._has_looked_at_conventions = False
        self._busy_until = 0.0
        self._unfinished = 0
        self._copies: set[str] = set()
        self._shown_revision = 0
        sys.setswitchinterval(THREAD_SWITCH_SECONDS)

    @property
    def is_indexing(self) -> bool:
        """Whether a refresh is still running or a saved entry isn't in the index yet."""
        return self._unfinished > 0

    def on_keypress(self) -> None:
        """Pause work on the index for a moment, so that the key is handled first."""
        self._busy_until = time.monotonic() + BUSY_SECONDS

    def _wait_while_typing(self) -> None:
        while not self._stopped and time.monotonic() < self._busy_until:
            time.sleep(POLL_SECONDS)

    async def refresh(
        self, progress: Callable[[int, int], None], commands_key: str = "ctrl+p"
    ) -> str:
        """Refresh the index; return a message for the person, or "".

        `progress(done, total)` gets numbers of files; it is called in the app's thread. `commands_key` is
        the key of the list of commands, which a message may name.
        """
        loop = asyncio.get_running_loop()

        def report(done: int, total: int) -> None:
            # The call isn't awaited, because the app may be about to end and never run it.
            try:
                loop.call_soon_threadsafe(progress, done, total)
            except RuntimeError:
                self._stopped = True

        def work() -> str:
            try:
                done = self._journal.refresh(report, lambda: self._stopped, self._wait_while_typing)
            except JournalError as error:
                return str(error)
            if why := self._journal.index.failed:
                return f"The search index cannot be saved ({why}), so it is rebuilt each time."
            sentences = [self._describe_faults(done, commands_key)]
            if not self._has_looked_at_conventions:
                self._has_looked_at_conventions = True
                sentences.append(self._journal.entries.unread_conventions())
            return " ".join(filter(None, sentences))

        sentence = await self._run(work) or ""
        self._shown_revision = self._journal.index.revision
        if self._is_warm and not self._stopped:
            # The refresh has replaced parts of the index, so they are loaded into memory again.
            self._warming.submit(self._warm)
        return sentence

    async def catch_up(self) -> bool:
        """Add what other programs have written since the refresh; return whether anything has changed.

        It is usually quick, so it doesn't count as `is_indexing`.
        """
        journal = self._journal

        def work() -> None:
            # The next refresh reports the error.
            with suppress(JournalError):
                journal.refresh(_no_progress, lambda: self._stopped, self._wait_while_typing)

        if self._stopped:
            return False
        await asyncio.get_running_loop().run_in_executor(self._pool, work)
        # If an earlier call was cancelled while it waited, its changes are shown after this one.
        shown, self._shown_revision = self._shown_revision, journal.index.revision
        return shown != self._shown_revision

    async def clear_orphans(self) -> bool:
        """Clean up after interrupted saves, only once; return whether a draft was recovered."""
        if self._has_cleared_orphans:
            return False
        self._has_cleared_orphans = True
        journal = self._journal
        return bool(await self._run(lambda: journal.orphans.clear_all(journal.clock())))

    def mark_as_reported(self, copies: Iterable[str]) -> None:
        """Remember conflict copies that the person knows of, so that no message mentions them again."""
        self._copies |= set(copies)

    def _describe_faults(self, done: "RefreshResult", commands_key: str) -> str:
        """Return a message about files that aren't entries; mention a conflict copy only once."""
        copies = {conflict.copy for conflict in self._journal.conflicts.among(done.faults)}
        sentences = []
        if copies - self._copies:
            verb = "needs attention" if len(copies) == 1 else "need attention"
            noun = "1 conflict copy" if len(copies) == 1 else f"{len(copies)} conflict copies"
            sentences.append(f"{noun} {verb}: press {commands_key} and choose “Conflicts”.")
        self._copies = copies
        unread = sorted(path for path, _ in done.faults if path not in copies)
        if unread:
            # A file that is left out because of its name alone causes no message by itself, but is
            # counted in one.
            listed = sum(files.number for _, _, files in done.left_out if files.is_named)
            first = one_line(unread[0])
            if count := len(unread) + listed - 1:
                others = counted(count, "other file")
                first = f"{first} and {others} with a date"
            entries = "entries" if count else "an entry"
            sentences.append(
                f"{first} could not be read as {entries}. Run journal check to see why."
            )
        return " ".join(sentences)

    async def add_saved(self, opened: "OpenedEntry", saved: "SaveResult") -> bool:
        """Add a saved entry to the index; return whether lists may show other facts than before."""

        def work() -> bool:
            before, revision = self._listed(opened), self._journal.index.revision
            self._journal.update_index(opened, saved)
            after = self._listed(opened)
            # The caller shows this change, so `catch_up` needn't.
            self._shown_revision += self._journal.index.revision - revision
            return bool(saved.conflict_path) or after is None or after != before

        return await self._run(work) or False

    def _listed(self, opened: "OpenedEntry") -> list[tuple[object, ...]] | None:
        """Return the facts that lists show about each file of an entry's day or period.

        Return None if the index can't be read.
        """
        try:
            period = self._journal.entries.period_of(opened.path)
            index = self._journal.index
            records = (
                index.records_of_period(period)
                if period
                else index.records_of_day(opened.entry.day)
            )
        except JournalError:
            return None
        return [
            tuple(
                record[name] for name in ("path", "title", "number", "rating", "learning", "tasks")
            )
            for record in records
        ]

    async def warm(self) -> None:
        """Load the index into memory before the first search, even during a refresh."""
        self._is_warm = True
        await asyncio.sleep(PAINT_SECONDS)
        if not self._stopped:
            await asyncio.get_running_loop().run_in_executor(self._warming, self._warm)

    def _warm(self) -> None:
        self._journal.index.warm(lambda: self._stopped)

    async def _run(self, work: Callable[[], Answer]) -> Answer | None:
        """Run `work` after all earlier work; return its result, or None once the worker is stopped."""
        if self._stopped:
            return None
        self._unfinished += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._unfinished -= 1

    def stop(self) -> None:
        """Cancel work that hasn't begun; a refresh ends after the year it is working on."""
        self._stopped = True
        for pool in (self._pool, self._warming):
            pool.shutdown(wait=False, cancel_futures=True)
