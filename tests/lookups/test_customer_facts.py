"""What the index gathers of customers: visits of all years, names from journal.toml, and planned visits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from journal_tui.customers.loop import CustomerNote, Loop, loops
from journal_tui.errors import EntryError
from journal_tui.journal import Journal
from journal_tui.lookups import customer_facts
from tests.lookups.written_journal import write_journal

NOW = datetime(2026, 11, 20, 11, 0)
TODAY = NOW.date()
Make = Callable[..., Journal]
TOML = '[customers.lab]\nname = "Westmere Laboratory"\nevery = 60\n\n[customers.museum]\n'
LAB = "#customer/lab @helen\n\n## Frustrations\n\n- Slow #network\n  - [ ] Cable\n  - [ ] Wire\n- Loud\n  - [x] Hush\n"
FILES = {
    "2025-03-01-service-review-lab": LAB,
    "2026-05-01-service-review": "---\ncustomer: Westmere laboratory\n---\n\n## What we will improve\n\n- [x] Hush done:2026-05-09\n",
    "2026-05-02-service-review-depot": "## Feedback\n\n- Drops #network\n",
    "2026-05-03": "Cake #customer/lab\n\nEnjoyment: 7\n",
    "2026-W18": "## Feedback\n\n- Summed up #customer/lab\n",
}  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a journal from texts by name and a journal.toml; today is Friday 20 November 2026."""

    def make(files: dict[str, str], toml: str = TOML) -> Journal:
        return write_journal(tmp_path, files, toml, NOW)

    return make


def test_the_visits_of_all_years_with_the_keys_of_their_customers(make: Make) -> None:
    journal = make(FILES)
    assert [(note.day.isoformat(), note.visit.customers) for note in journal.customer_notes()] == [
        ("2025-03-01", ("lab",)),
        ("2026-05-01", ("lab",)),
        ("2026-05-02", ("depot",)),
    ]
    assert [(it.key, it.every) for it in journal.customers()] == [
        ("lab", 60),
        ("museum", None),
        ("depot", None),
    ]
    assert [loop.customers for loop in journal.customer_loops()] == [
        ("lab",), ("lab",), ("lab",), ("depot",),
    ]  # fmt: skip


def test_one_customer_by_its_key_its_name_or_its_tag(make: Make) -> None:
    journal = make(FILES)
    span = journal.span("2026")
    for name in ("lab", "Lab", "westmere LABORATORY", "#customer/lab"):
        page = journal.customer_page(name, span)
        assert [visit.place.day.year for visit in page.visits] == [2025, 2026]
    # The note of a week has its first day.
    mentions = [said.day.isoformat() for said in journal.customer_mentions("lab")]
    assert mentions == ["2026-05-03", "2026-04-27"]
    with pytest.raises(EntryError, match="There is no customer “zoo”"):
        journal.customer_page("zoo", span)


def test_a_saved_change_is_seen(make: Make) -> None:
    journal = make(FILES)
    span = journal.span("2026")
    assert journal.customer_overview(span).totals["network"].now == 1
    path = journal.root / "2026/2026-05-02-service-review-depot.md"
    path.write_text("## Feedback\n\n- Drops #network\n- Again #network\n", "utf-8")
    journal.refresh()
    assert journal.customer_overview(span).totals["network"].now == 2


def test_a_search_finds_what_became_of_it_in_the_notes_of_other_days(make: Make) -> None:
    said = "## Frustrations\n\n- {} #network\n"
    journal = make(
        {
            "2026-03-01-service-review-lab": said.format("Slow"),
            "2026-04-01-service-review-lab": "## What we will improve\n\n- [x] Cable re:#network done:2026-04-09\n",
            "2026-04-02-service-review-depot": said.format("Drops"),
        }
    )

    def found(query: str) -> list[str]:
        return [hit.text for hit in journal.find(query)]

    assert found("state:done") == found("state:not-told") == ["Slow #network"]
    assert found("state:said") == ["Drops #network"]
    assert found("theme:network -state:said") == ["Slow #network"]
    # Once it is said again, there is nothing to tell.
    path = journal.root / "2026/2026-05-02-service-review-lab.md"
    path.write_text(said.format("Again"), "utf-8")
    journal.refresh()
    assert found("state:reopened") == ["Slow #network"]
    assert found("state:not-told") == []
    untold = journal.customer_overview(journal.span("all")).untold
    assert [loop.text for loop in untold] == found("state:not-told")


