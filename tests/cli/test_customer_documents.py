"""`journal customers --sheet`, `--register` and `--read-register`: what is made, written and read back."""

import os
from pathlib import Path

import pytest

from journal_tui.cli import output
from tests.cli.command_shell import Shell

VISIT = """\
# Service review

@helen in the rain. #customer/lab

## Frustrations with applications and services

- Slow, says @helen #network
  - [ ] A cable @tomas due:2026-12-01
- Loud
  - [x] A door done:2026-11-12

## Learning points

- A secret
"""
NAME = "2026-11-10-service-review-lab.md"


@pytest.fixture
def visited(shell: Shell) -> Shell:
    toml = shell.root / "journal.toml"
    toml.write_text(toml.read_text("utf-8") + '[customers.lab]\nname = "The Lab"\n', "utf-8")
    shell.write(VISIT, NAME.removesuffix(".md"))
    return shell


def entry(shell: Shell) -> Path:
    return shell.root / "2026" / NAME


def test_a_sheet_of_a_customer(visited: Shell) -> None:
    said = visited.good("customers", "the", "lab", "--sheet")
    assert said.startswith("# You said, we did – The Lab\n\nLast visit: 10 November 2026.")
    assert "- “Slow, says Person 1” (10 November 2026)\n" in said
    assert "  - A cable (Person 2, due 1 December 2026)\n" in said
    assert "secret" not in said and "rain" not in said
    named = visited.good("customers", "LAB", "--sheet", "--names", "--markdown")
    assert "“Slow, says Helen”" in named and "(Tomas, due" in named


def test_a_sheet_of_a_theme_and_of_a_period(visited: Shell) -> None:
    said = visited.good("customers", "--sheet", "--theme", "#network")
    assert said.startswith("# They said, we did – #network\n") and "The Lab, 10 November" in said
    assert "Loud" not in said
    said = visited.good("customers", "lab", "--sheet", "--period", "2026-11")
    assert "told from 1 November 2026 to 30 November 2026." in said
    code, _, err = visited("customers", "lab", "--sheet", "--period", "2025")
    assert (code, err) == (1, "Nothing was said or promised, so there is no sheet.\n")


def test_a_sheet_is_written_to_a_file(visited: Shell, tmp_path: Path) -> None:
    file = tmp_path / "lab.html"
    assert visited.good("customers", "lab", "--sheet", "-o", str(file)) == f"Written: {file}\n"
    page = file.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") and "Person 1" in page and "elen" not in page
    assert visited.good("customers", "lab", "--sheet", "--format", "html") == page
    assert "already exists. To replace it, add --force." in visited.refused(
        2, "customers", "lab", "--sheet", "-o", str(file)
    )
    visited.good("customers", "lab", "--sheet", "-o", str(file), "--force", "--markdown")
    assert file.read_text("utf-8").startswith("# You said")


