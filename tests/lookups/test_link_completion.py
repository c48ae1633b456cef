"""What `[[` offers: entries by date, by words for a day and by title, each of which its link leads to."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.journal import Journal
from journal_tui.lookups.link_completion import LinkCandidate
from journal_tui.settings import Places
from tests.effort import count_calls

# A Friday.
DAY = date(2026, 11, 20)
HERE = "2026/2026-11-20.md"
FILES = {
    HERE: "# Day 4 – Friday 20 November 2026\n\nHere.\n",
    "2026/2026-11-20-lab-visit.md": "# Visit to the lab\n",
    "2026/2026-11-17.md": "# Day 1 – Tuesday 17 November 2026\n\nThe bridge is shut. It rained.\n",
    "2026/2026-11-13-planning.md": "# 2027 planning\n",
    "2026/2026-11-23.md": "# Monday\n\nTo come.\n",
    "2026/2026-W41.md": "# A week of rain\n",
    "2025/2025-W01.md": "# The first week\n",
    "2025/2025.md": "# Two thousand and twenty-five\n",
    "2025/2025-12-05.md": "# The day of the flood\n\nWater.\n",
    "2025/2025-12-06 Talk, see [notes].md": "# Talk\n",
    "2025/12/07 Depot closed.md": "# Closed\n",
    "2025/2025-12-08 Market.md": "# Market of the depot\n",
    "2014/2014-10-06.md": "# Monday 6 October 2014\n\nThe depot.\n",
    "2014/2014-10-06-depot.md": "# Visit to the depôt\n",
    "2014/2014-10.md": "# October\n",
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    folder = tmp_path_factory.mktemp("links")
    root = folder / "journal"
    for name, text in {"journal.toml": "", **FILES}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    places = Places(folder / "config", folder / "cache", folder / "state")
    made = Journal(root, places, lambda: datetime(2026, 11, 20, 18, 0))
    made.refresh()
    return made


def complete(journal: Journal, typed: str, path: str = HERE, limit: int = 8) -> list[LinkCandidate]:
    return journal.link_completion(path).complete(typed, limit)


def test_first_come_yesterday_and_the_latest_days(journal: Journal) -> None:
    found = [(one.target, one.said) for one in complete(journal, "", limit=5)]
    assert found == [
        ("2026-11-20-lab-visit", "Visit to the lab"),
        ("2026-11-19", ""),
        ("2026-11-17", "The bridge is shut. It rained."),
        ("2026-11-13-planning", "2027 planning"),
        ("2026-W41", "A week of rain"),
    ]
    # On another page, today is offered, too.
    assert complete(journal, "", "2014/2014-10-06.md")[0].path == HERE


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("2014-1", ["2014-10-06", "2014-10-06-depot", "2014-10"]),
        ("2014-10-06-d", ["2014-10-06-depot"]),
        ("2014_10_06", ["2014-10-06", "2014-10-06-depot"]),
        ("2026-w", ["2026-W41"]),
        # This week begins in the year before.
        ("2025-W", ["2025-W01"]),
        ("2025", ["2025-12-08 Market", "2025/12/07 Depot closed", "2025-12-05", "2025", "2025-W01"]),
        ("2026-11-18", ["2026-11-18"]),
        ("9", []),
        ("yest", ["2026-11-19"]),
        ("tomorrow", ["2026-11-21"]),
        ("tue", ["2026-11-17"]),
        # Today's own page means the Friday before.
        ("friday", ["2026-11-13-planning"]),
        ("6 oct 2014", ["2014-10-06", "2014-10-06-depot"]),
        # Notes are before days, whose titles are mostly dates.
        ("visit", ["2026-11-20-lab-visit", "2014-10-06-depot"]),
        ("DEPOT", ["2014-10-06-depot", "2025-12-08 Market"]),
        ("dep vis", ["2014-10-06-depot"]),
        ("flood", ["2025-12-05"]),
        ("2027", ["2026-11-13-planning"]),
        ("pot", []),
        ("…", []),
    ],
)  # fmt: skip
def test_what_is_typed_narrows_the_list(journal: Journal, typed: str, targets: list[str]) -> None:
    assert [one.target for one in complete(journal, typed)] == targets


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text("0123456789-_. WQadeiortvy", max_size=12)
    | st.sampled_from(["2025", "talk", "closed", "market", "week", "the", "monday"]),
    path=st.sampled_from(sorted(FILES)),
)
def test_each_link_leads_to_its_entry(journal: Journal, typed: str, path: str) -> None:
    found = complete(journal, typed, path)
    assert len({one.target for one in found}) == len(found) <= 8
    for one in found:
        assert one.path != path
        lead = journal.follow_link(f"[[{one.target}]]", DAY, path)
        if one.path:
            assert [entry.path for entry in lead.entries] == [one.path]
        else:
            assert (lead.entries, lead.day) == ((), one.day)


def test_what_no_link_can_name_isnt_offered(journal: Journal) -> None:
    assert complete(journal, "talk") == []


def test_a_title_among_very_many_days_costs_no_more_than_among_many(tmp_path: Path) -> None:
    calls = []
    for years in (3, 6):
        root = tmp_path / str(years)
        for year in range(2000, 2000 + years):
            (root / f"{year}").mkdir(parents=True)
            for month in range(1, 11):
                for day in range(1, 11):
                    name = f"{year}-{month:02}-{day:02}"
                    (root / f"{year}/{name}.md").write_text(f"# Day – {name}\n", "utf-8")
        (root / "journal.toml").write_text("", "utf-8")
        places = Places(root / "config", root / "cache", root / "state")
        made = Journal(root, places, lambda: datetime(2026, 11, 20, 18, 0))
        made.refresh()
        links = made.link_completion(HERE)
        links.prepare()
        assert len(links.complete("day", 8)) == 8
        calls.append(count_calls(lambda links=links: links.complete("day", 8)))  # type: ignore[misc]
    assert calls[1] < 1.5 * calls[0]
