"""Measure journals of several sizes beside other programs, by medians of alternating runs.

Run by hand: `python -m tests.bench.journals --sizes 365,3650,10000 --dir DIR --jrnl PATH`.
Limits are printed beside the figures; exceeding them isn't an error.
"""

import argparse
import asyncio
import compileall
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import generate, paint
from tests.bench.measure import (
    REPOSITORY,
    against,
    environment,
    in_turns,
    line,
    load,
    ms,
    peak,
    whole,
)
from tests.bench.rivals import Jrnl, PlainTinyDB, ripgrep

PARTS = ("build", "refresh", "find", "save", "search", "paint", "press", "keys")
# What the command `journal` runs once it is installed; `python -m` takes some ms more.
INSTALLED = "from journal_tui.cli.main import console; console()"
# Other programs aren't run on larger journals, since they read or rewrite whole files each time.
LARGEST_OF_RIVALS = 10_000


class Bench:
    """The measurements of one journal, with a folder for all other files."""

    def __init__(self, root: Path, size: int, work: Path, options: argparse.Namespace) -> None:
        self.root, self.size, self.work = root, size, work
        self.rounds: int = options.rounds
        self.builds: int = options.builds if size <= LARGEST_OF_RIVALS else 1
        self.keys: int = options.keys
        self.env = environment(work)
        self.jrnl: Jrnl | None = None
        self.tinydb: PlainTinyDB | None = None
        if size <= LARGEST_OF_RIVALS:
            self.tinydb = PlainTinyDB(root, work)
            self.jrnl = Jrnl(options.jrnl, root, work) if options.jrnl else None

    def command(self, *words: str) -> list[str]:
        """Return the command line for a command of `journal`."""
        return [sys.executable, "-c", INSTALLED, "--journal", str(self.root), *words]

    def inside(self, what: str, *more: str, state: Path | None = None) -> dict[str, Any]:
        """Return the figures that a process of its own measures."""
        command = [sys.executable, "-m", "tests.bench.inside", what, str(self.root)]
        command += [str(state or self.work), *more]
        done = subprocess.run(command, env=self.env, stdout=subprocess.PIPE, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def build(self) -> None:
        """Measure the first build, in an empty cache each time."""
        runs = []
        for _ in range(self.builds):
            with tempfile.TemporaryDirectory(dir=self.work) as state:
                runs.append(self.inside("build", state=Path(state)))
        median = {key: sorted(run[key] for run in runs)[len(runs) // 2] for key in runs[0]}
        line(
            f"first build ({len(runs)} runs)", f"{median['whole']:.2f} s", "", "<= 10 s for 10,000"
        )
        line("  newest year answers after", f"{median['usable']:.2f} s")
        line("  longest wait for an answer", ms(median["waited"]))

    def refresh(self) -> None:
        """Measure a refresh with nothing changed."""
        found = self.inside("refresh", str(self.rounds * 3))
        against(
            {"refresh": found["refresh"], "scandir and stat": found["bare"]}, "refresh", "<= 1.5 x"
        )

    def find(self) -> None:
        """Measure `journal find` as a whole process, for several kinds of queries."""
        whole(self.command("check"), self.env, (0, 1))
        asked = {
            "common word": (generate.rank(0.5), "<= 2.2 x rg"),
            "rare word": (generate.rank(0.9999), ""),
            "rare phrase": (generate.PHRASE, "<= 3 x rg"),
        }
        for what, (words, limit) in asked.items():
            query = f'"{words}"' if " " in words else words
            self._find(f"find {what}: {words}"[:34], self.command("find", query), words, limit)
        self._language()
        line(
            "  peak memory",
            f"{peak(self.command('find', generate.rank(0.5)), self.env):.0f} MB",
            "",
            "<= 40 MB",
        )

    def _language(self) -> None:
        """Measure what the query language adds to the time of a plain word."""
        common, rare = generate.rank(0.5), generate.rank(0.9)
        asked = {
            "in:learning": f"in:learning {common}",
            "OR": f"{common} OR {rare}",
            "NOT": f"{common} -{rare}",
            "a range": f"{common} rating:>=8",
            "a period": f"{common} date:last-year",
            "a phrase": '"in the"',
        }
        plain = f"find a plain word: {common}"
        commands = {plain: self.command("find", common)}
        commands |= {what: self.command("find", query) for what, query in asked.items()}
        medians = in_turns(
            {what: self._timed(command) for what, command in commands.items()}, self.rounds
        )
        line(plain, ms(medians[plain]))
        for what, query in asked.items():
            limit = "<= 1.2 x" if what == "in:learning" else ""
            line(f"  {query}", ms(medians[what]), f"{medians[what] / medians[plain]:.2f} x", limit)

    def _timed(self, command: list[str]) -> Callable[[], float]:
        return lambda: whole(command, self.env, (0, 1))

    def _find(self, name: str, own: list[str], words: str, limit: str) -> None:
        commands = {name: own, "python -c pass": [sys.executable, "-c", "pass"]}
        rg = ripgrep(self.root, words)
        if rg:
            commands["rg -n"] = rg
        if self.jrnl:
            commands["jrnl -contains"] = self.jrnl.find(words)
        if self.tinydb:
            commands["plain TinyDB"] = self.tinydb.find(words)
        contestants = {key: self._timed(command) for key, command in commands.items()}
        against(in_turns(contestants, self.rounds), name, limit)

    def save(self) -> None:
        """Measure saving an entry of the newest year, including the index."""
        tinydb = str(self.tinydb.file) if self.tinydb else ""
        found = self.inside("save", str(self.rounds * 3), tinydb)
        names = {
            "save": "save",
            "unsynced": "save without fsync",
            "bare": "bare write, fsync, rename",
            "tinydb": "plain TinyDB update",
        }
        against({names[key]: found[key] for key in names if key in found}, "save", "<= 15 ms")
        line("  of it the index", ms(found["index"]))

    def search(self) -> None:
        """Measure 200 queries in a warm process, the newest 50 rows of each, beside FTS5."""
        found = self.inside("search", str(self.rounds))
        limit = "p99 <= 10 ms" if self.size > LARGEST_OF_RIVALS else "p99 <= 5 ms"
        line("warm search, newest 50", "p50", "p99", "first time p99", "queries")
        for name, figures in found["contestants"].items():
            cells = [ms(figures[key]) for key in ("p50", "p99", "first")]
            is_limited = name in ("mixed", "learning", "entries")
            line(f"  {name}", *cells, f"{figures['queries']}", limit if is_limited else "")
            if is_limited:
                for query, median in figures["slowest"]:
                    line(f"      {query}"[:34], "", ms(median))
        same = f"except for {found['differing']}" if found["differing"] else "for all of them"
        print(f"  FTS5 finds the same rows {same}.")

    def paint(self) -> None:
        """Measure the app's first frame with the editor, beside a bare Textual app's."""
        whole(self.command("check"), self.env, (0, 1))
        day = generate.END
        text = generate.path_of(self.root, day)
        commands = {
            "first paint": self.command(day.isoformat()),
            "bare Textual": [sys.executable, str(Path(__file__).with_name("bare.py")), str(text)],
        }
        words = paint.markers(text.read_text("utf-8"))
        contestants = {
            name: lambda command=command: paint.first(command, self.env, words)
            for name, command in commands.items()
        }
        against(in_turns(contestants, max(11, self.rounds)), "first paint", "<= 1.25 x")

    def press(self) -> None:
        """Measure from a key in Find to its rows, in a terminal, beside a bare Input."""
        from tests.bench import keypress

        keypress.run(self.root, self.work, self.keys)


def main() -> None:
    """Read the options, make the journals that are missing, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="365,3650,10000", help="numbers of entries, with commas")
    parser.add_argument("--dir", type=Path, help="keep the journals here between runs")
    parser.add_argument(
        "--paragraphs", type=int, default=0, help="how many words a paragraph of a new journal has"
    )
    parser.add_argument("--jrnl", default=shutil.which("jrnl"), help="the program jrnl")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is run (7)")
    parser.add_argument("--builds", type=int, default=3, help="how many first builds (3)")
    parser.add_argument("--keys", type=int, default=320, help="keys pressed in Find (320)")
    parser.add_argument("--state", type=Path, help="keep indexes and databases here between runs")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {','.join(PARTS)}")
    options = parser.parse_args()
    parts = options.parts.split(",")
    print(
        f"Python {platform.python_version()}, {platform.system()}, {load()}, {options.rounds} rounds"
    )
    for name, there in (("rg", shutil.which("rg")), ("jrnl", options.jrnl)):
        if not there:
            print(f"{name} is not installed and is left out.")
    # Compiled, as an installed package is; otherwise each start would compile edited modules.
    for folder in ("journal_tui", "tests/bench"):
        compileall.compile_dir(REPOSITORY / folder, quiet=2)
    with tempfile.TemporaryDirectory() as temporary:
        kept = (options.dir or Path(temporary)).resolve()
        for size in map(int, options.sizes.split(",")):
            root = kept / str(size)
            if not (root / generate.DONE).exists():
                generate.make(size, root, options.paragraphs)
            work = (options.state or Path(temporary)).resolve() / str(size)
            work.mkdir(parents=True, exist_ok=True)
            print(f"\n{size:,} entries ({load()})")
            bench = Bench(root, size, work, options)
            for part in parts:
                if part != "keys":
                    getattr(bench, part)()
    if "keys" in parts:
        from tests.bench import keystroke

        print(f"\nA keystroke, ms ({load()}); <= 1.2 x")
        asyncio.run(keystroke.main(200))


if __name__ == "__main__":
    main()
