"""The app as a process in a real terminal: how it ends, what it leaves, what it writes."""

import os
import re
import select
import signal
import sys
import termios
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is needed, which Windows has not", allow_module_level=True)

from journal_tui.app.terminal import CUT_OFF, RESTORE
from tests.bench.emulated import Screen
from tests.terminal.terminals import DAY, PATIENCE, Place, Terminal

LEFT = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l")
SENTENCE = "Walked the depot with Colm."
CTRL = {name: bytes([ord(name.upper()) & 31]) for name in "nopqsz"} | {"\\": b"\x1c"}
# As terminals with the Kitty protocol send it: no key that follows can be taken for a part of it.
ESCAPE = b"\x1b[27u"
PASTE = "\x1b[200~one\ntwo\n- three\x1b[201~"
DRIVER = """
import sys
import threading
from datetime import date
from pathlib import Path
from textual.binding import Binding
from journal_tui import settings
from journal_tui.app.app import JournalApp
from journal_tui.journal import Journal

HOUSE = Path(sys.modules[JournalApp.__module__].__file__).parent

class Crashing(JournalApp):
    CSS_PATH = [HOUSE / name for name in JournalApp.CSS_PATH]
    BINDINGS = [
        Binding("f12", "crash", priority=True),
        Binding("f11", "spin", priority=True),
        Binding("f10", "wait", priority=True),
    ]

    def action_spin(self):
        self.log_fault(None, "spinning")
        while True:
            pass

    def action_wait(self):
        self.log_fault(None, "waiting")
        threading.Event().wait()

    def action_crash(self):
        secret = self.screen.editor.text
        raise KeyError(secret)

app = Crashing(Journal(Path(sys.argv[1]), settings.places()), date.fromisoformat(sys.argv[2]))
app.run()
sys.exit(app.return_code)
"""
PAYLOADS = [
    "\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07", "\x1b[2J\x1b[31mred", "\x1bPq#0;2\x1b\\", "\x1bc",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "\x9d0;owned\x9c", "\x9b31mred", "\x90q\x9c",
    "\x07\x08\x0b\x0c", "\x0e\x0f", "\x7f", "\x85\x84", "\u202eright\u202c", "\u2066iso\u2069\u200f",
]  # fmt: skip
# What Textual itself sends: CSI sequences, a few plain escapes, and the mouse pointer's shape.
OWN = re.compile(
    rb"\x1b\[[0-9;:?<>=!$' \"*]*[@-~]|\x1b[()][A-Z0-9]|\x1b[78=>M]|\x1b\]22;[a-z-]*\x07"
)


def restored(terminal: Terminal) -> None:
    """The terminal is as it was: main screen, cursor, no mouse, no raw mode."""
    for sequence in LEFT:
        assert sequence in terminal.output, sequence
    end = terminal.output
    for on, off in ((b"?1049h", b"?1049l"), (b"?25l", b"?25h"), (b"?1000h", b"?1000l")):
        assert end.rfind(off) > end.rfind(on), off
    now = termios.tcgetattr(terminal.slave)
    assert now[3] & (termios.ECHO | termios.ICANON) == termios.ECHO | termios.ICANON
    assert now[:4] == terminal.before[:4]


def test_a_sentence_is_typed_saved_and_left(place: Place) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    terminal.types(CTRL["s"])
    terminal.until(place.file.exists, "the file")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    restored(terminal)
    assert SENTENCE in place.file.read_text()
    assert place.file.stat().st_mode & 0o777 == 0o600
    assert not place.drafts()


def test_bytes_that_are_not_text_end_nothing(place: Place) -> None:
    terminal = place.start()
    terminal.types(b"\x1b[200~a\x9b31m \xff\xfe b\x1b[201~")
    place.writes(terminal, SENTENCE)
    terminal.types(CTRL["s"])
    terminal.until(place.file.exists, "the file")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    text = place.file.read_text()
    assert "a\ufffd31m" in text and SENTENCE in text


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_saves_and_ends_in_order(place: Place, number: signal.Signals, code: int) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    terminal.signals(number)
    assert terminal.code() == code
    restored(terminal)
    assert SENTENCE in place.file.read_text() and not place.drafts()


