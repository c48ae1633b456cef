"""One text of a TOML file is set, and every other byte stays."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.library.tomledit import with_text

OWN = """\
# My journal
name = 'Desk'   # at work

[queries] # searches
# the best ones
"talks with Mei" = "@mei trust"  # weekly
late   =   'is:late'

# What a day starts with
[templates]
day = '''
[queries]
late = "no"
'''
"""


def test_a_new_key_comes_behind_the_last_of_its_table() -> None:
    text = with_text(OWN, "queries", "depot", "depot rating:>=8")
    assert text == OWN.replace("'is:late'\n", "'is:late'\ndepot = \"depot rating:>=8\"\n")


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("talks with Mei", '"@mei trust"  # weekly', '"x"  # weekly'),
        ("late", "late   =   'is:late'", 'late   =   "x"'),
    ],
)
def test_a_known_key_keeps_its_comment_and_blanks(key: str, old: str, new: str) -> None:
    assert with_text(OWN, "queries", key, "x") == OWN.replace(old, new)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "source", ["", "name = 'x'", "# a\n\n", "[a]\nb = 1", "\ufeffname = 'x'\n"]
)
def test_a_table_is_made_at_the_end(source: str, ending: str) -> None:
    source = source.replace("\n", ending)
    text = with_text(source, "queries", "a b", "c")
    assert text.startswith(source)
    assert tomllib.loads(text.removeprefix("\ufeff"))["queries"] == {"a b": "c"}
    assert text.count("\n") == text.count("\r\n") or "\r\n" not in text


def test_an_empty_table_at_the_end_takes_the_line() -> None:
    assert with_text("[queries]\n# none yet\n", "queries", "a", "b") == (
        '[queries]\na = "b"\n# none yet\n'
    )
    assert with_text("[queries]", "queries", "a", "b") == '[queries]\na = "b"\n'


@pytest.mark.parametrize(
    "source",
    [
        "queries = { a = 'x' }\n", "queries.a = 'x'\n", "queries = 1\n", "x = '''\n[queries]\n'''\n",
        "[queries]\na = '''\nlong\n'''\n", "[queries]\n\"\\u0061\" = 'x'\n", "broken = \n",
    ],
)  # fmt: skip
def test_what_one_line_cannot_do_is_not_done(source: str) -> None:
    with pytest.raises((ValueError, AttributeError, TypeError)):
        with_text(source, "queries", "a", "b")


KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(st.dictionaries(KEYS, KEYS, max_size=5), KEYS, KEYS)
def test_any_name_and_text_come_back_and_the_others_stay(
    known: dict[str, str], key: str, value: str
) -> None:
    source = OWN
    for name, text in known.items():
        source = with_text(source, "queries", name, text)
    edited = with_text(source, "queries", key, value)
    before, after = tomllib.loads(source), tomllib.loads(edited)
    assert after["queries"] == before["queries"] | {key: value}
    assert {name: after[name] for name in ("name", "templates")} == {
        name: before[name] for name in ("name", "templates")
    }
    kept = [line for line in source.splitlines() if value not in line]
    assert sum(line not in edited.splitlines() for line in kept) <= 1
