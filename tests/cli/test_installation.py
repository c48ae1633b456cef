"""What runs journal depends on how it was installed, and `journal new` says what is true."""

import os
import sys
from pathlib import Path

import pytest

from journal_tui import settings
from journal_tui.cli import installation
from journal_tui.cli.installation import Installation, call
from tests.cli.command_shell import Shell, process, shell_line

PIPX = "/home/jo/.local/share/pipx/venvs/journal-tui"
UV = "/home/jo/.local/share/uv/tools/journal-tui"
VENV = "/home/jo/src/journal/.venv"


def at(
    prefix: str, on_path: str = "", here: str = "/home/jo", script: str | None = None
) -> Installation:
    script = f"{prefix}/bin/journal" if script is None else script
    return Installation(prefix, f"{prefix}/bin/python", script, on_path, here)


@pytest.mark.parametrize(
    ("found", "words", "advice"),
    [
        (at(PIPX, f"{PIPX}/bin/journal"), "journal", ""),
        (at(PIPX), "journal", "If your shell doesn't find it, run: pipx ensurepath"),
        (at(UV, f"{UV}/bin/journal"), "journal", ""),
        (at(UV), "journal", "If your shell doesn't find it, run: uv tool update-shell"),
        (at(VENV, f"{VENV}/bin/journal"), "journal", ""),
        (at(VENV, here="/home/jo/src/journal"), ".venv/bin/journal",
         f"To type just journal, put {VENV}/bin on your PATH."),
        (at(VENV), "src/journal/.venv/bin/journal", f"To type just journal, put {VENV}/bin on your PATH."),
        (at(VENV, here="/tmp"), f"{VENV}/bin/journal", f"To type just journal, put {VENV}/bin on your PATH."),
        # Another journal on the PATH isn't this one.
        (at(VENV, "/usr/bin/journal", here=f"{VENV}/bin"), "./journal",
         f"To type just journal, put {VENV}/bin on your PATH."),
        (at("/home/jo/my env", here="/"), "'home/jo/my env/bin/journal'",
         "To type just journal, put '/home/jo/my env/bin' on your PATH."),
        (at(VENV, script=""), f"{VENV}/bin/python -m journal_tui", ""),
        (Installation("/usr", "/usr/bin/python3", "/usr/bin/journal", "/usr/bin/journal", "/", False), "journal", ""),
        (Installation("/usr", "/usr/bin/python3", "/usr/bin/journal", "", "/x", False), "/usr/bin/journal", ""),
    ],
)  # fmt: skip
def test_what_to_type(found: Installation, words: str, advice: str) -> None:
    assert call(found) == (words, advice)


def test_this_installation() -> None:
    found = installation.found()
    assert found.prefix == sys.prefix and found.executable == sys.executable
    assert not found.script or os.access(found.script, os.X_OK)


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a shell of Unix")
def test_the_command_that_new_prints_works(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    said = process("new", str(tmp_path / "my diary"), cwd=tmp_path, env=home).stdout.decode()
    (command,) = (
        line.partition("on, ")[2].partition(" opens")[0]
        for line in said.splitlines()
        if "From now on" in line
    )
    done = shell_line(f"{command} where", tmp_path, **home)
    assert str(tmp_path / "my diary").encode() in done.stdout, (said, done.stderr)


def test_new_from_an_environment(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(installation, "found", lambda: at(VENV, here="/home/jo/src/journal"))
    assert shell.good("new", "mine") == (
        f"Made a journal in {tmp_path}/mine.\n"
        "From now on, .venv/bin/journal opens it from any folder. For more: .venv/bin/journal --help\n"
        f"To type just journal, put {VENV}/bin on your PATH.\n"
    )


def test_in_the_folder_of_another_journal_it_says_what_is_opened_there(
    shell: Shell, tmp_path: Path
) -> None:
    assert shell.good("new", str(tmp_path / "mine")) == (
        f"Made a journal in {tmp_path}/mine.\n"
        f"Open it with: journal --journal {tmp_path}/mine\n"
        f"From another folder, journal alone opens it; here, it opens {shell.root}.\n"
    )


@pytest.mark.parametrize(
    ("answer", "is_default"), [("", False), ("n", False), ("y", True), (None, False)]
)
def test_on_a_terminal_a_second_journal_is_offered_as_the_default(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    is_default: bool,
) -> None:
    shell("new", str(tmp_path / "one"))
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", reply)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, _ = shell("new", str(tmp_path / "two"))
    assert code == 0
    assert asked == [f"Open it from any folder from now on, instead of {tmp_path / 'one'}? [y/N] "]
    default = settings.load(settings.places().config).journal
    assert default == str(tmp_path / ("two" if is_default else "one"))
    assert ("still opens" in " ".join(out.split())) is not is_default


def test_an_option_makes_it_the_default(shell: Shell, tmp_path: Path) -> None:
    shell.good("new", str(tmp_path / "one"))
    assert "still opens" not in shell.good("new", str(tmp_path / "two"), "--default")
    assert settings.load(settings.places().config).journal == str(tmp_path / "two")
