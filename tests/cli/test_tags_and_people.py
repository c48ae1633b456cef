"""The commands tags and people."""

import json

import pytest

from tests.cli.command_shell import Shell, process
from tests.cli.test_safe_output import PAYLOADS, is_safe


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Three days with tags and people."""
    shell.write("#one-to-one with @Zoë, #project/wifi\n", "2026-11-16")
    shell.write("#one-to-one @colm #project/lab #depot\n", "2026-11-17")
    shell.write(
        "---\ntags: [old machines]\n---\n#One-to-One #one-on-one @colmn @colm\n", "2026-11-19"
    )
    return shell


def test_tags(filled: Shell) -> None:
    assert (
        filled.good("tags")
        == """\
    3 days  2026-11-16 to 2026-11-19  #One-to-One
    2 days  2026-11-16 to 2026-11-17  #project
     1 day  2026-11-17                  #project/lab
     1 day  2026-11-16                  #project/wifi
     1 day  2026-11-17                #depot
     1 day  2026-11-19                #old machines
     1 day  2026-11-19                #one-on-one

#One-to-One (3 days) and #one-on-one (1 day) look alike
"""
    )


def test_people(filled: Shell) -> None:
    assert (
        filled.good("people")
        == """\
    2 days  2026-11-17 to 2026-11-19  @colm
     1 day  2026-11-19                @colmn
     1 day  2026-11-16                @Zoë

@colm (2 days) and @colmn (1 day) look alike
"""
    )


def test_by_name_and_no_more_than_asked_for(filled: Shell) -> None:
    rows = filled.good("tags", "--by-name").split("\n\n")[0].splitlines()
    assert [row[36:].strip() for row in rows] == [
        "#depot", "#old machines", "#one-on-one", "#One-to-One", "#project", "#project/lab", "#project/wifi",
    ]  # fmt: skip
    code, out, err = filled("tags", "-n", "1")
    assert (code, err) == (0, "Showing the 1 most used of 7; use -n 0 for all.\n")
    assert out.splitlines()[0].endswith("  #One-to-One")
    # Similar names are reported all the same.
    assert out.splitlines()[1:] == ["", "#One-to-One (3 days) and #one-on-one (1 day) look alike"]
    assert filled("tags", "--by-name", "-n", "2").err.startswith("Showing the first 2 of 7;")
    assert filled.good("tags", "-n", "0") == filled.good("tags", "-n", "7") == filled.good("tags")


def test_json_stays_as_it_is(filled: Shell) -> None:
    assert (
        filled.good("people", "--json")
        == """[
  {
    "name": "colm",
    "days": 2,
    "first": "2026-11-17",
    "last": "2026-11-19",
    "similar": [
      "colmn"
    ]
  },
  {
    "name": "colmn",
    "days": 1,
    "first": "2026-11-19",
    "last": "2026-11-19",
    "similar": [
      "colm"
    ]
  },
  {
    "name": "Zoë",
    "days": 1,
    "first": "2026-11-16",
    "last": "2026-11-16",
    "similar": []
  }
]
"""
    )
    tags = json.loads(filled.good("tags", "--json", "--by-name"))
    assert [tag["name"] for tag in tags][-3:] == ["project", "project/lab", "project/wifi"]
    code, out, err = filled("tags", "--json", "-n", "2")
    assert [tag["name"] for tag in json.loads(out)] == ["One-to-One", "project"]
    assert (code, err) == (0, "Showing the 2 most used of 7; use -n 0 for all.\n")


def test_an_empty_journal_says_how_to_begin(shell: Shell) -> None:
    assert (
        shell.good("tags")
        == 'No tags yet. Add one with: journal add "Two good talks today #hiring"\n'
    )
    assert (
        shell.good("people")
        == 'No people yet. Add one with: journal add "Saw the depot with @colm"\n'
    )
    assert shell.good("tags", "--json") == shell.good("people", "--json") == "[]\n"
    for command in ("tags", "people"):
        shell.good("add", shell.good(command).partition('"')[2].rstrip('"\n'))
    assert shell.good("tags").endswith("  #hiring\n")
    assert shell.good("people").endswith("  @colm\n")


def test_many_pairs_are_cut_but_not_in_json(shell: Shell) -> None:
    names = [2 * letter + "depot" for letter in "abcdefghijklm"]
    shell.write(" ".join(f"#{name} #{name}s" for name in names))
    said = shell.good("tags").split("\n\n")[1].splitlines()
    assert len(said) == 11
    assert said[-1] == "and 3 more pairs; --json lists them all"
    assert all(len(tag["similar"]) == 1 for tag in json.loads(shell.good("tags", "--json")))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_names_are_safe_to_print(shell: Shell, payload: str) -> None:
    tags = f'["rice{payload}", "ricee{payload}", "rice{payload}/x", "rice{payload}/y"]'
    text = f"---\ntags: {tags}\n---\n#t{payload} #t{payload}s @p{payload} @pp{payload}\n"
    shell.write(text.encode("utf-8", "surrogateescape"))
    for command in ("tags", "people"):
        for options in ([], ["--json"], ["--by-name"], ["-n", "1"]):
            result = shell(command, *options, stdin=b"")
            assert result.code == 0
            assert is_safe(result)


def test_a_name_of_several_lines_is_one_row(shell: Shell) -> None:
    shell.write('---\ntags: ["a\\nb\\tc"]\n---\n')
    assert shell.good("tags").splitlines()[0].endswith("  #a b c")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["tags", "-n", "many"], "N must be a whole number, 0 or more"),
        (["people", "-n", "-1"], "N must be a whole number, 0 or more"),
        (["tags", "@colm"], "@colm is a person. Run: journal people @colm"),
        (["people", "#lab", "x"], "#lab x is a tag. Run: journal tags #lab x"),
        (["people", "colm", "--by-name"], "--by-name sorts the whole list"),
        (["people", "--by-nmae"], "Unrecognized arguments: --by-nmae"),
    ],
)
def test_a_wrong_command_line_is_explained(shell: Shell, words: list[str], part: str) -> None:
    assert part in shell.refused(2, *words)


def test_an_ascii_terminal_shows_what_it_can(filled: Shell) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}  # fmt: skip
    done = process("people", cwd=filled.root, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"@Zo?" in done.stdout


ABOUT = """\
@zoe  6 days, 2025-01-06 to 2026-11-17

  2025     1  ▇▇▇▇▇▇▇▇
  2026     5  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇

