"""`journal settings` shows the settings of both files, sets one, and says how to take that back."""

import json
import os
import shlex
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.all_settings import SETTINGS
from tests.cli.command_shell import Shell

OWN = '# Mine\ntheme = "nord"  # dark\n'


def own_file() -> Path:
    return settings.places().config / settings.FILE


@pytest.fixture
def own(shell: Shell) -> Path:
    path = own_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OWN, "utf-8")
    return path


def test_the_list_has_every_setting_with_its_file(shell: Shell, own: Path) -> None:
    said = shell.good("settings")
    assert f"Yours, in {own}\n" in said
    assert f"This journal's, in {shell.root / 'journal.toml'}\n" in said
    lines = {line.split()[0]: line for line in said.splitlines() if line.startswith("  ")}
    assert list(lines) == [one.name for one in SETTINGS]
    assert lines["theme"].split() == ["theme", "nord"]
    assert lines["count"].split() == ["count", "workdays"]
    assert lines["day-ends"].split() == ["day-ends", "00:00", "(default)"]
    for one in json.loads(shell.good("settings", "--json")):
        assert one["is_set"] is ("(default)" not in lines[one["name"]] and one["value"] != "")


def test_each_setting_takes_its_example_and_gives_it_back(shell: Shell, own: Path) -> None:
    toml = shell.root / "journal.toml"
    for one in SETTINGS:
        if one.name in ("journal", "editor"):
            continue
        before = own.read_bytes(), toml.read_bytes()
        was = shell.good("settings", one.name)
        said = shell.good("settings", one.name, one.example)
        assert one.name in said and str(own if one.is_personal else toml) in said
        value = json.loads(shell.good("settings", one.name, "--json"))
        assert value["value"] == one.example and value["is_set"]
        if "To undo: " in said:
            back = shlex.split(said.partition("To undo: ")[2])
            shell.good(*back[1:])
            assert shell.good("settings", one.name) == was
        if one.kind != "page" and one.name not in ("theme", "count", "start", "name"):
            # The line was added, so its removal leaves no trace but perhaps the name of its table.
            after = own.read_bytes(), toml.read_bytes()
            assert all(new.startswith(old) for new, old in zip(after, before, strict=True))


def test_comments_and_other_lines_stay(shell: Shell, own: Path) -> None:
    shell.good("settings", "theme", "dracula")
    assert own.read_text("utf-8") == OWN.replace("nord", "dracula")
    shell.good("settings", "keys.today", "f11")
    assert own.read_text("utf-8") == OWN.replace("nord", "dracula") + '\n[keys]\ntoday = "f11"\n'
    said = shell.good("settings", "theme", "--default")
    assert said.splitlines()[-1] == "To undo: journal settings theme dracula"
    assert own.read_text("utf-8") == '# Mine\n\n[keys]\ntoday = "f11"\n'


def test_a_value_that_begins_with_a_minus_is_given_back(shell: Shell) -> None:
    shell.good("settings", "name", "--", "-x y")
    said = shell.good("settings", "name", "Work").splitlines()[-1]
    assert said == "To undo: journal settings name -- '-x y'"
    shell.good(*shlex.split(said.removeprefix("To undo: journal ")))
    assert shell.good("settings", "name") == "-x y\n"
    (shell.root / "journal.toml").write_text('name = "-"\n', "utf-8")
    assert "To undo" not in shell.good("settings", "name", "Work")


def test_what_is_so_already_is_not_written_again(shell: Shell, own: Path) -> None:
    before = own.stat().st_mtime_ns
    assert "Nothing was written" in shell.good("settings", "theme", "nord")
    assert "Nothing was written" in shell.good("settings", "editor", "--default")
    assert own.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "day-ends",
            "25:00",
            "“25:00” can't be used. Write a time from 00:00 to 12:00, such as 04:00.",
        ),
        ("day-ends", "4 am", "such as 04:00"),
        ("count", "weekdays", "Write one of calendar, workdays, entries, none."),
        ("start", "never", "isn't a date"),
        ("scale", "5", "“5” can't be used. Write your lowest and highest rating, such as 1-5."),
        ("file", "{yyyy}.md", "a pattern such as"),
        ("sections.learning", " , ", "such as Learning points"),
        ("links", "maybe", "“maybe” can't be used. Write yes or no."),
        ("theme", "norb", "Did you mean nord?"),
        ("editor", "no-such-editor -w", "There is no program no-such-editor"),
        ("editor", "'", "Check its quotes"),
        ("journal", "/no/such/folder", "there is no folder /no/such/folder"),
        ("keys.find", "ctrl+s", "is the key of save and of find"),
        ("keys.find", "f6", "cannot be used for find while you are writing"),
        ("keys.fnd", "f11", "There is no command called fnd"),
        ("find-keys.order", "up", "cannot be used for order in Find"),
        ("name", "", "such as Work"),
    ],
)
def test_a_bad_value_says_what_to_write_and_changes_nothing(
    shell: Shell, own: Path, name: str, value: str, said: str
) -> None:
    toml = shell.root / "journal.toml"
    before = own.read_bytes(), toml.read_bytes()
    result = shell("settings", name, value)
    assert result.code in (1, 2) and result.out == ""
    assert said in result.err and result.err.count("\n") == 1
    assert (own.read_bytes(), toml.read_bytes()) == before


