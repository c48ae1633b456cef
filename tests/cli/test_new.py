"""journal new: what it makes, where it refuses, and that its journal.toml can be edited."""

import errno
import os
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.library import config
from tests.cli.command_shell import Shell, shell_line


def default_journal() -> str:
    """The journal that the settings name."""
    return settings.load(settings.places().config).journal


def test_new_makes_a_folder_with_one_file(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "a" / "diary"
    said = shell.good("new", str(place))
    assert said.startswith(f"Made a journal in {place}.\nFrom now on")
    assert [path.name for path in place.iterdir()] == ["journal.toml"]
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "journal.toml").stat().st_mode & 0o777 == 0o600
    assert default_journal() == str(place)
    read = config.read(place)
    assert (read.name, read.start, read.counting) == ("diary", date.today(), "workdays")


def test_the_first_journal_stays_the_default(shell: Shell, tmp_path: Path) -> None:
    shell.good("new", str(tmp_path / "one"))
    said = shell.good("new", str(tmp_path / "two"))
    assert said.endswith(
        f"Open it with: journal --journal {tmp_path / 'two'}\nElsewhere, journal alone still opens "
        f"{tmp_path / 'one'}, which settings.toml names (to find it: journal where).\n"
    )
    assert default_journal() == str(tmp_path / "one")


@pytest.mark.parametrize("count", ["workdays", "calendar", "entries", "none"])
def test_options(shell: Shell, tmp_path: Path, count: str) -> None:
    name = 'A "year" of \\work\x7f\u00eb'
    shell.good("new", str(tmp_path / "x"), "--name", name, "--count", count)
    read = config.read(tmp_path / "x")
    assert (read.name, read.counting) == (name, count)


def test_a_folder_of_entries_keeps_its_ways(shell: Shell, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "2014-10-06 Monday.md").write_text("Depot.\n", "utf-8")
    (vault / "2014-10-08.md").write_text("Rain.\n", "utf-8")
    before = {path: path.stat().st_mtime_ns for path in vault.iterdir()}
    shell.good("new", str(vault))
    assert {path: path.stat().st_mtime_ns for path in before} == before
    read = config.read(vault)
    assert (read.layout, read.start) == ("flat", date(2014, 10, 6))
    shell.good("--journal", str(vault), "add", "More.", "--on", "2014-10-09")
    assert (vault / "2014-10-09.md").read_text("utf-8").startswith("# Day 4 – Thursday 9 October")


