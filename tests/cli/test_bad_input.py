"""Bad files: each is one plain sentence, the rest keeps working, nothing is written over."""

import ctypes
import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.command_shell import Shell, process

SECRET = "secretword"


@pytest.fixture
def good(shell: Shell) -> Shell:
    """A journal with one good entry of the day before yesterday."""
    shell.write(f"# Fine\n\n## Learning points\n\n- rice {SECRET}\n", "2026-11-18")
    return shell


def rest_works(shell: Shell) -> None:
    """Whatever is wrong with one file, the others are found and can be written."""
    assert "rice" in shell("find", "rice").out
    assert "rice" in shell("show", "2026-11-18").out
    assert shell("add", "More.", "--on", "2026-11-17").code == 0
    assert shell("todo").code == 0
    assert shell(stdin=b"").code == 0
    assert shell("check", "--rebuild").code in (0, 1)


def refuses_changes(shell: Shell, part: str) -> None:
    """Each command that writes says why it cannot, and says nothing of what is in the file."""
    for words in (["add", "x"], ["learn", "x"], ["todo", "x"], ["rate", "5"]):
        said = shell.refused(1, *words)
        assert part in said
        assert SECRET not in said


BAD = {
    "undecodable": (f"Prose\n{SECRET} Zo\u00eb\n".encode("latin-1"), "Line 2 is not UTF-8 text"),
    "binary": (b"\x7fELF\0\0" + SECRET.encode(), "binary data"),
    "utf-16": (SECRET.encode("utf-16"), "UTF-16 text"),
}


@pytest.mark.parametrize("kind", BAD)
def test_text_that_is_not_utf_8_is_shown_and_not_changed(good: Shell, kind: str) -> None:
    data, part = BAD[kind]
    path = good.write(data)
    refuses_changes(good, part)
    assert path.read_bytes() == data
    shown = good("show")
    assert (shown.code, part in shown.err) == (0, True)
    assert SECRET not in shown.err
    assert part in json.loads(good.good("show", "--json"))["problems"][0]["text"]
    rest_works(good)
    assert path.read_bytes() == data


def test_a_hundred_megabytes(good: Shell) -> None:
    path = good.write("start\n")
    with open(path, "r+b") as file:
        file.truncate(100_000_000)
    refuses_changes(good, "is 100 MB, too large for an entry (at most 8 MB)")
    assert "is 100 MB" in good.refused(1, "show", "--json")
    assert "is 100 MB" in good("show").err
    assert "2026/2026-11-20.md: is 100 MB" in good("check").out
    rest_works(good)
    assert path.stat().st_size == 100_000_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_is_never_waited_for(good: Shell) -> None:
    os.mkfifo(good.path())
    refuses_changes(good, "is not a plain file")
    assert "is not a plain file" in good("show").err
    assert "2026-11-20.md: is not a plain file and was not opened" in good("check").out
    rest_works(good)
    assert good.path().is_fifo()


@pytest.mark.parametrize(
    ("target", "said"),
    [("2026-11-20.md", "cannot be read"), ("gone.md", "is a link to a file that does not exist")],
)
def test_links_that_lead_nowhere(good: Shell, target: str, said: str) -> None:
    good.path().symlink_to(target)
    refuses_changes(good, "2026-11-20.md")
    assert "2026-11-20.md" in good("show").err
    assert f"2026-11-20.md: {said}" in good("check").out
    rest_works(good)
    assert os.readlink(good.path()) == target


def test_folders_linked_in_a_circle(good: Shell) -> None:
    (good.root / "2026" / "again").symlink_to(good.root)
    (good.root / "loop").symlink_to(good.root / "loop")
    assert good.good("find", "rice").count("\n") == 1
    rest_works(good)


def test_an_entry_that_is_a_folder(good: Shell) -> None:
    good.path().mkdir()
    refuses_changes(good, "is a folder, so it was not opened")
    rest_works(good)
    assert good.path().is_dir()


