"""`journal find` with each of its options, and what it says when nothing is found."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.command_shell import Shell

VISIT = """# Day 11 – Monday 16 November 2026

At the depot. The vendor did not ring back. #site-visit

## Learning points

- Ask the vendor for a name
- Silence is an answer

## Feedback

- The scanner at the depot is slow

## Follow-ups

- [ ] Ring the vendor due:2026-11-17
- [x] Thank the depot
- [-] Move it

Enjoyment: 9/10 – good day out except for the rain
"""
OFFICE = """# Thursday 19 November 2026

A supplier came, and was late.

## Learning points

- A vendor who rings first has news

Enjoyment: 4/10
"""


@pytest.fixture
def shell(shell: Shell) -> Shell:
    """Two days."""
    shell.write(VISIT, "2026-11-16")
    shell.write(OFFICE, "2026-11-19")
    return shell


def days(shell: Shell, *words: str) -> list[str]:
    """The days and kinds that a query finds."""
    return [
        f"{row['date'][8:]} {row['kind']}"
        for row in json.loads(shell.good("find", *words, "--json"))
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["vendor"], ["19 learning", "16 learning", "16 follow-up"]),
        (["vendor OR supplier"], ["19 learning", "16 learning", "16 follow-up"]),
        (["supplier", "OR", "silence"], ["19 entry", "16 learning"]),
        (["vendor", "rating:>=8"], ["16 learning", "16 follow-up"]),
        (["--", "-vendor", "in:learning"], ["16 learning"]),
        (["in:feedback", "slow"], ["16 feedback"]),
        (["in:remark", "rain"], ["16 remark"]),
        (["in:title", "day"], ["16 title"]),
        (["in:prose", "supplier"], ["19 prose"]),
        (["is:open"], ["16 follow-up"]),
        (["is:late"], ["16 follow-up"]),
        (["is:done"], ["16 follow-up"]),
        (["rating:<5"], ["19 entry"]),
        (["on:monday"], ["16 entry"]),
        (["day:11"], ["16 entry"]),
        (["date:day-14"], ["19 entry"]),
        (["since:yesterday"], ["19 entry"]),
        (["since:last week", "until:2026-11-16", "vendor"], ["16 learning", "16 follow-up"]),
        (["-has:feedback"], ["19 entry"]),
        (["#site"], ["16 entry"]),
        (["*endo"], ["19 learning", "16 learning", "16 follow-up"]),
    ],
)
def test_the_language(shell: Shell, query: list[str], found: list[str]) -> None:
    head = ["--json"]
    tail = query if query[0] == "--" else ["--", *query]
    rows = json.loads(shell.good("find", *head, *tail))
    assert [f"{row['date'][8:]} {row['kind']}" for row in rows] == found


def test_the_option_in_equals_the_field_in_the_query(shell: Shell) -> None:
    assert days(shell, "vendor OR slow", "--in", "feedback") == ["16 feedback"]
    assert days(shell, "vendor", "--in", "follow-ups") == ["16 follow-up"]
    assert days(shell, "vendor", "--in", "entries") == ["19 entry", "16 entry"]


def test_best_first(shell: Shell) -> None:
    assert days(shell, "vendor name", "--sort", "best") == ["16 learning"]
    best = days(shell, "vendor", "--sort", "best")
    assert sorted(best) == sorted(days(shell, "vendor"))
    assert best[-1] == "16 follow-up"


def test_one_row_a_day(shell: Shell) -> None:
    shown = shell.good("find", "vendor", "--by-day").splitlines()
    assert len(shown) == 2
    assert shown[1].endswith("(+1)")
    rows = json.loads(shell.good("find", "vendor", "--by-day", "--json"))
    assert [row.get("more") for row in rows] == [None, 1]
    assert len(shell.good("find", "vendor", "--by-day", "--sort", "best").splitlines()) == 2


def test_signs_say_what_kind_a_row_is(shell: Shell) -> None:
    shown = shell.good("find", "depot", "rating:9")
    assert "» The scanner at the depot is slow" in shown
    assert "☑ Thank the depot" in shown
    assert "☐ Ring the vendor" in shell.good("find", "vendor")
    assert "☒ Move it" in shell.good("find", "move")


def test_lines_around_a_match(shell: Shell) -> None:
    assert shell.good("find", "silence", "-C", "1").splitlines()[1:] == [
        "    - Ask the vendor for a name",
        "    - Silence is an answer",
    ]


def test_as_markdown(shell: Shell) -> None:
    assert shell.good("find", "silence", "--markdown") == (
        "Found with `silence`, newest first:\n\n- Silence is an answer (2026-11-16, day 11, 9/10)\n"
    )


def test_as_csv(shell: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(shell.good("find", "vendor", "--csv"))))
    assert [row["kind"] for row in rows] == ["learning", "learning", "follow-up"]
    assert rows[0]["rating"] == "4"
    assert rows[1]["day"] == "11"
    assert Path(rows[0]["path"]).name == "2026-11-19.md"


def test_day_0_is_in_the_csv(shell: Shell) -> None:
    shell.write("# Day 0 – the day before\n\nrice\n", "2026-11-18")
    [row] = csv.DictReader(io.StringIO(shell.good("find", "rice", "--csv")))
    assert row["day"] == "0"


def test_no_cell_is_a_formula(shell: Shell) -> None:
    shell.write("=cmd() rice\n", "2026-11-18")
    rows = list(csv.DictReader(io.StringIO(shell.good("find", "rice", "--csv"))))
    assert [row["text"] for row in rows] == ["'=cmd() rice"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " @", "＝", "＋", "－", "＠"])
def test_no_cell_begins_as_a_formula_does(shell: Shell, sign: str) -> None:
    """The signs of OWASP's "CSV Injection"; white space before them is left out of any row."""
    shell.write(f"{sign}1+1 rice\n", "2026-11-18")
    [row] = csv.DictReader(io.StringIO(shell.good("find", "rice", "--csv")))
    assert row["text"] == f"'{sign.strip()}1+1 rice"
    shell.write(f"1{sign.strip()}1 wheat\n", "2026-11-18")
    [row] = csv.DictReader(io.StringIO(shell.good("find", "wheat", "--csv")))
    assert row["text"] == f"1{sign.strip()}1 wheat"


