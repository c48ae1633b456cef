"""Folders as people have them: every dated file is read and written to, or reported."""

import os
import time
from pathlib import Path

import pytest

from tests.cli.command_shell import Shell
from tests.extent import Sample

DAY = "2024-01-09"
TEXT = "# Ninth\n\nWords about pelicans.\n"


def put(shell: Shell, *paths: str, text: str = TEXT) -> None:
    for path in paths:
        file = shell.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def files(root: Path) -> dict[str, bytes]:
    """Return the files below a folder with their bytes, without links and files of other kinds."""
    found = [path for path in root.rglob("*") if path.is_file() and path.name != "journal.toml"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def paths(shell: Shell, query: str) -> list[str]:
    """Return the paths of the entries that a search finds, in the journal."""
    found = shell.good("find", query, "--paths").splitlines()
    return [Path(line).relative_to(shell.root).as_posix() for line in found]


FORMS = [
    "2024-01-09-Tuesday.md",
    "2024-01-09 Dienstag.md",
    "2024-01-09 A title.md",
    "2024_01_09.md",
    "journals/2024_01_09.md",
    "2024.01.09.txt",
    "20240109.md",
    "2024-01-09.MD",
    "2024-01-09.markdown",
    "2024/01/09.md",
    "notes/2024/2024-01/09.mkd",
    "2024年1月9日.md",
    "2024-01-09_“quoted” 🎉.md",
    "deep/er/2024-01-09.md",
    "2024-W02-2.md",
    "9 January 2024.md",
    "Tuesday, January 9, 2024.md",
    "Dienstag, 9. Januar 2024.txt",
    "Jan 9th, 2024 Site visit.md",
    "2024/January/09.md",
    "2024/01-09.md",
    "2024-01/jan-9.md",
    "January 2024/09.md",
]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.one_in(3)
def test_a_day_that_has_a_file_is_written_to_that_file(shell: Shell, path: str) -> None:
    put(shell, path)
    for command in (
        ["learn", "Look twice", "--on", DAY],
        ["rate", "8", "--on", DAY],
        ["add", "More words.", "--on", DAY],
        ["todo", "Call @ann", "--on", DAY],
    ):
        assert shell(*command).code == 0
        assert list(files(shell.root)) == [path]
    text = (shell.root / path).read_text("utf-8")
    assert all(part in text for part in (TEXT.strip(), "Look twice", "8/10", "More words.", "@ann"))
    assert "8/10" in shell.good("show", DAY)
    assert paths(shell, "pelicans") == [path]
    assert shell.good("check").startswith("1 entry read, no problems found.")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.one_in(3)
def test_history_and_trash_follow_the_name(shell: Shell, path: str) -> None:
    put(shell, path)
    shell.good("rate", "8", "--on", DAY)
    assert len(shell.good("history", DAY).splitlines()) == 2
    shell.good("restore", DAY, "2")
    assert (shell.root / path).read_text("utf-8") == TEXT
    shell.good("delete", DAY)
    assert files(shell.root) == {}
    assert len(shell.good("history", DAY).splitlines()) >= 2
    shell.good("trash", "--restore", "1")
    assert files(shell.root) == {path: TEXT.encode()}


def test_the_rating_of_a_day_named_with_its_weekday_is_one(shell: Shell) -> None:
    put(shell, "2024-01-09-Tuesday.md")
    shell.good("rate", "8", "--on", DAY)
    assert shell.good("find", "has:rating").count(DAY) == 1


def test_a_title_makes_a_note_only_where_the_pattern_says_so(shell: Shell) -> None:
    put(shell, "2024-01-09-service-review.md")
    shell.good("rate", "8", "--on", DAY)
    assert set(files(shell.root)) == {"2024-01-09-service-review.md", "2024-01-09.md"}
    assert paths(shell, "kind:service-review") == ["2024-01-09-service-review.md"]


def test_a_title_is_the_days_own_where_the_pattern_has_one(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text('file = "_posts/{yyyy}-{mm}-{dd}-{title}.md"\n', "utf-8")
    put(shell, "_posts/2024-01-09-a-post.md")
    shell.good("rate", "8", "--on", DAY)
    assert set(files(shell.root)) == {"_posts/2024-01-09-a-post.md"}
    shell.good("rate", "7", "--on", "2024-01-10")
    assert set(files(shell.root)) == {"_posts/2024-01-09-a-post.md", "_posts/2024-01-10.md"}


def test_a_note_is_found_by_its_title_whatever_its_name(shell: Shell) -> None:
    put(shell, "2024-01-09.md", "2024_01_09 Service review.md")
    shell.good("delete", DAY, "--note", "Service review")
    assert set(files(shell.root)) == {"2024-01-09.md"}


def test_new_entries_are_named_by_the_pattern(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text('file = "journals/{yyyy}_{mm}_{dd}.md"\n', "utf-8")
    put(shell, "2024-01-09.md", "journals/2024_01_10.md")
    for day in (DAY, "2024-01-10", "2024-01-11"):
        shell.good("rate", "8", "--on", day)
    assert set(files(shell.root)) == {
        "2024-01-09.md",
        "journals/2024_01_10.md",
        "journals/2024_01_11.md",
    }


def test_a_pattern_that_cannot_be_used_is_refused(shell: Shell) -> None:
    toml = shell.root / "journal.toml"
    toml.write_text('file = "../{yyyy}-{mm}-{dd}.md"\n', "utf-8")
    said = shell.refused(1, "check")
    assert "`file` should be a pattern such as" in said
    toml.write_text("file = 3\n", "utf-8")
    assert "`file` should be a pattern such as" in shell.refused(1, "check")


def test_of_many_days_with_several_files_some_are_named_and_all_are_counted(shell: Shell) -> None:
    for day in range(1, 29):
        put(shell, f"en/2024-02-{day:02d} News.md")
        put(shell, f"de/2024-02-{day:02d} Neues.md")
    lines = shell("check").out.splitlines()
    named = [line for line in lines if "more than one file for this day's entry: " in line]
    assert len(named) == 20
    after = lines.index(named[-1]) + 1
    assert lines[after] == "8 other dates with more than one file; journal check --all names them"
    assert lines[after + 1].startswith("28 dates with more than one file: all of them are read")
    assert "28 problems found." in lines[after + 2]
    every = shell("check", "--all").out
    assert every.count("more than one file for this day's entry: ") == 28
    assert "other date" not in every


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-01-09.md", "2024-01-09.MD"),
        ("2024-01-09.md", "2024-01-09-Tuesday.md"),
        ("2024-01-09.md", "2024_01_09.md"),
        ("2024/2024-01-09.md", "deep/2024-01-09.txt"),
        ("2024-01-09 One title.md", "2024-01-09 Two titles.md"),
    ],
)
def test_two_files_of_a_day_are_both_found_and_reported(shell: Shell, one: str, other: str) -> None:
    put(shell, one, text="# One\n\nherons\n")
    put(shell, other, text="# Other\n\nherons\n")
    if len(files(shell.root)) == 1:
        pytest.skip("this file system has no case")
    assert set(paths(shell, "herons")) == {one, other}
    shown = shell.good("show", DAY)
    assert "One" in shown and "Other" in shown
    assert f"{DAY}: more than one file for this day's entry: " in shell("check").out
    shell.good("rate", "8", "--on", DAY)
    rated = [path for path, data in files(shell.root).items() if b"8/10" in data]
    assert rated == [one]


def test_a_title_beside_the_day_is_not_a_second_day(shell: Shell) -> None:
    put(shell, "2024-01-09.md", "2024-01-09 Visit.md", "2024-01-09-note.md")
    assert shell.good("check").startswith("3 entries read, no problems found.")


def test_dates_with_the_year_last_are_read_where_the_folder_settles_the_order(shell: Shell) -> None:
    put(shell, "25-03-2024.md", "05-03-2024.md", "05-03-2024-note.md")
    assert shell.good("check").startswith("3 entries read, no problems found.")
    assert "2024-03-05" in shell.good("find", "pelicans")
    shell.good("rate", "8", "--on", "2024-03-05")
    assert "8/10" in (shell.root / "05-03-2024.md").read_text("utf-8")
    assert len(files(shell.root)) == 3


def test_otherwise_they_are_reported_with_what_they_could_mean(shell: Shell) -> None:
    put(shell, "05-03-2024.md")
    code, out, _ = shell("check")
    assert code == 1
    assert "05-03-2024.md: could mean 2024-03-05 or 2024-05-03, so it was not read" in out
    # One file for each order: now the folder contradicts itself.
    put(shell, "25-03-2024.md", "03-25-2023.md")
    code, out, _ = shell("check")
    assert code == 1
    assert "05-03-2024.md: could mean 2024-03-05 or 2024-05-03" in out
    assert "2 entries read" in out


def test_an_order_that_changes_moves_the_entry_to_its_other_day(shell: Shell) -> None:
    put(shell, "05-03-2024.md", "25-03-2024.md")
    assert "2024-03-05" in shell.good("find", "pelicans")
    (shell.root / "25-03-2024.md").rename(shell.root / "03-25-2024.md")
    found = shell.good("find", "pelicans")
    assert "2024-05-03" in found and "2024-03-05" not in found
    (shell.root / "03-25-2024.md").unlink()
    assert shell("find", "pelicans").code == 1
    (shell.root / "journal.toml").write_text('file = "{dd}-{mm}-{yyyy}.md"\n', "utf-8")
    assert "2024-03-05" in shell.good("find", "pelicans")


def test_check_counts_what_is_left_out_and_why(shell: Shell, tmp_path: Path) -> None:
    put(shell, "2024-01-09.md", ".obsidian/2024-01-01.md", "logseq/bak/2024_01_05/2024_01_05.md")
    put(
        shell,
        "README.md",
        "picture.png",
        "other.md",
        "2024 goals.md",
        "2024-01 31.md",
        "2024-01-09.org",
    )
    put(shell, "Meeting 2024-01-09.md", "24-01-09.md", "Visit 9 Jan 2024.md", "2024-01-08/notes.md")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "2024-01-07.md").write_text(TEXT)
    (shell.root / "linked").symlink_to(tmp_path / "elsewhere")
    (shell.root / "loop").symlink_to(shell.root)
    lines = shell.good("check").splitlines()
    assert lines[:2] == ["1 entry read, no problems found.", "Left out:"]
    assert lines[2:] == [
        "  1 file with a year of two digits, where four are needed:",
        "    24-01-09.md: to have it read as 2024-01-09 or 2009-01-24, begin its name with the date that is meant",
        "  1 file with a date that is not at the beginning of the name:",
        "    Meeting 2024-01-09.md: to have it read as 2024-01-09, begin its name with that date",
        "  1 file with a date in words that is not at the beginning of the name:",
        "    Visit 9 Jan 2024.md: to have it read as 2024-01-09, begin its name with that date",
        "  2 files with a year, a month or a week in the name, but not as the date of an entry:",
        "    2024 goals.md",
        "    2024-01 31.md",
        "  1 dated file in another format than Markdown or plain text:",
        "    2024-01-09.org: to have it read as 2024-01-09, save it as Markdown or plain text",
        "  1 file without a date, in a folder named by a date:",
        "    2024-01-08/notes.md: to have it read as 2024-01-08, begin its name with that date",
        f"  2 files without a date in the name, such as {_first(lines, 'a date in the name')}",
        "  1 file of another kind, without a date at the beginning of the name: picture.png",
        f"  2 linked folders, such as {_first(lines, 'linked')}",
        f"  2 folders hidden or of another program, such as {_first(lines, 'hidden')}",
    ]


