"""A kill and seven errors at each call of the system, of each thing that touches a person's words."""

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.journal import Journal
from tests.faults.counting import Scale, Tally
from tests.faults.strace import CHANGING, Outcome, Victim, strace_problem
from tests.faults.victim import DAY, GONE_DAY, NEW, NEW_DAY

WHY_NOT = strace_problem()
pytestmark = [
    pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT),
    pytest.mark.promise("A kill or an error at any system call loses nothing"),
]

OLDER = "# Day\n\noldest prose\n\n## Learning points\n\n- none\n"
OLD = "# Day\n\nold prose\n\n## Learning points\n\n- one\n"
GONE = "# Day\n\nan entry in the trash\n"
EDITED = "# Day\n\nedited elsewhere\n"
ADDED = "# Day\n\nold prose\n\nadded by a command\n\n## Learning points\n\n- one\n"
NEIGHBOUR_DAY = date(2014, 10, 7)
Point = TypeVar("Point")


class Case(NamedTuple):
    """A day's file before and after; `done` is said only when it is after."""

    day: date
    before: str | None
    after: str | None
    done: str = ""


CASES = {
    "saving": Case(DAY, OLD, NEW, "saved"),
    "creating": Case(NEW_DAY, None, NEW, "saved"),
    "deleting": Case(DAY, OLD, None, "is in the trash"),
    "restoring": Case(DAY, OLD, OLDER, "as it was saved"),
    "bringing back": Case(GONE_DAY, None, GONE, "is back"),
    "adding": Case(DAY, OLD, ADDED, "Added to"),
    "indexing": Case(DAY, EDITED, EDITED),
    "draft writing": Case(DAY, OLD, OLD),
}


class Desk:
    """A journal with entries, history and trash, put back as it was before each fault."""

    def __init__(self, folder: Path, verb: str) -> None:
        self.case = CASES[verb]
        self._work, self._kept = folder / "work", folder / "kept"
        self.environment = os.environ | {
            "JOURNAL": str(self._work / "journal"),
            "PYTHONPATH": str(Path(journals.__file__).parents[1]),
            **{
                f"XDG_{kind}_HOME": str(self._work / kind.lower())
                for kind in ("CONFIG", "CACHE", "STATE")
            },
        }
        journals.create(self._work / "journal", date(2014, 1, 1), "Desk")
        journal = self.journal()
        for day, *texts in (
            (DAY, OLDER, OLD), (GONE_DAY, GONE), (NEIGHBOUR_DAY, OLDER), (date(2013, 5, 6), OLD),
        ):  # fmt: skip
            for text in texts:
                journal.save(journal.open(day), text)
        journal.trash.delete(journal.entries.new_path(GONE_DAY), datetime.now())
        journal.refresh()
        if verb == "indexing":
            (journal.root / "2014" / f"{DAY}.md").write_text(EDITED)
        shutil.copytree(self._work, self._kept)
        # A folder that has just changed is listed once more than one that hasn't.
        for kept, _, _ in os.walk(self._kept):
            os.utime(kept, (1_400_000_000, 1_400_000_000))
        self.put_back()

    def journal(self) -> Journal:
        """The journal as the next process opens it."""
        places = settings.Places(
            *(self._work / kind / settings.NAME for kind in ("config", "cache", "state"))
        )
        return Journal(self._work / "journal", places)

    def put_back(self) -> None:
        """Undo all that was done."""
        shutil.rmtree(self._work)
        shutil.copytree(self._kept, self._work)

    def file(self, day: date) -> str | None:
        """What the day's file holds."""
        try:
            return (self._work / "journal" / f"{day.year}" / f"{day}.md").read_bytes().decode()
        except FileNotFoundError:
            return None

    def damage(self) -> list[str]:
        """Whatever is neither the old nor the new, or is taken for what it is not."""
        journal, case, found = self.journal(), self.case, []
        if self.file(case.day) not in (case.before, case.after):
            found.append(f"the file holds {self.file(case.day)!r}")
        if self.file(NEIGHBOUR_DAY) != OLDER or self.file(date(2013, 5, 6)) != OLD:
            found.append("another entry changed")
        scanned = journal.entries.scan()
        known = {DAY, GONE_DAY, NEW_DAY, NEIGHBOUR_DAY, date(2013, 5, 6)}
        paths = {line.split("\t")[0] for lines in scanned.years.values() for line in lines}
        if not paths <= {journal.entries.new_path(day) for day in known} or scanned.faults:
            found.append(f"taken for entries: {paths} {scanned.faults}")
        whole = {OLDER, OLD, GONE, NEW, ADDED, EDITED}
        for version in journal.history.versions(journal.entries.new_path(case.day)):
            if version.read().decode() not in whole:
                found.append(f"a version: {version}")
        for trashed in journal.trash.items():
            if trashed.file.read_text() not in whole:
                found.append(f"in the trash: {trashed}")
        journal.refresh()
        for word in ("oldest", "new", "elsewhere", "command", "trash"):
            days = (DAY, GONE_DAY, NEW_DAY, NEIGHBOUR_DAY, date(2013, 5, 6))
            right = {day for day in days if word in (self.file(day) or "").split()}
            answered = {hit.day for hit in journal.find(word)}
            if answered != right:
                found.append(f"the index answers {word}: {answered}, not {right}")
        return found

    def lost(self, said: list[str]) -> list[str]:
        """What was in the file, or was typed as the process itself said, and is nowhere."""
        journal = self.journal()
        there = {self.file(self.case.day)}
        there.update(one.file.read_text() for one in journal.trash.items())
        found = []
        if self.case.after is None and OLD not in there:
            found.append("the deleted entry")
        if self.case.day == GONE_DAY and GONE not in there:
            found.append("the entry that was in the trash")
        # What was recorded last may not have been said any more: as much or more is there.
        typed = [int(line.split()[1]) for line in said if line.startswith("typed ")]
        there.update(draft.text for draft in journal.drafts.left_behind())
        words = NEW[: typed[-1]] if typed else ""
        if words and not any(text.startswith(words) for text in there if text):
            found.append(f"{typed[-1]} characters of what was typed")
        return found

    def false_saved(self, said: list[str]) -> bool:
        """Whether it was said to be done and is not."""
        done = self.case.done
        claimed = done and any(done in line for line in said if not line.startswith("refused"))
        return bool(claimed) and self.file(self.case.day) != self.case.after


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    """The journal of the verb that the test is for."""
    return Desk(tmp_path, request.getfixturevalue("verb"))


