"""`journal` as a process: pipes, signals, terminals, locales, limits."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_shell import Shell, environment, on_a_terminal, process, shell_line

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell and terminals")

POINTS = "## Learning points\n\n" + "- a word of advice, number {}\n" * 400


@pytest.fixture
def full(shell: Shell) -> Path:
    """The folder of a journal whose every word fills more than a pipe holds."""
    for day in range(1, 19):
        shell.write(
            POINTS.replace("{}", str(day)) + "\nEnjoyment: 5/10 – Zoë\n", f"2026-11-{day:02}"
        )
    return shell.root


def test_it_writes_and_reads(root: Path) -> None:
    done = process("add", "Zoë came.", "--on", "2026-11-16", cwd=root)
    assert (done.returncode, done.stderr) == (0, b"")
    done = process("show", "2026-11-16", cwd=root)
    assert "Zoë came." in done.stdout.decode()
    assert process("find", "zebra", cwd=root).returncode == 1
    assert process("rate", "11", cwd=root).returncode == 2


def test_words_come_in_through_a_pipe(root: Path) -> None:
    done = shell_line("printf 'one\\ntwo\\n' | $J learn - --on 2026-11-16 && $J find two", root)
    assert b"two" in done.stdout
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_a_terminal_there_is_an_overview_of_one_screen(full: Path) -> None:
    done = shell_line("$J </dev/null | cat", full)
    assert (done.returncode, done.stderr) == (0, b"")
    assert 10 < done.stdout.count(b"\n") <= 24
    done = shell_line("$J 2026-11-16 </dev/null | cat", full)
    assert done.stdout.startswith(b"## Learning points\n")


@pytest.mark.parametrize(
    "command",
    ["find a", "find a -n 0", "find a -n 0 --json", "show 2026-11-16", "check", "--help", ""],
)
@pytest.mark.one_in(3)
def test_a_closed_pipe_ends_a_command_quietly(full: Path, command: str) -> None:
    line = f"{{ $J {command}; echo code $? >&2; }} | head -1"
    done = shell_line(line, full)
    assert done.stdout.count(b"\n") == 1
    said = done.stderr.replace(b"Showing the newest 50; use -n 0 for all.\n", b"")
    assert said in (b"code 0\n", b"code 1\n" if command == "check" else b"code 0\n")


@pytest.mark.parametrize("command", ["where", "--help", "find --help", "find a -n 0"])
def test_a_reader_that_is_gone_already(full: Path, command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "journal_tui", *command.split()],
        cwd=full,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_under_standard_output(full: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = shell_line("$J find a -n 0 > /dev/full", full)
    assert done.returncode == 1
    assert done.stderr.startswith(b"journal: The output could not be written: No space left")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("line", ["$J find a >&-", "$J find a 2>&- >/dev/null", "$J find a <&-"])
def test_streams_that_are_closed(full: Path, line: str) -> None:
    done = shell_line(line, full)
    assert done.returncode == 0
    assert b"went wrong in journal" not in done.stderr
    assert shell_line("$J add <&-", full).returncode == 2


def test_ctrl_c_ends_quietly_with_130(root: Path) -> None:
    # It waits for standard input, which never ends.
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, "add", "-"],
        cwd=root,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"waiting\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert [path.name for path in root.iterdir()] == ["journal.toml"]


# Prints that it is about to read, so that the test need not guess when. A person who runs the tests in
# the background has SIGINT ignored, which each process hands on to the next.
WAITING = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from journal_tui.cli import main, write_commands
given = write_commands.given_text
def waiting(words):
    print("waiting", flush=True)
    return given(words)
write_commands.given_text = waiting
sys.exit(main.main(sys.argv[1:]))
"""


def test_a_terminal_gets_the_match_in_bold(full: Path) -> None:
    assert process("find", "advice", "-n", "1", cwd=full).stdout.count(b"\x1b") == 0
    code, seen = on_a_terminal(["find", "advi", "-n", "1"], full)
    row = "2026-11-18 \x1b[2mday 13   5/10\x1b[0m • a word of \x1b[1madvi\x1b[0mce, number 18\n"
    assert (code, seen) == (0, row + "Showing the newest 1; use -n 0 for all.\n")


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_none_are_wanted(full: Path, env: dict[str, str]) -> None:
    process("find", "advice", cwd=full)
    code, seen = on_a_terminal(["find", "advice", "-n", "1"], full, **env)
    assert (code, "\x1b" in seen) == (0, False)
    assert "a word of advice" in seen


