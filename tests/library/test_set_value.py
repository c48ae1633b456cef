"""Setting or removing one value in a TOML file keeps every other byte."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.library import config
from journal_tui.library.library import Library
from journal_tui.library.toml_file import Value, set_value

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


def test_a_new_key_comes_after_the_last_of_its_table() -> None:
    text = set_value(OWN, "queries", "depot", "depot rating:>=8")
    assert text == OWN.replace("'is:late'\n", "'is:late'\ndepot = \"depot rating:>=8\"\n")


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("talks with Mei", '"@mei trust"  # weekly', '"x"  # weekly'),
        ("late", "late   =   'is:late'", 'late   =   "x"'),
    ],
)
def test_a_known_key_keeps_its_comment_and_blanks(key: str, old: str, new: str) -> None:
    assert set_value(OWN, "queries", key, "x") == OWN.replace(old, new)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "source", ["", "name = 'x'", "# a\n\n", "[a]\nb = 1", "[[a]]\nb = 1\n", "\ufeffname = 'x'\n"]
)
def test_a_table_is_made_at_the_end(source: str, ending: str) -> None:
    source = source.replace("\n", ending)
    text = set_value(source, "queries", "a b", "c")
    assert text.startswith(source)
    assert tomllib.loads(text.removeprefix("\ufeff"))["queries"] == {"a b": "c"}
    assert text.count("\n") == text.count("\r\n") or "\r\n" not in text


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("[queries]\n# none yet\n", "[queries]\na = NEW\n# none yet\n"),
        ("[queries]", "[queries]\na = NEW"),
        ("[queries]\r\n", "[queries]\r\na = NEW\r\n"),
        ("  [queries]\n\tb = 1\n", "  [queries]\n\tb = 1\n\ta = NEW\n"),
        ("[queries]\nb = 1 # c\n\n# z\n[z]\n", "[queries]\nb = 1 # c\na = NEW\n\n# z\n[z]\n"),
        ("[queries]\nb.c = 1\n[queries.d]\n", "[queries]\nb.c = 1\na = NEW\n[queries.d]\n"),
        ("[queries]\nb = 1\n[z]\n[queries.d]\n", "[queries]\nb = 1\na = NEW\n[z]\n[queries.d]\n"),
        ("[queries]\na = '''\nlong\n''' # c\n", "[queries]\na = NEW # c\n"),
        ("['queries']\n\"\\u0061\" = 'x'\n", "['queries']\n\"\\u0061\" = NEW\n"),
        ("queries = { a = 'x' } # c\n", "queries = { a = NEW } # c\n"),
        ("queries = {}", "queries = {a = NEW}"),
        ("queries.a = 'x'\nz = 1\n", "queries.a = NEW\nz = 1\n"),
        ("queries.b = 1 # c\nz = 1\n", "queries.b = 1 # c\nqueries.a = NEW\nz = 1\n"),
        ("queries.b = 1\nz = 1\nqueries.a = ''\n", "queries.b = 1\nz = 1\nqueries.a = NEW\n"),
        # A table that is only in the headings of those below it.
        ("[queries.b]\nc = 1\n", "[queries]\na = NEW\n[queries.b]\nc = 1\n"),
        # Both endings in one file: every line keeps its own, the new one gets LF.
        ("b = 1\r\n[queries]\n# c\r\n", "b = 1\r\n[queries]\na = NEW\n# c\r\n"),
    ],
)
def test_the_table_may_be_anywhere(source: str, wanted: str) -> None:
    assert set_value(source, "queries", "a", "b") == wanted.replace("NEW", '"b"')


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", "a = NEW\n"),
        ("# only words", "# only words\na = NEW"),
        ("# mine\n\n# of keys\n[keys]\n", "# mine\n\na = NEW\n# of keys\n[keys]\n"),
        ("x = 1\n\n# of keys\n[keys]\na = 1", "x = 1\na = NEW\n\n# of keys\n[keys]\na = 1"),
        ("x.y = [ # c\n1]\n[x.z]\n", "x.y = [ # c\n1]\na = NEW\n[x.z]\n"),
        ("[[x]]\na = 1\n[[x]]\n", "a = NEW\n[[x]]\na = 1\n[[x]]\n"),
        ("\ufeffa\t=''#\r\nb = 1", "\ufeffa\t=NEW#\r\nb = 1"),
    ],
)
def test_at_the_top_of_the_file(source: str, wanted: str) -> None:
    assert set_value(source, "", "a", "b") == wanted.replace("NEW", '"b"')


def test_a_new_key_of_an_inline_table_takes_the_blank_before_the_bracket() -> None:
    """tomlkit drops that blank; no other byte changes."""
    text = set_value("queries = { b = 1 } # c\n", "queries", "a", "b")
    assert text == 'queries = { b = 1, a = "b"} # c\n'


@pytest.mark.parametrize(
    "source",
    [
        "broken = \n", "queries = 1\n", "queries = 'x'\n", "queries = []\n", "[[queries]]\n",
        f"x = {'[' * 150}{']' * 150}\n",
        # tomlkit would move the second table of the array next to the first.
        "[[x]]\n[y]\n[[x]]\n",
    ],
)  # fmt: skip
def test_an_impossible_change_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        set_value(source, "queries", "a", "b")


KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(st.dictionaries(KEYS, KEYS, max_size=5), KEYS, KEYS)
def test_any_name_and_text_come_back_and_the_others_stay(
    known: dict[str, str], key: str, value: str
) -> None:
    source = OWN
    for name, text in known.items():
        source = set_value(source, "queries", name, text)
    edited = set_value(source, "queries", key, value)
    assert_only_set(source, edited, "queries", key, value)


NAMES = ("a", "b", "c-d", '"e f"', "'g.h'", '"\\u0069"', '""', "7")
VALUES = (
    "1", "'x'", '"a # b"', "true", "2014-10-06", "1.5e3", "[1, 2]", "[ # c\n  1,\n\n  2, # d\n]", "{}",
    "{ x = 1, y.z = '}' }", "'''\n[queries]\na = \"no\"\n'''", '"""\\\n  # x\n\n\\"""  """', "[{ a = 1 }, { a = 2 }]",
)  # fmt: skip
BETWEEN = st.sampled_from(["", "", "\n", "# a = 1\n", "  # [queries]\n\n", "\n\n#\n", " \t\n"])
AFTER = st.sampled_from(["", "", "  ", "# c", "  # c = 'd'", "\t#"])
INDENT = st.sampled_from(["", "", "  ", "\t"])
EQUALS = st.sampled_from([" = ", "=", "\t=  "])


