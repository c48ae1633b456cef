"""Change the code in one place at a time, and see whether a test fails.

Run it by hand; pytest doesn't collect it. It needs `coverage` beside the packages of the tests,
and works in a copy of the tree, so the tree itself is never changed. Run it by its path, not with
`python -m`, so that the tests are imported from the copy:

    python tests/mutation/mutate.py map FOLDER                   which test runs which line
    python tests/mutation/mutate.py run FOLDER --seed 1 --count 500
    python tests/mutation/mutate.py run FOLDER --survivors       those that survived, once more
    python tests/mutation/mutate.py report FOLDER

`map` runs the tests once, under coverage, and writes `map.json`. `run` takes a random sample of
the mutants (a seed always takes the same ones), spread over the groups by their lines, and adds
a line for each to `results.jsonl`; what is in it already isn't run again. For a mutant it runs
the tests that reach the changed line, the quickest first, until one fails, in a forked process
that has imported all but the package. `--survivors` runs the tests as they are now for what
survived: take `map` again after adding tests. `--budget` bounds the tests of a mutant in
seconds of their usual duration.

What survives is read by a person: it is a gap in the tests, a bug, or a change that changes
nothing. `report` counts them; mutants listed in `equivalent.txt`, one identifier a line, are
taken as changing nothing.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
GROUPS = {
    "entry": ["journal_tui/entry/*.py"],
    "library": ["journal_tui/library/*.py"],
    "query": ["journal_tui/query/*.py"],
    "session": [
        "journal_tui/session.py",
        "journal_tui/journal.py",
    ],
}
# The tests that are mapped; coverage doesn't see code that only subprocesses run.
TESTS = [
    "tests/entry",
    "tests/query",
    "tests/library",
    "tests/cli",
    "tests/test_journal.py",
    "tests/test_settings.py",
    "tests/test_sample.py",
    "tests/index",
    "tests/app",
]
# Kinds that have many similar mutants, and the probability with which one of them is kept.
RARER = {"string": 0.25, "number": 0.5, "keyword": 0.5}

COMPARISONS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
}
PAIRS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "find": "rfind",
    "rfind": "find",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "removeprefix": "removesuffix",
    "partition": "rpartition",
    "rpartition": "partition",
}


@dataclass(frozen=True)
class Mutant:
    """One change: bytes `start` to `end` of a file are replaced."""

    file: str
    line: int
    first: int  # the line at which the statement begins
    kind: str
    start: int
    end: int
    new: str

    @property
    def id(self) -> str:
        """The mutant's identifier: its place, its kind, and the new text."""
        return f"{self.file}:{self.line}:{self.start}-{self.end}:{self.kind}:{self.new!r}"


