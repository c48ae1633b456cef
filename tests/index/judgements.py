"""Judged queries: the answers that a reader found best and good for each.

`judgements.json` lists for each query the best points, or days by one of their lines (one to
three), and other good ones, in the sample journal and in Pepys's diary.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from journal_tui.index.search import Hit
from journal_tui.library.naming import parse

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "entries"
BEST, GOOD, NOTHING = 2, 1, 0
# The kinds of rows that have more than one line.
WHOLE = ("entry", "prose")
_MARK = re.compile(r"(?:#+ |> |[-*+] (?:\[[ xX]\] )?|\d+[.)] )*")


class Answer(NamedTuple):
    """A line of a day, by how it starts after its list marker."""

    day: date
    starts: str


class Judged(NamedTuple):
    """A query as typed, its best answers, and other good ones."""

    journal: str
    query: str
    best: tuple[Answer, ...]
    good: tuple[Answer, ...]

    def worth(self, hit: Hit, root: Path) -> int:
        """Rate a row as BEST, GOOD or NOTHING; `root` is the journal's folder."""
        said = lines(root / hit.path) if hit.part in WHOLE else (bare(hit.text),)
        for answers, worth in ((self.best, BEST), (self.good, GOOD)):
            for answer in answers:
                if answer.day == hit.day and any(line.startswith(answer.starts) for line in said):
                    return worth
        return NOTHING


def judged(journal: str) -> list[Judged]:
    """Return the judgements about "sample" or "diary", in the order of the file."""
    rows = json.loads((HERE / "judgements.json").read_text("utf-8"))
    return [
        Judged(
            journal,
            row["query"],
            *(_answers(row[worth]) for worth in ("best", "good")),
        )
        for row in rows
        if row["journal"] == journal
    ]


def _answers(rows: list[dict[str, str]]) -> tuple[Answer, ...]:
    return tuple(Answer(date.fromisoformat(row["day"]), row["starts"]) for row in rows)


def bare(line: str) -> str:
    """Strip heading, list and task markers from a line, and put one space between words."""
    return _MARK.sub("", " ".join(line.split()), count=1)


@cache
def lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a file that aren't empty, without their markers."""
    text = path.read_text("utf-8", errors="replace")
    return tuple(bare(line) for line in text.split("\n") if line.strip())


def problems(root: Path, judgements: list[Judged]) -> Iterator[str]:
    """Yield a sentence for each answer that isn't exactly one line of the journal in `root`."""
    days: dict[date, list[str]] = {}
    for path in root.rglob("*.md"):
        if parsed := parse(path.name):
            days.setdefault(parsed.day, []).extend(lines(path))
    for one in judgements:
        for answer in one.best + one.good:
            found = [line for line in days.get(answer.day, ()) if line.startswith(answer.starts)]
            if len(found) != 1:
                yield f"{one.query}: {len(found)} lines of {answer.day} start {answer.starts!r}"
