"""Measure the queries of `queries.py` in a warm process, beside SQLite's FTS5."""

import gc
import statistics
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from journal_tui.journal import Journal
from tests.bench import fts
from tests.bench.measure import seconds
from tests.bench.queries import Asked, queries, shuffled

SHOWN = 50
SLOWEST = 5
ROWS = ("mixed", "learning", "entries")
DATABASE = "fts5.sqlite"
# The settings of FTS5: only learning points, with texts, best first.
RIVALS = {
    "FTS5 entries": (False, False, False),
    "FTS5 learning": (True, False, False),
    "FTS5 entries, with texts": (False, True, False),
    "FTS5 entries, by bm25": (False, False, True),
}


class Contestant(NamedTuple):
    """A search to be measured: `asked` are the queries that it can run, at most `rounds` times."""

    name: str
    asked: list[Asked]
    answer: Callable[[Asked], object]
    rounds: int = sys.maxsize


def search(journal: Journal, state: Path, rounds: int) -> dict[str, Any]:
    """Measure the seconds that each contestant takes for the newest 50 rows of each query.

    In each round all of them run all queries in turn, in another order each time. `first` is the
    first round, `slowest` has the queries with the highest medians.
    """
    journal.refresh()
    database = state / DATABASE
    if not database.exists():
        fts.build(journal, database)
    contestants = [*_own(journal), *_rivals(journal, fts.Fts(database))]
    taken: dict[str, dict[str, list[float]]] = {
        who.name: {query.text: [] for query in who.asked} for who in contestants
    }
    random = Random("rounds")
    # The app does the same once it is on the screen.
    gc.collect()
    gc.freeze()
    for number in range(rounds + 1):
        for who in contestants:
            if number > who.rounds:
                continue
            for query in shuffled(who.asked, random):
                value = seconds(lambda who=who, query=query: who.answer(query))
                taken[who.name][query.text].append(value)
    found = {name: _figures(times) for name, times in taken.items()}
    return {
        "contestants": found,
        "differing": _differing(contestants),
        "taken": taken,
    }


def _own(journal: Journal) -> list[Contestant]:
    """Return the searches of `journal`, each with the rows that FTS5 is asked for.

    The queries are parsed before anything is measured, as the SQL for FTS5 is made before.
    """
    asked = queries()
    read = {query: journal.query(query.text) for query in asked}

    def hits(rows: str, sort: str = "newest") -> Callable[[Asked], object]:
        return lambda query: [
            (hit.path, hit.day, hit.rating)
            for hit in islice(journal.find(read[query], rows, sort), SHOWN)
        ]

    def texts(rows: str) -> Callable[[Asked], object]:
        return lambda query: [
            (hit.path, hit.day, hit.rating, hit.text, hit.line)
            for hit in islice(journal.find(read[query], rows), SHOWN)
        ]

    return [
        *(Contestant(rows, asked, hits(rows)) for rows in ROWS),
        *(Contestant(f"{rows}, with texts", asked, texts(rows)) for rows in ROWS),
        # Ranking reads every hit, which takes long, so only some of the queries, once.
        Contestant("mixed, best first", asked[::10], hits("mixed", "best"), rounds=1),
    ]


def _rivals(journal: Journal, database: fts.Fts) -> list[Contestant]:
    found = []
    for name, (learning, texts, best) in RIVALS.items():
        statements = {}
        for query in queries():
            try:
                read = journal.query(query.text)
                statements[query] = fts.statement(read, SHOWN, learning, texts, best)
            except fts.Inexpressible:
                pass
        answer = lambda query, known=statements: database.rows(known[query])  # noqa: E731
        found.append(Contestant(name, list(statements), answer))
    return found


def _figures(times: dict[str, list[float]]) -> dict[str, Any]:
    warm = [value for values in times.values() for value in values[1:]]
    medians = {query: statistics.median(values[1:]) for query, values in times.items()}
    slowest = sorted(medians, key=lambda query: -medians[query])[:SLOWEST]
    return {
        "queries": len(times),
        "p50": statistics.median(warm),
        "p99": percentile(warm, 0.99),
        "first": percentile([values[0] for values in times.values()], 0.99),
        "slowest": [(query, medians[query]) for query in slowest],
    }


def percentile(values: Iterable[float], part: float) -> float:
    """Return the value that this part of all values doesn't exceed."""
    listed = sorted(values)
    return listed[min(len(listed) - 1, int(len(listed) * part))]


def _differing(contestants: list[Contestant]) -> list[str]:
    """Return the queries for which FTS5 finds rows of other files or days than search does."""
    by_name = {who.name: who for who in contestants}
    differing = []
    for rows in ("entries", "learning"):
        rival = by_name[f"FTS5 {rows}"]
        for query in rival.asked:
            # If a query names its part, a row is a passage and not an entry.
            own = by_name["mixed" if "in:" in query.text or "is:" in query.text else rows]
            found = [(path, str(day)) for path, day, _ in own.answer(query)]  # type: ignore[attr-defined]
            if found != [row[:2] for row in rival.answer(query)]:  # type: ignore[attr-defined]
                differing.append(f"{rows}: {query.text}")
    return differing


def main() -> None:
    """Print the results: `python -m tests.bench.searching JOURNAL STATE ROUNDS`."""
    from tests.bench.inside import open_journal

    root, state, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    found = search(open_journal(root, state), state, rounds)
    kinds = {query.text: query.kind for query in queries()}
    for name, figures in found["contestants"].items():
        print(f"{name:28} {figures['queries']} " + " ".join(f"{k} {figures[k] * 1000:.2f}" for k in ("p50", "p99", "first")))  # fmt: skip
        for query, median in figures["slowest"]:
            print(f"      {median * 1000:8.2f} {query}")
        by_kind: dict[str, list[float]] = {}
        for query, values in found["taken"][name].items():
            by_kind.setdefault(kinds[query], []).append(statistics.median(values[1:]))
        print("      " + ", ".join(f"{kind} {statistics.median(v) * 1000:.2f}/{max(v) * 1000:.2f}" for kind, v in by_kind.items()))  # fmt: skip
    print("differing:", found["differing"])


if __name__ == "__main__":
    main()
