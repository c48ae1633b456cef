"""What is marked as private is found wherever it is, and nothing else is left out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.publish.private_text import private_lines, private_spans, without_private

PIECES = st.sampled_from(["\n", "\n\n", " ", "\n> ", "\n- ", "`", "```\n", "**", "# "])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a %%secret%% b", "a  b"),
        ("a %% secret\n\nsecret %% b", "a \n\n b"),
        ("a <!-- private -->secret<!-- /private --> b", "a  b"),
        ("a\n\n<!--private-->\n\nsecret\n\n<!--/private-->\n\nb", "a\n\n\n\n\n\nb"),
        ("a <!-- PRIVATE --> secret <!-- / Private --> b", "a  b"),
        ("a <!-- private --> secret <!-- end private --> b", "a  b"),
        ("a <!-- private --> s <!-- private --> s <!-- /private --> s <!-- /private --> b", "a  b"),
        ("a %% s", "a "),
        ("a <!-- private -->\n\ns", "a \n\n"),
        ("`a %% s %% b`", "`a  b`"),
        ("```\na %% s\n```\nsecret %% b", "```\na \n```\n\n b"),
        ("a %% s\n```\nsecret %% b\n```\nc", "a \n\n```\n b\n```\nc"),
        ("s <!-- /private --> b", " b"),
        ("a %% s %% b %% s %% c", "a  b  c"),
        ("a %%%% b", "a  b"),
        ("a %%%% s %%%% b", "a  b"),
        # What a keyboard, another program or a paste makes of a mark.
        ("a %\u200b% s %\u00ad% b", "a  b"),
        ("a ％％ s ﹪﹪ b", "a  b"),
        ("a &#37;&#37; s &percnt;&#x25; b", "a  b"),
        (r"a %\% s %\% b", "a  b"),
        ("a <!— private —> s <!– /private –> b", "a  b"),
        ("a <!-- pri\u200bvate --> s <!-- /privat\u0435 --> b", "a  b"),
        ("a &lt;!-- private --&gt; s &lt;!-- /private --&gt; b", "a  b"),
        ("a <!-- private start --> s <!-- private end --> b", "a  b"),
        ("a <!-- private_begin --> s <!-- private_end --> b", "a  b"),
        ("a <!-- begin private --> s <!-- stop private --> b", "a  b"),
        ("a <!-- private --> s <!-- /private (pay) --> b", "a  b"),
        ("a <!-- private: pay --> s <!-- /private: pay --> b", " b"),
        # Where marks cross each other, all that may be meant is left out.
        ("a %% s <!-- private --> s %% s <!-- /private --> b", "a  b"),
        ("a <!-- private --> s %% s <!-- /private --> s %% s", "a "),
        ("a <!-- private --> 100%% <!-- /private --> b %% s %% c", "a "),
        # A mark after a backslash may be meant as one or not.
        (r"a \%% s %% s %% b", "a \\"),
        (r"a \%% s %% b", "a \\"),
        ("a <!-- a private matter --> b", "a <!-- a private matter --> b"),
        ("100 % and 5%", "100 % and 5%"),
        ("", ""),
    ],
)  # fmt: skip
def test_private_parts_are_left_out(text: str, left: str) -> None:
    assert without_private(text) == left


def test_a_mark_without_its_other_is_said() -> None:
    assert [bool(span.fault) for span in private_spans("a %%s%% b %% s")] == [False, True]
    assert [bool(span.fault) for span in private_spans("s <!-- /private --> b")] == [True]


def test_the_lines_that_begin_in_private() -> None:
    text = "a\n- %% b\n- c %%\n- d %% e %%\n<!-- private -->\nf\n<!-- /private -->\ng"
    assert private_lines(text) == {2, 3, 5, 6, 7}
    assert private_lines("a\nb") == frozenset()


def marked(words: str, kind: int, gap: str) -> str:
    """Return private words between marks of one of the kinds."""
    return [
        f"%%{gap}{words}{gap}%%",
        f"<!-- private -->{gap}{words}{gap}<!-- /private -->",
        f"<!-- private -->{gap}<!-- private -->{words}<!-- /private -->{gap}{words}<!-- /private -->",
        f"<!--private-->{gap}%%{words}%%{gap}{words}<!--/private-->",
    ][kind]


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 3), PIECES, PIECES), max_size=12),
    st.booleans(),
)
def test_no_private_word_remains_and_every_public_one_does(
    pieces: list[tuple[bool, int, str, str]], ends_open: bool
) -> None:
    text = ""
    for number, (is_private, kind, gap, before) in enumerate(pieces):
        text += before
        text += marked(f"secret{number}x", kind, gap) if is_private else f"public{number}x"
    text += "\n%% secret" if ends_open else ""
    left = without_private(text)
    assert "secret" not in left
    for number, (is_private, *_) in enumerate(pieces):
        assert (f"public{number}x" in left) is not is_private


@given(st.text(alphabet="a%<!->/ privte\n", max_size=60))
def test_spans_are_in_order_and_nothing_private_is_left(text: str) -> None:
    spans = private_spans(text)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(one.end < other.start for one, other in itertools.pairwise(spans))
    assert "%%" not in "".join(
        text[a:b]
        for a, b in zip(
            [0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True
        )
    )
