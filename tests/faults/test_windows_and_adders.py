"""Two windows in which one types, and a shell that adds to the same day: every line is whole."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from counting import Scale, Tally

pytest.importorskip("termios")

from terminals import DAY, HERE, Place, Terminal

NAMES = ("left", "right")
OUT_AND_IN = b"\x1b[O\x1b[I"
"""A terminal that loses and gets the focus: the app saves, then looks at the file."""


class Typist:
    """One who types numbered lines in a window, some keys at a time."""

    def __init__(self, name: str, terminal: Terminal, count: int) -> None:
        self.terminal = terminal
        self.lines = [f"{name} number {number}." for number in range(1, count + 1)]
        self.keys = "".join(f"\r{line}" for line in self.lines)

    def types(self, count: int) -> None:
        now, self.keys = self.keys[:count], self.keys[count:]
        self.terminal.types(now)
        self.terminal._read()


def adds(place: Place, line: str) -> "subprocess.Popen[bytes]":
    """`journal add`, as a shell runs it."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "journal_tui", "--journal", str(place.root)),
            *("add", line, "--on", str(DAY)),
        ],
        cwd=HERE, stdout=subprocess.DEVNULL, env=place.environment(),
    )  # fmt: skip


def test_every_line_is_whole(tmp_path: Path, scale: Scale, tally: Tally) -> None:
    place, chance = Place(tmp_path), random.Random(16)
    count, added = scale(8, 400), scale(4, 200)
    place.put("# A day\n\nfirst\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n")
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
                one.terminal._read()
            if adder and adder.poll() is not None:
                assert adder.returncode == 0
                adder = None
        for typist in typists:
            typist.terminal.types("\r")
            typist.terminal.falls_quiet()
            typist.terminal.types(b"\x11")
            assert typist.terminal.code() == 0
    finally:
        for terminal in place.terminals:
            terminal.end()
    wanted = [line for typist in typists for line in typist.lines] + shell
    told = _found(place, wanted)
    tally("two windows and a shell that write one day", lines=len(wanted), **told)
    assert not told["torn"] and not told["twice"]
    assert sum(told[where] for where in ("in_the_entry", "beside_it", "in_its_history")) == len(
        wanted
    )


def _found(place: Place, wanted: list[str]) -> dict[str, int]:
    """How many of the lines are where, and how many are torn or stand twice in the entry."""
    entry = place.file.read_text().splitlines()
    copies = list(place.root.rglob("*-mine-*.md"))
    beside = "\n".join(file.read_text() for file in copies)
    history = "\n".join(file.read_text() for file in place.folder.rglob("history/**/*.md"))
    told = dict.fromkeys(("in_the_entry", "beside_it", "in_its_history", "torn", "twice"), 0)
    for line in wanted:
        if line in entry:
            told["in_the_entry"] += 1
            told["twice"] += entry.count(line) > 1
        elif line in beside.splitlines():
            told["beside_it"] += 1
        elif line in history.splitlines():
            told["in_its_history"] += 1
        else:
            told["torn"] += 1
    return told | {"conflict_copies": len(copies)}
