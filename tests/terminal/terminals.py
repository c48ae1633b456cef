"""Run the app in a pseudo-terminal, and wait for its output instead of sleeping."""

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from journal_tui import journal as journals
from journal_tui.library import drafts

PATIENCE = 20.0
HERE = Path(__file__).parents[2]
DAY = date(2026, 11, 20)


class Terminal:
    """One process whose controlling terminal is a pty; `output` is all that it wrote."""

    def __init__(self, command: list[str], environment: dict[str, str], size: tuple[int, int]):
        self.output = b""
        self.master, slave = os.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        # The other end of the pty stays open, so that its settings can be read later.
        self.slave = slave
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=HERE,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self) -> None:
        ready, _, _ = select.select([self.master], [], [], 0.05)
        if ready:
            with contextlib.suppress(OSError):
                self.output += os.read(self.master, 65536)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Read output until the condition holds; fail the test if it takes too long."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                last = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]| +", b" ", self.output)[-1500:]
                pytest.fail(f"never came: {what}\n{last!r}")
            if self.master >= 0:
                self.read()
            else:
                select.select([], [], [], 0.05)

    def sees(self, text: str, since: int = 0) -> None:
        self.until(lambda: text.encode() in self.output[since:], f"on the screen: {text}")

    def wait_until_quiet(self) -> None:
        """Read output until there is a gap as long as a blinking cursor leaves."""
        while select.select([self.master], [], [], 0.3)[0]:
            self.read()

    def types(self, keys: str | bytes) -> None:
        os.write(self.master, keys if isinstance(keys, bytes) else keys.encode())

    def signals(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def code(self) -> int:
        """Wait for the process to end; return its exit code."""
        self.until(lambda: self.process.poll() is not None, "the end")
        for _ in range(3):
            if self.master >= 0:
                self.read()
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for handle in (self.master, self.slave):
            if handle >= 0:
                os.close(handle)


class Place:
    """A journal and a home in a temporary folder, and terminals in which the app runs on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "journal"
        self.editor = ""
        journals.create(self.root, date(2026, 11, 2), "Desk")
        self.terminals: list[Terminal] = []

    @property
    def file(self) -> Path:
        return self.root / "2026" / f"{DAY}.md"

    def put(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(text)

    def drafts(self) -> list[Path]:
        return list(self.folder.glob("**/drafts/*.log"))

    def typed(self) -> str:
        """Return the joined texts of all drafts."""
        found = map(drafts.read, self.drafts())
        return "".join(draft.text for draft in found if draft)

    def environment(self) -> dict[str, str]:
        """Return the environment variables of a process."""
        return {
            "HOME": str(self.folder), "PATH": os.environ["PATH"], "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "PYTHONPATH": str(HERE), "EDITOR": self.editor, "SHELL": "/bin/sh",
            "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip

    def start(
        self, *command: str, size: tuple[int, int] = (80, 24), ready: str = "Save"
    ) -> Terminal:
        """Start the app on DAY in a terminal, and wait until it is painted."""
        words = list(command) or [
            sys.executable, "-m", "journal_tui", "--journal", str(self.root), str(DAY),
        ]  # fmt: skip
        terminal = Terminal(words, self.environment(), size)
        self.terminals.append(terminal)
        if ready:
            terminal.sees(ready)
        return terminal

    def writes(self, terminal: Terminal, text: str) -> None:
        """Type, and wait until all of it is in the draft."""
        terminal.types(text)
        terminal.until(lambda: text in self.typed(), f"drafted: {text}")