Ratings on 5 of 6 days: median 7/10. The median of all 5 rated days is 7/10.
In learning points on 1 day.

Yours, about @zoe (1)
  due     2026-11-19  Send @zoe the list  (written 2026-11-17; late)

@zoe owes you (1)
  since   2026-11-17  Plan  (written 2026-11-17)

By date
  2026-11-17          open       Send @zoe the list
  2026-11-17          waiting    Plan waiting:@zoe
  2026-11-05    9/10             Met @Zoë.
"""


@pytest.fixture
def zoe(shell: Shell) -> Shell:
    """Return a shell in a journal in which one person is on several days."""
    for day in range(2, 6):
        shell.write(f"Met @Zoë.\n\nEnjoyment: {day + 4}/10\n", f"2026-11-0{day}")
    shell.write("## Learning points\n\n- Ask @zoe\n\nEnjoyment: 2/10\n", "2025-01-06")
    shell.write("- [ ] Send @zoe the list due:2026-11-19\n- [ ] Plan waiting:@zoe\n", "2026-11-17")
    return shell


def test_everything_about_one(zoe: Shell) -> None:
    code, out, err = zoe("people", "Zoe", "-n", "3")
    assert (code, err) == (0, "Showing the latest 3 passages; use -n 0 for all.\n")
    assert out == ABOUT
    assert zoe.good("people", "@ZOË", "-n", "0").splitlines()[-1] == (
        "  2025-01-06    2/10  point      Ask @zoe"
    )
    said = json.loads(zoe.good("people", "@zoe", "--json"))
    assert {**said, "open": len(said["open"]), "waiting": said["waiting"], "said": said["said"][-1]} == {
        "name": "zoe", "days": 6, "first": "2025-01-06", "last": "2026-11-17",
        "years": {"2025": 1, "2026": 5}, "ratings": [9, 8, 7, 6, 2], "median": 7, "points": 1, "open": 1,
        "waiting": [{
            "date": "2026-11-17", "path": "2026/2026-11-17.md", "line": 2, "text": "Plan", "due": None,
        }],
        "others": [], "without_sign": 0,
        "said": {
            "date": "2025-01-06", "path": "2025/2025-01-06.md", "line": 3, "kind": "learning",
            "text": "Ask @zoe", "rating": 2,
        },
    }  # fmt: skip


def test_days_with_a_name_without_its_sign_are_counted_apart(zoe: Shell) -> None:
    zoe.write("Zoë called, twice.\n", "2026-11-18")
    out = zoe.good("people", "zoe")
    assert out.startswith("@zoe  6 days, ")
    said = "Also 1 day with “Zoe” without @: journal find "
    assert said not in out, "written otherwise than with @"
    zoe.write("Zoe called, twice.\n", "2026-11-19")
    out = zoe.good("people", "zoe")
    assert f"""{said}'"Zoe" -@zoe'\n""" in out and out.startswith("@zoe  6 days, ")
    assert json.loads(zoe.good("people", "zoe", "--json"))["without_sign"] == 1
    assert "2026-11-19" in zoe.good("find", '"Zoe" -@zoe')


def test_one_who_is_not_mentioned(zoe: Shell) -> None:
    assert zoe.refused(1, "people", "jo") == "No entry mentions @jo. To list all: journal people"
    assert zoe.refused(1, "tags", "#jo") == "No entry mentions #jo. To list all: journal tags"


def test_a_tag_may_have_blanks(filled: Shell) -> None:
    assert filled.good("tags", "old", "machines").startswith("#old machines  1 day, 2026-11-19\n")
    assert "  2026-11-16" in filled.good("tags", "project")


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_all_about_one_is_safe_to_print(shell: Shell, payload: str) -> None:
    text = f"@ann {payload} x\n- [ ] @ann {payload}\n".encode("utf-8", "surrogateescape")
    shell.write(text)
    for options in ([], ["--json"]):
        assert is_safe(shell("people", "@ann", *options))
    assert is_safe(shell("people", f"x{payload}"))


def found_days(shell: Shell, query: str) -> list[str]:
    """Return the days of the files that a search finds, newest first."""
    return [path[-13:-3] for path in shell.good("find", query, "--paths").splitlines()]


def test_a_name_is_one_person_with_any_apostrophe(shell: Shell) -> None:
    shell.write("Met @o'brien and @D\u2019Angelo.\n", "2026-11-16")
    shell.write("Saw @o\u2019brien; it is @o\u2019brien's and @bob's.\n", "2026-11-17")
    assert [row[36:].strip() for row in shell.good("people").splitlines()] == [
        "@o'brien",
        "@bob",
        "@D'Angelo",
    ]
    for asked in ("@o'brien", "@o\u2019brien", "@O\u02bcBrien"):
        assert found_days(shell, asked) == ["2026-11-17", "2026-11-16"]
    assert found_days(shell, "@d'angelo") == ["2026-11-16"]


def test_a_tag_with_signs_is_found_as_written(shell: Shell) -> None:
    shell.write("#c++ and #.net\n", "2026-11-16")
    shell.write("#c# and #v1.2\n", "2026-11-17")
    assert {row[36:].strip() for row in shell.good("tags").splitlines()} == {
        "#.net",
        "#c#",
        "#c++",
        "#v1.2",
    }
    for asked, day in (("#c++", 16), ("#C#", 17), ("#.NET", 16), ("#v1.2", 17)):
        assert found_days(shell, asked) == [f"2026-11-{day}"]


def test_follow_ups_in_their_states_are_found(shell: Shell) -> None:
    shell.write(
        "- [/] one due:friday\n- [-] two\n- WAITING three\n- [ ] four waiting:@ann\n- [x] five\n",
        "2026-11-16",
    )
    for state, count in (("open", 3), ("waiting", 2), ("dropped", 1), ("done", 1), ("late", 0)):
        code, out, _ = shell("find", f"is:{state}", "--csv")
        assert len(out.splitlines()[1:]) == count, (code, out)
    today = "This week (1)\n  due 2026-11-20    one  (written 2026-11-16)\n"
    assert shell.good("todo").startswith(today)
