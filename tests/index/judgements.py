"""What a person would want first of a search: queries with their best answers, judged by reading.

`judgements.json` says for each query which points, or which days by one of their lines, are the
best (one to three) and which others are good, in the sample journal and in Pepys's diary.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from journal_tui.index.hits import Hit
from journal_tui.library.naming import parse_name

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "entries"
BEST, GOOD, NOTHING = 2, 1, 0
# The kinds of rows that stand for more than one line.
WHOLE = ("entry", "prose")
_MARK = re.compile(r"(?:#+ |> |[-*+] (?:\[[ xX]\] )?|\d+[.)] )*")


class Answer(NamedTuple):
    """A line of a day, by how it starts behind its list mark."""

    day: date
    starts: str


class Judged(NamedTuple):
    """One query as it is typed, what is wanted first, and what is wanted next."""

    journal: str
    query: str
    best: tuple[Answer, ...]
    good: tuple[Answer, ...]

    def worth(self, hit: Hit, root: Path) -> int:
        """How good a row is: BEST, GOOD or NOTHING; `root` is the journal's folder."""
        said = lines(root / hit.path) if hit.kind in WHOLE else (bare(hit.text),)
        for answers, worth in ((self.best, BEST), (self.good, GOOD)):
            for answer in answers:
                if answer.day == hit.day and any(line.startswith(answer.starts) for line in said):
                    return worth
        return NOTHING


def judged(journal: str) -> list[Judged]:
    """The judgements over "sample" or "diary", in the order of the file."""
    rows = json.loads((HERE / "judgements.json").read_text("utf-8"))
    return [
        Judged(journal, row["query"], *(_answers(row[worth]) for worth in ("best", "good")))
        for row in rows
        if row["journal"] == journal
    ]


def _answers(rows: list[dict[str, str]]) -> tuple[Answer, ...]:
    return tuple(Answer(date.fromisoformat(row["day"]), row["starts"]) for row in rows)


def bare(line: str) -> str:
    """A line without its heading, list and task marks, one blank between words."""
    return _MARK.sub("", " ".join(line.split()), count=1)


@cache
def lines(path: Path) -> tuple[str, ...]:
    """The lines of a file that say something, bare."""
    text = path.read_text("utf-8", errors="replace")
    return tuple(bare(line) for line in text.split("\n") if line.strip())


def problems(root: Path, judgements: list[Judged]) -> Iterator[str]:
    """A sentence for each answer that is not one line of the journal in `root`."""
    days: dict[date, list[str]] = {}
    for path in root.rglob("*.md"):
        if parsed := parse_name(path.name):
            days.setdefault(parsed[0], []).extend(lines(path))
    for one in judgements:
        for answer in one.best + one.good:
            found = [line for line in days.get(answer.day, ()) if line.startswith(answer.starts)]
            if len(found) != 1:
                yield f"{one.query}: {len(found)} lines of {answer.day} start {answer.starts!r}"