def test_check_names_a_hundred_of_many_files_unless_all_are_asked_for(shell: Shell) -> None:
    put(shell, "2024-01-09.md", *(f"Visit {number:03} 2024-01-09.md" for number in range(1_101)))
    lines = shell.good("check").splitlines()
    named = [line for line in lines if line.startswith("    Visit")]
    assert (len(named), named[0].partition(":")[0]) == (100, "    Visit 000 2024-01-09.md")
    assert lines[-1] == "    and 1,001 more; journal check --all names them"
    lines = shell.good("check", "--all").splitlines()
    assert len([line for line in lines if line.startswith("    Visit")]) == 1_101
    assert "more" not in lines[-1]


def _first(lines: list[str], words: str) -> str:
    """Return the example of a line: which one comes first depends on the file system."""
    return next(line for line in lines if words in line).rpartition("such as ")[2]


def test_numbers_in_the_folder_of_a_year_are_months_unless_there_are_more(shell: Shell) -> None:
    put(shell, *(f"2023/{month:02}.md" for month in range(1, 13)), "2024/01.md", "2024/13.md")
    put(shell, "2022/01 January.md", "2022/02 January.md", "2021/01 January.md", "2021/02.md")
    lines = shell.good("check").splitlines()
    assert lines[0] == "15 entries read, no problems found."
    assert "    2024/01.md: to have it read as 2024-01, begin its name with that date" in lines
    assert (
        "    2022/01 January.md: to have it read as 2022-01 or 2022-01-01, "
        "begin its name with the date that is meant"
    ) in lines
    assert paths(shell, "date:2022") == ["2022/02 January.md"]
    assert paths(shell, "kind:month date:2021") == ["2021/02.md", "2021/01 January.md"]


