"""`journal review week --close`, and what `journal rate` says of earlier ratings."""

import json
from datetime import date, timedelta

import pytest

from journal_tui.cli import closing as command
from tests.cli.command_shell import Shell

TUESDAY = (
    "# Tuesday\n\nThe lift broke down. Then it rained.\n\n- [ ] Send @colm the list due:2026-11-18\n"
    "- [x] Call Zoe done:2026-11-19\n\n## Learning points\n\n- Ask @colm first\n- Write less\n\n"
    "Enjoyment: 7/10 – rain\n"
)
THURSDAY = (
    "# Thursday\n\nNobody came.\n\n## Learning points\n\n- Count what rings #oncall\n- Wait\n"
)
EARLIER = "# E\n\n- [ ] Order cables due:2026-11-19\n- [ ] Paint due:2027-01-05\n"
NOTE = "2026/2026-W47.md"


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A week with two days, and a promise of an earlier one that is due in it."""
    shell.write(TUESDAY, "2026-11-17")
    shell.write(THURSDAY, "2026-11-19")
    shell.write(EARLIER, "2026-10-01")
    return shell


def note(shell: Shell) -> str:
    return (shell.root / NOTE).read_text("utf-8")


def test_in_a_pipe_it_prints_what_there_is_to_decide(filled: Shell) -> None:
    assert (
        filled.good("review", "week", "--close")
        == """\
Close Week 47 of 2026

1. The days (2)
  2026-11-17    7/10  The lift broke down. Then it rained. – rain
  2026-11-19          Nobody came.

2. Points to keep, at most 3 (--keep N…)
  1  2026-11-17  Ask @colm first
  2  2026-11-17  Write less
  3  2026-11-19  Count what rings #oncall
  4  2026-11-19  Wait

3. Open promises (2)
  due 2026-11-18  Send @colm the list
  due 2026-11-19  Order cables
  To settle one: journal todo --done "part of it", or --drop, or --change

4. What moved? (--moved TEXT)

To close it: journal review week --close --keep 1 3 --moved "one line"
"""
    )
    assert not (filled.root / NOTE).exists()


def test_closing_by_options_and_adding_later(filled: Shell) -> None:
    said = filled.good("review", "--close", "--keep", "1", "3", "--moved", "The alarms ring.")
    assert said == f"Week 47 of 2026 is closed: 2 points kept, written to {NOTE}.\n"
    assert (
        note(filled)
        == """\
# Week 47 of 2026

What moved: The alarms ring.

## Kept points

- [2026-11-17](2026-11-17.md): “Ask @colm first”
- [2026-11-19](2026-11-19.md): “Count what rings #oncall”

## Settled promises

