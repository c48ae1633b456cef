"""The document of a period on the command line: its forms, its file, and what is refused."""

import json
import os
from pathlib import Path
from stat import S_IMODE
from urllib.parse import unquote

import pytest

from journal_tui.cli import output_file
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe


@pytest.fixture
def filled(rated: Shell) -> Shell:
    """Five workdays of this month."""
    rated.write(
        "# T\n\nThanked @colm for the list. #customer/lab\n\n- [-] Call dropped:2026-11-17 – too late\n\n"
        "## Learning points\n\n- Ask first #hiring\n- Sleep\n\nEnjoyment: 9 – good day out\n",
        "2026-11-16",
    )
    return rated


def test_markdown(filled: Shell) -> None:
    printed = filled.good("review", "2026-11", "--markdown")
    assert printed.startswith(
        "# Review: November 2026\n\n1 to 30 November 2026. From the journal “Work”"
    )
    assert "  - [2026-11-16](2026/2026-11-16.md) good day out (9/10)\n" in printed
    assert "```text\n" in printed
    assert "- @colm: 1 day. ([2026-11-16](2026/2026-11-16.md))\n" in printed
    assert "[2026-11-16](2026/2026-11-16.md) Call – too late (dropped 2026-11-17)\n" in printed
    assert "[2026-11-16](2026/2026-11-16.md) Thanked @colm for the list.\n" in printed
    assert printed == filled.good("review", "2026-11", "--format", "markdown")


def test_html_and_json(filled: Shell) -> None:
    assert filled.good("review", "--format", "html").startswith("<!DOCTYPE html>\n<html lang=")
    assert filled.good("review", "--format", "json") == filled.good("review", "--json")
    found = json.loads(filled.good("review", "--json"))
    assert found["thanks"] == [
        {
            "text": "Thanked @colm for the list.",
            "people": ["@colm"],
            "date": "2026-11-16",
            "path": "2026/2026-11-16.md",
        }
    ]
    assert found["customers"][0]["find"] == "date:2026-11 #customer/lab"


def test_what_moved_is_quoted_from_the_notes_of_closed_periods(filled: Shell) -> None:
    filled.good("review", "2026-W46", "--close", "--moved", "The *lab* answers.")
    filled.good("review", "2026-11", "--close", "--moved", "Calls are short.")
    filled.good("review", "2026-W44", "--close", "--moved", "Of October.")
    printed = filled.good("review", "2026-11", "--markdown")
    assert (
        "## What moved\n\n- 2 lines in 2 notes of weeks or longer periods.\n"
        "  - [2026-11](2026/2026-11.md) Calls are short.\n"
        "  - [2026-W46](2026/2026-W46.md) The \\*lab\\* answers.\n"
    ) in printed
    assert "October" not in printed
    assert json.loads(filled.good("review", "2026-11", "--json"))["moved"] == [
        {"text": "Calls are short.", "period": "2026-11", "path": "2026/2026-11.md"},
        {"text": "The *lab* answers.", "period": "2026-W46", "path": "2026/2026-W46.md"},
    ]
    assert "What moved" not in filled.good("review", "2026-11-10", "--markdown")


