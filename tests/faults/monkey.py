"""A monkey at the terminal: random keys, mouse, pastes, resizes, signals and faults, and what must hold.

    python -m tests.faults.monkey --mode anything --seed 1-10 --events 50000 --journal entries --jobs 4
    python -m tests.faults.monkey --shrink OUT/failures/NAME.json --journal entries
    python -m tests.faults.monkey --mode find --seed 3 --session 7 --print

The events come from the seed alone; what the app makes of them depends on time as well. One JSON
line is printed for each failure and for each mode and seed; `--out` keeps the failures with all
that is known of them. Needs pyte, and Linux.
"""

import argparse
import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.faults.monkey_events import MODES, Event, dumps, encode, generate, loads, shrink, typed
from tests.faults.monkey_terminal import ProcessorTime, Terminal, scheduling

HERE = Path(__file__).parents[2]
PATIENCE = 2.0
"""Seconds in which the app must answer, become idle, or end; the time that a busy machine takes is not counted."""
ALLOWANCE = 0.1
"""Seconds more for each event since it was idle last."""
HOME_SIZE = 150, 36
ESCAPES = 4
FULL_HISTORY = 20
LETTERS = "zqxjkwyu"
"""The letters of typed words: none is an answer in a dialog, or a key in the reading view."""

_PLACE = re.compile(r"Ln (\d+), Col (\d+)")
_STATES = re.compile(
    "nothing written yet|unsaved changes|● saved|saved, not confirmed|✗ |read-only"
)
_ON_TOP = re.compile(r"\besc (Cancel|Close|Back|Quit)|🔎|▔{20}")
_REPORTS = re.compile(r"\[<\d+;\d+;\d+[Mm]|\[\d+;\d*(:\d)?u|\[48;\d+;\d+;\d+;\d+t|\[\?\d+;\d\$y")
_LEFTOVERS = re.compile(rb"errors? shown|textual run --dev|Traceback|\bFatal Python error")
# Starts the app with a clock that a file shifts, and a signal that dumps the stacks of all threads.
_STARTER = """
import faulthandler, os, signal, sys
from datetime import datetime, timedelta
faulthandler.register(signal.SIGUSR1, open(os.environ["MONKEY_STACKS"], "a"), all_threads=True)
from journal_tui import journal

def clock():
    try:
        shift = float(open(os.environ["MONKEY_CLOCK"]).read())
    except (OSError, ValueError):
        shift = 0.0
    return datetime.now() + timedelta(seconds=shift)

usual = journal.Journal.__init__.__defaults__
assert datetime.now in usual, usual
journal.Journal.__init__.__defaults__ = tuple(clock if one == datetime.now else one for one in usual)
from journal_tui.cli.main import console
console()
"""
# From Linux's fs.h: read and set a file's flags; one of them forbids changes even to root.
_GET_FLAGS, _SET_FLAGS, _IMMUTABLE = 0x80086601, 0x40086602, 0x10


class Failure(Exception):
    """Something that must not happen."""

    def __init__(self, kind: str, what: str = "") -> None:
        super().__init__(what or kind)
        self.kind = kind


