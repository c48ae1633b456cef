"""Run a process under strace: list its system calls, kill it at one of them, or make one fail."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_CALL = re.compile(r"(\w+)\((-?\d*)")
# Calls that may change the disk. A kill at a call that only reads leaves the same as a kill at the
# next of these.
CHANGING = {
    "chmod", "close", "exit_group", "fchmod", "fdatasync", "flock", "fsync", "ftruncate", "link",
    "linkat", "mkdir", "mkdirat", "open", "openat", "pwrite64", "rename", "renameat", "renameat2",
    "rmdir", "unlink", "unlinkat", "utimensat", "write",
}  # fmt: skip
READING = {
    "access", "fstat", "getdents64", "lstat", "newfstatat", "read", "readlink", "stat", "statfs",
}  # fmt: skip
# The calls with which the process waits to be started; they aren't part of the verb.
WAITING = {"select", "pselect6", "restart_syscall"}
# The errors that a file system may return.
ERRNOS = ("EIO", "EACCES", "ENOSPC", "EDQUOT", "EROFS", "EPERM", "EINVAL")


class Call(NamedTuple):
    """The `number`th call of this name; `on_output` is true if it writes to a standard stream."""

    name: str
    number: int
    on_output: bool

    @property
    def errors(self) -> tuple[str, ...]:
        """Return the errors that it can end with; none if it does not concern files."""
        if self.on_output or self.name == "exit_group":
            return ()
        return ERRNOS if self.name in CHANGING else ERRNOS[:2] if self.name in READING else ()


class Outcome(NamedTuple):
    """The result of a run: output lines, exit status (-9 if killed), strace's log, error output."""

    said: list[str]
    status: int
    trace: str
    complaint: str


def strace_problem() -> str:
    """Return why strace can't be used here, or "" if it can."""
    if sys.platform != "linux" or not shutil.which("strace"):
        return "needs strace, which is not installed"
    done = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True)
    complaint = done.stderr.decode().strip()
    return "" if done.returncode == 0 else f"strace may not trace here: {complaint}"


def _wait_until_asleep(pid: str) -> None:
    """Wait until a process sleeps, so that its calls until then aren't counted."""
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
        os.sched_yield()


class Victim:
    """A process that runs `verb` in victim.py, with its forks under strace."""

    def __init__(self, verb: str, environment: dict[str, str], folder: Path) -> None:
        self._trace, self._complaints = folder / "trace", folder / "complaints"
        with open(self._complaints, "wb") as complaints:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("victim.py")), verb],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=environment,
            )  # fmt: skip
        self._until("ready")

    def _until(self, beginning: str) -> list[str]:
        assert self._process.stdout
        said = []
        while not said or not said[-1].startswith(beginning):
            line = self._process.stdout.readline().decode()
            assert line, self._complaints.read_text()
            if line.strip():
                said.append(line.rstrip("\n"))
        return said

    def _byte(self) -> None:
        assert self._process.stdin
        self._process.stdin.write(b"-")
        self._process.stdin.flush()

    def calls(self) -> list[Call]:
        """Return the system calls of a run without a fault, in order."""
        outcome = self.run()
        assert outcome.status == 0, outcome
        counts: dict[str, int] = {}
        found = []
        for line in outcome.trace.splitlines():
            if match := _CALL.match(line):
                name = match[1]
                counts[name] = counts.get(name, 0) + 1
                on_output = name == "write" and match[2] in ("1", "2")
                found.append(Call(name, counts[name], on_output))
        return [call for call in found if call.name not in WAITING]

    def run(self, call: Call | None = None, fault: str = "") -> Outcome:
        """Run the verb once; at `call`, if given, strace injects `signal=KILL` or `error=EIO`."""
        self._byte()
        pid = self._until("pid ")[-1].split()[1]
        before = self._complaints.stat().st_size
        _wait_until_asleep(pid)
        words = ["strace", "-o", str(self._trace), "-p", pid]
        if call:
            words += ["-e", f"trace={call.name}"]
            words += ["-e", f"inject={call.name}:{fault}:when={call.number}"]
        strace = subprocess.Popen(words, stderr=subprocess.PIPE)
        assert strace.stderr
        heard = strace.stderr.readline()
        assert b"attached" in heard, heard
        self._byte()
        said = self._until("end ")
        strace.communicate()
        complaint = self._complaints.read_bytes()[before:].decode()
        status = int(said.pop().split()[1])
        return Outcome(said, status, self._trace.read_text(errors="replace"), complaint)

    def end(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
