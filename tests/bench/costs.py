"""Measure the cost of safe saving: a save before and now, and a key with and without its draft.

Run by hand: `python -m tests.bench.costs --before DIR`, DIR being a checkout of an earlier commit.
Both are measured alternately; each figure is a median, in ms. A save is that of an entry of 10 kB
in which one line changes; a key goes to the editor with an entry of 2,000 lines, and then to the
draft log as it does in the app.
"""

import argparse
import asyncio
import gc
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from textual.widgets import TextArea

from journal_tui.app.editor.editor import Editor
from journal_tui.library.drafts import DraftLog
from tests.bench.keystroke import OneArea, entry, key

REPOSITORY = Path(__file__).parents[2]
SAVE_LIMIT, KEY_LIMIT = 1.3, 1.1
# Prints the milliseconds of each save; run with the package of either checkout.
SAVES = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from journal_tui.library.library import Library

folder, saves, number = Path(sys.argv[1]), int(sys.argv[2]), 0
root = folder / "journal"
(root / "2014").mkdir(parents=True)
path, line = "2014/2014-10-06.md", "we parked the old thread in writing and went on to the list\\n"
file = root / path
file.write_text(line * (10_000 // len(line)))
library, now = Library(root, folder / "state"), datetime(2014, 10, 6, 18)
for number in range(saves + 10):
    opened = library.load(path)
    text = f"{number} {opened.text}"
    start = perf_counter()
    library.save(path, text, opened, opened.text, now + timedelta(minutes=number))
    if number >= 10:
        print((perf_counter() - start) * 1000)
"""


def saves(checkout: Path, folder: Path, count: int) -> list[float]:
    """Return the milliseconds of each save by the package of a checkout."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        done = subprocess.run(
            [sys.executable, "-P", "-c", SAVES, place, str(count)],
            env={**os.environ, "PYTHONPATH": str(checkout)},
            capture_output=True,
            text=True,
            check=True,
        )
    return [float(line) for line in done.stdout.split()]


def compare_saves(before: Path, folder: Path, rounds: int) -> None:
    """Print the time of a save before and now, and their ratio."""
    taken: dict[Path, list[float]] = {before: [], REPOSITORY: []}
    for _ in range(rounds):
        for checkout, times in taken.items():
            times += saves(checkout, folder, 100)
    was, now = (statistics.median(times) for times in taken.values())
    _print_ratio("a save", "before", was, "now", now, SAVE_LIMIT)


class Recording(OneArea):
    """An editor whose changes go to a draft log, or nowhere for None."""

    def __init__(self, area: TextArea, log: DraftLog | None) -> None:
        super().__init__(area)
        self.draft_log = log

    def on_text_area_changed(self) -> None:
        """Write the text to the draft log, as the app does at each change."""
        text = self.area.text
        if self.draft_log:
            self.draft_log.record(text)


async def compare_keys(folder: Path, keys: int) -> None:
    """Print the time of a key with and without the draft log, and their ratio."""
    text = entry(2000)
    log = DraftLog(folder / "drafts", date(2014, 10, 6), "2014/2014-10-06.md", None, text)
    apps = {"without": Recording(Editor(text), None), "with": Recording(Editor(text), log)}
    times: dict[str, list[float]] = {name: [] for name in apps}
    async with (
        apps["without"].run_test(size=(80, 24)) as one,
        apps["with"].run_test(size=(80, 24)) as two,
    ):
        pilots = {"without": one, "with": two}
        for name, pilot in pilots.items():
            area = apps[name].area
            area.focus()
            area.cursor_blink = False
            area.move_cursor((1000, len(area.document.get_line(1000))))
            await pilot.pause()
        gc.collect()
        for number in range(keys):
            for name, pilot in pilots.items():
                times[name].append(await key(pilot, apps[name].area, "word"[number % 4]))
                # The app syncs the draft to the disk once a second, between keys.
                await pilot.pause()
    log.clear()
    medians = [statistics.median(values[5:]) * 1000 for values in times.values()]
    _print_ratio("a key", "without draft", medians[0], "with draft", medians[1], KEY_LIMIT)


def _print_ratio(
    what: str, one: str, first: float, other: str, second: float, limit: float
) -> None:
    ratio = second / first
    verdict = "within" if ratio <= limit else "ABOVE"
    print(
        f"{what:8} {one} {first:6.3f}  {other} {second:6.3f}  ratio {ratio:.2f}, {verdict} {limit}",
        flush=True,
    )


def main() -> None:
    """Read the options, and print both costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--keys", type=int, default=300)
    options = parser.parse_args()
    # In the home folder, because a save to a temporary file system in memory would cost nothing.
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        if options.before:
            compare_saves(options.before.resolve(), Path(folder), options.rounds)
        asyncio.run(compare_keys(Path(folder), options.keys))


if __name__ == "__main__":
    main()