def test_a_month_and_a_day_in_a_year_are_read_unless_another_name_has_the_day_first(
    shell: Shell,
) -> None:
    put(shell, "2023/05-06.md", "2023/12-25.md", "2024/05-06.md", "2024/25-12.md")
    lines = shell.good("check").splitlines()
    assert lines[0] == "2 entries read, no problems found."
    assert (
        "    2024/05-06.md: to have it read as 2024-05-06 or 2024-06-05, "
        "begin its name with the date that is meant"
    ) in lines
    assert (
        "    2024/25-12.md: to have it read as 2024-12-25, begin its name with that date" in lines
    )
    assert paths(shell, "date:2023") == ["2023/12-25.md", "2023/05-06.md"]


def test_new_days_are_named_as_the_others_in_the_folder_of_the_year(shell: Shell) -> None:
    (shell.root / "journal.toml").unlink()
    put(shell, *(f"2023/05-{day:02}.md" for day in range(1, 21)))
    shell.good("add", "New", "--on", "2023-05-25", "--journal", str(shell.root))
    assert "2023/05-25.md" in files(shell.root)
    out = shell("check", "--journal", str(shell.root)).out
    assert "21 entries read" in out


def test_no_entry_among_files_is_a_problem(shell: Shell) -> None:
    assert shell.good("check") == "0 entries read, no problems found.\n"
    put(shell, ".git/config")
    assert shell.good("check").startswith("0 entries read, no problems found.\n")
    put(shell, "README.md")
    code, out, _ = shell("check")
    assert code == 1
    assert "no file here is an entry; an entry's name begins with its date" in out
    assert (
        "0 entries read, 1 problem found.\nLeft out:\n  1 file without a date in the name: README.md"
        in out
    )