@st.composite
def lines_of_keys(draw: st.DrawFn) -> list[str]:
    """Draw the lines of one table: distinct keys, some dotted, with comments around them."""
    lines = []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True)):
        dotted = draw(st.sampled_from(["", "", ".x", " . 'y z'"]))
        lines.append(draw(line(name + dotted, draw(st.sampled_from(VALUES)))))
    return lines


@st.composite
def line(draw: st.DrawFn, key: str, value: str) -> str:
    """Draw a key and its value as people write them, after comments and blank lines."""
    return f"{draw(BETWEEN)}{draw(INDENT)}{key}{draw(EQUALS)}{value}{draw(AFTER)}\n"


@st.composite
def files(draw: st.DrawFn, mark: str = "") -> tuple[str, str]:
    """Draw a TOML file that contains the line `mark`, and the table to edit."""
    table = draw(st.sampled_from(["", "queries"]))
    top = draw(lines_of_keys())
    own = draw(lines_of_keys())
    names = draw(st.lists(st.sampled_from(["t", "u.v", '"w x"', "[s]", "y.'z'"]), unique=True))
    blocks: list[list[str]] = []
    for name in names:
        # The tables of an array are adjacent, since tomlkit would move them together.
        copies = draw(st.integers(1, 3)) if name == "[s]" else 1
        blocks.append([])
        for _ in range(copies):
            blocks[-1] += [f"[{name}]{draw(AFTER)}\n", *draw(lines_of_keys())]
    form = draw(st.sampled_from(["none", "table", "table", "dotted"])) if not mark else "table"
    into = own if table else top
    if mark:
        into.insert(draw(st.integers(0, len(into))), mark)
    if form == "dotted":
        top += [f"queries.{item.lstrip()}" for item in own if item.lstrip()[:1] not in "#"]
    elif form != "none":
        heading = draw(st.sampled_from(["[queries]", "[ 'queries' ]", '["queries"]']))
        block = [f"{draw(BETWEEN)}{heading}{draw(AFTER)}\n", *own]
        blocks.insert(draw(st.integers(0, len(blocks))), block)
    text = "".join([*top, *(part for block in blocks for part in block), draw(BETWEEN)])
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text, table