def test_a_closed_window_saves(place: Place) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    terminal.hang_up()
    assert terminal.code() == 129
    assert SENTENCE in place.file.read_text() and not place.drafts()


def test_a_signal_is_heard_before_the_first_paint(place: Place) -> None:
    terminal = place.start(ready="")
    terminal.until(lambda: b"?1049h" in terminal.output, "the alternate screen")
    terminal.signals(signal.SIGTERM)
    assert terminal.code() == 143
    restored(terminal)


def fill(terminal: Terminal) -> None:
    """Have the app write more than a terminal that isn't read takes, and leave it there."""
    for number in range(40):
        terminal.resize(100 + number % 2 * 40, 40)
        terminal.signals(signal.SIGWINCH)
        terminal.types("x")
        select.select([], [], [], 0.02)


def kept(place: Place) -> str:
    """Return what was typed, in drafts and in the file."""
    return place.typed() + (place.file.read_text() if place.file.exists() else "")


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "ctrl+q"])
def test_a_stuck_terminal_keeps_no_one_from_leaving(place: Place, how: str) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    fill(terminal)
    if how == "ctrl+q":
        terminal.types(CTRL["q"])
    else:
        terminal.signals(getattr(signal, how))
    # Nothing is read meanwhile.
    code = terminal.process.wait(PATIENCE)
    assert code == {"SIGTERM": 143, "SIGHUP": 129, "ctrl+q": 0}[how]
    terminal.wait_until_quiet()
    restored(terminal)
    assert SENTENCE + "x" * 40 in kept(place)


def test_a_warning_of_the_last_save_is_printed_after_the_app(place: Place) -> None:
    place.put("# A day\n\nfirst\n")
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    place.file.write_text("# A day\n\nsecond\n")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0
    after = terminal.output.partition(b"\x1b[?1049l")[2].decode()
    assert "Another program changed the same lines." in after


def test_a_point_and_quit_in_one_go_are_saved(place: Place) -> None:
    terminal = place.start()
    terminal.types(CTRL["n"])
    terminal.sees("Cancel")
    terminal.types(b"never lose it" + CTRL["q"])
    assert terminal.code() == 0
    assert "- never lose it" in place.file.read_text()
    assert not place.drafts()


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP"])
def test_keys_that_the_app_has_not_read_yet_are_kept_when_it_ends(place: Place, how: str) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    terminal.types("x" * 100)
    terminal.signals(getattr(signal, how))
    terminal.process.wait(PATIENCE)
    assert SENTENCE + "x" * 100 in kept(place)


def test_a_stuck_terminal_that_is_closed_ends_the_app(place: Place) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    fill(terminal)
    # A system discards what a program hasn't read of a terminal that is closed.
    for _ in range(500):
        if SENTENCE + "x" * 40 in kept(place):
            break
        select.select([], [], [], 0.02)
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE) == 129
    assert SENTENCE + "x" * 40 in kept(place)


def test_a_stuck_terminal_that_is_read_again_is_drawn_whole(place: Place) -> None:
    place.put("# A day\n\nUnmistakable words.\n")
    terminal = place.start()
    fill(terminal)
    terminal.wait_until_quiet()
    assert "x" * 40 in place.typed()
    # The last size was 140x40. What was painted for others must not be left anywhere.
    screen = Screen(140, 40)
    screen.feed(terminal.output)
    rows = screen.text.split("\n")
    assert "Fri 20 Nov 2026" in rows[0] and "Ln 3, Col 41" in rows[38]
    assert sum("x" * 40 + "Unmistakable words." in row for row in rows) == 1
    assert sum("Find learning points" in row for row in rows) == 1
    assert sum("Ln 3, Col" in row for row in rows) == 1


def test_typing_while_the_window_changes_its_width(place: Place) -> None:
    terminal = place.start()
    letters = ""
    for number in range(150):
        letters += "abcdefghij"[number % 10]
        terminal.types(letters[-1])
        columns = (80, 99, 100, 131, 140, 150)[number * 7 % 6]
        terminal.resize(columns, 40)
        terminal.signals(signal.SIGWINCH)
        while select.select([terminal.master], [], [], 0.004 + number % 5 * 0.004)[0]:
            terminal.output += os.read(terminal.master, 65536)
    terminal.until(lambda: letters in place.typed() + text_of(place), "all letters in one piece")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    assert letters in place.file.read_text()


