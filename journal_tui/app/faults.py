"""Faults of journal itself: where they are, never a value that may hold the text of an entry."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from journal_tui.entry.visible import one_line

LOG_BYTES = 64 * 1024
"""A log longer than this begins again: the latest faults are what is asked about."""


def where(error: BaseException | None) -> str:
    """Return the kind of an error, the last lines of this package that it came through, and its own."""
    if error is not None and (cause := getattr(error, "error", None)) is not None:
        # Textual's WorkerFailed holds the error of the worker.
        error = cause if isinstance(cause, BaseException) else error
    place = error.__traceback__ if error else None
    trail: list[str] = []
    last = ""
    while place:
        name = Path(place.tb_frame.f_code.co_filename)
        last = f"{name.name}:{place.tb_lineno}"
        if "journal_tui" in name.parts:
            trail.append(last)
        place = place.tb_next
    kind = type(error).__name__ if error else "unknown"
    if not trail and last:
        trail.append(last)
    places = " > ".join(trail[-3:])
    return f"{kind} ({places})" if places else kind


def ended(error: BaseException | None) -> str:
    """Return what is said when a fault ends the app."""
    return one_line(
        f"journal had to close because something went wrong in it: {where(error)}. "
        "What you typed has been kept; open journal again to restore it."
    )


def recovered(error: BaseException | None) -> str:
    """Return what is said when the app goes on after a fault."""
    return one_line(
        f"Something went wrong in journal: {where(error)}. "
        "Your text has been kept, and the screen was rebuilt from it."
    )


class FaultLog:
    """Keep a line for each fault in the file `faults.log`, readable by this person only."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "faults.log"

    def add(self, error: BaseException | None, what: str, now: datetime) -> None:
        """Add a line that says when, what became of it, and where it was; never raises."""
        line = f"{now:%Y-%m-%d %H:%M:%S} {what}: {one_line(where(error))}\n"
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        with suppress(OSError):
            if self._file.stat().st_size > LOG_BYTES:
                self._file.unlink()
        with suppress(OSError):
            descriptor = os.open(self._file, flags | getattr(os, "O_NONBLOCK", 0), 0o600)
            try:
                os.write(descriptor, line.encode("utf-8", "replace"))
            finally:
                os.close(descriptor)


def hear_of_lost(lost: Callable[[BaseException | None], None]) -> None:
    """Have `lost` called with the error of a task that is never waited for.

    Asyncio would print the error's own words, which may be those of an entry.
    """

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        lost(error if isinstance(error, BaseException) else None)

    asyncio.get_running_loop().set_exception_handler(handle)
