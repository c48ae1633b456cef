"""Type into a process in a pseudo-terminal, and measure when its screen shows the result."""

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

from tests.bench.emulated import Cell, Screen

COLUMNS, ROWS = 80, 24
# Seconds to wait for the result of a key, and until a screen counts as unchanged.
PATIENCE = 3.0
STILL = 0.3
# The end of the sentence above the rows if nothing is found; suggestions follow it after a while.
NOTHING = "”."


class State(NamedTuple):
    """The visible state: the text in the line, the summary above the rows, and the rows' cells."""

    line: str
    said: str
    rows: tuple[Cell, ...]

    def shows(self, wanted: "State") -> bool:
        """Return whether this state is the wanted one, whatever is suggested if nothing is found."""
        sentence, ended, _ = wanted.said.partition(NOTHING)
        if ended:
            return self.line == wanted.line and self.said.startswith(sentence + ended)
        return (self.line, self.rows) == (wanted.line, wanted.rows)


class Layout(NamedTuple):
    """Where the line, the summary above the rows, and the rows are on the screen.

    `line` and `said` are a row and its columns from the first to the last; `rows` are the first and
    the last row, and then the first and the last column. Each last one is excluded.
    """

    line: tuple[int, int, int]
    said: tuple[int, int, int]
    rows: tuple[int, int, int, int]


class Key(NamedTuple):
    """The seconds until the line shows a key, and until the rows match it."""

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
        """Return the text in the line, the summary, and the cells of the rows."""
        line, said, rows = self._layout
        text = self.screen.line(*line).rstrip(), self.screen.line(*said).strip()
        return State(*text, self.screen.region(*rows))

    def read(self, until: float) -> Iterator[tuple[float, bytes]]:
        """Yield the output until a point in time, each piece with the time when it was read."""
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
        """Wait until a text is on the screen. Raise RuntimeError if it doesn't appear."""
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
        """Press a key, wait `pause` seconds and until the screen is as wanted; return the times."""
        for _, data in self.read(perf_counter() + 0.001):
            self.screen.feed(data)
        start = perf_counter()
        os.write(self._handle, keys)
        echo = answer = 0.0
        until = start + pause
        while True:
            # Parsed only afterwards, so that no processor time is taken from the app meanwhile.
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