def test_a_folder_of_years_stays_one(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x" / "2014").mkdir(parents=True)
    (tmp_path / "x" / "2014" / "2014-10-08.md").write_text("Rain.\n", "utf-8")
    shell.good("new", str(tmp_path / "x"))
    assert config.read(tmp_path / "x").layout == "years"


def test_an_existing_folder_keeps_its_mode_and_files(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.mkdir(mode=0o755)
    (place / "todo.txt").write_text("mine", "utf-8")
    shell.good("new", str(place))
    assert (place / "todo.txt").read_text("utf-8") == "mine"
    assert place.stat().st_mode & 0o777 == 0o755


def test_a_journal_is_not_made_twice(shell: Shell) -> None:
    before = (shell.root / "journal.toml").read_bytes()
    assert "is already a journal. Open it with:" in shell.refused(2, "new", str(shell.root))
    assert "is already a journal. Open it with:" in shell.refused(2, "new", ".")
    assert (shell.root / "journal.toml").read_bytes() == before


def test_a_link_that_leads_nowhere_is_not_written_through(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.mkdir()
    (place / "journal.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert shell.refused(2, "new", str(place))
    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize("below", ["", "/more"])
def test_a_file_is_not_accepted_as_a_folder(shell: Shell, tmp_path: Path, below: str) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    assert shell.refused(2, "new", f"{tmp_path}/x{below}")
    assert (tmp_path / "x").read_text("utf-8") == "mine"
    assert default_journal() == ""


def test_a_read_only_place(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(os, "mkdir", refuse)
    said = shell.refused(2, "new", str(tmp_path / "x"))
    assert said == f"No journal could be made in {tmp_path / 'x'}: Read-only file system."


def test_settings_that_cannot_be_used_do_not_undo_it(shell: Shell, tmp_path: Path) -> None:
    folder = settings.places().config
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("= broken", "utf-8")
    code, out, err = shell("new", str(tmp_path / "x"))
    assert code == 0
    assert f"Open it with: journal --journal {tmp_path / 'x'}" in out
    assert "settings.toml is not valid TOML" in err
    assert (folder / "settings.toml").read_text("utf-8") == "= broken"
    assert config.read(tmp_path / "x").name == "x"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return a folder that another program keeps, with a blank in its name."""
    folder = tmp_path / "my notes"
    (folder / "journals").mkdir(parents=True)
    for day in range(1, 29):
        text = "# Tag 5\n\n## Gelernt\n\n- eins\n\n## Wetter\n\nRegen\n"
        (folder / "journals" / f"2024_02_{day:02d}.md").write_text(text, "utf-8")
    (folder / "2024-02-30.md").write_text("x", "utf-8")
    (folder / "Ideas.md").write_text("x", "utf-8")
    return folder


FOUND = """\
28 entries, named journals/YYYY_MM_DD.md, from 2024.
1 file with a date was not read:
  1 file with a date that cannot be read: 2024-02-30.md
In the 28 entries:
  learning points under “Gelernt” (28)
  other headings on many days: “Wetter” (28)
What is read in the 28 entries:
  28 learning points in 28 entries
  no follow-ups; each needs a box, as in - [ ] Call Ann
  no ratings; one is a line such as Enjoyment: 7/10
New entries will be named journals/YYYY_MM_DD.md.
Learning points will be written under “Gelernt”.
If another heading has learning points, feedback or follow-ups, name it in journal.toml.
Also left out:
  1 file without a date in the name: Ideas.md
"""


def test_a_folder_with_files_is_described_and_used_as_it_is(
    shell: Shell, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    before = {path: path.lstat().st_mtime_ns for path in vault.rglob("*.md")}
    said = shell.good("new", str(vault), stdin=b"")
    assert said == (
        f"{FOUND}Made a journal in {vault}.\n"
        "To see what could not be understood, run: journal check\n"
        "From now on, journal opens it from any folder. For more: journal --help\n"
    )
    assert {path: path.lstat().st_mtime_ns for path in vault.rglob("*.md")} == before
    assert {path.name for path in vault.iterdir()} == {
        "journals",
        "2024-02-30.md",
        "Ideas.md",
        "journal.toml",
    }
    read = config.read(vault)
    assert (read.file, read.names) == ("journals/{yyyy}_{mm}_{dd}.md", {"learning": ("Gelernt",)})
    assert read.start == date(2024, 2, 1)
    # What it says to do next works, and agrees with what was found.
    code, out, err = shell("check")
    assert (code, err) == (1, "")
    assert "28 entries read" in out
    assert "1 file without a date in the name: Ideas.md" in out
    shell.good("learn", "zwei", "--on", "2024-03-01")
    assert "\n## Gelernt\n\n- zwei\n" in (vault / "journals/2024_03_01.md").read_text("utf-8")
    assert shell.good("find", "eins", "--in", "learning").count("•") == 28


def test_a_second_folder_is_named_so_that_a_shell_understands_it(
    shell: Shell, vault: Path, tmp_path: Path
) -> None:
    shell.good("new", str(tmp_path / "first"))
    lines = shell.good("new", str(vault)).splitlines()
    check, opening = (line.partition(": ")[2] for line in lines[-3:-1])
    assert check == f"journal --journal '{vault}' check"
    assert opening == f"journal --journal '{vault}'"
    done = shell_line(check.replace("journal", "$J", 1), tmp_path)
    assert b"28 entries read" in done.stdout


def test_a_dry_run_writes_nothing(shell: Shell, vault: Path, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    said = shell.good("new", str(vault), "--dry-run")
    assert said == f"{FOUND}Nothing was written. To make the journal, run: journal new '{vault}'\n"
    new = tmp_path / "new"
    assert shell.good("new", str(new), "--dry-run") == (
        f"There is no folder {new} yet.\n"
        f"Nothing was written. To make the journal, run: journal new {new}\n"
    )
    (tmp_path / "empty").mkdir()
    assert shell.good("new", str(tmp_path / "empty"), "--dry-run").startswith(
        f"{tmp_path / 'empty'} is empty.\n"
    )
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "empty"}
    assert default_journal() == ""


def test_a_folder_without_entries_says_why_and_what_to_do(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.mkdir()
    (place / "Meeting 2024-01-05.md").write_text("x", "utf-8")
    (place / "2024-01-06.org").write_text("x", "utf-8")
    code, out, err = shell("new", str(place), "--dry-run")
    assert (code, err) == (1, "")
    assert out.startswith(
        "No entries were found among 2 files.\n"
        "2 files with a date were not read:\n"
        "  1 file with a date that is not at the beginning of the name: Meeting 2024-01-05.md\n"
        "  1 dated file in another format than Markdown or plain text: 2024-01-06.org\n"
        "To have them read, rename the files so that each begins with its date"
    )
    assert "save the files as Markdown or plain text" in out
    assert not (place / "journal.toml").exists()
    assert shell.good("new", str(place)).splitlines()[-4] == f"Made a journal in {place}."


@pytest.mark.parametrize(
    ("answer", "has_entries", "is_made"),
    [
        ("", True, True),
        ("y", True, True),
        ("YES ", True, True),
        ("n", True, False),
        ("what?", True, False),
        (None, True, False),
        ("", False, False),
        ("n", False, False),
        ("y", False, True),
    ],
)
def test_on_a_terminal_it_asks_once(
    shell: Shell,
    vault: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    has_entries: bool,
    is_made: bool,
) -> None:
    if not has_entries:
        vault = tmp_path / "x"
        vault.mkdir()
        (vault / "Ideas.md").write_text("x", "utf-8")
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", reply)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, _ = shell("new", str(vault))
    wanted = (
        "Use this folder as it is? [Y/n] " if has_entries else "Make a journal here anyway? [y/N] "
    )
    assert asked == [wanted]
    assert (vault / "journal.toml").exists() is is_made
    assert code == (0 if is_made else 1)
    assert ("Nothing was written." in out) is not is_made


@pytest.mark.parametrize("words", [["--yes"], ["--dry-run"]])
def test_a_terminal_is_not_asked_if_it_is_answered(
    shell: Shell, vault: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert shell("new", str(vault), *words).code == 0


def test_an_empty_or_new_folder_is_not_asked_about(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    (tmp_path / "empty").mkdir()
    assert shell("new", str(tmp_path / "empty")).code == 0
    (settings.places().config / "settings.toml").unlink()
    assert shell("new", str(tmp_path / "new")).code == 0


def test_names_of_files_cannot_control_the_terminal(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.mkdir()
    (place / "2024-01-05\x1b[31m\nred.md").write_text("x", "utf-8")
    (place / "2024-01-06.md").write_text("## Wet\x1b[31mter\n", "utf-8")
    said = shell.good("new", str(place))
    assert "\x1b" not in said
    assert config.read(place).layout == "flat"


@pytest.fixture
def toml(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the journal.toml that `journal new` wrote; commands run in its folder."""
    place = tmp_path / "own"
    shell.good("new", str(place))
    monkeypatch.chdir(place)
    shell.root = place
    return place / "journal.toml"


def edit(toml: Path, pattern: str, line: str) -> None:
    """Put a line in the place of the one that matches."""
    text, count = re.subn(rf"(?m)^{pattern}.*$", lambda _: line, toml.read_text("utf-8"))
    assert count == 1
    toml.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("start", "count", "title"),
    [
        ("2026-11-02", '"workdays"', "# Day 15 – Friday"),
        ("2026-11-02", '"calendar"', "# Day 19 – Friday"),
        ("2026-11-02", '"entries"', "# Day 2 – Friday"),
        ("2026-11-02", '"none"', "# Friday"),
        ("2026-11-21", '"calendar"', "# Friday"),
    ],
)
def test_counting(shell: Shell, toml: Path, start: str, count: str, title: str) -> None:
    edit(toml, "start = ", f"start = {start}")
    edit(toml, "count = ", f"count = {count}")
    shell.write("Prose.\n", "2026-11-03")
    shell.write("Before the start.\n", "2026-11-01")
    shell.good("add", "x")
    assert shell.written().startswith(title)


def test_name_and_layout(shell: Shell, toml: Path) -> None:
    edit(toml, "name = ", 'name = "Zoë\'s year"')
    edit(toml, "layout = ", 'layout = "flat"')
    shell.good("add", "x")
    assert (shell.root / "2026-11-20.md").exists()
    assert shell.good(stdin=b"").startswith("Zoë's year  ·  ")


def test_sections_in_german(shell: Shell, toml: Path) -> None:
    edit(toml, "start = ", "start = 2026-11-02")
    edit(toml, "# learning = ", 'learning = ["Gelernt", "Lehren des Tages"]')
    edit(toml, "# follow-up = ", 'follow-up = ["Offene Punkte"]')
    edit(toml, "# rating = ", 'rating = ["Freude"]')
    edit(toml, r"# day = \[", 'day = ["Tag"]')
    shell.good("learn", "Erst fragen, dann reden")
    shell.good("rate", "8", "guter Tag")
    assert shell.written() == (
        "# Tag 15 – Friday 20 November 2026\n\n## Gelernt\n\n- Erst fragen, dann reden\n\n"
        "Freude: 8/10 – guter Tag\n"
    )
    shell.write("Prosa\n\n## Lehren des Tages\n\n- Fragen kostet nichts\n", "2026-11-19")
    assert shell.good("find", "frag", "--in", "learning").count("•") == 2
    assert shell.good("show", "Tag", "15") == shell.good("show", "day", "15") == shell.written()


def test_templates_work_once_uncommented(shell: Shell, toml: Path) -> None:
    text = toml.read_text("utf-8")
    head, mark, tail = text.partition("\n# Kinds of notes")[0].partition("[templates]\n")
    toml.write_text(head + mark + re.sub(r"(?m)^# ?", "", tail), "utf-8")
    edit(toml, "start = ", "start = 2026-11-02")
    shell.good("add", "Words.")
    assert shell.written().startswith("# Day 15 – Friday 20 November 2026\n\nWords.\n\n## Learning")


def test_the_journals_own_template_is_used(shell: Shell, toml: Path) -> None:
    own = 'day = """\\\n{date} ({iso}, {unknown})\n\n## Morning\n\n{cursor}\n\n## Evening\n"""'
    toml.write_text(toml.read_text("utf-8").rstrip() + f"\n{own}\n", "utf-8")
    shell.good("learn", "x")
    assert shell.written().startswith(
        "Friday 20 November 2026 (2026-11-20, {unknown})\n\n## Morning\n\n## Evening\n"
    )


def test_an_empty_name_is_not_a_folder(shell: Shell) -> None:
    assert "new DIR" in shell.refused(2, "new", "")


def test_a_folder_that_is_opened_as_it_is_says_what_is_not_read(
    shell: Shell, tmp_path: Path
) -> None:
    place = tmp_path / "notes"
    for day in ("2026_11_18", "2026_11_19"):
        (place / "journals").mkdir(parents=True, exist_ok=True)
        (place / "journals" / f"{day}.md").write_text("## Gelernt\n\n- eins\n")
    said = "items under “Gelernt” aren't read"
    assert said in shell("--journal", str(place), "check").out
    first = shell("--journal", str(place), "learn", "zwei")
    assert first.code == 0 and said in first.err and f"run: journal new {place}" in first.err
    assert "zwei" in (place / "journals" / "2026_11_20.md").read_text("utf-8")
    # It is said once a day.
    assert shell("--journal", str(place), "learn", "drei").err == ""
    shell.good("new", str(place))
    for command in (("check",), ("learn", "vier", "--on", "2026-11-17")):
        result = shell("--journal", str(place), *command)
        assert said not in result.out + result.err


def test_check_says_what_is_in_files_that_are_not_entries(shell: Shell) -> None:
    (shell.root / "2026-11-19.md").write_text("Prose.\n")
    (shell.root / "Page.md").write_text("- [ ] call Ann\n")
    lines = shell("check").out.splitlines()
    assert lines[-1] == "Not read, in 1 text file that isn't an entry: 1 open follow-up."
    (shell.root / "Page.md").write_text("Prose.\n")
    assert "Not read" not in shell("check").out
