"""Measure a period's document: `python -m tests.bench.document N DIR`, N entries, a day each.

It prints the milliseconds of each form for all days and for the last whole year, in a journal that was
just opened and again; DIR keeps the journal for the next time.
"""

import sys
from pathlib import Path
from time import perf_counter

from journal_tui.journal import Journal
from journal_tui.review.span import Span
from journal_tui.settings import Places
from tests.bench import generate

FORMS = ("html", "markdown", "json")


def main(count: int, folder: Path) -> None:
    """Make the journal if needed, and print the figures."""
    root = folder / "journal"
    if not (root / generate.DONE).exists():
        root.mkdir(parents=True)
        generate.make(count, root)
    places = Places(*(folder / name for name in ("config", "cache", "state")))
    journal = Journal(root, places)
    journal.refresh()
    last = journal.latest_day()
    for period in ("all", str(last.year - 1 if last else 2025)):
        days = len(journal.review(journal.span(period)).written)
        for form in FORMS:
            opened = Journal(root, places)
            span = opened.span(period)
            first, again = (_milliseconds(opened, span, form) for _ in range(2))
            print(f"{period:>4}: {days:6,} days, {form:8} {first:6.0f} ms, again {again:6.0f} ms")


def _milliseconds(journal: Journal, span: Span, form: str) -> float:
    start = perf_counter()
    journal.review_document(span, form)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
