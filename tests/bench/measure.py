"""Measure contestants in turn, each once a round, so that other load on the machine affects all."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

REPOSITORY = Path(__file__).parents[2]
# Linux counts the parent's memory into its child's peak: this one is small.
_SMALL_PARENT = """\
import os, sys
null = os.open(os.devnull, os.O_WRONLY)
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
print(os.wait4(pid, 0)[2].ru_maxrss)
"""


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turns(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the median of each contestant's results, after one round that doesn't count."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, contestant in contestants.items():
            value = contestant()
            if number:
                taken[name].append(value)
    return {name: statistics.median(values) for name, values in taken.items()}


def environment(state: Path) -> dict[str, str]:
    """Return a measured process's environment: the repository's package, and no user's folders."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    folders = {name: str(state / name) for name in ("config", "cache", "state", "data")}
    return {
        **kept,
        "HOME": str(state / "home"),
        **{f"XDG_{name.upper()}_HOME": folder for name, folder in folders.items()},
        "PYTHONPATH": str(REPOSITORY),
    }


def whole(command: Sequence[str], env: Mapping[str, str], codes: Sequence[int] = (0,)) -> float:
    """Return the seconds from a process's start to its end, with its output read through a pipe.

    Raise RuntimeError if its exit code is none of `codes`.
    """
    start = perf_counter()
    done = subprocess.run(
        command, env=env, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True
    )
    taken = perf_counter() - start
    if done.returncode not in codes:
        told = done.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {told[-400:]}")
    return taken


def peak(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Return the peak memory of a process, in MB."""
    launcher = [sys.executable, "-S", "-c", _SMALL_PARENT, *command]
    done = subprocess.run(
        launcher, env=env, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return int(done.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def load() -> str:
    """Return the load averages of the machine, if the system has them."""
    averages = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"load {averages} on {os.cpu_count()} cores"


def line(what: str, *cells: str) -> None:
    """Print one row of the table."""
    print(f"  {what:<34}" + "".join(f"{cell:>20}" for cell in cells), flush=True)


def ms(value: float) -> str:
    """Format seconds as milliseconds."""
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value * 1000:,.0f} ms"


def against(medians: Mapping[str, float], name: str, limit: str = "") -> None:
    """Print each contestant's time, and how much longer `name` takes (2.0 x: twice as long)."""
    own = medians[name]
    line(name, ms(own), "", limit)
    for other, value in medians.items():
        if other != name:
            line(f"  {other}", ms(value), f"{own / value:.2f} x")
