"""The command review: a period in words, as Markdown and as JSON."""

import json

import pytest

from journal_tui import guide
from tests.cli.command_shell import Shell
from tests.cli.test_safe_output import PAYLOADS, is_safe


@pytest.fixture
def filled(rated: Shell) -> Shell:
    """Five workdays of this month, and one of the year before."""
    rated.write("# T\n\nEnjoyment: 7\n", "2025-11-20")
    rated.write(
        "# T\n\nSaw @colm.\n\n- [ ] Send the list due:2026-11-18\n- [x] Call\n\n"
        "## Learning points\n\n- Ask first #hiring\n- Sleep\n\nEnjoyment: 9 – good day out\n",
        "2026-11-16",
    )
    return rated


def test_a_month_in_words(filled: Shell) -> None:
    assert (
        filled.good("review")
        == """\
November 2026
1 to 30 November 2026

Written
  5 of 14 workdays written.  [journal find date:2026-11]
  21 words.  [journal find date:2026-11]
  No entry from 1 to 9 November 2026 (6 workdays).

Enjoyment
           1    6    11   16   21   26   31
  2026-11           ▅▅▆▂  ▇
  ▁ is 0, █ is 10, · written without a rating, blank not written
  5 of 5 written days rated; the median is 6/10.
  A rating is only exact to about 1 point, so days from 5 to 7 are about the same as the median.
  It takes 14 other ratings to say what is usual, and there is 1.
     0                               0
     1                               0
     2  ████████████                 1
     3                               0
     4                               0
     5                               0
     6  ████████████████████████     2
     7  ████████████                 1
     8                               0
     9  ████████████                 1
    10                               0

Best days
  2026-11-16  9/10  good day out
  2026-11-12  7/10, near the median  Title 12

Worst days
  2026-11-13  2/10  Title 13

Learning points
  2 learning points on 1 day.
  With a tag or a person that no other has (1)
    2026-11-16  Ask first #hiring
  Without a tag or a person (1)
    2026-11-16  Sleep

Follow-ups
  2 written
    1 done
    1 open
    1 open and late
    2026-11-16  Send the list (due 2026-11-18)

Mentioned
  People: @colm 1.
  Tags: #hiring 1.
"""
    )


KEYS = {
    "": "period title first last find coverage gaps words days enjoyment learning_points themes follow_ups "
    "people tags kinds notes moved kept customers thanks",
    "coverage": "written possible noun missing extra",
    "enjoyment": "lowest highest rated unrated median band usual distribution best worst",
    "follow_ups": "made done dropped open waiting late earlier",
}


def test_json(filled: Shell) -> None:
    found = json.loads(filled.good("review", "2026", "--json"))
    assert list(found) == KEYS[""].split()
    for part in ("coverage", "enjoyment", "follow_ups"):
        assert list(found[part]) == KEYS[part].split()
    assert found["days"][0] == {
        "date": "2026-11-10",
        "path": "2026/2026-11-10.md",
        "line": 3,
        "rating": 6,
        "remark": "",
        "words": 1,
    }
    assert found["enjoyment"]["usual"] == {"ratings": 1, "median": None, "quartiles": None}
    assert found["enjoyment"]["distribution"][6] == {
        "rating": "6",
        "number": 2,
        "dates": ["2026-11-10", "2026-11-11"],
        "find": "date:2026 rating:6",
        "usual": None,
    }
    assert found["themes"][0] == {
        "name": "#hiring",
        "number": 1,
        "dates": ["2026-11-16"],
        "find": "date:2026 in:learning #hiring",
    }
    assert found["learning_points"][0]["names"] == ["#hiring"]


@pytest.mark.parametrize(
    "words",
    [
        ["week"],
        ["last", "month", "--json"],
        ["all"],
        ["2026-11-16"],
        ["2025..2026"],
        ["last", "90", "days"],
    ],
)
def test_other_periods(filled: Shell, words: list[str]) -> None:
    code, out, _ = filled("review", *words)
    assert (code, bool(out)) == (1 if "month" in words else 0, True)


def test_every_point_with_n_0(filled: Shell) -> None:
    points = "".join(f"- Point {n} #hiring\n" for n in range(9))
    filled.write(f"## Learning points\n\n{points}", "2026-11-17")
    assert "    and 5 more\n" in filled.good("review")
    assert "Point 0" in filled.good("review", "-n", "0")
    assert "and 9 more" in filled.good("review", "-n", "1")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nonsense"], "isn't a date or a period. Try one of: week, last month"),
        (["2026-11-20..2026-11-01"], "runs backwards"),
        (["2026-13"], "There is no month 13"),
        (["0000"], "outside the calendar"),
    ],
)
def test_what_is_not_a_period_is_refused(filled: Shell, words: list[str], part: str) -> None:
    assert part in filled.refused(2, "review", *words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("2031", "There is nothing to look back on: 2031 hasn't begun."),
        ("1950", "Nothing was written in this time: 1950."),
        ("1900..1980", "Nothing was written in this time: 1900 to 1980."),
    ],
)
def test_nothing_written(filled: Shell, words: str, sentence: str) -> None:
    code, out, err = filled("review", words)
    assert (code, out) == (1, "")
    assert err.startswith(sentence)


def test_an_empty_journal(shell: Shell) -> None:
    assert shell("review") == (1, "", "Nothing has been written in this journal yet.\n")
    found = json.loads(shell("review", "all", "--json").out)
    assert (found["words"], found["days"], found["find"]) == (0, [], None)


@pytest.mark.parametrize("form", [[], ["--markdown"], ["--json"]])
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.one_in(4)
def test_nothing_reaches_the_terminal_that_it_would_obey(
    shell: Shell, payload: str, form: list[str]
) -> None:
    text = (
        f"# {payload}\n\n- [ ] {payload}\n\n## Learning points\n\n- {payload} #a\n\n"
        f"Enjoyment: 9 – {payload}\n"
    )
    shell.write(text.encode("utf-8", "surrogateescape"))
    shell.write("Enjoyment: 3\n", "2026-11-19")
    assert is_safe(shell("review", *form))


def test_the_guide_names_every_key_of_the_json(filled: Shell) -> None:

    text = guide.plain("command-line")
    found = json.loads(filled.good("review", "2026", "--json"))

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value}.union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    unnamed = [key for key in sorted(keys(found)) if f"`{key}`" not in text]
    assert unnamed == []
