"""Which journal a command is about: --journal, $JOURNAL, here and around, the settings."""

from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.cli import read_commands
from tests.cli.command_shell import Shell


def make(folder: Path, name: str) -> Path:
    """A journal with this name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "journal.toml").write_text(f'name = "{name}"\n', "utf-8")
    return folder


def opened(shell: Shell, *words: str) -> str:
    """The name of the journal that is opened."""
    return shell.good(*words, stdin=b"").partition("  ·  ")[0]


def test_the_order(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("given", "environment", "default"):
        make(tmp_path / name, name)
    make(tmp_path / "here", "here")
    make(tmp_path / "here" / "entries", "entries")
    make(tmp_path / "up", "parent")
    (tmp_path / "up" / "a" / "b").mkdir(parents=True)
    make(tmp_path / "aside" / "entries", "entries of a parent")
    (tmp_path / "aside" / "src").mkdir()
    (tmp_path / "nowhere").mkdir()
    settings.remember(settings.places().config, "journal", str(tmp_path / "default"))

    given = str(tmp_path / "given")
    for folder, name in [
        ("nowhere", "default"),
        ("up/a/b", "parent"),
        ("aside", "entries of a parent"),
        ("aside/src", "entries of a parent"),
        ("here/entries", "entries"),
        ("here", "here"),
    ]:
        monkeypatch.chdir(tmp_path / folder)
        assert opened(shell) == name
    monkeypatch.setenv("JOURNAL", str(tmp_path / "environment"))
    assert opened(shell) == "environment"
    for words in (["--journal", given], [f"--journal={given}"], ["show", "--journal", given]):
        assert given in shell.good("--journal", given, "where")
        assert shell(*words, stdin=b"").code == (0 if words[0] != "show" else 1)
    assert opened(shell, "--journal", given) == "given"
    assert opened(shell, "--journal", "../given") == "given"


def test_home_is_understood(shell: Shell, home: Path) -> None:
    make(home / "diary", "mine")
    assert opened(shell, "--journal=~/diary") == "mine"
    assert "there is no folder ~nobody-of-that-name" in shell.refused(
        2, "--journal", "~nobody-of-that-name", "where"
    )


@pytest.mark.parametrize(
    "words", [[], ["show"], ["add", "x"], ["find", "x"], ["where"], ["check"], ["rate", "5"]]
)
def test_none_found(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = shell.refused(2, *words, stdin=b"")
    assert said.startswith("There is no journal here. Make one with: journal new DIR")


@pytest.mark.parametrize("source", ["--journal", "$JOURNAL", "settings.toml"])
@pytest.mark.parametrize("kind", ["missing", "file", "folder", "loop"])
def test_folders_that_are_not_journals(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, kind: str
) -> None:
    place = tmp_path / "place"
    if kind == "file":
        place.write_text("x", "utf-8")
    elif kind == "folder":
        place.mkdir()
        (place / "notes.md").write_text("x", "utf-8")
    elif kind == "loop":
        place.symlink_to(place)
    monkeypatch.chdir(tmp_path)
    words = ["where"]
    if source == "--journal":
        words += ["--journal", str(place)]
    elif source == "$JOURNAL":
        monkeypatch.setenv("JOURNAL", str(place))
    else:
        settings.remember(settings.places().config, "journal", str(place))
    said = shell.refused(2, *words)
    assert said.startswith(f"{source}: ")
    assert str(place) in said
    assert kind == "file" or "journal new" in said


def test_a_folder_of_dated_files_is_a_journal(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "vault" / "Daily notes"
    folder.mkdir(parents=True)
    (folder / "2014-10-06 Monday.md").write_text("Depot.\n", "utf-8")
    assert opened(shell, "--journal", str(tmp_path / "vault")) == "vault"
    assert "Depot." in shell.good("--journal", str(tmp_path / "vault"), "show", "2014-10-06")


def test_no_folder_given(shell: Shell) -> None:
    assert "needs a folder" in shell.refused(2, "--journal", "", "add", "x")
    assert "needs a folder" in shell.refused(2, "--journal=", "add", "x")
    assert "expected one argument" in shell.refused(2, "--journal")
    assert not shell.path().exists()


def test_the_current_folder_may_be_gone(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "There is no journal here" in shell.refused(2, "where")
    assert str(shell.root) in shell.good("where", "--journal", str(shell.root))


def test_a_missing_default_journal_is_an_error_and_no_welcome(
    shell: Shell, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(read_commands, "can_show_app", lambda: True)
    monkeypatch.setattr("journal_tui.app.run", lambda *_: pytest.fail("the app was opened"))
    folder = settings.places().config
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f'journal = "{home / "gone"}"\n')
    assert "settings.toml: there is no folder" in shell.refused(2)
