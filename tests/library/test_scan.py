"""The walk over a journal's folder: any depth, nothing that hangs, a sentence for each problem."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.library import scan as scanning
from journal_tui.library.naming import parse
from journal_tui.library.scan import LeftOutFiles, Scan, scan
from tests.effort import within_a_minute
from tests.extent import Sample, examples


def paths(found: Scan) -> set[str]:
    return {line.partition("\t")[0] for lines in found.years.values() for line in lines}


def put(root: Path, path: str, text: str = "x") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_entries_at_any_depth(root: Path) -> None:
    wanted = {"2014-10-06.md", "2014/2014-10-07.md", "a/b/c/d/2015-01-01 Thursday.md"}
    for path in wanted:
        put(root, path)
    put(root, "2014/README.md")
    put(root, "2014/2014-10-07.png")
    put(root, "journal.toml")
    found = scan(str(root))
    assert paths(found) == wanted
    assert found.years.keys() == {"2014", "2015"}
    assert found.faults == []


def test_a_stamp_holds_path_time_and_size(root: Path) -> None:
    file = put(root, "2014/2014-10-06.md", "four")
    os.utime(file, ns=(5, 1_412_553_600_123_456_789))
    assert scan(str(root)).years == {"2014": ["2014/2014-10-06.md\t1412553600123456789\t4"]}


def test_a_folder_of_several_years(root: Path) -> None:
    put(root, "2014-12-31.md")
    put(root, "2015-01-01.md")
    assert {year: len(lines) for year, lines in scan(str(root)).years.items()} == {
        "2014": 1,
        "2015": 1,
    }


def test_hidden_folders_and_files_are_left_out(root: Path) -> None:
    put(root, ".git/2014-10-06.md")
    put(root, ".obsidian/x/2014-10-06.md")
    put(root, ".trash/2014-02-30.md")
    put(root, ".2014-10-06.md.abcd.tmp")
    put(root, ".2014-10-06.md")
    found = scan(str(root))
    assert (found.years, found.faults) == ({}, [])
    assert found.left_out["hidden"] == LeftOutFiles(1, [".2014-10-06.md"])
    assert found.left_out["tools"].number == 3
    assert found.left_out.keys() == {"hidden", "tools"}
    assert not found.has_other_files()


def test_a_linked_folder_and_a_loop_are_not_walked(root: Path, tmp_path: Path) -> None:
    put(root, "2014/2014-10-06.md")
    put(tmp_path / "other", "2014-10-07.md")
    (root / "linked").symlink_to(tmp_path / "other")
    (root / "2014" / "loop").symlink_to(root)
    (root / "self").symlink_to(root / "self")
    found = scan(str(root))
    assert paths(found) == {"2014/2014-10-06.md"}
    assert found.faults == []


def test_a_linked_file_is_an_entry(root: Path, tmp_path: Path) -> None:
    real = put(tmp_path, "elsewhere.md", "words")
    (root / "2014-10-06.md").symlink_to(real)
    assert scan(str(root)).years["2014"][0].endswith("\t5")


@pytest.mark.parametrize("alone", [True, False])
def test_a_file_named_like_an_entry_that_is_not_one_is_reported(root: Path, alone: bool) -> None:
    """In a folder of its own the quick way looks first, beside other files the careful one."""
    if not alone:
        put(root, "2014/README.md")
    put(root, "2014/2014-10-01.md")
    os.mkfifo(root / "2014" / "2014-10-02.md")
    (root / "2014" / "2014-10-03.md").symlink_to(root / "gone")
    (root / "2014" / "2014-10-04.md").symlink_to("2014-10-04.md")
    (root / "2014" / "2014-10-05.md").mkdir()
    put(root, "2014/2014-10-05.md/2014-10-09.md")
    (root / "2014" / "2014-10-06.md").symlink_to(root)
    found = scan(str(root))
    assert paths(found) == {"2014/2014-10-01.md", "2014/2014-10-05.md/2014-10-09.md"}
    faults = dict(found.faults)
    assert faults["2014/2014-10-02.md"] == "is not a plain file and was not opened"
    assert faults["2014/2014-10-03.md"] == "is a link to a file that does not exist"
    assert faults["2014/2014-10-04.md"].startswith("cannot be read: Too many levels")
    assert faults["2014/2014-10-05.md"].startswith("is a folder, not an entry")
    assert faults["2014/2014-10-06.md"] == "is a link to a folder, which was not looked into"
    assert len(faults) == 5


def test_an_invalid_date_is_reported_and_the_rest_is_done(root: Path) -> None:
    put(root, "2014/2014-02-30.md")
    put(root, "2014/2014-02-28.md")
    found = scan(str(root))
    assert paths(found) == {"2014/2014-02-28.md"}
    [(path, sentence)] = found.faults
    assert path == "2014/2014-02-30.md"
    assert "no valid date" in sentence
    assert "rename" in sentence


@pytest.mark.parametrize(
    "name", ["2014-10-06.md\n2014-10-07.md", "2014-10-06.md\n", "2014-10-06-\t.md"]
)
def test_a_control_character_in_a_name_never_makes_an_entry(root: Path, name: str) -> None:
    put(root, f"2014/{name}")
    found = scan(str(root))
    assert found.years == {}
    put(root, "2014/2014-10-08.md")
    assert paths(scan(str(root))) == {"2014/2014-10-08.md"}


@pytest.mark.parametrize("name", ["a\tb", "a\nb", "\x1b[2J"])
def test_a_folder_whose_name_no_stamp_can_hold_is_reported(root: Path, name: str) -> None:
    put(root, f"{name}/2014-10-06.md")
    put(root, "2014-10-07.md")
    found = scan(str(root))
    assert paths(found) == {"2014-10-07.md"}
    [(path, sentence)] = found.faults
    assert path == f"{name}/"
    assert "control character" in sentence


def test_a_name_that_is_not_utf_8(root: Path) -> None:
    name = os.fsdecode(b"2014-10-06-\xff\xfe.md")
    folder = os.fsdecode(b"\xff")
    put(root, f"{folder}/{name}")
    assert paths(scan(str(root))) == {f"{folder}/{name}"}


def test_a_folder_that_cannot_be_listed_is_reported(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for scandir refuses: to root every folder is readable."""
    put(root, "open/2014-10-06.md")
    put(root, "closed/2014-10-07.md")
    real = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(scanning.os, "scandir", refuse)
    found = scan(str(root))
    assert paths(found) == {"open/2014-10-06.md"}
    assert found.faults == [("closed/", "this folder cannot be listed: Permission denied")]