@pytest.fixture
def victim(desk: Desk, verb: str, tmp_path: Path) -> Iterator[Victim]:
    """The process that does it."""
    made = Victim(verb, desk.environment, tmp_path)
    desk.put_back()
    yield made
    made.end()


def spread(points: "list[Point]", count: int) -> "list[Point]":
    """As many of them, from the first to the last; all for 0."""
    step = max(len(points) / count, 1) if count else 1
    return [points[int(i * step)] for i in range(min(count or len(points), len(points)))]


@pytest.mark.parametrize("verb", CASES)
def test_killed_at_each_call(
    desk: Desk, victim: Victim, verb: str, scale: Scale, tally: Tally
) -> None:
    found = []
    calls = [call for call in victim.calls() if call.name in CHANGING]
    for call in spread(calls, scale(3, 0)):
        desk.put_back()
        outcome = victim.run(call, "signal=KILL")
        faults = [] if outcome.status == -9 else [f"it ended with {outcome.status}"]
        faults += judged(desk, outcome, f"killed while {verb}", tally)
        found += [f"killed at {call.name} {call.number}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("verb", CASES)
def test_seven_errors_at_each_call(
    desk: Desk, victim: Victim, verb: str, scale: Scale, tally: Tally
) -> None:
    found = []
    points = [(call, error) for call in victim.calls() for error in call.errors]
    for call, error in spread(points, scale(4, 0)):
        desk.put_back()
        outcome = victim.run(call, f"error={error}")
        faults = [] if "(INJECTED)" in outcome.trace else ["it was not reached"]
        # 2 where what was asked for was not found, since it could not be looked at.
        if outcome.status not in (0, 1, 2) or "went wrong in journal" in outcome.complaint:
            faults.append(f"no plain end: {outcome.status} {outcome.said} {outcome.complaint}")
        faults += judged(desk, outcome, f"errors while {verb}", tally)
        found += [f"{error} at {call.name} {call.number}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


def judged(desk: Desk, outcome: Outcome, row: str, tally: Tally) -> list[str]:
    """What of the laws of saving does not hold after this fault."""
    lost, false_saved = desk.lost(outcome.said), desk.false_saved(outcome.said)
    damage = desk.damage()
    tally(row, points=1, damaged=bool(damage), lost=bool(lost), false_saved=false_saved)
    faults = [*damage, *(f"lost: {what}" for what in lost)]
    return faults + ([f"it said {outcome.said}"] if false_saved else [])
