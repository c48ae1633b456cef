"""The commands `import` and `export`: plans, questions, options, and what is printed."""

import json
from pathlib import Path

import pytest

from journal_tui.cli.imports import counted_what
from tests.cli.command_shell import Shell
from tests.exchange.sources import PAGE, archive, day_one, day_one_json, post, wxr

BLOG = wxr(
    post(1, "2014-10-06", "Day 1", "Went out."), post(2, "2014-10-07", "Day 2", "Came back.")
)


@pytest.fixture
def blog(tmp_path: Path) -> str:
    """Return the path of a WordPress export."""
    (tmp_path / "blog.xml").write_bytes(BLOG)
    return str(tmp_path / "blog.xml")


def test_a_plan_is_shown_and_nothing_is_written(shell: Shell, blog: str) -> None:
    out = shell.good("import", blog, "--plan")
    assert "blog.xml: WordPress, 2014-10-06 to 2014-10-07" in out
    assert "2014-10-06  new     2014/2014-10-06.md  Day 1" in out
    assert "2 new entries." in out
    assert not (shell.root / "2014").exists()


def test_without_a_terminal_it_has_to_be_said_that_it_is_wanted(shell: Shell, blog: str) -> None:
    result = shell("import", blog, stdin=b"")
    assert result.code == 1
    assert "add --yes" in result.err
    assert not (shell.root / "2014").exists()


def test_an_import_is_done_once_and_can_be_undone(shell: Shell, blog: str) -> None:
    assert "Imported: 2 entries. To undo: journal import --undo" in shell.good(
        "import", blog, "--yes"
    )
    assert "2 are here already" in shell.good("import", blog, "--yes")
    assert "Went out." in shell.good("show", "2014-10-06")
    assert "Undone: 2 entries moved to the trash." in shell.good("import", "--undo", "--yes")
    assert shell("show", "2014-10-06").code == 1


def test_an_import_that_only_added_to_entries_leaves_them_and_that_before_it_can_be_undone(
    shell: Shell, blog: str, tmp_path: Path
) -> None:
    shell.good("import", blog, "--yes")
    (tmp_path / "t.csv").write_text("date,note\n2014-10-06,Added later.\n", "utf-8")
    shell.good("import", str(tmp_path / "t.csv"), "--same-day", "append", "--yes")
    result = shell("import", "--undo", stdin=b"")
    assert (result.code, result.out) == (1, "")
    assert "only added to entries" in result.err
    assert "Added later." in shell.good("show", "2014-10-06")
    assert "Undone: 1 entry moved" in shell.good("import", "--undo", "--yes")


