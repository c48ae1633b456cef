"""Measure in a process of its own: `python -m tests.bench.inside WHAT JOURNAL STATE …`.

It prints one JSON object of seconds. The index is in the folder STATE.
"""

import json
import os
import statistics
import sys
import threading
from collections.abc import Callable
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.bench import generate
from tests.bench.measure import in_turns, seconds

SHOWN = 50


def open_journal(root: Path, state: Path) -> Journal:
    """Open a journal with its folders in `state`, where the command line has them too.

    The journal's clock shows the day of the last entry.
    """
    names = ("config", "cache", "state")
    places = Places(*(state / name / "journal-tui" for name in names))
    return Journal(root, places, lambda: datetime.combine(generate.END, time(18)))


def build(root: Path, state: Path) -> dict[str, float]:
    """Measure the first build of an index, while searching it for a common word.

    `usable` is when the newest year was first found, `waited` the longest time of a search.
    """
    journal = open_journal(root, state)
    word = generate.rank(0.4)
    worker = threading.Thread(target=journal.refresh)
    start = perf_counter()
    worker.start()
    usable, waits = 0.0, [0.0]
    while worker.is_alive():
        asked = perf_counter()
        found = list(islice(journal.find(word), SHOWN))
        answered = perf_counter()
        waits.append(answered - asked)
        if found and not usable:
            usable = answered - start
        # Search often until it is usable, then seldom, so that the searches hardly slow the build.
        sleep(0.5 if usable else 0.02)
    whole = perf_counter() - start
    return {"whole": whole, "usable": usable or whole, "waited": max(waits)}


def stat_all_files(folder: str) -> int:
    """Get the status of every file in a folder and below; return their number."""
    waiting, count = [folder], 0
    while waiting:
        with os.scandir(waiting.pop()) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat()
                    count += 1
    return count


def refresh(root: Path, state: Path, rounds: int) -> dict[str, float]:
    """Measure a refresh with nothing changed, and getting the status of all files."""
    journal = open_journal(root, state)
    journal.refresh()
    return in_turns(
        {
            "refresh": lambda: seconds(journal.refresh),
            "bare": lambda: seconds(lambda: stat_all_files(str(journal.root))),
        },
        rounds,
    )


def save(root: Path, state: Path, rounds: int, tinydb: str) -> dict[str, float]:
    """Measure saving the newest entry after a word was typed: the files, then the index.

    `unsynced` is the same without fsync. `bare` replaces a file of the same size, with fsync.
    """
    from tinydb import TinyDB

    journal = open_journal(root, state)
    journal.refresh()
    original = journal.open(generate.END).entry.text
    count = 0
    sync = os.fsync
    plain = TinyDB(tinydb) if tinydb else None

    def edited() -> str:
        nonlocal count
        count += 1
        return original.replace("\n\n", f"\n\nEdit{count} once more. ", 1)

    def saved() -> tuple[float, float]:
        opened, text = journal.open(generate.END), edited()
        start = perf_counter()
        result = journal.save(opened, text)
        middle = perf_counter()
        journal.update_index(opened, result)
        return middle - start, perf_counter() - middle

    def unsynced() -> float:
        os.fsync = lambda handle: None  # type: ignore[assignment]
        try:
            return sum(saved())
        finally:
            os.fsync = sync

    def bare() -> float:
        text = edited()
        return seconds(lambda: replace(state / "bare.md", text))

    parts: list[tuple[float, float]] = []

    def whole() -> float:
        parts.append(saved())
        return sum(parts[-1])

    contestants: dict[str, Callable[[], float]] = {
        "save": whole,
        "unsynced": unsynced,
        "bare": bare,
    }
    if plain is not None:
        last = max(document.doc_id for document in plain)
        contestants["tinydb"] = lambda: seconds(
            lambda: plain.update({"text": edited()}, doc_ids=[last])
        )
    try:
        medians = in_turns(contestants, rounds)
    finally:
        opened = journal.open(generate.END)
        journal.update_index(opened, journal.save(opened, original))
    medians["index"] = statistics.median(index for _, index in parts[1:])
    return medians


def replace(path: Path, text: str) -> None:
    """Replace a file as the simplest atomic write does: write, fsync, rename, fsync the folder."""
    temporary = path.with_suffix(".tmp")
    with open(temporary, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def main(what: str, journal: str, state: str, *more: str) -> None:
    """Run one of the measurements above and print its result."""
    root, folder = Path(journal), Path(state)
    found: dict[str, Any]
    match what:
        case "build":
            found = build(root, folder)
        case "refresh":
            found = refresh(root, folder, int(more[0]))
        case "save":
            found = save(root, folder, int(more[0]), more[1])
        case _:
            from tests.bench import searching

            found = searching.search(open_journal(root, folder), folder, int(more[0]))
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
