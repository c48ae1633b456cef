"""Front matter: read as strings where it is good, a problem and never an error where it is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import assert_consistent, read

from journal_tui.entry import frontmatter


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("", {}),
        ("# only a comment", {}),
        ("a: no\nb: 12:30\nc: 2014-10-06\nd: 1e3\ne: ~\n", {"a": "no", "b": "12:30", "c": "2014-10-06", "d": "1e3", "e": "~"}),
        ("Title: 'quoted: x'\nTAGS: [a, 'b c']\n", {"title": "quoted: x", "tags": ["a", "b c"]}),
        ("tags:\n- a\n- b: c\n", {"tags": ["a", {"b": "c"}]}),
        ("a: 1\na: 2", {"a": "2"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("a: !!python/object/apply:os.system [x]", {"a": ["x"]}),
        ("? [a]\n: b\nc: d", {"c": "d"}),
        ("a: &x b", {"a": "b"}),
    ],
    ids=repr,
)  # fmt: skip
def test_scalars_stay_strings(source: str, values: dict[str, object]) -> None:
    assert frontmatter.read(source) == values


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("a: [b", "isn't valid YAML"),
        ("a: b: c", "near line 2"),
        ("\ta: b", "isn't valid YAML"),
        ("a: &x b\nc: *x", "alias"),
        ("<<: *x", "alias"),
        ("- a\n- b", "`name: value`"),
        ("just words", "`name: value`"),
        ("[" * 9 + "]" * 9, "nested deeper"),
        ("{a: " * 20_000, "larger"),
        ("[" * 60_000, "nested deeper"),
        ("- " * 30_000, "nested deeper"),
        ("a" * 70_000, "larger"),
        ("a: \ud800", "isn't valid"),
        ("%YAML 9.9.9", "isn't valid"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_cannot_be_read_is_a_problem(source: str, says: str) -> None:
    with pytest.raises(frontmatter.FrontMatterError, match=says):
        frontmatter.read(source)
    text = f"---\n{source}\n---\n\nprose #tag\n\nEnjoyment: 9"
    entry = read(text)
    assert entry.text == text
    assert entry.tags == ("tag",)
    assert entry.rating == (9, "", 3 + text[: text.index("Enjoyment")].count("\n") - 2)
    assert entry.problems[0].line == 1
    assert says in entry.problems[0].text


@pytest.mark.parametrize(
    "text",
    [
        "---\ntags: a\n\nprose",
        "---x\ntags: a\n---\n",
        "----\ntags: a\n----\n",
        "\n---\ntags: a\n---\n",
        "prose\n---\ntags: a\n---\n",
        " ---\ntags: a\n---\n",
    ],
    ids=repr,
)
def test_what_is_no_front_matter(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.tags, entry.problems, entry.outline.body) == ((), (), 0)


@pytest.mark.parametrize("text", ["---\ntags: a\n---", "\ufeff---\ntags: a\n---\n", "---  \r\ntags: a\r\n--- \r\n", "---\rtags: a\r---\r"], ids=repr)  # fmt: skip
def test_front_matter_is_no_part_of_the_body(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.tags, entry.title, entry.words) == (("a",), "", 0)
    assert entry.outline.body == len(text)


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("kind: service-review", "service-review"),
        ("Kind: Service  Review", "service-review"),
        ("kind: 'Service\tReview '", "service-review"),
        ("kind: ÜBUNG", "übung"),
        ("kind: no", "no"),
        ("kind: 2014", "2014"),
        ("kind:", ""),
        ("kind: [a, b]", ""),
        ("kind: {a: b}", ""),
        ("kinds: a", ""),
        ("kind: a\nkind: b", "b"),
        ("kind: [", ""),
        ("tags: kind", ""),
    ],
    ids=repr,
)
def test_the_kind_of_note(front: str, kind: str) -> None:
    assert read(f"---\n{front}\n---\n\nkind: body\n").kind == kind


def test_a_text_without_front_matter_is_of_no_kind() -> None:
    assert read("kind: body\n").kind == ""
    assert read("").kind == ""


@given(st.one_of(st.text(max_size=80), st.text("ab:[]{}-,&*!|>'\"#?%@`\n \t", max_size=40)))
def test_no_source_raises_anything_else(source: str) -> None:
    with suppress(frontmatter.FrontMatterError):
        assert isinstance(frontmatter.read(source), dict)
