"""The command customers: all customers by theme, one with its history, and the forms for programs."""

import csv
import io
import json

import pytest

from journal_tui import guide
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe

LAB = """# Review

@helen and me. #customer/lab

## Frustrations

- =cmd|' /C calc'!A0 #network
  - [x] Cable @priya done:2026-11-09
  - told 2026-11-12
- "It drops" #network
  - [ ] Mast @owen due:2026-11-20

## What they value

- The call
"""
DEPOT = "# Review\n\n#customer/depot\n\n## Frustrations\n\n- Slow #network\n  - [-] No – dear\n"


@pytest.fixture
def visited(shell: Shell) -> Shell:
    """Two customers, of whom one has a name and an interval, and a day that mentions one."""
    root = shell.root
    with (root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write('\n[customers.lab]\nname = "Westmere Laboratory"\nevery = 10\n')
    for name, text in (
        ("2026-11-03-service-review", LAB),
        ("2026-10-01-service-review-depot", DEPOT),
        ("2026-11-04", "# Day\n\nCake at the #customer/lab party.\n\nEnjoyment: 8\n"),
    ):
        (root / "2026").mkdir(exist_ok=True)
        (root / f"2026/{name}.md").write_text(text, "utf-8")
    return shell


def test_all_customers(visited: Shell) -> None:
    assert visited.good("customers", "--period", "2026").splitlines() == [
        "Customers: 2026, the most overdue visit first",
        ("Today: 1 visit is late, 1 not yet told. In the period: 1 theme on several visits."),
        "",
        "Westmere Laboratory",
        "  1 visit, last 2026-11-03, not visited for 17 days; a visit is late (every 10 days)",
        "  2 said by a customer who is new in this period: #network 2",
        "  1 open promise:",
        "    Mast @owen – for 17 days, due 2026-11-20",
        "",
        "depot",
        "  1 visit, last 2026-10-01, not visited for 50 days",
        "  1 said by a customer who is new in this period: #network 1",
        "  1 not yet told",
        "",
        "Typically 6 days from said to done (the median of 1), and 3 days from done to told (the median of 1).",
        "Themes on several visits:",
        "  #network: 3 times on 2 visits, by depot and Westmere Laboratory",
    ]


def test_a_customer_is_compared_with_the_period_before_unless_it_is_new(visited: Shell) -> None:
    earlier = visited.root / "2024/2024-03-04-service-review-depot.md"
    earlier.parent.mkdir(exist_ok=True)
    earlier.write_text(DEPOT, "utf-8")
    lines = visited.good("customers", "--period", "2026").splitlines()
    assert lines[2] == "In brackets: how many more (+) or fewer (−) than in 2025."
    assert "  2 said by a customer who is new in this period: #network 2" in lines
    assert "  1 said, 1 more than in the period before: #network 1 (+1)" in lines
    rows = json.loads(visited.good("customers", "--json", "--period", "2026"))["customers"]
    assert {row["customer"]: row["is_new"] for row in rows} == {"lab": True, "depot": False}
    table = visited.good("customers", "--markdown", "--period", "2026").splitlines()
    assert table[2] == "|  | Westmere Laboratory (new) | depot | all |"
    assert table[4] == "| network | 2 | 1 (+1) | 3 (+3) |"


def test_one_customer(visited: Shell) -> None:
    lines = visited.good("customers", "lab").splitlines()
    assert lines[0] == "Westmere Laboratory (#customer/lab)"
    assert lines[2] == "Met so far: @helen"
    at = lines.index("2026-11-03 – 2026/2026-11-03-service-review.md")
    assert lines[at + 1 : at + 6] == [
        "  told                   =cmd|' /C calc'!A0 #network",
        "                         [x] Cable @priya done 2026-11-09",
        '  promised               "It drops" #network',
        "                         [ ] Mast @owen due 2026-11-20",
        "  valued                 The call",
    ]
    assert lines[-2:] == [
        "In other entries",
        "  2026-11-04    8/10  Cake at the #customer/lab party.",
    ]
    assert visited.good("customers", "Westmere laboratory").splitlines() == lines


def test_no_cell_is_a_formula(visited: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(visited.good("customers", "lab", "--csv"))))
    assert [row["stage"] for row in rows] == ["told", "promised", "said"]
    assert rows[0]["text"].startswith("'=cmd|")
    assert (rows[0]["done"], rows[0]["told"], rows[0]["confirmed"]) == (
        "2026-11-09",
        "2026-11-12",
        "",
    )
    counts = list(
        csv.DictReader(io.StringIO(visited.good("customers", "--csv", "--period", "2026")))
    )
    assert [(row["customer"], row["theme"], row["count"], row["before"]) for row in counts] == [
        ("lab", "network", "2", "0"),
        ("depot", "network", "1", "0"),
    ]