class Finder(ast.NodeVisitor):
    """A visitor that collects the mutants of a module."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.mutants: list[Mutant] = []
        self.statement: ast.stmt | None = None
        self.starts = [0]
        for line in source.encode().splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        tree = ast.parse(source)
        self.skipped = set(self.unread(tree))
        self.visit(tree)

    def unread(self, tree: ast.Module) -> Iterator[int]:
        """Yield the ids of nodes without effect: docstrings, annotations, imports for types."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0] if node.body else None
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    yield id(first)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
                yield id(node.returns)
            if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
                yield id(node.annotation)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                yield id(node)
            if isinstance(node, ast.Assign) and "TypeVar" in ast.unparse(node.value):
                yield id(node)

    def visit(self, node: ast.AST) -> None:
        if id(node) in self.skipped:
            return
        outer = self.statement
        if isinstance(node, ast.stmt):
            self.statement = node
        super().visit(node)
        self.statement = outer

    def generic_visit(self, node: ast.AST) -> None:
        name = f"mutate_{type(node).__name__}"
        if hasattr(self, name):
            getattr(self, name)(node)
        super().generic_visit(node)

    def add(self, kind: str, node: ast.expr | ast.stmt, new: str | ast.AST) -> None:
        """Add the mutant that replaces a node."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        text = new if isinstance(new, str) else f"({ast.unparse(new)})"
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        first = self.statement.lineno if self.statement is not None else node.lineno
        self.mutants.append(Mutant(self.file, node.lineno, first, kind, start, end, text))

    def mutate_Compare(self, node: ast.Compare) -> None:
        for at, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                self.add("comparison", node, ast.Compare(node.left, ops, node.comparators))

    def mutate_BoolOp(self, node: ast.BoolOp) -> None:
        other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        self.add("and/or", node, ast.BoolOp(other, node.values))
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            self.add("operand", node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))

    def mutate_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            self.add("not", node, node.operand)

    def negate(self, test: ast.expr) -> None:
        """Add the mutant that negates a condition."""
        if not isinstance(test, ast.Compare | ast.UnaryOp):
            self.add("condition", test, ast.UnaryOp(ast.Not(), test))

    def mutate_If(self, node: ast.If) -> None:
        self.negate(node.test)
        self.add("never", node.test, "False")
        self.add("always", node.test, "True")

    def mutate_While(self, node: ast.While) -> None:
        self.negate(node.test)

    def mutate_IfExp(self, node: ast.IfExp) -> None:
        self.negate(node.test)
        self.add("branch", node, node.body)
        self.add("branch", node, node.orelse)

    def mutate_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.add("always", test, "True")

    def mutate_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self.add("bool", node, repr(not value))
        elif isinstance(value, int):
            self.add("number", node, f"({value + 1})")
            self.add("number", node, f"({value - 1})")
        elif isinstance(value, float):
            self.add("number", node, repr(value * 1.25 + 0.1))
        elif isinstance(value, str | bytes):
            other = "~" if isinstance(value, str) else b"~"
            self.add("string", node, repr(value[:0] or other if not value else value[:0]))
            self.add("string", node, repr(value + other))  # type: ignore[operator]

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave out the pieces of an f-string, because the tree doesn't have their exact places."""

    def mutate_BinOp(self, node: ast.BinOp) -> None:
        other = ARITHMETIC.get(type(node.op))
        texts = (ast.JoinedStr, ast.List, ast.Tuple)
        for side in (node.left, node.right):
            if isinstance(side, texts) or (
                isinstance(side, ast.Constant) and isinstance(side.value, str | bytes)
            ):
                self.add("side", node, node.left)
                self.add("side", node, node.right)
                return
        if other:
            self.add("arithmetic", node, ast.BinOp(node.left, other(), node.right))

    def mutate_Return(self, node: ast.Return) -> None:
        value = node.value
        if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            self.add("return", node, "return None")

    def mutate_Expr(self, node: ast.Expr) -> None:
        self.add("removed", node, "pass")

    def mutate_AugAssign(self, node: ast.AugAssign) -> None:
        self.add("removed", node, "pass")

    def mutate_Raise(self, node: ast.Raise) -> None:
        self.add("removed", node, "pass")

    def mutate_Delete(self, node: ast.Delete) -> None:
        self.add("removed", node, "pass")

    def mutate_Continue(self, node: ast.Continue) -> None:
        self.add("loop", node, "break")
        self.add("loop", node, "pass")

    def mutate_Break(self, node: ast.Break) -> None:
        self.add("loop", node, "continue")
        self.add("loop", node, "pass")

    def mutate_Slice(self, node: ast.Slice) -> None:
        for bound in (node.lower, node.upper):
            if bound is not None and node.step is None:
                self.add("slice", bound, "")

    def mutate_Call(self, node: ast.Call) -> None:
        called = node.func
        if isinstance(called, ast.Name) and called.id in PAIRS:
            self.add("call", called, PAIRS[called.id])
        if isinstance(called, ast.Attribute) and called.attr in PAIRS:
            other = ast.Attribute(called.value, PAIRS[called.attr], ast.Load())
            self.add("call", called, ast.unparse(other))
        for at, word in enumerate(node.keywords):
            if word.arg:
                rest = node.keywords[:at] + node.keywords[at + 1 :]
                self.add("keyword", node, ast.unparse(ast.Call(called, node.args, rest)))


def modules(tree: Path) -> dict[str, str]:
    """Return the files that are changed, each with its group."""
    return {
        str(path.relative_to(tree)): group
        for group, patterns in GROUPS.items()
        for pattern in patterns
        for path in sorted(tree.glob(pattern))
    }


