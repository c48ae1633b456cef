"""Report errors in journal itself by their place, never by values that may hold entry text."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from journal_tui.entry.sanitize import one_line

LOG_BYTES = 64 * 1024
"""Size above which the log is deleted and begun again; only the latest faults matter."""


def where(error: BaseException | None) -> str:
    """Return an error's type and the last three places in this package that it passed through.

    If it passed through none, give the place where it was raised.
    """
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


def end_message(error: BaseException | None) -> str:
    """Return the message for a fault that ends the app."""
    return one_line(
        f"journal had to close because something went wrong in it: {where(error)}. "
        "What you typed has been kept; open journal again to restore it."
    )


def recovery_message(error: BaseException | None) -> str:
    """Return the message for a fault from which the app recovered."""
    return one_line(
        f"Something went wrong in journal: {where(error)}. "
        "Your text has been kept, and the screen was rebuilt from it."
    )


def lost_message(error: BaseException | None) -> str:
    """Return the message for a fault that stopped one task, and left the screen as it is."""
    return one_line(
        f"Something went wrong in journal: {where(error)}. "
        "Your text has been kept. Try again, or close and reopen journal."
    )


class FaultLog:
    """The file `faults.log`, which has a line for each fault and is readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "faults.log"

    def add(self, error: BaseException | None, what: str, now: datetime) -> None:
        """Add a line with the time, the outcome (`what`) and the place of a fault; never raise."""
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


def report_lost_errors(report: Callable[[BaseException | None], None]) -> None:
    """Call `report` with the error of each task that nothing awaits.

    Asyncio would print the error's message, which may hold the text of an entry.
    """

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        report(error if isinstance(error, BaseException) else None)

    asyncio.get_running_loop().set_exception_handler(handle)