def test_a_journal_is_made_for_an_import(shell: Shell, blog: str, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert "Made a journal" not in shell.good("import", blog, "--into", str(new), "--plan")
    assert not new.exists()
    assert f"Made a journal in {new}." in shell.good("import", blog, "--into", str(new), "--yes")
    assert "start = 2014-10-06" in (new / "journal.toml").read_text("utf-8")
    assert (new / "2014" / "2014-10-07.md").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    assert "journal new" in shell("import", blog, "--into", str(tmp_path / "full"), "--yes").err


def test_a_page_is_read_from_standard_input(shell: Shell) -> None:
    out = shell.good("import", "-", "--yes", stdin=PAGE.encode())
    assert "2 lines of share links, such as “Share this:”" in out
    data = json.loads(shell.good("show", "2014-10-06", "--json"))
    assert data["rating"] == {"value": 9.0, "remark": "good day out"}
    assert data["day"] == 168


def test_on_a_terminal_it_is_said_how_a_pasted_text_ends(shell: Shell) -> None:
    assert "press ctrl+d" in shell("import", "-").err
    assert "ctrl+d" not in shell("import", "-", stdin=b"").err


def test_a_plan_as_json_lists_everything(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(
        archive({"J.json": day_one_json(day_one(), day_one(uuid="B", creationDate=None))})
    )
    data = json.loads(shell.good("import", str(tmp_path / "d.zip"), "--json"))
    assert data["entries"] == [
        {
            "date": "2014-10-06",
            "path": "2014/2014-10-06.md",
            "action": "new",
            "title": "The depot",
            "files": 0,
        }
    ]
    assert data["unclear"] == [{"title": "The depot", "why": "it has no creation date"}]
    assert data["left_out"][0]["number"] == 2
    assert (data["present"], data["skipped"], data["remarks"]) == (0, [], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name what to import"),
        (("/nowhere.xml",), "no file or folder"),
        (("x.csv", "--columns", "date"), "--columns date=NAME"),
        (("x.csv", "--format", "word"), "isn't a format"),
        (("x.csv", "--undo"), "--undo can't be used"),
        (("x.csv", "--on", "never"), "isn't a date"),
    ],
)
def test_what_cannot_be_used_is_said(shell: Shell, words: tuple[str, ...], said: str) -> None:
    (shell.root / ".." / "x.csv").resolve().write_text("date,text\n2014-10-06,x\n")
    words = tuple("../x.csv" if word == "x.csv" else word for word in words)
    result = shell("import", *words)
    assert result.code == 2
    assert said in result.err


def test_a_sample_is_not_written_to(shell: Shell, blog: str) -> None:
    (shell.root / "journal.toml").write_text("sample = true\n")
    assert "sample to look around" in shell("import", blog, "--yes").err


def test_an_export_is_printed_or_written(shell: Shell, tmp_path: Path) -> None:
    shell.good("add", "Went out, with \x1b[31m red and =1.")
    shell.good("learn", "Ask first")
    assert "## Day 15" in shell.good("export", "markdown")
    data = json.loads(shell.good("export", "json"))
    assert "\x1b[31m red" in data["entries"][0]["text"]
    assert "\x1b" not in shell.good("export", "html")
    assert "learning,Ask first" in shell.good("export", "csv")
    file = tmp_path / "a.json"
    assert f"Written: {file}, with 1 entry." in shell.good("export", "json", "-o", str(file))
    assert "already exists" in shell("export", "json", "-o", str(file), stdin=b"").err
    shell.good("export", "json", "-o", str(file), "--force")
    shell.good("export", "markdown", "-o", str(tmp_path / "copy"))
    assert (tmp_path / "copy" / "2026" / "2026-11-20.md").exists()


def test_an_export_has_what_a_search_finds(shell: Shell) -> None:
    shell.good("add", "First", "--on", "2026-11-18")
    shell.good("add", "Second #depot", "--on", "2026-11-19")
    assert "First" not in shell.good("export", "jrnl", "#depot")
    result = shell("export", "jrnl", "#nowhere")
    assert result.code == 1
    assert "nothing was written" in result.err
    assert "-o FILE.zip" in shell("export", "dayone").err
    shell.good("export", "jrnl", "-o", "x.txt", "#depot")
    assert "add -o PATH" in shell("export", "json", "--force").err


def test_an_import_that_wrote_nothing_does_not_offer_to_undo_the_one_before(
    shell: Shell, tmp_path: Path
) -> None:
    text = json.dumps({"creationDate": "2014-10-06T12:00:00Z", "text": "x" * 9_000_000})
    file = tmp_path / "Journal.json"
    file.write_text(f'{{"entries": [{text}]}}', "utf-8")
    result = shell("import", str(file), "--yes")
    assert result.code == 1
    assert result.out.splitlines()[-3] == "Imported: 0 entries."


def test_what_is_left_out_is_counted_in_whole_sentences() -> None:
    assert counted_what(1, "file that isn't whole") == "1 file that isn't whole"
    assert counted_what(2, "file that isn't whole") == "2 files that aren't whole"
    assert counted_what(2, "post that was never saved") == "2 posts that were never saved"
    assert counted_what(2, "file with a date that is wrong") == "2 files with a date that is wrong"


def test_a_hyphen_stands_for_standard_output(shell: Shell, blog: str) -> None:
    shell.good("import", blog, "--yes")
    assert shell.good("export", "jrnl", "-o", "-") == shell.good("export", "jrnl")
    assert "FILE.zip" in shell("export", "dayone", "-o", "-").err


def test_a_printed_export_names_what_it_lacks(shell: Shell, tmp_path: Path) -> None:
    shell.good("add", "See ![](big.png)", "--on", "2026-11-18")
    folder = shell.root / "2026"
    for name, size in (("big.png", 33_000_000), ("2026-11-19.md", 9_000_000)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    printed = shell("export", "json")
    written = shell("export", "json", "-o", str(tmp_path / "a.json"))
    assert "with 1 entry." in written.out
    assert len(json.loads(printed.out)["entries"]) == 1
    for result in (printed, written):
        assert result.code == 1
        assert "2 files couldn't be read or exported:" in result.err
        assert "2026/2026-11-19.md" in result.err
