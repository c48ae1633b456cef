"""Measure the search for similar learning points: `python -m tests.bench.similar [--dir DIR]`.

It prints the quality of each threshold on the half of the judged pairs that it is chosen on, and of
the chosen one on the other half. `--dir` names a folder with generated journals (as journals.py
leaves them, named by their size), on which the speed while typing is measured.
"""

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from journal_tui.lookups.similarity import CLOSE, SimilarPointSearch
from tests.bench.inside import open_journal
from tests.bench.measure import load, ms, seconds
from tests.lookups.repeated_lessons import CHOOSING, PANEL, REPORTED, SAMPLE, Figures, Judgements

THRESHOLDS = tuple(step / 100 for step in range(42, 72, 4))


def row(name: str, figures: Figures) -> str:
    """Format a line with the figures of a threshold."""
    return (
        f"  {name:<22} right {figures.right:>3}  wrong {figures.wrong:>3}  missed {figures.missed:>3}"
        f"   precision {figures.precision:.2f}  recall {figures.recall:.2f}  F1 {figures.f_one:.2f}"
    )


def quality() -> None:
    """Print the figures of both halves of the judged pairs, and of the panel in the sample."""
    with tempfile.TemporaryDirectory() as state:
        journal = open_journal(SAMPLE, Path(state))
        journal.refresh()
        judged = Judgements(journal.index)
        report(judged)


def report(judged: Judgements) -> None:
    """Print the figures; thresholds are compared on the choosing half alone."""
    for half, name in ((CHOOSING, "The half to choose on"), (REPORTED, "The half to report on")):
        pairs = judged.pairs(half)
        same = sum(pair.same for pair in pairs)
        print(
            f"{name}: {same} repeats, {judged.without_a_word(half)} of them without a stem in common; "
            f"{len(pairs) - same} others, mostly with some"
        )
        asked = THRESHOLDS if half == CHOOSING else (CLOSE,)
        print(f" the panel, up to {PANEL} rows beside a point: does it hold a repeat?")
        for least in asked:
            print(row(f"from {least:.2f}", judged.panel_figures(half, least)))
        print(" the judged pairs told apart")
        for least in asked:
            print(row(f"from {least:.2f}", judged.of_pairs(half, least)))
        for least in (CLOSE, 1e-9):
            print(
                f" of the repeats among {PANEL} rows from {least:.2f} on: {judged.recall(half, least):.2f}"
            )
        print(row("third time", judged.of_claims(half)))
    for length in (99, 6, 4):
        counts = {
            tags: judged.found_again(CLOSE, length, tags)[0]
            for tags in (
                "",
                "#communication",
                "#unheard-of",
                "#communication #leadership #planning",
            )
        }
        print(
            f"of {len(judged.points)} points, found by their first {length} words and tags: {counts}"
        )
    print(f"the panel from {CLOSE:.2f} on beside every point: {judged.everywhere(CLOSE)}")


def speed(root: Path, state: Path) -> None:
    """Print the time of a search: the first time, at each key of a point, and after a save."""
    journal = open_journal(root, state)
    journal.refresh()
    newest = [record for _, record in zip(range(40), journal.index.newest(), strict=False)]
    texts = [text for _, record in newest for text, _ in record["learning"]][:40]
    earlier = SimilarPointSearch(journal.index)
    day = newest[0][0] + timedelta(1)

    def ask(text: str, before: date = day) -> float:
        return seconds(lambda: earlier.find(text, before, PANEL))

    print(f"{root.name} entries ({load()}), {len(texts)} points typed key by key")
    print(f"  first time {ms(ask(texts[0]))}")
    typed = [sorted(ask(text[:end]) for end in range(3, len(text) + 1)) for text in texts]
    every = sorted(value for values in typed for value in values)
    whole = sorted(ask(text) for text in texts)
    print(
        f"  a key: p50 {ms(median(every))}, p99 {ms(every[int(len(every) * 0.99)])}, most {ms(every[-1])}"
    )
    print(f"  a point again: p50 {ms(median(whole))}, most {ms(whole[-1])}")


def main() -> None:
    """Read the options and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, help="a folder with generated journals")
    parser.add_argument("--sizes", default="10000,100000", help="which of them, with commas")
    parser.add_argument("--state", type=Path, help="keep their indexes here between runs")
    options = parser.parse_args()
    quality()
    if options.dir:
        with tempfile.TemporaryDirectory() as temporary:
            for size in options.sizes.split(","):
                state = (options.state or Path(temporary)) / size
                state.mkdir(parents=True, exist_ok=True)
                speed(options.dir / size, state)


if __name__ == "__main__":
    main()