def test_many_files_that_are_not_entries(shell: Shell, sample: Sample) -> None:
    count = sample(4_000, 200_000)
    for number in range(count):
        (shell.root / f"picture of thing {number}.{('md', 'jpg')[number % 2]}").touch()
    put(shell, "2024-01-09.md")
    started = time.process_time()
    lines = shell.good("check").splitlines()
    assert time.process_time() - started < sample(2, 20)
    assert lines[0] == "1 entry read, no problems found."
    assert [line.split()[0] for line in lines[2:]] == [f"{count // 2:,}"] * 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2024-02-30.md", "its name has no valid date"),
        ("2024_13_01.txt", "its name has no valid date"),
        ("20240231.md", "its name has no valid date"),
        ("31.02.2024.md", "its name has no valid date"),
        ("2024-01-09\n.md", "its name contains a control character; rename it"),
        ("2024_01_09\x1b[2J.md", "its name contains a control character; rename it"),
    ],
)
def test_a_name_that_cannot_be_read_is_reported_in_a_line(
    shell: Shell, name: str, said: str
) -> None:
    put(shell, name)
    code, out, _ = shell("check")
    assert code == 1
    assert "\x1b" not in out
    assert sum(said in line for line in out.splitlines()) == 1
    assert set(files(shell.root)) == {name}


@pytest.mark.parametrize("name", ["2024-01-09.md", "2024_01_09.txt", "2024-01-09-Tuesday.MD"])
def test_what_only_has_the_name_of_an_entry(shell: Shell, name: str) -> None:
    place = shell.root / name
    place.mkdir()
    out = shell("check").out
    assert f"{name}: is a folder, not an entry" in out
    place.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(place)
        assert f"{name}: is not a plain file and was not opened" in shell("check").out
        place.unlink()
    with place.open("wb") as file:
        file.truncate(1_000_000_000)
    started = time.process_time()
    out = shell("check").out
    assert time.process_time() - started < 5
    assert f"{name}: is 1000 MB, too large for an entry" in out
    assert shell("rate", "8", "--on", DAY).code == 1
    assert place.stat().st_size == 1_000_000_000
    assert len(list(shell.root.iterdir())) == 2


def test_conflict_copies_of_other_names(shell: Shell) -> None:
    put(shell, "2024_01_09.md", "2024/01/10.md")
    put(shell, "2024_01_09.sync-conflict-20240110-120000-ABCDEFG.md", text="other\n")
    put(
        shell,
        "2024/01/10 (Ann's conflicted copy 2024-01-11).md",
        "2024/01/10 (1).md",
        text="more\n",
    )
    out = shell("check").out
    assert out.count("is a conflict copy of") == 3
    assert "2 entries read, 3 problems found." in out
    assert shell("conflicts").out.count("2024") >= 3