def sample(tree: Path, seed: int, count: int) -> list[Mutant]:
    """Choose mutants by a seed, spread over the groups by their lines."""
    lines: Counter[str] = Counter()
    found: dict[str, list[Mutant]] = defaultdict(list)
    for file, group in modules(tree).items():
        source = (tree / file).read_text("utf-8")
        lines[group] += source.count("\n")
        for mutant in Finder(file, source).mutants:
            changed = source.encode()
            changed = changed[: mutant.start] + mutant.new.encode() + changed[mutant.end :]
            try:
                compile(changed, file, "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                continue
            found[group].append(mutant)
    chosen = []
    for group, mutants in found.items():
        chance = random.Random(f"{seed} {group}")
        kept = [one for one in mutants if chance.random() < RARER.get(one.kind, 1)]
        wanted = round(count * lines[group] / lines.total())
        chosen += chance.sample(kept, min(wanted, len(kept)))
    random.Random(seed).shuffle(chosen)
    return chosen


def copy_of_the_tree(folder: Path) -> Path:
    """Copy what is needed; times are kept, so compiled files stay good."""
    copy = folder / "tree"
    shutil.copytree(
        TREE,
        copy,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", ".*_cache"),
    )
    return copy


class Mapper:
    """A pytest plugin that records which lines each test runs, and how long it takes."""

    def __init__(self) -> None:
        import coverage

        self.coverage = coverage.Coverage(
            data_file=None, include=[f"{os.getcwd()}/journal_tui/*"], config_file=False
        )
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: object) -> None:
        name, took = report.nodeid, report.duration  # type: ignore[attr-defined]
        self.seconds[name] = self.seconds.get(name, 0) + took
        if not report.passed:  # type: ignore[attr-defined]
            self.failed.add(name)

    def told(self) -> dict[str, object]:
        """Return the tests of each line of each file, and the seconds of each test."""
        data = self.coverage.get_data()
        tests = {}
        for file in data.measured_files():
            named = data.contexts_by_lineno(file)
            tests[os.path.relpath(file)] = {
                line: sorted(name for name in names if name in self.seconds)
                for line, names in named.items()
            }
        for name in self.failed:
            self.seconds.pop(name, None)
        return {"seconds": self.seconds, "tests": tests}


def take_map(folder: Path, tests: list[str]) -> None:
    """Run the tests once, and write which of them runs which line."""
    copy = copy_of_the_tree(folder)
    enter(copy)
    import pytest

    mapper = Mapper()
    mapper.coverage.start()
    pytest.main([*tests, "-p", "no:cacheprovider", f"--basetemp={folder}/temp"], plugins=[mapper])
    mapper.coverage.stop()
    old = folder / "map.json"
    told = mapper.told()
    if tests != TESTS and old.exists():
        told = merged(json.loads(old.read_text()), told)
    old.write_text(json.dumps(told))


def merged(old: dict[str, dict], new: dict[str, dict]) -> dict[str, dict]:  # type: ignore[type-arg]
    """Return a map with the latest results of tests that ran again."""
    for file, lines in new["tests"].items():
        known = old["tests"].setdefault(file, {})
        for line, names in lines.items():
            known[str(line)] = sorted({*known.get(str(line), ()), *names})
    old["seconds"].update(new["seconds"])
    return old


def enter(copy: Path) -> None:
    """Let this process, and those that it starts, import from the copy."""
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    os.environ["PYTHONPATH"] = str(copy)


class Chosen:
    """A pytest plugin that runs only the chosen tests, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.order = {name: at for at, name in enumerate(names)}
        self.first = ""

    def pytest_collection_modifyitems(self, items: list) -> None:  # type: ignore[type-arg]
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order),
            key=lambda item: self.order[item.nodeid],
        )

    def pytest_runtest_logreport(self, report: object) -> None:
        if report.failed and not self.first:  # type: ignore[attr-defined]
            self.first = report.nodeid  # type: ignore[attr-defined]


def tests_of(mutant: Mutant, told: dict[str, dict]) -> list[str]:  # type: ignore[type-arg]
    """Return the tests that reach a mutant, the quickest first."""
    lines: dict[str, list[str]] = told["tests"].get(mutant.file, {})
    seconds: dict[str, float] = told["seconds"]
    found: set[str] = set()
    for line in range(mutant.first, mutant.line + 1):
        found.update(lines.get(str(line), ()))
    source = Path(mutant.file).read_text("utf-8")
    if not any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body[0].lineno <= mutant.line <= (node.end_lineno or 0)
        for node in ast.walk(ast.parse(source))
    ):
        # A line that runs at import is reached by every test that reaches the module.
        found.update(name for names in lines.values() for name in names)
        if not found:
            folder = mutant.file.split("/")[1]
            found.update(name for name in seconds if name.startswith(f"tests/{folder}"))
    return sorted((name for name in found if name in seconds), key=lambda name: seconds[name])


def within(names: list[str], seconds: dict[str, float], budget: float) -> list[str]:
    """Return the first tests that take no longer together than a budget."""
    kept, total = [], 0.0
    for name in names:
        total += seconds[name] + 0.005
        if kept and total > budget:
            break
        kept.append(name)
    return kept


def run_tests(names: list[str], limit: float, temp: Path) -> tuple[str, str]:
    """Run tests in a forked process; return what became of the mutant, and by which test."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(reading)
        silent = os.open(os.devnull, os.O_RDWR)
        for at in (0, 1, 2):
            os.dup2(silent, at)
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        import pytest

        chosen = Chosen(names)
        files = sorted({name.partition("::")[0] for name in names})
        code: int = 99
        try:
            code = int(
                pytest.main(
                    [*files, "-x", "-p", "no:cacheprovider", f"--basetemp={temp}"],
                    plugins=[chosen],
                )
            )
        finally:
            os.write(writing, f"{code} {chosen.first}".encode()[:4000])
            os._exit(0)
    os.close(writing)
    ends = time.monotonic() + limit
    try:
        while time.monotonic() < ends:
            if os.waitpid(child, os.WNOHANG)[0]:
                child = 0
                break
            time.sleep(0.02)
        else:
            return "killed", "time"
        code, _, first = os.read(reading, 5000).decode().partition(" ")
        if code == "0":
            return "survived", ""
        return "killed", first or f"code {code}"
    finally:
        if child:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(reading)