- [2026-11-17](2026-11-17.md): Call Zoe → done 2026-11-19
"""
    )
    said = filled.good("review", "week", "--close")
    assert "It is closed already" in said and "(kept) Ask @colm first" in said
    before = note(filled)
    again = filled.good("review", "week", "--close", "--keep", "1", "--moved", "The alarms ring.")
    assert again == f"{NOTE} has all of that already, so nothing was added.\n"
    assert note(filled) == before
    assert "; its note has 2 already" in filled.refused(
        2, "review", "week", "--close", "--keep", "2", "4"
    )
    (filled.root / NOTE).write_text(
        before.replace("# Week 47 of 2026", "# My week\n\nMine."), "utf-8"
    )
    filled.good("review", "week", "--close", "--keep", "4", "--moved", "And more.")
    assert note(filled).startswith(
        "# My week\n\nMine.\n\nWhat moved: The alarms ring.\n\nWhat moved: And more."
    )
    assert note(filled).count("“Wait”") == 1


def test_a_week_of_long_ago_is_closed_like_any_other(filled: Shell) -> None:
    filled.write("# Up betimes\n\n## Learning points\n\n- Go by water\n", "1665-05-15")
    filled.good("review", "1665-W20", "--close", "--keep", "1", "--moved", "To the office.")
    assert "“Go by water”" in (filled.root / "1665/1665-W20.md").read_text("utf-8")
    assert "1665-W20" in filled.good("find", "kind:week")
    assert "It is closed already" in filled.good("review", "1665-W20", "--close")
    assert [
        point["text"]
        for point in json.loads(filled.good("review", "1665-05", "--close", "--json"))["points"]
    ] == ["Go by water"]


def test_its_points_are_not_counted_twice(filled: Shell) -> None:
    filled.good("review", "week", "--close", "--keep", "1", "2", "3")
    assert len(json.loads(filled.good("review", "week", "--json"))["learning_points"]) == 4
    assert filled.good("find", "--in", "learning", "colm").count("Ask @colm first") == 1
    assert "no problems found" in filled.good("check")
    # The month takes what the week kept.
    found = json.loads(filled.good("review", "month", "--close", "--json"))
    assert [point["text"] for point in found["points"]] == [
        "Ask @colm first",
        "Write less",
        "Count what rings #oncall",
    ]
    filled.good("review", "month", "--close", "--keep", "3", "--moved", "On call works.")
    text = (filled.root / "2026/2026-11.md").read_text("utf-8")
    assert "- [2026-11-19](2026-11-19.md): “Count what rings #oncall”" in text
    assert "Settled" not in text
    found = json.loads(filled.good("review", "2026", "--close", "--json"))
    assert [point["text"] for point in found["points"]] == ["Count what rings #oncall"]


def test_json(filled: Shell) -> None:
    found = json.loads(filled.good("review", "week", "--close", "--json"))
    assert {key: found[key] for key in ("period", "path", "closed", "most", "moved")} == {
        "period": "2026-W47",
        "path": NOTE,
        "closed": False,
        "most": 3,
        "moved": [],
    }
    assert found["points"][0] == {
        "number": 1,
        "written": "2026-11-17",
        "path": "2026/2026-11-17.md",
        "text": "Ask @colm first",
        "kept": False,
    }
    assert [(it["text"], it["group"]) for it in found["promises"]] == [
        ("Send @colm the list", "late"),
        ("Order cables", "late"),
    ]
    assert found["settled"][0]["outcome"] == "done 2026-11-19"
    assert found["days"][0]["text"] == "The lift broke down. Then it rained."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("yesterday", "--close"), "Only a week, a month, a quarter or a year can be closed"),
        (("last", "90", "days", "--close"), "can be closed, not 90 days to 20 November 2026"),
        (("all", "--close"), "can be closed, not All days"),
        (("1465-W20", "--close"), "because only periods from 1500 to 2099 have notes. To look back"),
        (("next", "week", "--close"), "Week 48 of 2026 hasn't begun"),
        (("week", "--keep", "1"), "--keep can only be used with --close"),
        (("week", "--keep", "1", "--moved", "x"), "--keep and --moved can only be used with --close"),
        (("week", "--close", "--markdown"), "No document is made when a period is closed"),
        (("week", "--close", "-o", "w.html"), "No document is made when a period is closed"),
        (("week", "--close", "--keep", "5"), "There is no point 5: Week 47 of 2026 has 4 learning points"),
        (("week", "--close", "--keep", "0"), "There is no point 0"),
        (("week", "--close", "--keep", "1", "2", "3", "4"), "keeps at most 3 points. Choose fewer"),
        (("week", "--close", "--moved", " "), "There was no text. Say what moved forward."),
    ],
)  # fmt: skip
def test_what_cannot_be_closed(filled: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in filled.refused(2, "review", *words)
    assert not (filled.root / NOTE).exists()


def test_a_week_without_anything(filled: Shell) -> None:
    code, out, err = filled("review", "2026-W20", "--close")
    assert (code, out) == (1, "")
    assert err == "Nothing is written in Week 20 of 2026, so there is nothing to close.\n"
    said = filled.good("review", "2026-W20", "--close", "--moved", "Holidays, and nothing else.")
    assert "is closed: 0 points kept" in said


def test_on_a_terminal_the_app_opens_it(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_tui import app

    opened: list[object] = []
    monkeypatch.setattr(command, "can_show_app", lambda: True)
    monkeypatch.setattr(
        app, "run", lambda *_, period_to_close: opened.append(period_to_close.name) or 0
    )
    filled.good("review", "last", "week", "--close")
    assert opened == ["2026-W46"]
    filled.good("review", "week", "--close", "--keep", "1")
    assert opened == ["2026-W46"] and (filled.root / NOTE).exists()


def test_an_own_template_is_kept(filled: Shell) -> None:
    settings = filled.root / "journal.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + '\n[templates]\nweek = "# {title}\\n\\n{cursor}\\n\\n## Mood\\n\\n"\n',
        "utf-8",
    )
    filled.good("review", "week", "--close", "--keep", "4")
    assert note(filled).startswith("# Week 47 of 2026\n\n") and "## Mood" in note(filled)


def test_the_brief_asks_until_the_week_is_closed(shell: Shell) -> None:
    shell.write("# F\n\nWords.\n", "2026-11-20")
    lines = shell.good("brief").splitlines()
    assert lines[0] == "Close the week  1 day written  (journal find date:2026-W47)"
    shell.good("review", "week", "--close", "--moved", "It did.")
    assert "Close" not in shell.good("brief")


def test_rating_says_what_was_rated_the_same_before(shell: Shell) -> None:
    first = date(2026, 11, 19)
    for number in range(12):
        shell.write(f"# D\n\nEnjoyment: 6/10 – day {number}\n", str(first - timedelta(number)))
    assert shell.good("rate", "6", "fine").splitlines() == [
        "Rated Friday 20 November 2026: 6/10 – fine",
        "Your last 12 ratings: 6 6 6 6 6 6 6 6 6 6 6 6",
        "It takes 14 other ratings to say what is usual, and there are 12.",
        "  6 on 19 November 2026: day 0",
        "  6 on 18 November 2026: day 1",
        "The last 12 rated days, since 8 November 2026, all have 6.",
    ]
    # It is pointed out once.
    again = shell.good("rate", "2").splitlines()
    assert again[-1] == "  No day of the year before has 2."
    assert "usual" in again[2]
    assert shell.good("rate", "7", "--on", "last week") == "Rated Week 46 of 2026: 7/10\n"