def test_no_path_is_a_formula(shell: Shell) -> None:
    folder = shell.root / "@SUM(1)"
    folder.mkdir()
    (folder / "2026-11-18.md").write_text("rice\n")
    [row] = csv.DictReader(io.StringIO(shell.good("find", "rice", "--csv")))
    assert row["path"] == "'@SUM(1)/2026-11-18.md"


def test_as_paths(shell: Shell) -> None:
    shown = shell.good("find", "vendor", "--paths").splitlines()
    assert [Path(path).name for path in shown] == ["2026-11-19.md", "2026-11-16.md"]
    assert all(Path(path).is_file() for path in shown)


def test_how_a_query_was_understood(shell: Shell) -> None:
    result = shell("find", "vendor", "since:last week", "rating:>=8", "--explain")
    assert result.code == 0
    assert result.err.splitlines() == [
        "from 2026-11-09 on",
        "rated 8 or more",
        "words that begin with “vendor”",
    ]


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (["vendro"], "journal find vendor"),
        (["vendor", "zebra"], "journal find vendor"),
        (["endor"], "journal find"),
        (["@nobody"], "found within words"),
    ],
)
def test_near_matches_are_offered(shell: Shell, words: list[str], offer: str) -> None:
    result = shell("find", *words)
    assert result.code == 1
    assert result.out == ""
    assert "Nothing found for" in result.err
    if offer.startswith("journal"):
        assert offer in result.err


def test_an_offer_finds_something(shell: Shell) -> None:
    said = shell("find", "vendro rings").err
    offer = said.partition("Try: journal find ")[2].strip().strip("'").partition("' ·")[0]
    assert shell.good("find", offer)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("raiting:8", "There is no field “raiting:”. Did you mean “rating:”?"),
        ("rating:>=banana", "“>=banana” isn't a number for “rating:”"),
        ("rating:8..6", "8..6 runs backwards: write 6..8"),
        ("date:2015..2014", "runs backwards"),
        ("date:3/4/2026", "3/4/2026 could be 2026-04-03 or 2026-03-04"),
        ("(depot", "This “(” is never closed"),
        ("depot)", "This “)” has no “(” before it"),
        ("(" * 500 + "a" + ")" * 500, "at most 40 deep"),
        ("word " * 2_000, "at most 2000 characters"),
        ("", "Say what to search for"),
        ("in:cellar x", "takes one of learning, feedback, follow-ups"),
    ],
)
def test_bad_queries_are_one_sentence(shell: Shell, words: str, sentence: str) -> None:
    result = shell("find", words)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", ['"never closed', "^foo.*(bar|baz)+$", "\x1b[31mred", "a\x00b", "%zz{}"]
)
def test_odd_queries_are_answered(shell: Shell, words: str) -> None:
    result = shell("find", words)
    assert result.code == 1
    assert "\x1b" not in result.err + result.out


def test_the_language_is_in_the_help(shell: Shell) -> None:
    assert "kind:service-review" in shell("find", "--help").out
