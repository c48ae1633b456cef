"""The commands due and random: what comes back from earlier days."""

import json

import pytest

from tests.cli.command_shell import TODAY, Shell

POINT_DAY = "2026-10-30"
POINT = "# T\n\n## Learning points\n\n- Ask @colm for the name of the owner\n"


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A point of three weeks ago, an expectation and follow-ups."""
    shell.write(POINT, POINT_DAY)
    shell.write(
        "# T\n\n- expect: fewer calls about passwords check:2026-11-19\n"
        "- expect: another desk check:2027-01-01\n\n"
        "- [ ] Send the list due:2026-11-18\n- [ ] Call Zoe due:2026-11-21\n",
        "2026-09-01",
    )
    return shell


def test_what_is_due(filled: Shell) -> None:
    assert (
        filled.good("due")
        == """\
Due (1)
  due 2026-11-18  Send the list  (written 2026-09-01)

What happened? (1)
  check 2026-11-19  fewer calls about passwords  (expected 2026-09-01)

Still true?
  Ask @colm for the name of the owner  (2026-10-30, 3 weeks ago)
"""
    )


def test_json(filled: Shell) -> None:
    found = json.loads(filled.good("due", "--json"))
    assert [one["text"] for one in found["due"]] == ["Send the list"]
    assert found["checks"] == [
        {
            "date": "2026-09-01",
            "path": "2026/2026-09-01.md",
            "line": 3,
            "text": "fewer calls about passwords",
            "check": "2026-11-19",
        }
    ]
    assert found["point"] == {
        "date": POINT_DAY,
        "path": f"2026/{POINT_DAY}.md",
        "line": 5,
        "text": "Ask @colm for the name of the owner",
        "cue": "@colm",
        "rating": None,
    }


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["--still-true"], "  - still true 2026-11-20\n"),
        (["--acted-on"], "  - acted on 2026-11-20\n"),
        (["--acted-on", "the  checklist"], "  - acted on 2026-11-20 – the checklist\n"),
        (["--no-longer-true"], "  - no longer true 2026-11-20\n"),
    ],
)
def test_a_verdict_is_written_below_the_point(
    filled: Shell, words: list[str], written: str
) -> None:
    said = filled.good("due", *words)
    assert said.startswith("“Ask @colm for the name of the owner” (2026-10-30")
    assert filled.written(POINT_DAY) == POINT + written
    assert "Still true?" not in filled.good("due")
    assert "Learned 3 weeks ago" not in filled.good("brief")


def test_a_point_can_be_put_off(filled: Shell) -> None:
    assert filled.good("due", "--not-now") == "It will return on another day.\n"
    assert filled.written(POINT_DAY) == POINT
    assert "Still true?" not in filled.good("due")
    assert "Still true?" in filled.good("due", "--point")


def test_points_can_be_switched_off(filled: Shell) -> None:
    filled.good("settings", "returning-points", "false")
    assert "Still true?" not in filled.good("due")
    assert "Learned 3 weeks ago" not in filled.good("brief")


def test_what_happened_is_written_below_the_expectation(filled: Shell) -> None:
    filled.good("due", "--happened", "half as many")
    assert "passwords check:2026-11-19\n  - happened 2026-11-20: half as many\n" in filled.written(
        "2026-09-01"
    )
    filled.good("due", "Another desk", "--happened", "no")
    assert "check:2027-01-01\n  - happened 2026-11-20: no\n" in filled.written("2026-09-01")
    assert "What happened?" not in filled.good("due")


def test_the_brief_asks_for_it(filled: Shell) -> None:
    (line,) = (row for row in filled.good("brief").splitlines() if row.startswith("Expected"))
    assert line.split("  ", 1)[0] == "Expected 2 months ago"
    assert line.endswith("  fewer calls about passwords  (2026-09-01)")
    assert "Expected" not in filled.good("brief", "--on", "yesterday")


def test_mistakes(filled: Shell) -> None:
    assert "No expectation without an answer contains that" in filled.refused(
        1, "due", "penguins", "--happened", "x"
    )
    assert "2 expectations match" in filled.refused(2, "due", "e", "--happened", "x")
    assert "Say in a few words" in filled.refused(1, "due", "--happened", " ")
    assert "need an answer" in filled.refused(2, "due", "passwords")
    filled.path(POINT_DAY).unlink()
    assert "No learning point returns today" in filled.refused(1, "due", "--still-true")


def test_an_empty_journal(shell: Shell) -> None:
    assert shell.good("due") == "Nothing is due, and nothing is to be checked today.\n"
    assert json.loads(shell.good("due", "--json")) == {"due": [], "checks": [], "point": None}
    assert shell("random").code == 1


def test_a_random_day_is_another_one(shell: Shell) -> None:
    shell.write("# Today\n", TODAY)
    assert shell("random").code == 1
    shell.write("# Then\n", "2026-09-01")
    assert all(shell.good("random") == "# Then\n" for _ in range(5))
    assert shell.good("random", "--on", "2026-09-01") == "# Today\n"


def test_words_that_are_the_whole_of_one_expectation_and_a_part_of_another_mean_the_one(
    shell: Shell,
) -> None:
    text = (
        "- expect: fewer calls check:2026-11-19\n- expect: fewer calls at night check:2026-11-19\n"
    )
    shell.write(text, "2026-09-01")
    shell.good("due", "fewer calls", "--happened", "half")
    assert "calls check:2026-11-19\n  - happened 2026-11-20: half\n- expect" in shell.written(
        "2026-09-01"
    )
