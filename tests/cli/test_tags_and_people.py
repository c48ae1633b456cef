"""The commands tags and people."""

import json

import pytest
from command_shell import Shell, process
from test_safe_output import PAYLOADS, is_safe


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

#One-to-One and #one-on-one look alike: 3 and 1 day
"""
    )


def test_people(filled: Shell) -> None:
    assert (
        filled.good("people")
        == """\
    2 days  2026-11-17 to 2026-11-19  @colm
     1 day  2026-11-19                @colmn
     1 day  2026-11-16                @Zoë

@colm and @colmn look alike: 2 and 1 day
"""
    )


def test_by_name_and_no_more_than_asked_for(filled: Shell) -> None:
    rows = filled.good("tags", "--by-name").split("\n\n")[0].splitlines()
    assert [row[36:].strip() for row in rows] == [
        "#depot", "#old machines", "#one-on-one", "#One-to-One", "#project", "#project/lab", "#project/wifi",
    ]  # fmt: skip
    code, out, err = filled("tags", "-n", "1")
    assert (code, err) == (0, "Showing the most used 1 of 7; use -n 0 for all.\n")
    assert out.splitlines()[0].endswith("  #One-to-One")
    # What looks alike is told all the same.
    assert out.splitlines()[1:] == ["", "#One-to-One and #one-on-one look alike: 3 and 1 day"]
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
    assert (code, err) == (0, "Showing the most used 2 of 7; use -n 0 for all.\n")


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
        (["tags", "planning"], "Unrecognized arguments: planning"),
        (["people", "--by-nmae"], "Unrecognized arguments: --by-nmae"),
    ],
)
def test_asked_wrongly(shell: Shell, words: list[str], part: str) -> None:
    assert part in shell.refused(2, *words)


def test_an_ascii_terminal_shows_what_it_can(filled: Shell) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}  # fmt: skip
    done = process("people", cwd=filled.root, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"@Zo?" in done.stdout