@dataclass
class Count:
    """The counts of events tried and of failures."""

    sessions: int = 0
    events: int = 0
    rests: int = 0
    ways_back: int = 0
    words: int = 0
    words_unseen: int = 0
    words_pruned: int = 0
    offers: int = 0
    endings_tried: int = 0
    saves_failed: int = 0
    dropped: int = 0
    recovered_faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)

    def row(self) -> dict[str, Any]:
        """Return the cells of a row in the campaign's table."""
        return {
            "sessions": self.sessions, "events": self.events, "endings": self.failures["ending"],
            "hangs": self.failures["hang"] + self.failures["no end"],
            "texts lost": self.failures["lost"] + self.failures["not offered"],
            "no way back": self.failures["no way back"], "stray codes": self.failures["stray code"],
            "ended badly": self.failures["ended badly"], "recovered": len(self.recovered_faults),
        }  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return all counts, for a line of JSON."""
        plain = {name: value for name, value in vars(self).items() if name != "failures"}
        plain["recovered"] = len(self.recovered_faults)
        return plain | {"slowest": round(self.slowest, 2), "failures": dict(self.failures)}


class Place:
    """A copy of a journal, a home folder, and the faults and outside changes that affect them."""

    def __init__(self, base: Path, journal: Path, python: str) -> None:
        self.base, self._source, self.python = base, journal, python
        self.root, self.home = base / "journal", base / "home"
        self.away = base / "away"
        self.stacks, self._clock = base / "stacks.txt", base / "clock"
        self._flags: list[Path] = []
        self._since = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the app, without anything of the user who runs this."""
        made = {
            "HOME": str(self.home), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "COLORTERM": "truecolor", "EDITOR": "true", "BROWSER": "true", "SHELL": "/bin/sh",
            "TMPDIR": str(self.base / "tmp"), "MONKEY_STACKS": str(self.stacks), "MONKEY_CLOCK": str(self._clock),
            "XDG_STATE_HOME": str(self.home / "state"), "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            # Compiled once for all; the tree stays clean.
            "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / f"monkey-pycache-{os.getuid()}"),
        }  # fmt: skip
        if self.python == sys.executable:
            made["PYTHONPATH"] = str(HERE)
        return made

    def renew(self) -> None:
        """Make a fresh copy of the journal, with its index."""
        self.mend()
        shutil.rmtree(self.base, ignore_errors=True)
        # The time stamps of a file system may lag by a tick.
        self._since = time.time_ns() - 1_000_000_000
        self.home.mkdir(parents=True)
        (self.base / "tmp").mkdir()
        self.away.mkdir()
        shutil.copytree(self._source, self.root)
        # Nothing would be written to a sample.
        settings = self.root / "journal.toml"
        text = settings.read_text("utf-8") if settings.exists() else ""
        if "\nsample = true\n" in text:
            settings.write_text(text.replace("\nsample = true\n", "\n"), "utf-8")
        subprocess.run(
            [self.python, "-m", "journal_tui", "--journal", str(self.root), "find", "zqxj", "-n", "1"],
            env=self.environment, cwd=self.base, stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip

    def command(self, day: int | None) -> list[str]:
        """Return the command that starts the app on a file's day (by its number) or on today."""
        words = [self.python, "-X", "faulthandler", "-c", _STARTER, "--journal", str(self.root)]
        files = sorted(self.root.glob("[0-9]*/????-??-??.md"))
        return [*words, files[day % len(files)].stem] if day is not None and files else words

    def shift_clock(self, seconds: float | None) -> None:
        """Shift the app's clock by some seconds; None shifts it to a second before midnight."""
        shift = self._shift()
        now = datetime.now() + timedelta(seconds=shift)
        if seconds is None:
            midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
            seconds = (midnight - now).total_seconds() - 1.0
        # Not so far that the app would empty the trash or delete versions.
        if abs(shift + seconds) < 10 * 86_400:
            self._clock.write_text(str(shift + seconds))

    def _shift(self) -> float:
        with contextlib.suppress(OSError, ValueError):
            return float(self._clock.read_text())
        return 0.0

    def today(self) -> date:
        """Return the date of the app's clock."""
        return (datetime.now() + timedelta(seconds=self._shift())).date()

    def open_file(self) -> Path | None:
        """Return the file that is probably open: the latest draft's, else today's or the latest."""
        from journal_tui.library import drafts

        logs = sorted(self.home.glob("state/**/drafts/*.log"), key=_modified)
        draft = drafts.read(logs[-1]) if logs else None
        if draft and (self.root / draft.path).exists():
            return self.root / draft.path
        today = self.root / f"{self.today():%Y}" / f"{self.today()}.md"
        files = [today] if today.exists() else list(self.root.glob("[0-9]*/*.md"))
        return max(files, key=_modified, default=None)

    def disturb(self, what: str) -> None:
        """Append a line to the open file, rewrite or delete it, or add a conflict copy."""
        file = self.open_file()
        with contextlib.suppress(OSError):
            if file is None:
                return
            old = file.read_bytes()
            if what == "append":
                with file.open("ab") as handle:
                    handle.write(b"\nadded by another program\n")
            elif what == "conflict":
                copy = file.with_name(f"{file.stem}.sync-conflict-20261101-120000-ABCDEFG.md")
                copy.write_bytes(old + b"\nfrom another machine\n")
            else:
                # Keep what is removed here, so that it doesn't count as lost by the app.
                (self.away / f"{time.monotonic_ns()}.md").write_bytes(old)
                if what == "delete":
                    file.unlink()
                else:
                    lines = old.splitlines(keepends=True)
                    file.write_bytes(
                        b"".join(lines[: len(lines) // 2]) + b"\nrewritten elsewhere\n"
                    )

    def break_disk(self) -> bool:
        """Make all saves in the journal fail; return False if this system can't do that."""
        for folder in [self.root, *(path for path in self.root.iterdir() if path.is_dir())]:
            if os.getuid():
                folder.chmod(0o555)
            elif not _set_immutable(folder, True):
                return False
            self._flags.append(folder)
        return True

    @property
    def is_broken(self) -> bool:
        """Whether saves fail."""
        return bool(self._flags)

    def mend(self) -> None:
        """Let saves work again."""
        for folder in self._flags:
            with contextlib.suppress(OSError):
                if os.getuid():
                    folder.chmod(0o755)
                else:
                    _set_immutable(folder, False)
        self._flags = []

    def files(self) -> dict[Path, bytes]:
        """Return all files that this run may have written: entries, history, trash, copies."""
        found: dict[Path, bytes] = {}
        for folder, folders, names in os.walk(self.base):
            if folder == str(self.base / "home"):
                folders.remove("cache") if "cache" in folders else None
            for path in (Path(folder, name) for name in names):
                with contextlib.suppress(OSError):
                    if path.is_file() and path.stat().st_mtime_ns >= self._since:
                        found[path] = path.read_bytes()
        return found

    def drafts(self) -> str:
        """Return the texts of the drafts, without discarded ones."""
        return self._draft_texts("drafts")

    def _draft_texts(self, folder: str) -> str:
        from journal_tui.library import drafts

        found = map(drafts.read, self.home.glob(f"state/**/{folder}/*.log"))
        return "\0".join(draft.text for draft in found if draft)

    def saved(self) -> str:
        """Return the texts of the journal's files."""
        return _decoded(
            data for path, data in self.files().items() if path.is_relative_to(self.root)
        )

    def anywhere(self) -> str:
        """Return all text that is kept anywhere."""
        texts = (data for path, data in self.files().items() if path.suffix != ".log")
        return "\0".join([_decoded(texts), self.drafts(), self._draft_texts("trash")])

    def has_full_history(self) -> bool:
        """Return whether older versions of an entry may have been deleted."""
        folders = Counter(path.parent for path in self.home.glob("state/**/history/*/*.md"))
        return any(count >= FULL_HISTORY for count in folders.values())

    def recovered(self) -> list[str]:
        """Return the errors from which the app recovered by itself."""
        lines = []
        for file in self.home.glob("state/**/faults.log"):
            with contextlib.suppress(OSError):
                lines += file.read_text(errors="replace").splitlines()
        return lines


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _decoded(texts: Iterator[bytes]) -> str:
    return "\0".join(data.replace(b"\0", b"").decode("utf-8", "replace") for data in texts)


def _set_immutable(folder: Path, is_on: bool) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        flags = bytearray(8)
        fcntl.ioctl(handle, _GET_FLAGS, flags)
        wanted = struct.unpack("q", flags)[0] & ~_IMMUTABLE | (_IMMUTABLE if is_on else 0)
        fcntl.ioctl(handle, _SET_FLAGS, struct.pack("q", wanted))
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


class Session:
    """One run of the app, from its start to its end; `run` raises Failure at the first fault."""

    def __init__(self, place: Place, count: Count, words: Iterator[str]) -> None:
        self.place, self.count, self._words = place, count, words
        self.trail: list[str] = []
        self._terminal: Terminal | None = None
        self._since_idle = 0
        self._rests = 0
        self._saved: list[str] = []
        self._is_at_text = False
        self._unseen: list[str] = []
        self._typed: list[str] = []

    @property
    def has_started(self) -> bool:
        """Whether there was a terminal yet."""
        return self._terminal is not None

    @property
    def terminal(self) -> Terminal:
        assert self._terminal, "the first event starts it"
        return self._terminal

    def run(self, events: list[Event]) -> None:
        """Send all events, then end the app if it still runs. Raise Failure."""
        self.count.sessions += 1
        before = len(self.place.recovered())
        try:
            for event in events:
                self._do(event)
        finally:
            self.place.mend()
            self.count.recovered_faults += self.place.recovered()[before:]
            if self._terminal:
                self.count.dropped += self._terminal.dropped
                self._terminal.end()

    def _do(self, event: Event) -> None:
        self.trail.append(event.label or f"{event.kind} {event.value}")
        getattr(self, f"_do_{event.kind}")(event.value)
        if event.kind in ("start", "rest", "token", "end"):
            return
        self.count.events += 1
        self._since_idle += 1
        terminal = self.terminal
        terminal.pump(event.pause)
        if not terminal.is_alive:
            raise self._ended()
        if terminal.strays:
            raise Failure("stray code", f"control characters in the output: {terminal.strays[0]!r}")

    def _do_start(self, value: list[Any]) -> None:
        columns, rows, day, answers = value
        place = self.place
        self._terminal = Terminal(
            place.command(day), place.environment, place.base, [columns, rows], answers
        )
        if not self.terminal.until(
            lambda: self.is_page or "Unsaved text found" in self.shown, 20.0
        ):
            raise (
                self._ended()
                if not self.terminal.is_alive
                else Failure("hang", "nothing at the start")
            )

    def _do_send(self, keys: str) -> None:
        self.terminal.type(keys)

    _do_typed = _do_send

    def _do_unseen(self, _: None) -> None:
        """Type a word that must be kept although the terminal isn't read."""
        if self._is_at_text:
            word = next(self._words)
            self.terminal.type(word)
            self._unseen.append(word)

    def _do_mouse(self, value: list[Any]) -> None:
        self.terminal.mouse(*value)

    def _do_resize(self, size: list[int]) -> None:
        self.terminal.resize(*size)

    def _do_stop(self, seconds: float) -> None:
        self.terminal.signal(signal.SIGSTOP)
        self.terminal.pump(seconds)
        self.terminal.signal(signal.SIGCONT)

    def _do_suspend(self, _: None) -> None:
        self.terminal.type(encode("ctrl+\\"))
        self.terminal.until(lambda: self.terminal.is_stopped, 0.5)
        self.terminal.signal(signal.SIGCONT)

    def _do_clock(self, seconds: float | None) -> None:
        self.place.shift_clock(seconds)

    def _do_outside(self, what: str) -> None:
        self.place.disturb(what)

    def _do_disk(self, what: str) -> None:
        self.place.mend()
        if what == "fail":
            self.count.saves_failed += self.place.break_disk()

    def _do_stall(self, seconds: float) -> None:
        self.terminal.stall(seconds)

    def _do_rest(self, _: None) -> None:
        """Wait until the app is idle, and check that it answers; otherwise it hangs."""
        terminal = self.terminal
        terminal.stall(0)
        if terminal.is_stopped:
            terminal.signal(signal.SIGCONT)
        limit = PATIENCE + ALLOWANCE * self._since_idle
        served = ProcessorTime(terminal.pid)
        while not self._is_idle():
            if not terminal.is_alive:
                raise self._ended()
            if served.seconds > limit:
                raise Failure(
                    "hang", f"busy for {limit:.1f} s after the last event {self._stacks()}"
                )
        self.count.rests += 1
        self.count.slowest = max(self.count.slowest, served.seconds)
        self._since_idle = 0
        self._rests += 1
        if self._rests % 3 == 0:
            self._probe()
        if match := _REPORTS.search(self.shown):
            raise Failure("stray code", f"on the screen: {match[0]}")

    def _is_idle(self) -> bool:
        """Return whether the main thread has been nearly idle for a moment."""
        ran, waited = scheduling(self.terminal.pid)
        begin = time.monotonic()
        self.terminal.pump(0.06)
        ran_now, waited_now = scheduling(self.terminal.pid)
        share = 0.3 * (time.monotonic() - begin)
        return ran_now - ran < share and waited_now - waited < share

    def _probe(self) -> None:
        """Check that the app answers: it must redraw any screen for another width."""
        terminal = self.terminal
        columns, before = terminal.columns, terminal.written
        terminal.resize(columns + 1 if columns < 200 else columns - 1, terminal.rows)
        if not terminal.until(lambda: terminal.written > before or not terminal.is_alive, PATIENCE):
            raise Failure("hang", f"a new width is not answered {self._stacks()}")
        terminal.resize(columns, terminal.rows)
        terminal.pump(0.05)
        if not terminal.is_alive:
            raise self._ended()

    def _do_token(self, is_to_save: bool) -> None:
        self._walk_back()
        word = self._type_word()
        self._is_at_text = bool(word)
        if word and is_to_save:
            self.place.mend()
            self.terminal.type(encode("ctrl+s"))
            if self.terminal.until(lambda: word in self.place.saved(), PATIENCE):
                self._saved.append(word)
            self._is_at_text = False

    @property
    def shown(self) -> str:
        return self.terminal.shown

    @property
    def is_page(self) -> bool:
        """Whether the page is on top: its status bar is shown, and no dialog's keys."""
        rows = self.terminal.rows_shown
        return bool(_STATES.search("\n".join(rows[-3:]))) and not _ON_TOP.search("\n".join(rows))

    def _place(self) -> tuple[int, int] | None:
        match = _PLACE.search("\n".join(self.terminal.rows_shown[-3:]))
        return (int(match[1]), int(match[2])) if match else None

    def _walk_back(self) -> None:
        """Return to the page, which must take at most four presses of escape."""
        self._do_rest(None)
        if (self.terminal.columns, self.terminal.rows) != HOME_SIZE:
            self.terminal.resize(*HOME_SIZE)
            self._do_rest(None)
        # Escape is pressed at least once, because it also moves the focus from a panel to the text.
        for press in range(ESCAPES):
            if press and self.is_page:
                break
            self.terminal.type(encode("escape", kitty=bool(press % 2)))
            self.terminal.pump(0.15)
            self._do_rest(None)
        if not self.is_page and not self.terminal.until(lambda: self.is_page, 0.5):
            raise Failure("no way back", f"after {ESCAPES} presses of escape:\n{self.shown}")
        self.count.ways_back += 1

    def _type_word(self) -> str:
        """Type a word at the end of the text; return it, or "" if it didn't go into the text.

        If the cursor moved by its length, it is in the text, and must be in a draft or a file.
        """
        terminal, word = self.terminal, next(self._words)
        terminal.type(encode("ctrl+end") + encode("enter"))
        self._do_rest(None)
        before = self._place()
        terminal.type(typed(word, kitty=len(self._typed) % 2 == 1))

        def is_taken() -> bool:
            now = self._place()
            return bool(before and now == (before[0], before[1] + len(word))) and word in self.shown

        if before is None or not terminal.until(is_taken, PATIENCE):
            self.count.words_unseen += 1
            if not terminal.is_alive:
                raise self._ended()
            return ""
        self.count.words += 1
        if not terminal.until(
            lambda: word in self.place.drafts() or word in self.place.saved(), PATIENCE
        ):
            raise Failure("lost", f"{word} is on the screen, and in no draft or file")
        self._typed.append(word)
        return word

    def _ended(self) -> Failure:
        """Return the failure of an app that ended by itself."""
        self.terminal.pump(0.1)
        code = self.terminal.process.returncode
        return Failure("ending", f"ended by itself with {code}: {self._last_words()}")

    def _last_words(self) -> str:
        text = self.terminal.after_leaving.decode("utf-8", "replace")
        return " ".join(text.split())[-600:]

    def _stacks(self) -> str:
        """Return the stack of the main thread, to explain a hang."""
        with contextlib.suppress(OSError):
            # Emptied, not deleted, because the app has the file open.
            os.truncate(self.place.stacks, 0)
        self.terminal.signal(signal.SIGUSR1)
        self.terminal.pump(0.2)
        with contextlib.suppress(OSError):
            text = self.place.stacks.read_text()
            names = re.findall(
                r'File "[^"]*?([^/"]+/[^/"]+)", line (\d+) in (\S+)', text.rpartition("\n\n")[2]
            )
            return "at " + " < ".join(
                f"{name}:{line} {function}" for name, line, function in names[:12]
            )
        return ""

    def _do_end(self, value: list[Any]) -> None:
        how, is_walked = value
        terminal = self.terminal
        is_stuck = terminal.is_stuck
        if is_walked:
            self._walk_back()
        # Words that are in a file or a draft now must still be there afterwards.
        kept_now = self.place.drafts() + self.place.saved()
        kept = [word for word in self._typed if word in kept_now]
        if is_walked and (word := self._type_word()):
            kept.append(word)
        if is_stuck and self._unseen:
            # Give the app time to read the word and write it to the draft, even if it isn't shown.
            terminal.until(lambda: self._unseen[-1] in self.place.drafts(), PATIENCE)
            kept += self._unseen
            self.count.words += len(self._unseen)
        if terminal.is_stopped:
            terminal.signal(signal.SIGCONT)
        self.count.endings_tried += 1
        self._end(how, is_stuck)
        self._check_ending(how, is_stuck)
        self._check_texts(kept)

    def _end(self, how: str, is_stuck: bool) -> None:
        terminal = self.terminal
        if how == "quit":
            terminal.type(encode("ctrl+q", kitty=self._rests % 2 == 1))
        elif how == "close":
            terminal.close()
        else:
            terminal.signal(
                {"kill": signal.SIGKILL, "hup": signal.SIGHUP, "term": signal.SIGTERM}[how]
            )
        begin = time.monotonic()
        limit = PATIENCE + (0.0 if is_stuck else ALLOWANCE * self._since_idle)
        if terminal.until(lambda: not terminal.is_alive, limit):
            return
        if how == "quit" and (self.place.is_broken if is_stuck else "Not saved" in self.shown):
            # The app can't save and asks whether to leave; on a stuck terminal this isn't seen.
            terminal.type("l")
            if terminal.until(lambda: not terminal.is_alive, PATIENCE):
                return
        where = self._stacks()
        is_late = terminal.until(lambda: not terminal.is_alive, 6.0)
        after = f"only after {time.monotonic() - begin:.1f} s" if is_late else "for ten seconds"
        stuck = " while stuck" if is_stuck else ""
        raise Failure("no end", f"does not end by {how}{stuck}: {after} {where}")

    def _check_ending(self, how: str, is_stuck: bool) -> None:
        terminal = self.terminal
        code = terminal.process.returncode
        expected = {"quit": 0, "kill": -9, "hup": 129, "close": 129, "term": 143}[how]
        if not is_stuck:
            terminal.pump(0.05)
        if code != expected:
            raise Failure("ended badly", f"{how} ends with {code}: {self._last_words()}")
        if how not in ("quit", "hup", "term") or is_stuck:
            return
        if left := terminal.not_restored:
            raise Failure("ended badly", f"after {how}: {', '.join(left)}")
        if _LEFTOVERS.search(terminal.after_leaving):
            raise Failure("ended badly", f"after {how} it says: {self._last_words()}")

    def _check_texts(self, kept: list[str]) -> None:
        """Check that all kept words are in some file, and that the next start offers a draft."""
        there = self.place.anywhere()
        if lost := [word for word in kept if word not in there]:
            raise Failure("lost", f"{', '.join(lost)} in no file, draft, history, trash or copy")
        lost = [word for word in self._saved if word not in there]
        if lost and self.place.has_full_history():
            self.count.words_pruned += len(lost)
        elif lost:
            raise Failure("lost", f"saved once, now in nothing that is kept: {', '.join(lost)}")
        if match := _REPORTS.search(self.place.saved()):
            raise Failure("stray code", f"in a file of the journal: {match[0]}")
        saved = self.place.saved()
        if any(word not in saved and word in self.place.drafts() for word in kept):
            self._check_offer()

    def _check_offer(self) -> None:
        self.place.mend()
        self.terminal.end()
        self._do_start([100, 30, None, False])
        self.count.offers += 1
        if not self.terminal.until(lambda: "Unsaved text found" in self.shown, 5.0):
            raise Failure("not offered", f"a draft is not offered at the next start:\n{self.shown}")
        self.terminal.signal(signal.SIGKILL)


def words_of(seed: int, session: int) -> Iterator[str]:
    """Yield unique words that occur nowhere else."""
    number = 0
    while True:
        digits = f"{seed % 4096:04o}{session % 32768:05o}{number % 512:03o}"
        yield "zqx" + "".join(LETTERS[int(digit)] for digit in digits) + "xqz"
        number += 1


def try_session(
    place: Place, count: Count, events: list[Event], seed: int, number: int
) -> tuple[Failure, Session] | None:
    """Run one session; return its failure with the session, or None."""
    session = Session(place, count, words_of(seed, number))
    try:
        session.run(events)
    except Failure as failure:
        count.failures[failure.kind] += 1
        return failure, session
    return None


def run_batch(
    mode: str, seed: int, events: int, journal: Path, python: str, out: Path,
    skip: tuple[str, ...] = (), say: Callable[[dict[str, Any]], None] = lambda line: None,
    first: int = 0, renewed: int = 20,
) -> Count:  # fmt: skip
    """Run sessions of one mode and seed until `events` events have been sent."""
    count, number, begin = Count(), first, time.monotonic()
    place = Place(
        Path(tempfile.mkdtemp(prefix=f"monkey-{mode}-{seed}-")) / "place", journal, python
    )
    is_fresh = False
    try:
        while count.events < events:
            if not is_fresh or number % renewed == 0:
                place.renew()
                is_fresh = True
            script = [e for e in generate(mode, seed, number) if e.kind not in skip]
            failed = try_session(place, count, script, seed, number)
            if failed:
                failure, session = failed
                line = keep_failure(out, mode, seed, number, script, failure, session)
                say(line)
                # The remains of these failures must not affect the next session.
                is_fresh = failure.kind in ("ending", "no way back", "stray code")
            number += 1
        say({
            "mode": mode, "seed": seed, **count.told(),
            "seconds": round(time.monotonic() - begin), "journal": journal.name,
        })  # fmt: skip
    finally:
        place.mend()
        shutil.rmtree(place.base.parent, ignore_errors=True)
    return count


def keep_failure(
    out: Path, mode: str, seed: int, number: int, script: list[Event], failure: Failure, session: Session
) -> dict[str, Any]:  # fmt: skip
    """Write all details of a failure to files; return the line that reports it."""
    folder = out / "failures"
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"{mode}-{seed}-{number}-{failure.kind.replace(' ', '-')}"
    done = script[: len(session.trail)]
    head = {
        "failure": failure.kind, "what": str(failure), "mode": mode, "seed": seed, "session": number,
        "trail": session.trail[-40:],
    }  # fmt: skip
    stem.with_suffix(".json").write_text(json.dumps(head | {"events": [list(e) for e in done]}))
    if session.has_started:
        stem.with_suffix(".screen").write_text(session.shown)
        stem.with_suffix(".output").write_bytes(session.terminal.tail)
    return head | {"events": str(stem.with_suffix(".json"))}


def likeness(kind: str, what: str) -> str:
    """Return what failures with the same cause have in common: the kind and place of the fault."""
    if match := re.search(r"went wrong in it: (.*?)\. What", what):
        return f"{kind}: {re.sub(r':[0-9]+', '', match[1])}"
    return kind


def replay(
    script: list[Event], journal: Path, python: str, seed: int, number: int
) -> tuple[Failure, Session] | None:
    """Run one session on a fresh copy of the journal; return what `try_session` returns."""
    place = Place(Path(tempfile.mkdtemp(prefix="monkey-again-")) / "place", journal, python)
    try:
        place.renew()
        return try_session(place, Count(), script, seed, number)
    finally:
        place.mend()
        shutil.rmtree(place.base.parent, ignore_errors=True)


def shrink_failure(
    file: Path, journal: Path, python: str, tries: int, say: Callable[[str], None]
) -> list[Event] | None:
    """Shrink a failure's events; return the shortest list that fails alike, or None.

    The list is also written to a file beside the failure's.
    """
    known = json.loads(file.read_text())
    start, *events = [Event(*parts) for parts in known["events"]]
    wanted = likeness(known["failure"], known["what"])

    def fails(some: list[Event]) -> bool:
        for _ in range(tries):
            failed = replay([start, *some, *last], journal, python, known["seed"], known["session"])
            if failed and likeness(failed[0].kind, str(failed[0])) == wanted:
                say(f"{len(some)} events: {wanted}")
                return True
        say(f"{len(some)} events: no")
        return False

    # The last event is kept, since it checks whether the app is alive and answers.
    last = (
        [events.pop()]
        if events and events[-1].kind in ("end", "rest", "token")
        else [Event("rest")]
    )
    if not fails(events):
        return None
    short = [start, *shrink(events, fails), *last]
    file.with_suffix(".shortest").write_text(dumps(short))
    return short


def main() -> int:
    """Read the options and run them; return 1 if there was a failure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mode", choices=[*MODES, "all"], default="all")
    parser.add_argument("--seed", default="1", help="one, or from and to: 1-10")
    parser.add_argument("--events", type=int, default=500, help="of each mode and seed")
    parser.add_argument(
        "--journal", type=Path, default=HERE / "entries", help="a folder, which is copied"
    )
    parser.add_argument(
        "--python", default=sys.executable, help="an interpreter that has the package"
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many run beside each other")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "monkey-out")
    parser.add_argument("--skip", default="", help="kinds of events to leave out, with commas")
    parser.add_argument("--session", type=int, default=0, help="the first session of each seed")
    parser.add_argument(
        "--print", action="store_true", help="print the events of one session as JSON"
    )
    parser.add_argument("--shrink", type=Path, help="the file of a failure, to be made shorter")
    parser.add_argument(
        "--replay", type=Path, help="the file of a failure, or of its shortest events"
    )
    parser.add_argument("--tries", type=int, default=3, help="how often shrinking tries each list")
    options = parser.parse_args()
    first, _, last = options.seed.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    modes = MODES if options.mode == "all" else (options.mode,)
    if options.print:
        print(dumps(generate(modes[0], seeds[0], options.session)), end="")
        return 0
    if options.shrink:
        short = shrink_failure(
            options.shrink, options.journal, options.python, options.tries, _say_on
        )
        print(dumps(short) if short else "It does not fail again.", end="")
        return 0 if short else 1
    if options.replay:
        return _replay(options)
    return _run_all(options, [(mode, seed) for seed in seeds for mode in modes])


def _say_on(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print_report_line(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _replay(options: argparse.Namespace) -> int:
    text, seed, number = options.replay.read_text(), 1, 0
    if text.startswith("{"):
        known = json.loads(text)
        text, seed, number = json.dumps(known["events"]), known["seed"], known["session"]
    failed = replay(loads(text), options.journal, options.python, seed, number)
    _print_report_line(
        {"failure": failed[0].kind, "what": str(failed[0])} if failed else {"failure": None}
    )
    return 1 if failed else 0


def _run_all(options: argparse.Namespace, parts: list[tuple[str, int]]) -> int:
    """Run each mode and seed; if there are several, each in a process of its own."""
    skip = tuple(filter(None, options.skip.split(",")))
    if len(parts) == 1:
        mode, seed = parts[0]
        count = run_batch(
            mode, seed, options.events, options.journal, options.python, options.out, skip, _print_report_line, options.session
        )  # fmt: skip
        return 1 if count.failures else 0
    tables: dict[str, Counter[str]] = {mode: Counter() for mode, _ in parts}

    def run(part: tuple[str, int]) -> bool:
        mode, seed = part
        command = [
            sys.executable, "-m", "tests.faults.monkey", "--mode", mode, "--seed", str(seed), "--events", str(options.events),
            "--journal", str(options.journal), "--python", options.python, "--out", str(options.out),
            "--skip", options.skip, "--session", str(options.session),
        ]  # fmt: skip
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            told = json.loads(line)
            if "failures" in told:
                count = Count(**told_counts(told))
                tables[mode].update(count.row())
        return process.wait() == 0

    with ThreadPoolExecutor(options.jobs) as pool:
        is_sound = all(list(pool.map(run, parts)))
    for mode, row in tables.items():
        print(
            f"monkey, {mode}: " + ", ".join(f"{value:,} {name}" for name, value in row.items()),
            flush=True,
        )
    return 0 if is_sound else 1


def told_counts(told: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a Count, from its line of JSON."""
    known = {name: told[name] for name in vars(Count()) if name in told}
    return known | {"failures": Counter(told["failures"])}


if __name__ == "__main__":
    sys.exit(main())