def text_of(place: Place) -> str:
    return place.file.read_text() if place.file.exists() else ""


def test_a_paste_that_never_ends_is_inserted_after_a_while(place: Place) -> None:
    terminal = place.start()
    terminal.types("\x1b[200~begun and not ended")
    terminal.until(lambda: "begun and not ended" in place.typed(), "the paste")
    place.writes(terminal, " typed")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0


def test_an_escape_that_others_follow_at_once_is_not_typed(place: Place) -> None:
    terminal = place.start()
    terminal.types("a\x1b\x13\x1b\x1b\x13\x1b\x1b")
    terminal.wait_until_quiet()
    place.writes(terminal, "^b")
    terminal.until(lambda: "a^b" in place.typed(), "what was typed alone")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0
    assert place.file.read_text().count("^") == 1


def test_a_size_of_no_pixels_does_not_stop_the_reading(place: Place) -> None:
    terminal = place.start()
    terminal.types("\x1b[48;24;80;0;0t\x1b[<0;10;10M\x1b[<0;10;10m")
    place.writes(terminal, SENTENCE)
    terminal.types(CTRL["q"])
    assert terminal.code() == 0


def test_killed_while_typing_and_restored_at_the_next_start(place: Place) -> None:
    terminal = place.start()
    place.writes(terminal, SENTENCE)
    terminal.signals(signal.SIGKILL)
    assert terminal.code() == -signal.SIGKILL
    assert not place.file.exists() and len(place.drafts()) == 1
    again = place.start(ready="Restore it")
    again.types("r")
    again.until(place.file.exists, "the restored file")
    again.until(lambda: not place.drafts(), "the draft put away")
    again.types(CTRL["q"])
    assert again.code() == 0
    assert SENTENCE in place.file.read_text()


@pytest.mark.parametrize("keys", ["\x1b[24~", "\x1b[24~\x1b[24~"])
def test_a_fault_tells_where_and_never_what(place: Place, keys: str) -> None:
    driver = place.folder / "driver.py"
    driver.write_text(DRIVER)
    place.put("# A day\n\nThe secret of the lab.\n")
    terminal = place.start(sys.executable, str(driver), str(place.root), str(DAY))
    place.writes(terminal, " And zebras.")
    mark = len(terminal.output)
    terminal.types(keys)
    if keys.count("\x1b") == 1:
        # The app recovers from the first one.
        terminal.sees("the screen was rebuilt", mark)
        place.writes(terminal, " More.")
        terminal.types(CTRL["q"])
        assert terminal.code() == 0
        restored(terminal)
        assert "zebras. More." in place.file.read_text()
        return
    assert terminal.code() == 1
    restored(terminal)
    after = terminal.output[terminal.output.rfind(b"\x1b[?1049l") :].decode()
    assert "went wrong in it: KeyError" in after
    assert "Traceback" not in after and "locals" not in after and "errors shown" not in after
    assert "secret" not in after and "zebras" not in after
    assert place.file.read_text() == "# A day\n\nThe secret of the lab.\n"
    assert len(place.drafts()) == 1
    again = place.start(ready="Restore it")
    again.types("r")
    again.until(lambda: "zebras" in place.file.read_text(), "the restored words")


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "ctrl+q"])
@pytest.mark.parametrize(("key", "state"), [("\x1b[23~", "spinning"), ("\x1b[21~", "waiting")])
@pytest.mark.one_in(3)
def test_an_app_that_no_longer_reacts_still_ends(
    place: Place, how: str, key: str, state: str
) -> None:
    driver = place.folder / "driver.py"
    driver.write_text(DRIVER)
    terminal = place.start(sys.executable, str(driver), str(place.root), str(DAY))
    place.writes(terminal, SENTENCE)
    terminal.types(key)
    terminal.until(
        lambda: any(state in file.read_text() for file in place.folder.rglob("faults.log")), state
    )
    if how == "ctrl+q":
        terminal.types(CTRL["q"])
    else:
        terminal.signals(getattr(signal, how))
    assert terminal.code() == {"SIGTERM": 143, "SIGHUP": 129, "ctrl+q": 0}[how]
    restored(terminal)
    assert SENTENCE in place.typed() + text_of(place)
    again = place.start(ready="Restore it") if place.drafts() else None
    if again:
        again.types("r")
        again.until(lambda: SENTENCE in text_of(place), "the restored words")


