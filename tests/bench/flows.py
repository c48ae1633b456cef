"""Count the package's files that run for one step of a person: adding a line, saving, a key in Find.

Run by hand: `python -m tests.bench.flows [--list]`. A file counts if one of its functions runs; being
imported doesn't count. For a key, what runs until it is painted with its rows counts, but not what is
done after a pause or by other threads, such as updating the index after a save. Limits are printed
beside the figures.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import journal_tui
from journal_tui.app.app import JournalApp
from journal_tui.app.widgets import inputs, search_panel
from journal_tui.app.write import screen as write_screen
from tests.app.idle import wait_for_idle, wait_until_settled
from tests.bench import generate
from tests.bench.inside import open_journal
from tests.bench.measure import environment, line

PACKAGE = str(Path(journal_tui.__file__).parent) + "/"
SIZE = (140, 40)
ENTRIES = 300
QUERY = "meeting"
BEFORE = 1_700_000_000
LIMITS = {"journal add": 32, "ctrl+s": 40, "a key in Find": 30}
# What is done after a pause, or from time to time: not while a key is counted.
BY_THE_CLOCK = {
    write_screen: ("AUTOSAVE_SECONDS", "SYNC_SECONDS", "POLL_SECONDS"),
    search_panel: ("PAUSE_SECONDS", "SUGGEST_SECONDS", "ELSEWHERE_SECONDS", "REST_SECONDS"),
    inputs: ("OFFER_SECONDS",),
}
# Prints the files whose functions run, after what the command itself prints.
ADD = """
import sys
files = set()
def note(frame, event, _):
    # A function's code has this flag, the body of a module or class doesn't.
    if frame.f_code.co_flags & 1:
        files.add(frame.f_code.co_filename)
sys.setprofile(note)
from journal_tui.cli.main import main
status = main(["--journal", sys.argv[1], "add", "A line of a day."])
sys.setprofile(None)
print(*sorted(files), sep="\\n")
sys.exit(status)
"""


class Count:
    """The files, functions and moves between files of what runs while `counted` is open."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.functions: set[tuple[str, int]] = set()
        self.moves = 0
        self._last = ""

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE):
            return
        name = code.co_filename.removeprefix(PACKAGE)
        self.files.add(name)
        self.functions.add((name, code.co_firstlineno))
        self.moves += name != self._last
        self._last = name


@contextmanager
def counted() -> Iterator[Count]:
    """Count what this thread runs."""
    count = Count()
    sys.setprofile(count)
    try:
        yield count
    finally:
        sys.setprofile(None)


def add(root: Path, state: Path) -> Count:
    """Count what `journal add` runs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ADD, str(root)],
        env=environment(state),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    count = Count()
    count.files = {
        file.removeprefix(PACKAGE) for file in done.stdout.splitlines() if file.startswith(PACKAGE)
    }
    return count


async def in_app(root: Path, state: Path) -> dict[str, Count]:
    """Count what the app runs for a save, and for a key until it is painted with its rows.

    What the app does a moment later, such as counting all rows, doesn't count.
    """
    for module, names in BY_THE_CLOCK.items():
        for name in names:
            setattr(module, name, 3_600)
    app = JournalApp(open_journal(root, state), generate.END)
    counts: dict[str, Count] = {}
    async with app.run_test(size=SIZE):

        async def press(*keys: str) -> None:
            for key in keys:
                app.simulate_key(key)
                await wait_for_idle()

        async def press_counted(name: str, key: str) -> None:
            await wait_until_settled(app)
            with counted() as counts[name]:
                await press(key)
            await wait_until_settled(app)

        # What is done only once, such as imports, is done before.
        await press("a", "ctrl+s", "b")
        await press_counted("a key in the editor", "c")
        await press_counted("ctrl+s", "ctrl+s")
        await press("ctrl+l", *QUERY[:-1])
        await press_counted("a key in Find", QUERY[-1])
    return counts


def main() -> None:
    """Make a small journal, count, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the names of the files, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, state = Path(folder, "journal"), Path(folder, "state")
        generate.make(ENTRIES, root)
        for file in root.rglob("*.md"):
            # A file that was written in this moment is read again.
            os.utime(file, (BEFORE, BEFORE))
        open_journal(root, state).refresh()
        counts = {"journal add": add(root, state), **asyncio.run(in_app(root, state))}
    line("one step", "files", "functions", "moves", "limit")
    for name, count in counts.items():
        functions = (len(count.functions), count.moves) if count.functions else ("", "")
        line(name, *map(str, (len(count.files), *functions, LIMITS.get(name, ""))))
        if options.list:
            print(*(f"    {file}" for file in sorted(count.files)), sep="\n")


if __name__ == "__main__":
    main()
