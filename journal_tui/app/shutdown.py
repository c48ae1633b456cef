"""Shut down in order, or by force after two seconds at the latest."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

END_SECONDS = 1.5
"""Seconds that an orderly end may take before the process is ended by force."""
_SIGNALS = ("SIGTERM", "SIGHUP")
HANGUP = 1
"""The number of SIGHUP, used for a closed terminal too; Windows doesn't define the signal."""


class Watchdog:
    """End the process by force if an orderly end takes too long.

    The watchdog has a thread of its own, so that it works while the app is busy or waits for a
    disk, a terminal or a child process. `before_exit` is called in that thread before a forced end.
    """

    def __init__(self, before_exit: Callable[[], object]) -> None:
        self._before_exit = before_exit
        self._deadline: float | None = None
        self._code = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self, code: int, seconds: float = END_SECONDS) -> None:
        """Start the countdown; later calls change the exit code but not the deadline."""
        with self._changed:
            self._code = code
            if self._deadline is None:
                self._deadline = time.monotonic() + seconds
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop the countdown: the person is being asked, or the app isn't going to end."""
        with self._changed:
            self._deadline = None
            self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._deadline is None:
                    self._changed.wait()
                left = self._deadline - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
            with suppress(Exception):
                self._before_exit()
            os._exit(self._code)


class SignalListener:
    """Listen for SIGTERM and SIGHUP in a thread, because the main thread may be busy or waiting.

    `begin(number)` is called in that thread, then `end(number)` in the app's event loop.
    """

    def __init__(self, begin: Callable[[int], object], end: Callable[[int], object]) -> None:
        self._begin, self._end = begin, end
        self._numbers = {int(getattr(signal, name)) for name in _SIGNALS if hasattr(signal, name)}

    def start(self) -> None:
        """Start listening; do nothing on Windows, which has no such signals."""
        if os.name == "nt":
            return
        loop = asyncio.get_running_loop()
        receiver, sender = socket.socketpair()
        sender.setblocking(False)
        try:
            for number in self._numbers:
                # Python writes to the socket only for signals that have a handler.
                signal.signal(number, lambda *_: None)
            signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        except ValueError:
            # Signal handlers can be set only in the main thread; tests run the app in another.
            receiver.close()
            sender.close()
            return
        # Keep a reference: the socket must stay open as long as the process lives.
        self._socket = sender
        arguments = (receiver, loop)
        threading.Thread(target=self._listen, args=arguments, name="signals", daemon=True).start()

    def _listen(self, receiver: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        while numbers := receiver.recv(64):
            for number in numbers:
                if number in self._numbers:
                    self._begin(number)
                    with suppress(RuntimeError):
                        # Raised once the loop is closed, when the app is ending anyway.
                        loop.call_soon_threadsafe(self._end, number)


def forbid_core_dumps() -> None:
    """Forbid core dumps of this process: they would hold the text of entries."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass
