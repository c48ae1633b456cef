"""Measure customers: `python -m tests.bench.customers N DIR`, N day entries and 400 service reviews.

The reviews have 3,000 items of feedback and promises, of 20 customers and 30 themes. It prints the
milliseconds of the overview in a journal that was just opened and again, elapsed and of the CPU, and those of
`journal customers` beside `journal find`, each as a process; DIR keeps the journal for the next time.
"""

import os
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from journal_tui.journal import Journal
from journal_tui.settings import Places
from tests.bench import generate, measure

REVIEWS, ITEMS, CUSTOMERS, THEMES = 400, 3_000, 20, 30
ROUNDS = 9


def write_reviews(root: Path, count: int) -> None:
    """Write the reviews, spread over the days of the journal."""
    random, words = Random(16), generate.vocabulary()
    first = generate.END - timedelta(count)
    for number in range(REVIEWS):
        day = first + timedelta(number * count // REVIEWS)
        items = ITEMS * (number + 1) // REVIEWS - ITEMS * number // REVIEWS
        name = f"{day}-service-review-customer{random.randrange(CUSTOMERS)}.md"
        file = generate.path_of(root, day).with_name(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_review(random, words, day, items), "utf-8")


def _review(random: Random, words: generate.Words, day: date, items: int) -> str:
    said: list[str] = []
    promises: list[str] = []
    for _ in range(items):
        text = " ".join(words.some(random, random.randint(6, 16)))
        if random.random() < 0.25:
            promises.append(f"- [{random.choice(' x')}] {text} @priya due:{day + timedelta(40)}")
            continue
        said.append(f"- {text} #theme{random.randrange(THEMES)}")
        if random.random() < 0.6:
            done = day + timedelta(random.randint(5, 90))
            box = random.choice([f"[x] {text} done:{done}", f"[ ] {text}", f"[-] {text} – dear"])
            said.append(f"  - {box}")
            if random.random() < 0.5:
                said.append(f"  - told {done + timedelta(20)}")
    return (
        "# Service review\n\n@helen and me.\n\n## Frustrations with applications and services\n\n"
        + "\n".join(said)
        + "\n\n## What we will improve\n\n"
        + "\n".join(promises)
        + "\n"
    )


def main(count: int, folder: Path) -> None:
    """Make the journal if needed, and print the figures."""
    root = folder / "journal"
    if not (root / generate.DONE).exists():
        root.mkdir(parents=True)
        write_reviews(root, count)
        generate.make(count, root)
    places = Places(*(folder / name for name in ("config", "cache", "state")))
    journal = Journal(root, places)
    journal.refresh()
    loops = journal.customer_loops()
    print(f"{len(journal.customer_notes())} entries, {len(loops):,} items; {measure.load()}")
    for period in ("all", "last 365 days"):
        for name, clock in (("elapsed", perf_counter), ("CPU", process_time)):
            firsts, again = [], []
            for _ in range(ROUNDS):
                opened = Journal(root, places)
                span = opened.span(period)
                start = clock()
                opened.customer_overview(span)
                middle = clock()
                opened.customer_overview(span)
                firsts.append((middle - start) * 1000)
                again.append((clock() - middle) * 1000)
            taken = f"first {median(firsts):.0f} ms, again {median(again):.0f} ms"
            print(f"overview, {period}, {name}: {taken}")
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / "process"), "HOME": str(folder)}
    command = [sys.executable, "-m", "journal_tui", "--journal", str(root)]
    contestants = {
        "find": [*command, "find", "vendor"],
        "customers": [*command, "customers"],
        "customers one": [*command, "customers", "customer3", "-n", "10"],
    }
    for words in contestants.values():
        measure.whole(words, env, (0, 1))
    figures = measure.in_turns(
        {
            name: lambda words=words: measure.whole(words, env, (0, 1))
            for name, words in contestants.items()
        },
        ROUNDS,
    )
    for name, seconds in figures.items():
        print(f"journal {name}: {seconds * 1000:.0f} ms, {seconds / figures['find']:.2f} × find")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
