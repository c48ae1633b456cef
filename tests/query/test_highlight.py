"""Where a query matches in a text that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saying import TODAY, answer, saying

from journal_tui.query.grammar import Query, parse
from journal_tui.query.highlight import excerpt, spans


def marked(query: str, text: str) -> str:
    """The text with brackets around what is marked."""
    pieces, position = [], 0
    for start, end in spans(parse(query, TODAY), text):
        pieces += text[position:start], "[", text[start:end], "]"
        position = end
    return "".join(pieces) + text[position:]


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        # Words by their beginning, whole, and inside.
        ("plan", "Plan the planning of plans", "[Plan] the [plan]ning of [plan]s"),
        ('"plan"', "plan the planning", "[plan] the planning"),
        ("*port", "Airport, report and ports", "Air[port], re[port] and [port]s"),
        ("*an", "banana", "b[anan]a"),
        ("plan", "nothing of it", "nothing of it"),
        ("a b", "a b c b", "[a] [b] c [b]"),
        ("pl plan", "planning", "[plan]ning"),
        # Phrases, from the first word to the last.
        ('"old machines"', "The old  machines, old machinery", "The [old  machines], old machinery"),
        ('"old mach', "The old machines", "The [old mach]ines"),
        ("don't", "I don't know", "I [don't] know"),
        ("well-known", "well known, well-knowns", "[well known], [well-known]s"),
        ('"a a"', "a a a b", "[a a a] b"),
        ('"end of"', "the end\nof it", "the [end\nof] it"),
        # What is to be absent is not marked, what is absent from what is absent, is.
        ("plan -depot", "plan depot", "[plan] depot"),
        ("-plan", "plan", "plan"),
        ("--plan", "plan", "[plan]"),
        ("-(a -b)", "a b", "a [b]"),
        ("a OR b", "b a", "[b] [a]"),
        ("(a OR -b) c", "a b c", "[a] b [c]"),
        ("plan in:learning rating:>=8", "plan rating 8 in learning", "[plan] rating 8 in learning"),
        # Accents, other scripts, and letters that fold into several.
        ("ase", "Åse and ÅSEN", "[Åse] and [ÅSE]N"),
        ("ÅSE", "ase", "[ase]"),
        ("ete", "e\u0301te\u0301 été", "[e\u0301te\u0301] [été]"),
        ("strasse", "Straße Straßen", "[Straße] [Straßen]"),
        ("fi", "ﬁne", "[ﬁne]"),
        ("漢字", "日漢字日", "日[漢字]日"),
        ("漢", "漢字漢", "[漢]字[漢]"),
        ("при", "Привет", "[При]вет"),
        ("हि", "हिन्दी", "[हिन्दी]"),
        # Tags and people.
        ("#plan", "#Plan/q3 and plan #planning", "[#Plan/q3] and plan [#planning]"),
        ("@jo", "@Jo.M, jo and #jo", "[@Jo.M], jo and #jo"),
        ("#ete", "#Été", "[#Été]"),
        ("#plan plan", "#plan", "[#plan]"),
        ("plan", "#plan/q3", "#[plan]/q3"),
        ("-#plan @jo", "#plan @jo", "#plan [@jo]"),
        # Odd texts.
        ("plan", "", ""),
        ("plan", "pl\x00plan \ud800plan", "pl\x00[plan] \ud800[plan]"),
    ],
)  # fmt: skip
def test_what_is_marked(query: str, text: str, shown: str) -> None:
    assert marked(query, text) == shown


ANYTHING = st.one_of(
    st.text(max_size=40), st.text(st.sampled_from("abé 漢#@/-ﷺß\u0301ि. "), max_size=40)
)
ASKED = st.text(st.sampled_from('abé 漢#@*"-(ß '), min_size=1, max_size=12)


@given(ASKED, ANYTHING)
def test_marks_are_in_order_and_within_the_text(query: str, text: str) -> None:
    asked = answer(query)
    if isinstance(asked, Query):
        position = -1
        for start, end in spans(asked, text):
            assert position < start < end <= len(text)
            position = end


@given(ASKED, ANYTHING)
def test_what_matches_is_marked(query: str, text: str) -> None:
    """Of a query without "not" a text that matches shows why, and one without a mark does not match."""
    asked = answer(query)
    if isinstance(asked, Query) and not any("-" in c for c in query):
        assert bool(spans(asked, text)) >= asked(saying(text))


@given(ANYTHING, st.integers(10, 60), st.data())
def test_an_excerpt_holds_the_first_match(text: str, width: int, data: st.DataObject) -> None:
    text = text * 5
    ranges = []
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        ranges = [(start, data.draw(st.integers(start + 1, min(len(text), start + 5))))]
    shown, kept = excerpt(text, ranges, width)
    assert len(shown) <= max(width, 0) or shown == text
    if ranges:
        (first, *_), (a, b) = kept, ranges[0]
        assert shown[slice(*first)] == text[a:b][: first[1] - first[0]]
        assert first[1] > first[0]
    if len(text) <= width:
        assert (shown, kept) == (text, ranges)


@pytest.mark.parametrize(
    ("text", "found", "width", "shown"),
    [
        # The end of the text is shown whole, and nothing is said to follow it.
        ("x" * 20 + "plan", (20, 24), 10, "…xxxxxplan"),
        ("#tag @anna.b x", (9, 14), 9, "…anna.b x"),
        # It begins with a whole word where one begins before the match.
        ("#tag @anna.b x", (6, 7), 13, "…@anna.b x"),
        ("one two three four five", (14, 18), 12, "…four five"),
        ("plan and so on", (0, 4), 8, "plan an…"),
    ],
)
def test_an_excerpt_is_cut_at_words_and_holds_the_end(
    text: str, found: tuple[int, int], width: int, shown: str
) -> None:
    cut, ((start, end),) = excerpt(text, [found], width)
    assert cut == shown
    assert cut[start:end] == text[slice(*found)]


def test_an_excerpt_marks_no_match_that_lies_outside_of_it() -> None:
    text = "plan " + "x " * 40 + "plan"
    assert excerpt(text, [(0, 4), (85, 89)], 20)[1] == [(0, 4)]
