"""kill -9 while somebody types in a terminal: what was to be seen on the screen is not lost."""

import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.counting import Scale, Tally

if sys.platform == "win32":
    pytest.skip("a pty is needed, which Windows has not", allow_module_level=True)

from tests.terminal.terminals import Place, Terminal

TITLE, REST = "# A day\n\n", "Here: "
KEYS = 60


@pytest.fixture
def places(tmp_path: Path) -> Iterator[list[Place]]:
    """Places in which to run the app; whatever still runs at the end is ended."""
    made: list[Place] = []
    yield made
    for place in made:
        for terminal in place.terminals:
            terminal.end()


def echoed(terminal: Terminal, mark: int, keys: str) -> int:
    """How many of these keys, each its own letter, the screen has shown since."""
    shown = terminal.output[mark:].decode(errors="replace")
    return next((n for n in range(len(keys), 0, -1) if keys[n - 1] in shown), 0)


def test_no_key_that_was_echoed_is_lost(
    places: list[Place], tmp_path: Path, scale: Scale, tally: Tally
) -> None:
    chance = random.Random(4)
    for run in range(scale(2, 50)):
        folder = tmp_path / str(run)
        folder.mkdir()
        place = Place(folder)
        places.append(place)
        place.put(TITLE + REST)
        terminal = place.start()
        terminal.sees("Here:")
        # Letters that nothing else on the screen has: an echo is the key's own.
        keys = "".join(chr(0x4E00 + 7 * n) for n in range(KEYS))
        mark = len(terminal.output)
        until = chance.randrange(KEYS // 2, KEYS)
        for number, key in enumerate(keys):
            terminal.types(key)
            if number >= until:
                break
            if chance.random() < 0.3:
                terminal.sees(key, mark)
        seen = chance.randrange(until)
        terminal.sees(keys[seen], mark)
        terminal.signals(signal.SIGKILL)
        assert terminal.code() == -signal.SIGKILL
        count = echoed(terminal, mark, keys)
        # A file is written after a pause; until then the draft holds more.
        kept = max(place.typed(), place.file.read_text(), key=len)
        whole = kept.startswith(TITLE + keys[:count]) and kept.endswith(REST)
        lost = len([key for key in keys[:count] if key not in kept])
        tally(
            "kill -9 while typing",
            runs=1, keys=until + 1, echoed=count, lost=lost, damaged=not whole,
        )  # fmt: skip
        assert whole and not lost, f"{count} echoed, kept: {kept!r}"