def test_the_register_out_and_in_again_changes_nothing(visited: Shell, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    visited.good("customers", "--register", "-o", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfnumber,date raised,size,timescale,")
    before = entry(visited).stat().st_mtime_ns
    assert visited.good("customers", "--read-register", str(file)) == "0 promises would change.\n"
    assert entry(visited).stat().st_mtime_ns == before
    assert visited.good("customers", "--register").startswith("number,date raised,")
    assert "| 20261110-" in visited.good("customers", "--register", "--markdown")


def test_an_edited_register_changes_the_entries_after_its_plan(
    visited: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    text = visited.good("customers", "--register", "--period", "2026")
    file.write_text(text.replace("2026-12-01,open", "2027-01-15,open"), "utf-8")
    plan = (
        "20261110-gzhy  A cable @tomas\n    due 2026-12-01 → 2027-01-15\n1 promise would change.\n"
    )  # fmt: skip
    assert visited.good("customers", "--read-register", str(file), "--plan") == plan
    code, out, err = visited("customers", "--read-register", str(file))
    assert (code, out) == (1, plan) and err.endswith("add --yes.\nNothing was changed.\n")
    assert entry(visited).read_text("utf-8") == VISIT
    done = visited.good("customers", "--read-register", str(file), "--yes")
    assert done == f"{plan}1 promise changed.\n"
    assert entry(visited).read_text("utf-8") == VISIT.replace("2026-12-01", "2027-01-15")
    # What was changed is what the register had, so reading it again changes nothing.
    again = visited.good("customers", "--read-register", str(file), "--yes")
    assert again == "0 promises would change.\n"


@pytest.mark.parametrize(("answer", "is_done"), [("y", True), ("", False), (None, False)])
def test_a_terminal_asks(
    visited: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    is_done: bool,
) -> None:
    file = tmp_path / "register.csv"
    file.write_text(visited.good("customers", "--register").replace("2026-12-01", "2026-12-02"))

    def ask(question: str) -> str:
        assert question == "Change the entries? [y/N] "
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(output, "is_interactive", lambda: True)
    code, _, err = visited("customers", "--read-register", str(file))
    assert (code, err) == ((0, "") if is_done else (1, "Nothing was changed.\n"))
    assert (entry(visited).read_text("utf-8") != VISIT) is is_done


def test_the_cells_that_cannot_be_read_are_named_and_nothing_changes(
    visited: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    text = visited.good("customers", "--register")
    text = text.replace("2026-12-01,open", "soon,open").replace(",done,", ",perhaps,")
    file.write_text(text, "utf-8")
    code, out, err = visited("customers", "--read-register", str(file), "--yes")
    assert code == 1 and out.splitlines() == [
        "   K2  required by “soon” isn’t a date; write it like 2026-10-01",
        "   L3  state “perhaps” isn’t open, waiting, done or dropped",
    ]
    assert err == "Nothing was changed. Correct these cells, and read the register again.\n"
    assert entry(visited).read_text("utf-8") == VISIT


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (2, ("--sheet",), "A sheet is about one customer or one theme: give NAME or --theme TAG."),
        (2, ("lab", "--sheet", "--theme", "a"), "A sheet is about one customer or one theme"),
        (1, ("x", "--sheet"), "There is no customer “x”. Customers are: lab."),
        (2, ("lab", "--names"), "--names is for a sheet: add --sheet."),
        (2, ("lab", "--theme", "a"), "--theme is for a sheet: add --sheet."),
        (2, ("--plan",), "--plan is for --read-register FILE."),
        (2, ("--register", "--yes"), "--yes is for --read-register FILE."),
        (2, ("lab", "-o", "x.csv"), "-o FILE is for --sheet and --register."),
        (2, ("--register", "--force"), "--force is for a file to replace"),
        (2, ("--register", "--sheet"), "not allowed with"),
        (2, ("lab", "--register"), "leave out the name"),
        (2, ("--format", "html"), "--format html is for a sheet"),
        (2, ("lab", "--sheet", "--csv"), "The format can be markdown or html here, not csv."),
        (2, ("--register", "--json"), "The format can be csv or markdown here, not json."),
        (2, ("--register", "-o", "x.html"), "End it with .csv or .md, or add --format."),
        (2, ("--read-register", "none.csv"), "There is no file"),
        (2, ("--read-register", "x", "--period", "2026"), "can only be used with --plan or --yes"),
        (2, ("lab", "--sheet", "--period", "nonsense"), "nonsense"),
    ],
)  # fmt: skip
def test_what_is_refused(visited: Shell, code: int, words: tuple[str, ...], said: str) -> None:
    assert said in visited.refused(code, "customers", *words)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read any file")
def test_a_register_that_may_not_be_read(visited: Shell, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.touch(mode=0o000)
    assert "can't be read" in visited.refused(2, "customers", "--read-register", str(file))


def test_a_file_that_is_no_register(visited: Shell, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"a,b\n")
    assert "This isn’t a register" in visited.refused(2, "customers", "--read-register", str(file))


def test_nothing_was_promised(shell: Shell) -> None:
    code, _, err = shell("customers", "--register")
    assert (code, err) == (1, "Nothing was promised to a customer, so there is no register.\n")
    assert "There is no customer “lab”." in shell("customers", "lab", "--sheet").err


def test_nothing_is_written_to_a_sample(visited: Shell, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(visited.good("customers", "--register").replace("2026-12-01", "2026-12-02"))
    toml = visited.root / "journal.toml"
    toml.write_text("sample = true\n" + toml.read_text("utf-8"), "utf-8")
    assert "This is a sample" in visited.refused(
        1, "customers", "--read-register", str(file), "--yes"
    )
    assert "1 promise would change." in visited.good(
        "customers", "--read-register", str(file), "--plan"
    )


def test_what_is_no_register_file_is_one_sentence(visited: Shell, tmp_path: Path) -> None:
    for name, sentence in (
        ("none.csv", f"There is no file {tmp_path / 'none.csv'}.\n"),
        ("folder.csv", f"{tmp_path / 'folder.csv'} can't be read: it is not a plain file.\n"),
        ("huge.csv", f"{tmp_path / 'huge.csv'} is too large to be a register (over 16 MB).\n"),
    ):
        (tmp_path / "folder.csv").mkdir(exist_ok=True)
        with (tmp_path / "huge.csv").open("wb") as huge:
            huge.truncate(17 * 1024 * 1024)
        said = visited.refused(2, "customers", "--read-register", str(tmp_path / name))
        assert said == sentence.rstrip("\n")
