"""Keys typed one at a time while other programs change the file: each line comes out in one piece."""

import asyncio
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.app.write.screen import WriteScreen
from journal_tui.entry.changes import add_point, add_prose
from journal_tui.session import EditSession
from tests.app.app_fixture import Desk, settle
from tests.extent import Sample
from tests.faults.counting import Scale, Tally

STARTS = (
    "# A day\n\nfirst\n\nsecond\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10\n",
    "# A day\n\nfirst\n\nfirst\n\nfirst",
    "- one\n- two\n- three\n",
    "\n\n\n",
    "",
)
KINDS = ("prose", "point", "above", "below", "in_line", "blank", "removed", "writer")


class Outside:
    """Other programs, which change the file of the day."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.count = 0
        self.other = EditSession(desk.journal(), desk.today)

    def change(self, kind: str, place: int, typed: str) -> None:
        """Change the file, but leave alone what was typed in the app and saved."""
        self.count += 1
        self.desk.now += self.desk.now.resolution * 7_000_000
        word = f"outside {self.count}."
        if kind in ("prose", "point"):
            add = add_prose if kind == "prose" else add_point
            self.desk.journal().change(self.desk.today, lambda entry: add(entry, word))
        elif kind == "writer":
            self._writes(word, place)
        elif self.desk.file().exists():
            lines = self.desk.file().read_text().split("\n")
            self._edit(lines, kind, place, typed, word)
            self.desk.put("\n".join(lines))
        if self.desk.file().exists():
            stamp = 1_700_000_000_000_000_000 + self.count * 1_000_000_000
            os.utime(self.desk.file(), ns=(stamp, stamp))

    def _edit(self, lines: list[str], kind: str, place: int, typed: str, word: str) -> None:
        mine = [at for at, line in enumerate(lines) if typed and line.endswith(typed)]
        at = place % len(lines)
        if kind in ("above", "below") and mine:
            lines.insert(mine[0] + (kind == "below"), word)
        elif kind == "in_line" and mine:
            lines[mine[0]] += f" {word}"
        elif kind == "removed" and at not in mine and "typed" not in lines[at]:
            del lines[at]
        else:
            lines.insert(at, "" if kind == "blank" else word)

    def _writes(self, word: str, place: int) -> None:
        """A second window, in which a line is written and saved."""
        self.other.check_file()
        lines = self.other.shown.split("\n")
        lines.insert(place % (len(lines) + 1), word)
        self.other.edit("\n".join(lines))
        self.other.save()


steps = st.one_of(
    st.tuples(st.just("key"), st.integers(1, 6)),
    st.tuples(st.just("key"), st.integers(1, 6)),
    st.tuples(st.sampled_from(KINDS), st.integers(0, 30)),
    st.tuples(st.sampled_from(["look", "passing"]), st.just(0)),
)


def named(key: str) -> str:
    """A key as a pilot presses it."""
    return {"\n": "enter", " ": "space"}.get(key, key)


async def type_among(desk: Desk, start: str, row: int, what: list[tuple[str, int]]) -> list[str]:
    """Type lines while the file changes as `what` says; gives those that are in no text whole."""
    if start:
        desk.put(start)
    lines = [f"typed line {number}." for number in range(1, 5)]
    keys = list("".join(f"\n{line}" for line in lines))
    async with desk.open() as (pilot, write):
        outside = Outside(desk)
        row = row % write.editor.document.line_count
        write.editor.move_cursor((row, len(write.editor.document.get_line(row))))
        line = ""
        for kind, number in what:
            if kind == "key":
                now, keys = keys[:number], keys[number:]
                line = ("".join([line, *now])).rpartition("\n")[2]
                await pilot.press(*map(named, now))
            elif kind == "look":
                write.check_file()
            elif kind == "passing":
                desk.now += desk.now.resolution * 7_000_000
                write.save_in_passing()
            else:
                outside.change(kind, number, line)
        await pilot.press(*map(named, keys))
        await settle(pilot)
        _save(desk, write)
        outside.other.leave_draft()
    files = [*desk.root.rglob("*.md"), *desk.state.rglob("*.md")]
    found = "\n".join([file.read_text() for file in files] + desk.drafts())
    return [line for line in lines if line not in found]


def _save(desk: Desk, write: WriteScreen) -> None:
    desk.now += desk.now.resolution * 7_000_000
    assert write.save()


def test_every_line_comes_out_in_one_piece(sample: Sample, scale: Scale, tally: Tally) -> None:
    done = {"texts": 0, "changes": 0}

    examples = scale(sample(1, 5), 150)

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(STARTS), st.integers(0, 12), st.lists(steps, min_size=20, max_size=60))
    def typed(start: str, row: int, what: list[tuple[str, int]]) -> None:
        done["texts"] += 1
        done["changes"] += sum(kind in KINDS for kind, _ in what)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            torn = asyncio.run(type_among(Desk(Path(folder)), start, row, what))
        assert not torn

    typed()
    tally("lines typed while the file is changed", **done, torn=0)
