"""What a search asks for: tables of examples, the grammar's own among them."""

from datetime import date

import pytest

from journal_tui.errors import QueryError, WhenError
from journal_tui.period import Period
from journal_tui.query import parser
from journal_tui.query.fields import FIELDS, Bounds
from journal_tui.query.nodes import And, Matcher, Mention, Not, Or, Words
from journal_tui.query.parser import Query, parse
from tests.query.query_fixtures import TODAY, asks

INFINITE = float("inf")


def asked(text: str) -> Matcher:
    """What is asked for."""
    return parse(text, TODAY).matcher


def begins(*listed: str) -> Words:
    return Words(listed, "begins")


def whole(*listed: str) -> Words:
    return Words(listed, "whole")


def inside(word: str) -> Words:
    return Words((word,), "inside")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plan", [begins("plan")]),
        ("  plan \t b\n", [begins("plan"), begins("b")]),
        ("PLAN Åse ÉTÉ", [begins("plan"), begins("ase"), begins("ete")]),
        ("plan plan PLAN", [begins("plan")]),
        ('"plan"', [whole("plan")]),
        ('plan "plan"', [begins("plan"), whole("plan")]),
        ('"the plan" b', [whole("the", "plan"), begins("b")]),
        ('"the pla', [begins("the", "pla")]),
        ('a"b c"', [begins("a"), whole("b", "c")]),
        ('"a"b', [whole("a"), begins("b")]),
        ("we'll", [begins("we", "ll")]),
        ("don't", [Or((begins("don", "t"), begins("dont")))]),
        ('"don’t know"', [Or((whole("don", "t", "know"), whole("dont", "know")))]),
        ("well-known", [Or((begins("well", "known"), begins("wellknown")))]),
        (
            '"a well-known man"',
            [Or((whole("a", "well", "known", "man"), whole("a", "wellknown", "man")))],
        ),
        ("2014-10-06", [begins("2014", "10", "06")]),
        ("86,000", [Or((begins("86", "000"), begins("86000")))]),
        ("86\u202f000 b", [Or((begins("86", "000"), begins("86000"))), begins("b")]),
        ("1,234.5", [Or((begins("1", "234", "5"), begins("1234", "5")))]),
        ("7.5", [begins("7", "5")]),
        ("1,2,3", [begins("1", "2", "3")]),
        ("C++", [begins("c++")]),
        ('"C#"', [whole("c#")]),
        ("(C++)", [begins("c++")]),
        ("C++17", [begins("c", "17"), begins("c++")]),
        ('"the C++ part"', [whole("the", "c", "part"), whole("c++")]),
        (".NET", [begins(".net")]),
        ("*.py", [inside(".py")]),
        ("foo.py", [begins("foo", "py")]),
        ("£86,000", [begins("£86000")]),
        ("$86k", [begins("$86k")]),
        ("👍", [begins("👍")]),
        ("🎉👍a", [begins("a"), begins("🎉"), begins("👍")]),
        ("#plan", [Mention("#plan")]),
        ("#Plan/Q3", [Mention("#plan/q3")]),
        ("#plan/", [Mention("#plan")]),
        ("#plan-", [Mention("#plan")]),
        ("@Jo.M", [Mention("@jo.m")]),
        ("@Åse", [Mention("@ase")]),
        ("#हिन्दी", [Mention("#हिनदी")]),
        ("@e\u0301ric", [Mention("@eric")]),
        ("#plan @plan plan", [Mention("#plan"), Mention("@plan"), begins("plan")]),
        ("@jo,", [begins("jo")]),
        ("#two-words", [Mention("#two-words")]),
        ('"#plan"', [whole("plan")]),
        ("# plan", [begins("plan")]),
        ("a@b.org", [begins("a", "b", "org")]),
        ("漢字", [begins("漢", "字")]),
        ("Привет", [begins("привет")]),
        ("ﷺ", [begins(*parser.words("ﷺ"))]),
        ("10%", [begins("10%")]),
        ("12:30", [begins("12", "30")]),
        ("https://a.org/x", [begins("https", "a", "org", "x")]),
        ("\x1b[2J", [begins("2j")]),
        ("a\x00b", [begins("a", "b")]),
        ('"" a', [begins("a")]),
        ('a ""', [begins("a")]),
        ("a --- b", [begins("a"), begins("b")]),
        ("a () b", [begins("a"), begins("b")]),
        ("a AND b", [begins("a"), begins("b")]),
        ("AND a AND", [begins("a")]),
        ("a and or b", [begins("a"), begins("and"), begins("or"), begins("b")]),
        ('"OR" a', [whole("or"), begins("a")]),
        ("*port", [inside("port")]),
        ("*PÖRT", [inside("port")]),
        ("*漢", [inside("漢")]),
        ("*don't", [Or((begins("don", "t"), begins("dont")))]),
        ("port*", [begins("port")]),
        ("**port**", [begins("port")]),
        ("* port", [begins("port")]),
    ],
)
def test_words_and_mentions(text: str, parts: list[Matcher]) -> None:
    assert asked(text) == (parts[0] if len(parts) == 1 else And(tuple(parts)))
    assert parse(text, TODAY).text == text


