"""The monkey's terminal: a pty, the modes that the app sets, and the text on its screen."""

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pyte

# What may be written besides text: CSI sequences, charsets, a few plain escapes, the pointer's shape,
# and what was copied for the clipboard.
_SEQUENCE = re.compile(
    rb"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rb"|\x1b[()][A-Z0-9]|\x1b[78=>M\\]|\x1b\](?:22;[a-z-]*|52;c;[A-Za-z0-9+/=]*)\x07"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;: -/]*|[()]|\][0-9]*(?:;[A-Za-z0-9+/=;-]*)?)?\Z")
# Control characters except BEL, line feed and carriage return, which terminals expect.
_CONTROLS = re.compile(rb"[\x00-\x06\x08\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
_ALLOWED_MODES = {b"?25", b"?7"}
TAIL = 20_000
PIXELS = 8, 16
"""The size of one cell, for terminals that report the mouse in pixels."""


class ProcessorTime:
    """A clock without the time in which a process, or this one, waited for a processor.

    So a delay by a busy machine doesn't count as a hang.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._begin = time.monotonic()
        self._waited = self._waits()

    def _waits(self) -> float:
        return sum(scheduling(pid)[1] for pid in (self._pid, os.getpid()))

    @property
    def seconds(self) -> float:
        wall = time.monotonic() - self._begin
        return max(0.0, wall - max(0.0, self._waits() - self._waited))


def scheduling(pid: int) -> tuple[float, float]:
    """Return the seconds that a process's main thread has run, and has waited for a processor."""
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / 1e9, int(waited) / 1e9


class Terminal:
    """One process on a pty; only `pump` reads its output, so that it can be left unread."""

    def __init__(
        self, command: list[str], environment: dict[str, str], folder: Path, size: list[int], answers: bool
    ) -> None:  # fmt: skip
        self.columns, self.rows = size
        self.answers = answers
        self.modes: dict[str, bool] = {}
        self.kitty = 0
        self.strays: deque[bytes] = deque(maxlen=20)
        self.tail = b""
        self.after_leaving = b""
        self.written = 0
        self.dropped = 0
        self._carry = b""
        self._is_echoing = self._echoes = True
        self._unseen = bytearray()
        self._unread_until = 0.0
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self.master, self.slave = os.openpty()
        os.set_blocking(self.master, False)
        self._set_size()
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(
            command, stdin=self.slave, stdout=self.slave, stderr=self.slave, env=environment,
            cwd=folder, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        self.pid = self.process.pid

    @property
    def is_stuck(self) -> bool:
        """Whether output is left unread at the moment."""
        return time.monotonic() < self._unread_until

    def stall(self, seconds: float) -> None:
        """Leave the output unread for some seconds."""
        self._unread_until = time.monotonic() + seconds

    def pump(self, seconds: float = 0.0) -> int:
        """Read for some seconds; return how many bytes came."""
        end, got = time.monotonic() + seconds, 0
        while True:
            left = max(0.0, end - time.monotonic())
            if self.master < 0 or self.is_stuck:
                time.sleep(min(left, 0.02))
            elif select.select([self.master], [], [], min(left, 0.05))[0]:
                got += self._read()
            if time.monotonic() >= end:
                return got

    def _read(self) -> int:
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return 0
        self.tail = (self.tail + data)[-TAIL:]
        self.written += len(data)
        # Echo is on a little before and after another program has the screen.
        echoed, self._is_echoing = self._is_echoing, self._has_echo()
        self._echoes = echoed or self._is_echoing
        self._look_at(self._carry + data)
        return len(data)

    def _has_echo(self) -> bool:
        try:
            return self.slave >= 0 and bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)
        except termios.error:
            return False

    def _look_at(self, data: bytes) -> None:
        """Follow the sequences of the output, and keep for the screen what pyte understands."""
        unfinished = _UNFINISHED.search(data)
        self._carry = unfinished[0] if unfinished else b""
        if self._carry:
            data = data[: -len(self._carry)]
        position = 0
        for match in _SEQUENCE.finditer(data):
            self._text(data[position : match.start()])
            position = match.end()
            if match["final"] is not None:
                self._csi(match)
        self._text(data[position:])

    def _text(self, data: bytes) -> None:
        self._unseen += data
        self.after_leaving = (self.after_leaving + data)[-TAIL:]
        # While another program has the terminal, typed characters are echoed, controls included.
        may_be_echo = self._echoes or not self.modes.get("1049", True)
        if not may_be_echo and (stray := _CONTROLS.search(data)):
            self.strays.append(data[max(0, stray.start() - 40) : stray.end() + 40])

    def _csi(self, match: re.Match[bytes]) -> None:
        private, numbers, between, final = match.group("private", "numbers", "between", "final")
        if private == b"?" and final in b"hl" and not between:
            for number in numbers.split(b";"):
                self._mode(number.decode(), final == b"h")
            if private + numbers in _ALLOWED_MODES:
                self._unseen += match[0]
        elif private == b"?" and between == b"$" and final == b"p" and self.answers:
            self.type(f"\x1b[?{numbers.decode()};2$y")
        elif final == b"u" and private in b"<>" and private:
            self.kitty = self.kitty + 1 if private == b">" else max(0, self.kitty - 1)
        elif not private and not between and final != b"m":
            # Colours are left out, because they are most of the output and pyte parses them slowly.
            self._unseen += match[0]

    def _mode(self, number: str, is_on: bool) -> None:
        was_on = self.modes.get(number, False)
        self.modes[number] = is_on
        if number == "1049":
            self.after_leaving = b""
        elif number == "2048" and is_on and not was_on:
            self._report_size()

    @property
    def rows_shown(self) -> list[str]:
        """The text on the screen, a string for each row."""
        data, self._unseen = bytes(self._unseen), bytearray()
        # An error in pyte isn't a fault of the app.
        with contextlib.suppress(Exception):
            self._stream.feed(data)
        # pyte's own rows fail where a wide character was cut in half.
        buffer, columns = self._screen.buffer, range(self._screen.columns)
        return [
            "".join(buffer[row][column].data for column in columns).rstrip()
            for row in range(self._screen.lines)
        ]

    @property
    def shown(self) -> str:
        """The text on the screen."""
        return "\n".join(self.rows_shown)

    def type(self, keys: str) -> None:
        """Send keys; drop what a full terminal doesn't accept within a second."""
        data, end = keys.encode("utf-8", "surrogateescape"), time.monotonic() + 1.0
        while data and self.master >= 0:
            try:
                data = data[os.write(self.master, data) :]
            except BlockingIOError:
                if time.monotonic() > end or self.process.poll() is not None:
                    self.dropped += 1
                    return
                if self.is_stuck:
                    time.sleep(0.01)
                else:
                    select.select([self.master], [], [], 0.01)
                    self._read()
            except OSError:
                return

    def mouse(self, button: int, x: float, y: float, final: str) -> None:
        """Report the mouse at these fractions of the size, if the app has enabled reports."""
        if not self.modes.get("1000"):
            return
        column, row = int(x * self.columns), int(y * self.rows)
        if self.modes.get("1016") and self.modes.get("2048"):
            column, row = column * PIXELS[0] + 3, row * PIXELS[1] + 7
        self.type(f"\x1b[<{button};{column + 1};{row + 1}{final}")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as the window manager does."""
        self.rows_shown  # noqa: B018 - what came so far belongs to the size before
        self.columns, self.rows = columns, rows
        with contextlib.suppress(Exception):
            self._screen.resize(rows, columns)
        if self.master < 0:
            return
        self._set_size()
        if self.modes.get("2048"):
            self._report_size()

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    def _report_size(self) -> None:
        rows, columns = self.rows, self.columns
        self.type(f"\x1b[48;{rows};{columns};{rows * PIXELS[1]};{columns * PIXELS[0]}t")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the app."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    @property
    def is_stopped(self) -> bool:
        """Whether it waits for SIGCONT."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"
        except (OSError, IndexError):
            return False

    def until(self, condition: Callable[[], object], seconds: float) -> bool:
        """Read until the condition holds; return False after so many seconds of a ProcessorTime."""
        served = ProcessorTime(self.pid)
        while not condition():
            if served.seconds > seconds:
                return bool(condition())
            self.pump(0.02)
        return True

    def close(self) -> None:
        """Close the terminal, as when its window is closed or its line is lost."""
        for handle in (self.slave, self.master):
            if handle >= 0:
                os.close(handle)
        self.slave = self.master = -1

    def end(self) -> None:
        """End the process and close the terminal."""
        if self.is_alive:
            self.process.kill()
        self.process.wait()
        self.close()

    @property
    def not_restored(self) -> list[str]:
        """The modes and settings of the terminal that the app didn't restore."""
        on = ("1000", "1002", "1003", "1006", "1015", "1016", "1004", "2004", "2048", "1049")
        left = [f"mode {number} still on" for number in on if self.modes.get(number)]
        if not self.modes.get("25", True):
            left.append("cursor hidden")
        if not self.modes.get("7", True):
            left.append("lines do not wrap")
        if self.kitty:
            left.append("kitty protocol still on")
        if self.slave >= 0 and termios.tcgetattr(self.slave)[:4] != self.before[:4]:
            left.append("terminal attributes changed")
        return left
