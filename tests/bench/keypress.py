"""Measure search while typing in a real terminal: from a key's byte to the rows that answer it.

Run by hand: `python -m tests.bench.keypress JOURNAL STATE [--keys N]`. Two other apps are measured
alternately, key by key: a single `Input`, and one with a screenful of rows below it.

To know when the new rows are shown, each query is first typed slowly, and the screen is kept when
it no longer changes. Then the query is typed with a person's pauses. A key's time ends with the
output after which the line and every cell of the rows (styles included) are as in the kept screen,
and stay so. If a key changes no row, only the line with the key counts.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.bench import generate
from tests.bench.inside import open_journal
from tests.bench.measure import environment, line, load, ms
from tests.bench.queries import queries
from tests.bench.searching import percentile
from tests.bench.typist import COLUMNS, ROWS, Key, Layout, State, Terminal

INSTALLED = "from journal_tui.cli.main import console; console()"
FIND, CLEAR, ENTRIES = b"\x0c", b"\x15", b"\x1b[13~"
# Seconds between a person's keys.
PAUSES = 0.09, 0.22
BARE_PAUSE = 0.05
WARM_KEYS = 12
SLOWEST = 5
# The bare line, within its border and its padding.
BARE = Layout((1, 3, COLUMNS - 3), (0, 0, 0), (0, 0, 0, 0))
# A scroll bar, whose thumb continues to shrink while rows below the screen come in.
_BAR = 1


class Press(NamedTuple):
    """The times of one key in the app, in a bare Input, and in one with rows below it."""

    typed: str
    own: Key
    bare: Key
    rows: Key


def typed(count: int) -> list[str]:
    """Return queries of every kind that have `count` keys altogether."""
    found: list[str] = []
    # Every fifth query, because the list has the kinds in turn and each kind must be among them.
    order = [query.text for start in range(5) for query in queries()[start::5]]
    for text in order:
        if sum(map(len, found)) >= count:
            break
        if len(text) <= 24:
            found.append(text)
    return found


def layout_of_find(root: Path, state: Path) -> Layout:
    """Return where Find has its line and its rows, by running the app without a terminal."""
    return asyncio.run(_layout_of_find(root, state))


async def _layout_of_find(root: Path, state: Path) -> Layout:
    from journal_tui.app.app import JournalApp
    from journal_tui.app.widgets.inputs import QueryInput
    from journal_tui.app.widgets.result_list import ResultList
    from journal_tui.app.widgets.result_summary import ResultSummary

    app = JournalApp(open_journal(root, state), generate.END)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        await pilot.press("ctrl+l")
        await pilot.pause()
        line = app.screen.query_one(QueryInput).content_region
        said = app.screen.query_one(ResultSummary).content_region
        rows = app.screen.query_one(ResultList).region
    return Layout(
        (line.y, line.x, line.right),
        (said.y, said.x, said.right),
        (rows.y, rows.bottom, rows.x, rows.right - _BAR),
    )


class Bench:
    """The apps that are typed into, side by side."""

    def __init__(self, root: Path, state: Path, keys: int, where: str) -> None:
        self.root, self.state, self.where = root, state, where
        self.env = environment(state)
        self.texts = typed(keys)
        self.layout = layout_of_find(root, state)
        self.random = Random("pauses")
        self.wanted: dict[str, State] = {}

    def find(self, root: Path) -> Terminal:
        """Start the app and open Find."""
        day = generate.END.isoformat()
        command = [sys.executable, "-c", INSTALLED, "--journal", str(root), day]
        terminal = Terminal(command, self.env, self.layout)
        terminal.sees("Save")
        terminal.types(FIND)
        terminal.sees("newest first")
        if self.where == "entries":
            terminal.types(ENTRIES)
        return terminal

    def bare(self, *options: str) -> Terminal:
        """Start the app with one Input and, if asked for, a screenful of rows."""
        command = [sys.executable, str(Path(__file__).with_name("bareline.py")), *options]
        terminal = Terminal(command, self.env, BARE)
        terminal.sees("▁▁▁")
        return terminal

    def learn(self) -> None:
        """Type each query slowly, and keep the screen that each key leads to."""
        journal = open_journal(self.root, self.state)
        with self.find(self.root) as find:
            find.settle(2.0)
            for text in self.texts:
                for end in range(1, len(text) + 1):
                    find.types(text[end - 1].encode())
                    state = self.wanted[text[:end]] = find.settle()
                    query, _ = journal.parse_partial(text[:end])
                    first = next(journal.find(query, self.where), None) if query else None
                    if first and str(first.day) not in "".join(cell[0] for cell in state.rows):
                        raise RuntimeError(f"{text[:end]!r}: no row of {first.day}")
                find.types(CLEAR)
                find.settle()

    def presses(self, find: Terminal, bare: Terminal, rows: Terminal) -> Iterator[Press]:
        """Press each key in all apps, one after the other; yield the times."""
        for text in self.texts:
            for end in range(1, len(text) + 1):
                key, line = text[end - 1].encode(), text[:end]
                own = find.key(key, self.wanted[line], self.random.uniform(*PAUSES))
                echo = State(line.rstrip(), "", ())
                others = [terminal.key(key, echo, BARE_PAUSE) for terminal in (bare, rows)]
                # A typed space can't be seen.
                if key != b" ":
                    yield Press(line, own, *others)
            for terminal in (find, bare, rows):
                terminal.types(CLEAR)
                terminal.settle()

    def quiet(self) -> list[Press]:
        """Press all keys with nothing going on in the background."""
        with self.find(self.root) as find, self.bare() as bare, self.bare("rows") as rows:
            find.settle(2.0)
            return list(self.presses(find, bare, rows))[WARM_KEYS:]

    def refreshing(self, count: int) -> list[Press]:
        """Measure `count` keys during a refresh, after every file was touched.

        The app is started again whenever the refresh has ended.
        """
        root = self.state / "touched"
        if not root.exists():
            shutil.copytree(self.root, root)
        journal = open_journal(root, self.state)
        journal.refresh()
        oldest = f"{min(journal.index.years())}.stamps.table"
        last = Path(journal.index.folder) / oldest
        found: list[Press] = []
        texts = self.texts
        while len(found) < count:
            for path in root.glob("*/*.md"):
                path.touch()
            before, known = last.stat().st_mtime_ns, len(found)
            with self.find(root) as find, self.bare() as bare, self.bare("rows") as rows:
                for press in self.presses(find, bare, rows):
                    if last.stat().st_mtime_ns != before:
                        break
                    found.append(press)
            if len(found) == known:
                raise RuntimeError("the refresh is over before a key is typed: take more entries")
            # Other queries are typed the next time.
            self.texts = [*self.texts[3:], *self.texts[:3]]
        self.texts = texts
        return found


def print_times(name: str, found: Sequence[Press]) -> None:
    """Print the times of the keys."""
    line(f"{name} ({len(found)} keys)", "p50", "p99", "slowest")
    taken = {
        "key to new rows": [press.own.answer for press in found],
        "  key to the line": [press.own.echo for press in found],
        "a bare Input": [press.bare.echo for press in found],
        "a bare Input and rows": [press.rows.echo for press in found],
    }
    for what, values in taken.items():
        line(what, ms(statistics.median(values)), ms(percentile(values, 0.99)), ms(max(values)))
    own, _, *others = map(statistics.median, taken.values())
    line("  compared with the two", *(f"{own / other:.2f} x" for other in others))
    line("  limits", "<= 1.3 x bare", "p99 <= 60 ms")
    for press in sorted(found, key=lambda press: -press.own.answer)[:SLOWEST]:
        line(f"    {press.typed}"[:34], ms(press.own.answer), ms(press.own.echo))


def run(root: Path, state: Path, keys: int, where: str = "learning") -> None:
    """Measure and print, quiet first, then during a refresh."""
    open_journal(root, state).refresh()
    bench = Bench(root, state, keys, where)
    bench.learn()
    print_times("Find, no refresh", bench.quiet())
    print_times("Find, during a refresh", bench.refreshing(keys))


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journal", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--keys", type=int, default=320)
    parser.add_argument("--where", default="learning", choices=("learning", "entries"))
    options = parser.parse_args()
    print(load())
    run(options.journal.resolve(), options.state.resolve(), options.keys, options.where)


if __name__ == "__main__":
    main()
