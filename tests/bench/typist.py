"""A process in a terminal of its own that is typed into, and when its screen shows what it should."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

from emulated import Cell, Screen

COLUMNS, ROWS = 80, 24
# Seconds: how long a key is waited for; until a screen counts as still.
PATIENCE = 3.0
STILL = 0.3
# What stands above the rows where there are none; what may be tried instead comes after a while.
NOTHING = "Nothing found"


class State(NamedTuple):
    """What is to be seen: the text in the line, what is said of the rows, and their cells."""

    line: str
    said: str
    rows: tuple[Cell, ...]

    def shows(self, wanted: "State") -> bool:
        """Whether this is, for whoever typed, what is wanted."""
        if wanted.said.startswith(NOTHING):
            return self[:2] == wanted[:2]
        return (self.line, self.rows) == (wanted.line, wanted.rows)


class Layout(NamedTuple):
    """Where line and summary are on the screen (row, first, last), and the rows (two of each)."""

    line: tuple[int, int, int]
    said: tuple[int, int, int]
    rows: tuple[int, int, int, int]


class Key(NamedTuple):
    """Seconds until the line shows a key, and until the rows answer it."""

    echo: float
    answer: float


class Terminal:
    """A process in a terminal of its own, and its screen."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], layout: Layout) -> None:
        self.screen = Screen(COLUMNS, ROWS)
        self._layout = layout
        self._process, self._handle = pty.fork()
        if self._process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            known = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execve(command[0], list(command), known)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.close(self._handle)
        os.waitpid(self._process, 0)

    def state(self) -> State:
        """The text in the line, and the cells of the rows."""
        line, said, rows = self._layout
        text = self.screen.line(*line).rstrip(), self.screen.line(*said).strip()
        return State(*text, self.screen.region(*rows))

    def read(self, until: float) -> Iterator[tuple[float, bytes]]:
        """What is written up to a point in time, with when it was read."""
        while (left := until - perf_counter()) > 0:
            if select.select([self._handle], [], [], left)[0]:
                data = os.read(self._handle, 65536)
                yield perf_counter(), data

    def settle(self, seconds: float = STILL) -> State:
        """Wait until line and rows have not changed for a while."""
        state, since = self.state(), perf_counter()
        begun = since
        while perf_counter() < since + seconds:
            for at, data in self.read(perf_counter() + 0.02):
                self.screen.feed(data)
                if self.state() != state:
                    state, since = self.state(), at
            if perf_counter() > begun + 10 * PATIENCE:
                raise RuntimeError(f"never still:\n{self.screen.text}")
        return state

    def sees(self, text: str) -> None:
        """Wait until a text is on the screen. Raises RuntimeError when it never is."""
        end = perf_counter() + 10 * PATIENCE
        while text not in self.screen.text:
            for _, data in self.read(perf_counter() + 0.02):
                self.screen.feed(data)
            if perf_counter() > end:
                raise RuntimeError(f"never came: {text}\n{self.screen.text}")

    def types(self, keys: bytes) -> None:
        """Write keys without waiting for anything."""
        os.write(self._handle, keys)

    def key(self, keys: bytes, wanted: State, pause: float) -> Key:
        """Press a key, wait for `pause` seconds and as long as it is not answered; what it took."""
        for _, data in self.read(perf_counter() + 0.001):
            self.screen.feed(data)
        start = perf_counter()
        os.write(self._handle, keys)
        echo = answer = 0.0
        until = start + pause
        while True:
            # Taken in only afterwards: no time of the machine is spent while the app works.
            for at, data in list(self.read(until)):
                self.screen.feed(data)
                shown = self.state()
                echo = (echo or at) if shown.line == wanted.line else 0.0
                answer = (answer or at) if shown.shows(wanted) else 0.0
            if answer:
                return Key(echo - start, answer - start)
            if perf_counter() > start + PATIENCE:
                shown = self.state()
                raise RuntimeError(
                    f"never answered: {wanted.line!r}, {wanted.said!r}; it shows {shown[:2]}"
                )
            until = perf_counter() + 0.05
