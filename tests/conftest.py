"""Fixtures for every test: none can read or write the user's own folders, settings or journal."""

import marshal
import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import count as numbers
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

import journal_tui
from tests.extent import FEW, MANY, Sample, is_thorough

# The same examples in each run, so that a failure is due to the latest change. For new examples use
# --hypothesis-profile=explore. No deadlines, because the benchmarks measure time.
settings.register_profile("few", deadline=None, derandomize=True, max_examples=FEW)
settings.register_profile("many", deadline=None, derandomize=True, max_examples=MANY)
settings.register_profile("explore", deadline=None, max_examples=MANY)


REPOSITORY = Path(__file__).parents[1]
THOROUGH = "exhaustive; run pytest --thorough"
SMALLER = "Samples are the smaller ones; tests/README.md lists what --thorough adds."


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Set the usual umask for each test, whatever the user's own umask is."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a name for each home; to number folders, pytest would list them all each time."""
    top = tmp_path_factory.mktemp("homes")
    return (top / str(number) for number in numbers())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a home folder for this test alone, and remove the user's environment variables."""
    folder = next(homes)
    folder.mkdir(mode=0o700)
    for name in list(os.environ):
        if name.startswith("XDG_"):
            monkeypatch.delenv(name)
    for name in ("JOURNAL", "NO_COLOR", "EDITOR", "VISUAL", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for kind in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    # Child processes are killed, or may not write files. Python would then leave incomplete
    # bytecode in the package, and every later import would fail with an EOFError.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    # Child processes run the code that the tests run, not an older installed copy.
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    return folder


@pytest.fixture(autouse=True, scope="session")
def whole_bytecode() -> Iterator[None]:
    """Check at the end that no child process left incomplete bytecode in the package."""
    yield
    for package in {Path(journal_tui.__file__).parent, REPOSITORY / "journal_tui"}:
        for file in package.rglob("__pycache__/*.pyc"):
            try:
                marshal.loads(file.read_bytes()[16:])
            except (EOFError, ValueError, TypeError) as error:
                pytest.fail(f"{file} is damaged: {error}. Delete it; a child process wrote it.")


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Sample:
    """How much to try: `sample(few, many)` is `many` with --thorough or --campaign, else `few`."""
    is_large = is_thorough(request.config)
    return lambda few, many: many if is_large else few


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of these tests: how much is tried, and in which order."""
    parser.addoption("--thorough", action="store_true", help="run what is exhaustive, too")
    parser.addoption("--campaign", action="store_true", help="run the campaign of faults whole")
    parser.addoption("--shuffle", metavar="SEED", help="run the tests in an order drawn by SEED")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples generated tests have, before their modules are imported."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("many" if is_thorough(config) else "few")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Run one process more than there are cores: many tests wait for a disk or a terminal."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ or not hasattr(os, "sched_getaffinity"):
        return None
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle if told to, leave out what is exhaustive, and note the promise of each test."""
    if not is_thorough(config):
        _leave_out_most(items)
    for item in items:
        if mark := item.get_closest_marker("promise"):
            item.user_properties.append(("promise", mark.args[0]))
        if item.get_closest_marker("thorough") and not is_thorough(config):
            # Skipped, not deselected, so that it is reported to the process that writes the summary.
            item.add_marker(pytest.mark.skip(reason=THOROUGH))
    if seed := config.getoption("--shuffle"):
        random.Random(seed).shuffle(items)


def _leave_out_most(items: list[pytest.Item]) -> None:
    """Mark as exhaustive what tests/README.md says: most cases of some tests, and most sizes."""
    cases: Counter[str] = Counter()
    sizes: dict[str, list[pytest.Item]] = {}
    for item in items:
        name = item.nodeid.partition("[")[0]
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if mark := item.get_closest_marker("one_in"):
            if cases[name] % mark.args[0]:
                item.add_marker("thorough")
            cases[name] += 1
        elif "size" in parameters and name.startswith("tests/app/"):
            others = [(key, value) for key, value in parameters.items() if key != "size"]
            sizes.setdefault(f"{name} {others}", []).append(item)
    for name, alike in sizes.items():
        # Which of the sizes it is differs from test to test, and is the same in each run.
        chosen = crc32(name.encode()) % len(alike)
        for item in (*alike[:chosen], *alike[chosen + 1 :]):
            item.add_marker("thorough")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print what was not tested and why, and how to repeat a shuffled order."""
    skipped = Counter(map(_promise_and_reason, terminalreporter.stats.get("skipped", [])))
    if skipped:
        terminalreporter.section("not exercised in this run")
    for (promise, reason), count in sorted(skipped.items()):
        if reason != THOROUGH:
            terminalreporter.write_line(f"{promise} ({count} skipped): {reason}")
    if cases := [count for (_, reason), count in skipped.items() if reason == THOROUGH]:
        terminalreporter.write_line(f"{sum(cases)} cases of {len(cases)} tests: {THOROUGH}")
    if not is_thorough(config):
        terminalreporter.write_line(SMALLER)
    if seed := config.getoption("--shuffle"):
        terminalreporter.write_line(f"To repeat this order: --shuffle {seed}")


def _promise_and_reason(report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str]:
    """Return what a skipped test or module is about, and why it was skipped."""
    name = report.nodeid.rpartition("::")[2].partition("[")[0].removeprefix("test_")
    promise = dict(getattr(report, "user_properties", ())).get("promise", name.replace("_", " "))
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(promise), reason.removeprefix("Skipped: ")