def test_after_a_suspension_the_screen_is_drawn_again(place: Place) -> None:
    place.put("# A day\n\nUnmistakable words.\n")
    shell = place.start("/bin/sh", "-i", ready="")
    command = f"'{sys.executable}' -m journal_tui --journal '{place.root}' {DAY}\n"
    shell.types(command)
    shell.sees("Unmistakable")
    shell.sees("Save")
    place.writes(shell, " More.")
    mark = len(shell.output)
    shell.types(CTRL["\\"])
    shell.until(lambda: b"?1049l" in shell.output[mark:], "the main screen")
    shell.types("echo in-the-$((40+2))-shell\n")
    shell.sees("in-the-42-shell", mark)
    assert "More." in place.file.read_text()
    mark = len(shell.output)
    shell.types("fg\n")
    shell.sees("Unmistakable", mark)
    place.writes(shell, " Again.")
    shell.types(CTRL["q"])
    shell.until(lambda: b"?1049l" in shell.output[mark:], "the main screen again")
    assert "Again." in place.file.read_text()
    # What is typed while the app ends is not for the shell, so it is typed until it is heard.
    shell.until(lambda: shell.types("exit\n") or shell.process.poll() is not None, "the end")
    assert shell.code() == 0


def test_a_paste_of_several_lines_is_one_step(place: Place) -> None:
    place.put("# A day\n\nHere: \n")
    terminal = place.start()
    terminal.types(PASTE)
    terminal.until(lambda: "- three" in place.typed(), "the paste in the draft")
    terminal.types(CTRL["s"])
    terminal.until(lambda: "one\ntwo\n- three" in place.file.read_text(), "the paste saved")
    terminal.types(CTRL["z"] + CTRL["s"])
    terminal.until(lambda: place.file.read_text() == "# A day\n\nHere: \n", "one undo")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]


LISTS = "- one\n- second\n  - within it\n\nA line after the list.\n\n1. first\n2. next\n- [ ] ask @mei\n- [ ] ring"


@pytest.mark.parametrize("pieces", [1, 7])
def test_a_paste_without_brackets_keeps_its_text(place: Place, pieces: int) -> None:
    place.put("# A day\n\n")
    terminal = place.start()
    keys = LISTS * 3
    size = -(-len(keys) // pieces)
    for start in range(0, len(keys), size):
        terminal.types(keys[start : start + size].replace("\n", "\r"))
    terminal.until(lambda: keys in place.typed(), "the paste in the draft")
    terminal.types(CTRL["s"])
    terminal.until(lambda: keys in place.file.read_text(), "the paste saved")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]


def test_a_list_is_continued_for_who_types_fast_and_for_who_writes_each_marker(
    place: Place,
) -> None:
    place.put("# A day\n\n")
    terminal = place.start()
    for key in "- one\rsecond\r- third\r\r":
        terminal.types(key)
        select.select([], [], [], 0.015)
    # A slow line may hold back some keys.
    terminal.types("1. a\rb")
    terminal.until(lambda: "- one\n- second\n- third\n\n1. a\n2. b" in place.typed(), "the lists")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]


def test_the_cursor_stays_in_view_while_the_window_shrinks(place: Place) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(20))
    place.put(f"# A day\n\n{text}\n\nThe end")
    terminal = place.start(size=(80, 30))
    terminal.types("\x1b[1;5F")
    terminal.sees("Ln 43, Col 8")
    for rows in range(29, 19, -1):
        terminal.resize(80, rows)
        terminal.signals(signal.SIGWINCH)
        select.select([], [], [], 0.02)
    terminal.wait_until_quiet()
    screen = Screen(80, 20)
    screen.feed(terminal.output)
    assert "The end" in screen.text
    place.writes(terminal, " of it")