@pytest.mark.parametrize(
    ("text", "matcher"),
    [
        ("a b OR c", Or((And((begins("a"), begins("b"))), begins("c")))),
        ("a OR b OR c", Or((begins("a"), begins("b"), begins("c")))),
        ("(a OR b) c", And((Or((begins("a"), begins("b"))), begins("c")))),
        ("a(b OR c)d", And((begins("a"), Or((begins("b"), begins("c"))), begins("d")))),
        ("((a))", begins("a")),
        ("-a", Not(begins("a"))),
        ("--a", begins("a")),
        ("---a", Not(begins("a"))),
        ('-"a b"', Not(whole("a", "b"))),
        ("-*ab", Not(inside("ab"))),
        ("-#a", Not(Mention("#a"))),
        ("-(a b)", Not(And((begins("a"), begins("b"))))),
        ("--(a)", begins("a")),
        ("-(-a)", Not(Not(begins("a")))),
        ("-has:rating", Not(asks("has", "rating"))),
        ("--has:rating", asks("has", "rating")),
        ("a -()", begins("a")),
        ("-OR", Not(begins("or"))),
        ('a "b', And((begins("a"), begins("b")))),
        # Pairs of curly quotes, as programs and other languages write them.
        ("“a b” c", And((whole("a", "b"), begins("c")))),
        ("„a b“ -«b c»", And((whole("a", "b"), Not(whole("b", "c"))))),
        ("»a b« has:“rating”", And((asks("has", "rating"), whole("a", "b")))),
        ("“a b", And((begins("a"), begins("b")))),
        ("a ”b c", And((begins("a"), begins("b"), begins("c")))),
        ('(a OR "b c") d', And((Or((begins("a"), whole("b", "c"))), begins("d")))),
        # What is known of the file is looked at before any text is.
        ("a has:rating b", And((asks("has", "rating"), begins("a"), begins("b")))),
        # Conditions of different kinds are different, though what they hold is the same.
        ("kind:rating has:rating", And((asks("kind", "rating"), asks("has", "rating")))),
    ],
)
def test_put_together(text: str, matcher: Matcher) -> None:
    found = asked(text)
    assert found == matcher
    assert _types(found) == _types(matcher)


def _types(matcher: Matcher) -> object:
    if isinstance(matcher, Not):
        return [Not, _types(matcher.part)]
    if isinstance(matcher, And | Or):
        return [type(matcher), [_types(part) for part in matcher.parts]]
    return type(matcher)