@pytest.mark.parametrize("name", ["november.html", "november.md", "november.JSON"])
def test_a_file_is_written_by_its_ending(filled: Shell, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / name
    assert filled.good("review", "2026-11", "-o", str(file)) == f"Written: {file}\n"
    text = file.read_text("utf-8")
    begin = {"l": "<!DOCTYPE html>", "d": "# Review: November", "N": "{"}[name[-1]]
    assert text.startswith(begin)
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(folder) == [name]


def test_links_are_relative_to_the_file(filled: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "some where" / "else"
    folder.mkdir(parents=True)
    for name in ("a.md", "a.html"):
        filled.good("review", "2026-11", "-o", str(folder / name))
        text = (folder / name).read_text("utf-8")
        link = f"../../{filled.root.name}/2026/2026-11-16.md"
        assert link in text
        assert (folder / unquote(link)).samefile(filled.path("2026-11-16"))


def test_a_name_without_a_known_ending(filled: Shell, tmp_path: Path) -> None:
    said = filled.refused(2, "review", "-o", str(tmp_path / "november"))
    assert "doesn't give the form" in said
    file = tmp_path / "november"
    filled.good("review", "-o", str(file), "--format", "html")
    assert file.read_text("utf-8").startswith("<!DOCTYPE")


def test_a_file_is_replaced_only_if_that_is_wanted(filled: Shell, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("mine", "utf-8")
    file.chmod(0o644)
    code, out, err = filled("review", "-o", str(file), stdin=b"")
    assert (code, out) == (2, "")
    assert err == f"journal: {file} already exists. To replace it, add --force.\n"
    assert file.read_text("utf-8") == "mine"
    filled.good("review", "-o", str(file), "--force")
    assert file.read_text("utf-8").startswith("# Review")
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert filled.refused(2, "review", "--force").startswith("--force is for a file")


@pytest.mark.parametrize(("answer", "is_done"), [("y", True), ("", False), (None, False)])
def test_a_terminal_asks(
    filled: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    is_done: bool,
) -> None:
    file = tmp_path / "a.md"
    file.write_text("mine", "utf-8")

    def ask(question: str) -> str:
        assert question == f"{file} already exists. Replace it? [y/N] "
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(output_file, "is_interactive", lambda: True)
    code, _, err = filled("review", "-o", str(file))
    assert (code, err) == ((0, "") if is_done else (1, "Nothing was written.\n"))
    assert (file.read_text("utf-8") == "mine") is not is_done


def test_what_can_not_be_written_is_refused(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name, part in (
        ("none/a.md", f"there is no folder {tmp_path / 'none'}. Make it first."),
        ("folder.md", "is a folder. Add the name of a file."),
        ("pipe.md", "isn't a plain file. Choose another name."),
        ("work/2026-11.md", "in the journal, 2026-11.md would be read as one of its own files."),
        ("work/2026/2026-11-16.md", "would be read as one of its own files."),
        ("work/05-03-2026.md", "would be read as one of its own files."),
    ):
        before = filled.written("2026-11-16")
        words = ("review", "2026-11", "-o", str(tmp_path / name), "--force")
        assert part in filled.refused(1, *words)
        assert filled.written("2026-11-16") == before
    toml = ("review", "-o", str(filled.root / "journal.toml"), "--format", "json", "--force")
    assert "own files" in filled.refused(1, *toml)


def test_a_link_leads_to_the_file_that_is_replaced(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.md").write_text("old", "utf-8")
    (tmp_path / "a.md").symlink_to("real/a.md")
    filled.good("review", "-o", str(tmp_path / "a.md"), "--force")
    assert (tmp_path / "a.md").is_symlink()
    text = (tmp_path / "real/a.md").read_text("utf-8")
    # The links start where the file is.
    assert f"(../{filled.root.name}/2026/2026-11-16.md)" in text


def test_a_failed_write_leaves_the_old_file(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("mine", "utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    said = filled.refused(1, "review", "-o", str(file), "--force")
    assert said == f"{file} couldn't be written: No space left on device. Choose another folder."
    assert file.read_text("utf-8") == "mine"
    assert [name for name in os.listdir(tmp_path) if name.endswith(".part")] == []


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.json"])
def test_nothing_written_makes_no_document(filled: Shell, tmp_path: Path, name: str) -> None:
    code, out, err = filled("review", "2031", "-o", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert err == (
        "There is nothing to look back on: 2031 hasn't begun. No document was written.\n"
    )
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("form", ["html", "markdown", "json"])
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.one_in(4)
def test_nothing_reaches_the_terminal_that_it_would_obey(
    shell: Shell, payload: str, form: str
) -> None:
    text = (
        f"# {payload}\n\nThanks {payload} @ann.\n\n- [-] {payload} – {payload}\n\n## Learning points\n\n"
        f"- {payload} #a\n\nEnjoyment: 9 – {payload}\n"
    )
    shell.write(text.encode("utf-8", "surrogateescape"))
    shell.write("Enjoyment: 3\n", "2026-11-19")
    assert is_safe(shell("review", "--format", form))


def test_a_week_note_keeps_a_point(filled: Shell) -> None:
    note = filled.root / "2026/2026-W47.md"
    link = "[2026-11-16](2026-11-16.md)"
    note.write_text(f"# Week 47\n\n## Kept points\n\n- {link} Ask first #hiring\n", "utf-8")
    found = json.loads(filled.good("review", "2026-11", "--json"))
    assert [point["text"] for point in found["kept"]] == ["Ask first #hiring"]
    printed = filled.good("review", "2026-11", "--markdown")
    assert "### Kept\n\n- 1 learning point quoted in notes" in printed
    assert "[2026-W47](2026/2026-W47.md) Week 47\n" in printed


def test_a_week_that_began_before_the_month_keeps_its_points(shell: Shell) -> None:
    shell.write("## Learning points\n\n- Rest\n", "2026-11-01")
    (shell.root / "2026/2026-W44.md").write_text("- 2026-11-01 Rest\n", "utf-8")
    found = json.loads(shell.good("review", "2026-11", "--json"))
    assert [point["text"] for point in found["kept"]] == ["Rest"]
