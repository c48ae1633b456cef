"""The first start after an update: what the version before kept is still there.

tests/data/README.md says how the folder was made.
"""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from journal_tui.app.app import JournalApp
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.journal import Journal
from journal_tui.settings import Places, places
from tests.app.app_fixture import settle, write_screen
from tests.cli.command_shell import process
from tests.conftest import REPOSITORY

DATA = REPOSITORY / "tests" / "data" / "earlier_version"
NOW = datetime(2026, 11, 20, 18, 30)
KILLED = date(2026, 11, 16)
NEW_DAY = date(2026, 11, 20)
DISCARDED = date(2026, 11, 17)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The journal of the earlier version, in the folders where this version looks for it."""
    folders: Places = places()
    root = tmp_path / "journal"
    shutil.copytree(DATA / "journal", root)
    opened = Journal(root, folders, lambda: NOW)
    shutil.copytree(DATA / "config", folders.config)
    shutil.copytree(DATA / "index", folders.cache / opened.state.name)
    shutil.copytree(DATA / "state", opened.state)
    for top in (root, folders.config, folders.cache, folders.state):
        for path in (top, *top.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    # The index takes the files for those that it knows.
    for name, modified, size in stamps(folders.cache / opened.state.name):
        assert (root / name).stat().st_size == size
        os.utime(root / name, ns=(modified, modified))
    for log in (opened.state / "trash").iterdir():
        os.utime(log, (NOW.timestamp(), NOW.timestamp()))
    return opened


def stamps(index: Path) -> Iterator[tuple[str, int, int]]:
    """Read the path, time of change and size of each file from the index of the earlier version."""
    table = json.loads((index / "2026.stamps.table").read_text().partition("\n")[2])
    for line in table["1"]["files"].split("\n"):
        name, modified, size = line.split("\t")
        yield name, int(modified), int(size)


def kept(name: str) -> bytes:
    """Return what a file of the earlier version holds."""
    return (DATA / name).read_bytes()


def command(journal: Journal, *words: str, code: int = 0) -> str:
    """Run a command in the journal's folder and return what it prints."""
    done = process(*words, cwd=journal.root)
    assert (done.returncode, done.stderr.decode()) == (code, "")
    return done.stdout.decode()


def versions_of(day: str) -> list[bytes]:
    """Return the versions of a day that the earlier version kept, the newest first."""
    first = {"2026-11-18": b"# Wednesday 18", "2026-11-19": "\ufeff# Day of a mark".encode()}[day]
    [folder] = {
        file.parent
        for file in (DATA / "state" / "history").rglob("*.md")
        if file.read_bytes().startswith(first)
    }
    return [file.read_bytes() for file in sorted(folder.iterdir(), reverse=True)]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("vendor", ["2026-11-17"]),
        ('"old machines"', ["2026-11-16"]),
        ("rating:>=7", ["2026-11-16"]),
        ("strasse łódź cafe", ["2026-11-17"]),
        ("@ann", ["2026-11-16", "2026-11-17"]),
        ("o'clock", ["2026-11-18"]),
        ("endings OR windows", ["2026-11-19"]),
    ],
)
def test_the_index_is_rebuilt_and_answers(journal: Journal, query: str, days: list[str]) -> None:
    answer = json.loads(command(journal, "find", query, "--in", "entries", "--json"))
    assert sorted({row["date"] for row in answer}) == days


def test_the_rebuilt_index_is_the_same_as_one_made_from_nothing(
    journal: Journal, tmp_path: Path
) -> None:
    old = {file.name for file in (DATA / "index").iterdir()}
    command(journal, "find", "vendor")
    folder = journal.places.cache / journal.state.name
    rebuilt = {file.name: file.read_bytes() for file in folder.glob("*.table")}
    shutil.rmtree(folder)
    command(journal, "find", "vendor")
    assert {file.name: file.read_bytes() for file in folder.glob("*.table")} == rebuilt
    assert "2026.pairs.table" in old and "2026.pairs.table" not in rebuilt


