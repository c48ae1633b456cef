"""Two writers, other programs, faults and crashes in any order: no line that was typed is lost."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from journal_tui.errors import JournalError
from journal_tui.library.drafts import Drafts, read
from journal_tui.session import EditSession
from tests.app.app_fixture import Desk

CALLS = ("write", "fsync", "replace", "link", "fdatasync", "open", "unlink")
ERRORS = (
    errno.ENOSPC,
    errno.EIO,
    errno.EACCES,
    errno.EDQUOT,
    errno.EROFS,
    errno.EINTR,
    errno.EMFILE,
)
START = "# A day\n\nfirst\n\nsecond\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n"
steps: dict[str, int] = {}


@contextmanager
def failing(call: str, number: int, nth: int) -> Iterator[None]:
    """The nth use of one of the system's calls on a journal's files fails."""
    real, used = getattr(os, call), 0

    def fail(*given: object, **named: object) -> object:
        nonlocal used
        used += 1
        if used == nth:
            steps["faults"] = steps.get("faults", 0) + 1
            raise OSError(number, os.strerror(number))
        return real(*given, **named)

    setattr(os, call, fail)
    try:
        yield
    finally:
        setattr(os, call, real)


class TwoWriters(RuleBasedStateMachine):
    """One day's entry, two pages of it, and whatever else happens to its file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk(self.folder)
        self.desk.put(START)
        self.sessions = [self.session(), self.session()]
        self.typed: set[str] = set()
        self.count = 0

    def session(self) -> EditSession:
        return EditSession(self.desk.journal(), self.desk.today)

    def word(self, who: str) -> str:
        """A line that was never typed before."""
        self.count += 1
        self.desk.now += timedelta(seconds=7)
        steps["steps"] = steps.get("steps", 0) + 1
        return f"{who}-{self.count:04d}."

    def type(self, who: int, place: int, line: str) -> None:
        """A writer puts a line somewhere, and keeps all others."""
        session = self.sessions[who]
        lines = session.shown.split("\n")
        lines.insert(place % (len(lines) + 1), line)
        session.edit("\n".join(lines))
        self.typed.add(line)

    @rule(who=st.integers(0, 1), place=st.integers(0, 40))
    def writes(self, who: int, place: int) -> None:
        self.type(who, place, self.word("typed"))

    @rule(who=st.integers(0, 1))
    def saves(self, who: int) -> None:
        self.word("")
        self.sessions[who].save()

    @rule(who=st.integers(0, 1))
    def looks(self, who: int) -> None:
        self.word("")
        self.sessions[who].check_file()

    @rule(
        who=st.integers(0, 1), place=st.integers(0, 40), call=st.sampled_from(CALLS),
        number=st.sampled_from(ERRORS), nth=st.integers(1, 6), and_look=st.booleans(),
    )  # fmt: skip
    def saves_with_a_fault(
        self, who: int, place: int, call: str, number: int, nth: int, and_look: bool
    ) -> None:
        """Typed before; then saving meets an error, and maybe the next one after it."""
        self.type(who, place, self.word("hindered"))
        with failing(call, number, nth):
            if and_look:
                self.sessions[who].check_file()
            self.sessions[who].save()

    @rule(who=st.integers(0, 1))
    def crashes_and_is_restored(self, who: int) -> None:
        """The process ends at once; the next start restores what it left, as the app does."""
        self.word("")
        self.sessions[who].leave_draft()
        for left in Drafts(self.desk.state).left_behind():
            journal = self.desk.journal()
            there = journal.open(left.day, left.path).entry.text
            if there != left.text:
                try:
                    journal.entries.restore_draft(left, journal.clock())
                except JournalError:
                    continue
            Drafts(self.desk.state).discard(left)
        self.sessions[who] = self.session()

    @rule(place=st.integers(0, 40), end=st.sampled_from(["\n", "\r\n", "\r"]))
    def another_program_adds_a_line(self, place: int, end: str) -> None:
        file = self.desk.file()
        line = self.word("outside")
        lines = file.read_bytes().decode().split("\n") if file.exists() else [START]
        lines.insert(place % (len(lines) + 1), line + ("" if end == "\n" else end[:1]))
        # As good editors do: a new file in the place of the old.
        new = file.with_suffix(".new")
        new.write_bytes("\n".join(lines).encode())
        os.replace(new, file)
        self.touch()

    @rule(data=st.sampled_from([b"", b"\xff\xfe bytes", b"\0binary"]))
    def another_program_spoils_a_copy(self, data: bytes) -> None:
        """Put a file of the same day there that cannot be read."""
        self.word("")
        self.desk.file(rest="-spoilt").write_bytes(data)

    @rule()
    def the_file_is_renamed(self) -> None:
        word = self.word("renamed").rstrip(".")
        if self.desk.file().exists():
            os.rename(self.desk.file(), self.desk.file(rest=f"-{word}"))

    @rule(who=st.integers(0, 1))
    def the_entry_is_deleted(self, who: int) -> None:
        self.word("")
        try:
            self.desk.journal().trash.delete(self.sessions[who].path, self.desk.now)
        except JournalError:
            pass

    @rule(who=st.integers(0, 1))
    def a_gone_file_is_written_again(self, who: int) -> None:
        self.word("")
        session = self.sessions[who]
        session.check_file()
        if session.is_gone:
            session.restore_deleted()
            session.save()

    def touch(self) -> None:
        time = int(datetime(2026, 11, 20).timestamp()) * 10**9 + self.count * 10**9
        os.utime(self.desk.file(), ns=(time, time))

    def everywhere(self) -> str:
        """All that the journal and its state hold, and what the writers have on their screens."""
        found = [file.read_text("utf-8", "replace") for file in self.desk.root.rglob("*.md")]
        state = self.desk.state
        found += [file.read_text("utf-8", "replace") for file in state.rglob("*.md")]
        for file in state.rglob("*.log"):
            draft = read(file)
            found.append(draft.text if draft else "")
        # What could be put neither in the file nor in the draft is still on the screen, and said.
        found += [one.shown for one in self.sessions if one.draft_fault]
        return "\n".join(found)

    @invariant()
    def no_line_is_lost(self) -> None:
        found = self.everywhere()
        lost = {line for line in self.typed if line not in found}
        assert not lost

    @invariant()
    def every_file_is_whole(self) -> None:
        """Each ends as every text here does; a file that was cut short would not."""
        for file in self.desk.root.rglob("*.md"):
            data = file.read_bytes()
            assert b"spoilt" in os.fsencode(file.name) or b"Enjoyment:" in data, file.name

    def teardown(self) -> None:
        for page in self.sessions:
            page.leave_draft()
        shutil.rmtree(self.folder, ignore_errors=True)


def test_no_line_is_lost(is_whole: bool, tally: Callable[..., None]) -> None:
    steps.clear()
    examples = 120 if is_whole else 12
    run_state_machine_as_test(
        TwoWriters,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert steps["steps"] >= (2_000 if is_whole else 150)
    tally("two writers", **steps, lines_lost=0)
