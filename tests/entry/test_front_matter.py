"""Front matter: read as strings where it is good, a problem and never an error where it is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry import front_matter
from journal_tui.entry.markdown_lines import after_front_matter, block_kinds
from tests.entry.invariants import assert_consistent, read


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
    assert front_matter.read(source).values == values


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("a: [b", "isn't valid YAML"),
        ("a: b: c", "near line 2"),
        ("\ta: b", "isn't valid YAML"),
        ("a: &x b\nc: *x", "alias"),
        ("<<: *x", "alias"),
        ("? - a\n- b: c", "isn't valid YAML"),
        ("a: " + "[" * 9 + "]" * 9, "nested deeper"),
        ("{a: " * 20_000, "larger"),
        ("a: " + "[" * 60_000, "nested deeper"),
        ("a:\n" + "- " * 30_000, "nested deeper"),
        ("a: " + "a" * 70_000, "larger"),
        ("a: \ud800", "isn't valid"),
        ("title: Re: the depot", "isn't valid"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_cannot_be_read_is_a_problem(source: str, says: str) -> None:
    with pytest.raises(front_matter.FrontMatterError, match=says):
        front_matter.read(source)
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
        "---x\ntags: a\n---\n",
        "----\ntags: a\n----\n",
        "\n---\ntags: a\n---\n",
        "prose\n---\ntags: a\n---\n",
        " ---\ntags: a\n---\n",
        "---\nWritten between two rules.\n\n---\n",
        "---\nWritten between two rules: not by me\n---\n",
        "---\n- a\n- b\n---\n",
        "---\n[a]\n---\n",
        "---\n# A title\n---\n",
        "---\nhttps://example.org\n---\n",
        "---\n```\na: b\n```\n---\n",
        "---\nEnjoyment: 7/10\n",
        "---\nLearning points:\n- a\n",
        "---\n\nprose: with a colon in the middle of it\n",
    ],
    ids=repr,
)
def test_lines_that_are_not_front_matter(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.tags, entry.problems, entry.outline.body) == ((), (), 0)
    assert "front-matter" not in block_kinds(text.split("\n"))


@pytest.mark.parametrize(
    "text",
    ["---\ntags: a\n\n## Lessons\n- x", "---\r\n# c\r\ntitle: x\r\n\r\n## Lessons\r\n- x", "\ufeff---\n'a': b\n## Lessons\n- x"],
    ids=repr,
)  # fmt: skip
def test_front_matter_without_an_end_is_reported_and_read_as_text(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    sentence = "the front matter has no second line --- to end it, so it is read as text"
    assert entry.problems == ((1, sentence),)
    assert [point.text for point in entry.points] == ["x"]


@pytest.mark.parametrize("end", ["---", "...", "--- ", "...\t"])
def test_both_ends_of_front_matter(end: str) -> None:
    text = f"---\ntags: a\n{end}\n# Title\n"
    assert (read(text).tags, read(text).title, read(text).problems) == (("a",), "Title", ())
    assert block_kinds(text.split("\n")) == ["front-matter"] * 3 + ["text"] * 2


def test_a_key_that_is_given_twice_is_reported() -> None:
    entry = read("---\nrating: 3\ntags: a\nRating: 8\nother: {a: 1, a: 2}\n---\n")
    assert entry.rating == (8, "", 4)
    assert entry.problems == (
        (4, "“rating” is given twice in the front matter; the last one counts"),
    )


@pytest.mark.parametrize(
    ("written", "is_other"),
    [
        ("2014-10-05", True), ("2014-10-6", False), ("2014-10-06T09:30", False), ("2014/10/07", True), ("'2014-10-05'", True),
        ("last Friday", False), ("2014-02-30", False), ("6 October 2014", False), ("[2014-10-05]", False), ("", False),
    ],
)  # fmt: skip
def test_a_date_that_is_not_the_day_of_the_file_is_reported(written: str, is_other: bool) -> None:
    entry = read(f"---\ntitle: x\ndate: {written}\n---\n")
    assert [problem.line for problem in entry.problems] == [3] * is_other
    assert all("2014-10-06" in problem.text for problem in entry.problems)


@given(
    st.dictionaries(
        st.text("abcdé", min_size=1, max_size=5),
        st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
        max_size=4,
    ),
    st.sampled_from(["{}: {}", "{}:  '{}'", '"{}": "{}"', "{}: {} # c"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_place_of_a_value_is_where_it_is(values: dict[str, str], form: str, ending: str) -> None:
    source = ending.join(form.format(key, value) for key, value in values.items())
    with suppress(front_matter.FrontMatterError):
        found = front_matter.read(source)
        for key, place in found.scalars.items():
            assert source[place.start : place.end] == found.values[key]
            assert place.line == source.count("\n", 0, place.start)


@pytest.mark.parametrize("text", ["---\ntags: a\n---", "\ufeff---\ntags: a\n---\n", "---  \r\ntags: a\r\n--- \r\n", "---\rtags: a\r---\r"], ids=repr)  # fmt: skip
def test_front_matter_is_not_part_of_the_body(text: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("---\na: b\n---\nText\n", "Text\n"),
        ("\ufeff---\r\na: b\r\n---\r\nText\r\n", "Text\r\n"),
        ("---\nOnly rules\n---\nText\n", "---\nOnly rules\n---\nText\n"),
        ("\ufeffText", "Text"),
        ("---\na: b\n", "---\na: b\n"),
    ],
)
def test_the_text_after_it(text: str, rest: str) -> None:
    assert after_front_matter(text) == rest


def test_a_text_without_front_matter_is_of_no_kind() -> None:
    assert read("kind: body\n").kind == ""
    assert read("").kind == ""


@given(st.one_of(st.text(max_size=80), st.text("ab:[]{}-,&*!|>'\"#?%@`\n \t", max_size=40)))
def test_no_source_raises_anything_else(source: str) -> None:
    with suppress(front_matter.FrontMatterError):
        assert isinstance(front_matter.read(source).values, dict)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("---\ntags: [a]\ntags: [b]\n---\n", [(3, "“tags” is given twice in the front matter; the last one counts")]),
        ("---\ntags:\n- a\nmood: 1\nTags: b\n---\n", [(5, "“tags” is given twice in the front matter; the last one counts")]),
        ("---\n{a: [1, 2], b: {c: 1, c: 2}, a: 3}\n---\n", [(2, "“a” is given twice in the front matter; the last one counts")]),
        ("---\na: {b: 1}\nb: 2\n---\n", []),
        ("---\ntags: {a: b}\n---\n", [(1, "“tags” in the front matter isn't a list of tags")]),
    ],
)  # fmt: skip
def test_a_key_given_twice_is_reported(text: str, problems: list[tuple[int, str]]) -> None:
    assert [(p.line, p.text) for p in read(text).problems] == problems
