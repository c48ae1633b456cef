"""Update the index in the background: one thread makes the changes in order."""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from journal_tui.app.widgets.wording import counted
from journal_tui.errors import JournalError
from journal_tui.library import conflicts
from journal_tui.library.sweeping import sweep

if TYPE_CHECKING:
    from journal_tui.journal import Journal, Opened
    from journal_tui.library.library import Saved

Answer = TypeVar("Answer")

BUSY_SECONDS, LOOK_SECONDS = 0.3, 0.02
"""So long after a key the person may press the next one, and how often that is looked at."""
PAINT_SECONDS = 0.15
"""So long another screen may take until it is there."""
SWITCH_SECONDS = 0.0005
"""How long the screen waits for Python's lock while work is done (5 ms by default)."""


class Background:
    """Refreshes the index and takes saves into it without making the screen wait."""

    def __init__(self, journal: "Journal") -> None:
        self._journal = journal
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._stopped = self._swept = self._is_warm = False
        self._busy_until = 0.0
        self._copies: set[str] = set()
        sys.setswitchinterval(SWITCH_SECONDS)

    def make_way(self) -> None:
        """A key was pressed: what comes of it has the processor for itself."""
        self._busy_until = time.monotonic() + BUSY_SECONDS

    def _rest(self) -> None:
        while not self._stopped and time.monotonic() < self._busy_until:
            time.sleep(LOOK_SECONDS)

    async def refresh(self, progress: Callable[[int, int], None]) -> str:
        """Bring the index up to date; gives a sentence when something is to be told.

        `progress(done, total)` counts files; it is called in this thread, soon.
        """
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            # Never waited for: the app may be about to end, and would not answer.
            try:
                loop.call_soon_threadsafe(progress, done, total)
            except RuntimeError:
                self._stopped = True

        def work() -> str:
            try:
                done = self._journal.refresh(tell, lambda: self._stopped, self._rest)
            except JournalError as error:
                return str(error)
            if self._journal.index.failed:
                return f"The search index cannot be saved to disk: {self._journal.index.failed}."
            return self._told_of(done.faults)

        told = await self._run(work) or ""
        if self._is_warm and not self._stopped:
            # What was brought up to date has to be had in memory again.
            self._asking.submit(self._warm)
        return told

    async def sweep(self) -> bool:
        """Clear away, once, what saves that died left; whether a draft came of it."""
        if self._swept:
            return False
        self._swept = True
        journal = self._journal
        return bool(await self._run(lambda: sweep(journal.library, journal.clock())))

    def _told_of(self, faults: Sequence[tuple[str, str]]) -> str:
        """Return what to say about files that aren't entries; conflict copies are mentioned once each."""
        copies = {conflict.copy for conflict in conflicts.among(faults)}
        sentences = []
        if copies - self._copies:
            verb = "needs attention" if len(copies) == 1 else "need attention"
            noun = "1 conflict copy" if len(copies) == 1 else f"{len(copies)} conflict copies"
            sentences.append(f"{noun} {verb}: open Conflicts in the palette (ctrl+p).")
        self._copies = copies
        if count := len(faults) - len(copies):
            files = counted(count, "file")
            sentences.append(f"{files} could not be read as entries. Run journal check to see why.")
        return " ".join(sentences)

    async def saved(self, opened: "Opened", saved: "Saved") -> None:
        """Take a save into the index."""
        await self._run(lambda: self._journal.indexed(opened, saved))

    async def warm(self) -> None:
        """Have the index in memory before somebody asks, also while it is brought up to date."""
        self._is_warm = True
        await asyncio.sleep(PAINT_SECONDS)
        if not self._stopped:
            await asyncio.get_running_loop().run_in_executor(self._asking, self._warm)

    def _warm(self) -> None:
        self._journal.index.warm(lambda: self._stopped)

    async def _run(self, work: Callable[[], Answer]) -> Answer | None:
        """What the work gives, once it is its turn; None when there is to be no more work."""
        if self._stopped:
            return None
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def stop(self) -> None:
        """Let go of what has not begun; a refresh ends with the year it is at."""
        self._stopped = True
        for pool in (self._pool, self._asking):
            pool.shutdown(wait=False, cancel_futures=True)