def test_the_forms_for_programs(visited: Shell) -> None:
    found = json.loads(visited.good("customers", "--json"))
    assert found["themes"] == {"network": {"count": 3, "before": 0}}
    lab, depot = found["customers"]
    assert (lab["customer"], lab["is_due"], lab["days"]) == ("lab", True, 17)
    assert [it["text"] for it in depot["untold"]] == ["Slow #network"]
    one = json.loads(visited.good("customers", "depot", "--json"))
    [visit] = one["history"]
    assert visit["said"][0]["stage"] == "refused"
    assert visit["said"][0]["promises"][0]["reason"] == "dear"
    table = visited.good("customers", "--markdown", "--period", "2026").splitlines()
    assert table[2] == "|  | Westmere Laboratory (new) | depot (new) | all |"
    assert table[4] == "| network | 2 | 1 | 3 (+3) |"
    page = visited.good("customers", "depot", "--markdown").splitlines()
    assert page[-2:] == ["- Slow #network (refused, not yet told)", "  - [-] No – dear"]


def test_the_order_of_the_customers(visited: Shell) -> None:
    def names(*words: str) -> list[str]:
        found = json.loads(visited.good("customers", "--json", *words))
        return [it["customer"] for it in found["customers"]]

    assert names() == names("--sort", "visit") == names("--sort", "said") == ["lab", "depot"]
    assert names("--sort", "untold") == names("--sort", "name") == ["depot", "lab"]
    first = visited.good("customers", "--sort", "name").splitlines()[0]
    assert first.endswith(", by name")
    for words in (("lab", "--sort", "name"), ("--not-told", "--sort", "name")):
        assert "--sort is for the list" in visited.refused(2, "customers", *words)


def test_what_is_not_yet_told(visited: Shell) -> None:
    assert visited.good("customers", "--not-told").splitlines() == [
        "1 thing was done or refused, and the customer hasn’t been told yet",
        "",
        "depot",
        "  2026-10-01  refused, not yet told  Slow #network",
        "                                     [-] No – dear",
        "              2026/2026-10-01-service-review-depot.md:7",
    ]
    [found] = json.loads(visited.good("customers", "--not-told", "--json"))["not_told"]
    assert (found["customers"], found["line"], found["stage"]) == (["depot"], 7, "refused")
    [row] = csv.DictReader(io.StringIO(visited.good("customers", "depot", "--not-told", "--csv")))
    assert (row["customers"], row["path"]) == ("depot", "2026/2026-10-01-service-review-depot.md")
    assert visited.good("customers", "--not-told", "--markdown").splitlines()[2:] == [
        "## depot",
        "",
        "- Slow #network (refused, not yet told), 2026-10-01",
        "  - [-] No – dear",
    ]
    result = visited("customers", "lab", "--not-told")
    assert (result.code, result.out) == (
        1,
        "Customers were told of everything that was done or refused.\n",
    )
    assert "leave out --period" in visited.refused(2, "customers", "--not-told", "--period", "2026")
    # A search finds the same feedback.
    assert "Slow #network" in visited.good("find", "state:not-told")


def test_what_returns(visited: Shell) -> None:
    again = "# Review\n\n#customer/lab\n\n## Frustrations\n\n- Drops as before #network\n"
    (visited.root / "2026/2026-11-17-service-review.md").write_text(again, "utf-8")
    lines = visited.good("customers", "--returning", "--period", "2026", "-n", "1").splitlines()
    assert lines[:4] == [
        "What returns: 2026",
        "",
        "Said again after it was done",
        "  2026-11-03  said again             =cmd|' /C calc'!A0 #network",
    ]
    at = lines.index("#network: 4 times on 3 visits, by depot and Westmere Laboratory")
    assert lines[at + 1].startswith("  2026-10-01") and lines[-1] == "  and 3 more"
    found = json.loads(visited.good("customers", "--returning", "--json", "--period", "2026"))
    assert [it["text"] for it in found["reopened"]] == ["=cmd|' /C calc'!A0 #network"]
    assert [len(it["said"]) for it in found["repeats"]] == [4] and found["alike"] == []
    assert "## network: 4 times" in visited.good("customers", "--returning", "--markdown")
    assert "leave out the name" in visited.refused(2, "customers", "lab", "--returning")
    result = visited("customers", "--returning", "--period", "2020")
    assert result.code == 0 and "Said again" in result.out


