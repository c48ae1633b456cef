"""The byte corpus: what is looked at keeps its bytes, and what is edited all but the one line."""

import random
import re
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from journal_tui.entry import changes
from journal_tui.errors import JournalError
from journal_tui.library.file_reader import decode
from journal_tui.session import EditSession
from tests.app.app_fixture import Desk, settle

Scale = Callable[[int, int], int]
Tally = Callable[..., None]
DAY = date(2026, 11, 20)
LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
ENDS = ("\n", "\r\n", "\r", "mixed")
BODIES = (
    "",
    "one line",
    "   ",
    " \n\t\n  \n",
    "\n\n\n",
    "# Day 168 – Monday\n\nprose @anna #rain\n\n## Learning points\n\n- one\n- two\n\nEnjoyment: 9/10 – dry\n",
    "---\ntitle: x\ntags: [a, b]\nenjoyment: 7\n---\n# A day\n\nprose\n",
    "---\nnever closed: yes\n\n# A day\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\nafter\n",
    "```\n## Learning points\n\n- none\n```\n\ntext\n~~~\nopen to the end",
    "one\u2028two\u2029three\nfour\n",
    "one\x85two\x0bthree\x0cfour\x1cfive\x1dsix\x1eseven\nlast\n",
    "\x0c\n\x0b\n\x1c\n\x85\n\u2028\n",
    "trailing blanks  \nand a tab\t\n\\\nhard\\\nbreak\n",
    "\x1b[31mred\x07\x08\x7f \u202eevil\u202c\n- [ ] task\x9b31m\n",
    "e\u0301 é 日本 👩‍👩‍👧 \U000e0041 \ufeff in the middle\n\ufeff\n",
    "- a\n  - b\n    - c\n\n1. one\n2. two\n\n> quote\n",
    "Learning points for today: one; two; and three.\nEnjoyment rating: 7,5/10\n",
    f"{'long ' * 20_000}\nshort\n{'x' * 50_000}\n",
    "same\n" * 400,
    "Title\n=====\n\n<!-- a\ncomment -->\n<pre>\n# raw\n</pre>\n[x]: http://x\n",
    "- [ ] ask due:2026-11-30\n- [x] done\n\n\n\n\nmany blank lines\n",
)
LOCKED = (
    "Caf\xe9 d\xe9j\xe0\n".encode("latin-1"),
    "# Day\r\n\r\n\x93quoted\x94\r\n".encode("latin-1"),
    b"\xff\xfe" + "# Day\n\nwide\n".encode("utf-16-le"),
    b"\xfe\xff" + "# Day\r\n\r\nwide\r\n".encode("utf-16-be"),
    "# Day\n".encode("utf-16-le"),
    b"lone \x80 continuation \xbf bytes\n",
    b"cut short \xe2\x82",
    b"overlong \xc0\xaf and a surrogate \xed\xa0\x80\n",
    b"beyond \xf4\x90\x80\x80\n",
    b"\0",
    b"a NUL \0 in a line\r\nand\rmore\n",
    b"\xef\xbb\xbfmark and \xff\n",
    bytes(range(256)),
)


def with_ends(body: str, end: str) -> str:
    """The text with these line endings; "mixed" takes them in turn."""
    if end != "mixed":
        return body.replace("\n", end)
    turn = iter(range(len(body)))
    return re.sub("\n", lambda _: ("\r\n", "\n", "\r")[next(turn) % 3], body)


def corpus() -> list[bytes]:
    """Every body with every line ending, with and without a mark before and a line end after."""
    made = {
        (mark + with_ends(body.removesuffix("\n") + last, end)).encode(): None
        for body, end, mark, last in product(BODIES, ENDS, ("", "\ufeff"), ("", "\n"))
    }
    return [*made, *LOCKED]


CORPUS = corpus()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def is_locked(data: bytes) -> bool:
    """Whether the app may show this and not edit it."""
    return bool(decode(data)[1])


def lines_of(data: bytes) -> list[tuple[str, str]]:
    """The lines of a text and what ends each, the mark apart from them."""
    found = LINE.findall(data.decode().removeprefix("\ufeff"))
    # The pattern finds an empty line at the end of what ended without one, too.
    return found[:-1] if len(found) > 1 and found[-2][1] == "" else found


