"""Where a query matches in a text that is shown."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal_tui.query.highlight import excerpt, spans
from journal_tui.query.parser import Query, parse
from tests.query.query_fixtures import TODAY, answer, saying


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
        ("strasse", "Straße Straßen", "[Straße] [Straße]n"),
        ("stras", "Straße", "[Straß]e"),
        ("fi", "ﬁne", "[ﬁ]ne"),
        ("soren", "Søren, Sørensen, Søren's", "[Søren], [Søren]sen, [Søren]'s"),
        ("*odz", "Łódź", "Ł[ódź]"),
        ("*ero", "Ærø", "[Ærø]"),
        ("Łó", "lodz", "[lo]dz"),
        ("datenschutz", "zum Daten\u00adschutz\u00adgesetz", "zum [Daten\u00adschutz\u00ad]gesetz"),
        ("*schutz", "Daten\u00adschutz", "Daten\u00ad[schutz]"),
        ("*asse", "Stra\u00adße", "Str[a\u00adße]"),
        ('"der datenschutz gilt"', "Der Daten\u200bschutz gilt.", "[Der Daten\u200bschutz gilt]."),
        ("漢字", "日漢字日", "日[漢字]日"),
        ("漢", "漢字漢", "[漢]字[漢]"),
        ("при", "Привет", "[При]вет"),
        ("हि", "हिन्दी", "[हि]न्दी"),
        # Other spellings: hyphenated words, numbers, signs, amounts, symbols.
        ("followup", "a follow-up, follow-ups, follow up", "a [follow-up], [follow-up]s, follow up"),
        ("follow-u", "follow-up, followup, follow up", "[follow-u]p, [followu]p, [follow u]p"),
        ("foll", "a follow-up", "a [foll]ow-up"),
        ("*owup", "follow-up", "foll[ow-up]"),
        ('"followup call"', "a follow-up call, follow up call", "a [follow-up call], follow up call"),
        ('"follow-up call"', "a followup call", "a [followup call]"),
        ('"a followup ca', "a follow-up — call", "[a follow-up — ca]ll"),
        ("dont", "I don't, don’t", "I [don't], [don’t]"),
        ("don't", "I dont", "I [dont]"),
        ('"followup"', "follow-up follow-ups", "[follow-up] follow-ups"),
        ("email", "E‑Mail", "[E‑Mail]"),
        ("cafebar", "zur Café-Bar", "zur [Café-Bar]"),
        ("86,000", "86,000 86.000 86000 86 000, 86", "[86,000] [86.000] [86000] [86 000], 86"),
        ("8600", "€86.000", "€[86.00]0"),
        ("86\u202f000", "86\u202f000 86,000", "[86\u202f000] [86,000]"),
        ("1234.56", "1,234.56 1.234,56", "[1,234.56] [1.234,56]"),
        ("C++", "C, C++ and C++17", "C, [C++] and [C++]17"),
        ("c", "C++", "[C]++"),
        (".NET", "net, .NET or asp.net", "net, [.NET] or asp[.net]"),
        ("£86,000", "£86,000 £86.000 £ 86000 €86,000", "[£86,000] [£86.000] [£ 86000] €86,000"),
        ("5%", "5, 5% and 5 %", "5, [5%] and [5 %]"),
        ("👍", "good 👍🏽 day", "good [👍]🏽 day"),
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
    assume(isinstance(asked, Query))
    position = -1
    for start, end in spans(asked, text):
        assert position < start < end <= len(text)
        position = end


@given(ASKED, ANYTHING)
def test_what_matches_is_marked(query: str, text: str) -> None:
    """Of a query without "not" a text that matches shows why, and one without a mark does not match."""
    asked = answer(query)
    assume(isinstance(asked, Query) and "-" not in query)
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