def test_a_key_that_clashed_before_does_not_hinder_another_change(shell: Shell, own: Path) -> None:
    own.write_text('[keys]\nfind = "ctrl+s"\n', "utf-8")
    shell.good("settings", "keys.today", "f11")
    assert "is the key of save and of find" not in shell.good("settings", "keys.find", "f3")


def test_an_unknown_name_says_which_is_meant(shell: Shell) -> None:
    assert "Did you mean “theme”?" in shell.refused(2, "settings", "them")
    assert "Did you mean “sections.learning”?" in shell.refused(2, "settings", "learning")
    assert "journal settings" in shell.refused(2, "settings", "qzqz", "x")


def test_a_broken_file_is_named_with_its_line_and_left_alone(shell: Shell, own: Path) -> None:
    own.write_text("theme = \n", "utf-8")
    result = shell("settings")
    assert result.code == 1 and f"{own} is not valid TOML" in result.err
    assert "This journal's" in result.out, "the other file is still shown"
    assert "is not valid TOML" in shell.refused(1, "settings", "theme", "nord")
    assert own.read_text("utf-8") == "theme = \n"
    own.write_text(OWN, "utf-8")
    toml = shell.root / "journal.toml"
    toml.write_text("count = 'weekdays'\n", "utf-8")
    shell.good("settings", "count", "workdays")
    assert toml.read_text("utf-8") == 'count = "workdays"\n', "a wrong value can be mended"
    toml.write_text('day-ends = "25:00"\n', "utf-8")
    assert "To undo" not in shell.good("settings", "day-ends", "4"), "25:00 can't be set again"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_write_protected_folder_is_named(shell: Shell, own: Path) -> None:
    own.parent.chmod(0o500)
    try:
        said = shell.refused(1, "settings", "theme", "dracula")
    finally:
        own.parent.chmod(0o700)
    assert f"{own} cannot be written" in said and "Check who may write to its folder" in said
    assert own.read_text("utf-8") == OWN


def test_without_a_journal_ones_own_settings_are_there(
    shell: Shell, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("nowhere"))
    said = shell.good("settings")
    assert "  theme" in said and "count" not in said and "There is no journal here" in said
    shell.good("settings", "theme", "nord")
    assert "is a setting of a journal" in shell.refused(2, "settings", "count", "none")


def test_the_default_journal_is_kept_as_a_place_that_holds_anywhere(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shell.root.parent)
    shell.good("--journal", "work", "settings", "journal", "work")
    assert settings.load(settings.places().config).journal == os.path.abspath("work")


def test_nothing_is_written_to_a_sample(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text("sample = true\n", "utf-8")
    assert "This is a sample" in shell.refused(1, "settings", "count", "none")
    assert toml.read_text("utf-8") == "sample = true\n"


def test_a_folder_that_cannot_be_written_to_is_named(shell: Shell) -> None:
    folder = settings.places().config
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the way", "utf-8")
    said = shell.refused(1, "settings", "theme", "nord")
    assert str(folder / settings.FILE) in said


def test_two_journals_keep_their_own_settings(
    shell: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "journal.toml").write_text("", "utf-8")
    shell.good("settings", "day-ends", "04:00")
    assert shell.good("--journal", str(other), "settings", "day-ends") == "00:00\n"
    assert shell.good("settings", "day-ends") == "04:00\n"


def test_a_template_is_read_from_standard_input_and_printed_as_it_is(shell: Shell) -> None:
    page = '# {date}\n\n{cursor}\n\n- a "quoted" \\ line\n'
    shell.good("settings", "templates.day", "-", stdin=page.encode())
    assert shell.good("settings", "templates.day") == page
    shell.good("add", "x")
    assert '- a "quoted" \\ line' in shell.written()
    result = shell("settings", "templates.day", "{dat} {date}")
    assert result.code == 0 and "Nothing is filled in for {dat}." in result.err


def test_standard_input_that_is_no_text_is_refused_and_lines_end_in_one_way(shell: Shell) -> None:
    before = (shell.root / "journal.toml").read_bytes()
    for data, said in ((b"\xff\xfe", "not UTF-8 text"), (b"# {date}\0", "binary data")):
        assert said in shell.refused(2, "settings", "templates.day", "-", stdin=data)
    assert (shell.root / "journal.toml").read_bytes() == before
    shell.good("settings", "templates.day", "-", stdin=b"\xef\xbb\xbf# {date}\r\n\r\nX\r\n")
    assert shell.good("settings", "templates.day") == "# {date}\n\nX\n"
    shell.good("learn", "x")
    assert b"\r" not in shell.path().read_bytes()


@pytest.mark.parametrize(
    "words", [("settings", "--default"), ("settings", "theme", "nord", "--default")]
)
def test_words_that_do_not_go_together(shell: Shell, words: tuple[str, ...]) -> None:
    shell.refused(2, *words)


def test_the_page_of_the_guide_has_the_same_name(shell: Shell) -> None:
    assert shell.good("help", "settings").startswith("# Settings\n")
    assert "usage" in shell.good("settings", "--help").lower()


def test_the_default_is_what_applies_without_the_line(shell: Shell) -> None:
    names = ("file", "sections.learning", "sections.rating", "sections.day", "sections.feedback")
    before = {name: shell.good("settings", name) for name in names}
    for name, value in zip(names, ("{yyyy}{mm}{dd}.md", "A", "B", "C", "D"), strict=True):
        shell.good("settings", name, value)
        assert shell.good("settings", name) == f"{value}\n"
    for name in names:
        shell.good("settings", name, "--default")
    assert {name: shell.good("settings", name) for name in names} == before
