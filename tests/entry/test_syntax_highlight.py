"""Marks of a line, against examples and against what is read from an entry."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.mentions import mentions
from journal_tui.entry.syntax_highlight import KINDS, line_marks
from journal_tui.entry.vocabulary import Vocabulary


def marked(line: str, kind: str) -> list[str]:
    return [line[m.start : m.end] for m in line_marks(line) if m.kind == kind]


@pytest.mark.parametrize(
    ("line", "kind", "expected"),
    [
        ("# Day 168", "heading", ["# Day 168"]),
        ("see [[a page]] there", "link", ["[[a page]]"]),
        ("   ### x", "heading", ["   ### x"]),
        ("#", "heading", ["#"]),
        ("    # code", "heading", []),
        ("#no", "heading", []),
        ("####### seven", "heading", []),
        ("- a", "bullet", ["-"]),
        ("  * a", "bullet", ["*"]),
        ("12) a", "bullet", ["12)"]),
        ("- + a", "bullet", ["-", "+"]),
        ("* * *", "bullet", []),
        ("> * * *", "bullet", []),
        ("    - - -", "bullet", []),
        ("- [x]\u00a0ask", "task-done", ["[x]\u00a0ask"]),
        ("---", "bullet", []),
        ("-a", "bullet", []),
        ("> - a", "bullet", ["-"]),
        ("> said", "quote", ["> said"]),
        ("- [ ] ask", "task-open", ["[ ]"]),
        ("- [x] ask", "task-done", ["[x] ask"]),
        ("1. [X] ask", "task-done", ["[X] ask"]),
        ("[ ] ask", "task-open", []),
        ("- [ ]ask", "task-open", []),
        ("- ask due:2014-10-13 now", "due", ["due:2014-10-13"]),
        ("- ask due:2014-10-13.", "due", ["due:2014-10-13"]),
        ("overdue:2014-10-13", "due", []),
        ("Enjoyment: 9/10 – good", "rating", ["Enjoyment: 9/10"]),
        ("**Enjoyment:** 7.5/10", "rating", ["**Enjoyment:** 7.5/10"]),
        (
            "Today's enjoyment rating 8 out of 10",
            "rating",
            ["Today's enjoyment rating 8 out of 10"],
        ),
        ("- Enjoyment: 9", "rating", ["Enjoyment: 9"]),
        ("The enjoyment of 9 people", "rating", []),
        ("#a #two-words #a/b #2025plan", "tag", ["#a", "#two-words", "#a/b", "#2025plan"]),
        ("#1 a#b /#c &#39; ##d @#e .#f", "tag", []),
        ("(#a), #b.", "tag", ["#a", "#b"]),
        ("#größe #план #later-", "tag", ["#größe", "#план", "#later"]),
        ("`#a` [#b](x) <http://x/#c> http://x.y/#d", "tag", []),
        ("``a ` #b`` #c", "tag", ["#c"]),
        ("with @jo, @anna-lena", "person", ["@jo", "@anna-lena"]),
        ("jo@example.org a.b@c.de", "person", []),
        ("`@a` http://x/@b", "person", []),
        ("a `b` c", "code", ["`b`"]),
        ("``a ` b``", "code", ["``a ` b``"]),
        ("a ` b", "code", []),
        ("[a](b) [[c]] <https://d> see https://e.f/g.", "link", None),
        ("**a** __b__", "strong", ["**a**", "__b__"]),
        ("*a* _b_ snake_case_word 2 * 3 * 4", "emphasis", ["*a*", "_b_"]),
        (r"\*a* *b\*", "emphasis", []),
        ("***a***", "strong", ["**a**"]),
        ("**a *b* c**", "emphasis", ["*b*"]),
        ("`*a*` *b*", "emphasis", ["*b*"]),
    ],
)
def test_examples(line: str, kind: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = ["[a](b)", "[[c]]", "<https://d>", "https://e.f/g"]
    assert marked(line, kind) == expected


def test_the_journals_own_name_of_the_rating() -> None:
    vocabulary = Vocabulary({"rating": ("Freude",)})
    assert [m.kind for m in line_marks("Freude: 8/10", vocabulary)] == ["rating"]
    assert line_marks("Freude: 8/10") == []


@given(st.text(alphabet=st.sampled_from("a #@*_`[]()<>-x1/:.\\>~é\t\u200d\ud800"), max_size=60))
def test_marks_lie_in_the_line_and_agree_with_what_is_read(line: str) -> None:
    marks = line_marks(line)
    assert all(0 <= m.start < m.end <= len(line) and m.kind in KINDS for m in marks)
    assert marks == sorted(marks, key=lambda m: (m.start, -m.end))
    tags = set(mentions(line)[0])
    assert {line[m.start + 1 : m.end] for m in marks if m.kind == "tag"} <= tags


@pytest.mark.parametrize(
    "piece", ["**a ", "[a", "`a", "#a/", "a@", "* ", "> ", "<a:", "*a_b ", "enjoyment ", "- - "]
)
def test_a_long_line_takes_no_longer_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        line = (piece * length)[:length]
        times = []
        for _ in range(3):
            start = time.process_time()
            line_marks(line)
            times.append(time.process_time() - start)
        return min(times)

    # Eight times the text, far less than the 64 times of a search that starts again and again.
    assert seconds(32_000) < 40 * seconds(4_000) + 0.02
