"""While a journal is open, a crash leaves no core dump, which would hold the text of entries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import journal_tui
from journal_tui.app import shutdown
from tests.app.app_fixture import Desk

resource = pytest.importorskip("resource", reason="there are no core dumps here")

# In a process of its own, which the limit would otherwise outlive.
PROCESS = """
import resource, sys
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
for most in (resource.RLIM_INFINITY, hard):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        break
    except ValueError:
        pass
from journal_tui.app.shutdown import forbid_core_dumps
if "call" in sys.argv:
    forbid_core_dumps()
print(*resource.getrlimit(resource.RLIMIT_CORE))
"""


def limits(*words: str) -> list[int]:
    """The soft and the hard limit of a process that was allowed core dumps."""
    done = subprocess.run(
        [sys.executable, "-c", PROCESS, *words],
        env={**os.environ, "PYTHONPATH": str(Path(journal_tui.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [int(word) for word in done.stdout.split()]


def test_core_dumps_are_switched_off() -> None:
    if limits() == [0, 0]:
        pytest.skip("no process may leave a core dump here")
    assert limits("call") == [0, 0]


async def test_an_open_app_switches_them_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noted only: a limit of this process could not be taken back."""
    asked: list[object] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *given: asked.append(given))
    async with desk.open():
        assert asked == [(resource.RLIMIT_CORE, (0, 0))]


def test_a_system_without_limits_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    shutdown.forbid_core_dumps()
    monkeypatch.setitem(sys.modules, "resource", None)
    shutdown.forbid_core_dumps()
