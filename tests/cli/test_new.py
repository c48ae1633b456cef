"""journal new: what it makes, where it refuses, and that its journal.toml can be edited."""

import errno
import os
import re
from datetime import date
from pathlib import Path

import pytest
from command_shell import Shell

from journal_tui import settings
from journal_tui.library import config


def default_journal() -> str:
    """The journal that the settings name."""
    return settings.load(settings.places().config).journal


def test_new_makes_a_folder_with_one_file(shell: Shell, tmp_path: Path) -> None:
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
    assert said.endswith(f"Open it with: journal --journal {tmp_path / 'two'}\n")
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
def test_a_file_is_no_place(shell: Shell, tmp_path: Path, below: str) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    assert shell.refused(2, "new", f"{tmp_path}/x{below}")
    assert (tmp_path / "x").read_text("utf-8") == "mine"
    assert default_journal() == ""


def test_a_read_only_place(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: int) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(os, "mkdir", refuse)
    said = shell.refused(2, "new", str(tmp_path / "x"))
    assert said == f"{tmp_path / 'x'} cannot be made a journal: Read-only file system."


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


# -- the file is for editing -----------------------------------------------------------------


@pytest.fixture
def toml(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal.toml that `journal new` wrote; the commands stand in its folder."""
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


def test_templates_uncommented_as_they_stand(shell: Shell, toml: Path) -> None:
    text = toml.read_text("utf-8")
    head, mark, tail = text.partition("[templates]\n")
    toml.write_text(head + mark + re.sub(r"(?m)^# ?", "", tail), "utf-8")
    edit(toml, "start = ", "start = 2026-11-02")
    shell.good("add", "Words.")
    assert shell.written().startswith("# Day 15 – Friday 20 November 2026\n\nWords.\n\n## Learning")


def test_a_template_of_ones_own(shell: Shell, toml: Path) -> None:
    own = 'day = """\\\n{date} ({iso}, {unknown})\n\n## Morning\n\n{cursor}\n\n## Evening\n"""'
    toml.write_text(toml.read_text("utf-8").rstrip() + f"\n{own}\n", "utf-8")
    shell.good("learn", "x")
    assert shell.written().startswith(
        "Friday 20 November 2026 (2026-11-20, {unknown})\n\n## Morning\n\n## Evening\n"
    )


def test_an_empty_name_is_no_folder(shell: Shell) -> None:
    assert "new DIR" in shell.refused(2, "new", "")
