"""What a link of an entry leads to: an entry, several, a day that isn't written, or nothing."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.journal import Journal
from journal_tui.lookups.entry_links import LinkTarget
from journal_tui.settings import Places
from tests.effort import count_calls

DAY = date(2026, 11, 20)
HERE = "2026/2026-11-20.md"
Follow = Callable[[str], LinkTarget]


def made(folder: Path, toml: str = "", **files: str) -> Journal:
    root = folder / "journal"
    root.mkdir()
    (root / "journal.toml").write_text(toml, "utf-8")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    places = Places(folder / "config", folder / "cache", folder / "state")
    journal = Journal(root, places, lambda: datetime(2026, 11, 20, 18, 0))
    journal.refresh()
    return journal


@pytest.fixture
def follow(tmp_path: Path) -> Follow:
    (tmp_path / "2026-01-01.md").write_text("# Outside\n")
    journal = made(
        tmp_path,
        **{
            HERE: "# A day\n",
            "2026/2026-04-23.md": "# Then\n",
            "2026/2026-04-23-lab-visit.md": "# Visit to the lab\n",
            "2026/2026-11-20-lab-visit.md": "# Visit to the lab\n",
            "2026/2026-05-28-lab-visit.md": "# Café in the lab\n",
            "2026/2026-06-01-twin.md": "# Twin\n",
            "2026/2026-06-02-twin.md": "# Twin\n",
            "2026/2026-W41.md": "# A week\n",
            "2026/2026-06-03-planning.md": "# 2027 planning\n",
            "2025/Friday 5 December 2025.md": "# Named in words\n",
            "2026/picture.png": "",
            ".git/2026-01-01.md": "# Hidden\n",
        },
    )
    return lambda target: journal.follow_link(target, DAY, HERE)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("[[2026-04-23]]", "2026/2026-04-23.md"),
        ("[[2026-04-23#Feedback]]", "2026/2026-04-23.md"),
        ("[[2026-04-23.md]]", "2026/2026-04-23.md"),
        ("[[2026/2026-04-23]]", "2026/2026-04-23.md"),
        ("[[journal/2026-04-23]]", "2026/2026-04-23.md"),
        ("[[23 April 2026]]", "2026/2026-04-23.md"),
        ("[[2026-04-23-lab-visit]]", "2026/2026-04-23-lab-visit.md"),
        ("[[2026-04-23 Lab visit]]", "2026/2026-04-23-lab-visit.md"),
        ("[[2025-12-05]]", "2025/Friday 5 December 2025.md"),
        ("[[2026-W41]]", "2026/2026-W41.md"),
        ("[[cafe in the LAB]]", "2026/2026-05-28-lab-visit.md"),
        ("[[Visit to the lab]]", "2026/2026-11-20-lab-visit.md"),
        ("[[2027 planning]]", "2026/2026-06-03-planning.md"),
        ("[[Planning]]", "2026/2026-06-03-planning.md"),
        ("2026-04-23.md", "2026/2026-04-23.md"),
        ("2026-04-23", "2026/2026-04-23.md"),
        ("2026-04-23-lab-visit.md#Feedback", "2026/2026-04-23-lab-visit.md"),
        ("../2025/Friday%205%20December%202025.md", "2025/Friday 5 December 2025.md"),
        ("../2026/2026-W41.md", "2026/2026-W41.md"),
        ("/2026/2026-04-23.md", "2026/2026-04-23.md"),
        ("old-folder/2026-04-23.md", "2026/2026-04-23.md"),
    ],
)
def test_a_link_leads_to_an_entry(follow: Follow, target: str, path: str) -> None:
    found = follow(target)
    assert [entry.path for entry in found.entries] == [path] and not found.fault


def test_a_title_that_several_have_is_not_clear(follow: Follow) -> None:
    found = follow("[[twin]]")
    assert [(str(entry.day), entry.title) for entry in found.entries] == [
        ("2026-06-02", "Twin"),
        ("2026-06-01", "Twin"),
    ]


@pytest.mark.parametrize("target", ["[[2026-03-03]]", "2026-03-03.md", "../2026/2026-03-03.md"])
def test_a_day_without_an_entry(follow: Follow, target: str) -> None:
    assert follow(target) == LinkTarget(day=date(2026, 3, 3))


def test_a_period_without_a_note(follow: Follow) -> None:
    found = follow("[[2026-Q1]]")
    assert found.entries == () and found.period and found.period.name == "2026-Q1"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("[[No such title]]", "No entry has the title “No such title”."),
        ("[[2026-02-30]]", "No entry has the title “2026-02-30”."),
        ("[[2026-04-23-other]]", "No entry has the title “2026-04-23-other”."),
        ("[[../../2026-01-01x]]", "No entry has the title"),
        ("[[a\x1b[31m\x00]]", "No entry has the title “a␛[31m␀”."),
        ("[[#Feedback]]", "leads to a heading in this entry"),
        ("#feedback", "leads to a heading in this entry"),
        ("../../2026-01-01.md", "../../2026-01-01.md leads out of the journal"),
        ("../../../etc/passwd", "leads out of the journal"),
        ("..%2f..%2fx.md", "leads out of the journal"),
        ("/etc/passwd", "/etc/passwd isn't an entry of this journal."),
        ("picture.png", "picture.png isn't an entry of this journal."),
        ("%00", "isn't an entry of this journal."),
        ("x" * 5_000 + ".md", "isn't an entry of this journal."),
        ("file:///etc/passwd", "Only http, https and mailto links can be opened"),
    ],
)
def test_a_link_that_leads_nowhere(follow: Follow, target: str, said: str) -> None:
    found = follow(target)
    assert found.entries == () and found.day is None and found.period is None
    assert said in found.fault and "\x1b" not in found.fault


def test_hidden_files_and_those_outside_are_never_opened(follow: Follow) -> None:
    # The date is found in the journal, if it has an entry there, and never elsewhere.
    assert follow("../.git/2026-01-01.md") == LinkTarget(day=date(2026, 1, 1))
    assert follow("[[../../2026-01-01]]") == LinkTarget(day=date(2026, 1, 1))


def test_names_that_are_a_journals_own(tmp_path: Path) -> None:
    journal = made(
        tmp_path,
        'file = "{dd}.{mm}.{yyyy}.md"\n',
        **{"05.03.2026.md": "# Fifth\n", "06.03.2026-x.md": "# X\n"},
    )
    found = journal.follow_link("[[05.03.2026]]", DAY, "20.11.2026.md")
    assert [entry.path for entry in found.entries] == ["05.03.2026.md"]
    assert journal.follow_link("[[2026-03-05]]", DAY, "20.11.2026.md") == found._replace(
        day=date(2026, 3, 5)
    )


def test_the_names_of_files_are_read_once_until_they_change(tmp_path: Path) -> None:
    files = {f"2026/2026-06-{day:02}-note-{day}.md": f"# Title {day}\n" for day in range(1, 31)}
    journal = made(tmp_path, **files)

    def missing(name: str) -> int:
        return count_calls(lambda: journal.follow_link(f"[[{name}]]", DAY, HERE))

    first, second = missing("first"), missing("second")
    assert second < first / 5, (first, second)
    (journal.root / "2026/2026-06-12-note-12.md").rename(journal.root / "2026/2026-06-12-third.md")
    journal.refresh()
    [found] = journal.follow_link("[[third]]", DAY, HERE).entries
    assert found.path == "2026/2026-06-12-third.md"
    assert not journal.follow_link("[[note-12]]", DAY, HERE).entries
