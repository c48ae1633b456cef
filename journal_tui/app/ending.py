"""The ways in which the app may end that are not the person's own wish."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from journal_tui.entry.visible import one_line

_SIGNALS = ("SIGTERM", "SIGHUP")


def listen(end: Callable[[int], None]) -> None:
    """Have SIGTERM and a closed terminal call `end` with their number; Windows has no such signals."""
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            try:
                loop.add_signal_handler(number, end, int(number))
            except (NotImplementedError, RuntimeError, ValueError):
                return


def keep_one_reader(driver: object) -> None:
    """Have SIGCONT begin the reading of keys again only where a stop had ended it.

    Textual's handler begins it in any case: after a SIGSTOP two readers would share the keys.
    """
    go_on = getattr(driver, "_sigcont_application", None)
    if go_on is None:
        return

    def continued(*_: object) -> None:
        if getattr(driver, "_must_signal_resume", True):
            go_on()

    signal.signal(signal.SIGCONT, continued)


def hear_of_lost_faults(lost: Callable[[str], None]) -> None:
    """Have `lost` told where a task failed that nobody waits for.

    Asyncio would print the error's own words, which may be those of an entry.
    """

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        lost(_where(error if isinstance(error, BaseException) else None))

    asyncio.get_running_loop().set_exception_handler(handle)


def no_core_dumps() -> None:
    """A core dump would hold the text of entries."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass


def fault(error: BaseException | None) -> str:
    """What is said of a fault of our own: where it is, never a value that may hold entry text."""
    return one_line(
        f"journal ended because of a fault in itself: {_where(error)}. "
        "What you had typed is kept; open journal again and it offers to restore it."
    )


def _where(error: BaseException | None) -> str:
    place = error.__traceback__ if error else None
    trail = []
    while place:
        name = Path(place.tb_frame.f_code.co_filename)
        if "journal_tui" in name.parts:
            trail.append(f"{name.name}:{place.tb_lineno}")
        place = place.tb_next
    kind = type(error).__name__ if error else "unknown"
    where = f" ({' > '.join(trail[-3:])})" if trail else ""
    return f"{kind}{where}"