def test_the_external_editor_and_back(place: Place) -> None:
    editor = place.folder / "editor.sh"
    editor.write_text('#!/bin/sh\necho "in my editor"\nprintf "from the editor\\n" >> "$1"\n')
    editor.chmod(0o700)
    place.editor = str(editor)
    place.put("# A day\n\nWords.\n")
    terminal = place.start()
    mark = len(terminal.output)
    terminal.types(CTRL["o"])
    terminal.sees("in my editor", mark)
    terminal.until(lambda: "from the editor" in place.file.read_text(), "the editor's words")
    terminal.sees("from the editor", mark)
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    restored(terminal)


@pytest.mark.parametrize("editor", ["/no/such/editor", "false"])
def test_a_failing_external_editor_gives_the_screen_back(place: Place, editor: str) -> None:
    place.editor = editor
    place.put("# A day\n\nWords.\n")
    terminal = place.start()
    mark = len(terminal.output)
    terminal.types(CTRL["o"])
    terminal.sees("cannot be used" if "/" in editor else "exited with code 1", mark)
    terminal.types(b" More" + CTRL["s"])
    terminal.until(lambda: "More" in place.file.read_text(), "typing goes on")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    restored(terminal)


def test_no_text_reaches_the_terminal_as_a_code(place: Place) -> None:
    body = "\n\n".join(f"- {payload} end{n}" for n, payload in enumerate(PAYLOADS))
    text = f"# A day {PAYLOADS[6]}\n\n{body}\n\n## Learning points\n\n{body}\n\n#a{PAYLOADS[7]} Enjoyment: 5/10 – {PAYLOADS[7]}\n"
    text += "\n" + "\n".join(f"- [ ] ask due:{payload}" for payload in PAYLOADS) + "\n"
    place.put(text)
    name = f"{DAY}-x\x9d0;owned\x9c\u202e.md"
    (place.file.parent / name).write_text(text)
    config = place.root / "journal.toml"
    said = 'name = "Desk \\u001b]0;owned\\u0007 \\u009b31m"'
    config.write_text(re.sub("(?m)^name = .*$", lambda _: said, config.read_text()))
    terminal = place.start(size=(140, 60))
    for keys, seen in (
        (b"\x1bOQ", "end3"),  # f2: to read, and back
        (b"\x1bOQ", "end3"),
        (b"\x1b[21~", "Go to the line"),
        (ESCAPE, ""),
        (b"\x1b[19~", "New note"),
        (b"2", "owned"),
        (b"\x1b[20~", "Overview"),
        (ESCAPE, ""),
        (b"\x0c", "newest first"),
        (b"end1", "end1"),
    ):
        mark = len(terminal.output)
        terminal.types(keys)
        terminal.sees(seen, mark)
        terminal.wait_until_quiet()
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    # On a busy machine, what the terminal doesn't take in time is cut off before it is restored.
    restored_by = f"(?:{re.escape(CUT_OFF)})?{re.escape(RESTORE)}"
    rest = OWN.sub(b"", re.sub(restored_by.encode(), b"", terminal.output))
    assert b"\x1b" not in rest, rest[rest.index(b"\x1b") - 60 :][:120]
    shown = rest.decode()
    assert not re.search(
        "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]", shown
    )
    assert "\u241b]0;owned\u2407" in shown
    assert place.file.read_text() == text


def test_a_window_of_any_size(place: Place) -> None:
    place.put("# A day\n\nUnmistakable words.\n")
    terminal = place.start(size=(60, 20))
    for size in ((140, 40), (20, 5), (1, 1), (80, 24)):
        mark = len(terminal.output)
        terminal.resize(*size)
        terminal.signals(signal.SIGWINCH)
        terminal.until(lambda mark=mark: len(terminal.output) > mark, "drawn")  # type: ignore[misc]
    terminal.sees("Unmistakable", mark)
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]


def test_a_window_back_at_its_old_size_is_drawn_again(place: Place) -> None:
    place.put("# A day\n\nWords.\n\nAnother line.\n")
    terminal = place.start()
    terminal.wait_until_quiet()
    mark = len(terminal.output)
    # It was smaller for so short a time that nobody asked: a real terminal has cut its lines off.
    terminal.signals(signal.SIGWINCH)
    terminal.sees("Another line", mark)


