"""Several processes that add to one day at the same time: every line is there."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from journal_tui import journal as journals
from tests.extent import Sample
from tests.faults.counting import Scale, Tally

DAY = date(2026, 11, 20)
PROCESSES, BY_COMMAND = 4, 3
# Most are added in one process, as the command does it: starting Python is not what is tried here.
ADDER = """
import subprocess, sys
from journal_tui.cli.main import main
root, day, name, count, by_command = sys.argv[1:]
for number in range(int(count)):
    words = ["--journal", root, "add", f"{name}-{number}.", "--on", day]
    if number < int(by_command):
        code = subprocess.run([sys.executable, "-m", "journal_tui", *words]).returncode
    else:
        code = main(words)
    if code:
        sys.exit(f"{name}-{number} was refused")
"""


def test_all_lines_are_there(tmp_path: Path, sample: Sample, scale: Scale, tally: Tally) -> None:
    root, count = tmp_path / "journal", scale(sample(8, 15), 500)
    journals.create(root, date(2026, 11, 2), "Desk")
    names = [f"adder{n}" for n in range(PROCESSES)]
    adders = [
        subprocess.Popen(
            [sys.executable, "-c", ADDER, str(root), str(DAY), name, str(count), str(BY_COMMAND)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    complaints = [adder.communicate()[1].decode() for adder in adders]
    text = (root / "2026" / f"{DAY}.md").read_text()
    wanted = {f"{name}-{number}." for name in names for number in range(count)}
    lines = text.splitlines()
    beside = list(root.glob("**/*-mine-*"))
    lost = wanted - set(lines)
    twice = [line for line in wanted if lines.count(line) > 1]
    tally(
        f"{PROCESSES} processes that add to one day",
        lines=len(wanted), lost=len(lost), twice=len(twice), put_beside=len(beside),
    )  # fmt: skip
    assert complaints == [""] * PROCESSES
    assert not lost and not twice and not beside
