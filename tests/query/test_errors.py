"""What cannot be searched for: a plain sentence, its place, and what is searched for all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.sanitize import one_line
from journal_tui.errors import QueryError, UsageError
from journal_tui.query.fields import FIELDS
from journal_tui.query.parser import DEEPEST, LONGEST, Query, parse, parse_partial
from tests.query.query_fixtures import TODAY, answer


def fault(text: str) -> QueryError:
    """What is wrong with a query."""
    with pytest.raises(QueryError) as caught:
        parse(text, TODAY)
    assert isinstance(caught.value, UsageError)
    said = str(caught.value)
    assert one_line(said) == said
    assert 0 <= caught.value.begin <= caught.value.column <= len(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        # The name of a field.
        ("raiting:>=8", 0, "no field “raiting:”. Did you mean “rating:”?"),
        ("plan raiting:>=8", 5, "Did you mean “rating:”?"),
        ("plan -raiting:8", 6, "Did you mean “rating:”?"),
        ("(a Raiting:8)", 3, "Did you mean “rating:”?"),
        ("sinse:2014", 0, "Did you mean “since:”?"),
        ("untill:2014", 0, "Did you mean “until:”?"),
        ("after:2014", 0, "Did you mean “since:”?"),
        ("before:2014", 0, "Did you mean “until:”?"),
        ("section:title", 0, "Did you mean “in:”?"),
        ("from:2014", 0, "Did you mean “since:”?"),
        ("to:2014", 0, "Did you mean “until:”?"),
        ("rated:8", 0, "Did you mean “rating:”?"),
        ("rate:8", 0, "Did you mean “rating:”?"),
        ("when:2014", 0, "Did you mean “date:”?"),
        ("number:8", 0, "Did you mean “day:”?"),
        ("length:8", 0, "Did you mean “words:”?"),
        ("type:x", 0, "Did you mean “kind:”?"),
        ("tag:plan", 0, "Use #tag"),
        ("person:jo", 0, "Use @name"),
        ("xyz:1", 0, 'or write "xyz" to find the word.'),
        ("xyz:", 0, "Use one of in: rating: "),
        ("OR:x", 0, "no field “OR:”"),
        # The text after it.
        ("in:lerning", 3, "“in:” has no “lerning”. Did you mean “in:learning”?"),
        ("in:title,remarks", 3, "Did you mean “in:remark”?"),
        ("in:xxxx", 3, "takes one of learning, feedback, follow-ups, title, remark, prose."),
        ("-in:xxxx", 4, "takes one of"),
        ("in:learning,", 3, "takes one of"),
        ("is:opened", 3, "Did you mean “is:open”?"),
        ("is:zz", 3, "takes one of open, done, late, waiting, dropped."),
        ("has:raiting", 4, "Did you mean “has:rating”?"),
        ("has:x", 4, "takes one of learning, feedback"),
        ("in:", 3, "“in:” needs something after it, such as in:learning."),
        ("day:", 4, "such as day:168."),
        ("waiting:,@", 8, "“waiting:” needs a person"),
        ('kind:""', 5, "“kind:” needs something"),
        ('a since:"', 8, "“since:” needs something"),
        ("rating:>=banana", 7, "“>=banana” isn't a number for “rating:”. Write rating:8+"),
        ("words:many", 6, "“many” isn't a number for “words:”."),
        ("day:-5", 4, "“-5” isn't a number"),
        ("rating:..", 7, "“..” isn't a number"),
        ("rating:8..6", 7, "8..6 runs backwards: write 6..8."),
        ("rating:1e3", 7, "isn't a number"),
        ("rating:٨", 7, "isn't a number"),
        ("words:>" + "9" * 30, 6, "isn't a number"),
        ("date:3/4/2026", 5, "3/4/2026 could be 2026-04-03 or 2026-03-04"),
        ("date:2014-11..2014-09", 5, "“2014-11..2014-09” runs backwards, from 2014-11-01"),
        ("date:2014-02-30", 5, "“2014-02-30” doesn't exist: February 2014 has 28 days."),
        ("date:2014-Q5", 5, "There is no quarter 5"),
        ("date:2014-W60", 5, "There is no week 60"),
        ("date:banana", 5, "“banana” isn't a date or a period. Try one of: 2014, october 2014"),
        ("date:last week", 5, 'Several words need quotes: date:"last week".'),
        ("since:3 weeks ago", 6, 'Several words need quotes: since:"last week".'),
        ("until:..", 6, "isn't a date or a period"),
        ("on:moonday", 3, "“moonday” isn't a day of the week. Write on:monday"),
        ("on:m", 3, "isn't a day of the week"),
        ("on:mon,", 3, "isn't a day of the week"),
        ("on:2014-13-01", 3, "doesn't exist: months go from 1 to 12."),
        # Parentheses and OR.
        ("(a", 0, "This “(” is never closed. Add a “)” after"),
        ("a -(b c", 2, "This “(” is never closed"),
        ("a (b (c)", 2, "This “(” is never closed"),
        ("a (b (c", 5, "This “(” is never closed"),
        ("a) b", 1, "This “)” has no “(” before it. Leave it out."),
        (")", 0, "This “)” has no “(” before it"),
        ("OR a", 0, "OR needs something to search for"),
        ("a OR", 2, "OR needs something to search for"),
        ("a OR OR b", 2, "OR needs something to search for"),
        ("a (b OR) c", 5, "OR needs something to search for"),
        ("() OR a", 3, "OR needs something to search for"),
        ("(" * (DEEPEST + 1), DEEPEST, "at most 40 deep"),
        # Nothing at all.
        ("", 0, "Say what to search for"),
        (" \t", 2, "Say what to search for"),
        ("()", 2, "Say what to search for"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(text: str, column: int, says: str) -> None:
    found = fault(text)
    assert says in str(found)
    assert found.column == column


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "---",
        "#",
        "@",
        "*",
        "**",
        "\x1b",
        "\ud800",
        "…",
        '" - "',
        "-()",
        "AND",
        "-",
        "??",
    ],
)
def test_a_search_without_words_is_explained(text: str) -> None:
    assert "Say what to search for" in str(fault(text))


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_without_a_value_is_reported_with_an_example(field: str) -> None:
    said = str(fault(f"{field}:"))
    example = said.rstrip(".").rpartition(" ")[2]
    assert example.startswith(f"{field}:")
    assert parse(example, TODAY)


def test_a_long_input_is_quoted_in_short() -> None:
    assert f"“{'x' * 39}…:”" in str(fault("x" * 41 + ":1"))
    assert f"“{'x' * 40}:”" in str(fault("x" * 40 + ":1"))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("in:learning-points,learnings", "in:learning,learning"),
        ("in:follow-up,followups,todo,tasks", "in:follow-ups,follow-ups,follow-ups,follow-ups"),
        ("has:follow-up,followups,todo", "has:follow-ups,follow-ups,follow-ups"),
        ("has:tag,person,problem", "has:tags,people,problems"),
        ("has:remarks,ratings,learning-points", "has:remark,rating,learning"),
    ],
)
def test_other_words_for_the_same_are_understood(text: str, same: str) -> None:
    assert parse(text, TODAY).matcher == parse(same, TODAY).matcher


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("plan", "plan"),
        ("plan raiting:>=8", "plan"),
        ("plan raiting:>=8 depot", "plan depot"),
        ("plan in:lerning", "plan"),
        ("plan -in:l", "plan"),
        ("plan rating:>", "plan"),
        ('plan since:"3 we', "plan"),
        ("plan since:last week", "plan week"),
        ("plan (", "plan"),
        ("plan (depot", "plan (depot)"),
        ("plan -(depot", "plan -(depot)"),
        ("plan (depot OR", "plan (depot)"),
        ("plan (depot OR (late", "plan (depot OR (late))"),
        ("plan (depot in:", "plan (depot)"),
        ('plan "old ma', 'plan "old ma'),
        ("plan OR", "plan"),
        ("plan OR OR depot", "plan OR depot"),
        ("plan OR in:", "plan"),
        ("plan) depot", "plan depot"),
        ("plan -", "plan"),
        ("plan (((((", "plan"),
        ("plan " * 2_000, ("plan " * 2_000)[:LONGEST]),
        ("raiting:8 plan", "plan"),
        ("OR plan", "plan"),
        ("in:x a raiting:8 b", "a b"),
        ("in:l", None),
        ("((((", None),
        ("#", None),
    ],
)
def test_words_that_are_still_searched_for(text: str, instead: str | None) -> None:
    query, error = parse_partial(text, TODAY)
    assert (query and query.matcher) == (parse(instead, TODAY).matcher if instead else None)
    known = answer(text)
    if isinstance(known, QueryError):
        assert error is not None
        assert (str(error), error.column) == (str(known), known.column)
    else:
        assert error is None


@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_a_blank_text_is_not_a_mistake(text: str) -> None:
    assert parse_partial(text, TODAY) == (None, None)


PIECES = st.lists(
    st.sampled_from(
        ["plan", "(", ")", '"', "OR", "AND", "-", "#a", "in:", "in:title", "rating:>", "date:x", "foo:", " ", " ", " "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text(max_size=100)))
def test_what_is_understood_is_a_query(text: str) -> None:
    query, error = parse_partial(text, TODAY)
    if query:
        assert parse(query.text, TODAY) == query
    if text.strip():
        assert query or error
        assert (error is None) == isinstance(answer(text), Query)


@given(PIECES)
def test_each_key_typed_is_answered(text: str) -> None:
    for end in range(len(text)):
        parse_partial(text[:end], TODAY)
