"""A journal of another user that one happens to stand in is obeyed only where one named it."""

import os
from pathlib import Path

import pytest
from command_shell import Shell

from journal_tui import settings
from journal_tui.cli import reading
from journal_tui.library import root as roots

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")

# Nobody has this number; whoever runs the tests is another user.
OTHER = 54_321


@pytest.fixture
def foreign(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal that one stands in, and that belongs to somebody else."""
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: OTHER)
    return shell.root


@pytest.mark.parametrize(
    "words", [[], ["where"], ["show"], ["add", "x"], ["find", "x"], ["check"], ["rate", "5"]]
)
def test_it_is_not_obeyed(shell: Shell, foreign: Path, words: list[str]) -> None:
    (foreign / "journal.toml").write_text("this is not TOML")
    said = shell.refused(2, *words, stdin=b"")
    assert said.startswith(f"The journal in {foreign} belongs to ")
    assert f"journal --journal {foreign}" in said and "settings.toml" in said
    assert "TOML:" not in said
    assert sorted(os.listdir(foreign)) == ["journal.toml"]


@pytest.mark.parametrize("below", ["a/b", "entries"])
def test_nor_from_below_or_above(
    shell: Shell, foreign: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    if below == "entries":
        (foreign / "entries").mkdir()
        (foreign / "journal.toml").rename(foreign / "entries" / "journal.toml")
    else:
        (foreign / below).mkdir(parents=True)
        monkeypatch.chdir(foreign / below)
    assert "belongs to" in shell.refused(2, "where")


def test_whoever_names_it_gives_leave(
    shell: Shell, foreign: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert str(foreign) in shell.good("where", "--journal", str(foreign))
    assert str(foreign) in shell.good("where", "--journal", ".")
    monkeypatch.setenv("JOURNAL", str(foreign))
    assert str(foreign) in shell.good("where")
    monkeypatch.delenv("JOURNAL")
    link = tmp_path / "link"
    link.symlink_to(foreign)
    settings.remember(settings.places().config, "journal", str(link))
    assert str(foreign) in shell.good("where")


def test_another_default_is_not_taken_in_its_place(
    shell: Shell, foreign: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "journal.toml").touch()
    settings.remember(settings.places().config, "journal", str(tmp_path / "mine"))
    assert f"The journal in {foreign} belongs to" in shell.refused(2, "add", "x")


def test_the_app_does_not_greet_as_if_there_were_none(
    shell: Shell, foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_is_terminal", lambda: True)
    assert "belongs to" in shell.refused(2)


def test_ones_own_is_obeyed(shell: Shell) -> None:
    assert str(shell.root) in shell.good("where")


@pytest.mark.parametrize("foreign_part", ["folder", "file", "nothing"])
def test_both_the_folder_and_its_file_count(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, foreign_part: str
) -> None:
    def owner(path: Path) -> int:
        part = "file" if path.name == "journal.toml" else "folder"
        return OTHER if part == foreign_part else os.geteuid()

    monkeypatch.setattr(roots, "_owner", owner)
    if foreign_part == "nothing":
        assert str(shell.root) in shell.good("where")
    else:
        assert "belongs to" in shell.refused(2, "where")


@pytest.mark.parametrize(
    ("user", "sudo", "owner", "is_own"),
    [
        (1000, None, 1000, True),
        (1000, None, 1001, False),
        (1000, None, 0, False),
        (1000, "1001", 1001, False),
        (0, None, 0, True),
        (0, None, 1000, False),
        (0, "1000", 1000, True),
        (0, "1000", 0, True),
        (0, "1000", 1001, False),
        (0, "", 1000, False),
        (0, "1000x", 1000, False),
        (0, "\u0661", 1, False),
    ],
)
def test_whose_a_file_may_be(
    monkeypatch: pytest.MonkeyPatch, user: int, sudo: str | None, owner: int, is_own: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.delenv("SUDO_UID", raising=False)
    if sudo is not None:
        monkeypatch.setenv("SUDO_UID", sudo)
    assert roots._is_own(owner) is is_own


def test_where_files_have_no_owners_all_are_ones_own(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    assert roots._is_own(OTHER)
    assert str(shell.root) in shell.good("where")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
@pytest.mark.parametrize("given", [".", "journal.toml"])
def test_files_that_were_given_away(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.delenv("SUDO_UID", raising=False)
    os.chown(shell.root / given, OTHER, -1)
    assert f"belongs to another user ({OTHER})" in shell.refused(2, "where")
    monkeypatch.setenv("SUDO_UID", str(OTHER))
    assert str(shell.root) in shell.good("where")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_a_link_is_its_owners(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of settings may be a link: who made the link chose what it leads to."""
    monkeypatch.delenv("SUDO_UID", raising=False)
    real, link = tmp_path / "dotfiles.toml", shell.root / "journal.toml"
    link.rename(real)
    link.symlink_to(real)
    os.chown(real, OTHER, -1)
    assert str(shell.root) in shell.good("where")
    os.chown(real, 0, -1)
    os.lchown(link, OTHER, -1)
    assert "belongs to" in shell.refused(2, "where")
