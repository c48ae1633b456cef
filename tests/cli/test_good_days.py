"""The command good-days: what goes with good days, one question, and what can't be said."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from journal_tui import guide
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe


def workdays(count: int) -> Iterator[date]:
    """Yield so many workdays from 2 March 2026 on."""
    day = date(2026, 3, 2)
    while count:
        if day.weekday() < 5:
            yield day
            count -= 1
        day += timedelta(1)


# On these of sixty days, in no regular order, somebody went to the depot, and the days were better.
DEPOT = {0, 3, 7, 8, 13, 16, 22, 23, 29, 31, 36, 38, 41, 47, 50, 54, 55, 59}


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Sixty rated workdays, on eighteen of which a tag is used."""
    for at, day in enumerate(workdays(60)):
        better = 2 if at in DEPOT else 0
        rating = (5, 7, 6, 6.5, 5.5, 7, 5)[at % 7] + better
        tag = " #depot" if at in DEPOT else ""
        ann = " @ann" if at % 4 == 1 else ""
        rare = " #rare" if at < 3 else ""
        shell.write(f"# T\n\nAt work{tag}{ann}{rare}.\n\nEnjoyment: {rating}\n", day.isoformat())
    return shell


def test_everything(filled: Shell) -> None:
    lines = filled.good("good-days").splitlines()
    assert lines[:3] == [
        "What goes with good days: All days",
        "60 rated days, the median is 6.5/10.",
        "8 questions asked at once, and the answers are corrected for that.",
    ]
    assert lines[4] == "Different"
    assert lines[5].startswith(
        "  #depot: median 8.5 on 18 days, 6 on 42 others; typically 2 higher (+"
    )
    assert lines[6] == "    [journal find '#depot rating:0+']"
    assert "No difference is shown" in lines
    assert "  #rare 3." in lines
    assert lines[-1].startswith("What goes with good days need not cause them")
    assert "because" not in "\n".join(lines)


def test_every_search_finds_the_days_of_its_answer(filled: Shell) -> None:
    found = json.loads(filled.good("good-days", "--json"))
    for answer in found["answers"]:
        if answer["find"]:
            hits = json.loads(filled.good("find", answer["find"], "-n", "0", "--json"))
            assert {hit["date"] for hit in hits} == set(answer["dates"])
    assert sum(bool(answer["find"]) for answer in found["answers"]) >= 7


def test_one_question(filled: Shell) -> None:
    lines = filled.good("good-days", "#depot", "--period", "2026").splitlines()
    assert lines[0] == "#depot: 2026"
    assert lines[3] == "    [journal find 'date:2026 #depot rating:0+']"
    assert lines[4].startswith("  The ratings differ (p ")
    assert "No difference is shown" in filled.good("good-days", "@ann")
    assert "  Friday: median" in filled.good("good-days", "fridays")
    assert "on:friday" in filled.good("good-days", "on:friday")
    words = filled.good("good-days", "depot OR rare")
    assert "[journal find '(depot OR rare) rating:0+']" in words


def test_json(filled: Shell) -> None:
    found = json.loads(filled.good("good-days", "#depot", "--json"))
    assert list(found) == [
        "period", "first", "last", "question", "rated", "median", "refusal", "answers", "too_few",
    ]  # fmt: skip
    [answer] = found["answers"]
    assert list(answer) == [
        "name", "kind", "shown", "weekday", "with", "without", "medians", "difference", "interval", "p",
        "weekday_p", "smallest", "dates", "find",
    ]  # fmt: skip
    assert (answer["kind"], answer["shown"], answer["with"], answer["without"]) == (
        "search",
        True,
        18,
        42,
    )
    text = guide.plain("command-line")
    assert [key for key in (*found, *answer) if f"`{key}`" not in text] == []


def test_too_few(filled: Shell) -> None:
    code, out, err = filled("good-days", "#rare")
    assert (code, err) == (1, "")
    assert "#rare: on 3 rated days and not on 57; it takes 8 of each." in out
    code, out, _ = filled("good-days", "--period", "2026-03-02..2026-03-06")
    assert (code, "It takes 16 rated days to compare them, and there are 5." in out) == (1, True)
    assert json.loads(filled("good-days", "nothing like it", "--json").out)["too_few"] == [
        {"name": "nothing like it", "kind": "search", "with": 0, "without": 60}
    ]


def test_an_empty_journal(shell: Shell) -> None:
    code, out, err = shell("good-days")
    assert (code, err) == (1, "")
    assert "there are 0" in out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--period", "nonsense"], "isn't a date or a period"),
        (["rating:8+"], "A question about the ratings themselves has no answer."),
        (["has:remark"], "A question about the ratings themselves has no answer."),
        (["mood:calm"], "There is no field “mood:”"),
    ],
)
def test_what_is_refused(filled: Shell, words: list[str], part: str) -> None:
    assert part in filled.refused(2, "good-days", *words)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.one_in(4)
def test_nothing_reaches_the_terminal_that_it_would_obey(filled: Shell, payload: str) -> None:
    text = f"---\ntags: ['{payload}']\n---\n# {payload} #a{payload}\n\nEnjoyment: 9 – {payload}\n"
    filled.write(text.encode("utf-8", "surrogateescape"))
    for words in ((), (payload,), ("--json",)):
        assert is_safe(filled("good-days", *words))