def test_there_is_no_such_customer(visited: Shell) -> None:
    assert visited.refused(1, "customers", "nobody") == (
        "There is no customer “nobody”. Customers are: lab, depot."
    )


def test_a_journal_without_customers_teaches(shell: Shell) -> None:
    result = shell("customers")
    assert result.code == 1
    assert result.out.startswith("No customer yet.")


def test_every_key_of_the_json_is_named(visited: Shell) -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            inner = {key for it in value.values() for key in keys(it)}
            return inner | {key for key in value if key not in ("network", "")}
        return {key for it in value for key in keys(it)} if isinstance(value, list) else set()

    found = json.loads(visited.good("customers", "--json"))
    found["one"] = json.loads(visited.good("customers", "lab", "--json"))
    found["untold"] = json.loads(visited.good("customers", "--not-told", "--json"))
    text = guide.plain("command-line")
    unnamed = [key for key in sorted(keys(found) - {"one"}) if f"`{key}`" not in text]
    assert unnamed == [], "name these keys of the JSON in guide/command-line.md"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_customer_said_never_reaches_the_terminal_as_control(
    shell: Shell, payload: str
) -> None:
    text = f"# R\n\n#customer/lab @a\n\n## Feedback\n\n- a{payload}b #x\n  - [ ] c{payload}d\n"
    file = shell.root / "2026-11-03-service-review.md"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    for form in (
        [], ["lab"], ["--csv"], ["lab", "--csv"], ["--markdown"], ["lab", "--markdown"], ["--returning"],
    ):  # fmt: skip
        assert is_safe(shell("customers", *form))


def test_the_document_of_a_period_has_the_customers_seen_and_what_changed(visited: Shell) -> None:
    lines = visited.good("review", "2026-11", "--markdown").splitlines()
    at = lines.index("### Westmere Laboratory")
    # A visit and what was said there open the note, not the entry of its day.
    note = "2026/2026-11-03-service-review.md"
    assert f"- Visited on 1 day. ([2026-11-03]({note}))" in lines[at:]
    page = visited.good("review", "2026-11", "--format", "html")
    visit = page[page.index("Visited on 1 day.") :]
    assert f'<a href="{note}">2026-11-03</a>)' in visit[:200]
    assert visit.count(f'<a href="{note}">2026-11-03</a>') >= 3
    text = "\n".join(lines[at:])
    assert "3 things said." in text and "1 thing done." in text
    assert "1 thing told or confirmed." in text
    assert "It drops" in text and "promised" in text
    assert "Which promises" not in text
    assert "What was done for customers" not in text


def test_the_document_counts_what_was_said_again(shell: Shell) -> None:
    said = "- {0} #{0}\n  - [x] {0} is fixed done:2026-09-10\n"
    for day, feedback in (("09-01", said), ("10-06", "- {0} #{0}\n")):
        items = "".join(feedback.format(theme) for theme in ("doors", "lights"))
        file = shell.root / f"2026-{day}-service-review.md"
        file.write_text(f"# Review #customer/lab\n\n## Feedback\n\n{items}", "utf-8")
    text = shell.good("review", "2026-10", "--markdown")
    assert "- 2 things said again after they were done." in text


def test_a_customer_that_is_spelt_in_three_ways_is_pointed_out(shell: Shell) -> None:
    for day, key in ((1, "lab"), (2, "lab"), (3, "laboratory"), (4, "la-b")):
        file = shell.root / f"2026-11-{day:02d}-service-review.md"
        file.write_text(f"# Review #customer/{key}\n\n## Feedback\n\n- x\n", "utf-8")
    result = shell("check")
    assert result.code == 1
    for day, key in ((3, "laboratory"), (4, "la-b")):
        said = f"2026-11-{day:02d}-service-review.md: the customer “{key}” may be “lab”; to merge them, run"
        assert said in result.out
    command = "journal rename '#customer/la-b' '#customer/lab'"
    assert f"  la-b may be lab; to merge them: {command}" in shell.good("customers")


