"""JSON is an interface: exactly these keys and forms, for as long as there are scripts."""

import json

import pytest

from tests.cli.command_shell import Shell, process

DAY = """---
tags: [front]
---
# Day 16 – Zoë's Monday

Prose of @colm and #depot/yard. 日本語 😀

- [ ] Send the list due:2026-11-18
- [x] Call @ines

## Learning points

- Ask for *the name*
- Two

Enjoyment: 7.5/10 – fine
"""


def test_show(shell: Shell) -> None:
    shell.write(DAY, "2026-11-16")
    assert (
        shell.good("show", "monday", "--json")
        == """{
  "date": "2026-11-16",
  "path": "2026/2026-11-16.md",
  "title": "Day 16 – Zoë's Monday",
  "day": 16,
  "rating": {
    "value": 7.5,
    "remark": "fine"
  },
  "learning_points": [
    {
      "text": "Ask for *the name*",
      "line": 13
    },
    {
      "text": "Two",
      "line": 14
    }
  ],
  "follow_ups": [
    {
      "text": "Send the list",
      "line": 8,
      "done": false,
      "due": "2026-11-18"
    },
    {
      "text": "Call @ines",
      "line": 9,
      "done": true,
      "due": null
    }
  ],
  "tags": [
    "front",
    "depot/yard"
  ],
  "people": [
    "colm",
    "ines"
  ],
  "words": WORDS,
  "problems": []
}
""".replace("WORDS", str(json.loads(shell.good("show", "monday", "--json"))["words"]))
    )


def test_show_of_next_to_nothing(shell: Shell) -> None:
    shell.write("", "2026-11-16")
    assert json.loads(shell.good("show", "monday", "--json")) == {
        "date": "2026-11-16",
        "path": "2026/2026-11-16.md",
        "title": "",
        "day": 11,
        "rating": None,
        "learning_points": [],
        "follow_ups": [],
        "tags": [],
        "people": [],
        "words": 0,
        "problems": [],
    }


def test_day_is_counted_or_null(shell: Shell) -> None:
    shell.write("Prose\n", "2026-11-15")
    assert json.loads(shell.good("show", "2026-11-15", "--json"))["day"] is None


def test_problems(shell: Shell) -> None:
    shell.write("Prose\n\nEnjoyment: 12/10\n", "2026-11-16")
    shown = json.loads(shell.good("show", "monday", "--json"))
    assert shown["rating"] is None
    (problem,) = shown["problems"]
    assert list(problem) == ["line", "text"]
    assert problem["line"] == 3
    assert "rating 12 is not between 0 and 10" in problem["text"]


def test_what_cannot_be_decoded_is_a_problem(shell: Shell) -> None:
    shell.write(b"Prose\nZo\xeb\n", "2026-11-16")
    shown = json.loads(shell.good("show", "monday", "--json"))
    assert [problem["line"] for problem in shown["problems"]][:1] == [0]
    assert "Line 2 is not UTF-8" in shown["problems"][0]["text"]


def test_a_note_on_a_day_without_an_entry(shell: Shell) -> None:
    shell.write("# Review\n", "2026-11-16-review")
    assert json.loads(shell.good("show", "monday", "--json"))["path"] == "2026/2026-11-16-review.md"


def test_find(shell: Shell) -> None:
    shell.write(DAY, "2026-11-16")
    shell.write("Without a name.\n", "2026-11-17")
    assert (
        shell.good("find", "name", "--json")
        == """[
  {
    "date": "2026-11-17",
    "path": "2026/2026-11-17.md",
    "kind": "entry",
    "text": "Without a name.",
    "line": 1,
    "rating": null,
    "day": 12
  },
  {
    "date": "2026-11-16",
    "path": "2026/2026-11-16.md",
    "kind": "learning",
    "text": "Ask for *the name*",
    "line": 13,
    "rating": 7.5,
    "day": 16
  }
]
"""
    )


def test_find_is_limited_as_without_json(shell: Shell) -> None:
    shell.write("## Learning points\n\n" + "- rice\n" * 60, "2026-11-16")
    result = shell("find", "rice", "--json", "-n", "3")
    assert len(json.loads(result.out)) == 3
    assert result.err == "Showing the newest 3; use -n 0 for all.\n"
    assert len(json.loads(shell.good("find", "rice", "--json", "-n", "0"))) == 60


CONTROLS = "\x1b \x07 \x7f \x9b \x85 \u202e \u2066 \u2028 \u200f \u061c"


@pytest.mark.parametrize("words", [["show", "monday"], ["find", "rice"]])
def test_controls_are_escaped_and_letters_are_not(shell: Shell, words: list[str]) -> None:
    shell.write(f"## Learning points\n\n- rice Zoë 日本語 {CONTROLS} end\n", "2026-11-16")
    source = shell.good(*words, "--json")
    assert "Zoë 日本語" in source
    assert [c for c in source if c != "\n" and not c.isprintable()] == []
    read = json.loads(source)
    text = read[0]["text"] if words[0] == "find" else read["learning_points"][0]["text"]
    assert {"\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u2066"} <= set(text)


def test_an_ascii_terminal_gets_everything_escaped(shell: Shell) -> None:
    shell.write("## Learning points\n\n- rice Zoë 日本語 😀\n", "2026-11-16")
    env = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    done = process("find", "rice", "--json", cwd=shell.root, env=env)
    assert json.loads(done.stdout.decode("ascii"))[0]["text"] == "rice Zoë 日本語 😀"