def test_the_size_that_comes_last_may_be_an_older_one(place: Place) -> None:
    place.put("# A day\n\nUnmistakable words.\n")
    # As when the handler of a signal is interrupted by the next one before it tells what it saw.
    late = (
        "import sys\n"
        "from textual import events\n"
        "from textual.geometry import Size\n"
        "from journal_tui.app.app import JournalApp\n"
        "painted = JournalApp._painted\n"
        "def then(self):\n"
        "    painted(self)\n"
        "    self.post_message(events.Resize(Size(20, 5), Size(20, 5)))\n"
        "JournalApp._painted = then\n"
        "from journal_tui.cli.main import console\n"
        "sys.argv = ['journal', *sys.argv[1:]]\n"
        "console()\n"
    )
    command = [sys.executable, "-c", late, "--journal", str(place.root), str(DAY)]
    terminal = place.start(*command)
    terminal.wait_until_quiet()
    mark = len(terminal.output)
    terminal.types("x")
    terminal.sees("Ln 3, Col 2", mark)


def test_without_colours(place: Place) -> None:
    place.put("# A day\n\nUnmistakable words.\n")
    command = [
        "env",
        "NO_COLOR=1",
        sys.executable,
        "-m",
        "journal_tui",
        "--journal",
        str(place.root),
    ]
    terminal = place.start(*command, str(DAY))
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]
    colours = set(re.findall(rb"38;2;(\d+;\d+;\d+)", terminal.output))
    assert all(len(set(colour.split(b";"))) == 1 for colour in colours), "greys only"


def click(terminal: Terminal, column: int, row: int) -> None:
    """Press and release the left button at a cell, counted from 0."""
    for end in "Mm":
        terminal.types(f"\x1b[<0;{column + 1};{row + 1}{end}")


def test_clicks_reach_the_header_and_the_boxes(place: Place) -> None:
    place.put("# A day\n\nWords.\n\n- [ ] Ask the lab\n")
    terminal = place.start()
    place.writes(terminal, "Typed. ")
    mark = len(terminal.output)
    header = next(line for line in shown_rows(terminal) if "◂" in line)
    click(terminal, header.index("◂"), 0)
    terminal.sees("Thu 19 Nov 2026", mark)
    terminal.until(lambda: "Typed. " in text_of(place), "what was typed is saved")
    header = next(line for line in shown_rows(terminal) if "▸" in line)
    click(terminal, header.index("▸"), 0)
    mark = len(terminal.output)
    terminal.types("\x1bOQ")
    terminal.sees("Reading", mark)
    terminal.wait_until_quiet()
    rows = shown_rows(terminal)
    row = next(number for number, line in enumerate(rows) if "☐" in line)
    click(terminal, rows[row].index("☐"), row)
    terminal.until(lambda: "- [x] Ask the lab" in text_of(place), "the tick is saved")
    terminal.types(CTRL["q"])
    assert terminal.code() == 0, terminal.output[-600:]


def shown_rows(terminal: Terminal) -> list[str]:
    terminal.wait_until_quiet()
    screen = Screen(80, 24)
    screen.feed(terminal.output)
    return screen.text.split("\n")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [("TERM=dumb", "", "TERM is"), ("", " 2>said.txt", "standard error")],
)
def test_where_the_app_cannot_be_shown_there_is_an_overview(
    place: Place, before: str, after: str, why: str
) -> None:
    place.put("# A day\n\nUnmistakable words.\n\n## Learning points\n\n- Rest\n")
    own = f"{before} '{sys.executable}' -m journal_tui --journal '{place.root}'"
    for words, seen in (("", "Latest learning points"), (str(DAY), "Unmistakable words")):
        command = f"cd '{place.folder}' && {own} {words}{after}"
        terminal = place.start("/bin/sh", "-c", command, ready="")
        assert terminal.code() == 0, terminal.output[-600:]
        assert seen.encode() in terminal.output and b"?1049h" not in terminal.output
        log = place.folder / "said.txt"
        said = log.read_text() if after else terminal.output.decode()
        assert why in said and "\x1b" not in said


def test_without_a_journal_the_welcome_is_shown(place: Place, tmp_path: Path) -> None:
    os.makedirs(tmp_path / "empty")
    command = f"cd '{tmp_path}/empty' && exec '{sys.executable}' -m journal_tui"
    terminal = place.start("/bin/sh", "-c", command, ready="Welcome")
    terminal.types("\x1b")
    assert terminal.code() == 0, terminal.output[-600:]
    restored(terminal)
