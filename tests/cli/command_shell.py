"""Call `journal` in tests: in this process with a fixed clock, or as a process of its own."""

import argparse
import io
import os
import re
import select
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import journal_tui
from journal_tui.cli.commands import COMMANDS
from journal_tui.cli.main import main

# A Friday.
NOW = datetime(2026, 11, 20, 18, 0)
TODAY = "2026-11-20"


class Result(NamedTuple):
    """The result of a command: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


class Stdin(io.TextIOWrapper):
    """Standard input with these bytes, or a terminal for None."""

    def __init__(self, data: bytes | None) -> None:
        super().__init__(io.BytesIO(data or b""), encoding="utf-8")
        self._is_terminal = data is None

    def isatty(self) -> bool:
        """Say whether it is a terminal, not a pipe."""
        return self._is_terminal


class Shell:
    """A shell in which `main` is called with words; its methods read and write entries, too."""

    def __init__(self, root: Path, read: Callable[[], tuple[str, str]]) -> None:
        self.root = root
        self._read = read

    def __call__(self, *words: str, stdin: bytes | None = None) -> Result:
        self._read()
        before, sys.stdin = sys.stdin, Stdin(stdin)
        try:
            code = main(words)
        finally:
            sys.stdin = before
        return Result(code, *self._read())

    def good(self, *words: str, stdin: bytes | None = None) -> str:
        """Run a command that must succeed without any message; return its standard output."""
        code, out, err = self(*words, stdin=stdin)
        assert (code, err) == (0, "")
        return out

    def refused(self, code: int, *words: str, stdin: bytes | None = None) -> str:
        """Run a command that must end with this code and one sentence; return the sentence."""
        result = self(*words, stdin=stdin)
        assert (result.code, result.out) == (code, "")
        assert result.err.startswith("journal: ")
        assert result.err.count("\n") == 1
        assert "Traceback" not in result.err
        assert "went wrong in journal" not in result.err
        return result.err.removeprefix("journal: ").rstrip("\n")

    def path(self, day: str = TODAY) -> Path:
        """Return the path of the day's entry."""
        return self.root / day[:4] / f"{day}.md"

    def written(self, day: str = TODAY) -> str:
        """Return the text of the day's entry."""
        return self.path(day).read_text("utf-8")

    def write(self, text: str | bytes, day: str = TODAY) -> Path:
        """Write an entry's file as another program would."""
        path = self.path(day)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


def options_of(command: str) -> set[str]:
    """Return the options that a command takes, as argparse's help lists them."""
    parser = argparse.ArgumentParser()
    COMMANDS[command].add_arguments(parser)
    lines = re.findall(r"^  (-.*?)(?:  .*)?$", parser.format_help(), re.MULTILINE)
    return {
        "--journal",
        *(option for line in lines for option in re.findall(r"(?<![^ ])--?\w[\w-]*", line)),
    }


def environment(**more: str) -> dict[str, str]:
    """Return the environment for a process of its own that imports the package under test."""
    package = str(Path(journal_tui.__file__).parents[1])
    # Output is buffered, as is usual, even if PYTHONUNBUFFERED is set for the tests.
    own = {"PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": ""}
    return {**os.environ, **own, **more}


def process(
    *words: str, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run `journal` as a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "journal_tui", *words],
        cwd=cwd,
        input=stdin,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=60,
        check=False,
    )


def on_a_terminal(
    words: list[str], cwd: Path, columns: int = 80, piped: str = "", **env: str
) -> tuple[int, str]:
    """Return the exit code of a command and what it sends to a terminal of this many columns.

    Its three streams are the terminal, except one that `piped` names.
    """
    # Not every system has these.
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
    if piped:
        streams[piped] = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", "journal_tui", *words],
        cwd=cwd,
        env=environment(TERM="xterm-256color") | env,
        start_new_session=True,
        **streams,  # type: ignore[call-overload]
    ) as running:
        os.close(theirs)
        seen = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
    os.close(ours)
    return running.returncode, seen.decode().replace("\r\n", "\n")


def shell_line(line: str, cwd: Path, **env: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of sh in which `$J` is the command; its exit code is that of the last command."""
    command = f"{sys.executable} -m journal_tui"
    return subprocess.run(
        ["sh", "-c", line.replace("$J", command)],
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