def run_one(mutant: Mutant, told: dict[str, dict], budget: float, temp: Path) -> dict[str, object]:  # type: ignore[type-arg]
    """Change the copy, run the tests that reach the change, and change it back."""
    path = Path(mutant.file)
    source, stat = path.read_bytes(), path.stat()
    names = within(tests_of(mutant, told), told["seconds"], budget)
    started = time.monotonic()
    outcome, by = "survived", "no test"
    if names:
        planned = sum(told["seconds"][name] for name in names)
        path.write_bytes(source[: mutant.start] + mutant.new.encode() + source[mutant.end :])
        try:
            outcome, by = run_tests(names, 30 + 6 * planned, temp)
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return {
        "id": mutant.id,
        "file": mutant.file,
        "line": mutant.line,
        "kind": mutant.kind,
        "old": source[mutant.start : mutant.end].decode(),
        "new": mutant.new,
        "outcome": outcome,
        "by": by,
        "tests": len(names),
        "seconds": round(time.monotonic() - started, 1),
    }


def import_all_but_the_package() -> None:
    """Import what every child would import."""
    import asyncio
    import importlib

    del asyncio
    for name in [
        "pytest",
        "pytest_asyncio",
        "hypothesis",
        "hypothesis.strategies",
        "textual.app",
        "textual.widgets",
        "textual.pilot",
        "textual.widgets.text_area",
        "markdown_it",
        "mdit_py_plugins.front_matter",
        "tinydb",
        "platformdirs",
        "ruamel.yaml",
        "snowballstemmer",
        "hypothesis.stateful",
        "_pytest.assertion.rewrite",
    ]:
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"not here: {name}", file=sys.stderr)


def results(folder: Path) -> dict[str, dict[str, object]]:
    """Return the last result of each mutant."""
    path = folder / "results.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {one["id"]: one for one in map(json.loads, lines)}


def run(folder: Path, args: argparse.Namespace) -> None:
    """Run a sample of mutants, or those that survived."""
    copy = copy_of_the_tree(folder)
    told = json.loads((folder / "map.json").read_text("utf-8"))
    known = results(folder)
    enter(copy)
    import_all_but_the_package()
    chosen = sample(copy, args.seed, args.count)
    if args.survivors:
        chosen = [one for one in chosen if known.get(one.id, {}).get("outcome") == "survived"]
    else:
        chosen = [one for one in chosen if one.id not in known]
    if args.only:
        chosen = [one for one in chosen if args.only in one.id]
    with (folder / "results.jsonl").open("a", encoding="utf-8") as out:
        for at, mutant in enumerate(chosen):
            result = run_one(mutant, told, args.budget, folder / "temp")
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
            print(
                f"{at + 1}/{len(chosen)} {result['outcome']} {result['seconds']} {mutant.id}",
                flush=True,
            )


def report(folder: Path) -> None:
    """Print how many mutants were killed, and where the others are."""
    path = folder / "equivalent.txt"
    same = set(path.read_text("utf-8").splitlines()) if path.exists() else set()
    groups = modules(TREE)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in results(folder).values():
        outcome = "equivalent" if one["id"] in same else str(one["outcome"])
        for group in (groups.get(str(one["file"]), "gone"), "all"):
            counts[group][outcome] += 1
        if outcome == "survived":
            print(f"{one['id']}\n    {one['old']}\n  → {one['new']}   ({one['by']})")
    for group, count in counts.items():
        matter = count["killed"] + count["survived"]
        share = 100 * count["killed"] / matter if matter else 100
        print(
            f"{group}: {count.total()} mutants, {dict(count)}, {share:.1f} % of those that matter"
        )


def main() -> None:
    """Read the arguments, and run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("command", choices=["map", "run", "report"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("tests", nargs="*", help="for map: only these tests, added to the map")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--budget", type=float, default=30)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--only", default="", help="only mutants with this text in their name")
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if args.command == "map":
        take_map(folder, args.tests or TESTS)
    elif args.command == "run":
        run(folder, args)
    else:
        report(folder)


if __name__ == "__main__":
    main()