def test_rows_of_days_fit_the_terminal_and_points_are_whole(shell: Shell) -> None:
    words = "long " * 60 + "rice " + "long " * 60
    shell.write(f"## Learning points\n\n- {words}", "2026-11-16")
    process("find", "rice", cwd=shell.root)
    _, seen = on_a_terminal(["find", "rice"], shell.root, NO_COLOR="1")
    lines = seen.splitlines()
    assert " ".join(line[27:] for line in lines) == words.strip()
    assert len(lines) > 8 and all(line[:27].isspace() for line in lines[1:])
    assert max(map(len, lines)) <= 80
    shell.write(words, "2026-11-16")
    process("find", "rice", cwd=shell.root)
    _, seen = on_a_terminal(["find", "rice"], shell.root, NO_COLOR="1")
    row = seen.splitlines()[-1]
    assert len(row) <= 80
    assert "rice" in row


def test_the_first_reading_shows_how_far_it_is(shell: Shell) -> None:
    year = shell.root / "2025"
    year.mkdir()
    for month in range(1, 13):
        for day in range(1, 29):
            (year / f"2025-{month:02}-{day:02}.md").write_text("rice\n", "utf-8")
    code, seen = on_a_terminal(["find", "rice", "-n", "1"], shell.root)
    assert code == 0
    assert "Reading the journal: 336 of 336" in seen
    assert process("find", "rice", cwd=shell.root).stderr.count(b"Reading") == 0


def test_todo_at_a_terminal_lists(root: Path) -> None:
    code, seen = on_a_terminal(["todo"], root)
    assert (code, seen.startswith("There are no open follow-ups.")) == (0, True)


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_an_ascii_locale_loses_no_letter(root: Path) -> None:
    done = process("add", "Zoë 日本", "--on", "2026-11-16", cwd=root, env=ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    assert process("learn", "-", "--on", "2026-11-16", cwd=root, stdin="Größe".encode(), env=ASCII)
    text = (root / "2026" / "2026-11-16.md").read_text("utf-8")
    assert "Zoë 日本" in text
    assert "- Größe" in text
    assert process("find", "größe", cwd=root, env=ASCII).returncode == 0


@pytest.mark.parametrize(
    "words", [["--help"], ["show", "2026-11-16"], ["find", "a"], [], ["check"]]
)
@pytest.mark.one_in(2)
def test_an_ascii_locale_shows_what_it_can(full: Path, words: list[str]) -> None:
    done = process(*words, cwd=full, env=ASCII | {"PYTHONIOENCODING": ""})
    assert done.stdout
    assert b"went wrong in journal" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_folder_that_an_ascii_locale_cannot_spell(tmp_path: Path) -> None:
    place = tmp_path / "Zoë"
    done = process("new", "Zoë", cwd=tmp_path, env=ASCII)
    assert (done.returncode, b"went wrong in journal" in done.stderr) == (0, False)
    assert (place / "journal.toml").exists()
    for words in (["--journal", "Zoë", "add", "x"], ["add", "y", "--journal", "Zoë"]):
        assert process(*words, cwd=tmp_path, env=ASCII).returncode == 0


def test_files_that_an_ascii_locale_cannot_spell(tmp_path: Path) -> None:
    (tmp_path / "Zoë.md").write_text("# Lunch\n\nSoup.\n", "utf-8")
    other = ("--into", "Zoë", "--on", "2026-11-16", "--yes")
    done = process("import", "Zoë.md", *other, cwd=tmp_path, env=ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    written = process("export", "json", "--journal", "Zoë", "-o", "é.json", cwd=tmp_path, env=ASCII)
    assert (written.returncode, written.stderr) == (0, b"")
    assert "Soup." in (tmp_path / "é.json").read_text("utf-8")


def test_numbers_in_an_ascii_locale(root: Path) -> None:
    assert process("learn", "Ask first", "--on", "2026-11-16", cwd=root).returncode == 0
    words = ("review", "2026-W47", "--close", "--keep", "1")
    done = process(*words, cwd=root, env=ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Ask first" in (root / "2026" / "2026-W47.md").read_text("utf-8")


def test_a_full_disk_leaves_the_entry_as_it_is(root: Path) -> None:
    assert process("add", "Before.", "--on", "2026-11-16", cwd=root).returncode == 0
    path = root / "2026" / "2026-11-16.md"
    before = path.read_bytes()
    data = b"secret " * 2_000
    done = subprocess.run(
        ["sh", "-c", f"ulimit -f 1; {sys.executable} -m journal_tui add - --on 2026-11-16"],
        cwd=root,
        env=environment(),
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        b"journal: The file would be larger than this disk allows: nothing was saved. "
        b"Shorten it, or save it elsewhere.\n"
    )
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_an_index_that_cannot_be_written_stops_nothing(root: Path, home: Path) -> None:
    process("learn", "rice", "--on", "2026-11-16", cwd=root)
    (home / "cache").rename(home / "old")
    (home / "cache").write_text("in the way", "utf-8")
    done = process("find", "rice", cwd=root)
    assert (done.returncode, done.stderr) == (0, b"")
    assert process("learn", "corn", "--on", "2026-11-16", cwd=root).returncode == 0
    done = process("check", cwd=root)
    assert b"The index cannot be saved" in done.stderr
    assert process("find", "corn", cwd=root).returncode == 0