def give_up_reading_all() -> None:
    """Take from this thread of root's, for good, the privilege to read what has no mode for it."""
    override_and_search, version, parts = (1 << 1) | (1 << 2), 0x20080522, (ctypes.c_uint32 * 6)()
    header = (ctypes.c_uint32 * 2)(version, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capget(header, parts):
        raise OSError(ctypes.get_errno(), "capget")
    # Effective, permitted, inheritable; then the same for the capabilities above 31.
    parts[0] &= ~override_and_search
    parts[1] &= ~override_and_search
    if libc.capset(header, parts):
        raise OSError(ctypes.get_errno(), "capset")


def test_what_may_not_be_read(good: Shell) -> None:
    closed, path = good.root / "closed", good.write(SECRET)
    closed.mkdir(mode=0o000)
    path.chmod(0o000)

    def is_refused() -> None:
        if sys.platform == "linux" and os.geteuid() == 0:
            give_up_reading_all()
        assert "closed/: this folder cannot be listed: Permission denied" in good("check").out
        refuses_changes(good, "Permission denied")
        rest_works(good)
        good.root.chmod(0o000)
        assert "Check its permissions" in good.refused(2, "--journal", str(good.root), "find", "x")

    try:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(is_refused).result()
    finally:
        good.root.chmod(0o700)
        closed.chmod(0o700)
        path.chmod(0o600)


def test_what_the_system_does_not_let_one_read(
    good: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = good.write(SECRET)
    really = os.open

    def refuse(name: str, *rest: int, **more: int) -> int:
        if str(name) == str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
        return really(name, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    refuses_changes(good, "cannot be opened: Permission denied")
    rest_works(good)


def test_a_folder_that_cannot_be_listed(good: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed", "shut"):
        (good.root / name).mkdir()
    really, closed = os.scandir, ["closed"]

    def refuse(name: str = ".") -> object:
        if str(name).endswith(tuple(closed)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
        return really(name)

    monkeypatch.setattr(os, "scandir", refuse)
    assert "closed/: this folder cannot be listed: Permission denied" in good("check").out
    said = "cannot be listed, so {} entries are left out. To see why, run: journal check\n"
    code, out, err = good("find", "rice")
    assert (code, bool(out), err) == (0, True, "closed/ " + said.format("its"))
    assert good("review", "2019").err.startswith("closed/ " + said.format("its"))
    rest_works(good)
    closed.append("shut")
    assert good("find", "rice").err == "2 folders " + said.format("their")


BROKEN_TOML = {
    "name = \n": "is not valid TOML",
    'name = "x"\nname = "y"\n': "is not valid TOML",
    "name = 5\n": "`name` should be text in quotes",
    'start = "2014-10-06"\n': "`start` should be a date such as 2014-10-06, without quotes",
    'count = "moons"\n': "`count` should be one of",
    'layout = "round"\n': '`layout` should be "years" or "flat"',
    'sections = "x"\n': "should be the tables",
    "[sections]\nlearning = 5\n": "`sections.learning` should be a list of names",
    '[sections]\nlearnings = ["x"]\n': "`sections.learnings` should be one of",
    "[templates]\nday = 5\n": "`templates.day` should be text in quotes",
    "\udcff": "is not UTF-8 text",
    "x = " + "[" * 5_000: "is not valid TOML",
}


@pytest.mark.parametrize("source", BROKEN_TOML, ids=lambda source: source[:20].strip())
def test_a_broken_journal_toml(good: Shell, source: str) -> None:
    data = source.encode("utf-8", "surrogateescape")
    (good.root / "journal.toml").write_bytes(data)
    for words in (["add", "x"], ["rate", "5"], ["check"], ["show", "--json"], []):
        said = good.refused(1, *words, stdin=b"")
        assert f"{good.root}/journal.toml" in said
        assert BROKEN_TOML[source] in said
    assert str(good.root) in good.good("where")
    assert (good.root / "journal.toml").read_bytes() == data
    assert not good.path().exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_journal_toml_that_is_a_fifo(good: Shell) -> None:
    (good.root / "journal.toml").unlink()
    os.mkfifo(good.root / "journal.toml")
    said = good.refused(1, "--journal", str(good.root), "add", "x")
    assert "is not a plain file" in said


@pytest.mark.parametrize(
    "front", ["---\ntags: [a\n---\n", "---\n\tx: : :\n---\n", "---\nnever ends\n"]
)
def test_broken_front_matter(good: Shell, front: str) -> None:
    good.write(f"{front}\n# Title\n\nProse.\n")
    good.good("learn", "x")
    good.good("rate", "5")
    assert good.written().startswith(front)
    assert json.loads(good.good("show", "--json"))["rating"]["value"] == 5
    rest_works(good)


def test_a_rating_beyond_ten(good: Shell) -> None:
    good.write("Prose.\n\nEnjoyment: 11/10 – wow\n")
    assert "rating 11 is not between 0 and 10" in good("check").out
    good.good("add", "More.")
    assert good.written() == "Prose.\n\nMore.\n\nEnjoyment: 11/10 – wow\n"
    good.good("rate", "9")
    assert "9/10" in good.written()
    rest_works(good)


@pytest.mark.parametrize("value", ["10.4", "10,4", "10.01", "10½", "11", "-1", "-0.1"])
def test_a_rating_a_little_beyond_ten_is_not_taken(good: Shell, value: str) -> None:
    good.good("rate", "10")
    said = good.refused(2, "rate", "--", value)
    assert f"The rating {value} is not between 0 and 10" in said
    assert "Enjoyment: 10/10" in good.written()


def test_the_thirtieth_of_february(good: Shell) -> None:
    path = good.write("x\n", "2026-02-30")
    assert "2026-02-30.md: its name has no valid date" in good("check").out
    assert "doesn't exist: February 2026 has 28 days" in good.refused(
        2, "add", "x", "--on", "2026-02-30"
    )
    rest_works(good)
    assert path.read_text("utf-8") == "x\n"


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES, errno.EDQUOT])
def test_a_journal_that_takes_nothing(
    good: Shell, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    good.good("add", "Before.")
    before = good.written()
    really = os.open

    def refuse(name: str, flags: int, *rest: int, **more: int) -> int:
        if str(name).startswith(str(good.root)) and flags & os.O_CREAT:
            raise OSError(number, os.strerror(number), str(name))
        return really(name, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    refuses_changes(good, "nothing was saved")
    assert good.written() == before
    assert "rice" in good.good("find", "rice")
    assert good.good("check")


@pytest.mark.promise("A full or a read-only disk loses nothing")
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a disk needs root"
)
def test_a_read_only_mount(root: Path) -> None:
    process("learn", "rice", "--on", "2026-11-16", cwd=root)
    try:
        subprocess.run(["mount", "--bind", root, root], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine does not let one mount")
    try:
        done = subprocess.run(
            ["mount", "-o", "remount,ro,bind", root], check=False, capture_output=True
        )
        if done.returncode:
            pytest.skip("this machine does not let one mount read-only")
        for when in ("2026-11-15", "2026-11-16"):
            done = process("add", "x", "--on", when, "--journal", str(root), cwd=root.parent)
            assert done.returncode == 1
            assert done.stderr == (
                b"journal: The journal is on a read-only disk: nothing was saved. "
                b"Make it writable, or save it elsewhere.\n"
            )
        assert process("find", "rice", "--journal", str(root), cwd=root.parent).returncode == 0
    finally:
        subprocess.run(["umount", root], check=True, capture_output=True)


def test_a_write_protected_entry(good: Shell) -> None:
    path = good.write("Prose.\n")
    path.chmod(0o400)
    refuses_changes(good, "is write-protected")
    assert path.read_text("utf-8") == "Prose.\n"
    rest_works(good)


def test_words_that_a_text_cannot_hold(good: Shell) -> None:
    good.refused(1, "add", "Zo\udceb")
    assert not good.path().exists()
    assert good("find", "Zo\udceb").code == 1


def test_settings_that_cannot_be_used(
    good: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    folder = home / "config" / "journal-tui"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("journal = 5\n", "utf-8")
    # In a journal nothing needs them.
    assert good.good("add", "x")
    monkeypatch.chdir(tmp_path)
    assert "`journal` should be text in quotes" in good.refused(1, "where")
