"""How the tests call `journal`: in this process with a fixed clock, or as a process of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import journal_tui
from journal_tui.cli.main import main

# A Friday.
NOW = datetime(2026, 11, 20, 18, 0)
TODAY = "2026-11-20"


class Result(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Stdin(io.TextIOWrapper):
    """Standard input with these bytes, or a terminal for None."""

    def __init__(self, data: bytes | None) -> None:
        super().__init__(io.BytesIO(data or b""), encoding="utf-8")
        self._is_terminal = data is None

    def isatty(self) -> bool:
        """Whether nobody piped anything in."""
        return self._is_terminal


class Shell:
    """Calls `main` as a shell would; `written` gives the text of an entry of the journal."""

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
        """Standard output of a command that must work and have nothing to complain of."""
        code, out, err = self(*words, stdin=stdin)
        assert (code, err) == (0, "")
        return out

    def refused(self, code: int, *words: str, stdin: bytes | None = None) -> str:
        """The one sentence of a command that must end with this code and print nothing else."""
        result = self(*words, stdin=stdin)
        assert (result.code, result.out) == (code, "")
        assert result.err.startswith("journal: ")
        assert result.err.count("\n") == 1
        assert "Traceback" not in result.err
        assert "went wrong in journal" not in result.err
        return result.err.removeprefix("journal: ").rstrip("\n")

    def path(self, day: str = TODAY) -> Path:
        """Where the day's entry lies."""
        return self.root / day[:4] / f"{day}.md"

    def written(self, day: str = TODAY) -> str:
        """The text of the day's entry."""
        return self.path(day).read_text("utf-8")

    def write(self, text: str | bytes, day: str = TODAY) -> Path:
        """Put an entry's file there as another program would."""
        path = self.path(day)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


def environment(**more: str) -> dict[str, str]:
    """The environment of a process of its own, which finds the package that is tested."""
    package = str(Path(journal_tui.__file__).parents[1])
    # Output is buffered, as it is for everyone, whatever the tests' own process was told.
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