def test_a_customer_is_merged_wherever_it_is_named_and_the_merge_undone(shell: Shell) -> None:
    texts = {
        "2026-11-01-service-review-lab.md": "# Review\n\n## Feedback\n\n- a\n",
        "2026-11-02-service-review.md": "# Review\n\n@ann #customer/labs\n\n## Feedback\n\n- b\n",
        "2026-11-03-service-review-Labs.md": "# Review\r\n\r\n## Feedback\r\n\r\n- c\r\n",
        "2026-11-04-service-review.md": "---\ncustomers: [Labs, depot]\n---\n\n## Feedback\n\n- d #customer/labs\n",
        "2026-11-05-service-review-labs.md": "No title here.\n\n## Feedback\n\n- e\n",
    }
    for name, text in texts.items():
        (shell.root / name).write_bytes(text.encode())
    plan = shell.good("rename", "#customer/labs", "#customer/lab", "--plan")
    assert "the two are merged" in plan and "5 lines of 4 entries change." in plan
    shell.good("rename", "#customer/labs", "#customer/lab", "--yes")

    def text(name: str) -> str:
        return (shell.root / name).read_bytes().decode()

    names = list(texts)
    assert text(names[2]) == "# Review\r\n\r\n#customer/lab\r\n\r\n## Feedback\r\n\r\n- c\r\n"
    assert (
        text(names[3]) == "---\ncustomers: [lab, depot]\n---\n\n## Feedback\n\n- d #customer/lab\n"
    )
    assert text(names[4]) == "#customer/lab\n\nNo title here.\n\n## Feedback\n\n- e\n"
    found = json.loads(shell.good("customers", "--json"))
    assert [(it["customer"], len(it["visits"])) for it in found["customers"]] == [
        ("depot", 1),
        ("lab", 5),
    ]
    shell.good("rename", "--undo")
    assert {name: text(name) for name in texts} == texts


def test_what_was_told_is_written_under_what_was_said(shell: Shell) -> None:
    text = (
        "# Review\n\n#customer/lab\n\n## Frustrations\n\n- Slow network\n  - [x] Cable done:2026-11-02\n"
        "- Slow printers\n  - [ ] Oil\n- Slow lifts\n  - [x] Rope done:2026-11-02\n"
    )
    file = shell.root / "2026-11-01-service-review.md"
    file.write_text(text, "utf-8")
    refused = shell("customers", "lab", "--told", "slow", "--on", "2026-11-03")
    assert refused.code == 2 and "Slow network" in refused.err and "printers" not in refused.err
    early = shell("customers", "lab", "--told", "cable", "--on", "2026-11-01")
    assert early.code == 1 and "done or refused on 2026-11-02" in early.err
    assert "Tick the promise first" in shell("customers", "lab", "--told", "printers").err
    assert file.read_text("utf-8") == text
    said = shell.good("customers", "lab", "--told", "cable", "--on", "2026-11-03")
    assert "Wrote “told 2026-11-03” under “Slow network” of lab" in said
    told = text.replace("02\n- Slow p", "02\n  - told 2026-11-03\n- Slow p")
    assert file.read_text("utf-8") == told
    assert shell("customers", "lab", "--told", "network").err.startswith(
        "journal: The customer was told already."
    )
    shell.good("customers", "lab", "--confirmed", "network", "--on", "2026-11-04")
    assert "  - told 2026-11-03\n  - confirmed 2026-11-04\n" in file.read_text("utf-8")
    assert shell("customers", "--told", "x").code == 2
    assert shell("customers", "lab", "--on", "friday").code == 2


def test_words_that_are_the_whole_of_one_and_a_part_of_another_mean_the_one(shell: Shell) -> None:
    file = shell.root / "2026-11-01-service-review.md"
    one, more = "- Slow\n  - [x] A\n", "- Slow again\n  - [x] A cable\n"
    file.write_text(f"#customer/lab\n\n## Frustrations\n\n{one}{more}", "utf-8")
    shell.good("customers", "lab", "--told", "slow", "--on", "2026-11-03")
    assert file.read_text("utf-8").endswith(f"{one}  - told 2026-11-03\n{more}")
    file.write_text(f"#customer/lab\n\n## Frustrations\n\n{one}{one}", "utf-8")
    refused = shell("customers", "lab", "--told", "slow", "--on", "2026-11-03")
    assert "2 things have the same words" in refused.err
    assert "Write “told 2026-11-03” under the one you mean" in refused.err