def test_what_customers_said_is_put_together_once(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = make(FILES)
    made: list[int] = []

    def counting(notes: Sequence[CustomerNote]) -> list[Loop]:
        made.append(len(notes))
        return loops(notes)

    monkeypatch.setattr(customer_facts, "loops", counting)
    for _ in range(2):
        journal.customer_overview(journal.span("all"))
        assert list(journal.find("state:done"))
    assert made == [3]
    # A search that doesn't ask for it doesn't put it together.
    other = make(FILES)
    assert list(other.find("drops"))
    assert made == [3]


def test_only_the_records_of_customers_are_read(make: Make, read_days: set[date]) -> None:
    days = {f"2026-06-{day:02d}": "Nothing of the kind.\n" for day in range(1, 29)}
    journal = make({**FILES, **days})
    read_days.clear()
    journal.customer_overview(journal.span("all"))
    assert len(read_days) == 3


def planned(journal: Journal) -> list[tuple[str, str]]:
    return [(it.lead, it.text) for it in journal.brief(TODAY) if it.lead.startswith("Visit to")]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"2026-11-20": "- [ ] Go to #customer/lab due:2026-11-21\n"}, [("Visit tomorrow", "Westmere Laboratory: 2 open, 1 not yet told")]),
        ({"2026-11-20": "- [ ] Go to #customer/lab due:today\n"}, [("Visit today", "Westmere Laboratory: 2 open, 1 not yet told")]),
        ({"2026-11-20": "- [x] Go to #customer/lab due:2026-11-21\n- [ ] Go due:2026-11-21\n"}, []),
        ({"2026-11-20": "- [ ] Go to #customer/lab due:2026-11-22\n"}, []),
        ({"2026-11-21-service-review-museum": "# Plan\n"}, [("Visit tomorrow", "museum: nothing is open")]),
        # As F8 makes it, with an empty item below each heading.
        ({"2026-11-20-service-review-museum": "## Frustrations\n\n- \n"}, [("Visit today", "museum: nothing is open")]),
        ({"2026-11-20-service-review-museum": "## Feedback\n\n- Dark\n"}, []),
    ],
)  # fmt: skip
def test_a_planned_visit_is_in_the_brief(
    make: Make, files: dict[str, str], wanted: list[tuple[str, str]]
) -> None:
    assert planned(make({"2026-03-01-service-review-lab": LAB, **files})) == wanted


def test_a_customer_without_a_setting_is_called_what_its_visits_title_says(make: Make) -> None:
    visit = "\n\n#customer/tern-ferry\n\n## Feedback\n\n- Late\n"
    journal = make({
        "2026-05-01-service-review-tern-ferry": f"# Service review – Tern Ferry{visit}",
        "2026-05-02-service-review-tern-ferry": f"# Another title{visit}",
        "2026-05-03-service-review-lab": "# Service review: Lab\n\n#customer/lab\n\n## Feedback\n\n- Late\n",
    })  # fmt: skip
    shown = {it.key: it.shown for it in journal.customers()}
    assert shown == {
        "lab": "Westmere Laboratory", "museum": "museum", "tern-ferry": "Tern Ferry",
    }  # fmt: skip
    assert journal.customer_named("tern ferry").key == "tern-ferry"
    assert journal.customer_sheet("tern-ferry").about == "Tern Ferry"


def test_a_customer_of_front_matter_alone_is_called_as_it_is_written_there(make: Make) -> None:
    said = "# A visit\n\n## Feedback\n\n- Late\n"
    journal = make({
        "2026-05-01-visit": f"---\ncustomer: Müller  Labor\n---\n{said}",
        "2026-05-02-visit": f'---\ncustomers: ["#tern", Big Co., Müller-labor]\n---\n{said}',
        "2026-05-03-service-review-big-co.": "# Service review: BIG CO.\n\n## Feedback\n\n- Late\n",
        "2026-05-04-visit": f"---\ncustomer: lab\n---\n{said}",
    })  # fmt: skip
    shown = {it.key: it.shown for it in journal.customers()}
    assert shown == {
        "lab": "Westmere Laboratory", "museum": "museum", "big-co.": "BIG CO.", "tern": "tern",
        "muller-labor": "Müller-labor",
    }  # fmt: skip
    assert journal.customer_named("müller labor").key == "muller-labor"