def assert_only_set(source: str, edited: str, table: str, key: str, value: str) -> None:
    """Check that all other values are unchanged, and that a new key was only inserted."""
    before = tomllib.loads(source.removeprefix("\ufeff"))
    part = before.setdefault(table, {}) if table else before
    is_new = key not in part
    part[key] = value
    assert tomllib.loads(edited.removeprefix("\ufeff")) == before
    pairs = enumerate(zip(source, edited, strict=False))
    start = next((i for i, (old, new) in pairs if old != new), len(source))
    if is_new:
        assert edited.endswith(source[start:]) and len(edited) > len(source)
        assert edited.count("\n") - source.count("\n") in (1, 2, 3)
        assert ("\r\n" in source) <= (edited.count("\r\n") == edited.count("\n"))


@given(files(), st.sampled_from(["new", "new one", "ключ"]), KEYS)
def test_a_new_text_adds_its_line_to_any_file(file: tuple[str, str], key: str, value: str) -> None:
    source, table = file
    assert_only_set(source, set_value(source, table, key, value), table, key, value)


@given(st.data(), KEYS)
def test_a_known_text_of_any_file_is_all_that_changes(data: st.DataObject, value: str) -> None:
    name = data.draw(st.sampled_from(["old", "'old'", '"old"', '"\\u006fld"']))
    mark = data.draw(line(name, "OLD"))
    source, table = data.draw(files(mark))
    literal = data.draw(st.sampled_from(["'x'", '"y # \\" z"', "'''\n#\n'''", '"""a\n[b]"""']))
    if "\r\n" in source:
        literal = literal.replace("\n", "\r\n")
    edited = set_value(source.replace("OLD", literal), table, "old", value)
    assert edited == source.replace("OLD", tomlkit.item(value).as_string())
    assert_only_set(source.replace("OLD", literal), edited, table, "old", value)


@given(files(), st.sampled_from(["new", "new one", "ключ"]), KEYS)
def test_a_line_that_was_added_is_removed_without_a_trace(
    file: tuple[str, str], key: str, value: str
) -> None:
    source, table = file
    edited = set_value(source, table, key, value)
    removed = set_value(edited, table, key, None)
    before = tomllib.loads(source.removeprefix("\ufeff"))
    after = tomllib.loads(removed.removeprefix("\ufeff"))
    if table:
        after = {name: part for name, part in after.items() if part or name in before}
    assert after == before


def test_what_is_removed_takes_no_other_comment_with_it() -> None:
    text = set_value(OWN, "queries", "late", None)
    assert text == OWN.replace("late   =   'is:late'\n", "")
    assert set_value(text, "queries", "late", None) == text
    assert set_value(OWN, "nowhere", "late", None) == OWN


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_text_of_several_lines_begins_on_its_own(ending: str) -> None:
    page = '# {date}\n\n\tsaid "so"\\\n'
    text = set_value(OWN.replace("\n", ending), "templates", "day", page)
    assert f'day = """{ending}# {{date}}{ending}{ending}' in text
    assert tomllib.loads(text)["templates"]["day"] == page


@given(st.text(st.characters(codec="utf-8")))
def test_any_page_comes_back(page: str) -> None:
    edited = set_value(OWN, "templates", "day", f"a\n{page}")
    assert tomllib.loads(edited)["templates"]["day"] == f"a\n{page}"


@pytest.mark.parametrize(
    ("value", "written"),
    [(date(2014, 10, 6), "2014-10-06"), (True, "true"), (("a", "b, c"), '["a", "b, c"]')],
)
def test_other_values_are_written_as_toml_has_them(value: Value, written: str) -> None:
    assert set_value("a = 1 # c\n", "", "a", value) == f"a = {written} # c\n"
    assert set_value("", "", "a", value) == f"a = {written}\n"


def test_a_value_comes_before_the_commented_example_of_its_key() -> None:
    source = "a = 1\n\n# When a day ends.\n# b = 2\n\n# More.\nc = 3\n[z]\n# b = 3\n# d = 1\n"
    assert set_value(source, "", "b", "x") == source.replace("# b = 2", 'b = "x"\n# b = 2')
    assert set_value(source, "z", "d", "x") == source.replace("# d = 1", 'd = "x"\n# d = 1')


def test_a_reset_of_what_is_not_set_writes_nothing(library: Library, root: Path) -> None:
    file = root / config.FILE
    for source in (None, "name = 'Desk'  # mine\n"):
        if source:
            file.write_text(source, "utf-8")
        for table, key in (("", "scale"), ("sections", "learning")):
            assert library.config_file.change(table, key, None) is None
        assert (file.read_text("utf-8") if file.exists() else None) == source
