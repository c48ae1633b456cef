"""Measure how long an app takes until a real terminal shows the text that it opens with."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from time import monotonic, perf_counter

COLUMNS, ROWS = 120, 40
TIMEOUT = 30.0


def markers(text: str) -> list[bytes]:
    """Return a long word of each paragraph, so that any part of the text that is shown has one."""
    prose = text.partition("\n## ")[0].split("\n\n")[1:]
    return [max(re.findall("[a-z]+", paragraph), key=len).encode() for paragraph in prose]


def first(command: Sequence[str], env: Mapping[str, str], wanted: Sequence[bytes]) -> float:
    """Return the seconds from a process's start to the first output with one of the words.

    The process is then killed. Raise RuntimeError, with the end of the output, if no word comes.
    """
    terminal = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    start = perf_counter()
    pid, handle = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execve(command[0], list(command), terminal)
    output = b""
    try:
        give_up = monotonic() + TIMEOUT
        while not any(word in output for word in wanted):
            if not select.select([handle], [], [], max(0.0, give_up - monotonic()))[0]:
                raise RuntimeError(f"no text after {TIMEOUT:.0f} s: {output[-400:]!r}")
            try:
                piece = os.read(handle, 65536)
            except OSError:
                raise RuntimeError(f"{command[0]} ended: {output[-400:]!r}") from None
            output += piece
        return perf_counter() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        # A process that is killed while it writes to its terminal only ends once that is closed.
        os.close(handle)
        os.waitpid(pid, 0)
