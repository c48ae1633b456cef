"""Two windows in which one types, and a shell that adds to the same day: every line is whole.

WINDOWS_SEED draws other keys and moments; what they meet depends on time as well.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.counting import Scale, Tally

pytest.importorskip("termios")

from journal_tui import settings
from journal_tui.journal import Journal
from tests.terminal.terminals import DAY, HERE, Place, Terminal

TEXT = "# A day\n\nfirst\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n"
TOLD = 20
"""How many lines of each kind a failure tells."""
NAMES = ("left", "right")
END = "\x1b[F"
OUT_AND_IN = b"\x1b[O\x1b[I"
"""A terminal that loses and gets the focus: the app saves, then looks at the file."""


class Typist:
    """One who types numbered lines in a window, some keys at a time."""

    def __init__(self, name: str, terminal: Terminal, count: int) -> None:
        self.terminal = terminal
        self.lines = [f"{name} number {number}." for number in range(1, count + 1)]
        self.keys = "".join(f"\r{line}" for line in self.lines)
        # A past day is opened with the cursor before its first word: none writes within that line.
        terminal.types(END)
        terminal.wait_until_quiet()

    def types(self, count: int) -> None:
        now, self.keys = self.keys[:count], self.keys[count:]
        self.terminal.types(now)
        self.terminal.read()


def adds(place: Place, line: str) -> "subprocess.Popen[bytes]":
    """`journal add`, as a shell runs it."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "journal_tui", "--journal", str(place.root)),
            *("add", line, "--on", str(DAY)),
        ],
        cwd=HERE, stdout=subprocess.DEVNULL, env=place.environment(),
    )  # fmt: skip


def test_every_line_is_whole(
    tmp_path: Path, scale: Scale, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, chance = Place(tmp_path), random.Random(int(os.environ.get("WINDOWS_SEED", "16")))
    count, added = scale(8, 400), scale(4, 200)
    place.put(TEXT)
    shell = [f"shell number {number}." for number in range(1, added + 1)]
    waiting = list(shell)
    adder: subprocess.Popen[bytes] | None = None
    try:
        typists = [Typist(name, place.start(), count) for name in NAMES]
        while waiting or adder or any(typist.keys for typist in typists):
            typist = chance.choice(typists)
            # The shell ends at about the time when the last line is typed.
            share = len(waiting) / max(1, sum(len(one.keys) for one in typists))
            if adder is None and waiting and chance.random() < max(0.05, 6 * share):
                adder = adds(place, waiting.pop(0))
            typist.types(chance.randint(1, 12))
            if chance.random() < 0.15:
                typist.terminal.types(OUT_AND_IN)
            for one in typists:
                one.terminal.read()
            if adder and adder.poll() is not None:
                assert adder.returncode == 0
                adder = None
        for typist in typists:
            typist.terminal.types("\r")
            typist.terminal.wait_until_quiet()
            typist.terminal.types(b"\x11")
            assert typist.terminal.code() == 0
    finally:
        for terminal in place.terminals:
            terminal.end()
    wanted = [line for typist in typists for line in typist.lines] + shell
    for name, value in place.environment().items():
        monkeypatch.setenv(name, value)
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    found = Found(Journal(place.root, settings.places()))
    told = found.counts(wanted)
    tally("two windows and a shell that write one day", lines=len(wanted), **told)
    assert not told["torn"] and not told["twice"], found.faults(wanted)
    assert sum(told[where] for where in ("in_the_entry", "beside_it", "in_its_history")) == len(
        wanted
    )


class Found:
    """What was written, line by line: the entry, the conflict copies, and the versions of all."""

    def __init__(self, journal: Journal) -> None:
        path = journal.path_of(DAY)
        assert path is not None
        self.entry = journal.entries.text(path).splitlines()
        self.copies = {
            file.name: file.read_text().splitlines()
            for file in sorted(journal.root.rglob("*-mine-*.md"))
        }
        versions = journal.history.versions(path)
        texts = [version.read().decode() for version in versions]
        # Shows that the versions are looked for where they are: a save keeps what it wrote.
        assert texts[0].splitlines() == self.entry
        self.history = {line for text in texts for line in text.splitlines()}
        self.beside = {line for copy in self.copies.values() for line in copy}

    def counts(self, wanted: list[str]) -> dict[str, int]:
        """How many lines are where, each in the first place that has it, or torn, or doubled."""
        told = dict.fromkeys(("in_the_entry", "beside_it", "in_its_history"), 0)
        for line in wanted:
            if line in self.entry:
                told["in_the_entry"] += 1
            elif line in self.beside:
                told["beside_it"] += 1
            elif line in self.history:
                told["in_its_history"] += 1
        return told | {
            "torn": len(self._torn(wanted)),
            "twice": len(self._twice(wanted)),
            "conflict_copies": len(self.copies),
        }

    def _torn(self, wanted: list[str]) -> list[str]:
        whole = self.history.union(self.entry, self.beside)
        return [line for line in wanted if line not in whole]

    def _twice(self, wanted: list[str]) -> list[str]:
        return [line for line in wanted if self.entry.count(line) > 1]

    def faults(self, wanted: list[str]) -> str:
        """Return the lines that are torn or doubled, and halves of lines."""
        known = {*wanted, *TEXT.splitlines()}
        told = [f"torn: {line}" for line in self._torn(wanted)[:TOLD]]
        told += [f"twice: {line}" for line in self._twice(wanted)[:TOLD]]
        for name, lines in {"the entry": self.entry, **self.copies}.items():
            odd = [(at, line) for at, line in enumerate(lines, 1) if line not in known]
            told += [f"{name}, line {at}: {line!r}" for at, line in odd[:TOLD]]
        return "\n".join(told)
