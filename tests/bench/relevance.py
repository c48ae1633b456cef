"""Measure how soon a search shows the best answer: `python -m tests.bench.relevance [--diary DIR]`.

Each judged query is run newest first and best first. Printed are the mean reciprocal rank of the
first best answer (MRR), how often a best answer is first (S@1) or among three (S@3), and nDCG@10,
for all queries and for the half of them on which the weights of the ranking were not chosen.
Queries whose rows are all best don't depend on the order and are left out. `--diary` names a folder
with Pepys's diary as dated Markdown files; its judgements are checked before they are used.
"""

import argparse
import sys
import tempfile
import zlib
from collections.abc import Sequence
from math import log2
from pathlib import Path
from typing import NamedTuple

from journal_tui.journal import Journal
from tests.bench.inside import open_journal
from tests.index.judgements import BEST, SAMPLE, Judged, judged, problems

ORDERS = ("newest", "best")
ROWS = ("mixed", "learning")
MIN_HITS = 3
# The gain of an answer in nDCG, by BEST, GOOD and NOTHING.
GAINS = {2: 3, 1: 1, 0: 0}


class Figures(NamedTuple):
    """The figures of one query in one order, or the means of many."""

    mrr: float
    first: float
    three: float
    ndcg: float


def figures(worths: Sequence[int]) -> Figures:
    """Return the figures of one query, from the worth of its rows in the order shown."""
    place = worths.index(BEST) + 1
    ideal = _gain(sorted(worths, reverse=True))
    return Figures(1 / place, float(place == 1), float(place <= 3), _gain(worths) / ideal)


def _gain(worths: Sequence[int]) -> float:
    return sum(GAINS[worth] / log2(place + 2) for place, worth in enumerate(worths[:10]))


def mean(found: Sequence[Figures]) -> Figures:
    """Return the mean of each figure."""
    return Figures(*(sum(column) / len(found) for column in zip(*found, strict=True)))


def unseen(query: str) -> bool:
    """Return whether a query is in the half on which the weights were not chosen."""
    return bool(zlib.crc32(query.encode()) & 1)


def measured(journal: Journal, asked: Sequence[Judged], rows: str) -> dict[str, dict[str, Figures]]:
    """Return the figures of each query whose rows depend on the order, by order."""
    found: dict[str, dict[str, Figures]] = {order: {} for order in ORDERS}
    for one in asked:
        for order in ORDERS:
            hits = list(journal.find(one.query, rows=rows, sort=order))
            if rows == "learning" and any(hit.part != "learning" for hit in hits):
                continue
            worths = [one.worth(hit, journal.root) for hit in hits]
            if BEST in worths and set(worths) != {BEST}:
                found[order][one.query] = figures(worths)
    return found


def doubtful(journal: Journal, asked: Sequence[Judged]) -> list[str]:
    """Return a sentence for each problem in the judgements."""
    wrong = list(problems(journal.root, list(asked)))
    for one in asked:
        worths = [one.worth(hit, journal.root) for hit in journal.find(one.query)]
        answers = sum(worth > 0 for worth in worths)
        if answers != len(one.best) + len(one.good):
            wrong.append(f"{one.query}: {answers} answers found")
        if len(worths) < MIN_HITS:
            wrong.append(f"{one.query}: {len(worths)} rows")
    return wrong


def show(name: str, journal: Journal, asked: Sequence[Judged]) -> None:
    """Print the tables of one journal."""
    for rows in ROWS:
        found = measured(journal, asked, rows)
        if not found[ORDERS[0]]:
            continue
        print(f"\n{f'{name}, rows {rows}':34}{'n':>5}{'MRR':>8}{'S@1':>8}{'S@3':>8}{'nDCG@10':>9}")
        for half in ("all", "unseen half"):
            for order in ORDERS:
                kept = [f for query, f in found[order].items() if half == "all" or unseen(query)]
                mrr, first, three, ndcg = mean(kept)
                label = f"  {half}, {order} first"
                print(f"{label:34}{len(kept):5}{mrr:8.3f}{first:8.2f}{three:8.2f}{ndcg:9.3f}")


def main() -> int:
    """Measure the sample journal and, if given, the diary; return 1 if judgements are wrong."""
    parser = argparse.ArgumentParser(description="How soon a search shows what was wanted.")
    parser.add_argument("--diary", type=Path, metavar="DIR", help="dated .md files of the diary")
    given = parser.parse_args()
    journals = {"sample": SAMPLE} | ({"diary": given.diary} if given.diary else {})
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, root in journals.items():
            journal = open_journal(root, Path(folder) / name)
            journal.refresh()
            asked = judged(name)
            wrong += doubtful(journal, asked)
            show(name, journal, asked)
    if wrong:
        print(
            "\nThese judgements are wrong, so don't trust the figures:",
            *wrong,
            sep="\n  ",
            file=sys.stderr,
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
