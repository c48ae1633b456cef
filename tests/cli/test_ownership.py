"""A journal of another user in the current folder is opened only if it is named."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from journal_tui import settings
from journal_tui.errors import ForeignJournal
from journal_tui.library import discovery
from tests.cli.command_shell import Shell

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")

# No user has this number, so the tests run as another user.
OTHER = 54_321


def given_away(monkeypatch: pytest.MonkeyPatch, given: Path | None, owner: int) -> None:
    """Have the system say that a file belongs to this user."""
    real = os.lstat

    def lstat(path: "os.PathLike[str] | str", **how: Any) -> os.stat_result:
        status = real(path, **how)
        if given is None or os.fspath(path) != os.fspath(given):
            return status
        return os.stat_result((*status[:4], owner, *status[5:10]))

    monkeypatch.setattr(os, "lstat", lstat)


@pytest.fixture
def foreign(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a journal in the current folder that belongs to another user."""
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: OTHER)
    return shell.root


@pytest.mark.parametrize(
    "words", [[], ["where"], ["show"], ["add", "x"], ["find", "x"], ["check"], ["rate", "5"]]
)
def test_a_foreign_journal_is_not_opened(shell: Shell, foreign: Path, words: list[str]) -> None:
    (foreign / "journal.toml").write_text("this is not TOML")
    said = shell.refused(2, *words, stdin=b"")
    assert said.startswith(f"The journal in {foreign} belongs to ")
    assert f"journal --journal {foreign}" in said and "settings.toml" in said
    assert "TOML:" not in said
    assert sorted(os.listdir(foreign)) == ["journal.toml"]


@pytest.mark.parametrize("below", ["a/b", "entries"])
def test_a_foreign_journal_is_not_opened_from_a_folder_below_or_above(
    shell: Shell, foreign: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    if below == "entries":
        (foreign / "entries").mkdir()
        (foreign / "journal.toml").rename(foreign / "entries" / "journal.toml")
    else:
        (foreign / below).mkdir(parents=True)
        monkeypatch.chdir(foreign / below)
    assert "belongs to" in shell.refused(2, "where")


def test_a_foreign_journal_is_opened_if_it_is_named(
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


def test_another_default_journal_is_not_opened_instead(
    shell: Shell, foreign: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "journal.toml").touch()
    settings.remember(settings.places().config, "journal", str(tmp_path / "mine"))
    assert f"The journal in {foreign} belongs to" in shell.refused(2, "add", "x")


def test_the_app_does_not_show_the_welcome_for_a_foreign_journal(
    shell: Shell, foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "belongs to" in shell.refused(2)


def test_a_persons_own_journal_is_opened(shell: Shell) -> None:
    assert str(shell.root) in shell.good("where")


@pytest.mark.parametrize("foreign_part", ["folder", "file", "nothing"])
def test_both_the_folder_and_its_file_count(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, foreign_part: str
) -> None:
    file = shell.root / "journal.toml"
    given_away(monkeypatch, {"folder": shell.root, "file": file}.get(foreign_part), OTHER)
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
def test_which_owners_are_trusted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    user: int,
    sudo: str | None,
    owner: int,
    is_own: bool,
) -> None:
    (tmp_path / "journal.toml").touch()
    given_away(monkeypatch, tmp_path, owner)
    given_away(monkeypatch, tmp_path / "journal.toml", owner)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.delenv("SUDO_UID", raising=False)
    if sudo is not None:
        monkeypatch.setenv("SUDO_UID", sudo)
    if is_own:
        assert discovery.find_root(None, tmp_path, None, "") == tmp_path
    else:
        with pytest.raises(ForeignJournal):
            discovery.find_root(None, tmp_path, None, "")


def test_without_file_owners_every_journal_is_opened(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    given_away(monkeypatch, shell.root, OTHER)
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
