"""For every test: no person's folders, settings or journal are seen, let alone touched."""

import marshal
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import journal_tui

# The same examples at each run, so that a failure is about the change at hand; new ones are
# looked for with --hypothesis-profile=explore. How long something takes has tests of its own.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """The usual mode for what a test makes itself, whatever the person's own is."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test alone; what a person's environment may say is taken away."""
    folder = tmp_path_factory.mktemp("home", numbered=True)
    for name in list(os.environ):
        if name.startswith("XDG_"):
            monkeypatch.delenv(name)
    for name in ("JOURNAL", "NO_COLOR", "EDITOR", "VISUAL", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for kind in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    # Children are killed, and run where no file may grow: Python then leaves a part of a module's
    # bytecode beside the package, and whoever imports it from then on ends with an EOFError.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return folder


@pytest.fixture(autouse=True, scope="session")
def whole_bytecode() -> Iterator[None]:
    """No child left a part of a module's bytecode in the package, installed or checked out."""
    yield
    for package in {Path(journal_tui.__file__).parent, Path(__file__).parents[1] / "journal_tui"}:
        for file in package.rglob("__pycache__/*.pyc"):
            try:
                marshal.loads(file.read_bytes()[16:])
            except (EOFError, ValueError, TypeError) as error:
                pytest.fail(f"{file} is damaged: {error}. Delete it; a child process wrote it.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The campaign of faults is run whole on demand: it takes long, and some of it wants root."""
    parser.addoption("--campaign", action="store_true", help="run the campaign of faults whole")
    parser.addoption("--shuffle", metavar="SEED", help="run the tests in an order drawn by SEED")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle when told to, and let each report know which promise its test is about."""
    for item in items:
        if mark := item.get_closest_marker("promise"):
            item.user_properties.append(("promise", mark.args[0]))
    if seed := config.getoption("--shuffle"):
        random.Random(seed).shuffle(items)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was not exercised and why, and how to repeat an order."""
    skipped = Counter(map(_promise_and_reason, terminalreporter.stats.get("skipped", [])))
    if skipped:
        terminalreporter.section("not exercised in this run")
    for (promise, reason), count in sorted(skipped.items()):
        terminalreporter.write_line(f"{promise} ({count} skipped): {reason}")
    if seed := config.getoption("--shuffle"):
        terminalreporter.write_line(f"To repeat this order: --shuffle {seed}")


def _promise_and_reason(report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str]:
    """What a skipped test or module is about, and why it was skipped."""
    name = report.nodeid.rpartition("::")[2].partition("[")[0].removeprefix("test_")
    promise = dict(getattr(report, "user_properties", ())).get("promise", name.replace("_", " "))
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(promise), reason.removeprefix("Skipped: ")