def test_check_reports_the_unsaved_text(journal: Journal) -> None:
    report = command(journal, "check", code=1)
    for day in (KILLED, NEW_DAY):
        assert f"{day}.md" in report and report.count("left unsaved text") == 2


async def test_the_app_offers_each_draft_and_restores_it(journal: Journal) -> None:
    async with JournalApp(journal, NEW_DAY).run_test() as pilot:
        for _ in range(2):
            await settle(pilot)
            assert isinstance(pilot.app.screen, ChoiceDialog)
            await pilot.press("r")
        await settle(pilot)
        assert pilot.app.screen is write_screen(pilot)
    old = kept("journal/2026/2026-11-16.md")
    assert (journal.root / "2026" / f"{KILLED}.md").read_bytes() == (
        old + b"\nTyped and not saved: axolotl."
    )
    assert b"A new day, killed: pangolin." in (journal.root / "2026" / f"{NEW_DAY}.md").read_bytes()
    assert journal.drafts.left_behind() == []


@pytest.mark.parametrize(("day", "count"), [("2026-11-18", 7), ("2026-11-19", 2)])
@pytest.mark.one_in(3)
def test_each_version_is_listed_and_restored_byte_for_byte(
    journal: Journal, day: str, count: int
) -> None:
    old = versions_of(day)
    file = journal.root / "2026" / f"{day}.md"
    assert len(old) == count and old[0] == file.read_bytes()
    listed = command(journal, "history", day).splitlines()
    assert [line.split()[0] for line in listed] == [str(n) for n in range(1, count + 1)]
    for text in reversed(old):
        versions = journal.history.versions(f"2026/{day}.md")
        number = next(version.number for version in versions if version.read() == text)
        command(journal, "restore", day, str(number))
        assert file.read_bytes() == text
    assert set(old) <= {version.read() for version in journal.history.versions(f"2026/{day}.md")}


def test_the_trash_is_listed(journal: Journal) -> None:
    first, second, third, _ = command(journal, "trash").splitlines()
    assert "2026-11-13" in first and "2026-11-12" in second
    assert str(DISCARDED) in third and "unsaved text, discarded" in third


def test_deleted_entries_are_brought_back_byte_for_byte(journal: Journal) -> None:
    for number, day in ((2, "2026-11-12"), (1, "2026-11-13")):
        command(journal, "trash", "--restore", str(number))
        [old] = [
            entry.read_bytes()
            for entry in (DATA / "state" / "deleted").rglob("entry.md")
            if day in (entry.parent / "where.json").read_text()
        ]
        assert (journal.root / "2026" / f"{day}.md").read_bytes() == old
    assert "quokka" in command(journal, "find", "quokka", "--in", "entries")
    left, _ = command(journal, "trash").splitlines()
    assert str(DISCARDED) in left


def test_a_discarded_draft_is_brought_back(journal: Journal) -> None:
    command(journal, "trash", "--restore", "3")
    old = kept(f"journal/2026/{DISCARDED}.md")
    text = (journal.root / "2026" / f"{DISCARDED}.md").read_bytes()
    assert text == old + b"\nThrown away: numbat."


def test_saved_and_recent_searches_are_kept(journal: Journal) -> None:
    assert journal.saved_searches.all() == {
        "Low days": "rating:<=5",
        "Vendors": "vendor in:learning",
    }
    assert journal.recent_searches.all() == ["vendor", "rating:>=8", '"old machines"']
    journal.recent_searches.remember("depot")
    assert journal.recent_searches.all()[-2:] == ['"old machines"', "depot"]


async def test_settings_are_kept(journal: Journal) -> None:
    async with JournalApp(journal).run_test() as pilot:
        await settle(pilot)
        assert pilot.app.theme == "nord"


def test_nothing_is_opened_up_to_others(journal: Journal) -> None:
    command(journal, "find", "vendor")
    command(journal, "restore", "2026-11-18", "2")
    command(journal, "trash", "--restore", "1")
    for top in (journal.root, journal.places.cache, journal.places.state):
        for path in (top, *top.rglob("*")):
            assert S_IMODE(path.stat().st_mode) & 0o077 == 0, path