def joined(data: bytes, lines: list[tuple[str, str]]) -> bytes:
    """The lines as one text, with the mark that `data` has."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join(line + end for line, end in lines).encode()


def test_looking_at_an_entry_changes_no_byte(desk: Desk, tally: Tally) -> None:
    assert len(CORPUS) >= 300
    journal = desk.journal()
    changed = 0
    for data in CORPUS:
        file = desk.put(data)
        before = file.stat()
        opened = journal.open(DAY)
        assert opened.loaded is not None
        assert opened.entry.outline
        assert opened.entry.text.encode("utf-8", "surrogateescape") == data
        session = EditSession(journal, DAY)
        session.check_file()
        if not session.read_only_reason:
            session.edit(session.shown)
        assert session.save().saved is None
        session.leave_draft()
        after = file.stat()
        changed += file.read_bytes() != data
        changed += (after.st_mtime_ns, after.st_ino) != (before.st_mtime_ns, before.st_ino)
        assert not changed, data[:200]
    assert not desk.drafts()
    tally("bytes: open, look, close", texts=len(CORPUS), changed=changed)


def test_one_edit_changes_one_line(desk: Desk, scale: Scale, tally: Tally) -> None:
    chance = random.Random(4)
    journal = desk.journal()
    edits = refused = 0
    for data in CORPUS:
        if is_locked(data):
            file = desk.put(data)
            session = EditSession(journal, DAY)
            session.edit(session.shown + "typed")
            assert session.save().fault
            session.leave_draft()
            assert file.read_bytes() == data
            refused += 1
            continue
        lines = lines_of(data)
        for row in chance.sample(range(len(lines)), min(scale(1, 4), len(lines))):
            file = desk.put(data)
            session = EditSession(journal, DAY)
            old = lines[row][0]
            at = chance.randint(0, len(old))
            new = chance.choice(
                [old + "é typed", "typed " + old, old[:at] + "X" + old[at:], "all new"]
            )
            shown = session.shown.split("\n")
            assert shown[row] == old
            shown[row] = new
            session.edit("\n".join(shown))
            session.save()
            wanted = joined(data, [*lines[:row], (new, lines[row][1]), *lines[row + 1 :]])
            assert file.read_bytes() == wanted, (data[:200], row, new)
            edits += 1
    tally(
        "bytes: one edit of one line",
        texts=len(CORPUS),
        edits=edits,
        refused=refused,
        other_lines=0,
    )


def test_a_command_changes_no_other_line(desk: Desk, scale: Scale, tally: Tally) -> None:
    """Rate it and add a point: the lines before and after stay."""
    journal = desk.journal()
    asked = refused = 0
    texts = random.Random(5).sample(CORPUS, scale(100, len(CORPUS)))
    for data in texts:
        for change in (
            lambda entry: changes.rate(entry, 8, "wet"),
            lambda entry: changes.add_point(entry, "a new point"),
            lambda entry: changes.add_prose(entry, "A new paragraph."),
        ):
            file = desk.put(data)
            asked += 1
            try:
                journal.change(DAY, change)
            except JournalError:
                assert file.read_bytes() == data
                refused += 1
                continue
            after = file.read_bytes()
            gone = touched(data, after)
            assert gone.count("\n") <= 1 or gone.isspace(), (data[:200], after[:200])
    tally("bytes: one command", texts=len(texts), commands=asked, refused=refused, other_lines=0)


def touched(before: bytes, after: bytes) -> str:
    """What of the old bytes is not in the new ones, between what both begin and end with."""
    shorter = min(len(before), len(after))
    top = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - top
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return before[top : len(before) - tail].decode().replace("\r\n", "\n").replace("\r", "\n")


async def test_the_app_itself_changes_no_byte(desk: Desk, scale: Scale, tally: Tally) -> None:
    """Opened, walked through, read as a page and left; then one key typed at the beginning."""
    # Long texts are for the page above: the screen's own tests time them.
    short = [data for data in CORPUS if len(data) < 5_000]
    sample = random.Random(7).sample(short, scale(4, 60))
    for data in [*sample, LOCKED[0], LOCKED[2]]:
        file = desk.put(data)
        before = file.stat()
        async with desk.open() as (pilot, write):
            await pilot.press("down", "end", "f2", "f2", "ctrl+end")
            await settle(pilot)
            assert file.read_bytes() == data
            assert file.stat().st_mtime_ns == before.st_mtime_ns
            await pilot.press("ctrl+home", "X", "ctrl+s")
            await settle(pilot)
            lines = [] if is_locked(data) else lines_of(data)
            wanted = joined(data, [("X" + lines[0][0], lines[0][1]), *lines[1:]]) if lines else data
            assert file.read_bytes() == wanted, data[:200]
            assert write.session.save().saved is None
    tally("bytes: in the app", texts=len(sample) + 2, changed=0)