def test_a_journal_that_cannot_be_listed_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        scan(str(tmp_path / "none"))


def test_hundreds_of_levels(root: Path) -> None:
    path = "d/" * 300 + "2014-10-06.md"
    put(root, path)
    found = scan(str(root))
    assert paths(found) == {path}
    assert found.faults == []


def test_a_folder_deeper_than_a_path_can_be_is_reported(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in says what the system says of such a path; a real one could not be cleaned up."""
    put(root, "deep/2014-10-06.md")
    put(root, "2014-10-07.md")
    real = os.scandir

    def too_long(folder: str) -> object:
        if folder.endswith("deep"):
            raise OSError(36, "File name too long")
        return real(folder)

    monkeypatch.setattr(scanning.os, "scandir", too_long)
    found = scan(str(root))
    assert paths(found) == {"2014-10-07.md"}
    assert found.faults == [("deep/", "this folder cannot be listed: File name too long")]


NAMES = st.sampled_from(
    [
        "2014-10-06.md",
        "2014-10-06-a.md",
        "2014-10-07 T.md",
        "2015-01-01.md",
        "2014-02-30.md",
        "README.md",
        "2014-1-5.md",
        "x.txt",
        "2014-10-08.md\n2014-10-09.md",
        "٢٠١٤-١٠-٠٦.md",
    ]
)
KINDS = st.sampled_from(["file", "file", "file", "fifo", "link", "dangling", "folder"])


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, KINDS, max_size=5), st.sampled_from(["", "2014/", "a/b/"]))
def test_quick_and_careful_agree(
    tmp_path_factory: pytest.TempPathFactory, things: dict[str, str], folder: str
) -> None:
    """A file of another kind beside the entries makes the walk careful: the answer is the same."""
    root = tmp_path_factory.mktemp("scan")
    place = root / folder
    place.mkdir(parents=True, exist_ok=True)
    for name, kind in things.items():
        make = {
            "file": lambda path: path.write_text("x"),
            "fifo": os.mkfifo,
            "link": lambda path: path.symlink_to(__file__),
            "dangling": lambda path: path.symlink_to("nowhere"),
            "folder": Path.mkdir,
        }
        make[kind](place / name)
    before = scan(str(root))
    (place / "zzz.txt").write_text("not an entry")
    after = scan(str(root))
    assert {y: sorted(lines) for y, lines in before.years.items()} == {
        y: sorted(lines) for y, lines in after.years.items()
    }
    assert sorted(before.faults) == sorted(after.faults)
    wanted = {
        folder + name for name, kind in things.items() if kind in ("file", "link") and parse(name)
    }
    assert paths(after) == wanted


@pytest.mark.parametrize(
    "form", ["2024/scan {}.md", "2024/{:06} scan.md", "report 2019-01-05 {}.md"]
)
def test_many_names_that_are_not_entries_take_little_time(
    root: Path, sample: Sample, form: str
) -> None:
    count = sample(2_000, 100_000)
    (root / "2024").mkdir()
    for number in range(count):
        (root / form.format(number)).touch()
    with within_a_minute():
        found = scan(str(root))
    assert sum(files.number for files in found.left_out.values()) == count