@pytest.mark.parametrize(
    ("text", "matcher"),
    [
        ("rating:8", asks("rating", Bounds(8, 8))),
        ("rating:=8", asks("rating", Bounds(8, 8))),
        ("rating:>=8", asks("rating", Bounds(8, INFINITE))),
        ("rating:>8", asks("rating", Bounds(8, INFINITE, open_low=True))),
        ("rating:<=7.5", asks("rating", Bounds(0, 7.5))),
        ("rating:<7,5", asks("rating", Bounds(0, 7.5, open_high=True))),
        ("rating:8+", asks("rating", Bounds(8, INFINITE))),
        ("rating:7,5+", asks("rating", Bounds(7.5, INFINITE))),
        ("rating:8/10+", asks("rating", Bounds(8, INFINITE))),
        ('rating:"8 +"', asks("rating", Bounds(8, INFINITE))),
        ("words:300+", asks("words", Bounds(300, INFINITE))),
        ("day:100+", asks("day", Bounds(100, INFINITE))),
        ("rating:6..8", asks("rating", Bounds(6, 8))),
        ("rating:6..", asks("rating", Bounds(6, INFINITE))),
        ("rating:..8", asks("rating", Bounds(0, 8))),
        ("rating:6..6", asks("rating", Bounds(6, 6))),
        ('rating:"> 8"', asks("rating", Bounds(8, INFINITE, open_low=True))),
        ('rating:"6 .. 8"', asks("rating", Bounds(6, 8))),
        ('rating:"8', asks("rating", Bounds(8, 8))),
        ("RATING:8", asks("rating", Bounds(8, 8))),
        ("day:168", asks("day", Bounds(168, 168))),
        ("day:100..200", asks("day", Bounds(100, 200))),
        ("words:>300", asks("words", Bounds(300, INFINITE, open_low=True))),
        ("in:learning", asks("in", ("learning",))),
        ("in:Learning,TITLE", asks("in", ("learning", "title"))),
        ("in:todo", asks("in", ("follow-up",))),
        ("in:follow-up", asks("in", ("follow-up",))),
        ("is:open", asks("is", "open")),
        ("is:open,late", Or((asks("is", "open"), asks("is", "late")))),
        ("has:tags,person", Or((asks("has", "tags"), asks("has", "people")))),
        ("has:follow-up", asks("has", "follow-ups")),
        ("kind:service-review", asks("kind", "service-review")),
        ('kind:"Service  Review"', asks("kind", "service-review")),
        ("kind:Übung", asks("kind", "ubung")),
        ("on:monday", asks("on", (0,))),
        ("on:mo", asks("on", (0,))),
        ("on:sat,sun,Sat", asks("on", (5, 6))),
        ("on:weekend", asks("on", (5, 6))),
        ("on:workdays", asks("on", (0, 1, 2, 3, 4))),
        ("on:2014-10-06", asks("on", Period(TODAY, date(2014, 10, 7)))),
        ("date:2014-10-06", asks("date", Period(TODAY, date(2014, 10, 7)))),
        ("date:2014-09..2014-11", asks("date", Period(date(2014, 9, 1), date(2014, 12, 1)))),
        ("date:2014-Q3", asks("date", Period(date(2014, 7, 1), date(2014, 10, 1)))),
        ("date:2014-W41", asks("date", Period(TODAY, date(2014, 10, 13)))),
        ("date:last-month", asks("date", Period(date(2014, 9, 1), date(2014, 10, 1)))),
        ('date:"last month"', asks("date", Period(date(2014, 9, 1), date(2014, 10, 1)))),
        ('date:"last month', asks("date", Period(date(2014, 9, 1), date(2014, 10, 1)))),
        ("since:2014", asks("since", Period(date(2014, 1, 1), date.max))),
        ('since:"3 weeks ago"', asks("since", Period(date(2014, 9, 15), date.max))),
        ("until:2014", asks("until", Period(date.min, date(2015, 1, 1)))),
        ("date:..2014-10-06", asks("date", Period(date.min, date(2014, 10, 7)))),
        ("date:2014..", asks("date", Period(date(2014, 1, 1), date.max))),
    ],
)
def test_fields(text: str, matcher: Matcher) -> None:
    found = asked(text)
    assert found == matcher and type(found) is type(matcher)
    assert asked(f"-{text}") == Not(matcher)
    if text.count('"') != 1:
        assert asked(f"({text})") == matcher


def test_days_are_read_as_the_journal_reads_them() -> None:
    def day(words: str) -> date:
        if words != "day 168":
            raise WhenError("No entry is that day.")
        return date(2013, 2, 1)

    one = Period(date(2013, 2, 1), date(2013, 2, 2))
    assert parse('date:"day 168"', TODAY, day).matcher == asks("date", one)
    assert parse("date:day-168", TODAY, day).matcher == asks("date", one)
    with pytest.raises(QueryError, match="No entry is that day"):
        parse('date:"day 169"', TODAY, day)


def test_every_value_that_is_offered_can_be_asked_for() -> None:
    for name, field in FIELDS.items():
        assert asked(field.example())
        for value in field.values:
            assert asked(f"{name}:{value}")


def test_what_a_query_is_about() -> None:
    def about(text: str) -> tuple[list[str], bool, bool]:
        query: Query = parse(text, TODAY)
        wanted = [
            leaf.name if isinstance(leaf, Mention) else leaf.words[0] for leaf in query.wanted
        ]
        return wanted, query.is_scoped, query.may_match_only_point

    assert about("plan") == (["plan"], False, False)
    assert about("plan -b #c") == (["plan", "#c"], False, True)
    assert about("-(a -b)") == (["b"], False, True)
    assert about("rating:8") == ([], False, False)
    assert about("a in:title") == (["a"], True, False)
    assert about("a OR -is:open") == (["a"], True, True)
    assert about('"a b"') == (["a"], False, True)