def test_the_most_overdue_visit_is_in_the_brief(make: Make) -> None:
    toml = TOML.replace(
        "[customers.museum]", "[customers.museum]\nevery = 10\n[customers.depot]\nevery = 300"
    )
    visits = {"2026-11-01-service-review-museum": LAB.replace("lab", "museum")}

    def overdue(files: dict[str, str], toml: str) -> list[tuple[str, str]]:
        lines = make(files, toml).brief(TODAY)
        return [(line.text, line.query) for line in lines if line.lead == "Visit overdue"]

    lab = "Westmere Laboratory: not visited for 203 days (planned: every 60 days)"
    never = [("harbour: never visited (planned: every 300 days)", "customer:harbour")]
    assert overdue({**FILES, **visits}, toml) == [(lab, "customer:lab")]
    assert overdue({**FILES, **visits}, TOML.replace("60", "300")) == []
    assert overdue(visits, f"{toml}\n[customers.harbour]\nevery = 300\n") == never


def test_a_visit_of_today_counts_once_it_says_something(make: Make) -> None:
    # The note has the customer's name that journal.toml gives it.
    name, later = f"{TODAY}-service-review-westmere-laboratory", "2026-11-21-service-review-lab"

    def last(text: str) -> date | None:
        journal = make({**FILES, later: LAB, name: text})
        late = customer_facts.overdue_visit(journal.index, journal.config, TODAY)
        return late.last if late else TODAY

    assert last("A plan.\n") == date(2026, 5, 1)
    assert last("## Feedback\n\n- Slow\n") == TODAY


def test_the_notes_about_a_customer_decide_all_that_became_of_what_it_said(make: Make) -> None:
    random, files = Random(3), dict[str, str]()
    names = ("lab", "westmere-laboratory", "museum", "depot", "pier", "port", "mill")

    for number in range(60):
        day = TODAY - timedelta(13 * number + random.randint(0, 2))
        first = random.choice(names)
        # Some are named together at times, and so depend on each other.
        pair = {"depot": "pier", "pier": "lab"}.get(first, first)
        whole = f"#customer/{first}" if random.random() < 0.7 else ""
        both = f"#customer/{first} #customer/{pair}"
        said = random.choice(
            (
                f"- Slow #network {both}\n",
                f"- Slow {both}\n  - [x] A cable\n  - told {day}\n",
                f"- Loud #noise {whole}\n",
            )
        )
        promise = random.choice(
            ("", f"- [x] A cable re:#network {both} done:{day}\n", f"- [ ] Hush re:#noise {both}\n")
        )
        files[f"{day}{random.choice(('', '-service-review', '-note'))}"] = (
            f"{whole}\n\n## Feedback\n\n{said}\n## What we will improve\n\n{promise}"
        )
    journal = make(files)
    index, config = journal.index, journal.config
    everything = journal.customer_loops()
    every_note = journal.customer_notes()
    assert {loop.stage for loop in everything} >= {"said", "promised", "done", "reopened"}
    read = []
    for key in ("lab", "museum", "depot", "pier", "port", "mill"):
        noted = customer_facts.notes_about(index, config, [key])
        assert noted == [note for note in every_note if note in noted]
        assert [loop for loop in loops(noted) if key in loop.customers] == [
            loop for loop in everything if key in loop.customers
        ]
        read.append(len(noted))
    # Those of depot, pier and lab depend on each other; the others' notes are fewer.
    assert max(read[1], *read[4:]) < min(read[0], *read[2:4]) < len(every_note)
    assert customer_facts.notes_about(index, config, ["zoo"]) == []


def test_an_entry_with_the_name_of_a_customer_is_found_by_the_key_and_the_other_way_round(
    make: Make,
) -> None:
    journal = make({**FILES, "2026-05-04": "Tea #customer/westmere-laboratory and #customer/lab\n"})
    days = [
        date(2026, 5, 4),
        date(2026, 5, 3),
        date(2026, 5, 1),
        date(2026, 4, 27),
        date(2025, 3, 1),
    ]
    for words in ("customer:lab", 'customer:"Westmere Laboratory"', "customer:west"):
        assert [hit.day for hit in journal.find(words, rows="entries")] == days, words
        query, fault = journal.parse_partial(words)
        assert query and fault is None
        assert [hit.day for hit in journal.find(query, rows="entries")] == days
    without = [hit.day for hit in journal.find("-customer:lab", rows="entries")]
    assert without == [date(2026, 5, 2)]
    mentions = [said.day for said in journal.customer_mentions("lab")]
    assert mentions == [date(2026, 5, 4), date(2026, 5, 3), date(2026, 4, 27)]
